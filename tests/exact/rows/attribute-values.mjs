// What one attribute value may be, in an item and in ExpressionAttributeValues.
import {ABSENT, B, BOOL, BS, L, M, N, NS, NULL, PFX, S, SS, front, nested, notFound, validation} from '../values.mjs';

const EMPTY = 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes';
const SEVERAL =
  'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes';
const NULL_TEXT = `${PFX}Null attribute value types must have the value of true`;
const NO_STRINGS = `${PFX}An string set  may not be empty`;
const NO_NUMBERS = `${PFX}An number set  may not be empty`;
const NO_BINARIES = `${PFX}Binary sets should not be empty`;
const TWICE = `${PFX}Input collection contains duplicates.`;
const DEEP =
  'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit';
const BAD = 'The parameter cannot be converted to a numeric value: x';

const put = (Item) => ({TableName: ABSENT, Item: {pk: S('k'), ...Item}});

// A value refused in an item, below a map and a list, and among an expression's values. `older`: by the older layer,
// which has no envelope and wraps the values of expressions.
function refused(name, proves, value, message, {older = false} = {}) {
  const wrapped = validation(`ExpressionAttributeValues contains invalid value: ${message} for key :v`);
  const inItem = older ? validation(message) : front(message);
  const deeper = [M({a: value}), L(value)];
  return {
    name: `${name} is refused`,
    proves: [`limits.md 1: ${proves}`],
    steps: [
      ['PutItem', put({a: value}), inItem],
      ...deeper.map((inside) => ['PutItem', put({a: inside}), inItem]),
      ['UpdateItem', {TableName: ABSENT, Key: {pk: S('k')}, UpdateExpression: 'SET a = :v', ExpressionAttributeValues: {':v': value}}, older ? wrapped : front(message)],
      ['Query', {TableName: ABSENT, KeyConditionExpression: 'pk = :v', ExpressionAttributeValues: {':v': value}}, older ? wrapped : validation(message)],
    ],
  };
}

const accepted = (name, proves, value) => ({
  name: `${name} is kept`,
  proves: [`limits.md 1: ${proves}`],
  tables: {T: 'hash'},
  steps: [
    ['PutItem', {TableName: '{T}', Item: {pk: S('k'), a: value}}],
    ['GetItem', {TableName: '{T}', Key: {pk: S('k')}}, {body: {Item: {pk: S('k'), a: value}}}],
  ],
});

// A value of several types is left to the older layer.
const ordered = (name, value, message, expect = validation(message)) => ({
  name: `of ${name} the first is told`,
  proves: ['limits.md 1: Order inside one value'],
  op: 'PutItem',
  body: put({a: value}),
  expect,
});

export default [
  refused('a value without a type', '| no type member', {}, EMPTY, {older: true}),
  refused('a value of an unknown type', '| no type member', {X: 'a'}, EMPTY, {older: true}),
  {
    name: 'unknown members beside a type are dropped',
    proves: ['limits.md 1: Unknown members are dropped first'],
    tables: {T: 'hash'},
    steps: [
      ['PutItem', {TableName: '{T}', Item: {pk: {S: 'k', X: 'a'}}}],
      ['GetItem', {TableName: '{T}', Key: {pk: S('k')}}, {body: {Item: {pk: S('k')}}}],
      ['PutItem', put({a: {X: 1}}), validation(EMPTY)],
    ],
  },
  ...[S('a'), N(1), B('a'), SS('a'), NS(1), BS('a'), M({a: N(1)}), L(N(1)), NULL, BOOL(false)].map((value) =>
    accepted(`a ${Object.keys(value)[0]}`, 'One JSON object with exactly one of', value),
  ),
  refused('a value of two types', '| two or more', {S: 'a', N: '1'}, SEVERAL, {older: true}),
  refused('a value of three types', '| two or more', {S: 'a', BOOL: true, L: []}, SEVERAL, {older: true}),
  refused('NULL false', '| `{"NULL":false}`', {NULL: false}, NULL_TEXT),
  refused('an empty string set', '| empty SS / NS / BS', SS(), NO_STRINGS),
  refused('an empty number set', '| empty SS / NS / BS', NS(), NO_NUMBERS),
  refused('an empty binary set', '| empty SS / NS / BS', BS(), NO_BINARIES),
  refused('a string twice in a set', '| a repeat in SS', SS('a', 'b', 'a'), `${PFX}Input collection ["a", "b", "a"] contains duplicates.`),
  refused('an empty string twice in a set', '| a repeat in SS', SS('', ''), `${PFX}Input collection ["", ""] contains duplicates.`),
  refused('a number twice in a set', '| a repeat in SS', NS('1', '1.0'), TWICE),
  refused('a binary twice in a set', '| a repeat in SS', BS('a', 'a'), `${PFX}Input collection ["YQ==","YQ=="]of type BS contains duplicates.`),
  refused('a value of 33 levels', '| nesting too deep', nested(32), DEEP),
  {
    name: 'a value of an expression is not wrapped',
    proves: ['newer-layer.md 2.1: **No wrapper.**'],
    steps: [
      ['PutItem', {...put({}), ConditionExpression: 'a = :x', ExpressionAttributeValues: {':x': NS('x')}}, front(BAD)],
      ['DeleteItem', {TableName: ABSENT, Key: {pk: S('k')}, ConditionExpression: 'a = :x', ExpressionAttributeValues: {':x': SS()}}, front(NO_STRINGS)],
      ['Scan', {TableName: ABSENT, FilterExpression: 'a = :x', ExpressionAttributeValues: {':x': {NULL: false}}}, validation(NULL_TEXT)],
      ['Scan', {TableName: ABSENT, FilterExpression: 'a = :x', ExpressionAttributeValues: {':x': nested(32)}}, validation(DEEP)],
    ],
  },
  accepted('an empty string', 'Empty string and empty binary are legal', S('')),
  accepted('an empty binary', 'Empty string and empty binary are legal', B('')),
  accepted('a set of an empty string', 'Empty string and empty binary are legal', SS('')),
  accepted('a set of an empty binary', 'Empty string and empty binary are legal', BS('')),
  ...[[SS(), NO_STRINGS], [NS(), NO_NUMBERS], [BS(), NO_BINARIES]].map(([value, message]) => ({
    name: `an empty ${Object.keys(value)[0]} is refused at every depth`,
    proves: ['limits.md 1: Empty string and empty binary are legal'],
    steps: [1, 5, 29].map((depth) => ['PutItem', put({a: nested(depth, value)}), front(message)]),
  })),
  ordered('a number in a value of two types', {N: 'x', S: 'a'}, BAD),
  ordered('an empty set in a value of two types', {SS: [], S: 'a'}, NO_STRINGS),
  ordered('a duplicate in a value of two types', {NS: ['1', '1'], S: 'a'}, SEVERAL),
  ordered('a number and NULL false', {N: 'x', NULL: false}, BAD),
  ordered('NULL false and an empty set', {NULL: false, SS: []}, NO_STRINGS),
  ordered('an empty set and a set number', {BS: [], NS: ['x']}, NO_BINARIES),
  ordered('a set number and a duplicate', {NS: ['x'], SS: ['a', 'a']}, BAD),
  ordered('a duplicate and a child', {SS: ['a', 'a'], M: {a: {}}}, SEVERAL),
  ordered('a child and a value of two types', {L: [{N: 'x'}], S: 'a'}, SEVERAL),
  ordered('children in depth', L(M({a: L({N: 'x'})}), {}), BAD),
  ...['M', 'L'].map((kind) => accepted(`a scalar inside 31 ${kind}`, '- Nesting: a level is a map or list', nested(31, S('x'), kind))),
  ...['M', 'L'].map((kind) => ({
    name: `a scalar inside 32 ${kind} is too deep`,
    proves: ['limits.md 1: - Nesting: a level is a map or list'],
    op: 'PutItem',
    body: put({a: nested(32, S('x'), kind)}),
    expect: front(DEEP),
  })),
  {
    name: 'a value too deep is refused before anything is evaluated',
    proves: ['limits.md 1: - Nesting: a level is a map or list'],
    op: 'UpdateItem',
    body: {TableName: ABSENT, Key: {pk: S('k')}, UpdateExpression: 'SET a = if_not_exists(a, :v)', ExpressionAttributeValues: {':v': nested(32)}},
    expect: front(DEEP),
  },
  {
    name: 'a value just deep enough passes to the table lookup',
    proves: ['limits.md 1: - Nesting: a level is a map or list'],
    op: 'PutItem',
    body: put({a: nested(31)}),
    expect: notFound,
  },
  {
    name: 'sets are answered in any order, their numbers in plain form',
    proves: ['limits.md 1: - Replies show sets sorted'],
    tables: {T: 'hash'},
    steps: [
      ['PutItem', {TableName: '{T}', Item: {pk: S('k'), a: NS('1e3', '007', '1.50'), b: SS('b', 'a')}}],
      ['GetItem', {TableName: '{T}', Key: {pk: S('k')}}, {body: {Item: {pk: S('k'), a: NS('1000', '7', '1.5'), b: SS('a', 'b')}}}],
    ],
  },
];

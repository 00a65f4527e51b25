// What one attribute value may be, in an item and in ExpressionAttributeValues.
import {ABSENT, B, BOOL, BS, L, M, N, NS, NULL, PFX, S, SS, nested, notFound, validation} from '../values.mjs';

const EMPTY = 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes';
const SEVERAL =
  'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes';
const NULL_TEXT = `${PFX}Null attribute value types must have the value of true`;
const NO_STRINGS = `${PFX}An string set  may not be empty`;
const NO_NUMBERS = `${PFX}An number set  may not be empty`;
const NO_BINARIES = `${PFX}Binary sets should not be empty`;
const TWICE = 'Input collection contains duplicates';
const DEEP =
  'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit';
const BAD = 'The parameter cannot be converted to a numeric value: x';

const put = (Item) => ({TableName: ABSENT, Item: {pk: S('k'), ...Item}});

// A value refused in an item, below a map and a list, and (wrapped) among an expression's values.
function refused(name, proves, value, message, {wrapped = true} = {}) {
  const inValues = wrapped
    ? `ExpressionAttributeValues contains invalid value: ${message} for key :v`
    : message;
  const deeper = [M({a: value}), L(value)];
  return {
    name: `${name} is refused`,
    proves: [`limits.md 1: ${proves}`],
    steps: [
      ['PutItem', put({a: value}), validation(message)],
      ...deeper.map((inside) => ['PutItem', put({a: inside}), validation(message)]),
      ['UpdateItem', {TableName: ABSENT, Key: {pk: S('k')}, UpdateExpression: 'SET a = :v', ExpressionAttributeValues: {':v': value}}, validation(inValues)],
      ['Query', {TableName: ABSENT, KeyConditionExpression: 'pk = :v', ExpressionAttributeValues: {':v': value}}, validation(inValues)],
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

const ordered = (name, value, message) => ({
  name: `of ${name} the first is told`,
  proves: ['limits.md 1: Order inside one value'],
  op: 'PutItem',
  body: put({a: value}),
  expect: validation(message),
});

export default [
  refused('a value without a type', '| no type member', {}, EMPTY),
  refused('a value of an unknown type', '| no type member', {X: 'a'}, EMPTY),
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
  refused('a value of two types', '| two or more', {S: 'a', N: '1'}, SEVERAL),
  refused('a value of three types', '| two or more', {S: 'a', BOOL: true, L: []}, SEVERAL),
  refused('NULL false', '| `{"NULL":false}`', {NULL: false}, NULL_TEXT),
  refused('an empty string set', '| empty SS / NS / BS', SS(), NO_STRINGS),
  refused('an empty number set', '| empty SS / NS / BS', NS(), NO_NUMBERS),
  refused('an empty binary set', '| empty SS / NS / BS', BS(), NO_BINARIES),
  refused('a string twice in a set', '| duplicate in SS', SS('a', 'b', 'a'), `${PFX}Input collection [a, b, a] contains duplicates.`),
  refused('an empty string twice in a set', '| duplicate in SS', SS('', ''), `${PFX}Input collection [, ] contains duplicates.`),
  refused('a number twice in a set', '| duplicate in NS', NS('1', '1.0'), TWICE),
  refused('a binary twice in a set', '| duplicate in BS', BS('a', 'a'), `${PFX}Input collection [YQ==, YQ==]of type BS contains duplicates.`),
  refused('a value of 33 levels', '| nesting too deep', nested(32), DEEP, {wrapped: false}),
  {
    name: 'the text of a value is wrapped among the values of an expression, the nesting text is not',
    proves: ['limits.md 1: Inside ExpressionAttributeValues the text is wrapped'],
    steps: [
      ['PutItem', {...put({}), ConditionExpression: 'a = :x', ExpressionAttributeValues: {':x': NS('x')}}, validation(`ExpressionAttributeValues contains invalid value: ${BAD} for key :x`)],
      ['DeleteItem', {TableName: ABSENT, Key: {pk: S('k')}, ConditionExpression: 'a = :x', ExpressionAttributeValues: {':x': SS()}}, validation(`ExpressionAttributeValues contains invalid value: ${NO_STRINGS} for key :x`)],
      ['Scan', {TableName: ABSENT, FilterExpression: 'a = :x', ExpressionAttributeValues: {':x': {NULL: false}}}, validation(`ExpressionAttributeValues contains invalid value: ${NULL_TEXT} for key :x`)],
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
    steps: [1, 5, 29].map((depth) => ['PutItem', put({a: nested(depth, value)}), validation(message)]),
  })),
  ordered('a number in a value of two types', {N: 'x', S: 'a'}, BAD),
  ordered('an empty set in a value of two types', {SS: [], S: 'a'}, NO_STRINGS),
  ordered('a duplicate in a value of two types', {NS: ['1', '1'], S: 'a'}, TWICE),
  ordered('a number and NULL false', {N: 'x', NULL: false}, BAD),
  ordered('NULL false and an empty set', {NULL: false, SS: []}, NULL_TEXT),
  ordered('an empty set and a set number', {BS: [], NS: ['x']}, NO_BINARIES),
  ordered('a set number and a duplicate', {NS: ['x'], SS: ['a', 'a']}, BAD),
  ordered('a duplicate and a child', {SS: ['a', 'a'], M: {a: {}}}, `${PFX}Input collection [a, a] contains duplicates.`),
  ordered('a child and a value of two types', {L: [{N: 'x'}], S: 'a'}, BAD),
  ordered('children in depth', L(M({a: L({N: 'x'})}), {}), BAD),
  ...['M', 'L'].map((kind) => accepted(`a scalar inside 31 ${kind}`, 'Nesting: the top-level attribute is level 1', nested(31, S('x'), kind))),
  ...['M', 'L'].map((kind) => ({
    name: `a scalar inside 32 ${kind} is too deep`,
    proves: ['limits.md 1: Nesting: the top-level attribute is level 1'],
    op: 'PutItem',
    body: put({a: nested(32, S('x'), kind)}),
    expect: validation(DEEP),
  })),
  {
    name: 'a value too deep is refused before anything is evaluated',
    proves: ['limits.md 1: Nesting: the top-level attribute is level 1'],
    op: 'UpdateItem',
    body: {TableName: ABSENT, Key: {pk: S('k')}, UpdateExpression: 'SET a = if_not_exists(a, :v)', ExpressionAttributeValues: {':v': nested(32)}},
    expect: validation(DEEP),
  },
  {
    name: 'a value just deep enough passes to the table lookup',
    proves: ['limits.md 1: Nesting: the top-level attribute is level 1'],
    op: 'PutItem',
    body: put({a: nested(31)}),
    expect: notFound,
  },
  {
    name: 'sets are answered in any order, their numbers in plain form',
    proves: ['limits.md 1: Sets are unordered'],
    tables: {T: 'hash'},
    steps: [
      ['PutItem', {TableName: '{T}', Item: {pk: S('k'), a: NS('1e3', '007', '1.50'), b: SS('b', 'a')}}],
      ['GetItem', {TableName: '{T}', Key: {pk: S('k')}}, {body: {Item: {pk: S('k'), a: NS('1000', '7', '1.5'), b: SS('a', 'b')}}}],
    ],
  },
];

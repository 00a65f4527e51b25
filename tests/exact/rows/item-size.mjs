// The size of an item by type, and the limit on it. Each row fills an item to the last byte with a string.
import {ABSENT, B, BOOL, BS, L, M, N, NS, NULL, S, SS, conditionFailed, notFound, text, validation} from '../values.mjs';
import {table, index} from '../presets.mjs';

const LIMIT = 409600;
const TOO_LARGE = validation('Item size has exceeded the maximum allowed size');
const UPDATE_TOO_LARGE = validation('Item size to update has exceeded the maximum allowed size');

// {pk, v, f}: f fills it up to `size` when v is a value of `bytes` bytes. pk takes 2 + 1, the name v 1, f 1.
const filled = (size, value, bytes) => ({pk: S('k'), v: value, f: S(size - 3 - 1 - bytes - 1)});

const measured = (name, proves, value, bytes) => ({
  name: `${name} takes ${bytes}`,
  proves: [`limits.md 3: ${proves}`],
  steps: [
    ['PutItem', () => ({TableName: ABSENT, Item: filled(LIMIT, value, bytes)}), notFound],
    ['PutItem', () => ({TableName: ABSENT, Item: filled(LIMIT + 1, value, bytes)}), TOO_LARGE],
  ],
});

const NUMBERS = [
  ['0', 1], ['1', 2], ['-1', 3], ['12', 2], ['123', 3], ['100', 2], ['1000000', 2], ['1100', 2], ['0.1', 2],
  ['0.01', 2], ['0.12', 2], ['0.123', 3], ['1.5', 3], ['12.34', 3], ['123.456', 5], ['-1.5', 4], ['1E125', 2], ['1E-130', 2],
  [text(38, '9'), 20],
];

// A statement at 409,600 bytes, and one byte over. `charge`: what it weighs without the text of :f; `before`: attributes
// of the item. The finished item is small: f is removed again, or its other parts are.
const SET_F = 3 + 19 + 1;  // SET f = :f
function stated(ids, name, more, values, charge, before = {}) {
  const at = (size) => ({
    TableName: '{T}',
    Key: {pk: S('k')},
    UpdateExpression: `SET f = :f${more}`,
    ExpressionAttributeValues: {...values, ':f': S(size - SET_F - charge)},
  });
  const put = ['PutItem', {TableName: '{T}', Item: {pk: S('k'), ...before}}];
  const [exact, over] = ids;
  const proves = (id) => (id ? [`newer-layer.md: | ${id} |`] : []);
  return [
    {name: `a statement at its limit: ${name}`, proves: [...proves(exact), ...STATED[name] ?? []], tables: {T: 'hash'}, steps: [put, ['UpdateItem', () => at(LIMIT)]]},
    {name: `a statement one byte over: ${name}`, proves: proves(over), tables: {T: 'hash'}, steps: [put, ['UpdateItem', () => at(LIMIT + 1), UPDATE_TOO_LARGE]]},
    {name: `older, a statement one byte over: ${name}`, proves: proves(over), validation: 'older', tables: {T: 'hash'}, steps: [put, ['UpdateItem', () => at(LIMIT + 1)]]},
  ];
}
const CHARGED = 'newer-layer.md 2.4: ';
const STATED = {
  'a SET alone': [`${CHARGED}With an UpdateExpression both hold`, `${CHARGED}A SET of a plain`, `${CHARGED}| value as operand |`, 'limits.md 3: - UpdateItem with an UpdateExpression is measured'],
  'two SETs': [`${CHARGED}| SET or ADD |`],
  'a REMOVE': [`${CHARGED}| REMOVE or DELETE |`],
  'a path as operand': [`${CHARGED}| path as operand |`],
  'an ADD to a number': [`${CHARGED}| ADD to a number |`],
  'a list_append': [`${CHARGED}| value as operand |`],
};
const one = {':one': N(1)};
const statements = [
  ...stated(['A177', 'A178'], 'a SET alone', '', {}, 0),
  ...stated(['A179', 'A180'], 'an untouched attribute', '', {}, 0, {other: S(5)}),
  ...stated(['A181', 'A182'], 'two SETs', ', gg = :g', {':g': S('abc')}, 19 + 2 + 3),
  ...stated(['A183', 'A184'], 'a REMOVE', ' REMOVE r', {}, 1 + 1, {r: S(30)}),
  ...stated(['A185', 'A186'], 'a REMOVE in a map', ' REMOVE m.yy', {}, 1 + 1 + 4 + 2, {m: M({yy: S(60)})}),
  ...stated(['A187', 'A188'], 'a DELETE', ' DELETE ss :rm', {':rm': SS('a'.repeat(60))}, 1 + 2, {ss: SS('a'.repeat(60))}),
  ...stated(['A189', 'A190'], 'an ADD to a number', ' ADD n :one', one, 19 + 1 + 2, {n: N(2)}),
  ...stated(['A191', 'A192'], 'an ADD to a set', ' ADD ss :new', {':new': SS('aa', 'bbb')}, 19 + 2 + 3, {ss: SS('aa')}),
  ...stated(['A193', 'A194'], 'a path as operand', ', c = d', {}, 19 + 1 + 1 + 14 + 1, {d: S(2)}),
  ...stated(['A195', 'A196'], 'a path of two elements', ', c = m.z', {}, 19 + 1 + 1 + 2 * (14 + 1), {m: M({z: S(2)})}),
  ...stated(['A197', 'A198'], 'a sum', ', n = n + :one', one, 19 + 1 + 34 + (1 + 14 + 1) + 2, {n: N(1)}),
  ...stated(['A199', 'A200'], 'a difference', ', n = n - :one', one, 19 + 1 + 37 + (1 + 14 + 1) + 2, {n: N(1)}),
  ...stated(['A201', 'A202'], 'an if_not_exists', ', c = if_not_exists(c, :v)', {':v': S('abc')}, 19 + 1 + 39 + (1 + 14 + 1) + 3, {c: S('x')}),
  ...stated(['A203', 'A204'], 'a list_append', ', l = list_append(l, :new)', {':new': L(S('ab'))}, 19 + 1 + 37 + (1 + 14 + 1) + (3 + 1 + 2), {l: L()}),
  {
    name: 'the statement is measured before the condition',
    proves: ['newer-layer.md: | A205 |', 'newer-layer.md 3.3: 2. A: the size charge'],
    tables: {T: 'hash'},
    op: 'UpdateItem',
    body: () => ({TableName: '{T}', Key: {pk: S('k')}, UpdateExpression: 'SET f = :f', ConditionExpression: 'attribute_exists(pk)', ExpressionAttributeValues: {':f': S(LIMIT)}}),
    expect: UPDATE_TOO_LARGE,
  },
  {
    name: 'older, the condition comes first',
    proves: ['newer-layer.md: | A205 |'],
    validation: 'older',
    tables: {T: 'hash'},
    op: 'UpdateItem',
    body: () => ({TableName: '{T}', Key: {pk: S('k')}, UpdateExpression: 'SET f = :f', ConditionExpression: 'attribute_exists(pk)', ExpressionAttributeValues: {':f': S(LIMIT)}}),
    expect: conditionFailed,
  },
  ...[['A206', LIMIT - 4, undefined], ['A207', LIMIT - 3, UPDATE_TOO_LARGE]].map(([id, size, expect]) => ({
    name: `AttributeUpdates are measured flat: ${id}`,
    proves: [`newer-layer.md: | ${id} |`],
    tables: {T: 'hash'},
    op: 'UpdateItem',
    body: () => ({TableName: '{T}', Key: {pk: S('k')}, AttributeUpdates: {f: {Value: S(size)}}}),
    ...(expect ? {expect} : {}),
  })),
];

const lsi = table('pk:S', 'sk:S', {lsis: [index('LSI', 'pk:S', 'l:S')]});
const lsiKeys = table('pk:S', 'sk:S', {lsis: [index('LSI', 'pk:S', 'l:S', 'KEYS_ONLY')]});
const gsi = table('pk:S', '', {gsis: [index('GSI', 'g:S')]});

export default [
  measured('an empty string', '| S |', S(''), 0),
  measured('a string', '| S |', S('abc'), 3),
  measured('a string of letters beyond ASCII', '| S |', S('é€😀'), 9),
  {
    name: 'an attribute name takes its UTF-8 bytes',
    proves: ['limits.md 3: Item = sum over attributes'],
    steps: [
      ['PutItem', () => ({TableName: ABSENT, Item: {pk: S('k'), 'é€': S(LIMIT - 3 - 5)}}), notFound],
      ['PutItem', () => ({TableName: ABSENT, Item: {pk: S('k'), 'é€': S(LIMIT - 3 - 4)}}), TOO_LARGE],
    ],
  },
  measured('a binary', '| B |', B('abcd'), 4),
  measured('true', '| BOOL, NULL |', BOOL(true), 1),
  measured('a null', '| BOOL, NULL |', NULL, 1),
  ...NUMBERS.map(([number, bytes]) => measured(`the number ${number}`, '| N |', N(number), bytes)),
  measured('a string set', '| SS, NS, BS |', SS('a', 'bcd'), 4),
  measured('a number set', '| SS, NS, BS |', NS('1', '-12.34', '0'), 2 + 4 + 1),
  measured('a binary set', '| SS, NS, BS |', BS('a', 'bcd'), 4),
  measured('an empty list', 'Empty L or M is 3', L(), 3),
  measured('an empty map', 'Empty L or M is 3', M(), 3),
  measured('a list', '| L |', L(S('ab'), N(1), L()), 3 + 3 + 3 + 4),
  measured('a map', '| M |', M({ab: S('abc'), c: BOOL(true)}), 3 + (2 + 1 + 3) + (1 + 1 + 1)),
  {
    name: 'PutItem at the limit, and one byte over',
    proves: ['limits.md 3: | PutItem, BatchWriteItem put', 'limits.md 3: The put limit is a request-only check'],
    tables: {T: 'hash'},
    steps: [
      ['PutItem', () => ({TableName: '{T}', Item: {pk: S('k'), f: S(LIMIT - 4)}})],
      ['PutItem', () => ({TableName: '{T}', Item: {pk: S('k'), f: S(LIMIT - 3)}}), TOO_LARGE],
      ['PutItem', () => ({TableName: ABSENT, Item: {pk: S('k'), f: S(LIMIT - 3)}}), TOO_LARGE],
    ],
  },
  {
    name: 'BatchWriteItem at the limit, and one byte over',
    proves: ['limits.md 3: | PutItem, BatchWriteItem put'],
    tables: {T: 'hash'},
    steps: [
      ['BatchWriteItem', () => ({RequestItems: {'{T}': [{PutRequest: {Item: {pk: S('k'), f: S(LIMIT - 4)}}}]}}), {body: {UnprocessedItems: {}}}],
      ['BatchWriteItem', () => ({RequestItems: {'{T}': [{PutRequest: {Item: {pk: S('k'), f: S(LIMIT - 3)}}}]}}), TOO_LARGE],
    ],
  },
  {
    name: 'UpdateItem beyond the limit',
    proves: ['limits.md 3: | UpdateItem, PartiQL UPDATE'],
    tables: {T: 'hash'},
    steps: [
      ['PutItem', () => ({TableName: '{T}', Item: {pk: S('k'), f: S(LIMIT - 10)}})],
      ['UpdateItem', {TableName: '{T}', Key: {pk: S('k')}, UpdateExpression: 'SET a = :v', ExpressionAttributeValues: {':v': S(20)}}, UPDATE_TOO_LARGE],
    ],
  },
  ...statements,
  {
    name: 'entries of local indexes count, those of global ones do not',
    proves: ['limits.md 3: **Tables with LSIs**'],
    assumed: true,
    tables: {T: lsi, U: lsiKeys, V: gsi},
    steps: [
      ['PutItem', () => ({TableName: '{T}', Item: {pk: S('p'), sk: S('s'), l: S('l'), f: S(LIMIT / 2 - 9)}})],
      ['PutItem', () => ({TableName: '{T}', Item: {pk: S('p'), sk: S('s'), l: S('l'), f: S(LIMIT / 2 - 8)}}), TOO_LARGE],
      ['PutItem', () => ({TableName: '{T}', Item: {pk: S('p'), sk: S('s'), f: S(LIMIT / 2)}})],
      ['UpdateItem', {TableName: '{T}', Key: {pk: S('p'), sk: S('s')}, UpdateExpression: 'SET l = :l', ExpressionAttributeValues: {':l': S('l')}}, UPDATE_TOO_LARGE],
      ['PutItem', () => ({TableName: '{U}', Item: {pk: S('p'), sk: S('s'), l: S('l'), f: S(LIMIT - 17)}})],
      ['PutItem', () => ({TableName: '{U}', Item: {pk: S('p'), sk: S('s'), l: S('l'), f: S(LIMIT - 16)}}), TOO_LARGE],
      ['PutItem', () => ({TableName: '{V}', Item: {pk: S('p'), g: S('g'), f: S(LIMIT - 6)}})],
      ['PutItem', () => ({TableName: ABSENT, Item: {pk: S('p'), sk: S('s'), l: S('l'), f: S(LIMIT / 2)}}), notFound],
    ],
  },
];

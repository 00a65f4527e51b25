// The size of an item by type, and the limit on it. Each row fills an item to the last byte with a string.
import {ABSENT, B, BOOL, BS, L, M, N, NS, NULL, S, SS, notFound, text, validation} from '../values.mjs';
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

// An update of {pk: 'k', f: string}; overhead 3 + 19 per SET or ADD, 2 per REMOVE or DELETE.
// The item without its key and with the overhead may not pass the limit either: key name 2 + value 1.
function updated(name, expression, values, overhead, {before = {}, fixed}) {
  // fixed: bytes of the result beside pk and f's value.
  const at = (size) => {
    const fill = size - overhead - fixed;
    return {
      TableName: '{T}',
      Key: {pk: S('k')},
      UpdateExpression: expression,
      ExpressionAttributeValues: {...values, ':f': S(fill)},
    };
  };
  return {
    name: `an update counts ${overhead} more for ${name}`,
    proves: ['limits.md 3: UpdateItem is measured more strictly'],
    tables: {T: 'hash'},
    steps: [
      ['PutItem', {TableName: '{T}', Item: {pk: S('k'), ...before}}],
      ['UpdateItem', () => at(LIMIT + 1), UPDATE_TOO_LARGE],
      ['UpdateItem', () => at(LIMIT)],
    ],
  };
}

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
  // Result beside pk: f's name (1) and value; fixed adds what else the result holds.
  updated('a SET', 'SET f = :f', {}, 3 + 19, {fixed: 1}),
  updated('two SETs', 'SET f = :f, g = :g', {':g': S('a')}, 3 + 38, {fixed: 1 + 2}),
  updated('a SET and an ADD', 'SET f = :f ADD n :n', {':n': N(1)}, 3 + 38, {fixed: 1 + 3}),
  updated('a SET and a REMOVE', 'SET f = :f REMOVE g', {}, 3 + 19 + 2, {fixed: 1}),
  updated('a SET and a DELETE', 'SET f = :f DELETE s :s', {':s': SS('a')}, 3 + 19 + 2, {before: {s: SS('a', 'b')}, fixed: 1 + 2}),
  updated('a SET of a list element', 'SET f = :f, l[0] = :g', {':g': S('a')}, 3 + 38 + 1, {before: {l: L(S('b'))}, fixed: 1 + 1 + 3 + 2}),
  updated('a SET with arithmetic', 'SET f = :f, n = n + :n', {':n': N(1)}, 3 + 38 + 50, {before: {n: N(1)}, fixed: 1 + 3}),
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

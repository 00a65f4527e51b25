// BatchGetItem.
import assert from 'node:assert/strict';
import {carry, define, invalid, n, notFound, parameter, put, s, text} from '../definitions.mjs';

const proves = carry('transactions-batch.md 5: ');
const keys = (count, from = 0) => Array.from({length: count}, (_, i) => ({pk: s(`k${from + i}`)}));
const row = (name, RequestItems, expect, ...statements) => ({
  name,
  proves: proves(statements),
  tables: {T: define('pk:S'), U: define('pk:S|sk:N')},
  op: 'BatchGetItem',
  body: {RequestItems},
  expect,
});
const SCHEMA = invalid('The provided key element does not match the schema');
const TWICE = invalid('Provided list of item keys contains duplicates');
const MEMBER = (rule) =>
  invalid(`1 validation error detected: Value at 'RequestItems.{T}.member.Keys' failed to satisfy constraint: ${rule}`);
const TOO_MANY = 'Member must have length less than or equal to 100';
const MAP_KEYS =
  'Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]';
const bad = {pk: {}};
const EMPTY_VALUE = invalid('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
const MIXED = invalid(
  'Can not use both expression and non-expression parameters in the same request: Non-expression parameters: ' +
    '{AttributesToGet} Expression parameters: {ProjectionExpression}',
);
const large = (pk, size) => ({pk: s(pk), f: s(text(size - 3 - pk.length))});

export default [
  {
    ...row(
      'no RequestItems',
      undefined,
      invalid(
        "1 validation error detected: Value null at 'requestItems' failed to satisfy constraint: Member must not be null",
      ),
      '| 1 |',
    ),
    assumed: true,
  },
  row(
    'empty RequestItems',
    {},
    invalid(
      "1 validation error detected: Value at 'RequestItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ),
    '| 2 |',
  ),
  ...[
    ['a bad table name', 'bad!name'],
    ['a table name of two', 'ab'],
    ['no table name', ''],
  ].map(([name, table]) =>
    row(
      name,
      {[table]: {Keys: keys(101), ConsistentRead: true}, '{T}': {Keys: []}},
      (reply) =>
        assert.equal(
          reply.json.message.replace(/exact-T-\d+/, 'T'),
          `1 validation error detected: Value '${JSON.stringify({[table]: {Keys: keys(101), ConsistentRead: true}, T: {Keys: []}})}' at 'requestItems' failed to satisfy constraint: ${MAP_KEYS}`,
        ),
      '| 3 |',
      'validation.md 1: | map keys (RequestItems)',
      'validation.md 1: - BatchGetItem\'s map is echoed as JSON',
      'newer-layer.md 3.1: | BatchGetItem | malformed table name',
    ),
  ),
  row('no keys', {'{T}': {Keys: []}}, MEMBER('Member must have length greater than or equal to 1'), '| 4 |'),
  row('101 keys in a table', {'{T}': {Keys: keys(101)}}, MEMBER(TOO_MANY), '| 5 |'),
  row(
    '101 keys over two tables',
    {'{T}': {Keys: keys(60)}, AbsentTable: {Keys: [bad, ...keys(40)]}},
    invalid('Too many items requested for the BatchGetItem call'),
    '| 6 |',
  ),
  row(
    '100 keys over two tables',
    {'{T}': {Keys: keys(60)}, '{U}': {Keys: Array.from({length: 40}, (_, i) => ({pk: s('a'), sk: n(i)}))}},
    {body: {Responses: {'{T}': [], '{U}': []}, UnprocessedKeys: {}}},
    'limits.md 5: | BatchGetItem keys / reply',
    'transactions-batch.md 1: Counts and sizes',
  ),
  row(
    'styles mixed over tables',
    {AbsentTable: {Keys: [bad], AttributesToGet: ['a', 'a']}, '{T}': {Keys: keys(1), ProjectionExpression: ''}},
    MIXED,
    '| 7 |',
  ),
  row('styles mixed in one table', {'{T}': {Keys: keys(1), AttributesToGet: ['a'], ProjectionExpression: 'a'}}, MIXED),
  row(
    'names without a projection',
    {AbsentTable: {Keys: [bad], ExpressionAttributeNames: {'#a': 'a'}}},
    invalid('ExpressionAttributeNames can only be specified when using expressions'),
    '| 8 |',
  ),
  row(
    'empty names',
    {AbsentTable: {Keys: [bad], ProjectionExpression: 'a', ExpressionAttributeNames: {}}},
    invalid('ExpressionAttributeNames must not be empty'),
  ),
  row(
    'bad projection',
    {AbsentTable: {Keys: [bad], ProjectionExpression: ''}},
    invalid('Invalid ProjectionExpression: The expression can not be empty;'),
  ),
  row(
    'unused name',
    {AbsentTable: {Keys: [bad], ProjectionExpression: 'a', ExpressionAttributeNames: {'#a': 'a'}}},
    invalid('Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}'),
  ),
  row(
    'a name twice',
    {AbsentTable: {Keys: [bad], AttributesToGet: ['a', 'b', 'a']}},
    parameter('Duplicate value in attribute name: a'),
    '| 9 |',
  ),
  row('a bad value before keys twice', {AbsentTable: {Keys: [...keys(1), ...keys(1), bad]}}, EMPTY_VALUE, '| 10 |'),
  row('keys twice', {AbsentTable: {Keys: [...keys(2), ...keys(1)]}}, TWICE),
  row('numeric keys twice', {AbsentTable: {Keys: [{pk: n('1.0')}, {pk: n('1e0')}]}}, TWICE),
  row(
    'the same key in two tables',
    {'{T}': {Keys: keys(1)}, '{U}': {Keys: [{pk: s('k0'), sk: n(1)}]}},
    {body: {Responses: {'{T}': [], '{U}': []}, UnprocessedKeys: {}}},
  ),
  row('no such table', {AbsentTable: {Keys: keys(1)}, '{T}': {Keys: [{x: s('a')}]}}, notFound(), '| 11 |'),
  row('key of another name', {'{T}': {Keys: [{x: s('a')}]}}, SCHEMA, '| 12 |'),
  row('key of another type', {'{T}': {Keys: [{pk: n(1)}]}}, SCHEMA),
  row('key with too much', {'{T}': {Keys: [{pk: s('a'), x: s('a')}]}}, SCHEMA),
  row('key with too little', {'{U}': {Keys: [{pk: s('a')}]}}, SCHEMA),
  row('empty key', {'{T}': {Keys: [{}]}}, SCHEMA),
  row(
    'empty string as a key',
    {'{T}': {Keys: [{pk: s('')}]}},
    invalid(
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
    ),
  ),
  {
    name: 'the reply',
    proves: proves('- Reply: `Responses` has every requested table'),
    tables: {T: define('pk:S'), U: define('pk:S')},
    steps: [
      put('{T}', {pk: s('k0'), f: s('f'), g: s('g')}),
      [
        'BatchGetItem',
        {RequestItems: {'{T}': {Keys: keys(3), ProjectionExpression: 'f'}, '{U}': {Keys: keys(2)}}},
        {body: {Responses: {'{T}': [{f: s('f')}], '{U}': []}, UnprocessedKeys: {}}},
      ],
      [
        'BatchGetItem',
        {RequestItems: {'{T}': {Keys: keys(1), AttributesToGet: ['g', 'none']}}},
        {body: {Responses: {'{T}': [{g: s('g')}]}, UnprocessedKeys: {}}},
      ],
      [
        'BatchGetItem',
        {RequestItems: {'{T}': {Keys: keys(1), ProjectionExpression: 'nix'}}},
        {body: {Responses: {'{T}': [{}]}, UnprocessedKeys: {}}},
      ],
    ],
  },
  {
    name: 'at most 16 MiB of items: 54 of 300 KB, the rest is unprocessed',
    proves: proves('- Size: the reply holds at most 16 MiB'),
    tables: {T: define('pk:S')},
    steps: [
      ...keys(60).map(({pk}) => put('{T}', large(pk.S, 300 * 1024))),
      [
        'BatchGetItem',
        {
          RequestItems: {
            '{T}': {
              Keys: keys(60),
              ConsistentRead: true,
              ProjectionExpression: '#p',
              ExpressionAttributeNames: {'#p': 'pk'},
            },
          },
        },
        (reply) => {
          const fit = Math.floor((16 << 20) / (300 * 1024));
          const [[table, answered]] = Object.entries(reply.json.Responses);
          assert.equal(answered.length, fit);
          assert.deepEqual(reply.json.UnprocessedKeys[table], {
            Keys: keys(60 - fit, fit),
            ConsistentRead: true,
            ProjectionExpression: '#p',
            ExpressionAttributeNames: {'#p': 'pk'},
          });
        },
      ],
      [
        'BatchGetItem',
        {RequestItems: {'{T}': {Keys: keys(60), AttributesToGet: ['pk']}}},
        (reply) => {
          assert.deepEqual(Object.keys(Object.values(reply.json.UnprocessedKeys)[0]).sort(), [
            'AttributesToGet',
            'Keys',
          ]);
        },
      ],
    ],
  },
];

// BatchWriteItem.
import assert from 'node:assert/strict';
import {carry, define, invalid, n, notFound, parameter, put, s, text, violates} from '../definitions.mjs';

const proves = carry('transactions-batch.md 6: ');
const tables = {T: define('pk:S'), U: define('pk:S|sk:N', {global: {Global: 'g:S'}})};
const puts = (count, from = 0) =>
  Array.from({length: count}, (_, i) => ({PutRequest: {Item: {pk: s(`k${from + i}`)}}}));
const putOf = (Item) => ({PutRequest: {Item}});
const deletion = (Key) => ({DeleteRequest: {Key}});
const row = (name, RequestItems, expect, ...statements) => ({
  name,
  proves: proves(statements),
  tables,
  op: 'BatchWriteItem',
  body: {RequestItems},
  expect,
});
const SCHEMA = invalid('The provided key element does not match the schema');
const TWICE = invalid('Provided list of item keys contains duplicates');
const ONE = invalid(
  'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
);
const LENGTH =
  /' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: \[Member must have length less than or equal to 25, Member must have length greater than or equal to 1\]$/s;
const EMPTY_VALUE = invalid('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
const TOO_LARGE = invalid('Item size has exceeded the maximum allowed size');
const huge = putOf({pk: s('a'), f: s(text(409600))});
const DONE = {body: {UnprocessedItems: {}}};

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
  ...['ReturnConsumedCapacity', 'ReturnItemCollectionMetrics'].map((member, i) => ({
    ...row(`unknown ${member}`, undefined, undefined, '| 0 |'),
    body: {RequestItems: i ? {} : {'bad!name': []}, [member]: 'INVALID'},
    expect: violates(
      `'INVALID' at '${member[0].toLowerCase()}${member.slice(1)}'`,
      `Member must satisfy enum value set: ${i ? '[SIZE, NONE]' : '[INDEXES, TOTAL, NONE]'}`,
    ),
  })),
  row('empty RequestItems', {}, invalid('The requestItems parameter is required for BatchWriteItem'), '| 2 |'),
  ...['bad!name', 'ab'].map((table) =>
    row(
      `a bad table name, ${table}`,
      {[table]: [], '{T}': puts(26)},
      (reply) =>
        assert.match(
          reply.json.message,
          new RegExp(
            `^1 validation error detected: Value '\\{${table}=\\[\\], exact-T-\\d+=\\[WriteRequest\\(putRequest=.*' at 'requestItems' failed to satisfy constraint: Map keys must satisfy constraint: \\[Member must have length less than or equal to 255, Member must have length greater than or equal to 3, Member must satisfy regular expression pattern: \\[a-zA-Z0-9_.-\\]\\+\\]$`,
            's',
          ),
        ),
      '| 3 |',
    ),
  ),
  row(
    '26 in a table',
    {'{T}': puts(26)},
    (reply) => {
      assert.equal(reply.json.__type, 'com.amazon.coral.validate#ValidationException');
      assert.match(
        reply.json.message,
        /^1 validation error detected: Value '\{exact-T-\d+=\[WriteRequest\(putRequest=PutRequest\(item=\{pk=/,
      );
      assert.match(reply.json.message, LENGTH);
    },
    '| 4 |',
  ),
  row(
    'an empty list',
    {'{T}': []},
    invalid(
      "1 validation error detected: Value '{{T}=[]}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]",
    ),
    '| 5 |',
  ),
  {
    ...row('null for a list', {'{T}': null}, (reply) => assert.match(reply.json.message, LENGTH), '| 5 |'),
    assumed: true,
  },
  row(
    '26 over two tables',
    {'{T}': puts(20), AbsentTable: [putOf({pk: {}}), ...puts(5)]},
    (reply) => assert.match(reply.json.message, LENGTH),
    '| 4 |',
  ),
  row(
    '25 over two tables',
    {'{T}': puts(20), '{U}': Array.from({length: 5}, (_, i) => putOf({pk: s('a'), sk: n(i)}))},
    DONE,
    'limits.md 5: | BatchWriteItem requests',
  ),
  row('neither put nor delete', {AbsentTable: [{}]}, ONE, '| 6 |'),
  {
    ...row('both put and delete', {AbsentTable: [{...puts(1)[0], ...deletion({pk: s('a')})}]}, ONE, '| 6 |'),
    assumed: true,
  },
  row('a bad value', {AbsentTable: [putOf({pk: {}}), huge]}, EMPTY_VALUE, '| 7 |'),
  row('a bad value in a key', {AbsentTable: [deletion({pk: {}})]}, EMPTY_VALUE),
  row('an item too large', {AbsentTable: [huge]}, TOO_LARGE),
  row('no such table', {AbsentTable: [putOf({x: s('a')})]}, notFound(), '| 8 |'),
  row('no such table beside one', {'{T}': [putOf({x: s('a')})], AbsentTable: puts(1)}, notFound()),
  row('put with a key of another type', {'{T}': [putOf({pk: n(1)})]}, SCHEMA, '| 9 |'),
  row('put with a map as key', {'{T}': [putOf({pk: {M: {}}})]}, SCHEMA),
  row('delete with a key of another type', {'{T}': [deletion({pk: n(1)})]}, SCHEMA),
  row('delete with a list as key', {'{T}': [deletion({pk: {L: []}})]}, SCHEMA),
  row('delete with more than the key', {'{T}': [deletion({pk: s('a'), x: s('a')})]}, SCHEMA),
  row('delete with less than the key', {'{U}': [deletion({pk: s('a')})]}, SCHEMA),
  {...row('put without the key', {'{T}': [putOf({x: s('a')})]}, SCHEMA, '| 10 |'), assumed: true},
  {...row('put without the sort key', {'{U}': [putOf({pk: s('a')})]}, SCHEMA), assumed: true},
  row(
    'put of an empty key',
    {'{T}': [putOf({pk: s('')})]},
    invalid(
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
    ),
    '| 11 |',
  ),
  row(
    'delete of an empty key',
    {'{T}': [deletion({pk: s('')})]},
    invalid(
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
    ),
  ),
  row(
    'put of a key too long',
    {'{T}': [putOf({pk: s(text(2049))})]},
    parameter('Size of hashkey has exceeded the maximum size limit of2048 bytes'),
  ),
  row(
    'put of an index key of another type',
    {'{U}': [putOf({pk: s('a'), sk: n(1), g: n(1)})]},
    parameter('Type mismatch for Index Key g Expected: S Actual: N IndexName: Global'),
  ),
  row(
    'put of an empty index key',
    {'{U}': [putOf({pk: s('a'), sk: n(1), g: s('')})]},
    invalid(
      'One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: Global, IndexKey: g',
    ),
  ),
  row('put and put of one key', {'{T}': [...puts(2), ...puts(1)]}, TWICE, '| 12 |'),
  row('put and delete of one key', {'{T}': [...puts(1), deletion({pk: s('k0')})]}, TWICE),
  row('delete and delete of one key', {'{T}': [deletion({pk: s('k0')}), deletion({pk: s('k0')})]}, TWICE),
  row(
    'two numbers that are equal',
    {'{U}': [deletion({pk: s('a'), sk: n('1.0')}), putOf({pk: s('a'), sk: n(1)})]},
    TWICE,
  ),
  row('the same key in two tables', {'{T}': puts(1), '{U}': [putOf({pk: s('k0'), sk: n(1)})]}, DONE),
  {
    name: 'a wrong write writes nothing',
    proves: proves('- Every write is independent and atomic'),
    tables,
    steps: [
      put('{T}', {pk: s('old')}),
      ['BatchWriteItem', {RequestItems: {'{T}': [...puts(2), deletion({pk: s('old')}), putOf({pk: n(1)})]}}, SCHEMA],
      ['Scan', {TableName: '{T}'}, {body: {Items: [{pk: s('old')}], Count: 1, ScannedCount: 1}}],
    ],
  },
  {
    name: 'the reply',
    proves: proves('- Reply: `UnprocessedItems` always'),
    tables,
    steps: [
      put('{T}', {pk: s('old')}),
      [
        'BatchWriteItem',
        {
          RequestItems: {
            '{T}': [...puts(1), deletion({pk: s('old')}), deletion({pk: s('never')})],
            '{U}': [putOf({pk: s('a'), sk: n(1)})],
          },
        },
        DONE,
      ],
      ['Scan', {TableName: '{T}'}, {body: {Items: [{pk: s('k0')}], Count: 1, ScannedCount: 1}}],
      ['Scan', {TableName: '{U}', Select: 'COUNT'}, {body: {Count: 1, ScannedCount: 1}}],
    ],
  },
];

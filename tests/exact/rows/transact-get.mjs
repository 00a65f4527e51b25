// TransactGetItems.
import assert from 'node:assert/strict';
import {carry, define, invalid, n, notFound, put, s, text, violates} from '../definitions.mjs';
import {cancelled} from './transactions.mjs';

const proves = carry('transactions-batch.md 7: ');
const tables = {T: define('pk:S'), U: define('pk:S|sk:N')};
const T = '{T}';
const U = '{U}';
const Get = (Key, more = {}, TableName = T) => ({Get: {TableName, Key, ...more}});
const a = {pk: s('a')};
const b = {pk: s('b')};
const read = (TransactItems, expect, more = {}) => ['TransactGetItems', {TransactItems, ...more}, expect];
const row = (name, statements, ...steps) => ({name, proves: proves(statements), tables, steps});
const NONE = {Code: 'None'};
const reason = (Message) => ({Code: 'ValidationError', Message});
const SCHEMA = reason('The provided key element does not match the schema');
const TWICE = invalid('Transaction request cannot include multiple operations on one item');
const units = (count, table = T) => ({TableName: table, CapacityUnits: count, ReadCapacityUnits: count});
const sized = (pk, size) => ({pk: s(pk), f: s(text(size - 3 - pk.length))});

export default [
  row(
    'items in the order of the request',
    ['* Response: `Responses` in request order', '* Request: `TransactItems*`'],
    put(T, {...a, v: n(1), m: {M: {x: n(2), y: n(3)}}}),
    put(U, {pk: s('a'), sk: n(1)}),
    read(
      [
        Get({pk: s('a'), sk: n('1.0')}, {}, U),
        Get(b),
        Get(a, {ProjectionExpression: '#m.x, v', ExpressionAttributeNames: {'#m': 'm'}}),
      ],
      {body: {Responses: [{Item: {pk: s('a'), sk: n(1)}}, {}, {Item: {v: n(1), m: {M: {x: n(2)}}}}]}},
    ),
    read([Get(a, {ProjectionExpression: 'absent'}), Get(b)], {body: {Responses: [{}, {}]}}),
  ),
  row(
    'no reads, and more than 100',
    ['* Members first, joined, as 2.2'],
    read([], violates("'[]' at 'transactItems'", 'Member must have length greater than or equal to 1')),
    [
      'TransactGetItems',
      {TransactItems: Array.from({length: 101}, (_, i) => Get({pk: s(`k${i}`)}))},
      (reply) => {
        assert.equal(reply.json.__type, 'com.amazon.coral.validate#ValidationException');
        assert.match(
          reply.json.message,
          /^1 validation error detected: Value '\[.*\]' at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to 100$/s,
        );
      },
    ],
  ),
  row(
    'expressions and tables are told bare',
    ['* Members first, joined, as 2.2'],
    read(
      [Get(a, {ProjectionExpression: 'v', ExpressionAttributeNames: {'#x': 'x'}}, 'no-such')],
      invalid('Value provided in ExpressionAttributeNames unused in expressions: keys: {#x}'),
    ),
    ...['', ' '].map((ProjectionExpression) =>
      read([Get({pk: n('x')}, {ProjectionExpression}, 'no-such')], (reply) => {
        assert.equal(reply.json.__type, 'com.amazon.coral.validate#ValidationException');
        assert.match(reply.json.message, /^Invalid ProjectionExpression: /);
      }),
    ),
    read([Get({pk: n('x')}, {}, 'no-such')], invalid('The parameter cannot be converted to a numeric value: x')),
    read(
      [Get(a, {}, 'b d'), {}],
      invalid(
        "2 validation errors detected: Value 'b d' at 'transactItems.1.member.get.tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; Value null at 'transactItems.2.member.get' failed to satisfy constraint: Member must not be null",
      ),
    ),
    read(
      [],
      invalid(
        "2 validation errors detected: Value 'X' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]; Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
      ),
      {ReturnConsumedCapacity: 'X'},
    ),
    read([Get({pk: n(1)}), Get(a, {}, 'no-such')], notFound()),
  ),
  {
    ...row(
      'names without a projection',
      ['validation.md 4: **Transactions**: names or values'],
      read([Get(a, {ExpressionAttributeNames: {'#x': 'x'}}), Get(b, {ExpressionAttributeNames: {}})], {
        body: {Responses: [{}, {}]},
      }),
    ),
    assumed: true,
  },
  row(
    'wrong keys are reasons, empty ones too',
    ['* Per-Get key problems'],
    read(
      [Get(a), Get({pk: n(1)}), Get({pk: s('a')}, {}, U), Get({pk: s('')})],
      cancelled(
        NONE,
        SCHEMA,
        SCHEMA,
        reason(
          'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
        ),
      ),
    ),
  ),
  row(
    'one item twice, told after wrong keys',
    ['* Same item twice'],
    read([Get(a), Get(a, {ProjectionExpression: 'v'})], TWICE),
    read([Get({pk: s('a'), sk: n(1)}, {}, U), Get({pk: s('a'), sk: n('1.0')}, {}, U)], TWICE),
    read([Get(a), Get(a), Get({pk: n(1)})], cancelled(NONE, NONE, SCHEMA)),
  ),
  {
    ...row(
      'more than 4 MB',
      ['limits.md 5: | transaction actions / total size'],
      ...Array.from({length: 11}, (_, i) => put(T, sized(`k${i}`, 400000))),
      read(
        Array.from({length: 11}, (_, i) => Get({pk: s(`k${i}`)})),
        invalid(
          'Collection size of items exceeded, which can also be caused by the aggregate size of the items in the transaction exceeding the 4MB limit',
        ),
      ),
    ),
    assumed: true,
  },
  row(
    'capacity of transactional reads',
    ['capacity.md 1: | transactional get |', 'capacity.md 4: - BatchGetItem, BatchWriteItem, TransactGetItems'],
    put(T, sized('a', 4097)),
    read(
      [Get(a, {ProjectionExpression: 'pk'}), Get({pk: s('none')}), Get({pk: s('none'), sk: n(1)}, {}, U)],
      {
        body: {
          Responses: [{Item: a}, {}, {}],
          ConsumedCapacity: [units(6), units(2, U)],
        },
      },
      {ReturnConsumedCapacity: 'TOTAL'},
    ),
    read(
      [Get(b), Get({pk: s('c')})],
      {
        body: {
          Responses: [{}, {}],
          ConsumedCapacity: [{...units(4), Table: {CapacityUnits: 4, ReadCapacityUnits: 4}}],
        },
      },
      {ReturnConsumedCapacity: 'INDEXES'},
    ),
  ),
];

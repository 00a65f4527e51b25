// Query: what is found wrong once the table is known, in the order in which it is said.
import {KEYS_ONLY, b, carry, define, invalid, n, notFound, parameter, s} from '../definitions.mjs';

const tables = {
  T: define('pk:S|sk:S', {local: {Local: 'pk:S|l:N'}, global: {Global: ['g:S|h:N', KEYS_ONLY]}}),
  H: define('pk:S'),
};
const condition = (op, ...values) => ({ComparisonOperator: op, AttributeValueList: values});
const proves = carry('query-scan.md 2: ');

const START = invalid('The provided starting key is invalid');
const SCHEMA = invalid('The provided key element does not match the schema');
const MISSED = (name) => invalid(`Query condition missed key schema element: ${name}`);
const UNSUPPORTED = invalid('Query key condition not supported');
const TOO_MANY = (count, most) =>
  invalid(
    `The number of query conditions (${count}) exceeds the number of key attributes defined in the schema (${most})`,
  );
const TYPE = parameter('Condition parameter type does not match schema type');
const PATH = (label) =>
  invalid(`Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ${label}`);

const row = (name, table, members, expect, statements) => ({
  name: `Query, ${name}`,
  proves: proves(statements),
  tables,
  op: 'Query',
  body: {TableName: table, ...members},
  expect,
});
// The request with an expression and values given as {p: value}.
const by = (KeyConditionExpression, values, more = {}) => ({
  KeyConditionExpression,
  ExpressionAttributeValues: Object.fromEntries(Object.entries(values).map(([k, v]) => [`:${k}`, v])),
  ...more,
});
const pk = {p: s('a')};
const both = {p: s('a'), q: s('b')};

export default [
  row(
    'table absent, index too',
    'AbsentTable',
    by('pk = :p', pk, {IndexName: 'Nothing'}),
    notFound(),
    '| table | `Requested',
  ),
  row(
    'index unknown',
    '{T}',
    by('pk = :p', pk, {IndexName: 'Nothing'}),
    invalid('The table does not have the specified index: Nothing'),
    'index unknown',
  ),
  row(
    'consistent read of a global index',
    '{T}',
    by('g = :p', pk, {IndexName: 'Global', ConsistentRead: true, ExclusiveStartKey: {}}),
    invalid('Consistent reads are not supported on global secondary indexes'),
    'ConsistentRead on a GSI',
  ),
  row('consistent read of a local index', '{T}', by('pk = :p', pk, {IndexName: 'Local', ConsistentRead: true}), {
    body: {Items: [], Count: 0, ScannedCount: 0},
  }),

  row(
    'start key with too few attributes',
    '{T}',
    by('pk = :p', pk, {ExclusiveStartKey: {pk: s('a')}}),
    START,
    'then per key attribute of the used schema',
  ),
  row(
    'start key with too many attributes',
    '{T}',
    by('pk = :p', pk, {ExclusiveStartKey: {pk: s('a'), sk: s('a'), x: s('a')}}),
    START,
  ),
  row('start key without attributes', '{T}', by('pk = :p', pk, {ExclusiveStartKey: {}}), START),
  row(
    'start key with another attribute',
    '{T}',
    by('pk = :p', pk, {ExclusiveStartKey: {pk: s('a'), x: s('a')}}),
    START,
  ),
  row(
    'start key of another type',
    '{T}',
    by('pk = :p', pk, {ExclusiveStartKey: {pk: s('a'), sk: n(1)}}),
    START,
    'then per key attribute of the used schema',
  ),
  row(
    'start key of an index without its key',
    '{T}',
    by('g = :p', pk, {IndexName: 'Global', ExclusiveStartKey: {pk: s('a'), sk: s('a'), g: s('a'), x: n(1)}}),
    START,
  ),
  row(
    'start key of an index of another type',
    '{T}',
    by('g = :p', pk, {IndexName: 'Global', ExclusiveStartKey: {pk: s('a'), sk: s('a'), g: s('a'), h: s('a')}}),
    START,
  ),
  row('start key before the conditions', '{T}', by('x = :p', pk, {ExclusiveStartKey: {pk: s('a')}}), START),

  row(
    'two conditions on a table without a sort key',
    '{H}',
    by('pk = :p AND x = :q', both),
    TOO_MANY(2, 1),
    'more conditions than the schema has keys',
  ),
  row(
    'two conditions on a table without a sort key, neither the hash key',
    '{H}',
    by('y = :p AND x = :q', both),
    TOO_MANY(2, 1),
  ),
  row('only the sort key', '{T}', by('sk = :p', pk), MISSED('pk'), 'its condition: hash key condition absent'),
  row('only another attribute', '{T}', by('x = :p', pk), MISSED('pk')),
  row('only another attribute, no sort key', '{H}', by('x = :p', pk), MISSED('pk')),
  row('another attribute beside the hash key', '{T}', by('pk = :p AND x = :q', both), MISSED('sk')),
  row('the table key on an index', '{T}', by('pk = :p', pk, {IndexName: 'Global'}), MISSED('g')),
  row('the table sort key on a local index', '{T}', by('pk = :p AND sk = :q', both, {IndexName: 'Local'}), MISSED('l')),

  ...['NULL', 'NOT_NULL', 'NE', 'CONTAINS', 'NOT_CONTAINS', 'IN'].map((op) =>
    row(
      `${op} on the hash key`,
      '{T}',
      {KeyConditions: {pk: op.endsWith('NULL') ? {ComparisonOperator: op} : condition(op, s('a'))}},
      invalid('Attempted conditional constraint is not an indexable operation'),
      'legacy NULL, NOT_NULL',
    ),
  ),
  row(
    'NE on the sort key',
    '{T}',
    {KeyConditions: {pk: condition('EQ', s('a')), sk: condition('NE', s('a'))}},
    invalid('Attempted conditional constraint is not an indexable operation'),
  ),
  row('hash value of another type', '{T}', by('pk = :p', {p: n(1)}), TYPE, 'value type differs from the key type'),
  row('sort value of another type', '{T}', by('pk = :p AND sk > :q', {p: s('a'), q: n(1)}), TYPE),
  row('binary for a string', '{T}', by('pk = :p', {p: b('a')}), TYPE),
  row('begins_with on a number', '{T}', by('pk = :p AND begins_with(l, :q)', both, {IndexName: 'Local'}), TYPE),
  row('type before operator', '{T}', by('pk > :p', {p: n(1)}), TYPE),
  ...['<', '<=', '>', '>='].map((op) =>
    row(`hash key with ${op}`, '{T}', by(`pk ${op} :p`, pk), UNSUPPORTED, 'hash condition not EQ'),
  ),
  row('hash key with begins_with', '{T}', by('begins_with(pk, :p)', pk), UNSUPPORTED),
  row('hash key with BETWEEN', '{T}', by('pk BETWEEN :p AND :q', both), UNSUPPORTED),

  row(
    'start key whose table key has another type',
    '{T}',
    by('g = :p', pk, {IndexName: 'Global', ExclusiveStartKey: {pk: s('a'), sk: n(1), g: s('a'), h: n(1)}}),
    START,
    'index query: table keys in the ESK',
  ),
  row(
    'start key of another hash value',
    '{T}',
    by('pk = :p', pk, {ExclusiveStartKey: {pk: s('b'), sk: s('a')}}),
    invalid('The provided starting key is outside query boundaries based on provided conditions'),
    'ESK, no sort condition',
  ),
  ...[
    ['=', 'sk = :q', {q: s('b')}, s('a')],
    ['<', 'sk < :q', {q: s('b')}, s('b')],
    ['<=', 'sk <= :q', {q: s('b')}, s('c')],
    ['>', 'sk > :q', {q: s('b')}, s('b')],
    ['>=', 'sk >= :q', {q: s('b')}, s('a')],
    ['BETWEEN', 'sk BETWEEN :q AND :r', {q: s('b'), r: s('c')}, s('d')],
    ['begins_with', 'begins_with(sk, :q)', {q: s('b')}, s('ab')],
  ].map(([op, text, values, sk]) =>
    row(
      `start key that misses ${op}`,
      '{T}',
      by(`pk = :p AND ${text}`, {...pk, ...values}, {ExclusiveStartKey: {pk: s('a'), sk}}),
      invalid('The provided starting key does not match the range key predicate'),
      'ESK, sort condition not met',
    ),
  ),
  row(
    'start key of another hash value that meets the sort condition',
    '{T}',
    by('pk = :p AND sk > :q', both, {ExclusiveStartKey: {pk: s('b'), sk: s('c')}}),
    invalid('The query can return at most one row and cannot be restarted'),
    'ESK, sort condition met',
  ),

  row(
    'projection into a key',
    '{T}',
    by('pk = :p', pk, {ProjectionExpression: 'pk.x'}),
    PATH('Key: pk'),
    'projection path into a key',
  ),
  row(
    'projection into a sort key',
    '{T}',
    by('pk = :p', pk, {ProjectionExpression: 'sk[0]', FilterExpression: 'pk = :p'}),
    PATH('Key: sk'),
  ),
  ...['pk', 'sk'].map((name) =>
    row(
      `filter on the key ${name}`,
      '{T}',
      by('pk = :p', pk, {FilterExpression: `${name} = :p`}),
      invalid(`Filter Expression can only contain non-primary key attributes: Primary key attribute: ${name}`),
      'filter on a key of the used schema',
    ),
  ),
  row(
    'filter map on a key',
    '{T}',
    {KeyConditions: {pk: condition('EQ', s('a'))}, QueryFilter: {sk: condition('EQ', s('a'))}},
    invalid('QueryFilter can only contain non-primary key attributes: Primary key attribute: sk'),
  ),
  row(
    'filter on a key of the index',
    '{T}',
    by('g = :p', pk, {IndexName: 'Global', FilterExpression: 'h = :p', Select: 'ALL_ATTRIBUTES'}),
    invalid('Filter Expression can only contain non-primary key attributes: Primary key attribute: h'),
  ),
  row(
    'filter on the table key of an index query',
    '{T}',
    by('g = :p', pk, {IndexName: 'Global', FilterExpression: 'pk = :p'}),
    {body: {Items: [], Count: 0, ScannedCount: 0}},
  ),
  row(
    'all attributes of an index that has not all',
    '{T}',
    by('g = :p', pk, {IndexName: 'Global', Select: 'ALL_ATTRIBUTES', FilterExpression: 'pk.x = :p'}),
    parameter(
      'Select type ALL_ATTRIBUTES is not supported for global secondary index Global because its projection type is not ALL',
    ),
    'ALL_ATTRIBUTES on a non-ALL GSI',
  ),
  row(
    'filter into a key of an index',
    '{T}',
    by('pk = :p', pk, {FilterExpression: 'g.x = :p'}),
    PATH('IndexKey: g'),
    'filter path into a key',
  ),
  row(
    'filter into the table key of an index query',
    '{T}',
    by('g = :p', pk, {IndexName: 'Global', FilterExpression: 'pk[1] = :p'}),
    PATH('Key: pk'),
  ),

  {
    ...row(
      'an empty hash value',
      '{T}',
      by('pk = :p', {p: s('')}),
      invalid(
        'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
      ),
      'Key value in the condition empty',
    ),
    assumed: true,
  },
  {
    ...row(
      'an empty hash value of a global index',
      '{T}',
      by('g = :p', {p: s('')}, {IndexName: 'Global'}),
      invalid(
        'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: g',
      ),
    ),
    assumed: true,
  },
  row(
    'BETWEEN with its bounds turned round',
    '{T}',
    by('pk = :p AND sk BETWEEN :q AND :p', both),
    invalid(
      'Invalid KeyConditionExpression: The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ' +
        'lower bound operand: AttributeValue: {S:b}, upper bound operand: AttributeValue: {S:a}',
    ),
    'Key value in the condition empty',
  ),
];

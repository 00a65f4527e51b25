// CreateTable: constraints of single members, collected.
import {carry, define, invalid} from '../definitions.mjs';

const proves = carry('control-plane.md 1.1: ');
const base = {TableName: 'Constraints', ...define('pk:S|sk:S')};
const at = (value, path, rule) =>
  `Value ${value === null ? 'null' : `'${value}'`} at '${path}' failed to satisfy constraint: ${rule}`;
const row = (name, members, errors, ...statements) => ({
  name,
  proves: proves(statements),
  op: 'CreateTable',
  body: {...base, ...members},
  expect: {errors},
});
const one = (name, members, value, path, rule, ...statements) =>
  row(name, members, [at(value, path, rule)], ...statements);
const NOT_NULL = 'Member must not be null';
const least = (count) => `Member must have length greater than or equal to ${count}`;
const most = (count) => `Member must have length less than or equal to ${count}`;
const MIN_ONE = 'Member must have value greater than or equal to 1';
const PATTERN = 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+';
const set = (list) => `Member must satisfy enum value set: [${list}]`;
const units = (ReadCapacityUnits, WriteCapacityUnits) => ({
  BillingMode: undefined,
  ProvisionedThroughput: {ReadCapacityUnits, WriteCapacityUnits},
});
const key = (AttributeName, KeyType) => ({AttributeName, KeyType});
const attribute = (AttributeName, AttributeType) => ({AttributeName, AttributeType});
const hash = key('pk', 'HASH');
const index = (members) => ({
  GlobalSecondaryIndexes: [{IndexName: 'Index', KeySchema: [hash], Projection: {ProjectionType: 'ALL'}, ...members}],
});
const local = (members) => ({
  LocalSecondaryIndexes: [
    {IndexName: 'Index', KeySchema: [hash, key('sk', 'RANGE')], Projection: {ProjectionType: 'ALL'}, ...members},
  ],
});
const G = 'globalSecondaryIndexes.1.member.';
const L = 'localSecondaryIndexes.1.member.';
const long = (count) => 'x'.repeat(count);

export default [
  one(
    'BillingMode',
    {BillingMode: 'FREE'},
    'FREE',
    'billingMode',
    set('PROVISIONED, PAY_PER_REQUEST'),
    '| BillingMode; TableClass',
    'validation.md 1: | billingMode |',
  ),
  one(
    'TableClass',
    {TableClass: ''},
    '',
    'tableClass',
    set('STANDARD, STANDARD_INFREQUENT_ACCESS'),
    '| BillingMode; TableClass',
    'validation.md 1: | tableClass |',
  ),
  row(
    'throughput without units',
    {BillingMode: undefined, ProvisionedThroughput: {}},
    [
      at(null, 'provisionedThroughput.writeCapacityUnits', NOT_NULL),
      at(null, 'provisionedThroughput.readCapacityUnits', NOT_NULL),
    ],
    '| throughput units',
  ),
  row('units of 0', units(0, 0), [
    at('0', 'provisionedThroughput.writeCapacityUnits', MIN_ONE),
    at('0', 'provisionedThroughput.readCapacityUnits', MIN_ONE),
  ]),
  one('units below 0', units(-1, 1), '-1', 'provisionedThroughput.readCapacityUnits', MIN_ONE),
  one('no KeySchema', {KeySchema: undefined}, null, 'keySchema', NOT_NULL, '| KeySchema |'),
  one('empty KeySchema', {KeySchema: []}, '[]', 'keySchema', least(1)),
  one(
    'three keys',
    {KeySchema: [hash, key('sk', 'RANGE'), key('x', 'RANGE')]},
    '[KeySchemaElement(attributeName=pk, keyType=HASH), KeySchemaElement(attributeName=sk, keyType=RANGE), KeySchemaElement(attributeName=x, keyType=RANGE)]',
    'keySchema',
    most(2),
  ),
  one(
    'no AttributeDefinitions',
    {AttributeDefinitions: undefined},
    null,
    'attributeDefinitions',
    NOT_NULL,
    '| AttributeDefinitions |',
  ),
  one(
    'KeyType',
    {KeySchema: [key('pk', 'SORT')]},
    'SORT',
    'keySchema.1.member.keyType',
    set('HASH, RANGE'),
    '| KeyType / AttributeType',
    'validation.md 1: | keyType |',
  ),
  one(
    'second KeyType',
    {KeySchema: [hash, key('sk', 'SORT')]},
    'SORT',
    'keySchema.2.member.keyType',
    set('HASH, RANGE'),
  ),
  one(
    'AttributeType',
    {AttributeDefinitions: [attribute('pk', 'SS'), attribute('sk', 'S')]},
    'SS',
    'attributeDefinitions.1.member.attributeType',
    set('B, N, S'),
    '| KeyType / AttributeType',
    'validation.md 1: | attributeType |',
  ),
  one(
    'ProjectionType',
    index({Projection: {ProjectionType: 'SOME'}}),
    'SOME',
    `${G}projection.projectionType`,
    set('ALL, INCLUDE, KEYS_ONLY'),
    '| KeyType / AttributeType',
    'validation.md 1: | projectionType |',
  ),
  row('members of a key missing', {KeySchema: [{}]}, [
    at(null, 'keySchema.1.member.attributeName', NOT_NULL),
    at(null, 'keySchema.1.member.keyType', NOT_NULL),
  ]),
  row('members of a definition missing', {AttributeDefinitions: [{}]}, [
    at(null, 'attributeDefinitions.1.member.attributeName', NOT_NULL),
    at(null, 'attributeDefinitions.1.member.attributeType', NOT_NULL),
  ]),
  row(
    'a global index without members',
    {GlobalSecondaryIndexes: [{}]},
    ['keySchema', 'projection', 'indexName'].map((name) => at(null, G + name, NOT_NULL)),
    '| per index |',
  ),
  row(
    'a local index without members',
    {LocalSecondaryIndexes: [{}]},
    ['indexName', 'keySchema', 'projection'].map((name) => at(null, L + name, NOT_NULL)),
  ),
  one(
    'an empty list of attributes',
    index({Projection: {ProjectionType: 'INCLUDE', NonKeyAttributes: []}}),
    '[]',
    `${G}projection.nonKeyAttributes`,
    least(1),
  ),
  one(
    '21 attributes',
    index({Projection: {ProjectionType: 'INCLUDE', NonKeyAttributes: Array.from({length: 21}, (_, i) => `a${i}`)}}),
    `[${Array.from({length: 21}, (_, i) => `a${i}`).join(', ')}]`,
    `${G}projection.nonKeyAttributes`,
    most(20),
    'limits.md 5: | `NonKeyAttributes` list',
  ),
  one(
    'index name of two characters',
    index({IndexName: 'ab'}),
    'ab',
    `${G}indexName`,
    least(3),
    'limits.md 5: | table, index name',
  ),
  one('index name of 256', local({IndexName: long(256)}), long(256), `${L}indexName`, most(255)),
  one('index name with a blank', index({IndexName: 'a b'}), 'a b', `${G}indexName`, PATTERN),
  one('empty key schema of an index', index({KeySchema: []}), '[]', `${G}keySchema`, least(1)),
  one(
    'three keys of a local index',
    local({KeySchema: [hash, key('sk', 'RANGE'), key('x', 'RANGE')]}),
    '[KeySchemaElement(attributeName=pk, keyType=HASH), KeySchemaElement(attributeName=sk, keyType=RANGE), KeySchemaElement(attributeName=x, keyType=RANGE)]',
    `${L}keySchema`,
    most(2),
    'limits.md 5: | key schema elements: table, LSI',
  ),
  one(
    'nine keys of a global index',
    index({KeySchema: Array.from({length: 9}, (_, i) => key(`k${i}`, 'HASH'))}),
    `[${Array.from({length: 9}, (_, i) => `KeySchemaElement(attributeName=k${i}, keyType=HASH)`).join(', ')}]`,
    `${G}keySchema`,
    most(8),
    '| KeySchema |',
    'new-features.md 2: | more than 8 elements |',
  ),
  row(
    'units of an index',
    index({ProvisionedThroughput: {ReadCapacityUnits: 0, WriteCapacityUnits: 1}}),
    [at('0', `${G}provisionedThroughput.readCapacityUnits`, MIN_ONE)],
    '| throughput units',
  ),
  one(
    'key name of 256',
    {KeySchema: [key(long(256), 'HASH')]},
    long(256),
    'keySchema.1.member.attributeName',
    most(255),
    'limits.md 5: | attribute name |',
  ),
  one('empty key name', {KeySchema: [key('', 'HASH')]}, '', 'keySchema.1.member.attributeName', least(1)),

  {
    name: 'no TableName, alone',
    proves: proves('validation.md 3: | absent |'),
    op: 'CreateTable',
    body: {KeySchema: []},
    expect: invalid("The parameter 'TableName' is required but was not present in the request"),
  },
  row(
    'empty TableName',
    {TableName: ''},
    [at('', 'tableName', PATTERN), at('', 'tableName', least(3))],
    'validation.md 3: | empty |',
  ),
  one(
    'TableName of two characters, alone',
    {TableName: 'ab', KeySchema: []},
    'ab',
    'tableName',
    least(3),
    'validation.md 3: | 1-2 characters |',
  ),
  one(
    'TableName of 256',
    {TableName: long(256)},
    long(256),
    'tableName',
    most(255),
    'validation.md 3: | > 255, not an ARN',
  ),
  one(
    'TableName with a bad character',
    {TableName: 'a/b/c'},
    'a/b/c',
    'tableName',
    PATTERN,
    'validation.md 3: | bad characters |',
  ),
  row(
    'at most ten errors',
    {
      AttributeDefinitions: Array.from({length: 12}, () => attribute('a', 'X')),
    },
    Array.from({length: 10}, (_, i) => at('X', `attributeDefinitions.${i + 1}.member.attributeType`, set('B, N, S'))),
    'validation.md 1: At most **10** errors',
  ),
  {
    name: 'the order of members',
    proves: proves('TableName: `validation.md` 3; checked alone'),
    op: 'CreateTable',
    body: {
      TableName: 'Order',
      BillingMode: 'X',
      ProvisionedThroughput: {ReadCapacityUnits: 0, WriteCapacityUnits: 0},
      KeySchema: [],
      LocalSecondaryIndexes: [{IndexName: 'a', KeySchema: [hash], Projection: {}}],
      GlobalSecondaryIndexes: [{IndexName: 'Index', KeySchema: [], Projection: {}, ProvisionedThroughput: {}}],
    },
    expect: invalid(
      '9 validation errors detected: ' +
        [
          at('X', 'billingMode', set('PROVISIONED, PAY_PER_REQUEST')),
          at('0', 'provisionedThroughput.writeCapacityUnits', MIN_ONE),
          at('0', 'provisionedThroughput.readCapacityUnits', MIN_ONE),
          at('[]', 'keySchema', least(1)),
          at(null, 'attributeDefinitions', NOT_NULL),
          at('[]', `${G}keySchema`, least(1)),
          at(null, `${G}provisionedThroughput.writeCapacityUnits`, NOT_NULL),
          at(null, `${G}provisionedThroughput.readCapacityUnits`, NOT_NULL),
          at('a', `${L}indexName`, least(3)),
        ].join('; '),
    ),
  },
];

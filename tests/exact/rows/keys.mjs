// Keys of tables and indexes: their sizes, types and empty values.
import {ABSENT, B, BOOL, L, N, NULL, PFX, S, notFound, validation} from '../values.mjs';
import {index, table} from '../presets.mjs';

const HASH_SIZE = validation(`${PFX}Size of hashkey has exceeded the maximum size limit of2048 bytes`);
const RANGE_SIZE = validation(`${PFX}Aggregated size of all range keys has exceeded the size limit of 1024 bytes`);
const empty = (kind, name) =>
  validation(`One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${kind} value. Key: ${name}`);
const NO_MATCH = validation('The provided key element does not match the schema');
const missing = (name) => validation(`${PFX}Missing the key ${name} in the item`);
const mismatch = (name, expected, actual) =>
  validation(`${PFX}Type mismatch for key ${name} expected: ${expected} actual: ${actual}`);
const indexMismatch = (name, expected, actual, indexName) =>
  validation(`${PFX}Type mismatch for Index Key ${name} Expected: ${expected} Actual: ${actual} IndexName: ${indexName}`);
const emptyIndexKey = (kind, indexName, name) =>
  validation(
    'One or more parameter values are not valid. A value specified for a secondary index key is not supported. ' +
      `The AttributeValue for a key attribute cannot contain an empty ${kind} value. IndexName: ${indexName}, IndexKey: ${name}`,
  );
const EMPTY_ON_UPDATE = (kind) =>
  validation(
    'One or more parameter values are not valid. The update expression attempted to update a secondary index key to ' +
      `a value that is not supported. The AttributeValue for a key attribute cannot contain an empty ${kind} value.`,
  );

// The same key in every operation that takes one; `put` differs from the others only where named.
function everywhere(name, proves, preset, key, expect, {put = expect} = {}) {
  const T = '{T}';
  return {
    name,
    proves: [].concat(proves).map((text) => `limits.md 4: ${text}`),
    tables: {T: preset},
    steps: [
      ...(put ? [['PutItem', {TableName: T, Item: key}, put]] : []),
      ['GetItem', {TableName: T, Key: key}, expect],
      ['DeleteItem', {TableName: T, Key: key}, expect],
      ['UpdateItem', {TableName: T, Key: key, UpdateExpression: 'SET x = :v', ExpressionAttributeValues: {':v': N(1)}}, expect],
      ['BatchGetItem', {RequestItems: {[T]: {Keys: [key]}}}, expect],
      ['BatchWriteItem', {RequestItems: {[T]: [{DeleteRequest: {Key: key}}]}}, expect],
    ],
  };
}

const HASH = 'partition key value > 2048';
const RANGE = 'sort key value > 1024';
const SCHEMA = 'Key map: wrong attribute count';
const gsi = table('pk:S', '', {gsis: [index('GSI', 'g:S', 'h:N')]});
const two = table('pk:S', '', {gsis: [index('Zed', 'g:S'), index('Abc', 'g:S', 'h:N')]});
const binary = table('pk:S', '', {gsis: [index('GSI', 'g:B')]});
const multi = table('pk:S', '', {gsis: [index('GSI', 'a:S b:S', 'c:S d:S')]});
const update = (expression, values, key = {pk: S('k')}) => ({
  TableName: '{T}',
  Key: key,
  UpdateExpression: expression,
  ExpressionAttributeValues: values,
});

export default [
  everywhere('a partition key of 2048 bytes', HASH, 'hash', {pk: S(2048)}, {}),
  everywhere('a partition key of 2049 bytes', HASH, 'hash', {pk: S(2049)}, HASH_SIZE),
  everywhere('a partition key of 2048 bytes in 1024 characters', HASH, 'hash', {pk: S('é'.repeat(1024))}, {}),
  everywhere('a partition key of 2050 bytes in 1025 characters', HASH, 'hash', {pk: S('é'.repeat(1025))}, HASH_SIZE),
  everywhere('a binary partition key of 2048 bytes', HASH, 'binaryHash', {pk: B(2048)}, {}),
  everywhere('a binary partition key of 2049 bytes', HASH, 'binaryHash', {pk: B(2049)}, HASH_SIZE),
  everywhere('a sort key of 1024 bytes', RANGE, 'composite', {pk: S('k'), sk: S(1024)}, {}),
  everywhere('a sort key of 1025 bytes', RANGE, 'composite', {pk: S('k'), sk: S(1025)}, RANGE_SIZE),
  everywhere('a binary sort key of 1024 bytes', RANGE, 'binary', {pk: S('k'), sk: B(1024)}, {}),
  everywhere('a binary sort key of 1025 bytes', RANGE, 'binary', {pk: S('k'), sk: B(1025)}, RANGE_SIZE),
  everywhere('both keys too large: the partition key is told', RANGE, 'composite', {pk: S(2049), sk: S(1025)}, HASH_SIZE),
  everywhere('an empty partition key', 'empty S key', 'hash', {pk: S('')}, empty('string', 'pk')),
  everywhere('an empty sort key', 'empty S key', 'composite', {pk: S('k'), sk: S('')}, empty('string', 'sk')),
  everywhere('both keys empty: the partition key is told', 'empty S key', 'composite', {pk: S(''), sk: S('')}, empty('string', 'pk')),
  everywhere('an empty binary partition key', 'empty B key', 'binaryHash', {pk: B('')}, empty('binary', 'pk')),
  everywhere('an empty binary sort key', 'empty B key', 'binary', {pk: S('k'), sk: B('')}, empty('binary', 'sk')),
  everywhere('a key attribute absent', [SCHEMA, 'key attribute absent in a put Item'], 'composite', {pk: S('k')}, NO_MATCH, {put: missing('sk')}),
  everywhere('both key attributes absent', [SCHEMA, 'key attribute absent in a put Item'], 'composite', {x: S('k')}, NO_MATCH, {put: missing('pk')}),
  everywhere('a key attribute of the wrong type', [SCHEMA, 'wrong type in a put Item'], 'hash', {pk: N(1)}, NO_MATCH, {put: mismatch('pk', 'S', 'N')}),
  everywhere('a sort key of the wrong type', [SCHEMA, 'wrong type in a put Item'], 'numeric', {pk: S('k'), sk: S('1')}, NO_MATCH, {put: mismatch('sk', 'N', 'S')}),
  everywhere('a key attribute that is a list', [SCHEMA, 'wrong type in a put Item'], 'hash', {pk: L()}, NO_MATCH, {put: mismatch('pk', 'S', 'L')}),
  everywhere('a key attribute that is true', [SCHEMA, 'wrong type in a put Item'], 'binaryHash', {pk: BOOL(true)}, NO_MATCH, {put: mismatch('pk', 'B', 'BOOL')}),
  everywhere('a key with an attribute too many', SCHEMA, 'hash', {pk: S('k'), sk: S('s')}, NO_MATCH, {put: null}),
  everywhere('a key of other names', SCHEMA, 'hash', {PK: S('k')}, NO_MATCH, {put: missing('pk')}),
  everywhere('an empty key', SCHEMA, 'hash', {}, NO_MATCH, {put: missing('pk')}),
  everywhere('a partition key absent and a sort key of the wrong type', SCHEMA, 'numeric', {sk: S('x')}, NO_MATCH, {put: missing('pk')}),
  {
    name: 'a put with an empty partition key and a sort key of the wrong type',
    proves: ['validation.md 5: | 8 | per key attribute in schema order'],
    tables: {T: 'numeric'},
    op: 'PutItem',
    body: {TableName: '{T}', Item: {pk: S(''), sk: S('x')}},
    expect: empty('string', 'pk'),
  },
  {
    name: 'a number is no key too large',
    proves: [`limits.md 4: ${HASH}`],
    tables: {T: 'numberHash'},
    op: 'PutItem',
    body: {TableName: '{T}', Item: {pk: N('1E125')}},
  },
  ...['M', 'L', 'NULL', 'BOOL', 'SS', 'NS', 'BS'].map((type) => ({
    name: `${type} is no type of a key`,
    proves: ['limits.md 4: Key attribute types: S, N, B only'],
    op: 'CreateTable',
    body: {TableName: 'KeyTypes', AttributeDefinitions: [{AttributeName: 'pk', AttributeType: type}], KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}], BillingMode: 'PAY_PER_REQUEST'},
    expect: validation(`1 validation error detected: Value '${type}' at 'attributeDefinitions.1.member.attributeType' failed to satisfy constraint: Member must satisfy enum value set: [B, N, S]`),
  })),
  {
    name: 'Query checks the size of the key values given',
    proves: ['limits.md 4: Key sizes for Query/ESK values'],
    tables: {T: 'composite'},
    steps: [
      ['Query', {TableName: '{T}', KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: {':p': S(2048)}}],
      ['Query', {TableName: '{T}', KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: {':p': S(2049)}}, HASH_SIZE],
      ['Query', {TableName: '{T}', KeyConditionExpression: 'pk = :p AND sk > :s', ExpressionAttributeValues: {':p': S('p'), ':s': S(1025)}}, RANGE_SIZE],
      ['Scan', {TableName: '{T}', ExclusiveStartKey: {pk: S(2048), sk: S(1024)}}],
    ],
  },
  {
    name: 'multi-attribute index keys: 2048 bytes for each HASH attribute, 1024 for the RANGE attributes together',
    proves: ['limits.md 4: multi-attribute GSI keys'],
    assumed: true,
    tables: {T: multi},
    steps: [
      ['PutItem', {TableName: '{T}', Item: {pk: S('k'), a: S(2048), b: S(2048), c: S(512), d: S(512)}}],
      ['PutItem', {TableName: '{T}', Item: {pk: S('k'), a: S('a'), b: S(2049), c: S('c'), d: S('d')}}, HASH_SIZE],
      ['PutItem', {TableName: '{T}', Item: {pk: S('k'), a: S('a'), b: S('b'), c: S(512), d: S(513)}}, RANGE_SIZE],
    ],
  },
  {
    name: 'a put with an empty index key',
    proves: ['limits.md 4: empty index key on put'],
    tables: {T: gsi, U: binary},
    steps: [
      ['PutItem', {TableName: '{T}', Item: {pk: S('k'), g: S(''), h: N(1)}}, emptyIndexKey('string', 'GSI', 'g')],
      ['PutItem', {TableName: '{T}', Item: {pk: S('k'), g: S('')}}, emptyIndexKey('string', 'GSI', 'g')],
      ['PutItem', {TableName: '{U}', Item: {pk: S('k'), g: B('')}}, emptyIndexKey('binary', 'GSI', 'g')],
    ],
  },
  {
    name: 'an update to an empty index key',
    proves: ['limits.md 4: empty index key on update'],
    tables: {T: gsi},
    steps: [
      ['UpdateItem', update('SET g = :v', {':v': S('')}), EMPTY_ON_UPDATE('string')],
      ['PutItem', {TableName: '{T}', Item: {pk: S('k'), x: S('')}}],
      ['UpdateItem', {TableName: '{T}', Key: {pk: S('k')}, UpdateExpression: 'SET g = x'}, EMPTY_ON_UPDATE('string')],
    ],
  },
  {
    name: 'a put with an index key of the wrong type',
    proves: ['limits.md 4: index key of wrong type on a write'],
    tables: {T: gsi},
    steps: [
      ['PutItem', {TableName: '{T}', Item: {pk: S('k'), g: N(1), h: N(1)}}, indexMismatch('g', 'S', 'N', 'GSI')],
      ['PutItem', {TableName: '{T}', Item: {pk: S('k'), g: S('a'), h: S('1')}}, indexMismatch('h', 'N', 'S', 'GSI')],
      ['PutItem', {TableName: '{T}', Item: {pk: S('k'), h: NULL}}, indexMismatch('h', 'N', 'NULL', 'GSI')],
      ['BatchWriteItem', {RequestItems: {'{T}': [{PutRequest: {Item: {pk: S('k'), g: N(1)}}}]}}, indexMismatch('g', 'S', 'N', 'GSI')],
    ],
  },
  {
    name: 'of several indexes the first by name is told',
    proves: ['limits.md 4: index key of wrong type on a write'],
    tables: {T: two},
    op: 'PutItem',
    body: {TableName: '{T}', Item: {pk: S('k'), g: N(1)}},
    expect: indexMismatch('g', 'S', 'N', 'Abc'),
  },
  {
    name: 'an update to an index key of the wrong type',
    proves: ['limits.md 4: index key of wrong type on a write'],
    tables: {T: gsi},
    steps: [
      ['UpdateItem', update('SET h = :v', {':v': S('a')}), indexMismatch('h', 'N', 'S', 'GSI')],
      ['UpdateItem', update('SET x = :v', {':v': S('a')})],
    ],
  },
  {
    name: 'the key is checked after the table is found',
    proves: ['validation.md 5: | 8 | per key attribute in schema order'],
    steps: [
      ['PutItem', {TableName: ABSENT, Item: {pk: S('')}}, notFound],
      ['GetItem', {TableName: ABSENT, Key: {}}, notFound],
    ],
  },
  {
    name: 'BatchWriteItem: a put with a wrong or absent key',
    proves: ['limits.md 4: BatchWriteItem put with wrong or absent key'],
    tables: {T: 'composite'},
    steps: [
      {pk: S('k')},
      {sk: S('k')},
      {pk: N(1), sk: S('s')},
      {pk: S('k'), sk: NULL},
      {pk: S(''), sk: N(1)},
    ].map((Item) => ['BatchWriteItem', {RequestItems: {'{T}': [{PutRequest: {Item}}]}}, NO_MATCH]),
  },
];

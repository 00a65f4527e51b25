// JSON values of the wrong type: one row per kind of member and value.
import {after, before, describe, test} from 'node:test';
import assert from 'node:assert/strict';
import {startServer} from './server.mjs';
import {TABLE, assertSerialization, wire} from './wire.mjs';

let server, call;
before(async () => {
  server = await startServer();
  call = wire(server.port);
  await call('CreateTable', TABLE);
});
after(() => server.stop());

const T = {TableName: 'Wire'};
const STRUCTURE = 'Start of structure or map found where not expected';
const VALUE_CLASS = 'com.amazonaws.dynamodb.v20120810.AttributeValue';
const mapOf = (name) => `Unrecognized collection type java.util.Map<java.lang.String, ${name}>`;
const classOf = (name) => `Unrecognized collection type class com.amazonaws.dynamodb.v20120810.${name}`;
const PARAMETERIZED =
  'class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class ' +
  '(sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module java.base of ' +
  "loader 'bootstrap')";
const item = (value) => ({...T, Item: {pk: value}});

const table = [
  // [what, operation, body, message]
  ['String given an integer', 'DescribeTable', {TableName: 1}, 'NUMBER_VALUE cannot be converted to String'],
  ['String given a fraction', 'DescribeTable', {TableName: 1.5}, 'DECIMAL_VALUE cannot be converted to String'],
  ['String given true', 'DescribeTable', {TableName: true}, 'TRUE_VALUE cannot be converted to String'],
  ['String given false', 'DescribeTable', {TableName: false}, 'FALSE_VALUE cannot be converted to String'],
  ['String given an array', 'DescribeTable', {TableName: ['a']}, 'Unrecognized collection type class java.lang.String'],
  ['String given an object', 'DescribeTable', {TableName: {a: 1}}, STRUCTURE],

  ['Boolean given an integer', 'GetItem', {...T, ConsistentRead: 1}, 'NUMBER_VALUE cannot be converted to Boolean'],
  ['Boolean given a fraction', 'GetItem', {...T, ConsistentRead: 0.5}, 'DECIMAL_VALUE cannot be converted to Boolean'],
  ['Boolean given another word', 'GetItem', {...T, ConsistentRead: 'maybe'}, 'Unexpected token received from parser'],
  ['Boolean given an array', 'GetItem', {...T, ConsistentRead: []}, 'Unrecognized collection type class java.lang.Boolean'],
  ['Boolean given an object', 'GetItem', {...T, ConsistentRead: {}}, STRUCTURE],

  ['Integer given a string', 'Scan', {...T, Limit: '5'}, 'STRING_VALUE cannot be converted to Integer'],
  ['Integer given true', 'Scan', {...T, Limit: true}, 'TRUE_VALUE cannot be converted to Integer'],
  ['Integer given false', 'Scan', {...T, Segment: false}, 'FALSE_VALUE cannot be converted to Integer'],
  ['Integer given an array', 'Scan', {...T, TotalSegments: []}, 'Unrecognized collection type class java.lang.Integer'],
  ['Integer given an object', 'Query', {...T, Limit: {}}, STRUCTURE],
  [
    'Long given a string',
    'CreateTable',
    {...TABLE, ProvisionedThroughput: {ReadCapacityUnits: 'a'}},
    'STRING_VALUE cannot be converted to Long',
  ],
  [
    'Long given an array',
    'CreateTable',
    {...TABLE, ProvisionedThroughput: {WriteCapacityUnits: []}},
    'Unrecognized collection type class java.lang.Long',
  ],

  ['Blob given a number', 'PutItem', item({B: 1}), 'only base-64-encoded strings are convertible to bytes'],
  ['Blob given true', 'PutItem', item({B: true}), 'only base-64-encoded strings are convertible to bytes'],
  ['Blob given an array', 'PutItem', item({B: []}), 'Unrecognized collection type class java.nio.ByteBuffer'],
  ['Blob given an object', 'PutItem', item({B: {}}), STRUCTURE],
  [
    'Blob of odd length',
    'PutItem',
    item({B: 'abc'}),
    'Base64 encoded length is expected a multiple of 4 bytes but found: 3',
  ],
  ['Blob that is not base64', 'PutItem', item({B: '####'}), 'Invalid last non-pad Base64 character dectected'],
  ['Blob that is not canonical', 'PutItem', item({B: 'ab5='}), 'Invalid last non-pad Base64 character dectected'],

  ['List given a string', 'GetItem', {...T, AttributesToGet: 'a'}, 'Unexpected field type'],
  ['List given a number', 'GetItem', {...T, AttributesToGet: 1}, 'Unexpected field type'],
  ['List given an object', 'GetItem', {...T, AttributesToGet: {}}, STRUCTURE],
  ['List of strings with a number', 'GetItem', {...T, AttributesToGet: [1]}, 'NUMBER_VALUE cannot be converted to String'],

  ['Map given a string', 'PutItem', {...T, Item: 'a'}, 'Unexpected field type'],
  ['Map given true', 'GetItem', {...T, Key: true}, 'Unexpected field type'],
  ['Item given an array', 'PutItem', {...T, Item: []}, mapOf(VALUE_CLASS)],
  ['Key given an array', 'GetItem', {...T, Key: []}, mapOf(VALUE_CLASS)],
  ['ExclusiveStartKey given an array', 'Scan', {...T, ExclusiveStartKey: []}, mapOf(VALUE_CLASS)],
  ['ExpressionAttributeValues given an array', 'PutItem', {...T, ExpressionAttributeValues: []}, mapOf(VALUE_CLASS)],
  ['ExpressionAttributeNames given an array', 'GetItem', {...T, ExpressionAttributeNames: []}, mapOf('java.lang.String')],
  [
    'ExpressionAttributeNames with a number',
    'GetItem',
    {...T, ExpressionAttributeNames: {'#a': 1}},
    'NUMBER_VALUE cannot be converted to String',
  ],
  [
    'Expected given an array',
    'PutItem',
    {...T, Expected: []},
    mapOf('com.amazonaws.dynamodb.v20120810.ExpectedAttributeValue'),
  ],
  [
    'KeyConditions given an array',
    'Query',
    {...T, KeyConditions: []},
    mapOf('com.amazonaws.dynamodb.v20120810.Condition'),
  ],
  ['QueryFilter given an array', 'Query', {...T, QueryFilter: []}, mapOf('com.amazonaws.dynamodb.v20120810.Condition')],
  ['ScanFilter given an array', 'Scan', {...T, ScanFilter: []}, mapOf('com.amazonaws.dynamodb.v20120810.Condition')],
  [
    'AttributeUpdates given an array',
    'UpdateItem',
    {...T, AttributeUpdates: []},
    mapOf('com.amazonaws.dynamodb.v20120810.AttributeValueUpdate'),
  ],
  [
    'RequestItems of a get given an array',
    'BatchGetItem',
    {RequestItems: []},
    mapOf('com.amazonaws.dynamodb.v20120810.KeysAndAttributes'),
  ],
  [
    'RequestItems of a write given an array',
    'BatchWriteItem',
    {RequestItems: []},
    mapOf('java.util.List<com.amazonaws.dynamodb.v20120810.WriteRequest>'),
  ],

  ['Value in a map given a string', 'PutItem', item('a'), 'Unexpected value type in payload'],
  ['Value in a map given an array', 'PutItem', item([]), classOf('AttributeValue')],
  ['Value in a list given a number', 'PutItem', item({L: [1]}), 'Unexpected value type in payload'],
  ['Structure in a list given a string', 'CreateTable', {...TABLE, KeySchema: ['pk']}, 'Unexpected value type in payload'],
  ['Structure in a list given an array', 'CreateTable', {...TABLE, KeySchema: [[]]}, classOf('KeySchemaElement')],
  [
    'Structure as a member given a string',
    'CreateTable',
    {...TABLE, ProvisionedThroughput: 'a'},
    'Unexpected field type',
  ],
  [
    'Structure as a member given an array',
    'CreateTable',
    {...TABLE, ProvisionedThroughput: []},
    classOf('ProvisionedThroughput'),
  ],
  ['Value of Expected given a string', 'PutItem', {...T, Expected: {a: {Value: 'x'}}}, 'Unexpected field type'],
  ['Value of Expected given an array', 'PutItem', {...T, Expected: {a: {Value: []}}}, classOf('AttributeValue')],

  ['Batch key given a string', 'BatchGetItem', {RequestItems: {Wire: {Keys: ['a']}}}, PARAMETERIZED],
  ['Batch key given an array', 'BatchGetItem', {RequestItems: {Wire: {Keys: [[]]}}}, mapOf(VALUE_CLASS)],
  ['Batch writes given a string', 'BatchWriteItem', {RequestItems: {Wire: 'a'}}, PARAMETERIZED],
  ['Batch writes given an object', 'BatchWriteItem', {RequestItems: {Wire: {}}}, STRUCTURE],

  ['S given a number', 'PutItem', item({S: 1}), 'NUMBER_VALUE cannot be converted to String'],
  ['N given a number', 'PutItem', item({N: 1}), 'NUMBER_VALUE cannot be converted to String'],
  ['BOOL given a number', 'PutItem', item({BOOL: 1}), 'NUMBER_VALUE cannot be converted to Boolean'],
  ['NULL given a number', 'PutItem', item({NULL: 1}), 'NUMBER_VALUE cannot be converted to Boolean'],
  ['SS given a string', 'PutItem', item({SS: 'a'}), 'Unexpected field type'],
  ['SS with a number', 'PutItem', item({SS: [1]}), 'NUMBER_VALUE cannot be converted to String'],
  ['NS with true', 'PutItem', item({NS: [true]}), 'TRUE_VALUE cannot be converted to String'],
  ['BS with a number', 'PutItem', item({BS: [1]}), 'only base-64-encoded strings are convertible to bytes'],
  ['L given an object', 'PutItem', item({L: {}}), STRUCTURE],
  ['M given an array', 'PutItem', item({M: []}), mapOf(VALUE_CLASS)],
  ['deep inside an item', 'PutItem', item({M: {a: {L: [{M: {b: {S: false}}}]}}}), 'FALSE_VALUE cannot be converted to String'],
];

describe('SerializationException', () => {
  for (const [name, operation, body, message] of table) {
    test(name, async () => assertSerialization(await call(operation, body), message));
  }
});

describe('values taken although their type differs', () => {
  for (const word of ['true', 'TRUE', '1', 'yes', 'false', '0', 'No']) {
    test(`Boolean given "${word}"`, async () => {
      const answer = await call('GetItem', {...T, Key: {pk: {S: 'a'}}, ConsistentRead: word});
      assert.deepEqual({status: answer.status, body: answer.json}, {status: 200, body: {}});
    });
  }
  test('Integer given a fraction is floored', async () => {
    const answer = await call('Scan', {...T, Limit: 2.9});
    assert.equal(answer.status, 200);
  });
  test('null counts as absent', async () => {
    const answer = await call('Scan', {...T, Limit: null, FilterExpression: null, ExpressionAttributeNames: null});
    assert.deepEqual({status: answer.status, count: answer.json.Count}, {status: 200, count: 0});
  });
});

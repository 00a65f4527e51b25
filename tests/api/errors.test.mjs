// Error bodies: the prefix of __type and the spelling of the message member, one row per family.
import {after, before, describe, test} from 'node:test';
import assert from 'node:assert/strict';
import {startServer} from './server.mjs';
import {PREFIX, TABLE, assertError, assertReplyHeaders, wire} from './wire.mjs';

let server, call;
before(async () => {
  server = await startServer();
  call = wire(server.port);
  await call('CreateTable', TABLE);
  await call('PutItem', {TableName: 'Wire', Item: {pk: {S: 'there'}, n: {N: '1'}}});
});
after(() => server.stop());

const key = (pk) => ({TableName: 'Wire', Key: {pk: {S: pk}}});

const cases = [
  {
    name: 'constraint',
    operation: 'PutItem',
    body: {Item: {pk: {S: 'a'}}},
    type: PREFIX.validation,
    message: "1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null",
  },
  {
    name: 'several constraints',
    operation: 'CreateTable',
    body: {TableName: 'Other'},
    type: PREFIX.validation,
    // Their order inside the message is not known; see below.
    parts: [
      "Value null at 'keySchema' failed to satisfy constraint: Member must not be null",
      "Value null at 'attributeDefinitions' failed to satisfy constraint: Member must not be null",
    ],
    head: '2 validation errors detected: ',
  },
  {
    name: 'semantic validation',
    operation: 'GetItem',
    body: {...key('a'), ProjectionExpression: ''},
    type: PREFIX.validation,
    message: 'Invalid ProjectionExpression: The expression can not be empty;',
  },
  {
    name: 'missing table, item operation',
    operation: 'GetItem',
    body: {TableName: 'Absent', Key: {pk: {S: 'a'}}},
    type: `${PREFIX.dynamodb}ResourceNotFoundException`,
    message: 'Requested resource not found',
  },
  {
    name: 'missing table, table operation',
    operation: 'DescribeTable',
    body: {TableName: 'Absent'},
    type: `${PREFIX.dynamodb}ResourceNotFoundException`,
    message: 'Requested resource not found: Table: Absent not found',
  },
  {
    name: 'table exists',
    operation: 'CreateTable',
    body: TABLE,
    type: `${PREFIX.dynamodb}ResourceInUseException`,
    message: 'Table already exists: Wire',
  },
  {
    name: 'condition failed',
    operation: 'PutItem',
    body: {TableName: 'Wire', Item: {pk: {S: 'there'}}, ConditionExpression: 'attribute_not_exists(pk)'},
    type: `${PREFIX.dynamodb}ConditionalCheckFailedException`,
    message: 'The conditional request failed',
  },
  {
    name: 'continuous backups of a missing table',
    operation: 'DescribeContinuousBackups',
    body: {TableName: 'Absent'},
    type: `${PREFIX.dynamodb}TableNotFoundException`,
    message: 'Table not found: Absent',
  },
  {
    name: 'tags without an ARN',
    operation: 'ListTagsOfResource',
    body: {},
    type: PREFIX.validation,
    message: 'Invalid TableArn',
  },
  {
    name: 'empty string as a key',
    operation: 'GetItem',
    body: key(''),
    type: PREFIX.validation,
    message:
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ' +
      'string value. Key: pk',
  },
];

describe('error bodies', () => {
  for (const {name, operation, body, type, message, parts, head} of cases) {
    test(name, async () => {
      const answer = await call(operation, body);
      if (!parts) return assertError(answer, type, message);
      assert.equal(answer.json.__type, type);
      assert.ok(answer.json.message.startsWith(head), answer.json.message);
      assert.deepEqual(new Set(answer.json.message.slice(head.length).split('; ')), new Set(parts));
      assertReplyHeaders(answer);
    });
  }

  test('a failed condition can return the item', async () => {
    const answer = await call('DeleteItem', {
      ...key('there'),
      ConditionExpression: 'n = :two',
      ExpressionAttributeValues: {':two': {N: '2'}},
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    assert.deepEqual(answer.json, {
      __type: `${PREFIX.dynamodb}ConditionalCheckFailedException`,
      Item: {pk: {S: 'there'}, n: {N: '1'}},
      message: 'The conditional request failed',
    });
  });

  test('a failed condition on an absent item has none to return', async () => {
    const answer = await call('DeleteItem', {
      ...key('absent'),
      ConditionExpression: 'attribute_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    assertError(answer, `${PREFIX.dynamodb}ConditionalCheckFailedException`, 'The conditional request failed');
  });
});

describe('parameters that have no implementation are refused by name', () => {
  const cases = [
    ['CreateTable', {...TABLE, TableName: 'Vectors', VectorIndexes: [{IndexName: 'vec', VectorAttribute: {AttributeName: 'v'}, Dimensions: 3, DistanceFunction: 'COSINE', Projection: {ProjectionType: 'ALL'}}]}, 'VectorIndexes'],
    ['CreateTable', {...TABLE, TableName: 'Policy', ResourcePolicy: '{}'}, 'ResourcePolicy'],
    ['UpdateTable', {TableName: 'Wire', ReplicaUpdates: [{Create: {RegionName: 'eu-west-1'}}]}, 'ReplicaUpdates'],
  ];
  for (const [operation, body, member] of cases) {
    test(`${operation} ${member}`, async () => {
      const answer = await call(operation, body);
      assert.equal(answer.status, 400);
      assert.equal(answer.json.__type, PREFIX.validation);
      assert.match(answer.json.message, new RegExp(member));
    });
  }
});

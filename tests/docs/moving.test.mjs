// The rows of "What changes for your tests" in docs/moving_from_dynamodb_local.md.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {startServer} from '../api/server.mjs';
import {AUTHORIZATION, request, wire} from '../api/wire.mjs';

const table = (TableName, more = {}) => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{AttributeName: 'artist', AttributeType: 'S'}],
  KeySchema: [{AttributeName: 'artist', KeyType: 'HASH'}],
  ...more,
});

describe('what changes for tests that ran against DynamoDB Local', () => {
  let server;
  let call;
  before(async () => {
    server = await startServer();
    call = wire(server.port);
    assert.equal((await call('CreateTable', table('Music'))).status, 200);
  });
  after(() => server.stop());

  test('table names that differ in case are two tables', async () => {
    assert.equal((await call('CreateTable', table('music'))).status, 200);
    assert.deepEqual((await call('ListTables', {})).json.TableNames, ['Music', 'music']);
  });

  test('a missing table', async () => {
    const {json} = await call('GetItem', {TableName: 'None', Key: {artist: {S: 'a'}}});
    assert.equal(json.message, 'Requested resource not found');
  });

  test('a table that exists', async () => {
    assert.equal((await call('CreateTable', table('Music'))).json.message, 'Table already exists: Music');
  });

  test('BillingModeSummary is told, and the ARN carries the region of the request that created the table', async () => {
    const headers = {Authorization: AUTHORIZATION.replace('us-east-1', 'eu-central-1')};
    const {json} = await call('CreateTable', table('Elsewhere'), {headers});
    assert.equal(json.TableDescription.BillingModeSummary.BillingMode, 'PAY_PER_REQUEST');
    assert.match(json.TableDescription.TableArn, /^arn:aws:dynamodb:eu-central-1:\d{12}:table\/Elsewhere$/);
  });

  test('tags and point-in-time recovery settings', async () => {
    const {json} = await call('DescribeTable', {TableName: 'Music'});
    const ResourceArn = json.Table.TableArn;
    assert.equal((await call('TagResource', {ResourceArn, Tags: [{Key: 'a', Value: 'b'}]})).status, 200);
    const recovery = {TableName: 'Music', PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}};
    assert.equal((await call('UpdateContinuousBackups', recovery)).status, 200);
  });

  test('GET / answers 200', async () => assert.equal((await request(server.port, {method: 'GET'})).status, 200));
});

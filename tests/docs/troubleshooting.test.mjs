// Every message of docs/troubleshooting.md is one that the server gives: a request for each.
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {after, before, describe, test} from 'node:test';
import {startServer} from '../api/server.mjs';
import {wire} from '../api/wire.mjs';

const S = (s) => ({S: s});
const ATTRIBUTES = [
  {AttributeName: 'artist', AttributeType: 'S'},
  {AttributeName: 'title', AttributeType: 'S'},
  {AttributeName: 'status', AttributeType: 'S'},
];
const KEYS = [
  {AttributeName: 'artist', KeyType: 'HASH'},
  {AttributeName: 'title', KeyType: 'RANGE'},
];
const INDEX = {
  IndexName: 'by-status',
  KeySchema: [{AttributeName: 'status', KeyType: 'HASH'}],
  Projection: {ProjectionType: 'ALL'},
};
const SONGS = {
  TableName: 'Songs',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ATTRIBUTES,
  KeySchema: KEYS,
  GlobalSecondaryIndexes: [INDEX],
};
const TableName = 'Songs';
const Key = {artist: S('a'), title: S('t')};
const update = (more) => ['UpdateItem', {TableName, Key, ...more}];
const query = (more) => ['Query', {TableName, ...more}];

const REQUESTS = {
  'Some index key attributes are not defined in AttributeDefinitions':
    ['CreateTable', {...SONGS, TableName: 'Other', AttributeDefinitions: ATTRIBUTES.slice(0, 2)}],
  'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions':
    ['CreateTable', {...SONGS, TableName: 'Other', GlobalSecondaryIndexes: undefined}],
  'Requested resource not found': ['GetItem', {TableName: 'Other', Key}],
  'Table already exists: Songs': ['CreateTable', SONGS],
  'The provided key element does not match the schema': ['GetItem', {TableName, Key: {artist: S('a')}}],
  'One or more parameter values were invalid: Missing the key title in the item': ['PutItem', {TableName, Item: {artist: S('a')}}],
  'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes':
    ['PutItem', {TableName, Item: {...Key, album: {}}}],
  'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value.':
    ['PutItem', {TableName, Item: {artist: S(''), title: S('t')}}],
  'Item size has exceeded the maximum allowed size': ['PutItem', {TableName, Item: {...Key, text: S('x'.repeat(410_000))}}],
  'Type mismatch for Index Key status Expected: S Actual: N IndexName: by-status':
    ['PutItem', {TableName, Item: {...Key, status: {N: '1'}}}],
  'ExpressionAttributeValues contains invalid value':
    update({UpdateExpression: 'SET a = :a', ExpressionAttributeValues: {':a': {}}}),
  'An expression attribute value used in expression is not defined': update({UpdateExpression: 'SET a = :a'}),
  'Value provided in ExpressionAttributeValues unused in expressions: keys: {:b}':
    update({UpdateExpression: 'SET a = :a', ExpressionAttributeValues: {':a': S('1'), ':b': S('2')}}),
  'Attribute name is a reserved keyword; reserved keyword: status':
    update({UpdateExpression: 'SET status = :a', ExpressionAttributeValues: {':a': S('1')}}),
  'The document path provided in the update expression is invalid for update':
    update({UpdateExpression: 'SET a.b = :a', ExpressionAttributeValues: {':a': S('1')}}),
  'Two document paths overlap with each other':
    update({UpdateExpression: 'SET a = :a, a.b = :a', ExpressionAttributeValues: {':a': S('1')}}),
  'The conditional request failed': ['DeleteItem', {TableName, Key, ConditionExpression: 'attribute_exists(artist)'}],
  'Query condition missed key schema element: artist':
    query({KeyConditionExpression: 'title = :t', ExpressionAttributeValues: {':t': S('t')}}),
  'Filter Expression can only contain non-primary key attributes':
    query({
      KeyConditionExpression: 'artist = :a',
      FilterExpression: 'title > :a',
      ExpressionAttributeValues: {':a': S('a')},
    }),
  'Provided list of item keys contains duplicates': ['BatchGetItem', {RequestItems: {Songs: {Keys: [Key, Key]}}}],
  'Transaction cancelled, please refer cancellation reasons for specific reasons':
    ['TransactWriteItems', {TransactItems: [{Delete: {TableName, Key, ConditionExpression: 'attribute_exists(artist)'}}]}],
  'Transaction request cannot include multiple operations on one item':
    ['TransactWriteItems', {TransactItems: [{Delete: {TableName, Key}}, {Delete: {TableName, Key}}]}],
};

describe('troubleshooting', () => {
  let server;
  let call;
  before(async () => {
    server = await startServer();
    call = wire(server.port);
    const {status, json} = await call('CreateTable', SONGS);
    assert.equal(status, 200, JSON.stringify(json));
  });
  after(() => server.stop());

  for (const [message, [operation, body]] of Object.entries(REQUESTS)) {
    test(message, async () => {
      const {status, json} = await call(operation, body);
      assert.equal(status, 400);
      assert.ok((json.message ?? json.Message).includes(message), JSON.stringify(json));
    });
  }

  test('the page has these messages and no others', async () => {
    const page = await readFile(new URL('../../docs/troubleshooting.md', import.meta.url), 'utf8');
    const shown = [...page.matchAll(/\*\*`(.+?)`\*\*/gs)].map(([, text]) => text);
    assert.deepEqual(shown.sort(), Object.keys(REQUESTS).sort());
  });
});

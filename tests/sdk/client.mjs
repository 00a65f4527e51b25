// A server and SDK clients for a test file.
import assert from 'node:assert/strict';
import {CreateTableCommand, DynamoDBClient, PutItemCommand, waitUntilTableExists} from '@aws-sdk/client-dynamodb';
import {DynamoDBDocumentClient} from '@aws-sdk/lib-dynamodb';
import {startServer} from '../api/server.mjs';

export function clientFor(endpoint, {accessKeyId = 'test', region = 'us-east-1', ...config} = {}) {
  return new DynamoDBClient({
    endpoint,
    region,
    credentials: {accessKeyId, secretAccessKey: 'secret'},
    maxAttempts: 1,
    ...config,
  });
}

// Starts a server: {server, db, doc, close()}.
export async function connect(args = [], translateConfig = {}) {
  const server = await startServer(args);
  const db = clientFor(server.endpoint);
  const doc = DynamoDBDocumentClient.from(db, translateConfig);
  return {
    server,
    db,
    doc,
    async close() {
      db.destroy();
      await server.stop();
    },
  };
}

// A table of one line: keys('pk:S', 'sk:N') gives AttributeDefinitions and KeySchema, HASH first.
// Several HASH attributes are written as one argument: keys('a:S b:N', 'c:S d:S').
export function keys(hash, range = '') {
  const split = (text) => text.split(' ').filter(Boolean).map((part) => part.split(':'));
  const schema = (text, KeyType) => split(text).map(([AttributeName]) => ({AttributeName, KeyType}));
  return {
    AttributeDefinitions: [...split(hash), ...split(range)].map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    KeySchema: [...schema(hash, 'HASH'), ...schema(range, 'RANGE')],
  };
}

// index('byUser', 'user:S', 'at:N', 'KEYS_ONLY') or index(..., ['a', 'b']) for INCLUDE.
export function index(IndexName, hash, range = '', projection = 'ALL') {
  const {AttributeDefinitions, KeySchema} = keys(hash, range);
  const Projection = Array.isArray(projection)
    ? {ProjectionType: 'INCLUDE', NonKeyAttributes: projection}
    : {ProjectionType: projection};
  return {definition: {IndexName, KeySchema, Projection}, AttributeDefinitions};
}

// Creates a table and waits for it. `gsis`, `lsis`: made by index().
export async function createTable(db, TableName, {AttributeDefinitions, KeySchema}, {gsis = [], lsis = [], ...more} = {}) {
  const definitions = new Map(
    [AttributeDefinitions, ...[...gsis, ...lsis].map((made) => made.AttributeDefinitions)]
      .flat()
      .map((definition) => [definition.AttributeName, definition]),
  );
  const input = {
    TableName,
    KeySchema,
    AttributeDefinitions: [...definitions.values()],
    BillingMode: 'PAY_PER_REQUEST',
    ...more,
  };
  if (gsis.length) input.GlobalSecondaryIndexes = gsis.map((made) => made.definition);
  if (lsis.length) input.LocalSecondaryIndexes = lsis.map((made) => made.definition);
  const {TableDescription} = await db.send(new CreateTableCommand(input));
  await waitUntilTableExists({client: db, maxWaitTime: 20, minDelay: 1}, {TableName});
  return TableDescription;
}

export async function put(db, TableName, ...items) {
  for (const Item of items) await db.send(new PutItemCommand({TableName, Item}));
}

// The call must fail with this exception and exactly this message; resolves to the error.
export async function fails(promise, name, message) {
  const error = await promise.then(
    () => assert.fail(`expected ${name}`),
    (thrown) => thrown,
  );
  assert.equal(`${error.name}: ${error.message}`, `${name}: ${message}`);
  return error;
}

// What the newer layer of PutItem, UpdateItem and DeleteItem begins its messages with.
export const FRONT = '1 validation error detected: ';

export const S = (value) => ({S: value});
export const N = (value) => ({N: String(value)});

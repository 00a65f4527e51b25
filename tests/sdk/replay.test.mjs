// Recording real traffic and replaying it: what a server answered, it answers again.
import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {CreateTableCommand, DeleteItemCommand, GetItemCommand, PutItemCommand, QueryCommand} from '@aws-sdk/client-dynamodb';
import {startServer} from '../api/server.mjs';
import {record} from '../replay/record.mjs';
import {replay} from '../replay/replay.mjs';
import {clientFor} from './client.mjs';

let directory;
let file;
before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'dynarock-replay-'));
  file = join(directory, 'traffic.jsonl');
  const server = await startServer(['--log-level', 'warn']);
  const db = record(clientFor(server.endpoint), file);
  const TableName = 'recorded';
  await db.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],
      KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
    }),
  );
  const Key = {pk: {S: 'a'}};
  await db.send(new PutItemCommand({TableName, Item: {...Key, tags: {SS: ['y', 'x']}}}));
  const read = await db.send(new GetItemCommand({TableName, Key}));
  assert.deepEqual(new Set(read.Item.tags.SS), new Set(['x', 'y']));
  await db.send(
    new QueryCommand({TableName, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: {':p': {S: 'a'}}}),
  );
  await assert.rejects(db.send(new DeleteItemCommand({TableName, Key, ConditionExpression: 'attribute_exists(absent)'})), {
    name: 'ConditionalCheckFailedException',
  });
  db.destroy();
  await server.stop();
});
after(() => rmSync(directory, {recursive: true, force: true}));

async function differencesOf(recording) {
  const server = await startServer(['--log-level', 'warn']);
  try {
    const found = [];
    for await (const {operation, differences} of replay(recording, server.endpoint)) {
      found.push(...differences.map((text) => `${operation} ${text}`));
    }
    return found;
  } finally {
    await server.stop();
  }
}

test('a recording holds requests and answers and nothing of the credentials', () => {
  const text = readFileSync(file, 'utf8');
  const operations = text.trim().split('\n').map((line) => JSON.parse(line).request.operation);
  assert.deepEqual(operations, ['CreateTable', 'PutItem', 'GetItem', 'Query', 'DeleteItem']);
  assert.doesNotMatch(text, /Authorization|Credential/i);
});

test('the same server answers the same', async () => {
  assert.deepEqual(await differencesOf(file), []);
});

test('a difference is reported by member', async () => {
  const changed = join(directory, 'changed.jsonl');
  writeFileSync(
    changed,
    readFileSync(file, 'utf8').replace('"ScannedCount":1', '"ScannedCount":2').replace('"status":400', '"status":500'),
  );
  assert.deepEqual(await differencesOf(changed), [
    'Query ScannedCount: recorded 2, replayed 1',
    'DeleteItem status: recorded 500, replayed 400',
  ]);
});

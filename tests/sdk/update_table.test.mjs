// Global indexes that come and go while the table is in use.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {
  BatchWriteItemCommand, DeleteItemCommand, DeleteTableCommand, DescribeTableCommand, QueryCommand, ScanCommand,
  UpdateItemCommand, UpdateTableCommand, paginateScan,
} from '@aws-sdk/client-dynamodb';
import {N, S, connect, createTable, fails, index, keys, put} from './client.mjs';

let db, close;
before(async () => ({db, close} = await connect()));
after(() => close());

const describeTable = async (TableName, client = db) =>
  (await client.send(new DescribeTableCommand({TableName}))).Table;
const indexOf = (table, name) => (table.GlobalSecondaryIndexes ?? []).find((gsi) => gsi.IndexName === name);

function createIndex(TableName, made, client = db) {
  return client.send(
    new UpdateTableCommand({
      TableName,
      AttributeDefinitions: made.AttributeDefinitions,
      GlobalSecondaryIndexUpdates: [{Create: made.definition}],
    }),
  );
}
const deleteIndex = (TableName, IndexName, client = db) =>
  client.send(new UpdateTableCommand({TableName, GlobalSecondaryIndexUpdates: [{Delete: {IndexName}}]}));

async function untilActive(TableName, IndexName, client = db) {
  for (let i = 0; i < 400; ++i) {
    const table = await describeTable(TableName, client);
    const gsi = indexOf(table, IndexName);
    if (gsi?.IndexStatus === 'ACTIVE' && table.TableStatus === 'ACTIVE') return table;
    await sleep(25);
  }
  assert.fail(`${IndexName} did not become ACTIVE`);
}

async function fill(TableName, count, make, client = db) {
  for (let at = 0; at < count; at += 25) {
    const requests = Array.from({length: Math.min(25, count - at)}, (_, i) => ({PutRequest: {Item: make(at + i)}}));
    await client.send(new BatchWriteItemCommand({RequestItems: {[TableName]: requests}}));
  }
}

async function entries(TableName, IndexName, client = db) {
  const items = [];
  for await (const page of paginateScan({client}, {TableName, IndexName})) items.push(...page.Items);
  return items;
}

test('a new index holds what was there, without items that do not fit', async () => {
  await createTable(db, 'Backfill', keys('id:S'));
  await put(
    db,
    'Backfill',
    {id: S('1'), user: S('ann'), at: N(1)},
    {id: S('2'), user: S('ann'), at: N(2)},
    {id: S('no user'), at: N(1)},
    {id: S('wrong type'), user: N(1), at: N(1)},
    {id: S('empty'), user: S(''), at: N(1)},
    {id: S('wrong second'), user: S('ann'), at: S('x')},
  );
  const {TableDescription} = await createIndex('Backfill', index('byUser', 'user:S', 'at:N'));
  assert.equal(TableDescription.TableStatus, 'UPDATING');
  assert.equal(indexOf(TableDescription, 'byUser').IndexStatus, 'CREATING');
  const table = await untilActive('Backfill', 'byUser');
  assert.equal(indexOf(table, 'byUser').Backfilling, undefined);
  assert.deepEqual(
    new Set(table.AttributeDefinitions.map((d) => d.AttributeName)),
    new Set(['id', 'user', 'at']),
  );
  assert.deepEqual((await entries('Backfill', 'byUser')).map((item) => item.id.S).sort(), ['1', '2']);
  await fails(
    db.send(new UpdateItemCommand({
      TableName: 'Backfill',
      Key: {id: S('1')},
      UpdateExpression: 'SET #u = :u',
      ExpressionAttributeNames: {'#u': 'user'},
      ExpressionAttributeValues: {':u': N(1)},
    })),
    'ValidationException',
    'One or more parameter values were invalid: Type mismatch for Index Key user Expected: S Actual: N IndexName: byUser',
  );
});

test('writes that go on during the backfill are all in the index', async () => {
  const count = 3000;
  const item = (i, group) => ({id: S(`i${i}`), group: S(group), v: S('x'.repeat(200))});
  await createTable(db, 'Busy', keys('id:S'));
  await fill('Busy', count, (i) => item(i, 'old'));
  let stop = false;
  const touched = new Map();
  const writer = async (offset) => {
    for (let i = offset; !stop; i = (i + 7) % count) {
      if (i % 3 === 0) {
        await db.send(new DeleteItemCommand({TableName: 'Busy', Key: {id: S(`i${i}`)}}));
        touched.set(i, null);
      } else {
        await put(db, 'Busy', item(i, 'new'));
        touched.set(i, 'new');
      }
    }
  };
  const writers = [writer(0), writer(1), writer(2)];
  await sleep(20);
  await createIndex('Busy', index('byGroup', 'group:S', '', 'KEYS_ONLY'));
  await untilActive('Busy', 'byGroup');
  await sleep(50);
  stop = true;
  await Promise.all(writers);
  const inTable = [];
  for await (const page of paginateScan({client: db}, {TableName: 'Busy'})) inTable.push(...page.Items);
  const expected = inTable.map((i) => `${i.id.S} ${i.group.S}`).sort();
  const found = (await entries('Busy', 'byGroup')).map((i) => `${i.id.S} ${i.group.S}`).sort();
  assert.ok(touched.size > 10);
  assert.deepEqual(found, expected);
});

test('a deleted index is gone, and its name can be used again', async () => {
  await createTable(db, 'Swap', keys('id:S'), {gsis: [index('one', 'a:S')]});
  await put(db, 'Swap', {id: S('1'), a: S('x'), b: N(1)});
  const {TableDescription} = await deleteIndex('Swap', 'one');
  assert.equal(indexOf(TableDescription, 'one')?.IndexStatus, 'DELETING');
  for (let i = 0; i < 200 && indexOf(await describeTable('Swap'), 'one'); ++i) await sleep(25);
  const without = await describeTable('Swap');
  assert.equal(without.GlobalSecondaryIndexes, undefined);
  assert.deepEqual(without.AttributeDefinitions, keys('id:S').AttributeDefinitions);
  await fails(
    db.send(new ScanCommand({TableName: 'Swap', IndexName: 'one'})),
    'ValidationException',
    'The table does not have the specified index: one',
  );
  await createIndex('Swap', index('one', 'b:N'));
  await untilActive('Swap', 'one');
  const {Items} = await db.send(
    new QueryCommand({TableName: 'Swap', IndexName: 'one', KeyConditionExpression: 'b = :b', ExpressionAttributeValues: {':b': N(1)}}),
  );
  assert.deepEqual(Items, [{id: S('1'), a: S('x'), b: N(1)}]);
});

test('an index with a key of several attributes can be added later', async () => {
  await createTable(db, 'Multi', keys('id:S'));
  await put(db, 'Multi', {id: S('1'), a: S('x'), b: N(1), c: S('y')}, {id: S('2'), a: S('x'), b: N(1)});
  await createIndex('Multi', index('wide', 'a:S b:N', 'c:S'));
  await untilActive('Multi', 'wide');
  assert.deepEqual((await entries('Multi', 'wide')).map((item) => item.id.S), ['1']);
});

describe('with transient states that last', () => {
  let slow, closeSlow;
  before(async () => ({db: slow, close: closeSlow} = await connect(['--transient-ms', '400'])));
  after(() => closeSlow());

  test('CREATING, ACTIVE, UPDATING and DELETING can be seen', async () => {
    const status = async () => (await describeTable('Slow', slow)).TableStatus;
    const made = createTable(slow, 'Slow', keys('id:S'));
    await sleep(100);
    assert.equal(await status(), 'CREATING');
    await fails(
      slow.send(new ScanCommand({TableName: 'Slow'})),
      'ResourceNotFoundException',
      'Requested resource not found',
    );
    for (const change of [
      () => createIndex('Slow', index('one', 'a:S'), slow),
      () => slow.send(new DeleteTableCommand({TableName: 'Slow'})),
    ]) {
      await fails(
        change(),
        'ResourceInUseException',
        'Attempt to change a resource which is still in use: Table is being created: Slow',
      );
    }
    await made;
    assert.equal(await status(), 'ACTIVE');

    await put(slow, 'Slow', {id: S('1'), a: S('x')});
    await createIndex('Slow', index('one', 'a:S'), slow);
    assert.equal(indexOf(await describeTable('Slow', slow), 'one').IndexStatus, 'CREATING');
    // The table is UPDATING first; later only the index is not ACTIVE. Both refuse another index.
    const second = await createIndex('Slow', index('two', 'b:S'), slow).catch((error) => error);
    assert.match(second.name, /^(ResourceInUseException|LimitExceededException)$/);
    await untilActive('Slow', 'one', slow);
    assert.equal((await entries('Slow', 'one', slow)).length, 1);
  });
});

describe('refused', () => {
  before(() => createTable(db, 'Refuse', keys('id:S'), {gsis: [index('there', 'a:S')]}));
  test('a name that is taken', () =>
    fails(
      createIndex('Refuse', index('there', 'b:S')),
      'ValidationException',
      'Attempting to create an index which already exists',
    ));
  test('an index that is not there', () =>
    fails(deleteIndex('Refuse', 'absent'), 'ResourceNotFoundException', 'Requested resource not found: Index absent for table Refuse'));
  test('two at once', () =>
    fails(
      db.send(
        new UpdateTableCommand({
          TableName: 'Refuse',
          AttributeDefinitions: keys('b:S c:S').AttributeDefinitions,
          GlobalSecondaryIndexUpdates: [{Create: index('byB', 'b:S').definition}, {Create: index('byC', 'c:S').definition}],
        }),
      ),
      'LimitExceededException',
      'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    ));
});

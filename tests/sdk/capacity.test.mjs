// ConsumedCapacity, figure by figure.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {
  BatchGetItemCommand, BatchWriteItemCommand, DeleteItemCommand, GetItemCommand, PutItemCommand, QueryCommand,
  ScanCommand, UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {N, S, connect, createTable, index, keys, put} from './client.mjs';

const T = 'Capacity';
let db, close;
before(async () => {
  ({db, close} = await connect());
  await createTable(db, T, keys('pk:S', 'sk:S'), {
    gsis: [index('gsi', 'g:S', '', 'KEYS_ONLY')],
    lsis: [index('lsi', 'pk:S', 'l:S')],
  });
});
after(() => close());

// An item whose size is `size` bytes in all.
function item(pk, size, more = {}) {
  const base = {pk: S(pk), sk: S('s'), ...more};
  const used = Object.entries(base).reduce((sum, [name, value]) => sum + name.length + value.S.length, 0);
  return {...base, v: S('x'.repeat(size - used - 1))};
}
const key = (pk) => ({TableName: T, Key: {pk: S(pk), sk: S('s')}});
async function consumed(command, mode = 'INDEXES') {
  command.input.ReturnConsumedCapacity = mode;
  return (await db.send(command)).ConsumedCapacity;
}
// {TableName, CapacityUnits, Table, ...}: figures as the service lays them out.
function figures(table, {gsi, lsi} = {}) {
  const out = {TableName: T, CapacityUnits: table + (gsi ?? 0) + (lsi ?? 0), Table: {CapacityUnits: table}};
  if (gsi !== undefined) out.GlobalSecondaryIndexes = {gsi: {CapacityUnits: gsi}};
  if (lsi !== undefined) out.LocalSecondaryIndexes = {lsi: {CapacityUnits: lsi}};
  return out;
}

describe('writes', () => {
  const steps = [
    ['a new item of 1 KB', () => new PutItemCommand({TableName: T, Item: item('w', 1024)}), figures(1)],
    ['one byte more', () => new PutItemCommand({TableName: T, Item: item('w', 1025)}), figures(2)],
    ['smaller: the old size counts', () => new PutItemCommand({TableName: T, Item: item('w', 100)}), figures(2)],
    ['into both indexes', () => new PutItemCommand({TableName: T, Item: item('w', 1500, {g: S('a'), l: S('a')})}), figures(2, {gsi: 1, lsi: 2})],
    ['the same again', () => new PutItemCommand({TableName: T, Item: item('w', 1500, {g: S('a'), l: S('a')})}), figures(2)],
    [
      'an attribute that only the local index holds',
      () => new UpdateItemCommand({...key('w'), UpdateExpression: 'SET z = :z', ExpressionAttributeValues: {':z': S('z')}}),
      figures(2, {lsi: 2}),
    ],
    [
      'another global key',
      () => new UpdateItemCommand({...key('w'), UpdateExpression: 'SET g = :g', ExpressionAttributeValues: {':g': S('b')}}),
      figures(2, {gsi: 2, lsi: 2}),
    ],
    [
      'out of the local index',
      () => new UpdateItemCommand({...key('w'), UpdateExpression: 'REMOVE l'}),
      figures(2, {lsi: 2}),
    ],
    ['delete', () => new DeleteItemCommand(key('w')), figures(2, {gsi: 1})],
    ['delete what is gone', () => new DeleteItemCommand(key('w')), figures(1)],
  ];
  test('a chain of writes', async () => {
    for (const [name, command, expected] of steps) assert.deepEqual(await consumed(command()), expected, name);
  });
  test('TOTAL gives the sum alone', async () => {
    const command = new PutItemCommand({TableName: T, Item: item('total', 1500, {g: S('a'), l: S('a')})});
    assert.deepEqual(await consumed(command, 'TOTAL'), {TableName: T, CapacityUnits: 5});
  });
  test('NONE gives nothing', async () => {
    assert.equal(await consumed(new DeleteItemCommand(key('total')), 'NONE'), undefined);
  });
});

describe('reads', () => {
  before(async () => {
    await put(db, T, item('r4096', 4096), item('r4097', 4097));
    for (let i = 0; i < 5; ++i) await put(db, T, {...item('page', 1000, {g: S('q'), l: S(`l${i}`)}), sk: S(`${i}`)});
  });
  const get = (pk, ConsistentRead) => new GetItemCommand({...key(pk), ConsistentRead});
  const cases = [
    ['4 KB', () => get('r4096'), figures(0.5)],
    ['4 KB, consistent', () => get('r4096', true), figures(1)],
    ['one byte more', () => get('r4097'), figures(1)],
    ['one byte more, consistent', () => get('r4097', true), figures(2)],
    ['nothing there', () => get('absent'), figures(0.5)],
    ['nothing there, consistent', () => get('absent', true), figures(1)],
    ['a projection does not make it cheaper', () => new GetItemCommand({...key('r4097'), ProjectionExpression: 'pk'}), figures(1)],
  ];
  for (const [name, command, expected] of cases) {
    test(`GetItem: ${name}`, async () => assert.deepEqual(await consumed(command()), expected));
  }

  const page = (more) =>
    new QueryCommand({
      TableName: T,
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: {':p': S('page'), ...more?.values},
      ...more?.input,
    });
  test('Query adds sizes before it rounds', async () => {
    assert.deepEqual(await consumed(page()), figures(1));
    assert.deepEqual(await consumed(page({input: {ConsistentRead: true}})), figures(2));
    assert.deepEqual(await consumed(page({input: {Limit: 1}})), figures(0.5));
  });
  test('a filter does not make it cheaper', async () => {
    const command = page({values: {':n': S('none')}, input: {FilterExpression: 'v = :n'}});
    assert.deepEqual(await consumed(command), figures(1));
  });
  test('an empty page costs one unit', async () => {
    const command = page();
    command.input.ExpressionAttributeValues = {':p': S('absent')};
    assert.deepEqual(await consumed(command), figures(0.5));
  });
  test('a global index is charged, the table is not', async () => {
    const command = new QueryCommand({
      TableName: T,
      IndexName: 'gsi',
      KeyConditionExpression: 'g = :g',
      ExpressionAttributeValues: {':g': S('q')},
    });
    assert.deepEqual(await consumed(command), figures(0, {gsi: 0.5}));
  });
  test('a local index that holds what is asked', async () =>
    assert.deepEqual(await consumed(page({input: {IndexName: 'lsi'}})), figures(0, {lsi: 1})));
  test('Scan', async () => {
    const command = new ScanCommand({TableName: T, IndexName: 'gsi'});
    assert.deepEqual(await consumed(command), figures(0, {gsi: 0.5}));
  });
});

describe('batches', () => {
  test('one entry for each table', async () => {
    await createTable(db, 'Other', keys('pk:S'));
    const write = await consumed(
      new BatchWriteItemCommand({
        RequestItems: {
          [T]: [{PutRequest: {Item: item('b1', 1500, {g: S('a')})}}, {PutRequest: {Item: item('b2', 100)}}],
          Other: [{PutRequest: {Item: {pk: S('a')}}}],
        },
      }),
    );
    assert.deepEqual(write.find((entry) => entry.TableName === T), figures(3, {gsi: 1}));
    assert.deepEqual(write.find((entry) => entry.TableName === 'Other'), {TableName: 'Other', CapacityUnits: 1, Table: {CapacityUnits: 1}});
    const read = await consumed(
      new BatchGetItemCommand({
        RequestItems: {
          [T]: {Keys: [key('b1').Key, key('b2').Key, key('absent').Key]},
          Other: {Keys: [{pk: S('a')}], ConsistentRead: true},
        },
      }),
      'TOTAL',
    );
    assert.deepEqual(read.sort((a, b) => (a.TableName < b.TableName ? -1 : 1)), [
      {TableName: T, CapacityUnits: 1.5},
      {TableName: 'Other', CapacityUnits: 1},
    ]);
  });
});

test('a local index that lacks an attribute is charged for each item fetched', async () => {
  await createTable(db, 'Fetch', keys('pk:S', 'sk:S'), {lsis: [index('lsi', 'pk:S', 'l:S', 'KEYS_ONLY')]});
  for (let i = 0; i < 3; ++i) await put(db, 'Fetch', {pk: S('p'), sk: S(`${i}`), l: S('l'), n: N(i)});
  const capacity = await consumed(
    new QueryCommand({
      TableName: 'Fetch',
      IndexName: 'lsi',
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: {':p': S('p')},
      Select: 'ALL_ATTRIBUTES',
    }),
  );
  assert.deepEqual(capacity, {
    TableName: 'Fetch',
    CapacityUnits: 2,
    Table: {CapacityUnits: 1.5},
    LocalSecondaryIndexes: {lsi: {CapacityUnits: 0.5}},
  });
});

// The states a table and its indexes pass through, and what is refused meanwhile: a server whose states last.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {startServer} from '../api/server.mjs';
import {PREFIX, assertError, wire} from '../api/wire.mjs';
import {define, s, units} from './definitions.mjs';

const LASTING_MS = 1000;
let server, call;
before(async () => {
  server = await startServer(['--transient-ms', String(LASTING_MS), '--log-level', 'warn']);
  call = wire(server.port);
});
after(() => server.stop());

let made = 0;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const look = async (TableName) => (await call('DescribeTable', {TableName})).json.Table;

async function settled(TableName) {
  for (;;) {
    const table = await look(TableName);
    const all = [table.TableStatus, ...(table.GlobalSecondaryIndexes ?? []).map((index) => index.IndexStatus)];
    if (all.every((status) => status === 'ACTIVE')) return table;
    await pause(20);
  }
}
async function table(body, {active = true} = {}) {
  const TableName = `States-${++made}`;
  assert.equal((await call('CreateTable', {TableName, ...body})).status, 200);
  if (active) await settled(TableName);
  return TableName;
}
const inUse = (answer, what) =>
  assertError(
    answer,
    `${PREFIX.dynamodb}ResourceInUseException`,
    `Attempt to change a resource which is still in use: ${what}`,
  );
const change = {TableClass: 'STANDARD_INFREQUENT_ACCESS'};
const create = {
  AttributeDefinitions: [{AttributeName: 'g', AttributeType: 'S'}],
  GlobalSecondaryIndexUpdates: [
    {
      Create: {
        IndexName: 'New',
        KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}],
        Projection: {ProjectionType: 'ALL'},
      },
    },
  ],
};
const drop = (IndexName) => ({GlobalSecondaryIndexUpdates: [{Delete: {IndexName}}]});
const onDemand = define('pk:S');
const indexed = define('pk:S', {global: {First: ['g:S', {ProjectionType: 'ALL'}, units(1, 1)]}, ...units(1, 1)});

describe('a table that is being created', () => {
  test('is described, but neither changed, deleted nor used', async () => {
    const TableName = await table(onDemand, {active: false});
    assert.equal((await look(TableName)).TableStatus, 'CREATING');
    inUse(await call('UpdateTable', {TableName, ...change}), `Table is being created: ${TableName}`);
    inUse(await call('DeleteTable', {TableName}), `Table is being created: ${TableName}`);
    for (const [operation, body] of [
      ['PutItem', {Item: {pk: s('a')}}],
      ['GetItem', {Key: {pk: s('a')}}],
      ['Scan', {}],
    ]) {
      assertError(
        await call(operation, {TableName, ...body}),
        `${PREFIX.dynamodb}ResourceNotFoundException`,
        'Requested resource not found',
      );
    }
    const list = (await call('ListTables', {})).json.TableNames;
    assert.ok(list.includes(TableName));
    assert.equal((await settled(TableName)).TableStatus, 'ACTIVE');
  });
});

describe('a table that is being updated', () => {
  test('takes items, but no other change', async () => {
    const TableName = await table(onDemand);
    const answer = await call('UpdateTable', {TableName, ...change});
    assert.equal(answer.json.TableDescription.TableStatus, 'UPDATING');
    inUse(await call('UpdateTable', {TableName, ...create}), `Table is being updated: ${TableName}`);
    inUse(await call('DeleteTable', {TableName}), `Table is being updated: ${TableName}`);
    assert.equal((await call('PutItem', {TableName, Item: {pk: s('a')}})).status, 200);
    assert.equal((await settled(TableName)).TableStatus, 'ACTIVE');
  });
});

describe('a table that is being deleted', () => {
  test('is described, takes another DeleteTable, and goes', async () => {
    const TableName = await table(define('pk:S', {global: {First: 'g:S'}}));
    const first = (await call('DeleteTable', {TableName})).json.TableDescription;
    assert.equal(first.TableStatus, 'DELETING');
    assert.equal(first.GlobalSecondaryIndexes, undefined);
    assert.equal((await look(TableName)).TableStatus, 'DELETING');
    const again = await call('DeleteTable', {TableName});
    assert.deepEqual([again.status, again.json.TableDescription], [200, first]);
    assertError(
      await call('Scan', {TableName}),
      `${PREFIX.dynamodb}ResourceNotFoundException`,
      'Requested resource not found',
    );
    inUse(await call('UpdateTable', {TableName, ...change}), `Table is being deleted: ${TableName}`);
    await pause(LASTING_MS + 100);
    assertError(
      await call('DescribeTable', {TableName}),
      `${PREFIX.dynamodb}ResourceNotFoundException`,
      `Requested resource not found: Table: ${TableName} not found`,
    );
  });
});

describe('an index', () => {
  test('CREATING with Backfilling, then ACTIVE; the table UPDATING first', async () => {
    const TableName = await table(onDemand);
    const answer = (await call('UpdateTable', {TableName, ...create})).json.TableDescription;
    assert.deepEqual(
      [answer.TableStatus, answer.GlobalSecondaryIndexes[0].IndexStatus, answer.GlobalSecondaryIndexes[0].Backfilling],
      ['UPDATING', 'CREATING', true],
    );
    const later = await settled(TableName);
    assert.equal(later.GlobalSecondaryIndexes[0].Backfilling, undefined);
  });

  test('one at a time', async () => {
    const TableName = await table(define('pk:S', {global: {First: 'g:S'}}));
    await call('UpdateTable', {TableName, ...create});
    while ((await look(TableName)).TableStatus !== 'ACTIVE') await pause(10);
    const second = await call('UpdateTable', {TableName, ...drop('First')});
    if ((await look(TableName)).GlobalSecondaryIndexes.some((index) => index.IndexStatus === 'CREATING')) {
      assertError(
        second,
        `${PREFIX.dynamodb}LimitExceededException`,
        'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
      );
    }
    await settled(TableName);
  });

  test('DELETING, then gone', async () => {
    const TableName = await table(define('pk:S', {global: {First: 'g:S'}}));
    const answer = (await call('UpdateTable', {TableName, ...drop('First')})).json.TableDescription;
    assert.equal(answer.GlobalSecondaryIndexes[0].IndexStatus, 'DELETING');
    for (;;) {
      const seen = await look(TableName);
      if (seen.TableStatus === 'ACTIVE' && seen.GlobalSecondaryIndexes === undefined) break;
      await pause(20);
    }
  });

  test('UPDATING while its units change', async () => {
    const TableName = await table(indexed);
    const update = {GlobalSecondaryIndexUpdates: [{Update: {IndexName: 'First', ...units(2, 2)}}]};
    const answer = (await call('UpdateTable', {TableName, ...update})).json.TableDescription;
    assert.equal(answer.GlobalSecondaryIndexes[0].IndexStatus, 'UPDATING');
    inUse(await call('UpdateTable', {TableName, ...update}), `Table is being updated: ${TableName}`);
    assert.equal((await settled(TableName)).GlobalSecondaryIndexes[0].ProvisionedThroughput.ReadCapacityUnits, 2);
  });
});

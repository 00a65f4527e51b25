// Kills the server at random moments under a mixed load, starts it again on the same directory and looks: every
// acknowledged write is there, no transaction is half done, indexes equal what their tables imply, streams have
// every change once and in order.
//
// CRASH_SECONDS (default 30) is how long it goes on, CRASH_SEED repeats a run's choices.
import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {startServer} from '../api/server.mjs';
import {randomFrom} from '../fuzz/mutate.mjs';
import {Replica} from './stream_replica.mjs';
import {
  ACCOUNTS, ACCOUNT_COUNT, Caller, ITEMS, Lost, PASSING, START_MONEY, TWINS, Writer, build, key, line, scan,
} from './world.mjs';

const SECONDS = Number(process.env.CRASH_SECONDS ?? 30);
const SEED = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 1e9));
const WRITERS = 16;
const OPTIONS = ['--shard-ms', '400', '--stream-shards', `${ITEMS}=4`, '--ttl-interval-ms', '100', '--transaction-hold-ms', '2'];

// Every entry that the table's items imply, and no other.
async function checkIndexes(caller) {
  const {Table} = await caller.must('DescribeTable', {TableName: ITEMS});
  const items = await scan(caller, ITEMS);
  for (const index of [...(Table.LocalSecondaryIndexes ?? []), ...(Table.GlobalSecondaryIndexes ?? [])]) {
    const names = index.KeySchema.map(({AttributeName}) => AttributeName);
    const projected = ['pk', 'sk', ...names];
    const implied = items
      .filter((item) => names.every((name) => item[name]))
      .map((item) => index.Projection.ProjectionType === 'ALL'
        ? item
        : Object.fromEntries(Object.entries(item).filter(([name]) => projected.includes(name))));
    const entries = await scan(caller, ITEMS, index.IndexName);
    assert.deepEqual(entries.map(line).sort(), implied.map(line).sort(), `index ${index.IndexName}`);
  }
  return items;
}

async function checkMoney(caller, writers, items) {
  const balances = new Map((await scan(caller, ACCOUNTS)).map(({pk, balance}) => [pk.S, Number(balance.N)]));
  const expected = new Map(Array.from({length: ACCOUNT_COUNT}, (_, i) => [`a${i}`, START_MONEY]));
  const notes = items.filter(({pk}) => pk.S === 'transfer');
  for (const {from, to, amount} of notes) {
    expected.set(from.S, expected.get(from.S) - Number(amount.N));
    expected.set(to.S, expected.get(to.S) + Number(amount.N));
  }
  assert.deepEqual(balances, expected, 'balances are what the notes of all transfers say');
  const noted = new Set(notes.map(line));
  for (const writer of writers) {
    for (const [id, item] of writer.state) {
      if (id.includes('"transfer"')) assert.ok(noted.has(line(item)), `an acknowledged transfer is gone: ${id}`);
    }
  }
}

async function checkItems(caller, writers, items) {
  const stored = new Map();
  const remember = (table) => (item) => stored.set(JSON.stringify([table, item.pk.S, Number(item.sk.N)]), line(item));
  items.forEach(remember(ITEMS));
  (await scan(caller, TWINS)).forEach(remember(TWINS));
  let checked = 0;
  for (const writer of writers) {
    for (const [id, item] of writer.state) {
      assert.equal(stored.get(id) ?? 'none', line(item), `writer ${writer.number} was told otherwise of ${id}`);
      ++checked;
    }
  }
  return checked;
}

// Makes and removes an index while items are written, so that kills meet backfills and descriptions that change.
async function changeIndexes(caller, running) {
  while (running()) {
    const {json} = await caller.send('DescribeTable', {TableName: ITEMS});
    const there = json.Table.GlobalSecondaryIndexes.some(({IndexName}) => IndexName === 'later');
    await caller.send('UpdateTable', there
      ? {TableName: ITEMS, GlobalSecondaryIndexUpdates: [{Delete: {IndexName: 'later'}}]}
      : {
        TableName: ITEMS,
        AttributeDefinitions: [{AttributeName: 'v', AttributeType: 'N'}],
        GlobalSecondaryIndexUpdates: [{Create: {IndexName: 'later', KeySchema: key('v'), Projection: {ProjectionType: 'ALL'}}}],
      });
    const TableName = `Short${Math.floor(Math.random() * 1e6)}`;
    await caller.send('CreateTable', {
      TableName, BillingMode: 'PAY_PER_REQUEST', KeySchema: key('pk'),
      AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],
      StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'},
    });
    await caller.send('PutItem', {TableName, Item: {pk: {S: 'a'}}});
    await caller.send('DeleteTable', {TableName});
    await sleep(30);
  }
}

async function indexesAreReady(caller) {
  for (const end = Date.now() + 20_000; Date.now() < end; await sleep(20)) {
    const {Table} = await caller.must('DescribeTable', {TableName: ITEMS});
    if (Table.TableStatus === 'ACTIVE' && Table.GlobalSecondaryIndexes.every(({IndexStatus}) => IndexStatus === 'ACTIVE')) return;
  }
  assert.fail('an index does not become ACTIVE');
}

test(`kills under load (seed ${SEED})`, {timeout: (SECONDS + 300) * 1000}, async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'dynarock-crash-'));
  const next = randomFrom(SEED);
  const caller = new Caller();
  const writers = Array.from({length: WRITERS}, (_, i) => new Writer(caller, i, randomFrom(SEED + i + 1)));
  let server = await startServer([...OPTIONS, '--data-dir', directory]);
  try {
    caller.attach(server.port);
    await build(caller);
    const replicas = [];
    for (const [name, keyNames] of [[ITEMS, ['pk', 'sk']], [TWINS, ['pk', 'sk']], [ACCOUNTS, ['pk']], [PASSING, ['pk']]]) {
      const {Table} = await caller.must('DescribeTable', {TableName: name});
      replicas.push({name, replica: new Replica(caller, Table.LatestStreamArn, keyNames)});
    }
    let kills = 0;
    let checked = 0;
    for (const end = Date.now() + 1000 * SECONDS; Date.now() < end || kills < 3; ) {
      let running = true;
      const lost = (error) => {
        if (!(error instanceof Lost)) throw error;
      };
      const work = writers.map(async (writer) => {
        while (running) await writer.step();
      });
      work.push(changeIndexes(caller, () => running));
      work.push((async () => {
        while (running) for (const {replica} of replicas) await replica.catchUp();
      })());
      const settled = Promise.all(work.map((one) => one.catch(lost)));
      settled.catch(() => {});
      await sleep(100 + next() * 900);
      await server.kill();
      running = false;
      await settled;
      ++kills;

      // Every fifth time writes wait for the disk.
      server = await startServer([...OPTIONS, '--data-dir', directory, ...(kills % 5 === 4 ? ['--fsync'] : [])]);
      caller.attach(server.port);
      for (const writer of writers) await writer.recover();
      await indexesAreReady(caller);
      const items = await checkIndexes(caller);
      await checkMoney(caller, writers, items);
      checked += await checkItems(caller, writers, items);
      for (const {name, replica} of replicas) {
        if (name === PASSING) {
          for (const by = Date.now() + 10_000; (await scan(caller, PASSING)).length && Date.now() < by; ) await sleep(20);
        }
        await replica.catchUp();
        replica.check(await scan(caller, name));
      }
    }
    const acknowledged = writers.reduce((sum, writer) => sum + writer.acknowledged, 0);
    const passing = replicas.find(({name}) => name === PASSING).replica;
    assert.equal(passing.expired, passing.events.size / 2, 'TTL deleted what was put, and said so');
    const records = replicas.reduce((sum, {replica}) => sum + replica.events.size, 0);
    const shards = replicas.reduce((sum, {replica}) => sum + replica.shards.size, 0);
    t.diagnostic(
      `${kills} kills survived, ${acknowledged} acknowledged writes, ${checked} items compared, ` +
        `${records} stream records of ${shards} shards, each once and in order`);
  } finally {
    await server.kill();
    await rm(directory, {recursive: true, force: true});
  }
});

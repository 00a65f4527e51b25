// Consumers that follow a stream while it is written and its shards roll over: every change once, and per item in order.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {BatchWriteItemCommand, PutItemCommand, UpdateItemCommand} from '@aws-sdk/client-dynamodb';
import {DynamoDBStreams} from '@aws-sdk/client-dynamodb-streams';
import readShard from 'dynamodb-streams-readable';
import {N, S, connect, createTable, keys} from './client.mjs';
import {SHARD_END, StreamWorker, Writers, shardsOf, streamsClientFor, until} from './stream_worker.mjs';

const NEW_IMAGES = {StreamSpecification: {StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES'}};
const skip = process.env.DYNAROCK_ENDPOINT && 'needs a server of its own';
const SHARDS = 4;
const ITEMS = 24;

let server, client;
before(async () => {
  server = await connect(['--shard-ms', '200', '--stream-shards', String(SHARDS), '--stream-shards', 'Single=1']);
  client = streamsClientFor(server.server.endpoint);
});
after(async () => {
  client.destroy();
  await server.close();
});

// What was seen of each item, and that it fits together.
class Seen {
  versions = {};
  count = 0;

  add({eventName, dynamodb}) {
    const name = dynamodb.Keys.pk.S;
    const versions = (this.versions[name] ??= []);
    assert.equal(eventName, versions.length === 0 ? 'INSERT' : 'MODIFY', name);
    assert.equal(dynamodb.OldImage?.v.N, versions.at(-1), name);
    versions.push(dynamodb.NewImage.v.N);
    ++this.count;
  }
}

const item = (i) => S(`item-${i}`);
const putVersion = (TableName) => (i, version) =>
  server.db.send(new PutItemCommand({TableName, Item: {pk: item(i), v: N(version)}}));
const countUp = (TableName) => (i) =>
  server.db.send(
    new UpdateItemCommand({
      TableName,
      Key: {pk: item(i)},
      UpdateExpression: 'ADD v :one',
      ExpressionAttributeValues: {':one': N(1)},
    }),
  );

// A family of shards must tell one story: parents end before their children begin, and ids ascend.
function assertLineage(shards, openShards) {
  assert.deepEqual(shards.map((shard) => shard.ShardId), shards.map((shard) => shard.ShardId).toSorted());
  const byId = new Map(shards.map((shard) => [shard.ShardId, shard]));
  const children = new Map();
  for (const {ShardId, ParentShardId, SequenceNumberRange: range} of shards) {
    if (range.EndingSequenceNumber) assert.ok(range.EndingSequenceNumber >= range.StartingSequenceNumber);
    if (!ParentShardId) continue;
    const parent = byId.get(ParentShardId);
    assert.ok(ParentShardId < ShardId);
    assert.ok(parent.SequenceNumberRange.EndingSequenceNumber < range.StartingSequenceNumber);
    children.set(ParentShardId, (children.get(ParentShardId) ?? 0) + 1);
  }
  assert.ok([...children.values()].every((count) => count === 1));
  assert.equal(shards.filter((shard) => !shard.SequenceNumberRange.EndingSequenceNumber).length, openShards);
  assert.equal(shards.filter((shard) => !shard.ParentShardId).length, openShards);
}

describe('a worker that keeps checkpoints', {skip}, () => {
  test('sees every change once, in order, over rotations and a change of workers', async () => {
    const {LatestStreamArn: arn} = await createTable(server.db, 'Worked', keys('pk:S'), NEW_IMAGES);
    const seen = new Seen();
    const numbers = new Map();
    const note = (record, shard) => {
      const last = numbers.get(shard);
      assert.ok(last === undefined || last < record.dynamodb.SequenceNumber, 'numbers ascend within a shard');
      numbers.set(shard, record.dynamodb.SequenceNumber);
      seen.add(record);
    };
    const writers = new Writers(ITEMS);
    const writing = writers.run(countUp('Worked'));

    let checkpoints = new Map();
    for (let turn = 0; turn < 4; ++turn) {
      const worker = new StreamWorker(client, arn, note, {checkpoints});
      const working = worker.run();
      await Promise.race([sleep(700), working]);
      if (turn === 3) {
        writers.stop();
        await writing;
        await until(() => seen.count >= writers.total, 'all changes to be seen');
        await sleep(100);
      }
      worker.stop();
      checkpoints = new Map(await working);
    }
    assert.deepEqual(seen.versions, writers.history());

    const shards = await shardsOf(client, arn, 5);
    assertLineage(shards, SHARDS);
    assert.ok(shards.length >= 10 * SHARDS, `${shards.length} shards`);
    assert.ok([...checkpoints.values()].includes(SHARD_END));
    for (const [id, number] of numbers) {
      const {SequenceNumberRange: range} = shards.find((shard) => shard.ShardId === id);
      const {StartingSequenceNumber: first, EndingSequenceNumber: last} = range;
      assert.ok(first <= number && (last === undefined || number <= last), id);
    }
    assert.ok(numbers.size > SHARDS);
  });

  test('sees what batches and deletes change, too', async () => {
    const {LatestStreamArn: arn} = await createTable(server.db, 'Batched', keys('pk:S'), NEW_IMAGES);
    const events = [];
    const worker = new StreamWorker(client, arn, (record) =>
      events.push(`${record.eventName} ${record.dynamodb.Keys.pk.S}`),
    );
    const working = worker.run();
    const names = Array.from({length: 25}, (_, i) => `b${i}`);
    const expected = [];
    for (let round = 0; round < 12; ++round) {
      const requests = names.map((name) =>
        round % 2 ? {DeleteRequest: {Key: {pk: S(name)}}} : {PutRequest: {Item: {pk: S(name), v: N(round)}}},
      );
      await server.db.send(new BatchWriteItemCommand({RequestItems: {Batched: requests}}));
      expected.push(...names.map((name) => `${round % 2 ? 'REMOVE' : 'INSERT'} ${name}`));
      await sleep(60);
    }
    await until(() => events.length >= expected.length, 'all changes to be seen');
    worker.stop();
    await working;
    assert.deepEqual(events.toSorted(), expected.toSorted());
    for (const name of names) {
      const own = events.filter((event) => event.endsWith(` ${name}`));
      assert.ok(own.every((event, i) => event.startsWith(i % 2 ? 'REMOVE' : 'INSERT')), own.join());
    }
  });
});

describe('dynamodb-streams-readable', {skip}, () => {
  for (const table of ['Read', 'Single']) {
    test(`sees every change once, in order: ${table}`, async () => {
      const {LatestStreamArn: arn} = await createTable(server.db, table, keys('pk:S'), NEW_IMAGES);
      const library = new DynamoDBStreams({
        endpoint: server.server.endpoint,
        region: 'us-east-1',
        credentials: {accessKeyId: 'test', secretAccessKey: 'secret'},
      });
      const seen = new Seen();
      const readables = new Map();
      const ended = new Set();
      const failures = [];
      // One readable per shard, from its beginning, as soon as its parent is read to its end.
      const look = async () => {
        for (const {ShardId: shardId, ParentShardId: parent} of await shardsOf(client, arn)) {
          if (readables.has(shardId) || (parent && !ended.has(parent))) continue;
          const readable = readShard(library, arn, {shardId, iterator: 'TRIM_HORIZON', readInterval: 5});
          readable.on('data', (records) => records.forEach((record) => seen.add(record)));
          readable.on('error', (error) => failures.push(error));
          readable.on('end', () => ended.add(shardId));
          readables.set(shardId, readable);
        }
      };
      const writers = new Writers(ITEMS);
      const writing = writers.run(putVersion(table));
      const end = Date.now() + 1500;
      await until(async () => (await look(), Date.now() > end), 'the writers');
      writers.stop();
      await writing;
      await until(async () => (await look(), seen.count >= writers.total || failures.length > 0), 'all changes to be seen');
      await sleep(100);
      assert.deepEqual(failures, []);
      assert.deepEqual(seen.versions, writers.history());
      assert.ok(ended.size >= 3, `${ended.size} shards ended`);
      for (const [shardId, readable] of readables) if (!ended.has(shardId)) readable.close();
      await sleep(100);
      library.destroy();
    });
  }
});

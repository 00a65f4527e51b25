// DynamoDB Streams through the SDK: life of streams and shards, trimming, namespaces, restarts.
import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  PutItemCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import {N, S, clientFor, connect, createTable, fails, keys, put} from './client.mjs';
import {shardsOf, streamsClientFor, until} from './stream_worker.mjs';

const streamed = (StreamViewType = 'NEW_AND_OLD_IMAGES') => ({
  StreamSpecification: {StreamEnabled: true, StreamViewType},
});

const skip = process.env.DYNAROCK_ENDPOINT && 'needs servers of its own';

// A server with a client of each API: {db, streams, close()}.
async function start(args = []) {
  const server = await connect(args);
  const streams = streamsClientFor(server.server.endpoint);
  return {
    ...server,
    streams,
    async close() {
      streams.destroy();
      await server.close();
    },
  };
}

const makeTable = async (db, name, view, more) =>
  (await createTable(db, name, keys('pk:S'), {...streamed(view), ...more})).LatestStreamArn;

async function open(streams, StreamArn, ShardId, ShardIteratorType = 'TRIM_HORIZON', SequenceNumber = undefined) {
  const command = new GetShardIteratorCommand({StreamArn, ShardId, ShardIteratorType, SequenceNumber});
  return (await streams.send(command)).ShardIterator;
}
const read = (streams, ShardIterator) => streams.send(new GetRecordsCommand({ShardIterator}));
// All records of a stream with one shard.
async function readAll(streams, arn) {
  const [{ShardId}] = await shardsOf(streams, arn);
  return (await read(streams, await open(streams, arn, ShardId))).Records;
}
const description = async (streams, StreamArn) =>
  (await streams.send(new DescribeStreamCommand({StreamArn}))).StreamDescription;
const TRIMMED = 'The data you are trying to access has been trimmed';

describe('records', {skip}, () => {
  let server;
  before(async () => (server = await start(['--ttl-interval-ms', '50'])));
  after(() => server.close());

  test('carry dates and values as the SDK has them', async () => {
    const {db, streams} = server;
    const arn = await makeTable(db, 'Values');
    const Item = {pk: S('a'), n: N('1.50'), b: {B: new Uint8Array([1, 2])}, m: {M: {l: {L: [{NULL: true}]}}}};
    await put(db, 'Values', Item);
    const [record] = await readAll(streams, arn);
    assert.deepEqual(record.dynamodb.NewImage, {...Item, n: N('1.5')});
    assert.deepEqual(record.dynamodb.Keys, {pk: S('a')});
    assert.ok(record.dynamodb.ApproximateCreationDateTime instanceof Date);
    assert.equal(record.dynamodb.ApproximateCreationDateTime.getMilliseconds(), 0);
    assert.equal(record.userIdentity, undefined);
  });

  test('of expired items name the service', async () => {
    const {db, streams} = server;
    const arn = await makeTable(db, 'Expiring');
    const TimeToLiveSpecification = {Enabled: true, AttributeName: 'at'};
    await db.send(new UpdateTimeToLiveCommand({TableName: 'Expiring', TimeToLiveSpecification}));
    await put(db, 'Expiring', {pk: S('old'), at: N(Math.floor(Date.now() / 1000) - 60)}, {pk: S('other')});
    await db.send(new DeleteItemCommand({TableName: 'Expiring', Key: {pk: S('other')}}));
    let records = [];
    await until(async () => (records = await readAll(streams, arn)).length >= 4, 'the item to expire');
    const removed = Object.fromEntries(
      records.filter((record) => record.eventName === 'REMOVE').map((record) => [record.dynamodb.Keys.pk.S, record]),
    );
    assert.deepEqual(removed.old.userIdentity, {PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service'});
    assert.equal(removed.old.dynamodb.OldImage.pk.S, 'old');
    assert.equal(removed.other.userIdentity, undefined);
  });
});

describe('shards', {skip}, () => {
  let server;
  before(async () => (server = await start(['--shard-ms', '100', '--stream-shards', '3', '--stream-shards', 'One=1'])));
  after(() => server.close());

  test('are as many as asked for', async () => {
    const opened = async (arn) =>
      (await shardsOf(server.streams, arn)).filter((shard) => !shard.SequenceNumberRange.EndingSequenceNumber).length;
    assert.equal(await opened(await makeTable(server.db, 'Three')), 3);
    assert.equal(await opened(await makeTable(server.db, 'One')), 1);
  });

  test('roll over without writes, and have one child each', async () => {
    const {db, streams} = server;
    const arn = await makeTable(db, 'Idle');
    await until(async () => (await shardsOf(streams, arn)).length >= 9, 'shards to roll over');
    const shards = await shardsOf(streams, arn, 2);
    const [first] = shards;
    const {StreamDescription} = await streams.send(
      new DescribeStreamCommand({StreamArn: arn, ShardFilter: {Type: 'CHILD_SHARDS', ShardId: first.ShardId}}),
    );
    assert.deepEqual(
      StreamDescription.Shards.map((shard) => shard.ShardId),
      shards.filter((shard) => shard.ParentShardId === first.ShardId).map((shard) => shard.ShardId),
    );
    assert.equal(StreamDescription.Shards.length, 1);
    // Read to its end, a closed shard is over; LATEST begins there.
    for (const type of ['TRIM_HORIZON', 'LATEST']) {
      const page = await read(streams, await open(streams, arn, first.ShardId, type));
      assert.deepEqual([page.Records, page.NextShardIterator], [[], undefined]);
    }
    const {EndingSequenceNumber: last} = first.SequenceNumberRange;
    const page = await read(streams, await open(streams, arn, first.ShardId, 'AFTER_SEQUENCE_NUMBER', last));
    assert.equal(page.NextShardIterator, undefined);
    const later = shards.at(-1).SequenceNumberRange.StartingSequenceNumber;
    await fails(
      open(streams, arn, first.ShardId, 'AT_SEQUENCE_NUMBER', later),
      'ValidationException',
      'Invalid SequenceNumber for the shard',
    );
    await fails(
      open(streams, arn, shards.at(-1).ShardId, 'AT_SEQUENCE_NUMBER', last),
      'ValidationException',
      'Invalid SequenceNumber for the shard',
    );
  });

  test('pages of DescribeStream fit together', async () => {
    const {db, streams} = server;
    const arn = await makeTable(db, 'Paged');
    await until(async () => (await shardsOf(streams, arn)).length >= 12, 'shards to roll over');
    await db.send(new UpdateTableCommand({TableName: 'Paged', StreamSpecification: {StreamEnabled: false}}));
    const all = await shardsOf(streams, arn);
    for (const limit of [1, 2, 5, all.length]) assert.deepEqual(await shardsOf(streams, arn, limit), all);
    assert.ok(all.every((shard) => shard.SequenceNumberRange.EndingSequenceNumber));
  });
});

describe('trimming', {skip}, () => {
  const RETENTION = 1500;
  let server;
  before(async () => (server = await start(['--stream-retention-ms', String(RETENTION), '--shard-ms', '600'])));
  after(() => server.close());

  test('takes records, shards and at last the stream', async () => {
    const {db, streams} = server;
    const arn = await makeTable(db, 'Trimmed');
    await put(db, 'Trimmed', {pk: S('a')});
    const [first] = await shardsOf(streams, arn);
    const oldest = await open(streams, arn, first.ShardId);
    const latest = await open(streams, arn, first.ShardId, 'LATEST');
    const [record] = (await read(streams, oldest)).Records;
    const number = record.dynamodb.SequenceNumber;
    const at = await open(streams, arn, first.ShardId, 'AT_SEQUENCE_NUMBER', number);
    assert.equal((await read(streams, at)).Records.length, 1);
    await put(db, 'Trimmed', {pk: S('b')});
    assert.equal((await read(streams, latest)).Records.length, 1);

    // The record goes before its shard, which was closed later.
    await until(
      () => open(streams, arn, first.ShardId, 'AT_SEQUENCE_NUMBER', number).then(() => false, () => true),
      'the record to be trimmed',
    );
    const gone = await open(streams, arn, first.ShardId, 'AT_SEQUENCE_NUMBER', number).catch((error) => error);
    assert.equal(`${gone.name}: ${gone.message}`, `TrimmedDataAccessException: ${TRIMMED}`);
    await fails(read(streams, at), 'TrimmedDataAccessException', TRIMMED);
    // The oldest there is is another one now: the second record, and then none.
    await until(
      async () => (await read(streams, await open(streams, arn, first.ShardId))).Records.length === 0,
      'the second record to be trimmed',
    );
    assert.deepEqual((await read(streams, oldest)).Records, []);

    await until(
      async () => !(await shardsOf(streams, arn)).some((shard) => shard.ShardId === first.ShardId),
      'the shard to vanish',
    );
    await fails(
      open(streams, arn, first.ShardId),
      'ResourceNotFoundException',
      'Requested resource not found: Shard does not exist',
    );
    await fails(read(streams, at), 'TrimmedDataAccessException', TRIMMED);
    // Its child still names it.
    const shards = await shardsOf(streams, arn);
    assert.ok(shards[0].ParentShardId < shards[0].ShardId);
    assert.ok(!shards.some((shard) => shard.ShardId === shards[0].ParentShardId));

    await db.send(new UpdateTableCommand({TableName: 'Trimmed', StreamSpecification: {StreamEnabled: false}}));
    assert.equal((await description(streams, arn)).StreamStatus, 'DISABLED');
    const shown = async () => (await db.send(new DescribeTableCommand({TableName: 'Trimmed'}))).Table.LatestStreamArn;
    assert.equal(await shown(), arn);
    const missing = `Requested resource not found: Stream: ${arn} not found`;
    await until(() => description(streams, arn).then(() => false, () => true), 'the stream to vanish');
    await fails(description(streams, arn), 'ResourceNotFoundException', missing);
    await fails(read(streams, at), 'ResourceNotFoundException', missing);
    const {Streams} = await streams.send(new ListStreamsCommand({TableName: 'Trimmed'}));
    assert.deepEqual(Streams, []);
    assert.equal(await shown(), undefined);
  });
});

describe('who sees a stream', {skip}, () => {
  let server;
  before(async () => (server = await start(['--isolate'])));
  after(() => server.close());

  test('with --isolate, its key and region alone', async () => {
    const {db, streams} = server;
    const arn = await makeTable(db, 'Mine');
    await put(db, 'Mine', {pk: S('a')});
    const [{ShardId}] = await shardsOf(streams, arn);
    const iterator = await open(streams, arn, ShardId);
    const missing = `Requested resource not found: Stream: ${arn} not found`;
    for (const config of [{accessKeyId: 'other'}, {region: 'eu-west-3'}]) {
      const other = streamsClientFor(server.server.endpoint, config);
      await fails(description(other, arn), 'ResourceNotFoundException', missing);
      await fails(open(other, arn, ShardId), 'ResourceNotFoundException', missing);
      await fails(read(other, iterator), 'ResourceNotFoundException', missing);
      assert.deepEqual((await other.send(new ListStreamsCommand({}))).Streams, []);
      other.destroy();
    }
    assert.equal((await read(streams, iterator)).Records.length, 1);
  });

  test('the region of a record is its table\'s', async () => {
    const region = 'eu-central-1';
    const db = clientFor(server.server.endpoint, {region});
    const streams = streamsClientFor(server.server.endpoint, {region});
    const arn = await makeTable(db, 'Far');
    assert.ok(arn.startsWith('arn:aws:dynamodb:eu-central-1:000000000000:table/Far/stream/'), arn);
    await put(db, 'Far', {pk: S('a')});
    const [record] = await readAll(streams, arn);
    assert.equal(record.awsRegion, region);
    db.destroy();
    streams.destroy();
  });
});

describe('states', {skip}, () => {
  test('of a stream follow its table with --transient-ms', async () => {
    const {db, streams, close} = await start(['--transient-ms', '400']);
    const made = makeTable(db, 'Slow');
    let status;
    await until(async () => {
      const {Streams} = await streams.send(new ListStreamsCommand({}));
      if (Streams.length) status = (await description(streams, Streams[0].StreamArn)).StreamStatus;
      return status;
    }, 'the stream to be listed');
    assert.equal(status, 'ENABLING');
    const arn = await made;
    assert.equal((await description(streams, arn)).StreamStatus, 'ENABLED');
    await db.send(new DeleteTableCommand({TableName: 'Slow'}));
    assert.equal((await description(streams, arn)).StreamStatus, 'DISABLING');
    await until(async () => (await description(streams, arn)).StreamStatus === 'DISABLED', 'the stream to be disabled');
    await close();
  });
});

describe('a restart', {skip}, () => {
  for (const how of ['stop', 'kill']) {
    test(`keeps streams, shards, records and iterators: ${how}`, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'dynarock-streams-'));
      const args = ['--data-dir', folder, '--stream-shards', '2', '--shard-ms', '300'];
      let {server, db, streams} = await start(args);
      const arn = await makeTable(db, 'Kept', 'NEW_IMAGE');
      const dropped = await makeTable(db, 'Dropped', 'KEYS_ONLY');
      for (let i = 0; i < 40; ++i) {
        await db.send(new PutItemCommand({TableName: 'Kept', Item: {pk: S(`k${i}`)}}));
        await sleep(10);
      }
      await db.send(new DeleteTableCommand({TableName: 'Dropped'}));
      const everything = async () => {
        const found = [];
        for (const {ShardId} of await shardsOf(streams, arn)) {
          const page = await read(streams, await open(streams, arn, ShardId));
          found.push(...page.Records.map(({eventID, dynamodb}) => [ShardId, eventID, dynamodb.SequenceNumber]));
        }
        return found;
      };
      const earlier = await everything();
      assert.equal(earlier.length, 40);
      const [{ShardId}] = await shardsOf(streams, arn);
      const iterator = await open(streams, arn, ShardId);
      const page = await read(streams, iterator);

      await server[how]();
      db.destroy();
      streams.destroy();
      ({server, db, streams} = await start(args));
      assert.deepEqual(await everything(), earlier);
      assert.deepEqual((await read(streams, iterator)).Records, page.Records);
      assert.equal((await description(streams, dropped)).StreamStatus, 'DISABLED');
      // What comes now has higher numbers.
      await put(db, 'Kept', {pk: S('later')});
      const numbers = (await everything()).map(([, , number]) => number).toSorted();
      assert.equal(numbers.length, 41);
      assert.ok(numbers.at(-1) > earlier.map(([, , number]) => number).toSorted().at(-1));
      db.destroy();
      streams.destroy();
      await server.stop();
      await rm(folder, {recursive: true});
    });
  }
});

// A disk that takes no writes: what is answered and logged then, that reads go on, that writes go on by themselves once it
// takes them again, and that nothing acknowledged is lost.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {mkdir, mkdtemp, rename, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {runToEnd, startServer} from '../api/server.mjs';
import {PREFIX, TABLE, wire} from '../api/wire.mjs';
import {SmallDisk} from './small_disk.mjs';

const skip = SmallDisk.why;
const INDEX = {
  ...TABLE,
  AttributeDefinitions: [...TABLE.AttributeDefinitions, {AttributeName: 'g', AttributeType: 'S'}],
  GlobalSecondaryIndexes: [
    {IndexName: 'by-g', KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}], Projection: {ProjectionType: 'ALL'}},
  ],
  StreamSpecification: {StreamEnabled: true, StreamViewType: 'NEW_IMAGE'},
};

// Puts items and remembers which of them were acknowledged.
class Load {
  acknowledged = new Set();
  next = 0;
  constructor(port) {
    this.attach(port);
  }
  attach(port) {
    this.call = wire(port);
  }
  async put(bytes = 4000) {
    const id = `i${this.next++}`;
    const item = {pk: {S: id}, g: {S: 'all'}, text: {S: randomBytes(bytes * 0.75).toString('base64')}};
    const answer = await this.call('PutItem', {TableName: 'Wire', Item: item});
    if (answer.status === 200) this.acknowledged.add(id);
    return answer;
  }
  // Until the server refuses; the refusal.
  async putUntilRefused(most = 100_000) {
    for (let i = 0; i < most; ++i) {
      const answer = await this.put();
      if (answer.status !== 200) return answer;
    }
    assert.fail(`${most} puts, none refused`);
  }
  // Milliseconds until a write is taken again.
  async untilTaken(atMostMs) {
    const begin = performance.now();
    for (;;) {
      if ((await this.put()).status === 200) return performance.now() - begin;
      assert.ok(performance.now() - begin < atMostMs, `no write was taken for ${atMostMs} ms`);
      await sleep(5);
    }
  }
  async ids(more = {}) {
    const found = new Set();
    for (let ExclusiveStartKey; ; ) {
      const {json, text} = await this.call('Scan', {TableName: 'Wire', ProjectionExpression: 'pk', ExclusiveStartKey, ...more});
      assert.ok(json.Items, text);
      json.Items.forEach(({pk}) => found.add(pk.S));
      if (!(ExclusiveStartKey = json.LastEvaluatedKey)) return found;
    }
  }
  // Every acknowledged item is there, in table, index and stream.
  async check() {
    const {Table} = (await this.call('DescribeTable', {TableName: 'Wire'})).json;
    for (const [where, found] of [
      ['table', await this.ids()],
      ['index', await this.ids({IndexName: 'by-g'})],
      ['stream', await this.streamed(Table.LatestStreamArn)],
    ]) {
      const lost = [...this.acknowledged].filter((id) => !found.has(id));
      assert.deepEqual(lost, [], `lost in the ${where}`);
    }
  }
  async streamed(StreamArn) {
    const streams = (operation, body) => this.call(operation, body, {
      headers: {'X-Amz-Target': `DynamoDBStreams_20120810.${operation}`}});
    const found = new Set();
    const {Shards} = (await streams('DescribeStream', {StreamArn})).json.StreamDescription;
    for (const {ShardId} of Shards) {
      let {ShardIterator} = (await streams('GetShardIterator', {
        StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON'})).json;
      while (ShardIterator) {
        const {Records, NextShardIterator} = (await streams('GetRecords', {ShardIterator})).json;
        Records.forEach(({dynamodb}) => found.add(dynamodb.Keys.pk.S));
        if (Records.length === 0) break;
        ShardIterator = NextShardIterator;
      }
    }
    return found;
  }
}

function assertRefused(answer, hint) {
  assert.equal(answer.status, 500, answer.text);
  assert.deepEqual(answer.json, {
    __type: `${PREFIX.dynamodb}InternalServerError`,
    message: 'The request processing has failed because of an unknown error',
  });
  assert.match(answer.headers['x-dynarock-hint'], hint);
}

// The lines of the log from `from` on.
const linesOf = (server, from = 0) => server.output.stderr.slice(from).split('\n').filter(Boolean);

// Writes as fast as possible for a while: how many are refused, which is all unless `some`, and the lines about them.
async function hammer(server, load, seconds, some) {
  const from = server.output.stderr.length;
  let refused = 0;
  for (const end = Date.now() + 1000 * seconds; Date.now() < end; ) {
    const answers = await Promise.all(Array.from({length: 8}, () => load.put()));
    const of500 = answers.filter(({status}) => status === 500).length;
    if (!some) assert.equal(of500, answers.length);
    refused += of500;
  }
  return {refused, lines: linesOf(server, from).filter((line) => / failed: /.test(line))};
}

// Starts a server on `directory`, brings it into trouble and out again, and looks at all that is promised.
// `some`: the trouble may pass for moments.
async function trouble(t, {directory, through = [], begin, end, hint, some = false, rounds = 3}) {
  const args = ['--data-dir', directory, '--shard-ms', '1500'];
  let server = await startServer(args, process.env, {through});
  try {
    const load = new Load(server.port);
    assert.equal((await load.call('CreateTable', INDEX)).status, 200);
    for (let i = 0; i < 500; ++i) assert.equal((await load.put()).status, 200);
    for (let round = 0; round < rounds; ++round) {
      await begin(server, load);
      assertRefused(await load.putUntilRefused(), hint);
      const {refused, lines} = await hammer(server, load, 2.2, some);
      assert.ok(refused > 20 || some, `${refused} refused`);
      assert.ok((lines.length >= 1 || some) && lines.length <= 3, `a line a second: ${lines.join('\n')}`);
      if (lines.length > 1) assert.match(lines.at(-1), /\(\d+ more like this in between\)$/);
      await load.check(); // reads go on
      // What changes tables is refused as well, and leaves nothing behind.
      if (!some) assertRefused(await load.call('CreateTable', {...INDEX, TableName: 'Other'}), hint);
      assert.deepEqual((await load.call('ListTables', {})).json, {TableNames: ['Wire']});
      await end(server, load);
      const ms = await load.untilTaken(2000);
      t.diagnostic(`${refused} refused, ${lines.length} lines; the first write after ${ms.toFixed(0)} ms`);
      for (let i = 0; i < 300; ++i) assert.equal((await load.put()).status, 200);
      assert.match(server.output.stderr, /takes writes again\n/);
    }
    await load.check();
    await server.kill();
    server = await startServer(args, process.env, {through});
    load.attach(server.port);
    await load.check();
    const {Streams} = (await load.call('ListStreams', {}, {
      headers: {'X-Amz-Target': 'DynamoDBStreams_20120810.ListStreams'}})).json;
    assert.deepEqual(Streams.map(({TableName}) => TableName), ['Wire']);
  } finally {
    await server.kill();
  }
}

describe('a full disk', {skip}, () => {
  test('filled by somebody else', async (t) => {
    const disk = await SmallDisk.make(160);
    try {
      await trouble(t, {
        directory: join(disk.path, 'data'),
        through: disk.through,
        begin: () => disk.fill(),
        end: () => disk.free(),
        hint: /^the disk of data directory \S+ is full: free some space/,
      });
    } finally {
      await disk.remove();
    }
  });

  test('filled by the data itself, and during writes', async (t) => {
    const disk = await SmallDisk.make(160);
    try {
      disk.run('dd', 'if=/dev/zero', `of=${disk.path}/other`, 'bs=1M', 'count=90');
      await trouble(t, {
        directory: join(disk.path, 'data'),
        through: disk.through,
        begin: async (server, load) => {
          const writing = load.putUntilRefused();
          await sleep(30);
          disk.run('sh', '-c', `dd if=/dev/zero of=${disk.path}/ballast bs=64k count=500 2>&1; true`);
          await writing;
        },
        end: () => disk.run('rm', '-f', `${disk.path}/ballast`, `${disk.path}/other`),
        hint: /is full/,
        rounds: 1,
        some: true, // what compaction frees is there for writes
      });
    } finally {
      await disk.remove();
    }
  });

  test('at the start: one line', async () => {
    const disk = await SmallDisk.make(8);
    try {
      disk.fill();
      const {code, stdout, stderr} = await runToEnd(['--data-dir', `${disk.path}/data`], {through: disk.through});
      assert.deepEqual({code, stdout}, {code: 1, stdout: ''});
      assert.match(stderr, /^dynarock: cannot use data directory \S+: .*No space left on device.*\n$/);
    } finally {
      await disk.remove();
    }
  });

  test('at the end: one line, and status 1 since the report is not written', async () => {
    const disk = await SmallDisk.make(64);
    try {
      const server = await startServer(
        ['--data-dir', `${disk.path}/data`, '--report', `${disk.path}/report.json`, '--audit', `${disk.path}/audit`],
        process.env, {through: disk.through});
      const load = new Load(server.port);
      assert.equal((await load.call('CreateTable', INDEX)).status, 200);
      for (let i = 0; i < 100; ++i) await load.put();
      await sleep(150);
      disk.fill();
      for (let i = 0; i < 300; ++i) await load.put();
      await sleep(300);
      const {code, signal} = await server.stop();
      assert.deepEqual({code, signal}, {code: 1, signal: null});
      const lines = linesOf(server).filter((line) => line.startsWith('dynarock: '));
      assert.equal(lines.filter((line) => line.includes('--audit')).length, 1, lines.join('\n'));
      assert.equal(lines.filter((line) => line.includes('report.json')).length, 1, lines.join('\n'));
    } finally {
      await disk.remove();
    }
  });

  test('the audit trail has whole lines, and goes on', async () => {
    const disk = await SmallDisk.make(32);
    try {
      const audit = `${disk.path}/audit`;
      const server = await startServer(['--audit', audit], process.env, {through: disk.through});
      const load = new Load(server.port);
      assert.equal((await load.call('CreateTable', TABLE)).status, 200);
      for (let i = 0; i < 50; ++i) await load.put(100);
      await sleep(150);
      disk.fill();
      for (let i = 0; i < 2000; ++i) assert.equal((await load.put(100)).status, 200);
      await sleep(250);
      assert.match(server.output.stderr, /--audit \S+: No space left on device; some lines are missing\n/);
      disk.free();
      for (let i = 0; i < 50; ++i) await load.put(100);
      await sleep(1300);
      for (let i = 0; i < 50; ++i) await load.put(100);
      await sleep(250);
      assert.match(server.output.stderr, /--audit \S+: lines are written again; [1-9]\d* are missing\n/);
      assert.equal(linesOf(server).filter((line) => line.includes('--audit')).length, 2);
      const lines = disk.run('cat', audit).trimEnd().split('\n');
      lines.forEach((line) => JSON.parse(line));
      assert.ok(lines.length > 100 && lines.length < 2100, `${lines.length}`);
      assert.equal((await server.stop()).code, 0);
    } finally {
      await disk.remove();
    }
  });
});

describe('a disk that refuses writes', () => {
  test('a limit for files, which is neither a full disk nor a read-only one', {
    skip: spawnSync('prlimit', ['--version']).error && 'needs prlimit',
  }, async (t) => {
    const directory = await mkdtemp(join(tmpdir(), 'dynarock-limit-'));
    const limit = (server, bytes) => assert.equal(spawnSync('prlimit', ['--pid', server.pid, `--fsize=${bytes}:`]).status, 0);
    try {
      await trouble(t, {
        directory,
        begin: (server) => limit(server, 20_000),
        end: (server) => limit(server, 'unlimited'),
        hint: /^the disk of data directory \S+ refuses writes \(IO error: .*File too large.*\): reads go on/,
      });
    } finally {
      await rm(directory, {recursive: true, force: true});
    }
  });

  test('read-only after an error of the file system', {skip: SmallDisk.whyNoExt4}, async () => {
    const disk = await SmallDisk.make(128, 'ext4');
    const args = ['--data-dir', join(disk.path, 'data')];
    try {
      let server = await startServer(args, process.env, {through: disk.through});
      const load = new Load(server.port);
      assert.equal((await load.call('CreateTable', INDEX)).status, 200);
      for (let i = 0; i < 500; ++i) assert.equal((await load.put()).status, 200);
      disk.run('sync');
      disk.run('mount', '-o', 'remount,abort', disk.path);
      const hint = /^the disk of data directory \S+ is read-only: make it writable/;
      assertRefused(await load.putUntilRefused(), hint);
      assertRefused(await load.put(), hint);
      await load.check();
      assert.equal((await server.stop()).signal, null);
      // At the start.
      const {code, stderr} = await runToEnd(args, {through: disk.through});
      assert.equal(code, 1);
      assert.match(stderr, /^dynarock: cannot use data directory \S+: not writable: Read-only file system\n$/);
      // Mended.
      disk.run('umount', disk.path);
      spawnSync(disk.through[0], [...disk.through.slice(1), 'e2fsck', '-y', disk.image]);
      disk.run('mount', '-o', 'loop', disk.image, disk.path);
      server = await startServer(args, process.env, {through: disk.through});
      load.attach(server.port);
      await load.check();
      await server.kill();
    } finally {
      await disk.remove();
    }
  });
});

describe('a data directory that is gone', () => {
  const GONE = /^data directory \S+ is gone: it was removed, moved or unmounted; put it back/;

  test('moved away and back', async (t) => {
    const parent = await mkdtemp(join(tmpdir(), 'dynarock-gone-'));
    const directory = join(parent, 'data');
    try {
      await trouble(t, {
        directory,
        begin: () => rename(directory, join(parent, 'elsewhere')),
        end: () => rename(join(parent, 'elsewhere'), directory),
        hint: GONE,
      });
    } finally {
      await rm(parent, {recursive: true, force: true});
    }
  });

  test('removed, and another one in its place', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'dynarock-gone-'));
    const directory = join(parent, 'data');
    const server = await startServer(['--data-dir', directory]);
    try {
      const load = new Load(server.port);
      assert.equal((await load.call('CreateTable', INDEX)).status, 200);
      for (let i = 0; i < 100; ++i) assert.equal((await load.put()).status, 200);
      await rm(directory, {recursive: true});
      assertRefused(await load.putUntilRefused(), GONE);
      await mkdir(join(directory, 'db'), {recursive: true});
      await sleep(150);
      assertRefused(await load.put(), GONE);
      await load.check();
      const {code, signal} = await server.stop();
      assert.deepEqual({code, signal}, {code: 1, signal: null});
    } finally {
      await server.kill();
      await rm(parent, {recursive: true, force: true});
    }
  });
});

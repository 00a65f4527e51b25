// --memory-limit: what is refused when memory is short, what goes on, and that it comes back.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import net from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {runToEnd, startServer} from './server.mjs';
import {PREFIX, TABLE, apiHeaders, request, wire} from './wire.mjs';

const MB = 1 << 20;
const LIMIT = 96;
const HINT = /^this is dynarock's own limit, not the service's: delete items or tables .* --memory-limit; reads and deletes go on$/;
const MESSAGE = new RegExp(
  `^The memory of the server is used up: \\d+ MB of the ${LIMIT} MB of --memory-limit, of which ${LIMIT * 0.75} MB are for data$`);

async function withServer(args, body) {
  const server = await startServer(['--memory-limit', `${LIMIT}MB`, ...args]);
  let most = 0;
  let running = true;
  const resident = async (name) =>
    Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(await readFile(`/proc/${server.pid}/status`, 'utf8'))[1]) / 1024;
  const watching = (async () => {
    for (; running; await sleep(5)) most = Math.max(most, await resident('VmRSS').catch(() => 0));
  })();
  try {
    await body(server, wire(server.port), resident);
    const peak = await resident('VmHWM');
    assert.ok(peak < LIMIT, `${peak} MB resident at the most`);
  } finally {
    running = false;
    await watching;
    await server.stop();
  }
}

function assertShort(answer) {
  assert.equal(answer.status, 400, answer.text);
  assert.equal(answer.json.__type, `${PREFIX.dynamodb}ItemCollectionSizeLimitExceededException`);
  assert.match(answer.json.message, MESSAGE);
  assert.match(answer.headers['x-dynarock-hint'], HINT);
}

const item = (id, bytes) => ({pk: {S: id}, text: {S: randomBytes(bytes * 0.75).toString('base64')}});

// Puts items until one is refused: the ids of the others.
async function fill(call, {prefix = '', bytes = 20_000, table = 'Wire'} = {}) {
  const ids = [];
  for (let refused = false; !refused; ) {
    assert.ok(ids.length * bytes < 2 * LIMIT * MB, 'nothing is refused');
    await Promise.all(Array.from({length: 4}, async (_, i) => {
      const id = `${prefix}${ids.length}.${i}`;
      const answer = await call('PutItem', {TableName: table, Item: item(id, bytes)});
      if (answer.status === 200) return ids.push(id);
      assertShort(answer);
      refused = true;
    }));
  }
  return ids;
}

// The same until nothing is taken for a while: compactions give memory back for some time after the last write.
async function saturate(call, prefix) {
  const ids = [];
  for (let refused = 0; refused < 25; ++refused) {
    const id = `${prefix}${ids.length}`;
    const answer = await call('PutItem', {TableName: 'Wire', Item: item(id, 20_000)});
    if (answer.status === 200) {
      ids.push(id);
      refused = 0;
    } else {
      await sleep(20);
    }
  }
  return ids;
}

async function untilTaken(call, put, atMostMs = 5000) {
  const begin = performance.now();
  for (;;) {
    const answer = await call('PutItem', put);
    if (answer.status === 200) return performance.now() - begin;
    assertShort(answer);
    assert.ok(performance.now() - begin < atMostMs, `no write is taken for ${atMostMs} ms`);
    await sleep(20);
  }
}

async function checkAll(call, ids, bytes = 20_000) {
  for (const id of ids) {
    const {json} = await call('GetItem', {TableName: 'Wire', Key: {pk: {S: id}}});
    assert.equal(json.Item?.text.S.length, bytes, `acknowledged, but not there: ${id}`);
  }
  let count = 0;
  for (let ExclusiveStartKey; ; ) {
    const {json} = await call('Scan', {TableName: 'Wire', ExclusiveStartKey});
    count += json.Count;
    if (!(ExclusiveStartKey = json.LastEvaluatedKey)) break;
  }
  assert.equal(count, ids.length);
}

// A sanitizer keeps what was freed, and its shadow counts as memory.
const skip = process.env.DYNAROCK_SANITIZED && 'memory under a sanitizer is another';
describe('--memory-limit', {skip}, () => {
  test('writes are refused, reads and deletes go on, and what is deleted makes room', (t) => withServer([], async (server, call, resident) => {
    await call('CreateTable', TABLE);
    const ids = [...await fill(call), ...await saturate(call, 'late')];
    t.diagnostic(`${ids.length} items of 20 KB in ${(await resident('VmRSS')).toFixed(0)} MB`);
    assert.ok(ids.length * 20_000 > 20 * MB, `${ids.length} items`);
    await checkAll(call, ids);
    const key = {pk: {S: ids[0]}};
    const first = {TableName: 'Wire', Key: key};
    // What does not grow goes on; what grows does not, whichever way.
    assert.equal((await call('PutItem', {TableName: 'Wire', Item: item(ids[0], 20_000)})).status, 200);
    assert.equal((await call('UpdateItem', {...first, UpdateExpression: 'SET seen = :t REMOVE #t',
      ExpressionAttributeNames: {'#t': 'text'}, ExpressionAttributeValues: {':t': {N: '1'}}})).status, 200);
    const more = item('new', 40_000);
    for (const [operation, body] of [
      ['PutItem', {TableName: 'Wire', Item: more}],
      ['UpdateItem', {...first, UpdateExpression: 'SET #t = :t',
        ExpressionAttributeNames: {'#t': 'text'}, ExpressionAttributeValues: {':t': more.text}}],
      ['BatchWriteItem', {RequestItems: {Wire: [{PutRequest: {Item: more}}, {DeleteRequest: {Key: {pk: {S: ids[1]}}}}]}}],
      ['ExecuteStatement', {Statement: 'INSERT INTO "Wire" VALUE {\'pk\': \'new\', \'text\': ?}', Parameters: [more.text]}],
    ]) {
      assertShort(await call(operation, body));
    }
    const {json: cancelled} = await call('TransactWriteItems', {TransactItems: [
      {Put: {TableName: 'Wire', Item: more}}, {Delete: {TableName: 'Wire', Key: {pk: {S: ids[1]}}}}]});
    assert.deepEqual(cancelled.CancellationReasons.map(({Code}) => Code), ['ItemCollectionSizeLimitExceeded', 'None']);
    // All or nothing.
    assert.ok((await call('GetItem', {TableName: 'Wire', Key: {pk: {S: ids[1]}}})).json.Item);

    const gone = ids.splice(0, ids.length / 2);
    for (const id of gone) {
      assert.equal((await call('DeleteItem', {TableName: 'Wire', Key: {pk: {S: id}}})).status, 200);
    }
    const ms = await untilTaken(call, {TableName: 'Wire', Item: item('again', 20_000)});
    ids.push('again');
    t.diagnostic(`a write is taken ${ms.toFixed(0)} ms after the deletes`);
    const again = await fill(call, {prefix: 'b'});
    assert.ok(again.length > gone.length / 4, `${again.length} more items after ${gone.length} were deleted`);
    await checkAll(call, [...ids, ...again]);

    const metrics = (await request(server.port, {method: 'GET', path: '/_dynarock/metrics'})).text;
    assert.match(metrics, new RegExp(`^dynarock_memory_limit_bytes ${LIMIT * MB}$`, 'm'));
    assert.match(metrics, new RegExp(`^dynarock_memory_data_limit_bytes ${LIMIT * 0.75 * MB}$`, 'm'));
    assert.match(metrics, /^dynarock_memory_refusals_total [1-9]\d*$/m);
  }));

  test('a dropped table makes room, five times over', () => withServer([], async (server, call) => {
    for (let round = 0; round < 5; ++round) {
      await call('CreateTable', TABLE);
      await call('CreateTable', {...TABLE, TableName: 'Kept'});
      await fill(call);
      await call('DeleteTable', {TableName: 'Wire'});
      await untilTaken(call, {TableName: 'Kept', Item: item('a', 20_000)});
      await call('DeleteTable', {TableName: 'Kept'});
    }
  }));

  test('small items with indexes and a stream', () => withServer([], async (server, call) => {
    const index = (name) => (
      {IndexName: name, KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}], Projection: {ProjectionType: 'ALL'}});
    const {status, text} = await call('CreateTable', {
      ...TABLE,
      AttributeDefinitions: [...TABLE.AttributeDefinitions, {AttributeName: 'g', AttributeType: 'S'}],
      GlobalSecondaryIndexes: [index('one'), index('two'), index('three')],
      StreamSpecification: {StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES'},
    });
    assert.equal(status, 200, text);
    let stored = 0;
    for (let refused = 0; refused < 40; ) {
      const answers = await Promise.all(Array.from({length: 8}, (_, i) => call('BatchWriteItem', {RequestItems: {
        Wire: Array.from({length: 25}, (_, j) => (
          {PutRequest: {Item: {...item(`${stored}.${i}.${j}`, 500), g: {S: `${i}.${j}`}}}}))}})));
      refused += answers.filter((answer) => answer.status !== 200).length;
      stored += answers.filter((answer) => answer.status === 200).length;
    }
    assert.ok(stored * 25 > 2000, `${stored * 25}`);
  }));

  test('large bodies in flight are bounded, and those refused are told so', () => withServer([], async (server, call) => {
    await call('CreateTable', TABLE);
    const body = JSON.stringify({RequestItems: {Wire: [{PutRequest: {Item: item('x', 8 * MB)}}]}});
    const head = `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n` +
      Object.entries(apiHeaders('BatchWriteItem')).map(([name, value]) => `${name}: ${value}\r\n`).join('') + '\r\n';
    // Forty clients that send nearly all of 8 MB and then wait.
    const sockets = await Promise.all(Array.from({length: 40}, async () => {
      const socket = net.connect(server.port, '127.0.0.1');
      socket.received = '';
      socket.on('data', (text) => (socket.received += text)).on('error', () => {});
      socket.write(head);
      socket.write(body.slice(0, -10));
      return socket;
    }));
    const refusedOnes = () => sockets.filter(({received}) => received.includes('\r\n\r\n{'));
    for (let i = 0; i < 100 && refusedOnes().length < 30; ++i) await sleep(100);
    await sleep(300);
    const refused = refusedOnes();
    assert.ok(refused.length > 20 && refused.length < 40, `${refused.length} refused`);
    for (const {received} of refused) {
      assert.match(received, /^HTTP\/1.1 500 /);
      assert.match(received, /x-dynarock-hint: large requests and answers in flight hold what --memory-limit \(96 MB\)/);
      assert.match(received, /InternalServerError","message":"There is not enough memory for this request at the moment"/);
    }
    sockets.forEach((socket) => socket.destroy());
    await sleep(100);
    // They gave it all back.
    assert.equal((await call('PutItem', {TableName: 'Wire', Item: item('a', 200_000)})).status, 200);
    const {status} = await call('BatchWriteItem', body); // one alone has room; the item is too large, of course
    assert.equal(status, 400);
  }));

  test('no memory for a body: status 500, and the server goes on', {
    skip: spawnSync('prlimit', ['--version']).error && 'needs prlimit',
  }, async () => {
    // Memory that malloc has reserved ahead for its threads would be enough for a body.
    const directory = await mkdtemp(join(tmpdir(), 'dynarock-memory-'));
    const server = await startServer(['--data-dir', directory], {...process.env, MALLOC_ARENA_MAX: '1'});
    const call = wire(server.port);
    await call('CreateTable', TABLE);
    const size = Number(/VmSize:\s+(\d+) kB/.exec(await readFile(`/proc/${server.pid}/status`, 'utf8'))[1]) * 1024;
    const allow = (bytes) => assert.equal(spawnSync('prlimit', ['--pid', server.pid, `--as=${bytes}:`]).status, 0);
    allow(size + 8 * MB);
    const {status, json} = await call('PutItem', {TableName: 'Wire', Item: item('large', 15 * MB)});
    allow('unlimited');
    assert.deepEqual({status, json}, {status: 500, json: {__type: `${PREFIX.coral}InternalFailure`}});
    // The answer may be here before the line is.
    for (let wait = 0; wait < 100 && !server.output.stderr; ++wait) await sleep(10);
    assert.match(server.output.stderr, /request failed: there is no memory left for its body\n$/);
    assert.equal((await call('PutItem', {TableName: 'Wire', Item: item('small', 100)})).status, 200);
    await server.stop();
    await rm(directory, {recursive: true});
  });

  for (const value of ['63MB', '64', 'much', '-1GB', '1.5GB', '99999999999GB', '128 B MB']) {
    test(`${value} is refused in one line`, async () => {
      const {code, stdout, stderr} = await runToEnd([`--memory-limit=${value}`]);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.match(stderr, /^dynarock: [^\n]*--memory-limit[^\n]*\n$/);
    });
  }
});

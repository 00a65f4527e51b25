// The endpoints under /_dynarock/: health, metrics, and who may reach them.
import assert from 'node:assert/strict';
import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {copyFile, mkdtemp, rm} from 'node:fs/promises';
import net from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {promisify} from 'node:util';
import {binary, runToEnd, startServer} from './server.mjs';
import {TABLE, request, wire} from './wire.mjs';

const get = (port, path, headers = {}, method = 'GET') => request(port, {method, path, headers});

// One raw request, for what Node.js would not send. Resolves to the answer's text.
function raw(port, text) {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = net.connect(port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8').on('data', (part) => (answer += part));
    socket.once('end', () => resolve(answer)).once('error', reject);
  });
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('control endpoints', () => {
  let server, call;
  before(async () => {
    server = await startServer(['--control-host', 'db.example']);
    call = wire(server.port);
    await call('CreateTable', TABLE);
  });
  after(() => server.stop());

  test('health', async () => {
    const answer = await get(server.port, '/_dynarock/health');
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-type'], 'application/json');
    assert.equal(answer.headers['cache-control'], 'no-store');
    const {uptime, version, ...rest} = JSON.parse(answer.text);
    assert.deepEqual(rest, {status: 'ready', tables: 1});
    assert.match(version, /^\d+\.\d+\.\d+$/);
    assert.ok(uptime > 0 && uptime < 60, uptime);
  });

  test('health to HEAD, and over HTTP/1.0 without Host', async () => {
    const answer = await get(server.port, '/_dynarock/health', {}, 'HEAD');
    assert.equal(answer.status, 200);
    assert.equal(answer.text, '');
    assert.match(await raw(server.port, 'GET /_dynarock/health HTTP/1.0\r\n\r\n'), /^HTTP\/1\.1 200 /);
  });

  test('metrics', async () => {
    await call('PutItem', {TableName: 'Wire', Item: {pk: {S: 'a'}}});
    await call('GetItem', {TableName: 'Wire', Key: {pk: {S: 'a'}}});
    await call('GetItem', {TableName: 'Wire', Key: {}});
    await call('GetItem', {TableName: 'None', Key: {pk: {S: 'a'}}});
    const answer = await get(server.port, '/_dynarock/metrics');
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8');
    const samples = new Map();
    const types = new Map();
    for (const line of answer.text.trimEnd().split('\n')) {
      const type = /^# TYPE (\S+) (counter|gauge|histogram)$/.exec(line);
      if (type) types.set(type[1], type[2]);
      if (line.startsWith('#')) continue;
      const sample = /^([a-z_]+)(\{(?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)+\})? ([0-9.e+-]+)$/.exec(line);
      assert.ok(sample, line);
      const name = sample[1].replace(/_(bucket|sum|count)$/, '');
      assert.ok(types.has(sample[1]) || types.get(name) === 'histogram', line);
      samples.set(sample[1] + (sample[2] ?? ''), Number(sample[3]));
    }
    const expected = {
      'dynarock_requests_total{operation="PutItem",status="2xx",error=""}': 1,
      'dynarock_requests_total{operation="GetItem",status="2xx",error=""}': 1,
      'dynarock_requests_total{operation="GetItem",status="4xx",error="ValidationException"}': 1,
      'dynarock_requests_total{operation="GetItem",status="4xx",error="ResourceNotFoundException"}': 1,
      'dynarock_request_duration_seconds_count{operation="GetItem"}': 3,
      'dynarock_request_duration_seconds_bucket{operation="GetItem",le="+Inf"}': 3,
      dynarock_tables: 1,
      'dynarock_table_items{namespace="",table="Wire",index=""}': 1,
      'dynarock_table_size_bytes{namespace="",table="Wire",index=""}': 3,
      dynarock_ready: 1,
    };
    for (const [name, value] of Object.entries(expected)) assert.equal(samples.get(name), value, name);
    assert.ok(samples.get('process_resident_memory_bytes') > 1e6);
    assert.ok(samples.get('dynarock_request_bytes_total{operation="PutItem"}') > 20);
  });

  test('an unknown path tells which there are', async () => {
    const answer = await get(server.port, '/_dynarock/nothing?x=1');
    assert.equal(answer.status, 404);
    const {error, endpoints} = JSON.parse(answer.text);
    assert.equal(error, 'there is no endpoint /_dynarock/nothing');
    const paths = endpoints.map(({method, path}) => `${method} ${path}`);
    assert.ok(paths.includes('GET /_dynarock/health') && paths.includes('GET /_dynarock/metrics'), paths);
  });

  test('a wrong method', async () => {
    const answer = await request(server.port, {method: 'POST', path: '/_dynarock/health', body: '{}'});
    assert.equal(answer.status, 405);
    assert.equal(answer.headers.allow, 'GET, HEAD');
  });

  test('other paths are the API', async () => {
    assert.equal((await get(server.port, '/_dynarock-x')).text, 'healthy: dynamodb.us-east-1.amazonaws.com ');
  });

  const own = () => `127.0.0.1:${server.port}`;
  for (const [name, headers, status] of [
    ['own origin', () => ({Origin: `http://${own()}`}), 200],
    ['another origin', () => ({Origin: 'http://app.example'}), 403],
    ['another port of this machine', () => ({Origin: 'http://localhost:3000'}), 403],
    ['a sandboxed page', () => ({Origin: 'null'}), 403],
    ['an image in another page', () => ({'Sec-Fetch-Site': 'cross-site'}), 403],
    ['a page at another port', () => ({'Sec-Fetch-Site': 'same-site'}), 403],
    ['typed by hand', () => ({'Sec-Fetch-Site': 'none'}), 200],
    ['DNS rebinding', () => ({Host: `evil.example:${server.port}`}), 403],
    ['DNS rebinding, with its origin', () => ({Host: 'evil.example', Origin: 'http://evil.example'}), 403],
    ['a configured name', () => ({Host: `db.example:${server.port}`}), 200],
    ["compose's service name", () => ({Host: `dynamodb:${server.port}`}), 200],
  ]) {
    for (const path of ['/_dynarock/health', '/_dynarock/metrics']) {
      test(`${path} for ${name}: ${status}`, async () => {
        const answer = await get(server.port, path, headers());
        assert.equal(answer.status, status, answer.text);
        assert.equal(answer.headers['access-control-allow-origin'], undefined);
        if (status === 403) assert.ok(JSON.parse(answer.text).error);
      });
    }
  }

  test('a preflight is refused', async () => {
    const headers = {Origin: 'http://app.example', 'Access-Control-Request-Method': 'POST'};
    const answer = await get(server.port, '/_dynarock/health', headers, 'OPTIONS');
    assert.equal(answer.status, 403);
    assert.equal(answer.headers['access-control-allow-methods'], undefined);
  });

  test('dynarock health', async () => {
    for (const args of [[server.endpoint], [`${server.endpoint}/`], ['--port', String(server.port)]]) {
      const {code, stdout, stderr} = await runToEnd(['health', ...args]);
      assert.deepEqual({code, stdout, stderr}, {code: 0, stdout: `${server.endpoint} is ready\n`, stderr: ''});
    }
  });
});

describe('dynarock health without a healthy server', () => {
  const fails = async (args, line, code = 1) => {
    const ended = await runToEnd(['health', ...args]);
    assert.deepEqual({code: ended.code, stdout: ended.stdout}, {code, stdout: ''});
    assert.match(ended.stderr, line);
    assert.equal(ended.stderr.trimEnd().split('\n').length, 1);
  };

  // A server that sends `answer` to whatever comes. Passes its URL to `body`.
  async function withAnswer(answer, body) {
    const server = net.createServer((socket) => socket.on('error', () => {}).once('data', () => socket.end(answer)));
    server.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    try {
      await body(`http://127.0.0.1:${server.address().port}`);
    } finally {
      server.close();
    }
  }

  test('nothing listens', () => fails(['http://127.0.0.1:1'], /^dynarock: cannot connect to 127\.0\.0\.1:1: nothing listens there$/m));
  test('no URL', () => fails(['localhost:8000'], /is not a URL/));
  test('a bad port in the URL', () => fails(['http://localhost:99999'], /is not a URL/));
  test('a name', () => fails(['http://db.example:8000'], /names are not looked up/));
  test('an unknown option', () => fails(['--no-such'], /--no-such/, 2));

  for (const [name, answer, line] of [
    ['starting', 'HTTP/1.1 503 x\r\nContent-Length: 21\r\n\r\n{"status":"starting"}', /is not ready: starting$/m],
    ['starting, chunked', 'HTTP/1.1 503 x\r\nTransfer-Encoding: chunked\r\n\r\n15\r\n{"status":"starting"}\r\n0\r\n\r\n', /is not ready: starting$/m],
    ['ready, but with an error', 'HTTP/1.1 500 x\r\n\r\n{"status":"ready"}', /is not ready/],
    ['a refusal', 'HTTP/1.1 403 x\r\n\r\n{"error":"x"}', /does not look like a dynarock server \(HTTP status 403\)/],
    ['another program', 'HTTP/1.1 200 OK\r\n\r\nhello', /does not look like a dynarock server \(HTTP status 200\)/],
    ['no HTTP', 'SSH-2.0-x\r\n', /no answer from .*: the answer is not HTTP/],
    ['an answer cut off', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{', /the connection ended too early/],
    ['no answer', '', /the connection ended too early/],
  ]) {
    test(name, () => withAnswer(answer, (url) => fails([url], line)));
  }
});

test('dynarock health over TLS', async () => {
  const server = await startServer(['--tls']);
  try {
    const over = await runToEnd(['health', server.endpoint]);
    assert.deepEqual([over.code, over.stdout, over.stderr], [0, `${server.endpoint} is ready\n`, '']);
    assert.equal((await runToEnd(['health', '--tls', '--port', String(server.port)])).code, 0);
    const plain = await runToEnd(['health', server.endpoint.replace('https', 'http')]);
    assert.equal(plain.code, 1);
    assert.match(plain.stderr, /does not look like a dynarock server \(HTTP status 400\)/);
  } finally {
    await server.stop();
  }
  const plain = await startServer(['--isolate']);
  try {
    const {code, stderr} = await runToEnd(['health', plain.endpoint.replace('http', 'https')]);
    assert.equal(code, 1);
    assert.match(stderr, /^dynarock: no answer from .*: it does not speak TLS\n$/);
  } finally {
    await plain.stop();
  }
});

// A server that a health check finds by its process, as in a container.
test('dynarock health without arguments finds the one running server', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'dynarock-health-'));
  const program = join(dir, 'dynarock');
  await copyFile(binary, program);
  const args = ['-jar', 'DynamoDBLocal.jar', '-inMemory', '--port', String(await freePort()), '--host', '127.0.0.1'];
  const health = () => promisify(execFile)(program, ['health']).catch((error) => error);
  const child = spawn(program, args, {stdio: ['ignore', 'pipe', 'inherit']});
  const exited = new Promise((resolve) => child.once('exit', resolve));
  try {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    while (!output.includes('listens')) await once(child.stdout, 'data');
    assert.equal((await health()).stdout, `http://127.0.0.1:${args[4]} is ready\n`);
  } finally {
    child.kill('SIGTERM');
    await exited;
    await rm(dir, {recursive: true});
  }
});

test('--control-token: all but health ask for it', async () => {
  const server = await startServer(['--control-token', 's3cret']);
  try {
    assert.equal((await get(server.port, '/_dynarock/health')).status, 200);
    const refused = await get(server.port, '/_dynarock/metrics');
    assert.equal(refused.status, 401);
    assert.match(refused.headers['www-authenticate'], /^Bearer/);
    assert.equal((await get(server.port, '/_dynarock/none')).status, 401);
    assert.equal((await get(server.port, '/_dynarock/metrics', {Authorization: 'Bearer wrong'})).status, 401);
    assert.equal((await get(server.port, '/_dynarock/metrics', {Authorization: 'Bearer s3cret'})).status, 200);
    assert.equal((await get(server.port, '/_dynarock/metrics', {'x-dynarock-token': 's3cret'})).status, 200);
    const page = {'x-dynarock-token': 's3cret', Origin: 'http://app.example'};
    assert.equal((await get(server.port, '/_dynarock/metrics', page)).status, 403);
  } finally {
    await server.stop();
  }
});

test('--no-control: nothing is there', async () => {
  const server = await startServer(['--no-control']);
  try {
    for (const path of ['/_dynarock/health', '/_dynarock/metrics', '/_dynarock/', '/_dynarock']) {
      const answer = await get(server.port, path);
      assert.equal(answer.status, 404, path);
      assert.equal(JSON.parse(answer.text).endpoints, undefined);
    }
    assert.equal((await get(server.port, '/')).status, 200);
    const {code, stderr} = await runToEnd(['health', server.endpoint]);
    assert.equal(code, 1);
    assert.match(stderr, /has no health endpoint/);
  } finally {
    await server.stop();
  }
});

// How requests and replies travel: connections, transfer and content encodings, sizes, the end of the server.
import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import {after, before, describe, test} from 'node:test';
import {deflateSync, gunzipSync, gzipSync} from 'node:zlib';
import {startServer} from './server.mjs';
import {TABLE, apiHeaders, assertReplyHeaders, request, wire} from './wire.mjs';

let server, call;
before(async () => {
  server = await startServer();
  call = wire(server.port);
  await call('CreateTable', TABLE);
});
after(() => server.stop());

function rawRequest(operation, body, extra = '') {
  const headers = Object.entries(apiHeaders(operation)).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `POST / HTTP/1.1\r\nHost: localhost\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n${extra}\r\n${body}`;
}

// Sends text over one connection and collects what comes back until `done` says so or the connection ends.
function converse(text, done, {timeoutMs = 5000} = {}) {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = net.connect(server.port, '127.0.0.1', () => socket.write(text));
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`no complete answer; received: ${received}`));
    }, timeoutMs);
    const finish = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(received);
    };
    socket.setEncoding('utf8').on('data', (part) => {
      received += part;
      if (done(received, socket)) finish();
    });
    socket.on('end', finish);
    socket.on('error', reject);
  });
}

describe('connections', () => {
  test('one connection serves many requests', async () => {
    const agent = new http.Agent({keepAlive: true, maxSockets: 1});
    const ports = new Set();
    agent.on('free', (socket) => ports.add(socket.localPort));
    for (let i = 0; i < 20; ++i) assert.equal((await call('ListTables', {}, {agent})).status, 200);
    assert.equal(ports.size, 1);
    agent.destroy();
  });

  test('a connection survives errors', async () => {
    const agent = new http.Agent({keepAlive: true, maxSockets: 1});
    const ports = new Set();
    agent.on('free', (socket) => ports.add(socket.localPort));
    for (const body of ['x', {TableName: 1}, {TableName: 'NoSuchTable'}, '']) {
      assert.equal((await call('DescribeTable', body, {agent})).status, 400);
    }
    assert.equal(ports.size, 1);
    agent.destroy();
  });

  test('pipelined requests are answered in order', async () => {
    const names = ['aaa', 'bbb', 'ccc', 'ddd'];
    const text = names.map((name) => rawRequest('DescribeTable', `{"TableName":"${name}"}`)).join('');
    const answer = await converse(text, (all) => names.every((name) => all.includes(`Table: ${name} not found`)));
    const order = names.map((name) => answer.indexOf(`Table: ${name} not found`));
    assert.deepEqual(order, order.toSorted((a, b) => a - b));
  });

  test('Connection: close is honoured', async () => {
    const answer = await converse(rawRequest('ListTables', '{}', 'Connection: close\r\n'), () => false);
    assert.match(answer, /^HTTP\/1\.1 200 /);
    assert.match(answer, /connection: close/i);
  });

  test('Expect: 100-continue', async () => {
    const body = '{}';
    const whole = rawRequest('ListTables', body, 'Expect: 100-continue\r\n');
    let sent = false;
    const answer = await converse(whole.slice(0, -body.length), (all, socket) => {
      if (!sent && all.includes('100 Continue')) {
        sent = true;
        socket.write(body);
      }
      return all.includes('"TableNames"');
    });
    assert.match(answer, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
  });

  test('garbage ends one connection, not the server', async () => {
    await converse('\u0000\u0001 not HTTP at all\r\n\r\n', () => false).catch(() => {});
    assert.equal((await call('ListTables', {})).status, 200);
  });
});

describe('request bodies', () => {
  const item = {pk: {S: 'encoded'}, text: {S: 'x'.repeat(5000)}};
  const put = JSON.stringify({TableName: 'Wire', Item: item});
  const stored = async () => (await call('GetItem', {TableName: 'Wire', Key: {pk: item.pk}})).json;

  const cases = [
    ['chunked', put, {}, {chunked: true}],
    ['gzip', gzipSync(put), {'Content-Encoding': 'gzip'}],
    ['gzip, chunked', gzipSync(put), {'Content-Encoding': 'gzip'}, {chunked: true}],
    [
      'two gzip members',
      Buffer.concat([gzipSync(put.slice(0, 100)), gzipSync(put.slice(100))]),
      {'Content-Encoding': 'gzip'},
    ],
    ['deflate', deflateSync(put), {'Content-Encoding': 'deflate'}],
  ];
  for (const [name, body, headers, options = {}] of cases) {
    test(name, async () => {
      await call('DeleteItem', {TableName: 'Wire', Key: {pk: item.pk}});
      const answer = await request(server.port, {headers: apiHeaders('PutItem', headers), body, ...options});
      assert.deepEqual({status: answer.status, text: answer.text}, {status: 200, text: '{}'});
      assert.deepEqual(await stored(), {Item: item});
    });
  }
});

describe('size of a request', () => {
  const LIMIT = 16 * 1024 * 1024;
  const padded = (size) => {
    const frame = '{"Unknown":""}';
    return `{"Unknown":"${'x'.repeat(size - frame.length)}"}`;
  };

  test('16 MiB are taken', async () => {
    const answer = await call('ListTables', padded(LIMIT));
    assert.equal(answer.status, 200);
  });
  const tooLarge = (answer) => {
    assert.equal(answer.status, 413);
    assert.equal(answer.text, '');
    assert.equal(answer.headers['x-amzn-requestid'], undefined);
  };
  test('one byte more is refused', async () => tooLarge(await call('ListTables', padded(LIMIT + 1))));
  test('also when only the inflated body is that large', async () => {
    const body = gzipSync(padded(LIMIT + 1));
    tooLarge(await call('ListTables', body, {headers: {'Content-Encoding': 'gzip'}}));
  });
  test('the server lives on', async () => assert.equal((await call('ListTables', {})).status, 200));
});

describe('compressed replies', () => {
  const large = {pk: {S: 'large'}, text: {S: 'abc'.repeat(4000)}};
  const key = {TableName: 'Wire', Key: {pk: large.pk}};
  before(() => call('PutItem', {TableName: 'Wire', Item: large}));

  test('gzip where the client accepts it', async () => {
    const answer = await call('GetItem', key, {headers: {'Accept-Encoding': 'gzip'}});
    assert.equal(answer.headers['content-encoding'], 'gzip');
    assertReplyHeaders(answer);
    assert.deepEqual(JSON.parse(gunzipSync(answer.body)), {Item: large});
  });
  for (const accept of [null, 'identity', 'gzip;q=0']) {
    test(`not for Accept-Encoding ${accept}`, async () => {
      const answer = await call('GetItem', key, {headers: {'Accept-Encoding': accept}});
      assert.equal(answer.headers['content-encoding'], undefined);
      assert.deepEqual(answer.json, {Item: large});
    });
  }
});

describe('the end', () => {
  for (const signal of ['SIGTERM', 'SIGINT']) {
    test(`${signal} stops the server soon, with a connection open`, {skip: process.env.DYNAROCK_ENDPOINT && 'needs a server of its own'}, async () => {
      const own = await startServer(['--log-level', 'warn']);
      const agent = new http.Agent({keepAlive: true});
      await wire(own.port)('ListTables', {}, {agent});
      const begin = Date.now();
      process.kill(own.pid, signal);
      const {code} = await own.exited();
      assert.equal(code, 0);
      assert.ok(Date.now() - begin < 5000, `took ${Date.now() - begin} ms`);
      agent.destroy();
    });
  }
});

// Headers of replies: checksum, request id, content type, CORS.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {startServer} from './server.mjs';
import {TABLE, assertReplyHeaders, request, wire} from './wire.mjs';

let server, call;
before(async () => {
  server = await startServer();
  call = wire(server.port);
  await call('CreateTable', TABLE);
});
after(() => server.stop());

describe('checksum and request id', () => {
  const cases = [
    ['success', 'ListTables', {}],
    ['success without members', 'GetItem', {TableName: 'Wire', Key: {pk: {S: 'absent'}}}],
    ['validation error', 'GetItem', {TableName: 'Wire', Key: {other: {S: 'x'}}}],
    ['missing table', 'GetItem', {TableName: 'NoSuchTable', Key: {pk: {S: 'x'}}}],
    ['bad type', 'GetItem', {TableName: 1}],
  ];
  for (const [name, operation, body] of cases) {
    test(name, async () => assertReplyHeaders(await call(operation, body)));
  }

  test('an empty object has the known checksum', async () => {
    const answer = await call('GetItem', {TableName: 'Wire', Key: {pk: {S: 'absent'}}});
    assert.equal(answer.text, '{}');
    assert.equal(answer.headers['x-amz-crc32'], '2745614147');
  });

  test('text outside ASCII', async () => {
    const item = {pk: {S: 'naïve 日本 😀'}, v: {S: '\u2028\u0000"\\/'}};
    await call('PutItem', {TableName: 'Wire', Item: item});
    const answer = await call('GetItem', {TableName: 'Wire', Key: {pk: item.pk}});
    assert.deepEqual(answer.json, {Item: item});
    assertReplyHeaders(answer);
  });

  test('request ids differ', async () => {
    const ids = new Set();
    for (let i = 0; i < 50; ++i) ids.add((await call('ListTables', {})).headers['x-amzn-requestid']);
    assert.equal(ids.size, 50);
  });

  test('Date and Content-Length are there', async () => {
    const answer = await call('ListTables', {});
    assert.ok(Math.abs(Date.parse(answer.headers.date) - Date.now()) < 5000);
    assert.equal(answer.headers['content-length'], String(answer.body.length));
  });
});

describe('content type', () => {
  const cases = [
    ['application/x-amz-json-1.0', 'application/x-amz-json-1.0'],
    ['application/json', 'application/json'],
    ['application/json; charset=utf-8', 'application/json'],
    ['application/x-amz-json-1.0 ; charset=utf-8', 'application/x-amz-json-1.0'],
  ];
  for (const [sent, expected] of cases) {
    test(`${sent} is answered with ${expected}`, async () => {
      const answer = await call('ListTables', {}, {headers: {'Content-Type': sent}});
      assert.equal(answer.status, 200);
      assert.equal(answer.headers['content-type'], expected);
    });
  }
  test('errors too', async () => {
    const answer = await call('DescribeTable', {TableName: 'NoSuchTable'});
    assert.equal(answer.headers['content-type'], 'application/x-amz-json-1.0');
  });
});

describe('CORS', () => {
  test('preflight', async () => {
    const answer = await request(server.port, {
      method: 'OPTIONS',
      headers: {
        Origin: 'http://app.example',
        'Access-Control-Request-Headers': 'x-amz-target,authorization',
        'Access-Control-Request-Method': 'POST',
      },
    });
    assert.equal(answer.status, 200);
    assert.equal(answer.text, '');
    assert.equal(answer.headers['content-length'], '0');
    assert.equal(answer.headers['access-control-allow-origin'], '*');
    assert.equal(answer.headers['access-control-allow-headers'], 'x-amz-target,authorization');
    assert.equal(answer.headers['access-control-allow-methods'], 'POST');
    assert.equal(answer.headers['access-control-max-age'], '172800');
  });

  test('preflight that asks for nothing', async () => {
    const answer = await request(server.port, {method: 'OPTIONS', headers: {Origin: 'null'}});
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['access-control-allow-headers'], undefined);
    assert.equal(answer.headers['access-control-allow-methods'], undefined);
    assert.equal(answer.headers['access-control-max-age'], '172800');
  });

  for (const [name, operation, body] of [
    ['success', 'ListTables', {}],
    ['error', 'DescribeTable', {TableName: 'NoSuchTable'}],
    ['broken JSON', 'ListTables', 'x'],
  ]) {
    test(`Origin is answered on ${name}`, async () => {
      const answer = await call(operation, body, {headers: {Origin: 'http://app.example'}});
      assert.equal(answer.headers['access-control-allow-origin'], '*');
    });
  }

  test('no Origin, no header', async () => {
    assert.equal((await call('ListTables', {})).headers['access-control-allow-origin'], undefined);
  });
});

// Routing and the answers to requests that never reach an operation.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {startServer} from './server.mjs';
import {PREFIX, apiHeaders, assertError, assertReplyHeaders, assertSerialization, request, wire} from './wire.mjs';

let server, call;
before(async () => {
  server = await startServer();
  call = wire(server.port);
});
after(() => server.stop());

const UNKNOWN_OPERATION = `${PREFIX.coral}UnknownOperationException`;
const NOT_FOUND_BODY = '<UnknownOperationException/>\n';

describe('GET', () => {
  for (const path of ['/', '/shell', '/any/path?query=1']) {
    test(`${path} tells that the server is healthy`, async () => {
      const answer = await request(server.port, {method: 'GET', path});
      assert.equal(answer.status, 200);
      assert.equal(answer.text, 'healthy: dynamodb.us-east-1.amazonaws.com ');
      assert.equal(answer.headers['x-amz-crc32'], '3128867991');
      assertReplyHeaders(answer);
    });
  }
});

describe('answers 404 with XML', () => {
  const cases = [
    ['wrong method PUT', {method: 'PUT', headers: apiHeaders('ListTables'), body: '{}'}],
    ['wrong method DELETE', {method: 'DELETE', headers: apiHeaders('ListTables')}],
    ['OPTIONS without Origin', {method: 'OPTIONS'}],
    ['no content type', {headers: apiHeaders('ListTables', {'Content-Type': null}), body: '{}'}],
    ['JSON 1.1', {headers: apiHeaders('ListTables', {'Content-Type': 'application/x-amz-json-1.1'}), body: '{}'}],
    ['form', {headers: apiHeaders('ListTables', {'Content-Type': 'application/x-www-form-urlencoded'}), body: 'a=b'}],
  ];
  for (const [name, options] of cases) {
    test(name, async () => {
      const answer = await request(server.port, options);
      assert.equal(answer.status, 404);
      assert.equal(answer.text, NOT_FOUND_BODY);
      assert.equal(answer.headers['content-type'], undefined);
      assert.equal(answer.headers['x-amz-crc32'], '3552371480');
      assertReplyHeaders(answer);
    });
  }
});

describe('body is not JSON', () => {
  const cases = [
    ['words', 'hello'],
    ['cut off', '{"TableName":"a"'],
    ['trailing text', '{} x'],
    ['trailing comma', '{"a":1,}'],
    ['an array', '[]'],
    ['a string', '"x"'],
    ['a number', '1'],
    ['null', 'null'],
    ['raw control character in a string', '{"TableName":"a\u0001b"}'],
    ['broken UTF-8', Buffer.from('7b225461626c654e616d65223a22ff227d', 'hex')],
  ];
  for (const [name, body] of cases) {
    test(name, async () => {
      const answer = await call('DescribeTable', body);
      assertSerialization(answer);
      assertReplyHeaders(answer);
    });
  }

  test('the bare answer has the known checksum', async () => {
    const answer = await call('ListTables', 'hello');
    assert.equal(answer.text, '{"__type":"com.amazon.coral.service#SerializationException"}');
    assert.equal(answer.headers['x-amz-crc32'], '3948637019');
  });
});

describe('X-Amz-Target', () => {
  const cases = [
    ['absent', null],
    ['empty', ''],
    ['unknown API', 'DynamoDB_20991231.ListTables'],
    ['unknown operation', 'DynamoDB_20120810.MakeTea'],
    ['wrong letter case', 'DynamoDB_20120810.listTables'],
    ['no operation', 'DynamoDB_20120810'],
    ['three parts', 'DynamoDB_20120810.ListTables.More'],
    ['an operation of the other API', 'DynamoDBStreams_20120810.ListTables'],
    ['an operation of streams, of the other API', 'DynamoDB_20120810.ListStreams'],
  ];
  for (const [name, target] of cases) {
    test(name, async () => {
      const answer = await call('ListTables', {}, {headers: {'X-Amz-Target': target}});
      assertError(answer, UNKNOWN_OPERATION);
      assert.equal(answer.headers['x-amz-crc32'], '1368724161');
      assertReplyHeaders(answer);
    });
  }

  for (const operation of ['CreateGlobalTable', 'CreateBackup', 'StartBulkPutItems']) {
    test(`${operation} is refused while it does not exist`, async () => {
      assertError(await call(operation, {}), UNKNOWN_OPERATION, `dynarock does not implement ${operation} yet`);
    });
  }

  test('the path is not looked at', async () => {
    const answer = await call('ListTables', {}, {path: '/some/path'});
    assert.equal(answer.status, 200);
  });
});

describe('order of checks', () => {
  const noAuth = {Authorization: null};
  test('content type before JSON', async () => {
    const answer = await call('ListTables', 'hello', {headers: {'Content-Type': 'text/plain'}});
    assert.equal(answer.status, 404);
  });
  test('JSON before target', async () => {
    assertSerialization(await call('MakeTea', 'hello', {headers: noAuth}));
  });
  test('target before authentication', async () => {
    assertError(await call('MakeTea', {}, {headers: noAuth}), UNKNOWN_OPERATION);
  });
  test('authentication before an empty body', async () => {
    const answer = await call('ListTables', '', {headers: noAuth});
    assertError(answer, `${PREFIX.coral}MissingAuthenticationTokenException`, 'Request is missing Authentication Token');
  });
  test('an empty body is refused', async () => {
    assertSerialization(await call('ListTables', ''));
  });
  test('an empty body needs no content type', async () => {
    assertSerialization(await call('ListTables', '', {headers: {'Content-Type': null}}));
  });
  test('types before constraints', async () => {
    const answer = await call('PutItem', {TableName: '', Item: 'x'});
    assertSerialization(answer, 'Unexpected field type');
  });
});

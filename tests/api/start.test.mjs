// Starting the program: its own options, DynamoDB Local's, what it prints, and logs.
import assert from 'node:assert/strict';
import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {after, before, describe, test} from 'node:test';
import {runToEnd, startServer} from './server.mjs';
import {TABLE, assertReplyHeaders, request, wire} from './wire.mjs';

async function withServer(args, body) {
  const server = await startServer(args);
  try {
    return await body(server, wire(server.port));
  } finally {
    await server.stop();
  }
}

const JAR = ['-Xmx256m', '-Djava.library.path=./DynamoDBLocal_lib', '-jar', 'DynamoDBLocal.jar'];
const LOCAL_HEALTH =
  '{"__type":"com.amazonaws.dynamodb.v20120810#MissingAuthenticationToken",' +
  '"message":"Request must contain either a valid (registered) AWS access key ID or X.509 certificate."}';

describe("DynamoDB Local's arguments", () => {
  let dir;
  before(async () => (dir = await mkdtemp(join(tmpdir(), 'dynarock-start-'))));
  after(() => rm(dir, {recursive: true, force: true}));

  test('the banner comes first, then where it listens', () =>
    withServer([...JAR, '-inMemory', '-sharedDb', '-cors', '*'], async (server) => {
      const lines = server.output.stdout.trimEnd().split('\n');
      const version = /^Version:\t(\d+\.\d+\.\d+)$/.exec(lines[3])?.[1];
      assert.deepEqual(lines, [
        'Initializing DynamoDB Local with the following configuration:',
        `Port:\t${server.port}`,
        'InMemory:\ttrue',
        `Version:\t${version}`,
        'DbPath:\tnull',
        'SharedDb:\ttrue',
        'shouldDelayTransientStatuses:\tfalse',
        'CorsParams:\t*',
        `dynarock ${version} listens on http://127.0.0.1:${server.port} (in memory)`,
      ]);
    }));

  test('GET answers 400, whatever the path; POST is served', () =>
    withServer(['-inMemory'], async (server, call) => {
      for (const path of ['/', '/shell/', '/any?x']) {
        const answer = await request(server.port, {method: 'GET', path});
        assert.equal(answer.status, 400);
        assert.equal(answer.text, LOCAL_HEALTH);
        assertReplyHeaders(answer);
      }
      assert.equal((await call('ListTables', {})).status, 200);
      assert.equal((await request(server.port, {method: 'GET', path: '/_dynarock/health'})).status, 200);
    }));

  test('GET answers 200 without them, 400 with --local-health', async () => {
    await withServer(['--isolate'], async ({port}) => {
      assert.equal((await request(port, {method: 'GET'})).status, 200);
    });
    await withServer(['--local-health'], async ({port}) => {
      assert.equal((await request(port, {method: 'GET'})).text, LOCAL_HEALTH);
    });
  });

  for (const [name, args, shared] of [['without', ['-inMemory'], false], ['with', ['-inMemory', '-sharedDb'], true]]) {
    test(`${name} -sharedDb tables are ${shared ? 'everybody\'s' : 'of a key and a region'}`, () =>
      withServer(args, async (server, call) => {
        await call('CreateTable', TABLE);
        const Authorization =
          'AWS4-HMAC-SHA256 Credential=OTHERKEY/20260102/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';
        const {json} = await call('ListTables', {}, {headers: {Authorization}});
        assert.deepEqual(json, {TableNames: shared ? ['Wire'] : []});
      }));
  }

  test('-dbPath keeps data, -optimizeDbBeforeStartup too', async () => {
    const args = [...JAR, '-sharedDb', '-dbPath', dir];
    await withServer(args, async (server, call) => {
      await call('CreateTable', TABLE);
      await call('PutItem', {TableName: 'Wire', Item: {pk: {S: 'kept'}}});
    });
    assert.deepEqual(await readdir(dir), ['dynarock-data']);
    await withServer([...args, '-optimizeDbBeforeStartup'], async (server, call) => {
      const {json} = await call('GetItem', {TableName: 'Wire', Key: {pk: {S: 'kept'}}});
      assert.deepEqual(json, {Item: {pk: {S: 'kept'}}});
    });
  });

  test('-delayTransientStatuses: states of global indexes only', () =>
    withServer(['-inMemory', '-sharedDb', '-delayTransientStatuses'], async (server, call) => {
      const status = async () => {
        const {Table} = (await call('DescribeTable', {TableName: 'Wire'})).json;
        return [Table.TableStatus, ...(Table.GlobalSecondaryIndexes ?? []).map((index) => index.IndexStatus)];
      };
      await call('CreateTable', TABLE);
      assert.deepEqual(await status(), ['ACTIVE']);
      const {status: updated, text} = await call('UpdateTable', {
        TableName: 'Wire',
        AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],
        GlobalSecondaryIndexUpdates: [
          {Create: {IndexName: 'other', KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}], Projection: {ProjectionType: 'ALL'}}},
        ],
      });
      assert.equal(updated, 200, text);
      assert.deepEqual((await status()).at(-1), 'CREATING');
      for (let i = 0; i < 100 && (await status()).at(-1) === 'CREATING'; ++i) await sleep(50);
      assert.deepEqual(await status(), ['ACTIVE', 'ACTIVE']);
      await call('UpdateTable', {TableName: 'Wire', GlobalSecondaryIndexUpdates: [{Delete: {IndexName: 'other'}}]});
      assert.deepEqual((await status()).at(-1), 'DELETING');
    }));

  for (const [args, line] of [
    [['-inMemory', '-dbPath', '.'], '-inMemory and -dbPath cannot be used together'],
    [['-inMemory', '-optimizeDbBeforeStartup'], '-optimizeDbBeforeStartup needs -dbPath DIR'],
    [['-inMemory', '-port', '0'], '-port: 0 is not a port from 1 to 65535'],
    [['-dbPath', '/no/such/place'], '-dbPath: there is no directory /no/such/place'],
    [['-inMemroy'], '-inMemroy is neither an option of dynarock nor of DynamoDB Local'],
  ]) {
    test(`${args.join(' ')}: one line`, async () => {
      const {code, stdout, stderr} = await runToEnd([...JAR, ...args]);
      assert.deepEqual({code, stdout, stderr}, {code: 2, stdout: '', stderr: `dynarock: ${line} (try --help)\n`});
    });
  }
});

describe('--cors', () => {
  const preflight = (port, Origin) =>
    request(port, {method: 'OPTIONS', headers: {Origin, 'Access-Control-Request-Method': 'POST'}});
  for (const args of [
    ['--cors', 'http://app.example,http://localhost:3000'],
    ['-inMemory', '-cors', 'HTTP://App.example/,http://localhost:3000'],
  ]) {
    test(`${args.join(' ')}: these origins only`, () =>
      withServer(args, async (server, call) => {
        for (const Origin of ['http://app.example', 'http://localhost:3000']) {
          const allowed = await preflight(server.port, Origin);
          assert.equal(allowed.headers['access-control-allow-origin'], Origin);
          assert.equal(allowed.headers['access-control-allow-methods'], 'POST');
          assert.equal(allowed.headers.vary, 'Origin');
          const answer = await call('ListTables', {}, {headers: {Origin}});
          assert.equal(answer.headers['access-control-allow-origin'], Origin);
        }
        for (const Origin of ['http://app.example:81', 'https://app.example', 'http://evil.example', 'null']) {
          const refused = await preflight(server.port, Origin);
          assert.equal(refused.headers['access-control-allow-origin'], undefined, Origin);
          assert.equal(refused.headers['access-control-allow-methods'], undefined, Origin);
          const answer = await call('ListTables', {}, {headers: {Origin}});
          assert.equal(answer.headers['access-control-allow-origin'], undefined, Origin);
          assert.equal(answer.headers.vary, 'Origin');
        }
      }));
  }
});

describe('the command line', () => {
  test('--help fits a screen, --help-all has the rest', async () => {
    const {code, stdout, stderr} = await runToEnd(['--help']);
    assert.deepEqual({code, stderr}, {code: 0, stderr: ''});
    const lines = stdout.trimEnd().split('\n');
    assert.ok(lines.length <= 40, `${lines.length} lines`);
    for (const line of lines) assert.ok(line.length <= 80, line);
    assert.match(stdout, /dynarock health \[URL\]/);
    const all = await runToEnd(['--help-all']);
    assert.equal(all.code, 0);
    for (const option of ['--host', '--shard-ms', '--stream-retention-ms', '--control-host']) {
      assert.match(all.stdout, new RegExp(`^ +${option} `, 'm'));
    }
    assert.equal((await runToEnd(['-help'])).stdout, stdout);
    assert.match((await runToEnd(['health', '--help'])).stdout, /^usage: dynarock health/);
  });

  test('--version and -version', async () => {
    for (const args of [['--version'], ['-version'], [...JAR, '-version']]) {
      const {code, stdout} = await runToEnd(args);
      assert.equal(code, 0);
      assert.match(stdout, /^dynarock \d+\.\d+\.\d+\n$/);
    }
  });

  for (const args of [['--nope'], ['nope'], ['--port', 'x'], ['--cors', 'x'], ['--fsync'], ['--compact'], ['--log-format', 'xml']]) {
    test(`${args.join(' ')}: one line, exit code 2`, async () => {
      const {code, stdout, stderr} = await runToEnd(args);
      assert.deepEqual({code, stdout}, {code: 2, stdout: ''});
      assert.match(stderr, /^dynarock: .+ \(try --help\)\n$/);
    });
  }
});

describe('logs', () => {
  async function logged(args) {
    const server = await startServer(['--log-level', 'debug', ...args]);
    const call = wire(server.port);
    await call('ListTables', {});
    const failed = await call('GetItem', {TableName: 'no"such\\table', Key: {pk: {S: 'x'}}});
    const unsigned = await call('ListTables', {}, {headers: {Authorization: null}});
    assert.equal(unsigned.status, 400);
    await server.stop();
    return {lines: server.output.stderr.trimEnd().split('\n'), failed};
  }

  test('json: one object a line', async () => {
    const {lines, failed} = await logged(['--log-format', 'json']);
    const [ok, error, auth] = lines.map((line) => JSON.parse(line));
    assert.deepEqual(Object.keys(ok), ['time', 'level', 'message', 'operation', 'status', 'error', 'request_id', 'latency_ms']);
    assert.match(ok.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.ok(Math.abs(Date.parse(ok.time) - Date.now()) < 60_000);
    assert.deepEqual([ok.level, ok.message, ok.operation, ok.status, ok.error], ['debug', 'ok', 'ListTables', 200, null]);
    assert.ok(ok.latency_ms > 0 && ok.latency_ms < 10_000);
    assert.deepEqual([error.operation, error.status, error.error], ['GetItem', 400, 'ValidationException']);
    assert.equal(error.message, failed.json.message);
    assert.equal(error.request_id, failed.headers['x-amzn-requestid']);
    assert.match(auth.message, /^MissingAuthenticationTokenException: /);
    assert.equal(lines.length, 3);
  });

  test('text', async () => {
    const {lines} = await logged([]);
    assert.match(lines[0], /^\d{4}-\S+ debug ListTables ok$/);
    assert.match(lines[1], /^\d{4}-\S+ debug GetItem ValidationException: /);
  });
});

// How CI services, compose files and scripts decide that DynamoDB Local is ready: each way replayed against a server
// with the arguments that its users give.
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {after, before, describe, test} from 'node:test';
import {DynamoDBClient, ListTablesCommand} from '@aws-sdk/client-dynamodb';
import {binary} from '../api/server.mjs';
import {request, wire} from '../api/wire.mjs';
import {connects, freePort, makeHome, run, until} from './home.mjs';

const missing = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0 && `${program} is not here`;
const BANNER = 'Initializing DynamoDB Local with the following configuration:';

let home;
before(async () => (home = await makeHome()));
after(() => home.remove());

// Starts dynarock with these words, of which PORT becomes a free port, waits for nothing, and passes {port, output}.
async function withStarted(words, body) {
  const port = await freePort();
  const args = words.map((word) => (word === 'PORT' ? String(port) : word));
  const child = spawn(binary, args, {cwd: home.installPath, stdio: ['ignore', 'pipe', 'pipe']});
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const exited = new Promise((resolve) => child.once('exit', resolve));
  try {
    await body({port, child, output: () => output});
  } catch (error) {
    error.message += `\nthe server said: ${output}`;
    throw error;
  } finally {
    child.kill('SIGTERM');
    await exited;
  }
}

const IN_MEMORY = ['-jar', 'DynamoDBLocal.jar', '-inMemory', '-sharedDb', '-port', 'PORT'];
const sh = (command) => run('sh', ['-c', command]);

describe('shell and curl', {skip: missing('curl')}, () => {
  test('compose: until the status of GET / is 400', () =>
    withStarted(IN_MEMORY, async ({port}) => {
      const check = `[ "$(curl -s -o /dev/null -w '%{http_code}' http://localhost:${port})" = 400 ]`;
      await until(async () => (await sh(check)).code === 0, check);
    }));

  test('GitHub Actions: curl URL || exit 1', () =>
    withStarted(['--port', 'PORT'], async ({port}) => {
      const check = `curl http://localhost:${port} || exit 1`;
      await until(async () => (await sh(check)).code === 0, check);
    }));

  test('curl -f succeeds without DynamoDB Local\'s arguments, and fails with them', async () => {
    for (const [words, code] of [[['--port', 'PORT'], 0], [IN_MEMORY, 22]]) {
      await withStarted(words, async ({port}) => {
        await until(() => connects(port), 'the port');
        assert.equal((await sh(`curl -fs -o /dev/null http://localhost:${port}/`)).code, code);
      });
    }
  });

  test('GET /shell/ is answered as GET / is', () =>
    withStarted(IN_MEMORY, async ({port}) => {
      await until(() => connects(port), 'the port');
      assert.equal((await request(port, {method: 'GET', path: '/shell/'})).status, 400);
    }));
});

describe('dynamodb-action', () => {
  for (const more of [
    ['-inMemory', '-cors', '*'],
    ['-dbPath', './data', '-sharedDb', '-cors', '*', '-delayTransientStatuses', '-optimizeDbBeforeStartup'],
  ]) {
    test(more.join(' '), async () => {
      await mkdir(join(home.installPath, 'data'), {recursive: true});
      await withStarted(['-jar', 'DynamoDBLocal.jar', '-port', 'PORT', ...more], async ({port}) => {
        await until(() => connects(port), 'the port');
        assert.equal((await wire(port)('ListTables', {})).status, 200);
      });
    });
  }
});

describe('testcontainers', () => {
  // GenericContainer waits for the port from outside and, by a shell in the container, from inside.
  test('the listening port, from outside and in /proc/net/tcp', {skip: process.platform !== 'linux' && 'no /proc here'}, () =>
    withStarted(['-jar', 'DynamoDBLocal.jar', '-sharedDb', '-dbPath', '.', '-port', 'PORT'], async ({port}) => {
      await until(() => connects(port), 'the port');
      const hex = port.toString(16);
      const {code} = await sh(`cat /proc/net/tcp* | awk '{print $2}' | grep -i ':0*${hex}'`);
      assert.equal(code, 0);
    }));

  test('a log line, and GET /', () =>
    withStarted(['--port', 'PORT'], async ({port, output}) => {
      await until(() => /listens on http:/.test(output()), 'the line');
      assert.equal((await request(port, {method: 'GET'})).status, 200);
    }));
});

describe('watchers of the banner', () => {
  test('its first line comes first, its table of settings after, when the port is open', () =>
    withStarted(IN_MEMORY, async ({port, output}) => {
      await until(() => output().includes(BANNER), 'the banner');
      assert.equal(await connects(port), true);
      await until(() => output().includes('CorsParams:'), 'the end of the banner');
      const lines = output().split('\n');
      assert.equal(lines[0], BANNER);
      const settings = Object.fromEntries(lines.slice(1).filter((line) => line.includes('\t')).map((line) => line.split('\t')));
      assert.equal(settings['Port:'], String(port));
      assert.equal(settings['InMemory:'], 'true');
      assert.equal(settings['DbPath:'], 'null');
      assert.equal(settings['SharedDb:'], 'true');
      assert.equal(settings['shouldDelayTransientStatuses:'], 'false');
    }));
});

describe('LocalStack', () => {
  const start = (where) => [
    '-Xmx256m', '-javaagent:aws-lambda-agent.jar', '-jar', 'DynamoDBLocal.jar', '-port', 'PORT', ...where,
    '-delayTransientStatuses',
  ];
  for (const where of [['-inMemory'], ['-dbPath', '.', '-optimizeDbBeforeStartup']]) {
    test(`the port, then ListTables, ten times at 0.4 s: ${where.join(' ')}`, () =>
      withStarted(start(where), async ({port}) => {
        let status;
        for (let i = 0; i < 10 && status !== 200; ++i) {
          if (i > 0) await sleep(400);
          status = (await connects(port)) && (await wire(port)('ListTables', {})).status;
        }
        assert.equal(status, 200);
      }));
  }

  test('accounts and regions are apart without -sharedDb', () =>
    withStarted(['-jar', 'DynamoDBLocal.jar', '-inMemory', '-port', 'PORT'], async ({port}) => {
      await until(() => connects(port), 'the port');
      const client = (accessKeyId, region) =>
        new DynamoDBClient({endpoint: `http://127.0.0.1:${port}`, region, credentials: {accessKeyId, secretAccessKey: 'x'}});
      const {status} = await wire(port)('CreateTable', {
        TableName: 'mine',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],
        KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
      });
      assert.equal(status, 200);
      for (const [key, region, names] of [
        ['AKIDEXAMPLE', 'us-east-1', ['mine']],
        ['000000000001', 'us-east-1', []],
        ['AKIDEXAMPLE', 'eu-west-1', []],
      ]) {
        const db = client(key, region);
        assert.deepEqual((await db.send(new ListTablesCommand({}))).TableNames, names, `${key} ${region}`);
        db.destroy();
      }
    }));
});

describe('scripts', () => {
  test('Node: ListTables until it succeeds', () =>
    withStarted(IN_MEMORY, async ({port}) => {
      const db = new DynamoDBClient({
        endpoint: `http://localhost:${port}`,
        region: 'local',
        credentials: {accessKeyId: 'x', secretAccessKey: 'x'},
        maxAttempts: 1,
      });
      await until(() => db.send(new ListTablesCommand({})).then(() => true, () => false), 'ListTables');
      db.destroy();
    }));

  test('aws dynamodb list-tables until it succeeds', {skip: missing('aws')}, () =>
    withStarted(IN_MEMORY, async ({port}) => {
      const loop = `until aws dynamodb list-tables --endpoint-url http://localhost:${port}; do sleep 0.1; done`;
      const {code, output} = await run('sh', ['-c', loop], {
        timeout: 20_000,
        env: {...process.env, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_DEFAULT_REGION: 'us-east-1'},
      });
      assert.equal(code, 0, output);
      assert.match(output, /"TableNames": \[\]/);
    }));

  test('.NET Aspire: its options', () =>
    withStarted(
      ['-jar', 'DynamoDBLocal.jar', '-port', 'PORT', '-sharedDb', '-inMemory', '-disableTelemetry', '-delayTransientStatuses'],
      async ({port}) => {
        await until(() => connects(port), 'the port');
        assert.equal((await wire(port)('ListTables', {})).status, 200);
      },
    ));
});

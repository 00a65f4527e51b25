// The image as people run it. container.mjs says what to set so that these tests run.
import assert from 'node:assert/strict';
import {chmod, mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {request, wire} from '../api/wire.mjs';
import {declaredHealth, freePort, idsOf, imageSize, launch, listening, ways} from './container.mjs';
import {imageConfig} from './dockerfile.mjs';

const MEGABYTE = 1_000_000;
// Podman's own words, for instance about a missing systemd.
const OF_THE_ENGINE = /^time="/;
const HEALTH = imageConfig().healthcheck;
const TABLE = {
  TableName: 'music',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{AttributeName: 'artist', AttributeType: 'S'}],
  KeySchema: [{AttributeName: 'artist', KeyType: 'HASH'}],
};
const ITEM = {artist: {S: 'Acme Band'}, songs: {N: '3'}};
const KEY = {TableName: 'music', Key: {artist: ITEM.artist}};

let root;
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'dynarock-container-'));
  await chmod(root, 0o755);
});
after(() => rm(root, {recursive: true, force: true}));

// A folder of the host for a mount. A container's user is another one than the test's.
async function folder(name, mode = 0o777) {
  const path = join(root, name);
  await mkdir(path, {recursive: true});
  await chmod(path, mode);
  return path;
}

async function createTableAndItem(port) {
  const call = wire(port);
  assert.equal((await call('CreateTable', TABLE)).status, 200);
  assert.equal((await call('PutItem', {TableName: 'music', Item: ITEM})).status, 200);
}

async function readItem(port) {
  const answer = await wire(port)('GetItem', KEY);
  assert.equal(answer.status, 200, answer.text);
  return answer.json.Item;
}

test('both variants of the image are configured alike', () => {
  const [alone, withShell] = [imageConfig(), imageConfig('debian')];
  assert.deepEqual(alone, withShell);
  assert.match(alone.user, /^[1-9]\d*:[1-9]\d*$/);
  assert.deepEqual(alone.ports, [8000]);
  assert.deepEqual(alone.volumes, ['/data']);
});

for (const way of ways) {
  if (way.skip) {
    test(`container from ${way.name}`, {skip: way.skip}, () => {});
    continue;
  }
  describe(`container from ${way.name}`, () => {
    // Runs `body(container, port)` with a container that listens on `port`, and removes the container.
    async function withContainer(options, body) {
      const port = await freePort();
      const container = launch(way, {env: {DYNAROCK_PORT: String(port)}, ...options(port)});
      try {
        await listening(container, port);
        return await body(container, port);
      } finally {
        container.remove();
        await container.exited;
      }
    }
    const plain = () => ({});

    // The container must end by itself, without having served, with one line on stderr.
    async function refused(options) {
      const port = await freePort();
      const container = launch(way, {env: {DYNAROCK_PORT: String(port)}, ...options});
      try {
        const {code, stderr, stdout} = await container.exited;
        assert.doesNotMatch(stdout, /listens/);
        const lines = stderr.trim().split('\n').filter((line) => !OF_THE_ENGINE.test(line));
        assert.equal(lines.length, 1, stderr);
        return {code, line: lines[0]};
      } finally {
        container.remove();
      }
    }

    test('is at most 16 MB unpacked', async (t) => {
      const size = await imageSize(way);
      t.diagnostic(`${(size / MEGABYTE).toFixed(2)} MB unpacked`);
      assert.ok(size > 1 * MEGABYTE && size <= 16 * MEGABYTE, `${size} bytes`);
    });

    test('serves without options; the process is not root', () =>
      withContainer(plain, async (container, port) => {
        const ids = await idsOf(await container.pid());
        if (ids) assert.deepEqual(ids, {uid: 1000, gid: 1000});
        await createTableAndItem(port);
        assert.deepEqual(await readItem(port), ITEM);
        assert.equal((await request(port, {method: 'GET'})).status, 200);
      }));

    test('health: the command that HEALTHCHECK runs', () =>
      withContainer(plain, async (container) => {
        const {code, stderr} = await container.exec(HEALTH);
        assert.equal(code, 0, stderr);
      }));

    // Chroot leaves the process where it is, so that it is not process 1, whose command line tells the port.
    const isolated = way.name === 'image';

    if (isolated) {
      test('health: the image declares the check, and the engine finds the container healthy', () =>
        withContainer(plain, async (container) => assert.equal(await declaredHealth(container), true)));

      test('health: finds the port that the command line gave', () =>
        withContainer(
          (port) => ({env: {}, args: ['--port', String(port)]}),
          async (container) => {
            const {code, stderr} = await container.exec(HEALTH);
            assert.equal(code, 0, stderr);
          },
        ));
    }

    test('health: fails when nothing listens on the port it is told', () =>
      withContainer(plain, async (container) => {
        const {code, stderr} = await container.exec([...HEALTH, '--port', String(await freePort())]);
        assert.notEqual(code, 0);
        assert.equal(stderr.trim().split('\n').length, 1, stderr);
      }));

    test('health: only when schema and seed data are loaded', async (t) => {
      const path = await folder(`seed-${way.name}`);
      await writeFile(join(path, 'table.json'), JSON.stringify(TABLE));
      const line = (i) => JSON.stringify({artist: {S: `artist ${i}`}, songs: {N: String(i)}});
      await mkdir(join(path, 'items'));
      await writeFile(join(path, 'items', 'music.jsonl'), Array.from({length: 50_000}, (_, i) => line(i)).join('\n'));
      const port = await freePort();
      const env = {DYNAROCK_PORT: String(port), DYNAROCK_SCHEMA: '/seed/table.json', DYNAROCK_SEED: '/seed/items'};
      const container = launch(way, {env, mounts: {'/seed': path}, args: ['--transient-ms', '0']});
      let ended = false;
      container.exited.then(() => (ended = true));
      try {
        let failures = 0;
        while ((await container.exec(HEALTH)).code !== 0) assert.ok(++failures < 200 && !ended, 'never healthy');
        t.diagnostic(`${failures} checks failed before`);
        const call = wire(port);
        for (const i of [0, 49_999]) {
          const {json} = await call('GetItem', {TableName: 'music', Key: {artist: {S: `artist ${i}`}}});
          assert.deepEqual(json.Item?.songs, {N: String(i)});
        }
      } finally {
        container.remove();
      }
    });

    for (const signal of ['TERM', 'INT']) {
      test(`SIG${signal} ends it within a second, with code 0`, () =>
        withContainer(plain, async (container, port) => {
          await createTableAndItem(port);
          const start = performance.now();
          await container.signal(signal);
          const {code} = await container.exited;
          const ms = performance.now() - start;
          assert.equal(code, 0);
          assert.ok(ms < 1000, `${ms.toFixed(0)} ms`);
        }));
    }

    for (const [end, signal] of [['a stop', 'TERM'], ['a kill', 'KILL']]) {
      test(`the volume keeps data over ${end} and a new container`, async () => {
        const mounts = {'/data': await folder(`volume-${way.name}-${signal}`)};
        const args = ['--data-dir', '/data'];
        await withContainer(() => ({args, mounts}), async (container, port) => {
          await createTableAndItem(port);
          await container.signal(signal);
          await container.exited;
        });
        await withContainer(() => ({args, mounts}), async (_, port) => assert.deepEqual(await readItem(port), ITEM));
      });
    }

    test('a read-only root file system: in memory', () =>
      withContainer(() => ({readOnly: true}), async (container, port) => {
        await createTableAndItem(port);
        assert.deepEqual(await readItem(port), ITEM);
        assert.equal((await container.exec(HEALTH)).code, 0);
      }));

    test('a read-only root file system: with a volume', async () => {
      const mounts = {'/data': await folder(`read-only-${way.name}`)};
      await withContainer(() => ({readOnly: true, mounts, args: ['--data-dir', '/data']}), async (_, port) => {
        await createTableAndItem(port);
        assert.deepEqual(await readItem(port), ITEM);
      });
    });

    test('a read-only root file system: data beside the volume: one line, exit code 1', async () => {
      const {code, line} = await refused({readOnly: true, args: ['-jar', 'DynamoDBLocal.jar', '-dbPath', './data']});
      assert.equal(code, 1);
      assert.match(line, /^dynarock: .*data.*(not writable|Read-only)/i);
    });

    test('a volume that belongs to another user: one line, exit code 1', async () => {
      const mounts = {'/data': await folder(`foreign-${way.name}`, 0o755)};
      const {code, line} = await refused({mounts, args: ['--data-dir', '/data']});
      assert.equal(code, 1);
      assert.match(line, /^dynarock: .*\/data.*(not writable|Permission denied)/i);
    });

    test('a volume mounted read-only: one line, exit code 1', async () => {
      const mounts = {'/data': `${await folder(`locked-${way.name}`)}:ro`};
      const {code, line} = await refused({mounts, args: ['--data-dir', '/data']});
      assert.equal(code, 1);
      assert.match(line, /^dynarock: .*\/data.*(not writable|Read-only)/i);
    });

    for (const user of ['4711:4711', 'root', '0:0']) {
      test(`--user ${user}`, async () => {
        const mounts = {'/data': await folder(`user-${way.name}-${user.replace(':', '-')}`)};
        await withContainer(() => ({user, mounts, args: ['--data-dir', '/data']}), async (container, port) => {
          const ids = await idsOf(await container.pid());
          const uid = user === 'root' ? 0 : Number(user.split(':')[0]);
          if (ids) assert.equal(ids.uid, uid);
          await createTableAndItem(port);
        });
      });
    }

    test('an unknown option: one line, exit code 2', async () => {
      const {code, line} = await refused({args: ['--no-such-option']});
      assert.equal(code, 2);
      assert.match(line, /^dynarock: .*--no-such-option/);
    });

    describe("DynamoDB Local's arguments", () => {
      const shapes = [
        ['its default', (port) => ['-jar', 'DynamoDBLocal.jar', '-inMemory', '-port', port]],
        ['-inMemory -sharedDb', (port) => ['-jar', 'DynamoDBLocal.jar', '-inMemory', '-sharedDb', '-port', port]],
        [
          "with the JVM's",
          (port) => ['-Xmx512m', '-Djava.library.path=./DynamoDBLocal_lib', '-jar', 'DynamoDBLocal.jar', '-inMemory', '-port', port],
        ],
        ['without -jar', (port) => ['-inMemory', '-sharedDb', '-port', port]],
        ["dynamodb-action's", (port) => ['-jar', 'DynamoDBLocal.jar', '-port', port, '-inMemory', '-cors', '*']],
      ];
      for (const [name, args] of shapes) {
        test(name, () =>
          withContainer((port) => ({env: {}, args: args(String(port))}), async (container, port) => {
            assert.equal((await request(port, {method: 'GET'})).status, 400);
            await createTableAndItem(port);
            assert.deepEqual(await readItem(port), ITEM);
            if (isolated) assert.equal((await container.exec(HEALTH)).code, 0);
          }));
      }

      test('the port by environment', () =>
        withContainer(
          (port) => ({env: {DYNAROCK_PORT: String(port)}, args: ['-jar', 'DynamoDBLocal.jar', '-inMemory', '-sharedDb']}),
          async (_, port) => assert.equal((await request(port, {method: 'GET'})).status, 400),
        ));

      test('the entry point java', () =>
        withContainer(
          (port) => ({entrypoint: 'java', args: ['-jar', 'DynamoDBLocal.jar', '-sharedDb', '-inMemory', '-port', String(port)]}),
          async (_, port) => createTableAndItem(port),
        ));

      test("-dbPath ./data in the image's working directory keeps data", async () => {
        const mounts = {'/home/dynamodblocal/data': await folder(`dbpath-${way.name}`)};
        const options = (port) => ({
          mounts,
          workdir: '/home/dynamodblocal',
          args: ['-jar', 'DynamoDBLocal.jar', '-sharedDb', '-dbPath', './data', '-port', String(port)],
        });
        await withContainer(options, async (container, port) => {
          await createTableAndItem(port);
          await container.signal('TERM');
          await container.exited;
        });
        await withContainer(options, async (_, port) => assert.deepEqual(await readItem(port), ITEM));
      });

      test('-dbPath . and -dbPath ./data without a mount', async () => {
        for (const path of ['.', './data']) {
          await withContainer(
            (port) => ({args: ['-jar', 'DynamoDBLocal.jar', '-sharedDb', '-dbPath', path, '-port', String(port)]}),
            async (_, port) => {
              const call = wire(port);
              assert.equal((await call('ListTables', {})).status, 200);
            },
          );
        }
      });

      test('-inMemory and -dbPath together: one line, exit code not 0', async () => {
        const {code, line} = await refused({args: ['-jar', 'DynamoDBLocal.jar', '-inMemory', '-dbPath', './data']});
        assert.notEqual(code, 0);
        assert.match(line, /-inMemory/);
      });
    });

    test('cold start, from exec to the first answer', async (t) => {
      const times = [];
      for (let i = 0; i < 10; ++i) {
        const start = performance.now();
        await withContainer(plain, async (_, port) => {
          const {status} = await request(port, {method: 'GET'});
          times.push(performance.now() - start);
          assert.equal(status, 200);
        });
      }
      times.sort((a, b) => a - b);
      const [least, median] = [times[0], times[5]].map((ms) => ms.toFixed(1));
      const what = way.name === 'image' ? 'with the engine that creates the container' : 'the process alone';
      t.diagnostic(`${median} ms median, ${least} ms least, ${what}`);
      if (way.name === 'rootfs') assert.ok(times[5] < 250, `${median} ms`);
    });
  });
}

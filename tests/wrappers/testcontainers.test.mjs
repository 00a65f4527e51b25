// testcontainers and programs that call `docker run`, really run: where CONTAINER_IMAGE names an image and a Docker
// engine answers (DOCKER_HOST, or the usual socket; podman's service will do).
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {describe, test} from 'node:test';
import awsDynamodbLocal from 'aws-dynamodb-local';
import {GenericContainer, Wait} from 'testcontainers';
import {wire} from '../api/wire.mjs';
import {connects, freePort, run, until} from './home.mjs';

const image = process.env.CONTAINER_IMAGE;
const withShell = process.env.CONTAINER_IMAGE_WITH_SHELL;

function whyNot() {
  if (!image) return 'CONTAINER_IMAGE names no image';
  return spawnSync('docker', ['version'], {stdio: 'ignore'}).status !== 0 && 'no Docker engine answers';
}
const skip = whyNot();

// Podman leaves the time of health checks to systemd; without it, they never run.
function whyNoHealthChecks() {
  const engine = spawnSync('docker', ['version', '--format', '{{json .Server}}'], {encoding: 'utf8'}).stdout;
  return /podman/i.test(engine) && !existsSync('/run/systemd/system') && 'podman runs health checks by systemd, which is not here';
}

// Testcontainers would start a container of its own that cleans up; it is not wanted here.
process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
const LOCAL = ['-jar', 'DynamoDBLocal.jar', '-sharedDb', '-inMemory'];

async function works(container) {
  const {status, json} = await wire(container.getMappedPort(8000))('ListTables', {});
  assert.equal(status, 200);
  assert.deepEqual(json, {TableNames: []});
}

const rows = [
  ["waits for the image's health check", image, LOCAL, Wait.forHealthCheck(), whyNoHealthChecks],
  ["waits for GET / to answer 400, with DynamoDB Local's arguments", image, LOCAL, Wait.forHttp('/', 8000).forStatusCode(400)],
  ['waits for GET / to answer 200, without arguments', image, [], Wait.forHttp('/', 8000).forStatusCode(200)],
  ["waits for dynarock's line", image, [], Wait.forLogMessage(/listens on/)],
  ["waits for DynamoDB Local's first line", image, LOCAL, Wait.forLogMessage(/Initializing DynamoDB Local/)],
  ['waits for the listening port, which takes a shell in the container', withShell, LOCAL, Wait.forListeningPorts()],
];

// One row is enough to see that nothing was run.
if (skip) {
  test('testcontainers and docker run', {skip}, () => {});
} else {
  describe('testcontainers', () => {
    for (const [name, reference, command, strategy, reason] of rows) {
      const skip = reference ? (reason?.() ?? false) : 'CONTAINER_IMAGE_WITH_SHELL names no image';
      test(name, {skip, timeout: 60_000}, async () => {
        const container = await new GenericContainer(reference)
          .withExposedPorts(8000)
          .withCommand(command)
          .withWaitStrategy(strategy)
          .withStartupTimeout(20_000)
          .start();
        await works(container);
        await container.stop();
      });
    }
  });

  test('aws-dynamodb-local with docker: true and dockerImage', {timeout: 60_000}, async () => {
    const port = await freePort();
    await awsDynamodbLocal.start({port, docker: true, dockerImage: image, dockerRemove: true});
    assert.equal((await wire(port)('ListTables', {})).status, 200);
    await awsDynamodbLocal.stop(port);
    await until(async () => !(await connects(port)), 'the container to be gone');
  });

  test("dynamodb-action's docker run", async () => {
    const port = await freePort();
    const name = `dynarock-action-${port}`;
    const line = `docker run --name ${name} --rm -d -p ${port}:${port} ${image} -jar DynamoDBLocal.jar -port ${port} -inMemory -sharedDb -cors *`;
    const {code, output} = await run('docker', line.split(' ').slice(1));
    try {
      assert.equal(code, 0, output);
      await until(() => connects(port), 'the port');
      assert.equal((await wire(port)('ListTables', {})).status, 200);
    } finally {
      await run('docker', ['rm', '-f', name]);
    }
  });
}

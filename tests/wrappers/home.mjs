// A place where programs that run `java -jar DynamoDBLocal.jar` find dynarock instead.
import {spawn} from 'node:child_process';
import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import net from 'node:net';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {binary} from '../api/server.mjs';

// Makes the place: {root, installPath, env, remove()}. `env` has a PATH in which `java` is dynarock; in `installPath`
// lies a DynamoDBLocal.jar without content, since some programs download the jar where there is none.
export async function makeHome() {
  const root = await mkdtemp(join(tmpdir(), 'dynarock-wrappers-'));
  const installPath = join(root, 'dynamodb-local');
  await mkdir(join(root, 'bin'));
  await mkdir(installPath);
  await symlink(binary, join(root, 'bin', 'java'));
  await writeFile(join(installPath, 'DynamoDBLocal.jar'), '');
  return {
    root,
    installPath,
    env: {...process.env, PATH: join(root, 'bin') + delimiter + process.env.PATH},
    remove: () => rm(root, {recursive: true, force: true}),
  };
}

// A port that was free a moment ago: these programs want to name it.
export async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const {port} = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export function connects(port) {
  return new Promise((resolve) => {
    const socket = net.connect({port, host: '127.0.0.1'});
    socket.once('connect', () => (socket.destroy(), resolve(true))).once('error', () => resolve(false));
  });
}

// Waits until `condition()` resolves to true; fails after ten seconds.
export async function until(condition, what) {
  for (const deadline = performance.now() + 10_000; performance.now() < deadline; await sleep(20)) {
    if (await condition()) return;
  }
  throw new Error(`waited in vain: ${what}`);
}

// Runs a program to its end: {code, output}.
export function run(program, args, options = {}) {
  const child = spawn(program, args, {stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000, ...options});
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({code, output}));
  });
}

// Starts and stops containers for tests. What to start comes from the environment:
//
//   CONTAINER_IMAGE=REF    an image, run by CONTAINER_ENGINE (default: podman, else docker; words are split, so that
//                          "podman --runtime runc" will do) with CONTAINER_RUN_ARGS added to each `run`
//   CONTAINER_ROOTFS=DIR   an image's files, run by chroot as the image would be; needs root
//
// Both may be given. With neither, or without the program that it needs, the tests are skipped and say why.
import {spawn, spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import net from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {imageConfig} from './dockerfile.mjs';

const words = (text) => (text ?? '').split(/\s+/).filter(Boolean);
const installed = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

const engine = words(process.env.CONTAINER_ENGINE ?? ['podman', 'docker'].find(installed));
const runArgs = words(process.env.CONTAINER_RUN_ARGS);

// The ways in which containers are run here, each {name, skip}: `skip` is the reason why not, or false.
export const ways = [
  {name: 'image', reference: process.env.CONTAINER_IMAGE, skip: whyNoImage()},
  {name: 'rootfs', reference: process.env.CONTAINER_ROOTFS, skip: whyNoRootfs()},
];

function whyNoImage() {
  if (!process.env.CONTAINER_IMAGE) return 'CONTAINER_IMAGE names no image';
  if (!engine.length || !installed(engine[0])) return 'neither podman nor docker is here';
  return false;
}

function whyNoRootfs() {
  if (!process.env.CONTAINER_ROOTFS) return 'CONTAINER_ROOTFS names no folder';
  if (process.getuid() !== 0) return 'chroot needs root';
  return installed('unshare') ? false : 'unshare is not here';
}

// A port that was free a moment ago.
export async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const {port} = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

// Runs a program to its end: {code, signal, stdout, stderr}.
export function run([program, ...args], {timeoutMs = 20_000} = {}) {
  return finished(spawn(program, args, {stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs}));
}

function finished(child) {
  const output = {stdout: '', stderr: ''};
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (text) => (output[name] += text));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({code, signal, ...output}));
  });
}

let count = 0;
const left = new Set();
process.once('exit', () => left.forEach((end) => end()));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

// Starts a container. Options, all optional:
//   args           of the container: what follows the image's name
//   env            {NAME: value}
//   mounts         {'/path/in/it': '/folder/here'}; `:ro` at the end of the folder makes it read-only
//   readOnly       a read-only root file system
//   user, workdir, entrypoint: as `docker run` has them
//   flags          more words for `docker run`; images only
// Resolves to {pid, name, output, exited, exec(words), signal(name), remove()} at once, not when it is ready.
export function launch(way, options = {}) {
  return way.name === 'image' ? launchImage(way, options) : launchRootfs(way, options);
}

function launchImage(way, {args = [], env = {}, mounts = {}, readOnly, user, workdir, entrypoint, flags: more = []}) {
  const name = `dynarock-test-${process.pid}-${++count}`;
  const flags = ['--name', name, '--network=host', ...runArgs, ...more];
  for (const [key, value] of Object.entries(env)) flags.push('-e', `${key}=${value}`);
  for (const [path, folder] of Object.entries(mounts)) {
    const [source, mode] = folder.split(':');
    flags.push('-v', `${source}:${path}${mode ? `:${mode}` : ''}`);
  }
  // Podman would put a tmpfs on /tmp; Docker does not, and that is the harder case.
  if (readOnly) flags.push('--read-only', ...(engine[0].endsWith('podman') ? ['--read-only-tmpfs=false'] : []));
  if (user) flags.push('--user', user);
  if (workdir) flags.push('--workdir', workdir);
  if (entrypoint) flags.push('--entrypoint', entrypoint);
  const child = spawn(engine[0], [...engine.slice(1), 'run', ...flags, way.reference, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = () => spawnSync(engine[0], [...engine.slice(1), 'rm', '-f', '-v', name], {stdio: 'ignore'});
  left.add(end);
  return {
    name,
    exited: finished(child),
    exec: (command) => run([...engine, 'exec', name, ...command]),
    signal: (signal) => run([...engine, 'kill', '--signal', signal, name]),
    async pid() {
      return Number((await run([...engine, 'inspect', '--format', '{{.State.Pid}}', name])).stdout);
    },
    remove() {
      left.delete(end);
      end();
    },
  };
}

// The same by hand: mounts in a namespace of their own, then chroot, directory and user.
function launchRootfs(way, {args = [], env = {}, mounts = {}, readOnly, user, workdir, entrypoint}) {
  const config = imageConfig();
  const root = way.reference;
  const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
  const script = [`mount --bind ${quoted(root)} ${quoted(root)}`, `cd ${quoted(root)}`];
  for (const [path, folder] of Object.entries(mounts)) {
    const [source, mode] = folder.split(':');
    script.push(`mkdir -p .${path}`, `mount --bind ${quoted(source)} .${path}`);
    if (mode === 'ro') script.push(`mount -o remount,bind,ro .${path}`);
  }
  if (readOnly) script.push(`mount -o remount,bind,ro ${quoted(root)}`);
  const [uid, gid = uid] = (user ?? config.user).replace(/^root$/, '0').split(':');
  const enter = ['unshare', `--root=${root}`, `--wd=${workdir ?? config.workdir}`, `--setuid=${uid}`, `--setgid=${gid}`];
  const program = entrypoint ? [`/usr/bin/${entrypoint}`] : config.entrypoint;
  script.push(`exec ${[...enter, ...program, ...args].map(quoted).join(' ')}`);
  const environment = {PATH: process.env.PATH, ...config.env, ...env};
  const child = spawn('unshare', ['--mount', 'sh', '-ec', script.join('\n')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment,
  });
  const end = () => child.kill('SIGKILL');
  left.add(end);
  const inside = ([name, ...rest]) => [name.startsWith('/') ? name : `/usr/bin/${name}`, ...rest];
  return {
    name: root,
    exited: finished(child),
    exec: (command) =>
      finished(spawn(enter[0], [...enter.slice(1), ...inside(command)], {stdio: ['ignore', 'pipe', 'pipe'], env: environment})),
    signal: async (signal) => child.kill(`SIG${signal}`),
    pid: async () => child.pid,
    remove() {
      left.delete(end);
      end();
    },
  };
}

// Waits until something listens on `port`; fails when the container ends before.
export async function listening(container, port, {timeoutMs = 15_000} = {}) {
  const deadline = performance.now() + timeoutMs;
  let ended = null;
  container.exited.then((result) => (ended = result));
  for (;;) {
    if (ended) throw new Error(`the container ended with ${ended.code}:\n${ended.stdout}${ended.stderr}`);
    if (await connects(port)) return;
    if (performance.now() > deadline) throw new Error(`nothing listens on ${port} after ${timeoutMs} ms`);
    await sleep(2);
  }
}

export function connects(port) {
  return new Promise((resolve) => {
    const socket = net.connect({port, host: '127.0.0.1'});
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

// Whether the engine's own health check of a container succeeds, as the image declares it.
export async function declaredHealth(container) {
  if (engine[0].endsWith('podman')) return (await run([...engine, 'healthcheck', 'run', container.name])).code === 0;
  for (let i = 0; i < 100; ++i, await sleep(100)) {
    const {stdout} = await run([...engine, 'inspect', '--format', '{{.State.Health.Status}}', container.name]);
    if (stdout.trim() === 'healthy') return true;
  }
  return false;
}

// Bytes of the unpacked image.
export async function imageSize(way) {
  const found =
    way.name === 'image'
      ? await run([...engine, 'image', 'inspect', '--format', '{{.Size}}', way.reference])
      : await run(['sh', '-c', `find "$1" -type f -printf '%s\\n' | awk '{s += $1} END {print s + 0}'`, 'sh', way.reference]);
  return Number(found.stdout);
}

// User and group ids of a process, as the host sees them; null where /proc does not tell.
export async function idsOf(pid) {
  if (!existsSync(`/proc/${pid}/status`)) return null;
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const id = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)[1]);
  return {uid: id('Uid'), gid: id('Gid')};
}

// Starts and stops a server for tests. DYNAROCK_BIN names the program; DYNAROCK_ENDPOINT, when set, is a running
// server that tests without options of their own use instead.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';

export const binary =
  process.env.DYNAROCK_BIN ?? fileURLToPath(new URL('../../build/release/dynarock', import.meta.url));

// Whatever happens to the tests, no server outlives them.
const running = new Set();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

const READY = /(https?):\/\/127\.0\.0\.1:(\d+)/;

// Resolves when the server has printed its address. `args` follow --port and --host; `env` replaces the environment;
// `through` are the words of a command that runs the server in its own place, such as nsenter.
// {endpoint, port, pid, stop(): SIGTERM, kill(): SIGKILL, exited(): waits for {code, signal}}
export async function startServer(args = [], env = process.env, {through = []} = {}) {
  if (process.env.DYNAROCK_ENDPOINT && args.length === 0) return attached(process.env.DYNAROCK_ENDPOINT);
  const [program, ...words] = [...through, binary];
  const child = spawn(program, [...words, '--port', '0', '--host', '127.0.0.1', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  const output = {stdout: '', stderr: ''};
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (text) => (output[name] += text));
  }
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve({code: null, signal: null, error}));
    child.once('exit', (code, signal) => resolve({code, signal}));
  });
  // Where stdout is kept for a report, the line with the address is on stderr.
  const teller = args.some((arg, i) => arg === '-' && args[i - 1] === '--report') ? 'stderr' : 'stdout';
  const ready = new Promise((resolve) => {
    const look = () => READY.test(output[teller]) && resolve(Number(READY.exec(output[teller])[2]));
    child[teller].on('data', look);
  });
  const port = await Promise.race([ready, exited]);
  if (typeof port !== 'number') {
    throw new Error(
      `the server ended before it was ready: ${port.error ?? `exit ${port.code}`}\n` +
        `${output.stdout}${output.stderr}`,
    );
  }
  // A test that fails before it stops its server must not keep the runner waiting.
  child.unref();
  child.stdout.unref();
  child.stderr.unref();
  const end = async (signal) => {
    child.ref();
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return exited;
  };
  running.add(child);
  child.once('exit', () => running.delete(child));
  return {
    endpoint: `${READY.exec(output[teller])[1]}://127.0.0.1:${port}`,
    port,
    pid: child.pid,
    output,
    exited() {
      child.ref();
      return exited;
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

function attached(endpoint) {
  const nothing = async () => ({code: 0, signal: null});
  const port = Number(new URL(endpoint).port || 80);
  return {endpoint, port, pid: null, output: {stdout: '', stderr: ''}, stop: nothing, kill: nothing};
}

// Runs the program to its end: {code, stdout, stderr}. For starts that must fail, and for --help.
export async function runToEnd(args, {timeoutMs = 10_000, through = [], cwd, env = {}} = {}) {
  const [program, ...words] = [...through, binary];
  const child = spawn(program, [...words, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs, cwd, env: {...process.env, ...env},
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  const [code, signal] = await once(child, 'close');
  return {code, signal, stdout, stderr};
}

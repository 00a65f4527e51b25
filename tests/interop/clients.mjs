// The clients that take the scenario: what each needs, how it is started.
//
// name: its column in the table. suite: interop (part of ./dev test) or sdks. holdMs: how long the server holds a
// transaction's items; long enough for a second call of this client to meet them. lane: see run.mjs.
// prepare(): resolves to the command line to which the endpoint is added, or to {skip: why} when the toolchain or the
// registry is not there. It throws when what is there does not build: that is a failure.
import {execFile} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const BUILD = path('../../build/interop/');

// Runs a program to its end: {code, output}. A program that is not there has code ENOENT.
function run(program, args, options = {}) {
  return new Promise((resolve) => {
    execFile(program, args, {maxBuffer: 1 << 26, ...options}, (error, stdout, stderr) =>
      resolve({code: error ? error.code : 0, output: stdout, errors: stderr.trim()}),
    );
  });
}

async function must(program, args, options) {
  const {code, output, errors} = await run(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${code}\n${output}${errors}`);
  return output;
}

const atLeast = (found, least) => {
  const [a, b] = [found, least].map((text) => text.split('.').map(Number));
  return a[0] !== b[0] ? a[0] > b[0] : (a[1] ?? 0) >= (b[1] ?? 0);
};

// The version that `program args` prints, or {skip: why} if it is missing or older than `least`.
async function toolchain(name, program, args, pattern, least) {
  const {code, output, errors} = await run(program, args);
  if (code === 'ENOENT') return {skip: `no ${program} here`};
  const found = pattern.exec(output + errors)?.[1];
  if (code !== 0 || !found) return {skip: `${program} does not tell its version`};
  if (!atLeast(found, least)) return {skip: `${name} ${found} is older than ${least}`};
  return {version: found};
}

const node = (script) => async () => [process.execPath, path(script)];

async function debianPython() {
  const {code} = await run('/usr/bin/python3', ['-c', 'import boto3']);
  return code === 0 ? ['/usr/bin/python3', path('python/scenario.py')] : {skip: 'no python3-boto3 for /usr/bin/python3'};
}

// A Python of our own in build/, with these packages in their newest versions; or why not.
export async function newestPython(name, ...packages) {
  const folder = join(BUILD, name);
  const program = join(folder, 'bin/python');
  mkdirSync(BUILD, {recursive: true});
  if ((await run(program, ['-m', 'pip', 'show', '-q', ...packages])).code === 0) return {program};
  const made = await run('/usr/bin/python3', ['-m', 'venv', '--clear', folder]);
  if (made.code !== 0) return {skip: 'no python3-venv'};
  const {code} = await run(program, ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', ...packages], {
    timeout: 180_000,
  });
  return code === 0 ? {program} : {skip: `pip could not install ${packages.join(' and ')}`};
}

async function newestBoto3() {
  const {program, skip} = await newestPython('python', 'boto3');
  return skip ? {skip} : [program, path('python/scenario.py')];
}

async function debianCli() {
  if (!existsSync('/usr/bin/aws')) return {skip: 'no awscli'};
  return [process.execPath, path('cli/scenario.mjs'), '/usr/bin/aws'];
}

async function go() {
  const {skip} = await toolchain('Go', 'go', ['version'], /go(\d+\.\d+)/, '1.24');
  if (skip) return {skip};
  const program = join(BUILD, 'go-client');
  const options = {cwd: path('go'), env: {...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly -buildvcs=false'}};
  if ((await run('go', ['mod', 'download'], options)).code !== 0) return {skip: 'the Go modules cannot be had'};
  await must('go', ['build', '-o', program, '.'], options);
  return [program];
}

async function rust() {
  const {skip} = await toolchain('Rust', 'cargo', ['--version'], /cargo (\d+\.\d+)/, '1.94');
  if (skip) return {skip};
  const options = {cwd: path('rust'), env: {...process.env, CARGO_TARGET_DIR: join(BUILD, 'rust')}};
  if ((await run('cargo', ['fetch', '-q'], options)).code !== 0) return {skip: 'the crates cannot be had'};
  await must('cargo', ['build', '-q', '-j1'], options);
  return [join(BUILD, 'rust/debug/interop')];
}

// Maven finds the jars; javac compiles, so that no plugin is needed for it.
async function java(main) {
  const {skip} = await toolchain('Java', 'javac', ['-version'], /javac (\d+)/, '17');
  if (skip) return {skip};
  if ((await run('mvn', ['-v'])).code !== 0) return {skip: 'no mvn here'};
  const folder = join(BUILD, 'java');
  mkdirSync(folder, {recursive: true});
  const list = join(folder, 'classpath');
  const resolved = await run('mvn', ['-q', '-B', 'dependency:build-classpath', `-Dmdep.outputFile=${list}`], {
    cwd: path('java'),
  });
  if (resolved.code !== 0) return {skip: 'the Maven artifacts cannot be had'};
  const classpath = `${join(folder, 'classes')}:${readFileSync(list, 'utf8').trim()}`;
  const sources = readdirSync(path('java')).filter((name) => name.endsWith('.java'));
  await must('javac', ['-Werror', '-encoding', 'UTF-8', '-cp', classpath, '-d', join(folder, 'classes'), ...sources], {
    cwd: path('java'),
  });
  return ['java', '-XX:+UseSerialGC', '-Dfile.encoding=UTF-8', '-cp', classpath, main];
}

// One compilation for both Java clients.
let compiled;
const javaClient = (main) => async () => {
  compiled ??= java('Main');
  const prepared = await compiled;
  return prepared.skip ? prepared : [...prepared.slice(0, -1), main];
};

export const CLIENTS = [
  {name: 'JavaScript v3', suite: 'interop', prepare: node('javascript/client.mjs')},
  {name: 'JavaScript v3, lib-dynamodb', suite: 'interop', prepare: node('javascript/document.mjs')},
  {name: "boto3, Debian's", suite: 'interop', prepare: debianPython},
  {name: 'boto3, newest', suite: 'interop', prepare: newestBoto3},
  {name: "AWS CLI, Debian's", suite: 'interop', lane: 'cli', holdMs: 4000, prepare: debianCli},
  {name: 'Java v2', suite: 'sdks', prepare: javaClient('ClientScenario')},
  {name: 'Java v2, enhanced client', suite: 'sdks', prepare: javaClient('EnhancedScenario')},
  {name: 'Go v2', suite: 'sdks', prepare: go},
  {name: 'Rust', suite: 'sdks', prepare: rust},
];

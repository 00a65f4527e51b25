// Runs the documentation: each page of docs/quickstart and docs/testing in a folder of its own, its files and commands in order.
// What a page calls http://localhost:8000 is a server started for it. DOCS_PAGES=go,java names the pages; DOCS_ALL=1 takes
// those too whose packages take minutes to build (rust).
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {mkdir, mkdtemp, readFile, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, dirname, join} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {startServer} from '../api/server.mjs';
import {partsOf, programsOf} from './page.mjs';

const DOCS = fileURLToPath(new URL('../../docs', import.meta.url));
const SLOW = ['cargo'];
const wanted = process.env.DOCS_PAGES?.split(',');

const installed = (program) => spawnSync(program, ['--version'], {stdio: 'ignore'}).error === undefined;

function reasonToSkip(parts) {
  for (const program of programsOf(parts)) {
    if (!installed(program)) return `${program} is not installed`;
    if (SLOW.includes(program) && !process.env.DOCS_ALL && !wanted) return `builds for minutes; DOCS_ALL=1 runs it`;
  }
  return false;
}

// {code, output}
function shell(script, cwd) {
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('NODE_TEST_CONTEXT'));
  const child = spawn('sh', ['-e', '-c', script], {cwd, env: Object.fromEntries(environment), stdio: ['ignore', 'pipe', 'pipe']});
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({code, output}));
  });
}

async function runPage(parts) {
  const server = await startServer(['--log-level', 'warn']);
  const folder = await mkdtemp(join(tmpdir(), 'dynarock-docs-'));
  const local = (text) => text.replaceAll('localhost:8000', `localhost:${server.port}`);
  try {
    for (const {kind, argument, text} of parts) {
      if (kind === 'file') {
        await mkdir(dirname(join(folder, argument)), {recursive: true});
        await writeFile(join(folder, argument), local(text));
        continue;
      }
      const {code, output} = await shell(local(text), folder);
      if (kind === 'run') assert.equal(code, 0, `${text}\n${output}`);
      if (kind === 'fails') {
        assert.notEqual(code, 0, `${text} was to fail\n${output}`);
        assert.ok(output.includes(argument), `${argument}\nis not in\n${output}`);
      }
    }
  } finally {
    await server.stop();
    await rm(folder, {recursive: true, force: true});
  }
}

for (const folder of ['quickstart', 'testing']) {
  for (const file of (await readdir(join(DOCS, folder))).sort()) {
    const name = basename(file, '.md');
    if (wanted && !wanted.includes(name)) continue;
    const parts = partsOf(await readFile(join(DOCS, folder, file), 'utf8'));
    test(`docs/${folder}/${file}`, {skip: reasonToSkip(parts), timeout: 600_000}, async () => {
      assert.ok(parts.some(({kind}) => kind === 'run'), 'the page runs something');
      await runPage(parts);
    });
  }
}

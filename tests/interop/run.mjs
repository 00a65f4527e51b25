// Runs the clients of a suite, each against a server of its own, as tests of node's runner: one test a step. What came of
// it is kept in build/interop, from which table.mjs makes the table.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {after, describe, test} from 'node:test';
import {startServer} from '../api/server.mjs';
import {CLIENTS} from './clients.mjs';
import {STEPS, readOutput} from './scenario.mjs';
import {RESULTS, textTable} from './table.mjs';

const TIMEOUT_MS = 300_000;

// Runs a client to its end: {output, errors, code}.
async function runClient([program, ...args], holdMs) {
  const options = ['--transaction-hold-ms', String(holdMs), '--ttl-interval-ms', '100'];
  const server = await startServer(options);
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(program, [...args, server.endpoint], {stdio: ['ignore', 'pipe', 'pipe'], timeout: TIMEOUT_MS});
      let output = '';
      let errors = '';
      child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
      child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
      child.once('error', reject);
      child.once('close', (code, signal) => resolve({output, errors, code: code ?? signal}));
    });
  } finally {
    await server.stop();
  }
}

function keep(name, results) {
  mkdirSync(RESULTS, {recursive: true});
  const file = `${name.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()}.json`;
  writeFileSync(fileURLToPath(new URL(file, RESULTS)), JSON.stringify({name, ...results}));
}

// Prepares and runs a client: {skip} or {ended, results}.
async function take({name, prepare, holdMs = 400}) {
  const command = await prepare();
  if (command.skip) {
    keep(name, {skip: command.skip});
    return {skip: command.skip};
  }
  const ended = await runClient(command, holdMs);
  const results = readOutput(ended.output);
  keep(name, results);
  return {ended, results};
}

// Clients of one lane run one after the other, lanes beside each other: the AWS CLI spends most of its time waiting.
function takeAll(clients) {
  const lanes = new Map();
  return clients.map((client) => {
    const taken = (lanes.get(client.lane) ?? Promise.resolve()).then(() => take(client));
    lanes.set(client.lane, taken.catch(() => {}));
    // Whoever looks at it reports it.
    taken.catch(() => {});
    return taken;
  });
}

export function runSuite(suite) {
  const clients = CLIENTS.filter((client) => client.suite === suite);
  const taken = takeAll(clients);
  clients.forEach(({name}, at) =>
    describe(name, () => {
      test('runs to its end', async (context) => {
        const {skip, ended, results} = await taken[at];
        if (skip) return context.skip(skip);
        assert.equal(ended.code, 0, ended.errors);
        assert.notEqual(results.versions.length, 0, 'the client tells no version');
      });
      for (const step of STEPS) {
        test(step, async (context) => {
          const {skip, results} = await taken[at];
          // Said once is enough.
          if (skip) return context.skip();
          const {result, why} = results.steps[step];
          if (result === 'skipped') return context.skip(why);
          assert.equal(result, 'passed', why);
        });
      }
    }),
  );
  describe('table', () => {
    after(() => process.stdout.write(`\n${textTable(clients.map((client) => client.name))}\n`));
    test('is printed', () => Promise.allSettled(taken));
  });
}

// PynamoDB, in its newest version where PyPI can be reached: the cases of pynamodb_cases.py.
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {test} from 'node:test';
import {startServer} from '../api/server.mjs';
import {newestPython} from '../interop/clients.mjs';

const SCRIPT = fileURLToPath(new URL('pynamodb_cases.py', import.meta.url));

test('PynamoDB', async (context) => {
  const {program, skip} = await newestPython('pynamodb', 'pynamodb');
  if (skip) return context.skip(skip);
  const server = await startServer();
  const output = await new Promise((resolve) => {
    execFile(program, [SCRIPT, server.endpoint], {timeout: 120_000}, (error, stdout, stderr) => resolve(stdout + stderr));
  });
  await server.stop();
  const cases = [...output.matchAll(/^test_\d_(\w+) .*\.\.\. (\w+)$/gm)];
  assert.notEqual(cases.length, 0, output);
  for (const [, name, result] of cases) {
    await context.test(name.replaceAll('_', ' '), () => assert.equal(result, 'ok', output));
  }
  assert.match(output, /^OK$/m);
});

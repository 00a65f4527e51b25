// Terraform with its real AWS provider, where both can be had: apply, an empty plan, a change, an empty plan, destroy.
// tests/api/terraform.test.mjs replays the provider's calls without it.
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {cpSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {test} from 'node:test';
import {startServer} from '../api/server.mjs';

const CONFIGURATION = fileURLToPath(new URL('terraform/main.tf', import.meta.url));

test('Terraform', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'dynarock-terraform-'));
  cpSync(CONFIGURATION, join(folder, 'main.tf'));
  context.after(() => rmSync(folder, {recursive: true, force: true}));
  const terraform = (...args) =>
    new Promise((resolve) => {
      const options = {cwd: folder, timeout: 300_000, maxBuffer: 1 << 26};
      execFile('terraform', args, options, (error, stdout, stderr) =>
        resolve({code: error ? error.code : 0, output: stdout + stderr}),
      );
    });
  const found = await terraform('version', '-json');
  if (found.code === 'ENOENT') return context.skip('no terraform here');
  const init = await terraform('init', '-no-color', '-input=false');
  if (init.code !== 0) return context.skip('the provider hashicorp/aws cannot be had');

  const server = await startServer();
  context.after(() => server.stop());
  const run = (command, later, ...args) =>
    terraform(command, '-no-color', '-input=false', `-var=endpoint=${server.endpoint}`, `-var=later=${later}`, ...args);
  const ends = async (wanted, ...args) => {
    const {code, output} = await run(...args);
    assert.equal(code, wanted, output);
  };
  // A plan's exit code is 2 when there is something to change.
  await ends(2, 'plan', false, '-detailed-exitcode');
  await ends(0, 'apply', false, '-auto-approve');
  await ends(0, 'plan', false, '-detailed-exitcode');
  await ends(2, 'plan', true, '-detailed-exitcode');
  await ends(0, 'apply', true, '-auto-approve');
  await ends(0, 'plan', true, '-detailed-exitcode');
  await ends(0, 'destroy', true, '-auto-approve');
});

// `dynarock check` refuses what the real Terraform refuses, and accepts what it plans. tests/differential/terraform/run.mjs asks for more.
import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {compare, terraform} from './terraform/compare.mjs';
import {moduleOf} from './terraform/modules.mjs';

const CASES = 60;

test('modules with and without faults', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'dynarock-terraform-'));
  context.after(() => rm(folder, {recursive: true}));
  if ((await terraform(folder, 'version')).code === 'ENOENT') return context.skip('no terraform here');
  const modules = Array.from({length: CASES}, (_, i) => moduleOf(i + 1));
  let found;
  try {
    found = await compare(folder, modules);
  } catch (error) {
    if (/query available provider packages|Failed to install provider/.test(error.message)) return context.skip('the provider hashicorp/aws cannot be had');
    throw error;
  }
  assert.deepEqual(found.differ.map(({module, terraform, check}) => ({seed: module.seed, fault: module.fault, terraform, check})), []);
  assert.ok(found.refused > CASES / 4 && found.refused < CASES, `${found.refused} of ${CASES} are refused`);
});

test('modules are the same for the same seed', () => {
  assert.deepEqual(moduleOf(7), moduleOf(7));
  assert.notEqual(moduleOf(7).text, moduleOf(8).text);
});

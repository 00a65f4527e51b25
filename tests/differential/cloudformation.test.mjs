// Generated templates through cfn-lint and `dynarock check`: every kind of difference is settled, and the tools that say so work.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {FAULTS} from './cloudformation/faults.mjs';
import {caseOf, compare, lintVersion, settlement} from './cloudformation/compare.mjs';

const CASES = 150;
const settled = JSON.parse(readFileSync(new URL('cloudformation/settled.json', import.meta.url), 'utf8'));
const version = await lintVersion();
const skip = version ? false : 'cfn-lint is not on this machine (pip install cfn-lint)';

test('templates that one of the two refuses are of settled kinds', {skip, timeout: 300_000}, async () => {
  const {agreed, kinds} = await compare({cases: CASES, seed: 16});
  const open = kinds.filter((kind) => !settlement(kind, settled));
  assert.deepEqual(open.map(({fault, side, rules, example}) => ({fault, side, rules, example})), []);
  // Otherwise one of them did not read the templates.
  assert.ok(agreed > CASES / 2, `${agreed} of ${CASES} templates alike`);
});

test('sound templates are sound to both', {skip, timeout: 300_000}, async () => {
  const {kinds} = await compare({cases: 40, seed: 17, faults: false});
  assert.deepEqual(kinds, []);
});

test('a case is the same in every run', () => {
  assert.deepEqual(caseOf(3, 14), caseOf(3, 14));
  assert.notDeepEqual(caseOf(3, 14), caseOf(3, 15));
});

test('each fault can be made', () => {
  const seen = new Set();
  for (let number = 0; number < 20_000 && seen.size <= Object.keys(FAULTS).length; ++number) seen.add(caseOf(1, number).fault);
  assert.deepEqual(Object.keys(FAULTS).filter((name) => !seen.has(name)), []);
});

test('settled kinds are of faults that there are, and in the documentation', () => {
  const page = readFileSync(new URL('../../docs/differential.md', import.meta.url), 'utf8');
  for (const {fault, side, right, why} of settled) {
    assert.ok(fault === 'none' || fault in FAULTS, fault);
    assert.ok(['check', 'cfn-lint'].includes(side) && ['check', 'cfn-lint'].includes(right) && why, fault);
    assert.ok(page.includes(`| ${fault} |`), `docs/differential.md has no row of "${fault}"`);
  }
});

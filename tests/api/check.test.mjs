// `dynarock check`: statuses, formats, and what it says of the files in tests/cases/schema.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {runToEnd} from './server.mjs';

const cases = (name) => fileURLToPath(new URL(`../cases/schema/${name}`, import.meta.url));
const check = (...args) => runToEnd(['check', ...args]);

describe('exit status', () => {
  const rows = [
    ['clean files', [cases('cloudformation/orders.yaml'), cases('sam/clean.yaml')], 0],
    ['a directory', [cases('cdk/cdk.out')], 0],
    ['Terraform', [cases('terraform/clean')], 0],
    ['errors in a file', [cases('cloudformation/undefined_key.yaml')], 1],
    ['a malformed file', [cases('malformed/cut_off.json')], 1],
    ['no such file', [cases('none.yaml')], 2],
    ['a directory without tables', [cases('../schema')], 2],
    ['no file', [], 2],
    ['an unknown format', ['--format', 'word', cases('sam/clean.yaml')], 2],
    ['a value without a name', ['--set', '=x', cases('sam/clean.yaml')], 2],
    ['help', ['--help'], 0],
  ];
  for (const [name, args, code] of rows) {
    test(name, async () => {
      const ended = await check(...args);
      assert.equal(ended.code, code, ended.stdout + ended.stderr);
      if (code === 2) assert.notEqual(ended.stderr + ended.stdout, '');
    });
  }
});

const BUG = cases('cloudformation/undefined_key.yaml');
const TEXT =
  'One or more parameter values were invalid: Some index key attributes are not defined in ' +
  'AttributeDefinitions. Keys: [orderId, placedAt], AttributeDefinitions: [customerId, orderId, placed_at]';

test('text has the place, the words of the service and a hint', async () => {
  const {stdout} = await check(BUG);
  assert.ok(stdout.includes(`${BUG}:41:31: error: ${TEXT} [create-table]\n    every key attribute`), stdout);
  assert.match(stdout, /\n1 error, 0 warnings, \d notes\n$/);
});

test('json', async () => {
  const report = JSON.parse((await check('--format', 'json', BUG)).stdout);
  const [first] = report.findings;
  assert.equal(first.title, TEXT);
  assert.equal(first.severity, 'error');
  assert.deepEqual([first.file, first.line, first.column], [BUG, 41, 31]);
});

test('junit', async () => {
  const {stdout} = await check('--format', 'junit', BUG);
  assert.match(stdout, /^<\?xml/);
  assert.match(stdout, /failures="1"/);
});

test('sarif', async () => {
  const {runs} = JSON.parse((await check('--format', 'sarif', BUG)).stdout);
  const error = runs[0].results.find((result) => result.level === 'error');
  assert.equal(error.locations[0].physicalLocation.region.startLine, 41);
});

test('github', async () => {
  const {stdout} = await check('--format', 'github', BUG);
  assert.match(stdout, /^::error file=.*undefined_key\.yaml,line=41,col=31.*::/m);
});

test('values name the stage', async () => {
  const {code, stdout} = await check('--set', 'Stage=nowhere', cases('cloudformation/orders.yaml'));
  assert.equal(code, 1);
  assert.match(stdout, /Unable to get mapping for Capacity::nowhere::Write/);
});

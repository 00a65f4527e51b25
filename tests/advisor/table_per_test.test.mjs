// Applications whose tests make a table each, under a name of its own.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {test} from 'node:test';
import {adviseOn, evidence, found, item, load, loud, range, table} from './application.mjs';

// Eight tests: each makes its table, `uses` it and drops it.
const tests = (nameOf, uses, definition = (name) => table(name, 'id:S')) => async (call) => {
  for (const t of range(8)) {
    const name = nameOf(t);
    await call('CreateTable', definition(name));
    await uses(call, name, t);
    await call('DeleteTable', {TableName: name});
  }
};

const orders = range(10).map((i) => ({id: `o${i}`, state: i === 0 ? 'open' : 'done', text: 'x'.repeat(900)}));

async function search(call, name) {
  await load(call, name, orders);
  await call('Scan', {
    TableName: name,
    FilterExpression: '#s = :s',
    ExpressionAttributeNames: {'#s': 'state'},
    ExpressionAttributeValues: item({':s': 'open'}),
  });
}

const random = [
  ['a UUID', () => `orders-${randomUUID()}`],
  ['the time', (t) => `orders-${1764359012345 + t}`],
  ['a worker and its run', (t) => `worker${t % 2}-orders-${7000 + t}`],
  // The third has no digit.
  ['a few characters', (t) => `orders-${['k3j9x0', 'p0q8z1', 'kqzwhd', 'a1b2c3', '9z8y7x', 'm4n5b6', 'q1w2e3', 'z9x8c7'][t]}`],
];
for (const [what, nameOf] of random) {
  test(`tables that end with ${what} are counted as one`, async () => {
    const report = await adviseOn(tests(nameOf, search));
    const [finding] = found(report, 'scan-on-request-path');
    assert.equal(finding?.severity, 'warning');
    assert.match(finding.table, /orders-\*$/);
    assert.equal(evidence(finding, 'scans begun'), '8');
    assert.equal(evidence(finding, 'tables of this name, counted as one'), '8');
  });
}

for (const [what, nameOf] of [
  ['UUIDs', () => randomUUID()],
  ['times', (t) => `${1764359012345 + t}`],
  ['random text', (t) => ['k3j9x0a8b2c', 'p0q8z1m4n5b', 'a1b2c3d4e5f', '9z8y7x6w5v4', 'm4n5b6q1w2e', 'q1w2e3r4t5z', 'z9x8c7v6b5n', 'h1j2k3l4m5n'][t]],
]) {
  test(`tables that are named by nothing but ${what} are counted as one`, async () => {
    const report = await adviseOn(tests(nameOf, search));
    const [finding] = found(report, 'scan-on-request-path');
    assert.equal(finding?.table, '*');
    assert.equal(evidence(finding, 'scans begun'), '8');
    assert.equal(evidence(finding, 'tables of this name, counted as one'), '8');
  });
}

test('the same Scan of several tables is one finding', async () => {
  const {mkdtempSync, rmSync, writeFileSync} = await import('node:fs');
  const dir = mkdtempSync('/tmp/causes-');
  writeFileSync(`${dir}/advisor.yaml`, 'suppress:\n  - {rule: scan-on-request-path, table: carts}\n');
  const application = async (call) => {
    for (const name of ['users', 'carts', 'bills', 'shops']) {
      await call('CreateTable', table(name, 'id:S'));
      await load(call, name, orders);
      for (let n = 0; n < (name === 'bills' ? 5 : 4); ++n) {
        await call('Scan', {
          TableName: name,
          FilterExpression: 'attribute_exists(#s)',
          ExpressionAttributeNames: {'#s': 'state'},
        });
      }
    }
  };
  const tables = (report) =>
    found(report, 'scan-on-request-path').map((one) => [one.table, ...(one.alsoAt ?? []).map((also) => also.table)].sort());
  const report = await adviseOn(application);
  assert.deepEqual(tables(report), [['bills', 'carts', 'shops', 'users']]);
  const [finding] = found(report, 'scan-on-request-path');
  assert.equal(finding.table, 'bills');
  assert.equal(finding.count, 17);
  assert.match(finding.title, /^The table is scanned 5 times.*; the same in 3 other tables\.$/);
  assert.equal(evidence(finding.alsoAt[0], 'scans begun'), '4');
  const without = await adviseOn(application, {args: ['--advisor-config', `${dir}/advisor.yaml`]});
  rmSync(dir, {recursive: true});
  assert.deepEqual(tables(without), [['bills', 'shops', 'users']]);
});

test('tables of other names are not', async () => {
  const names = ['orders', 'users', 'app-s3uploads', 'app-oauth2', 'carts', 'bills', 'items-a', 'items-b'];
  const report = await adviseOn(tests((t) => names[t], search));
  assert.deepEqual(found(report, 'scan-on-request-path'), []);
});

test('nor are tables with another key', async () => {
  const definition = (name) => table(name, `id${name.slice(-1)}:S`);
  const uses = async (call, name) => {
    await load(call, name, orders.map(({id, ...rest}) => ({[`id${name.slice(-1)}`]: id, ...rest})));
    await call('Scan', {TableName: name, FilterExpression: 'attribute_exists(state2)'});
  };
  const report = await adviseOn(tests((t) => `orders-1000${t}`, uses, definition));
  assert.deepEqual(found(report, 'scan-on-request-path'), []);
});

test('a suppression names them together', async () => {
  const {mkdtempSync, rmSync, writeFileSync} = await import('node:fs');
  const dir = mkdtempSync('/tmp/families-');
  const rules = ['scan-on-request-path', 'filter-discards-most'];
  const lines = rules.map((rule) => `  - {rule: ${rule}, table: orders-*}\n`);
  writeFileSync(`${dir}/advisor.yaml`, `suppress:\n${lines.join('')}`);
  const report = await adviseOn(tests((t) => `orders-1000${t}`, search), {
    args: ['--advisor-config', `${dir}/advisor.yaml`],
  });
  rmSync(dir, {recursive: true});
  assert.deepEqual(loud(report), []);
});

test('statements that differ in the name of the table are no glued expressions', async () => {
  const uses = async (call, name) => {
    await load(call, name, orders);
    await call('ExecuteStatement', {Statement: `SELECT id FROM "${name}" WHERE id = ?`, Parameters: [{S: 'o1'}]});
  };
  const report = await adviseOn(async (call) => {
    for (const round of [1, 2]) await tests((t) => `orders-${round}000${t}`, uses)(call);
  });
  assert.deepEqual(loud(report), []);
  const [read] = report.costs.requests.filter(({operation}) => operation === 'ExecuteStatement');
  assert.deepEqual([read.requests, read.table, read.expression], [16, 'orders-*', 'SELECT id FROM "orders-*" WHERE id = ?']);
});

test('parents that are deleted without their children, in tables with a suffix of the run', async () => {
  for (const suffix of ['f6404', 'deadbeef', 'alice', 'it', '1a2b3c']) {
    const report = await adviseOn(async (call) => {
      const [projects, tasks] = [`Projects_${suffix}`, `Tasks_${suffix}`];
      await call('CreateTable', table(projects, 'id:S'));
      await call('CreateTable', table(tasks, 'id:S', undefined, {indexes: {byProject: ['projectId:S']}}));
      await load(call, projects, range(4).map((p) => ({id: `p${p}`})));
      await load(call, tasks, range(8).map((t) => ({id: `t${t}`, projectId: `p${t % 4}`})));
      for (const p of range(4)) await call('DeleteItem', {TableName: projects, Key: item({id: `p${p}`})});
    });
    assert.equal(found(report, 'orphaned-items')[0]?.severity, 'warning', suffix);
  }
});

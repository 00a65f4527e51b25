// The tests of a library do on purpose what an application must not: what is found is less severe, and the report says so.
// The tests of an application, which look much like them, are judged as an application.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, test} from 'node:test';
import {adviseOn, found, item, load, range, table} from './application.mjs';

const dir = mkdtempSync(join(tmpdir(), 'library-'));
after(() => rmSync(dir, {recursive: true, force: true}));

function told(run) {
  const file = join(dir, `${run}.yaml`);
  writeFileSync(file, `run: ${run}\n`);
  return {args: ['--advisor-config', file]};
}

// A table of sixty items that is searched with Scan, and item by item after a list of some.
async function searched(call, name, key, value) {
  await call('CreateTable', table(name, 'id:S'));
  for (const i of range(60)) {
    await call('PutItem', {TableName: name, Item: item({id: key(i), [value]: `v${i % 30}`})});
  }
  for (const i of range(4)) {
    await call('Scan', {
      TableName: name,
      FilterExpression: '#v = :v',
      ExpressionAttributeNames: {'#v': value},
      ExpressionAttributeValues: item({':v': `v${i}`}),
    });
  }
}

// Requests of forty-five kinds, each sent once.
async function variety(call, TableName, key) {
  for (const i of range(45)) {
    await call('GetItem', {TableName, Key: item({id: key(i)}), ProjectionExpression: `id, part${'abcdefghi'[i % 9]}${'x'.repeat(i)}`});
  }
}

const severity = (report, rule = 'scan-on-request-path') => found(report, rule)[0]?.severity;

test('made-up tables and made-up keys: the tests of a library', async () => {
  const suite = (call) => searched(call, 'TestDB', (i) => `testKey${i}`, 'email');
  const report = await adviseOn(suite);
  assert.equal(severity(report), 'note');
  assert.match(report.run, /^This run looks like the tests of a library: tables have the names of tests \(1 of 1, such as "TestDB"\), and keys are made up \(48 of 48, such as "testKey\d+"\)\. \d findings? (is|are) less severe/);
  assert.equal(report.warnings, 0);
  const application = await adviseOn(suite, told('application'));
  assert.equal(severity(application), 'warning');
  assert.equal(application.run, undefined);
});

test('made-up tables, and requests of many kinds', async () => {
  const report = await adviseOn(async (call) => {
    await searched(call, 'PagesTestTable', (i) => `u-${i}`, 'email');
    await variety(call, 'PagesTestTable', (i) => `u-${i}`);
  });
  assert.equal(severity(report), 'note');
  assert.match(report.run, /kinds of requests were sent three times at most/);
});

test('made-up keys in tables that are soon dropped', async () => {
  const report = await adviseOn(async (call) => {
    for (const name of ['carts', 'bills', 'users', 'goods', 'jobs']) {
      await searched(call, name, (i) => `foo-${i}`, 'email');
      await call('DeleteTable', {TableName: name});
    }
  });
  assert.equal(severity(report), 'note');
  assert.match(report.run, /keys are made up .*, and 5 of 5 tables were dropped within 2 seconds/);
});

test('the tests of an application are judged as an application', async () => {
  const suites = {
    'a table for each test, requests of many kinds': async (call) => {
      for (const _ of range(6)) {
        const name = `orders-${randomUUID()}`;
        await searched(call, name, (i) => `order-${i}`, 'email');
        await variety(call, name, (i) => `order-${i}`);
        await call('DeleteTable', {TableName: name});
      }
    },
    'a table named for its environment': async (call) => {
      await searched(call, 'orders-test', (i) => `o-${i}`, 'email');
      await variety(call, 'orders-test', (i) => `o-${i}`);
    },
    'a made-up table, dropped after each test': async (call) => {
      for (const _ of range(6)) {
        await searched(call, 'test-table', (i) => `test-user-${i}`, 'email');
        await call('DeleteTable', {TableName: 'test-table'});
      }
    },
    'keys that only a test has': (call) => searched(call, 'customers', (i) => `test-${i}`, 'email'),
  };
  for (const [name, suite] of Object.entries(suites)) {
    const report = await adviseOn(suite);
    assert.equal(severity(report), 'warning', name);
    assert.equal(report.run, undefined, name);
  }
});

test('an application that the advisor file calls a library', async () => {
  const report = await adviseOn(async (call) => {
    await searched(call, 'orders', (i) => `order-${i}`, 'email');
    // N+1, which the library does itself.
    for (const _ of range(3)) {
      const page = await call('Scan', {TableName: 'orders', Limit: 20, ProjectionExpression: 'id'});
      for (const {id} of page.Items) await call('GetItem', {TableName: 'orders', Key: {id}});
    }
  }, told('library'));
  assert.equal(severity(report), 'note');
  assert.equal(severity(report, 'gets-one-by-one'), 'warning');
  assert.match(report.run, /^The advisor file calls this run the tests of a library: \d findings? (is|are) less severe than in an application\.$/);
});

test('nothing is said where nothing is lowered', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('TestDB', 'id:S'));
    await load(call, 'TestDB', range(30).map((i) => ({id: `test${i}`})));
  });
  assert.equal(report.run, undefined);
});

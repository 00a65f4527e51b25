// Faulty ways to read, and their proper twins, which the advisor has nothing to say about.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {adviseOn, evidence, found, item, load, loud, range, table} from './application.mjs';

const orders = range(300).map((i) => ({
  customer: `c${i % 3}`,
  id: `o${String(i).padStart(4, '0')}`,
  status: i % 20 === 0 ? 'open' : 'shipped',
  total: i,
}));

async function query(call, input) {
  const items = [];
  let ExclusiveStartKey;
  do {
    const page = await call('Query', {...input, ExclusiveStartKey});
    items.push(...page.Items);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
}

test('a filter that discards most of what is read', async () => {
  const faulty = await adviseOn(async (call) => {
    await call('CreateTable', table('Orders', 'customer:S', 'id:S'));
    await load(call, 'Orders', orders);
    for (const i of range(5)) {
      await call('Query', {
        TableName: 'Orders',
        KeyConditionExpression: 'customer = :c',
        FilterExpression: '#s = :s',
        ExpressionAttributeNames: {'#s': 'status'},
        ExpressionAttributeValues: item({':c': `c${i % 3}`, ':s': 'open'}),
      });
    }
  });
  const [finding] = found(faulty, 'filter-discards-most');
  assert.equal(finding?.severity, 'warning');
  assert.equal(finding.table, 'Orders');
  assert.equal(evidence(finding, 'items read'), '500');
  assert.equal(evidence(finding, 'items returned'), '25');
  assert.match(finding.advice, /"status"/);
  assert.match(finding.example, /FilterExpression/);
  assert.equal(finding.userAgent, 'test-app/1.0');

  const proper = await adviseOn(async (call) => {
    await call('CreateTable', table('Orders', 'customer:S', 'id:S', {indexes: {open: ['customer:S', 'openSince:N']}}));
    await load(call, 'Orders', orders.map((o) => (o.status === 'open' ? {...o, openSince: o.total} : o)));
    for (const i of range(5)) {
      await query(call, {
        TableName: 'Orders',
        IndexName: 'open',
        KeyConditionExpression: 'customer = :c',
        ExpressionAttributeValues: item({':c': `c${i % 3}`}),
      });
    }
  });
  assert.deepEqual(loud(proper), []);
});

test('a table that is searched with Scan', async () => {
  const faulty = await adviseOn(async (call) => {
    await call('CreateTable', table('Users', 'id:S'));
    await load(call, 'Users', range(60).map((i) => ({id: `u${i}`, email: `u${i}@example.com`})));
    for (const i of range(4)) {
      await call('Scan', {
        TableName: 'Users',
        FilterExpression: 'email = :e',
        ExpressionAttributeValues: item({':e': `u${i}@example.com`}),
      });
    }
  });
  assert.equal(found(faulty, 'scan-on-request-path')[0]?.severity, 'warning');

  const proper = await adviseOn(async (call) => {
    await call('CreateTable', table('Users', 'id:S', undefined, {indexes: {byEmail: ['email:S']}}));
    await load(call, 'Users', range(60).map((i) => ({id: `u${i}`, email: `u${i}@example.com`})));
    for (const i of range(4)) {
      await call('Query', {
        TableName: 'Users',
        IndexName: 'byEmail',
        KeyConditionExpression: 'email = :e',
        ExpressionAttributeValues: item({':e': `u${i}@example.com`}),
      });
    }
  });
  assert.deepEqual(loud(proper), []);
});

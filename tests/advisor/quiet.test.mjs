// Proper applications that come near a rule: notes at most. The faulty ones that the rules are for are in the other
// files.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {adviseOn, found, item, load, loud, range, table} from './application.mjs';

const put = (call, TableName, plain, more = {}) => call('PutItem', {TableName, Item: item(plain), ...more});
const update = (call, TableName, key, UpdateExpression, values, more = {}) =>
  call('UpdateItem', {
    TableName,
    Key: item(key),
    UpdateExpression,
    ...(values ? {ExpressionAttributeValues: item(values)} : {}),
    ...more,
  });
const failing = (promise) =>
  promise.catch((error) => assert.equal(error.code, 'ConditionalCheckFailedException'));

const quiet = (name, application, silent = []) =>
  test(name, async () => {
    const report = await adviseOn(application);
    assert.deepEqual(loud(report), []);
    for (const rule of silent) assert.deepEqual(found(report, rule), []);
  });

quiet('words such as undefined in keys', async (call) => {
  await call('CreateTable', table('Blog', 'pk:S'));
  for (const slug of ['POST#why-is-x-undefined-in-javascript', 'POST#cats', 'undefined']) {
    await put(call, 'Blog', {pk: slug, title: slug});
  }
});

quiet('list indexes in the text', async (call) => {
  await call('CreateTable', table('Lists', 'id:S'));
  await put(call, 'Lists', {id: 'l', boxes: range(40).map(() => ({done: false}))});
  for (const i of range(40)) {
    await update(call, 'Lists', {id: 'l'}, `SET boxes[${i}].done = :d`, {':d': true}, {
      ConditionExpression: 'attribute_exists(id)',
    });
  }
}, ['expression-glued']);

quiet('transactions of one to four items', async (call) => {
  await call('CreateTable', table('Stock', 'sku:S'));
  await load(call, 'Stock', range(40).map((i) => ({sku: `s${i}`, quantity: 100})));
  for (const i of range(40)) {
    await call('TransactWriteItems', {
      TransactItems: range(1 + (i % 4)).map((k) => ({
        Update: {
          TableName: 'Stock',
          Key: item({sku: `s${(i * 4 + k) % 40}`}),
          UpdateExpression: 'SET quantity = quantity - :one',
          ConditionExpression: 'quantity >= :one',
          ExpressionAttributeValues: item({':one': 1}),
        },
      })),
    });
  }
}, ['single-item-transaction']);

quiet('a consistent read, a decision, a conditional write', async (call) => {
  await call('CreateTable', table('Accounts', 'id:S'));
  for (const i of range(120)) {
    await call('GetItem', {TableName: 'Accounts', Key: item({id: `a${i}`}), ConsistentRead: true});
    await put(call, 'Accounts', {id: `a${i}`, version: 1}, {ConditionExpression: 'attribute_not_exists(id)'});
  }
}, ['consistent-read-unneeded']);

quiet('an expiry of something else', async (call) => {
  await call('CreateTable', table('Contracts', 'id:S'));
  for (const i of range(20)) {
    const day = new Date(Date.now() + i * 86_400_000);
    await put(call, 'Contracts', {id: `c${i}`, subscriptionExpiresAt: day.toISOString()});
  }
});

quiet('a queue whose jobs leave the index when they are done', async (call) => {
  await call('CreateTable', table('Jobs', 'id:S', undefined, {indexes: {due: ['lane:N', 'at:N']}}));
  for (const i of range(60)) await put(call, 'Jobs', {id: `j${i}`, at: i, lane: (i * 7) % 10});
  for (const i of range(8)) await update(call, 'Jobs', {id: `j${i}`}, 'REMOVE lane');
}, ['index-leaves-items-out']);

quiet('an optional attribute', async (call) => {
  await call('CreateTable', table('Users', 'id:S', undefined, {indexes: {byEmail: ['email:S']}}));
  await load(call, 'Users', range(100).map((i) => ({id: `u${i}`, ...(i % 10 ? {email: `e${i}@x.org`} : {})})));
});

quiet('updates that make items of their own kind', async (call) => {
  await call('CreateTable', table('Chat', 'pk:S', 'sk:S'));
  await load(call, 'Chat', range(20).map((i) => ({pk: `U#${i}`, sk: 'PROFILE', a: 1, b: 2, c: 3, d: 4, e: 5, f: 6})));
  for (const i of range(20)) await update(call, 'Chat', {pk: `U#${i}`, sk: 'PRESENCE'}, 'SET seen = :t', {':t': i});
}, ['upsert-partial-item']);

quiet('an election: many try at once, each of them once', async (call) => {
  await call('CreateTable', table('Leaders', 'term:S'));
  for (const round of range(5)) {
    const tries = range(12).map(() =>
      failing(put(call, 'Leaders', {term: `t${round}`}, {ConditionExpression: 'attribute_not_exists(term)'})));
    await Promise.all(tries);
  }
}, ['retry-without-backoff']);

quiet('a test suite that works as one user', async (call) => {
  await call('CreateTable', table('Data', 'user:S', 'key:S'));
  for (const i of range(320)) {
    await put(call, 'Data', {user: i % 10 < 7 ? 'test-user' : `user-${i % 40}`, key: `k${i}`});
  }
});

quiet('an index over a few tenants', async (call) => {
  await call('CreateTable', table('Projects', 'id:S', undefined, {indexes: {byTenant: ['tenant:S', 'id:S']}}));
  const tenants = ['acme', 'globex', 'initech', 'umbrella', 'hooli'];
  await load(call, 'Projects', range(250).map((i) => ({id: `p${i}`, tenant: tenants[i % 5]})));
});

quiet('tests that look at the few items they made', async (call) => {
  await call('CreateTable', table('Tasks', 'owner:S', 'id:S'));
  for (const t of range(10)) {
    for (const i of range(3)) await put(call, 'Tasks', {owner: `o${t}`, id: `t${i}`});
    await call('Query', {
      TableName: 'Tasks',
      ConsistentRead: true,
      KeyConditionExpression: '#o = :o',
      ExpressionAttributeNames: {'#o': 'owner'},
      ExpressionAttributeValues: item({':o': `o${t}`}),
    });
    for (const i of range(3)) {
      await call('GetItem', {TableName: 'Tasks', Key: item({owner: `o${t}`, id: `t${i}`}), ConsistentRead: true});
    }
  }
});

quiet('settings of several types, told apart by their key', async (call) => {
  await call('CreateTable', table('Settings', 'user:S', 'name:S'));
  for (const i of range(20)) {
    await put(call, 'Settings', {user: `u${i}`, name: 'volume', value: 7});
    await put(call, 'Settings', {user: `u${i}`, name: 'theme', value: 'dark'});
  }
});

quiet('a table of a few flags, read whole', async (call) => {
  await call('CreateTable', table('Flags', 'flag:S'));
  await load(call, 'Flags', range(5).map((i) => ({flag: `f${i}`, on: i % 2 === 0})));
  for (const _ of range(12)) await call('Scan', {TableName: 'Flags'});
});

quiet('a dashboard that polls an index others write', async (call) => {
  await call('CreateTable', table('Devices', 'id:S', undefined, {indexes: {bySite: ['site:S', 'id:S']}}));
  await load(call, 'Devices', range(60).map((i) => ({id: `d${i}`, site: `s${i % 12}`, v: 0})));
  for (const i of range(60)) {
    await update(call, 'Devices', {id: `d${i}`}, 'SET v = :v', {':v': i}, {ConditionExpression: 'attribute_exists(id)'});
    await update(call, 'Devices', {id: `d${(i + 1) % 60}`}, 'SET v = :v', {':v': i}, {
      ConditionExpression: 'attribute_exists(id)',
    });
    await call('Query', {
      TableName: 'Devices',
      IndexName: 'bySite',
      KeyConditionExpression: 'site = :s',
      ExpressionAttributeValues: item({':s': `s${i % 12}`}),
    });
  }
});

// Items that are replaced by what was made of a copy, or of a part; and their proper twins.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {adviseOn, evidence, found, item, load, loud, range, table} from './application.mjs';

const key = (id) => ({TableName: 'Carts', Key: item({id})});
const cart = (id) => ({id, owner: {name: 'ann', street: '-', city: '-'}, city: 'Oslo', goods: [], amount: 10, note: '-'});

// Two clients each change an item of which both have a copy: `change(call, copy, n)` writes what client n makes of it.
// Their reads come before both writes.
async function race(call, rounds, change) {
  await call('CreateTable', table('Carts', 'id:S'));
  await load(call, 'Carts', range(rounds).map((i) => cart(`c${i}`)));
  const clients = [call.apart(), call.apart()];
  for (const i of range(rounds)) {
    const copies = await Promise.all(clients.map((client) => client('GetItem', key(`c${i}`))));
    for (const n of range(2)) await change(clients[n], copies[n].Item, n);
  }
}

const put = (extra) => (client, Item) => client('PutItem', {TableName: 'Carts', Item, ...extra});
const set = (client, copy, UpdateExpression, value, extra) =>
  client('UpdateItem', {...key(copy.id.S), UpdateExpression, ExpressionAttributeValues: {':v': value}, ...extra});
const plus = (number, n) => ({N: String(Number(number.N) + n)});

const losing = {
  'each puts back another attribute': (client, copy, n) =>
    put()(client, {...copy, ...(n === 0 ? {city: {S: 'Rome'}} : {note: {S: 'hurry'}})}),
  'each puts back a number of its own': (client, copy, n) =>
    put()(client, {...copy, amount: plus(copy.amount, n + 5)}),
  'each changes another entry of its copy of a map': (client, copy, n) =>
    put()(client, {...copy, owner: {M: {...copy.owner.M, ...(n === 0 ? {street: {S: 's'}} : {city: {S: 'c'}})}}}),
  'each adds an element to its copy of the list': (client, copy, n) =>
    put()(client, {...copy, goods: {L: [...copy.goods.L, {S: `line ${n}`}]}}),
  'each sets a number that it has worked out': (client, copy, n) =>
    set(client, copy, 'SET amount = :v', plus(copy.amount, -n - 1)),
  'each sets its copy of the list': (client, copy, n) =>
    set(client, copy, 'SET goods = :v', {L: [...copy.goods.L, {S: `line ${n}`}]}),
};

for (const [name, change] of Object.entries(losing)) {
  test(`lost updates: ${name}`, async () => {
    const report = await adviseOn((call) => race(call, 8, change));
    const [finding] = found(report, 'lost-update');
    assert.equal(finding?.severity, 'warning');
    // Two writes may be seen in the other order than they were done.
    assert.ok(finding.count > 4 && finding.count <= 8, finding.count);
    assert.equal(evidence(finding, 'writes that undid another one'), String(finding.count));
  });
}

for (const [name, change] of [
  ['put', (client, copy) => put()(client, {...copy, amount: plus(copy.amount, 5)})],
  ['set', (client, copy) => set(client, copy, 'SET amount = :v', plus(copy.amount, 5))],
]) {
  test(`two clients ${name} the same number: both counted, or both came to one result`, async () => {
    const [finding] = found(await adviseOn((call) => race(call, 8, change)), 'lost-update');
    assert.equal(finding?.severity, 'note');
    assert.ok(Number(evidence(finding, 'the same number set twice')) > 4);
  });
}

const refused = (error) => assert.equal(error.code, 'ConditionalCheckFailedException');
const keeping = {
  'the second is refused by its condition': (client, copy) =>
    put({ConditionExpression: 'attribute_not_exists(version)'})(client, {...copy, version: {N: '1'}}).catch(refused),
  'the service adds': (client, copy) => set(client, copy, 'SET amount = amount + :v', {N: '5'}),
  'the service appends': (client, copy, n) =>
    set(client, copy, 'SET goods = list_append(goods, :v)', {L: [{S: `line ${n}`}]}),
  'each sets another attribute': (client, copy, n) =>
    set(client, copy, n === 0 ? 'SET city = :v' : 'SET note = :v', {S: 'other'}),
  'both set the time': (client, copy) => set(client, copy, 'SET seen = :v', {N: '1764000000000'}),
  'a number is set unless it is there': (client, copy) =>
    set(client, copy, 'SET visits = if_not_exists(visits, :v)', {N: '0'}),
  'all is new': (client, copy, n) =>
    put()(client, {id: copy.id, state: {S: `s${n}`}, at: {S: `2026-11-25T00:0${n}:00Z`}, by: {S: `b${n}`}, seq: {N: `${n + 70}`}}),
};

for (const [name, change] of Object.entries(keeping)) {
  test(`no lost updates: ${name}`, async () => {
    const report = await adviseOn((call) => race(call, 12, change));
    assert.deepEqual(found(report, 'lost-update'), []);
  });
}

test('no lost updates: many clients at once, whose changes the service works out', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('Carts', 'id:S'));
    await load(call, 'Carts', range(2).map((i) => cart(`c${i}`)));
    for (const i of range(20)) {
      await Promise.all(range(24).map(async () => {
        const client = call.apart();
        const {Item} = await client('GetItem', key(`c${i % 2}`));
        await set(client, Item, 'SET amount = amount + :v', {N: '1'});
      }));
    }
  });
  assert.deepEqual(found(report, 'lost-update'), []);
});

test('no lost updates: a test puts the fixture back that the application has changed', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('Carts', 'id:S'));
    const [fixture, application] = [call.apart(), call.apart()];
    for (const _ of range(12)) {
      await put()(fixture, item(cart('c1')));
      for (const _ of range(3)) await application('GetItem', key('c1'));
      await set(application, item({id: 'c1'}), 'SET city = :v', {S: 'Rome'});
    }
  });
  assert.deepEqual(loud(report), []);
});

test('items put back as a whole, by one client', async () => {
  const application = (extra) => async (call) => {
    await call('CreateTable', table('Carts', 'id:S'));
    await load(call, 'Carts', [cart('c1')]);
    for (const i of range(12)) {
      const {Item} = await call('GetItem', key('c1'));
      await put(extra(i))(call, {...Item, amount: {N: String(i)}});
    }
  };
  const faulty = await adviseOn(application(() => ({})));
  const [finding] = found(faulty, 'lost-update');
  assert.equal(finding?.severity, 'note');
  assert.equal(evidence(finding, 'items put back after they were read'), '12');
  const condition = (i) => ({
    ConditionExpression: 'amount = :t',
    ExpressionAttributeValues: item({':t': i === 0 ? 10 : i - 1}),
  });
  assert.deepEqual(found(await adviseOn(application(condition)), 'lost-update'), []);
});

test('puts that drop what they do not name', async () => {
  const application = (change) => async (call) => {
    await call('CreateTable', table('Carts', 'id:S'));
    await load(call, 'Carts', range(10).map((i) => cart(`c${i}`)));
    for (const i of range(4)) await change(call, `c${i}`);
  };
  const faulty = await adviseOn(application((call, id) => put()(call, item({id, city: 'Rome'}))));
  const [finding] = found(faulty, 'put-drops-attributes');
  assert.equal(finding?.severity, 'warning');
  assert.equal(finding.count, 4);
  assert.match(finding.example, /Rome/);
  const twins = {
    'an update': (call, id) => set(call, item({id}), 'SET city = :v', {S: 'Rome'}),
    'most of the item': (call, id) => put()(call, item({id, owner: 'bob', city: 'Rome', goods: [], amount: 0})),
    'an item that is emptied': (call, id) => put()(call, item({id, owner: 'ann', goods: []})),
    'a mark that it is deleted': (call, id) => put()(call, item({id, deletedAt: 1764000000})),
    'only when nobody has changed it': (call, id) =>
      put({ConditionExpression: 'note = :n', ExpressionAttributeValues: item({':n': '-'})})(call, item({id, city: 'x'})),
  };
  for (const [name, change] of Object.entries(twins)) {
    assert.deepEqual(loud(await adviseOn(application(change))), [], name);
  }
});

test('a stock that is sold out, a limit that is hit', async () => {
  const application = (keys) => async (call) => {
    await call('CreateTable', table('Carts', 'id:S'));
    await load(call, 'Carts', range(keys).map((i) => ({id: `c${i}`, stock: 4})));
    for (const i of range(40 * keys)) {
      await call('UpdateItem', {
        ...key(`c${i % keys}`),
        UpdateExpression: 'SET stock = stock - :one',
        ConditionExpression: 'stock >= :one',
        ExpressionAttributeValues: item({':one': 1}),
      }).catch(refused);
    }
  };
  assert.deepEqual(loud(await adviseOn(application(1))), []);
  assert.equal(found(await adviseOn(application(6)), 'conditions-fail-often')[0]?.severity, 'warning');
});

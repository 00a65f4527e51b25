// Values that are wrong or missing: in requests that are refused, and in items.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {adviseOn, evidence, found, item, load, range, table} from './application.mjs';

const put = (call, TableName, plain) => call('PutItem', {TableName, Item: item(plain)});
const failing = (promise) => promise.catch(() => {});
const told = (report, id) =>
  found(report, id).map((one) => `${one.severity} ${one.table} ${evidence(one, 'attribute')} ${one.count}`).sort();

test('no expression values at all, since the only one was undefined', async () => {
  const application = (values) => async (call) => {
    await call('CreateTable', table('Orders', 'id:S'));
    const update = {
      TableName: 'Orders',
      Key: item({id: 'o1'}),
      UpdateExpression: 'SET note=:n',
      ExpressionAttributeValues: values,
    };
    for (const _ of range(4)) await failing(call('UpdateItem', update));
    for (const _ of range(4)) await failing(call('TransactWriteItems', {TransactItems: [{Update: update}]}));
  };
  const faulty = await adviseOn(application({}));
  assert.deepEqual(told(faulty, 'undefined-value'), ['warning Orders :n 4', 'warning Orders :n 4']);
  assert.match(found(faulty, 'undefined-value')[0].title, /":n" without sending its value/);
  assert.deepEqual(found(await adviseOn(application(item({':n': 'x'}))), 'undefined-value'), []);
});

test('keys that lack an attribute', async () => {
  let proper = 8;
  const application = (...keys) => async (call) => {
    await call('CreateTable', table('Files', 'owner:S', 'name:S'));
    const right = item({owner: 'o', name: 'n'});
    for (const _ of range(proper)) {
      await call('GetItem', {TableName: 'Files', Key: right});
      await call('BatchGetItem', {RequestItems: {Files: {Keys: [right]}}});
      await call('BatchWriteItem', {RequestItems: {Files: [{PutRequest: {Item: right}}]}});
      const Update = {TableName: 'Files', Key: right, UpdateExpression: 'REMOVE a'};
      await call('TransactWriteItems', {TransactItems: [{Update}]});
    }
    for (const Key of keys) {
      for (const _ of range(4)) {
        await failing(call('GetItem', {TableName: 'Files', Key}));
        await failing(call('BatchGetItem', {RequestItems: {Files: {Keys: [item({owner: 'o', name: 'n'}), Key]}}}));
        await failing(call('BatchWriteItem', {RequestItems: {Files: [{PutRequest: {Item: {...Key, a: {S: 'a'}}}}]}}));
        const Update = {TableName: 'Files', Key, UpdateExpression: 'REMOVE a'};
        await failing(call('TransactWriteItems', {TransactItems: [{Update}]}));
      }
    }
  };
  const faulty = await adviseOn(application({}, {name: {S: 'n'}}, {owner: {S: 'o'}, name: {NULL: true}}));
  const every = (attribute) => Array(4).fill(`warning Files ${attribute} 4`);
  assert.deepEqual(told(faulty, 'undefined-value'), [...every('name'), ...every('owner'), ...every('owner, name')].sort());
  // A suite that tries the wrong request beside each right one.
  proper = 4;
  const severities = found(await adviseOn(application({})), 'undefined-value').map((one) => one.severity);
  assert.deepEqual([...new Set(severities)], ['note']);
  // Wrong in other ways: a number, and a name that is not of the key.
  const other = application({owner: {S: 'o'}, name: {N: '1'}}, {owner: {S: 'o'}, name: {S: 'n'}, size: {N: '1'}});
  assert.deepEqual(
    found(await adviseOn(other), 'undefined-value').map((one) => one.title),
    [],
  );
});

test('NaN as a number', async () => {
  const application = (number) => async (call) => {
    await call('CreateTable', table('Gauges', 'id:S'));
    for (const i of range(4)) {
      await failing(
        call('UpdateItem', {
          TableName: 'Gauges',
          Key: item({id: `g${i}`}),
          UpdateExpression: 'SET lvl = :l',
          ExpressionAttributeValues: {':l': {N: number}},
        }),
      );
      await failing(call('PutItem', {TableName: 'Gauges', Item: {id: {S: 'g'}, at: {M: {x: {NS: ['1', number]}}}}}));
    }
  };
  assert.deepEqual(told(await adviseOn(application(String(undefined * 1))), 'undefined-value'), [
    'warning Gauges :l 4',
    'warning Gauges Item.at.x 4',
  ]);
  assert.deepEqual(found(await adviseOn(application('twelve')), 'undefined-value'), []);
});

test('a word that is a whole key', async () => {
  const application = (writes) => async (call) => {
    await call('CreateTable', table('Glossary', 'term:S'));
    for (const i of range(writes)) {
      for (const term of ['undefined', 'NaN', 'closure']) {
        await put(call, 'Glossary', {term, definition: `text ${i}`});
        await put(call, 'Glossary', {term, definition: `text ${i}`});
        await call('GetItem', {TableName: 'Glossary', Key: item({term})});
      }
    }
  };
  const severities = async (writes) =>
    found(await adviseOn(application(writes)), 'undefined-value').map((one) => one.severity);
  assert.deepEqual(await severities(1), ['note', 'note']);
  assert.deepEqual(await severities(3), ['note', 'note']);
  assert.deepEqual(await severities(4), ['error', 'error']);
});

test('one undefined key among thousands is not left to the sample', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('Users', 'id:S'));
    const idOf = (i) => (i === 2901 ? 'USER#undefined' : `USER#${i}`);
    await load(call, 'Users', range(3000).map((i) => ({id: idOf(i), name: `n${i}`})));
  });
  assert.equal(found(report, 'undefined-value')[0]?.count, 1);
});

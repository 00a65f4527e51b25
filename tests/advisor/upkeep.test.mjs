// What keeps a table clean: TTL, lists that are cut off, batches whose rest is sent again.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {adviseOn, evidence, found, item, load, range, table} from './application.mjs';

const put = (call, TableName, plain) => call('PutItem', {TableName, Item: item(plain)});
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const now = () => Math.floor(Date.now() / 1000);
const told = (report, id) => found(report, id).map((one) => `${one.severity} ${one.table}`);

test('a list of the newest twelve', async () => {
  const application = (cut) => async (call) => {
    await call('CreateTable', table('Visitors', 'id:S'));
    let recent = [];
    for (const i of range(40)) {
      recent = cut ? [`SKU${100 + i}`, ...recent].slice(0, 12) : [`SKU${100 + i}`, ...recent];
      await put(call, 'Visitors', {id: 'v', recent});
    }
    // An element that changes in place says nothing of a limit.
    for (const i of range(6)) await put(call, 'Visitors', {id: 'v', recent: recent.with(3, `EDIT${i}`)});
  };
  assert.deepEqual(told(await adviseOn(application(false)), 'growing-list'), ['note Visitors']);
  assert.deepEqual(told(await adviseOn(application(true)), 'growing-list'), []);
});

test('temporary items by other names', async () => {
  const application = (name, plain) => async (call) => {
    await call('CreateTable', table(name, 'pk:S', 'sk:S'));
    for (const i of range(20)) await put(call, name, {pk: `user#${i}`, sk: `s${i}`, ...plain(i)});
  };
  const cases = [
    ['email-verifications', () => ({validUntil: now() + 3600}), ['warning email-verifications']],
    ['idp', (i) => ({sk: `emailverification#${i}`, validUntil: now() + 3600}), ['note idp']],
    ['login-otps', () => ({code: '123456'}), ['note login-otps']],
    ['coupons', () => ({validUntil: now() + 3600}), []],
    ['app', (i) => ({sk: `SUBSCRIPTION#${i}`, expiresAt: now() + 3600}), ['note app']],
    ['job-ads', () => ({expiresAt: now() + 3600}), ['note job-ads']],
    ['logins', () => ({expires: String(now() + 3600)}), ['warning logins']],
    // One lease that is renewed.
    ['leases', (i) => ({pk: 'jobs', sk: 'leader', expiresAt: now() + i}), []],
    ['hotpots', () => ({code: '123456'}), []],
    ['training-sessions', () => ({title: 'Go'}), []],
  ];
  for (const [name, plain, expected] of cases) {
    assert.deepEqual(told(await adviseOn(application(name, plain)), 'temporary-without-ttl'), expected, name);
  }
});

test('some sessions lack the TTL attribute', async () => {
  const application = (lacks, update) => async (call) => {
    await call('CreateTable', table('Logins', 'id:S'));
    const TimeToLiveSpecification = {Enabled: true, AttributeName: 'expiresAt'};
    await call('UpdateTimeToLive', {TableName: 'Logins', TimeToLiveSpecification});
    for (const i of range(60)) {
      await put(call, 'Logins', {id: `l${i}`, user: `u${i}`, ...(lacks(i) ? {} : {expiresAt: now() + 3600})});
    }
    if (!update) return;
    // A login that is kept on purpose.
    const Key = item({id: 'l1'});
    await call('UpdateItem', {TableName: 'Logins', Key, UpdateExpression: 'REMOVE expiresAt'});
  };
  const [finding] = found(await adviseOn(application((i) => i % 3 === 0)), 'ttl-value-wrong');
  assert.equal(finding?.severity, 'note');
  assert.match(finding.title, /^20 items lack the TTL attribute "expiresAt"/);
  assert.deepEqual(told(await adviseOn(application((i) => i % 3 === 0, true)), 'ttl-value-wrong'), []);
  assert.deepEqual(told(await adviseOn(application((i) => i % 20 === 0)), 'ttl-value-wrong'), []);
  assert.deepEqual(told(await adviseOn(application((i) => i % 3 > 0)), 'ttl-value-wrong'), []);
});

test('an index by day', async () => {
  const application = (value, count = 320) => async (call) => {
    await call('CreateTable', table('Payments', 'id:S', undefined, {indexes: {byDay: ['day:S', 'id:S']}}));
    await load(call, 'Payments', range(count).map((i) => ({id: `p${i}`, day: value(i), cents: i})));
  };
  const day = (i) => `2026-11-${24 + (i % 4)}`;
  const [finding] = found(await adviseOn(application(day)), 'date-partition-key');
  assert.equal(finding?.severity, 'note');
  assert.equal(finding.index, 'byDay');
  assert.deepEqual(told(await adviseOn(application(day, 1200)), 'date-partition-key'), ['warning Payments']);
  assert.deepEqual(told(await adviseOn(application((i) => `2026-11-${10 + (i % 20)}`)), 'date-partition-key'), []);
  assert.deepEqual(told(await adviseOn(application((i) => `${i % 4}#2026-11-24`)), 'date-partition-key'), []);
});

test('another value for an item that was handed back', async () => {
  const application = (again) => async (call) => {
    await call('CreateTable', table('Prices', 'id:S'));
    const held = call('TransactWriteItems', {
      TransactItems: range(2).map((i) => ({Put: {TableName: 'Prices', Item: item({id: `p${i}`, n: 1})}})),
    });
    await sleep(50);
    const write = (Item) => call('BatchWriteItem', {RequestItems: {Prices: [{PutRequest: {Item}}]}});
    const {UnprocessedItems} = await write({id: {S: 'p0'}, n: {N: '1.50'}, tags: {SS: ['a', 'b']}});
    assert.equal(UnprocessedItems.Prices?.length, 1);
    await held;
    await sleep(50);
    await write({...again, id: {S: 'p0'}});
    await sleep(300);
  };
  const run = async (again) =>
    found(await adviseOn(application(again), {args: ['--transaction-hold-ms', '200']}), 'unprocessed-ignored');
  const [finding] = await run({n: {N: '2'}, tags: {SS: ['a', 'b']}});
  assert.equal(finding?.severity, 'error');
  assert.equal(evidence(finding, 'sent again'), '0');
  // As a client writes it that has parsed the answer.
  assert.deepEqual(await run({tags: {SS: ['b', 'a']}, n: {N: '1.5'}}), []);
});

test('the example of mixed types shows the wrong one', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('Players', 'id:S'));
    const rating = (i) => (i < 35 ? String(800 + i) : 800 + i);
    for (const i of range(60)) await put(call, 'Players', {id: `p${i}`, league: 'L', rating: rating(i)});
    await call('UpdateTable', {
      TableName: 'Players',
      AttributeDefinitions: ['league:S', 'rating:N'].map((one) => ({
        AttributeName: one.split(':')[0],
        AttributeType: one.split(':')[1],
      })),
      GlobalSecondaryIndexUpdates: [
        {
          Create: {
            IndexName: 'byLeague',
            KeySchema: [
              {AttributeName: 'league', KeyType: 'HASH'},
              {AttributeName: 'rating', KeyType: 'RANGE'},
            ],
            Projection: {ProjectionType: 'ALL'},
          },
        },
      ],
    });
    for (let status; status !== 'ACTIVE'; await sleep(20)) {
      const {Table} = await call('DescribeTable', {TableName: 'Players'});
      status = Table.GlobalSecondaryIndexes[0].IndexStatus;
    }
  });
  const [mixed] = found(report, 'attribute-types-mixed');
  assert.equal(evidence(mixed, 'a value of type S, which index byLeague does not take'), '800');
  assert.match(mixed.example, /"rating":\{"S":"800"\}/);
  const [skipped] = found(report, 'index-leaves-items-out');
  assert.match(skipped.title, /"rating" is S instead of N/);
  assert.match(skipped.example, /"rating":\{"S":"800"\}/);
});

test('figures of a sample', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('People', 'id:S', undefined, {indexes: {byTeam: ['team:S', 'id:S']}}));
    await load(call, 'People', range(600).map((i) => ({id: `a${i}`, city: 'Ulm', size: i})));
    await load(call, 'People', range(200).map((i) => ({id: `b${i}`, city: 'Ulm', size: String(i), team: `t${i % 9}`})));
  });
  const [gap] = found(report, 'index-leaves-items-out');
  assert.match(gap.title, /^600 items lack "team"/);
  assert.match(gap.example, /^\{"RequestItems":\{"People":\[\{"PutRequest":\{"Item"/);
  const [mixed] = found(report, 'attribute-types-mixed');
  assert.match(evidence(mixed, 'types'), /^N in about \d+ writes, S in about \d+ writes$/);
  assert.match(evidence(mixed, 'a sample: writes looked at'), /^\d+ of 800$/);
});

// What Terraform's AWS provider sends for an aws_dynamodb_table, call by call, as its Go source has it
// (internal/service/dynamodb/table.go and wait.go of hashicorp/terraform-provider-aws, 2026): create, the reads that make
// its state, updates in its order, destroy. Its waiters fail on a state they do not expect, so `waitFor` does too, and
// the server's states last a moment. After each apply the plan must be empty: what was read is what was configured.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {startServer} from './server.mjs';
import {PREFIX, assertError, wire} from './wire.mjs';

const skip = process.env.DYNAROCK_ENDPOINT && 'needs a server of its own';
const NAME = 'game-scores';

let server;
let send;
before(async () => {
  server = await startServer(['--transient-ms', '120']);
  send = wire(server.port);
});
after(() => server.stop());

async function call(operation, body) {
  const answer = await send(operation, body);
  assert.equal(answer.status, 200, `${operation}: ${answer.text}`);
  return answer.json;
}

// As the provider's SDK does: it takes LimitExceededException for throttling.
async function callPatiently(operation, body) {
  for (let attempt = 1; ; ++attempt) {
    const answer = await send(operation, body);
    if (answer.status === 200) return answer.json;
    const limited = answer.json.__type === `${PREFIX.dynamodb}LimitExceededException`;
    assert.ok(limited && attempt < 25, `${operation}: ${answer.text}`);
    await sleep(20);
  }
}

// -- Waiters: the provider's pending and target states ---------------------------------------------

// Looks until `look` tells a target state. undefined is "gone", which only an empty `target` waits for.
async function waitFor(what, {pending, target}, look) {
  for (const end = Date.now() + 5000; Date.now() < end; await sleep(20)) {
    const state = await look();
    if (state === undefined && target.length === 0) return;
    if (target.includes(state)) return;
    assert.ok(pending.includes(state), `${what}: unexpected state ${state}`);
  }
  assert.fail(`${what}: never ${target.length ? target.join(' or ') : 'gone'}`);
}

async function findTable() {
  const answer = await send('DescribeTable', {TableName: NAME});
  if (answer.status === 200) return answer.json.Table;
  assertError(answer, `${PREFIX.dynamodb}ResourceNotFoundException`, `Requested resource not found: Table: ${NAME} not found`);
  return undefined;
}
const findIndex = async (name) => (await findTable())?.GlobalSecondaryIndexes?.find(({IndexName}) => IndexName === name);

const ACTIVE = {pending: ['CREATING', 'UPDATING'], target: ['ACTIVE']};
async function waitTableActive() {
  await waitFor('table', ACTIVE, async () => (await findTable())?.TableStatus);
  await waitFor('warm throughput of the table', ACTIVE, async () => (await findTable())?.WarmThroughput.Status);
}
async function waitIndexActive(name) {
  await waitFor(`index ${name}`, ACTIVE, async () => (await findIndex(name))?.IndexStatus);
  await waitFor(`warm throughput of ${name}`, ACTIVE, async () => (await findIndex(name))?.WarmThroughput.Status);
}

async function updateTable(change) {
  await call('UpdateTable', {TableName: NAME, ...change});
  await waitTableActive();
}

async function updateTimeToLive({AttributeName, Enabled}) {
  await call('UpdateTimeToLive', {TableName: NAME, TimeToLiveSpecification: {AttributeName, Enabled}});
  const states = Enabled
    ? {pending: ['DISABLED', 'ENABLING'], target: ['ENABLED']}
    : {pending: ['ENABLED', 'DISABLING'], target: ['DISABLED']};
  const look = async () =>
    (await call('DescribeTimeToLive', {TableName: NAME})).TimeToLiveDescription.TimeToLiveStatus;
  await waitFor('TTL', states, look);
}

const pointInTime = async () =>
  (await call('DescribeContinuousBackups', {TableName: NAME})).ContinuousBackupsDescription
    .PointInTimeRecoveryDescription;

async function updatePointInTimeRecovery(enabled, days) {
  const PointInTimeRecoverySpecification = {PointInTimeRecoveryEnabled: enabled};
  if (enabled && days > 0) PointInTimeRecoverySpecification.RecoveryPeriodInDays = days;
  await call('UpdateContinuousBackups', {TableName: NAME, PointInTimeRecoverySpecification});
  const states = enabled ? {pending: ['ENABLING', 'DISABLED'], target: ['ENABLED']} : {pending: [], target: ['DISABLED']};
  await waitFor('point-in-time recovery', states, async () => (await pointInTime()).PointInTimeRecoveryStatus);
}

async function updateTags(arn, wanted) {
  const have = await tagsOf(arn);
  const removed = Object.keys(have).filter((key) => !(key in wanted));
  const changed = Object.entries(wanted).filter(([key, value]) => have[key] !== value);
  if (removed.length) await call('UntagResource', {ResourceArn: arn, TagKeys: removed});
  if (changed.length) {
    await callPatiently('TagResource', {ResourceArn: arn, Tags: changed.map(([Key, Value]) => ({Key, Value}))});
  }
  assert.deepEqual(await tagsOf(arn), wanted);
}

// -- State: what the provider keeps of its reads --------------------------------------------------

async function tagsOf(ResourceArn) {
  const tags = {};
  let NextToken;
  do {
    const page = await call('ListTagsOfResource', {ResourceArn, NextToken});
    for (const {Key, Value} of page.Tags) tags[Key] = Value;
    ({NextToken} = page);
  } while (NextToken);
  return tags;
}

const keyOf = (schema, type) => schema.find(({KeyType}) => KeyType === type)?.AttributeName ?? '';
const capacityOf = (throughput) => [throughput?.ReadCapacityUnits ?? 0, throughput?.WriteCapacityUnits ?? 0];
const byName = (one, other) => (one.name < other.name ? -1 : 1);

function stateOfIndex({IndexName, KeySchema, Projection, ProvisionedThroughput}) {
  return {
    name: IndexName,
    hash: keyOf(KeySchema, 'HASH'),
    range: keyOf(KeySchema, 'RANGE'),
    projection: Projection.ProjectionType,
    attributes: (Projection.NonKeyAttributes ?? []).toSorted(),
    capacity: capacityOf(ProvisionedThroughput),
  };
}

async function read() {
  const table = await findTable();
  const {TimeToLiveDescription: ttl} = await call('DescribeTimeToLive', {TableName: NAME});
  const recovery = await pointInTime();
  const stream = table.StreamSpecification;
  return {
    billing: table.BillingModeSummary?.BillingMode ?? 'PROVISIONED',
    capacity: capacityOf(table.ProvisionedThroughput),
    hash: keyOf(table.KeySchema, 'HASH'),
    range: keyOf(table.KeySchema, 'RANGE'),
    attributes: Object.fromEntries(table.AttributeDefinitions.map((one) => [one.AttributeName, one.AttributeType])),
    locals: (table.LocalSecondaryIndexes ?? []).map(stateOfIndex).toSorted(byName),
    globals: (table.GlobalSecondaryIndexes ?? []).map(stateOfIndex).toSorted(byName),
    stream: stream ? [stream.StreamEnabled, stream.StreamViewType] : [false, ''],
    encrypted: table.SSEDescription?.Status === 'ENABLED',
    protected: table.DeletionProtectionEnabled,
    class: table.TableClassSummary?.TableClass ?? 'STANDARD',
    ttl: ttl.TimeToLiveStatus === 'ENABLED' ? ttl.AttributeName : '',
    recovery: recovery.PointInTimeRecoveryStatus === 'ENABLED' ? recovery.RecoveryPeriodInDays : 0,
    replicas: table.Replicas ?? [],
    tags: await tagsOf(table.TableArn),
  };
}

const planIsEmpty = async (config) => assert.deepEqual(await read(), config);

// -- A configuration, and the calls that create it ------------------------------------------------

const index = (name, hash, range, projection = 'ALL', attributes = [], capacity = [0, 0]) => ({
  name,
  hash,
  range,
  projection,
  attributes,
  capacity,
});

const CONFIG = {
  billing: 'PAY_PER_REQUEST',
  capacity: [0, 0],
  hash: 'user',
  range: 'game',
  attributes: {user: 'S', game: 'S', score: 'N', day: 'S'},
  locals: [index('by-day', 'user', 'day', 'KEYS_ONLY')],
  globals: [index('by-score', 'game', 'score', 'INCLUDE', ['day', 'level'])],
  stream: [true, 'NEW_AND_OLD_IMAGES'],
  encrypted: true,
  protected: true,
  class: 'STANDARD',
  ttl: 'expires',
  recovery: 35,
  replicas: [],
  tags: {environment: 'test', team: 'games'},
};

const schemaOf = ({hash, range}) =>
  [
    [hash, 'HASH'],
    [range, 'RANGE'],
  ].flatMap(([AttributeName, KeyType]) => (AttributeName ? [{AttributeName, KeyType}] : []));
const definitionsOf = ({attributes}) =>
  Object.entries(attributes).map(([AttributeName, AttributeType]) => ({AttributeName, AttributeType}));
const throughputOf = ([ReadCapacityUnits, WriteCapacityUnits]) => ({ReadCapacityUnits, WriteCapacityUnits});

function inputOf(one, billing) {
  const input = {
    IndexName: one.name,
    KeySchema: schemaOf(one),
    Projection: {ProjectionType: one.projection},
  };
  if (one.attributes.length) input.Projection.NonKeyAttributes = one.attributes;
  if (billing === 'PROVISIONED') input.ProvisionedThroughput = throughputOf(one.capacity);
  return input;
}

async function create(config) {
  const input = {
    TableName: NAME,
    BillingMode: config.billing,
    KeySchema: schemaOf(config),
    AttributeDefinitions: definitionsOf(config),
    DeletionProtectionEnabled: config.protected,
    LocalSecondaryIndexes: config.locals.map((one) => inputOf(one)),
    GlobalSecondaryIndexes: config.globals.map((one) => inputOf(one, config.billing)),
    StreamSpecification: {StreamEnabled: config.stream[0], StreamViewType: config.stream[1]},
    SSESpecification: {Enabled: true, SSEType: 'KMS'},
    TableClass: config.class,
    Tags: Object.entries(config.tags).map(([Key, Value]) => ({Key, Value})),
  };
  if (config.billing === 'PROVISIONED') input.ProvisionedThroughput = throughputOf(config.capacity);
  await call('CreateTable', input);
  await waitTableActive();
  for (const {name} of config.globals) await waitIndexActive(name);
  await updateTimeToLive({AttributeName: config.ttl, Enabled: true});
  await updatePointInTimeRecovery(true, config.recovery);
}

describe('Terraform', {skip}, () => {
  let config = CONFIG;

  test('apply: creates the table, and the plan is empty', async () => {
    assert.equal(await findTable(), undefined);
    await create(config);
    await planIsEmpty(config);
    const {WarmThroughput, GlobalSecondaryIndexes} = await findTable();
    const warm = {ReadUnitsPerSecond: 12000, WriteUnitsPerSecond: 4000, Status: 'ACTIVE'};
    assert.deepEqual(WarmThroughput, warm);
    assert.deepEqual(GlobalSecondaryIndexes[0].WarmThroughput, warm);
  });

  test('apply again: an import reads the same', async () => {
    await planIsEmpty(config);
  });

  test('apply: replaces a global index, deletion first, one a call', async () => {
    const added = index('by-level', 'level', 'score', 'KEYS_ONLY');
    config = {...config, attributes: {...config.attributes, level: 'S'}, globals: [added]};
    await call('UpdateTable', {
      TableName: NAME,
      GlobalSecondaryIndexUpdates: [{Delete: {IndexName: 'by-score'}}],
    });
    const gone = {pending: ['ACTIVE', 'DELETING', 'UPDATING'], target: []};
    await waitFor('index by-score', gone, async () => (await findIndex('by-score'))?.IndexStatus);
    await waitTableActive();
    await call('UpdateTable', {
      TableName: NAME,
      AttributeDefinitions: definitionsOf(config),
      GlobalSecondaryIndexUpdates: [{Create: inputOf(added, config.billing)}],
    });
    await waitIndexActive('by-level');
    await waitTableActive();
    await planIsEmpty(config);
  });

  test('apply: changes TTL to another attribute by disabling it first', async () => {
    await updateTimeToLive({AttributeName: 'expires', Enabled: false});
    await planIsEmpty({...config, ttl: ''});
    await updateTimeToLive({AttributeName: 'until', Enabled: true});
    config = {...config, ttl: 'until'};
    await planIsEmpty(config);
  });

  test('apply: changes the days of point-in-time recovery, then disables it', async () => {
    await updatePointInTimeRecovery(true, 7);
    await planIsEmpty({...config, recovery: 7});
    await updatePointInTimeRecovery(false, 0);
    config = {...config, recovery: 0};
    await planIsEmpty(config);
  });

  test('apply: changes tags', async () => {
    config = {...config, tags: {team: 'arcade', owner: 'ada'}};
    await updateTags((await findTable()).TableArn, config.tags);
    await planIsEmpty(config);
  });

  test('apply: changes the view of the stream by a cycle', async () => {
    const {LatestStreamArn: before} = await findTable();
    await updateTable({StreamSpecification: {StreamEnabled: false}});
    await updateTable({StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'}});
    config = {...config, stream: [true, 'KEYS_ONLY']};
    await planIsEmpty(config);
    assert.notEqual((await findTable()).LatestStreamArn, before);
  });

  test('apply: changes the table class alone, then to provisioned capacity with its index', async () => {
    await updateTable({TableClass: 'STANDARD_INFREQUENT_ACCESS'});
    config = {...config, class: 'STANDARD_INFREQUENT_ACCESS'};
    await planIsEmpty(config);
    const capacity = [5, 6];
    await updateTable({
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: throughputOf(capacity),
      GlobalSecondaryIndexUpdates: [{Update: {IndexName: 'by-level', ProvisionedThroughput: throughputOf([2, 3])}}],
    });
    await waitIndexActive('by-level');
    config = {...config, billing: 'PROVISIONED', capacity, globals: [{...config.globals[0], capacity: [2, 3]}]};
    await planIsEmpty(config);
  });

  test('apply: changes capacity of the table and of the index in one call', async () => {
    await updateTable({
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: throughputOf([7, 8]),
      GlobalSecondaryIndexUpdates: [{Update: {IndexName: 'by-level', ProvisionedThroughput: throughputOf([9, 9])}}],
    });
    await waitIndexActive('by-level');
    config = {...config, capacity: [7, 8], globals: [{...config.globals[0], capacity: [9, 9]}]};
    await planIsEmpty(config);
  });

  test('apply: raises warm throughput of the table and of the index', async () => {
    const warm = {ReadUnitsPerSecond: 13000, WriteUnitsPerSecond: 5000};
    await updateTable({WarmThroughput: warm});
    assert.deepEqual((await findTable()).WarmThroughput, {...warm, Status: 'ACTIVE'});
    await call('UpdateTable', {
      TableName: NAME,
      GlobalSecondaryIndexUpdates: [{Update: {IndexName: 'by-level', WarmThroughput: warm}}],
    });
    await waitIndexActive('by-level');
    await waitTableActive();
    assert.deepEqual((await findIndex('by-level')).WarmThroughput, {...warm, Status: 'ACTIVE'});
    await planIsEmpty(config);
  });

  test('apply: disables encryption with a key of the account', async () => {
    await call('UpdateTable', {TableName: NAME, SSESpecification: {Enabled: false}});
    const done = {pending: ['DISABLING', 'ENABLING', 'UPDATING'], target: ['DISABLED', 'ENABLED']};
    await waitFor('encryption', done, async () => (await findTable()).SSEDescription?.Status ?? 'DISABLED');
    await waitTableActive();
    config = {...config, encrypted: false};
    await planIsEmpty(config);
  });

  test('destroy: is refused while the table is protected', async () => {
    const answer = await send('DeleteTable', {TableName: NAME});
    assert.equal(answer.status, 400);
    assert.match(answer.json.message, /deletion protection/i);
    await updateTable({DeletionProtectionEnabled: false});
    config = {...config, protected: false};
    await planIsEmpty(config);
  });

  test('destroy: deletes the table; a second time finds nothing', async () => {
    const {TableArn} = await findTable();
    await call('DeleteTable', {TableName: NAME});
    const gone = {pending: ['ACTIVE', 'DELETING'], target: []};
    await waitFor('table', gone, async () => (await findTable())?.TableStatus);
    const answer = await send('DeleteTable', {TableName: NAME});
    assertError(answer, `${PREFIX.dynamodb}ResourceNotFoundException`, `Requested resource not found: Table: ${NAME} not found`);
    assert.notEqual((await send('ListTagsOfResource', {ResourceArn: TableArn})).status, 200);
  });
});

// The states a table and its indexes pass through, and what is refused meanwhile: a server whose states last.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {startServer} from '../api/server.mjs';
import {PREFIX, wire} from '../api/wire.mjs';
import {define, s, units} from './definitions.mjs';

const LASTING_MS = 1000;
let server, call;
before(async () => {
  server = await startServer(['--transient-ms', String(LASTING_MS), '--log-level', 'warn']);
  call = wire(server.port);
});
after(() => server.stop());

let made = 0;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const look = async (TableName) => (await call('DescribeTable', {TableName})).json.Table;
const arnOf = (TableName) => `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`;

// Asks as a waiter does, until `done` says so; what was seen on the way.
async function wait(TableName, seen, done) {
  const states = [];
  for (;;) {
    const table = await look(TableName);
    const state = table === undefined ? 'gone' : seen(table);
    if (states.at(-1) !== state) states.push(state);
    if (done(state)) return states;
    await pause(20);
  }
}
const tableStates = (TableName, last = 'ACTIVE') => wait(TableName, (table) => table.TableStatus, (state) => state === last);
const statesOf = (table) => [
  table.TableStatus,
  ...(table.GlobalSecondaryIndexes ?? []).map((index) => index.IndexStatus),
  table.WarmThroughput.Status,
];
async function settled(TableName) {
  await wait(TableName, (table) => statesOf(table).join(), (state) => /^ACTIVE(,ACTIVE)*$/.test(state));
  return look(TableName);
}
async function table(body, {active = true} = {}) {
  const TableName = `States-${++made}`;
  const reply = await call('CreateTable', {TableName, ...body});
  assert.equal(reply.status, 200, reply.text);
  if (active) await settled(TableName);
  return TableName;
}
async function update(TableName, change) {
  const reply = await call('UpdateTable', {TableName, ...change});
  assert.equal(reply.status, 200, reply.text);
  return reply.json.TableDescription;
}

// What an operation is refused with; {T} is the table.
const refused = (type, message) => ({type, message});
const inUse = (what) => refused('ResourceInUseException', `Attempt to change a resource which is still in use: ${what}`);
const gone = refused('ResourceNotFoundException', 'Requested resource not found');
const noTable = refused('ResourceNotFoundException', 'Requested resource not found: Table: {T} not found');
const untaggable = refused('ResourceNotFoundException', `Requested resource not found: ResourceArn: ${arnOf('{T}')} not found`);
const limited = (what) => refused('LimitExceededException', `Subscriber limit exceeded: ${what}`);
const invalid = (message) => refused('ValidationException', message);
const admitted = null;

// attempts: [operation, its members (or its body, of the table's name), what it is refused with, or admitted].
async function meets(TableName, attempts) {
  for (const [operation, members, expected] of attempts) {
    const tagging = /Tag|Resource$/.test(operation);
    const named = tagging ? {ResourceArn: arnOf(TableName)} : {TableName};
    const body = typeof members === 'function' ? members(TableName) : {...named, ...members};
    const reply = await call(operation, body);
    const about = `${operation} ${JSON.stringify(members)}: ${reply.text}`;
    if (expected === admitted) {
      assert.equal(reply.status, 200, about);
      continue;
    }
    const prefix = expected.type === 'ValidationException' ? '' : PREFIX.dynamodb;
    assert.ok(reply.json.__type.endsWith(expected.type) && reply.json.__type.startsWith(prefix), about);
    assert.equal(reply.json.message, expected.message.replaceAll('{T}', TableName), about);
  }
}

const create = (IndexName = 'New') => ({
  AttributeDefinitions: [{AttributeName: 'g', AttributeType: 'S'}],
  GlobalSecondaryIndexUpdates: [
    {
      Create: {
        IndexName,
        KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}],
        Projection: {ProjectionType: 'ALL'},
      },
    },
  ],
});
const drop = (IndexName) => ({GlobalSecondaryIndexUpdates: [{Delete: {IndexName}}]});
const ofIndex = (IndexName, members) => ({GlobalSecondaryIndexUpdates: [{Update: {IndexName, ...members}}]});
const stream = {StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'}};
const noStream = {StreamSpecification: {StreamEnabled: false}};
const infrequent = {TableClass: 'STANDARD_INFREQUENT_ACCESS'};
const protect = {DeletionProtectionEnabled: true};
const unprotect = {DeletionProtectionEnabled: false};
const limits = {OnDemandThroughput: {MaxReadRequestUnits: 5}};
const encrypt = {SSESpecification: {Enabled: true}};
const warm = {WarmThroughput: {ReadUnitsPerSecond: 20000}};
const toOnDemand = {BillingMode: 'PAY_PER_REQUEST'};
const ttl = {TimeToLiveSpecification: {Enabled: true, AttributeName: 'expires'}};
const recovery = {PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}};
const tags = (Value) => ({Tags: [{Key: 'a', Value}]});
const key = {Key: {pk: s('a')}};

const onDemand = define('pk:S');
const provisioned = define('pk:S', units(5, 5));
const indexed = define('pk:S', {global: {First: 'g:S'}});
const NOT_ACTIVE = refused('ResourceInUseException', 'Table needs to be in ACTIVE status to modify deletion protection setting.');
const ONE_ONLINE = limited('Only 1 online index can be created or deleted simultaneously per table');
const items = (expected) => [
  ['PutItem', {Item: {pk: s('a')}}, expected],
  ['GetItem', key, expected],
  ['UpdateItem', key, expected],
  ['DeleteItem', key, expected],
  ['Scan', {}, expected],
  ['Query', {KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: {':p': s('a')}}, expected],
  ['BatchGetItem', (TableName) => ({RequestItems: {[TableName]: {Keys: [key.Key]}}}), expected],
  ['BatchWriteItem', (TableName) => ({RequestItems: {[TableName]: [{DeleteRequest: key}]}}), expected],
  ['TransactGetItems', (TableName) => ({TransactItems: [{Get: {TableName, ...key}}]}), expected],
  ['TransactWriteItems', (TableName) => ({TransactItems: [{Delete: {TableName, ...key}}]}), expected],
  ['ExecuteStatement', (TableName) => ({Statement: `SELECT * FROM "${TableName}" WHERE pk = 'a'`}), expected],
];
// What a table takes that is being updated.
const settings = [
  ['UpdateTable', protect, admitted],
  ['UpdateTable', unprotect, admitted],
  ['UpdateTimeToLive', ttl, admitted],
  ['DescribeTimeToLive', {}, admitted],
  ['UpdateContinuousBackups', recovery, admitted],
  ['ListTagsOfResource', {}, admitted],
];

describe('states that last', {concurrency: true}, () => {
  test('a table that is being created', async () => {
    const body = {...indexed, ...stream};
    const TableName = await table(body, {active: false});
    const seen = await look(TableName);
    assert.deepEqual([seen.TableStatus, seen.GlobalSecondaryIndexes[0].IndexStatus], ['CREATING', 'CREATING']);
    assert.ok(!Object.hasOwn(seen.GlobalSecondaryIndexes[0], 'Backfilling'));
    await meets(TableName, [
      ['UpdateTable', infrequent, inUse('Table is being created: {T}')],
      ['UpdateTable', protect, NOT_ACTIVE],
      ['DeleteTable', {}, inUse('Table is being created: {T}')],
      ['CreateTable', onDemand, inUse('Table is being created: {T}')],
      ...items(gone),
      ['UpdateTimeToLive', ttl, noTable],
      [
        'DescribeTimeToLive',
        {},
        invalid('Cannot describe time to live while table is in CREATING state: Current table state is CREATING'),
      ],
      ['DescribeContinuousBackups', {}, refused('TableNotFoundException', 'Table not found: {T}')],
      ['UpdateContinuousBackups', recovery, refused('TableNotFoundException', 'Table not found: {T}')],
      ['TagResource', tags('v'), untaggable],
      ['UntagResource', {TagKeys: ['a']}, untaggable],
      ['ListTagsOfResource', {}, untaggable],
      ['DescribeTable', {}, admitted],
    ]);
    assert.ok((await call('ListTables', {})).json.TableNames.includes(TableName));
    assert.deepEqual(await tableStates(TableName), ['CREATING', 'ACTIVE']);
    await meets(TableName, items(admitted));
  });

  test('units that change', async () => {
    const TableName = await table(provisioned);
    const answer = await update(TableName, units(9, 9));
    assert.equal(answer.TableStatus, 'UPDATING');
    await meets(TableName, [
      ['UpdateTable', units(3, 3), inUse('Table IOPS are currently being updated. Table: {T}')],
      ['UpdateTable', toOnDemand, inUse('Table IOPS are currently being updated. Table: {T}')],
      ['UpdateTable', stream, inUse("Can't enable or disable stream while table IOPS are being updated. Table: {T}")],
      ['UpdateTable', create(), inUse("Can't create or delete indexes while table IOPS are being updated. Table: {T}")],
      ['UpdateTable', infrequent, inUse('Table is being updated: {T}')],
      ['DeleteTable', {}, inUse('Table: {T} is in the process of being updated.')],
      ['CreateTable', onDemand, refused('ResourceInUseException', 'Table already exists: {T}')],
      ...settings,
      ['TagResource', tags('v'), admitted],
      ...items(admitted),
    ]);
    assert.deepEqual(await tableStates(TableName), ['UPDATING', 'ACTIVE']);
    assert.equal((await look(TableName)).ProvisionedThroughput.ReadCapacityUnits, 9);
  });

  test('a billing mode that changes', async () => {
    const TableName = await table(provisioned);
    await update(TableName, toOnDemand);
    await meets(TableName, [
      ['UpdateTable', toOnDemand, inUse('Table IOPS are currently being updated. Table: {T}')],
      ['UpdateTable', limits, inUse('OnDemandThroughput cannot be updated while BillingMode update is in progress')],
    ]);
    assert.deepEqual(await tableStates(TableName), ['UPDATING', 'ACTIVE']);
    // Repeated, it changes nothing.
    assert.equal((await update(TableName, toOnDemand)).TableStatus, 'UPDATING');
    assert.equal((await look(TableName)).TableStatus, 'ACTIVE');
    await meets(TableName, [['UpdateTable', limits, admitted]]);
    assert.equal((await look(TableName)).TableStatus, 'ACTIVE');
  });

  test('a stream that comes and goes', async () => {
    const TableName = await table(onDemand);
    const streamStatus = async (StreamArn) =>
      (
        await call('DescribeStream', {StreamArn}, {headers: {'X-Amz-Target': 'DynamoDBStreams_20120810.DescribeStream'}})
      ).json.StreamDescription.StreamStatus;
    for (const [change, operation, during, afterwards] of [
      [stream, 'ENABLE', 'ENABLING', 'ENABLED'],
      [noStream, 'DISABLE', 'DISABLING', 'DISABLED'],
    ]) {
      const {LatestStreamLabel: label, LatestStreamArn: arn} = await update(TableName, change);
      assert.equal(await streamStatus(arn), during);
      const which = `Table: {T} Stream: ${label} Operation: ${operation}`;
      await meets(TableName, [
        ['UpdateTable', change, inUse(`A stream status change is currently in progress. ${which}`)],
        [
          'UpdateTable',
          {BillingMode: 'PROVISIONED', ...units(1, 1)},
          inUse(`Can't change table IOPS when stream status is being updated. ${which}`),
        ],
        ['UpdateTable', create(), inUse("Can't create or delete an index when stream status is being updated.")],
        ['UpdateTable', limits, inUse('OnDemandThroughput cannot be updated while stream status update is in progress')],
        ['DeleteTable', {}, inUse('Cannot delete table while stream is being enabled/disabled.')],
        ['UpdateTable', protect, admitted],
        ['UpdateTable', unprotect, admitted],
      ]);
      assert.deepEqual(await tableStates(TableName), ['UPDATING', 'ACTIVE']);
      assert.equal(await streamStatus(arn), afterwards);
    }
  });

  test('a table class that changes', async () => {
    const TableName = await table(onDemand);
    await update(TableName, infrequent);
    const which = 'TableClassUpdateInProgress: STANDARD_INFREQUENT_ACCESS';
    await meets(TableName, [
      [
        'UpdateTable',
        infrequent,
        inUse(`Can't update table class when a table class update is in progress. Table: {T} ${which}`),
      ],
      [
        'UpdateTable',
        stream,
        inUse(`Can't change stream status when a table class update is in progress. Table: {T} ${which}`),
      ],
      ['UpdateTable', create(), inUse("Can't create or delete an index when a table class update is in progress.")],
      ['UpdateTable', limits, inUse(`OnDemandThroughput cannot be updated while TableClass update is in progress. ${which}`)],
      ['DeleteTable', {}, inUse('Table: {T} is in the process of being updated.')],
      ...settings,
    ]);
    assert.deepEqual(await tableStates(TableName), ['UPDATING', 'ACTIVE']);
  });

  test('encryption that changes leaves the table ACTIVE', async () => {
    const TableName = await table(onDemand);
    const sse = (seen) => `${seen.TableStatus} ${seen.SSEDescription?.Status}`;
    await update(TableName, encrypt);
    await meets(TableName, [
      ['UpdateTable', encrypt, inUse('Server-Side Encryption is still being updated')],
      ['UpdateTable', limits, admitted],
    ]);
    assert.deepEqual(await wait(TableName, sse, (state) => state === 'ACTIVE ENABLED'), ['ACTIVE UPDATING', 'ACTIVE ENABLED']);
    await update(TableName, {SSESpecification: {Enabled: false}});
    assert.deepEqual((await look(TableName)).SSEDescription, {Status: 'UPDATING'});
    assert.deepEqual(await wait(TableName, sse, (state) => state === 'ACTIVE undefined'), ['ACTIVE UPDATING', 'ACTIVE undefined']);
  });

  test('warm throughput that changes leaves everything ACTIVE and admits everything', async () => {
    const TableName = await table(indexed);
    const status = (seen) => `${seen.TableStatus} ${seen.WarmThroughput.Status}`;
    await update(TableName, warm);
    await update(TableName, {WarmThroughput: {ReadUnitsPerSecond: 21000}});
    await meets(TableName, [['UpdateTable', limits, admitted]]);
    assert.deepEqual(await wait(TableName, status, (state) => state === 'ACTIVE ACTIVE'), ['ACTIVE UPDATING', 'ACTIVE ACTIVE']);
    assert.equal((await look(TableName)).WarmThroughput.ReadUnitsPerSecond, 21000);
    await update(TableName, ofIndex('First', warm));
    const [index] = (await look(TableName)).GlobalSecondaryIndexes;
    assert.deepEqual([index.IndexStatus, index.WarmThroughput.Status], ['ACTIVE', 'UPDATING']);
    await update(TableName, infrequent);
    assert.deepEqual(await tableStates(TableName), ['UPDATING', 'ACTIVE']);
  });

  test('an index that is made: room for it, then its entries', async () => {
    const TableName = await table({...provisioned, ...indexed, BillingMode: 'PAY_PER_REQUEST', ProvisionedThroughput: undefined});
    const indexState = (seen) => {
      const index = seen.GlobalSecondaryIndexes.find((one) => one.IndexName === 'New');
      return `${seen.TableStatus} ${index.IndexStatus} ${index.Backfilling}`;
    };
    const answer = await update(TableName, create());
    assert.equal(indexState(answer), 'UPDATING CREATING false');
    const building = [
      ['UpdateTable', {BillingMode: 'PROVISIONED', ...units(1, 1), ...ofIndex('First', units(1, 1))}, inUse("Can't change table IOPS when an index is being created. Table: {T} Indexes: [New]")],
      ['UpdateTable', stream, inUse("Can't change stream status when an index is being created")],
      ['UpdateTable', limits, inUse('OnDemandThroughput cannot be updated while index creation is in progress for indexes: [New]')],
      ['UpdateTable', create('Second'), ONE_ONLINE],
      ['UpdateTable', drop('First'), ONE_ONLINE],
      ['DeleteTable', {}, inUse('Cannot delete table while indexes are being created, updated, or deleted.')],
      ['UpdateTable', create('New'), refused('ValidationException', 'Attempting to create an index which already exists')],
    ];
    await meets(TableName, [
      ...building,
      [
        'UpdateTable',
        drop('New'),
        inUse(
          'Index creation is in resource allocation phase. Retry deletion during backfilling phase or when the index is active. Table: {T} Index: New',
        ),
      ],
      [
        'UpdateTable',
        ofIndex('New', limits),
        inUse('Index is being created but is not backfilling yet.  Table: {T} Index: New'),
      ],
      ...items(admitted),
    ]);
    const states = await wait(TableName, indexState, (state) => state.startsWith('ACTIVE CREATING'));
    assert.deepEqual(states, ['UPDATING CREATING false', 'ACTIVE CREATING true']);
    await meets(TableName, building);
    assert.deepEqual(await wait(TableName, indexState, (state) => state.startsWith('ACTIVE ACTIVE')), [
      'ACTIVE CREATING true',
      'ACTIVE ACTIVE undefined',
    ]);
    await meets(TableName, [['Scan', {IndexName: 'New'}, admitted]]);
  });

  test('an index that is being filled may be deleted', async () => {
    const TableName = await table(onDemand);
    await update(TableName, create());
    await tableStates(TableName);
    const [index] = (await update(TableName, drop('New'))).GlobalSecondaryIndexes;
    assert.deepEqual([index.IndexStatus, index.Backfilling], ['DELETING', undefined]);
    await wait(TableName, (seen) => seen.GlobalSecondaryIndexes?.length ?? 0, (count) => count === 0);
  });

  test('an index that is being deleted', async () => {
    const TableName = await table(indexed);
    const answer = await update(TableName, drop('First'));
    assert.deepEqual([answer.TableStatus, answer.GlobalSecondaryIndexes[0].IndexStatus], ['UPDATING', 'DELETING']);
    await meets(TableName, [
      ['UpdateTable', {BillingMode: 'PROVISIONED', ...units(1, 1)}, inUse("Can't change table IOPS when an index is being deleted. Table: {T} Indexes: [First]")],
      ['UpdateTable', stream, inUse("Can't change stream status when an index is being deleted")],
      ['UpdateTable', limits, inUse('OnDemandThroughput cannot be updated while index deletion is in progress for indexes: [First]')],
      ['UpdateTable', ofIndex('First', limits), inUse('Index is being deleted.  Table: {T} Index: First')],
      ['UpdateTable', create(), ONE_ONLINE],
      ['DeleteTable', {}, inUse('Cannot delete table while indexes are being created, updated, or deleted.')],
      ['Scan', {IndexName: 'First'}, refused('ValidationException', 'The table does not have the specified index: First')],
    ]);
    await wait(
      TableName,
      (seen) => `${seen.TableStatus} ${seen.GlobalSecondaryIndexes?.[0].IndexStatus}`,
      (state) => state === 'ACTIVE undefined',
    );
  });

  test('units and limits of an index leave the table ACTIVE', async () => {
    for (const [definition, change] of [
      [define('pk:S', {global: {First: ['g:S', {ProjectionType: 'ALL'}, units(1, 1)]}, ...units(1, 1)}), units(2, 2)],
      [indexed, limits],
    ]) {
      const TableName = await table(definition);
      const answer = await update(TableName, ofIndex('First', change));
      assert.deepEqual([answer.TableStatus, answer.GlobalSecondaryIndexes[0].IndexStatus], ['ACTIVE', 'UPDATING']);
      await meets(TableName, [
        ['UpdateTable', ofIndex('First', change), inUse('Index is being updated.  Table: {T} Index: First')],
        ['UpdateTable', drop('First'), inUse('Index is being updated.  Table: {T} Index: First')],
        ['DeleteTable', {}, inUse('Cannot delete table while indexes are being created, updated, or deleted.')],
      ]);
      const states = await wait(TableName, (seen) => statesOf(seen).join(), (state) => state === 'ACTIVE,ACTIVE,ACTIVE');
      assert.deepEqual(states, ['ACTIVE,UPDATING,ACTIVE', 'ACTIVE,ACTIVE,ACTIVE']);
    }
  });

  test('tags that change', async () => {
    const TableName = await table(onDemand);
    await meets(TableName, [
      ['TagResource', tags('1'), admitted],
      ['TagResource', tags('2'), limited('Table tags are being updated: {T}')],
      ['UntagResource', {TagKeys: ['a']}, limited('Table tags are being updated: {T}')],
      ['TagResource', tags('1'), admitted],
      ['UntagResource', {TagKeys: ['b']}, admitted],
      ['DeleteTable', {}, inUse('Table tags are being updated: {T}')],
    ]);
    await pause(LASTING_MS);
    await meets(TableName, [['UntagResource', {TagKeys: ['a']}, admitted]]);
  });

  test('a table that is being deleted', async () => {
    const TableName = await table({...indexed, ...stream});
    const {LatestStreamArn: StreamArn} = await look(TableName);
    const streamStatus = async () =>
      (
        await call('DescribeStream', {StreamArn}, {headers: {'X-Amz-Target': 'DynamoDBStreams_20120810.DescribeStream'}})
      ).json.StreamDescription.StreamStatus;
    const answer = (await call('DeleteTable', {TableName})).json.TableDescription;
    assert.equal(answer.TableStatus, 'DELETING');
    assert.equal(answer.GlobalSecondaryIndexes, undefined);
    assert.equal((await look(TableName)).TableStatus, 'DELETING');
    assert.equal(await streamStatus(), 'DISABLING');
    await meets(TableName, [
      ['DeleteTable', {}, inUse('Table is being deleted: {T}')],
      ['UpdateTable', infrequent, inUse('Table is being deleted: {T}')],
      ['UpdateTable', protect, NOT_ACTIVE],
      ['CreateTable', onDemand, refused('ResourceInUseException', 'Table already exists: {T}')],
      ...items(gone),
      [
        'DescribeTimeToLive',
        {},
        invalid('Cannot describe time to live while table is in DELETING state: Current table state is DELETING'),
      ],
      ['UpdateTimeToLive', ttl, admitted],
      ['UpdateContinuousBackups', recovery, admitted],
      ['DescribeContinuousBackups', {}, admitted],
      ['TagResource', tags('v'), untaggable],
      ['UntagResource', {TagKeys: ['a']}, untaggable],
      ['ListTagsOfResource', {}, untaggable],
    ]);
    assert.ok(!(await call('ListTables', {})).json.TableNames.includes(TableName));
    assert.deepEqual(await tableStates(TableName, 'gone'), ['DELETING', 'gone']);
    await meets(TableName, [
      ['DescribeTable', {}, noTable],
      ['DeleteTable', {}, noTable],
    ]);
    while ((await streamStatus()) !== 'DISABLED') await pause(20);
    await meets(TableName, [['CreateTable', onDemand, admitted]]);
  });
});

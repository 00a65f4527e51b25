// The life of a table, and what CreateTable and UpdateTable refuse.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {
  CreateTableCommand, DeleteTableCommand, DescribeTableCommand, GetItemCommand, ListTablesCommand,
  UpdateTableCommand, paginateListTables, waitUntilTableExists, waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import {S, connect, createTable, fails, index, keys, put} from './client.mjs';

const PFX = 'One or more parameter values were invalid: ';
let db, close;
before(async () => ({db, close} = await connect()));
after(() => close());

const describeTable = async (TableName) => (await db.send(new DescribeTableCommand({TableName}))).Table;

describe('life of a table', () => {
  test('create, describe, list, delete, with waiters', async () => {
    const created = await createTable(db, 'Life', keys('pk:S', 'sk:N'));
    assert.equal(created.TableName, 'Life');
    assert.equal(created.TableStatus, 'CREATING');
    const {Table} = await db.send(new DescribeTableCommand({TableName: 'Life'}));
    assert.equal(Table.TableStatus, 'ACTIVE');
    assert.match(Table.TableArn, /^arn:aws:dynamodb:us-east-1:\d{12}:table\/Life$/);
    assert.match(Table.TableId, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.ok(Math.abs(Table.CreationDateTime - new Date()) < 10_000);
    assert.deepEqual(Table.KeySchema, keys('pk:S', 'sk:N').KeySchema);
    assert.deepEqual(
      new Set(Table.AttributeDefinitions.map((d) => `${d.AttributeName}:${d.AttributeType}`)),
      new Set(['pk:S', 'sk:N']),
    );
    assert.equal(Table.BillingModeSummary.BillingMode, 'PAY_PER_REQUEST');
    assert.deepEqual(
      [Table.ProvisionedThroughput.ReadCapacityUnits, Table.ProvisionedThroughput.WriteCapacityUnits],
      [0, 0],
    );
    assert.deepEqual(Table.WarmThroughput, {ReadUnitsPerSecond: 12000, WriteUnitsPerSecond: 4000, Status: 'ACTIVE'});
    assert.equal(Table.DeletionProtectionEnabled, false);
    assert.ok((await db.send(new ListTablesCommand({}))).TableNames.includes('Life'));

    const deleted = await db.send(new DeleteTableCommand({TableName: 'Life'}));
    assert.equal(deleted.TableDescription.TableStatus, 'DELETING');
    await waitUntilTableNotExists({client: db, maxWaitTime: 20, minDelay: 1}, {TableName: 'Life'});
    assert.ok(!(await db.send(new ListTablesCommand({}))).TableNames.includes('Life'));
    await fails(
      db.send(new DescribeTableCommand({TableName: 'Life'})),
      'ResourceNotFoundException',
      'Requested resource not found: Table: Life not found',
    );
  });

  test('a table made again is empty and has another id', async () => {
    await createTable(db, 'Again', keys('pk:S'));
    await put(db, 'Again', {pk: S('a')});
    const first = (await describeTable('Again')).TableId;
    await db.send(new DeleteTableCommand({TableName: 'Again'}));
    await createTable(db, 'Again', keys('pk:S'));
    assert.notEqual((await describeTable('Again')).TableId, first);
    assert.equal((await db.send(new GetItemCommand({TableName: 'Again', Key: {pk: S('a')}}))).Item, undefined);
  });

  test('a table can be named by its ARN', async () => {
    await createTable(db, 'ByArn', keys('pk:S'));
    const {TableArn} = await describeTable('ByArn');
    await put(db, TableArn, {pk: S('a')});
    const {Item} = await db.send(new GetItemCommand({TableName: 'ByArn', Key: {pk: S('a')}}));
    assert.deepEqual(Item, {pk: S('a')});
    assert.equal((await describeTable(TableArn)).TableName, 'ByArn');
  });

  test('ListTables is sorted and paged', async () => {
    for (const name of ['page-c', 'page-a', 'page-b', 'page-d', 'page-e']) await createTable(db, name, keys('pk:S'));
    const names = [];
    for await (const page of paginateListTables({client: db, pageSize: 2}, {ExclusiveStartTableName: 'page'})) {
      assert.ok(page.TableNames.length <= 2);
      names.push(...page.TableNames);
    }
    assert.deepEqual(names.slice(0, 5), ['page-a', 'page-b', 'page-c', 'page-d', 'page-e']);
  });

  test('provisioned throughput and its change', async () => {
    await createTable(db, 'Provisioned', keys('pk:S'), {
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 6},
    });
    let table = await describeTable('Provisioned');
    assert.equal(table.BillingModeSummary, undefined);
    assert.equal(table.ProvisionedThroughput.ReadCapacityUnits, 5);
    assert.deepEqual(table.WarmThroughput, {ReadUnitsPerSecond: 5, WriteUnitsPerSecond: 6, Status: 'ACTIVE'});
    const throughput = {ReadCapacityUnits: 7, WriteCapacityUnits: 3};
    const updated = await db.send(
      new UpdateTableCommand({TableName: 'Provisioned', ProvisionedThroughput: throughput}),
    );
    assert.equal(updated.TableDescription.TableStatus, 'UPDATING');
    assert.equal(updated.TableDescription.ProvisionedThroughput.ReadCapacityUnits, 5);
    await waitUntilTableExists({client: db, maxWaitTime: 20, minDelay: 1}, {TableName: 'Provisioned'});
    table = await describeTable('Provisioned');
    assert.deepEqual(
      [table.ProvisionedThroughput.ReadCapacityUnits, table.ProvisionedThroughput.WriteCapacityUnits],
      [7, 3],
    );
    assert.equal(table.ProvisionedThroughput.NumberOfDecreasesToday, 1);
    assert.ok(table.ProvisionedThroughput.LastIncreaseDateTime instanceof Date);
    await fails(
      db.send(new UpdateTableCommand({TableName: 'Provisioned', ProvisionedThroughput: throughput})),
      'ValidationException',
      'The provisioned throughput for the table will not change. The requested value equals the current value. ' +
        'Current ReadCapacityUnits provisioned for the table: 7. Requested ReadCapacityUnits: 7. Current ' +
        'WriteCapacityUnits provisioned for the table: 3. Requested WriteCapacityUnits: 3. Refer to the Amazon ' +
        'DynamoDB Developer Guide for current limits and how to request higher limits.',
    );
    await db.send(new UpdateTableCommand({TableName: 'Provisioned', BillingMode: 'PAY_PER_REQUEST'}));
    table = await describeTable('Provisioned');
    assert.equal(table.BillingModeSummary.BillingMode, 'PAY_PER_REQUEST');
    assert.equal(table.ProvisionedThroughput.ReadCapacityUnits, 0);
  });

  test('deletion protection', async () => {
    await createTable(db, 'Protected', keys('pk:S'), {DeletionProtectionEnabled: true});
    await fails(
      db.send(new DeleteTableCommand({TableName: 'Protected'})),
      'ValidationException',
      'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
    );
    await db.send(new UpdateTableCommand({TableName: 'Protected', DeletionProtectionEnabled: false}));
    await db.send(new DeleteTableCommand({TableName: 'Protected'}));
  });

  test('table class, encryption and on-demand limits are described', async () => {
    await createTable(db, 'Described', keys('pk:S'), {
      TableClass: 'STANDARD_INFREQUENT_ACCESS',
      SSESpecification: {Enabled: true},
      OnDemandThroughput: {MaxReadRequestUnits: 10, MaxWriteRequestUnits: 20},
    });
    const table = await describeTable('Described');
    assert.equal(table.TableClassSummary.TableClass, 'STANDARD_INFREQUENT_ACCESS');
    assert.deepEqual([table.SSEDescription.Status, table.SSEDescription.SSEType], ['ENABLED', 'KMS']);
    assert.deepEqual(table.OnDemandThroughput, {MaxReadRequestUnits: 10, MaxWriteRequestUnits: 20});
    await db.send(new UpdateTableCommand({TableName: 'Described', OnDemandThroughput: {MaxReadRequestUnits: -1}}));
    assert.deepEqual((await describeTable('Described')).OnDemandThroughput, {MaxWriteRequestUnits: 20});
  });
});

describe('CreateTable refuses', () => {
  const base = {TableName: 'Refused', ...keys('pk:S'), BillingMode: 'PAY_PER_REQUEST'};
  const gsi = (...args) => index(...args).definition;
  const sk = {...base, ...keys('pk:S', 'sk:S')};
  const cases = [
    [
      'an index attribute without a definition',
      {...base, GlobalSecondaryIndexes: [gsi('byUser', 'user:S')]},
      `${PFX}Some index key attributes are not defined in AttributeDefinitions. Keys: [user], AttributeDefinitions: [pk]`,
    ],
    [
      'a definition nobody uses',
      {...base, AttributeDefinitions: keys('pk:S extra:S').AttributeDefinitions},
      `${PFX}Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions`,
    ],
    [
      'a key without a definition',
      {...base, AttributeDefinitions: keys('other:S').AttributeDefinitions},
      `${PFX}Some index key attributes are not defined in AttributeDefinitions. Keys: [pk], AttributeDefinitions: [other]`,
    ],
    [
      'more keys than definitions',
      {...sk, AttributeDefinitions: keys('pk:S').AttributeDefinitions},
      'Invalid KeySchema: Some index key attribute have no definition',
    ],
    [
      'throughput on demand',
      {...base, ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1}},
      `${PFX}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`,
    ],
    [
      'no throughput',
      {...base, BillingMode: undefined},
      `${PFX}ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED`,
    ],
    [
      'the sort key first',
      {...sk, KeySchema: [...sk.KeySchema].reverse()},
      'Invalid KeySchema: The first KeySchemaElement is not a HASH key type',
    ],
    [
      'an LSI without a sort key on the table',
      {...base, LocalSecondaryIndexes: [gsi('lsi', 'pk:S', 'x:S')], AttributeDefinitions: keys('pk:S x:S').AttributeDefinitions},
      `${PFX}Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex`,
    ],
    [
      'an LSI with another partition key',
      {...sk, LocalSecondaryIndexes: [gsi('lsi', 'sk:S', 'pk:S')]},
      `${PFX}Index KeySchema does not have the same leading hash key as table KeySchema for index: lsi. index hash key: sk, table hash key: pk`,
    ],
    [
      'two indexes of one name',
      {...sk, GlobalSecondaryIndexes: [gsi('same', 'sk:S'), gsi('same', 'pk:S')]},
      `${PFX}Duplicate index name: same`,
    ],
    [
      'attributes listed for ALL',
      {...sk, GlobalSecondaryIndexes: [{...gsi('index', 'sk:S'), Projection: {ProjectionType: 'ALL', NonKeyAttributes: ['a']}}]},
      `${PFX}ProjectionType is ALL, but NonKeyAttributes is specified`,
    ],
    [
      'INCLUDE without attributes',
      {...sk, GlobalSecondaryIndexes: [{...gsi('index', 'sk:S'), Projection: {ProjectionType: 'INCLUDE'}}]},
      `${PFX}ProjectionType is INCLUDE, but NonKeyAttributes is not specified`,
    ],
    [
      '21 global indexes',
      {...sk, GlobalSecondaryIndexes: Array.from({length: 21}, (_, i) => gsi(`index${i}`, 'sk:S'))},
      `${PFX}GlobalSecondaryIndex count exceeds the per-table limit of 20`,
    ],
    [
      'a definition beside indexes that no key uses',
      {...sk, AttributeDefinitions: keys('pk:S sk:S unused:S').AttributeDefinitions, GlobalSecondaryIndexes: [gsi('index', 'sk:S')]},
      `${PFX}Some AttributeDefinitions are not used. AttributeDefinitions: [sk, unused, pk], keys used: [sk, pk]`,
    ],
    [
      'HASH after RANGE in an index',
      {
        ...sk,
        GlobalSecondaryIndexes: [
          {
            ...gsi('index', 'sk:S'),
            KeySchema: [
              {AttributeName: 'sk', KeyType: 'HASH'},
              {AttributeName: 'pk', KeyType: 'RANGE'},
              {AttributeName: 'sk', KeyType: 'HASH'},
            ],
          },
        ],
      },
      null,
    ],
    [
      'a bad name',
      {...base, TableName: 'no spaces'},
      "1 validation error detected: Value 'no spaces' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
    ],
    [
      'a short name',
      {...base, TableName: 'ab'},
      "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3",
    ],
  ];
  for (const [name, input, message] of cases) {
    test(name, async () => {
      const call = db.send(new CreateTableCommand(input));
      if (message) return fails(call, 'ValidationException', message);
      await assert.rejects(call, {name: 'ValidationException'});
    });
  }

  test('nothing was created by any of them', async () => {
    assert.ok(!(await db.send(new ListTablesCommand({}))).TableNames.includes('Refused'));
  });

  test('a name that is taken', async () => {
    await createTable(db, 'Taken', keys('pk:S'));
    await fails(
      db.send(new CreateTableCommand({...base, TableName: 'Taken'})),
      'ResourceInUseException',
      'Table already exists: Taken',
    );
  });
});

describe('UpdateTable refuses', () => {
  before(() => createTable(db, 'Update', keys('pk:S')));
  const cases = [
    [
      'nothing to do',
      {},
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required',
    ],
    [
      'throughput on demand',
      {ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1}},
      `${PFX}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`,
    ],
    [
      'provisioned without throughput',
      {BillingMode: 'PROVISIONED'},
      `${PFX}ProvisionedThroughput must be specified when BillingMode is PROVISIONED`,
    ],
    [
      'an index update without an action',
      {GlobalSecondaryIndexUpdates: [{}]},
      `${PFX}One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null`,
    ],
    [
      'an index on attributes that this request does not define',
      {GlobalSecondaryIndexUpdates: [{Create: index('byUser', 'user:S').definition}]},
      `${PFX}AttributeDefinitions is not specified for index: byUser`,
    ],
  ];
  for (const [name, input, message] of cases) {
    test(name, () =>
      fails(db.send(new UpdateTableCommand({TableName: 'Update', ...input})), 'ValidationException', message),
    );
  }
  test('an unknown table', () =>
    fails(
      db.send(new UpdateTableCommand({TableName: 'NoTable', DeletionProtectionEnabled: true})),
      'ResourceNotFoundException',
      'Requested resource not found: Table: NoTable not found',
    ));
});

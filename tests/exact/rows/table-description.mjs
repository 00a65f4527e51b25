// What CreateTable, DescribeTable and DeleteTable answer, member by member; and tables that are not there.
import assert from 'node:assert/strict';
import {KEYS_ONLY, carry, define, include, n, notFound, put, s, units} from '../definitions.mjs';

const proves = carry('control-plane.md 1.3: ');
const ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const describe = (expect) => ['DescribeTable', {TableName: '{T}'}, expect];
const none = {NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0};
const warm = {ReadUnitsPerSecond: 12000, WriteUnitsPerSecond: 4000, Status: 'ACTIVE'};
// The description without what differs from run to run, which is checked by its form.
function steady(table) {
  const {CreationDateTime, TableId, ...rest} = table;
  assert.match(TableId, UUID);
  assert.ok(Math.abs(CreationDateTime - Date.now() / 1000) < 60, `${CreationDateTime}`);
  assert.ok(Number.isInteger(Math.round(CreationDateTime * 1e6) / 1e3), `${CreationDateTime}`);
  for (const summary of ['BillingModeSummary', 'TableThroughputModeSummary']) {
    if (rest[summary]?.LastUpdateToPayPerRequestDateTime === undefined) continue;
    assert.ok(Math.abs(rest[summary].LastUpdateToPayPerRequestDateTime - Date.now() / 1000) < 60);
    rest[summary] = {...rest[summary], LastUpdateToPayPerRequestDateTime: 'a time'};
  }
  return rest;
}
const key = (AttributeName, KeyType = 'HASH') => ({AttributeName, KeyType});
const attribute = (AttributeName, AttributeType = 'S') => ({AttributeName, AttributeType});
// CreateTable `name`, its answer, then its description.
const life = (name, body, created, described, ...statements) => ({
  name,
  proves: proves(statements),
  steps: [
    [
      'CreateTable',
      {TableName: name.replace(/[^a-z]+/gi, '-'), ...body},
      (reply) => created(reply.json.TableDescription, reply),
    ],
    ['DescribeTable', {TableName: name.replace(/[^a-z]+/gi, '-')}, (reply) => described(reply.json.Table, reply)],
    ['DeleteTable', {TableName: name.replace(/[^a-z]+/gi, '-')}],
  ],
});
const nothing = () => {};

export default [
  life(
    'an on-demand table',
    define('pk:S'),
    (table) => {
      assert.deepEqual(steady(table), {
        AttributeDefinitions: [attribute('pk')],
        TableName: 'an-on-demand-table',
        KeySchema: [key('pk')],
        TableStatus: 'CREATING',
        ProvisionedThroughput: none,
        TableSizeBytes: 0,
        ItemCount: 0,
        TableArn: `${ARN}an-on-demand-table`,
        BillingModeSummary: {BillingMode: 'PAY_PER_REQUEST'},
        TableThroughputModeSummary: {TableThroughputMode: 'PAY_PER_REQUEST'},
      });
    },
    (table) => {
      assert.deepEqual(steady(table), {
        AttributeDefinitions: [attribute('pk')],
        TableName: 'an-on-demand-table',
        KeySchema: [key('pk')],
        TableStatus: 'ACTIVE',
        ProvisionedThroughput: none,
        TableSizeBytes: 0,
        ItemCount: 0,
        TableArn: `${ARN}an-on-demand-table`,
        BillingModeSummary: {BillingMode: 'PAY_PER_REQUEST', LastUpdateToPayPerRequestDateTime: 'a time'},
        TableThroughputModeSummary: {
          TableThroughputMode: 'PAY_PER_REQUEST',
          LastUpdateToPayPerRequestDateTime: 'a time',
        },
        DeletionProtectionEnabled: false,
        WarmThroughput: warm,
      });
    },
    '| AttributeDefinitions, TableName',
    '| BillingModeSummary |',
    '| TableThroughputModeSummary',
    '| WarmThroughput |',
    'Response of CreateTable',
    'TableArn `arn:aws',
    '| DeletionProtectionEnabled |',
    'data-plane.md 5: - Dates in table descriptions',
  ),
  life(
    'a provisioned table',
    {...define('pk:S'), BillingMode: undefined, ...units(3, 4)},
    (table) => {
      assert.deepEqual(table.ProvisionedThroughput, {
        NumberOfDecreasesToday: 0,
        ReadCapacityUnits: 3,
        WriteCapacityUnits: 4,
      });
      assert.equal(table.BillingModeSummary, undefined);
    },
    (table) => {
      assert.deepEqual(table.ProvisionedThroughput, {
        NumberOfDecreasesToday: 0,
        ReadCapacityUnits: 3,
        WriteCapacityUnits: 4,
      });
      assert.equal(table.BillingModeSummary, undefined);
      assert.deepEqual(table.WarmThroughput, {ReadUnitsPerSecond: 3, WriteUnitsPerSecond: 4, Status: 'ACTIVE'});
      for (const absent of ['LastIncreaseDateTime', 'LastDecreaseDateTime'])
        assert.equal(table.ProvisionedThroughput[absent], undefined);
      for (const absent of [
        'SSEDescription',
        'TableClassSummary',
        'OnDemandThroughput',
        'StreamSpecification',
        'LatestStreamArn',
        'LatestStreamLabel',
        'Replicas',
        'GlobalTableVersion',
        'RestoreSummary',
        'ArchivalSummary',
        'MultiRegionConsistency',
        'LocalSecondaryIndexes',
        'GlobalSecondaryIndexes',
      ]) {
        assert.ok(!Object.hasOwn(table, absent), absent);
      }
    },
    '| AttributeDefinitions, TableName',
    '| BillingModeSummary |',
    '| Replicas, GlobalTableVersion',
    '| StreamSpecification, LatestStreamLabel',
  ),
  life(
    'indexes of both kinds',
    define('pk:S|sk:N', {
      local: {Local: ['pk:S|l:B', include('x', 'y')]},
      global: {Zed: ['g:S|sk:N', KEYS_ONLY], Alpha: 'g:S'},
    }),
    (table) => {
      assert.deepEqual(
        table.GlobalSecondaryIndexes.map((index) => [index.IndexStatus, index.ItemCount, index.IndexSizeBytes]),
        [
          ['CREATING', 0, 0],
          ['CREATING', 0, 0],
        ],
      );
    },
    (table) => {
      assert.deepEqual(table.LocalSecondaryIndexes, [
        {
          IndexName: 'Local',
          KeySchema: [key('pk'), key('l', 'RANGE')],
          Projection: {ProjectionType: 'INCLUDE', NonKeyAttributes: ['x', 'y']},
          IndexSizeBytes: 0,
          ItemCount: 0,
          IndexArn: `${ARN}indexes-of-both-kinds/index/Local`,
        },
      ]);
      assert.deepEqual(
        table.GlobalSecondaryIndexes.toSorted((a, c) => (a.IndexName < c.IndexName ? -1 : 1)),
        [
          {
            IndexName: 'Alpha',
            KeySchema: [key('g')],
            Projection: {ProjectionType: 'ALL'},
            IndexStatus: 'ACTIVE',
            ProvisionedThroughput: none,
            IndexSizeBytes: 0,
            ItemCount: 0,
            IndexArn: `${ARN}indexes-of-both-kinds/index/Alpha`,
            WarmThroughput: warm,
          },
          {
            IndexName: 'Zed',
            KeySchema: [key('g'), key('sk', 'RANGE')],
            Projection: {ProjectionType: 'KEYS_ONLY'},
            IndexStatus: 'ACTIVE',
            ProvisionedThroughput: none,
            IndexSizeBytes: 0,
            ItemCount: 0,
            IndexArn: `${ARN}indexes-of-both-kinds/index/Zed`,
            WarmThroughput: warm,
          },
        ],
      );
    },
    '| LocalSecondaryIndexes |',
    '| GlobalSecondaryIndexes |',
    '| IndexArn |',
  ),
  life(
    'encryption with a key',
    {
      ...define('pk:S'),
      SSESpecification: {Enabled: true, SSEType: 'KMS', KMSMasterKeyId: 'arn:aws:kms:us-east-1:000000000000:key/abc'},
    },
    nothing,
    (table) => {
      assert.deepEqual(table.SSEDescription, {
        Status: 'ENABLED',
        SSEType: 'KMS',
        KMSMasterKeyArn: 'arn:aws:kms:us-east-1:000000000000:key/abc',
      });
    },
    '| SSEDescription |',
  ),
  life('encryption turned off', {...define('pk:S'), SSESpecification: {Enabled: false}}, nothing, (table) =>
    assert.ok(!Object.hasOwn(table, 'SSEDescription')),
  ),
  life(
    'a table class',
    {...define('pk:S'), TableClass: 'STANDARD_INFREQUENT_ACCESS'},
    (table) => assert.deepEqual(table.TableClassSummary, {TableClass: 'STANDARD_INFREQUENT_ACCESS'}),
    (table) => {
      assert.deepEqual(table.TableClassSummary, {TableClass: 'STANDARD_INFREQUENT_ACCESS'});
    },
    '| TableClassSummary |',
  ),
  life(
    'deletion protection off',
    {...define('pk:S'), DeletionProtectionEnabled: false},
    (table) => assert.equal(table.DeletionProtectionEnabled, false),
    (table) => assert.equal(table.DeletionProtectionEnabled, false),
    '| DeletionProtectionEnabled |',
  ),
  life(
    'limits on demand',
    {...define('pk:S'), OnDemandThroughput: {MaxReadRequestUnits: 7}},
    nothing,
    (table) => assert.deepEqual(table.OnDemandThroughput, {MaxReadRequestUnits: 7}),
    '| OnDemandThroughput |',
  ),
  life(
    'warm throughput given',
    {...define('pk:S'), WarmThroughput: {ReadUnitsPerSecond: 15000}},
    (table) => {
      assert.deepEqual(table.WarmThroughput, {ReadUnitsPerSecond: 15000, WriteUnitsPerSecond: 4000, Status: 'UPDATING'});
    },
    (table) => {
      assert.deepEqual(table.WarmThroughput, {ReadUnitsPerSecond: 15000, WriteUnitsPerSecond: 4000, Status: 'ACTIVE'});
    },
    '| WarmThroughput |',
    'new-features.md 6: | WarmThroughput',
    'new-features.md 1: | 2024-11',
  ),
  {
    name: 'a table made again has another TableId',
    proves: proves('| AttributeDefinitions, TableName'),
    tables: {T: define('pk:S')},
    steps: (() => {
      let first;
      return [
        describe((reply) => (first = reply.json.Table.TableId)),
        ['DeleteTable', {TableName: '{T}'}],
        ['CreateTable', {TableName: '{T}', ...define('pk:S')}],
        describe((reply) => assert.notEqual(reply.json.Table.TableId, first)),
      ];
    })(),
  },
  {
    name: 'counts and sizes of table and indexes',
    proves: proves('Response of CreateTable'),
    tables: {T: define('pk:S', {global: {Global: ['g:S', KEYS_ONLY]}})},
    steps: [
      put('{T}', {pk: s('a'), g: s('g'), x: s('12345')}),
      put('{T}', {pk: s('b')}),
      describe({
        has: {
          Table: {
            ItemCount: 2,
            TableSizeBytes: 3 + 2 + 6 + 3,
            GlobalSecondaryIndexes: [{ItemCount: 1, IndexSizeBytes: 5}],
          },
        },
      }),
    ],
  },

  ...[
    ['PutItem', {Item: {pk: s('a')}}],
    ['GetItem', {Key: {pk: s('a')}}],
    ['DeleteItem', {Key: {pk: s('a')}}],
    ['UpdateItem', {Key: {pk: s('a')}}],
    ['Query', {KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: {':p': s('a')}}],
    ['Scan', {}],
  ].map(([op, body]) => ({
    name: `${op}, no such table`,
    proves: proves('control-plane.md 2.2: | item ops, Query, Scan'),
    op,
    body: {TableName: 'AbsentTable', ...body},
    expect: notFound(),
  })),
  ...[
    ['DescribeTable', {}],
    ['UpdateTable', {DeletionProtectionEnabled: false}],
    ['DeleteTable', {}],
    ['DescribeTimeToLive', {}],
    ['UpdateTimeToLive', {TimeToLiveSpecification: {Enabled: true, AttributeName: 'a'}}],
  ].map(([op, body]) => ({
    name: `${op}, no such table`,
    proves: proves('control-plane.md 2.2: | DescribeTable, UpdateTable, DeleteTable, TTL'),
    op,
    body: {TableName: 'AbsentTable', ...body},
    expect: notFound('Requested resource not found: Table: AbsentTable not found'),
  })),
  {
    name: 'a table that is protected cannot be deleted',
    proves: proves([
      'control-plane.md 3: Protected: ValidationException',
      'new-features.md 1: | 2023-03 | deletion protection',
    ]),
    tables: {T: {...define('pk:S'), DeletionProtectionEnabled: true}},
    steps: [
      describe({has: {Table: {DeletionProtectionEnabled: true}}}),
      [
        'DeleteTable',
        {TableName: '{T}'},
        {
          type: 'ValidationException',
          message:
            'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
        },
      ],
      [
        'UpdateTable',
        {TableName: '{T}', DeletionProtectionEnabled: false},
        {has: {TableDescription: {DeletionProtectionEnabled: false}}},
      ],
      ['DeleteTable', {TableName: '{T}'}],
    ],
  },
  {
    name: 'DeleteTable answers a part of the description; then the table is gone',
    proves: proves('control-plane.md 3: Response: TableStatus DELETING'),
    tables: {T: {...define('pk:S|sk:S', {global: {Global: 'sk:S'}}), StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'}}},
    steps: [
      [
        'DeleteTable',
        {TableName: '{T}'},
        (reply) => {
          const {TableName, TableId, BillingModeSummary, ...rest} = reply.json.TableDescription;
          assert.match(TableId, UUID);
          assert.equal(BillingModeSummary.BillingMode, 'PAY_PER_REQUEST');
          assert.deepEqual(rest, {
            TableStatus: 'DELETING',
            TableArn: ARN + TableName,
            TableSizeBytes: 0,
            ItemCount: 0,
            ProvisionedThroughput: none,
            DeletionProtectionEnabled: false,
          });
        },
      ],
      describe(notFound('Requested resource not found: Table: {T} not found')),
      ['Scan', {TableName: '{T}'}, notFound()],
    ],
  },
  {
    name: 'DeleteTable of a provisioned table answers without a billing mode',
    proves: proves('control-plane.md 3: Response: TableStatus DELETING'),
    tables: {T: {...define('pk:S'), BillingMode: undefined, ...units(1, 2)}},
    steps: [
      [
        'DeleteTable',
        {TableName: '{T}'},
        (reply) => {
          const {BillingModeSummary, ProvisionedThroughput} = reply.json.TableDescription;
          assert.equal(BillingModeSummary, undefined);
          assert.deepEqual(ProvisionedThroughput, {...none, ReadCapacityUnits: 1, WriteCapacityUnits: 2});
        },
      ],
    ],
  },
  {
    name: 'definitions come back by name, indexes as sent',
    proves: proves('| order |'),
    tables: {
      T: {
        ...define('z:S|b:S', {global: {Zed: 'm:S|a:S', Alpha: 'a:S'}}),
        AttributeDefinitions: ['z', 'm', 'b', 'a'].map((name) => attribute(name)),
      },
    },
    steps: [
      describe((reply) => {
        const table = reply.json.Table;
        assert.deepEqual(table.AttributeDefinitions, ['a', 'b', 'm', 'z'].map((name) => attribute(name)));
        assert.deepEqual(table.GlobalSecondaryIndexes.map((index) => index.IndexName), ['Zed', 'Alpha']);
        assert.deepEqual(table.KeySchema, [key('z'), key('b', 'RANGE')]);
      }),
    ],
  },
  {
    name: 'a table may be named by its ARN',
    proves: proves('validation.md 3: | ARN |'),
    tables: {T: define('pk:S')},
    steps: [
      ['PutItem', {TableName: `${ARN}{T}`, Item: {pk: s('a')}}],
      ['Scan', {TableName: `${ARN}{T}`}, {body: {Items: [{pk: s('a')}], Count: 1, ScannedCount: 1}}],
      ['DescribeTable', {TableName: `${ARN}{T}`}, {has: {Table: {TableName: '{T}', ItemCount: 1}}}],
      ['UpdateTable', {TableName: `${ARN}{T}`, DeletionProtectionEnabled: false}],
      ['UpdateItem', {TableName: `${ARN}{T}`, Key: {pk: s('a')}, AttributeUpdates: {x: {Value: n(1)}}}],
      [
        'BatchGetItem',
        {RequestItems: {[`${ARN}{T}`]: {Keys: [{pk: s('a')}]}}},
        (reply) => assert.equal(Object.values(reply.json.Responses)[0].length, 1),
      ],
    ],
  },
  ...[
    'DescribeTable',
    'DeleteTable',
    'UpdateTable',
    'DescribeTimeToLive',
    'UpdateTimeToLive',
    'DescribeContinuousBackups',
    'UpdateContinuousBackups',
  ].flatMap((op) => {
    const body = {
      UpdateTimeToLive: {TimeToLiveSpecification: {Enabled: true, AttributeName: 'a'}},
      UpdateContinuousBackups: {PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}},
    }[op];
    const at = (name, rule) => `Value '${name}' at 'tableName' failed to satisfy constraint: Member must ${rule}`;
    const PATTERN = 'satisfy regular expression pattern: [a-zA-Z0-9_.-]+';
    const SHORT = 'have length greater than or equal to 3';
    const both = (name) => `2 validation errors detected: ${at(name, PATTERN)}; ${at(name, SHORT)}`;
    const one = (name, rule) => `1 validation error detected: ${at(name, rule)}`;
    return [
      ['no name', undefined, "The parameter 'TableName' is required but was not present in the request", '| absent |'],
      ['an empty name', '', both(''), '| empty |'],
      ['a name of two characters', 'ab', one('ab', SHORT), '| 1-2 characters |'],
      ['a name of 256 characters', 'x'.repeat(256), one('x'.repeat(256), 'have length less than or equal to 255'), '| > 255, not an ARN |'],
      [
        'a bad name',
        'a b c',
        "1 validation error detected: Value 'a b c' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
        '| bad characters |',
      ],
      ['a bad short name', '#', both('#'), '| bad characters |'],
    ].map(([name, TableName, message, statement]) => ({
      name: `${op}, ${name}`,
      proves: proves(`validation.md 3: ${statement}`),
      op,
      body: {TableName, ...body},
      expect: {type: 'ValidationException', message},
    }));
  }),
];

// UpdateTable: refusals in their order, then what it changes.
import assert from 'node:assert/strict';
import {KEYS_ONLY, carry, define, invalid, n, notFound, parameter, put, s, units} from '../definitions.mjs';

const proves = carry('control-plane.md 4: ');
const key = (AttributeName, KeyType = 'HASH') => ({AttributeName, KeyType});
const attributes = (...names) => ({
  AttributeDefinitions: names.map((AttributeName) => ({AttributeName, AttributeType: 'S'})),
});
const index = (IndexName, hash = 'x', more = {}) => ({
  IndexName,
  KeySchema: [key(hash)],
  Projection: {ProjectionType: 'ALL'},
  ...more,
});
const updates = (...list) => ({GlobalSecondaryIndexUpdates: list});
const HUGE = 1000000000001;

const early = (name, members, expect, ...statements) => ({
  name,
  proves: proves(statements),
  op: 'UpdateTable',
  body: {TableName: 'AbsentTable', ...members},
  expect,
});
const onDemand = define('pk:S', {global: {Global: 'g:S'}});
const provisioned = define('pk:S', {
  global: {Global: ['g:S', KEYS_ONLY, units(5, 5)], Other: ['g:S', KEYS_ONLY, units(5, 5)]},
  ...units(5, 6),
});
const late = (name, table, members, expect, ...statements) => ({
  name,
  proves: proves(statements),
  tables: {T: table},
  op: 'UpdateTable',
  body: {TableName: '{T}', ...members},
  expect,
});
const describe = (expect) => ['DescribeTable', {TableName: '{T}'}, expect];
const update = (members, expect) => ['UpdateTable', {TableName: '{T}', ...members}, expect];
// Waits until the table and its indexes are ACTIVE.
const settled = (check) =>
  describe((reply) => {
    const table = reply.json.Table;
    assert.equal(table.TableStatus, 'ACTIVE');
    check(table);
  });
const SAME = (what, a, c, d, e) =>
  invalid(
    `The provisioned throughput for the ${what} will not change. The requested value equals the current value. ` +
      `Current ReadCapacityUnits provisioned for the ${what.split(' ')[0]}: ${a}. Requested ReadCapacityUnits: ${c}. ` +
      `Current WriteCapacityUnits provisioned for the ${what.split(' ')[0]}: ${d}. Requested WriteCapacityUnits: ${e}. ` +
      'Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.',
  );
const NEITHER = parameter(
  'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
);
const ONE_ONLINE = {
  type: 'LimitExceededException',
  message: 'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
};
const BLOCKED = invalid(
  'This operation cannot be performed with given input values. Please contact DynamoDB service team for more info: Action Blocked: IndexUpdate',
);
const NOTHING = invalid(
  'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required',
);
const NO_DEFINITION = invalid('Invalid KeySchema: Some index key attribute have no definition');

export default [
  early('nothing to do', {}, NOTHING, '| nothing to do |'),
  early('only definitions', attributes('a'), NOTHING),
  early('an empty list of index updates', updates(), NOTHING),
  early(
    'PROVISIONED without units',
    {BillingMode: 'PROVISIONED', ...updates({})},
    parameter('ProvisionedThroughput must be specified when BillingMode is PROVISIONED'),
    '| PROVISIONED without throughput |',
  ),
  early(
    'units of 0',
    units(0, 1),
    invalid(
      "1 validation error detected: Value '0' at 'provisionedThroughput.readCapacityUnits' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ),
    '| units 0 / > 10^12 |',
  ),
  early(
    'too many units',
    {...units(1, HUGE), ...updates({})},
    invalid(`Given value ${HUGE} for WriteCapacityUnits is out of bounds`),
  ),
  early(
    'too many read units',
    units(HUGE, HUGE),
    invalid(`Given value ${HUGE} for ReadCapacityUnits is out of bounds`),
  ),
  early(
    'an index update without an action',
    updates({}, {}),
    parameter(
      'One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null',
    ),
    '| GSI update with no action |',
  ),
  early(
    'two updates of one index',
    updates({Delete: {IndexName: 'Same'}}, {Create: index('Same')}),
    parameter('Only one global secondary index update per index is allowed simultaneously. Index: Same'),
    '| two updates of one index |',
  ),
  early(
    'units before the table',
    {BillingMode: 'PROVISIONED', ...units(HUGE, 1)},
    invalid(`Given value ${HUGE} for ReadCapacityUnits is out of bounds`),
    'In this order; the rows before',
  ),
  early(
    'no such table',
    updates({Delete: {IndexName: 'Some'}}),
    notFound('Requested resource not found: Table: AbsentTable not found'),
    '| table absent |',
  ),

  late('units on an on-demand table', onDemand, units(1, 1), NEITHER, '| throughput together with'),
  late('units together with on-demand', provisioned, {BillingMode: 'PAY_PER_REQUEST', ...units(1, 1)}, NEITHER),
  late(
    'to provisioned, the index without units',
    onDemand,
    {BillingMode: 'PROVISIONED', ...units(1, 1)},
    parameter('ProvisionedThroughput must be specified for index: Global'),
    '| switch to PROVISIONED, GSI without',
  ),
  late(
    'to provisioned, two indexes without units',
    define('pk:S', {global: {One: 'g:S', Two: 'g:S'}}),
    {BillingMode: 'PROVISIONED', ...units(1, 1)},
    (reply) =>
      assert.match(
        reply.json.message,
        /^One or more parameter values were invalid: ProvisionedThroughput must be specified for index: (One,Two|Two,One)$/,
      ),
  ),
  late('the same units', provisioned, units(5, 6), SAME('table', 5, 5, 6, 6), '| same throughput as now'),
  late('the same units and mode', provisioned, {...units(5, 6), BillingMode: 'PROVISIONED'}, SAME('table', 5, 5, 6, 6)),
  late(
    'the same units of an index',
    provisioned,
    updates({Update: {IndexName: 'Global', ...units(5, 5)}}),
    SAME('index Global', 5, 5, 5, 5),
  ),
  late(
    'on demand again',
    onDemand,
    {BillingMode: 'PAY_PER_REQUEST'},
    {has: {TableDescription: {TableStatus: 'ACTIVE', BillingModeSummary: {BillingMode: 'PAY_PER_REQUEST'}}}},
    '| BillingMode PAY_PER_REQUEST on an on-demand table',
  ),
  late(
    'two indexes created',
    onDemand,
    {...attributes('x'), ...updates({Create: index('One')}, {Create: index('Two')})},
    ONE_ONLINE,
    '| more than one GSI Create or Delete',
    'control-plane.md 2: | 2nd online GSI create/delete',
  ),
  late(
    'one created, one deleted',
    onDemand,
    {...attributes('x'), ...updates({Create: index('One')}, {Delete: {IndexName: 'Global'}})},
    ONE_ONLINE,
  ),
  late(
    'units of an unknown index',
    provisioned,
    updates({Update: {IndexName: 'Unknown', ...units(1, 1)}}),
    BLOCKED,
    '| GSI Update on an unknown index',
  ),
  late('too many units of an index', provisioned, updates({Update: {IndexName: 'Global', ...units(HUGE, 1)}}), BLOCKED),
  late(
    'units of an on-demand index',
    onDemand,
    updates({Update: {IndexName: 'Global', ...units(1, 1)}}),
    NEITHER,
    '| throughput together with',
  ),
  {
    ...late(
      'create an index that is there',
      onDemand,
      {...attributes('x'), ...updates({Create: index('Global')})},
      parameter('Index already exists: Global'),
      '| GSI Create, name taken',
    ),
    assumed: true,
  },
  {
    ...late(
      'create an index under the name of a local one',
      define('pk:S|sk:S', {local: {Local: 'pk:S|l:S'}}),
      {...attributes('x'), ...updates({Create: index('Local')})},
      parameter('Index already exists: Local'),
    ),
    assumed: true,
  },
  {
    ...late(
      'delete an index that is not there',
      onDemand,
      updates({Delete: {IndexName: 'Unknown'}}),
      notFound(),
      '| GSI Delete, unknown',
    ),
    assumed: true,
  },
  late(
    'create an index without definitions',
    onDemand,
    updates({Create: index('New', 'pk')}),
    NO_DEFINITION,
    '| GSI Create, keys not in',
  ),
  late(
    'create an index with too few definitions',
    onDemand,
    {...attributes('x'), ...updates({Create: {...index('New'), KeySchema: [key('x'), key('y', 'RANGE')]}})},
    NO_DEFINITION,
  ),
  late(
    'create an index whose key only the table defines',
    onDemand,
    {...attributes('x'), ...updates({Create: index('New', 'pk')})},
    parameter(
      'Some index key attributes are not defined in AttributeDefinitions. Keys: [pk], AttributeDefinitions: [x]',
    ),
  ),
  late(
    'on-demand limits of a provisioned table',
    provisioned,
    {OnDemandThroughput: {MaxReadRequestUnits: 5}},
    parameter(
      'MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED',
    ),
    '| OnDemandThroughput on PROVISIONED |',
  ),
  late(
    'on-demand write limit of a provisioned table',
    provisioned,
    {OnDemandThroughput: {MaxWriteRequestUnits: 5}},
    parameter(
      'MaxWriteRequestUnits for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED',
    ),
  ),
  late(
    'on-demand limit of 0',
    onDemand,
    {OnDemandThroughput: {MaxReadRequestUnits: 0}},
    parameter('Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid range'),
  ),
  late(
    'on-demand limit of an index of 0',
    onDemand,
    updates({Update: {IndexName: 'Global', OnDemandThroughput: {MaxWriteRequestUnits: 0}}}),
    parameter('Requested MaxWriteRequestUnits for OnDemandThroughput for index Global is outside of valid range'),
  ),

  {
    name: 'units change: the answer has the old ones, the table then the new',
    proves: proves('Semantics: AttributeDefinitions is a delta'),
    tables: {T: provisioned},
    steps: [
      update(units(10, 3), (reply) => {
        const table = reply.json.TableDescription;
        assert.equal(table.TableStatus, 'UPDATING');
        assert.deepEqual(
          [table.ProvisionedThroughput.ReadCapacityUnits, table.ProvisionedThroughput.WriteCapacityUnits],
          [5, 6],
        );
      }),
      settled(({ProvisionedThroughput: now}) => {
        assert.deepEqual([now.ReadCapacityUnits, now.WriteCapacityUnits, now.NumberOfDecreasesToday], [10, 3, 1]);
        assert.equal(typeof now.LastIncreaseDateTime, 'number');
        assert.equal(typeof now.LastDecreaseDateTime, 'number');
      }),
      update(updates({Update: {IndexName: 'Global', ...units(1, 5)}}), (reply) => {
        const changed = reply.json.TableDescription.GlobalSecondaryIndexes.find((one) => one.IndexName === 'Global');
        assert.deepEqual([changed.IndexStatus, changed.ProvisionedThroughput.ReadCapacityUnits], ['UPDATING', 5]);
      }),
      settled((table) => {
        const {ProvisionedThroughput: now} = table.GlobalSecondaryIndexes.find((one) => one.IndexName === 'Global');
        assert.deepEqual(
          [now.ReadCapacityUnits, now.WriteCapacityUnits, now.NumberOfDecreasesToday, now.LastIncreaseDateTime],
          [1, 5, 1, undefined],
        );
      }),
    ],
  },
  {
    name: 'to on-demand and back',
    proves: proves('Semantics: AttributeDefinitions is a delta'),
    tables: {T: provisioned},
    steps: [
      update({BillingMode: 'PAY_PER_REQUEST'}, {has: {TableDescription: {TableStatus: 'UPDATING'}}}),
      settled((table) => {
        assert.equal(table.BillingModeSummary.BillingMode, 'PAY_PER_REQUEST');
        assert.deepEqual(
          [table.ProvisionedThroughput.ReadCapacityUnits, table.ProvisionedThroughput.WriteCapacityUnits],
          [0, 0],
        );
        for (const one of table.GlobalSecondaryIndexes) assert.equal(one.ProvisionedThroughput.ReadCapacityUnits, 0);
      }),
      update({OnDemandThroughput: {MaxReadRequestUnits: 10}}),
      update({
        BillingMode: 'PROVISIONED',
        ...units(2, 2),
        ...updates(...['Global', 'Other'].map((IndexName) => ({Update: {IndexName, ...units(3, 3)}}))),
      }),
      settled((table) => {
        assert.equal(table.BillingModeSummary.BillingMode, 'PROVISIONED');
        assert.equal(table.ProvisionedThroughput.ReadCapacityUnits, 2);
        assert.equal(table.OnDemandThroughput, undefined);
        for (const one of table.GlobalSecondaryIndexes) assert.equal(one.ProvisionedThroughput.ReadCapacityUnits, 3);
      }),
    ],
  },
  {
    name: 'on-demand limits merge, -1 lifts',
    proves: proves([
      'Semantics: AttributeDefinitions is a delta',
      'new-features.md 6: | OnDemandThroughput',
      'new-features.md 1: | 2024-05',
    ]),
    tables: {T: onDemand},
    steps: [
      update(
        {OnDemandThroughput: {MaxReadRequestUnits: 10}},
        {has: {TableDescription: {OnDemandThroughput: {MaxReadRequestUnits: 10}}}},
      ),
      update({OnDemandThroughput: {MaxWriteRequestUnits: 20}}),
      settled((table) =>
        assert.deepEqual(table.OnDemandThroughput, {MaxReadRequestUnits: 10, MaxWriteRequestUnits: 20}),
      ),
      update(
        {OnDemandThroughput: {MaxReadRequestUnits: -1}},
        {has: {TableDescription: {OnDemandThroughput: {MaxReadRequestUnits: -1, MaxWriteRequestUnits: 20}}}},
      ),
      settled((table) => assert.deepEqual(table.OnDemandThroughput, {MaxWriteRequestUnits: 20})),
      update({OnDemandThroughput: {MaxWriteRequestUnits: -1}}),
      settled((table) => assert.equal(table.OnDemandThroughput, undefined)),
      update(updates({Update: {IndexName: 'Global', OnDemandThroughput: {MaxReadRequestUnits: 4}}})),
      settled((table) =>
        assert.deepEqual(table.GlobalSecondaryIndexes[0].OnDemandThroughput, {MaxReadRequestUnits: 4}),
      ),
    ],
  },
  {
    name: 'an index is created from the items, and deleted',
    proves: proves('Semantics: AttributeDefinitions is a delta'),
    tables: {T: onDemand},
    steps: [
      put('{T}', {pk: s('a'), x: s('x')}),
      update({...attributes('x', 'unused', 'pk'), ...updates({Create: index('New')})}, (reply) => {
        const made = reply.json.TableDescription.GlobalSecondaryIndexes.find((one) => one.IndexName === 'New');
        assert.deepEqual(
          [reply.json.TableDescription.TableStatus, made.IndexStatus, made.Backfilling],
          ['UPDATING', 'CREATING', true],
        );
      }),
      settled((table) => {
        assert.deepEqual(table.AttributeDefinitions.map((one) => one.AttributeName).sort(), ['g', 'pk', 'x']);
        const made = table.GlobalSecondaryIndexes.find((one) => one.IndexName === 'New');
        assert.deepEqual([made.IndexStatus, made.ItemCount], ['ACTIVE', 1]);
      }),
      [
        'Scan',
        {TableName: '{T}', IndexName: 'New'},
        {body: {Items: [{pk: s('a'), x: s('x')}], Count: 1, ScannedCount: 1}},
      ],
      update(updates({Delete: {IndexName: 'New'}}), (reply) => {
        assert.equal(
          reply.json.TableDescription.GlobalSecondaryIndexes.find((one) => one.IndexName === 'New').IndexStatus,
          'DELETING',
        );
      }),
      settled((table) => {
        assert.deepEqual(
          table.GlobalSecondaryIndexes.map((one) => one.IndexName),
          ['Global'],
        );
        assert.deepEqual(table.AttributeDefinitions.map((one) => one.AttributeName).sort(), ['g', 'pk']);
      }),
      ['Scan', {TableName: '{T}', IndexName: 'New'}, invalid('The table does not have the specified index: New')],
    ],
  },
  {
    name: 'a type that is declared again stays as it is',
    proves: proves('Semantics: AttributeDefinitions is a delta'),
    tables: {T: onDemand},
    steps: [
      update({
        AttributeDefinitions: [{AttributeName: 'g', AttributeType: 'N'}],
        ...updates({Create: index('New', 'g')}),
      }),
      settled((table) =>
        assert.deepEqual(
          table.AttributeDefinitions.find((one) => one.AttributeName === 'g'),
          {AttributeName: 'g', AttributeType: 'S'},
        ),
      ),
      [
        'PutItem',
        {TableName: '{T}', Item: {pk: s('a'), g: n(1)}},
        parameter('Type mismatch for Index Key g Expected: S Actual: N IndexName: Global'),
      ],
    ],
  },
  {
    name: 'encryption and table class',
    proves: proves('Semantics: AttributeDefinitions is a delta'),
    tables: {T: onDemand},
    steps: [
      update(
        {SSESpecification: {Enabled: true}},
        {has: {TableDescription: {SSEDescription: {Status: 'UPDATING', SSEType: 'KMS'}}}},
      ),
      settled((table) =>
        assert.deepEqual(table.SSEDescription, {
          Status: 'ENABLED',
          SSEType: 'KMS',
          KMSMasterKeyArn: 'arn:aws:kms:us-east-1:000000000000:alias/aws/dynamodb',
        }),
      ),
      update({TableClass: 'STANDARD_INFREQUENT_ACCESS'}),
      settled((table) => {
        assert.equal(table.TableClassSummary.TableClass, 'STANDARD_INFREQUENT_ACCESS');
        assert.equal(typeof table.TableClassSummary.LastUpdateDateTime, 'number');
      }),
      update(
        {DeletionProtectionEnabled: true},
        {has: {TableDescription: {DeletionProtectionEnabled: true, TableStatus: 'ACTIVE'}}},
      ),
      update({DeletionProtectionEnabled: false}),
    ],
  },
  {
    name: 'a fifth switch to on-demand in a day',
    proves: proves('control-plane.md 2: | switch to on-demand beyond the quota'),
    tables: {T: define('pk:S', units(1, 1))},
    steps: [
      ...[1, 2, 3, 4].flatMap(() => [
        update({BillingMode: 'PAY_PER_REQUEST'}),
        update({BillingMode: 'PROVISIONED', ...units(1, 1)}),
      ]),
      update(
        {BillingMode: 'PAY_PER_REQUEST'},
        {
          type: 'LimitExceededException',
          message: 'Subscriber limit exceeded: Update to PayPerRequest mode are limited to once in 1 day(s).',
        },
      ),
    ],
  },
  {
    name: 'a switch back needs units for what is there only',
    proves: proves('| switch to PROVISIONED, GSI without'),
    tables: {T: onDemand},
    steps: [update({BillingMode: 'PROVISIONED', ...units(1, 1), ...updates({Delete: {IndexName: 'Global'}})})],
  },
];

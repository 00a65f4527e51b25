// UpdateTable: refusals in their order, then what it changes.
import assert from 'node:assert/strict';
import {KEYS_ONLY, carry, define, invalid, n, notFound, parameter, put, s, units, violates} from '../definitions.mjs';

const proves = carry('control-plane.md ');
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
const SAME = (whose, units, a, c, d, e) =>
  invalid(
    `The provisioned throughput for ${whose} will not change. The requested value equals the current value. ` +
      `Current ReadCapacityUnits provisioned for ${units}: ${a}. Requested ReadCapacityUnits: ${c}. ` +
      `Current WriteCapacityUnits provisioned for ${units}: ${d}. Requested WriteCapacityUnits: ${e}. ` +
      'Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.',
  );
const NEITHER = parameter(
  'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
);
const limited = (message) => ({type: 'LimitExceededException', message: `Subscriber limit exceeded: ${message}`});
const ONE_ONLINE = limited('Only 1 online index can be created or deleted simultaneously per table');
const NOTHING = invalid(
  'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ' +
    'ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, ' +
    'OnDemandThroughput, WarmThroughput or TableClass is required',
);
const NO_DEFINITION = invalid('Invalid KeySchema: Some index key attribute have no definition');
const BAD_CLASS = invalid(
  'Invalid table-class parameter provided. Please try again with a valid table-class value: [STANDARD, STANDARD_INFREQUENT_ACCESS].',
);
const EXISTS = invalid('Attempting to create an index which already exists');
const noIndex = (name) => notFound(`Requested resource not found: Index ${name} for table {T}`);
const unitsAre = (actual, read, write) =>
  assert.deepEqual([actual.ReadCapacityUnits, actual.WriteCapacityUnits], [read, write]);
const statusIs = (TableStatus) => ({has: {TableDescription: {TableStatus}}});

// One member of each kind, for what may not come together.
const stream = {StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'}};
const encryption = {SSESpecification: {Enabled: true}};
const tableClass = {TableClass: 'STANDARD'};
const protection = {DeletionProtectionEnabled: true};
const onDemandLimit = {OnDemandThroughput: {MaxReadRequestUnits: 1}};
const warm = {WarmThroughput: {ReadUnitsPerSecond: 20000}};
const billing = {BillingMode: 'PAY_PER_REQUEST'};
const toProvisioned = {BillingMode: 'PROVISIONED', ...units(1, 1)};
const creation = {...attributes('x'), ...updates({Create: index('New')})};
const deletion = updates({Delete: {IndexName: 'Global'}});
const change = updates({Update: {IndexName: 'Global', OnDemandThroughput: {MaxReadRequestUnits: 1}}});
const ONLY = (what) => parameter(`${what} modification must be the only operation in the request`);
const WARM_ALONE = parameter('WarmThroughput must be the only operation in the request');
const LIMITS = parameter('OnDemandThroughput can only be combined with BillingMode in an UpdateTable request');
const STREAM_IOPS = parameter('You cannot modify stream status while updating table IOPS');
const INDEX_IOPS = parameter('You cannot create or delete index while updating table IOPS');
const INDEX_STREAM = parameter('You cannot create or delete index while changing stream status');
const TOGETHER = [
  ...[tableClass, protection, warm, onDemandLimit, stream, billing, units(1, 1), creation, deletion, change].map((other) => [
    '| 1 | SSESpecification',
    {...encryption, ...other},
    ONLY('Server-Side Encryption'),
  ]),
  ...[protection, warm, onDemandLimit, stream, billing, toProvisioned, creation, deletion, change].map((other) => [
    '| 2 | TableClass',
    {...tableClass, ...other},
    ONLY('TableClass'),
  ]),
  ...[warm, onDemandLimit, stream, billing, units(1, 1), creation, deletion, change].map((other) => [
    '| 3 | DeletionProtectionEnabled',
    {...protection, ...other},
    ONLY('DeletionProtection'),
  ]),
  [
    '| 4 | GSI Create + WarmThroughput',
    {...creation, ...warm, ...stream},
    parameter('Create global secondary index cannot be specified when updating WarmThroughput'),
  ],
  ...[stream, billing, units(1, 1), deletion, change].map((other) => ['| 5 | WarmThroughput', {...warm, ...other}, WARM_ALONE]),
  ['| 5 | WarmThroughput', {...warm, ...onDemandLimit}, LIMITS],
  ...[stream, units(1, 1), toProvisioned, creation, deletion, change, {...billing, ...stream}].map((other) => [
    '| 6 | OnDemandThroughput',
    {...onDemandLimit, ...other},
    LIMITS,
  ]),
  ...[units(1, 1), toProvisioned].map((other) => ['| 8 | stream', {...stream, ...other, ...creation}, STREAM_IOPS]),
  ...[creation, deletion].flatMap((online) =>
    [units(1, 1), toProvisioned].map((other) => ['| 9 | GSI Create/Delete', {...online, ...other}, INDEX_IOPS]),
  ),
  ...[creation, deletion].map((online) => ['| 10 | GSI Create/Delete', {...online, ...stream}, INDEX_STREAM]),
];

export default [
  early('nothing to do', {}, NOTHING, '4.1: | nothing to do'),
  early('only definitions', attributes('a'), NOTHING),
  early('an empty list of index updates', updates(), NOTHING),
  early('definitions and an empty list of index updates', {...attributes('a'), ...updates()}, NOTHING),
  early(
    'an empty list of index updates beside another change',
    {...updates(), BillingMode: 'PROVISIONED'},
    parameter('List of GlobalSecondaryIndexUpdates is empty'),
    '4.1: | empty list with another change |',
  ),
  early(
    'PROVISIONED without units',
    {BillingMode: 'PROVISIONED', ...updates({})},
    parameter('ProvisionedThroughput must be specified when BillingMode is PROVISIONED'),
    '4.1: | PROVISIONED without throughput |',
  ),
  early(
    'units together with on-demand',
    {BillingMode: 'PAY_PER_REQUEST', ...units(HUGE, 1)},
    NEITHER,
    '4.1: | throughput with PAY_PER_REQUEST |',
  ),
  ...[
    [{ReadCapacityUnits: 0, WriteCapacityUnits: 0}, "'0'", 'have value greater than or equal to 1', ['write', 'read']],
    [{ReadCapacityUnits: 1}, 'null', 'not be null', ['write']],
    [{}, 'null', 'not be null', ['write', 'read']],
  ].map(([ProvisionedThroughput, value, rule, which]) =>
    early(
      `units ${JSON.stringify(ProvisionedThroughput)}`,
      {ProvisionedThroughput},
      invalid(
        `${which.length} validation error${which.length > 1 ? 's' : ''} detected: ` +
          which
            .map((one) => `Value ${value} at 'provisionedThroughput.${one}CapacityUnits' failed to satisfy constraint: Member must ${rule}`)
            .join('; '),
      ),
      '4.1: | one member of ProvisionedThroughput missing',
    ),
  ),
  early(
    'too many units',
    {...units(1, HUGE), ...updates({})},
    invalid(`Given value ${HUGE} for WriteCapacityUnits is out of bounds`),
    '4.1: | units > 10^12 |',
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
    '4.1: | GSI entry without an action',
  ),
  early(
    'an index update with two actions',
    updates({Create: index('Same'), Delete: {IndexName: 'Same'}}),
    parameter('Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object'),
  ),
  early(
    'an index update without a name',
    updates({Update: {}}),
    violates("null at 'globalSecondaryIndexUpdates.1.member.update.indexName'", 'Member must not be null'),
    '4.1: | `Update: {}` |',
  ),
  early(
    'two updates of one index',
    updates({Delete: {IndexName: 'Same'}}, {Create: index('Same')}),
    parameter('Only one global secondary index update per index is allowed simultaneously. Index: Same'),
    '4.1: | two entries for one index',
  ),
  early(
    'units before the table',
    {BillingMode: 'PROVISIONED', ...units(HUGE, 1)},
    invalid(`Given value ${HUGE} for ReadCapacityUnits is out of bounds`),
    '4.1: | units > 10^12 |',
  ),
  early('a table class that is none', {TableClass: 'GOLD'}, BAD_CLASS, '1.2: | 27 | '),
  early('an empty table class', {TableClass: ''}, violates("'' at 'tableClass'", 'Member must satisfy enum value set: [STANDARD, STANDARD_INFREQUENT_ACCESS]'), '1.1: | BillingMode; TableClass'),
  early('a definition twice', {...attributes('x', 'x'), ...updates({Create: index('New')})}, invalid('Attribute Name is duplicated: x'), '1.2: | 3a | '),
  ...TOGETHER.map(([statement, members, expect], i) =>
    early(`not together, ${i}`, members, expect, `4.2: ${statement}`, '4.1: | more than one kind of change |'),
  ),
  {
    name: 'nothing of a refused call is applied',
    proves: proves('4.2: | 3 | DeletionProtectionEnabled'),
    tables: {T: onDemand},
    steps: [
      update({...protection, ...onDemandLimit}, ONLY('DeletionProtection')),
      settled((table) => assert.deepEqual([table.DeletionProtectionEnabled, table.OnDemandThroughput], [false, undefined])),
    ],
  },
  ...[
    ['units of the table and of indexes', provisioned, {...units(9, 9), ...updates({Update: {IndexName: 'Global', ...units(6, 6)}})}],
    ['the mode, units of the table and of an index', onDemand, {...toProvisioned, ...updates({Update: {IndexName: 'Global', ...units(6, 6)}})}],
    ['on-demand and a stream', provisioned, {...billing, ...stream}],
    ['on-demand and its limits', provisioned, {...billing, OnDemandThroughput: {MaxReadRequestUnits: 7}}],
    ['on-demand and a new index', provisioned, {...billing, ...creation}],
    ['a new index and limits of another', onDemand, {...attributes('x'), ...updates({Create: index('New')}, ...change.GlobalSecondaryIndexUpdates)}],
  ].map(([name, table, members]) => late(`together, ${name}`, table, members, {}, '4.2: Allowed together')),
  early(
    'no such table',
    updates({Delete: {IndexName: 'Some'}}),
    notFound('Requested resource not found: Table: AbsentTable not found'),
    '4.3: | table absent; not ready |',
  ),

  late('units on an on-demand table', onDemand, units(1, 1), NEITHER, '4.3: | ProvisionedThroughput alone'),
  late(
    'to provisioned, the index without units',
    onDemand,
    {BillingMode: 'PROVISIONED', ...units(1, 1)},
    parameter('ProvisionedThroughput must be specified for index: Global'),
    '4.3: | switch to PROVISIONED, a GSI without',
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
  late('the same units', provisioned, units(5, 6), SAME('the table', 'the table', 5, 5, 6, 6), '4.3: | same throughput as now'),
  late('the same units and mode', provisioned, {...units(5, 6), BillingMode: 'PROVISIONED'}, SAME('the table', 'the table', 5, 5, 6, 6)),
  late(
    'the same units of an index',
    provisioned,
    updates({Update: {IndexName: 'Global', ...units(5, 5)}}),
    SAME('the index Global', 'index Global', 5, 5, 5, 5),
  ),
  late(
    'on demand again',
    onDemand,
    {BillingMode: 'PAY_PER_REQUEST'},
    {has: {TableDescription: {TableStatus: 'UPDATING', BillingModeSummary: {BillingMode: 'PAY_PER_REQUEST'}}}},
    '4.3: | PAY_PER_REQUEST on an on-demand table',
    '2.1: Responses of throughput',
  ),
  late(
    'two indexes created',
    onDemand,
    {...attributes('x'), ...updates({Create: index('One')}, {Create: index('Two')})},
    ONE_ONLINE,
    '4.3: | a second Create/Delete in the call',
    '2.4: | 2nd online index create or delete',
  ),
  late(
    'one created, one deleted',
    onDemand,
    {...attributes('x'), ...updates({Create: index('One')}, {Delete: {IndexName: 'Global'}})},
    ONE_ONLINE,
  ),
  ...[
    ['update', {Update: {IndexName: 'Unknown', ...units(HUGE, 1)}}],
    ['delete', {Delete: {IndexName: 'Unknown'}}],
  ].map(([action, entry]) =>
    late(`${action} an unknown index`, provisioned, updates(entry), noIndex('Unknown'), '4.3: | **GSI Delete or Update**'),
  ),
  {
    name: 'an unknown index keeps those beside it from being changed',
    proves: proves('4.3: | **GSI Delete or Update**'),
    tables: {T: provisioned},
    steps: [
      update(
        updates({Update: {IndexName: 'Global', ...units(6, 6)}}, {Update: {IndexName: 'Unknown', ...units(6, 6)}}),
        noIndex('Unknown'),
      ),
      settled((table) => unitsAre(table.GlobalSecondaryIndexes[0].ProvisionedThroughput, 5, 5)),
    ],
  },
  ...[
    ['update', {Update: {IndexName: 'Local', ...units(1, 1)}}],
    ['delete', {Delete: {IndexName: 'Local'}}],
  ].map(([action, entry]) =>
    late(
      `${action} a local index`,
      define('pk:S|sk:S', {local: {Local: 'pk:S|l:S'}}),
      updates(entry),
      invalid(`Cannot ${action} an index that is not a GlobalSecondaryIndex: Local`),
      '4.3: | of an LSI |',
    ),
  ),
  late(
    'too many units of an index',
    provisioned,
    updates({Update: {IndexName: 'Global', ...units(HUGE, 1)}}),
    invalid(
      'This operation cannot be performed with given input values. Please contact DynamoDB service team for more info: Action Blocked: IndexUpdate',
    ),
    '4.3: | GSI throughput > 10^12',
  ),
  late(
    'units of an on-demand index',
    onDemand,
    updates({Update: {IndexName: 'Global', ...units(1, 1)}}),
    parameter(
      'The only Updates for index: Global when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput, WarmThroughput',
    ),
    '4.3: | GSI Update of throughput on on-demand',
  ),
  late('create an index that is there', onDemand, updates({Create: index('Global')}), EXISTS, '4.3: | **GSI Create**'),
  late(
    'create an index under the name of a local one',
    define('pk:S|sk:S', {local: {Local: 'pk:S|l:S'}}),
    {...attributes('x'), ...updates({Create: index('Local')})},
    EXISTS,
  ),
  ...[{}, {AttributeDefinitions: []}].map((members, i) =>
    late(
      `create an index without definitions, ${i}`,
      onDemand,
      {...members, ...updates({Create: index('New', 'pk')})},
      parameter('AttributeDefinitions is not specified for index: New'),
      '4.3: | no AttributeDefinitions in the request',
    ),
  ),
  late(
    'create an index of another type',
    onDemand,
    {
      AttributeDefinitions: [{AttributeName: 'g', AttributeType: 'N'}],
      ...updates({Create: index('New', 'g')}),
    },
    parameter(
      'Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. ' +
        'Existing schema: Schema:[SchemaElement: key{g:S:HASH}] New schema: Schema:[SchemaElement: key{g:N:HASH}]',
    ),
    '4.3: | its definition differs from the stored type',
  ),
  late(
    'units of a new index on demand',
    onDemand,
    {...attributes('x'), ...updates({Create: index('New', 'x', units(1, 1))})},
    parameter(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: New when BillingMode is PAY_PER_REQUEST',
    ),
    '4.3: | throughput | missing on PROVISIONED',
  ),
  late(
    'no units of a new index',
    provisioned,
    {...attributes('x'), ...updates({Create: index('New')})},
    parameter('Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: New'),
    '4.3: | throughput | missing on PROVISIONED',
  ),
  late(
    'a 21st index',
    define('pk:S', {global: Object.fromEntries(Array.from({length: 20}, (_, i) => [`Global${i}`, 'g:S']))}),
    creation,
    limited('Number of global secondary indexes exceeds per-table limit of 20'),
    '2.4: | 21st GSI by UpdateTable |',
  ),
  late(
    'create an index with too few definitions',
    onDemand,
    {...attributes('x'), ...updates({Create: {...index('New'), KeySchema: [key('x'), key('y', 'RANGE')]}})},
    NO_DEFINITION,
    "4.3: | its keys not all in this request's",
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
    '4.3: | OnDemandThroughput on PROVISIONED |',
  ),
  late(
    'on-demand write limit of a provisioned table',
    provisioned,
    {OnDemandThroughput: {MaxWriteRequestUnits: 5}},
    parameter(
      'MaxWriteRequestUnits for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED',
    ),
  ),
  {
    ...late(
      'on-demand limit of an index of a provisioned table',
      provisioned,
      updates({Update: {IndexName: 'Global', OnDemandThroughput: {MaxReadRequestUnits: 5}}}),
      parameter(
        'MaxReadRequestUnits for OnDemandThroughput for index : Global cannot be specified when the table BillingMode is PROVISIONED',
      ),
    ),
    assumed: true,
  },
  ...[0, -2].flatMap((MaxReadRequestUnits) => [
    late(
      `on-demand limit of ${MaxReadRequestUnits}`,
      onDemand,
      {OnDemandThroughput: {MaxReadRequestUnits}},
      parameter('Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid range'),
      '4.3: | OnDemandThroughput 0, -2 |',
    ),
    late(
      `on-demand limit of an index of ${MaxReadRequestUnits}`,
      onDemand,
      updates({Update: {IndexName: 'Global', OnDemandThroughput: {MaxReadRequestUnits}}}),
      parameter('Requested MaxReadRequestUnits for OnDemandThroughput for index : Global is outside of valid range'),
    ),
  ]),
  late(
    'on-demand limit above the quota',
    onDemand,
    {OnDemandThroughput: {MaxReadRequestUnits: 40001}},
    limited(
      'Requested MaxReadRequestUnits for OnDemandThroughput for table exceeds TableMaxReadCapacityUnits of the account in region us-east-1',
    ),
    '2.4: | OnDemandThroughput above the quota |',
  ),
  late(
    'units above the quota',
    provisioned,
    units(40001, 1),
    {
      type: 'LimitExceededException',
      message:
        'The requested ReadCapacityUnits, 40001, is above the per table maximum for the account in us-east-1. Per table maximum: 40000. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.',
    },
    '1.2: | 29 | ',
  ),
  {
    name: 'warm throughput rises only',
    proves: proves(['4.3: | WarmThroughput below the current', '2.1: | WarmThroughput (4-9 min)', '2.1: Responses of throughput']),
    tables: {T: onDemand},
    steps: [
      ...['table', 'index Global'].flatMap((whose) =>
        ['Read', 'Write'].map((unit) => {
          const WarmThroughput = {[`${unit}UnitsPerSecond`]: 3999};
          return update(
            whose === 'table' ? {WarmThroughput} : updates({Update: {IndexName: 'Global', WarmThroughput}}),
            parameter(
              `Requested ${unit}UnitsPerSecond for WarmThroughput for ${whose} is lower than current WarmThroughput, decreasing WarmThroughput is not supported`,
            ),
          );
        }),
      ),
      update({WarmThroughput: {ReadUnitsPerSecond: 12000}}),
      update(warm, {
        has: {
          TableDescription: {
            TableStatus: 'ACTIVE',
            WarmThroughput: {ReadUnitsPerSecond: 12000, WriteUnitsPerSecond: 4000, Status: 'UPDATING'},
          },
        },
      }),
      settled((table) =>
        assert.deepEqual(table.WarmThroughput, {ReadUnitsPerSecond: 20000, WriteUnitsPerSecond: 4000, Status: 'ACTIVE'}),
      ),
      update(updates({Update: {IndexName: 'Global', WarmThroughput: {WriteUnitsPerSecond: 5000}}}), {
        has: {
          TableDescription: {
            TableStatus: 'ACTIVE',
            GlobalSecondaryIndexes: [
              {
                IndexStatus: 'ACTIVE',
                WarmThroughput: {ReadUnitsPerSecond: 12000, WriteUnitsPerSecond: 4000, Status: 'UPDATING'},
              },
            ],
          },
        },
      }),
      settled((table) =>
        assert.deepEqual(table.GlobalSecondaryIndexes[0].WarmThroughput, {
          ReadUnitsPerSecond: 12000,
          WriteUnitsPerSecond: 5000,
          Status: 'ACTIVE',
        }),
      ),
    ],
  },
  {
    name: 'warm throughput is the highest there ever was',
    proves: proves('1.3: | WarmThroughput | DescribeTable: always'),
    tables: {T: provisioned},
    steps: (() => {
      const warmIs = (read, write, indexRead) =>
        settled((table) => {
          const {WarmThroughput: now} = table;
          assert.deepEqual([now.ReadUnitsPerSecond, now.WriteUnitsPerSecond], [read, write]);
          const [{WarmThroughput: ofIndex}] = table.GlobalSecondaryIndexes;
          assert.equal(ofIndex.ReadUnitsPerSecond, indexRead);
        });
      return [
        warmIs(5, 6, 5),
        update(units(8, 2)),
        warmIs(8, 6, 5),
        update(updates({Update: {IndexName: 'Global', ...units(7, 1)}})),
        update(updates({Update: {IndexName: 'Global', ...units(1, 1)}})),
        warmIs(8, 6, 7),
        update(billing),
        warmIs(12000, 4000, 12000),
        update({
          ...toProvisioned,
          ...updates(...['Global', 'Other'].map((IndexName) => ({Update: {IndexName, ...units(1, 1)}}))),
        }),
        warmIs(12000, 4000, 12000),
      ];
    })(),
  },
  {
    name: 'a fifth decrease in a day',
    proves: proves('2.4: | throughput decreases: 4 per UTC day'),
    tables: {T: define('pk:S', {global: {Global: ['g:S', KEYS_ONLY, units(9, 9)]}, ...units(9, 9)})},
    steps: (() => {
      const TIME = '(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, [A-Z][a-z]+ \\d{1,2}, \\d{4} at \\d{1,2}:\\d\\d:\\d\\d [AP]M Coordinated Universal Time';
      const refused = (reply) => {
        assert.match(reply.json.__type, /#LimitExceededException$/);
        assert.match(
          reply.json.message,
          new RegExp(
            '^Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day\\. After the first 4 decreases, ' +
              'each subsequent decrease in the same UTC day can be performed at most once every 3600 seconds\\. ' +
              `Number of decreases today: 4\\. Last decrease at ${TIME}\\. Next decrease can be made at ${TIME}$`,
          ),
        );
      };
      return [
        update(units(8, 9)),
        update(units(8, 8)),
        update(units(7, 7)),
        update(units(9, 6)),
        update(units(9, 5), refused),
        update(units(10, 5), refused),
        update(units(10, 6)),
        settled((table) => assert.equal(table.ProvisionedThroughput.NumberOfDecreasesToday, 4)),
        // Indexes count for themselves.
        ...[8, 7, 6, 5].map((count) => update(updates({Update: {IndexName: 'Global', ...units(count, count)}}))),
        update(updates({Update: {IndexName: 'Global', ...units(4, 9)}}), refused),
      ];
    })(),
  },
  {
    name: 'encryption, its refusals and its fifth change in a day',
    proves: proves([
      '4.3: | SSE `{}` or Enabled false on a default table |',
      '4.3: | SSE with exactly the current key ARN |',
      '2.4: | SSE changes: 4 per 24 h |',
      '2.1: | SSE (22 s)',
    ]),
    tables: {T: onDemand},
    steps: (() => {
      const keyArn = (name) => `arn:aws:kms:us-east-1:000000000000:key/${name}`;
      const withKey = (KMSMasterKeyId) => ({SSESpecification: {Enabled: true, SSEType: 'KMS', KMSMasterKeyId}});
      const DEFAULT = parameter('Table is already encrypted by default');
      const changing = (SSEDescription) => ({has: {TableDescription: {TableStatus: 'ACTIVE', SSEDescription}}});
      const TIME = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z';
      return [
        update({SSESpecification: {}}, DEFAULT),
        update({SSESpecification: {Enabled: false}}, DEFAULT),
        update(withKey(keyArn('one')), changing({Status: 'UPDATING', KMSMasterKeyArn: keyArn('one')})),
        update(
          withKey(keyArn('one')),
          parameter(
            'Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if you want to change Master Key',
          ),
        ),
        update(withKey('one'), changing({Status: 'UPDATING', KMSMasterKeyArn: keyArn('one')})),
        update(withKey(keyArn('two')), changing({Status: 'UPDATING', KMSMasterKeyArn: keyArn('one')})),
        settled((table) =>
          assert.deepEqual(table.SSEDescription, {Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: keyArn('two')}),
        ),
        update({SSESpecification: {Enabled: false}}, (reply) =>
          assert.deepEqual(reply.json.TableDescription.SSEDescription, {Status: 'UPDATING'}),
        ),
        settled((table) => assert.equal(table.SSEDescription, undefined)),
        update(encryption, (reply) => {
          assert.match(reply.json.__type, /#LimitExceededException$/);
          assert.match(
            reply.json.message,
            new RegExp(
              `^Subscriber limit exceeded: Encryption mode changes are limited in the 24h window ending at ${TIME}\\. After the first 4 change, ` +
                'each subsequent change in the same window can be performed at most once every 21600 seconds\\. ' +
                `Number of updates today: 4\\. Last change at ${TIME}\\. Next changes can be made at ${TIME}\\.$`,
            ),
          );
        }),
      ];
    })(),
  },
  {
    name: 'the table class, and its third change',
    proves: proves(['2.4: | 3rd table class change |', '2.1: Responses of throughput', '1.3: | TableClassSummary |']),
    tables: {T: onDemand},
    steps: [
      update(tableClass, statusIs('UPDATING')),
      settled((table) => assert.deepEqual(table.TableClassSummary, {TableClass: 'STANDARD'})),
      update({TableClass: 'STANDARD_INFREQUENT_ACCESS'}, (reply) => {
        assert.equal(reply.json.TableDescription.TableStatus, 'UPDATING');
        assert.deepEqual(reply.json.TableDescription.TableClassSummary, {TableClass: 'STANDARD'});
      }),
      settled((table) => {
        assert.equal(table.TableClassSummary.TableClass, 'STANDARD_INFREQUENT_ACCESS');
        assert.equal(typeof table.TableClassSummary.LastUpdateDateTime, 'number');
      }),
      update(tableClass),
      update(
        {TableClass: 'STANDARD_INFREQUENT_ACCESS'},
        limited('Updates to TableClass are limited to 2 times in 30 day(s).'),
      ),
    ],
  },

  {
    name: 'units change: the answer has the old ones, the table then the new',
    proves: proves('4.3: Semantics: AttributeDefinitions is a delta'),
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
    proves: proves('4.3: Semantics: AttributeDefinitions is a delta'),
    tables: {T: provisioned},
    steps: [
      update({BillingMode: 'PAY_PER_REQUEST'}, (reply) => {
        const table = reply.json.TableDescription;
        assert.equal(table.TableStatus, 'UPDATING');
        assert.equal(table.BillingModeSummary.BillingMode, 'PAY_PER_REQUEST');
        assert.equal(typeof table.BillingModeSummary.LastUpdateToPayPerRequestDateTime, 'number');
        unitsAre(table.ProvisionedThroughput, 0, 0);
      }),
      settled((table) => {
        assert.equal(table.BillingModeSummary.BillingMode, 'PAY_PER_REQUEST');
        assert.deepEqual(
          [table.ProvisionedThroughput.ReadCapacityUnits, table.ProvisionedThroughput.WriteCapacityUnits],
          [0, 0],
        );
        for (const one of table.GlobalSecondaryIndexes) assert.equal(one.ProvisionedThroughput.ReadCapacityUnits, 0);
      }),
      update({OnDemandThroughput: {MaxReadRequestUnits: 10}}),
      update(
        {
          BillingMode: 'PROVISIONED',
          ...units(2, 2),
          ...updates(...['Global', 'Other'].map((IndexName) => ({Update: {IndexName, ...units(3, 3)}}))),
        },
        (reply) => {
          const table = reply.json.TableDescription;
          assert.equal(table.TableStatus, 'UPDATING');
          assert.equal(table.BillingModeSummary.BillingMode, 'PROVISIONED');
          assert.equal(typeof table.BillingModeSummary.LastUpdateToPayPerRequestDateTime, 'number');
          unitsAre(table.ProvisionedThroughput, 2, 2);
          for (const one of table.GlobalSecondaryIndexes) unitsAre(one.ProvisionedThroughput, 3, 3);
        },
      ),
      settled((table) => {
        assert.equal(table.BillingModeSummary.BillingMode, 'PROVISIONED');
        assert.equal(table.ProvisionedThroughput.ReadCapacityUnits, 2);
        assert.equal(typeof table.BillingModeSummary.LastUpdateToPayPerRequestDateTime, 'number');
        assert.equal(table.OnDemandThroughput, undefined);
        for (const one of table.GlobalSecondaryIndexes) assert.equal(one.ProvisionedThroughput.ReadCapacityUnits, 3);
      }),
    ],
  },
  {
    name: 'on-demand limits merge, -1 lifts',
    proves: proves([
      '4.3: Semantics: AttributeDefinitions is a delta',
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
    proves: proves('4.3: Semantics: AttributeDefinitions is a delta'),
    tables: {T: onDemand},
    steps: [
      put('{T}', {pk: s('a'), x: s('x')}),
      update({...attributes('x', 'unused', 'pk'), ...updates({Create: index('New')})}, (reply) => {
        const made = reply.json.TableDescription.GlobalSecondaryIndexes.find((one) => one.IndexName === 'New');
        assert.deepEqual(
          [reply.json.TableDescription.TableStatus, made.IndexStatus, made.Backfilling],
          ['UPDATING', 'CREATING', false],
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
    name: 'definitions that the new index does not use are ignored',
    proves: proves('4.3: | its definition differs from the stored type'),
    tables: {T: onDemand},
    steps: [
      update({
        AttributeDefinitions: [...attributes('x').AttributeDefinitions, {AttributeName: 'g', AttributeType: 'N'}],
        ...updates({Create: index('New')}),
      }),
      settled((table) =>
        assert.deepEqual(
          table.AttributeDefinitions,
          ['g', 'pk', 'x'].map((AttributeName) => ({AttributeName, AttributeType: 'S'})),
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
    name: 'deletion protection and limits on demand are done in the call',
    proves: proves('2.1: | deletion protection, table OnDemandThroughput'),
    tables: {T: onDemand},
    steps: [
      update({DeletionProtectionEnabled: true}, {
        has: {TableDescription: {DeletionProtectionEnabled: true, TableStatus: 'ACTIVE'}},
      }),
      update({DeletionProtectionEnabled: false}),
      update(onDemandLimit, {has: {TableDescription: {TableStatus: 'ACTIVE', OnDemandThroughput: {MaxReadRequestUnits: 1}}}}),
    ],
  },
  {
    name: 'the billing mode may change as often as one likes',
    proves: proves('2.4: No limit on billing switches'),
    tables: {T: define('pk:S', units(1, 1))},
    steps: Array.from({length: 6}, () => [update(billing), update(toProvisioned)]).flat(),
  },
];

// CreateTable: what is found wrong with a definition, in order.
import assert from 'node:assert/strict';
import {KEYS_ONLY, carry, define, include, invalid, parameter, units} from '../definitions.mjs';

const proves = carry('control-plane.md 1.2: ');
const order = (number) => `| ${number} | `;
const row = (name, body, expect, ...statements) => ({
  name,
  proves: proves(statements),
  op: 'CreateTable',
  body: {TableName: 'Definition', ...body},
  expect,
});
const key = (AttributeName, KeyType) => ({AttributeName, KeyType});
const attributes = (...names) => ({
  AttributeDefinitions: names.map((AttributeName) => ({AttributeName, AttributeType: 'S'})),
});
const schema = (...elements) => ({KeySchema: elements});
const [hash, range] = [key('pk', 'HASH'), key('sk', 'RANGE')];
const ON_DEMAND = {BillingMode: 'PAY_PER_REQUEST'};
const plain = {...ON_DEMAND, ...attributes('pk'), ...schema(hash)};
const composite = {...ON_DEMAND, ...attributes('pk', 'sk', 'x'), ...schema(hash, range)};
const index = (IndexName, KeySchema, Projection = {ProjectionType: 'ALL'}, more = {}) => ({
  IndexName,
  KeySchema,
  Projection,
  ...more,
});
const locals = (...list) => ({LocalSecondaryIndexes: list});
const globals = (...list) => ({GlobalSecondaryIndexes: list});
const UNDEFINED = (keys, definitions) =>
  parameter(
    `Some index key attributes are not defined in AttributeDefinitions. Keys: [${keys}], AttributeDefinitions: [${definitions}]`,
  );
const NO_DEFINITION = invalid('Invalid KeySchema: Some index key attribute have no definition');
const SAME_NAME = invalid('Both the Hash Key and the Range Key element in the KeySchema have the same name');
const NOT_HASH = invalid('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
const NOT_RANGE = invalid('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
const HUGE = 1000000000001;
const BAD_CLASS = invalid(
  'Invalid table-class parameter provided. Please try again with a valid table-class value: [STANDARD, STANDARD_INFREQUENT_ACCESS].',
);
const SEE =
  'See: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial';
const QUOTA = (member, units, more = '', per = 'table') => ({
  type: 'LimitExceededException',
  message: `The requested ${member}${more}, ${units}, is above the per ${per} maximum for the account in us-east-1. Per ${per} maximum: 40000. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.`,
});
const made = {has: {TableDescription: {TableStatus: 'CREATING'}}};
const succeeds = (name, body, expect, ...statements) => ({
  name,
  proves: proves(statements),
  steps: [
    ['CreateTable', {TableName: `Made-${name.replace(/[^a-z]/gi, '-')}`, ...body}, expect],
    ['DeleteTable', {TableName: `Made-${name.replace(/[^a-z]/gi, '-')}`}],
  ],
});
const many = (count, make) => Array.from({length: count}, (_, i) => make(i));

export default [
  row(
    'one fault after another: local indexes before global, key names before projections',
    {
      ...composite,
      ...locals(
        index('Same', [hash, key('x', 'RANGE')]),
        index('Same', [hash, key('x', 'RANGE')], {ProjectionType: 'INCLUDE'}),
      ),
      ...globals(index('Global', [key('none', 'HASH')])),
    },
    parameter('ProjectionType is INCLUDE, but NonKeyAttributes is not specified'),
    'Order: DL (recorded)',
  ),
  // Each step has the faults of those after it.
  ...[
    [
      {AttributeDefinitions: [...attributes('pk', 'pk').AttributeDefinitions], ...schema(hash, range)},
      invalid('Attribute Name is duplicated: pk'),
    ],
    [{...attributes('pk'), ...schema(hash, range)}, NO_DEFINITION],
    [
      {...attributes('pk', 'sk', 'unused'), ...globals(index('ab!', [hash], {}))},
      {errors: ["Value 'ab!' at 'globalSecondaryIndexes.1.member.indexName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"]},
    ],
    [
      {StreamSpecification: {StreamEnabled: true}, OnDemandThroughput: {MaxReadRequestUnits: 0}},
      parameter('Table is being created with a stream enabled, UpdateViewType is required'),
    ],
    [
      {OnDemandThroughput: {MaxReadRequestUnits: 0}, WarmThroughput: {ReadUnitsPerSecond: 1}},
      parameter('Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid range'),
    ],
    [
      {SSESpecification: {SSEType: 'AES256'}, TableClass: 'GOLD'},
      parameter('SSEType AES256 is not supported'),
    ],
    [{TableClass: 'GOLD', Tags: [{Key: '', Value: ''}]}, BAD_CLASS],
  ].map(([members, expect], i) => ({
    ...row(`in order, ${i}`, {...plain, ...members}, expect),
    assumed: i > 2,
  })),
  row(
    'on demand with units',
    {...plain, ...units(1, HUGE), ...schema(key('pk', 'RANGE'))},
    parameter('Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST'),
    order(1),
  ),
  row(
    'provisioned without units',
    {...plain, BillingMode: 'PROVISIONED', ...schema(range)},
    parameter('ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED'),
    order(2),
  ),
  row(
    'neither mode nor units',
    {...plain, BillingMode: undefined},
    parameter('ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED'),
  ),
  row(
    'too many read units',
    {...plain, BillingMode: undefined, ...units(HUGE, HUGE), ...schema(range)},
    invalid(`Given value ${HUGE} for ReadCapacityUnits is out of bounds`),
    order(3),
    'limits.md 5: | throughput value',
  ),
  row(
    'too many write units',
    {...plain, BillingMode: undefined, ...units(1, HUGE)},
    invalid(`Given value ${HUGE} for WriteCapacityUnits is out of bounds`),
    order(3),
  ),
  row(
    'more keys than definitions',
    {...plain, ...schema(key('a', 'RANGE'), key('b', 'HASH'))},
    NO_DEFINITION,
    order(4),
  ),
  row('one attribute twice, defined once', {...plain, ...schema(hash, key('pk', 'RANGE'))}, NO_DEFINITION),
  row('no definitions', {...plain, AttributeDefinitions: []}, NO_DEFINITION),
  row(
    'keys that are not defined',
    {...composite, ...schema(hash, key('other', 'HASH'))},
    UNDEFINED('pk, other', 'pk, sk, x'),
    order(5),
  ),
  row(
    'a definition twice',
    {...plain, AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'pk', AttributeType: 'N'}]},
    invalid('Attribute Name is duplicated: pk'),
    '| 3a | ',
  ),
  row('one key that is not defined', {...plain, ...schema(key('other', 'RANGE'))}, UNDEFINED('other', 'pk')),
  row('one name for both keys', {...composite, ...schema(key('pk', 'RANGE'), key('pk', 'RANGE'))}, SAME_NAME, order(6)),
  row('first not HASH', {...composite, ...schema(range, key('pk', 'RANGE'))}, NOT_HASH, order(7)),
  row('first not HASH, alone', {...plain, ...attributes('sk', 'x'), ...schema(range)}, NOT_HASH),
  row('second not RANGE', {...composite, ...schema(hash, key('sk', 'HASH'))}, NOT_RANGE, order(8)),
  row(
    'definitions left over',
    {...composite},
    parameter(
      'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    ),
    order(9),
  ),
  row(
    'empty list of local indexes',
    {...plain, ...locals(), ...globals()},
    parameter('List of LocalSecondaryIndexes is empty'),
    order(10),
  ),
  row(
    'local index without a sort key of the table',
    {...plain, ...attributes('pk', 'x'), ...locals(index('Local', [hash, key('none', 'RANGE')]))},
    parameter('Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex'),
    order(11),
  ),

  row(
    'local index, keys not defined',
    {...composite, ...attributes('pk', 'sk'), ...locals(index('Local', [key('a', 'RANGE'), key('b', 'RANGE')]))},
    UNDEFINED('a, b', 'pk, sk'),
    order(13),
  ),
  row(
    'local index, one name',
    {...composite, ...locals(index('Local', [key('x', 'RANGE'), key('x', 'RANGE')]))},
    SAME_NAME,
  ),
  row('local index, first not HASH', {...composite, ...locals(index('Local', [key('x', 'RANGE')]))}, NOT_HASH),
  row(
    'local index, second not RANGE',
    {...composite, ...locals(index('Local', [key('x', 'HASH'), key('sk', 'HASH')]))},
    NOT_RANGE,
  ),
  row(
    'local index without a sort key',
    {...composite, ...locals(index('Local', [key('x', 'HASH')]))},
    parameter('Index KeySchema does not have a range key for index: Local'),
  ),
  row(
    'local index on another partition key',
    {...composite, ...locals(index('Local', [key('x', 'HASH'), range], {}))},
    parameter(
      'Index KeySchema does not have the same leading hash key as table KeySchema for index: Local. index hash key: x, table hash key: pk',
    ),
  ),
  row(
    'local index, projection',
    {...composite, ...locals(index('Local', [hash, key('x', 'RANGE')], {}))},
    parameter('Unknown ProjectionType: null'),
    order(17),
  ),
  row(
    'two local indexes of one name',
    {...composite, ...locals(...many(2, () => index('Same', [hash, key('x', 'RANGE')])))},
    parameter('Duplicate index name: Same'),
    order(18),
  ),
  row(
    'six local indexes',
    {
      ...composite,
      ...locals(...many(6, (i) => index(`Local${i}`, [hash, key('x', 'RANGE')]))),
      ...globals(index('Global', [key('none', 'HASH')])),
    },
    parameter('Number of LocalSecondaryIndexes exceeds per-table limit of 5'),
    order(14),
    'limits.md 5: | LSIs per table',
  ),
  succeeds(
    'five local indexes',
    {...composite, ...locals(...many(5, (i) => index(`Local${i}`, [hash, key('x', 'RANGE')])))},
    made,
    'limits.md 5: | LSIs per table',
  ),
  row(
    'empty list of global indexes',
    {...plain, ...globals()},
    parameter('List of GlobalSecondaryIndexes is empty'),
    order(10),
  ),

  row(
    'global index, keys not defined',
    {...plain, ...globals(index('Global', [key('a', 'RANGE')]))},
    UNDEFINED('a', 'pk'),
    order(15),
  ),
  row(
    'global index, one name',
    {...composite, ...globals(index('Global', [key('x', 'HASH'), key('x', 'RANGE')]))},
    SAME_NAME,
  ),
  row('global index, first not HASH', {...composite, ...globals(index('Global', [key('x', 'RANGE')], {}))}, NOT_HASH),
  row(
    'global index, projection before units',
    {...composite, ...globals(index('Global', [key('x', 'HASH')], {}, units(1, 1)))},
    parameter('Unknown ProjectionType: null'),
  ),
  row(
    'global index, units on demand',
    {...composite, ...globals(...many(2, () => index('Same', [key('x', 'HASH')], KEYS_ONLY, units(1, 1))))},
    parameter('ProvisionedThroughput should not be specified for index: Same when BillingMode is PAY_PER_REQUEST'),
    order(16),
  ),
  row(
    'global index without units, provisioned',
    {...composite, BillingMode: undefined, ...units(1, 1), ...globals(index('Global', [key('x', 'HASH')]))},
    parameter('ProvisionedThroughput is not specified for index: Global'),
    order(16),
  ),
  row(
    'global index, more keys than definitions',
    {...plain, ...globals(index('Global', [key('a', 'HASH'), key('b', 'RANGE')]))},
    NO_DEFINITION,
    order(4),
  ),
  row(
    'a projected name twice',
    {...composite, ...globals(index('Global', [key('x', 'HASH')], include('b', 'a', 'b')))},
    parameter('Duplicate element in NonKeyAttributes: b'),
    order(17),
  ),
  succeeds(
    'key attributes among the projected ones',
    {...composite, ...globals(index('Global', [key('x', 'HASH')], include('z', 'pk', 'x', 'a')))},
    {has: {TableDescription: {GlobalSecondaryIndexes: [{Projection: include('a', 'pk', 'x', 'z')}]}}},
    order(17),
    'control-plane.md 1.3: | order |',
  ),
  row(
    'list of attributes with ALL',
    {...composite, ...globals(index('Global', [key('x', 'HASH')], {ProjectionType: 'ALL', NonKeyAttributes: ['a']}))},
    parameter('ProjectionType is ALL, but NonKeyAttributes is specified'),
    order(17),
  ),
  row(
    'list of attributes with KEYS_ONLY',
    {
      ...composite,
      ...globals(index('Global', [key('x', 'HASH')], {ProjectionType: 'KEYS_ONLY', NonKeyAttributes: ['a']})),
    },
    parameter('ProjectionType is KEYS_ONLY, but NonKeyAttributes is specified'),
  ),
  row(
    'INCLUDE without a list',
    {...composite, ...globals(index('Global', [key('x', 'HASH')], {ProjectionType: 'INCLUDE'}))},
    parameter('ProjectionType is INCLUDE, but NonKeyAttributes is not specified'),
  ),
  row(
    'one name for a local and a global index',
    {...composite, ...locals(index('Same', [hash, key('x', 'RANGE')])), ...globals(index('Same', [key('x', 'HASH')]))},
    parameter('Duplicate index name: Same'),
    order(18),
  ),
  row(
    '21 global indexes',
    {...composite, ...globals(...many(21, (i) => index(`Global${i}`, [key('x', 'HASH')])))},
    parameter('GlobalSecondaryIndex count exceeds the per-table limit of 20'),
    order(19),
    'limits.md 5: | GSIs per table',
  ),
  succeeds(
    'twenty global indexes',
    {...composite, ...globals(...many(20, (i) => index(`Global${i}`, [key('x', 'HASH')])))},
    made,
    'limits.md 5: | GSIs per table',
  ),
  {
    name: 'a definition that no key uses, before faults of indexes',
    proves: proves(order(12)),
    op: 'CreateTable',
    body: {
      TableName: 'Definition',
      ...composite,
      ...attributes('z', 'pk', 'sk', 'x', 'a'),
      ...globals(index('Same', [key('x', 'HASH')], {}), index('Same', [key('none', 'HASH')])),
    },
    expect: (reply) => {
      const [, defined, used] =
        /^One or more parameter values were invalid: Some AttributeDefinitions are not used\. AttributeDefinitions: \[(.*)\], keys used: \[(.*)\]$/.exec(
          reply.json.message,
        );
      assert.deepEqual(defined.split(', ').sort(), ['a', 'pk', 'sk', 'x', 'z']);
      assert.deepEqual(used.split(', ').sort(), ['none', 'pk', 'sk', 'x']);
    },
  },
  row(
    'the sample of definitions that no key uses',
    {
      ...composite,
      ...attributes('pk', 'sk', 'a', 'b', 'c'),
      ...globals(index('Global', [key('a', 'HASH')])),
    },
    parameter(
      'Some AttributeDefinitions are not used. AttributeDefinitions: [sk, a, b, pk, c], keys used: [a, sk, pk]',
    ),
  ),
  row(
    'a stream without a view',
    {...plain, StreamSpecification: {StreamEnabled: true}},
    parameter('Table is being created with a stream enabled, UpdateViewType is required'),
    order(21),
    'streams-ttl.md 3: | CreateTable StreamEnabled true',
  ),
  row(
    'a view without a stream',
    {
      ...plain,
      StreamSpecification: {StreamEnabled: false, StreamViewType: 'NEW_IMAGE'},
      OnDemandThroughput: {MaxReadRequestUnits: 0},
    },
    parameter('Table is being created with a stream disabled, UpdateViewType should not be specified'),
    order(21),
    'streams-ttl.md 3: | CreateTable StreamEnabled false',
  ),
  row(
    'on-demand limits on a provisioned table',
    {
      ...plain,
      BillingMode: 'PROVISIONED',
      ...units(1, 1),
      OnDemandThroughput: {MaxWriteRequestUnits: 0, MaxReadRequestUnits: 0},
    },
    parameter('MaxReadRequestUnits for OnDemandThroughput cannot be specified when table BillingMode is PROVISIONED.'),
    order(22),
  ),
  row(
    'on-demand write limit on a provisioned table',
    {...plain, BillingMode: 'PROVISIONED', ...units(1, 1), OnDemandThroughput: {MaxWriteRequestUnits: 5}},
    parameter('MaxWriteRequestUnits for OnDemandThroughput cannot be specified when table BillingMode is PROVISIONED.'),
  ),
  {
    ...row(
      'on-demand limits of an index of a provisioned table',
      {
        ...composite,
        BillingMode: undefined,
        ...units(1, 1),
        ...globals(
          index('Global', [key('x', 'HASH')], KEYS_ONLY, {...units(1, 1), OnDemandThroughput: {MaxReadRequestUnits: 5}}),
        ),
      },
      parameter(
        'MaxReadRequestUnits for OnDemandThroughput for index: Global cannot be specified when table BillingMode is PROVISIONED.',
      ),
      order(22),
    ),
    assumed: true,
  },
  row(
    'an on-demand limit of an index of 0',
    {
      ...composite,
      ...globals(index('Global', [key('x', 'HASH')], KEYS_ONLY, {OnDemandThroughput: {MaxWriteRequestUnits: 0}})),
    },
    parameter('Requested MaxWriteRequestUnits for OnDemandThroughput for index : Global is outside of valid range'),
    order(23),
  ),
  ...['Read', 'Write'].map((unit) =>
    row(
      `an on-demand ${unit} limit above the quota`,
      {...plain, OnDemandThroughput: {[`Max${unit}RequestUnits`]: 40001}},
      {
        type: 'LimitExceededException',
        message: `Subscriber limit exceeded: Requested Max${unit}RequestUnits for OnDemandThroughput for table exceeds TableMax${unit}CapacityUnits of the account in region us-east-1`,
      },
      'control-plane.md 2.4: | OnDemandThroughput above the quota',
    ),
  ),
  ...['MaxReadRequestUnits', 'MaxWriteRequestUnits'].flatMap((member) =>
    [0, -1, -2].map((value) =>
      row(
        `${member} ${value}`,
        {...plain, OnDemandThroughput: {[member]: value}},
        parameter(`Requested ${member} for OnDemandThroughput for table is outside of valid range`),
        order(23),
      ),
    ),
  ),
  succeeds(
    'empty on-demand limits',
    {...plain, OnDemandThroughput: {}},
    {...made, absent: ['OnDemandThroughput']},
    order(23),
  ),
  row(
    'warm reads too low',
    {...plain, WarmThroughput: {ReadUnitsPerSecond: 11999}},
    parameter(
      `Requested ReadUnitsPerSecond for WarmThroughput for table is lower than initial throughput for OnDemand. ${SEE}`,
    ),
    order(24),
  ),
  row(
    'warm writes too low',
    {...plain, WarmThroughput: {WriteUnitsPerSecond: 3999}},
    parameter(
      `Requested WriteUnitsPerSecond for WarmThroughput for table is lower than initial throughput for OnDemand. ${SEE}`,
    ),
  ),
  row(
    'warm reads below the provisioned',
    {...plain, BillingMode: undefined, ...units(10, 10), WarmThroughput: {ReadUnitsPerSecond: 9}},
    parameter(
      'Requested ReadUnitsPerSecond for WarmThroughput for table is lower than ReadCapacityUnits of ProvisionedThroughput',
    ),
  ),
  row(
    'warm writes below the provisioned',
    {...plain, BillingMode: undefined, ...units(10, 10), WarmThroughput: {WriteUnitsPerSecond: 9}},
    parameter(
      'Requested WriteUnitsPerSecond for WarmThroughput for table is lower than WriteCapacityUnits of ProvisionedThroughput',
    ),
  ),
  row(
    'warm reads of an index too low',
    {
      ...composite,
      ...globals(index('Global', [key('x', 'HASH')], KEYS_ONLY, {WarmThroughput: {ReadUnitsPerSecond: 1}})),
    },
    parameter(
      `Requested ReadUnitsPerSecond for WarmThroughput for index Global is lower than initial throughput for OnDemand. ${SEE}`,
    ),
  ),
  succeeds('empty warm throughput', {...plain, WarmThroughput: {}}, {...made, absent: ['WarmThroughput']}, order(24)),
  ...[
    [{Enabled: false, SSEType: 'KMS'}, 'SSEType can not be specified if Enabled is false'],
    [{Enabled: false, KMSMasterKeyId: 'key'}, 'KMSMasterKeyId can not be specified if Enabled is false'],
    [{KMSMasterKeyId: 'key'}, 'SSEType KMS is required if KMSMasterKeyId is specified'],
    [{Enabled: true, KMSMasterKeyId: 'key'}, 'SSEType KMS is required if KMSMasterKeyId is specified'],
    [{Enabled: true, SSEType: 'AES256'}, 'SSEType AES256 is not supported'],
  ].map(([SSESpecification, message]) =>
    row(`encryption ${JSON.stringify(SSESpecification)}`, {...plain, SSESpecification}, parameter(message), order(25)),
  ),
  succeeds('no encryption', {...plain, SSESpecification: {}}, {...made, absent: ['SSEDescription']}, order(25)),
  succeeds(
    'encryption by its type alone',
    {...plain, SSESpecification: {SSEType: 'KMS'}},
    {has: {TableDescription: {SSEDescription: {SSEType: 'KMS'}}}},
    order(25),
  ),
  row('another table class', {...plain, TableClass: 'GOLD'}, BAD_CLASS, order(27), 'validation.md 1: | tableClass |'),
  ...[
    [[{Key: 'a', Value: ''}, {Key: 'a', Value: 'b'}], 'Duplicate Tag Keys provided as input: Duplicate Tag Key found a'],
    [[{Key: 'a*', Value: ''}], 'The Tag Key provided is invalid, Key: a*'],
    [[{Key: 'Aws:a', Value: ''}], 'Tag Key cannot be prefixed with aws:, Key: Aws:a'],
    [many(51, (i) => ({Key: `k${i}`, Value: ''})), 'Number of Tags exceed the current limit for the provided ResourceArn'],
  ].map(([Tags, message]) => row(`tags, ${message}`, {...plain, Tags}, invalid(message), order(28))),
  succeeds('no tags in a list', {...plain, Tags: []}, made, order(28)),
  ...[
    ['reads', units(40001, 1), QUOTA('ReadCapacityUnits', 40001)],
    ['writes', units(1, 40001), QUOTA('WriteCapacityUnits', 40001)],
  ].map(([name, members, expect]) =>
    row(`${name} above the quota`, {...plain, BillingMode: undefined, ...members}, expect, order(29)),
  ),
  row(
    'reads of an index above the quota',
    {
      ...composite,
      BillingMode: undefined,
      ...units(1, 1),
      ...globals(index('Global', [key('x', 'HASH')], KEYS_ONLY, units(40001, 1))),
    },
    QUOTA('ReadCapacityUnits', 40001, ' for index Global', 'index'),
    order(29),
  ),
  row(
    "reads above the account's quota",
    {
      ...composite,
      BillingMode: undefined,
      ...units(40000, 1),
      ...globals(
        index('One', [key('x', 'HASH')], KEYS_ONLY, units(40000, 1)),
        index('Two', [key('x', 'HASH')], KEYS_ONLY, units(1, 1)),
      ),
    },
    (reply) => {
      assert.match(reply.json.__type, /#LimitExceededException$/);
      assert.match(
        reply.json.message,
        /^This request would have caused the ReadCapacityUnits limit to be exceeded for the account in us-east-1\. Current ReadCapacityUnits reserved by the account: \d+\. Limit: 80000\. Requested: 80001\b/,
      );
    },
    order(29),
  ),
  succeeds(
    'a local index on the sort key, a global one on the keys, indexes called like the table',
    {
      ...composite,
      ...attributes('pk', 'sk'),
      ...locals(index('Local', [hash, range])),
      ...globals(index('Made-a-local-index-on-the-sort-key--a-global-one-on-the-keys--indexes-called-like-the-table', [hash, range])),
    },
    made,
    'Accepted: an LSI whose range key',
  ),
  ...[3, 255].map((size) => {
    const TableName = 'n'.repeat(size);
    return {
      name: `table and index names of ${size} characters`,
      proves: proves('limits.md 5: | table, index name'),
      steps: [
        ['CreateTable', {TableName, ...composite, ...globals(index('i'.repeat(size), [key('x', 'HASH')]))}, made],
        ['Scan', {TableName, IndexName: 'i'.repeat(size)}, {body: {Items: [], Count: 0, ScannedCount: 0}}],
        ['DeleteTable', {TableName}],
      ],
    };
  }),
  {
    name: 'the table is there already',
    proves: proves([order(30), 'Order: DL (recorded)']),
    tables: {T: define('pk:S')},
    steps: [
      [
        'CreateTable',
        {TableName: '{T}', ...plain},
        {type: 'ResourceInUseException', message: 'Table already exists: {T}'},
      ],
      ['CreateTable', {TableName: '{T}', ...plain, TableClass: 'GOLD'}, BAD_CLASS],
      [
        'CreateTable',
        {TableName: '{T}', ...plain, BillingMode: undefined, ...units(40001, 1)},
        QUOTA('ReadCapacityUnits', 40001),
      ],
    ],
  },
  row(
    '101 projected attributes',
    {
      ...composite,
      ...globals(
        ...many(5, (i) => index(`Global${i}`, [key('x', 'HASH')], include(...many(20, (j) => `a${i}-${j}`)))),
        index('Last', [key('x', 'HASH')], include('one')),
      ),
    },
    parameter('Number of NonKeyAttributes of all indexes exceeds the per-table limit of 100'),
    'limits.md 5: | projected non-key attributes',
  ),
  succeeds(
    'a hundred projected attributes',
    {
      ...composite,
      ...globals(...many(5, (i) => index(`Global${i}`, [key('x', 'HASH')], include(...many(20, (j) => `a${i}-${j}`))))),
    },
    made,
    'limits.md 5: | projected non-key attributes',
  ),
  succeeds(
    'names of full length',
    {...attributes('k'.repeat(255)), ...schema(key('k'.repeat(255), 'HASH')), ...ON_DEMAND},
    made,
    'limits.md 5: | attribute name |',
  ),
];

// ListTables, limits, endpoints, continuous backups and the settings of time to live.
import assert from 'node:assert/strict';
import {carry, define, invalid, violates} from '../definitions.mjs';

const proves = carry('control-plane.md 5: ');
const API = 'streams-ttl.md API (LAB; M26, SDK)';
const plain = define('pk:S');
const row = (name, op, body, expect, ...statements) => ({
  name: `${op}, ${name}`,
  proves: proves(statements),
  op,
  body,
  expect,
});
const ttl = (Enabled, AttributeName = 'expires') => ({TimeToLiveSpecification: {Enabled, AttributeName}});
const list = (body, expect) => ['ListTables', body, expect];
const names = ['Lister-A', 'Lister-B', 'Lister-a', 'Lister-b.c'];
const recovery = (PointInTimeRecoveryEnabled, RecoveryPeriodInDays) => ({
  PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled, RecoveryPeriodInDays},
});

export default [
  {
    name: 'ListTables, by name, page by page',
    proves: proves('ListTables Limit 1..100'),
    steps: [
      ...names.map((TableName) => ['CreateTable', {TableName, ...plain}]),
      list(
        {ExclusiveStartTableName: 'Lister', Limit: 3},
        {body: {TableNames: names.slice(0, 3), LastEvaluatedTableName: names[2]}},
      ),
      list({ExclusiveStartTableName: names[2], Limit: 1}, {has: {TableNames: [names[3]]}}),
      list({ExclusiveStartTableName: 'Lister-AA', Limit: 1}, {has: {TableNames: ['Lister-B']}}),
      list({ExclusiveStartTableName: 'zzzz'}, {body: {TableNames: []}}),
      ...names.map((TableName) => ['DeleteTable', {TableName}]),
      list({ExclusiveStartTableName: 'Lister', Limit: 1}, (reply) =>
        assert.ok(!names.includes(reply.json.TableNames[0])),
      ),
    ],
  },
  row(
    'Limit 101',
    'ListTables',
    {Limit: 101},
    violates("'101' at 'limit'", 'Member must have value less than or equal to 100'),
  ),
  row(
    'Limit 0',
    'ListTables',
    {Limit: 0},
    violates("'0' at 'limit'", 'Member must have value greater than or equal to 1'),
    'limits.md 5: | ListTables `Limit`',
  ),
  row(
    'a short start',
    'ListTables',
    {ExclusiveStartTableName: 'ab'},
    violates("'ab' at 'exclusiveStartTableName'", 'Member must have length greater than or equal to 3'),
    'ListTables Limit 1..100',
  ),
  row(
    'a long start',
    'ListTables',
    {ExclusiveStartTableName: 'x'.repeat(256)},
    violates(`'${'x'.repeat(256)}' at 'exclusiveStartTableName'`, 'Member must have length less than or equal to 255'),
  ),
  row(
    'a bad start',
    'ListTables',
    {ExclusiveStartTableName: 'a b'},
    violates("'a b' at 'exclusiveStartTableName'", 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+'),
  ),

  {
    name: 'DescribeLimits and DescribeEndpoints',
    proves: proves(['control-plane.md 7: DescribeLimits']),
    steps: [
      [
        'DescribeLimits',
        {},
        {
          body: {
            AccountMaxReadCapacityUnits: 80000,
            AccountMaxWriteCapacityUnits: 80000,
            TableMaxReadCapacityUnits: 40000,
            TableMaxWriteCapacityUnits: 40000,
          },
        },
      ],
      [
        'DescribeEndpoints',
        {},
        (reply) => {
          assert.equal(reply.json.Endpoints.length, 1);
          assert.equal(reply.json.Endpoints[0].CachePeriodInMinutes, 1440);
          assert.match(reply.json.Endpoints[0].Address, /^(dynamodb\.us-east-1\.amazonaws\.com|127\.0\.0\.1:\d+)$/);
        },
      ],
    ],
  },

  {
    name: 'continuous backups',
    proves: proves([
      'control-plane.md 9: DescribeContinuousBackups',
      'control-plane.md 9: UpdateContinuousBackups',
      'control-plane.md 2.2: | backups, continuous backups',
      'new-features.md 1: | 2025-01 | PITR RecoveryPeriodInDays',
    ]),
    tables: {T: plain},
    steps: [
      [
        'DescribeContinuousBackups',
        {TableName: '{T}'},
        {
          body: {
            ContinuousBackupsDescription: {
              ContinuousBackupsStatus: 'ENABLED',
              PointInTimeRecoveryDescription: {PointInTimeRecoveryStatus: 'DISABLED'},
            },
          },
        },
      ],
      [
        'UpdateContinuousBackups',
        {TableName: '{T}', ...recovery(true)},
        {
          has: {
            ContinuousBackupsDescription: {
              ContinuousBackupsStatus: 'ENABLED',
              PointInTimeRecoveryDescription: {PointInTimeRecoveryStatus: 'ENABLED', RecoveryPeriodInDays: 35},
            },
          },
        },
      ],
      [
        'DescribeContinuousBackups',
        {TableName: '{T}'},
        (reply) => {
          const {EarliestRestorableDateTime, LatestRestorableDateTime, ...rest} =
            reply.json.ContinuousBackupsDescription.PointInTimeRecoveryDescription;
          assert.deepEqual(rest, {PointInTimeRecoveryStatus: 'ENABLED', RecoveryPeriodInDays: 35});
          for (const time of [EarliestRestorableDateTime, LatestRestorableDateTime])
            assert.ok(Math.abs(time - Date.now() / 1000) < 310);
        },
      ],
      [
        'UpdateContinuousBackups',
        {TableName: '{T}', ...recovery(true, 7)},
        {has: {ContinuousBackupsDescription: {PointInTimeRecoveryDescription: {RecoveryPeriodInDays: 7}}}},
      ],
      [
        'UpdateContinuousBackups',
        {TableName: '{T}', ...recovery(false)},
        {
          body: {
            ContinuousBackupsDescription: {
              ContinuousBackupsStatus: 'ENABLED',
              PointInTimeRecoveryDescription: {PointInTimeRecoveryStatus: 'DISABLED'},
            },
          },
        },
      ],
      [
        'UpdateContinuousBackups',
        {TableName: '{T}', ...recovery(false, 7)},
        invalid('Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time recovery.'),
      ],
      [
        'UpdateContinuousBackups',
        {TableName: '{T}', ...recovery(true, 0)},
        violates(
          "'0' at 'pointInTimeRecoverySpecification.recoveryPeriodInDays'",
          'Member must have value greater than or equal to 1',
        ),
      ],
      [
        'UpdateContinuousBackups',
        {TableName: '{T}', ...recovery(true, 36)},
        violates(
          "'36' at 'pointInTimeRecoverySpecification.recoveryPeriodInDays'",
          'Member must have value less than or equal to 35',
        ),
      ],
      [
        'DescribeContinuousBackups',
        {TableName: 'AbsentTable'},
        {type: 'TableNotFoundException', message: 'Table not found: AbsentTable'},
      ],
      [
        'UpdateContinuousBackups',
        {TableName: 'AbsentTable', ...recovery(true)},
        {type: 'TableNotFoundException', message: 'Table not found: AbsentTable'},
      ],
    ],
  },

  {
    name: 'time to live, its settings',
    proves: proves([
      `${API}: * UpdateTimeToLive`,
      `${API}: * DescribeTimeToLive`,
      `${API}: * States of the model`,
      'control-plane.md 2.1: | deletion protection, table OnDemandThroughput',
    ]),
    tables: {T: plain},
    steps: [
      ['DescribeTimeToLive', {TableName: '{T}'}, {body: {TimeToLiveDescription: {TimeToLiveStatus: 'DISABLED'}}}],
      ['UpdateTimeToLive', {TableName: '{T}', ...ttl(true)}, {body: ttl(true)}],
      [
        'DescribeTimeToLive',
        {TableName: '{T}'},
        {body: {TimeToLiveDescription: {TimeToLiveStatus: 'ENABLED', AttributeName: 'expires'}}},
      ],
      ['DescribeTable', {TableName: '{T}'}, {has: {Table: {TableStatus: 'ACTIVE'}}}],
      ['UpdateTimeToLive', {TableName: '{T}', ...ttl(false)}, {body: ttl(false)}],
      ['DescribeTimeToLive', {TableName: '{T}'}, {body: {TimeToLiveDescription: {TimeToLiveStatus: 'DISABLED'}}}],
    ],
  },
  {
    name: 'time to live, changes that change nothing',
    proves: proves([
      `${API}: | enable when enabled`,
      `${API}: | enable or disable with another attribute`,
      `${API}: | disable when disabled`,
    ]),
    tables: {T: plain},
    steps: [
      ['UpdateTimeToLive', {TableName: '{T}', ...ttl(false)}, invalid('TimeToLive is already disabled')],
      ['UpdateTimeToLive', {TableName: '{T}', ...ttl(true)}],
      ['UpdateTimeToLive', {TableName: '{T}', ...ttl(true)}, invalid('TimeToLive is already enabled')],
      ...[true, false].map((enabled) => [
        'UpdateTimeToLive',
        {TableName: '{T}', ...ttl(enabled, 'other')},
        invalid('TimeToLive is active on a different AttributeName: current AttributeName is expires'),
      ]),
    ],
  },
  ...[
    ['an empty attribute name', {Enabled: true, AttributeName: ''}, "'' at", 'attributeName', 'have length greater than or equal to 1'],
    ['no attribute name', {Enabled: true}, 'null at', 'attributeName', 'not be null'],
    [
      'an attribute name of 256',
      {Enabled: true, AttributeName: 'x'.repeat(256)},
      `'${'x'.repeat(256)}' at`,
      'attributeName',
      'have length less than or equal to 255',
    ],
    ['no word whether', {AttributeName: 'x'}, 'null at', 'enabled', 'not be null'],
  ].map(([name, TimeToLiveSpecification, value, member, rule]) =>
    row(
      name,
      'UpdateTimeToLive',
      {TableName: 'AbsentTable', TimeToLiveSpecification},
      violates(`${value} 'timeToLiveSpecification.${member}'`, `Member must ${rule}`),
      `${API}: | AttributeName empty, null`,
    ),
  ),
  row(
    'no specification',
    'UpdateTimeToLive',
    {TableName: 'AbsentTable'},
    violates("null at 'timeToLiveSpecification'", 'Member must not be null'),
    `${API}: * UpdateTimeToLive`,
  ),
  row(
    'no such table',
    'UpdateTimeToLive',
    {TableName: 'AbsentTable', ...ttl(true)},
    {type: 'ResourceNotFoundException', message: 'Requested resource not found: Table: AbsentTable not found'},
    `${API}: | no table, or CREATING |`,
  ),
];

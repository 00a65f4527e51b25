// ListTables, tags, limits, endpoints, continuous backups and the settings of time to live.
import assert from 'node:assert/strict';
import {carry, define, invalid, violates} from '../definitions.mjs';

const proves = carry('control-plane.md 5: ');
const ACCOUNT = '000000000000';
const ARN = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/`;
const plain = define('pk:S');
const row = (name, op, body, expect, ...statements) => ({
  name: `${op}, ${name}`,
  proves: proves(statements),
  op,
  body,
  expect,
});
const tag = (Key, Value = 'v') => ({Key, Value});
const many = (count) => Array.from({length: count}, (_, i) => tag(`k${i}`));
const ttl = (Enabled, AttributeName = 'expires') => ({TimeToLiveSpecification: {Enabled, AttributeName}});
const denied = (operation, arn) => ({
  type: 'AccessDeniedException',
  message: `User: arn:aws:iam::${ACCOUNT}:root is not authorized to perform: dynamodb:${operation} on resource: ${arn}`,
});
const tags = {TagResource: {Tags: [tag('a')]}, UntagResource: {TagKeys: ['a']}, ListTagsOfResource: {}};
const badArn = (arn) => invalid(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`);
const emptyBody = (reply) => {
  assert.equal(reply.status, 200);
  assert.equal(reply.text, '');
  assert.equal(reply.headers['content-length'], '0');
};
const listed = (expected) => [
  'ListTagsOfResource',
  {ResourceArn: `${ARN}{T}`},
  (reply) => {
    assert.deepEqual(Object.keys(reply.json), ['Tags']);
    assert.deepEqual(Object.fromEntries(reply.json.Tags.map(({Key, Value}) => [Key, Value])), expected);
  },
];
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

  ...Object.entries(tags).flatMap(([op, body]) => [
    row('no ARN', op, {}, invalid('Invalid TableArn'), 'control-plane.md 6: | no ResourceArn'),
    ...[
      'nonsense',
      'arn:aws:dynamodb:us-east-1',
      `${ARN}`,
      `arn:aws:s3:us-east-1:${ACCOUNT}:table/abc`,
      'arn:aws:dynamodb:us-east-1:account:table/abc',
      `arn:aws:dynamodb::${ACCOUNT}:table/abc`,
      `arn:aws:dynamodb:us-east-1:${ACCOUNT}:index/abc`,
    ].map((ResourceArn) =>
      row(
        `the ARN ${ResourceArn}`,
        op,
        {ResourceArn, ...body},
        badArn(ResourceArn),
        'control-plane.md 6: | not an ARN',
      ),
    ),
    row(
      'another account',
      op,
      {ResourceArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/Some', ...body},
      denied(op, 'arn:aws:dynamodb:us-east-1:111122223333:table/Some'),
      'control-plane.md 6: | ARN of another account',
    ),
    row(
      'no such table of this account',
      op,
      {ResourceArn: `${ARN}AbsentTable`, ...body},
      denied(op, `${ARN}AbsentTable`),
      'control-plane.md 6: ListTagsOfResource for an absent table',
    ),
    row(
      'no such table of another region',
      op,
      {ResourceArn: `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/AbsentTable`, ...body},
      denied(op, `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/AbsentTable`),
      'control-plane.md 6: | ARN of another account',
    ),
  ]),
  row(
    'no Tags',
    'TagResource',
    {ResourceArn: 'nonsense'},
    violates("null at 'tags'", 'Member must not be null'),
    'control-plane.md 6: | Tags / TagKeys null',
  ),
  row(
    'no TagKeys',
    'UntagResource',
    {ResourceArn: 'nonsense'},
    violates("null at 'tagKeys'", 'Member must not be null'),
  ),
  row(
    'empty Tags, bad ARN',
    'TagResource',
    {ResourceArn: 'nonsense', Tags: []},
    badArn('nonsense'),
    'control-plane.md 6: | not an ARN',
  ),
  row(
    'empty Tags',
    'TagResource',
    {ResourceArn: `${ARN}AbsentTable`, Tags: []},
    invalid('Atleast one Tag needs to be provided as Input.'),
    'control-plane.md 6: | empty lists |',
  ),
  row(
    'empty TagKeys',
    'UntagResource',
    {ResourceArn: `${ARN}AbsentTable`, TagKeys: []},
    invalid('Atleast one Tag Key needs to be provided as Input.'),
  ),
  row(
    '51 tags',
    'TagResource',
    {ResourceArn: `${ARN}AbsentTable`, Tags: many(51)},
    invalid('Number of Tags exceed the current limit for the provided ResourceArn'),
    'control-plane.md 6: | > 50 |',
    'limits.md 5: | Tags |',
  ),
  row(
    'an empty key',
    'TagResource',
    {ResourceArn: `${ARN}AbsentTable`, Tags: [tag('')]},
    violates("'' at 'tags.1.member.key'", 'Member must have length greater than or equal to 1'),
    'limits.md 5: | Tags |',
  ),
  row(
    'a key of 129',
    'TagResource',
    {ResourceArn: `${ARN}AbsentTable`, Tags: [tag('x'.repeat(129))]},
    violates(`'${'x'.repeat(129)}' at 'tags.1.member.key'`, 'Member must have length less than or equal to 128'),
  ),
  row(
    'a value of 257',
    'TagResource',
    {ResourceArn: `${ARN}AbsentTable`, Tags: [tag('a', 'x'.repeat(257))]},
    violates(`'${'x'.repeat(257)}' at 'tags.1.member.value'`, 'Member must have length less than or equal to 256'),
  ),
  {
    name: 'tags come, change and go',
    proves: proves([
      'control-plane.md 6: Success of Tag/Untag',
      'limits.md 5: | Tags |',
      'control-plane.md 6: ≤50 tags',
    ]),
    tables: {T: {...plain, Tags: [tag('first', '1')]}},
    steps: [
      listed({first: '1'}),
      [
        'TagResource',
        {ResourceArn: `${ARN}{T}`, Tags: [tag('x'.repeat(128), 'y'.repeat(256)), tag('first', ''), tag('é b+-=._:/@')]},
        emptyBody,
      ],
      listed({first: '', [`${'x'.repeat(128)}`]: 'y'.repeat(256), 'é b+-=._:/@': 'v'}),
      ['UntagResource', {ResourceArn: `${ARN}{T}`, TagKeys: ['first', 'never there', 'é b+-=._:/@']}, emptyBody],
      listed({['x'.repeat(128)]: 'y'.repeat(256)}),
      ['TagResource', {ResourceArn: `${ARN}{T}`, Tags: many(49)}, emptyBody],
      [
        'TagResource',
        {ResourceArn: `${ARN}{T}`, Tags: [tag('one more')]},
        invalid('Number of Tags exceed the current limit for the provided ResourceArn'),
      ],
      ['TagResource', {ResourceArn: `${ARN}{T}`, Tags: [tag('k0', 'other')]}, emptyBody],
    ],
  },
  row(
    '51 tags',
    'CreateTable',
    {TableName: 'Tagged', ...plain, Tags: many(51)},
    invalid('Number of Tags exceed the current limit for the provided ResourceArn'),
    'control-plane.md 6: Success of Tag/Untag',
  ),

  {
    name: 'DescribeLimits and DescribeEndpoints',
    proves: proves(['control-plane.md 7: DescribeLimits', 'control-plane.md 7: DescribeLimits']),
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
      'streams-ttl.md API (M26, SDK): * UpdateTimeToLive',
      'streams-ttl.md API (M26, SDK): * DescribeTimeToLive',
      'streams-ttl.md API (M26, SDK): * States: DISABLED',
    ]),
    tables: {T: plain},
    steps: [
      ['DescribeTimeToLive', {TableName: '{T}'}, {body: {TimeToLiveDescription: {TimeToLiveStatus: 'DISABLED'}}}],
      ['UpdateTimeToLive', {TableName: '{T}', ...ttl(true)}, {body: ttl(true)}],
      [
        'DescribeTimeToLive',
        {TableName: '{T}'},
        (reply) => {
          const {TimeToLiveStatus, ...rest} = reply.json.TimeToLiveDescription;
          assert.ok(['ENABLING', 'ENABLED'].includes(TimeToLiveStatus));
          assert.deepEqual(rest, {AttributeName: 'expires'});
        },
      ],
    ],
  },
  {
    name: 'time to live, changes that change nothing',
    proves: proves([
      'streams-ttl.md API (M26, SDK): | enable when enabled',
      'streams-ttl.md API (M26, SDK): | enable other attribute',
      'streams-ttl.md API (M26, SDK): | disable when disabled',
    ]),
    assumed: true,
    tables: {T: plain},
    steps: [
      ['UpdateTimeToLive', {TableName: '{T}', ...ttl(false)}, invalid('TimeToLive is already disabled')],
      ['UpdateTimeToLive', {TableName: '{T}', ...ttl(true)}],
      ['UpdateTimeToLive', {TableName: '{T}', ...ttl(true)}, invalid('TimeToLive is already enabled')],
      [
        'UpdateTimeToLive',
        {TableName: '{T}', ...ttl(true, 'other')},
        invalid('TimeToLive is active on a different AttributeName: current AttributeName is expires'),
      ],
    ],
  },
  row(
    'an empty attribute name',
    'UpdateTimeToLive',
    {TableName: 'AbsentTable', ...ttl(true, '')},
    violates("'' at 'timeToLiveSpecification.attributeName'", 'Member must have length greater than or equal to 1'),
    'streams-ttl.md API (M26, SDK): | empty attribute name',
  ),
  row(
    'an attribute name of 256',
    'UpdateTimeToLive',
    {TableName: 'AbsentTable', ...ttl(true, 'x'.repeat(256))},
    violates(
      `'${'x'.repeat(256)}' at 'timeToLiveSpecification.attributeName'`,
      'Member must have length less than or equal to 255',
    ),
    'streams-ttl.md API (M26, SDK): * UpdateTimeToLive',
  ),
  row(
    'no specification',
    'UpdateTimeToLive',
    {TableName: 'AbsentTable'},
    violates("null at 'timeToLiveSpecification'", 'Member must not be null'),
  ),
  row(
    'no such table',
    'UpdateTimeToLive',
    {TableName: 'AbsentTable', ...ttl(true)},
    {type: 'ResourceNotFoundException', message: 'Requested resource not found: Table: AbsentTable not found'},
    'streams-ttl.md API (M26, SDK): | no table |',
  ),
];

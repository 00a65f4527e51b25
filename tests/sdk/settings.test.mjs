// What a table has beside its items: tags, time to live, continuous backups; and the account's limits.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {
  DescribeContinuousBackupsCommand, DescribeEndpointsCommand, DescribeLimitsCommand,
  DescribeTimeToLiveCommand, ListTagsOfResourceCommand, TagResourceCommand, UntagResourceCommand,
  UpdateContinuousBackupsCommand, UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {connect, createTable, fails, keys} from './client.mjs';

let db, close, server, arn;
before(async () => {
  ({db, close, server} = await connect());
  ({TableArn: arn} = await createTable(db, 'Settings', keys('pk:S')));
});
after(() => close());

const byKey = (a, b) => (a.Key < b.Key ? -1 : 1);
const tags = async (ResourceArn = arn) =>
  (await db.send(new ListTagsOfResourceCommand({ResourceArn}))).Tags.sort(byKey);

describe('tags', () => {
  test('none at first', async () => assert.deepEqual(await tags(), []));
  test('added, replaced, removed', async () => {
    await db.send(new TagResourceCommand({ResourceArn: arn, Tags: [{Key: 'team', Value: 'a'}, {Key: 'env', Value: ''}]}));
    await db.send(new TagResourceCommand({ResourceArn: arn, Tags: [{Key: 'team', Value: 'b'}]}));
    assert.deepEqual(await tags(), [{Key: 'env', Value: ''}, {Key: 'team', Value: 'b'}]);
    await db.send(new UntagResourceCommand({ResourceArn: arn, TagKeys: ['env', 'never']}));
    assert.deepEqual(await tags(), [{Key: 'team', Value: 'b'}]);
  });
  test('given with the table', async () => {
    const {TableArn} = await createTable(db, 'Tagged', keys('pk:S'), {Tags: [{Key: 'k', Value: 'v'}]});
    assert.deepEqual(await tags(TableArn), [{Key: 'k', Value: 'v'}]);
  });
  const refused = [
    ['no tags', new TagResourceCommand({ResourceArn: 'ARN', Tags: []}), 'Atleast one Tag needs to be provided as Input.'],
    ['no keys', new UntagResourceCommand({ResourceArn: 'ARN', TagKeys: []}), 'Atleast one Tag Key needs to be provided as Input.'],
    [
      'no ARN',
      new ListTagsOfResourceCommand({ResourceArn: 'Settings'}),
      "One or more parameter values were invalid: ARNs must start with 'arn:': Settings",
    ],
    [
      '51 tags',
      new TagResourceCommand({ResourceArn: 'ARN', Tags: Array.from({length: 51}, (_, i) => ({Key: `k${i}`, Value: 'v'}))}),
      'Number of Tags exceed the current limit for the provided ResourceArn',
    ],
  ];
  for (const [name, command, message] of refused) {
    test(`refused: ${name}`, () => {
      if (command.input.ResourceArn === 'ARN') command.input.ResourceArn = arn;
      return fails(db.send(command), 'ValidationException', message);
    });
  }
  test('refused: a table that is not there', () => {
    const missing = arn.replace('Settings', 'Missing');
    // The account that the server gives its tables is nobody's on the service: what is absent there counts as foreign.
    return fails(
      db.send(new ListTagsOfResourceCommand({ResourceArn: missing})),
      'AccessDeniedException',
      'Access is denied',
    );
  });
});

describe('time to live', () => {
  const TableName = 'Settings';
  const state = async () => (await db.send(new DescribeTimeToLiveCommand({TableName}))).TimeToLiveDescription;
  const set = (Enabled, AttributeName = 'expires') =>
    db.send(new UpdateTimeToLiveCommand({TableName, TimeToLiveSpecification: {Enabled, AttributeName}}));
  test('off at first', async () => assert.deepEqual(await state(), {TimeToLiveStatus: 'DISABLED'}));
  test('on', async () => {
    const {TimeToLiveSpecification} = await set(true);
    assert.deepEqual(TimeToLiveSpecification, {Enabled: true, AttributeName: 'expires'});
    assert.deepEqual(await state(), {TimeToLiveStatus: 'ENABLED', AttributeName: 'expires'});
  });
  test('on twice is refused', () => fails(set(true), 'ValidationException', 'TimeToLive is already enabled'));
  test('a missing table', () =>
    fails(
      db.send(new DescribeTimeToLiveCommand({TableName: 'Missing'})),
      'ResourceNotFoundException',
      'Requested resource not found: Table: Missing not found',
    ));
});

describe('continuous backups', () => {
  const TableName = 'Settings';
  const state = async () =>
    (await db.send(new DescribeContinuousBackupsCommand({TableName}))).ContinuousBackupsDescription;
  test('off at first', async () =>
    assert.deepEqual(await state(), {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: {PointInTimeRecoveryStatus: 'DISABLED'},
    }));
  test('on, with a period', async () => {
    await db.send(
      new UpdateContinuousBackupsCommand({
        TableName,
        PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7},
      }),
    );
    const {PointInTimeRecoveryDescription: pitr} = await state();
    assert.deepEqual([pitr.PointInTimeRecoveryStatus, pitr.RecoveryPeriodInDays], ['ENABLED', 7]);
    assert.ok(pitr.EarliestRestorableDateTime instanceof Date && pitr.LatestRestorableDateTime instanceof Date);
  });
  test('a missing table', () =>
    fails(
      db.send(new DescribeContinuousBackupsCommand({TableName: 'Missing'})),
      'TableNotFoundException',
      'Table not found: Missing',
    ));
});

describe('the account', () => {
  test('limits', async () => {
    const {$metadata, ...limits} = await db.send(new DescribeLimitsCommand({}));
    assert.deepEqual(limits, {
      AccountMaxReadCapacityUnits: 80000,
      AccountMaxWriteCapacityUnits: 80000,
      TableMaxReadCapacityUnits: 40000,
      TableMaxWriteCapacityUnits: 40000,
    });
  });
  test('endpoints name this server', async () => {
    const {Endpoints} = await db.send(new DescribeEndpointsCommand({}));
    assert.deepEqual(Endpoints, [{Address: new URL(server.endpoint).host, CachePeriodInMinutes: 1440}]);
  });
});

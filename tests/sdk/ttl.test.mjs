// Time to live: what is deleted, when, and what everybody sees of it.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {DescribeTimeToLiveCommand, UpdateTimeToLiveCommand} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand, DynamoDBStreamsClient, GetRecordsCommand, GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import {DeleteCommand, GetCommand, PutCommand, QueryCommand, ScanCommand, UpdateCommand} from '@aws-sdk/lib-dynamodb';
import {connect, createTable, index, keys} from './client.mjs';

const now = () => Math.floor(Date.now() / 1000);
const setTtl = (db, TableName, Enabled, AttributeName = 'expires') =>
  db.send(new UpdateTimeToLiveCommand({TableName, TimeToLiveSpecification: {Enabled, AttributeName}}));

async function eventually(what, look, seconds = 10) {
  for (const end = Date.now() + 1000 * seconds; Date.now() < end; await sleep(50)) if (await look()) return;
  assert.fail(`not within ${seconds} s: ${what}`);
}

describe('a sweeper that looks often', () => {
  let db, doc, close, server;
  before(async () => ({db, doc, close, server} = await connect(['--ttl-interval-ms', '50'])));
  after(() => close());
  const ids = async (TableName) => (await doc.send(new ScanCommand({TableName}))).Items.map(({id}) => id).sort();

  test('deletes what has expired, and nothing else', async () => {
    const TableName = 'Sessions';
    await createTable(db, TableName, keys('id:S'), {gsis: [index('byUser', 'user:S')]});
    await setTtl(db, TableName, true);
    const second = now();
    const items = {
      expired: second - 5,
      future: second + 3600,
      milliseconds: (second - 5) * 1000,
      text: String(second - 5),
      list: [second - 5],
      sixYearsAgo: second - 6 * 365 * 86400,
      fourYearsAgo: second - 4 * 365 * 86400,
      fraction: second - 5.5,
      negative: -5,
    };
    for (const [id, expires] of Object.entries(items)) {
      await doc.send(new PutCommand({TableName, Item: {id, user: 'u', expires}}));
    }
    await doc.send(new PutCommand({TableName, Item: {id: 'without', user: 'u'}}));
    const left = ['future', 'list', 'milliseconds', 'negative', 'sixYearsAgo', 'text', 'without'];
    await eventually('expired items go', async () => (await ids(TableName)).length === left.length);
    assert.deepEqual(await ids(TableName), left);
    const {Items} = await doc.send(new QueryCommand({
      TableName, IndexName: 'byUser', KeyConditionExpression: '#u = :u',
      ExpressionAttributeNames: {'#u': 'user'}, ExpressionAttributeValues: {':u': 'u'},
    }));
    assert.deepEqual(Items.map(({id}) => id).sort(), left, 'the index goes along');
  });

  test('items that are there when it is enabled expire as well', async () => {
    const TableName = 'Late';
    await createTable(db, TableName, keys('id:S'));
    for (let i = 0; i < 60; ++i) await doc.send(new PutCommand({TableName, Item: {id: `${i}`, expires: now() - 5}}));
    await sleep(150);
    assert.equal((await ids(TableName)).length, 60);
    await setTtl(db, TableName, true);
    await eventually('they go', async () => (await ids(TableName)).length === 0);
  });

  test('once it is disabled nothing expires', async () => {
    const TableName = 'Off';
    await createTable(db, TableName, keys('id:S'));
    await setTtl(db, TableName, true);
    await setTtl(db, TableName, false);
    const {TimeToLiveDescription} = await db.send(new DescribeTimeToLiveCommand({TableName}));
    assert.equal(TimeToLiveDescription.TimeToLiveStatus, 'DISABLED');
    await doc.send(new PutCommand({TableName, Item: {id: 'a', expires: now() - 5}}));
    await sleep(200);
    assert.deepEqual(await ids(TableName), ['a']);
  });

  test("the stream says that the service did it, and of a user's delete it does not", async () => {
    const TableName = 'Streamed';
    const {LatestStreamArn: StreamArn} = await createTable(db, TableName, keys('id:S'), {
      StreamSpecification: {StreamEnabled: true, StreamViewType: 'OLD_IMAGE'},
    });
    await setTtl(db, TableName, true);
    await doc.send(new PutCommand({TableName, Item: {id: 'mine', expires: now() + 1000}}));
    await doc.send(new DeleteCommand({TableName, Key: {id: 'mine'}}));
    await doc.send(new PutCommand({TableName, Item: {id: 'old', expires: now() - 5, note: 'x'}}));
    await eventually('it goes', async () => (await ids(TableName)).length === 0);
    const streams = new DynamoDBStreamsClient({
      endpoint: server.endpoint, region: 'us-east-1', credentials: {accessKeyId: 'test', secretAccessKey: 'secret'},
    });
    const {StreamDescription} = await streams.send(new DescribeStreamCommand({StreamArn}));
    const {ShardIterator} = await streams.send(new GetShardIteratorCommand({
      StreamArn, ShardId: StreamDescription.Shards[0].ShardId, ShardIteratorType: 'TRIM_HORIZON',
    }));
    const {Records} = await streams.send(new GetRecordsCommand({ShardIterator}));
    streams.destroy();
    const removed = Records.filter(({eventName}) => eventName === 'REMOVE');
    assert.deepEqual(removed.map(({dynamodb}) => dynamodb.Keys.id.S), ['mine', 'old']);
    assert.equal(removed[0].userIdentity, undefined);
    assert.deepEqual(removed[1].userIdentity, {PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service'});
    assert.deepEqual(removed[1].dynamodb.OldImage.note, {S: 'x'});
  });
});

describe('a sweeper that has not come yet', () => {
  let db, doc, close;
  before(async () => ({db, doc, close} = await connect(['--ttl-interval-ms', '3600000'])));
  after(() => close());

  test('expired items are read, found and updated', async () => {
    const TableName = 'Waiting';
    await createTable(db, TableName, keys('id:S'));
    await setTtl(db, TableName, true);
    await doc.send(new PutCommand({TableName, Item: {id: 'a', expires: now() - 5}}));
    await sleep(100);
    assert.ok((await doc.send(new GetCommand({TableName, Key: {id: 'a'}}))).Item);
    assert.equal((await doc.send(new ScanCommand({TableName}))).Count, 1);
    await doc.send(new UpdateCommand({
      TableName, Key: {id: 'a'}, UpdateExpression: 'SET expires = :later',
      ExpressionAttributeValues: {':later': now() + 3600},
    }));
    // The usual advice: filter what has expired.
    const {Count} = await doc.send(new ScanCommand({
      TableName, FilterExpression: 'expires > :now', ExpressionAttributeValues: {':now': now()},
    }));
    assert.equal(Count, 1);
  });
});

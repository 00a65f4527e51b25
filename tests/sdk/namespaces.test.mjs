// Who sees which tables: everyone all of them, or, with --isolate, each access key and region its own.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {DescribeTableCommand, ListTablesCommand, ScanCommand} from '@aws-sdk/client-dynamodb';
import {S, clientFor, connect, createTable, fails, keys, put} from './client.mjs';

const tables = async (db) => (await db.send(new ListTablesCommand({}))).TableNames;

describe('by default', () => {
  let server, db, close;
  before(async () => ({server, db, close} = await connect()));
  after(() => close());
  test('credentials and region do not matter', async () => {
    await createTable(db, 'Shared', keys('pk:S'));
    await put(db, 'Shared', {pk: S('a')});
    const other = clientFor(server.endpoint, {accessKeyId: 'someoneelse', region: 'eu-west-1'});
    assert.equal((await other.send(new ScanCommand({TableName: 'Shared'}))).Count, 1);
    other.destroy();
  });
});

describe('with --isolate', {skip: process.env.DYNAROCK_ENDPOINT && 'needs a server of its own'}, () => {
  let server, db, close;
  before(async () => ({server, db, close} = await connect(['--isolate'])));
  after(() => close());
  const others = [
    ['another key', {accessKeyId: 'worker2'}],
    ['another region', {region: 'eu-west-1'}],
  ];
  for (const [name, config] of others) {
    test(`${name} has tables of its own`, async () => {
      const other = clientFor(server.endpoint, config);
      const TableName = 'Own';
      if (!(await tables(db)).includes(TableName)) {
        await createTable(db, TableName, keys('pk:S'));
        await put(db, TableName, {pk: S('mine')});
      }
      assert.deepEqual(await tables(other), []);
      await fails(
        other.send(new DescribeTableCommand({TableName})),
        'ResourceNotFoundException',
        'Requested resource not found: Table: Own not found',
      );
      await createTable(other, TableName, keys('id:S'));
      await put(other, TableName, {id: S('1')}, {id: S('2')});
      assert.equal((await other.send(new ScanCommand({TableName}))).Count, 2);
      assert.deepEqual((await db.send(new ScanCommand({TableName}))).Items, [{pk: S('mine')}]);
      other.destroy();
    });
  }
  test('the region shows in the ARN', async () => {
    const tokyo = clientFor(server.endpoint, {region: 'ap-northeast-1'});
    const {TableArn} = await createTable(tokyo, 'Tokyo', keys('pk:S'));
    assert.match(TableArn, /^arn:aws:dynamodb:ap-northeast-1:\d{12}:table\/Tokyo$/);
    tokyo.destroy();
  });
});

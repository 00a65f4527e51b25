// The audit trail, and the advisor's file.
import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {runToEnd} from '../api/server.mjs';
import {adviseOn, found, item, load, range, table} from './application.mjs';

const dir = mkdtempSync(join(tmpdir(), 'audit-'));

async function trail(name, args, application) {
  const file = join(dir, name);
  await adviseOn(application, {args: ['--audit', file, ...args]});
  return readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
}

const application = async (call) => {
  await call('CreateTable', table('Users', 'id:S', undefined, {indexes: {byTeam: ['team:S']}}));
  await call('PutItem', {TableName: 'Users', Item: item({id: 'alice', team: 'red', password: 'secret-1'})});
  await call('Query', {
    TableName: 'Users',
    IndexName: 'byTeam',
    KeyConditionExpression: 'team = :t',
    ExpressionAttributeValues: item({':t': 'red'}),
  });
  await call('GetItem', {TableName: 'Users', Key: item({id: 'alice'})});
  await call('ExecuteStatement', {Statement: `SELECT * FROM "Users" WHERE id = 'alice'`});
  await call('UpdateItem', {
    TableName: 'Users',
    Key: item({id: 'bob'}),
    UpdateExpression: 'SET team = :t',
    ConditionExpression: 'attribute_exists(id)',
    ExpressionAttributeValues: item({':t': 'blue'}),
  }).catch(() => {});
  await call('GetItem', {TableName: 'Absent', Key: item({id: 'x'})}).catch(() => {});
  await load(call, 'Users', range(3).map((i) => ({id: `u${i}`})));
};

test('one line for each request, without values', async () => {
  const lines = await trail('plain.jsonl', [], application);
  const operations = ['CreateTable', 'PutItem', 'Query', 'GetItem', 'ExecuteStatement', 'UpdateItem', 'GetItem', 'BatchWriteItem'];
  assert.deepEqual(lines.map((line) => line.operation), operations);
  const [, put, query, get, statement, update, absent, batch] = lines;
  assert.match(put.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.match(put.requestId, /^[0-9A-Z]{52}$/);
  assert.equal(put.userAgent, 'test-app/1.0');
  assert.deepEqual([put.table, put.status, put.writeUnits], ['Users', 200, 2]);
  assert.deepEqual([query.index, query.readUnits, query.itemsRead], ['byTeam', 0.5, 1]);
  assert.deepEqual(query.expressions, {KeyConditionExpression: 'team = :t'});
  assert.match(get.keyHash, /^[0-9a-f]{16}$/);
  assert.equal(get.keyHash, put.keyHash);
  assert.deepEqual(statement.expressions, {Statement: 'SELECT * FROM "Users" WHERE id = ?'});
  assert.deepEqual([update.status, update.error], [400, 'ConditionalCheckFailedException']);
  assert.deepEqual([absent.table, absent.error], ['Absent', 'ResourceNotFoundException']);
  assert.deepEqual(batch.entries.map((entry) => entry.kind), ['Put', 'Put', 'Put']);
  assert.ok(lines.every((line) => line.latencyMs > 0));
  const text = JSON.stringify(lines);
  for (const secret of ['alice', 'secret-1', 'red', 'bob']) assert.ok(!text.includes(secret), secret);
});

test('what is refused, and what is about tables', async () => {
  const statement = (Statement) => ({Statement});
  const lines = await trail('refused.jsonl', [], async (call) => {
    const {TableDescription} = await call('CreateTable', table('Users', 'id:S'));
    const ResourceArn = TableDescription.TableArn;
    await call('TagResource', {ResourceArn, Tags: [{Key: 'team', Value: 'secret-1'}]});
    const refused = [
      ['Query', {TableName: ResourceArn, IndexName: 'byTeam', KeyConditionExpression: `team = 'secret-1'`}],
      ['BatchWriteItem', {RequestItems: {Users: [], Teams: []}}],
      ['TransactWriteItems', {TransactItems: [{Delete: {TableName: 'Teams', Key: item({id: 'secret-1'})}}]}],
      ['BatchExecuteStatement', {Statements: [statement(`SELECT * FROM Users WHERE id = 'secret-1'`), statement('')]}],
    ];
    for (const [operation, input] of refused) {
      await call(operation, input).then(() => assert.fail(operation), () => {});
    }
  });
  assert.ok(!JSON.stringify(lines).includes('secret-1'));
  const [, tag, query, batch, transaction, statements] = lines;
  assert.equal(tag.table, 'Users');
  assert.deepEqual([query.table, query.index, query.status], ['Users', 'byTeam', 400]);
  assert.deepEqual(query.expressions, {KeyConditionExpression: 'team = ?'});
  assert.deepEqual(batch.entries, [{table: 'Users'}, {table: 'Teams'}]);
  assert.deepEqual(transaction.entries, [{table: 'Teams'}]);
  assert.deepEqual(statements.entries[0].expressions, {Statement: 'SELECT * FROM Users WHERE id = ?'});
});

test('with values when asked', async () => {
  const lines = await trail('values.jsonl', ['--audit-values'], application);
  assert.deepEqual(lines[1].item, item({id: 'alice', team: 'red', password: 'secret-1'}));
  assert.deepEqual(lines[2].values, item({':t': 'red'}));
  assert.deepEqual(lines[3].key, item({id: 'alice'}));
  assert.equal(lines[5].message, 'The conditional request failed');
});

test('no line is lost at a stop', async () => {
  const lines = await trail('many.jsonl', [], async (call) => {
    await call('CreateTable', table('Users', 'id:S'));
    await Promise.all(range(2000).map((i) => call('PutItem', {TableName: 'Users', Item: item({id: `u${i}`})})));
  });
  assert.equal(lines.length, 2001);
});

test('thresholds and suppressions', async () => {
  const file = join(dir, 'advisor.yaml');
  const scans = async (call) => {
    await call('CreateTable', table('Users', 'id:S'));
    for (const _ of range(4)) await call('Scan', {TableName: 'Users'});
  };
  writeFileSync(file, 'suppress:\n  - rule: scan-on-request-path\n    table: Users\n    reason: a cache is filled once\n');
  assert.deepEqual(found(await adviseOn(scans, {args: ['--advisor-config', file]}), 'scan-on-request-path'), []);
  writeFileSync(file, 'thresholds:\n  scans: 5\n');
  assert.deepEqual(found(await adviseOn(scans, {args: ['--advisor-config', file]}), 'scan-on-request-path'), []);
  assert.equal(found(await adviseOn(scans), 'scan-on-request-path').length, 1);
  writeFileSync(file, 'thresholds:\n  scan: 5\n');
  const {code, stderr} = await runToEnd(['--port', '0', '--advisor-config', file]);
  assert.equal(code, 1);
  assert.equal(stderr, `dynarock: ${file}:2:9: there is no threshold "scan"; docs/advisor.md lists them\n`);
});

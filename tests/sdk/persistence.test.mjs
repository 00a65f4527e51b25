// What a data directory keeps over a kill, and what happens when it cannot be used.
import assert from 'node:assert/strict';
import {mkdtemp, readFile, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {
  DescribeTableCommand, DescribeTimeToLiveCommand, ListTablesCommand, ListTagsOfResourceCommand, QueryCommand,
  ScanCommand, TagResourceCommand, UpdateItemCommand, UpdateTableCommand, UpdateTimeToLiveCommand, paginateScan,
} from '@aws-sdk/client-dynamodb';
import {runToEnd} from '../api/server.mjs';
import {N, S, connect, createTable, index, keys, put} from './client.mjs';

const skip = process.env.DYNAROCK_ENDPOINT && 'needs servers of its own';
let root;
before(async () => (root = await mkdtemp(join(tmpdir(), 'dynarock-test-'))));
after(() => rm(root, {recursive: true, force: true}));

async function scanAll(db, input) {
  const items = [];
  for await (const page of paginateScan({client: db}, input)) items.push(...page.Items);
  return items;
}

describe('persistence', {skip}, () => {
  for (const more of [[], ['--fsync']]) {
    test(`everything acknowledged survives kill -9 ${more.join(' ')}`, async () => {
      const args = ['--data-dir', join(root, `kill${more.length}`), ...more];
      let {db, server, close} = await connect(args);
      const {TableArn} = await createTable(db, 'Kept', keys('pk:S', 'sk:N'), {
        gsis: [index('gsi', 'g:S', '', ['v'])],
        lsis: [index('lsi', 'pk:S', 'l:S')],
        Tags: [{Key: 'a', Value: '1'}],
      });
      await createTable(db, 'Empty', keys('id:B'));
      await db.send(new TagResourceCommand({ResourceArn: TableArn, Tags: [{Key: 'b', Value: '2'}]}));
      await db.send(
        new UpdateTimeToLiveCommand({TableName: 'Kept', TimeToLiveSpecification: {Enabled: true, AttributeName: 'ttl'}}),
      );
      const item = (i) => ({pk: S(`p${i % 5}`), sk: N(i), g: S(`g${i % 2}`), l: S(`l${i}`), v: S(`v${i}`)});
      await Promise.all(Array.from({length: 300}, (_, i) => put(db, 'Kept', item(i))));
      await db.send(
        new UpdateItemCommand({
          TableName: 'Kept',
          Key: {pk: S('p0'), sk: N(0)},
          UpdateExpression: 'SET v = :v REMOVE g',
          ExpressionAttributeValues: {':v': S('updated')},
        }),
      );
      const before = (await db.send(new DescribeTableCommand({TableName: 'Kept'}))).Table;
      db.destroy();
      await server.kill();

      ({db, close} = await connect(args));
      assert.deepEqual((await db.send(new ListTablesCommand({}))).TableNames, ['Empty', 'Kept']);
      const table = (await db.send(new DescribeTableCommand({TableName: 'Kept'}))).Table;
      const stable = ({TableId, TableArn, KeySchema, CreationDateTime, GlobalSecondaryIndexes, LocalSecondaryIndexes}) => ({
        TableId,
        TableArn,
        KeySchema,
        CreationDateTime,
        gsi: GlobalSecondaryIndexes.map((i) => [i.IndexName, i.IndexStatus, i.KeySchema, i.Projection]),
        lsi: LocalSecondaryIndexes.map((i) => [i.IndexName, i.KeySchema, i.Projection]),
      });
      assert.deepEqual(stable(table), stable(before));
      const {Tags} = await db.send(new ListTagsOfResourceCommand({ResourceArn: TableArn}));
      assert.deepEqual(new Set(Tags.map((tag) => tag.Key + tag.Value)), new Set(['a1', 'b2']));
      const ttl = (await db.send(new DescribeTimeToLiveCommand({TableName: 'Kept'}))).TimeToLiveDescription;
      assert.deepEqual(ttl, {TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl'});
      const all = await scanAll(db, {TableName: 'Kept'});
      const expected = Array.from({length: 300}, (_, i) => item(i));
      delete expected[0].g;
      expected[0].v = S('updated');
      assert.deepEqual(all.sort((a, b) => a.sk.N - b.sk.N), expected);
      assert.equal((await scanAll(db, {TableName: 'Kept', IndexName: 'gsi'})).length, 299);
      const lsi = await db.send(
        new QueryCommand({
          TableName: 'Kept',
          IndexName: 'lsi',
          KeyConditionExpression: 'pk = :p',
          ExpressionAttributeValues: {':p': S('p0')},
        }),
      );
      assert.equal(lsi.Count, 60);
      await close();
    });
  }

  test('a backfill that was under way is finished after a kill', async () => {
    const args = ['--data-dir', join(root, 'backfill')];
    let {db, server, close} = await connect(args);
    await createTable(db, 'Filled', keys('id:S'));
    await Promise.all(Array.from({length: 2000}, (_, i) => put(db, 'Filled', {id: S(`i${i}`), g: S('x')})));
    const made = index('byG', 'g:S', '', 'KEYS_ONLY');
    await db.send(
      new UpdateTableCommand({
        TableName: 'Filled',
        AttributeDefinitions: made.AttributeDefinitions,
        GlobalSecondaryIndexUpdates: [{Create: made.definition}],
      }),
    );
    db.destroy();
    await server.kill();
    ({db, close} = await connect(args));
    const status = async () =>
      (await db.send(new DescribeTableCommand({TableName: 'Filled'}))).Table.GlobalSecondaryIndexes[0].IndexStatus;
    for (let i = 0; i < 400 && (await status()) !== 'ACTIVE'; ++i) await new Promise((done) => setTimeout(done, 25));
    assert.equal(await status(), 'ACTIVE');
    assert.equal((await scanAll(db, {TableName: 'Filled', IndexName: 'byG'})).length, 2000);
    await close();
  });

  test('a normal stop keeps everything too', async () => {
    const args = ['--data-dir', join(root, 'stop')];
    let {db, close} = await connect(args);
    await createTable(db, 'Kept', keys('pk:S'));
    await put(db, 'Kept', {pk: S('a')});
    await close();
    ({db, close} = await connect(args));
    assert.equal((await db.send(new ScanCommand({TableName: 'Kept'}))).Count, 1);
    await close();
  });

  test('without a data directory nothing is kept', async () => {
    let {db, close} = await connect(['--log-level', 'warn']);
    await createTable(db, 'Gone', keys('pk:S'));
    await close();
    ({db, close} = await connect(['--log-level', 'warn']));
    assert.deepEqual((await db.send(new ListTablesCommand({}))).TableNames, []);
    await close();
  });
});

describe('a data directory that cannot be used', {skip}, () => {
  // The program must end by itself, with one line on stderr that names the directory.
  async function refused(dir) {
    const {code, stdout, stderr} = await runToEnd(['--port', '0', '--host', '127.0.0.1', '--data-dir', dir]);
    assert.notEqual(code, 0);
    assert.doesNotMatch(stdout, /http:\/\//);
    const lines = stderr.trim().split('\n');
    assert.equal(lines.length, 1, stderr);
    assert.ok(lines[0].includes(dir), stderr);
    return lines[0];
  }

  test('in use by another process', async () => {
    const dir = join(root, 'used');
    const {db, close} = await connect(['--data-dir', dir]);
    await createTable(db, 'Kept', keys('pk:S'));
    await refused(dir);
    await put(db, 'Kept', {pk: S('still works')});
    await close();
  });

  test('a file in its place', async () => {
    const file = join(root, 'file');
    await writeFile(file, 'not a directory');
    await refused(file);
  });

  test('not writable', () => refused('/proc/dynarock-data'));

  test('of a newer format: refused, and nothing in it changes', async () => {
    const dir = join(root, 'newer');
    const {db, close} = await connect(['--data-dir', dir]);
    await createTable(db, 'Kept', keys('pk:S'));
    await close();
    const format = await readFile(join(dir, 'FORMAT'), 'utf8');
    await writeFile(join(dir, 'FORMAT'), format.replace(/\d+/, '999'));
    const files = (await readdir(dir, {recursive: true})).sort();
    await refused(dir);
    assert.deepEqual((await readdir(dir, {recursive: true})).sort(), files);
    await writeFile(join(dir, 'FORMAT'), format);
    const again = await connect(['--data-dir', dir]);
    assert.deepEqual((await again.db.send(new ListTablesCommand({}))).TableNames, ['Kept']);
    await again.close();
  });
});

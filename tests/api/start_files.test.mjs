// --schema and --seed: a server that has its tables and items before it answers anybody.
import assert from 'node:assert/strict';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {runToEnd, startServer} from './server.mjs';
import {wire} from './wire.mjs';

const cases = (name) => fileURLToPath(new URL(`../cases/schema/${name}`, import.meta.url));

let directory;
before(async () => (directory = await mkdtemp(join(tmpdir(), 'dynarock-files-'))));
after(() => rm(directory, {recursive: true}));

async function file(name, text) {
  const path = join(directory, name);
  await writeFile(path, text);
  return path;
}

test('tables and items are there from the first answer on', async () => {
  const seed = await file('dev-orders.jsonl', '{"Item":{"customerId":{"S":"c"},"orderId":{"S":"o"}}}\n');
  const server = await startServer(['--schema', cases('cloudformation/orders.yaml'), '--seed', seed]);
  try {
    const call = wire(server.port);
    assert.deepEqual((await call('ListTables', {})).json.TableNames, ['dev-orders', 'dev-sessions']);
    const {Table} = (await call('DescribeTable', {TableName: 'dev-orders'})).json;
    assert.equal(Table.TableStatus, 'ACTIVE');
    assert.equal(Table.GlobalSecondaryIndexes[0].IndexName, 'by-order');
    assert.equal(Table.StreamSpecification.StreamViewType, 'NEW_AND_OLD_IMAGES');
    const ttl = (await call('DescribeTimeToLive', {TableName: 'dev-orders'})).json;
    assert.deepEqual(ttl.TimeToLiveDescription, {TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt'});
    const item = (await call('GetItem', {TableName: 'dev-orders', Key: {customerId: {S: 'c'}, orderId: {S: 'o'}}})).json;
    assert.deepEqual(item.Item, {customerId: {S: 'c'}, orderId: {S: 'o'}});
  } finally {
    await server.stop();
  }
});

test('Terraform modules make tables, Serverless files take options', async () => {
  const server = await startServer([
    '--schema', cases('terraform/clean'),
    '--schema', cases('serverless/serverless.yml'),
    '--set', 'stage=prod',
  ]).catch((error) => error);
  if (server instanceof Error) {
    // billing of prod is PROVISIONED, and the table has no throughput: the start says so.
    assert.match(server.message, /ReadCapacityUnits and WriteCapacityUnits must both be specified/);
  } else {
    await server.stop();
    assert.fail('a table that CreateTable refuses was made');
  }
});

test('tables that exist and are equal are kept, others stop the start', async () => {
  const data = join(directory, 'data');
  const table = {
    TableName: 'kept',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],
    KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
  };
  const schema = await file('kept.json', JSON.stringify(table));
  const options = ['--data-dir', data, '--schema', schema];
  let server = await startServer(options);
  const call = wire(server.port);
  await call('PutItem', {TableName: 'kept', Item: {pk: {S: 'mine'}}});
  await server.stop();
  server = await startServer(options);
  assert.equal((await wire(server.port)('Scan', {TableName: 'kept'})).json.Count, 1);
  await server.stop();
  table.KeySchema[0].AttributeName = table.AttributeDefinitions[0].AttributeName = 'id';
  await file('kept.json', JSON.stringify(table));
  const ended = await runToEnd(['--port', '0', ...options]);
  assert.equal(ended.code, 1);
  assert.match(ended.stderr, /kept\.json:1:1: the table kept exists and differs: KeySchema is id HASH S in the file, pk HASH S in the table/);
});

test('what cannot be used stops the start with one clear line', async () => {
  const rows = [
    [['--schema', join(directory, 'none.yaml')], 1, /none\.yaml: No such file or directory/],
    [['--schema', cases('malformed/indentation.yaml')], 1, /indentation\.yaml:4:4: this YAML cannot be read/],
    [['--schema', cases('cloudformation/undefined_key.yaml')], 1, /undefined_key\.yaml:41:31: One or more parameter/],
    [['--seed', join(directory, 'none.json')], 1, /none\.json: No such file or directory/],
    [['--set', 'A=b'], 2, /--set, --var-file and --schema-region need --schema FILE/],
    [['--schema-region', 'eu-west-1'], 2, /--set, --var-file and --schema-region need --schema FILE/],
    [['--isolate', '--schema', cases('sam/clean.yaml')], 2, /--isolate/],
  ];
  for (const [args, code, words] of rows) {
    const ended = await runToEnd(['--port', '0', ...args]);
    assert.equal(ended.code, code, `${args}: ${ended.stderr}`);
    assert.match(ended.stderr, words);
  }
});

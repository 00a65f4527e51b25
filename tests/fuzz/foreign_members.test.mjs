// Members that belong to other operations: every member name of the API, in each request and in each element of requests that does
// not have it, with values of all JSON types and values that are nearly right. The service ignores them. So the answer is that of the
// request without them, no observer stumbles over them, and the server ends as usual.
import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {startServer} from '../api/server.mjs';
import {wire} from '../api/wire.mjs';
import {index, table} from '../exact/presets.mjs';
import {streamed, target} from '../exact/streams.mjs';
import {pipeline} from './pipeline.mjs';

const api = JSON.parse(readFileSync(new URL('../shapes/api_members.json', import.meta.url)));
const VALUES = [
  true, 7, 1e300, '', 'x', [], [null, 1], {}, {':v': {SS: ''}, '#n': 5, a: {S: 0}},
  {pk: {M: {a: {L: [{N: 1}, 2]}}}, Keys: 3, TableName: []},
].map((value) => JSON.stringify(value));

const STREAMS = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
const optionsOf = (operation) => (STREAMS.includes(operation) ? target(operation) : {});

const TableName = 'foreign';
const Key = {pk: {S: 'a'}, sk: {N: '1'}};
const Item = {...Key, user: {S: 'u'}, tags: {SS: ['x', 'y']}};
const names = {ExpressionAttributeNames: {'#u': 'user'}};
const values = {ExpressionAttributeValues: {':u': {S: 'u'}}};
const condition = {ConditionExpression: '#u = :u', ...names, ...values};
const update = {UpdateExpression: 'SET #u = :u', ...names, ...values};
const Statement = `SELECT * FROM ${TableName} WHERE pk = ?`;
const Parameters = [{S: 'a'}];
const definition = {
  ...table('pk:S', 'sk:N', {
    gsis: [index('byUser', 'user:S', 'sk:N')],
    lsis: [index('byName', 'pk:S', 'name:S', 'KEYS_ONLY')],
  }),
  ...streamed(),
};

// A request for each operation whose answer is the same each time it is sent. `arn`, `stream`, `shard` and `iterator` name what
// `before` has made.
const requests = ({arn, stream, shard, iterator}) => ({
  BatchExecuteStatement: {Statements: [{Statement: `${Statement} AND sk = 1`, Parameters}]},
  BatchGetItem: {RequestItems: {[TableName]: {Keys: [Key], ProjectionExpression: '#u', ...names}}},
  BatchWriteItem: {RequestItems: {[TableName]: [{PutRequest: {Item}}, {DeleteRequest: {Key: {pk: {S: 'b'}, sk: {N: '1'}}}}]}},
  CreateTable: {TableName, ...definition},
  DeleteItem: {TableName, Key: {pk: {S: 'b'}, sk: {N: '1'}}},
  DeleteTable: {TableName: 'not-there'},
  DescribeContinuousBackups: {TableName},
  DescribeEndpoints: {},
  DescribeLimits: {},
  DescribeStream: {StreamArn: stream},
  DescribeTable: {TableName},
  DescribeTimeToLive: {TableName},
  ExecuteStatement: {Statement, Parameters},
  ExecuteTransaction: {TransactStatements: [{Statement: `${Statement} AND sk = 1`, Parameters}]},
  GetItem: {TableName, Key, ReturnConsumedCapacity: 'TOTAL'},
  GetRecords: {ShardIterator: iterator, Limit: 1},
  GetShardIterator: {StreamArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/none/stream/x', ShardId: shard, ShardIteratorType: 'LATEST'},
  ListStreams: {TableName},
  ListTables: {},
  ListTagsOfResource: {ResourceArn: arn},
  PutItem: {TableName, Item, ...condition},
  Query: {TableName, IndexName: 'byUser', KeyConditionExpression: '#u = :u', ...names, ...values},
  Scan: {TableName, FilterExpression: '#u = :u', ...names, ...values},
  TagResource: {ResourceArn: arn, Tags: [{Key: 'k', Value: 'v'}]},
  TransactGetItems: {TransactItems: [{Get: {TableName, Key, ProjectionExpression: '#u', ...names}}]},
  TransactWriteItems: {
    TransactItems: [
      {Put: {TableName, Item: {pk: {S: 'c'}, sk: {N: '1'}}}},
      {Update: {TableName, Key, ...update}},
      {Delete: {TableName, Key: {pk: {S: 'b'}, sk: {N: '1'}}}},
      {ConditionCheck: {TableName, Key: {pk: {S: 'd'}, sk: {N: '1'}}, ConditionExpression: 'attribute_not_exists(pk)'}},
    ],
  },
  UntagResource: {ResourceArn: arn, TagKeys: ['absent']},
  UpdateContinuousBackups: {TableName, PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: false}},
  UpdateItem: {TableName, Key, ...update},
  UpdateTable: {
    TableName: 'not-there',
    BillingMode: 'PAY_PER_REQUEST',
    GlobalSecondaryIndexUpdates: [{Update: {IndexName: 'byUser', ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1}}}],
  },
  UpdateTimeToLive: {TableName: 'not-there', TimeToLiveSpecification: {Enabled: true, AttributeName: 'at'}},
});

// All names that requests of the API have anywhere.
function requestNames() {
  const found = new Set();
  const seen = new Set();
  const walk = (type) => {
    if (typeof type === 'object') return Object.values(type).forEach(walk);
    const members = api.structures[type];
    if (!members || seen.has(type)) return;
    seen.add(type);
    for (const [name, member] of Object.entries(members)) {
      found.add(name);
      walk(member);
    }
  };
  for (const {input} of Object.values(api.operations)) walk(input);
  return [...found].sort();
}

// The structures in a request, as [the object, what its shape knows], each object there once.
function structuresIn(value, type, found = []) {
  if (typeof type === 'object') {
    const inner = Object.values(type)[0];
    for (const child of Object.values(value)) structuresIn(child, inner, found);
  } else if (api.structures[type]) {
    const members = api.structures[type];
    found.push([value, members]);
    for (const [name, child] of Object.entries(value)) structuresIn(child, members[name], found);
  }
  return found;
}

const MARK = '"?":0';

// Every request with one foreign member in it. `place` counts the structures of the operation's request.
function* withForeignMembers(bodies, allNames) {
  for (const [operation, body] of Object.entries(bodies)) {
    const {input} = api.operations[operation];
    for (let place = 0; ; ++place) {
      const copy = structuredClone(body);
      const structure = structuresIn(copy, input)[place];
      if (!structure) break;
      const [object, members] = structure;
      const foreign = allNames.filter((name) => !(name in members));
      object['?'] = 0;
      const text = JSON.stringify(copy);
      for (const name of foreign) {
        for (const value of VALUES) {
          const body = text.replace(MARK, () => `"${name}":${value}`);
          yield {operation, body, target: optionsOf(operation).headers?.['X-Amz-Target']};
        }
      }
    }
  }
}

// What differs from answer to answer by itself.
const steady = (text) => text.replace(/"(ConsumedCapacity|CreationDateTime|NextShardIterator|ApproximateCreationDateTime|LatestRestorableDateTime|EarliestRestorableDateTime)":("[^"]*"|[\d.E+-]+)/g, '"$1":0');

let folder;
let server;
let call;
let bodies;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'foreign-'));
  const schema = fileURLToPath(new URL('../cases/schema/api/', import.meta.url));
  server = await startServer([
    '--audit', join(folder, 'audit.json'), '--audit-values', '--report', join(folder, 'report.json'), '--report', join(folder, 'report.html'),
    '--schema', join(schema, 'create_table.json'), '--log-level', 'debug',
  ]);
  call = wire(server.port);
  await call('CreateTable', {TableName, ...definition});
  await call('PutItem', {TableName, Item});
  const {Table} = (await call('DescribeTable', {TableName})).json;
  const stream = Table.LatestStreamArn;
  const described = await call('DescribeStream', {StreamArn: stream}, optionsOf('DescribeStream'));
  const shard = described.json.StreamDescription.Shards[0].ShardId;
  const at = {StreamArn: stream, ShardId: shard, ShardIteratorType: 'TRIM_HORIZON'};
  const {ShardIterator} = (await call('GetShardIterator', at, optionsOf('GetShardIterator'))).json;
  bodies = requests({arn: Table.TableArn, stream, shard, iterator: ShardIterator});
});
after(() => {
  server?.kill();
  rmSync(folder, {recursive: true, force: true});
});

test('a member of another operation changes nothing', {timeout: 300_000}, async () => {
  const implemented = Object.keys(bodies);
  const expected = {};
  for (const operation of implemented) {
    await call(operation, bodies[operation], optionsOf(operation)); // the first may find another state
    const {status, text} = await call(operation, bodies[operation], optionsOf(operation));
    expected[operation] = {status, text: steady(text)};
    assert.ok(status < 500, `${operation}: ${text}`);
  }
  let count = 0;
  const wrong = [];
  await pipeline(server.port, withForeignMembers(bodies, requestNames()), ({operation, body}, {status, text}) => {
    ++count;
    const {status: as, text: what} = expected[operation];
    if (status === as && steady(text) === what) return;
    if (wrong.length < 10) wrong.push(`${operation} ${body}\n  answered ${status} ${text}\n  expected ${as} ${what}`);
  });
  assert.deepEqual(wrong, []);
  assert.ok(count > 100_000, `only ${count} requests`);
});

test('every operation that is there was tried', async () => {
  const answers = await Promise.all(Object.keys(api.operations).map(async (operation) => [operation, (await call(operation, {}, optionsOf(operation))).text]));
  const there = answers.filter(([, text]) => !text.includes('UnknownOperationException')).map(([operation]) => operation);
  assert.deepEqual(there.filter((operation) => !(operation in bodies)), []);
});

test('the run ends with its report, and nothing was logged as failed', async () => {
  const {code, signal} = await server.stop();
  assert.deepEqual({code, signal}, {code: 0, signal: null});
  assert.doesNotMatch(server.output.stderr, / failed: /);
  const report = JSON.parse(readFileSync(join(folder, 'report.json')));
  assert.ok(report.requests > 100_000);
  assert.match(readFileSync(join(folder, 'report.html'), 'utf8'), /<html/);
  const audit = readFileSync(join(folder, 'audit.json'), 'utf8').trimEnd().split('\n');
  assert.ok(audit.length > 100_000);
  JSON.parse(audit.at(-1));
});

// What surrounds an exact error: the hint in a header, and the wording of the regions that --validation chooses.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {after, before, test} from 'node:test';
import {binary, startServer} from './server.mjs';
import {wire} from './wire.mjs';

const TABLE = {
  TableName: 'hints',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    {AttributeName: 'pk', AttributeType: 'S'},
    {AttributeName: 'score', AttributeType: 'N'},
  ],
  KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
  GlobalSecondaryIndexes: [
    {IndexName: 'byScore', KeySchema: [{AttributeName: 'score', KeyType: 'HASH'}], Projection: {ProjectionType: 'ALL'}},
  ],
};

let server;
let call;
before(async () => {
  server = await startServer(['--log-level', 'debug']);
  call = wire(server.port);
  assert.equal((await call('CreateTable', TABLE)).status, 200);
});
after(() => server.stop());

// Resolves when the server's log has the text, which comes through a pipe of its own.
async function logged(text) {
  for (let i = 0; i < 100 && !server.output.stderr.includes(text); i++) await new Promise((done) => setTimeout(done, 20));
  assert.ok(server.output.stderr.includes(text), `not in the log: ${text}`);
}

const cases = [
  ['an undefined value, with its path', 'PutItem', {TableName: 'hints', Item: {pk: {S: 'a'}, m: {M: {l: {L: [{}]}}}}}, /^at m\.l\[0\]: .*undefined/],
  ['an empty name, with the path to its map', 'PutItem', {TableName: 'hints', Item: {pk: {S: 'a'}, m: {M: {l: {L: [{M: {'': {S: 'x'}}}]}}}}}, /^at m\.l\[0\]: .*empty string as its name/],
  ['a table that is not there', 'GetItem', {TableName: 'hint', Key: {pk: {S: 'a'}}}, /no such table; there are hints$/],
  ['an index key of another type', 'PutItem', {TableName: 'hints', Item: {pk: {S: 'a'}, score: {S: '1'}}}, /key of that index/],
  ['a parent map that is missing', 'UpdateItem', {TableName: 'hints', Key: {pk: {S: 'a'}}, UpdateExpression: 'SET a.b = :v', ExpressionAttributeValues: {':v': {S: 'x'}}}, /create the map first/],
  ['a number as text', 'Query', {TableName: 'hints', Limit: '3'}, /3, not "3"/],
  ['text as a number', 'PutItem', {TableName: 'hints', Item: {pk: {S: 'a'}, n: {N: 3}}}, /\{"N": "3"\}/],
  ['a reserved word', 'UpdateItem', {TableName: 'hints', Key: {pk: {S: 'a'}}, UpdateExpression: 'REMOVE status'}, /#name/],
];
for (const [name, operation, body, hint] of cases) {
  test(name, async () => {
    const answer = await call(operation, body);
    assert.equal(answer.status, 400);
    assert.match(answer.headers['x-dynarock-hint'], hint);
    assert.doesNotMatch(answer.text, /hint/);
    await logged(`(hint: ${answer.headers['x-dynarock-hint']})`);
  });
}

test('a success has no hint', async () => {
  const answer = await call('PutItem', {TableName: 'hints', Item: {pk: {S: 'a'}}});
  assert.equal(answer.headers['x-dynarock-hint'], undefined);
});

test('--no-hints leaves the header out', async () => {
  const quiet = await startServer(['--no-hints']);
  try {
    const answer = await wire(quiet.port)('GetItem', {TableName: 'absent', Key: {pk: {S: 'a'}}});
    assert.equal(answer.json.message, 'Requested resource not found');
    assert.equal(answer.headers['x-dynarock-hint'], undefined);
  } finally {
    await quiet.stop();
  }
});

test('--isolate: the table of another access key is named', async () => {
  const isolated = await startServer(['--isolate']);
  try {
    const at = (key) => `AWS4-HMAC-SHA256 Credential=${key}/20260102/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;
    const ask = wire(isolated.port);
    await ask('CreateTable', TABLE, {headers: {Authorization: at('WORKER1')}});
    const answer = await ask('GetItem', {TableName: 'hints', Key: {pk: {S: 'a'}}}, {headers: {Authorization: at('WORKER2')}});
    assert.match(answer.headers['x-dynarock-hint'], /another access key or region: WORKER1\/us-east-1/);
  } finally {
    await isolated.stop();
  }
});

test('--validation says whose messages are followed', async () => {
  const bare = 'Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "="';
  for (const [setting, expected] of [['older', bare], ['majority', `1 validation error detected: ${bare}`], ['newest', `1 validation error detected: ${bare}`]]) {
    const chosen = await startServer(['--validation', setting]);
    try {
      const ask = wire(chosen.port);
      const message = async (operation, body) => (await ask(operation, {TableName: 'hints', ...body})).json.message;
      assert.equal(await message('PutItem', {Item: {pk: {S: 'a'}}, ConditionExpression: 'a ='}), expected);
      assert.equal(await message('Scan', {FilterExpression: 'a ='}), bare.replace('Condition', 'Filter'));
      const transaction = {TransactItems: [{Put: {TableName: 'hints', Item: {pk: {N: ''}}}}]};
      const tail = setting === 'newest' ? ': ' : '';
      assert.equal((await ask('TransactWriteItems', transaction)).json.message, `The parameter cannot be converted to a numeric value${tail}`);
    } finally {
      await chosen.stop();
    }
  }
});

test('--newer-messages is refused with a word about --validation', () => {
  const {status, stderr} = spawnSync(binary, ['--port', '0', '--newer-messages'], {encoding: 'utf8'});
  assert.equal(status, 2);
  assert.equal(stderr, 'dynarock: --newer-messages is gone: newer wording is the default now; see --validation (try --help)\n');
});

// The runner itself: two servers of ours agree in everything, a server that is wrong in one thing is found out, and what is said of a
// difference is right.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {startServer} from '../api/server.mjs';
import {Classes} from './classes.mjs';
import {difference, template} from './compare.mjs';
import {Differential} from './differential.mjs';
import {OPERATIONS, requestOf} from './generate/requests.mjs';
import {shrink} from './shrink.mjs';
import {Side} from './side.mjs';
import {World} from './world.mjs';

let folder;
let servers;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'differential-'));
  servers = {
    one: await startServer(['--no-advisor']),
    other: await startServer(['--no-advisor']),
    older: await startServer(['--no-advisor', '--validation', 'older']),
  };
});
after(async () => {
  for (const server of Object.values(servers)) await server.stop();
  rmSync(folder, {recursive: true, force: true});
});

async function compared(left, right, requests, options = {}) {
  const run = new Differential(new Side(left.endpoint), new Side(right.endpoint), options);
  await run.run(requests);
  return run;
}

const words = ({operation, kind, left, right, example}) => ({operation, kind, left, right, request: example.request});

test('two servers of ours agree', async () => {
  const accepted = new Map();
  const run = new Differential(new Side(servers.one.endpoint), new Side(servers.other.endpoint));
  const ask = run.ask.bind(run);
  run.ask = async (request) => {
    const answers = await ask(request);
    const counts = accepted.get(request.operation) ?? [0, 0];
    counts[answers[0].status === 200 ? 0 : 1] += 1;
    accepted.set(request.operation, counts);
    return answers;
  };
  await run.run(4000);
  assert.deepEqual(run.classes.fresh.map(words), []);
  assert.ok(run.sameOrder);
  // What is never accepted, or never refused, compares little. (Tables that were made are deleted beside these requests.)
  const dull = OPERATIONS.filter((operation) => !['DescribeLimits', 'DescribeEndpoints', 'DeleteTable'].includes(operation) && !(accepted.get(operation) ?? [0]).every((count) => count > 0));
  assert.deepEqual(dull, []);
});

// Zero with an exponent, and names of one letter, are all that one layer accepts and the other refuses.
const BY_LAYER = /Number (over|under)flow|Member must have length greater than or equal to <n>/;

test('the layers of validation differ in words, and hardly in what is refused', async () => {
  const {classes} = await compared(servers.older, servers.one, 2000, {operations: ['PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan']});
  assert.ok(classes.fresh.length > 50, `${classes.fresh.length} classes`);
  const enveloped = classes.fresh.filter(({kind, left, right}) => kind === 'message' && right === left.replace('Exception: ', 'Exception: <n> validation error detected: '));
  assert.ok(enveloped.length > 10, `${enveloped.length} with the envelope`);
  assert.deepEqual(classes.fresh.filter(({kind, left, right}) => kind !== 'message' && !BY_LAYER.test(`${left} ${right}`)).map(words), []);
});

test('a write that one side refuses leaves both sides equal', async () => {
  const left = new Side(servers.one.endpoint);
  const right = new Side(servers.other.endpoint);
  const send = right.send.bind(right);
  // A side that refuses every third UpdateItem.
  let updates = 0;
  right.send = (operation, body) => send(operation, operation === 'UpdateItem' && ++updates % 3 === 0 ? '{}' : body);
  const run = new Differential(left, right, {operations: ['PutItem', 'UpdateItem', 'Scan', 'Query']});
  await run.run(600);
  assert.ok(run.classes.fresh.length > 0);
  assert.deepEqual(run.classes.fresh.filter(({operation}) => operation !== 'UpdateItem').map(words), []);
});

test('the same number gives the same request', () => {
  for (let seed = 1; seed < 300; ++seed) assert.deepEqual(requestOf(seed, new World('a')), requestOf(seed, new World('a')));
});

test('requests are made for every operation that the server has', async () => {
  const api = JSON.parse(readFileSync(new URL('../shapes/api_members.json', import.meta.url)));
  const side = new Side(servers.one.endpoint);
  const missing = [];
  for (const operation of Object.keys(api.operations)) {
    const {text} = await side.send(operation, {});
    if (!/UnknownOperationException|does not support the operation/.test(text) && !OPERATIONS.includes(operation)) missing.push(operation);
  }
  side.close();
  assert.deepEqual(missing, []);
});

const refused = (message, more = {}) => ({status: 400, headers: {}, text: '', json: {__type: 'com.amazon.coral.validate#ValidationException', message, ...more}});
const good = (json) => ({status: 200, headers: {}, text: JSON.stringify(json), json});

test('requests are signed with the credentials of the environment, for the region and host they go to', async () => {
  const file = join(folder, 'credentials');
  writeFileSync(file, '[default]\naws_access_key_id = AKIDSIDE\naws_secret_access_key = right\naws_session_token = token\n');
  const server = await startServer(['--auth-file', file]);
  const env = {AWS_ACCESS_KEY_ID: 'AKIDSIDE', AWS_SECRET_ACCESS_KEY: 'right', AWS_SESSION_TOKEN: 'token'};
  for (const [secret, status] of [['right', 200], ['wrong', 400]]) {
    const side = new Side(server.endpoint, {env: {...env, AWS_SECRET_ACCESS_KEY: secret}});
    for (const operation of ['ListTables', 'ListStreams']) assert.equal((await side.send(operation, {})).status, status);
    side.close();
  }
  await server.stop();
  const away = new Side('https://dynamodb.eu-west-1.amazonaws.com', {env});
  assert.equal(away.region, 'eu-west-1');
  assert.equal(away.hostOf('PutItem'), 'dynamodb.eu-west-1.amazonaws.com');
  assert.equal(away.hostOf('GetRecords'), 'streams.dynamodb.eu-west-1.amazonaws.com');
  assert.throws(() => new Side('https://dynamodb.eu-west-1.amazonaws.com', {env: {}}), /AWS_ACCESS_KEY_ID/);
});

test('no more requests a second than told, and throttled ones again', async () => {
  const side = new Side(servers.one.endpoint, {rate: 100});
  const begun = performance.now();
  for (let i = 0; i < 21; ++i) await side.send('ListTables', {});
  assert.ok(performance.now() - begun > 190);
  side.local = false;
  let asked = 0;
  side.once = async () => (++asked < 3 ? refused('slow down', {__type: 'x#ThrottlingException'}) : good({}));
  assert.equal((await side.send('ListTables', {})).status, 200);
  assert.equal(asked, 3);
  side.close();
});

test('differences by kind', () => {
  const kind = (left, right) => difference(left, right, ['T'])?.kind;
  assert.equal(kind(refused('a'), refused('a')), undefined);
  assert.equal(kind(refused('a'), refused('b')), 'message');
  assert.equal(kind(refused("Value 'x' at 'limit' failed"), refused("Value 'y' at 'limit' failed")), 'values in message');
  assert.equal(kind(refused('a'), good({})), 'accepted or refused');
  assert.equal(kind(refused('a'), {...refused('a'), status: 500}), 'status');
  assert.equal(kind(refused('a'), refused('a', {__type: 'x#ResourceNotFoundException'})), 'type');
  assert.equal(kind(refused('a'), refused('a', {__type: 'ValidationException'})), 'type prefix');
  assert.equal(kind(refused('a'), refused('a', {Item: {}})), 'error body');
  assert.equal(kind(good({}), {...good({}), headers: {'x-amz-crc32': '1'}}), 'headers');
  assert.equal(kind(refused('2 validation errors detected: a; b'), refused('2 validation errors detected: b; a')), undefined);
  assert.equal(kind(refused('keys: {#a, #b}'), refused('keys: {#b, #a}')), undefined);
});

test('differences of replies name what differs', () => {
  const paths = (left, right) => difference(good(left), good(right))?.left;
  assert.equal(paths({Item: {a: {SS: ['x', 'y']}}}, {Item: {a: {SS: ['y', 'x']}}}), undefined);
  assert.equal(paths({Item: {a: {L: [{S: 'x'}, {S: 'y'}]}}}, {Item: {a: {L: [{S: 'y'}, {S: 'x'}]}}}), 'Item.*.L[].S differs');
  assert.equal(paths({Table: {CreationDateTime: 1}}, {Table: {CreationDateTime: 2}}), undefined);
  assert.equal(paths({Table: {CreationDateTime: 1}}, {Table: {}}), 'Table.CreationDateTime left only');
  assert.equal(paths({Count: 1, Items: [{}]}, {Count: 2, Items: [{}, {}]}), 'Count differs, Items number of elements');
  assert.equal(paths({TableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/T'}, {TableArn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/T'}), undefined);
  assert.equal(paths({R: [{Error: {Message: 'no 1'}}]}, {R: [{Error: {Message: 'not 2'}}]}), '*[].Error.Message no <n> / not <n>');
});

test('messages of a kind have one form', () => {
  const one = (text) => template(text, ['my-table']);
  assert.equal(one("1 validation error detected: Value 'a b' at 'limit' failed"), one("1 validation error detected: Value 'it''s' at 'limit' failed"));
  assert.equal(one('Syntax error; token: "(", near: "a ("'), one('Syntax error; token: "<EOF>", near: "x"'));
  assert.equal(one('not defined; attribute name: #a'), one('not defined; attribute name: #b1'));
  assert.equal(one('Table not found: my-table'), 'Table not found: <table>');
  assert.notEqual(one('Member must satisfy enum value set: [ALL, OR]'), one('Member must satisfy enum value set: [OR, AND]'));
});

test('known classes are not new, and the smallest request is kept', () => {
  const classes = new Classes([{operation: 'GetItem, Query', kind: 'message', left: '^400', right: 'y$', side: 'left', why: 'x'}]);
  const found = {operation: 'GetItem', kind: 'message', left: '400 x', right: '400 y'};
  assert.equal(classes.add(found, {size: 5}), undefined);
  assert.ok(classes.add({...found, operation: 'Scan'}, {size: 5}));
  assert.equal(classes.add({...found, operation: 'Scan'}, {size: 3}), undefined);
  assert.deepEqual([classes.fresh.length, classes.old.length], [1, 1]);
  assert.deepEqual([classes.fresh[0].count, classes.fresh[0].example.size], [2, 3]);
});

test('a request is made smaller while it shows its class', async () => {
  const small = await shrink({a: {b: [1, 2, 3], c: 1}, d: [{e: 1, f: 2}]}, async (body) => body.a?.b?.includes(2) && body.d?.[0]?.f === 2);
  assert.deepEqual(small, {a: {b: [2]}, d: [{f: 2}]});
});

const settled = JSON.parse(readFileSync(new URL('settled.json', import.meta.url)));

test('what is settled says which side is right, and why', () => {
  for (const entry of settled) {
    assert.deepEqual(Object.keys(entry).filter((name) => !['operation', 'kind', 'left', 'right', 'side', 'why'].includes(name)), []);
    assert.ok(['left', 'right', 'both', 'neither', 'unknown'].includes(entry.side), JSON.stringify(entry));
    assert.ok(entry.why?.length > 20, JSON.stringify(entry));
    for (const pattern of [entry.left, entry.right]) if (pattern !== undefined) new RegExp(pattern, 's');
    for (const operation of entry.operation?.split(', ') ?? []) assert.ok(OPERATIONS.includes(operation.replace('state after ', '')) || /^(table|index) after a round$/.test(operation), operation);
  }
});

async function run(args) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('run.mjs', import.meta.url)), ...args], {stdio: ['ignore', 'pipe', 'pipe']});
  const output = {stdout: '', stderr: ''};
  for (const name of ['stdout', 'stderr']) child[name].setEncoding('utf8').on('data', (text) => (output[name] += text));
  return new Promise((resolve) => child.once('close', (code) => resolve({code, ...output})));
}

// A server that answers like another one, but for its words.
async function misquoting(endpoint) {
  const side = new Side(endpoint);
  const server = http.createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const {status, text} = await side.send(request.headers['x-amz-target'].replace(/.*\./, ''), Buffer.concat(parts).toString());
    response.writeHead(status, {'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'x', 'x-amz-crc32': '0'});
    response.end(text.replace('conditional request failed', 'condition failed'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = () => {
    side.close();
    server.closeAllConnections();
    server.close();
  };
  return {endpoint: `http://127.0.0.1:${server.address().port}`, stop};
}

test('the program: 0 without differences, 1 with new ones, 0 when they are settled, 2 for wrong arguments', async (t) => {
  const out = join(folder, 'out.json');
  const known = join(folder, 'known.json');
  const common = ['--right', servers.one.endpoint, '--requests', '300', '--operations', 'UpdateItem,GetItem', '--settled', 'none', '--out', out];
  const wrong = await misquoting(servers.one.endpoint);
  t.after(() => wrong.stop());
  const differing = await run(['--left', servers.other.endpoint, ...common, '--right', wrong.endpoint]);
  assert.equal(differing.code, 1, differing.stderr);
  const found = JSON.parse(readFileSync(out));
  assert.deepEqual(found.new.map(({operation, kind, right}) => [operation, kind, right]), [['UpdateItem', 'message', '400 ConditionalCheckFailedException: The condition failed']]);
  const [{count, example}] = found.new;
  assert.ok(count > 1 && example.request.length < 200 && example.left.includes('conditional request') && example.right.includes('condition failed'));
  writeFileSync(known, JSON.stringify([{operation: 'UpdateItem', kind: 'message', right: 'The condition failed$', side: 'left', why: 'the other one misquotes'}]));
  const again = await run(['--left', servers.other.endpoint, ...common.map((word) => (word === 'none' ? known : word)), '--right', wrong.endpoint]);
  assert.equal(again.code, 0, again.stdout);
  assert.match(again.stdout, /0 new classes of differences \(0 requests\), 1 settled/);
  for (const bad of [[], ['--right', 'x', '--operations', 'NoSuch'], ['--nonsense']]) assert.equal((await run(bad)).code, 2);
});

// Thousands of requests made wrong at random, from the rows of tests/exact: whatever a client sends, the server answers with JSON
// and a status below 500, and goes on serving. FUZZ_REQUESTS sets how many (default 20000), FUZZ_SEED where to start.
import assert from 'node:assert/strict';
import {readdirSync} from 'node:fs';
import http from 'node:http';
import {after, before, test} from 'node:test';
import {startServer} from '../api/server.mjs';
import {wire} from '../api/wire.mjs';
import {presets, table} from '../exact/presets.mjs';
import {streamed, target} from '../exact/streams.mjs';
import {mutate, randomFrom} from './mutate.mjs';

const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 20000);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const LARGEST = 20000; // characters of a body worth changing

const folder = new URL('../exact/rows/', import.meta.url);
let server;
let call;
let corpus;
const agent = new http.Agent({keepAlive: true, maxSockets: 16});

// Requests of all rows, as [operation, body text with table names filled in, options].
async function readCorpus() {
  const requests = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.mjs')).sort()) {
    for (const row of (await import(new URL(file, folder))).default) {
      for (const [operation, body, , options] of row.steps ?? [[row.op, row.body]]) {
        if (typeof operation !== 'string' || body === null || typeof body !== 'object' || Buffer.isBuffer(body)) continue;
        const text = JSON.stringify(body).replace(/\{([A-Z][0-9]?)\}/g, (all, name) => {
          const table = row.tables?.[name];
          return `fuzz-${typeof table === 'string' ? table : 'hash'}`;
        });
        const streams = options?.headers?.['X-Amz-Target']?.startsWith('DynamoDBStreams_');
        if (text.length <= LARGEST) requests.push([operation, text, streams ? target(operation) : {}]);
      }
    }
  }
  return requests;
}

// Requests that meet a stream with records in it, and a closed one; often enough to count beside the rows.
async function streamRequests() {
  const TableName = 'fuzz-stream';
  await call('CreateTable', {TableName, ...table('pk:S'), ...streamed()});
  for (let i = 0; i < 50; ++i) await call('PutItem', {TableName, Item: {pk: {S: `k${i % 9}`}, v: {N: String(i)}}});
  const requests = [];
  for (const open of [true, false]) {
    if (!open) await call('UpdateTable', {TableName, StreamSpecification: {StreamEnabled: false}});
    const StreamArn = (await call('DescribeTable', {TableName})).json.Table.LatestStreamArn;
    const described = await call('DescribeStream', {StreamArn}, target('DescribeStream'));
    const [{ShardId, SequenceNumberRange}] = described.json.StreamDescription.Shards;
    const SequenceNumber = SequenceNumberRange.StartingSequenceNumber;
    const at = {StreamArn, ShardId, ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber};
    const {ShardIterator} = (await call('GetShardIterator', at, target('GetShardIterator'))).json;
    for (const [operation, body] of [
      ['ListStreams', {TableName, Limit: 1, ExclusiveStartStreamArn: StreamArn}],
      ['DescribeStream', {StreamArn, Limit: 2, ExclusiveStartShardId: ShardId}],
      ['DescribeStream', {StreamArn, ShardFilter: {Type: 'CHILD_SHARDS', ShardId}}],
      ['GetShardIterator', at],
      ['GetShardIterator', {StreamArn, ShardId, ShardIteratorType: 'LATEST'}],
      ['GetRecords', {ShardIterator, Limit: 7}],
    ]) {
      requests.push([operation, JSON.stringify(body), target(operation)]);
    }
  }
  return Array.from({length: 10}, () => requests).flat();
}

before(async () => {
  server = await startServer();
  const raw = wire(server.port);
  call = (operation, body, options = {}) => raw(operation, body, {agent, ...options});
  for (const [name, definition] of Object.entries(presets)) {
    await call('CreateTable', {BillingMode: 'PAY_PER_REQUEST', ...definition, TableName: `fuzz-${name}`});
  }
  corpus = [...(await readCorpus()), ...(await streamRequests())];
});
after(async () => {
  agent.destroy();
  await server.stop();
});

async function one(seed) {
  const random = randomFrom(seed);
  const [operation, text, options] = corpus[Math.floor(random() * corpus.length)];
  let body = JSON.parse(text);
  for (let changes = 1 + Math.floor(random() * 3); changes > 0; changes--) body = mutate(random, body);
  let sent = JSON.stringify(body) ?? '';
  // Now and then the text itself is damaged.
  if (random() < 0.03) sent = sent.slice(0, Math.floor(random() * sent.length));
  const answer = await call(operation, sent, options);
  const problem =
    answer.status >= 500 ? `status ${answer.status}` : answer.text !== '' && answer.json === undefined ? 'the answer is not JSON' : undefined;
  assert.equal(problem, undefined, `FUZZ_SEED=${seed} FUZZ_REQUESTS=1: ${operation} ${sent.slice(0, 1000)} -> ${answer.text.slice(0, 300)}`);
}

test(`${REQUESTS} requests made wrong at random`, async () => {
  let next = SEED;
  const last = SEED + REQUESTS;
  const worker = async () => {
    while (next < last) await one(next++);
  };
  await Promise.all(Array.from({length: 16}, worker));
  assert.equal((await call('ListTables', {})).status, 200);
  assert.doesNotMatch(server.output.stderr, /failed:/);
});

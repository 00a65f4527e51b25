// What a crash test writes, and what must be true of it after every restart.
import assert from 'node:assert/strict';
import http from 'node:http';
import {apiHeaders, request} from '../api/wire.mjs';

export class Lost extends Error {} // no answer: the write may be done or not

// A caller of the server that listens now. Throws Lost without an answer; resolves to {status, json}.
export class Caller {
  constructor() {
    this.agent = new http.Agent({keepAlive: true, maxSockets: 64});
  }
  attach(port) {
    this.agent.destroy();
    this.agent = new http.Agent({keepAlive: true, maxSockets: 64});
    this.port = port;
  }
  async send(operation, body, streams = false) {
    const headers = apiHeaders(operation, streams ? {'X-Amz-Target': `DynamoDBStreams_20120810.${operation}`} : {});
    let answer;
    try {
      answer = await request(this.port, {headers, body: JSON.stringify(body), agent: this.agent});
    } catch (error) {
      throw new Lost(error.message);
    }
    return {status: answer.status, json: JSON.parse(answer.text)};
  }
  async must(operation, body, streams = false) {
    const {status, json} = await this.send(operation, body, streams);
    assert.equal(status, 200, `${operation}: ${JSON.stringify(json)}`);
    return json;
  }
}

export const ITEMS = 'Items'; // hash and range key, a local and a global index, a stream of four shards
export const TWINS = 'Twins'; // written together with ITEMS, in transactions
export const ACCOUNTS = 'Accounts'; // money; transfers are noted in ITEMS under 'transfer'
export const PASSING = 'Passing'; // items that expire
export const ACCOUNT_COUNT = 8;
export const START_MONEY = 1000;

const S = (text) => ({S: text});
const N = (number) => ({N: String(number)});

export async function build(caller) {
  const definitions = {pk: 'S', sk: 'N', owner: 'S', v: 'N'};
  const table = (TableName, hash, range, more = {}) => {
    const used = new Set([hash, range].filter(Boolean));
    for (const index of [...(more.GlobalSecondaryIndexes ?? []), ...(more.LocalSecondaryIndexes ?? [])]) {
      for (const {AttributeName} of index.KeySchema) used.add(AttributeName);
    }
    return caller.must('CreateTable', {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: key(hash, range),
      AttributeDefinitions: [...used].map((AttributeName) => ({AttributeName, AttributeType: definitions[AttributeName]})),
      StreamSpecification: {StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES'},
      ...more,
    });
  };
  await table(ITEMS, 'pk', 'sk', {
    LocalSecondaryIndexes: [{IndexName: 'byV', KeySchema: key('pk', 'v'), Projection: {ProjectionType: 'KEYS_ONLY'}}],
    GlobalSecondaryIndexes: [
      {IndexName: 'byOwner', KeySchema: key('owner', 'v'), Projection: {ProjectionType: 'ALL'}},
    ],
  });
  await table(TWINS, 'pk', 'sk');
  await table(ACCOUNTS, 'pk');
  await table(PASSING, 'pk');
  await caller.must('UpdateTimeToLive', {
    TableName: PASSING,
    TimeToLiveSpecification: {Enabled: true, AttributeName: 'expires'},
  });
  for (let i = 0; i < ACCOUNT_COUNT; ++i) {
    await caller.must('PutItem', {TableName: ACCOUNTS, Item: {pk: S(`a${i}`), balance: N(START_MONEY)}});
  }
}

export const key = (hash, range) => [
  {AttributeName: hash, KeyType: 'HASH'},
  ...(range ? [{AttributeName: range, KeyType: 'RANGE'}] : []),
];

// Every item of a table or index, each as one line of text.
export async function scan(caller, TableName, IndexName) {
  const items = [];
  let ExclusiveStartKey;
  do {
    const page = await caller.must('Scan', {TableName, IndexName, ExclusiveStartKey, ...(IndexName ? {} : {ConsistentRead: true})});
    items.push(...page.Items);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
}

// One writer: its items belong to nobody else, so that it knows what is stored but for the one call under way.
export class Writer {
  constructor(caller, number, next) {
    Object.assign(this, {caller, number, next, version: 0, acknowledged: 0, checked: 0});
    this.state = new Map(); // "table pk sk" -> the item as stored, or undefined
    this.pending = null; // [{id, after}] of the call under way, and its token
    this.transfers = new Map(); // acknowledged ones
  }
  pick(n) {
    return Math.floor(this.next() * n);
  }
  id(table, k) {
    return JSON.stringify([table, `w${this.number}`, k]);
  }
  keyOf(id) {
    const [, pk, sk] = JSON.parse(id);
    return {pk: S(pk), sk: N(sk)};
  }
  item(id) {
    return {
      ...this.keyOf(id),
      v: N(++this.version),
      ...(this.pick(4) ? {owner: S(`o${this.pick(3)}`)} : {}),
      pad: S('x'.repeat(this.pick(300))),
    };
  }
  // Sends a call of which `changes` become true together when it succeeds.
  async write(operation, body, changes, token) {
    this.pending = {operation, body, changes, token};
    const answer = await this.caller.send(operation, body);
    assert.equal(answer.status, 200, `${operation}: ${JSON.stringify(answer.json)}`);
    this.settle(changes);
    return answer;
  }
  settle(changes) {
    for (const {id, after} of changes) this.state.set(id, after);
    this.pending = null;
    ++this.acknowledged;
  }
  async step() {
    const k = this.pick(6);
    const id = this.id(ITEMS, k);
    const stored = this.state.get(id);
    switch (this.pick(10)) {
      case 0:
      case 1: {
        const after = this.item(id);
        return this.write('PutItem', {TableName: ITEMS, Item: after}, [{id, after}]);
      }
      case 2: {
        if (!stored) return undefined;
        const v = N(++this.version);
        return this.write('UpdateItem', {
          TableName: ITEMS, Key: this.keyOf(id), UpdateExpression: 'SET v = :v ADD hits :one',
          ConditionExpression: 'attribute_exists(pk)', ExpressionAttributeValues: {':v': v, ':one': N(1)},
        }, [{id, after: {...stored, v, hits: N(Number(stored.hits?.N ?? 0) + 1)}}]);
      }
      case 3:
        return this.write('DeleteItem', {TableName: ITEMS, Key: this.keyOf(id)}, [{id, after: undefined}]);
      case 4: {
        const changes = [];
        const requests = {[ITEMS]: [], [TWINS]: []};
        for (let i = 0; i < 6; ++i) {
          const one = this.id(i % 2 ? ITEMS : TWINS, 10 + i);
          const after = this.pick(3) ? this.item(one) : undefined;
          requests[i % 2 ? ITEMS : TWINS].push(
            after ? {PutRequest: {Item: after}} : {DeleteRequest: {Key: this.keyOf(one)}});
          changes.push({id: one, after});
        }
        return this.write('BatchWriteItem', {RequestItems: requests}, changes);
      }
      case 5:
      case 6: {
        // The same in two tables, or in neither.
        const twin = this.id(TWINS, k);
        const after = this.item(id);
        const ClientRequestToken = this.pick(2) ? `w${this.number}-${this.version}` : undefined;
        return this.write('TransactWriteItems', {
          ClientRequestToken,
          TransactItems: [{Put: {TableName: ITEMS, Item: after}}, {Put: {TableName: TWINS, Item: after}}],
        }, [{id, after}, {id: twin, after}], ClientRequestToken);
      }
      case 7: {
        if (!stored) return undefined;
        const v = N(++this.version);
        return this.write('ExecuteStatement', {
          Statement: `UPDATE ${ITEMS} SET v = ? WHERE pk = ? AND sk = ?`,
          Parameters: [v, this.keyOf(id).pk, this.keyOf(id).sk],
        }, [{id, after: {...stored, v}}]);
      }
      case 8:
        return this.transfer();
      default:
        return this.write('PutItem', {
          TableName: PASSING,
          Item: {pk: S(`w${this.number}-${++this.version}`), expires: N(Math.floor(Date.now() / 1000) - 2)},
        }, []);
    }
  }
  // Money from one account to another, noted in the same transaction. Others do the same: conflicts are repeated.
  async transfer() {
    const from = this.pick(ACCOUNT_COUNT);
    const to = (from + 1 + this.pick(ACCOUNT_COUNT - 1)) % ACCOUNT_COUNT;
    const amount = 1 + this.pick(20);
    const note = {pk: S('transfer'), sk: N(this.number * 1e9 + ++this.version), v: N(this.version),
      from: S(`a${from}`), to: S(`a${to}`), amount: N(amount)};
    const change = (account, sign) => ({Update: {
      TableName: ACCOUNTS, Key: {pk: S(`a${account}`)}, UpdateExpression: `SET balance = balance ${sign} :amount`,
      ExpressionAttributeValues: {':amount': N(amount)},
    }});
    const ClientRequestToken = `t${this.number}-${this.version}`;
    const body = {
      ClientRequestToken,
      TransactItems: [change(from, '-'), change(to, '+'), {Put: {TableName: ITEMS, Item: note}}],
    };
    const id = JSON.stringify([ITEMS, 'transfer', Number(note.sk.N)]);
    this.pending = {operation: 'TransactWriteItems', body, changes: [{id, after: note}], token: ClientRequestToken};
    const {status, json} = await this.caller.send('TransactWriteItems', body);
    if (status !== 200) {
      assert.match(json.__type, /TransactionCanceledException$/);
      assert.ok(json.CancellationReasons.some(({Code}) => Code === 'TransactionConflict'), JSON.stringify(json));
      this.pending = null;
      return;
    }
    this.settle(this.pending.changes);
  }

  // After a restart: a call without an answer is done as a whole or not at all; with a token it is repeated.
  async recover() {
    if (!this.pending) return;
    const {operation, body, changes, token} = this.pending;
    if (token) {
      // Done once, whether or not it was before.
      await this.caller.must(operation, body);
      return this.settle(changes);
    }
    const seen = [];
    for (const {id, after} of changes) {
      const now = await this.read(id);
      const before = this.state.get(id);
      const same = [same_(now, before), same_(now, after)];
      assert.ok(same[0] || same[1], `${id} is neither what it was nor what it was to be: ${JSON.stringify(now)}`);
      if (same[0] !== same[1]) seen.push(same[1]);
    }
    assert.ok(new Set(seen).size <= 1, `half of a ${operation} is there: ${JSON.stringify(changes)}`);
    if (seen[0]) for (const {id, after} of changes) this.state.set(id, after);
    this.pending = null;
  }
  async read(id) {
    const [TableName] = JSON.parse(id);
    return (await this.caller.must('GetItem', {TableName, Key: this.keyOf(id), ConsistentRead: true})).Item;
  }
}

const text = (item) => (item ? JSON.stringify(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : 'none');
const same_ = (a, b) => text(a) === text(b);
export const line = text;

// The tables that requests are about, and their state on both sides: made once, filled again at the start of each round, made equal
// again after a write that only one side accepted.
import {setTimeout} from 'node:timers/promises';
import {index, table} from '../exact/presets.mjs';
import {itemOf} from './generate/values.mjs';
import {Random} from './random.mjs';

const streamed = {StreamSpecification: {StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES'}};
const DEFINITIONS = {
  hash: table('pk:S'),
  composite: table('pk:S', 'sk:S', {
    gsis: [index('byGroup', 'g:S', 'h:N'), index('byHeight', 'h:N', '', ['x', 's'])],
    lsis: [index('byLabel', 'pk:S', 'l:S'), index('byNumber', 'pk:S', 'n:N', 'KEYS_ONLY')],
    ...streamed,
  }),
  numeric: table('pk:N', 'sk:N', {gsis: [index('byBinary', 'bin:B', 'g:S', 'KEYS_ONLY')]}),
  binary: table('pk:B', 'sk:B', {lsis: [index('byRank', 'pk:B', 'h:N', ['s'])]}),
  several: table('pk:S', '', {gsis: [index('bySeveral', 'g:S h:N', 'l:S c:N')]}),
  settings: table('pk:S', '', {gsis: [index('bySize', 'size:N')]}),
};
const ITEMS = 24;

function describe(name, definition) {
  const types = Object.fromEntries(definition.AttributeDefinitions.map(({AttributeName, AttributeType}) => [AttributeName, AttributeType]));
  const parts = (schema, kind) => schema.filter(({KeyType}) => KeyType === kind).map(({AttributeName}) => [AttributeName, types[AttributeName]]);
  const both = (schema) => [...parts(schema, 'HASH'), ...parts(schema, 'RANGE')];
  const indexes = ['LocalSecondaryIndexes', 'GlobalSecondaryIndexes'].flatMap((member) =>
    (definition[member] ?? []).map(({IndexName, KeySchema}) => ({name: IndexName, hashes: parts(KeySchema, 'HASH'), ranges: parts(KeySchema, 'RANGE'), global: member.startsWith('G')})),
  );
  const key = both(definition.KeySchema);
  const own = new Set(key.map(([attribute]) => attribute));
  return {name, definition, key, indexes, indexKeys: Object.entries(types).filter(([attribute]) => !own.has(attribute))};
}

export const keyIn = (table, item) => Object.fromEntries(table.key.map(([name]) => [name, item[name]]));

export class World {
  constructor(prefix) {
    this.prefix = prefix;
    const made = Object.entries(DEFINITIONS).map(([name, definition]) => describe(`${prefix}-${name}`, definition));
    this.settings = made.pop();
    this.tables = made;
    this.streamed = made.find(({definition}) => definition.StreamSpecification);
    this.start = prefix;
    this.made = 0;
  }

  // Tables with keys of more kinds come as often as the plain ones.
  pick(random) {
    return random.pick(this.tables);
  }

  some(random, n) {
    return random.some(this.tables, n);
  }

  extra() {
    return `${this.prefix}-extra-${++this.made}`;
  }

  fresh() {
    return ++this.made;
  }

  names() {
    return [...this.tables, this.settings].map(({name}) => name);
  }

  items(table) {
    const random = new Random(this.tables.indexOf(table) + 1);
    const items = new Map();
    for (let i = 0; i < ITEMS; ++i) {
      const item = itemOf(random, table);
      items.set(JSON.stringify(keyIn(table, item)), item);
    }
    return [...items.values()];
  }
}

const FINAL = new Set(['ACTIVE', undefined]);
const settled = ({TableStatus, GlobalSecondaryIndexes = [], Replicas = []}) =>
  FINAL.has(TableStatus) && [...GlobalSecondaryIndexes, ...Replicas].every(({IndexStatus, ReplicaStatus}) => FINAL.has(IndexStatus ?? ReplicaStatus));

// Resolves to the description when nothing changes any more; to undefined when there is no such table.
export async function waitFor(side, TableName, {seconds = 900} = {}) {
  for (const end = Date.now() + seconds * 1000; ; await setTimeout(side.local ? 5 : 1500)) {
    const {status, json} = await side.send('DescribeTable', {TableName});
    if (status !== 200) return undefined;
    if (settled(json.Table)) return json.Table;
    if (Date.now() > end) throw new Error(`${side.url}: ${TableName} does not come to rest: ${JSON.stringify(json.Table)}`);
  }
}

export async function makeTable(side, {name, definition}) {
  const answer = await side.send('CreateTable', {TableName: name, ...definition});
  if (answer.status === 200) await waitFor(side, name);
  return answer;
}

export async function dropTable(side, name) {
  if (!(await waitFor(side, name))) return;
  await side.send('UpdateTable', {TableName: name, DeletionProtectionEnabled: false});
  await waitFor(side, name);
  await side.send('DeleteTable', {TableName: name});
  await waitGone(side, name);
}

export async function waitGone(side, TableName) {
  while ((await side.send('DescribeTable', {TableName})).status === 200) await setTimeout(side.local ? 5 : 1500);
}

// All items, by the text of their keys. A side that fails to scan has none.
export async function itemsOf(side, table, more = {}) {
  const items = new Map();
  const body = {TableName: table.name, ...(more.IndexName ? {} : {ConsistentRead: true}), ...more};
  for (;;) {
    const {status, json} = await side.send('Scan', body);
    if (status !== 200) return items;
    for (const item of json.Items) items.set(JSON.stringify(keyIn(table, item)), item);
    if (!json.LastEvaluatedKey) return items;
    body.ExclusiveStartKey = json.LastEvaluatedKey;
  }
}

export async function reset(side, world) {
  for (const table of world.tables) {
    for (const item of (await itemsOf(side, table)).values()) await side.send('DeleteItem', {TableName: table.name, Key: keyIn(table, item)});
    for (const Item of world.items(table)) await side.send('PutItem', {TableName: table.name, Item});
  }
}

// Gives the right side the items of the left one; what it refuses goes on the left side too.
export async function equalise([left, right], table, same) {
  const [ours, theirs] = [await itemsOf(left, table), await itemsOf(right, table)];
  for (const [key, item] of theirs) if (!ours.has(key)) await right.send('DeleteItem', {TableName: table.name, Key: keyIn(table, item)});
  for (const [key, item] of ours) {
    if (theirs.has(key) && same(item, theirs.get(key))) continue;
    const {status} = await right.send('PutItem', {TableName: table.name, Item: item});
    if (status === 200 && same(item, (await right.send('GetItem', {TableName: table.name, Key: keyIn(table, item), ConsistentRead: true})).json?.Item)) continue;
    for (const side of [left, right]) await side.send('DeleteItem', {TableName: table.name, Key: keyIn(table, item)});
  }
}

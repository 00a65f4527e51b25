// Sends the same requests to two sides and gathers where their answers, and then their states, differ.
import {setTimeout} from 'node:timers/promises';
import {Classes} from './classes.mjs';
import {difference, plain, same} from './compare.mjs';
import {requestOf} from './generate/requests.mjs';
import {shrink} from './shrink.mjs';
import {World, dropTable, equalise, itemsOf, keyIn, makeTable, reset, waitFor, waitGone} from './world.mjs';

const WRITES = new Set([
  'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems', 'ExecuteStatement', 'BatchExecuteStatement', 'ExecuteTransaction', 'CreateTable', 'DeleteTable', 'UpdateTable',
  'UpdateTimeToLive', 'UpdateContinuousBackups', 'TagResource', 'UntagResource',
]);
const ROUND = 250;
const PAGES = 60;
const MOST_REMADE = 1000; // tables
const DESCRIPTIONS = {
  UpdateTable: ['DescribeTable', ({name}) => ({TableName: name})],
  UpdateTimeToLive: ['DescribeTimeToLive', ({name}) => ({TableName: name})],
  UpdateContinuousBackups: ['DescribeContinuousBackups', ({name}) => ({TableName: name})],
  TagResource: ['ListTagsOfResource', () => ({ResourceArn: '{ARN}'})],
  UntagResource: ['ListTagsOfResource', () => ({ResourceArn: '{ARN}'})],
};

const multiset = (items) => items.map((item) => JSON.stringify(plain(item))).sort();

export class Differential {
  // `left`, `right`: sides. `operations`: names, or nothing for all. `shapes`: wrong types and missing members too. `patience`: milliseconds after which a read that differs is
  // asked again, for services whose indexes come later.
  constructor(left, right, {seed = 1, prefix = `differential-${Date.now().toString(36)}`, operations: wanted, shapes = true, settled = [], patience = 0, log = () => {}} = {}) {
    Object.assign(this, {seed, chosen: {wanted, shapes}, patience, log});
    this.sides = [left, right];
    this.world = new World(prefix);
    this.classes = new Classes(settled);
    this.requests = 0;
    this.remade = 0;
  }

  both(make) {
    return Promise.all(this.sides.map(make));
  }

  async run(requests) {
    try {
      await this.begin();
      for (let i = 0; i < requests; ++i) {
        if (i % ROUND === 0) await this.beginRound();
        await this.one(requestOf(this.seed + i, this.world, this.chosen));
        if ((i + 1) % ROUND === 0) await this.compareTables();
        if ((i + 1) % 10_000 === 0) this.log(`${i + 1} requests, ${this.classes.fresh.length} new classes`);
      }
    } finally {
      await Promise.allSettled(this.sides.map((side) => this.end(side)));
    }
    return this.classes;
  }

  // -- State ---------------------------------------------------------------------------------------------------

  async begin() {
    const {world} = this;
    for (const table of [...world.tables]) {
      const answers = await this.both((side) => makeTable(side, table));
      this.note({operation: 'CreateTable', body: {TableName: table.name, ...table.definition}, seed: 'start'}, answers);
      if (answers.every(({status}) => status === 200)) continue;
      if (answers.every(({status}) => status === 400)) throw new Error(`no table ${table.name}: ${answers[0].text}`);
      world.tables.splice(world.tables.indexOf(table), 1);
      await this.both((side) => dropTable(side, table.name));
    }
    await this.remakeSettings();
    await this.both((side) => reset(side, world));
    const [ours, theirs] = await this.both(async (side) => [...(await itemsOf(side, world.tables[0])).keys()]);
    this.sameOrder = JSON.stringify(ours) === JSON.stringify(theirs);
    this.log(this.sameOrder ? 'both sides scan in the same order' : 'the sides scan in different orders: what a page of a Scan holds is not compared');
  }

  async remakeSettings() {
    const {settings} = this.world;
    await this.both(async (side) => {
      await dropTable(side, settings.name);
      await makeTable(side, settings);
      side.words.ARN = (await waitFor(side, settings.name))?.TableArn ?? '{ARN}';
    });
  }

  async beginRound() {
    const {world} = this;
    await this.both((side) => reset(side, world));
    for (const table of world.tables) await this.equalise(table);
    if (this.settingsDirty) await this.remakeSettings();
    this.settingsDirty = false;
    this.streamDirty = false;
    if (world.streamed) await this.both((side) => openStream(side, world.streamed.name));
  }

  async equalise(table) {
    this.streamDirty ||= table === this.world.streamed;
    await equalise(this.sides, table, same);
    const [ours, theirs] = await this.both(async (side) => multiset([...(await itemsOf(side, table)).values()]));
    if (same(ours, theirs)) return;
    // What a side keeps without being able to delete it.
    if (++this.remade > MOST_REMADE) throw new Error(`${table.name} cannot be kept equal on both sides`);
    await this.both(async (side) => {
      await dropTable(side, table.name);
      await makeTable(side, table);
    });
    this.log(`made ${table.name} anew: its items could not be made equal`);
  }

  async end(side) {
    for (const name of this.world.names()) await dropTable(side, name).catch(() => {});
    side.close();
  }

  // -- One request ---------------------------------------------------------------------------------------------

  async ask(request) {
    const {operation, body, text} = request;
    const sent = text ?? JSON.stringify(body) ?? '';
    let answers = await this.both((side) => this.whole(side, operation, body, sent));
    for (let tries = 3; this.patience && tries > 0 && !WRITES.has(operation) && this.differ(request, answers); --tries) {
      await setTimeout(this.patience);
      answers = await this.both((side) => this.whole(side, operation, body, sent));
    }
    return answers;
  }

  // The answer with the pages that follow it, where there are any.
  async whole(side, operation, body, text) {
    const first = await side.send(operation, text);
    const token = TOKENS[operation];
    if (!token || first.status !== 200) return first;
    const pages = [first.json];
    while (token.of(pages.at(-1)) !== undefined && pages.length < PAGES) {
      const next = await side.send(operation, {...body, [token.member]: token.of(pages.at(-1))});
      if (next.status !== 200) return next;
      pages.push(next.json);
    }
    const json = token.gather(pages, this);
    return pages.length > 1 ? {...first, json, text: JSON.stringify(json)} : {...first, json};
  }

  differ(request, [left, right]) {
    const {operation} = request;
    const view = VIEWS[operation];
    const shown = (answer) => (view && answer.status === 200 ? {...answer, json: view(answer.json, this, request)} : answer);
    return difference(shown(left), shown(right), this.world.names());
  }

  // Adds the difference between two answers, if there is one, to the classes; `operation` may say more than the request.
  note(request, answers, operation = request.operation) {
    const found = this.differ(request, answers);
    if (!found) return undefined;
    const text = request.text ?? JSON.stringify(request.body) ?? '';
    if (wasJudged(found)) found.left += judgedBy(text);
    const [left, right] = answers.map((answer) => `${answer.status} ${answer.text ?? JSON.stringify(answer.json)}`);
    const example = {seed: request.seed, request: text, size: text.length, left, right};
    return {...found, operation, fresh: this.classes.add({...found, operation}, example)};
  }

  async one(request) {
    this.requests += 1;
    const answers = await this.ask(request);
    const found = this.note(request, answers);
    const [left, right] = answers.map(({status}) => status === 200);
    if (WRITES.has(request.operation) && (left || right)) await this.follow(request, left && right, found);
    else if (found?.fresh && request.text === undefined) await this.shrink(request, found);
  }

  // Only refusals and reads are asked again in smaller forms, since they leave everything as it was.
  async shrink(request, found) {
    const key = (one) => one && JSON.stringify([one.kind, one.left, one.right]);
    await shrink(request.body, async (body) => {
      const smaller = {...request, body};
      const answers = await this.ask(smaller);
      if (WRITES.has(request.operation) && answers.some(({status}) => status === 200)) {
        await this.follow(smaller, false);
        return false;
      }
      if (key(this.differ(smaller, answers)) !== key(found)) return false;
      this.note(smaller, answers);
      found.fresh.count -= 1;
      return true;
    });
  }

  // -- After writes --------------------------------------------------------------------------------------------

  async follow(request, both, found) {
    const {operation, body, tables} = request;
    if (operation === 'CreateTable') return this.dropMade(request, body.TableName, both);
    if (operation === 'DeleteTable') return undefined;
    if (request.settings) return this.followSettings(request, both);
    if (operation === 'ExecuteStatement' && !/^\W*(INSERT|UPDATE|DELETE|FROM)/i.test(body?.Statement ?? '')) return undefined;
    for (const table of tables) {
      if (both && !(await this.compareItems(request, table, found))) continue;
      await this.equalise(table);
    }
    return undefined;
  }

  // True when the items of a table differ after the request. That is a class of its own only where the replies agreed.
  async compareItems(request, table, found) {
    const Key = ['PutItem', 'UpdateItem', 'DeleteItem'].includes(request.operation) ? keyIn(table, request.body.Key ?? request.body.Item ?? {}) : undefined;
    const answers = await this.both(async (side) => {
      if (Key) return side.send('GetItem', {TableName: table.name, Key, ConsistentRead: true});
      return {status: 200, json: {Items: multiset([...(await itemsOf(side, table)).values()]).map((item) => JSON.parse(item))}};
    });
    const [left, right] = answers;
    if (same(left.json, right.json)) return false;
    if (!found || found.kind === 'headers') this.note({...request, operation: 'GetItem'}, [left, right], `state after ${request.operation}`);
    return true;
  }

  async dropMade(request, name, both) {
    if (typeof name !== 'string' || this.world.names().includes(name)) return;
    const answers = await this.both((side) => waitFor(side, name));
    if (both && answers.every(Boolean)) {
      this.note({...request, operation: 'DescribeTable'}, answers.map((json) => ({status: 200, json})), 'state after CreateTable');
      const deleted = await this.both(async (side) => {
        await side.send('UpdateTable', {TableName: name, DeletionProtectionEnabled: false});
        await waitFor(side, name);
        return side.send('DeleteTable', {TableName: name});
      });
      this.note({operation: 'DeleteTable', body: {TableName: name}, seed: request.seed}, deleted);
      await this.both((side) => waitGone(side, name));
    }
    await this.both((side) => dropTable(side, name));
  }

  async followSettings(request, both) {
    const {settings} = this.world;
    await this.both((side) => waitFor(side, settings.name));
    if (!both) {
      this.settingsDirty = true;
      return this.remakeSettings();
    }
    const [operation, bodyOf] = DESCRIPTIONS[request.operation];
    const answers = await this.both((side) => side.send(operation, bodyOf(settings)));
    if (this.note({...request, operation}, answers, `state after ${request.operation}`)) await this.remakeSettings();
    return undefined;
  }

  async compareTables() {
    for (const table of this.world.tables) {
      for (const index of [undefined, ...table.indexes]) {
        const request = {operation: 'Scan', body: {TableName: table.name, ...(index ? {IndexName: index.name} : {})}, seed: 'round'};
        this.note(request, await this.ask(request), index ? 'index after a round' : 'table after a round');
      }
    }
  }
}

// Takes the iterator that GetRecords gets in this round, and the names that other requests use.
async function openStream(side, TableName) {
  const {json: listed} = await side.send('ListStreams', {TableName});
  const StreamArn = listed?.Streams?.at(-1)?.StreamArn;
  if (!StreamArn) return;
  const {json: described} = await side.send('DescribeStream', {StreamArn});
  const shard = described?.StreamDescription?.Shards?.at(-1);
  if (!shard) return;
  const {json} = await side.send('GetShardIterator', {StreamArn, ShardId: shard.ShardId, ShardIteratorType: 'LATEST'});
  Object.assign(side.words, {STREAM: StreamArn, SHARD: shard.ShardId, SEQUENCE: shard.SequenceNumberRange.StartingSequenceNumber, ITERATOR: json?.ShardIterator ?? '{ITERATOR}'});
}

// -- What a condition was made of, where it came out differently --------------------------------------------------------

const OUTCOME = /^accepted$|ConditionalCheckFailed/;
const FAILED = /^\d+ ConditionalCheckFailedException/;
const wasJudged = ({kind, left, right}) => (kind === 'reply' ? /Count differs|Items number of elements|ConditionalCheckFailed/.test(left) : OUTCOME.test(left) && OUTCOME.test(right) && !(FAILED.test(left) && FAILED.test(right)));
const WORDS = /\b(?:AND|OR|NOT|BETWEEN|IN|IS|attribute_exists|attribute_not_exists|attribute_type|begins_with|contains|size)\b|<>|<=|>=|[=<>]/gi;

function judgedBy(text) {
  const expressions = [...text.matchAll(/"(?:ConditionExpression|FilterExpression|Statement)":"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1].replace(/^.*?\bWHERE\b/i, ''));
  const operators = [...text.matchAll(/"ComparisonOperator":"([A-Z_]+)"/g)].map((match) => match[1]);
  const words = [...expressions.flatMap((one) => one.match(WORDS) ?? []), ...operators].map((word) => word.toUpperCase());
  return words.length ? `; condition of ${[...new Set(words)].sort().join(' ')}` : '';
}

// -- Pages: how an operation says that there is more, and what the pages are together ----------------------------------

const joined = (pages, member) => pages.flatMap((page) => page[member] ?? []);
const total = (pages, member) => pages.reduce((sum, page) => sum + (page[member] ?? 0), 0);

// The first page with what all of them hold; `pages` keeps their sizes.
function gathered(pages, member) {
  const [first] = pages;
  if (pages.length === 1) return first;
  const made = {...first, ...(member in first ? {[member]: joined(pages, member)} : {}), pages: pages.map((page) => page[member]?.length ?? 0)};
  for (const count of ['Count', 'ScannedCount']) if (count in first) made[count] = total(pages, count);
  delete made.LastEvaluatedKey;
  delete made.ConsumedCapacity;
  return made;
}

const TOKENS = {
  Query: {member: 'ExclusiveStartKey', of: (page) => page.LastEvaluatedKey, gather: (pages) => gathered(pages, 'Items')},
  Scan: {member: 'ExclusiveStartKey', of: (page) => page.LastEvaluatedKey, gather: (pages) => gathered(pages, 'Items')},
  ExecuteStatement: {member: 'NextToken', of: (page) => page.NextToken, gather: (pages) => gathered(pages, 'Items')},
  ListTables: {member: 'ExclusiveStartTableName', of: (page) => page.LastEvaluatedTableName, gather: (pages) => ({TableNames: joined(pages, 'TableNames')})},
  ListStreams: {member: 'ExclusiveStartStreamArn', of: (page) => page.LastEvaluatedStreamArn, gather: (pages) => ({Streams: joined(pages, 'Streams')})},
};

// -- What of an accepted answer is compared ------------------------------------------------------------------------------

const sortedItems = ({Items, ...rest}) => ({...rest, ...(Items ? {Items: multiset(Items).map((item) => JSON.parse(item))} : {})});

// Which items a part of a Scan holds depends on the order of the hashes.
function scanned(json, {sameOrder}, {body, operation}) {
  if (sameOrder || !json.Items) return json;
  const part = body?.ExclusiveStartKey || body?.TotalSegments !== undefined || (operation === 'ExecuteStatement' && body?.Limit);
  if (part) return {members: Object.keys(json).filter((name) => !['LastEvaluatedKey', 'NextToken'].includes(name)).sort()};
  const {pages, LastEvaluatedKey, ConsumedCapacity, NextToken, ...rest} = sortedItems(json);
  return body?.Limit ? rest : {...rest, ...(ConsumedCapacity ? {ConsumedCapacity} : {})};
}

// Entries with equal index keys follow each other in an order that only the service knows.
function queried(json, run, request) {
  if (run.sameOrder || !request.index) return json;
  return scanned(json, run, request);
}

const VIEWS = {
  Scan: scanned,
  Query: queried,
  ExecuteStatement: scanned,
  ListTables: ({TableNames = [], ...rest}, {world}) => ({...rest, TableNames: TableNames.filter((name) => world.names().includes(name))}),
  ListStreams: ({Streams = [], ...rest}, {world}) => ({...rest, Streams: Streams.filter(({TableName}) => world.names().includes(TableName))}),
  BatchGetItem: ({Responses = {}, ...rest}) => ({...rest, Responses: Object.fromEntries(Object.entries(Responses).map(([name, items]) => [name, multiset(items)]))}),
  GetRecords: (json, {streamDirty}) => (streamDirty ? Object.keys(json).sort() : json),
};

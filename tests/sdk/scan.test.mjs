// Scan: segments, pages, filters.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {BatchWriteItemCommand, ScanCommand, paginateScan} from '@aws-sdk/client-dynamodb';
import {N, S, connect, createTable, fails, index, keys} from './client.mjs';

const COUNT = 500;
let db, close;
before(async () => {
  ({db, close} = await connect());
  await createTable(db, 'Scanned', keys('pk:S', 'sk:N'), {gsis: [index('byGroup', 'group:S', '', 'KEYS_ONLY')]});
  const puts = Array.from({length: COUNT}, (_, i) => ({
    PutRequest: {Item: {pk: S(`p${i % 97}`), sk: N(i), group: S(`g${i % 3}`), odd: {BOOL: i % 2 === 1}}},
  }));
  for (let at = 0; at < COUNT; at += 25) {
    await db.send(new BatchWriteItemCommand({RequestItems: {Scanned: puts.slice(at, at + 25)}}));
  }
});
after(() => close());

async function scanAll(input, pageSize) {
  const items = [];
  for await (const page of paginateScan({client: db, pageSize}, {TableName: 'Scanned', ...input})) {
    items.push(...page.Items);
  }
  return items;
}
const ids = (items) => items.map((item) => Number(item.sk.N)).sort((a, b) => a - b);
const everything = Array.from({length: COUNT}, (_, i) => i);

describe('everything is found once', () => {
  for (const pageSize of [undefined, 1, 7, 100]) {
    test(`in pages of ${pageSize ?? '1 MiB'}`, async () => assert.deepEqual(ids(await scanAll({}, pageSize)), everything));
  }
  for (const TotalSegments of [1, 2, 3, 16, 200]) {
    test(`by ${TotalSegments} segments`, async () => {
      const found = [];
      const step = 50;
      for (let at = 0; at < TotalSegments; at += step) {
        const segments = Array.from({length: Math.min(step, TotalSegments - at)}, (_, i) => at + i);
        const parts = await Promise.all(segments.map((Segment) => scanAll({Segment, TotalSegments}, 40)));
        found.push(...parts.flat());
      }
      assert.deepEqual(ids(found), everything);
    });
  }
  test('on an index', async () => {
    const items = await scanAll({IndexName: 'byGroup'}, 33);
    assert.deepEqual(ids(items), everything);
    assert.deepEqual(Object.keys(items[0]).sort(), ['group', 'pk', 'sk']);
  });
  test('on an index, by segments', async () => {
    const parts = await Promise.all(
      [0, 1, 2, 3].map((Segment) => scanAll({IndexName: 'byGroup', Segment, TotalSegments: 4}, 33)),
    );
    assert.deepEqual(ids(parts.flat()), everything);
  });
});

test('the order is the same each time, and items of one partition stand together in sort order', async () => {
  const first = await scanAll({});
  const second = await scanAll({}, 11);
  assert.deepEqual(second, first);
  const seen = new Set();
  let last;
  for (const item of first) {
    if (last && item.pk.S === last.pk.S) {
      assert.ok(Number(item.sk.N) > Number(last.sk.N));
    } else {
      assert.ok(!seen.has(item.pk.S));
      seen.add(item.pk.S);
    }
    last = item;
  }
});

test('partitions come in the order of the service’s hash', async () => {
  await createTable(db, 'Order', keys('pk:S'));
  for (const pk of ['a', 'b', 'abc', 'hello']) {
    await db.send(new BatchWriteItemCommand({RequestItems: {Order: [{PutRequest: {Item: {pk: S(pk)}}}]}}));
  }
  const {Items} = await db.send(new ScanCommand({TableName: 'Order'}));
  // md5("Outliers" + key) begins with 12db4f (abc), 6521ac (b), 8f051e (hello), f6558e (a).
  assert.deepEqual(Items.map((item) => item.pk.S), ['abc', 'b', 'hello', 'a']);
});

test('filter, count and projection', async () => {
  const answer = await db.send(
    new ScanCommand({
      TableName: 'Scanned',
      FilterExpression: 'odd = :t AND sk < :n',
      ExpressionAttributeValues: {':t': {BOOL: true}, ':n': N(100)},
      ProjectionExpression: 'sk',
    }),
  );
  assert.deepEqual([answer.Count, answer.ScannedCount], [50, COUNT]);
  assert.deepEqual(Object.keys(answer.Items[0]), ['sk']);
  const counted = await db.send(new ScanCommand({TableName: 'Scanned', Select: 'COUNT'}));
  assert.deepEqual([counted.Count, counted.Items], [COUNT, undefined]);
});

describe('refused', () => {
  const cases = [
    [
      {Segment: 0},
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    ],
    [
      {TotalSegments: 2},
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    ],
    [
      {Segment: 4, TotalSegments: 4},
      'The Segment parameter is zero-based and must be less than parameter TotalSegments',
    ],
    [
      {Limit: 0},
      "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      {IndexName: 'byGroup', ConsistentRead: true},
      'Consistent reads are not supported on global secondary indexes',
    ],
  ];
  for (const [input, message] of cases) {
    test(JSON.stringify(input), () =>
      fails(db.send(new ScanCommand({TableName: 'Scanned', ...input})), 'ValidationException', message));
  }
});

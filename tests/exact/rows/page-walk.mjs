// Page by page the same entries come in the same order as in one page, whatever the page size, index and direction.
import assert from 'node:assert/strict';
import {KEYS_ONLY, define, n, s} from '../definitions.mjs';

const COUNT = 24;
const tables = {
  T: define('pk:S|sk:N', {
    local: {Local: ['pk:S|l:N', KEYS_ONLY]},
    global: {Global: 'g:S|h:N', Multi: ['g:S l:N|h:N sk:N', KEYS_ONLY]},
  }),
};
// Many entries share their index keys, some are not in an index.
const items = Array.from({length: COUNT}, (_, i) => ({
  pk: s(i % 3 ? 'a' : 'b'),
  sk: n(((i * 7) % COUNT) - 12),
  l: n(i % 2),
  g: s(i % 5 ? 'g' : 'other'),
  ...(i % 7 ? {h: n(((i * 5) % 4) - 2)} : {}),
}));
const partition = (name, value) => ({KeyConditionExpression: `${name} = :v`, ExpressionAttributeValues: {':v': value}});
const both = {KeyConditionExpression: 'g = :v AND l = :l', ExpressionAttributeValues: {':v': s('g'), ':l': n(1)}};
const reads = [
  ['Scan', {}],
  ['Scan', {IndexName: 'Global'}],
  ['Scan', {IndexName: 'Local'}],
  ['Scan', {IndexName: 'Multi'}],
  ['Query', partition('pk', s('a'))],
  ['Query', {...partition('pk', s('a')), IndexName: 'Local'}],
  ['Query', {...partition('g', s('g')), IndexName: 'Global'}],
  ['Query', {...both, IndexName: 'Multi'}],
];
const name = ([op, members], direction) =>
  `${op} of ${members.IndexName ?? 'the table'}${direction ? '' : ', backwards'}`;
const ids = (reply) => reply.json.Items.map(({pk, sk}) => `${pk.S}/${sk.N}`);

function walk([op, members], forward, Limit) {
  let whole, seen, key;
  const base = {TableName: '{T}', ...members, ...(op === 'Query' ? {ScanIndexForward: forward} : {})};
  return [
    [
      op,
      base,
      (reply) => {
        whole = ids(reply);
        seen = [];
        key = undefined;
        assert.ok(whole.length > 3 && new Set(whole).size === whole.length, `${whole}`);
        assert.equal(reply.json.LastEvaluatedKey, undefined);
      },
    ],
    ...Array.from({length: Math.ceil((COUNT + 1) / Limit) + 1}, () => [
      op,
      () => ({...base, Limit, ExclusiveStartKey: key}),
      (reply) => {
        if (whole.length === seen.length && !key) return;
        seen.push(...ids(reply));
        key = reply.json.LastEvaluatedKey;
        if (!key) assert.deepEqual(seen, whole);
      },
    ]),
    [op, base, () => assert.deepEqual(seen, whole)],
  ];
}

export default [
  ...reads.flatMap((read) =>
    (read[0] === 'Scan' ? [true] : [true, false]).map((forward) => ({
      name: name(read, forward),
      proves: [
        'query-scan.md 4: | no LastEvaluatedKey',
        'query-scan.md 3: ESK / LastEvaluatedKey content',
        'query-scan.md 5: - Query: by sort key',
      ],
      tables,
      steps: [
        [
          'BatchWriteItem',
          {RequestItems: {'{T}': items.map((Item) => ({PutRequest: {Item}}))}},
          {body: {UnprocessedItems: {}}},
        ],
        ...[1, 2, 5].flatMap((limit) => walk(read, forward, limit)),
      ],
    })),
  ),
  ...['Global', 'Local'].map((IndexName) => ({
    name: `parallel Scan of ${IndexName}: every entry in one segment`,
    proves: ['query-scan.md 5: - Parallel scan'],
    tables,
    steps: (() => {
      let whole;
      const parts = [];
      return [
        ['BatchWriteItem', {RequestItems: {'{T}': items.map((Item) => ({PutRequest: {Item}}))}}],
        ['Scan', {TableName: '{T}', IndexName}, (reply) => (whole = ids(reply))],
        ...Array.from({length: 5}, (_, Segment) => [
          'Scan',
          {TableName: '{T}', IndexName, Segment, TotalSegments: 5},
          (reply) => parts.push(...ids(reply)),
        ]),
        ['Scan', {TableName: '{T}', IndexName}, () => assert.deepEqual(parts, whole)],
      ];
    })(),
  })),
];

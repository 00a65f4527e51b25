// Scan: items by the hash of their partition key, parallel segments as hash ranges, entries of an index.
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {KEYS_ONLY, b, define, n, put, s} from '../definitions.mjs';

const section = (statement) => `query-scan.md 5: ${statement}`;
const order = section('- Scan, real order');
const scan = (members, expect) => ['Scan', {TableName: '{T}', ...members}, expect];
const column =
  (...names) =>
  (reply) =>
    reply.json.Items.map((item) => names.map((name) => Object.values(item[name])[0]).join('/'));

// A number as the service hashes it; `digits` without leading and trailing zeros, `exponent` of the first one plus 1.
function numberBytes(negative, digits, exponent) {
  if (digits === '') return Buffer.from([0x80]);
  let padded = (exponent % 2 ? '0' : '') + digits;
  if (padded.length % 2) padded += '0';
  const first = (Math.floor((exponent + Math.abs(exponent % 2)) / 2) - 64) & 0xff;
  const pairs = padded.match(/../g).map(Number);
  const bytes = negative
    ? [~first & 0xff, ...pairs.map((pair) => 101 - pair)]
    : [first, ...pairs.map((pair) => pair + 1)];
  if (negative && pairs.length < 20) bytes.push(102);
  return Buffer.from(bytes);
}
const hash = (bytes) =>
  createHash('md5')
    .update(Buffer.concat([Buffer.from('Outliers'), bytes]))
    .digest('hex');
const byHash = (list, bytes) => list.toSorted((a, c) => (hash(bytes(a)) < hash(bytes(c)) ? -1 : 1));

const words = ['a', 'b', 'abc', 'hello', ''.padEnd(2048, 'k'), 'é', '€', '😀', 'A', '0'];
const numbers = [
  ['0', '80', 'ce212d'],
  ['1', 'c102', 'c3a031'],
  ['10', 'c10b', '3c465f'],
  ['123', 'c20218', '574207'],
  ['0.5', 'c033', 'b4a0a7'],
  ['100', 'c202', '6840bd'],
  ['-1', '3e6466', '0267df'],
  ['-123.45', '3d644e3866', 'ac6232'],
];

const bucketsOf = (s0, total) => [Math.ceil((4096 * s0) / total), Math.ceil((4096 * (s0 + 1)) / total) - 1];
const many = Array.from({length: 300}, (_, i) => `key-${i}`);
const fill = (list, item) =>
  Array.from({length: Math.ceil(list.length / 25)}, (_, i) => [
    'BatchWriteItem',
    {RequestItems: {'{T}': list.slice(25 * i, 25 * i + 25).map((one) => ({PutRequest: {Item: item(one)}}))}},
  ]);

export default [
  {
    name: 'strings',
    proves: [order, section('| S | UTF-8 |'), section('Check values')],
    tables: {T: define('pk:S')},
    steps: [
      ...words.map((word) => put('{T}', {pk: s(word)})),
      scan({}, (reply) => {
        assert.deepEqual(column('pk')(reply), byHash(words, Buffer.from));
        const known = column('pk')(reply).filter((word) => ['a', 'b', 'abc', 'hello'].includes(word));
        assert.deepEqual(known, ['abc', 'b', 'hello', 'a']);
      }),
    ],
  },
  {
    name: 'binary',
    proves: [section('| B | raw |')],
    tables: {T: define('pk:B')},
    steps: [
      ...[[0], [255], [0, 0], [97], [1, 2, 3]].map((bytes) => put('{T}', {pk: b(bytes)})),
      scan({}, (reply) => {
        const list = [[0], [255], [0, 0], [97], [1, 2, 3]].map((bytes) => Buffer.from(bytes).toString('base64'));
        assert.deepEqual(
          column('pk')(reply),
          byHash(list, (text) => Buffer.from(text, 'base64')),
        );
      }),
    ],
  },
  {
    name: 'numbers',
    proves: [section('| N | Oracle-NUMBER-like'), section('Check values')],
    tables: {T: define('pk:N')},
    steps: [
      ...numbers.map(([number]) => put('{T}', {pk: n(number)})),
      scan({}, (reply) => {
        for (const [, bytes, start] of numbers) assert.ok(hash(Buffer.from(bytes, 'hex')).startsWith(start));
        assert.deepEqual(column('pk')(reply), ['-1', '10', '123', '100', '-123.45', '0.5', '1', '0']);
      }),
    ],
  },
  {
    name: 'numbers at both ends of the range',
    proves: [section('| N | Oracle-NUMBER-like')],
    tables: {T: define('pk:N')},
    steps: [
      ...['1e125', '1e-130', '-1e125', '-1e-130', '9'.repeat(38), `-${'9'.repeat(38)}`, '12e10', '0.00123'].map(
        (number) => put('{T}', {pk: n(number)}),
      ),
      scan({}, (reply) => {
        const list = [
          ['1' + '0'.repeat(125), false, '1', 126],
          ['0.' + '0'.repeat(129) + '1', false, '1', -129],
          ['-1' + '0'.repeat(125), true, '1', 126],
          ['-0.' + '0'.repeat(129) + '1', true, '1', -129],
          ['9'.repeat(38), false, '9'.repeat(38), 38],
          [`-${'9'.repeat(38)}`, true, '9'.repeat(38), 38],
          ['120000000000', false, '12', 12],
          ['0.00123', false, '123', -2],
        ];
        const expected = byHash(list, ([, negative, digits, exponent]) => numberBytes(negative, digits, exponent));
        assert.deepEqual(
          column('pk')(reply),
          expected.map(([text]) => text),
        );
      }),
    ],
  },
  {
    name: 'inside a partition by the sort key',
    proves: [order],
    tables: {T: define('pk:S|sk:N')},
    steps: [
      ...['a', 'b'].flatMap((pk) => ['-5', '10', '9', '0'].map((sk) => put('{T}', {pk: s(pk), sk: n(sk)}))),
      scan({}, (reply) =>
        assert.deepEqual(column('pk', 'sk')(reply), ['b/-5', 'b/0', 'b/9', 'b/10', 'a/-5', 'a/0', 'a/9', 'a/10']),
      ),
    ],
  },
  {
    name: 'page by page, the same order',
    proves: [order],
    tables: {T: define('pk:S')},
    steps: [
      ...['a', 'b', 'abc', 'hello'].map((word) => put('{T}', {pk: s(word)})),
      scan(
        {Limit: 2},
        {body: {Items: [{pk: s('abc')}, {pk: s('b')}], Count: 2, ScannedCount: 2, LastEvaluatedKey: {pk: s('b')}}},
      ),
      scan(
        {Limit: 2, ExclusiveStartKey: {pk: s('b')}},
        {body: {Items: [{pk: s('hello')}, {pk: s('a')}], Count: 2, ScannedCount: 2, LastEvaluatedKey: {pk: s('a')}}},
      ),
      scan({ExclusiveStartKey: {pk: s('a')}}, {body: {Items: [], Count: 0, ScannedCount: 0}}),
    ],
  },
  ...[3, 4, 7].map((total) => ({
    name: `parallel scan in ${total} segments`,
    proves: [section('- Parallel scan')],
    tables: {T: define('pk:S')},
    steps: [
      ...fill(many, (word) => ({pk: s(word)})),
      ...Array.from({length: total}, (_, segment) =>
        scan({Segment: segment, TotalSegments: total}, (reply) => {
          const [from, to] = bucketsOf(segment, total);
          const expected = byHash(many, Buffer.from).filter((word) => {
            const bucket = parseInt(hash(Buffer.from(word)).slice(0, 3), 16);
            return bucket >= from && bucket <= to;
          });
          assert.deepEqual(column('pk')(reply), expected);
        }),
      ),
    ],
  })),
  {
    name: 'a global index: its hash, its sort key, then the table key',
    proves: [section('- Index scan (DL)'), section('- Query: by sort key')],
    tables: {T: define('pk:S|sk:S', {global: {Index: ['g:S|h:N', KEYS_ONLY]}})},
    steps: [
      ...['a', 'b', 'abc'].flatMap((g) =>
        [2, 10, -1].flatMap((h) =>
          ['x', 'y', 'z'].map((pk) => put('{T}', {pk: s(`${pk}${g}${h}`), sk: s('k'), g: s(g), h: n(h)})),
        ),
      ),
      scan({IndexName: 'Index'}, (reply) => {
        const expected = ['abc', 'b', 'a'].flatMap((g) =>
          ['-1', '2', '10'].flatMap((h) =>
            byHash(
              ['x', 'y', 'z'].map((pk) => `${pk}${g}${h}`),
              (pk) => Buffer.from(`${pk}k`),
            ).map((pk) => `${g}/${h}/${pk}`),
          ),
        );
        assert.deepEqual(column('g', 'h', 'pk')(reply), expected);
      }),
    ],
  },
  // Most segments are empty then; a bucket is in exactly one.
  ...[4097, 5000, 1000000].map((TotalSegments) => ({
    name: `${TotalSegments} segments: each item in exactly one`,
    proves: ['query-scan.md 4: | parallel Scan |'],
    tables: {T: define('pk:S')},
    steps: [
      ...fill(many, (pk) => ({pk: s(pk)})),
      ...many.slice(0, 40).flatMap((pk) => {
        const bucket = parseInt(hash(Buffer.from(pk)).slice(0, 3), 16);
        const holder = Math.floor((bucket * TotalSegments) / 4096);
        const inside = ([first, last]) => first <= bucket && bucket <= last;
        return [holder - 1, holder, holder + 1]
          .filter((Segment) => Segment >= 0 && Segment < TotalSegments)
          .map((Segment) =>
            scan({Segment, TotalSegments}, (reply) => {
              const found = reply.json.Items.filter((item) => item.pk.S === pk).length;
              assert.equal(found, inside(bucketsOf(Segment, TotalSegments)) ? 1 : 0, `${pk} in ${Segment}`);
            }),
          );
      }),
    ],
  })),
  {
    name: '5000 segments: all of them together have each item once',
    proves: ['query-scan.md 4: | parallel Scan |'],
    tables: {T: define('pk:S')},
    steps: (() => {
      const found = [];
      const list = many.slice(0, 25);
      return [
        ...fill(list, (pk) => ({pk: s(pk)})),
        ...Array.from({length: 5000}, (_, Segment) =>
          scan({Segment, TotalSegments: 5000}, (reply) => found.push(...reply.json.Items.map((item) => item.pk.S))),
        ),
        scan({Limit: 1}, () => assert.deepEqual(found.toSorted(), list.toSorted())),
      ];
    })(),
  },
];

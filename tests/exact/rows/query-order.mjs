// Query: the order of each type of sort key, and what each condition on it finds.
import {b, carry, define, n, put, s} from '../definitions.mjs';

const proves = carry('query-scan.md 5: ');
const condition = (text, values) => ({
  KeyConditionExpression: text ? `pk = :p AND ${text}` : 'pk = :p',
  ExpressionAttributeValues: {':p': s('a'), ...values},
});

// Items with these sort keys, written in another order, come back in this one; then each condition finds what it names.
function row(name, type, sorted, conditions = [], statement = '- Query: by sort key') {
  const items = (keys) => keys.map((sk) => ({pk: s('a'), sk}));
  const found = (keys) => ({body: {Items: items(keys), Count: keys.length, ScannedCount: keys.length}});
  const shuffled = sorted.map((key, i) => [(i * 7 + 3) % (sorted.length + 2), key]).sort(([x], [y]) => x - y);
  return {
    name,
    proves: proves(statement),
    tables: {T: define(`pk:S|sk:${type}`)},
    steps: [
      ...shuffled.map(([, sk]) => put('{T}', {pk: s('a'), sk})),
      ['Query', {TableName: '{T}', ...condition()}, found(sorted)],
      ['Query', {TableName: '{T}', ...condition(), ScanIndexForward: false}, found(sorted.toReversed())],
      ...conditions.map(([text, values, keys]) => [
        'Query',
        {TableName: '{T}', ...condition(text, values)},
        found(keys),
      ]),
    ],
  };
}

const huge = '9'.repeat(38) + '0'.repeat(88);
const plain = (mantissa, zeros) => `${mantissa}${'0'.repeat(zeros)}`;
const tiny = (digits, zeros) => `0.${'0'.repeat(zeros)}${digits}`;
const numbers = [
  `-${huge}`,
  `-${plain(1, 125)}`,
  '-12345678901234567890123456789012345678',
  '-100',
  '-99.5',
  '-10',
  '-9',
  '-1',
  '-0.5',
  '-0.05',
  `-${tiny('9'.repeat(38), 92)}`,
  `-${tiny(1, 129)}`,
  '0',
  tiny(1, 129),
  tiny(12, 128),
  '0.05',
  '0.5',
  '0.51',
  '1',
  '1.0000000000000000000000000000000000001',
  '2',
  '9',
  '10',
  '11',
  '99',
  '100',
  '101',
  '12345678901234567890123456789012345678',
  plain(1, 125),
  huge,
].map(n);
const at = (number) => numbers.findIndex((one) => one.N === number);

const words = [
  '\u0000',
  '\u0000\u0000',
  '\u0001',
  ' ',
  '!',
  '0',
  '10',
  '9',
  'A',
  'B',
  'Z',
  'a',
  'a\u0000',
  'aa',
  'ab',
  'b',
  '\u007f',
  'é',
  'ß',
  'ÿ',
  'Ā',
  '€',
  '\ud7ff',
  '\ue000',
  '\uffff',
  '😀',
  '\u{10ffff}',
]
  .sort((x, y) => Buffer.compare(Buffer.from(x), Buffer.from(y)))
  .map(s);
const word = (text) => words.findIndex((one) => one.S === text);

const bytes = [
  [0],
  [0, 0],
  [0, 1],
  [0, 255],
  [1],
  [127],
  [128],
  [128, 0],
  [200],
  [254, 255],
  [255],
  [255, 0],
  [255, 255],
  [255, 255, 255],
].map(b);

export default [
  row('numbers', 'N', numbers, [
    ['sk = :v', {':v': n('1.0')}, [n(1)]],
    ['sk = :v', {':v': n('0e5')}, [n(0)]],
    ['sk < :v', {':v': n('-10')}, numbers.slice(0, at('-10'))],
    ['sk <= :v', {':v': n('-1e1')}, numbers.slice(0, at('-10') + 1)],
    ['sk > :v', {':v': n('99.99')}, numbers.slice(at('100'))],
    ['sk >= :v', {':v': n('1e125')}, numbers.slice(at(plain(1, 125)))],
    ['sk BETWEEN :v AND :w', {':v': n('-0.05'), ':w': n('0.05')}, numbers.slice(at('-0.05'), at('0.05') + 1)],
    ['sk BETWEEN :v AND :w', {':v': n('-1e-130'), ':w': n('1E-130')}, numbers.slice(at('0') - 1, at('0') + 2)],
  ]),
  row('strings by their UTF-8 bytes', 'S', words, [
    ['sk = :v', {':v': s('a')}, [s('a')]],
    ['sk < :v', {':v': s('a')}, words.slice(0, word('a'))],
    ['sk > :v', {':v': s('a')}, words.slice(word('a') + 1)],
    ['sk >= :v', {':v': s('\uffff')}, words.slice(word('\uffff'))],
    ['sk BETWEEN :v AND :w', {':v': s('a'), ':w': s('aa')}, ['a', 'a\u0000', 'aa'].map(s)],
    ['begins_with(sk, :v)', {':v': s('a')}, ['a', 'a\u0000', 'aa', 'ab'].map(s)],
    ['begins_with(sk, :v)', {':v': s('\u0000')}, ['\u0000', '\u0000\u0000'].map(s)],
    ['begins_with(sk, :v)', {':v': s('😀')}, [s('😀')]],
  ]),
  row('binary by unsigned bytes', 'B', bytes, [
    ['sk < :v', {':v': b([128])}, bytes.slice(0, 6)],
    ['sk > :v', {':v': b([128])}, bytes.slice(7)],
    ['begins_with(sk, :v)', {':v': b([255])}, bytes.slice(10)],
    ['begins_with(sk, :v)', {':v': b([0])}, bytes.slice(0, 4)],
    ['begins_with(sk, :v)', {':v': b([255, 255])}, bytes.slice(12)],
    ['sk BETWEEN :v AND :w', {':v': b([0, 0]), ':w': b([1])}, bytes.slice(1, 5)],
  ]),
  row('keys of full length', 'S', ['x'.repeat(1023), 'x'.repeat(1024), `${'x'.repeat(1023)}y`].map(s), [
    ['sk > :v', {':v': s('x'.repeat(1023))}, ['x'.repeat(1024), `${'x'.repeat(1023)}y`].map(s)],
    ['begins_with(sk, :v)', {':v': s('x'.repeat(1024))}, [s('x'.repeat(1024))]],
  ]),
];

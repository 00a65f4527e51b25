// Attribute values, keys and items. Keys come from small sets, so that requests meet the same items.
import {B, BOOL, BS, L, M, N, NS, NULL, S, SS, nested, text} from '../../exact/values.mjs';

const TEXTS = ['a', 'ab', 'abc', 'b', 'x', 'xy', 'y', 'u', 'é', '\u{1f600}', 'a\0b', ''];
const NUMBERS = ['0', '1', '2', '3', '10', '-1', '-2', '1.5', '0.5', '100', '7'];
const ODD_NUMBERS = [
  '-0', '1.50', '1e2', '-2.5E-1', '0.1e1', '00012', '1e125', '9.9e125', '-1e-130', '12345678901234567890123456789012345678', '+5', '.5', '5.',
  '0e5', '0.000', '1E+3', '123456789012345678901234567890123456780000',
];
const WRONG_NUMBERS = [
  '', ' ', 'abc', '1e126', '-1e126', '1e-131', '123456789012345678901234567890123456789', 'NaN', 'Infinity', '1 ', ' 1', '1,5', '0x10', '1e', 'e1', '--1',
  '1e2147483648', '1e-2147483648', '0e126', '1.2.3', '1_000', '١', '+', '.',
];
const BINARIES = ['AA==', 'AAA=', 'AQ==', '/w==', 'YWI=', ''];

// Values that no request may carry.
const WRONG_VALUES = [
  {}, {S: 'a', N: '1'}, {SS: []}, {NS: []}, {BS: []}, {SS: ['a', 'a']}, {SS: ['b', 'a', 'b']}, {NS: ['1', '1.0']}, {NS: ['1', 'x']}, {BS: ['AA==', 'AA==']},
  {NULL: false}, {SS: ['']}, {M: {'': {S: 'x'}}}, {L: [{}]}, {M: {a: {N: 'x'}}}, {S: null}, {N: null}, {X: 'y'}, {L: null}, {SS: null}, {M: {a: null}},
];
const WRONG_TYPES = [
  {S: 1}, {N: 1}, {N: true}, {BOOL: 'true'}, {BOOL: 1}, {NULL: 'true'}, {NULL: 1}, {B: 'not base64!'}, {B: 'AA='}, {B: 1}, {SS: 'a'}, {SS: [1]}, {SS: {}}, {NS: [1]},
  {L: {}}, {L: [1]}, {M: []}, {M: {a: 'x'}}, {S: ['a']}, {S: {}}, 'a', 1, [], null, true, {BS: ['!']}, {SS: [null]}, {NS: [null]}, {L: [null]},
];

export const string = (random) => S(random.pick(TEXTS));
export const number = (random) => N(random.chance(5) ? random.pick(ODD_NUMBERS) : random.pick(NUMBERS));
export const binary = (random) => ({B: random.pick(BINARIES)});

const SCALARS = {S: string, N: number, B: binary};
// One value for each JSON-like type of the API.
export const scalar = (random, type) => SCALARS[type](random);

export function value(random, depth = 2) {
  const make = random.weighted([
    [4, () => string(random)],
    [4, () => number(random)],
    [1, () => binary(random)],
    [1, () => BOOL(random.chance(2))],
    [1, () => ({...NULL})],
    [1, () => SS(...random.some(['x', 'y', 'z', 'ü', ''], random.between(1, 3)))],
    [1, () => NS(...random.some(['1', '2', '0.5', '-3', '1e2'], random.between(1, 3)))],
    [1, () => BS(...random.some(['a', 'b', '\0'], random.between(1, 2)))],
    [depth > 0 ? 2 : 0, () => L(...random.list(random.below(4), () => value(random, depth - 1)))],
    [depth > 0 ? 2 : 0, () => M(Object.fromEntries(random.some(['k', 'j', 'k k', 'a.b', 'size'], random.below(3)).map((name) => [name, value(random, depth - 1)])))],
  ]);
  return make();
}

export function wrongValue(random) {
  const make = random.weighted([
    [5, () => structuredClone(random.pick(WRONG_VALUES))],
    [3, () => N(random.pick(WRONG_NUMBERS))],
    [1, () => NS('1', random.pick(WRONG_NUMBERS))],
    [1, () => L(S('x'), N(random.pick(WRONG_NUMBERS)))],
    [3, () => structuredClone(random.pick(WRONG_TYPES))],
    [1, () => nested(random.pick([30, 31, 32, 33, 34, 60, 61, 63, 64, 70]), S('x'), random.pick(['M', 'L']))],
  ]);
  return make();
}

// The value of a key attribute; once in a while one that no key may have.
export function keyValue(random, type, {range = false} = {}) {
  if (random.chance(60)) {
    return random.pick([
      S(''), {B: ''}, N('1'), S('a'), {B: 'AA=='}, BOOL(true), NULL, SS('a'), L(), S(range ? 1024 : 2048), S(range ? 1025 : 2049), B(range ? 1025 : 2049), N('x'), {}, N('1e126'),
      wrongValue(random),
    ]);
  }
  if (type === 'S') return S(random.pick(range ? ['a', 'ab', 'abc', 'b', 'b\0'] : ['p1', 'p2', 'p3', 'q']));
  if (type === 'N') return N(random.pick(range ? ['-1', '0', '1', '2', '10', '1.5'] : ['1', '2', '3']));
  return {B: random.pick(range ? ['AA==', 'AQ==', 'AQA=', '/w=='] : ['AA==', 'AQ=='])};
}

export function keyOf(random, table) {
  const key = Object.fromEntries(table.key.map(([name, type], i) => [name, keyValue(random, type, {range: i > 0})]));
  if (random.chance(80)) delete key[random.pick(Object.keys(key))];
  if (random.chance(80)) key[random.pick(['extra', 'x', ''])] = S('e');
  return key;
}

// What items have beside their key, and what expressions are about.
export const ATTRIBUTES = ['g', 'h', 'l', 'n', 'x', 's', 't', 'm', 'v', 'b'];

const MAKERS = {
  g: (random) => (random.chance(30) ? random.pick([S(''), N('1'), NULL, S(2049)]) : S(random.pick(['g1', 'g2', 'g3']))),
  h: (random) => (random.chance(30) ? random.pick([S('a'), NULL]) : N(random.pick(['1', '2', '3', '-1', '0.5']))),
  l: (random) => (random.chance(30) ? random.pick([N('1'), S('')]) : S(random.pick(['l1', 'l2', 'l11']))),
  n: (random) => number(random),
  x: (random) => value(random, 1),
  s: (random) => string(random),
  t: (random) => random.pick([SS('x', 'y'), SS('x'), NS('1', '2'), BS('a')]),
  m: (random) => M({k: value(random, 1), j: N('1'), ...(random.chance(2) ? {d: M({e: L(N('1'), S('f'))})} : {})}),
  v: (random) => L(...random.list(random.below(4), () => value(random, 1))),
  b: (random) => random.pick([BOOL(true), BOOL(false), NULL, binary(random)]),
};

export function itemOf(random, table) {
  const item = keyOf(random, table);
  for (const name of ATTRIBUTES) if (random.chance(2)) item[name] = MAKERS[name](random);
  for (const [name, type] of table.indexKeys ?? []) {
    if (!(name in MAKERS) && random.chance(2)) item[name] = scalar(random, type);
  }
  if (random.chance(20)) item[random.pick(['Comment', 'a.b', 'a b', '#a', ':b', 'é', '\0', text(255), 'a"b', 'long'])] = value(random);
  if (random.chance(60)) item.at = N('4102444800');
  if (random.chance(25)) item[random.pick(ATTRIBUTES)] = wrongValue(random);
  if (random.chance(150)) item[random.pick(['', 'w'.repeat(65535), 'w'.repeat(65536)])] = S('x');
  if (random.chance(250)) item.big = S(409_600 - random.pick([100, 40, 30, 20, 10, 5, 0]));
  return item;
}

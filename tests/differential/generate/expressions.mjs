// Condition, filter, projection, update and key condition expressions with the names and values they use; about one in four is
// wrong in some way.
import {M, N, NULL, S, SS} from '../../exact/values.mjs';
import {ATTRIBUTES, keyValue, number, string, value, wrongValue} from './values.mjs';

const RESERVED = ['size', 'name', 'Comment', 'status', 'VALUES', 'abort'];

// Collects what the expressions of one request refer to.
export class Scope {
  constructor(random, table) {
    this.random = random;
    this.table = table;
    this.names = {};
    this.values = {};
  }

  alias(name) {
    const alias = `#${/^[A-Za-z0-9]{1,8}$/.test(name) ? name : 'n' + Object.keys(this.names).length}`;
    this.names[alias] = name;
    return alias;
  }

  name(name) {
    const plain = /^[A-Za-z][A-Za-z0-9]*$/.test(name) && !this.random.chance(4);
    return plain ? name : this.alias(name);
  }

  value(what) {
    const placeholder = `:${'abcdefgijklm'[Object.keys(this.values).length % 12]}${this.random.below(3)}`;
    this.values[placeholder] = what;
    return placeholder;
  }

  // The members of the request; now and then one too many, one too few, or a wrong one.
  members() {
    const {random} = this;
    const names = {...this.names};
    const values = {...this.values};
    const change = (map, extra) => {
      const keys = Object.keys(map);
      if (random.chance(40)) Object.assign(map, extra());
      if (random.chance(40) && keys.length) delete map[random.pick(keys)];
    };
    change(names, () => random.pick([{'#unused': 'x'}, {'#u1': 'x', '#u2': 'y'}, {'#': 'x'}, {nohash: 'x'}, {'#e': ''}, {'#a-b': 'x'}, {'': 'x'}, {'#long': 'l'.repeat(65536)}]));
    change(values, () => random.pick([
      {':unused': S('x')}, {':u1': S('x'), ':u2': N('1')}, {':': S('x')}, {nocolon: S('x')}, {':e': S('')}, {':w': wrongValue(random)}, {':a-b': S('x')}, {'': S('')},
    ]));
    const some = (map) => Object.keys(map).length > 0 || random.chance(60);
    return {
      ...(some(names) ? {ExpressionAttributeNames: names} : {}),
      ...(some(values) ? {ExpressionAttributeValues: values} : {}),
    };
  }
}

function rawPath(scope) {
  const {random, table} = scope;
  const keys = [...table.key, ...(table.indexKeys ?? [])].map(([name]) => name);
  const top = random.weighted([[8, random.pick(ATTRIBUTES)], [1, random.pick(keys)], [1, random.pick(['missing', ...RESERVED])]]);
  let path = random.chance(60) ? top : RESERVED.includes(top) ? scope.alias(top) : scope.name(top);
  const deeper = top === 'm' || top === 'v' ? 2 : 12;
  while (random.chance(deeper) && path.length < 60) {
    path += random.weighted([
      [3, `.${scope.name(random.pick(['k', 'j', 'd', 'e', 'k k']))}`],
      [3, `[${random.pick([0, 1, 2, 5])}]`],
      [0.2, random.pick(['[-1]', '[a]', '.', '..a', '[99999999999]', '[]', '[1', '[ 0 ]', ' . k', '[01]', '[4294967296]'])],
    ]);
  }
  return path;
}

export const path = (scope) => rawPath(scope);

function operand(scope) {
  const {random} = scope;
  return random.weighted([
    [6, () => path(scope)],
    [6, () => scope.value(random.chance(30) ? wrongValue(random) : random.pick([string, number, (r) => value(r, 1)])(random))],
    [1, () => `size(${path(scope)})`],
    [0.2, () => random.pick(["'text'", '1', '"a"', ':undefined', '#undefined', 'size(:a0)', 'size()', 'null', 'TRUE', '{}'])],
  ])();
}

const FUNCTIONS = {
  attribute_exists: (scope) => path(scope),
  attribute_not_exists: (scope) => path(scope),
  attribute_type: (scope) => `${path(scope)}, ${scope.value(scope.random.chance(12) ? scope.random.pick([S('X'), N('1'), S('')]) : S(scope.random.pick(['S', 'N', 'B', 'SS', 'NS', 'BS', 'L', 'M', 'BOOL', 'NULL'])))}`,
  begins_with: (scope) => `${path(scope)}, ${scope.value(scope.random.chance(8) ? value(scope.random, 0) : string(scope.random))}`,
  contains: (scope) => `${path(scope)}, ${operand(scope)}`,
};
const COMPARATORS = ['=', '=', '<>', '<', '<=', '>', '>='];

function clause(scope) {
  const {random} = scope;
  return random.weighted([
    [6, () => `${operand(scope)} ${random.pick(COMPARATORS)} ${operand(scope)}`],
    [4, () => {
      const name = random.pick(Object.keys(FUNCTIONS));
      return `${random.chance(40) ? name.toUpperCase() : name}(${FUNCTIONS[name](scope)})`;
    }],
    [2, () => {
      const of = path(scope);
      const bounds = random.chance(6) ? [value(random, 0), value(random, 0)] : random.pick([[N('1'), N('3')], [S('a'), S('c')], [N('3'), N('1')], [N('1'), N('1')]]);
      return `${of} ${random.pick(['BETWEEN', 'between'])} ${scope.value(bounds[0])} ${random.pick(['AND', 'and'])} ${scope.value(bounds[1])}`;
    }],
    [2, () => `${path(scope)} IN (${random.list(random.chance(60) ? 101 : random.between(1, 4), () => operand(scope)).join(', ')})`],
    [0.5, () => random.pick([
      `size(${path(scope)})`, `${path(scope)}`, `${scope.value(S('a'))} = ${scope.value(S('b'))}`, `begins_with(${path(scope)})`, `attribute_exists(${scope.value(S('a'))})`,
      `unknown_function(${path(scope)})`, `attribute_exists(${path(scope)}, ${path(scope)})`, `contains(${path(scope)}, ${path(scope)})`, `n != ${scope.value(N('1'))}`, `n == ${scope.value(N('1'))}`,
      `s LIKE ${scope.value(S('a%'))}`, 'attribute_exists(n) = attribute_exists(s)', `if_not_exists(n, ${scope.value(N('1'))}) = ${scope.value(N('2'))}`, 'n BETWEEN n AND n', 'n IN ()', 'n = n',
      `size(n) = ${scope.value(S('x'))}`, `attribute_type(n, n)`, `contains(n, n)`,
    ])],
  ])();
}

function breakText(random, text) {
  const at = random.below(text.length + 1);
  const piece = random.pick(['', ' ', '(', ')', ',', '.', '[', ']', '=', '#', ':', ' AND ', ' OR', 'NOT ', '\u00e9', '"', "'", ' SET ', '\t', '\n', '+', '-', '<', '%', '0', 'a']);
  return text.slice(0, at) + piece + text.slice(at + random.below(3));
}

const spoil = (random, text, one = 18) => (random.chance(one) ? breakText(random, text) : random.chance(200) ? random.pick(['', ' ', '()', 'x'.repeat(4097)]) : text);

function conditionTree(scope, depth) {
  const {random} = scope;
  if (depth === 0 || random.chance(2)) return clause(scope);
  return random.weighted([
    [4, () => `${conditionTree(scope, depth - 1)} ${random.pick(['AND', 'and'])} ${conditionTree(scope, depth - 1)}`],
    [3, () => `${conditionTree(scope, depth - 1)} OR ${conditionTree(scope, depth - 1)}`],
    [2, () => `NOT ${conditionTree(scope, depth - 1)}`],
    [2, () => `(${conditionTree(scope, depth - 1)})`],
    [0.2, () => `((${conditionTree(scope, depth - 1)}))`],
  ])();
}

export function condition(scope) {
  const {random, table} = scope;
  if (random.chance(8)) return random.pick([`attribute_exists(${table.key[0][0]})`, `attribute_not_exists(${table.key[0][0]})`]);
  return spoil(random, conditionTree(scope, random.below(3)));
}

export function projection(scope) {
  const {random} = scope;
  return spoil(random, random.list(random.between(1, 4), () => path(scope)).join(random.pick([', ', ','])), 25);
}

function setValue(scope, target) {
  const {random} = scope;
  const plain = () => scope.value(random.chance(30) ? wrongValue(random) : value(random, 1));
  return random.weighted([
    [6, plain],
    [2, () => path(scope)],
    [3, () => `${random.pick([target, path(scope)])} ${random.pick(['+', '-'])} ${scope.value(random.chance(6) ? string(random) : number(random))}`],
    [2, () => `if_not_exists(${random.pick([target, path(scope)])}, ${random.chance(6) ? path(scope) : plain()})`],
    [2, () => `list_append(${random.some([path(scope), scope.value({L: [value(random, 0)]}), 'v'], 2).join(', ')})`],
    [1, () => `if_not_exists(n, ${scope.value(N('0'))}) + ${scope.value(N('1'))}`],
    [0.4, () => random.pick([
      'list_append(v)', 'if_not_exists(n)', `size(v)`, 'n + n + n', `(n + ${scope.value(N('1'))})`, `attribute_exists(n)`, 'unknown(n)', `${scope.value(S('a'))} + ${scope.value(N('1'))}`,
      `list_append(${scope.value(S('a'))}, v)`, `if_not_exists(${scope.value(S('a'))}, n)`, 'n * n', '1', "'a'", `list_append(v, list_append(v, v))`, 'if_not_exists(n, if_not_exists(s, x))',
    ])],
  ])();
}

export function update(scope) {
  const {random, table} = scope;
  const target = () => (random.chance(40) ? random.pick(table.key)[0] : path(scope));
  const sections = {
    SET: () => {
      const to = target();
      return `${to} = ${setValue(scope, to)}`;
    },
    REMOVE: () => target(),
    ADD: () => `${random.chance(3) ? target() : random.pick(['n', 't', 'h', 'cnt'])} ${scope.value(random.weighted([[5, number(random)], [3, SS('x', 'q')], [1, value(random, 0)]]))}`,
    DELETE: () => `${random.chance(3) ? target() : 't'} ${scope.value(random.weighted([[5, SS('x')], [1, {NS: ['1']}], [1, value(random, 0)]]))}`,
  };
  const names = random.some(Object.keys(sections), random.weighted([[5, 1], [3, 2], [1, 3]]));
  if (random.chance(40)) names.push(random.pick(names));
  const words = names.map((name) => `${random.chance(20) ? name.toLowerCase() : name} ${random.list(random.weighted([[4, 1], [2, 2], [1, 3]]), sections[name]).join(', ')}`);
  return spoil(random, words.join(' '));
}

// `key`: [[name, type], ...] of a table or index.
export function keyCondition(scope, hashes, ranges) {
  const {random} = scope;
  const parts = hashes.map(([name, type]) => `${scope.name(name)} = ${scope.value(keyValue(random, type))}`);
  for (const [name, type] of ranges.slice(0, random.below(ranges.length + 1))) {
    const n = scope.name(name);
    const v = () => scope.value(keyValue(random, type, {range: true}));
    parts.push(random.weighted([
      [4, () => `${n} ${random.pick(['=', '<', '<=', '>', '>='])} ${v()}`],
      [2, () => `${n} BETWEEN ${v()} AND ${v()}`],
      [2, () => `begins_with(${n}, ${v()})`],
      [0.4, () => random.pick([`${n} <> ${v()}`, `${n} IN (${v()})`, `contains(${n}, ${v()})`, `attribute_exists(${n})`, `size(${n}) > ${v()}`, `NOT ${n} = ${v()}`, `begins_with(${n})`, `BEGINS_WITH(${n}, ${v()})`])],
    ])());
  }
  if (random.chance(40)) parts.push(random.pick([`${path(scope)} = ${scope.value(string(random))}`, parts[0], `n = ${scope.value(N('1'))}`]));
  if (random.chance(40)) parts.shift();
  if (random.chance(6)) parts.reverse();
  if (random.chance(10)) parts.unshift(`(${parts.shift() ?? 'n'})`);
  return spoil(random, parts.join(random.chance(60) ? ' OR ' : ' AND '), 30);
}

export {M, NULL, N, S};

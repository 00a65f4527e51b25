// Statements, with literals or parameters, alone, in batches and in transactions.
import {B, N, S} from '../../exact/values.mjs';
import {capacity, maybe} from './items.mjs';
import {ATTRIBUTES, itemOf, keyOf, number, string, value, wrongValue} from './values.mjs';

const UNSPEAKABLE = '\0unspeakable'; // what stands for a value that only a parameter can carry

const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

// A value as PartiQL writes it; undefined where only a parameter can carry it.
function literal(what) {
  const [type, inner] = Object.entries(what ?? {})[0] ?? [];
  switch (type) {
    case 'S': return quoted(String(inner));
    case 'N': return String(inner);
    case 'BOOL': return String(inner);
    case 'NULL': return 'null';
    case 'SS': return Array.isArray(inner) ? `<<${inner.map((one) => quoted(String(one))).join(', ')}>>` : undefined;
    case 'NS': return Array.isArray(inner) ? `<<${inner.join(', ')}>>` : undefined;
    case 'L': return Array.isArray(inner) ? `[${inner.map((one) => literal(one) ?? UNSPEAKABLE).join(', ')}]` : undefined;
    case 'M': return inner && !Array.isArray(inner) ? `{${Object.entries(inner).map(([name, one]) => `${quoted(name)}: ${literal(one) ?? UNSPEAKABLE}`).join(', ')}}` : undefined;
    default: return undefined;
  }
}

class Words {
  constructor(random, table) {
    this.random = random;
    this.table = table;
    this.parameters = [];
  }

  value(what) {
    const text = this.random.chance(2) ? literal(what) : undefined;
    if (text !== undefined && !text.includes(UNSPEAKABLE)) return text;
    this.parameters.push(what);
    return '?';
  }

  name(name) {
    return this.random.chance(4) || !/^[a-z]+$/i.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
  }

  from(index) {
    const {random, table} = this;
    if (random.chance(60)) return random.pick(['"no-such-table"', 'nosuch', '""', 'a.b.c', '']);
    const name = `"${table.name}"`;
    return index ? `${name}.${random.chance(40) ? '"none"' : `"${index.name}"`}` : name;
  }

  path() {
    const {random, table} = this;
    const top = random.chance(6) ? random.pick(table.key)[0] : random.pick(ATTRIBUTES);
    let path = this.name(top);
    while (random.chance(top === 'm' || top === 'v' ? 2 : 20)) path += random.pick(['.k', '.j', '[0]', '[1]', '."d"', '[-1]', '.value', '[a]']);
    return path;
  }
}

const anyValue = (random) => (random.chance(40) ? wrongValue(random) : random.pick([string, number, (r) => value(r, 1)])(random));

function predicate(words) {
  const {random} = words;
  const path = words.path();
  const v = () => words.value(anyValue(random));
  return random.weighted([
    [8, () => `${path} ${random.pick(['=', '=', '<>', '<', '<=', '>', '>=', '!='])} ${v()}`],
    [2, () => `${path} ${random.pick(['BETWEEN', 'NOT BETWEEN'])} ${v()} AND ${v()}`],
    [2, () => `${path} ${random.pick(['IN', 'NOT IN'])} ${random.chance(2) ? '[' : '('}${random.list(random.between(1, 3), v).join(', ')}${random.chance(2) ? ']' : ')'}`],
    [2, () => `${path} IS ${random.pick(['', 'NOT '])}${random.pick(['MISSING', 'NULL', 'STRING', 'NUMERIC', 'BOOLEAN', 'BLOB', 'LIST', 'STRUCT', 'INT4', 'FOO'])}`],
    [4, () => `${random.pick(['attribute_exists', 'ATTRIBUTE_NOT_EXISTS'])}(${path})`],
    [2, () => `${random.pick(['begins_with', 'contains'])}(${path}, ${v()})`],
    [2, () => `attribute_type(${path}, ${words.value(S(random.pick(['S', 'N', 'M', 'L', 'NULL', 'X'])))})`],
    [2, () => `size(${path}) ${random.pick(['=', '>', '<'])} ${words.value(N(random.below(4)))}`],
    [0.6, () => random.pick([
      `size(${path})`, `${path}`, `${path} = ${path}`, `${path} = MISSING`, `unknown(${path})`, `attribute_exists(${v()})`, `attribute_exists(${path}, ${path})`, `EXISTS(${path})`, `${path} LIKE 'a%'`,
      `${path} = `, `${path} IS`, `= ${v()}`, `${path} BETWEEN ${v()}`, `1 = 1`, `${path} || 'a' = 'b'`, `${path} + 1 = 2`, `'a' = ${path}`, `${path} = {'a': 1}`, `${path} = [1, 'a']`, `${path} = <<1, 'a'>>`, `${path} IN []`,
    ])],
  ])();
}

function where(words, keyed = 5) {
  const {random, table} = words;
  const parts = [];
  if (!random.chance(keyed)) {
    const key = keyOf(random, table);
    for (const [name] of table.key) if (name in key && !random.chance(table.key.indexOf(name) ? 6 : 30)) parts.push(`${words.name(name)} = ${words.value(key[name])}`);
  }
  while (random.chance(3)) parts.push(predicate(words));
  if (random.chance(12)) parts.push(random.chance(2) ? `NOT ${predicate(words)}` : `(${predicate(words)} OR ${predicate(words)})`);
  if (!parts.length) return random.chance(2) ? '' : ` WHERE ${predicate(words)}`;
  return ` WHERE ${parts.join(random.chance(30) ? ' OR ' : ' AND ')}`;
}

const STATEMENTS = {
  select(words) {
    const {random, table} = words;
    const index = random.chance(4) ? random.pick(table.indexes ?? []) : undefined;
    const columns = random.chance(3) ? random.list(random.between(1, 3), () => words.path()).join(', ') : random.chance(40) ? random.pick(['COUNT(*)', 'size(s)', '*, s', 's AS t', '']) : '*';
    const order = random.chance(8) ? ` ORDER BY ${random.pick([...table.key.map(([name]) => name), 's'])}${random.pick(['', ' ASC', ' DESC'])}` : '';
    return `SELECT ${columns} FROM ${words.from(index)}${where(words, 3)}${order}`;
  },
  insert(words) {
    const item = itemOf(words.random, words.table);
    const members = Object.entries(item).map(([name, one]) => `${quoted(name)}: ${words.value(one)}`);
    return `INSERT INTO ${words.from(words.random.chance(40) ? words.table.indexes?.[0] : undefined)} VALUE {${members.join(', ')}}`;
  },
  update(words) {
    const {random, table} = words;
    const target = () => (random.chance(30) ? random.pick(table.key)[0] : words.path());
    const clause = () => random.weighted([
      [5, () => `SET ${target()} = ${words.value(anyValue(random))}`],
      [2, () => `SET n = n ${random.pick(['+', '-'])} ${words.value(number(random))}`],
      [1, () => `SET v = list_append(v, ${words.value({L: [S('z')]})})`],
      [1, () => `SET t = ${random.pick(['set_add', 'set_delete'])}(t, <<'x'>>)`],
      [3, () => `REMOVE ${target()}`],
      [0.3, () => random.pick(['SET', 'REMOVE', 'SET n', 'SET n = ', 'REMOVE a, b', 'SET n = size(s)', 'SET n = if_not_exists(n, 1)', `SET v[0] = 1, v[0] = 2`, 'SET n = n * 2', 'ADD n 1'])],
    ])();
    const clauses = random.list(random.weighted([[4, 1], [2, 2]]), clause).join(' ');
    const condition = where(words, 25);
    const returning = random.chance(3) ? ` RETURNING ${random.pick(['ALL', 'MODIFIED', ...(random.chance(8) ? ['SOME'] : [])])} ${random.pick(['OLD', 'NEW'])} *` : '';
    const table_ = words.from();
    return random.chance(10) ? `FROM ${table_}${condition} ${clauses}${returning}` : `UPDATE ${table_} ${clauses}${condition}${returning}`;
  },
  delete(words) {
    const returning = words.random.chance(3) ? ` RETURNING ${words.random.pick(['ALL OLD *', 'ALL OLD *', 'MODIFIED OLD *', 'ALL NEW *'])}` : '';
    return `DELETE FROM ${words.from()}${where(words, 25)}${returning}`;
  },
  exists(words) {
    return `EXISTS(SELECT * FROM ${words.from()}${where(words, 25)})`;
  },
};

// The parameters stand in the order of the question marks, so each statement is made from left to right, but for an update, whose
// clauses come first.
export function statement(random, world, kinds) {
  const table = world.pick(random);
  const words = new Words(random, table);
  let Statement = STATEMENTS[random.weighted(kinds)](words);
  if (random.chance(15)) {
    const at = random.below(Statement.length + 1);
    Statement = Statement.slice(0, at) + random.pick(['', ' ', "'", '"', '(', ')', ';', ',', '--', '/*', '/* x */', '#', '?', '.', '[', '<<', '`1`', '=', ' AND ', '1e', 'é', '\n', '@']) + Statement.slice(at + random.below(3));
  }
  if (random.chance(60)) Statement = random.pick(['', ' ', ';', 'SELECT', 'foo', 'DROP TABLE x', 'SELECT * FROM', `${Statement};`, `${Statement}; ${Statement}`, Statement.toLowerCase(), `/* c */ ${Statement} -- end`, 'x'.repeat(8193)]);
  let {parameters} = words;
  if (random.chance(30)) parameters = random.pick([[], parameters.slice(1), [...parameters, S('more')], [...parameters, wrongValue(random)]]);
  const given = parameters.length || random.chance(60) ? {Parameters: parameters} : {};
  return {made: {Statement, ...given, ...maybe(random, 8, () => ({ReturnValuesOnConditionCheckFailure: random.pick(['ALL_OLD', 'NONE'])}))}, table};
}

const ALL = [[5, 'select'], [2, 'insert'], [3, 'update'], [2, 'delete'], [0.1, 'exists']];

export function executeStatement(random, world) {
  const {made, table} = statement(random, world, ALL);
  const body = {
    ...made,
    ...maybe(random, 5, () => ({ConsistentRead: random.chance(2)})),
    ...maybe(random, 6, () => ({Limit: random.chance(8) ? random.pick([0, -1]) : random.between(1, 3)})),
    ...maybe(random, 80, () => ({NextToken: random.pick(['', 'x', 'AAAA'])})),
    ...capacity(random),
  };
  return {operation: 'ExecuteStatement', body, tables: [table]};
}

function several(random, world, kinds, most) {
  const n = random.chance(40) ? random.pick([0, most, most + 1]) : random.between(1, 4);
  const made = random.list(n, () => statement(random, world, kinds));
  return {statements: made.map((one) => one.made), tables: [...new Set(made.map((one) => one.table))]};
}

export function batchExecuteStatement(random, world) {
  const reads = [[5, 'select'], [random.chance(12) ? 2 : 0, 'update']];
  const writes = [[2, 'insert'], [3, 'update'], [2, 'delete'], [random.chance(12) ? 2 : 0, 'select']];
  const {statements, tables} = several(random, world, random.chance(2) ? reads : writes, 25);
  const Statements = statements.map((one) => ({...one, ...maybe(random, 5, () => ({ConsistentRead: random.chance(2)}))}));
  return {operation: 'BatchExecuteStatement', body: {Statements, ...capacity(random)}, tables};
}

export function executeTransaction(random, world) {
  const kinds = random.chance(3) ? [[5, 'select'], [0.1, 'update']] : [[2, 'insert'], [3, 'update'], [2, 'delete'], [1, 'exists'], [0.1, 'select']];
  const {statements, tables} = several(random, world, kinds, 100);
  return {
    operation: 'ExecuteTransaction',
    body: {TransactStatements: statements, ...maybe(random, 20, () => ({ClientRequestToken: random.pick(['', 'x'.repeat(37), 'token'])})), ...capacity(random)},
    tables,
  };
}

export {B};

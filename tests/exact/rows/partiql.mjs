// PartiQL's language, and SELECT.
import assert from 'node:assert/strict';
import {KEYS_ONLY, carry, define, include, invalid, n, notFound, parameter, put, s, violates} from '../definitions.mjs';
import {ABSENT, B, BOOL, L, M, NS, NULL, S, SS, text} from '../values.mjs';

const proves = carry('partiql.md ');
const T = '{T}';
const tables = {
  T: define('pk:S|sk:N', {
    local: {Local: ['pk:S|l:N', KEYS_ONLY]},
    global: {Global: ['g:S|sk:N', include('x')]},
  }),
};
const run = (Statement, expect, more = {}) => ['ExecuteStatement', {Statement, ...more}, expect];
const row = (name, statements, ...steps) => ({name, proves: proves(statements), steps});
const onTable = (name, statements, ...steps) => ({...row(name, statements, ...steps), tables});
const assumed = (made) => ({...made, assumed: true});
const malformed = (detail) => invalid(`Statement wasn't well formed, can't be processed: ${detail}`);
const items = (...Items) => ({body: {Items}});
const operand = (op, type) =>
  invalid(`Incorrect operand type for operator or function; operator or function: ${op}, operand type: ${type}`);
const COUNT_MISMATCH = invalid("Number of parameters in request and statement don't match.");
const LENGTH = (rule) => `Member must have length ${rule}`;

const item = (pk, sk, more = {}) => ({pk: s(pk), sk: n(sk), ...more});
const a1 = item('a', 1, {g: s('x'), l: n(5), x: s('one'), y: s('why'), 'odd name': n(1), m: M({deep: L(S('zero'), M({k: n(7)}))})});
const a2 = item('a', 2, {l: n(4), x: s('two'), big: n(150)});
const a3 = item('a', 3, {g: s('x'), x: NULL, flag: BOOL(true), tags: SS('p', 'q'), nums: NS(1, 2), list: L(n(1), S('b'))});
const b1 = item('b', 1, {g: s('y'), x: s('bee')});
const fill = [a1, a2, a3, b1].map((one) => put(T, one));
// The values of sk that a WHERE clause finds under pk = 'a'.
const found = (where, ...numbers) => [
  'ExecuteStatement',
  {Statement: `SELECT sk FROM "${T}" WHERE pk = 'a' AND (${where})`},
  items(...numbers.map((number) => ({sk: n(number)}))),
];
const only = (...names) => (one) => Object.fromEntries(Object.entries(one).filter(([name]) => names.includes(name)));
const has = (check) => (reply) => {
  assert.equal(reply.status, 200, reply.text);
  check(reply.json);
};

export default [
  // -- Requests
  row('lengths and bounds of ExecuteStatement', ['1: | ExecuteStatement |', 'limits.md 5: | PartiQL statement / NextToken'],
    run('', violates("'' at 'statement'", LENGTH('greater than or equal to 1'))),
    ['ExecuteStatement', {}, violates("null at 'statement'", 'Member must not be null')],
    run(`SELECT * FROM ${ABSENT}${' '.repeat(8172)}`, (reply) => assert.match(reply.text, /Member must have length less than or equal to 8192/)),
    run('SELECT 1', violates("'[]' at 'parameters'", LENGTH('greater than or equal to 1')), {Parameters: []}),
    run('SELECT 1', violates("'' at 'nextToken'", LENGTH('greater than or equal to 1')), {NextToken: ''}),
    run('SELECT 1', (reply) => assert.match(reply.text, /'nextToken' failed to satisfy constraint: Member must have length less than or equal to 32768/), {NextToken: text(32769)})),
  row('Limit 0', '4.1: Collected as',
    run('garbage', violates("'0' at 'limit'", 'Member must have value greater than or equal to 1'), {Limit: 0})),
  row('ReturnConsumedCapacity that is none', '4.1: Collected as',
    run('garbage', violates("'x' at 'returnConsumedCapacity'", 'Member must satisfy enum value set: [INDEXES, TOTAL, NONE]'), {ReturnConsumedCapacity: 'x'})),

  // -- Words
  onTable('keywords in any case, names in their own', '2: | keywords, function names',
    ...fill, run(`sElEcT sk FrOm "${T}" wHeRe pk = 'b' aNd Begins_With(x, 'be')`, items({sk: n(1)})),
    run(`SELECT sk FROM "${T}" WHERE pk = 'b' AND X = 'bee'`, items())),
  onTable('quoted names and strings', ['2: | identifiers |', '2: | strings |'],
    ...fill, run(`SELECT "odd name" FROM "${T}" WHERE "pk" = 'a' AND "sk" = 1`, items({'odd name': n(1)})),
    put(T, item('it\'s "q"', 1, {'a"b': n(1)})),
    run(`SELECT "a""b" FROM "${T}" WHERE pk = 'it''s "q"' AND sk = 1`, items({'a"b': n(1)})),
    run('SELECT * FROM Payment-x', invalid('Only select from a single table or index is supported.'))),
  onTable('literals', ['2: | numbers |', '2: | others |'],
    put(T, item('lit', 1, {neg: n(-2), half: n('0.5'), exp: n(1200), yes: BOOL(true), off: BOOL(false), nil: NULL, m: M({k: L(n(1), S('x'))}), ss: SS('a', 'b'), ns: NS(1, 2)})),
    run(`SELECT sk FROM "${T}" WHERE pk = 'lit' AND neg = -2 AND half = .5 AND exp = 1.2e3 AND yes = TRUE AND off = false AND nil = null AND gone IS MISSING`, items({sk: n(1)})),
    run(`SELECT sk FROM "${T}" WHERE pk = 'lit' AND m = {'k': [1, 'x']} AND ss = <<'b', 'a'>> AND ns = <<2, 1.0>>`, items({sk: n(1)})),
    run(`SELECT * FROM ${ABSENT.replace(/-/g, '')} WHERE a = <<1, 'b'>>`, (reply) => assert.equal(reply.status, 400)),
    run(`SELECT * FROM ${ABSENT.replace(/-/g, '')} WHERE a = <<>>`, (reply) => assert.equal(reply.status, 400))),
  onTable('parameters anywhere', '2: | `?` |',
    run(`INSERT INTO "${T}" VALUE {'pk': ?, 'sk': 1, 'v': [?, {'b': ?}]}`, items(), {Parameters: [s('p'), n(2), B('bytes')]}),
    run(`SELECT v FROM "${T}" WHERE pk = ? AND v = [2, {'b': ?}]`, items({v: L(n(2), M({b: B('bytes')}))}), {Parameters: [s('p'), B('bytes')]})),
  onTable('paths', '2: | dot steps |',
    ...fill, run(`SELECT m.deep[1].k, m."deep"[0] FROM "${T}" WHERE pk = 'a' AND m.deep[0] = 'zero'`, has(({Items}) => assert.deepEqual(Items[0].k, n(7))))),
  assumed(onTable('a semicolon at the end', '2: | `;` |', ...fill, run(`SELECT sk FROM "${T}" WHERE pk = 'b';`, items({sk: n(1)})))),

  // -- Grammar
  onTable('SELECT', '3: SELECT (* | path', ...fill,
    run(`SELECT * FROM "${T}" WHERE pk = 'b'`, items(b1)),
    run(`SELECT x, sk FROM "${T}" WHERE pk = 'a' ORDER BY sk DESC`, items(only('x', 'sk')(a3), only('x', 'sk')(a2), only('x', 'sk')(a1)))),
  onTable('an index is named behind its table', '3: * Index: `"Table"."Index"`', ...fill,
    run(`SELECT pk FROM "${T}"."Global" WHERE g = 'y'`, items({pk: s('b')}))),
  onTable('operators', '3: * Operators:', ...fill,
    found('sk = 2', 2), found('sk <> 2', 1, 3), found('sk < 2', 1), found('sk <= 2', 1, 2), found('sk > 2', 3), found('sk >= 2', 2, 3),
    found('sk BETWEEN 2 AND 3', 2, 3), found("x IN ['one', 'two']", 1, 2), found("x IN ('one')", 1), found('NOT sk = 2', 1, 3),
    found('l IS MISSING', 3), found('l IS NOT MISSING', 1, 2), found('x IS NULL', 3), found('x IS NOT NULL', 1, 2),
    found("sk = 1 OR sk = 2 AND x = 'nothing'", 1), found("(sk = 1 OR sk = 2) AND x = 'two'", 2), found('((((sk = 3))))', 3),
    found('x IS STRING', 1, 2), found('2 < sk', 3)),
  assumed(onTable('!= is <>', '3: * Operators:', ...fill, found('sk != 2', 1, 3))),
  onTable('functions', '3: * Functions:', ...fill,
    found("attribute_type(x, 'NULL')", 3), found("attribute_type(tags, 'SS')", 3), found("begins_with(x, 'o')", 1), found("contains(tags, 'p')", 3),
    found("contains(x, 'w')", 2), found('size(x) = 3', 1, 2),
    run(`SELECT sk FROM "${T}" WHERE x LIKE 'o%'`, invalid('Unsupported token in expression: LIKE')),
    run(`SELECT sk FROM "${T}" LIMIT 5`, (reply) => assert.match(reply.text, /wasn't well formed/)),
    run(`SELECT sk FROM "${T}" GROUP BY sk`, (reply) => assert.match(reply.text, /wasn't well formed/))),
  assumed(onTable('ORDER BY', '5.5: | ORDER BY without WHERE', ...fill,
    run(`SELECT sk FROM "${T}" WHERE pk IN ['b', 'a'] ORDER BY pk, sk DESC`, items({sk: n(3)}, {sk: n(2)}, {sk: n(1)}, {sk: n(1)})),
    run(`SELECT * FROM "${T}" ORDER BY sk`, invalid('Must have WHERE clause in the statement when using ORDER BY clause.')),
    run(`SELECT * FROM "${T}" WHERE x = 'one' ORDER BY sk`, invalid('Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.')),
    run(`SELECT * FROM "${T}" WHERE pk = 'a' ORDER BY x`, invalid('Attribute x in ORDER BY clause must be part of the primary key')))),

  // -- Errors before any table
  row('not a sentence', '4.3: | `Unexpected term` |', run('SELECT * FROM t WHERE', (reply) => assert.match(reply.json.message, /^Statement wasn't well formed, can't be processed: ./))),
  row('another kind of statement', ['4.3: | `Unexpected keyword` |', '4.4: (WF`Expected data manipulation`'], run('DROP TABLE t', malformed('Unexpected keyword'))),
  row("SQL's INSERT", '4.3: | `Unexpected keyword` |', run("INSERT INTO t (a, b) VALUES ('x', 'y')", malformed('Unexpected keyword'))),
  row('COUNT', '4.5: | any call in the projection', run(`SELECT COUNT(*) FROM "${ABSENT}"`, invalid('Unexpected path component at 1:8:5')),
    run(`SELECT a,\n COUNT(b) FROM "${ABSENT}"`, invalid('Unexpected path component at 2:2:5'))),
  row('an empty name', '4.5: | empty path component', run(`SELECT a."" FROM "${ABSENT}"`, invalid('Path component cannot be an empty string'))),
  row('three names after FROM', '4.5: | `FROM a.b.c` |', run('SELECT * FROM a.b.c', invalid('A path may contain at most 2 components in the FROM clause'))),
  row('INSERT into an index', '4.5: | INSERT with an index',
    run(`INSERT INTO "abc"."i" VALUE {'pk': 'a'}`, invalid('FROM clause may only contain a single table name in data manipulation statements at 1:13:5'))),
  row('UPDATE and DELETE on an index', '4.5: | UPDATE/DELETE with an index',
    run(`UPDATE "${ABSENT}"."i" SET a = 1 WHERE pk = 'a'`, invalid('This operation is not supported on an index')),
    run(`DELETE FROM "${ABSENT}"."i" WHERE pk = 'a'`, invalid('This operation is not supported on an index'))),
  assumed(row('parameters too few and too many', '2.1: | fewer parameters',
    run(`SELECT * FROM "${ABSENT}" WHERE a = ?`, COUNT_MISMATCH), run(`SELECT * FROM "${ABSENT}"`, notFound(), {Parameters: [n(1)]}))),
  row('which error comes first', '4.2: Members',
    run('SELECT COUNT(*) FROM t WHERE', violates("'0' at 'limit'", 'Member must have value greater than or equal to 1'), {Limit: 0}),
    run('SELECT COUNT(*) FROM t WHERE', malformed('Unexpected term')),
    run('UPDATE a.b SET x = 1 WHERE y < true AND', (reply) => assert.match(reply.text, /wasn't well formed/)),
    run('UPDATE a.b SET x = 1 WHERE y < true', operand('<', 'BOOL')),
    run('UPDATE a.b SET x = 1 WHERE y < 1', invalid('This operation is not supported on an index')),
    run(`SELECT * FROM "${ABSENT}"."i"`, notFound())),
  onTable('operands that have no order, and equality of every type', '5.2: * `=`/`<>` take every type', ...fill,
    run(`SELECT * FROM "${ABSENT}" WHERE a >= [1]`, operand('>=', 'L')), run(`SELECT * FROM "${ABSENT}" WHERE a BETWEEN 1 AND ?`, operand('BETWEEN', 'NULL'), {Parameters: [NULL]}),
    run(`SELECT * FROM "${ABSENT}" WHERE a <= {}`, operand('<=', 'M')),
    found('flag = true', 3), found('x = null', 3), found("tags = <<'q', 'p'>>", 3), found('nums = <<2, 1>>', 3), found(`"list" = [1, 'b']`, 3), found(`"list" = ['b', 1]`),
    found("m = {'deep': ['zero', {'k': 7.0}]}", 1), found('big = 1.5e2', 2)),
  assumed(row('no such table', '4.5: | table missing |', run(`SELECT * FROM "${ABSENT}"`, notFound()), run(`DELETE FROM "${ABSENT}" WHERE pk = 'a'`, notFound()))),
  onTable('no such index', '4.5: | index missing |', run(`SELECT * FROM "${T}"."Other"`, invalid('The table does not have the specified index'))),

  // -- SELECT
  onTable('Query, several keys, Scan: told by what is read', ['5.1: * Hash key `=`', '10: SELECT: on bytes'], ...fill,
    run(`SELECT sk FROM "${T}" WHERE pk = 'a' AND x = 'two'`, {body: {Items: [{sk: n(2)}], ConsumedCapacity: {TableName: T, CapacityUnits: 0.5}}}, {ReturnConsumedCapacity: 'TOTAL'}),
    run(`SELECT sk FROM "${T}" WHERE pk = 'a' AND sk >= 2`, items({sk: n(2)}, {sk: n(3)}), {Limit: 5}),
    run(`SELECT sk FROM "${T}" WHERE sk >= 2 AND pk = 'a'`, has((json) => assert.deepEqual(json.LastEvaluatedKey, only('pk', 'sk')(a2))), {Limit: 1}),
    run(`SELECT pk FROM "${T}" WHERE pk IN ['b', 'none']`, {body: {Items: [{pk: s('b')}], ConsumedCapacity: {TableName: T, CapacityUnits: 2}}}, {ReturnConsumedCapacity: 'TOTAL', ConsistentRead: true}),
    run(`SELECT pk FROM "${T}" WHERE pk = 'b' OR pk = 'none'`, items({pk: s('b')})),
    run(`SELECT pk FROM "${T}" WHERE x = 'bee'`, items({pk: s('b')})),
    run(`SELECT * FROM "${T}"."Global" WHERE g = 'y'`, {body: {Items: [only('pk', 'sk', 'g', 'x')(b1)], ConsumedCapacity: {TableName: T, CapacityUnits: 0.5, Table: {CapacityUnits: 0}, GlobalSecondaryIndexes: {Global: {CapacityUnits: 0.5}}}}}, {ReturnConsumedCapacity: 'INDEXES'}),
    run(`INSERT INTO "${T}" VALUE {'pk': 'c', 'sk': 1, 'l': 1, 'g': 'x'}`, {body: {Items: [], ConsumedCapacity: {TableName: T, CapacityUnits: 3, Table: {CapacityUnits: 1}, LocalSecondaryIndexes: {Local: {CapacityUnits: 1}}, GlobalSecondaryIndexes: {Global: {CapacityUnits: 1}}}}}, {ReturnConsumedCapacity: 'INDEXES'})),
  assumed(onTable('too many values of IN', '1: IN: at most 50',
    run(`SELECT * FROM "${T}" WHERE pk IN [${Array.from({length: 51}, (_, i) => `'${i}'`)}]`, invalid('The IN operator is provided with too many operands; number of operands: 51')),
    run(`SELECT * FROM "${T}" WHERE x IN [${Array.from({length: 101}, (_, i) => i)}]`, invalid('The IN operator is provided with too many operands; number of operands: 101')),
    run(`SELECT * FROM "${T}" WHERE pk IN [${Array.from({length: 50}, (_, i) => `'${i}'`)}] AND x IN [${Array.from({length: 100}, (_, i) => i)}]`, items()))),
  onTable('a path shows its last name', '5.1: * A projected path', ...fill, run(`SELECT m.deep[1].k, x FROM "${T}" WHERE pk = 'a' AND sk = 1`, items({k: n(7), x: s('one')}))),
  onTable('missing attributes', '5.2: * Missing attribute:', ...fill, found('big > 1', 2), found('NOT (big > 1)', 1, 3), found('big IS MISSING', 1, 3), found('big <> 1', 1, 2, 3)),
  onTable('Limit, empty pages, tokens', '5.1: * Limit bounds rows', ...fill,
    run(`SELECT * FROM "${T}" WHERE pk = 'a' AND x = 'two'`, has((json) => { assert.deepEqual(json.Items, []); assert.ok(json.NextToken); }), {Limit: 1}),
    run(`SELECT * FROM "${T}"`, invalid('Invalid NextToken'), {NextToken: 'x'})),
  onTable('a global index is never read consistently', '5.1: * GSI + ConsistentRead',
    run(`SELECT * FROM "${T}"."Global"`, invalid('Strongly consistent read is not supported on Global Secondary Indexes'), {ConsistentRead: true})),
  onTable('what an index does not project', '5.1: * GSI projecting too little', ...fill,
    run(`SELECT pk, y, m.deep FROM "${T}"."Global" WHERE g = 'x'`, parameter('Global secondary index Global does not project [y, m]')),
    run(`SELECT sk, x FROM "${T}"."Local" WHERE pk = 'a'`, {body: {Items: [{sk: n(2), x: s('two')}, {sk: n(1), x: s('one')}], ConsumedCapacity: {TableName: T, CapacityUnits: 1.5, Table: {CapacityUnits: 1}, LocalSecondaryIndexes: {Local: {CapacityUnits: 0.5}}}}}, {ReturnConsumedCapacity: 'INDEXES'})),
  onTable('a filter on what an index does not project', '5.1: * Filter on an unprojected', ...fill,
    run(`SELECT pk FROM "${T}"."Global" WHERE g = 'x' AND y = 'why'`, parameter('Secondary index Global does not project one or more filter attributes: [y]')),
    run(`SELECT pk FROM "${T}"."Local" WHERE pk IN ['a'] AND x = 'one'`, parameter('Secondary index Local does not project one or more filter attributes: [x]')),
    run(`SELECT pk FROM "${T}"."Global" WHERE y = 'why'`, items())),
  onTable('nothing', '5.1: * `Items: []` when nothing', run(`SELECT * FROM "${T}" WHERE pk = 'none'`, items()), run(`SELECT * FROM "${T}" WHERE pk = 'none' AND sk = 1`, items()), run(`SELECT * FROM "${T}"`, items())),
];

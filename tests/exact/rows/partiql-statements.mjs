// PartiQL statements by what is wrong with them, and what their conditions find.
import {carry, define, invalid, n, notFound, parameter, put, s} from '../definitions.mjs';
import {BOOL, L, M, NS, NULL, S, SS, nested} from '../values.mjs';

const proves = carry('partiql.md ');
const T = '{T}';
const tables = {T: define('pk:S|sk:N', {global: {Global: 'g:S', Multi: 'a:S b:S'}})};
const WF = "Statement wasn't well formed, can't be processed: ";
const run = (Statement, expect, more = {}) => ['ExecuteStatement', {Statement, ...more}, expect];
const row = (name, statements, ...steps) => ({name, proves: proves(statements), steps});
const onTable = (name, statements, ...steps) => ({...row(name, statements, ...steps), tables});
const items = (...Items) => ({body: {Items}});
// Cases of statements that fail with one message, alone: [statement, message, parameters].
const fail = (name, statements, ...cases) =>
  row(name, statements, ...cases.map(([statement, message, Parameters]) => run(statement, invalid(message), Parameters ? {Parameters} : {})));
const operand = (op, type) => `Incorrect operand type for operator or function; operator or function: ${op}, operand type: ${type}`;
const count = (f, k) => `Incorrect number of operands for operator or function; operator or function: ${f}, number of operands: ${k}`;
const where = (condition) => `SELECT * FROM nope WHERE ${condition}`;
const conditions = (...cases) => cases.map(([condition, ...more]) => [where(condition), ...more]);
const KEY = "Key attribute's data type should match its data type in table's schema: Key pk";
const OVERLAP = 'Overlapping conditions with range keys are not supported in where clause';
const NUMBER = (what) => `Number ${what}`;
const OVER = NUMBER('overflow. Attempting to store a number with magnitude larger than supported range under root');
const UNDER = NUMBER('underflow. Attempting to store a number with magnitude smaller than supported range under root');
const DEEP = 'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit';
const BAG = 'Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags';
const lists = (levels) => '['.repeat(levels) + '1' + ']'.repeat(levels);

const rows = [
  {pk: s('a'), sk: n(1), x: n(1), t: SS('p'), flag: BOOL(true), m: M({d: L(n(5))})},
  {pk: s('a'), sk: n(2), y: n(2), x: S('s'), flag: BOOL(false)},
  {pk: s('a'), sk: n(3), z: NULL, x: n(7), nums: NS(1)},
  {pk: s('b'), sk: n(1)},
].map((item) => put(T, item));
const found = (condition, ...numbers) =>
  run(`SELECT sk FROM "${T}" WHERE pk = 'a' AND (${condition})`, items(...numbers.map((number) => ({sk: n(number)}))));
const both = (condition, ...pairs) => run(`SELECT pk, sk FROM "${T}" WHERE ${condition}`, items(...pairs.map(([pk, sk]) => ({pk: s(pk), sk: n(sk)}))));

export default [
  // -- Words and literals
  onTable('white space and comments', '2: | white space |', ...rows,
    run(`-- one\n SELECT sk /* two */ FROM "${T}"\n-- three\nWHERE pk = 'b' -- four`, items({sk: n(1)}))),
  fail('what cannot be read', ['2: | white space |', '4.3: | (nothing) |'],
    ['SELECT * FROM t /* open', WF], ['SELECT * FROM t # no', WF], ['SELECT * FROM t WHERE a = 5e', WF], ['# SELECT', WF]),
  fail('numbers', '2: | numbers |', ...conditions(['a = 1 e5', `${WF}Unexpected token after expression`], ['a = 1.2.3', `${WF}Unexpected token after expression`])),
  onTable('numbers that are the same', '2: | numbers |',
    run(`INSERT INTO "${T}" VALUE {'pk': 'n', 'sk': 7.31e6, 'l': [7.31E6, 7.31e+6, 731e4, 73100000e-1, .73e1, -.73e1]}`, items()),
    run(`SELECT l FROM "${T}" WHERE pk = 'n' AND sk = 73100000e-1`, items({l: L(n(7310000), n(7310000), n(7310000), n(7310000), n('7.3'), n('-7.3'))}))),
  fail('a keyword as a step', ['2: | dot steps |', '4.3: | `Invalid path dot component` |'],
    ...conditions(['m.inner = 1', `${WF}Invalid path dot component`], ['m.value = 1', `${WF}Invalid path dot component`])),
  fail('text behind a semicolon', ['2: | `;` |', '4.3: | `Unexpected token after semicolon'], ['SELECT * FROM t; SELECT', `${WF}Unexpected token after semicolon. (Only one query is allowed.)`]),
  fail('numbers out of range', '2.1: | number literal beyond', ...conditions(
    ['a = 1e200', OVER], ['a = 1e-200', UNDER], [`a = ${'1'.repeat(39)}`, 'Attempting to store more than 38 significant digits in a Number under root'],
    ["a = {'x': 1e200}", `${OVER}.x`], ['a = [1, 1e200]', `${OVER}[1]`]),
    ["INSERT INTO nope VALUE {'pk': 'a', 'n': 1e200}", OVER], ["UPDATE nope SET a = 1e200 WHERE pk = 'a'", OVER]),
  fail('exponents beyond 32 bits', '2.1: | literal whose exponent', ...conditions(['a = 1e2147483648', WF], ['a = 1e99999999999', WF], ['a = 1.5e-2147483647', WF])),
  fail('sets', ['2.1: | set literal: empty', '2.1: | set literal: members other', '2.1: | set literal: duplicates'], ...conditions(
    ['a = <<>>', 'Empty bags are not supported'], ["a = <<'a', 1>>", `${BAG} at 1:37:1`], ['a = <<true>>', `${BAG} at 1:32:4`], ["a = <<1, 'a'>>", BAG],
    ["a = <<'x', 'x'>>", 'One or more parameter values were invalid: Input collection [x, x] contains duplicates.'],
    ['a = <<2, 1, 2>>', 'One or more parameter values were invalid: Input collection [2, 1, 2] contains duplicates! under root'])),
  fail('a map with an empty key', '2.1: | map literal with an empty key', ["INSERT INTO nope VALUE {'pk': 'a', 'm': {'': 1}}", 'Path component cannot be an empty string']),
  fail('nesting', '2.1: | literal nested beyond', ...conditions([`a = ${lists(32)}`, `${DEEP} under root${'[0]'.repeat(32)}`])),
  fail('brackets that stay open', ['2.1: | `[1 2]`', '4.3: | `Expected RIGHT_BRACKET`'], ...conditions(['a = [1 2]', `${WF}Expected RIGHT_BRACKET`], ["a = {'k': X'00'}", `${WF}Expected RIGHT_CURLY`])),
  fail('no values', ['2.1: | Ion literal', '2.1: | function call as an INSERT value'],
    ["INSERT INTO t VALUE {'pk': 'a', 'longer': `5`}", 'Ion Literals are not supported: INT under key root at 1:43:3'],
    ["INSERT INTO t VALUE {'pk': 'a', 'n': size(x)}", 'Unsupported data type: size under key root at 1:38:4']),
  fail('parameters come first', '2.1: | parameters |', ['garbage garbage', DEEP, [nested(32), {N: 'x'}]],
    ['garbage garbage', 'The parameter cannot be converted to a numeric value: x', [s('good'), {N: 'x'}, nested(32)]]),
  fail('a parameter that is no number', '2.1: | parameter number |', ['SELECT', 'The parameter cannot be converted to a numeric value: x', [{N: 'x'}]],
    ['SELECT', 'The parameter cannot be converted to a numeric value', [{N: ''}]]),
  fail('too few parameters', '2.1: | fewer parameters', ...conditions(['a = ? AND b = ?', "Number of parameters in request and statement don't match.", [n(1)]])),
  row('more parameters than question marks', '2.1: | fewer parameters', run('SELECT * FROM nope WHERE a = ?', notFound(), {Parameters: [n(1), n(2)]})),
  row('no parameters', '2.1: | `Parameters: []`', ...[['BatchExecuteStatement', 'Statements', 'statements'], ['ExecuteTransaction', 'TransactStatements', 'transactStatements']].map(
    ([op, member, path]) => [op, {[member]: [{Statement: 'SELECT', Parameters: []}]}, invalid(`1 validation error detected: Value '[]' at '${path}.1.member.parameters' failed to satisfy constraint: Member must have length greater than or equal to 1`)])),

  // -- Errors of a statement
  row('members in order', '4.1: Collected as', run('', {errors: [
    "Value 'x' at 'returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]",
    "Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    "Value '' at 'statement' failed to satisfy constraint: Member must have length greater than or equal to 1"]}, {Limit: 0, ReturnValuesOnConditionCheckFailure: 'x'})),
  fail('a token is left', '4.3: | `Unexpected token after expression`', ...[
    'SELECT * FROM t WHERE a = 1)', 'DELETE FROM t WHERE a = 1 ORDER BY a', 'SELECT * FROM t ORDER BY a WHERE a = 1', "INSERT INTO t x VALUE {'a': 1}", 'FROM t SET a = 1 WHERE b = 1', 'INSRT INTO x',
  ].map((statement) => [statement, `${WF}Unexpected token after expression`])),
  fail('something is missing', '4.3: | `Unexpected term`', ...['SELECT', 'SELECT * FROM', where(''), where(';'), where('NOT'), where('(')].map((statement) => [statement, `${WF}Unexpected term`])),
  fail('a keyword in the wrong place', '4.3: | `Unexpected keyword`', ...[where('ORDER BY'), 'INSERT', "INSERT INTO t (a, b) VALUES ('x', 'y')"].map((statement) => [statement, `${WF}Unexpected keyword`])),
  fail('an operator in the wrong place', '4.3: | `Unexpected operator`', ...conditions(['IS NULL', `${WF}Unexpected operator`], ['a = LIKE', `${WF}Unexpected operator`])),
  fail('no right side', '4.3: | `Missing right-hand side', ...['a = 1 AND', 'a = 1 OR', 'pk ='].map((c) => [where(c), `${WF}Missing right-hand side expression of infix operator`])),
  fail('BETWEEN without AND', '4.3: | `Expected AND keyword`', [where('a BETWEEN 1'), `${WF}Expected AND keyword`]),
  fail('no type', '4.3: | `Expected type name`', [where('a IS foo'), `${WF}Expected type name`]),
  fail('no table', '4.3: | `Expected identifier for simple path`', ...['DELETE FROM', 'DELETE FROM;', 'DELETE FROM WHERE a = 1', 'UPDATE'].map((statement) => [statement, `${WF}Expected identifier for simple path`])),
  fail('no statement', ['4.4: | `foo` / `foo.bar`', '4.4: | `a = 1`', '4.4: | `SET a = 1`'],
    ['foo', 'Unsupported operation: Id'], ['foo.bar', 'Unsupported operation: Path'], ['1', 'Unsupported operation: Lit'],
    ...['INT4', 'INT8', 'DOUBLE PRECISION', 'CHARACTER VARYING'].map((type) => [`x IS ${type}`, 'Unsupported operation: IsType']),
    ['a = 1', 'EXISTS can only be used in ExecuteTransaction write requests.'], ['foo(a)', 'EXISTS can only be used in ExecuteTransaction write requests.'],
    ['SET a = 1', 'Only select from a single table or index is supported.']),
  fail('aliases', '4.5: | any alias', ...['SELECT * FROM nope t', 'SELECT * FROM nope AS t', "UPDATE nope t SET a = 1 WHERE pk = 'a'", "DELETE FROM nope AS t WHERE pk = 'a'"].map((statement) => [statement, 'Aliasing is not supported'])),
  fail('calls in the projection', '4.5: | any call in the projection', ['SELECT COUNT(*) FROM nope', 'Unexpected path component at 1:8:5'], ['SELECT size(a) FROM nope', 'Unexpected path component at 1:8:4'],
    ['SELECT a, attribute_exists(b) FROM nope', 'Unexpected path component at 1:11:16']),

  // -- Conditions
  onTable('absent attributes', '5.2: * Missing attribute', ...rows, found('y <> 9', 1, 2, 3), found('y NOT IN [2]', 1, 3), found('y NOT BETWEEN 1 AND 3', 1, 3), found('NOT (y = 2)', 1, 3), found('y > 1', 2), found('y IN [2]', 2)),
  onTable('IS', '5.2: * `IS [NOT]`', ...rows, found('y IS MISSING', 1, 3), found('y IS NOT MISSING', 2), found('z IS NULL', 3), found('flag IS BOOL', 1, 2), found('flag IS BOOLEAN', 1, 2),
    found('x IS STRING', 2), found('x IS NUMERIC', 1, 3), found('x IS BLOB'), found('m IS STRUCT', 1), found('m IS TUPLE', 1), found('m.d IS LIST', 1)),
  fail('IS with another type', '5.2: * `IS [NOT]`', ['SELECT * FROM nope     WHERE s IS INT4',
    'Unsupported data type for IS operator: Integer4Type. Supported data types are [MISSING, NULL, BOOLEAN, BLOB, STRING, NUMERIC, STRUCT, TUPLE, LIST] at 1:30:1']),
  fail('what shows without an item', ['5.3: | `s = MISSING`', '5.3: | a condition that is no boolean', '5.3: | `s = s`', '5.3: | IN with > 100', '5.3: | BETWEEN bounds', '5.3: | > 300', '5.3: | EXISTS(SELECT'], ...conditions(
    ['s = MISSING', 'MISSING must be compared using IS operator'], ['size(s)', 'WHERE clause must contain an expression that resolves to a boolean'],
    ['m.a = m.a', 'The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [m, a]'],
    ['l[0] IN [1, l[0]]', 'The first operand must be distinct from the remaining operands for this operator or function; operator: IN, first operand: [l, [0]]'],
    [`a IN [${Array(101).fill(1)}]`, 'The IN operator is provided with too many operands; number of operands: 101'],
    ['NOT a BETWEEN 5 AND 1', 'The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:5}, upper bound operand: AttributeValue: {N:1}'],
    ["a BETWEEN 'a' AND 1", 'The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {S:a}, upper bound operand: AttributeValue: {N:1}'],
    [Array(151).fill('a = 1').join(' AND '), 'The expression contains too many operators; operator count: 301'],
    ['EXISTS(SELECT * FROM t)', 'Unsupported token in expression: SELECT'])),
  onTable('functions', '5.4: `attribute_exists`', ...rows, found('attribute_exists(y)', 2), found('NOT ATTRIBUTE_EXISTS(y)', 1, 3), found("attribute_type(x, 'N') OR y = 2", 1, 2, 3),
    found("contains(t, 'p') = true", 1), found('attribute_exists(t) = flag', 1, 2), found('attribute_not_exists("m"."d")', 2, 3), found('attribute_exists(y) IN [false]', 1, 3)),
  fail('functions that are called wrongly', ['5.4: | operand is a literal', '5.4: | number of operands', '5.4: | unknown function', '5.4: | begins_with with a number'], ...conditions(
    ["attribute_exists('a')", 'Operator or function requires a document path; operator or function: attribute_exists'],
    ['attribute_exists(a, b)', count('attribute_exists', 2)], ['size(a, b) = 1', count('size', 2)],
    ['FooBar(a)', 'Unrecognized function: foobar at 1:26:6'], ['EXISTS(a)', 'Unrecognized function: exists at 1:26:6'], ['set_add(a, <<1>>)', 'Unrecognized function: set_add at 1:26:7'],
    ['NOT begins_with(a, 1)', operand('begins_with', 'N')], ["attribute_type(a, 'X')", 'Invalid attribute type name found; type: X, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}'])),

  // -- Keys
  onTable('key values', ['5.5: | key compared with a value', '5.5: | key compared with another', '5.5: | key given two values', '5.5: | key too long'],
    run(`SELECT * FROM "${T}" WHERE pk = 1`, invalid(KEY)), run(`UPDATE "${T}" SET a = 1 WHERE pk = 1 AND sk = 1`, invalid(KEY)), run(`INSERT INTO "${T}" VALUE {'pk': 1, 'sk': 1}`, invalid(KEY)),
    run(`SELECT * FROM "${T}" WHERE pk = true`, invalid('Key value must be of type S, N, or B. Key name: pk, Key type: BOOL')),
    run(`SELECT * FROM "${T}" WHERE pk = 'a' AND pk = 'b'`, invalid('Multiple conditions on same key: pk')),
    run(`SELECT * FROM "${T}" WHERE pk = ?`, parameter('Size of hashkey has exceeded the maximum size limit of2048 bytes'), {Parameters: [S(2049)]})),
  onTable('alternatives', '5.5: | OR of key conditions', ...rows,
    ...["(pk = 'a' AND sk = 1) OR (pk = 'a' AND sk = 1)", "pk = 'a' OR (pk = 'a' AND sk = 1)", "(pk = 'a' AND sk > 1) OR (pk = 'a' AND sk < 3)", "(pk = 'a' AND sk = 1 AND x = 1) OR (pk = 'a' AND sk = 1 AND x <> 1)"].map(
      (condition) => run(`SELECT * FROM "${T}" WHERE ${condition}`, invalid(OVERLAP))),
    both("(pk = 'a' AND sk = 1) OR (pk = 'a' AND sk > 2)", ['a', 1], ['a', 3]), both("(pk = 'a' AND sk <> 1) OR (pk = 'a' AND sk <> 2)", ['a', 1], ['a', 2], ['a', 3]),
    both("(pk = 'a' AND sk = 1) OR (pk = 'b' AND sk = 1)", ['a', 1], ['b', 1])),
  onTable('ORDER BY', ['5.5: | ORDER BY without WHERE', '5.5: | ORDER BY a non-key', '5.5: | several partitions', '5.5: | ORDER BY a path', '5.5: ORDER BY the hash key only'], ...rows,
    run(`SELECT * FROM "${T}" ORDER BY pk`, invalid('Must have WHERE clause in the statement when using ORDER BY clause.')),
    run(`SELECT * FROM "${T}" WHERE x = 1 ORDER BY pk`, invalid('Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.')),
    run(`SELECT * FROM "${T}" WHERE pk = 'a' ORDER BY x`, invalid('Attribute x in ORDER BY clause must be part of the primary key')),
    run(`SELECT * FROM "${T}" WHERE pk IN ['a', 'b'] ORDER BY sk`, invalid('Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause.')),
    run("SELECT * FROM nope WHERE pk = 'a' ORDER BY m.a", invalid('Argument to ORDER BY must be of type VariableReference. Type: PATH at 1:44:1')),
    run(`SELECT sk FROM "${T}" WHERE pk = 'a' ORDER BY pk`, items({sk: n(3)}, {sk: n(2)}, {sk: n(1)}))),
  onTable('an index of several attributes', '5.6: SELECT on an index', run(`SELECT COUNT(*) FROM "${T}"."Multi"`, invalid('PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE keys.')),
    run(`SELECT * FROM "${T}"."Global" WHERE g = 'x'`, items())),
  onTable('names of columns', '5.1: * A projected path', ...rows, run(`SELECT m.d[0], m.d FROM "${T}" WHERE pk = 'a' AND sk = 1`, items({'d[0]': n(5), d: L(n(5))}))),

  // -- Writes
  onTable('FROM first', ['3: FROM table WHERE cond (SET path', '3: * FROM-first:'], ...rows, run(`from "${T}" where pk = 'b' AND sk = ? set v = ? REMOVE w RETURNING MODIFIED NEW *`, items({v: n(2)}), {Parameters: [n(1), n(2)]})),
  onTable('set functions', '7.2: * `SET a = set_add', ...rows, run(`UPDATE "${T}" SET q = set_add(q, <<'x'>>) WHERE pk = 'b' AND sk = 1 RETURNING MODIFIED NEW *`, items({q: SS('x')})),
    run(`UPDATE "${T}" SET r = set_delete(r, <<'x'>>) WHERE pk = 'b' AND sk = 1`, items()), run(`UPDATE "${T}" SET q = set_delete(q, <<'x'>>) WHERE pk = 'b' AND sk = 1 RETURNING ALL NEW *`, items({pk: s('b'), sk: n(1)}))),
  fail('set functions that are called wrongly', ['7.2: | first argument is not', '7.2: | second is no set', '7.2: | not two arguments'],
    ["UPDATE nope SET a = set_add(b, <<1>>) WHERE pk = 'a'", 'The first argument to SET_ADD must equal the assignment value at 1:21:7'],
    ["UPDATE nope SET a = set_delete(a, 1) WHERE pk = 'a'", 'The second argument to SET_DELETE must be a value with type SET at 1:32:1'],
    ["UPDATE nope SET a = set_add(a) WHERE pk = 'a'", 'SET_ADD must have exactly two arguments at 1:21:7']),
  onTable('set functions on another type', '7.2: | at run time', ...rows, run(`UPDATE "${T}" SET x = set_add(x, <<1>>) WHERE pk = 'a' AND sk = 1`, invalid('An operand in the update expression has an incorrect data type'))),
  onTable('success shows no item', ['7.1: * Success of UPDATE', '6: * Success: `Items: []`'], ...rows, run(`UPDATE "${T}" SET v = 1 WHERE pk = 'b' AND sk = 1`, items()), run(`DELETE FROM "${T}" WHERE pk = 'gone' AND sk = 1`, items()),
    run(`INSERT INTO "${T}" VALUE {'pk': 'i', 'sk': 1}`, items())),
];

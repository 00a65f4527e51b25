// The grammars of expressions, and what is wrong with one before any item is looked at. All of it without a table.
import {ABSENT, BOOL, L, M, N, NS, NULL, S, SS, notFound, range, text, told} from '../values.mjs';

const VALUES = {':v': N(1), ':w': N(2), ':s': S('a'), ':t': BOOL(true), ':l': L(N(1)), ':m': M(), ':z': NULL, ':x': SS('a'), ':y': NS(1)};
const used = (expression, map, pattern) =>
  Object.fromEntries(Object.entries(map).filter(([key]) => (expression.match(pattern) ?? []).includes(key)));

// The request that holds an expression of one kind.
function request(kind, expression, {names = {}, values = VALUES} = {}) {
  const own = used(expression, values, /:[A-Za-z0-9_]+/g);
  const given = {
    ...(Object.keys(own).length && kind !== 'Projection' ? {ExpressionAttributeValues: own} : {}),
    ...(Object.keys(names).length ? {ExpressionAttributeNames: names} : {}),
  };
  const key = {TableName: ABSENT, Key: {pk: S('k')}, ...given};
  switch (kind) {
    case 'Update':
      return ['UpdateItem', {...key, UpdateExpression: expression}];
    case 'Condition':
      return ['DeleteItem', {...key, ConditionExpression: expression}];
    case 'Projection':
      return ['GetItem', {...key, ProjectionExpression: expression}];
    case 'Filter':
      return ['Scan', {TableName: ABSENT, ...given, FilterExpression: expression}];
    default:
      return ['Query', {TableName: ABSENT, ...given, KeyConditionExpression: expression}];
  }
}

const brief = (expression) => (expression.length > 50 ? `${expression.slice(0, 47)}...` : expression);

function wrong(proves, kind, expression, message, options = {}) {
  const [op, body] = request(kind, expression, options);
  return {
    name: `${kind} ${brief(expression)}`,
    proves: [].concat(proves).map((text) => `expressions.md ${text}`),
    ...(options.assumed ? {assumed: true} : {}),
    op,
    body,
    expect: told(op, `Invalid ${kind}Expression: ${message}`),
  };
}
function right(proves, kind, expression, options = {}) {
  const [op, body] = request(kind, expression, options);
  return {
    name: `${kind} ${brief(expression)} is good`,
    proves: [].concat(proves).map((text) => `expressions.md ${text}`),
    op,
    body,
    expect: notFound,
  };
}
const everyKind = (proves, expressions, message, options) =>
  Object.entries(expressions).map(([kind, expression]) => wrong(proves, kind, expression, message, options));

const syntax = (token, near) => `Syntax error; token: "${token}", near: "${near}"`;
const reserved = (word) => `Attribute name is a reserved keyword; reserved keyword: ${word}`;
const noName = (name) => `An expression attribute name used in the document path is not defined; attribute name: ${name}`;
const noValue = (name) => `An expression attribute value used in expression is not defined; attribute value: ${name}`;
const noFunction = (name) => `Invalid function name; function: ${name}`;
const misused = (name) => `The function is not allowed to be used this way in an expression; function: ${name}`;
const count = (name, n) => `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${n}`;
const needsPath = (name) => `Operator or function requires a document path; operator or function: ${name}`;
const type = (name, found) => `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${found}`;
const distinct = (name, path) => `The first operand must be distinct from the remaining operands for this operator or function; operator: ${name}, first operand: ${path}`;
const REDUNDANT = 'The expression has redundant parentheses;';
const overlap = (one, two) => `Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ${one}, path two: ${two}`;
const conflict = (one, two) => `Two document paths conflict with each other; must remove or rewrite one of these paths; path one: ${one}, path two: ${two}`;
const twice = (section) => `The "${section}" section can only be used once in an update expression;`;
const MANY = (n) => `The expression contains too many operators; operator count: ${n}`;
const many = (n, each) => range(n).map(() => each).join(' OR ');

const SYNTAX = '3: | syntax |';

export default [
  // 1. Lexical rules
  right('1: | white space |', 'Condition', ' \t\r\n a\t=\r\n:v '),
  right('1: | white space |', 'Update', 'SET\ta=:v\nREMOVE\rb'),
  right('1: | identifier |', 'Condition', 'a_1_ = A_b2'),
  ...Object.entries({Update: 'SET _abc = :v', Condition: 'a = _abc', Filter: '_abc = :v', KeyCondition: '_abc = :v', Projection: 'b, _abc'}).map(([kind, expression]) => {
    const before = {Update: 'SET ', Condition: '= ', Projection: ', '}[kind] ?? '';
    return wrong('1: | identifier |', kind, expression, syntax('_', `${before}_abc`));
  }),
  wrong('1: | identifier |', 'Projection', 'a._b', syntax('_', '._b')),
  right('1: | identifier |', 'Condition', '#_x = :_', {names: {'#_x': 'x'}, values: {':_': N(1)}}),
  wrong('1: | other characters |', 'Condition', 'é = :v', syntax('é', 'é =')),
  wrong('1: | index |', 'Projection', 'l[00]', syntax('0', '00]')),
  wrong('1: | index |', 'Projection', 'l[01]', syntax('1', '01]')),
  right('1: | index |', 'Projection', 'l[ 0 ], l[10]'),
  wrong('1: | white space |', 'Condition', 'a\u00a0= :v', syntax('\u00a0', 'a\u00a0=')),
  ...['and', 'Or', 'NOT', 'between', 'in', 'set', 'Remove', 'ADD', 'delete'].map((word) => wrong('1: | keywords |', 'Projection', `a, ${word}`, syntax(word, `, ${word}`))),
  wrong('1: | keywords |', 'Update', 'SET set = :v', syntax('set', 'SET set =')),
  wrong('1: | keywords |', 'Condition', 'a = delete', syntax('delete', '= delete')),
  ...Object.entries({Update: '   ', Condition: ' \t', Projection: ' ', Filter: '  ', KeyCondition: '\n'}).map(([kind, blank]) => wrong('3: | white space only |', kind, blank, syntax('<EOF>', blank))),
  wrong('1: | identifier |', 'Condition', '1a = :v', syntax('1', '1a')),
  right('1: | name placeholder / value placeholder |', 'Condition', '#1 = :1', {names: {'#1': 'a'}, values: {':1': N(1)}}),
  right('1: | index |', 'Condition', 'a[ 0 ][1] = :v'),
  right('1: | index |', 'Condition', 'a [0] . b = :v'),
  wrong('1: | index |', 'Condition', 'a[-1] = :v', syntax('-', '[-1')),
  wrong('1: | index |', 'Condition', 'a[b] = :v', syntax('b', '[b]')),
  right('1: | keywords |', 'Condition', 'a = :v and b = :v Or not c bEtween :v and :w oR d In (:v)'),
  right('1: | keywords |', 'Update', 'set a = :v rEmove b add c :v delete d :x'),
  wrong('1: | function names |', 'Condition', 'Attribute_Exists(a)', noFunction('Attribute_Exists')),
  wrong('1: | function names |', 'Condition', 'SIZE(a) = :v', noFunction('SIZE')),
  wrong('1: | function names |', 'Update', 'SET a = IF_NOT_EXISTS(a, :v)', noFunction('IF_NOT_EXISTS')),
  ...['name', 'NAME', 'Status', 'abort', 'zone', 'value'].map((word) => wrong('1: | reserved words |', 'Projection', `a.${word}`, reserved(word))),
  wrong('1: | reserved words |', 'Condition', 'a[0].Size = :v', reserved('Size')),
  right('1: | reserved words |', 'Condition', '#n.#s = :v', {names: {'#n': 'name', '#s': 'status'}}),
  wrong('1: | no literals |', 'Condition', 'a = 5', syntax('5', '= 5')),
  wrong('1: | no literals |', 'Condition', "a = 'b'", syntax("'", "= 'b")),
  // 2. Grammars
  right('2: condition  := or', 'Condition', 'a = :v'),
  right('2: or         := and', 'Condition', 'a = :v OR b = :v OR c = :v'),
  right('2: and        := not', 'Condition', 'a = :v AND b = :v AND c = :v'),
  right('2: not        := NOT not', 'Condition', 'NOT NOT a = :v'),
  right("2: primary    := '('", 'Condition', '(a = :v)'),
  right("2: | operand IN '('", 'Condition', 'a IN (:v, b, :w)'),
  wrong("2: | operand IN '('", 'Condition', 'a IN ()', syntax(')', '()')),
  ...['=', '<>', '<', '<=', '>', '>='].map((op) => right("2: cmp        := '='", 'Condition', `a ${op} :v`)),
  wrong("2: cmp        := '='", 'Condition', 'a == :v', syntax('=', '== :v')),
  wrong("2: cmp        := '='", 'Condition', 'a != :v', syntax('!', 'a !=')),
  right("2: operand    := function | :value | path | '(' operand ')'", 'Condition', '(a) = (:v)'),
  right('2: function   := ident', 'Condition', 'begins_with ( a , :s )'),
  wrong('2: function   := ident', 'Condition', 'attribute_exists()', syntax(')', '()')),
  right('2: path       := elem', 'Condition', 'a.b[0][1].#c = :v', {names: {'#c': 'c'}}),
  wrong('2: path       := elem', 'Condition', 'a..b = :v', syntax('.', '..b')),
  wrong('2: path       := elem', 'Condition', 'a. = :v', syntax('=', '. = :v')),
  right('2: update     := section+', 'Update', 'REMOVE a SET b = :v DELETE c :x ADD d :v'),
  right('2: section    := SET', 'Update', 'SET a = :v, b = :w REMOVE c, d ADD e :v, f :y DELETE g :x, h :y'),
  wrong('2: section    := SET', 'Update', 'SET', syntax('<EOF>', 'SET')),
  wrong('2: section    := SET', 'Update', 'REMOVE a,', syntax('<EOF>', ',')),
  wrong('2: section    := SET', 'Update', 'ADD a b', syntax('b', 'a b')),
  right("2: a          := path '=' value", 'Update', 'SET a.b[0] = :v'),
  right("2: value      := operand", 'Update', 'SET a = b + :v, c = :v - d, e = (f)'),
  right('2: operand    := function | :v | path', 'Update', 'SET a = if_not_exists(b, :v) + (c)'),
  wrong('2: operand    := function | :v | path', 'Update', 'SET a = b + c + d', syntax('+', 'c + d')),
  right('2: projection := path', 'Projection', 'a, b.c, d[0], #e', {names: {'#e': 'e'}}),
  wrong('2: projection := path', 'Projection', 'a,', syntax('<EOF>', ',')),
  wrong('2: projection := path', 'Projection', 'a b', syntax('b', 'a b')),
  wrong('2: Functions as operands', 'Condition', 'attribute_exists(a) = :t', misused('attribute_exists')),
  wrong('2: Functions as operands', 'Condition', 'size(a)', misused('size')),
  right('2: Functions as operands', 'Condition', 'size(a) < :v AND :v = size(b)'),
  // 3. Static messages
  ...everyKind('3: | `""` |', {Update: '', Condition: '', Filter: '', KeyCondition: '', Projection: ''}, 'The expression can not be empty;'),
  wrong('3: | longer than 4096 bytes', 'Update', text(4097), 'Expression size has exceeded the maximum allowed size;'),
  ...['Condition', 'Filter', 'KeyCondition', 'Projection'].map((kind) => wrong('3: | longer than 4096 bytes', kind, text(4097), `Expression size has exceeded the maximum allowed size;${kind === 'Filter' ? ' expression size: 4097' : ''}`, {})),
  ...everyKind('3: | reserved word |', {Update: 'SET Name = :v', Condition: 'Name = :v', Filter: 'Name = :v', KeyCondition: 'Name = :v', Projection: 'Name'}, reserved('Name')),
  ...everyKind('3: | undefined `#n` |', {Update: 'SET #n = :v', Condition: '#n = :v', Filter: '#n = :v', KeyCondition: '#n = :v', Projection: '#n'}, noName('#n')),
  ...everyKind('3: | undefined `:v` |', {Update: 'SET a = :q', Condition: 'a = :q', Filter: 'a = :q', KeyCondition: 'a = :q'}, noValue(':q')),
  ...everyKind('3: | unknown function |', {Update: 'SET a = foo(b)', Condition: 'foo(a)', Filter: 'a = foo(b)', KeyCondition: 'foo(a)'}, noFunction('foo')),
  wrong('3: | unknown function |', 'Condition', 'if_not_exists(a, :v)', 'The function is not allowed in a condition expression; function: if_not_exists'),
  wrong('3: | unknown function |', 'Update', 'SET a = size(b)', 'The function is not allowed in an update expression; function: size'),
  wrong('3: | function misused', 'Condition', 'a = contains(b, :v)', misused('contains')),
  wrong('3: | function misused', 'Filter', 'size(begins_with(a, :s)) > :v', misused('begins_with')),
  wrong('3: | function misused', 'Filter', 'NOT size(a)', misused('size')),
  wrong('3: | operand count |', 'Condition', 'attribute_exists(a, b)', count('attribute_exists', 2)),
  wrong('3: | operand count |', 'Condition', 'contains(a)', count('contains', 1)),
  wrong('3: | operand count |', 'Condition', 'size(a, b) = :v', count('size', 2)),
  wrong('3: | operand count |', 'Update', 'SET a = if_not_exists(a)', count('if_not_exists', 1)),
  wrong('3: | operand count |', 'Update', 'SET a = list_append(a, b, :l)', count('list_append', 3)),
  wrong('3: | path needed', 'Condition', 'attribute_exists(:v)', needsPath('attribute_exists')),
  wrong('3: | path needed', 'Condition', 'attribute_not_exists(:v)', needsPath('attribute_not_exists')),
  wrong('3: | path needed', 'Update', 'SET a = if_not_exists(:v, :w)', needsPath('if_not_exists')),
  wrong('3: | operand type known statically and wrong |', 'Condition', 'begins_with(a, :v)', type('begins_with', 'N')),
  wrong('3: | operand type known statically and wrong |', 'Condition', 'size(:t) = :v', type('size', 'BOOL')),
  ...[':v', ':m', ':l', ':t', ':z', ':x', ':y'].map((value) => wrong('3: | operand type known statically and wrong |', 'Condition', `begins_with(a, ${value})`, type('begins_with', {':v': 'N', ':m': 'M', ':l': 'L', ':t': 'BOOL', ':z': 'NULL', ':x': 'SS', ':y': 'NS'}[value]))),
  ...everyKind('3: | `((..))` |', {Condition: '((a = :v))', Filter: '((a = :v)) AND b = :v', KeyCondition: '((a = :v))'}, REDUNDANT),
  wrong('3: | `((..))` |', 'Condition', 'a = ((:v))', REDUNDANT),
  wrong('3: | same path on both sides', 'Condition', 'a = a', distinct('=', '[a]')),
  wrong('3: | same path on both sides', 'Condition', 'a.b[0] <> a.b[0]', distinct('<>', '[a, b, [0]]')),
  wrong('3: | same path on both sides', 'Condition', 'contains(a, a)', distinct('contains', '[a]')),
  wrong('3: | same path on both sides', 'Condition', 'a BETWEEN :v AND a', distinct('BETWEEN', '[a]')),
  wrong('3: | same path on both sides', 'Condition', 'a IN (:v, a)', distinct('IN', '[a]')),
  wrong('3: | same path on both sides', 'Condition', '#a < a', distinct('<', '[a]'), {names: {'#a': 'a'}}),
  wrong('3: | IN > 100 |', 'Condition', `a IN (${range(101).map(() => ':v')})`, 'The IN operator is provided with too many operands; number of operands: 101'),
  wrong('3: | IN > 100 |', 'Filter', `a IN (${range(163).map(() => ':v')})`, 'The IN operator is provided with too many operands; number of operands: 163'),
  right('3: | > 300 operators', 'Condition', many(150, 'a=:v')),
  wrong('3: | > 300 operators', 'Condition', many(151, 'a=:v'), MANY(301)),
  right('3: | > 300 operators', 'Condition', `${'NOT '.repeat(299)}a < :v`),
  wrong('3: | > 300 operators', 'Condition', `${'NOT '.repeat(300)}a < :v`, MANY(301)),
  wrong('3.1: | Condition, Filter, KeyCondition |', 'Condition', `${many(151, 'a=:v')} OR foo(a)`, noFunction('foo')),
  wrong('3: | > 300 operators', 'Filter', many(400, 'a=:v'), MANY(301)),
  right('3: | > 300 operators', 'Update', `SET ${range(300).map((i) => `a${i}=:v+b`)}`),
  wrong('3: | > 300 operators', 'Update', `SET ${range(301).map((i) => `a${i}=:v+b`)}`, MANY(301)),
  wrong('3: | path deeper than 32 |', 'Projection', `a${'.b'.repeat(32)}`, 'The document path has too many nesting levels; nesting levels: 33'),
  // Where a syntax error is told.
  wrong(SYNTAX, 'Condition', 'a = ', syntax('<EOF>', '=')),
  wrong(SYNTAX, 'Condition', 'AND', syntax('AND', 'AND')),
  wrong(SYNTAX, 'Condition', 'a = :v b', syntax('b', ':v b')),
  ...everyKind('3: | `a-b` (any kind', {Update: 'SET a-b = :v', Condition: 'a-b = :v', Filter: 'a-b = :v', KeyCondition: 'a-b = :v', Projection: 'a-b'}, syntax('-', 'a-b')),
  wrong('3: | `ADD hits : incr` |', 'Update', 'ADD hits : incr', syntax(':', 'hits : incr')),
  wrong('3: | `SET ..., updated = ...`', 'Update', 'SET a = :v,, updated = :w', syntax(',', ',, updated')),
  wrong('3: | ends early after `:v1` |', 'Update', 'SET a = :v1 , b', syntax('<EOF>', 'b'), {values: {':v1': N(1)}}),
  wrong('3: | `... AND NOT #flag`', 'Filter', 'a = :v AND NOT #flag', syntax('<EOF>', '#flag'), {names: {'#flag': 'flag'}}),
  wrong('3: | starts `INVALID SYNTAX`', 'Update', 'INVALID SYNTAX', syntax('INVALID', 'INVALID SYNTAX')),
  wrong('3: | starts `!!!`', 'Condition', '!!!', syntax('!', '!!')),
  wrong('3: | `#articleId attribute_not_exists :x` |', 'Condition', '#articleId attribute_not_exists :x', syntax('attribute_not_exists', '#articleId attribute_not_exists :x'), {names: {'#articleId': 'a'}, values: {':x': N(1)}}),
  // 3.1 Order
  wrong('3.1: | Condition, Filter, KeyCondition |', 'Condition', '((foo(Name))) =', REDUNDANT),
  wrong('3.1: | Condition, Filter, KeyCondition |', 'Condition', '= ((a = b))', syntax('=', '= (')),
  wrong('3.1: | Condition, Filter, KeyCondition |', 'Condition', '((foo(Name))) AND size(a)', REDUNDANT),
  wrong('3.1: | Condition, Filter, KeyCondition |', 'Condition', 'size(a) AND Name = :v AND foo(b)', noFunction('foo')),
  wrong('3.1: | Condition, Filter, KeyCondition |', 'Condition', 'Name = :v AND size(a)', misused('size')),
  wrong('3.1: | Condition, Filter, KeyCondition |', 'Condition', '#q = :q AND Name = :v', reserved('Name')),
  wrong('3.1: | Condition, Filter, KeyCondition |', 'Condition', 'contains(a) AND #q = :q', count('contains', 1)),
  wrong('3.1: | Condition, Filter, KeyCondition |', 'Condition', '#q = :q AND contains(a)', noName('#q')),
  wrong('3.1: | Condition, Filter, KeyCondition |', 'Condition', 'contains(a, :q, b)', noValue(':q')),
  ...['list_append(list_append(a, :l), :l)', 'if_not_exists(a, list_append(a, :l))', 'list_append(a, :l) + :v', 'b + list_append(a, :l)'].map((value) =>
    wrong('3: | function misused', 'Update', `SET a = ${value}`, 'The function is not allowed to be used this way in an expression; function: list_append'),
  ),
  wrong('3.1: | Update |', 'Update', 'SET Name = foo(:q) SET', syntax('<EOF>', 'SET')),
  wrong('3.1: | Update |', 'Update', 'SET a = foo(:q), Name = :v SET b = :v', reserved('Name')),
  wrong('3.1: | Update |', 'Update', 'SET a = foo(:q) SET b = :v', noFunction('foo')),
  wrong('3.1: | Update |', 'Update', 'SET a = :q, #q = :v SET b = :v', twice('SET')),
  wrong('3.1: | Update |', 'Update', 'SET a = :q, #q = :v, a = :v', noName('#q')),
  wrong('3.1: | Update |', 'Update', 'SET a = :q, a = :v', noValue(':q')),
  wrong('3.1: | Update |', 'Update', 'SET a.b = :v, a[0] = :v, c = :v, c.d = :v', overlap('[c]', '[c, d]')),
  wrong('3.1: | Update |', 'Update', 'SET a.b = :v, a[0] = :v ADD c :s', conflict('[a, b]', '[a, [0]]')),
  wrong('3.1: | Update |', 'Update', 'SET a = list_append(b) ADD c :s', 'Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND'),
  wrong('3.1: | Projection |', 'Projection', 'Name, a,', syntax('<EOF>', ',')),
  wrong('3.1: | Projection |', 'Projection', '#q, Name', reserved('Name')),
  wrong('3.1: | Projection |', 'Projection', 'a, a, #q', noName('#q')),
  wrong('3.1: | Projection |', 'Projection', 'a.b, a[0], c, c', overlap('[c]', '[c]')),
  // 5.1 Update
  ...['SET', 'REMOVE', 'ADD', 'DELETE'].map((section) => {
    const part = {SET: 'SET a = :v', REMOVE: 'REMOVE b', ADD: 'ADD c :v', DELETE: 'DELETE d :x'};
    const other = {SET: 'SET e = :v', REMOVE: 'REMOVE f', ADD: 'ADD g :v', DELETE: 'DELETE h :x'};
    return wrong('5.1: | section twice |', 'Update', `${part[section]} ${other[section]}`, twice(section));
  }),
  wrong('5.1: | section twice |', 'Update', 'set a = :v Set b = :v', twice('SET')),
  wrong('5.1: | one path is a prefix of or equal', 'Update', 'SET a.b = :v, a.b[0] = :v', overlap('[a, b]', '[a, b, [0]]')),
  wrong('5.1: | one path is a prefix of or equal', 'Update', 'SET a.b[0] = :v REMOVE a', overlap('[a, b, [0]]', '[a]')),
  wrong('5.1: | one path is a prefix of or equal', 'Update', 'SET #a = :v ADD a :v', overlap('[a]', '[a]'), {names: {'#a': 'a'}}),
  wrong('5.1: | same position map key vs list index |', 'Update', 'SET a.b = :v, a[0] = :v', conflict('[a, b]', '[a, [0]]')),
  ...[['S', 'STRING', S('a')], ['B', 'BINARY', {B: 'YQ=='}], ['NULL', 'NULL', NULL], ['BOOL', 'BOOLEAN', BOOL(true)], ['L', 'LIST', L()], ['M', 'MAP', M()]].flatMap(([, long, value]) => [
    wrong('5.1: | ADD with S, B', 'Update', 'ADD a :v', `Incorrect operand type for operator or function; operator: ADD, operand type: ${long}, typeSet: ALLOWED_FOR_ADD_OPERAND`, {values: {':v': value}}),
    wrong('5.1: | DELETE with a non-set |', 'Update', 'DELETE a :v', `Incorrect operand type for operator or function; operator: DELETE, operand type: ${long}, typeSet: ALLOWED_FOR_ADD_OPERAND`, {values: {':v': value}}),
  ]),
  wrong('5.1: | DELETE with a non-set |', 'Update', 'DELETE a :v', 'Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_ADD_OPERAND'),
  wrong('5.1: | `+`/`-` with a non-N value |', 'Update', 'SET a = b + :s', type('+', 'S')),
  wrong('5.1: | `+`/`-` with a non-N value |', 'Update', 'SET a = :l - :v', type('-', 'L')),
  wrong('5.1: | `list_append` with a non-L value |', 'Update', 'SET a = list_append(a, :m)', type('list_append', 'M')),
  wrong('5.1: | `if_not_exists` first operand not a path |', 'Update', 'SET a = if_not_exists(:v, :w)', needsPath('if_not_exists')),
  wrong('5.1: Path printing', 'Update', 'SET #a.b[1][2] = :v, #a.b = :v', overlap('[x y, b, [1], [2]]', '[x y, b]'), {names: {'#a': 'x y'}}),
];

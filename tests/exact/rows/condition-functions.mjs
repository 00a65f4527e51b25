// Functions and operators of conditions: what they refuse, and what they find in an item.
import {ABSENT, B, BOOL, BS, L, M, N, NS, NULL, S, SS, conditionFailed, front} from '../values.mjs';

const ITEM = {
  pk: S('k'), s: S('hello'), n: N(5), b: B('abc'), t: BOOL(true), f: BOOL(false), z: NULL, ss: SS('a', 'b'), ns: NS(1, 2),
  bs: BS('x', 'y'), l: L(N(1), S('a'), L(N(2))), m: M({x: N(1), y: S('b')}), e: S(''), u: S('é😀'), hollow: L(), wide: S('😀'),
};
const steps = (expression, values, holds) => [
  ['PutItem', {TableName: '{T}', Item: ITEM}],
  [
    'DeleteItem',
    {TableName: '{T}', Key: {pk: S('k')}, ConditionExpression: expression, ...(values ? {ExpressionAttributeValues: values} : {})},
    holds ? {} : conditionFailed,
  ],
];
const evaluated = (holds) => (proves, expression, values) => ({
  name: `${expression}${values ? ` with ${JSON.stringify(Object.values(values))}` : ''} is ${holds}`.slice(0, 110),
  proves: [].concat(proves).map((text) => `expressions.md 4: ${text}`),
  tables: {T: 'hash'},
  steps: steps(expression, values, holds),
});
const yes = evaluated(true);
const no = evaluated(false);
const refused = (proves, expression, values, message, more = {}) => ({
  name: `${expression} with ${JSON.stringify(Object.values(values ?? {}))} is refused`,
  proves: [].concat(proves).map((text) => `expressions.md 4: ${text}`),
  op: 'DeleteItem',
  body: {TableName: ABSENT, Key: {pk: S('k')}, ConditionExpression: expression, ...(values ? {ExpressionAttributeValues: values} : {})},
  expect: front(`Invalid ConditionExpression: ${message}`),
  ...more,
});
const type = (name, found) => `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${found}`;
const count = (name, n) => `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${n}`;
const needsPath = (name) => `Operator or function requires a document path; operator or function: ${name}`;

const EXISTS = '| `attribute_exists(path)` |';
const NOT_EXISTS = '| `attribute_not_exists(path)` |';
const TYPE = '| `attribute_type(a, :t)` |';
const BEGINS = '| `begins_with(a, b)` |';
const CONTAINS = '| `contains(a, b)` |';
const SIZE = '| `size(a)` |';
const BETWEEN = 'BETWEEN static checks when both bounds are values';
const ORDERLESS = 'Comparison operators with a value of a type without order';
const v = (value) => ({':v': value});

export default [
  yes(EXISTS, 'attribute_exists(z) AND attribute_exists(m.x) AND attribute_exists(l[2][0]) AND attribute_exists(e)'),
  no(EXISTS, 'attribute_exists(nothing)'),
  no(EXISTS, 'attribute_exists(m.nothing)'),
  no(EXISTS, 'attribute_exists(l[3])'),
  no(EXISTS, 'attribute_exists(s.x)'),
  refused(EXISTS, 'attribute_exists(a, b)', undefined, count('attribute_exists', 2)),
  refused(EXISTS, 'attribute_exists(:v)', v(N(1)), needsPath('attribute_exists')),
  yes(NOT_EXISTS, 'attribute_not_exists(nothing) AND attribute_not_exists(m.nothing) AND attribute_not_exists(m[0])'),
  no(NOT_EXISTS, 'attribute_not_exists(z)'),
  refused(NOT_EXISTS, 'attribute_not_exists(:v)', v(N(1)), needsPath('attribute_not_exists')),
  ...Object.entries({S: 's', N: 'n', B: 'b', SS: 'ss', NS: 'ns', BS: 'bs', L: 'l', M: 'm', BOOL: 't', NULL: 'z'}).flatMap(([name, path]) => [
    yes(TYPE, `attribute_type(${path}, :v)`, v(S(name))),
    no(TYPE, `attribute_type(${path}, :v)`, v(S(name === 'S' ? 'N' : 'S'))),
  ]),
  no(TYPE, 'attribute_type(nothing, :v)', v(S('S'))),
  refused(TYPE, 'attribute_type(a, b)', undefined, type('attribute_type', '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}')),
  refused(TYPE, 'attribute_type(a, :v)', v(N(1)), type('attribute_type', 'N')),
  refused(TYPE, 'attribute_type(a, :v)', v(S('String')), 'Invalid attribute type name found; type: String, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}'),
  refused(TYPE, 'attribute_type(a)', undefined, count('attribute_type', 1)),
  yes(BEGINS, 'begins_with(s, :v)', v(S('hel'))),
  yes(BEGINS, 'begins_with(s, :v)', v(S(''))),
  yes(BEGINS, 'begins_with(b, :v)', v(B('ab'))),
  no(BEGINS, 'begins_with(s, :v)', v(S('el'))),
  no(BEGINS, 'begins_with(b, :v)', v(S('ab'))),
  no(BEGINS, 'begins_with(n, :v)', v(S('5'))),
  no(BEGINS, 'begins_with(nothing, :v)', v(S('a'))),
  refused(BEGINS, 'begins_with(a, :v)', v(N(1)), type('begins_with', 'N')),
  yes(CONTAINS, 'contains(s, :v)', v(S('ell'))),
  yes(CONTAINS, 'contains(b, :v)', v(B('bc'))),
  yes(CONTAINS, 'contains(ss, :v)', v(S('b'))),
  yes(CONTAINS, 'contains(ns, :v)', v(N('1.0'))),
  yes(CONTAINS, 'contains(bs, :v)', v(B('x'))),
  yes(CONTAINS, 'contains(l, :v)', v(S('a'))),
  yes(CONTAINS, 'contains(l, :v)', v(L(N('2.0')))),
  no(CONTAINS, 'contains(s, :v)', v(S('ello '))),
  no(CONTAINS, 'contains(ss, :v)', v(N(1))),
  no(CONTAINS, 'contains(ss, :v)', v(SS('a'))),
  no(CONTAINS, 'contains(l, :v)', v(N(2))),
  no(CONTAINS, 'contains(m, :v)', v(S('x'))),
  no(CONTAINS, 'contains(n, :v)', v(N(5))),
  no(CONTAINS, 'contains(nothing, :v)', v(N(5))),
  refused(CONTAINS, 'contains(a, a)', undefined, 'The first operand must be distinct from the remaining operands for this operator or function; operator: contains, first operand: [a]'),
  ...[['s', 5], ['u', 3], ['b', 3], ['ss', 2], ['ns', 2], ['bs', 2], ['l', 3], ['m', 2], ['e', 0], ['hollow', 0]].map(([path, n]) => yes(SIZE, `size(${path}) = :v`, v(N(n)))),
  ...['n', 't', 'z', 'nothing'].flatMap((path) => [no(SIZE, `size(${path}) > :v`, v(N(0))), no(SIZE, `size(${path}) <> :v`, v(N(0)))]),
  ...[[N(1), 'N'], [BOOL(true), 'BOOL'], [NULL, 'NULL']].map(([value, name]) => refused(SIZE, 'size(:v) > size(a)', v(value), type('size', name))),
  refused(BETWEEN, 'a BETWEEN :v AND :w', {':v': S('a'), ':w': N(1)}, 'The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {S:a}, upper bound operand: AttributeValue: {N:1}'),
  refused(BETWEEN, 'a BETWEEN :v AND :w', {':v': N(5), ':w': N(1)}, 'The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:5}, upper bound operand: AttributeValue: {N:1}'),
  yes(BETWEEN, 'n BETWEEN :v AND :w', {':v': N(5), ':w': N('5.0')}),
  ...['<', '<=', '>', '>='].flatMap((op) => [[BOOL(true), 'BOOL'], [NULL, 'NULL'], [SS('a'), 'SS'], [NS(1), 'NS'], [BS('a'), 'BS'], [L(), 'L'], [M(), 'M']].map(([value, name]) => refused(ORDERLESS, `a ${op} :v`, v(value), type(op, name), {assumed: true}))),
  refused(ORDERLESS, 'a BETWEEN :v AND :w', {':v': NULL, ':w': NULL}, type('BETWEEN', 'NULL'), {assumed: true}),
  refused(ORDERLESS, 'attribute_exists(pk) OR a < :v', v(BOOL(true)), type('<', 'BOOL'), {assumed: true}),
  no(ORDERLESS, 't < n'),
  no(ORDERLESS, 'l >= m'),
  // Evaluation
  no('| `=` different types |', 's = :v', v(N(5))),
  yes('| `=` different types |', 's <> :v', v(N(5))),
  yes('| `=` different types |', 't <> :v', v(S('true'))),
  ...['=', '<', '<=', '>', '>='].map((op) => no('| operand absent |', `nothing ${op} :v`, v(N(1)))),
  yes('| operand absent |', 'nothing <> :v', v(N(1))),
  no('| operand absent |', 'nothing BETWEEN :v AND :v', v(N(1))),
  {...yes('| operand absent |', 'nothing <> elsewhere'), assumed: true},
  {...no('| operand absent |', 'nothing = elsewhere'), assumed: true},
  yes('| `<` `<=` `>` `>=` BETWEEN |', 'n < :v', v(N(10))),
  yes('| `<` `<=` `>` `>=` BETWEEN |', 'n > :v', v(N('-1E100'))),
  yes('| `<` `<=` `>` `>=` BETWEEN |', 's < :v', v(S('hello!'))),
  yes('| `<` `<=` `>` `>=` BETWEEN |', 's > :v', v(S('Z'))),
  yes('| `<` `<=` `>` `>=` BETWEEN |', 'wide > :v', v(S('\uff5e'))),
  yes('| `<` `<=` `>` `>=` BETWEEN |', 'b < :v', v({B: '/w=='})),
  yes('| `<` `<=` `>` `>=` BETWEEN |', 'b BETWEEN :v AND :w', {':v': B('abc'), ':w': B('abd')}),
  no('| `<` `<=` `>` `>=` BETWEEN |', 's < :v', v(N(10))),
  no('| `<` `<=` `>` `>=` BETWEEN |', 'n BETWEEN :v AND :w', {':v': S('1'), ':w': S('9')}),
  yes('| sets |', 'ss = :v', v(SS('b', 'a'))),
  no('| sets |', 'ss = :v', v(SS('b', 'a', 'c'))),
  yes('| sets |', 'ns = :v', v(NS('2.0', '1e0'))),
  yes('| sets |', 'l = :v', v(L(N('1.0'), S('a'), L(N(2))))),
  no('| sets |', 'l = :v', v(L(S('a'), N(1), L(N(2))))),
  yes('| sets |', 'm = :v', v(M({y: S('b'), x: N('1.00')}))),
  no('| sets |', 'm = :v', v(M({y: S('b')}))),
  yes('| IN |', 'n IN (:v, :w)', {':v': S('5'), ':w': N('5.0')}),
  no('| IN |', 'n IN (:v)', v(S('5'))),
  no('| IN |', 'nothing IN (:v, elsewhere)', v(S('5'))),
  yes('| NOT |', 'NOT nothing = :v', v(N(1))),
  yes('| NOT |', 'NOT n < :v', v(S('a'))),
  no('| NOT |', 'NOT nothing <> :v', v(N(1))),
  no('| NOT |', 'NOT n = :v', v(N(5))),
  no('| path through a non-map/non-list', 's.x = :v', v(N(1))),
  no('| path through a non-map/non-list', 'm[0] = :v', v(N(1))),
  no('| path through a non-map/non-list', 'l.x = :v', v(N(1))),
  no('| path through a non-map/non-list', 'l[99] = :v', v(N(1))),
  yes('| path through a non-map/non-list', 'attribute_not_exists(s.x) AND attribute_not_exists(l[99])'),
  refused('| AND/OR |', 'attribute_exists(pk) OR begins_with(a, :v)', v(N(1)), type('begins_with', 'N')),
  yes('| AND/OR |', 'n = :v OR size(n) > :v', v(N(5))),
  no('| AND/OR |', 's = :v AND n = :v', v(N(5))),
  // Precedence
  ...[
    ['NOT n = :v AND n = :w', false],
    ['NOT (n = :v AND n = :w)', true],
    ['n = :v OR n = :w AND n = :w', true],
    ['(n = :v OR n = :w) AND n = :w', false],
    ['NOT n IN (:w) AND n BETWEEN :v AND :v', true],
    ['n BETWEEN :v AND :v AND NOT n = :w OR n = :w', true],
  ].map(([expression, holds]) => ({...evaluated(holds)('| AND/OR |', expression, {':v': N(5), ':w': N(6)}), proves: ['expressions.md 2: Precedence, tightest first']})),
  {
    name: 'the condition of an update sees the stored item, that of a put on an absent item nothing',
    proves: ['expressions.md 4: An UpdateItem condition sees the stored item'],
    tables: {T: 'hash'},
    steps: [
      ['UpdateItem', {TableName: '{T}', Key: {pk: S('k')}, UpdateExpression: 'SET a = :v', ConditionExpression: 'attribute_exists(pk) OR attribute_exists(a)', ExpressionAttributeValues: v(N(1))}, conditionFailed],
      ['PutItem', {TableName: '{T}', Item: {pk: S('k'), a: N(1)}, ConditionExpression: 'attribute_exists(a)'}, conditionFailed],
      ['PutItem', {TableName: '{T}', Item: {pk: S('k'), a: N(1)}, ConditionExpression: 'attribute_not_exists(a)'}],
      ['UpdateItem', {TableName: '{T}', Key: {pk: S('k')}, UpdateExpression: 'SET a = :v', ConditionExpression: 'a = :w', ExpressionAttributeValues: {':v': N(2), ':w': N(1)}}],
    ],
  },
];

// KeyConditionExpression: what it may not hold, and what it may.
import {ABSENT, N, S, notFound, validation} from '../values.mjs';

const VALUES = {':a': S('a'), ':b': S('b'), ':n': N(1)};
function request(TableName, expression) {
  const own = Object.fromEntries(Object.entries(VALUES).filter(([key]) => (expression.match(/:\w+/g) ?? []).includes(key)));
  return {TableName, KeyConditionExpression: expression, ...(Object.keys(own).length ? {ExpressionAttributeValues: own} : {})};
}
const wrong = (proves, expression, message) => ({
  name: expression,
  proves: [`expressions.md 6: ${proves}`],
  op: 'Query',
  body: request(ABSENT, expression),
  expect: validation(message),
});
const right = (proves, expression, count = 1) => ({
  name: `${expression} is good`,
  proves: [`expressions.md 6: ${proves}`],
  tables: {T: 'composite'},
  steps: [
    ['PutItem', {TableName: '{T}', Item: {pk: S('a'), sk: S('b')}}],
    ['PutItem', {TableName: '{T}', Item: {pk: S('a'), sk: S('c')}}],
    ['Query', request('{T}', expression), {has: {Count: count, ScannedCount: count}}],
  ],
});
const operator = (name) => `Invalid operator used in KeyConditionExpression: ${name}`;
const first = (name) => `Invalid condition in KeyConditionExpression: ${name} operator must have the key attribute as its first operand`;

const OPERATORS = '| OR, NOT, IN, `<>` |';
const FUNCTIONS = '| attribute_exists, attribute_not_exists';
const FIRST = '| BETWEEN / begins_with whose first';
const FLIPPED = '`:v < sk` is accepted';

export default [
  wrong(OPERATORS, 'pk = :a OR sk = :b', operator('OR')),
  wrong(OPERATORS, 'NOT pk = :a', operator('NOT')),
  wrong(OPERATORS, 'pk IN (:a, :b)', operator('IN')),
  wrong(OPERATORS, 'pk <> :a', operator('<>')),
  wrong(OPERATORS, 'pk = :a AND NOT sk = :b', operator('NOT')),
  wrong(FUNCTIONS, 'pk = :a AND attribute_exists(sk)', operator('attribute_exists')),
  wrong(FUNCTIONS, 'pk = :a AND attribute_not_exists(sk)', operator('attribute_not_exists')),
  wrong(FUNCTIONS, 'pk = :a AND contains(sk, :b)', operator('contains')),
  {...wrong(FUNCTIONS, 'pk = :a AND attribute_type(sk, :b)', operator('attribute_type')), body: {TableName: ABSENT, KeyConditionExpression: 'pk = :a AND attribute_type(sk, :b)', ExpressionAttributeValues: {':a': S('a'), ':b': S('S')}}},
  wrong('| size(..) |', 'size(pk) = :n', `Invalid KeyConditionExpression: KeyConditionExpressions cannot contain nested operations`),
  wrong('| size(..) |', 'pk = :a AND sk > size(a)', `Invalid KeyConditionExpression: KeyConditionExpressions cannot contain nested operations`),
  wrong(FIRST, 'pk = :a AND :b BETWEEN sk AND :b', first('BETWEEN')),
  wrong(FIRST, 'begins_with(:a, sk)', first('begins_with')),
  wrong('| two paths in one condition |', 'pk = sk', 'Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition'),
  wrong('| two paths in one condition |', 'begins_with(pk, sk)', 'Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition'),
  wrong('| nested path |', 'pk.a = :a', `Invalid KeyConditionExpression: KeyConditionExpressions cannot have conditions on nested attributes`),
  wrong('| nested path |', 'pk[0] = :a', `Invalid KeyConditionExpression: KeyConditionExpressions cannot have conditions on nested attributes`),
  wrong('| no path |', ':a = :b', 'Invalid condition in KeyConditionExpression: No key attribute specified'),
  wrong('| same attribute twice |', 'pk = :a AND pk = :b', `Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key`),
  {...wrong('| same attribute twice |', 'pk = :a AND sk > :a AND sk < :b', `Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key`), proves: ['expressions.md 6: | same attribute twice |', 'newer-layer.md: | B39 |']},
  // Both layers, and the order in which a condition is walked.
  ...[['size(pk) = :n', 'cannot contain nested operations'], ['pk.a = :a', 'cannot have conditions on nested attributes'], ['pk = :a AND pk = :b', 'must only contain one condition per key']].map(([expression, text]) => ({
    ...wrong('Syntax and generic static errors', expression, `KeyConditionExpressions ${text}`), validation: 'older', name: `older: ${expression}`,
  })),
  ...[
    ['pk.a = :a AND sk <> :b', 'Invalid KeyConditionExpression: KeyConditionExpressions cannot have conditions on nested attributes'],
    ['sk <> :b AND pk.a = :a', operator('<>')],
    ['pk.a = :a OR sk <> :b', operator('OR')],
    ['pk = :a AND pk = :b AND sk <> :a', 'Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key'],
    ['size(a) > b.c', 'Invalid KeyConditionExpression: KeyConditionExpressions cannot contain nested operations'],
    ['pk = a.b', 'Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition'],
    ['pk BETWEEN :a AND sk', 'Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition'],
  ].map(([expression, message]) => wrong('Conditions are walked in the order written', expression, message)),
  wrong('Syntax and generic static errors', 'pk = ', 'Invalid KeyConditionExpression: Syntax error; token: "<EOF>", near: "="'),
  wrong('Syntax and generic static errors', 'foo(pk)', 'Invalid KeyConditionExpression: Invalid function name; function: foo'),
  wrong('Syntax and generic static errors', 'name = :a', 'Invalid KeyConditionExpression: Attribute name is a reserved keyword; reserved keyword: name'),
  right(FLIPPED, ':a = pk AND :b < sk'),
  right(FLIPPED, 'pk = :a AND :b >= sk'),
  right(FLIPPED, 'pk = :a AND :b <= sk', 2),
  {...right(FLIPPED, '(pk = :a) AND (sk = :b)'), proves: ['expressions.md 2: keycond    := condition grammar', `expressions.md 6: ${FLIPPED}`]},
  right(FLIPPED, '(pk = :a AND sk = :b)'),
  right(FLIPPED, '(pk = :a AND sk > :a)', 2),
  right(FLIPPED, 'sk BETWEEN :a AND :b AND pk = :a'),
  right(FLIPPED, 'begins_with(sk, :b) AND pk = :a'),
  {name: 'a good one goes on to the table', proves: [`expressions.md 6: ${FLIPPED}`], op: 'Query', body: request(ABSENT, 'pk = :a'), expect: notFound},
];

// What update expressions make of an item, and what fails when they run.
import {BS, L, M, N, NS, PFX, S, SS, conditionFailed, validation} from '../values.mjs';

const KEY = {pk: S('k')};
const MISSING = 'The provided expression refers to an attribute that does not exist in the item';
const OPERAND = 'An operand in the update expression has an incorrect data type';
const PATH = 'The document path provided in the update expression is invalid for update';

const update = (UpdateExpression, values, more = {}) => ({
  TableName: '{T}',
  Key: KEY,
  UpdateExpression,
  ...(values ? {ExpressionAttributeValues: values} : {}),
  ...more,
});

// before (attributes; null: no item), the update, the item after (null: none) or a message.
function row(section, proves, before, expression, values, after, more = {}) {
  const fails = typeof after === 'string';
  return {
    name: `${expression}${values ? ` with ${JSON.stringify(values)}` : ''} on ${JSON.stringify(before)}`.slice(0, 130),
    proves: [].concat(proves).map((text) => `expressions.md ${section}: ${text}`),
    tables: {T: more.table ?? 'hash'},
    ...(more.assumed ? {assumed: true} : {}),
    steps: [
      ...(before ? [['PutItem', {TableName: '{T}', Item: {...KEY, ...before}}]] : []),
      ['UpdateItem', update(expression, values, more.members), fails ? validation(after) : (more.expect ?? {})],
      ['GetItem', {TableName: '{T}', Key: KEY}, {body: fails ? (before ? {Item: {...KEY, ...before}} : {}) : after ? {Item: {...KEY, ...after}} : {}}],
    ],
  };
}
const run = (...rest) => row('5.2', ...rest);
const does = (...rest) => row('5.3', ...rest);
const v = (value) => ({':v': value});

const ABSENT_OPERAND = '| operand path absent in SET';
const WRONG_TYPE = '| arithmetic on a non-number';
const NO_PARENT = '| parent of the target absent';
const READ_FIRST = '- All right-hand sides read the item';
const LIST = '- SET to list index inside the list replaces';
const REMOVE = '- REMOVE of several indexes';
const ADD = '- ADD: absent N attribute starts from 0';
const DELETE = '- DELETE: set difference';
const FUNCTIONS = '- `if_not_exists(p, v)`';

export default [
  {
    name: 'a key attribute is no target',
    proves: ['expressions.md 5.1: | key attribute, or a path into it'],
    tables: {T: 'composite'},
    steps: ['SET pk = :v', 'REMOVE sk', 'ADD sk :v', 'SET a = :v, sk = :v'].map((expression) => [
      'UpdateItem',
      {TableName: '{T}', Key: {pk: S('k'), sk: S('s')}, UpdateExpression: expression, ...(expression.includes(':v') ? {ExpressionAttributeValues: v(N(1))} : {})},
      validation(`${PFX}Cannot update attribute ${expression.includes('sk') ? 'sk' : 'pk'}. This attribute is part of the key`),
    ]),
  },
  run(ABSENT_OPERAND, {}, 'SET a = b', undefined, MISSING),
  run(ABSENT_OPERAND, {}, 'SET a = a + :v', v(N(1)), MISSING),
  run(ABSENT_OPERAND, {}, 'SET a = list_append(b, :v)', v(L()), MISSING),
  run(ABSENT_OPERAND, {m: M()}, 'SET a = m.b', undefined, MISSING),
  run(ABSENT_OPERAND, {l: L()}, 'SET a = l[0]', undefined, MISSING),
  run(ABSENT_OPERAND, null, 'SET a = b', undefined, MISSING),
  run(WRONG_TYPE, {a: S('x')}, 'SET a = a + :v', v(N(1)), OPERAND),
  run(WRONG_TYPE, {a: N(1)}, 'SET b = list_append(a, :v)', v(L()), OPERAND),
  run(WRONG_TYPE, {a: S('x')}, 'ADD a :v', v(N(1)), OPERAND),
  run(WRONG_TYPE, {a: SS('x')}, 'ADD a :v', v(NS(1)), OPERAND),
  run(WRONG_TYPE, {a: N(1)}, 'DELETE a :v', v(NS(1)), OPERAND),
  run(WRONG_TYPE, {a: SS('1')}, 'DELETE a :v', v(NS(1)), OPERAND),
  run(NO_PARENT, {}, 'SET a.b = :v', v(N(1)), PATH),
  run(NO_PARENT, {a: S('x')}, 'SET a.b = :v', v(N(1)), PATH),
  run(NO_PARENT, {a: M()}, 'SET a[0] = :v', v(N(1)), PATH),
  run(NO_PARENT, {a: L()}, 'SET a.b = :v', v(N(1)), PATH),
  run(NO_PARENT, null, 'SET a.b = :v', v(N(1)), PATH),
  run('| number result out of range or of more', {n: N(`9${'0'.repeat(125)}`)}, 'ADD n :v', v(N('9E125')), 'Number overflow. Attempting to store a number with magnitude larger than supported range'),
  run('| number result out of range or of more', {n: N(`1${'0'.repeat(38)}`)}, 'SET n = n + :v', v(N('0.1')), 'Number overflow. Attempting to store a number with magnitude larger than supported range'),
  {
    name: 'an index key that becomes of a wrong type',
    proves: ['expressions.md 5.2: | result index key of wrong type / empty |'],
    tables: {T: 'gsi'},
    steps: [
      ['PutItem', {TableName: '{T}', Item: {...KEY, n: N(1), e: S('')}}],
      ['UpdateItem', update('SET g = n'), validation('The update expression attempted to update the secondary index key to unsupported type')],
      ['UpdateItem', update('SET g = :v', v(N(1))), validation(`${PFX}Type mismatch for Index Key g Expected: S Actual: N IndexName: GSI`)],
      ['UpdateItem', update('SET g = e'), validation('One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty string value.')],
    ],
  },
  run('| result or statement too large |', {}, 'SET a = :v', v(S(409600)), 'Item size to update has exceeded the maximum allowed size'),
  does(READ_FIRST, {a: N(1), b: N(2)}, 'SET a = b, b = a', undefined, {a: N(2), b: N(1)}),
  does(READ_FIRST, {a: N(1), l: L(S('x'))}, 'REMOVE a SET b = a', undefined, {b: N(1), l: L(S('x'))}),
  does(READ_FIRST, {l: L(S('a'), S('b'), S('c'))}, 'REMOVE l[0] SET l[1] = :v', v(S('x')), {l: L(S('x'), S('c'))}),
  does(LIST, {l: L(S('a'), S('b'))}, 'SET l[1] = :v', v(S('x')), {l: L(S('a'), S('x'))}),
  does(LIST, {l: L(S('a'))}, 'SET l[9] = :v', v(S('x')), {l: L(S('a'), S('x'))}),
  does(LIST, {l: L(S('a'))}, 'SET l[9] = :v, l[5] = :w', {':v': S('9'), ':w': S('5')}, {l: L(S('a'), S('5'), S('9'))}),
  does(REMOVE, {l: L(S('a'), S('b'), S('c'), S('d'))}, 'REMOVE l[1], l[2]', undefined, {l: L(S('a'), S('d'))}),
  does(REMOVE, {l: L(S('a')), m: M({x: N(1)})}, 'REMOVE nothing, m.y, l[7]', undefined, {l: L(S('a')), m: M({x: N(1)})}),
  does(REMOVE, {}, 'REMOVE x.y', undefined, PATH),
  does(REMOVE, {x: S('a')}, 'REMOVE x.y', undefined, PATH),
  does(REMOVE, {x: M()}, 'REMOVE x[0]', undefined, PATH),
  does('- REMOVE of the last map entry', {m: M({x: N(1)}), l: L(N(1))}, 'REMOVE m.x, l[0]', undefined, {m: M(), l: L()}),
  does(ADD, {}, 'ADD n :v', v(N(5)), {n: N(5)}),
  does(ADD, {n: N('1.5')}, 'ADD n :v', v(N('-2')), {n: N('-0.5')}),
  does(ADD, {}, 'ADD s :v', v(SS('a')), {s: SS('a')}),
  does(ADD, {s: SS('a', 'b')}, 'ADD s :v', v(SS('b', 'c')), {s: SS('a', 'b', 'c')}),
  does(ADD, {s: BS('a')}, 'ADD s :v', v(BS('b')), {s: BS('a', 'b')}),
  does(ADD, {m: M({n: N(1)})}, 'ADD m.n :v', v(N(1)), {m: M({n: N(2)})}),
  does(ADD, {s: N(1)}, 'ADD s :v', v(SS('a')), OPERAND),
  does(DELETE, {s: SS('a', 'b')}, 'DELETE s :v', v(SS('b', 'c')), {s: SS('a')}),
  does(DELETE, {s: NS(1)}, 'DELETE s :v', v(NS('1.0')), {}),
  does(DELETE, {}, 'DELETE s :v', v(NS(1)), {}),
  does(FUNCTIONS, {a: N(1)}, 'SET a = if_not_exists(a, :v)', v(N(9)), {a: N(1)}),
  does(FUNCTIONS, {}, 'SET a = if_not_exists(a, :v)', v(N(9)), {a: N(9)}),
  does(FUNCTIONS, {b: N(3)}, 'SET a = if_not_exists(a, b) + :v', v(N(1)), {a: N(4), b: N(3)}),
  does(FUNCTIONS, {l: L(N(1))}, 'SET l = list_append(:v, l), k = list_append(l, :v)', v(L(N(2))), {l: L(N(2), N(1)), k: L(N(1), N(2))}),
  does(FUNCTIONS, {}, 'SET l = list_append(if_not_exists(l, :e), :v)', {':e': L(), ':v': L(N(2))}, {l: L(N(2))}),
  does('- Numbers: exact decimal', {n: N('0.1')}, 'SET n = n + :v', v(N('0.2')), {n: N('0.3')}),
  does('- Numbers: exact decimal', {n: N('99999999999999999999999999999999999998')}, 'SET n = n + :v', v(N(1)), {n: N('99999999999999999999999999999999999999')}),
  // An absent item
  does('**The key attributes of an absent item**', null, 'SET a = pk', undefined, {a: KEY.pk}),
  does('**The key attributes of an absent item**', null, 'SET a = if_not_exists(pk, :v)', v(N(1)), {a: KEY.pk}),
  does('**The key attributes of an absent item**', null, 'SET a = if_not_exists(a, pk)', undefined, {a: KEY.pk}),
  does('**The key attributes of an absent item**', null, 'SET a.b = pk', undefined, PATH),
  does('| at least one SET or ADD', null, 'SET a = :v', v(N(1)), {a: N(1)}),
  does('| at least one SET or ADD', null, 'ADD a :v REMOVE b', v(N(1)), {a: N(1)}),
  does('| only REMOVE and/or DELETE actions', null, 'REMOVE a', undefined, null),
  does('| only REMOVE and/or DELETE actions', null, 'DELETE a :v REMOVE b', v(SS('a')), null),
  does('| REMOVE of a nested path', null, 'REMOVE a.b', undefined, null),
  does('| REMOVE of a nested path', null, 'REMOVE a[0], b', undefined, null),
  does('| SET of a nested path; DELETE or ADD', null, 'DELETE a.b :v', v(SS('a')), PATH),
  does('| SET of a nested path; DELETE or ADD', null, 'SET a.b = :v', v(SS('a')), PATH),
  does('| SET of a nested path; DELETE or ADD', null, 'ADD a.b :v', v(SS('a')), PATH),
  ...[{}, {AttributeUpdates: {}}].map((members) => ({
    name: `no update${members.AttributeUpdates ? ', an empty map,' : ''} makes an item of its key`,
    proves: ['expressions.md 5.3: | no UpdateExpression, no AttributeUpdates'],
    tables: {T: 'hash'},
    steps: [
      ['UpdateItem', {TableName: '{T}', Key: KEY, ...members}],
      ['GetItem', {TableName: '{T}', Key: KEY}, {body: {Item: KEY}}],
    ],
  })),
  ...[
    [{a: {Value: N(1)}}, {a: N(1)}],
    [{a: {Value: N(1), Action: 'ADD'}, b: {Action: 'DELETE'}}, {a: N(1)}],
    [{a: {Action: 'DELETE'}}, null],
    [{a: {Action: 'DELETE', Value: SS('a')}}, null],
  ].map(([AttributeUpdates, after]) => ({
    name: `an absent item and ${JSON.stringify(AttributeUpdates)}`,
    proves: [`expressions.md 5.3: ${after ? '| at least one SET or ADD' : '| only REMOVE and/or DELETE actions'}`],
    tables: {T: 'hash'},
    steps: [
      ['UpdateItem', {TableName: '{T}', Key: KEY, AttributeUpdates}],
      ['GetItem', {TableName: '{T}', Key: KEY}, {body: after ? {Item: {...KEY, ...after}} : {}}],
    ],
  })),
  ...['ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW'].map((ReturnValues) =>
    does('Nothing written means', null, 'REMOVE a', undefined, null, {members: {ReturnValues}, expect: {body: {}}}),
  ),
  {
    ...does('Nothing written means', null, 'REMOVE a', undefined, null, {members: {ReturnConsumedCapacity: 'TOTAL'}, expect: {has: {ConsumedCapacity: {CapacityUnits: 1}}}}),
    name: 'an update that writes nothing takes one unit',
    assumed: true,
  },
  does('Nothing written means', {a: N(1)}, 'REMOVE a', undefined, {}),
  {
    name: 'an absent item under a condition',
    proves: ['expressions.md 5.3: | at least one SET or ADD'],
    tables: {T: 'hash'},
    steps: [
      ['UpdateItem', update('REMOVE a', undefined, {ConditionExpression: 'attribute_not_exists(pk)'})],
      ['UpdateItem', update('SET a = :v', v(N(1)), {ConditionExpression: 'attribute_exists(pk)'}), conditionFailed],
      ['GetItem', {TableName: '{T}', Key: KEY}, {body: {}}],
    ],
  },
];

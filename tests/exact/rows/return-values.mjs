// ReturnValues: which are allowed, and what each shows.
import {ABSENT, L, M, N, S, SS, front} from '../values.mjs';

const KEY = {pk: S('k')};
const ITEM = {...KEY, a: N(1), s: SS('x'), m: M({a: N(1), b: M({c: N(2), d: N(3)})}), l: L(M({a: N(1)}), M({a: N(2)}), S('z'))};

// `expected`: the Attributes, null: none.
const shown = (proves, ReturnValues, expression, expected, values = {':v': N(9)}, item = ITEM) => ({
  name: `${ReturnValues} of ${expression}${item ? '' : ' on no item'}`,
  proves: [].concat(proves).map((text) => `expressions.md 8: ${text}`),
  tables: {T: 'hash'},
  steps: [
    ...(item ? [['PutItem', {TableName: '{T}', Item: item}]] : []),
    ['UpdateItem', {TableName: '{T}', Key: KEY, UpdateExpression: expression, ...(expression.includes(':v') ? {ExpressionAttributeValues: values} : {}), ReturnValues}, {body: expected ? {Attributes: expected} : {}}],
  ],
});
const legacy = (ReturnValues, AttributeUpdates, expected) => ({
  name: `${ReturnValues} of ${JSON.stringify(AttributeUpdates)}`,
  proves: ['expressions.md 8: - Legacy AttributeUpdates'],
  tables: {T: 'hash'},
  steps: [
    ['PutItem', {TableName: '{T}', Item: ITEM}],
    ['UpdateItem', {TableName: '{T}', Key: KEY, AttributeUpdates, ReturnValues}, {body: expected ? {Attributes: expected} : {}}],
  ],
});

const OLD = '| UPDATED_OLD |';
const NEW = '| UPDATED_NEW |';
const NOTHING = '- Nothing to show';
const LISTS = '- List targets';
const MERGED = '- Several targets under one map';

export default [
  ...['ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW'].flatMap((ReturnValues) => [
    {name: `PutItem with ${ReturnValues}`, proves: ['expressions.md 8: | Put, Delete |'], op: 'PutItem', body: {TableName: ABSENT, Item: KEY, ReturnValues}, expect: front('ReturnValues can only be ALL_OLD or NONE')},
    {name: `DeleteItem with ${ReturnValues}`, proves: ['expressions.md 8: | Put, Delete |'], op: 'DeleteItem', body: {TableName: ABSENT, Key: KEY, ReturnValues}, expect: front('ReturnValues can only be ALL_OLD or NONE')},
  ]),
  {
    name: 'UpdateItem with another value',
    proves: ['expressions.md 8: | Update | all five |'],
    op: 'UpdateItem',
    body: {TableName: ABSENT, Key: KEY, ReturnValues: 'ALL'},
    expect: front('Failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]'),
  },
  {
    name: 'ALL_OLD shows the whole old item',
    proves: ['expressions.md 8: | ALL_OLD |'],
    tables: {T: 'hash'},
    steps: [
      ['PutItem', {TableName: '{T}', Item: ITEM, ReturnValues: 'ALL_OLD'}, {body: {}}],
      ['PutItem', {TableName: '{T}', Item: {...KEY, b: N(2)}, ReturnValues: 'ALL_OLD'}, {body: {Attributes: ITEM}}],
      ['PutItem', {TableName: '{T}', Item: KEY, ReturnValues: 'NONE'}, {body: {}}],
      ['DeleteItem', {TableName: '{T}', Key: KEY, ReturnValues: 'ALL_OLD'}, {body: {Attributes: KEY}}],
      ['DeleteItem', {TableName: '{T}', Key: KEY, ReturnValues: 'ALL_OLD'}, {body: {}}],
      ['UpdateItem', {TableName: '{T}', Key: KEY, ReturnValues: 'ALL_OLD'}, {body: {}}],
      ['UpdateItem', {TableName: '{T}', Key: KEY, ReturnValues: 'ALL_OLD'}, {body: {Attributes: KEY}}],
    ],
  },
  shown('| ALL_NEW |', 'ALL_NEW', 'SET a = :v', {...ITEM, a: N(9)}),
  shown('| ALL_NEW |', 'ALL_NEW', 'SET a = :v', {...KEY, a: N(9)}, undefined, null),
  shown(OLD, 'UPDATED_OLD', 'SET m.a = :v', {m: M({a: N(1)})}),
  shown(OLD, 'UPDATED_OLD', 'SET a = :v, n = :v', {a: N(1)}),
  shown(OLD, 'UPDATED_OLD', 'REMOVE a, m.b.c', {a: N(1), m: M({b: M({c: N(2)})})}),
  shown(OLD, 'UPDATED_OLD', 'ADD a :v', {a: N(1)}),
  shown(NEW, 'UPDATED_NEW', 'SET m.a = :v', {m: M({a: N(9)})}),
  shown(NEW, 'UPDATED_NEW', 'SET a = :v, n = :v REMOVE m', {a: N(9), n: N(9)}),
  shown(NEW, 'UPDATED_NEW', 'SET a = :v', {a: N(1)}, {':v': N(1)}),
  shown(NEW, 'UPDATED_NEW', 'ADD s :v', {s: SS('x', 'y')}, {':v': SS('y')}),
  shown(NEW, 'UPDATED_NEW', 'ADD a :v', {a: N(10)}),
  shown(NOTHING, 'UPDATED_NEW', 'REMOVE a', null),
  shown(NOTHING, 'UPDATED_OLD', 'SET n = :v', null),
  shown(NOTHING, 'UPDATED_NEW', 'DELETE s :v', null, {':v': SS('x')}),
  shown(NOTHING, 'UPDATED_OLD', 'SET a = :v', null, undefined, null),
  shown(LISTS, 'UPDATED_NEW', 'SET l[1].a = :v', {l: L(M({a: N(9)}))}),
  shown(LISTS, 'UPDATED_OLD', 'SET l[1].a = :v', {l: L(M({a: N(2)}))}),
  shown(LISTS, 'UPDATED_NEW', 'SET l[0] = :v', {l: L(N(9))}),
  shown(LISTS, 'UPDATED_NEW', 'SET l[9] = :v', null),
  shown(LISTS, 'UPDATED_NEW', 'SET l[3] = :v', {l: L(N(9))}),
  shown(MERGED, 'UPDATED_NEW', 'SET m.a = :v, m.b.c = :v', {m: M({a: N(9), b: M({c: N(9)})})}),
  shown(MERGED, 'UPDATED_OLD', 'SET m.b.d = :v, m.b.c = :v', {m: M({b: M({c: N(2), d: N(3)})})}),
  legacy('UPDATED_NEW', {m: {Value: N(5)}, a: {Value: N(1), Action: 'ADD'}}, {m: N(5), a: N(2)}),
  legacy('UPDATED_OLD', {m: {Value: N(5)}, n: {Value: N(5)}}, {m: ITEM.m}),
  legacy('UPDATED_NEW', {a: {Action: 'DELETE'}}, null),
  {
    name: 'a failed condition shows the item when asked',
    proves: ['expressions.md 8: - `ReturnValuesOnConditionCheckFailure=ALL_OLD`'],
    tables: {T: 'hash'},
    steps: [
      ['PutItem', {TableName: '{T}', Item: ITEM}],
      ...[
        ['PutItem', {Item: KEY}],
        ['DeleteItem', {Key: KEY}],
        ['UpdateItem', {Key: KEY, UpdateExpression: 'REMOVE a'}],
      ].flatMap(([op, body]) => [
        [op, {TableName: '{T}', ...body, ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}, {type: 'ConditionalCheckFailedException', message: 'The conditional request failed', more: {Item: ITEM}}],
        [op, {TableName: '{T}', ...body, ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'NONE'}, {type: 'ConditionalCheckFailedException', message: 'The conditional request failed'}],
      ]),
      ['DeleteItem', {TableName: '{T}', Key: {pk: S('other')}, ConditionExpression: 'attribute_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}, {type: 'ConditionalCheckFailedException', message: 'The conditional request failed'}],
    ],
  },
];

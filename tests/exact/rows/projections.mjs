// What ProjectionExpression and AttributesToGet leave of an item.
import {ABSENT, L, M, N, S, validation} from '../values.mjs';

const ITEM = {
  pk: S('k'),
  a: N(1),
  'd.ot': S('dot'),
  m: M({a: N(1), b: M({c: N(2), d: N(3)}), e: N(4)}),
  l: L(S('0'), M({x: N(1), y: N(2)}), S('2'), L(S('30'), S('31'))),
};
const PATHS = 'Overlap and conflict as in updates';

const shows = (expression, shown, names) => ({
  name: `${expression} of an item`,
  proves: [`expressions.md 7: ${PATHS}`],
  tables: {T: 'hash'},
  steps: [
    ['PutItem', {TableName: '{T}', Item: ITEM}],
    ['GetItem', {TableName: '{T}', Key: {pk: S('k')}, ProjectionExpression: expression, ...(names ? {ExpressionAttributeNames: names} : {})}, {body: {Item: shown}}],
    ['Scan', {TableName: '{T}', ProjectionExpression: expression, ...(names ? {ExpressionAttributeNames: names} : {})}, {body: {Items: [shown], Count: 1, ScannedCount: 1}}],
    ['BatchGetItem', {RequestItems: {'{T}': {Keys: [{pk: S('k')}], ProjectionExpression: expression, ...(names ? {ExpressionAttributeNames: names} : {})}}}, {body: {Responses: {'{T}': [shown]}, UnprocessedKeys: {}}}],
  ],
});
const wrong = (expression, kind, one, two) => ({
  name: `${expression}: paths ${kind}`,
  proves: [`expressions.md 7: ${PATHS}`],
  op: 'GetItem',
  body: {TableName: ABSENT, Key: {pk: S('k')}, ProjectionExpression: expression},
  expect: validation(`Invalid ProjectionExpression: Two document paths ${kind} with each other; must remove or rewrite one of these paths; path one: ${one}, path two: ${two}`),
});

export default [
  shows('a', {a: N(1)}),
  shows('pk, a', {pk: S('k'), a: N(1)}),
  shows('m.a, m.b', {m: M({a: N(1), b: ITEM.m.M.b})}),
  shows('m.b.c, m.e', {m: M({b: M({c: N(2)}), e: N(4)})}),
  shows('l[2], l[0]', {l: L(S('0'), S('2'))}),
  shows('l[3][1], l[1].y', {l: L(M({y: N(2)}), L(S('31')))}),
  shows('l[1].x, l[1].y', {l: L(M({x: N(1), y: N(2)}))}),
  shows('a, nothing, m.nothing, l[9], s.x', {a: N(1)}),
  shows('#d', {'d.ot': S('dot')}, {'#d': 'd.ot'}),
  shows('nothing', {}),
  wrong('a, a', 'overlap', '[a]', '[a]'),
  wrong('m, m.a', 'overlap', '[m]', '[m, a]'),
  wrong('m.a[0], m', 'overlap', '[m, a, [0]]', '[m]'),
  wrong('m.a, m[0]', 'conflict', '[m, a]', '[m, [0]]'),
  {
    name: 'AttributesToGet takes whole names',
    proves: ['expressions.md 7: Legacy AttributesToGet takes'],
    tables: {T: 'hash'},
    steps: [
      ['PutItem', {TableName: '{T}', Item: ITEM}],
      ['GetItem', {TableName: '{T}', Key: {pk: S('k')}, AttributesToGet: ['d.ot', 'a', 'm.a']}, {body: {Item: {'d.ot': S('dot'), a: N(1)}}}],
      ['Scan', {TableName: '{T}', AttributesToGet: ['l[0]']}, {body: {Items: [{}], Count: 1, ScannedCount: 1}}],
    ],
  },
];

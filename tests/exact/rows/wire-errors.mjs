// Bodies of errors: the prefix of __type, the spelling of the message member, and the members in their order.
import assert from 'node:assert/strict';
import {carry, define, n, put, s} from '../definitions.mjs';

const proves = carry('data-plane.md 3: ');
const tables = {T: define('pk:S')};
const VALIDATION = 'com.amazon.coral.validate#ValidationException';
const CORAL = 'com.amazon.coral.service#';
const MODELLED = 'com.amazonaws.dynamodb.v20120810#';
const row = (name, statements, ...steps) => ({name, proves: proves(statements), tables, steps});
const assumed = (made) => ({...made, assumed: true});

// An error whose body has these members in this order, and a text in the last of them.
const says = (type, members, status = 400) => (reply) => {
  assert.equal(reply.status, status, reply.text);
  assert.equal(reply.json.__type, type);
  assert.deepEqual(Object.keys(reply.json), ['__type', ...members]);
  for (const name of members.filter((one) => one.toLowerCase() === 'message')) assert.ok(reply.json[name].length > 0);
};
const modelled = (name, members = ['message']) => says(MODELLED + name, members);
const coral = (name, members = ['message']) => says(CORAL + name, members);
const key = {TableName: '{T}', Key: {pk: s('a')}};
const absent = {TableName: 'absent', Key: {pk: s('a')}};
const transaction = (token, ...TransactItems) => ['TransactWriteItems', {TransactItems, ClientRequestToken: token}];
const item = (v) => ({Put: {TableName: '{T}', Item: {pk: s('a'), v: n(v)}}});
const unmet = {ConditionCheck: {...key, ConditionExpression: 'attribute_exists(x)'}};
const fill = put('{T}', {pk: s('a')});

export default [
  row(
    'ValidationException',
    ['`{"__type":"<prefix><Name>"', '| `com.amazon.coral.validate#` |', '| `message` |'],
    ['GetItem', {...key, ProjectionExpression: ''}, says(VALIDATION, ['message'])],
    ['GetItem', {}, says(VALIDATION, ['message'])],
    ['CreateTable', {TableName: 'abc'}, says(VALIDATION, ['message'])],
    ['GetItem', {TableName: '{T}', Key: {pk: s('')}}, says(VALIDATION, ['message'])],
    ['ListTagsOfResource', {}, says(VALIDATION, ['message'])],
    ['ExecuteStatement', {Statement: 'x'}, says(VALIDATION, ['message'])],
  ),
  row(
    'errors of the service around the operations',
    '| `com.amazon.coral.service#` |',
    ['GetItem', 'x', coral('SerializationException', [])],
    ['GetItem', {TableName: 1}, coral('SerializationException', ['Message'])],
    ['MakeTea', {}, coral('UnknownOperationException', [])],
    ['GetItem', {}, coral('MissingAuthenticationTokenException'), {headers: {Authorization: null}}],
    ['GetItem', {}, coral('IncompleteSignatureException'), {headers: {Authorization: 'AWS4-HMAC-SHA256'}}],
    ['GetItem', {}, coral('InvalidSignatureException'), {path: '/?X-Amz-Algorithm=AWS4-HMAC-SHA256'}],
  ),
  row(
    'errors of the model',
    ['| `com.amazonaws.dynamodb.v20120810#` |', '| `message` |'],
    fill,
    ['GetItem', absent, modelled('ResourceNotFoundException')],
    ['DescribeTable', {TableName: 'absent'}, modelled('ResourceNotFoundException')],
    ['DescribeContinuousBackups', {TableName: 'absent'}, modelled('TableNotFoundException')],
    ['CreateTable', {TableName: '{T}', ...tables.T}, modelled('ResourceInUseException')],
    ['PutItem', {TableName: '{T}', Item: {pk: s('a')}, ConditionExpression: 'attribute_exists(x)'}, modelled('ConditionalCheckFailedException')],
    [
      'PutItem',
      {
        TableName: '{T}',
        Item: {pk: s('a')},
        ConditionExpression: 'attribute_exists(x)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
      (reply) => {
        assert.equal(reply.json.__type, `${MODELLED}ConditionalCheckFailedException`);
        assert.deepEqual(Object.keys(reply.json).sort(), ['Item', '__type', 'message']);
      },
    ],
    ['ExecuteStatement', {Statement: `INSERT INTO "{T}" VALUE {'pk': 'a'}`}, modelled('DuplicateItemException')],
    ['ListTables', 'x', says(`${MODELLED}InternalServerError`, ['message'], 500), {headers: {'Content-Encoding': 'br'}}],
  ),
  row(
    'errors that spell Message with a capital',
    '| `Message` |',
    fill,
    [...transaction('one', unmet), modelled('TransactionCanceledException', ['CancellationReasons', 'Message'])],
    ['GetItem', {TableName: true}, coral('SerializationException', ['Message'])],
    [...transaction('{T}two', item(1)), {body: {}}],
    [...transaction('{T}two', item(2)), modelled('IdempotentParameterMismatchException', ['Message'])],
    [
      'ExecuteStatement',
      {
        Statement: `UPDATE "{T}" SET w = 1 WHERE pk = 'a' AND x = 1`,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
      (reply) => {
        assert.equal(reply.json.__type, `${MODELLED}ConditionalCheckFailedException`);
        assert.deepEqual(Object.keys(reply.json).sort(), ['Item', 'Message', '__type']);
      },
    ],
    [
      'ExecuteStatement',
      {Statement: `UPDATE "{T}" SET w = 1 WHERE pk = 'a' AND x = 1`},
      modelled('ConditionalCheckFailedException'),
    ],
  ),
];

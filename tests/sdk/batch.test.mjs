// BatchGetItem and BatchWriteItem.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {BatchGetItemCommand, BatchWriteItemCommand, ScanCommand} from '@aws-sdk/client-dynamodb';
import {N, S, connect, createTable, fails, keys, put} from './client.mjs';

let db, close;
before(async () => {
  ({db, close} = await connect());
  await createTable(db, 'Users', keys('id:S'));
  await createTable(db, 'Orders', keys('id:S', 'no:N'));
});
after(() => close());

const write = (RequestItems, more = {}) => db.send(new BatchWriteItemCommand({RequestItems, ...more}));
const read = (RequestItems, more = {}) => db.send(new BatchGetItemCommand({RequestItems, ...more}));
const putRequest = (Item) => ({PutRequest: {Item}});
const deleteRequest = (Key) => ({DeleteRequest: {Key}});
const byId = (a, b) => (a.id.S < b.id.S ? -1 : 1);

describe('BatchWriteItem', () => {
  test('puts and deletes in several tables', async () => {
    await put(db, 'Users', {id: S('old')});
    const answer = await write({
      Users: [putRequest({id: S('new'), n: N(1)}), deleteRequest({id: S('old')}), deleteRequest({id: S('never')})],
      Orders: [putRequest({id: S('new'), no: N(1)}), putRequest({id: S('new'), no: N(2)})],
    });
    assert.deepEqual(answer.UnprocessedItems, {});
    assert.deepEqual((await db.send(new ScanCommand({TableName: 'Users'}))).Items, [{id: S('new'), n: N(1)}]);
    assert.equal((await db.send(new ScanCommand({TableName: 'Orders'}))).Count, 2);
  });

  const many = (n) => Array.from({length: n}, (_, i) => putRequest({id: S(`many${i}`)}));
  const cases = [
    ['the same key twice', {Users: [putRequest({id: S('x')}), deleteRequest({id: S('x')})]}, 'Provided list of item keys contains duplicates'],
    ['equal numbers as keys', {Orders: [putRequest({id: S('x'), no: N(1)}), putRequest({id: S('x'), no: N('1.0')})]}, 'Provided list of item keys contains duplicates'],
    ['a key of the wrong type', {Users: [putRequest({id: N(1)})]}, 'The provided key element does not match the schema'],
    ['a put without its key', {Users: [putRequest({name: S('x')})]}, 'The provided key element does not match the schema'],
    ['no tables', {}, 'The requestItems parameter is required for BatchWriteItem'],
    [
      'an empty request',
      {Users: [{}]},
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    ],
    ['an item that is too large', {Users: [putRequest({id: S('x'), v: S('x'.repeat(409600))})]}, 'Item size has exceeded the maximum allowed size'],
    ['an empty key', {Users: [putRequest({id: S('')})]}, 'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id'],
  ];
  for (const [name, items, message] of cases) {
    test(`refuses ${name}`, () => fails(write(items), 'ValidationException', message));
  }
  for (const [where, items] of [
    ['in one table', {Users: many(26)}],
    ['over two tables', {Users: many(13), Orders: many(13)}],
  ]) {
    test(`refuses 26 ${where}`, async () => {
      const error = await write(items).catch((thrown) => thrown);
      assert.equal(error.name, 'ValidationException');
      assert.match(error.message, /^1 validation error detected: Value '\{Users=\[/);
      assert.match(
        error.message,
        /' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: \[Member must have length less than or equal to 25, Member must have length greater than or equal to 1\]$/,
      );
    });
  }
  test('refuses an unknown table, and writes nothing', async () => {
    await fails(
      write({Users: [putRequest({id: S('nothing')})], NoSuchTable: [putRequest({id: S('x')})]}),
      'ResourceNotFoundException',
      'Requested resource not found',
    );
    assert.deepEqual((await read({Users: {Keys: [{id: S('nothing')}]}})).Responses.Users, []);
  });
});

describe('BatchGetItem', () => {
  before(() => write({Users: Array.from({length: 20}, (_, i) => putRequest({id: S(`u${i}`), n: N(i), m: {M: {a: N(i)}}}))}));

  test('finds what is there', async () => {
    const answer = await read({
      Users: {Keys: [{id: S('u1')}, {id: S('u2')}, {id: S('absent')}], ProjectionExpression: 'id, #m.a', ExpressionAttributeNames: {'#m': 'm'}},
      Orders: {Keys: [{id: S('absent'), no: N(1)}], ConsistentRead: true},
    });
    assert.deepEqual(answer.Responses.Users.sort(byId), [
      {id: S('u1'), m: {M: {a: N(1)}}},
      {id: S('u2'), m: {M: {a: N(2)}}},
    ]);
    assert.deepEqual(answer.Responses.Orders, []);
    assert.deepEqual(answer.UnprocessedKeys, {});
  });

  test('what does not fit in 16 MiB is handed back as it was asked', async () => {
    const text = S('x'.repeat(390_000));
    const ids = Array.from({length: 50}, (_, i) => `large${i}`);
    for (const id of ids) await put(db, 'Users', {id: S(id), text});
    const asked = {
      Keys: ids.map((id) => ({id: S(id)})),
      ProjectionExpression: '#i',
      ExpressionAttributeNames: {'#i': 'id'},
      ConsistentRead: true,
    };
    const first = await read({Users: asked});
    const got = first.Responses.Users.length;
    // 16 MiB hold at most 43 items of 390,013 bytes.
    assert.ok(got <= 43 && got >= 40, `${got} items`);
    const rest = first.UnprocessedKeys.Users;
    assert.equal(rest.Keys.length, ids.length - got);
    assert.deepEqual({...rest, Keys: undefined}, {...asked, Keys: undefined});
    const second = await read(first.UnprocessedKeys);
    const all = [...first.Responses.Users, ...second.Responses.Users].map((item) => item.id.S);
    assert.deepEqual(all.toSorted(), ids.toSorted());
  });

  const cases = [
    ['duplicate keys', {Users: {Keys: [{id: S('a')}, {id: S('a')}]}}, 'Provided list of item keys contains duplicates'],
    [
      'no tables',
      {},
      "1 validation error detected: Value at 'RequestItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    ['a key that does not fit', {Users: {Keys: [{other: S('a')}]}}, 'The provided key element does not match the schema'],
    [
      '101 keys',
      {Users: {Keys: Array.from({length: 101}, (_, i) => ({id: S(`k${i}`)}))}},
      "1 validation error detected: Value at 'RequestItems.Users.member.Keys' failed to satisfy constraint: Member must have length less than or equal to 100",
    ],
    [
      'both styles',
      {Users: {Keys: [{id: S('a')}], AttributesToGet: ['a'], ProjectionExpression: 'a'}},
      'Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}',
    ],
  ];
  for (const [name, items, message] of cases) {
    test(`refuses ${name}`, () => fails(read(items), 'ValidationException', message));
  }
  test('an unknown table', () =>
    fails(read({NoSuchTable: {Keys: [{id: S('a')}]}}), 'ResourceNotFoundException', 'Requested resource not found'));
});

// JSON as strangers send it: depth, duplicates, unknown members, numbers, text.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {startServer} from './server.mjs';
import {TABLE, assertSerialization, assertValidation, wire} from './wire.mjs';

let server, call;
before(async () => {
  server = await startServer();
  call = wire(server.port);
  await call('CreateTable', TABLE);
});
after(() => server.stop());

const get = async (pk) => (await call('GetItem', {TableName: 'Wire', Key: {pk: {S: pk}}})).json.Item;

describe('depth', () => {
  const nested = (open, close, n) => open.repeat(n) + close.repeat(n);
  const cases = [
    ['brackets in an unknown member', `{"x":${nested('[', ']', 1_000_000)}}`],
    ['brackets that never close', '['.repeat(8_000_000)],
    ['objects', `${nested('{"a":', '', 500_000)}1${'}'.repeat(500_000)}`],
    ['values', `{"TableName":"Wire","Item":{"pk":${'{"L":['.repeat(100_000)}{"S":"a"}${']}'.repeat(100_000)}}}`],
  ];
  for (const [name, body] of cases) {
    test(`${name}: refused, and the server lives on`, async () => {
      const answer = await call('PutItem', body);
      assert.equal(answer.status, 400);
      assert.ok(answer.json.__type);
      assert.equal((await call('ListTables', {})).status, 200);
    });
  }

  const levels = (n) => {
    let value = {S: 'x'};
    for (let i = 0; i < n; ++i) value = i % 2 ? {L: [value]} : {M: {a: value}};
    return value;
  };
  test('a scalar inside 31 maps and lists is stored', async () => {
    const item = {pk: {S: 'deep'}, v: levels(31)};
    assert.equal((await call('PutItem', {TableName: 'Wire', Item: item})).status, 200);
    assert.deepEqual(await get('deep'), item);
  });
  test('inside 32 it is refused', async () => {
    assertValidation(
      await call('PutItem', {TableName: 'Wire', Item: {pk: {S: 'deeper'}, v: levels(32)}}),
      '1 validation error detected: Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
    );
  });
});

describe('members', () => {
  test('the last of two equal names counts', async () => {
    await call('PutItem', '{"TableName":"Nope","TableName":"Wire","Item":{"pk":{"S":"dup"},"v":{"S":"1"},"v":{"S":"2"}}}');
    assert.deepEqual(await get('dup'), {pk: {S: 'dup'}, v: {S: '2'}});
  });
  test('unknown members are dropped at every level', async () => {
    const answer = await call('PutItem', {
      TableName: 'Wire',
      NoSuchMember: {a: [1, {}]},
      Item: {pk: {S: 'unknown', Z: 1}, m: {M: {a: {N: '1', Other: []}}}},
    });
    assert.equal(answer.status, 200);
    assert.deepEqual(await get('unknown'), {pk: {S: 'unknown'}, m: {M: {a: {N: '1'}}}});
  });
  test('a value with only unknown types is empty', async () => {
    assertValidation(
      await call('PutItem', {TableName: 'Wire', Item: {pk: {S: 'a'}, v: {X: '1'}}}),
      'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    );
  });
  test('a value with a null type is empty', async () => {
    assertValidation(
      await call('PutItem', {TableName: 'Wire', Item: {pk: {S: 'a'}, v: {S: null}}}),
      'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    );
  });
  test('a value with two types', async () => {
    assertValidation(
      await call('PutItem', {TableName: 'Wire', Item: {pk: {S: 'a'}, v: {S: 'x', N: '1'}}}),
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  });
  test('a null type beside a real one is absent', async () => {
    const body = {TableName: 'Wire', Item: {pk: {S: 'nullbeside', N: null}}};
    assert.equal((await call('PutItem', body)).status, 200);
    assert.deepEqual(await get('nullbeside'), {pk: {S: 'nullbeside'}});
  });
  test('names may be escaped', async () => {
    const body = '{"T\\u0061bleName":"Wire","Item":{"\\u0070k":{"\\u0053":"esc\\u0061ped \\ud83d\\ude00"}}}';
    assert.equal((await call('PutItem', body)).status, 200);
    assert.deepEqual(await get('escaped 😀'), {pk: {S: 'escaped 😀'}});
  });
});

describe('numbers', () => {
  test('a JSON number of any size is legal where it is dropped', async () => {
    const answer = await call('ListTables', '{"Unknown":1e999,"Other":-1.5e-999}');
    assert.equal(answer.status, 200);
  });
  for (const number of ['01', '+1', '.5', '1.', '0x1', 'NaN', '-']) {
    test(`${number} is no JSON`, async () => {
      assertSerialization(await call('ListTables', `{"Limit":${number}}`));
    });
  }
});

describe('white space', () => {
  test('all four kinds around everything', async () => {
    assert.equal((await call('ListTables', ' \t\r\n{ \n"Limit" : 5 }\r\n')).status, 200);
  });
});

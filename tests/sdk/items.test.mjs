// Values of all types both ways, through the plain client and the document client.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {GetItemCommand, PutItemCommand} from '@aws-sdk/client-dynamodb';
import {DynamoDBDocumentClient, GetCommand, NumberValue, PutCommand} from '@aws-sdk/lib-dynamodb';
import {FRONT, N, S, connect, createTable, fails, keys} from './client.mjs';

const PFX = 'One or more parameter values were invalid: ';
let db, doc, close;
before(async () => {
  ({db, doc, close} = await connect());
  await createTable(db, 'Items', keys('pk:S'));
  await createTable(db, 'Numbers', keys('pk:N', 'sk:B'));
});
after(() => close());

const bytes = (...values) => Uint8Array.from(values);
const get = async (pk) => (await db.send(new GetItemCommand({TableName: 'Items', Key: {pk: S(pk)}}))).Item;
const putValue = (pk, v) => db.send(new PutItemCommand({TableName: 'Items', Item: {pk: S(pk), v}}));

describe('values come back as they went in', () => {
  const cases = [
    ['string', S('text')],
    ['empty string', S('')],
    ['string outside the BMP', S('a😀\u0000\u007f\u2028z')],
    ['number', N('12.5')],
    ['binary', {B: bytes(0, 1, 254, 255)}],
    ['empty binary', {B: bytes()}],
    ['true', {BOOL: true}],
    ['false', {BOOL: false}],
    ['null', {NULL: true}],
    ['list', {L: [S('a'), N(1), {L: []}, {M: {}}]}],
    ['empty list', {L: []}],
    ['map', {M: {a: S('x'), 'odd.name [0] #:': {M: {b: {NULL: true}}}}}],
    ['empty map', {M: {}}],
  ];
  for (const [name, value] of cases) {
    test(name, async () => {
      await putValue(name, value);
      assert.deepEqual(await get(name), {pk: S(name), v: value});
    });
  }

  const sets = [
    ['string set', {SS: ['b', 'a', '']}, 'SS'],
    ['number set', {NS: ['3', '-1', '0.5']}, 'NS'],
    ['binary set', {BS: [bytes(1), bytes(2, 3)]}, 'BS'],
  ];
  for (const [name, value, type] of sets) {
    test(name, async () => {
      await putValue(name, value);
      const {v} = await get(name);
      assert.deepEqual(new Set(v[type].map(String)), new Set(value[type].map(String)));
    });
  }

  test('many attributes keep their names', async () => {
    const item = {pk: S('many')};
    for (let i = 0; i < 500; ++i) item[`attribute ${i} ä`] = N(i);
    await db.send(new PutItemCommand({TableName: 'Items', Item: item}));
    assert.deepEqual(await get('many'), item);
  });
});

describe('numbers are normalised and exact', () => {
  const cases = [
    ['1e3', '1000'],
    ['1E-5', '0.00001'],
    ['1.50', '1.5'],
    ['+7', '7'],
    ['007', '7'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['-0', '0'],
    ['0e125', '0'],
    ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
    ['-0.00000000000000000000000000000000000001', '-0.00000000000000000000000000000000000001'],
    ['1e125', `1${'0'.repeat(125)}`],
    ['1e-130', `0.${'0'.repeat(129)}1`],
  ];
  for (const [sent, stored] of cases) {
    test(`${sent} becomes ${stored.length > 45 ? `${stored.slice(0, 20)}...` : stored}`, async () => {
      await putValue(`number ${sent}`, {N: sent});
      assert.equal((await get(`number ${sent}`)).v.N, stored);
    });
  }

  const refused = [
    ['', 'The parameter cannot be converted to a numeric value: '],
    ['abc', 'The parameter cannot be converted to a numeric value: abc'],
    [' 1', 'The parameter cannot be converted to a numeric value:  1'],
    ['NaN', 'The parameter cannot be converted to a numeric value: NaN'],
    ['1_000', 'The parameter cannot be converted to a numeric value: 1_000'],
    ['.', 'The parameter cannot be converted to a numeric value: .'],
    ['1'.repeat(39), 'Attempting to store more than 38 significant digits in a Number'],
    ['1e126', 'Number overflow. Attempting to store a number with magnitude larger than supported range'],
    ['-1e126', 'Number overflow. Attempting to store a number with magnitude larger than supported range'],
    ['1e-131', 'Number underflow. Attempting to store a number with magnitude smaller than supported range'],
  ];
  for (const [sent, message] of refused) {
    test(`"${sent}" is refused`, () => fails(putValue('bad', {N: sent}), 'ValidationException', FRONT + message));
  }

  test('NumberValue keeps 38 digits both ways', async () => {
    const digits = '1234567890.1234567890123456789012345678';
    const wide = DynamoDBDocumentClient.from(db, {unmarshallOptions: {wrapNumbers: (text) => NumberValue.from(text)}});
    await wide.send(new PutCommand({TableName: 'Items', Item: {pk: 'wide', v: NumberValue.from(digits)}}));
    const {Item} = await wide.send(new GetCommand({TableName: 'Items', Key: {pk: 'wide'}}));
    assert.equal(Item.v.toString(), digits);
  });

  test('bigint', async () => {
    await doc.send(new PutCommand({TableName: 'Items', Item: {pk: 'bigint', v: 2n ** 100n}}));
    assert.equal((await get('bigint')).v.N, String(2n ** 100n));
  });

  test('keys that are equal numbers name the same item', async () => {
    const key = (pk) => ({pk: {N: pk}, sk: {B: bytes(0, 255)}});
    await db.send(new PutItemCommand({TableName: 'Numbers', Item: {...key('1.0'), v: S('x')}}));
    const {Item} = await db.send(new GetItemCommand({TableName: 'Numbers', Key: key('10e-1')}));
    assert.deepEqual(Item, {...key('1'), v: S('x')});
  });
});

describe('values that are refused', () => {
  const cases = [
    ['NULL false', {NULL: false}, `${PFX}Null attribute value types must have the value of true`],
    ['empty string set', {SS: []}, `${PFX}An string set  may not be empty`],
    ['empty number set', {NS: []}, `${PFX}An number set  may not be empty`],
    ['empty binary set', {BS: []}, `${PFX}Binary sets should not be empty`],
    ['duplicate strings', {SS: ['a', 'b', 'a']}, `${PFX}Input collection ["a", "b", "a"] contains duplicates.`],
    ['duplicate numbers', {NS: ['1', '1.0']}, `${PFX}Input collection contains duplicates.`],
    ['duplicate binaries', {BS: [bytes(97), bytes(97)]}, `${PFX}Input collection ["YQ==","YQ=="]of type BS contains duplicates.`],
    ['a map with an empty name', {M: {'': S('x')}}, 'Empty attribute name'],
    ['empty set deep inside', {M: {a: {L: [{SS: []}]}}}, `${PFX}An string set  may not be empty`],
  ];
  for (const [name, value, message] of cases) {
    test(name, () => fails(putValue('bad', value), 'ValidationException', FRONT + message));
  }
});

describe('size of an item', () => {
  const text = (size) => S('x'.repeat(size));
  // pk (2) + "limit" (5) + v (1) + text
  const room = 409600 - 2 - 5 - 1;
  test('409600 bytes are stored', async () => {
    await putValue('limit', text(room));
    assert.equal((await get('limit')).v.S.length, room);
  });
  test('one more is refused', () =>
    fails(putValue('limit', text(room + 1)), 'ValidationException', 'Item size has exceeded the maximum allowed size'));
});

describe('keys', () => {
  const cases = [
    ['absent', {other: S('x')}, `${PFX}Missing the key pk in the item`],
    ['of another type', {pk: N(1)}, `${PFX}Type mismatch for key pk expected: S actual: N`],
    [
      'empty',
      {pk: S('')},
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
    ],
    [
      'too long',
      {pk: S('k'.repeat(2049))},
      `${PFX}Size of hashkey has exceeded the maximum size limit of2048 bytes`,
    ],
  ];
  for (const [name, Item, message] of cases) {
    test(`${name}: refused`, () =>
      fails(db.send(new PutItemCommand({TableName: 'Items', Item})), 'ValidationException', message));
  }
  test('sort key too long', () =>
    fails(
      db.send(new PutItemCommand({TableName: 'Numbers', Item: {pk: N(1), sk: {B: new Uint8Array(1025)}}})),
      'ValidationException',
      `${PFX}Aggregated size of all range keys has exceeded the size limit of 1024 bytes`,
    ));
  test('keys at their limits', async () => {
    const key = {pk: N('-9.9999999999999999999999999999999999999e125'), sk: {B: new Uint8Array(1024)}};
    await db.send(new PutItemCommand({TableName: 'Numbers', Item: key}));
    assert.ok((await db.send(new GetItemCommand({TableName: 'Numbers', Key: key}))).Item);
  });
  test('a key with one attribute too many', () =>
    fails(
      db.send(new GetItemCommand({TableName: 'Items', Key: {pk: S('a'), sk: S('b')}})),
      'ValidationException',
      'The provided key element does not match the schema',
    ));
});

describe('undefined', () => {
  const item = {pk: 'undefined', here: 'x', gone: undefined, nested: {a: undefined, b: 1}};
  test('is an error of the SDK by default', () =>
    assert.rejects(doc.send(new PutCommand({TableName: 'Items', Item: item})), /removeUndefinedValues/));
  test('is left out with removeUndefinedValues', async () => {
    const lenient = DynamoDBDocumentClient.from(db, {marshallOptions: {removeUndefinedValues: true}});
    await lenient.send(new PutCommand({TableName: 'Items', Item: item}));
    assert.deepEqual(await get('undefined'), {pk: S('undefined'), here: S('x'), nested: {M: {b: N(1)}}});
  });
  test('as a key it makes the key incomplete', async () => {
    const lenient = DynamoDBDocumentClient.from(db, {marshallOptions: {removeUndefinedValues: true}});
    await fails(
      lenient.send(new GetCommand({TableName: 'Items', Key: {pk: undefined}})),
      'ValidationException',
      'The provided key element does not match the schema',
    );
  });
  test('inside a plain client value it is refused by the server', () =>
    fails(
      putValue('bad', {S: undefined}),
      'ValidationException',
      'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    ));
});

// Put, update and delete: expressions, return values, conditions.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {DeleteItemCommand, GetItemCommand, PutItemCommand, UpdateItemCommand} from '@aws-sdk/client-dynamodb';
import {FRONT, N, S, connect, createTable, fails, keys} from './client.mjs';

let db, close;
before(async () => {
  ({db, close} = await connect());
  await createTable(db, 'Writes', keys('pk:S'));
});
after(() => close());

const TableName = 'Writes';
const get = async (pk) => (await db.send(new GetItemCommand({TableName, Key: {pk: S(pk)}}))).Item;
const put = (Item, more = {}) => db.send(new PutItemCommand({TableName, Item, ...more}));
const update = (pk, UpdateExpression, ExpressionAttributeValues, more = {}) =>
  db.send(new UpdateItemCommand({TableName, Key: {pk: S(pk)}, UpdateExpression, ExpressionAttributeValues, ...more}));
const remove = (pk, more = {}) => db.send(new DeleteItemCommand({TableName, Key: {pk: S(pk)}, ...more}));

describe('PutItem', () => {
  test('replaces the whole item and can return the old one', async () => {
    assert.equal((await put({pk: S('put'), a: N(1)}, {ReturnValues: 'ALL_OLD'})).Attributes, undefined);
    const {Attributes} = await put({pk: S('put'), b: N(2)}, {ReturnValues: 'ALL_OLD'});
    assert.deepEqual(Attributes, {pk: S('put'), a: N(1)});
    assert.deepEqual(await get('put'), {pk: S('put'), b: N(2)});
  });
  for (const ReturnValues of ['ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW']) {
    test(`ReturnValues ${ReturnValues} is refused`, () =>
      fails(put({pk: S('a')}, {ReturnValues}), 'ValidationException', `${FRONT}ReturnValues can only be ALL_OLD or NONE`));
  }
});

describe('DeleteItem', () => {
  test('returns the old item once', async () => {
    await put({pk: S('delete'), a: N(1)});
    assert.deepEqual((await remove('delete', {ReturnValues: 'ALL_OLD'})).Attributes, {pk: S('delete'), a: N(1)});
    assert.equal((await remove('delete', {ReturnValues: 'ALL_OLD'})).Attributes, undefined);
    assert.equal(await get('delete'), undefined);
  });
  test('ReturnValues ALL_NEW is refused', () =>
    fails(remove('a', {ReturnValues: 'ALL_NEW'}), 'ValidationException', `${FRONT}ReturnValues can only be ALL_OLD or NONE`));
});

describe('UpdateItem return values', () => {
  const old = {pk: S('rv'), a: N(1), m: {M: {x: N(1), y: N(2)}}, l: {L: [S('p'), S('q'), S('r')]}, gone: S('g')};
  const expression = 'SET a = :a, m.x = :x, l[1] = :q, fresh = :f REMOVE gone';
  const values = {':a': N(10), ':x': N(11), ':q': S('Q'), ':f': S('new')};
  const fresh = {
    pk: S('rv'),
    a: N(10),
    m: {M: {x: N(11), y: N(2)}},
    l: {L: [S('p'), S('Q'), S('r')]},
    fresh: S('new'),
  };
  const cases = [
    [undefined, undefined],
    ['NONE', undefined],
    ['ALL_OLD', old],
    ['ALL_NEW', fresh],
    ['UPDATED_OLD', {a: N(1), m: {M: {x: N(1)}}, l: {L: [S('q')]}, gone: S('g')}],
    ['UPDATED_NEW', {a: N(10), m: {M: {x: N(11)}}, l: {L: [S('Q')]}, fresh: S('new')}],
  ];
  for (const [ReturnValues, expected] of cases) {
    test(String(ReturnValues), async () => {
      await put(old);
      const {Attributes} = await update('rv', expression, values, {ReturnValues});
      assert.deepEqual(Attributes, expected);
      assert.deepEqual(await get('rv'), fresh);
    });
  }
  test('nothing to show leaves Attributes out', async () => {
    await put({pk: S('rv2'), a: N(1)});
    const removed = await update('rv2', 'REMOVE a', undefined, {ReturnValues: 'UPDATED_NEW'});
    assert.equal(removed.Attributes, undefined);
    const added = await update('rv2', 'SET b = :b', {':b': N(1)}, {ReturnValues: 'UPDATED_OLD'});
    assert.equal(added.Attributes, undefined);
  });
});

describe('UpdateItem', () => {
  const steps = [
    ['SET creates', 'SET a = :v', {':v': N(1)}, {a: N(1)}],
    ['SET adds numbers', 'SET a = a + :v', {':v': N('0.1')}, {a: N('1.1')}],
    ['SET subtracts numbers', 'SET a = :v - a', {':v': N(5)}, {a: N('3.9')}],
    ['if_not_exists keeps', 'SET a = if_not_exists(a, :v)', {':v': N(9)}, {a: N('3.9')}],
    ['if_not_exists counts from a start', 'SET c = if_not_exists(c, :z) + :v', {':z': N(0), ':v': N(2)}, {a: N('3.9'), c: N(2)}],
    ['list_append', 'SET l = list_append(if_not_exists(l, :e), :v)', {':e': {L: []}, ':v': {L: [S('x')]}}, {a: N('3.9'), c: N(2), l: {L: [S('x')]}}],
    ['list_append in front', 'SET l = list_append(:v, l)', {':v': {L: [S('w')]}}, {a: N('3.9'), c: N(2), l: {L: [S('w'), S('x')]}}],
    ['an index past the end appends', 'SET l[9] = :v', {':v': S('z')}, {a: N('3.9'), c: N(2), l: {L: [S('w'), S('x'), S('z')]}}],
    ['REMOVE by index', 'REMOVE l[0], l[2]', undefined, {a: N('3.9'), c: N(2), l: {L: [S('x')]}}],
    ['ADD to a number', 'ADD a :v, d :v', {':v': N('-0.9')}, {a: N(3), c: N(2), d: N('-0.9'), l: {L: [S('x')]}}],
    ['all sections read the old item', 'SET c = a, a = c REMOVE d, l', undefined, {a: N(2), c: N(3)}],
    ['a copied map', 'SET m = :v', {':v': {M: {k: {M: {}}}}}, {a: N(2), c: N(3), m: {M: {k: {M: {}}}}}],
    ['a nested path', 'SET m.k.deep = :v', {':v': {BOOL: true}}, {a: N(2), c: N(3), m: {M: {k: {M: {deep: {BOOL: true}}}}}}],
    ['the last entry may go', 'REMOVE m.k.deep, a, c', undefined, {m: {M: {k: {M: {}}}}}],
  ];
  test('a chain of updates', async () => {
    await put({pk: S('chain')});
    for (const [name, expression, values, expected] of steps) {
      await update('chain', expression, values);
      assert.deepEqual(await get('chain'), {pk: S('chain'), ...expected}, name);
    }
  });

  test('sets grow and shrink', async () => {
    await update('sets', 'ADD s :ab', {':ab': {SS: ['a', 'b']}});
    await update('sets', 'ADD s :bc', {':bc': {SS: ['b', 'c']}});
    assert.deepEqual((await get('sets')).s.SS.toSorted(), ['a', 'b', 'c']);
    await update('sets', 'DELETE s :a', {':a': {SS: ['a', 'x']}});
    assert.deepEqual((await get('sets')).s.SS.toSorted(), ['b', 'c']);
    await update('sets', 'DELETE s :bc', {':bc': {SS: ['b', 'c']}});
    assert.deepEqual(await get('sets'), {pk: S('sets')});
  });

  test('without an expression it creates the key alone', async () => {
    await update('upsert', undefined, undefined);
    assert.deepEqual(await get('upsert'), {pk: S('upsert')});
  });
  test('removing from an absent item creates nothing', async () => {
    await update('ghost', 'REMOVE a', undefined, {ReturnValues: 'ALL_NEW'});
    assert.equal(await get('ghost'), undefined);
  });

  const refused = [
    ['a missing map', 'SET m.a = :v', {':v': N(1)}, 'The document path provided in the update expression is invalid for update'],
    ['an absent operand', 'SET a = b', undefined, 'The provided expression refers to an attribute that does not exist in the item'],
    ['arithmetic on text', 'SET t = t + :v', {':v': N(1)}, 'An operand in the update expression has an incorrect data type'],
    ['ADD to text', 'ADD t :v', {':v': N(1)}, 'An operand in the update expression has an incorrect data type'],
    [
      'the key',
      'SET pk = :v',
      {':v': S('x')},
      'One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key',
    ],
    [
      'overlapping paths',
      'SET a.b = :v, a.b.c = :v',
      {':v': N(1)},
      `${FRONT}Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, b, c]`,
    ],
    [
      'a section twice',
      'SET a = :v SET b = :v',
      {':v': N(1)},
      `${FRONT}Invalid UpdateExpression: The "SET" section can only be used once in an update expression;`,
    ],
    [
      'a reserved word',
      'SET status = :v',
      {':v': N(1)},
      `${FRONT}Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: status`,
    ],
    [
      'an undefined value',
      'SET a = :nope',
      {':v': N(1)},
      `${FRONT}Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute value: :nope`,
    ],
    [
      'an unused value',
      'SET a = :v',
      {':v': N(1), ':w': N(1)},
      `${FRONT}Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}`,
    ],
    ['a syntax error', 'SET a', undefined, `${FRONT}Invalid UpdateExpression: Syntax error; token: "<EOF>", near: "a"`],
    ['an empty expression', '', undefined, `${FRONT}Invalid UpdateExpression: The expression can not be empty;`],
  ];
  for (const [name, expression, values, message] of refused) {
    test(`refuses ${name}`, async () => {
      await put({pk: S('refuse'), t: S('text')});
      await fails(update('refuse', expression, values), 'ValidationException', message);
      assert.deepEqual(await get('refuse'), {pk: S('refuse'), t: S('text')});
    });
  }

  test('a result over 400 KB is refused', async () => {
    await put({pk: S('grow'), t: S('x'.repeat(300_000))});
    await fails(
      update('grow', 'SET u = :u', {':u': S('x'.repeat(120_000))}),
      'ValidationException',
      'Item size to update has exceeded the maximum allowed size',
    );
  });
});

describe('conditions', () => {
  const item = {pk: S('cond'), n: N(5), s: S('hello'), set: {SS: ['a', 'b']}, m: {M: {k: {L: [N(1)]}}}, nothing: {NULL: true}};
  before(() => put(item));
  const check = (ConditionExpression, ExpressionAttributeValues, ExpressionAttributeNames) =>
    update('cond', 'SET checked = :t', {':t': {BOOL: true}, ...ExpressionAttributeValues}, {
      ConditionExpression,
      ExpressionAttributeNames,
    });
  const holds = [
    ['attribute_exists(m.k[0])'],
    ['attribute_not_exists(m.k[1])'],
    ['attribute_exists(nothing)'],
    ['n = :a', {':a': N('5.0')}],
    ['n <> :a', {':a': S('5')}],
    ['n < :a AND n <= :b AND n > :c AND n >= :b', {':a': N(6), ':b': N(5), ':c': N(-5)}],
    ['n BETWEEN :a AND :b', {':a': N(5), ':b': N(7)}],
    ['s IN (:a, :b)', {':a': S('x'), ':b': S('hello')}],
    ['begins_with(s, :a)', {':a': S('hel')}],
    ['contains(s, :a) AND contains(#set, :b) AND contains(m.k, :c)', {':a': S('ell'), ':b': S('a'), ':c': N(1)}, {'#set': 'set'}],
    ['size(s) = :a AND size(#set) = :b AND size(m) = :c', {':a': N(5), ':b': N(2), ':c': N(1)}, {'#set': 'set'}],
    ['attribute_type(m, :a)', {':a': S('M')}],
    ['NOT n = :a OR n = :b', {':a': N(5), ':b': N(5)}],
    ['(n = :a OR n = :b) AND NOT (s = :c)', {':a': N(1), ':b': N(5), ':c': S('x')}],
    ['absent <> :a', {':a': N(1)}],
  ];
  for (const [expression, values, names] of holds) {
    test(`holds: ${expression}`, () => check(expression, values, names));
    test(`its contrary fails: ${expression}`, () =>
      fails(
        check(`NOT (${expression})`, values, names),
        'ConditionalCheckFailedException',
        'The conditional request failed',
      ));
  }

  test('the failed item can be returned', async () => {
    for (const operation of [
      () => put({pk: S('cond')}, {ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}),
      () => remove('cond', {ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}),
      () => update('cond', 'SET n = :n', {':n': N(1)}, {ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}),
    ]) {
      const error = await fails(operation(), 'ConditionalCheckFailedException', 'The conditional request failed');
      assert.deepEqual(error.Item.n, N(5));
    }
  });

  const refused = [
    ['n = :a AND', 'Syntax error; token: "<EOF>", near: "AND"'],
    ['((n = :a))', 'The expression has redundant parentheses;'],
    ['foo(n, :a)', 'Invalid function name; function: foo'],
    ['size(n)', 'The function is not allowed to be used this way in an expression; function: size'],
    ['attribute_exists(:a)', 'Operator or function requires a document path; operator or function: attribute_exists'],
    ['begins_with(n, :a)', 'Incorrect operand type for operator or function; operator or function: begins_with, operand type: N'],
    ['#x = :a', 'An expression attribute name used in the document path is not defined; attribute name: #x'],
    ['n = n', 'The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [n]', true],
  ];
  for (const [expression, message, withoutValue] of refused) {
    test(`refused: ${expression}`, () =>
      fails(
        put({pk: S('x')}, {
          ConditionExpression: expression,
          ...(withoutValue ? {} : {ExpressionAttributeValues: {':a': N(1)}}),
        }),
        'ValidationException',
        `${FRONT}Invalid ConditionExpression: ${message}`,
      ));
  }

  test('of many racing counters none is lost', async () => {
    await put({pk: S('race'), n: N(0)});
    await Promise.all(Array.from({length: 200}, () => update('race', 'ADD n :one', {':one': N(1)})));
    assert.deepEqual((await get('race')).n, N(200));
  });
  test('of many racing inserts one wins', async () => {
    const results = await Promise.allSettled(
      Array.from({length: 50}, (_, i) => put({pk: S('winner'), i: N(i)}, {ConditionExpression: 'attribute_not_exists(pk)'})),
    );
    assert.equal(results.filter((result) => result.status === 'fulfilled').length, 1);
  });
});

describe('projection', () => {
  before(() => put({pk: S('proj'), a: {M: {b: N(1), c: N(2)}}, l: {L: [N(0), N(1), N(2), N(3)]}, size: N(9)}));
  const project = async (ProjectionExpression, ExpressionAttributeNames) =>
    (await db.send(new GetItemCommand({TableName, Key: {pk: S('proj')}, ProjectionExpression, ExpressionAttributeNames}))).Item;
  const cases = [
    ['a.b, l[3], l[1]', undefined, {a: {M: {b: N(1)}}, l: {L: [N(1), N(3)]}}],
    ['#s, pk', {'#s': 'size'}, {pk: S('proj'), size: N(9)}],
    ['absent.thing, a.c', undefined, {a: {M: {c: N(2)}}}],
  ];
  for (const [expression, names, expected] of cases) {
    test(expression, async () => assert.deepEqual(await project(expression, names), expected));
  }
  test('overlap is refused', () =>
    fails(
      project('a, a.b'),
      'ValidationException',
      'Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]',
    ));
});

describe('legacy parameters', () => {
  test('Expected', async () => {
    await put({pk: S('legacy'), n: N(1)});
    await put({pk: S('legacy'), n: N(2)}, {Expected: {n: {Value: N(1)}}});
    await fails(
      put({pk: S('legacy'), n: N(3)}, {Expected: {n: {ComparisonOperator: 'GT', AttributeValueList: [N(5)]}}}),
      'ConditionalCheckFailedException',
      'The conditional request failed',
    );
  });
  test('AttributeUpdates', async () => {
    await put({pk: S('legacy'), n: N(1), gone: S('x')});
    const {Attributes} = await db.send(
      new UpdateItemCommand({
        TableName,
        Key: {pk: S('legacy')},
        AttributeUpdates: {n: {Action: 'ADD', Value: N(4)}, gone: {Action: 'DELETE'}, s: {Value: S('put')}},
        ReturnValues: 'ALL_NEW',
      }),
    );
    assert.deepEqual(Attributes, {pk: S('legacy'), n: N(5), s: S('put')});
  });
  test('both styles at once', () =>
    fails(
      put({pk: S('a')}, {Expected: {a: {Exists: false}}, ConditionExpression: 'attribute_exists(pk)'}),
      'ValidationException',
      `${FRONT}Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}`,
    ));
});

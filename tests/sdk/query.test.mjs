// Query: sort-key operators, order, filters, Select, pages.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {QueryCommand, paginateQuery} from '@aws-sdk/client-dynamodb';
import {N, S, connect, createTable, fails, keys, put} from './client.mjs';

let db, close;
before(async () => {
  ({db, close} = await connect());
  await createTable(db, 'Numbers', keys('pk:S', 'sk:N'));
  await createTable(db, 'Texts', keys('pk:S', 'sk:S'));
  for (const sk of [-10, -1, 0, 0.5, 1, 2, 3, 10, 100]) {
    await put(db, 'Numbers', {pk: S('p'), sk: N(sk), even: {BOOL: sk % 2 === 0}, payload: S(`value ${sk}`)});
  }
  await put(db, 'Numbers', {pk: S('q'), sk: N(7)});
  for (const sk of ['a', 'aa', 'ab', 'b', 'ä', '日', '😀', 'a\u0000b']) await put(db, 'Texts', {pk: S('p'), sk: S(sk)});
});
after(() => close());

const query = (TableName, condition, values = {}, more = {}) =>
  db.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: condition,
      ExpressionAttributeValues: {':p': S('p'), ...values},
      ...more,
    }),
  );
const numbers = async (condition, values, more) =>
  (await query('Numbers', condition, values, more)).Items.map((item) => Number(item.sk.N));
const texts = async (condition, values, more) =>
  (await query('Texts', condition, values, more)).Items.map((item) => item.sk.S);

describe('sort key conditions', () => {
  const cases = [
    ['pk = :p', {}, [-10, -1, 0, 0.5, 1, 2, 3, 10, 100]],
    ['pk = :p AND sk = :a', {':a': N('1.0')}, [1]],
    ['pk = :p AND sk < :a', {':a': N(0)}, [-10, -1]],
    ['pk = :p AND sk <= :a', {':a': N(0)}, [-10, -1, 0]],
    ['pk = :p AND sk > :a', {':a': N(3)}, [10, 100]],
    ['pk = :p AND sk >= :a', {':a': N(3)}, [3, 10, 100]],
    ['pk = :p AND sk BETWEEN :a AND :b', {':a': N('-0.5'), ':b': N(2)}, [0, 0.5, 1, 2]],
    [':a < sk AND (pk = :p)', {':a': N(10)}, [100]],
    ['pk = :p AND sk = :a', {':a': N(99)}, []],
  ];
  for (const [condition, values, expected] of cases) {
    test(condition, async () => assert.deepEqual(await numbers(condition, values), expected));
    test(`${condition}, backwards`, async () =>
      assert.deepEqual(await numbers(condition, values, {ScanIndexForward: false}), expected.toReversed()));
  }

  test('strings are ordered by their UTF-8 bytes', async () =>
    assert.deepEqual(await texts('pk = :p'), ['a', 'a\u0000b', 'aa', 'ab', 'b', 'ä', '日', '😀']));
  test('begins_with', async () =>
    assert.deepEqual(await texts('pk = :p AND begins_with(sk, :a)', {':a': S('a')}), ['a', 'a\u0000b', 'aa', 'ab']));
});

describe('refused', () => {
  const cases = [
    ['pk = :p AND even = :a', {':a': {BOOL: true}}, 'Query condition missed key schema element: sk'],
    ['sk = :a', {':a': N(1)}, 'Query condition missed key schema element: pk', true],
    ['pk < :p', {}, 'Query key condition not supported'],
    ['pk = :p OR sk = :a', {':a': N(1)}, 'Invalid operator used in KeyConditionExpression: OR'],
    ['pk = :p AND sk <> :a', {':a': N(1)}, 'Invalid operator used in KeyConditionExpression: <>'],
    ['pk = :p AND contains(sk, :a)', {':a': N(1)}, 'Invalid operator used in KeyConditionExpression: contains'],
    ['pk = :p AND sk = :a AND sk = :a', {':a': N(1)}, 'Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key'],
    [
      'pk = :p AND sk = :a',
      {':a': S('1')},
      'One or more parameter values were invalid: Condition parameter type does not match schema type',
    ],
  ];
  for (const [condition, values, message, alone] of cases) {
    test(condition, () =>
      fails(
        db.send(
          new QueryCommand({
            TableName: 'Numbers',
            KeyConditionExpression: condition,
            ExpressionAttributeValues: {...(alone ? {} : {':p': S('p')}), ...values},
          }),
        ),
        'ValidationException',
        message,
      ),
    );
  }
  test('no condition', () =>
    fails(
      db.send(new QueryCommand({TableName: 'Numbers'})),
      'ValidationException',
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    ));
  test('a filter on a key', () =>
    fails(
      query('Numbers', 'pk = :p', {':a': N(1)}, {FilterExpression: 'sk = :a'}),
      'ValidationException',
      'Filter Expression can only contain non-primary key attributes: Primary key attribute: sk',
    ));
  test('an unknown index', () =>
    fails(
      query('Numbers', 'pk = :p', {}, {IndexName: 'nope'}),
      'ValidationException',
      'The table does not have the specified index: nope',
    ));
});

describe('filter, Select and projection', () => {
  test('a filter is applied after reading', async () => {
    const answer = await query('Numbers', 'pk = :p', {':t': {BOOL: true}}, {FilterExpression: 'even = :t'});
    assert.deepEqual(answer.Items.map((item) => Number(item.sk.N)), [-10, 0, 2, 10, 100]);
    assert.deepEqual([answer.Count, answer.ScannedCount], [5, 9]);
  });
  test('COUNT returns no items', async () => {
    const answer = await query('Numbers', 'pk = :p', {}, {Select: 'COUNT'});
    assert.deepEqual([answer.Count, answer.ScannedCount, answer.Items], [9, 9, undefined]);
  });
  test('ALL_ATTRIBUTES', async () => {
    const answer = await query('Numbers', 'pk = :p AND sk = :a', {':a': N(1)}, {Select: 'ALL_ATTRIBUTES'});
    assert.deepEqual(answer.Items, [{pk: S('p'), sk: N(1), even: {BOOL: false}, payload: S('value 1')}]);
  });
  test('SPECIFIC_ATTRIBUTES', async () => {
    const answer = await query('Numbers', 'pk = :p AND sk = :a', {':a': N(1)}, {
      Select: 'SPECIFIC_ATTRIBUTES',
      ProjectionExpression: 'payload',
    });
    assert.deepEqual(answer.Items, [{payload: S('value 1')}]);
  });
  const refused = [
    [
      {Select: 'SPECIFIC_ATTRIBUTES'},
      '1 validation error detected: Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    ],
    [
      {Select: 'COUNT', ProjectionExpression: 'pk'},
      '1 validation error detected: Cannot specify the ProjectionExpression when choosing to get only the Count',
    ],
    [
      {Select: 'ALL_PROJECTED_ATTRIBUTES'},
      '1 validation error detected: ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName',
    ],
  ];
  for (const [more, message] of refused) {
    test(`${JSON.stringify(more)} is refused`, () =>
      fails(query('Numbers', 'pk = :p', {}, more), 'ValidationException', message));
  }
});

describe('pages', () => {
  const input = {TableName: 'Numbers', KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: {':p': S('p')}};
  for (const forward of [true, false]) {
    for (const pageSize of [1, 2, 4, 9, 20]) {
      test(`the paginator finds everything once, ${pageSize} a page, ${forward ? 'forward' : 'backward'}`, async () => {
        const found = [];
        const pages = paginateQuery({client: db, pageSize}, {...input, ScanIndexForward: forward});
        for await (const page of pages) {
          assert.ok(page.Items.length <= pageSize);
          found.push(...page.Items.map((item) => Number(item.sk.N)));
        }
        const all = [-10, -1, 0, 0.5, 1, 2, 3, 10, 100];
        assert.deepEqual(found, forward ? all : all.toReversed());
      });
    }
  }

  test('Limit counts items before the filter', async () => {
    const answer = await query('Numbers', 'pk = :p', {':t': {BOOL: true}}, {FilterExpression: 'even = :t', Limit: 2});
    assert.deepEqual([answer.Count, answer.ScannedCount], [1, 2]);
    assert.deepEqual(answer.LastEvaluatedKey, {pk: S('p'), sk: N(-1)});
  });
  test('a Limit that ends on the last item still gives a key', async () => {
    const answer = await db.send(new QueryCommand({...input, Limit: 9}));
    assert.deepEqual(answer.LastEvaluatedKey, {pk: S('p'), sk: N(100)});
    const next = await db.send(new QueryCommand({...input, ExclusiveStartKey: answer.LastEvaluatedKey}));
    assert.deepEqual([next.Count, next.LastEvaluatedKey], [0, undefined]);
  });
  test('a start key need not exist', async () => {
    const answer = await db.send(new QueryCommand({...input, ExclusiveStartKey: {pk: S('p'), sk: N('2.5')}}));
    assert.deepEqual(answer.Items.map((item) => Number(item.sk.N)), [3, 10, 100]);
  });
  test('a start key of another partition is refused', () =>
    fails(
      db.send(new QueryCommand({...input, ExclusiveStartKey: {pk: S('q'), sk: N(1)}})),
      'ValidationException',
      'The provided starting key is outside query boundaries based on provided conditions',
    ));

  test('a page ends after the item that reaches 1 MiB', async () => {
    await createTable(db, 'Large', keys('pk:S', 'sk:N'));
    const size = 100_000;
    for (let i = 0; i < 12; ++i) await put(db, 'Large', {pk: S('p'), sk: N(i), v: S('x'.repeat(size))});
    const large = {...input, TableName: 'Large'};
    const first = await db.send(new QueryCommand(large));
    assert.equal(first.Items.length, 11);
    const second = await db.send(new QueryCommand({...large, ExclusiveStartKey: first.LastEvaluatedKey}));
    assert.deepEqual([second.Items.length, second.LastEvaluatedKey], [1, undefined]);
  });
});

describe('legacy parameters', () => {
  test('KeyConditions and QueryFilter', async () => {
    const answer = await db.send(
      new QueryCommand({
        TableName: 'Numbers',
        KeyConditions: {
          pk: {ComparisonOperator: 'EQ', AttributeValueList: [S('p')]},
          sk: {ComparisonOperator: 'BETWEEN', AttributeValueList: [N(0), N(3)]},
        },
        QueryFilter: {even: {ComparisonOperator: 'EQ', AttributeValueList: [{BOOL: false}]}},
        AttributesToGet: ['sk'],
      }),
    );
    assert.deepEqual(answer.Items, [{sk: N('0.5')}, {sk: N(1)}, {sk: N(3)}]);
  });
});

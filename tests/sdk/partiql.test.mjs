// PartiQL as an application uses it.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {
  BatchExecuteStatementCommand, ExecuteStatementCommand, ExecuteTransactionCommand, TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import {
  ExecuteStatementCommand as DocStatement, GetCommand, PutCommand, ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import {N, S, connect, createTable, fails, index, keys} from './client.mjs';

let db, doc, close;
before(async () => ({db, doc, close} = await connect()));
after(() => close());

const run = (Statement, Parameters, more = {}) => doc.send(new DocStatement({Statement, Parameters, ...more}));
const rows = async (...args) => (await run(...args)).Items;

describe('items', () => {
  before(() => createTable(db, 'Music-1', keys('artist:S', 'song:S')));

  test('come back as they were inserted, every type', async () => {
    const item = {
      artist: 'A', song: 'types', n: -12.5, yes: true, no: false, nothing: null, bytes: new Uint8Array([1, 2, 255]),
      list: [1, 'two', [3]], map: {deep: {er: 'x'}}, strings: new Set(['b', 'a']), numbers: new Set([2, 1]), empty: '',
    };
    await run('INSERT INTO "Music-1" VALUE ?', [item]);
    assert.deepEqual(await rows('SELECT * FROM "Music-1" WHERE artist = ? AND song = ?', ['A', 'types']), [item]);
    for (const [name, value] of Object.entries(item)) {
      if (name === 'artist' || name === 'song') continue;  // a key has one condition
      assert.equal((await rows(`SELECT song FROM "Music-1" WHERE artist = 'A' AND song = 'types' AND "${name}" = ?`, [value])).length, 1, name);
    }
  });

  test('literals of every kind, with parameters inside', async () => {
    await run("INSERT INTO \"Music-1\" VALUE {'artist': 'A', 'song': ?, 'l': [1, ?, {'x': <<'p', 'q'>>}], 'it''s': 1e2}", ['literal', {y: 2}]);
    const [item] = await rows("SELECT * FROM \"Music-1\" WHERE artist = 'A' AND song = 'literal'");
    assert.deepEqual(item, {artist: 'A', song: 'literal', l: [1, {y: 2}, {x: new Set(['p', 'q'])}], "it's": 100});
    assert.deepEqual(
      await rows("SELECT l[2].x, \"it's\" FROM \"Music-1\" WHERE artist = 'A' AND song = 'literal'"),
      [{x: new Set(['p', 'q']), "it's": 100}]);
  });

  test('a key that is taken', async () => {
    const statement = "INSERT INTO \"Music-1\" VALUE {'artist': 'A', 'song': 'once'}";
    assert.deepEqual((await db.send(new ExecuteStatementCommand({Statement: statement}))).Items, []);
    await fails(run(statement), 'DuplicateItemException', 'Duplicate primary key exists in table');
  });

  test('are updated, and shown as RETURNING asks', async () => {
    await run("INSERT INTO \"Music-1\" VALUE {'artist': 'A', 'song': 'u', 'n': 1, 'm': {'a': 1}, 'l': [1]}");
    const update = (set, returning) =>
      rows(`UPDATE "Music-1" ${set} WHERE artist = 'A' AND song = 'u' RETURNING ${returning} *`);
    assert.deepEqual(await update('SET n = n + 1, m.b = 2', 'MODIFIED OLD'), [{n: 1}]);
    assert.deepEqual(await update('SET n = n + 1', 'MODIFIED NEW'), [{n: 3}]);
    assert.deepEqual(await update('SET l = list_append(l, [2]) REMOVE m.a', 'ALL NEW'),
      [{artist: 'A', song: 'u', n: 3, m: {b: 2}, l: [1, 2]}]);
    assert.deepEqual(await update('REMOVE n', 'ALL OLD'), [{artist: 'A', song: 'u', n: 3, m: {b: 2}, l: [1, 2]}]);
    assert.deepEqual(await update('SET tags = set_add(tags, <<1>>)', 'MODIFIED NEW'), [{tags: new Set([1])}]);
    assert.deepEqual(await update('SET tags = set_delete(tags, <<1>>)', 'MODIFIED NEW'), []);
  });

  test('an update makes none, a delete of none is fine', async () => {
    await fails(run("UPDATE \"Music-1\" SET n = 1 WHERE artist = 'A' AND song = 'no'"), 'ConditionalCheckFailedException',
      'The conditional request failed');
    assert.deepEqual(await rows("DELETE FROM \"Music-1\" WHERE artist = 'A' AND song = 'no' RETURNING ALL OLD *"), []);
  });

  test('a condition that fails shows the item on demand', async () => {
    await run("INSERT INTO \"Music-1\" VALUE {'artist': 'A', 'song': 'c', 'n': 1}");
    const error = await fails(
      db.send(new ExecuteStatementCommand({
        Statement: "DELETE FROM \"Music-1\" WHERE artist = 'A' AND song = 'c' AND n > 5",
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      })), 'ConditionalCheckFailedException', 'The conditional request failed');
    assert.deepEqual(error.Item, {artist: S('A'), song: S('c'), n: N(1)});
    assert.deepEqual(await rows("DELETE FROM \"Music-1\" WHERE artist = 'A' AND song = 'c' AND n = 1 RETURNING ALL OLD *"),
      [{artist: 'A', song: 'c', n: 1}]);
  });

  test('what is refused', async () => {
    const cases = [
      ['DROP TABLE x', "Statement wasn't well formed, can't be processed: Unexpected keyword"],
      ['SELECT COUNT(*) FROM "Music-1"', 'Unexpected path component at 1:8:5'],
      ["DELETE FROM \"Music-1\" WHERE artist = 'A'", 'Where clause does not contain a mandatory equality on all key attributes'],
      ['SELECT * FROM "Music-1"."none"', 'The table does not have the specified index'],
      ["UPDATE \"Music-1\" SET song = 'x' WHERE artist = 'A' AND song = 'c'",
        'One or more parameter values were invalid: Cannot update attribute song. This attribute is part of the key'],
      ['SELECT * FROM "Music-1" WHERE n < ?', "Number of parameters in request and statement don't match."],
    ];
    for (const [statement, message] of cases) await fails(run(statement), 'ValidationException', message);
    await fails(run('SELECT * FROM nowhere'), 'ResourceNotFoundException', 'Requested resource not found');
  });
});

describe('reads', () => {
  const all = [];
  before(async () => {
    await createTable(db, 'Reads', keys('pk:S', 'sk:N'), {
      gsis: [index('byColour', 'colour:S', 'sk:N', ['size'])],
      lsis: [index('bySize', 'pk:S', 'size:N', 'KEYS_ONLY')],
    });
    for (let i = 0; i < 120; ++i) {
      const item = {pk: `p${i % 4}`, sk: i, size: 120 - i, colour: ['red', 'green', 'blue'][i % 3], note: `n${i % 7}`};
      all.push(item);
      await doc.send(new PutCommand({TableName: 'Reads', Item: item}));
    }
  });
  async function pages(Statement, Limit) {
    const found = [];
    let NextToken;
    let count = 0;
    do {
      const page = await run(Statement, undefined, {Limit, NextToken});
      assert.ok(page.Items.length <= Limit);
      found.push(...page.Items);
      NextToken = page.NextToken;
      assert.ok(++count < 200);
    } while (NextToken);
    return found;
  }
  const numbers = (items) => items.map(({sk}) => sk);

  test('every item comes once over all pages', async () => {
    for (const limit of [1, 7, 120, 500]) {
      assert.deepEqual(numbers(await pages('SELECT * FROM Reads', limit)).sort((a, b) => a - b), numbers(all), `${limit}`);
    }
    assert.deepEqual(numbers(await pages("SELECT * FROM Reads WHERE pk = 'p1' AND sk > 50", 3)),
      numbers(all.filter(({pk, sk}) => pk === 'p1' && sk > 50)));
    assert.deepEqual(numbers(await pages("SELECT * FROM Reads WHERE note = 'n3'", 5)).sort((a, b) => a - b),
      numbers(all.filter(({note}) => note === 'n3')));
  });

  test('a token belongs to its statement', async () => {
    const {NextToken} = await run('SELECT * FROM Reads', undefined, {Limit: 5});
    await fails(run('SELECT pk FROM Reads', undefined, {Limit: 5, NextToken}), 'ValidationException',
      'NextToken does not match request');
    await fails(run('SELECT * FROM Reads', undefined, {NextToken: 'garbage'}), 'ValidationException', 'Invalid NextToken');
    await fails(run('SELECT * FROM Reads', undefined, {NextToken: `${NextToken.slice(0, -8)}AAAAAAA=`}), 'ValidationException',
      'Invalid NextToken');
  });

  test('in order, of one key and of several', async () => {
    const of = (...partitions) => all.filter(({pk}) => partitions.includes(pk));
    assert.deepEqual(numbers(await rows("SELECT * FROM Reads WHERE pk = 'p2' ORDER BY sk DESC")), numbers(of('p2')).reverse());
    const both = "SELECT * FROM Reads WHERE pk IN ['p3', 'p0'] ORDER BY";
    const inTurn = [...numbers(of('p0')), ...numbers(of('p3'))];
    assert.deepEqual(numbers(await rows(`${both} pk, sk`)), inTurn);
    for (const limit of [1, 4, 9]) assert.deepEqual(numbers(await pages(`${both} pk, sk`, limit)), inTurn, `${limit}`);
    await fails(run(`${both} sk`), 'ValidationException',
      'Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause.');
    const grouped = await pages("SELECT * FROM Reads WHERE pk = 'p3' OR pk = 'p0' ORDER BY pk DESC, sk DESC", 6);
    assert.deepEqual(numbers(grouped), [...numbers(of('p3')).reverse(), ...numbers(of('p0')).reverse()]);
    await fails(run('SELECT * FROM Reads ORDER BY sk'), 'ValidationException',
      'Must have WHERE clause in the statement when using ORDER BY clause.');
    await fails(run("SELECT * FROM Reads WHERE note = 'n1' ORDER BY sk"), 'ValidationException',
      'Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.');
  });

  test('through a global index', async () => {
    const red = all.filter(({colour}) => colour === 'red');
    const found = await pages('SELECT * FROM "Reads"."byColour" WHERE colour = \'red\' AND sk >= 30', 4);
    assert.deepEqual(found, red.filter(({sk}) => sk >= 30).map(({note, ...item}) => item));
    await fails(run('SELECT note FROM "Reads"."byColour" WHERE colour = \'red\''), 'ValidationException',
      'One or more parameter values were invalid: Global secondary index byColour does not project [note]');
    await fails(run('SELECT pk FROM "Reads"."byColour" WHERE colour = \'red\' AND note = \'n1\''), 'ValidationException',
      'One or more parameter values were invalid: Secondary index byColour does not project one or more filter attributes: [note]');
    await fails(run('SELECT * FROM "Reads"."byColour"', undefined, {ConsistentRead: true}), 'ValidationException',
      'Strongly consistent read is not supported on Global Secondary Indexes');
  });

  test('through a local index, which fetches what it lacks', async () => {
    const {Items, ConsumedCapacity} = await run(
      'SELECT sk, note FROM "Reads"."bySize" WHERE pk = \'p1\' AND "size" BETWEEN 50 AND 70 ORDER BY "size"', undefined,
      {ReturnConsumedCapacity: 'INDEXES', ConsistentRead: true});
    const expected = all.filter(({pk, size}) => pk === 'p1' && size >= 50 && size <= 70).reverse();
    assert.deepEqual(Items, expected.map(({sk, note}) => ({sk, note})));
    assert.deepEqual(ConsumedCapacity, {
      TableName: 'Reads', CapacityUnits: expected.length + 1, Table: {CapacityUnits: expected.length},
      LocalSecondaryIndexes: {bySize: {CapacityUnits: 1}},
    });
  });

  // Statements and FilterExpressions are two ways to say the same.
  test('random conditions find what a Scan finds', async () => {
    let state = 20261123;
    const pick = (list) => list[Math.floor(((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32) * list.length)];
    const attributes = ['pk', 'sk', 'size', 'colour', 'note', 'none'];
    const values = ['p1', 'red', 'n3', 5, 40, 77, 120];
    const test_ = () => {
      const name = pick(attributes);
      const names = {[`#${name}`]: name};
      const word = `"${name}"`;  // size is a keyword
      const literal = (value) => (typeof value === 'number' ? String(value) : `'${value}'`);
      const place = (value) => `:${values.indexOf(value)}`;
      const at = (...used) => Object.fromEntries(used.map((value) => [place(value), value]));
      const [a, b] = [pick(values), pick(values)];
      switch (pick([0, 1, 2, 3, 4, 5])) {
        case 0:
          return {statement: `${word} = ${literal(a)}`, filter: `#${name} = ${place(a)}`, names, values: at(a)};
        case 1: {
          const op = pick(['<', '<=', '>', '>=']);
          return {statement: `${word} ${op} ${literal(a)}`, filter: `#${name} ${op} ${place(a)}`, names, values: at(a)};
        }
        case 2:
          return {statement: `${word} IN [${literal(a)}, ${literal(b)}]`, filter: `#${name} IN (${place(a)}, ${place(b)})`, names, values: at(a, b)};
        case 3:
          return {statement: `${word} IS MISSING`, filter: `attribute_not_exists(#${name})`, names, values: {}};
        case 4:
          return {statement: `${word} <> ${literal(a)}`, filter: `#${name} <> ${place(a)}`, names, values: at(a)};
        default: {
          const text = pick(['p1', 'red', 'n3']);
          return {statement: `begins_with(${word}, ${literal(text)})`, filter: `begins_with(#${name}, ${place(text)})`, names, values: at(text)};
        }
      }
    };
    const condition = (depth) => {
      if (depth === 0 || pick([0, 0, 1])) return test_();
      const left = condition(depth - 1);
      if (pick([0, 0, 1])) return {...left, statement: `NOT (${left.statement})`, filter: `NOT (${left.filter})`};
      const right = condition(depth - 1);
      const op = pick(['AND', 'OR']);
      return {
        statement: `(${left.statement}) ${op} (${right.statement})`, filter: `(${left.filter}) ${op} (${right.filter})`,
        names: {...left.names, ...right.names}, values: {...left.values, ...right.values},
      };
    };
    for (let i = 0; i < 400; ++i) {
      const {statement, filter, names, values: used} = condition(3);
      let expected;
      try {
        expected = (await doc.send(new ScanCommand({
          TableName: 'Reads', FilterExpression: filter, ExpressionAttributeNames: names,
          ...(Object.keys(used).length ? {ExpressionAttributeValues: used} : {}),
        }))).Items;
      } catch (error) {
        assert.match(error.message, /redundant parentheses/);
        continue;
      }
      let found;
      try {
        found = await rows(`SELECT * FROM Reads WHERE ${statement}`);
      } catch (error) {
        // Conditions on keys must have the keys' types and be apart; a filter may compare anything.
        assert.match(error.message, /does not match schema type|should match its data type|Multiple conditions on same key|Overlapping conditions/, statement);
        continue;
      }
      const byKey = (a, b) => a.sk - b.sk;
      assert.deepEqual(found.sort(byKey), expected.sort(byKey), statement);
    }
  });
});

describe('batches and transactions', () => {
  before(() => createTable(db, 'Many', keys('pk:S'), {gsis: [index('byA', 'a:S')]}));
  const batch = (...Statements) =>
    db.send(new BatchExecuteStatementCommand({Statements: Statements.map((one) => (typeof one === 'string' ? {Statement: one} : one))}));
  const transact = (statements, more = {}) =>
    db.send(new ExecuteTransactionCommand({TransactStatements: statements.map((Statement) => ({Statement})), ...more}));
  const stored = async (pk) => (await doc.send(new GetCommand({TableName: 'Many', Key: {pk}, ConsistentRead: true}))).Item;

  test('each statement of a batch has its own result', async () => {
    const {Responses} = await batch(
      "INSERT INTO Many VALUE {'pk': 'a', 'n': 1}", "INSERT INTO Many VALUE {'pk': 'b'}",
      "UPDATE Many SET n = 2 WHERE pk = 'absent'", "INSERT INTO Nowhere VALUE {'pk': 'a'}", 'INSERT INTO');
    assert.deepEqual(Responses.map(({Error: error, TableName}) => [error?.Code, TableName]), [
      [undefined, 'Many'], [undefined, 'Many'], ['ConditionalCheckFailed', 'Many'], ['ResourceNotFound', 'Nowhere'],
      ['ValidationError', undefined],
    ]);
    const read = await batch("SELECT n FROM Many WHERE pk = 'a'", "SELECT * FROM Many WHERE pk = 'none'",
      "SELECT * FROM Many WHERE n = 1");
    assert.deepEqual(read.Responses.slice(0, 2), [{TableName: 'Many', Item: {n: N(1)}}, {TableName: 'Many'}]);
    assert.deepEqual(read.Responses[2].Error, {
      Code: 'ValidationError',
      Message: 'Select statements within BatchExecuteStatement must specify the primary key in the where clause.',
    });
    const again = await batch("INSERT INTO Many VALUE {'pk': 'a'}");
    assert.deepEqual(again.Responses, [
      {Error: {Code: 'DuplicateItem', Message: 'Duplicate primary key exists in table'}, TableName: 'Many'}]);
    await fails(batch("SELECT * FROM Many WHERE pk = 'a'", "DELETE FROM Many WHERE pk = 'b'"), 'ValidationException',
      'Read and write requests together in the same batch is not supported.');
    await fails(batch("SELECT * FROM Many WHERE pk = 'a'", "SELECT n FROM Many WHERE pk = 'a'"), 'ValidationException',
      'Provided list of item keys contains duplicates');
  });

  test('a transaction is all or nothing, and says why', async () => {
    await transact(["INSERT INTO Many VALUE {'pk': 't1', 'n': 1}", "INSERT INTO Many VALUE {'pk': 't2', 'n': 1}"]);
    const error = await transact([
      "UPDATE Many SET n = 2 WHERE pk = 't1'", "INSERT INTO Many VALUE {'pk': 't2'}", "DELETE FROM Many WHERE pk = 't3' AND n = 1",
    ]).catch((thrown) => thrown);
    assert.equal(error.name, 'TransactionCanceledException');
    assert.deepEqual(error.CancellationReasons, [
      {Code: 'None'}, {Code: 'DuplicateItem', Message: 'Duplicate primary key exists in table'},
      {Code: 'ConditionalCheckFailed', Message: 'The conditional request failed'}]);
    assert.equal((await stored('t1')).n, 1);
    const {Responses} = await transact(["SELECT n FROM Many WHERE pk = 't1'", "SELECT * FROM Many WHERE pk = 'no'"]);
    assert.deepEqual(Responses, [{Item: {n: N(1)}}, {}]);
  });

  test('EXISTS checks without a change', async () => {
    const check = (n) => [`EXISTS(SELECT * FROM Many WHERE pk = 't1' AND n = ${n})`, "UPDATE Many SET n = 5 WHERE pk = 't2'"];
    const error = await transact(check(9)).catch((thrown) => thrown);
    assert.deepEqual(error.CancellationReasons.map(({Code}) => Code), ['ConditionalCheckFailed', 'None']);
    await transact(check(1));
    assert.equal((await stored('t2')).n, 5);
  });

  test('a token makes a repetition harmless', async () => {
    await run("INSERT INTO Many VALUE {'pk': 'count', 'n': 0}");
    const ClientRequestToken = `token-${Date.now()}`;
    const add = ["UPDATE Many SET n = n + 1 WHERE pk = 'count'"];
    for (let i = 0; i < 3; ++i) {
      assert.deepEqual((await transact(add, {ClientRequestToken})).Responses, []);
    }
    assert.equal((await stored('count')).n, 1);
    await assert.rejects(transact(["UPDATE Many SET n = n + 2 WHERE pk = 'count'"], {ClientRequestToken}),
      {name: 'IdempotentParameterMismatchException'});
  });

  test('what is refused', async () => {
    const cases = [
      [["SELECT * FROM Many WHERE pk = 'a'", "DELETE FROM Many WHERE pk = 'b'"],
        'ExecuteTransaction API does not support both read and write operations in the same request.'],
      [["DELETE FROM Many WHERE pk = 'b' RETURNING ALL OLD *"],
        'Validation failed in TransactStatements[0]: RETURNING clause is not supported in ExecuteTransaction.'],
      [["SELECT * FROM Many WHERE pk = 'a'", "SELECT * FROM \"Many\".\"byA\" WHERE a = 'x'"],
        'Validation failed in TransactStatements[1]: Reads on indices are not supported within transactions.'],
      [["DELETE FROM Many WHERE pk = 'b'", "DELETE FROM Many WHERE pk = 'b'"],
        'Transaction request cannot include multiple operations on one item'],
    ];
    for (const [statements, message] of cases) await fails(transact(statements), 'ValidationException', message);
  });

  test('items that a transaction holds', async () => {
    const holding = await connect(['--transaction-hold-ms', '400']);
    try {
      await createTable(holding.db, 'Held', keys('pk:S'));
      const send = (Statement) => holding.db.send(new ExecuteStatementCommand({Statement}));
      await send("INSERT INTO Held VALUE {'pk': 'free'}");
      const transaction = holding.db.send(new TransactWriteItemsCommand({
        TransactItems: [{Put: {TableName: 'Held', Item: {pk: S('held')}}}],
      }));
      let conflict;
      for (const end = Date.now() + 300; !conflict && Date.now() < end; ) {
        conflict = await send("UPDATE Held SET n = 1 WHERE pk = 'held'").catch((error) =>
          error.name === 'TransactionConflictException' && error);
      }
      assert.equal(conflict.message, 'Transaction is ongoing for the item');
      const {Responses} = await holding.db.send(new BatchExecuteStatementCommand({
        Statements: [{Statement: "UPDATE Held SET n = 1 WHERE pk = 'held'"}, {Statement: "UPDATE Held SET n = 1 WHERE pk = 'free'"}],
      }));
      assert.deepEqual(Responses, [
        {Error: {Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item'}, TableName: 'Held'}, {TableName: 'Held'}]);
      await transaction;
    } finally {
      await holding.close();
    }
  });
});

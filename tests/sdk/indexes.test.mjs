// Local and global secondary indexes: projections, sparse entries, order, keys of several attributes.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {
  DeleteItemCommand, DescribeTableCommand, PutItemCommand, QueryCommand, ScanCommand, UpdateItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import {N, S, connect, createTable, fails, index, keys, put} from './client.mjs';

const PFX = 'One or more parameter values were invalid: ';
let db, close;
before(async () => ({db, close} = await connect()));
after(() => close());

const query = (TableName, IndexName, KeyConditionExpression, ExpressionAttributeValues, more = {}) =>
  db.send(new QueryCommand({TableName, IndexName, KeyConditionExpression, ExpressionAttributeValues, ...more}));
const scanned = async (TableName, IndexName) => (await db.send(new ScanCommand({TableName, IndexName}))).Items;

describe('global indexes', () => {
  const T = 'Posts';
  const post = {id: S('1'), user: S('ann'), at: N(5), title: S('one'), body: S('text')};
  before(async () => {
    await createTable(db, T, keys('id:S'), {
      gsis: [
        index('all', 'user:S', 'at:N'),
        index('keysOnly', 'user:S', 'at:N', 'KEYS_ONLY'),
        index('include', 'user:S', '', ['title']),
      ],
    });
    await put(
      db,
      T,
      post,
      {id: S('2'), user: S('ann'), at: N(-3), title: S('two')},
      {id: S('3'), user: S('ann')},
      {id: S('4'), at: N(1)},
      {id: S('5'), user: S('bob'), at: N(1)},
      {id: S('6'), user: S('ann'), at: N(5), title: S('same key')},
    );
  });
  const ann = {':u': S('ann')};
  const byUser = (IndexName, more) =>
    query(T, IndexName, '#u = :u', ann, {ExpressionAttributeNames: {'#u': 'user'}, ...more});

  test('described', async () => {
    const {Table} = await db.send(new DescribeTableCommand({TableName: T}));
    const gsi = Table.GlobalSecondaryIndexes.find((i) => i.IndexName === 'include');
    assert.equal(gsi.IndexStatus, 'ACTIVE');
    assert.equal(gsi.IndexArn, `${Table.TableArn}/index/include`);
    assert.deepEqual(gsi.Projection, {ProjectionType: 'INCLUDE', NonKeyAttributes: ['title']});
    assert.equal(gsi.WarmThroughput.Status, 'ACTIVE');
    assert.equal(gsi.Backfilling, undefined);
  });
  test('ordered by the sort key, items with equal keys all there', async () => {
    const {Items} = await byUser('all');
    assert.deepEqual(Items.map((item) => Number(item.at.N)), [-3, 5, 5]);
    assert.deepEqual(new Set(Items.map((item) => item.id.S)), new Set(['1', '2', '6']));
  });
  test('a condition on the sort key', async () => {
    const {Items} = await query(T, 'all', '#u = :u AND #a < :a', {...ann, ':a': N(0)}, {
      ExpressionAttributeNames: {'#u': 'user', '#a': 'at'},
    });
    assert.deepEqual(Items.map((item) => item.id.S), ['2']);
  });
  test('ALL holds whole items', async () =>
    assert.deepEqual((await byUser('all')).Items.find((item) => item.id.S === '1'), post));
  test('KEYS_ONLY holds index and table keys', async () =>
    assert.deepEqual((await byUser('keysOnly')).Items[0], {id: S('2'), user: S('ann'), at: N(-3)}));
  test('INCLUDE adds the named attributes', async () => {
    const {Items} = await byUser('include');
    assert.deepEqual(Items.find((item) => item.id.S === '1'), {id: S('1'), user: S('ann'), title: S('one')});
    assert.deepEqual(Items.find((item) => item.id.S === '3'), {id: S('3'), user: S('ann')});
  });
  test('sparse: only items with every index key', async () => {
    assert.deepEqual((await scanned(T, 'all')).map((item) => item.id.S).sort(), ['1', '2', '5', '6']);
    assert.deepEqual((await scanned(T, 'include')).map((item) => item.id.S).sort(), ['1', '2', '3', '5', '6']);
  });
  test('pages carry index and table keys', async () => {
    const found = [];
    let pages = 0;
    const input = {
      TableName: T,
      IndexName: 'all',
      KeyConditionExpression: '#u = :u',
      ExpressionAttributeNames: {'#u': 'user'},
      ExpressionAttributeValues: ann,
    };
    for await (const page of paginateQuery({client: db, pageSize: 1}, input)) {
      ++pages;
      if (page.LastEvaluatedKey) assert.deepEqual(Object.keys(page.LastEvaluatedKey).sort(), ['at', 'id', 'user']);
      found.push(...page.Items.map((item) => item.id.S));
    }
    assert.deepEqual(found.toSorted(), ['1', '2', '6']);
    assert.equal(pages, 4);
  });
  test('entries follow the item', async () => {
    const key = {TableName: T, Key: {id: S('7')}};
    const names = {ExpressionAttributeNames: {'#u': 'user'}};
    await put(db, T, {id: S('7'), user: S('eve'), at: N(1), title: S('a')});
    const eve = async () => (await query(T, 'all', '#u = :u', {':u': S('eve')}, names)).Items;
    assert.equal((await eve()).length, 1);
    await db.send(new UpdateItemCommand({...key, UpdateExpression: 'SET title = :t', ExpressionAttributeValues: {':t': S('b')}}));
    assert.deepEqual((await eve())[0].title, S('b'));
    await db.send(new UpdateItemCommand({...key, UpdateExpression: 'SET #u = :u', ExpressionAttributeValues: {':u': S('mallory')}, ...names}));
    assert.deepEqual(await eve(), []);
    assert.equal((await query(T, 'all', '#u = :u', {':u': S('mallory')}, names)).Count, 1);
    await db.send(new UpdateItemCommand({...key, UpdateExpression: 'REMOVE #u', ...names}));
    assert.equal((await query(T, 'all', '#u = :u', {':u': S('mallory')}, names)).Count, 0);
    await put(db, T, {id: S('7'), user: S('eve'), at: N(1)});
    await db.send(new DeleteItemCommand(key));
    assert.deepEqual(await eve(), []);
  });

  const refused = [
    ['a key of the wrong type', {id: S('x'), user: N(1)}, `${PFX}Type mismatch for Index Key user Expected: S Actual: N IndexName: all`],
    ['a NULL key', {id: S('x'), user: {NULL: true}}, `${PFX}Type mismatch for Index Key user Expected: S Actual: NULL IndexName: all`],
    [
      'an empty key',
      {id: S('x'), user: S('')},
      'One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: all, IndexKey: user',
    ],
  ];
  for (const [name, Item, message] of refused) {
    test(`refuses ${name}`, () =>
      fails(db.send(new PutItemCommand({TableName: T, Item})), 'ValidationException', message));
  }
  test('refuses consistent reads', () =>
    fails(byUser('all', {ConsistentRead: true}), 'ValidationException', 'Consistent reads are not supported on global secondary indexes'));
  test('refuses ALL_ATTRIBUTES of an index without them', () =>
    fails(
      byUser('keysOnly', {Select: 'ALL_ATTRIBUTES'}),
      'ValidationException',
      `${PFX}Select type ALL_ATTRIBUTES is not supported for global secondary index keysOnly because its projection type is not ALL`,
    ));
  test('an attribute that is not projected cannot be asked for', () =>
    fails(
      byUser('keysOnly', {ProjectionExpression: 'id, title'}),
      'ValidationException',
      `${PFX}Global secondary index keysOnly does not project [title]`,
    ));
});

describe('local indexes', () => {
  const T = 'Threads';
  before(async () => {
    await createTable(db, T, keys('forum:S', 'subject:S'), {
      lsis: [index('byDate', 'forum:S', 'at:N'), index('byVotes', 'forum:S', 'votes:N', 'KEYS_ONLY')],
    });
    await put(
      db,
      T,
      {forum: S('f'), subject: S('a'), at: N(3), votes: N(1), text: S('A')},
      {forum: S('f'), subject: S('b'), at: N(1), votes: N(2), text: S('B')},
      {forum: S('f'), subject: S('c'), at: N(2), text: S('C')},
      {forum: S('g'), subject: S('a'), at: N(0)},
    );
  });
  const inForum = (IndexName, more) => query(T, IndexName, 'forum = :f', {':f': S('f')}, more);
  const subjects = async (...args) => (await inForum(...args)).Items.map((item) => item.subject.S);

  test('order', async () => {
    assert.deepEqual(await subjects('byDate'), ['b', 'c', 'a']);
    assert.deepEqual(await subjects('byVotes'), ['a', 'b']);
  });
  test('consistent reads', async () => assert.deepEqual(await subjects('byDate', {ConsistentRead: true}), ['b', 'c', 'a']));
  test('projected attributes by default', async () =>
    assert.deepEqual((await inForum('byVotes')).Items[0], {forum: S('f'), subject: S('a'), votes: N(1)}));
  test('other attributes are fetched from the table', async () => {
    assert.deepEqual((await inForum('byVotes', {Select: 'ALL_ATTRIBUTES'})).Items[0].text, S('A'));
    const {Items} = await inForum('byVotes', {ProjectionExpression: '#t', ExpressionAttributeNames: {'#t': 'text'}});
    assert.deepEqual(Items, [{text: S('A')}, {text: S('B')}]);
  });
  test('the size of a collection is told on writes', async () => {
    const {ItemCollectionMetrics} = await db.send(
      new PutItemCommand({TableName: T, Item: {forum: S('h'), subject: S('a')}, ReturnItemCollectionMetrics: 'SIZE'}),
    );
    assert.deepEqual(ItemCollectionMetrics, {ItemCollectionKey: {forum: S('h')}, SizeEstimateRangeGB: [0, 1]});
  });
  test('but not for a table without local indexes', async () => {
    await createTable(db, 'NoLsi', keys('pk:S'));
    const answer = await db.send(
      new PutItemCommand({TableName: 'NoLsi', Item: {pk: S('a')}, ReturnItemCollectionMetrics: 'SIZE'}),
    );
    assert.equal(answer.ItemCollectionMetrics, undefined);
  });
});

describe('keys of several attributes', () => {
  const T = 'Matches';
  const schema = index('byRound', 'tournament:S region:S', 'round:S bracket:N match:S');
  const match = (id, tournament, region, round, bracket, name) => ({
    id: S(id), tournament: S(tournament), region: S(region), round: S(round), bracket: N(bracket), match: S(name),
  });
  before(async () => {
    await createTable(db, T, keys('id:S'), {
      gsis: [schema, index('wide', 'a:S b:N c:B d:S', 'e:S f:N g:B h:S', 'KEYS_ONLY')],
    });
    await put(
      db,
      T,
      match('1', 'T', 'EU', 'final', 2, 'x'),
      match('2', 'T', 'EU', 'final', 10, 'a'),
      match('3', 'T', 'EU', 'final', 2, 'b'),
      match('4', 'T', 'EU', 'semi', 1, 'a'),
      match('5', 'T', 'US', 'final', 1, 'a'),
      match('6', 'TE', 'U', 'final', 1, 'a'),
      {id: S('7'), tournament: S('T'), region: S('EU'), round: S('final')},
    );
  });
  const names = {'#t': 'tournament', '#r': 'region', '#o': 'round', '#b': 'bracket', '#m': 'match'};
  const TEU = {':t': S('T'), ':r': S('EU')};
  const run = (condition, values, more = {}) => {
    const used = Object.fromEntries(Object.entries(names).filter(([name]) => condition.includes(name)));
    return query(T, 'byRound', condition, values, {ExpressionAttributeNames: used, ...more});
  };
  const ids = async (...args) => (await run(...args)).Items.map((item) => item.id.S);

  test('described as given', async () => {
    const {Table} = await db.send(new DescribeTableCommand({TableName: T}));
    const gsi = Table.GlobalSecondaryIndexes.find((i) => i.IndexName === 'byRound');
    assert.deepEqual(gsi.KeySchema, schema.definition.KeySchema);
  });

  const cases = [
    ['#t = :t AND #r = :r', TEU, ['3', '1', '2', '4']],
    ['#r = :r AND #t = :t AND #o = :o', {...TEU, ':o': S('final')}, ['3', '1', '2']],
    ['#t = :t AND #r = :r AND begins_with(#o, :o)', {...TEU, ':o': S('fin')}, ['3', '1', '2']],
    ['#t = :t AND #r = :r AND #o = :o AND #b > :b', {...TEU, ':o': S('final'), ':b': N(2)}, ['2']],
    ['#t = :t AND #r = :r AND #o = :o AND #b BETWEEN :b AND :c', {...TEU, ':o': S('final'), ':b': N(1), ':c': N(5)}, ['3', '1']],
    ['#t = :t AND #r = :r AND #o = :o AND #b = :b AND #m >= :m', {...TEU, ':o': S('final'), ':b': N(2), ':m': S('c')}, ['1']],
  ];
  for (const [condition, values, expected] of cases) {
    test(condition, async () => assert.deepEqual(await ids(condition, values), expected));
    test(`${condition}, backwards`, async () =>
      assert.deepEqual(await ids(condition, values, {ScanIndexForward: false}), expected.toReversed()));
  }

  const refused = [
    ['#t = :t', {':t': S('T')}, 'HASH key attributes region must have equality conditions specified in the query'],
    ['#t = :t AND #r > :r', TEU, 'HASH key attributes region must have equality conditions specified in the query'],
    [
      '#t = :t AND #r = :r AND #b = :b',
      {...TEU, ':b': N(1)},
      'RANGE key attributes round must have equality conditions specified in the query because a condition is present on key attribute bracket',
    ],
    [
      '#t = :t AND #r = :r AND #o > :o AND #b = :b',
      {...TEU, ':o': S('a'), ':b': N(1)},
      'RANGE key attributes round must have equality conditions specified in the query because a condition is present on key attribute bracket',
    ],
  ];
  for (const [condition, values, message] of refused) {
    test(`refused: ${condition}`, () => fails(run(condition, values), 'ValidationException', message));
  }
  test('refused: a filter on one of the keys', () =>
    fails(
      run('#t = :t AND #r = :r', {...TEU, ':o': S('x')}, {
        FilterExpression: '#o = :o',
        ExpressionAttributeNames: {'#t': 'tournament', '#r': 'region', '#o': 'round'},
      }),
      'ValidationException',
      'Filter Expression can only contain non-primary key attributes: Primary key attribute: round',
    ));

  test('pages carry every key attribute', async () => {
    const found = [];
    const input = {
      TableName: T,
      IndexName: 'byRound',
      KeyConditionExpression: '#t = :t AND #r = :r',
      ExpressionAttributeNames: {'#t': 'tournament', '#r': 'region'},
      ExpressionAttributeValues: TEU,
    };
    for await (const page of paginateQuery({client: db, pageSize: 1}, input)) {
      if (page.LastEvaluatedKey) {
        assert.deepEqual(Object.keys(page.LastEvaluatedKey).sort(), ['bracket', 'id', 'match', 'region', 'round', 'tournament']);
      }
      found.push(...page.Items.map((item) => item.id.S));
    }
    assert.deepEqual(found, ['3', '1', '2', '4']);
  });

  test('four and four, of every type', async () => {
    const bytes = (...values) => ({B: Uint8Array.from(values)});
    const item = (id, h) => ({
      id: S(id), a: S('a'), b: N(-1), c: bytes(0), d: S('d\u0000'), e: S('e'), f: N('0.5'), g: bytes(255), h: S(h),
    });
    await put(db, T, item('w2', 'b'), item('w1', 'a'), item('w3', 'a\u0000'));
    const {Items} = await query(T, 'wide', 'a = :a AND b = :b AND c = :c AND d = :d AND e = :e AND f = :f AND g = :g AND begins_with(h, :h)', {
      ':a': S('a'), ':b': N('-1.0'), ':c': bytes(0), ':d': S('d\u0000'), ':e': S('e'), ':f': N('5e-1'), ':g': bytes(255), ':h': S('a'),
    });
    assert.deepEqual(Items, [item('w1', 'a'), item('w3', 'a\u0000')]);
  });

  const attributes = (n, type) => Array.from({length: n}, (_, i) => `${type}${i}:S`).join(' ');
  test('five HASH attributes are refused', () =>
    fails(
      createTable(db, 'Five', keys('id:S'), {gsis: [index('many', attributes(5, 'h'))]}),
      'ValidationException',
      'One or more parameter values were invalid: The KeySchema exceeds the maximum allowed number of HASH key attributes',
    ));
  test('five RANGE attributes are refused', () =>
    fails(
      createTable(db, 'Five', keys('id:S'), {gsis: [index('many', 'h:S', attributes(5, 'r'))]}),
      'ValidationException',
      'One or more parameter values were invalid: The KeySchema exceeds the maximum allowed number of RANGE key attributes',
    ));
  test('HASH after RANGE is refused', async () => {
    const made = index('many', 'x:S', 'y:S');
    made.definition.KeySchema.push({AttributeName: 'z', KeyType: 'HASH'});
    made.AttributeDefinitions.push({AttributeName: 'z', AttributeType: 'S'});
    await fails(
      createTable(db, 'Order', keys('id:S'), {gsis: [made]}),
      'ValidationException',
      'One or more parameter values were invalid: All HASH key attributes must precede RANGE key attributes in the KeySchema',
    );
  });
});

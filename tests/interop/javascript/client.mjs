// The scenario through @aws-sdk/client-dynamodb. SCENARIO.md says what each step is.
import {
  BatchExecuteStatementCommand,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DuplicateItemException,
  DynamoDBClient,
  DynamoDBServiceException,
  ExecuteStatementCommand,
  ExecuteTransactionCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
  paginateQuery,
  paginateScan,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import {
  ALL_BYTES,
  DEFINITION,
  TABLE,
  assert,
  collect,
  numbers,
  printVersions,
  sleep,
  step,
  throws,
  two,
  until,
} from './steps.mjs';

const config = {
  endpoint: process.argv.at(-1),
  region: 'us-east-1',
  credentials: {accessKeyId: 'interop', secretAccessKey: 'interop'},
  maxAttempts: 1,
};
const db = new DynamoDBClient(config);
const streams = new DynamoDBStreamsClient(config);

const S = (value) => ({S: value});
const N = (value) => ({N: String(value)});
const key = (customer, order) => ({customer: S(customer), order: S(order)});
const put = (customer, order, more = {}) =>
  db.send(new PutItemCommand({TableName: TABLE, Item: {...key(customer, order), ...more}}));
const get = async (customer, order, more = {}) =>
  (await db.send(new GetItemCommand({TableName: TABLE, Key: key(customer, order), ConsistentRead: true, ...more}))).Item;
const ordersOf = (page) => page.Items.map((item) => item.order.S);
const putRequest = (customer, order, more) => ({PutRequest: {Item: {...key(customer, order), ...more}}});

printVersions('@aws-sdk/client-dynamodb', '@aws-sdk/client-dynamodb-streams');

let streamArn;

await step('create-table', async () => {
  const {TableDescription: table} = await db.send(new CreateTableCommand(DEFINITION));
  assert.equal(table.TableName, TABLE);
  assert.equal(table.LocalSecondaryIndexes[0].IndexName, 'byPrice');
  assert.equal(table.GlobalSecondaryIndexes[0].IndexName, 'byStatus');
  streamArn = table.LatestStreamArn;
  assert.match(streamArn, /^arn:aws:dynamodb:us-east-1:\d+:table\/Orders\/stream\//);
});

await step('wait-table', async () => {
  await waitUntilTableExists({client: db, maxWaitTime: 20, minDelay: 1}, {TableName: TABLE});
  const {Table} = await db.send(new DescribeTableCommand({TableName: TABLE}));
  assert.equal(Table.TableStatus, 'ACTIVE');
  assert.equal(Table.GlobalSecondaryIndexes[0].IndexStatus, 'ACTIVE');
});

await step('put-get-types', async () => {
  const values = {
    text: S('Grüße, 世界 🎉'),
    empty: S(''),
    number: N('-12345678901234567890.123456789012345678'),
    yes: {BOOL: true},
    no: {BOOL: false},
    nothing: {NULL: true},
    bytes: {B: ALL_BYTES},
    list: {L: [S('a'), N(1), {L: [{BOOL: true}]}, {M: {}}]},
    map: {M: {deep: {M: {er: {L: [{NULL: true}]}}}}},
    strings: {SS: ['a', 'b']},
    numbers: {NS: ['1', '2.5']},
    binaries: {BS: [Uint8Array.of(0), Uint8Array.of(255)]},
  };
  await put('types', 'all', values);
  assert.deepEqual(await get('types', 'all'), {...key('types', 'all'), ...values});
  assert.deepEqual(
    await get('types', 'all', {
      ProjectionExpression: '#m.deep.er[0], #l[1]',
      ExpressionAttributeNames: {'#m': 'map', '#l': 'list'},
    }),
    {list: {L: [N(1)]}, map: values.map},
  );
});

await step('update', async () => {
  await put('ada', '0001', {price: N(10), marks: {L: [S('new')]}, stamp: S('x')});
  const {Attributes} = await db.send(
    new UpdateItemCommand({
      TableName: TABLE,
      Key: key('ada', '0001'),
      UpdateExpression: 'SET price = price + :five, marks = list_append(marks, :more) REMOVE stamp ADD visits :one',
      ConditionExpression: 'attribute_exists(#order) AND price = :ten',
      ExpressionAttributeNames: {'#order': 'order'},
      ExpressionAttributeValues: {':five': N(5), ':more': {L: [S('paid')]}, ':one': N(1), ':ten': N(10)},
      ReturnValues: 'ALL_NEW',
    }),
  );
  assert.deepEqual(Attributes, {
    ...key('ada', '0001'),
    price: N(15),
    marks: {L: [S('new'), S('paid')]},
    visits: N(1),
  });
});

const failingUpdate = (more = {}) =>
  db.send(
    new UpdateItemCommand({
      TableName: TABLE,
      Key: key('ada', '0001'),
      UpdateExpression: 'SET price = :ten',
      ConditionExpression: 'price = :ten',
      ExpressionAttributeValues: {':ten': N(10)},
      ...more,
    }),
  );

await step('condition-fails', async () => {
  await throws(failingUpdate(), ConditionalCheckFailedException, 'The conditional request failed');
});

await step('condition-all-old', async () => {
  const error = await throws(
    failingUpdate({ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}),
    ConditionalCheckFailedException,
    'The conditional request failed',
  );
  assert.deepEqual(error.Item.price, N(15));
});

// Paginators write into what they are given.
const PAGES = {
  TableName: TABLE,
  KeyConditionExpression: 'customer = :c',
  ExpressionAttributeValues: {':c': S('pages')},
};

await step('query-pages', async () => {
  await Promise.all(
    numbers(25).map((number) =>
      put('pages', two(number), {
        price: N(number),
        status: S(number % 2 ? 'done' : 'open'),
        placed: S(`2026-11-${two(number + 1)}`),
      }),
    ),
  );
  const pages = await collect(paginateQuery({client: db, pageSize: 10}, {...PAGES}));
  assert.deepEqual(pages.map(({Count}) => Count).filter(Boolean), [10, 10, 5]);
  assert.deepEqual(pages.flatMap(ordersOf), numbers(25).map(two));

  const backwards = await db.send(
    new QueryCommand({
      TableName: TABLE,
      KeyConditionExpression: 'customer = :c AND #order BETWEEN :from AND :to',
      ExpressionAttributeNames: {'#order': 'order'},
      ExpressionAttributeValues: {':c': S('pages'), ':from': S('03'), ':to': S('05')},
      ScanIndexForward: false,
    }),
  );
  assert.deepEqual(ordersOf(backwards), ['05', '04', '03']);

  const filter = {
    ...PAGES,
    FilterExpression: 'price >= :n',
    ExpressionAttributeValues: {':c': S('pages'), ':n': N(20)},
  };
  const filtered = await collect(paginateQuery({client: db, pageSize: 10}, filter));
  const sum = (name) => filtered.reduce((total, page) => total + page[name], 0);
  assert.deepEqual([sum('Count'), sum('ScannedCount')], [5, 25]);
});

await step('query-indexes', async () => {
  const open = await db.send(
    new QueryCommand({
      TableName: TABLE,
      IndexName: 'byStatus',
      KeyConditionExpression: '#status = :s',
      ExpressionAttributeNames: {'#status': 'status'},
      ExpressionAttributeValues: {':s': S('open')},
    }),
  );
  const placed = open.Items.map((item) => item.placed.S);
  assert.equal(placed.length, 13);
  assert.deepEqual(placed, placed.toSorted());
  assert.deepEqual(open.Items[0], {
    ...key('pages', '00'),
    status: S('open'),
    placed: S('2026-11-01'),
    price: N(0),
  });
  const some = await db.send(
    new QueryCommand({
      TableName: TABLE,
      IndexName: 'byPrice',
      KeyConditionExpression: 'customer = :c AND price BETWEEN :from AND :to',
      ExpressionAttributeValues: {':c': S('pages'), ':from': N(5), ':to': N(7)},
    }),
  );
  assert.deepEqual(ordersOf(some), ['05', '06', '07']);
});

await step('parallel-scan', async () => {
  const segments = await Promise.all(
    numbers(4).map((Segment) => collect(paginateScan({client: db}, {TableName: TABLE, Segment, TotalSegments: 4}))),
  );
  const found = segments.flat().flatMap((page) => page.Items.map((item) => `${item.customer.S}/${item.order.S}`));
  assert.deepEqual([found.length, new Set(found).size], [27, 27]);
  assert.equal((await db.send(new ScanCommand({TableName: TABLE, Select: 'COUNT'}))).Count, 27);
});

await step('batch-write-unprocessed', async () => {
  const held = db.send(
    new TransactWriteItemsCommand({TransactItems: [{Put: {TableName: TABLE, Item: key('batch', 'held')}}]}),
  );
  await until(() => get('batch', 'held'));
  const RequestItems = {[TABLE]: [putRequest('batch', 'held', {price: N(2)}), putRequest('batch', 'free')]};
  let {UnprocessedItems} = await db.send(new BatchWriteItemCommand({RequestItems}));
  assert.deepEqual(UnprocessedItems, {[TABLE]: [putRequest('batch', 'held', {price: N(2)})]});
  while (Object.keys(UnprocessedItems).length) {
    await sleep(50);
    ({UnprocessedItems} = await db.send(new BatchWriteItemCommand({RequestItems: UnprocessedItems})));
  }
  await held;
  assert.deepEqual((await get('batch', 'held')).price, N(2));
  assert.ok(await get('batch', 'free'));
});

await step('batch-get-unprocessed', async () => {
  const blob = S('x'.repeat(390_000));
  for (const from of [0, 15, 30]) {
    const writes = numbers(15).map((number) => putRequest('big', two(from + number), {blob}));
    await db.send(new BatchWriteItemCommand({RequestItems: {[TABLE]: writes}}));
  }
  let ask = {[TABLE]: {Keys: numbers(45).map((number) => key('big', two(number)))}};
  const found = [];
  let calls = 0;
  for (; Object.keys(ask).length; ++calls) {
    const {Responses, UnprocessedKeys} = await db.send(new BatchGetItemCommand({RequestItems: ask}));
    found.push(...Responses[TABLE].map((item) => item.order.S));
    ask = UnprocessedKeys;
  }
  assert.ok(calls > 1, 'the first answer had everything');
  assert.deepEqual(found.toSorted(), numbers(45).map(two));
});

await step('transaction', async () => {
  const input = {
    ClientRequestToken: 'interop-1',
    TransactItems: [
      {Put: {TableName: TABLE, Item: {...key('tx', 'a'), price: N(1)}}},
      {
        Update: {
          TableName: TABLE,
          Key: key('ada', '0001'),
          UpdateExpression: 'SET price = price + :one',
          ExpressionAttributeValues: {':one': N(1)},
        },
      },
      {
        ConditionCheck: {
          TableName: TABLE,
          Key: key('types', 'all'),
          ConditionExpression: 'attribute_exists(customer)',
        },
      },
      {Delete: {TableName: TABLE, Key: key('pages', '24')}},
    ],
  };
  await db.send(new TransactWriteItemsCommand(input));
  await db.send(new TransactWriteItemsCommand(input));
  const Get = (customer, order) => ({Get: {TableName: TABLE, Key: key(customer, order)}});
  const {Responses} = await db.send(
    new TransactGetItemsCommand({TransactItems: [Get('tx', 'a'), Get('ada', '0001'), Get('pages', '24')]}),
  );
  assert.deepEqual(
    Responses.map(({Item}) => Item?.price.N),
    ['1', '16', undefined],
  );
});

await step('transaction-canceled', async () => {
  const error = await throws(
    db.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          {
            Put: {
              TableName: TABLE,
              Item: key('tx', 'a'),
              ConditionExpression: 'attribute_not_exists(#order)',
              ExpressionAttributeNames: {'#order': 'order'},
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            },
          },
          {Put: {TableName: TABLE, Item: key('tx', 'c')}},
        ],
      }),
    ),
    TransactionCanceledException,
    'Transaction cancelled, please refer cancellation reasons for specific reasons [ConditionalCheckFailed, None]',
  );
  assert.deepEqual(error.CancellationReasons, [
    {
      Code: 'ConditionalCheckFailed',
      Message: 'The conditional request failed',
      Item: {...key('tx', 'a'), price: N(1)},
    },
    {Code: 'None'},
  ]);
  assert.equal(await get('tx', 'c'), undefined);
});

const INSERT = `INSERT INTO "${TABLE}" VALUE {'customer': ?, 'order': ?, 'price': ?}`;
const execute = (Statement, Parameters, more = {}) =>
  db.send(new ExecuteStatementCommand({Statement, Parameters, ...more}));

await step('partiql', async () => {
  const one = [S('ql'), S('1')];
  await execute(INSERT, [...one, N(5)]);
  await throws(execute(INSERT, [...one, N(5)]), DuplicateItemException, 'Duplicate primary key exists in table');
  const updated = await execute(
    `UPDATE "${TABLE}" SET price=price+? WHERE customer=? AND "order"=? RETURNING ALL NEW *`,
    [N(2), ...one],
  );
  assert.deepEqual(updated.Items, [{...key('ql', '1'), price: N(7)}]);
  const found = [];
  let NextToken;
  do {
    const page = await execute(`SELECT * FROM "${TABLE}" WHERE customer=?`, [S('pages')], {Limit: 10, NextToken});
    found.push(...ordersOf(page));
    ({NextToken} = page);
  } while (NextToken);
  assert.deepEqual(found, numbers(24).map(two));
  await execute(`DELETE FROM "${TABLE}" WHERE customer=? AND "order"=?`, one);
  const {Items} = await execute(`SELECT * FROM "${TABLE}" WHERE customer=? AND "order"=?`, one);
  assert.deepEqual(Items, []);
});

await step('partiql-batch', async () => {
  const insert = (customer, order) => ({Statement: INSERT, Parameters: [S(customer), S(order), N(1)]});
  const {Responses} = await db.send(
    new BatchExecuteStatementCommand({Statements: [insert('ql', '2'), insert('ada', '0001')]}),
  );
  assert.equal(Responses[0].Error, undefined);
  assert.equal(Responses[1].Error.Code, 'DuplicateItem');
  await db.send(new ExecuteTransactionCommand({TransactStatements: [insert('ql', '3'), insert('ql', '4')]}));
  assert.deepEqual(ordersOf(await execute(`SELECT * FROM "${TABLE}" WHERE customer=?`, [S('ql')])), ['2', '3', '4']);
});

await step('stream-read', async () => {
  const {StreamDescription} = await streams.send(new DescribeStreamCommand({StreamArn: streamArn}));
  const [{ShardId}, ...others] = StreamDescription.Shards;
  assert.equal(others.length, 0);
  let {ShardIterator} = await streams.send(
    new GetShardIteratorCommand({StreamArn: streamArn, ShardId, ShardIteratorType: 'LATEST'}),
  );
  await put('stream', '1', {price: N(1)});
  await db.send(
    new UpdateItemCommand({
      TableName: TABLE,
      Key: key('stream', '1'),
      UpdateExpression: 'SET price = :two',
      ExpressionAttributeValues: {':two': N(2)},
    }),
  );
  await db.send(new DeleteItemCommand({TableName: TABLE, Key: key('stream', '1')}));
  const records = [];
  await until(async () => {
    const page = await streams.send(new GetRecordsCommand({ShardIterator}));
    records.push(...page.Records);
    ShardIterator = page.NextShardIterator;
    return records.length >= 3;
  });
  assert.deepEqual(
    records.map(({eventName, dynamodb}) => [eventName, dynamodb.Keys]),
    ['INSERT', 'MODIFY', 'REMOVE'].map((name) => [name, key('stream', '1')]),
  );
  assert.deepEqual([records[1].dynamodb.OldImage.price, records[1].dynamodb.NewImage.price], [N(1), N(2)]);
});

await step('ttl', async () => {
  await db.send(
    new UpdateTimeToLiveCommand({
      TableName: TABLE,
      TimeToLiveSpecification: {AttributeName: 'expires', Enabled: true},
    }),
  );
  const {TimeToLiveDescription} = await db.send(new DescribeTimeToLiveCommand({TableName: TABLE}));
  assert.match(TimeToLiveDescription.TimeToLiveStatus, /^ENABL(ED|ING)$/);
  const now = Math.floor(Date.now() / 1000);
  await put('ttl', 'past', {expires: N(now - 60)});
  await put('ttl', 'future', {expires: N(now + 3600)});
  await until(async () => !(await get('ttl', 'past')));
  assert.ok(await get('ttl', 'future'));
});

await step('errors', async () => {
  await throws(
    db.send(new GetItemCommand({TableName: 'Nowhere', Key: key('a', 'b')})),
    ResourceNotFoundException,
    'Requested resource not found',
  );
  await throws(db.send(new CreateTableCommand(DEFINITION)), ResourceInUseException, 'Table already exists: Orders');
  const error = await throws(
    db.send(new GetItemCommand({TableName: TABLE, Key: {customer: S('ada')}})),
    DynamoDBServiceException,
    'The provided key element does not match the schema',
  );
  assert.equal(error.name, 'ValidationException');
});

await step('delete-table', async () => {
  await db.send(new DeleteTableCommand({TableName: TABLE}));
  await waitUntilTableNotExists({client: db, maxWaitTime: 20, minDelay: 1}, {TableName: TABLE});
  await throws(
    db.send(new DescribeTableCommand({TableName: TABLE})),
    ResourceNotFoundException,
    'Requested resource not found: Table: Orders not found',
  );
});

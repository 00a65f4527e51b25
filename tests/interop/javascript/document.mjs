// The scenario through @aws-sdk/lib-dynamodb, the document client: JavaScript values instead of {S: ...}. What it has no
// commands for is done through the client below it and reported as skipped.
import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DuplicateItemException,
  DynamoDBClient,
  DynamoDBServiceException,
  ResourceInUseException,
  ResourceNotFoundException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchExecuteStatementCommand,
  BatchGetCommand,
  BatchWriteCommand,
  DynamoDBDocumentClient,
  ExecuteStatementCommand,
  ExecuteTransactionCommand,
  GetCommand,
  NumberValue,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
  paginateQuery,
  paginateScan,
} from '@aws-sdk/lib-dynamodb';
import {
  ALL_BYTES,
  DEFINITION,
  TABLE,
  assert,
  collect,
  numbers,
  printVersions,
  skipped,
  sleep,
  step,
  throws,
  two,
  until,
  without,
} from './steps.mjs';

const config = {
  endpoint: process.argv.at(-1),
  region: 'us-east-1',
  credentials: {accessKeyId: 'interop', secretAccessKey: 'interop'},
  maxAttempts: 1,
};
const db = new DynamoDBClient(config);
const doc = DynamoDBDocumentClient.from(db);
// Reads numbers with all their digits.
const exact = DynamoDBDocumentClient.from(new DynamoDBClient(config), {
  unmarshallOptions: {wrapNumbers: NumberValue.from},
});

const key = (customer, order) => ({customer, order});
const put = (customer, order, more = {}) =>
  doc.send(new PutCommand({TableName: TABLE, Item: {...key(customer, order), ...more}}));
const get = async (customer, order, more = {}) =>
  (await doc.send(new GetCommand({TableName: TABLE, Key: key(customer, order), ConsistentRead: true, ...more}))).Item;
const ordersOf = (page) => page.Items.map((item) => item.order);
const putRequest = (customer, order, more) => ({PutRequest: {Item: {...key(customer, order), ...more}}});

printVersions('@aws-sdk/lib-dynamodb');

const CONTROL = skipped('lib-dynamodb has no commands for tables');
await db.send(new CreateTableCommand(DEFINITION));

await step('create-table', () => CONTROL);
await step('wait-table', () => CONTROL);

await step('put-get-types', async () => {
  const values = {
    text: 'Grüße, 世界 🎉',
    empty: '',
    number: NumberValue.from('-12345678901234567890.123456789012345678'),
    yes: true,
    no: false,
    nothing: null,
    bytes: ALL_BYTES,
    list: ['a', NumberValue.from('1'), [true], {}],
    map: {deep: {er: [null]}},
    strings: new Set(['a', 'b']),
    numbers: new Set([NumberValue.from('1'), NumberValue.from('2.5')]),
    binaries: new Set([Uint8Array.of(0), Uint8Array.of(255)]),
  };
  await put('types', 'all', values);
  const {Item} = await exact.send(new GetCommand({TableName: TABLE, Key: key('types', 'all'), ConsistentRead: true}));
  assert.deepEqual(Item, {...key('types', 'all'), ...values});
  assert.deepEqual(
    await get('types', 'all', {
      ProjectionExpression: '#m.deep.er[0], #l[1]',
      ExpressionAttributeNames: {'#m': 'map', '#l': 'list'},
    }),
    {list: [1], map: values.map},
  );
});

await step('update', async () => {
  await put('ada', '0001', {price: 10, marks: ['new'], stamp: 'x'});
  const {Attributes} = await doc.send(
    new UpdateCommand({
      TableName: TABLE,
      Key: key('ada', '0001'),
      UpdateExpression: 'SET price = price + :five, marks = list_append(marks, :more) REMOVE stamp ADD visits :one',
      ConditionExpression: 'attribute_exists(#order) AND price = :ten',
      ExpressionAttributeNames: {'#order': 'order'},
      ExpressionAttributeValues: {':five': 5, ':more': ['paid'], ':one': 1, ':ten': 10},
      ReturnValues: 'ALL_NEW',
    }),
  );
  assert.deepEqual(Attributes, {
    ...key('ada', '0001'),
    price: 15,
    marks: ['new', 'paid'],
    visits: 1,
  });
});

const failingUpdate = (more = {}) =>
  doc.send(
    new UpdateCommand({
      TableName: TABLE,
      Key: key('ada', '0001'),
      UpdateExpression: 'SET price = :ten',
      ConditionExpression: 'price = :ten',
      ExpressionAttributeValues: {':ten': 10},
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
  assert.deepEqual(error.Item.price, {N: '15'});
  return without('as attribute values: it leaves the items of errors as they came');
});

// Paginators write into what they are given.
const PAGES = {
  TableName: TABLE,
  KeyConditionExpression: 'customer = :c',
  ExpressionAttributeValues: {':c': 'pages'},
};

await step('query-pages', async () => {
  await Promise.all(
    numbers(25).map((number) =>
      put('pages', two(number), {
        price: number,
        status: number % 2 ? 'done' : 'open',
        placed: `2026-11-${two(number + 1)}`,
      }),
    ),
  );
  const pages = await collect(paginateQuery({client: doc, pageSize: 10}, {...PAGES}));
  assert.deepEqual(pages.map(({Count}) => Count).filter(Boolean), [10, 10, 5]);
  assert.deepEqual(pages.flatMap(ordersOf), numbers(25).map(two));

  const backwards = await doc.send(
    new QueryCommand({
      TableName: TABLE,
      KeyConditionExpression: 'customer = :c AND #order BETWEEN :from AND :to',
      ExpressionAttributeNames: {'#order': 'order'},
      ExpressionAttributeValues: {':c': 'pages', ':from': '03', ':to': '05'},
      ScanIndexForward: false,
    }),
  );
  assert.deepEqual(ordersOf(backwards), ['05', '04', '03']);

  const filter = {
    ...PAGES,
    FilterExpression: 'price >= :n',
    ExpressionAttributeValues: {':c': 'pages', ':n': 20},
  };
  const filtered = await collect(paginateQuery({client: doc, pageSize: 10}, filter));
  const sum = (name) => filtered.reduce((total, page) => total + page[name], 0);
  assert.deepEqual([sum('Count'), sum('ScannedCount')], [5, 25]);
});

await step('query-indexes', async () => {
  const open = await doc.send(
    new QueryCommand({
      TableName: TABLE,
      IndexName: 'byStatus',
      KeyConditionExpression: '#status = :s',
      ExpressionAttributeNames: {'#status': 'status'},
      ExpressionAttributeValues: {':s': 'open'},
    }),
  );
  const placed = open.Items.map((item) => item.placed);
  assert.equal(placed.length, 13);
  assert.deepEqual(placed, placed.toSorted());
  assert.deepEqual(open.Items[0], {
    ...key('pages', '00'),
    status: 'open',
    placed: '2026-11-01',
    price: 0,
  });
  const some = await doc.send(
    new QueryCommand({
      TableName: TABLE,
      IndexName: 'byPrice',
      KeyConditionExpression: 'customer = :c AND price BETWEEN :from AND :to',
      ExpressionAttributeValues: {':c': 'pages', ':from': 5, ':to': 7},
    }),
  );
  assert.deepEqual(ordersOf(some), ['05', '06', '07']);
});

await step('parallel-scan', async () => {
  const segments = await Promise.all(
    numbers(4).map((Segment) => collect(paginateScan({client: exact}, {TableName: TABLE, Segment, TotalSegments: 4}))),
  );
  const found = segments.flat().flatMap((page) => page.Items.map((item) => `${item.customer}/${item.order}`));
  assert.deepEqual([found.length, new Set(found).size], [27, 27]);
  assert.equal((await doc.send(new ScanCommand({TableName: TABLE, Select: 'COUNT'}))).Count, 27);
});

await step('batch-write-unprocessed', async () => {
  const held = doc.send(
    new TransactWriteCommand({TransactItems: [{Put: {TableName: TABLE, Item: key('batch', 'held')}}]}),
  );
  await until(() => get('batch', 'held'));
  const RequestItems = {[TABLE]: [putRequest('batch', 'held', {price: 2}), putRequest('batch', 'free')]};
  let {UnprocessedItems} = await doc.send(new BatchWriteCommand({RequestItems}));
  assert.deepEqual(UnprocessedItems, {[TABLE]: [putRequest('batch', 'held', {price: 2})]});
  while (Object.keys(UnprocessedItems).length) {
    await sleep(50);
    ({UnprocessedItems} = await doc.send(new BatchWriteCommand({RequestItems: UnprocessedItems})));
  }
  await held;
  assert.deepEqual((await get('batch', 'held')).price, 2);
  assert.ok(await get('batch', 'free'));
});

await step('batch-get-unprocessed', async () => {
  const blob = 'x'.repeat(390_000);
  for (const from of [0, 15, 30]) {
    const writes = numbers(15).map((number) => putRequest('big', two(from + number), {blob}));
    await doc.send(new BatchWriteCommand({RequestItems: {[TABLE]: writes}}));
  }
  let ask = {[TABLE]: {Keys: numbers(45).map((number) => key('big', two(number)))}};
  const found = [];
  let calls = 0;
  for (; Object.keys(ask).length; ++calls) {
    const {Responses, UnprocessedKeys} = await doc.send(new BatchGetCommand({RequestItems: ask}));
    found.push(...Responses[TABLE].map((item) => item.order));
    ask = UnprocessedKeys;
  }
  assert.ok(calls > 1, 'the first answer had everything');
  assert.deepEqual(found.toSorted(), numbers(45).map(two));
});

await step('transaction', async () => {
  const input = {
    ClientRequestToken: 'interop-1',
    TransactItems: [
      {Put: {TableName: TABLE, Item: {...key('tx', 'a'), price: 1}}},
      {
        Update: {
          TableName: TABLE,
          Key: key('ada', '0001'),
          UpdateExpression: 'SET price = price + :one',
          ExpressionAttributeValues: {':one': 1},
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
  await doc.send(new TransactWriteCommand(input));
  await doc.send(new TransactWriteCommand(input));
  const Get = (customer, order) => ({Get: {TableName: TABLE, Key: key(customer, order)}});
  const {Responses} = await doc.send(
    new TransactGetCommand({TransactItems: [Get('tx', 'a'), Get('ada', '0001'), Get('pages', '24')]}),
  );
  assert.deepEqual(
    Responses.map(({Item}) => Item?.price),
    [1, 16, undefined],
  );
});

await step('transaction-canceled', async () => {
  const error = await throws(
    doc.send(
      new TransactWriteCommand({
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
      Item: {customer: {S: 'tx'}, order: {S: 'a'}, price: {N: '1'}},
    },
    {Code: 'None'},
  ]);
  assert.equal(await get('tx', 'c'), undefined);
  return without('as attribute values: it leaves the items of errors as they came');
});

const INSERT = `INSERT INTO "${TABLE}" VALUE {'customer': ?, 'order': ?, 'price': ?}`;
const execute = (Statement, Parameters, more = {}) =>
  doc.send(new ExecuteStatementCommand({Statement, Parameters, ...more}));

await step('partiql', async () => {
  const one = ['ql', '1'];
  await execute(INSERT, [...one, 5]);
  await throws(execute(INSERT, [...one, 5]), DuplicateItemException, 'Duplicate primary key exists in table');
  const updated = await execute(
    `UPDATE "${TABLE}" SET price=price+? WHERE customer=? AND "order"=? RETURNING ALL NEW *`,
    [2, ...one],
  );
  assert.deepEqual(updated.Items, [{...key('ql', '1'), price: 7}]);
  const found = [];
  let NextToken;
  do {
    const page = await execute(`SELECT * FROM "${TABLE}" WHERE customer=?`, ['pages'], {Limit: 10, NextToken});
    found.push(...ordersOf(page));
    ({NextToken} = page);
  } while (NextToken);
  assert.deepEqual(found, numbers(24).map(two));
  await execute(`DELETE FROM "${TABLE}" WHERE customer=? AND "order"=?`, one);
  const {Items} = await execute(`SELECT * FROM "${TABLE}" WHERE customer=? AND "order"=?`, one);
  assert.deepEqual(Items, []);
});

await step('partiql-batch', async () => {
  const insert = (customer, order) => ({Statement: INSERT, Parameters: [customer, order, 1]});
  const {Responses} = await doc.send(
    new BatchExecuteStatementCommand({Statements: [insert('ql', '2'), insert('ada', '0001')]}),
  );
  assert.equal(Responses[0].Error, undefined);
  assert.equal(Responses[1].Error.Code, 'DuplicateItem');
  await doc.send(new ExecuteTransactionCommand({TransactStatements: [insert('ql', '3'), insert('ql', '4')]}));
  assert.deepEqual(ordersOf(await execute(`SELECT * FROM "${TABLE}" WHERE customer=?`, ['ql'])), ['2', '3', '4']);
});

await step('stream-read', () => skipped('lib-dynamodb has no commands for streams'));

await step('ttl', () => CONTROL);

await step('errors', async () => {
  await throws(
    doc.send(new GetCommand({TableName: 'Nowhere', Key: key('a', 'b')})),
    ResourceNotFoundException,
    'Requested resource not found',
  );
  await throws(db.send(new CreateTableCommand(DEFINITION)), ResourceInUseException, 'Table already exists: Orders');
  const error = await throws(
    doc.send(new GetCommand({TableName: TABLE, Key: {customer: 'ada'}})),
    DynamoDBServiceException,
    'The provided key element does not match the schema',
  );
  assert.equal(error.name, 'ValidationException');
});

await step('delete-table', () => CONTROL);

// The scenario through the AWS CLI, one process a call; steps that do not meet each other run side by side, since a call
// takes most of a second. SCENARIO.md says what each step is; an error's class is the name
// that the CLI prints, a step that can only be seen in the SDK below the CLI is skipped.
// usage: scenario.mjs AWS ENDPOINT
import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {ALL_BYTES, DEFINITION, TABLE, assert, numbers, skipped, sleep, step, two, until, without} from '../javascript/steps.mjs';

const [aws, endpoint] = process.argv.slice(-2);
const folder = await mkdtemp(join(tmpdir(), 'interop-cli-'));
process.on('exit', () => rm(folder, {recursive: true, force: true}));

const environment = {
  ...process.env,
  AWS_ACCESS_KEY_ID: 'interop',
  AWS_SECRET_ACCESS_KEY: 'interop',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_CONFIG_FILE: join(folder, 'config'),
  AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PAGER: '',
  PYTHONIOENCODING: 'utf-8',
  PYTHONUTF8: '1',
};

// Runs the CLI to its end: {code, stdout, stderr}.
const run = (...args) =>
  new Promise((resolve) => {
    execFile(aws, args, {env: environment, maxBuffer: 1 << 26}, (error, stdout, stderr) =>
      resolve({code: error ? error.code : 0, stdout, stderr: stderr.trim()}),
    );
  });

// Options as the CLI has them: {TableName: 'Orders'} is --table-name Orders, an object is JSON, true is the bare flag.
const optionsOf = (options) =>
  Object.entries(options).flatMap(([name, value]) => {
    const option = `--${name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}`;
    if (value === true) return [option];
    return [option, typeof value === 'string' ? value : JSON.stringify(value)];
  });

const start = (service, command, options) =>
  run(service, ...command.split(' '), '--endpoint-url', endpoint, '--output', 'json', ...optionsOf(options));

// A call that succeeds; resolves to its answer.
async function call(command, options, service = 'dynamodb') {
  const {code, stdout, stderr} = await start(service, command, options);
  assert.equal(code, 0, stderr);
  return stdout.trim() ? JSON.parse(stdout) : {};
}

// A call that fails with this error; resolves to what the CLI printed.
async function fails(name, message, command, options) {
  const {code, stderr} = await start('dynamodb', command, options);
  assert.equal(code, 254, stderr);
  const operation = command.replaceAll(/(?:^|-)([a-z])/g, (_, letter) => letter.toUpperCase());
  const text = `An error occurred (${name}) when calling the ${operation} operation: ${message}`;
  assert.equal(stderr.split('\n')[0], text);
  return stderr;
}

// A parameter too large for a command line.
async function inFile(name, value) {
  const path = join(folder, name);
  await writeFile(path, JSON.stringify(value));
  return `file://${path}`;
}

const S = (value) => ({S: value});
const N = (value) => ({N: String(value)});
const key = (customer, order) => ({customer: S(customer), order: S(order)});
const put = (customer, order, more = {}) =>
  call('put-item', {TableName: TABLE, Item: {...key(customer, order), ...more}});
const get = async (customer, order, more = {}) =>
  (await call('get-item', {TableName: TABLE, Key: key(customer, order), ConsistentRead: true, ...more})).Item;
const ordersOf = ({Items}) => Items.map((item) => item.order.S);
const putRequest = (customer, order, more) => ({PutRequest: {Item: {...key(customer, order), ...more}}});

const version = await run('--version');
process.stdout.write(`version\taws-cli\t${/aws-cli\/(\S+)/.exec(version.stdout)[1]}\n`);

await step('create-table', async () => {
  const {TableDescription: table} = await call('create-table', DEFINITION);
  assert.equal(table.TableName, TABLE);
  assert.equal(table.LocalSecondaryIndexes[0].IndexName, 'byPrice');
  assert.equal(table.GlobalSecondaryIndexes[0].IndexName, 'byStatus');
  assert.match(table.LatestStreamArn, /:table\/Orders\/stream\//);
});

await step('wait-table', async () => {
  await call('wait table-exists', {TableName: TABLE});
  const {Table} = await call('describe-table', {TableName: TABLE});
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
    bytes: {B: Buffer.from(ALL_BYTES).toString('base64')},
    list: {L: [S('a'), N(1), {L: [{BOOL: true}]}, {M: {}}]},
    map: {M: {deep: {M: {er: {L: [{NULL: true}]}}}}},
    strings: {SS: ['a', 'b']},
    numbers: {NS: ['1', '2.5']},
    binaries: {BS: ['AA==', '/w==']},
  };
  await put('types', 'all', values);
  const [all, part] = await Promise.all([
    get('types', 'all'),
    get('types', 'all', {
      ProjectionExpression: '#m.deep.er[0], #l[1]',
      ExpressionAttributeNames: {'#m': 'map', '#l': 'list'},
    }),
  ]);
  assert.deepEqual(all, {...key('types', 'all'), ...values});
  assert.deepEqual(part, {list: {L: [N(1)]}, map: values.map});
});

await step('update', async () => {
  await put('ada', '0001', {price: N(10), marks: {L: [S('new')]}, stamp: S('x')});
  const {Attributes} = await call('update-item', {
    TableName: TABLE,
    Key: key('ada', '0001'),
    UpdateExpression: 'SET price = price + :five, marks = list_append(marks, :more) REMOVE stamp ADD visits :one',
    ConditionExpression: 'attribute_exists(#order) AND price = :ten',
    ExpressionAttributeNames: {'#order': 'order'},
    ExpressionAttributeValues: {':five': N(5), ':more': {L: [S('paid')]}, ':one': N(1), ':ten': N(10)},
    ReturnValues: 'ALL_NEW',
  });
  assert.deepEqual(Attributes, {
    ...key('ada', '0001'),
    price: N(15),
    marks: {L: [S('new'), S('paid')]},
    visits: N(1),
  });
});

const FAILING_UPDATE = {
  TableName: TABLE,
  Key: key('ada', '0001'),
  UpdateExpression: 'SET price = :ten',
  ConditionExpression: 'price = :ten',
  ExpressionAttributeValues: {':ten': N(10)},
};

const conditionFails = async () => {
  await fails('ConditionalCheckFailedException', 'The conditional request failed', 'update-item', FAILING_UPDATE);
};

await step('condition-all-old', () => skipped('it prints no item of an error'));

await step('query-pages', async () => {
  const writes = numbers(25).map((number) =>
    putRequest('pages', two(number), {
      price: N(number),
      status: S(number % 2 ? 'done' : 'open'),
      placed: S(`2026-11-${two(number + 1)}`),
    }),
  );
  await call('batch-write-item', {RequestItems: await inFile('pages.json', {[TABLE]: writes})});
  const query = {
    TableName: TABLE,
    KeyConditionExpression: 'customer = :c',
    ExpressionAttributeValues: {':c': S('pages')},
    PageSize: '10',
  };
  const byToken = async () => {
    const pages = [];
    let token = {};
    do {
      const page = await call('query', {...query, MaxItems: '10', ...token});
      pages.push(page);
      token = {StartingToken: page.NextToken};
    } while (token.StartingToken);
    return pages;
  };
  const [pages, backwards, filtered] = await Promise.all([
    byToken(),
    call('query', {
      TableName: TABLE,
      KeyConditionExpression: 'customer = :c AND #order BETWEEN :from AND :to',
      ExpressionAttributeNames: {'#order': 'order'},
      ExpressionAttributeValues: {':c': S('pages'), ':from': S('03'), ':to': S('05')},
      NoScanIndexForward: true,
    }),
    call('query', {
      ...query,
      FilterExpression: 'price >= :n',
      ExpressionAttributeValues: {':c': S('pages'), ':n': N(20)},
    }),
  ]);
  assert.deepEqual(pages.map((page) => page.Items.length).filter(Boolean), [10, 10, 5]);
  assert.deepEqual(pages.flatMap(ordersOf), numbers(25).map(two));
  assert.deepEqual(ordersOf(backwards), ['05', '04', '03']);
  assert.deepEqual([filtered.Count, filtered.ScannedCount], [5, 25]);
});

const queryIndexes = async () => {
  const [open, some] = await Promise.all([
    call('query', {
      TableName: TABLE,
      IndexName: 'byStatus',
      KeyConditionExpression: '#status = :s',
      ExpressionAttributeNames: {'#status': 'status'},
      ExpressionAttributeValues: {':s': S('open')},
    }),
    call('query', {
      TableName: TABLE,
      IndexName: 'byPrice',
      KeyConditionExpression: 'customer = :c AND price BETWEEN :from AND :to',
      ExpressionAttributeValues: {':c': S('pages'), ':from': N(5), ':to': N(7)},
    }),
  ]);
  const placed = open.Items.map((item) => item.placed.S);
  assert.equal(placed.length, 13);
  assert.deepEqual(placed, placed.toSorted());
  assert.deepEqual(open.Items[0], {...key('pages', '00'), status: S('open'), placed: S('2026-11-01'), price: N(0)});
  assert.deepEqual(ordersOf(some), ['05', '06', '07']);
};

const parallelScan = async () => {
  const [{Count}, ...segments] = await Promise.all([
    call('scan', {TableName: TABLE, Select: 'COUNT'}),
    ...numbers(4).map((segment) =>
      call('scan', {TableName: TABLE, Segment: String(segment), TotalSegments: '4', PageSize: '10'}),
    ),
  ]);
  const found = segments.flatMap(({Items}) => Items.map((item) => `${item.customer.S}/${item.order.S}`));
  assert.deepEqual([found.length, new Set(found).size], [27, 27]);
  assert.equal(Count, 27);
};

await Promise.all([
  step('condition-fails', conditionFails),
  step('query-indexes', queryIndexes),
  step('parallel-scan', parallelScan),
]);

await step('batch-write-unprocessed', async () => {
  const held = call('transact-write-items', {
    TransactItems: [{Put: {TableName: TABLE, Item: key('batch', 'held')}}],
  });
  await until(() => get('batch', 'held'));
  const first = {[TABLE]: [putRequest('batch', 'held', {price: N(2)}), putRequest('batch', 'free')]};
  let {UnprocessedItems} = await call('batch-write-item', {RequestItems: first});
  assert.deepEqual(UnprocessedItems, {[TABLE]: [putRequest('batch', 'held', {price: N(2)})]});
  while (Object.keys(UnprocessedItems).length) {
    await sleep(1000);
    ({UnprocessedItems} = await call('batch-write-item', {RequestItems: UnprocessedItems}));
  }
  await held;
  const Keys = [key('batch', 'held'), key('batch', 'free')];
  const {Responses} = await call('batch-get-item', {RequestItems: {[TABLE]: {Keys, ConsistentRead: true}}});
  const prices = Object.fromEntries(Responses[TABLE].map((item) => [item.order.S, item.price?.N]));
  assert.deepEqual(prices, {held: '2', free: undefined});
});

const batchGetUnprocessed = async () => {
  const blob = S('x'.repeat(390_000));
  await Promise.all(
    [0, 15, 30].map(async (from) => {
      const writes = numbers(15).map((number) => putRequest('big', two(from + number), {blob}));
      await call('batch-write-item', {RequestItems: await inFile(`big-${from}.json`, {[TABLE]: writes})});
    }),
  );
  let ask = {[TABLE]: {Keys: numbers(45).map((number) => key('big', two(number)))}};
  const found = [];
  let calls = 0;
  for (; Object.keys(ask).length; ++calls) {
    const Query = `{orders: Responses.${TABLE}[].order.S, left: UnprocessedKeys}`;
    const {orders, left} = await call('batch-get-item', {RequestItems: ask, Query});
    found.push(...orders);
    ask = left;
  }
  assert.ok(calls > 1, 'the first answer had everything');
  assert.deepEqual(found.toSorted(), numbers(45).map(two));
};

const transaction = async () => {
  const request = {
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
  await call('transact-write-items', request);
  await call('transact-write-items', request);
  const Get = (customer, order) => ({Get: {TableName: TABLE, Key: key(customer, order)}});
  const {Responses} = await call('transact-get-items', {
    TransactItems: [Get('tx', 'a'), Get('ada', '0001'), Get('pages', '24')],
  });
  assert.deepEqual(
    Responses.map(({Item}) => Item?.price.N),
    ['1', '16', undefined],
  );
};

const transactionCanceled = async () => {
  await fails(
    'TransactionCanceledException',
    'Transaction cancelled, please refer cancellation reasons for specific reasons [ConditionalCheckFailed, None]',
    'transact-write-items',
    {
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
    },
  );
  assert.equal(await get('tx', 'c'), undefined);
  return without('it prints the codes, not the reasons');
};

const INSERT = `INSERT INTO "${TABLE}" VALUE {'customer': ?, 'order': ?, 'price': ?}`;
const execute = (Statement, Parameters, more = {}) => call('execute-statement', {Statement, Parameters, ...more});

const partiql = async () => {
  const one = [S('ql'), S('1')];
  await execute(INSERT, [...one, N(5)]);
  await fails('DuplicateItemException', 'Duplicate primary key exists in table', 'execute-statement', {
    Statement: INSERT,
    Parameters: [...one, N(5)],
  });
  const updated = await execute(
    `UPDATE "${TABLE}" SET price=price+? WHERE customer=? AND "order"=? RETURNING ALL NEW *`,
    [N(2), ...one],
  );
  assert.deepEqual(updated.Items, [{...key('ql', '1'), price: N(7)}]);
  const found = [];
  let token = {};
  do {
    const page = await execute(`SELECT * FROM "${TABLE}" WHERE customer=?`, [S('pages')], {Limit: '10', ...token});
    found.push(...ordersOf(page));
    token = {NextToken: page.NextToken};
  } while (token.NextToken);
  assert.deepEqual(found, numbers(24).map(two));
  await execute(`DELETE FROM "${TABLE}" WHERE customer=? AND "order"=?`, one);
  const {Items} = await execute(`SELECT * FROM "${TABLE}" WHERE customer=? AND "order"=?`, one);
  assert.deepEqual(Items, []);
};

const partiqlBatch = async () => {
  const insert = (customer, order) => ({Statement: INSERT, Parameters: [S(customer), S(order), N(1)]});
  const {Responses} = await call('batch-execute-statement', {
    Statements: [insert('ql', '2'), insert('ada', '0001')],
  });
  assert.equal(Responses[0].Error, undefined);
  assert.equal(Responses[1].Error.Code, 'DuplicateItem');
  await call('execute-transaction', {TransactStatements: [insert('ql', '3'), insert('ql', '4')]});
  assert.deepEqual(ordersOf(await execute(`SELECT * FROM "${TABLE}" WHERE customer=?`, [S('ql')])), ['2', '3', '4']);
};

// The server goes on holding the items of a transaction, and its answer with them.
await Promise.all([
  step('batch-get-unprocessed', batchGetUnprocessed),
  (async () => {
    await step('transaction', transaction);
    await Promise.all([step('transaction-canceled', transactionCanceled), step('partiql', partiql)]);
    await step('partiql-batch', partiqlBatch);
  })(),
]);

await step('stream-read', async () => {
  const streams = (command, options) => call(command, options, 'dynamodbstreams');
  const [{StreamArn}] = (await streams('list-streams', {TableName: TABLE})).Streams;
  const {StreamDescription} = await streams('describe-stream', {StreamArn});
  const [{ShardId}, ...others] = StreamDescription.Shards;
  assert.equal(others.length, 0);
  let {ShardIterator} = await streams('get-shard-iterator', {StreamArn, ShardId, ShardIteratorType: 'LATEST'});
  await put('stream', '1', {price: N(1)});
  await call('update-item', {
    TableName: TABLE,
    Key: key('stream', '1'),
    UpdateExpression: 'SET price = :two',
    ExpressionAttributeValues: {':two': N(2)},
  });
  await call('delete-item', {TableName: TABLE, Key: key('stream', '1')});
  const records = [];
  await until(async () => {
    const page = await streams('get-records', {ShardIterator});
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

const ttl = async () => {
  await call('update-time-to-live', {
    TableName: TABLE,
    TimeToLiveSpecification: {AttributeName: 'expires', Enabled: true},
  });
  const now = Math.floor(Date.now() / 1000);
  const writes = [putRequest('ttl', 'past', {expires: N(now - 60)}), putRequest('ttl', 'future', {expires: N(now + 3600)})];
  const [{TimeToLiveDescription}] = await Promise.all([
    call('describe-time-to-live', {TableName: TABLE}),
    call('batch-write-item', {RequestItems: {[TABLE]: writes}}),
  ]);
  assert.match(TimeToLiveDescription.TimeToLiveStatus, /^ENABL(ED|ING)$/);
  const left = () =>
    call('query', {
      TableName: TABLE,
      ConsistentRead: true,
      KeyConditionExpression: 'customer = :c',
      ExpressionAttributeValues: {':c': S('ttl')},
    });
  await until(async () => ordersOf(await left()).join() === 'future');
};

const errors = async () => {
  await Promise.all([
    fails('ResourceNotFoundException', 'Requested resource not found', 'get-item', {
      TableName: 'Nowhere',
      Key: key('a', 'b'),
    }),
    fails('ResourceInUseException', 'Table already exists: Orders', 'create-table', DEFINITION),
    fails('ValidationException', 'The provided key element does not match the schema', 'get-item', {
      TableName: TABLE,
      Key: {customer: S('ada')},
    }),
  ]);
};

await Promise.all([step('ttl', ttl), step('errors', errors)]);

await step('delete-table', async () => {
  await call('delete-table', {TableName: TABLE});
  await call('wait table-not-exists', {TableName: TABLE});
  await fails('ResourceNotFoundException', 'Requested resource not found: Table: Orders not found', 'describe-table', {
    TableName: TABLE,
  });
});

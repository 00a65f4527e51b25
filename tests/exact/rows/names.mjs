// Names, counts and numbers of requests: each at its limit and one beyond. Counts of indexes: index-limits.mjs.
import {ABSENT, CE, M, N, RULE, S, front, notFound, range, text, validation, violation} from '../values.mjs';

const proves = (text) => [`limits.md 5: | ${text}`];
const ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/';
// Measured on the service in September 2026.
const NAME_TOO_LARGE = validation('Attribute name is too large, must be less than 65536 bytes');
const key = {Key: {pk: S('k')}};
const definition = {
  AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],
  KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
  BillingMode: 'PAY_PER_REQUEST',
};

const request = (name, what, op, body, expect) => ({name, proves: proves(what), op, body, expect});
const throughput = (read, write = 1) => ({
  ...definition,
  BillingMode: 'PROVISIONED',
  TableName: 'Units',
  ProvisionedThroughput: {ReadCapacityUnits: read, WriteCapacityUnits: write},
});

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);
const EXPRESSIONS = {
  UpdateItem: 'UpdateExpression',
  PutItem: 'ConditionExpression',
  Query: 'KeyConditionExpression',
  Scan: 'FilterExpression',
  GetItem: 'ProjectionExpression',
};
const START = {UpdateItem: 'REMOVE ', PutItem: '', Query: '', Scan: '', GetItem: ''};
const BASE = {UpdateItem: key, PutItem: {Item: {pk: S('k')}}, Query: {}, Scan: {}, GetItem: key};

export default [
  {
    name: 'a table name of 255 characters, and of all kinds of characters',
    proves: proves('table, index name'),
    steps: [
      ['CreateTable', {TableName: text(255, 'n'), ...definition}],
      ['DescribeTable', {TableName: text(255, 'n')}, {has: {Table: {TableName: text(255, 'n')}}}],
      ['DeleteTable', {TableName: text(255, 'n')}],
      ['CreateTable', {TableName: 'a-Z_0.9', ...definition}],
      ['DeleteTable', {TableName: 'a-Z_0.9'}],
      ['CreateTable', {TableName: 'abc', ...definition}],
      ['DeleteTable', {TableName: 'abc'}],
      ['CreateTable', {TableName: text(256, 'n'), ...definition}, validation(CE(text(256, 'n'), 'tableName', RULE.maxLength(255)))],
    ],
  },
  {
    name: 'an index name of 255 characters and more',
    proves: proves('table, index name'),
    tables: {T: 'hash'},
    steps: [
      ['Scan', {TableName: '{T}', IndexName: text(255, 'i')}, validation(`The table does not have the specified index: ${text(255, 'i')}`)],
      ['Scan', {TableName: '{T}', IndexName: text(256, 'i')}, validation(CE(text(256, 'i'), 'indexName', RULE.maxLength(255)))],
      ['Scan', {TableName: '{T}', IndexName: 'ii'}, validation(CE('ii', 'indexName', RULE.minLength(3)))],
      ['Scan', {TableName: '{T}', IndexName: 'i i'}, validation(CE('i i', 'indexName', RULE.pattern))],
    ],
  },
  {
    name: 'a TableName of item operations at its limits',
    proves: proves('`TableName` member in item ops'),
    steps: [
      ['GetItem', {TableName: 'ab', ...key}, validation(CE('ab', 'tableName', RULE.minLength(3)))],
      ['GetItem', {TableName: 'abc', ...key}, notFound],
      ['GetItem', {TableName: text(255), ...key}, notFound],
      ['GetItem', {TableName: text(256), ...key}, validation(CE(text(256), 'tableName', RULE.maxLength(255)))],
      ['GetItem', {TableName: ARN + text(1024 - ARN.length), ...key}, notFound],
      ['GetItem', {TableName: ARN + text(1025 - ARN.length), ...key}, validation(CE(ARN + text(1025 - ARN.length), 'tableName', RULE.maxLength(1024)))],
    ],
  },
  {
    name: 'an attribute name of 65535 bytes and more',
    proves: [...proves('attribute name'), 'limits.md 1: | attribute name of more than 65535 bytes'],
    tables: {T: 'hash'},
    steps: [
      ['PutItem', () => ({TableName: '{T}', Item: {pk: S('k'), [text(65535)]: N(1)}})],
      ['GetItem', {TableName: '{T}', ...key}, {has: {Item: {[text(65535)]: N(1)}}}],
      ['PutItem', () => ({TableName: ABSENT, Item: {pk: S('k'), m: M({[text(65535)]: N(1)})}}), notFound],
      ['PutItem', () => ({TableName: ABSENT, Item: {pk: S('k'), [text(65536)]: N(1)}}), front(NAME_TOO_LARGE.message)],
      ['PutItem', () => ({TableName: ABSENT, Item: {pk: S('k'), m: M({[text(65536)]: N(1)})}}), front(NAME_TOO_LARGE.message)],
      ['UpdateItem', () => ({TableName: ABSENT, ...key, UpdateExpression: 'SET a = :v', ExpressionAttributeValues: {':v': M({[text(65536)]: N(1)})}}), front(NAME_TOO_LARGE.message)],
      ['UpdateItem', () => ({TableName: ABSENT, ...key, UpdateExpression: 'REMOVE #n', ExpressionAttributeNames: {'#n': text(65536)}}), front(NAME_TOO_LARGE.message)],
      ['BatchWriteItem', () => ({RequestItems: {[ABSENT]: [{PutRequest: {Item: {pk: S('k'), [text(65536)]: N(1)}}}]}}), NAME_TOO_LARGE],
    ],
  },
  {
    name: 'the name of a key attribute has at most 255 characters',
    proves: proves('attribute name'),
    steps: [
      ['CreateTable', {TableName: 'KeyNames', AttributeDefinitions: [{AttributeName: text(255), AttributeType: 'S'}], KeySchema: [{AttributeName: text(255), KeyType: 'HASH'}], BillingMode: 'PAY_PER_REQUEST'}],
      ['DeleteTable', {TableName: 'KeyNames'}],
      ['CreateTable', {TableName: 'KeyNames', AttributeDefinitions: [{AttributeName: text(256), AttributeType: 'S'}], KeySchema: [{AttributeName: text(256), KeyType: 'HASH'}], BillingMode: 'PAY_PER_REQUEST'}, (reply) => {
        if (reply.status !== 400 || !reply.json.message.includes(RULE.maxLength(255))) throw new Error(reply.text.slice(0, 500));
      }],
    ],
  },
  request('a key schema of three elements', 'key schema elements: table, LSI', 'CreateTable', {TableName: 'Three', ...definition, KeySchema: ['a', 'b', 'c'].map((AttributeName, i) => ({AttributeName, KeyType: i ? 'RANGE' : 'HASH'}))}, validation(CE('[KeySchemaElement(attributeName=a, keyType=HASH), KeySchemaElement(attributeName=b, keyType=RANGE), KeySchemaElement(attributeName=c, keyType=RANGE)]', 'keySchema', RULE.maxLength(2)))),
  request('a key schema of none', 'key schema elements: table, LSI', 'CreateTable', {TableName: 'None', ...definition, KeySchema: []}, validation(CE('[]', 'keySchema', RULE.minLength(1)))),
  {
    name: 'BatchGetItem of 100 keys and of 101',
    proves: proves('BatchGetItem keys / reply'),
    tables: {T: 'hash', U: 'hash'},
    steps: [
      ['BatchGetItem', {RequestItems: {'{T}': {Keys: range(100).map((i) => ({pk: S(`k${i}`)}))}}}, {body: {Responses: {'{T}': []}, UnprocessedKeys: {}}}],
      ['BatchGetItem', {RequestItems: {'{T}': {Keys: range(101).map((i) => ({pk: S(`k${i}`)}))}}}, validation("1 validation error detected: Value at 'RequestItems.{T}.member.Keys' failed to satisfy constraint: Member must have length less than or equal to 100")],
      ['BatchGetItem', {RequestItems: {'{T}': {Keys: range(50).map((i) => ({pk: S(`k${i}`)}))}, '{U}': {Keys: range(51).map((i) => ({pk: S(`k${i}`)}))}}}, validation('Too many items requested for the BatchGetItem call')],
    ],
  },
  {
    name: 'BatchWriteItem of 25 requests and of 26',
    proves: proves('BatchWriteItem requests'),
    tables: {T: 'hash', U: 'hash'},
    steps: [
      ['BatchWriteItem', {RequestItems: {'{T}': range(25).map((i) => ({PutRequest: {Item: {pk: S(`k${i}`)}}}))}}, {body: {UnprocessedItems: {}}}],
      ['BatchWriteItem', {RequestItems: {'{T}': range(13).map((i) => ({PutRequest: {Item: {pk: S(`k${i}`)}}})), '{U}': range(13).map((i) => ({PutRequest: {Item: {pk: S(`k${i}`)}}}))}}, ({json: {message}}) => {
        const rule = "' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]";
        if (!message.startsWith("1 validation error detected: Value '{") || !message.endsWith(rule)) throw new Error(message);
      }],
    ],
  },
  request('Query with Limit 0', 'Query/Scan `Limit`', 'Query', {TableName: ABSENT, Limit: 0, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: {':p': S('a')}}, validation("1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1")),
  request('Query with Limit 1', 'Query/Scan `Limit`', 'Query', {TableName: ABSENT, Limit: 1, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: {':p': S('a')}}, notFound),
  request('Scan with Limit 0', 'Query/Scan `Limit`', 'Scan', {TableName: ABSENT, Limit: 0}, front(`Value at 'Limit' failed to satisfy constraint: ${RULE.atLeast(1)}`)),
  request('Scan with Limit 2147483647', 'Query/Scan `Limit`', 'Scan', {TableName: ABSENT, Limit: 2147483647}, notFound),
  request('the last segment of the most', '`Segment` / `TotalSegments`', 'Scan', {TableName: ABSENT, Segment: 999999, TotalSegments: 1000000}, notFound),
  request('a segment beyond', '`Segment` / `TotalSegments`', 'Scan', {TableName: ABSENT, Segment: 1000000, TotalSegments: 1000000}, front(`Value at 'Segment' failed to satisfy constraint: ${RULE.atMost(999999)}`)),
  request('a segment below 0', '`Segment` / `TotalSegments`', 'Scan', {TableName: ABSENT, Segment: -1, TotalSegments: 1}, front(`Value at 'Segment' failed to satisfy constraint: ${RULE.atLeast(0)}`)),
  request('segments beyond', '`Segment` / `TotalSegments`', 'Scan', {TableName: ABSENT, Segment: 0, TotalSegments: 1000001}, front(`Value at 'TotalSegments' failed to satisfy constraint: ${RULE.atMost(1000000)}`)),
  request('no segments', '`Segment` / `TotalSegments`', 'Scan', {TableName: ABSENT, Segment: 0, TotalSegments: 0}, front(`Value at 'TotalSegments' failed to satisfy constraint: ${RULE.atLeast(1)}`)),
  request('no attribute to get', '`AttributesToGet`', 'GetItem', {TableName: ABSENT, ...key, AttributesToGet: []}, validation(CE('[]', 'attributesToGet', RULE.minLength(1)))),
  request('one attribute to get', '`AttributesToGet`', 'Scan', {TableName: ABSENT, AttributesToGet: ['a']}, notFound),
  request('ListTables of none', 'ListTables `Limit`', 'ListTables', {Limit: 0}, validation(CE('0', 'limit', RULE.atLeast(1)))),
  request('ListTables of 100', 'ListTables `Limit`', 'ListTables', {Limit: 100}, {status: 200}),
  request('ListTables of 101', 'ListTables `Limit`', 'ListTables', {Limit: 101}, validation(CE('101', 'limit', RULE.atMost(100)))),
  ...Object.entries(EXPRESSIONS).map(([op, member]) => ({
    name: `${member} of 4096 bytes and of 4097`,
    proves: proves('expression string'),
    steps: [4096, 4097].map((size) => [
      op,
      () => ({TableName: ABSENT, ...BASE[op], [member]: `${START[op]}a ! ${text(size - 4 - START[op].length)}`}),
      (WRITES.has(op) ? front : validation)(
        `Invalid ${member.replace('Expression', '')}Expression: ` +
          (size === 4096
            ? `Syntax error; token: "!", near: "a ! ${text(4092 - START[op].length)}"`
            : `Expression size has exceeded the maximum allowed size;${op === 'Scan' && member.startsWith('Filter') ? ` expression size: ${size}` : ''}`),
      ),
    ]),
  })),
  {
    name: 'an expression of 4096 bytes, 2048 characters, is read; the bytes count',
    proves: proves('expression string'),
    op: 'Scan',
    body: {TableName: ABSENT, FilterExpression: `a = :v${' '.repeat(4091)}`, ExpressionAttributeValues: {':v': S('')}},
    expect: validation('Invalid FilterExpression: Expression size has exceeded the maximum allowed size; expression size: 4097'),
  },
  {
    name: '300 operators and 301',
    proves: proves('operators and functions per expression'),
    steps: [150, 151].map((count) => [
      'Scan',
      {TableName: ABSENT, FilterExpression: range(count).map(() => 'a=:v').join(' OR '), ExpressionAttributeValues: {':v': S('')}},
      count === 150 ? notFound : validation('Invalid FilterExpression: The expression contains too many operators; operator count: 301'),
    ]),
  },
  {
    name: '100 operands of IN and 101',
    proves: proves('`IN` operands'),
    steps: [100, 101].map((count) => [
      'Scan',
      {TableName: ABSENT, FilterExpression: `a IN (${range(count).map((i) => `:v${i}`).join(',')})`, ExpressionAttributeValues: Object.fromEntries(range(count).map((i) => [`:v${i}`, N(i)]))},
      count === 100 ? notFound : validation('Invalid FilterExpression: The IN operator is provided with too many operands; number of operands: 101'),
    ]),
  },
  {
    name: 'a path of 32 elements and of 33',
    proves: [...proves('document path depth'), 'expressions.md 3: path deeper than 32'],
    steps: [32, 33].map((count) => [
      'Scan',
      {TableName: ABSENT, ProjectionExpression: `a${'.a'.repeat(count - 1)}`},
      count === 32 ? notFound : validation('Invalid ProjectionExpression: The document path has too many nesting levels; nesting levels: 33'),
    ]),
  },
  request('10^12 units', 'throughput value', 'CreateTable', throughput(1000000000001), validation('Given value 1000000000001 for ReadCapacityUnits is out of bounds')),
  request('10^12 write units', 'throughput value', 'CreateTable', throughput(1, 1000000000001), validation('Given value 1000000000001 for WriteCapacityUnits is out of bounds')),
  {
    name: 'units at both ends',
    proves: proves('throughput value'),
    steps: [
      // Beyond 40,000 it is a matter of quotas.
      ['CreateTable', throughput(1000000000000, 1), (reply) => {
        if (!reply.json.__type.endsWith('LimitExceededException')) throw new Error(reply.text);
      }],
      ['CreateTable', throughput(1, 1)],
      ['DeleteTable', {TableName: 'Units'}],
      ['CreateTable', throughput(0, 0), {errors: ['write', 'read'].map((unit) => violation('0', `provisionedThroughput.${unit}CapacityUnits`, RULE.atLeast(1)))}],
    ],
  },
  {
    name: 'an attribute name may not be empty, nor may a key of a map',
    proves: proves('attribute name'),
    steps: [
      ['PutItem', {TableName: ABSENT, Item: {pk: S('k'), '': N(1)}}, front('Empty attribute name')],
      ['PutItem', {TableName: ABSENT, Item: {pk: S('k'), m: M({'': N(1)})}}, front('Empty attribute name')],
      ['UpdateItem', {TableName: ABSENT, ...key, UpdateExpression: 'REMOVE #n', ExpressionAttributeNames: {'#n': ''}}, front('ExpressionAttributeNames contains invalid value: Empty attribute name for key #n')],
    ],
  },
  {
    name: 'values of 2 MB together and of one byte more',
    proves: proves('expression placeholders'),
    assumed: true,
    steps: [2097152, 2097153].map((size) => [
      'Scan',
      () => ({TableName: ABSENT, FilterExpression: 'a = :v', ExpressionAttributeValues: {':v': S(size - 2)}}),
      size === 2097152 ? notFound : validation('ExpressionAttributeValues exceeds max size'),
    ]),
  },
];

// The constraints of the API model: their texts, their paths, and which of them one message holds.
import {ABSENT, CE, N, RULE, S, range, validation, violation} from '../values.mjs';

const OK = {TableName: ABSENT};
const KEY = {Key: {pk: S('k')}};
const ITEM = {Item: {pk: S('k')}};

const ENUMS = {
  returnConsumedCapacity: '[INDEXES, TOTAL, NONE]',
  returnItemCollectionMetrics: '[SIZE, NONE]',
  returnValues: '[ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]',
  conditionalOperator: '[OR, AND]',
  comparisonOperator: '[IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS]',
  select: '[SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]',
  action: '[ADD, PUT, DELETE]',
  attributeType: '[B, N, S]',
  keyType: '[HASH, RANGE]',
  projectionType: '[ALL, INCLUDE, KEYS_ONLY]',
  billingMode: '[PROVISIONED, PAY_PER_REQUEST]',
  tableClass: '[STANDARD, STANDARD_INFREQUENT_ACCESS]',
  returnValuesOnConditionCheckFailure: '[ALL_OLD, NONE]',
};
const table = {
  TableName: 'Constraints',
  AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],
  KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
  BillingMode: 'PAY_PER_REQUEST',
};
const gsi = (members) => ({
  ...table,
  GlobalSecondaryIndexes: [{IndexName: 'GSI', KeySchema: table.KeySchema, Projection: {ProjectionType: 'ALL'}, ...members}],
});
const upper = (name) => name[0].toUpperCase() + name.slice(1);
// A value outside an enum: path, operation, body.
const WRONG = {
  returnConsumedCapacity: ['returnConsumedCapacity', 'GetItem', {...OK, ...KEY, ReturnConsumedCapacity: 'none'}, 'none'],
  returnItemCollectionMetrics: ['returnItemCollectionMetrics', 'PutItem', {...OK, ...ITEM, ReturnItemCollectionMetrics: 'ALL'}, 'ALL'],
  returnValues: ['returnValues', 'UpdateItem', {...OK, ...KEY, ReturnValues: 'NEW'}, 'NEW'],
  conditionalOperator: ['conditionalOperator', 'Scan', {...OK, ConditionalOperator: 'XOR'}, 'XOR'],
  comparisonOperator: ['scanFilter.a.member.comparisonOperator', 'Scan', {...OK, ScanFilter: {a: {ComparisonOperator: '=', AttributeValueList: []}}}, '='],
  select: ['select', 'Scan', {...OK, Select: 'ALL'}, 'ALL'],
  attributeType: ['attributeDefinitions.1.member.attributeType', 'CreateTable', {...table, AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'BOOL'}]}, 'BOOL'],
  keyType: ['keySchema.1.member.keyType', 'CreateTable', {...table, KeySchema: [{AttributeName: 'pk', KeyType: 'SORT'}]}, 'SORT'],
  projectionType: ['globalSecondaryIndexes.1.member.projection.projectionType', 'CreateTable', gsi({Projection: {ProjectionType: 'SOME'}}), 'SOME'],
  billingMode: ['billingMode', 'CreateTable', {...table, BillingMode: 'FREE'}, 'FREE'],
  tableClass: ['tableClass', 'CreateTable', {...table, TableClass: ''}, ''],
  returnValuesOnConditionCheckFailure: ['returnValuesOnConditionCheckFailure', 'PutItem', {...OK, ...ITEM, ReturnValuesOnConditionCheckFailure: 'ALL_NEW'}, 'ALL_NEW'],
};

// Their newer layer says some of it differently (newer-layer.mjs).
const ITEM_OPERATIONS = new Set(['GetItem', 'PutItem', 'DeleteItem', 'UpdateItem', 'Query', 'Scan']);

const STATEMENTS = {
  returnValues: 'returnValues (older)',
  conditionalOperator: 'conditionalOperator (older)',
  comparisonOperator: 'comparisonOperator (older)',
};

const one = (name, what, op, body, expect, more = {}) => ({
  name,
  proves: [].concat(what).map((text) => `validation.md 1: ${text}`),
  op,
  body,
  expect,
  ...(ITEM_OPERATIONS.has(op) ? {validation: 'older'} : {}),
  ...more,
});

const NONE = {TableName: 'a b'};
const bad = (path, value = 'x') => violation(value, path, RULE.oneOf(ENUMS[path.split('.').at(-1)]));
const ofTableName = violation('a b', 'tableName', RULE.pattern);
// What section 1.1 says of an operation of the older layer. `members`: [body member, its violation].
function collected(op, proves, members) {
  const body = Object.assign({}, ...members.map(([member]) => member));
  const texts = members.map(([, text]) => text);
  return [
    [OK, `${op} collects all`, texts],
    [NONE, `${op} tells a bad table name with the others`, [ofTableName, ...texts]],
  ].map(([name, title, errors]) => ({
    name: title,
    proves: [`validation.md 1.1: | ${proves} |`],
    op,
    body: {...name, ...body},
    expect: {errors},
    validation: 'older',
  }));
}
const RCC = [{ReturnConsumedCapacity: 'x'}, bad('returnConsumedCapacity')];
const METRICS = [{ReturnItemCollectionMetrics: 'x'}, bad('returnItemCollectionMetrics')];
const VALUES = [{ReturnValues: 'x'}, bad('returnValues')];
const OPERATOR = [{ConditionalOperator: 'x'}, bad('conditionalOperator')];
const EXPECTED = [{Expected: {a: {ComparisonOperator: 'x'}}}, bad('expected.a.member.comparisonOperator')];
const SELECT = [{Select: 'x'}, bad('select')];
const GET = [{AttributesToGet: []}, violation('[]', 'attributesToGet', RULE.minLength(1))];
const INDEX = [{IndexName: 'i i'}, violation('i i', 'indexName', RULE.pattern)];
const NO_KEY = [{}, violation(null, 'key', RULE.required)];
const filter = (name) => [
  {[upper(name)]: {a: {ComparisonOperator: 'x', AttributeValueList: []}}},
  bad(`${name}.a.member.comparisonOperator`),
];

export default [
  one('one error', '`<N> validation error[s] detected', 'GetItem', {...OK, ...KEY, ReturnConsumedCapacity: 'x'}, validation(CE('x', 'returnConsumedCapacity', RULE.oneOf(ENUMS.returnConsumedCapacity)))),
  one('two errors', 'Each `<e>`: `Value', 'GetItem', {...OK, ReturnConsumedCapacity: 'x'}, {errors: [bad('returnConsumedCapacity'), violation(null, 'key', RULE.required)]}),
  one('ten errors of twelve', '`<N> validation error[s] detected', 'Scan', {...OK, ScanFilter: Object.fromEntries(range(12).map((i) => [`a${i}`, {ComparisonOperator: 'x', AttributeValueList: []}]))}, {errors: range(10).map((i) => bad(`scanFilter.a${i}.member.comparisonOperator`))}),
  one('a required member absent', '| required |', 'GetItem', OK, validation(CE(null, 'key', RULE.required))),
  one('a required member null', '| required |', 'GetItem', {...OK, Key: null}, validation(CE(null, 'key', RULE.required))),
  one('a value below the least', '| min/max value |', 'Scan', {...OK, Limit: 0}, validation(CE('0', 'limit', RULE.atLeast(1)))),
  one('a value above the most', '| min/max value |', 'ListTables', {Limit: 101}, validation(CE('101', 'limit', RULE.atMost(100)))),
  one('a text too short', '| min/max length |', 'Scan', {...OK, IndexName: 'ab'}, validation(CE('ab', 'indexName', RULE.minLength(3)))),
  one('a text too long', '| min/max length |', 'Scan', {...OK, IndexName: 'i'.repeat(256)}, validation(CE('i'.repeat(256), 'indexName', RULE.maxLength(255)))),
  one('a text of wrong characters', '| pattern |', 'Scan', {...OK, IndexName: 'a/b'}, validation(CE('a/b', 'indexName', RULE.pattern))),
  ...Object.entries(WRONG).map(([name, [path, op, body, value]]) => ({
    name: `a value outside ${name}`,
    proves: [`validation.md 1: | ${STATEMENTS[name] ?? name} |`, 'validation.md 1: | enum |'],
    op,
    body,
    expect: validation(CE(value, path, RULE.oneOf(ENUMS[name]))),
    ...(ITEM_OPERATIONS.has(op) ? {validation: 'older'} : {}),
  })),
  one('an action of AttributeUpdates outside its set', ['| action (AttributeUpdates, older) |', '| enum |'], 'UpdateItem', {...OK, ...KEY, AttributeUpdates: {a: {Action: 'SET', Value: N(1)}}}, validation(CE('SET', 'attributeUpdates.a.member.action', RULE.oneOf(ENUMS.action)))),
  one('paths into lists and maps', '- Path: member names with lower-case', 'PutItem', {...OK, ...ITEM, Expected: {a: {ComparisonOperator: 'x'}}}, validation(CE('x', 'expected.a.member.comparisonOperator', RULE.oneOf(ENUMS.comparisonOperator)))),
  one('paths below an element of a list', '- Path: member names with lower-case', 'CreateTable', gsi({Projection: {ProjectionType: 'x'}}), validation(CE('x', 'globalSecondaryIndexes.1.member.projection.projectionType', RULE.oneOf(ENUMS.projectionType)))),
  one('the second element of a list', '- Path: member names with lower-case', 'CreateTable', {...table, KeySchema: [...table.KeySchema, {AttributeName: 'a', KeyType: 'x'}]}, validation(CE('x', 'keySchema.2.member.keyType', RULE.oneOf(ENUMS.keyType)))),
  one('an empty list', '- Printing `<v>`', 'GetItem', {...OK, ...KEY, AttributesToGet: []}, validation(CE('[]', 'attributesToGet', RULE.minLength(1)))),
  one('a list of structures', '- Printing `<v>`', 'CreateTable', {...table, KeySchema: ['a', 'b', 'c'].map((AttributeName) => ({AttributeName, KeyType: 'HASH'}))}, validation(CE('[KeySchemaElement(attributeName=a, keyType=HASH), KeySchemaElement(attributeName=b, keyType=HASH), KeySchemaElement(attributeName=c, keyType=HASH)]', 'keySchema', RULE.maxLength(2)))),
  one('several constraints of one member', '- For one member several constraints can fail', 'CreateTable', {...table, TableName: ''}, {errors: [violation('', 'tableName', RULE.pattern), violation('', 'tableName', RULE.minLength(3))]}),
  one('members of an absent structure', '- A member of a null structure is not checked', 'CreateTable', gsi({Projection: undefined}), validation(CE(null, 'globalSecondaryIndexes.1.member.projection', RULE.required))),
  one('members of an absent optional structure', '- A member of a null structure is not checked', 'CreateTable', {...table, TableName: 'ConstraintsOk'}, {}),
  ...collected('GetItem', 'GetItem', [NO_KEY, RCC, GET]),
  ...collected('PutItem', 'PutItem', [[{}, violation(null, 'item', RULE.required)], RCC, VALUES, METRICS, EXPECTED, OPERATOR]),
  ...collected('DeleteItem', 'DeleteItem', [NO_KEY, RCC, VALUES, METRICS, EXPECTED, OPERATOR]),
  ...collected('UpdateItem', 'UpdateItem', [NO_KEY, VALUES, RCC, METRICS, EXPECTED, OPERATOR]),
  ...collected('Query', 'Query, Scan', [RCC, SELECT, INDEX, filter('queryFilter'), OPERATOR, GET, filter('keyConditions')]),
  ...collected('Scan', 'Query, Scan', [
    RCC,
    SELECT,
    [{Limit: 0}, violation('0', 'limit', RULE.atLeast(1))],
    [{Segment: -1}, violation('-1', 'segment', RULE.atLeast(0))],
    [{TotalSegments: 0}, violation('0', 'totalSegments', RULE.atLeast(1))],
    INDEX,
    filter('scanFilter'),
    OPERATOR,
  ]),
  {
    name: 'CreateTable collects all',
    proves: ['validation.md 1.1: | CreateTable |'],
    op: 'CreateTable',
    body: {TableName: 'Constraints', BillingMode: 'x', ProvisionedThroughput: {ReadCapacityUnits: 0}},
    expect: {
      errors: [
        bad('billingMode'),
        violation(null, 'provisionedThroughput.writeCapacityUnits', RULE.required),
        violation('0', 'provisionedThroughput.readCapacityUnits', RULE.atLeast(1)),
        violation(null, 'keySchema', RULE.required),
        violation(null, 'attributeDefinitions', RULE.required),
      ],
    },
  },
  {
    name: 'the values of a map: more than 25 requests of a table, and none',
    proves: ['validation.md 1: | map values (BatchWriteItem) |'],
    steps: [
      ['BatchWriteItem', {RequestItems: {[ABSENT]: range(26).map((i) => ({PutRequest: {Item: {pk: N(i)}}}))}}, (reply) => {
        const message = reply.json.message ?? '';
        const start = `1 validation error detected: Value '{${ABSENT}=[`;
        const end = "]}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]";
        if (!message.startsWith(start) || !message.endsWith(end)) throw new Error(message);
      }],
      ['BatchWriteItem', {RequestItems: {[ABSENT]: []}}, validation(CE(`{${ABSENT}=[]}`, 'requestItems', 'Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]'))],
    ],
  },
];

// JSON values of another type than the member has, and those that are taken all the same.
import assert from 'node:assert/strict';
import {carry, define, n, put, s} from '../definitions.mjs';

const proves = carry('data-plane.md 4: ');
const tables = {T: define('pk:S')};
const T = {TableName: '{T}'};
const TABLE = {...define('pk:S'), TableName: 'types'};
const BARE = {status: 400, body: {__type: 'com.amazon.coral.service#SerializationException'}};
const refused = (Message) => ({status: 400, body: {...BARE.body, Message}});
const STRUCTURE = 'Start of structure or map found where not expected';
const PACKAGE = 'com.amazonaws.dynamodb.v20120810.';
const VALUE_CLASS = `${PACKAGE}AttributeValue`;
const BASE64 = 'only base-64-encoded strings are convertible to bytes';
const FIELD = 'Unexpected field type';
const PAYLOAD = 'Unexpected value type in payload';
const TOKEN = 'Unexpected token received from parser';
const mapOf = (name) => `Unrecognized collection type java.util.Map<java.lang.String, ${name}>`;
const classOf = (name) => `Unrecognized collection type class ${PACKAGE}${name}`;
const javaClass = (name) => `Unrecognized collection type class java.${name}`;
const cannot = (what, type) => `${what}_VALUE cannot be converted to ${type}`;
const PARAMETERIZED =
  'class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class ' +
  '(sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module java.base of ' +
  "loader 'bootstrap')";

// One member of a request given JSON text as it is: numbers are not what JavaScript would make of them.
const MARK = '@';
const raw = (body, json) => JSON.stringify(body).replace(`"${MARK}"`, json);
// What is asked of one kind of place: `places` are [operation, body with a MARK], `cases` [JSON text, message].
const grid = (name, statements, places, cases) => ({
  name,
  proves: proves(statements),
  tables,
  steps: places.flatMap(([operation, body]) =>
    cases.map(([json, message]) => [operation, raw(body, json), message === null ? BARE : refused(message)]),
  ),
});
const row = (name, statements, ...steps) => ({name, proves: proves(statements), tables, steps});
const assumed = (made) => ({...made, assumed: true});

const item = (value) => ['PutItem', {...T, Item: {pk: value}}];
const throughput = (value) => ['CreateTable', {...TABLE, ProvisionedThroughput: value}];
const STRINGS = [
  ['DescribeTable', {TableName: MARK}],
  ['GetItem', {...T, ProjectionExpression: MARK}],
  ['GetItem', {...T, AttributesToGet: [MARK]}],
  ['GetItem', {...T, ExpressionAttributeNames: {'#a': MARK}}],
  ['ExecuteStatement', {Statement: MARK}],
  ...[{S: MARK}, {N: MARK}, {SS: ['a', MARK]}, {NS: [MARK]}, {M: {a: {L: [{M: {b: {S: MARK}}}]}}}].map(item),
];
const FLAGS = [
  ['GetItem', {...T, ConsistentRead: MARK}],
  ['Query', {...T, ScanIndexForward: MARK}],
  ['PutItem', {...T, Item: {}, Expected: {a: {Exists: MARK}}}],
  ['CreateTable', {...TABLE, DeletionProtectionEnabled: MARK}],
];
const VALUE_FLAGS = [item({BOOL: MARK}), item({NULL: MARK}), item({L: [{M: {a: {BOOL: MARK}}}]})];
const INTEGERS = [
  ['Scan', {...T, Limit: MARK}],
  ['Scan', {...T, Segment: MARK}],
  ['Scan', {...T, TotalSegments: MARK}],
  ['Query', {...T, Limit: MARK}],
  ['ListTables', {Limit: MARK}],
];
const LONGS = [throughput({ReadCapacityUnits: MARK}), throughput({WriteCapacityUnits: MARK})];
const BLOBS = [item({B: MARK}), item({BS: ['', MARK]}), ['Query', {...T, ExpressionAttributeValues: {':v': {B: MARK}}}]];
const LISTS = [
  ['GetItem', {...T, AttributesToGet: MARK}],
  ['CreateTable', {...TABLE, KeySchema: MARK}],
  ['BatchGetItem', {RequestItems: {'{T}': {Keys: MARK}}}],
  ['TransactWriteItems', {TransactItems: MARK}],
  ['ExecuteStatement', {Statement: 'SELECT', Parameters: MARK}],
  ['Query', {...T, KeyConditions: {a: {ComparisonOperator: 'EQ', AttributeValueList: MARK}}}],
  ...[{SS: MARK}, {NS: MARK}, {BS: MARK}, {L: MARK}].map(item),
];
// [operation, body, what the map holds]
const MAPS = [
  ['PutItem', {...T, Item: MARK}, VALUE_CLASS],
  ['GetItem', {...T, Key: MARK}, VALUE_CLASS],
  ['Scan', {...T, ExclusiveStartKey: MARK}, VALUE_CLASS],
  ['PutItem', {...T, ExpressionAttributeValues: MARK}, VALUE_CLASS],
  ['TransactWriteItems', {TransactItems: [{Put: {...T, Item: MARK}}]}, VALUE_CLASS],
  [...item({M: MARK}), VALUE_CLASS],
  ['GetItem', {...T, ExpressionAttributeNames: MARK}, 'java.lang.String'],
  ['PutItem', {...T, Expected: MARK}, `${PACKAGE}ExpectedAttributeValue`],
  ['Query', {...T, KeyConditions: MARK}, `${PACKAGE}Condition`],
  ['Query', {...T, QueryFilter: MARK}, `${PACKAGE}Condition`],
  ['Scan', {...T, ScanFilter: MARK}, `${PACKAGE}Condition`],
  ['UpdateItem', {...T, AttributeUpdates: MARK}, `${PACKAGE}AttributeValueUpdate`],
  ['BatchGetItem', {RequestItems: MARK}, `${PACKAGE}KeysAndAttributes`],
  ['BatchWriteItem', {RequestItems: MARK}, `java.util.List<${PACKAGE}WriteRequest>`],
];
const MAP_VALUES = [
  [...item(MARK), 'AttributeValue'],
  [...item({L: [MARK]}), 'AttributeValue'],
  [...item({M: {a: MARK}}), 'AttributeValue'],
  ['ExecuteStatement', {Statement: 'SELECT', Parameters: [MARK]}, 'AttributeValue'],
  ['CreateTable', {...TABLE, KeySchema: [MARK]}, 'KeySchemaElement'],
  ['PutItem', {...T, Expected: {a: MARK}}, 'ExpectedAttributeValue'],
  ['Query', {...T, KeyConditions: {a: MARK}}, 'Condition'],
  ['UpdateItem', {...T, AttributeUpdates: {a: MARK}}, 'AttributeValueUpdate'],
  ['BatchGetItem', {RequestItems: {'{T}': MARK}}, 'KeysAndAttributes'],
  ['BatchWriteItem', {RequestItems: {'{T}': [MARK]}}, 'WriteRequest'],
  ['TransactWriteItems', {TransactItems: [MARK]}, 'TransactWriteItem'],
];
const STRUCT_MEMBERS = [
  [...throughput(MARK), 'ProvisionedThroughput'],
  ['PutItem', {...T, Expected: {a: {Value: MARK}}}, 'AttributeValue'],
  ['UpdateItem', {...T, AttributeUpdates: {a: {Value: MARK}}}, 'AttributeValue'],
  ['BatchWriteItem', {RequestItems: {'{T}': [{PutRequest: MARK}]}}, 'PutRequest'],
  ['TransactWriteItems', {TransactItems: [{Put: MARK}]}, 'Put'],
];
const whole = ['1', '-1', '0', '-0', '9223372036854775808', '9'.repeat(400)];
const decimal = ['1.5', '-0.0', '1e2', '1E2', '1e999', `${'9'.repeat(400)}.5`];
const numbers = (type) => [
  ...whole.map((json) => [json, cannot('NUMBER', type)]),
  ...decimal.map((json) => [json, cannot('DECIMAL', type)]),
];
const words = (type) => [
  ['true', cannot('TRUE', type)],
  ['false', cannot('FALSE', type)],
];
const each = (places, json, message) =>
  places.map(([operation, body, name]) => [operation, raw(body, json), refused(message(name))]);

const three = ['a', 'b', 'c'].map((pk) => put('{T}', {pk: s(pk)}));
const counted = (members, Count) => ['Scan', raw({...T, Select: 'COUNT', ...members.body}, members.json), {has: {Count}}];
const limited = (json, count) => counted({body: {Limit: MARK}, json}, count);
const outside = (path, value, rule) => ({
  type: 'ValidationException',
  message: `1 validation error detected: Value '${value}' at '${path}' failed to satisfy constraint: Member must have value ${rule}`,
});
const stored = (value) => ['GetItem', {...T, Key: {pk: s('a')}}, {body: {Item: {pk: s('a'), v: value}}}];
const putRaw = (json) => ['PutItem', raw({...T, Item: {pk: s('a'), v: MARK}}, json), {body: {}}];
const nested = (open, close, levels) => open.repeat(levels) + '{"S":"x"}' + close.repeat(levels);
const lists = (levels) => nested('{"L":[', ']}', levels);
const maps = (levels) => nested('{"M":{"a":', '}}', levels);
const TOO_DEEP = (reply) => {
  assert.equal(reply.json?.__type, 'com.amazon.coral.validate#ValidationException', reply.text.slice(0, 300));
  assert.match(reply.json.message, /Nesting Levels have exceeded supported limits/);
};
const DEEP = [
  item(MARK),
  ['BatchWriteItem', {RequestItems: {'{T}': [{PutRequest: {Item: {pk: MARK}}}]}}],
  ['TransactWriteItems', {TransactItems: [{Put: {...T, Item: {pk: MARK}}}], ClientRequestToken: 'deep'}],
  [
    'UpdateItem',
    {...T, Key: {pk: s('a')}, UpdateExpression: 'SET v = :v', ExpressionAttributeValues: {':v': MARK}},
  ],
];
const deep = (json, expect) => DEEP.map(([operation, body]) => [operation, raw(body, json), expect]);

export default [
  grid('numbers for strings', ['| String | integer', 'Java types of scalars:'], STRINGS, numbers('String')),
  grid('booleans for strings', '| String | true', STRINGS, words('String')),
  grid('arrays and objects for strings', '| String | array', STRINGS, [
    ['["a"]', javaClass('lang.String')],
    ['[]', javaClass('lang.String')],
    ['{"a":1}', STRUCTURE],
    ['{}', STRUCTURE],
  ]),

  grid(
    'numbers for booleans',
    ['| Boolean | integer', 'Java types of scalars:'],
    [...FLAGS, ...VALUE_FLAGS],
    numbers('Boolean'),
  ),
  grid(
    'words that are no booleans',
    '| Boolean (BOOL, NULL, Exists',
    [...FLAGS, ...VALUE_FLAGS],
    ['"maybe"', '""', '"2"', '"truee"', '"ye"', '" true"', '"on"', '"-"'].map((json) => [json, TOKEN]),
  ),
  row(
    'words that are booleans',
    '| Boolean (BOOL, NULL, Exists',
    ...['true', 'T', 'yes', 'Y', '1'].flatMap((word) => [putRaw(`{"BOOL":"${word}"}`), stored({BOOL: true})]),
    ...['FALSE', 'f', 'No', 'N', '0'].flatMap((word) => [putRaw(`{"BOOL":"${word}"}`), stored({BOOL: false})]),
    ...['TRUE', 't', 'Yes', 'y', '1'].flatMap((word) => [putRaw(`{"NULL":"${word}"}`), stored({NULL: true})]),
    ...['true', 'T', 'y', 'no', 'F', '0'].map((word) => [
      'GetItem',
      {...T, Key: {pk: s('b')}, ConsistentRead: word},
      {body: {}},
    ]),
    ['PutItem', {...T, Item: {pk: s('b')}, Expected: {pk: {Exists: 'N'}}}, {body: {}}],
    [
      'PutItem',
      {...T, Item: {pk: s('b')}, Expected: {pk: {Exists: 'f'}}},
      {type: 'ConditionalCheckFailedException', message: 'The conditional request failed'},
    ],
  ),
  grid('arrays for booleans', '| Boolean | array', FLAGS, [['[]', javaClass('lang.Boolean')], ['[true]', javaClass('lang.Boolean')]]),
  grid('arrays for BOOL and NULL', '| Boolean | array', VALUE_FLAGS, [['[]', null], ['[true]', null]]),
  grid('objects for booleans', '| Boolean | array', [...FLAGS, ...VALUE_FLAGS], [['{}', STRUCTURE]]),

  ...[
    ['Integer', INTEGERS],
    ['Long', LONGS],
  ].flatMap(([type, places]) => [
    grid(`strings and booleans for ${type}`, ['| Integer, Long, Short, Double |', 'Java types of scalars:'], places, [
      ['"5"', cannot('STRING', type)],
      ['""', cannot('STRING', type)],
      ...words(type),
    ]),
    grid(`arrays and objects for ${type}`, '| same | array', places, [
      ['[]', javaClass(`lang.${type}`)],
      ['{}', STRUCTURE],
    ]),
  ]),
  row(
    'fractions are dropped and what is too large is cut',
    '| Integer, Long, Short | fraction',
    ...three,
    limited('2.9', 2),
    limited('2e0', 2),
    limited('1.0', 1),
    limited('4294967296', 3),
    limited('4294967297.5', 3),
    limited('9223372036854775808', 3),
    limited('1e999', 3),
    [
      'Query',
      raw({...T, KeyConditionExpression: 'pk = :v', ExpressionAttributeValues: {':v': s('a')}, Limit: MARK}, '4294967296'),
      {has: {Count: 1}},
    ],
    ['ListTables', raw({Limit: MARK}, '1.9'), (reply) => assert.equal(reply.json.TableNames.length, 1)],
    counted({body: {Segment: 0, TotalSegments: MARK}, json: '1.9'}, 3),
    counted({body: {Segment: MARK, TotalSegments: 1}, json: '-0.9'}, 3),
  ),
  row(
    'a whole number that was cut can still be out of range',
    '| Integer, Long, Short | fraction',
    ['Scan', raw({...T, Segment: 0, TotalSegments: MARK}, '-3.5'), outside('totalSegments', -3, 'greater than or equal to 1')],
    ['Scan', raw({...T, Segment: 0, TotalSegments: MARK}, '0.9'), outside('totalSegments', 0, 'greater than or equal to 1')],
    [
      'Scan',
      raw({...T, Segment: 0, TotalSegments: MARK}, '4294967296'),
      outside('totalSegments', 2147483647, 'less than or equal to 1000000'),
    ],
    [
      'Scan',
      raw({...T, Segment: MARK, TotalSegments: 1}, '-1e999'),
      outside('segment', -2147483648, 'greater than or equal to 0'),
    ],
    ['ListTables', raw({Limit: MARK}, '100.9'), {status: 200}],
    ['ListTables', raw({Limit: MARK}, '101'), outside('limit', 101, 'less than or equal to 100')],
  ),

  grid('numbers and booleans for binary', '| Blob | number', BLOBS, ['1', '1.5', 'true', 'false'].map((json) => [json, BASE64])),
  grid('arrays and objects for binary', '| Blob | array', BLOBS, [
    ['[]', javaClass('nio.ByteBuffer')],
    ['{}', STRUCTURE],
  ]),

  grid('scalars for lists', '| List | scalar', LISTS, ['"a"', '1', '1.5', 'true', 'false'].map((json) => [json, FIELD])),
  grid('objects for lists', '| List | scalar', LISTS, [['{}', STRUCTURE]]),
  grid('scalars for maps', '| Map | scalar', MAPS, ['"a"', '1', '1.5', 'true', 'false'].map((json) => [json, FIELD])),
  row('arrays for maps', ['| Map | array', 'V by member:'], ...each(MAPS, '[]', mapOf)),
  grid(
    'scalars for structures in lists and maps',
    '| Struct as a list element',
    MAP_VALUES,
    ['"a"', '1', '1.5', 'true', 'false'].map((json) => [json, PAYLOAD]),
  ),
  row('arrays for structures in lists and maps', '| Struct as a list element', ...each(MAP_VALUES, '[]', classOf)),
  grid(
    'scalars for structures as members',
    '| Struct as a member',
    STRUCT_MEMBERS,
    ['"a"', '1', '1.5', 'true', 'false'].map((json) => [json, FIELD]),
  ),
  row('arrays for structures as members', '| Struct as a member', ...each(STRUCT_MEMBERS, '[]', classOf)),
  grid(
    'keys of a batch',
    ['| BatchGetItem key element', 'ParameterizedTypeImpl text:'],
    [['BatchGetItem', {RequestItems: {'{T}': {Keys: [MARK]}}}]],
    [...['"a"', '1', '1.5', 'true'].map((json) => [json, PARAMETERIZED]), ['[]', mapOf(VALUE_CLASS)]],
  ),
  grid(
    'writes of a batch',
    ['| BatchWriteItem per-table value', 'ParameterizedTypeImpl text:'],
    [['BatchWriteItem', {RequestItems: {'{T}': MARK}}]],
    [...['"a"', '1', '1.5', 'true'].map((json) => [json, PARAMETERIZED]), ['{}', STRUCTURE]],
  ),
  row(
    'the message member, and the prefix',
    '`{"__type":"com.amazon.coral.service#SerializationException"',
    [
      'DescribeTable',
      {TableName: 1},
      (reply) =>
        assert.equal(
          reply.text,
          '{"__type":"com.amazon.coral.service#SerializationException","Message":"NUMBER_VALUE cannot be converted to String"}',
        ),
    ],
  ),
  assumed(
    row(
      'the first member in the order of the model is told',
      'Order: members in model order',
      ['PutItem', '{"Item":"a","TableName":1}', refused(cannot('NUMBER', 'String'))],
      ['PutItem', '{"ReturnValues":1,"Item":{"a":{"S":true}},"TableName":"abc"}', refused(cannot('TRUE', 'String'))],
      ['PutItem', '{"TableName":"abc","Item":{"b":{"S":1},"a":{"S":true}}}', refused(cannot('NUMBER', 'String'))],
      ['PutItem', '{"ReturnConsumedCapacity":1,"ReturnValues":true,"TableName":"abc"}', refused(cannot('TRUE', 'String'))],
      ['PutItem', '{"ReturnValues":1,"Expected":{"a":{"Exists":"x","Value":1}}}', refused(FIELD)],
      ['Query', '{"TableName":1,"IndexName":true,"Select":false}', refused(cannot('NUMBER', 'String'))],
      ['Query', '{"Limit":"1","ConsistentRead":1,"Select":false}', refused(cannot('FALSE', 'String'))],
      ['Scan', '{"Limit":"1","Segment":true,"TotalSegments":false,"TableName":""}', refused(cannot('STRING', 'Integer'))],
      ['Scan', '{"Segment":true,"TotalSegments":false,"TableName":""}', refused(cannot('FALSE', 'Integer'))],
      [
        'TransactWriteItems',
        '{"ClientRequestToken":1,"TransactItems":[{"Put":{"ConditionExpression":1,"TableName":true,"Item":false}}]}',
        refused(FIELD),
      ],
      ['CreateTable', '{"TableName":true,"KeySchema":1,"AttributeDefinitions":{}}', refused(STRUCTURE)],
    ),
  ),
  row('values nested very deeply are read', 'Depth: values nested', ...deep(lists(2000), TOO_DEEP), ...deep(maps(2000), TOO_DEEP)),
  assumed(row('and more deeply are not', 'Depth: values nested', ...deep(lists(2200), BARE), ...deep(maps(100_000), BARE))),
  row(
    'null counts as absent',
    'data-plane.md 1: | Unknown members |',
    put('{T}', {pk: s('a'), v: n(1)}),
    ['Scan', {...T, Limit: null, FilterExpression: null, ExpressionAttributeNames: null}, {has: {Count: 1}}],
  ),
];

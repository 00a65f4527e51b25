// What expressions, their names and values have in common: mixing, empty and unused parameters, and the order of checks.
import {ABSENT, BOOL, N, PFX, S, notFound, told, validation} from '../values.mjs';

const KEY = {Key: {pk: S('k')}};
const ITEM = {Item: {pk: S('k')}};
const T = {TableName: ABSENT};
const QUERY = {KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: {':p': S('k')}};

// What the request alone tells, in the words of the operation's layer.
const said = (front) => ({front});
const mixed = (legacy, expressions) =>
  said(
    'Can not use both expression and non-expression parameters in the same request: ' +
      `Non-expression parameters: {${legacy}} Expression parameters: {${expressions}}`,
  );
const NAMES_WITHOUT = said('ExpressionAttributeNames can only be specified when using expressions');
const valuesWithout = (what) => said(`ExpressionAttributeValues can only be specified when using expressions${what ? `: ${what}` : ''}`);
const NO_NAMES = said('ExpressionAttributeNames must not be empty');
const NO_VALUES = said('ExpressionAttributeValues must not be empty');
const badName = (key) => said(`ExpressionAttributeNames contains invalid key: Syntax error; key: "${key}"`);
const badValue = (key) => said(`ExpressionAttributeValues contains invalid key: Syntax error; key: "${key}"`);
const unusedNames = (list) => said(`Value provided in ExpressionAttributeNames unused in expressions: keys: {${list}}`);
const unusedValues = (list) => said(`Value provided in ExpressionAttributeValues unused in expressions: keys: {${list}}`);
const EMPTY_VALUE = validation(
  'ExpressionAttributeValues contains invalid value: Supplied AttributeValue is empty, must contain exactly one of the ' +
    'supported datatypes for key :v',
);

// Each operation with one expression `e` of its own, names and values.
const WITH_EXPRESSION = {
  GetItem: (e) => ({...T, ...KEY, ProjectionExpression: e}),
  PutItem: (e) => ({...T, ...ITEM, ConditionExpression: e}),
  DeleteItem: (e) => ({...T, ...KEY, ConditionExpression: e}),
  UpdateItem: (e) => ({...T, ...KEY, ConditionExpression: e}),
  Query: (e) => ({...T, ...QUERY, FilterExpression: e}),
  Scan: (e) => ({...T, FilterExpression: e}),
};
const KIND = {GetItem: 'Projection', PutItem: 'Condition', DeleteItem: 'Condition', UpdateItem: 'Condition', Query: 'Filter', Scan: 'Filter'};

const row = (name, what, op, body, expect, more = {}) => ({
  name,
  proves: [].concat(what).map((text) => (text.includes('.md ') ? text : `validation.md 4: ${text}`)),
  op,
  body,
  expect: expect?.front ? told(op, expect.front) : expect,
  ...more,
});
const everywhere = (name, what, extra, expect, e = (op) => (op === 'GetItem' ? 'a' : 'attribute_exists(a)')) =>
  Object.entries(WITH_EXPRESSION).map(([op, body]) => {
    const made = body(e(op));
    const values = {...made.ExpressionAttributeValues, ...extra.ExpressionAttributeValues};
    const merged = {...made, ...extra};
    if (extra.ExpressionAttributeValues && Object.keys(extra.ExpressionAttributeValues).length) merged.ExpressionAttributeValues = values;
    return row(`${op}: ${name}`, what, op, merged, typeof expect === 'function' ? expect(op) : expect);
  });
const withoutGet = (rows) => rows.filter((made) => made.op !== 'GetItem');

const MIX = '1. Any expression present';
const VALUES_3 = '3. Values without a value-taking';
const legacyMap = {a: {ComparisonOperator: 'NULL'}};

export default [
  // Mixing: each operation with everything it has, and with one of each.
  row('GetItem mixes', [MIX, '| GetItem, each BatchGetItem table |'], 'GetItem', {...T, ...KEY, AttributesToGet: ['a'], ProjectionExpression: 'a'}, mixed('AttributesToGet', 'ProjectionExpression')),
  row('BatchGetItem mixes', [MIX, '| GetItem, each BatchGetItem table |'], 'BatchGetItem', {RequestItems: {[ABSENT]: {Keys: [KEY.Key], AttributesToGet: ['a'], ProjectionExpression: 'a'}}}, mixed('AttributesToGet', 'ProjectionExpression')),
  row('PutItem mixes', [MIX, '| PutItem, DeleteItem |'], 'PutItem', {...T, ...ITEM, Expected: legacyMap, ConditionExpression: 'a = b'}, mixed('Expected', 'ConditionExpression')),
  row('DeleteItem mixes', [MIX, '| PutItem, DeleteItem |'], 'DeleteItem', {...T, ...KEY, Expected: legacyMap, ConditionExpression: 'a = b'}, mixed('Expected', 'ConditionExpression')),
  row('PutItem mixes an operator', '| PutItem, DeleteItem |', 'PutItem', {...T, ...ITEM, Expected: legacyMap, ConditionalOperator: 'AND', ConditionExpression: 'a = b'}, mixed('Expected, ConditionalOperator', 'ConditionExpression'), {assumed: true}),
  row('UpdateItem mixes', [MIX, '| UpdateItem |'], 'UpdateItem', {...T, ...KEY, AttributeUpdates: {}, Expected: legacyMap, UpdateExpression: 'x', ConditionExpression: 'x'}, mixed('AttributeUpdates, Expected', 'UpdateExpression, ConditionExpression')),
  row('UpdateItem mixes one of each', [MIX, '| UpdateItem |'], 'UpdateItem', {...T, ...KEY, Expected: legacyMap, UpdateExpression: 'x'}, mixed('Expected', 'UpdateExpression')),
  row('Query mixes', [MIX, '| Query |'], 'Query', {...T, AttributesToGet: ['a'], QueryFilter: legacyMap, ConditionalOperator: 'OR', KeyConditions: {}, ProjectionExpression: 'a', FilterExpression: 'a', KeyConditionExpression: 'a'}, mixed('AttributesToGet, QueryFilter, ConditionalOperator, KeyConditions', 'ProjectionExpression, FilterExpression, KeyConditionExpression')),
  row('Scan mixes', [MIX, '| Scan |'], 'Scan', {...T, AttributesToGet: ['a'], ScanFilter: legacyMap, ConditionalOperator: 'OR', ProjectionExpression: 'a', FilterExpression: 'a'}, mixed('AttributesToGet, ScanFilter, ConditionalOperator', 'ProjectionExpression, FilterExpression')),
  row('KeyConditions beside KeyConditionExpression', 'Query with KeyConditions plus Filter', 'Query', {...T, KeyConditions: {pk: {ComparisonOperator: 'EQ', AttributeValueList: [S('a')]}}, KeyConditionExpression: 'pk = :p'}, mixed('KeyConditions', 'KeyConditionExpression')),
  row('KeyConditions beside FilterExpression', 'Query with KeyConditions plus Filter', 'Query', {...T, KeyConditions: {pk: {ComparisonOperator: 'EQ', AttributeValueList: [S('a')]}}, FilterExpression: 'a = b', ProjectionExpression: 'a'}, notFound),
  // Names and values without expressions.
  ...Object.entries({GetItem: KEY, PutItem: ITEM, DeleteItem: KEY, UpdateItem: KEY, Query: {KeyConditions: {pk: {ComparisonOperator: 'EQ', AttributeValueList: [S('a')]}}}, Scan: {}}).map(([op, body]) =>
    row(`${op}: names without an expression`, '2. Names without any expression', op, {...T, ...body, ExpressionAttributeNames: {'#a': 'a'}}, NAMES_WITHOUT),
  ),
  row('BatchGetItem: names without an expression', '2. Names without any expression', 'BatchGetItem', {RequestItems: {[ABSENT]: {Keys: [KEY.Key], ExpressionAttributeNames: {'#a': 'a'}}}}, NAMES_WITHOUT),
  row('PutItem: values without an expression', VALUES_3, 'PutItem', {...T, ...ITEM, ExpressionAttributeValues: {':a': N(1)}}, valuesWithout()),
  row('DeleteItem: values without an expression', VALUES_3, 'DeleteItem', {...T, ...KEY, ExpressionAttributeValues: {':a': N(1)}}, valuesWithout()),
  row('UpdateItem: values without an expression', VALUES_3, 'UpdateItem', {...T, ...KEY, ExpressionAttributeValues: {':a': N(1)}}, valuesWithout(), {assumed: true}),
  row('Query: values without an expression', VALUES_3, 'Query', {...T, KeyConditions: {pk: {ComparisonOperator: 'EQ', AttributeValueList: [S('a')]}}, ExpressionAttributeValues: {':a': N(1)}}, valuesWithout('FilterExpression and KeyConditionExpression are null')),
  row('Scan: values without an expression', VALUES_3, 'Scan', {...T, ExpressionAttributeValues: {':a': N(1)}}, valuesWithout('FilterExpression is null')),
  row('Scan: values beside a projection alone', VALUES_3, 'Scan', {...T, ProjectionExpression: 'a', ExpressionAttributeValues: {':a': N(1)}}, valuesWithout('FilterExpression is null')),
  row('names before values', '2. Names without any expression', 'PutItem', {...T, ...ITEM, ExpressionAttributeNames: {'#a': 'a'}, ExpressionAttributeValues: {':a': N(1)}}, NAMES_WITHOUT),
  // Empty maps and keys.
  ...everywhere('names are empty', '4. `ExpressionAttributeNames must not be empty`', {ExpressionAttributeNames: {}}, NO_NAMES),
  ...['a', '#', '#a-b', '#a b', '##a', ':a', '', '#é'].map((key) => row(`the name ${JSON.stringify(key)}`, '4. `ExpressionAttributeNames must not be empty`', 'Scan', {...T, FilterExpression: 'a = b', ExpressionAttributeNames: {[key]: 'a'}}, badName(key))),
  ...withoutGet(everywhere('values are empty', '5. `ExpressionAttributeValues must not be empty`', {ExpressionAttributeValues: {}}, NO_VALUES)),
  ...['a', ':', ':a-b', ':a b', '::a', '#a', '', ':é'].map((key) => row(`the value ${JSON.stringify(key)}`, '5. `ExpressionAttributeValues must not be empty`', 'Scan', {...T, FilterExpression: 'a = b', ExpressionAttributeValues: {[key]: N(1)}}, badValue(key))),
  ...['#1', '#_', '#a1_'].map((key) => row(`the name ${key} is one`, '4. `ExpressionAttributeNames must not be empty`', 'Scan', {...T, FilterExpression: `${key} = b`, ExpressionAttributeNames: {[key]: 'a'}}, notFound)),
  row('names before values, both empty', ['4. `ExpressionAttributeNames must not be empty`'], 'Scan', {...T, FilterExpression: 'a = b', ExpressionAttributeNames: {}, ExpressionAttributeValues: {}}, NO_NAMES),
  row('a bad value before a syntax error', '6. Each value', 'Scan', {...T, FilterExpression: 'a !', ExpressionAttributeValues: {':v': {}}}, EMPTY_VALUE),
  row('a bad key of a value before a bad value', '5. `ExpressionAttributeValues must not be empty`', 'Scan', {...T, FilterExpression: 'a !', ExpressionAttributeValues: {':v': {}, v: N(1)}}, badValue('v')),
  row('a bad name before a bad key of a value', '4. `ExpressionAttributeNames must not be empty`', 'Scan', {...T, FilterExpression: 'a !', ExpressionAttributeNames: {n: 'n'}, ExpressionAttributeValues: {v: N(1)}}, badName('n')),
  row('placeholders of 255 bytes', 'limits.md 5: | expression placeholders |', 'Scan', {...T, FilterExpression: `#${'n'.repeat(254)} = :${'v'.repeat(254)}`, ExpressionAttributeNames: {[`#${'n'.repeat(254)}`]: 'a'}, ExpressionAttributeValues: {[`:${'v'.repeat(254)}`]: N(1)}}, notFound),
  row('a name placeholder of 256 bytes', 'limits.md 5: | expression placeholders |', 'Scan', {...T, FilterExpression: 'a = b', ExpressionAttributeNames: {[`#${'n'.repeat(255)}`]: 'a'}}, validation('ExpressionAttributeNames contains invalid key: The expression attribute map contains a key that is too long; size of key: 256'), {assumed: true}),
  row('a value placeholder of 256 bytes', 'limits.md 5: | expression placeholders |', 'Scan', {...T, FilterExpression: 'a = b', ExpressionAttributeValues: {[`:${'v'.repeat(255)}`]: N(1)}}, validation('ExpressionAttributeValues contains invalid key: The expression attribute map contains a key that is too long;'), {assumed: true}),
  // The order of the expressions.
  row('the condition before the update', '7. Parse and statically check', 'UpdateItem', {...T, ...KEY, UpdateExpression: '', ConditionExpression: ''}, said('Invalid ConditionExpression: The expression can not be empty;')),
  row('the condition before the syntax of the update', '7. Parse and statically check', 'UpdateItem', {...T, ...KEY, UpdateExpression: 'a', ConditionExpression: 'a < :v', ExpressionAttributeValues: {':v': BOOL(true)}}, said('Invalid ConditionExpression: Incorrect operand type for operator or function; operator or function: <, operand type: BOOL')),
  row('the update before the condition, older', '7. Parse and statically check', 'UpdateItem', {...T, ...KEY, UpdateExpression: '', ConditionExpression: ''}, validation('Invalid UpdateExpression: The expression can not be empty;'), {validation: 'older'}),
  row('the structure of a key condition after what is unused', '7. Parse and statically check', 'Query', {...T, KeyConditionExpression: 'a <> b', ExpressionAttributeNames: {'#u': 'u'}}, unusedNames('#u')),
  row('the structure of a key condition after the other expressions', '7. Parse and statically check', 'Query', {...T, KeyConditionExpression: 'a <> b', FilterExpression: ''}, validation('Invalid FilterExpression: The expression can not be empty;')),
  row('the key condition before the filter', '7. Parse and statically check', 'Query', {...T, KeyConditionExpression: '', FilterExpression: '', ProjectionExpression: ''}, validation('Invalid KeyConditionExpression: The expression can not be empty;')),
  row('the filter before the projection', '7. Parse and statically check', 'Query', {...T, ...QUERY, FilterExpression: '', ProjectionExpression: ''}, validation('Invalid FilterExpression: The expression can not be empty;')),
  row('the filter of Scan before its projection', '7. Parse and statically check', 'Scan', {...T, FilterExpression: '', ProjectionExpression: ''}, validation('Invalid FilterExpression: The expression can not be empty;')),
  row('all expressions before what is unused', '7. Parse and statically check', 'Scan', {...T, FilterExpression: 'a = b', ProjectionExpression: 'a, a', ExpressionAttributeNames: {'#u': 'u'}}, validation('Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]')),
  // Unused.
  ...everywhere('an unused name', '8. Unused names', {ExpressionAttributeNames: {'#u': 'u'}}, unusedNames('#u')),
  ...withoutGet(everywhere('an unused value', '8. Unused names', {ExpressionAttributeValues: {':u': N(1)}}, unusedValues(':u'))),
  row('several unused names and values', '8. Unused names', 'Scan', {...T, FilterExpression: 'a = b', ExpressionAttributeNames: {'#a': 'a', '#b': 'b'}, ExpressionAttributeValues: {':a': N(1)}}, (reply) => {
    if (!/^Value provided in ExpressionAttributeNames unused in expressions: keys: \{(#a, #b|#b, #a)\}$/.test(reply.json.message)) throw new Error(reply.text);
  }),
  row('a placeholder in a branch that is not evaluated is used', '8. Unused names', 'Scan', {...T, FilterExpression: 'a = :v OR #b = :w', ExpressionAttributeNames: {'#b': 'b'}, ExpressionAttributeValues: {':v': N(1), ':w': N(2)}}, notFound),
  // Where an envelope stands.
  ...Object.entries(WITH_EXPRESSION).map(([op, body]) =>
    row(`${op}: an expression error, with its envelope or without`, ['validation.md 2: **Default (`majority`)'], op, body(''), said(`Invalid ${KIND[op]}Expression: The expression can not be empty;`)),
  ),
  row('a key attribute absent', 'newer-layer.md 2.1: 2. **Found behind the front layer', 'PutItem', {TableName: '{T}', Item: {a: N(1)}}, validation(`${PFX}Missing the key pk in the item`), {tables: {T: 'hash'}}),
];

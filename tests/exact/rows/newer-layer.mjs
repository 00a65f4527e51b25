// The two validation layers of the single-item operations, fault by fault: each row stands twice, for the default and for
// a server that follows the older layer.
import {ABSENT, BS, CE, L, N, NS, PFX, RULE, S, SS, conditionFailed, front, nested, text, validation, violation} from '../values.mjs';

const DIGITS = 'Attempting to store more than 38 significant digits in a Number';
const OVERFLOW = 'Number overflow. Attempting to store a number with magnitude larger than supported range';
const UNDERFLOW = 'Number underflow. Attempting to store a number with magnitude smaller than supported range';
const bad = (given) => `The parameter cannot be converted to a numeric value: ${given}`;
const SHORT_DEEP = 'Nesting Levels have exceeded supported limits';
const DEEP = `${SHORT_DEEP}: Attributes in the item have nested levels beyond supported limit`;

const T = {TableName: ABSENT};
const key = {pk: S('k')};
const VALID = {PutItem: {...T, Item: key}, UpdateItem: {...T, Key: key}, DeleteItem: {...T, Key: key}, GetItem: {...T, Key: key}};

// General statements that a row proves beside its own.
const ALSO = {
  A13: ['2.1: 6. **ConditionalOperator**'],
  A1: ['3.1: Joined messages keep the order given', '2.1: 4. **Member naming.**', '0: | A | PutItem', '0: The switch has these three values'],
  A8: ['2.1: 5. **Enums.**'],
  A16: ['3.3: 1. A: UpdateItem parses'],
  A18: ['2.1: 1. **Envelope, wave A only.**', 'validation.md 2: - Newer PutItem, UpdateItem, DeleteItem', 'validation.md 2: **Default (`majority`)'],
  A67: ['validation.md 2: - Older layer: semantic messages'],
  A33: ['2.1: 8. **Shorter texts.**'],
  A66: ['2.2: | empty set, NULL false'],
  A87: ['2.2: | number `""`'],
  A78: ['2.2: | other non-numbers'],
  A105: ['2.2: | `1e2147483647`'],
  A132: ['2.2: | exponent beyond 32 bits'],
  A144: ['2.2: | exponent beyond 64 bits'],
  A145: ['2.2: | zero with an exponent'],
  A147: ['2.2: | SS with a repeat'],
  A154: ['2.2: | BS with a repeat'],
  A161: ['2.2: | NS with a repeat'],
  A170: ['2.3: Levels: the maps and lists', '2.3: | 32 | enveloped'],
  A172: ['2.3: | >= 63 |'],
  B1: ['validation.md 2: - Newer GetItem, Query', '0: | B | GetItem', '2.1: 9. **B, C, D, E are newer'],
  Z4: ['4: Absent, too long and malformed TableName'],
  Z7: ['3.2: | UpdateItem without Key or TableName'],
  Z8: ['3.2: | UpdateItem without Key or TableName'],
  Z10: ['2.1: 2. **Found behind the front layer'],
};
const provesOf = (id) => [`newer-layer.md: | ${id} |`, ...(ALSO[id] ?? []).map((what) => (what.includes('.md ') ? what : `newer-layer.md ${what}`))];

// The row of the sheet by its number: `newer` and `older` are expectations.
function row(id, op, name, body, newer, older, {assumed} = {}) {
  const proves = provesOf(id);
  const one = {op, body: {...VALID[op], ...body}, proves, ...(assumed ? {assumed} : {})};
  return [
    {...one, name: `${id} ${op}: ${name}`, expect: newer},
    {...one, name: `${id} ${op}, older: ${name}`, expect: older, validation: 'older'},
  ];
}
// Enveloped in the newer layer, bare in the older one; a value of an expression is wrapped there.
const said = (id, op, name, body, message, older = message) => row(id, op, name, body, front(message), validation(older));
const wrapped = (message) => `ExpressionAttributeValues contains invalid value: ${message} for key :v`;
// `count` rows from the number in `first`: numbered('A78', ...)
const numbered = (first, rows) => rows.flatMap((make, i) => make(`${first[0]}${Number(first.slice(1)) + i}`));

const CONDITION = {ConditionExpression: 'a = :v'};
const UPDATE = {UpdateExpression: 'SET a = :v'};
const values = (value) => ({ExpressionAttributeValues: {':v': value}});
// Where a value may stand: [operation, name, body, whether the older layer wraps it].
const PLACES = {
  item: ['PutItem', 'in the item', (v) => ({Item: {...key, a: v}})],
  condition: ['PutItem', 'in a condition', (v) => ({...CONDITION, ...values(v)}), true],
  expected: ['PutItem', 'in Expected', (v) => ({Expected: {a: {Value: v}}})],
  update: ['UpdateItem', 'in an update', (v) => ({...UPDATE, ...values(v)}), true],
  attributeUpdates: ['UpdateItem', 'in AttributeUpdates', (v) => ({AttributeUpdates: {a: {Value: v}}})],
  updatedKey: ['UpdateItem', 'as key', (v) => ({Key: {pk: v}})],
  deletion: ['DeleteItem', 'in a condition', (v) => ({...CONDITION, ...values(v)}), true],
  deletedKey: ['DeleteItem', 'as key', (v) => ({Key: {pk: v}})],
};
const at = (place, name, value, newer, older = newer) => (id) => {
  const [op, where, body, wraps] = PLACES[place];
  return said(id, op, `${name} ${where}`, body(value), newer, wraps ? wrapped(older) : older);
};

// -- Table names and enums

const NAME_EMPTY = "1 validation error detected: Value at 'TableName' failed to satisfy constraint: Member must have length greater than or equal to 1";
const OLD_EMPTY = CE('', 'tableName', RULE.minLength(1));
const SETS = {
  returnConsumedCapacity: '[INDEXES, TOTAL, NONE]',
  returnValues: '[ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]',
  returnItemCollectionMetrics: '[SIZE, NONE]',
  returnValuesOnConditionCheckFailure: '[ALL_OLD, NONE]',
  conditionalOperator: '[OR, AND]',
};
const outside = (path, value = 'INVALID') => violation(value, path, RULE.oneOf(SETS[path]));
const NEW_VALUES = 'Failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]';
const NEW_OPERATOR = 'Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]';
const joined = (...errors) => validation(`${errors.length} validation error${errors.length > 1 ? 's' : ''} detected: ${errors.join('; ')}`);
const RV = {ReturnValues: 'INVALID'};
const RCC = {ReturnConsumedCapacity: 'INVALID'};
const METRICS = {ReturnItemCollectionMetrics: 'INVALID'};
const XOR = {ConditionalOperator: 'XOR'};
const EXPECTED_TWO = {Expected: {a: {Value: S('x')}, b: {Value: S('x')}}};

const names = [
  ...row('A1', 'PutItem', 'an empty table name', {TableName: ''}, validation(NAME_EMPTY), validation(OLD_EMPTY)),
  ...row('A2', 'PutItem', 'an empty table name and an enum', {TableName: '', ...RV}, validation(NAME_EMPTY), joined(outside('returnValues'), violation('', 'tableName', RULE.minLength(1)))),
  ...row('A3', 'PutItem', 'an empty table name and item', {TableName: '', Item: {}}, validation(NAME_EMPTY), validation(OLD_EMPTY)),
  ...row('A4', 'UpdateItem', 'an empty table name', {TableName: ''}, validation(NAME_EMPTY), validation(OLD_EMPTY)),
  ...row('A5', 'UpdateItem', 'an empty table name and key', {TableName: '', Key: {}}, validation(NAME_EMPTY), validation(OLD_EMPTY)),
  ...row('A6', 'DeleteItem', 'an empty table name', {TableName: ''}, validation(NAME_EMPTY), validation(OLD_EMPTY)),
  ...row('A7', 'PutItem', 'three enums', {...RV, ...RCC, ...METRICS}, joined(outside('returnConsumedCapacity'), NEW_VALUES, outside('returnItemCollectionMetrics')), joined(outside('returnConsumedCapacity'), outside('returnValues'), outside('returnItemCollectionMetrics'))),
  ...['PutItem', 'UpdateItem', 'DeleteItem'].flatMap((op, i) => row(`A${8 + i}`, op, 'an unknown ReturnValues', RV, joined(NEW_VALUES), joined(outside('returnValues')))),
  ...row('A11', 'UpdateItem', 'two enums', {...RV, ...RCC}, joined(NEW_VALUES), joined(outside('returnConsumedCapacity'), outside('returnValues'))),
  ...row('A12', 'DeleteItem', 'two enums', {...RV, ...RCC}, joined(outside('returnConsumedCapacity'), NEW_VALUES), joined(outside('returnConsumedCapacity'), outside('returnValues'))),
  ...row('A13', 'PutItem', 'an unknown ConditionalOperator', {...EXPECTED_TWO, ...XOR}, front(NEW_OPERATOR), joined(outside('conditionalOperator', 'XOR'))),
  ...row('A14', 'UpdateItem', 'an unknown ConditionalOperator', {...EXPECTED_TWO, ...XOR}, front(NEW_OPERATOR), joined(outside('conditionalOperator', 'XOR')), {assumed: true}),
];

// The stages of section 3.1.
const stages = [
  ['| PutItem, DeleteItem |', 'PutItem', {TableName: 'a!', ...RCC, ...RV, ...METRICS, ReturnValuesOnConditionCheckFailure: 'INVALID'}, joined(violation('a!', 'tableName', RULE.minLength(3)), outside('returnConsumedCapacity'), NEW_VALUES, outside('returnItemCollectionMetrics'), outside('returnValuesOnConditionCheckFailure'))],
  ['| PutItem, DeleteItem |', 'DeleteItem', {TableName: 'a b c', ...RCC, ReturnValues: 'ALL_NEW', ConditionExpression: ''}, joined(violation('a b c', 'tableName', RULE.pattern), outside('returnConsumedCapacity'), 'ReturnValues can only be ALL_OLD or NONE')],
  ["PutItem's `ReturnValues can only be", 'PutItem', {...RCC, ReturnValues: 'ALL_NEW'}, joined(outside('returnConsumedCapacity'))],
  ["PutItem's `ReturnValues can only be", 'PutItem', {ReturnValues: 'ALL_NEW', ConditionExpression: ''}, front('ReturnValues can only be ALL_OLD or NONE')],
  ['| UpdateItem | 1 empty', 'UpdateItem', {TableName: '', ...RV}, validation(NAME_EMPTY)],
  ['| UpdateItem | 1 empty', 'UpdateItem', {TableName: 'a!', ...RV}, joined(violation('a!', 'tableName', RULE.pattern), violation('a!', 'tableName', RULE.minLength(3)))],
  ['| UpdateItem | 1 empty', 'UpdateItem', {...RV, ReturnValuesOnConditionCheckFailure: 'NOPE', ...METRICS, ...RCC}, joined(NEW_VALUES)],
  ['| UpdateItem | 1 empty', 'UpdateItem', {ReturnValuesOnConditionCheckFailure: 'NOPE', ...METRICS, ...RCC}, validation(outside('returnValuesOnConditionCheckFailure', 'NOPE'))],
  ['| UpdateItem | 1 empty', 'UpdateItem', {...METRICS, ...RCC}, joined(outside('returnItemCollectionMetrics'))],
  ['| UpdateItem | 1 empty', 'UpdateItem', {...RCC, UpdateExpression: ''}, validation(outside('returnConsumedCapacity'))],
  ['| GetItem | 1 empty', 'GetItem', {TableName: '', ...RCC}, validation(NAME_EMPTY)],
  ['| GetItem | 1 empty', 'GetItem', {TableName: 'a!', ...RCC}, joined(violation('a!', 'tableName', RULE.minLength(3)), outside('returnConsumedCapacity'))],
].map(([statement, op, body, expect], i) => ({
  name: `stage by stage, ${op} ${i + 1}`,
  proves: [`newer-layer.md 3.1: ${statement}`],
  op,
  body: {...VALID[op], ...body},
  expect,
}));

// -- Expressions and legacy parameters

const SYNTAX = 'Invalid ConditionExpression: Syntax error; token: "=", near: "= = b"';
const EMPTY = 'Invalid ConditionExpression: The expression can not be empty;';
const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem'];
const each = (first, name, body, message, older) => numbered(first, WRITES.map((op) => (id) => said(id, op, name, body, message, older)));
const NAMES = {ExpressionAttributeNames: {'#u': 'u'}};
const UNUSED = {ExpressionAttributeValues: {':u': S('x')}};
const EXISTS = {ConditionExpression: 'attribute_exists(a)'};
const ofUnused = (kind, which) => `Value provided in ExpressionAttribute${kind} unused in expressions: keys: {${which}}`;
const ONLY = (kind) => `ExpressionAttribute${kind} can only be specified when using expressions`;
const MIXED = (legacy, expression) => `Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {${legacy}} Expression parameters: {${expression}}`;
const EXPECTED = {Expected: {a: {Value: S('x')}}};
const expected = (entry) => ({Expected: {a: entry}});
const expectedFaults = [
  [{Exists: true}, 'Value must be provided when Exists is true for Attribute: a'],
  [{Exists: false, Value: S('x')}, 'Value cannot be used when Exists is false for Attribute: a'],
  [{Value: S('x'), ComparisonOperator: 'EQ', AttributeValueList: [S('x')]}, 'Value and AttributeValueList cannot be used together for Attribute: a'],
  [{ComparisonOperator: 'EQ'}, 'Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: a'],
  [{ComparisonOperator: 'BETWEEN', AttributeValueList: [S('x')]}, 'Invalid number of argument(s) for the BETWEEN ComparisonOperator'],
];

const expressions = [
  ...each('A15', 'an empty condition', {ConditionExpression: ''}, EMPTY),
  ...each('A18', 'a syntax error in the condition', {ConditionExpression: 'a = = b'}, SYNTAX),
  ...said('A21', 'PutItem', 'redundant parentheses', {ConditionExpression: '((a = b))'}, 'Invalid ConditionExpression: The expression has redundant parentheses;'),
  ...said('A22', 'PutItem', 'contains of itself', {ConditionExpression: 'contains(#d, #d)', ExpressionAttributeNames: {'#d': 'data'}}, 'Invalid ConditionExpression: The first operand must be distinct from the remaining operands for this operator or function; operator: contains, first operand: [data]'),
  ...said('A23', 'UpdateItem', 'an undefined value in the condition', {UpdateExpression: 'REMOVE b', ConditionExpression: 'a = :m'}, 'Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute value: :m'),
  ...said('A24', 'UpdateItem', 'an empty update', {UpdateExpression: ''}, 'Invalid UpdateExpression: The expression can not be empty;'),
  ...said('A25', 'UpdateItem', 'a syntax error in the update', {UpdateExpression: 'INVALID SYNTAX'}, 'Invalid UpdateExpression: Syntax error; token: "INVALID", near: "INVALID SYNTAX"'),
  ...said('A26', 'UpdateItem', 'an undefined value in the update', {UpdateExpression: 'SET a = :v'}, 'Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute value: :v'),
  ...each('A27', 'an unused name', {...EXISTS, ...NAMES}, ofUnused('Names', '#u')),
  ...each('A30', 'an unused value', {...EXISTS, ...UNUSED}, ofUnused('Values', ':u')),
  ...numbered('A33', WRITES.map((op) => (id) => said(id, op, 'values without an expression', UNUSED, ONLY('Values'), `${ONLY('Values')}: ${op === 'UpdateItem' ? 'UpdateExpression and ConditionExpression are null' : 'ConditionExpression is null'}`))),
  ...each('A36', 'names without an expression', NAMES, ONLY('Names')),
  ...said('A39', 'DeleteItem', 'names beside Expected', {...EXPECTED, ...NAMES}, ONLY('Names')),
  ...said('A40', 'PutItem', 'no values', {...EXISTS, ExpressionAttributeValues: {}}, 'ExpressionAttributeValues must not be empty'),
  ...said('A41', 'PutItem', 'no names', {...EXISTS, ExpressionAttributeNames: {}}, 'ExpressionAttributeNames must not be empty'),
  ...said('A42', 'PutItem', 'Expected beside an expression', {...EXPECTED, ...EXISTS}, MIXED('Expected', 'ConditionExpression')),
  ...said('A43', 'DeleteItem', 'no values', {...EXISTS, ExpressionAttributeValues: {}}, 'ExpressionAttributeValues must not be empty'),
  ...said('A44', 'DeleteItem', 'no names', {...EXISTS, ExpressionAttributeNames: {}}, 'ExpressionAttributeNames must not be empty'),
  ...said('A45', 'DeleteItem', 'Expected beside an expression', {...EXPECTED, ...EXISTS}, MIXED('Expected', 'ConditionExpression')),
  ...said('A46', 'UpdateItem', 'AttributeUpdates beside an expression', {AttributeUpdates: {a: {Value: S('x')}}, UpdateExpression: 'REMOVE b'}, MIXED('AttributeUpdates', 'UpdateExpression')),
  ...numbered('A47', ['ALL_NEW', 'UPDATED_NEW'].flatMap((ReturnValues) => ['PutItem', 'DeleteItem'].map((op) => (id) => said(id, op, `ReturnValues ${ReturnValues}`, {ReturnValues}, 'ReturnValues can only be ALL_OLD or NONE')))),
  ...numbered('A51', expectedFaults.flatMap(([entry, message]) => WRITES.map((op) => (id) => said(id, op, message, expected(entry), PFX + message)))),
];

// -- Values

const repeats = (listed, tail = '') => `${PFX}Input collection ${listed}${tail} contains duplicates.`;
const three = (name, value, message) => ['item', 'update', 'deletion'].map((place) => at(place, name, value, message));
const everywhere = (given, newer, older) => [
  at('item', `number "${given}"`, N(given), newer, older),
  at('item', `number "${given}" in a set`, NS('1', given), newer, older),
  ...['condition', 'expected', 'update', 'attributeUpdates', 'updatedKey', 'deletion', 'deletedKey'].map((place) => at(place, `number "${given}"`, N(given), newer, older)),
];
const inSets = (name, value, newer, older) =>
  ['item', 'condition', 'expected', 'update', 'attributeUpdates', 'updatedKey', 'deletedKey'].map((place) => at(place, name, value, newer, older));
const STORED = (id, given, message) =>
  row(id, 'PutItem', `number "${given}"`, {Item: {...key, a: N(given)}}, front(message), {type: 'ResourceNotFoundException', message: 'Requested resource not found'}, {assumed: true});

const attributeValues = [
  ...numbered('A66', [
    ...three('an empty string set', SS(), `${PFX}An string set  may not be empty`),
    ...three('an empty number set', NS(), `${PFX}An number set  may not be empty`),
    ...three('an empty binary set', BS(), `${PFX}Binary sets should not be empty`),
    ...three('NULL false', {NULL: false}, `${PFX}Null attribute value types must have the value of true`),
    ...everywhere('abc', bad('abc')),
    ...everywhere('', bad(''), bad('').slice(0, -2)),
    ...everywhere('1e126', OVERFLOW),
    ...everywhere('1e2147483647', OVERFLOW, UNDERFLOW),
    ...everywhere('1e-131', UNDERFLOW),
    ...everywhere(text(39, '9'), DIGITS),
    at('item', 'number "1e99999999999"', N('1e99999999999'), OVERFLOW, bad('1e99999999999')),
    at('item', 'number "-1e99999999999"', N('-1e99999999999'), OVERFLOW, bad('-1e99999999999')),
    at('item', 'number "1e-99999999999"', N('1e-99999999999'), UNDERFLOW, bad('1e-99999999999')),
    at('item', 'number "1e2147483648"', N('1e2147483648'), OVERFLOW, bad('1e2147483648')),
    at('item', 'number "1e-2147483648"', N('1e-2147483648'), UNDERFLOW, bad('1e-2147483648')),
    ...['1.2.3', ' 1', '1 ', '0x10', '1e', 'NaN', 'Infinity', '1e9223372036854775808'].map((given) => at('item', `number "${given}"`, N(given), bad(given))),
  ]),
  ...STORED('A145', '0e126', OVERFLOW),
  ...STORED('A146', '0e-131', UNDERFLOW),
  ...numbered('A147', [
    ...inSets('a string twice', SS('b', 'a', 'b'), repeats('["a", "b", "b"]'), repeats('[b, a, b]')),
    ...inSets('a binary twice', {BS: ['/w==', 'AA==', 'AA==']}, repeats('["AA==","/w==","AA=="]of type BS'), repeats('[/w==, AA==, AA==]of type BS')),
    ...inSets('a number twice', NS(2, 1, 2), `${PFX}Input collection contains duplicates.`, 'Input collection contains duplicates'),
  ]),
];

// -- Nesting

const withTable = (id, name, steps) => [{name: `${id} ${name}`, proves: provesOf(id), tables: {T: 'hash'}, ...steps}];
const UPDATED = {TableName: '{T}', Key: key};
const WRAPPED_DEEP = validation(wrapped(DEEP));
const nesting = [
  ...withTable('A168', 'UpdateItem: a condition value of 32 levels', {op: 'UpdateItem', body: {...UPDATED, ...CONDITION, ...values(nested(32))}, expect: front(DEEP)}),
  ...withTable('A168', 'UpdateItem, older: a condition value of 32 levels', {op: 'UpdateItem', body: {...UPDATED, ...CONDITION, ...values(nested(32))}, expect: conditionFailed, validation: 'older'}),
  ...said('A169', 'UpdateItem', 'a written value of 32 levels', {...UPDATE, ...values(nested(32))}, DEEP),
  ...said('A170', 'PutItem', 'an item value of 32 levels', {Item: {...key, a: nested(32)}}, DEEP),
  ...said('A171', 'PutItem', 'an item value of 61 levels', {Item: {...key, a: nested(61)}}, DEEP),
  ...row('A172', 'PutItem', 'an item value of 63 levels', {Item: {...key, a: nested(63)}}, validation(DEEP), validation(DEEP)),
  ...row('A173', 'UpdateItem', 'a condition value of 63 levels', {...CONDITION, ...values(nested(63))}, WRAPPED_DEEP, WRAPPED_DEEP),
  ...row('A174', 'DeleteItem', 'ReturnValues beside a value of 63 levels', {...CONDITION, ...values(nested(63)), ...RV}, joined(outside('returnValues')), joined(outside('returnValues'))),
  ...row('A175', 'DeleteItem', 'another ReturnValues beside a value of 100 levels', {...CONDITION, ...values(nested(100)), ReturnValues: 'UPDATED_NEW'}, validation('ReturnValues can only be ALL_OLD or NONE'), validation('ReturnValues can only be ALL_OLD or NONE')),
  ...row('A176', 'PutItem', 'ConditionalOperator beside Expected of 100 levels', {Expected: {a: {Value: nested(100)}}, ...XOR}, joined(outside('conditionalOperator', 'XOR')), joined(outside('conditionalOperator', 'XOR'))),
  {
    name: 'a result too deep though each value is good',
    proves: ['newer-layer.md 2.3: From 63 levels rule 3 holds', 'expressions.md 5.2: | result nested too deep |'],
    tables: {T: 'hash'},
    steps: [
      ['PutItem', {TableName: '{T}', Item: {...key, m: nested(30)}}],
      ['UpdateItem', {...UPDATED, UpdateExpression: 'SET m.b = :v', ...values(nested(31))}, validation(SHORT_DEEP)],
      ['UpdateItem', {...UPDATED, UpdateExpression: 'SET m.b = :v', ...values(nested(30))}],
      ['PutItem', {TableName: '{T}', Item: {...key, l: L(N(1))}}],
      ['UpdateItem', {...UPDATED, UpdateExpression: 'SET l[3] = :v', ...values(nested(31))}, validation(SHORT_DEEP)],
    ],
  },
];

// -- GetItem

const asKey = (value) => ({Key: {pk: value}});
const reads = [
  ['B1', 'number "abc"', N('abc'), bad('abc')],
  ['B4', 'number ""', N(''), bad(''), bad('').slice(0, -2)],
  ['B7', 'number "1e126"', N('1e126'), OVERFLOW],
  ['B10', 'number "1e2147483647"', N('1e2147483647'), OVERFLOW, UNDERFLOW],
  ['B13', 'a string twice', SS('b', 'a', 'b'), repeats('["a", "b", "b"]'), repeats('[b, a, b]')],
  ['B19', 'a binary twice', {BS: ['/w==', 'AA==', 'AA==']}, repeats('["AA==","/w==","AA=="]of type BS'), repeats('[/w==, AA==, AA==]of type BS')],
  ['B25', 'a number twice', NS(2, 1, 2), `${PFX}Input collection contains duplicates.`, 'Input collection contains duplicates'],
].flatMap(([id, name, value, newer, older = newer]) => row(id, 'GetItem', `${name} as key`, asKey(value), validation(newer), validation(older)));

// -- What has not moved

const same = (id, op, name, body, expect) => row(id, op, name, body, expect, expect);
const LONG = text(256, 't');
const unmoved = [
  ...WRITES.flatMap((op, i) => same(`Z${1 + i}`, op, 'no table name', {TableName: undefined}, validation(CE(null, 'tableName', RULE.required)))),
  ...same('Z4', 'PutItem', 'a table name of 256', {TableName: LONG}, validation(CE(LONG, 'tableName', RULE.maxLength(255)))),
  ...same('Z5', 'PutItem', 'a table name of other characters', {TableName: 'bad table!@#'}, validation(CE('bad table!@#', 'tableName', RULE.pattern))),
  ...same('Z6', 'PutItem', 'an unknown ReturnConsumedCapacity', RCC, joined(outside('returnConsumedCapacity'))),
  ...same('Z7', 'UpdateItem', 'no key and an empty table name', {TableName: '', Key: undefined}, joined(violation('', 'tableName', RULE.minLength(1)), violation(null, 'key', RULE.required))),
  ...same('Z8', 'UpdateItem', 'no key, an empty table name, two enums', {TableName: '', Key: undefined, ...RV, ...RCC}, joined(outside('returnConsumedCapacity'), violation('', 'tableName', RULE.minLength(1)), outside('returnValues'), violation(null, 'key', RULE.required))),
  ...same('Z9', 'UpdateItem', 'no key and another ConditionalOperator', {Key: undefined, ...XOR}, joined(outside('conditionalOperator', 'XOR'), violation(null, 'key', RULE.required))),
];
const inTable = (id, op, name, tables, body, expect) =>
  ['majority', 'older'].map((setting) => ({name: `${id} ${op}, ${setting}: ${name}`, proves: provesOf(id), tables, op, body: {...body, TableName: '{T}'}, expect, validation: setting}));
const short = (IndexName) => ({IndexName, KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}], Projection: {ProjectionType: 'ALL'}});
const DEFINED = {
  AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({AttributeName, AttributeType: 'S'})),
  KeySchema: short('x').KeySchema,
  BillingMode: 'PAY_PER_REQUEST',
};
const elsewhere = [
  ...same('Z18', 'GetItem', 'overlapping paths', {ProjectionExpression: 'a, a'}, validation('Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]')),
  ...same('Z36', 'CreateTable', 'a table name of two', {TableName: 'ab', ...DEFINED}, validation(CE('ab', 'tableName', RULE.minLength(3)))),
  ...same('Z45', 'Query', 'an operand of another type before a missing table', {...T, KeyConditionExpression: 'pk = :v AND begins_with(sk, :n)', ExpressionAttributeValues: {':v': S('a'), ':n': N(1)}}, validation('Invalid KeyConditionExpression: Incorrect operand type for operator or function; operator or function: begins_with, operand type: N')),
  ...same('Z46', 'CreateTable', 'a global index before a local one', {TableName: 'Indexes', ...DEFINED, GlobalSecondaryIndexes: [short('zz')], LocalSecondaryIndexes: [short('aa')]}, joined(violation('zz', 'globalSecondaryIndexes.1.member.indexName', RULE.minLength(3)), violation('aa', 'localSecondaryIndexes.1.member.indexName', RULE.minLength(3)))),
];
const MISMATCH = validation('The provided key element does not match the schema');
const behind = [
  ...inTable('Z10', 'UpdateItem', 'half of a key', {T: 'composite'}, {Key: key}, MISMATCH),
  ...inTable('Z11', 'DeleteItem', 'half of a key', {T: 'composite'}, {Key: key}, MISMATCH),
  ...inTable('Z12', 'PutItem', 'an empty key', {T: 'hash'}, {Item: {pk: S('')}}, validation('One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk')),
  ...inTable('Z13', 'UpdateItem', 'a key as target', {T: 'hash'}, {Key: key, UpdateExpression: 'SET pk = :v', ...values(S('x'))}, validation(`${PFX}Cannot update attribute pk. This attribute is part of the key`)),
  ...inTable('Z14', 'PutItem', 'a key of another type', {T: 'hash'}, {Item: {pk: N(1)}}, validation(`${PFX}Type mismatch for key pk expected: S actual: N`)),
  ...inTable('Z15', 'PutItem', 'an item of 409,601 bytes', {T: 'hash'}, {Item: {pk: S('k'), f: S(409597 + 0)}}, validation('Item size has exceeded the maximum allowed size')),
];

// Levels between those that the rows above name.
const levels = [
  ...[[31, undefined], [33, front(DEEP)], [60, front(DEEP)], [61, front(DEEP)], [62, front(DEEP)], [63, WRAPPED_DEEP]].map(([n, refused]) => [
    `a written value of ${n} levels`, n, 'UpdateItem', {...UPDATED, ...UPDATE, ...values(nested(n))}, refused,
  ]),
  ...[[31, undefined], [32, front(DEEP)], [62, front(DEEP)], [63, validation(DEEP)]].map(([n, refused]) => [
    `an item of ${n} levels`, n, 'PutItem', {TableName: '{T}', Item: {...key, a: nested(n, S('x'), 'L')}}, refused,
  ]),
  ...[[32, validation(DEEP)], [62, validation(DEEP)], [63, validation(DEEP)]].map(([n, refused]) => [
    `a key of ${n} levels`, n, 'GetItem', {TableName: '{T}', Key: {pk: nested(n)}}, refused,
  ]),
].map(([name, n, op, body, expect]) => ({
  name: `${op}: ${name}`,
  proves: [`newer-layer.md 2.3: | ${n <= 31 ? '<= 31' : n === 32 ? '32' : n <= 60 ? '33 to 60' : n >= 63 ? '>= 63' : n} |`],
  ...(n === 62 ? {assumed: true} : {}),
  tables: {T: 'hash'},
  op,
  body,
  ...(expect ? {expect} : {}),
}));

// -- Requests that the older layer answers as a whole (2.1, rule 3), and empty names.

const EMPTY_VALUE = 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes';
const RULE_3 = 'newer-layer.md 2.1: UpdateItem without Key or TableName';
const fallback = [
  ['PutItem', {Item: {...key, a: {}}}, EMPTY_VALUE],
  ['PutItem', {Item: {...key, a: {S: 'a', N: '1'}}}, EMPTY_VALUE.replace('is empty', 'has more than one datatypes set')],
  ['UpdateItem', {...UPDATE, ...values({})}, wrapped(EMPTY_VALUE)],
  ['PutItem', {Item: {...key, a: {S: 'a', NS: [null]}}}, EMPTY_VALUE.replace('is empty', 'has more than one datatypes set')],
  ['PutItem', {Item: {...key, a: {NS: [null]}}}, EMPTY_VALUE],
  ['PutItem', {Item: {...key, a: {BOOL: 'true'}, n: N('')}}, 'The parameter cannot be converted to a numeric value'],
  ['PutItem', {Item: {...key, a: {NULL: 'true'}}, ConditionExpression: ''}, 'Invalid ConditionExpression: The expression can not be empty;'],
  ['PutItem', {Item: {...key, a: {BOOL: 'true'}}, TableName: ''}, OLD_EMPTY],
].map(([op, body, message], i) => ({name: `the older layer answers: ${op} ${i + 1}`, proves: [RULE_3, 'newer-layer.md 2.2: | no or several type members'], op, body: {...VALID[op], ...body}, expect: validation(message)}));

const EMPTY_NAME = 'Empty attribute name';
const emptyNames = [
  ['PutItem', {Item: {...key, '': S('a')}}, front(EMPTY_NAME)],
  ['PutItem', {Item: {...key, a: L({M: {'': S('a')}})}}, front(EMPTY_NAME)],
  ['UpdateItem', {Key: {'': S('a')}}, front(EMPTY_NAME)],
  ['UpdateItem', {...UPDATE, ...values({M: {'': S('a')}})}, front(EMPTY_NAME)],
  ['GetItem', {Key: {'': S('a')}}, validation(EMPTY_NAME)],
  ['PutItem', {...EXISTS, ExpressionAttributeNames: {'#n': ''}}, front('ExpressionAttributeNames contains invalid value: Empty attribute name for key #n')],
].map(([op, body, expect], i) => ({name: `an empty name: ${op} ${i + 1}`, proves: ['newer-layer.md 2.2: | empty attribute name', 'limits.md 1: | empty attribute name'], op, body: {...VALID[op], ...body}, expect}));

export default [...names, ...stages, ...expressions, ...attributeValues, ...nesting, ...reads, ...unmoved, ...behind, ...elsewhere, ...levels, ...fallback, ...emptyNames];

// The two validation layers of the batches and transactions, fault by fault. BatchGetItem answers as the newer layer by
// default, the others where a server follows the newest regions; every fault stands for both layers.
import assert from 'node:assert/strict';
import {define} from '../definitions.mjs';
import {ABSENT, BS, CE, N, NS, PFX, RULE, S, SS, nested, range, text, validation, violation} from '../values.mjs';
import {cancelled} from './transactions.mjs';

const OVERFLOW = 'Number overflow. Attempting to store a number with magnitude larger than supported range';
const UNDERFLOW = 'Number underflow. Attempting to store a number with magnitude smaller than supported range';
const bad = (given) => `The parameter cannot be converted to a numeric value: ${given}`;
const SHORT_DEEP = 'Nesting Levels have exceeded supported limits';
const DEEP = `${SHORT_DEEP}: Attributes in the item have nested levels beyond supported limit`;
const repeats = (listed, tail = '') => `${PFX}Input collection ${listed}${tail} contains duplicates.`;
const wrapped = (message) => `ExpressionAttributeValues contains invalid value: ${message} for key :v`;
const RCC = {ReturnConsumedCapacity: 'INVALID'};
const ENUM = violation('INVALID', 'returnConsumedCapacity', RULE.oneOf('[INDEXES, TOTAL, NONE]'));
const joined = (...errors) => validation(`${errors.length} validation error${errors.length > 1 ? 's' : ''} detected: ${errors.join('; ')}`);
const short = (path, rule) => `Value at '${path}' failed to satisfy constraint: ${rule}`;
const MAP_KEYS = 'Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]';
const MAP_VALUES = 'Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]';

const NEWER = {BatchGetItem: ['majority', 'older'], BatchWriteItem: ['newest', 'majority'], TransactWriteItems: ['newest', 'majority'], TransactGetItems: ['newest', 'majority']};
// `newer` and `older`: expectations.
const row = (id, op, name, body, newer, older = newer, more = {}) =>
  [newer, older].map((expect, i) => ({
    name: `${id} ${op}${i ? ', older' : ''}: ${name}`,
    op,
    body,
    proves: [`newer-layer.md: | ${id} |`, ...(more.also ?? [])],
    expect,
    ...(NEWER[op][i] === 'majority' ? {} : {validation: NEWER[op][i]}),
    ...(more.tables ? {tables: more.tables} : {}),
  }));
const said = (id, op, name, body, message, older = message, more = {}) => row(id, op, name, body, validation(message), validation(older), more);
const numbered = (first, makes) => makes.flatMap((make, i) => make(`${first[0]}${Number(first.slice(1)) + i}`));

const key = {pk: S('k')};
const inKey = (value) => ({RequestItems: {[ABSENT]: {Keys: [{pk: value}]}}});
const writes = (TransactItems, more = {}) => ({TransactItems, ...more});
const Put = (Item, more = {}, TableName = ABSENT) => ({Put: {TableName, Item, ...more}});
const Delete = (Key, more = {}, TableName = ABSENT) => ({Delete: {TableName, Key, ...more}});
const Update = (value, more = {}, TableName = ABSENT) => ({Update: {TableName, Key: key, UpdateExpression: 'SET a = :v', ExpressionAttributeValues: {':v': value}, ...more}});
const Check = (value, more = {}, TableName = ABSENT) => ({ConditionCheck: {TableName, Key: key, ConditionExpression: 'a = :v', ExpressionAttributeValues: {':v': value}, ...more}});
const Get = (Key, more = {}, TableName = ABSENT) => ({Get: {TableName, Key, ...more}});

// Faulty values: [name, value, newer text, older text].
const NUMBERS = [
  ['number "abc"', N('abc'), bad('abc'), bad('abc')],
  ['number ""', N(''), bad(''), bad('').slice(0, -2)],
  ['number "1e126"', N('1e126'), OVERFLOW, OVERFLOW],
  ['number "1e2147483647"', N('1e2147483647'), OVERFLOW, UNDERFLOW],
];
const SETS = [
  ['a repeat in SS', SS('b', 'a', 'b'), repeats('["a", "b", "b"]'), repeats('[b, a, b]')],
  ['a repeat in BS', BS([255], [0], [0]), repeats('["AA==","/w==","AA=="]', 'of type BS'), repeats('[/w==, AA==, AA==]', 'of type BS')],
  ['a repeat in NS', NS('1', '1.0'), `${PFX}Input collection contains duplicates.`, 'Input collection contains duplicates'],
];

// Where this member stands among the others nobody has seen on the service.
const NO_ATTRIBUTES = violation('[]', `requestItems.${ABSENT}.member.attributesToGet`, RULE.minLength(1));
const noAttributes = (name, more, errors) =>
  ['majority', 'older'].map((validation) => ({
    name: `BatchGetItem, ${validation}: ${name}`,
    op: 'BatchGetItem',
    body: {RequestItems: {[ABSENT]: {Keys: [key], AttributesToGet: [], ...more}}},
    proves: ['limits.md 5: | `AttributesToGet` | >= 1'],
    assumed: true,
    expect: joined(...errors),
    ...(validation === 'older' ? {validation} : {}),
  }));

const batchGet = [
  ...[...NUMBERS, ...SETS].flatMap(([name, value, newer, older], i) =>
    said(`B${[2, 5, 8, 11, 14, 20, 26][i]}`, 'BatchGetItem', `${name} as key`, inKey(value), newer, older)),
  ...row('B31', 'BatchGetItem', 'no tables', {RequestItems: {}}, joined(short('RequestItems', RULE.minLength(1))), validation('The requestItems parameter is required for BatchGetItem')),
  ...row('B31', 'BatchGetItem', 'no tables and an enum', {RequestItems: {}, ...RCC}, joined(short('RequestItems', RULE.minLength(1))), validation('The requestItems parameter is required for BatchGetItem')),
  ...row('B32', 'BatchGetItem', '101 keys', {RequestItems: {[ABSENT]: {Keys: range(101).map((i) => ({pk: N(i)}))}}}, joined(short(`RequestItems.${ABSENT}.member.Keys`, RULE.maxLength(100)))),
  ...row('B33', 'BatchGetItem', 'no keys', {RequestItems: {[ABSENT]: {Keys: []}}}, joined(short(`RequestItems.${ABSENT}.member.Keys`, RULE.minLength(1)))),
  ...row('B34', 'BatchGetItem', 'a malformed table name', {RequestItems: {'bad!name': {Keys: [{pk: S('a')}]}}}, joined(violation('{"bad!name":{"Keys":[{"pk":{"S":"a"}}]}}', 'requestItems', MAP_KEYS))),
  ...row('B35', 'BatchGetItem', 'a malformed table name and an enum', {RequestItems: {'bad!name': {Keys: [{pk: S('a')}]}}, ...RCC}, joined(violation('{"bad!name":{"Keys":[{"pk":{"S":"a"}}]}}', 'requestItems', MAP_KEYS), ENUM), undefined, {also: ['newer-layer.md 3.1: | BatchGetItem | malformed table name']}),
  ...noAttributes('no attributes to get', {}, [NO_ATTRIBUTES]),
  ...noAttributes('no attributes to get, and no keys', {Keys: []}, [short(`RequestItems.${ABSENT}.member.Keys`, RULE.minLength(1)), NO_ATTRIBUTES]),
  ...noAttributes('no attributes to get, and a projection', {ProjectionExpression: 'pk'}, [NO_ATTRIBUTES]),
  ...row('Z44', 'BatchGetItem', 'an enum before a missing table', {...inKey(S('a')), ...RCC}, joined(ENUM)),
  ...[32, 40, 61].flatMap((levels) => said('B2', 'BatchGetItem', `a key of ${levels} levels`, inKey(nested(levels)), DEEP, DEEP, {also: ['newer-layer.md 2.3: | 32 | enveloped']})),
];

const putIn = (value) => ({RequestItems: {[ABSENT]: [{PutRequest: {Item: {...key, a: value}}}]}});
const EMPTY_LIST = joined(violation(`{${ABSENT}=[]}`, 'requestItems', MAP_VALUES));
const many = (count) => range(count).map((i) => ({DeleteRequest: {Key: {pk: N(i)}}}));
const longList = (reply) => assert.ok(reply.json.message.startsWith(`1 validation error detected: Value '{`) && reply.json.message.endsWith(` at 'requestItems' failed to satisfy constraint: ${MAP_VALUES}`), reply.json.message);
const WAVE = ['newer-layer.md 1: | D |', 'newer-layer.md 0: | D | BatchWriteItem |'];

const batchWrite = [
  ...row('D1', 'BatchWriteItem', 'no tables', {RequestItems: {}}, joined(short('RequestItems', RULE.minLength(1))), validation('The requestItems parameter is required for BatchWriteItem'), {also: WAVE}),
  ...row('D2', 'BatchWriteItem', '26 requests', {RequestItems: {[ABSENT]: many(26)}}, joined(short(`RequestItems.${ABSENT}.member`, RULE.maxLength(25))), longList),
  ...row('D2', 'BatchWriteItem', '26 requests for two tables', {RequestItems: {'other-table': many(6), [ABSENT]: many(20)}}, joined(short(`RequestItems.${ABSENT}.member`, RULE.maxLength(25))), longList),
  ...row('Z21', 'BatchWriteItem', 'an empty list', {RequestItems: {[ABSENT]: []}}, EMPTY_LIST, undefined, {also: ["newer-layer.md 4: BatchWriteItem's empty list"]}),
  ...row('Z22', 'BatchWriteItem', 'a malformed table name and an enum', {RequestItems: {'bad!name': many(1)}, ...RCC}, joined(ENUM)),
  ...numbered('Z23', [...NUMBERS, ...SETS].map(([name, value, , older]) => (id) => said(id, 'BatchWriteItem', name, putIn(value), older, older))),
  ...said('Z30', 'BatchWriteItem', 'a value of 32 levels', putIn(nested(32)), DEEP),
  ...[33, 61, 70].flatMap((levels) => said('Z30', 'BatchWriteItem', `a value of ${levels} levels`, putIn(nested(levels)), DEEP)),
];

// -- Transactions

const size = (length) => RULE[length ? 'maxLength' : 'minLength'](length || 1);
const count = (op, of, i) => [
  ...row(`E${1 + i}`, op, 'no actions', writes([]), joined(short('TransactItems', size(0))), validation(CE('[]', 'transactItems', size(0))), {also: WAVE_E}),
  ...row(`E${2 + i}`, op, '101 actions', writes(range(101).map(of)), joined(short('TransactItems', size(100))), (reply) =>
    assert.match(reply.json.message, /^1 validation error detected: Value '\[Transact(Write|Get)Item\(.*\]' at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to 100$/s)),
];
const WAVE_E = ['newer-layer.md 0: | E | TransactWriteItems', 'newer-layer.md 1: | E |', 'transactions-batch.md 2.2: Newer E: rows 1, 3, 4'];
const TOKEN = text(37);
const OLD_TOKEN = violation(TOKEN, 'clientRequestToken', RULE.maxLength(36));
const NO_ACTION = 'TransactWriteRequest should contain Delete or Put or Update';
const NONE = {Code: 'None'};
const tables = {T: define('pk:S')};
const T = '{T}';
const W = 'TransactWriteItems';
const G = 'TransactGetItems';
const FAILED = {Code: 'ConditionalCheckFailed', Message: 'The conditional request failed'};
const TOO_LARGE = 'Item size to update has exceeded the maximum allowed size';
const SYNTAX = 'Invalid ConditionExpression: Syntax error; token: "=", near: "= = b"';
const stray = (ConditionExpression, more = {}) => ({ConditionCheck: {TableName: ABSENT, Key: key, ConditionExpression, ...more}});

const members = [
  ...count(W, (i) => Put({pk: N(i)}), 0),
  ...count(G, (i) => Get({pk: N(i)}), 2),
  ...row('E5', W, 'a token of 37', writes([Put(key)], {ClientRequestToken: TOKEN}), joined(short('ClientRequestToken', RULE.maxLength(36))), joined(OLD_TOKEN)),
  ...row('E6', W, 'a token of 37 and an enum', writes([Put(key)], {ClientRequestToken: TOKEN, ...RCC}), joined(short('ClientRequestToken', RULE.maxLength(36))), joined(OLD_TOKEN, ENUM), {also: ['newer-layer.md 3.3: 2. A: the size charge']}),
  ...said('E7', W, 'no action', writes([{}]), `1 validation error detected: ${violation('', 'transactItems', `${NO_ACTION} or ConditionCheck`)}`, `Invalid Request: ${NO_ACTION} request`),
  ...row('Z32', W, 'a malformed table name', writes([Put(key, {}, 'bad!name')]), joined(violation('bad!name', 'transactItems.1.member.put.tableName', RULE.pattern))),
  ...row('Z33', G, 'a malformed table name', writes([Get(key), Get(key, {}, 'bad!name')]), joined(violation('bad!name', 'transactItems.2.member.get.tableName', RULE.pattern))),
  ...row('Z43', W, 'an enum before a duplicate target', writes([Put(key, {}, T), Put(key, {}, T)], RCC), joined(ENUM), undefined, {tables}),
];

const DEEP_IN_TEXT = 'newer-layer.md 2.3: | 33 to 60 |';
const depth = [
  ...row('E8', W, 'an update of 32 levels', writes([Update(nested(32), {}, T)]), validation(DEEP), cancelled({Code: 'ValidationError', Message: SHORT_DEEP}), {tables}),
  ...row('E9', W, 'a check against 32 levels', writes([Check(nested(32), {}, T)]), validation(DEEP), cancelled(FAILED), {tables}),
  ...said('E10', W, 'a check against 33 levels', writes([Check(nested(33))]), DEEP, wrapped(DEEP), {also: [DEEP_IN_TEXT]}),
  ...said('E11', W, 'an update of 33 levels', writes([Update(nested(33))]), DEEP, wrapped(DEEP)),
  ...said('E11', W, 'an update of 60 levels', writes([Update(nested(60))]), DEEP, wrapped(DEEP), {also: [DEEP_IN_TEXT]}),
  ...said('E12', W, 'a check against 61 levels', writes([Check(nested(61))]), wrapped(DEEP), wrapped(DEEP), {also: ['newer-layer.md 2.3: | 61 |', 'newer-layer.md 2.1: 7. **No wrapper.**']}),
  ...said('E12', W, 'an update of 70 levels', writes([Update(nested(70))]), wrapped(DEEP), wrapped(DEEP)),
  ...[32, 33, 61, 70].flatMap((levels) => [
    ...said('Z31', W, `a put of ${levels} levels`, writes([Put({...key, a: nested(levels)})]), DEEP),
    ...said('Z31', G, `a key of ${levels} levels`, writes([Get({pk: nested(levels)})]), DEEP),
  ]),
];

const faulty = [
  ...NUMBERS.flatMap(([name, value, newer, older], i) => [
    ...said(`E${13 + 3 * i}`, W, `${name} in a put`, writes([Put({...key, a: value})]), newer, older),
    ...said(`E${14 + 3 * i}`, W, `${name} in an update`, writes([Update(value)]), newer, wrapped(older)),
    ...said(`E${15 + 3 * i}`, G, `${name} as key`, writes([Get({pk: value})]), newer, older),
  ]),
  ...SETS.flatMap(([name, value, newer, older], i) => [
    ...said(`E${25 + 4 * i}`, W, `${name} in a put`, writes([Put({...key, a: value})]), newer, older),
    ...said(`E${26 + 4 * i}`, W, `${name} in a key`, writes([Delete({pk: value})]), newer, older),
    ...said(`E${27 + 4 * i}`, W, `${name} in a condition`, writes([Check(value)]), newer, wrapped(older)),
    ...said(`E${28 + 4 * i}`, G, `${name} as key`, writes([Get({pk: value})]), newer, older),
  ]),
];

// 'SET a = :v' is charged 3 + 19 + 1 and the value: 23 beside it, where the item needs 3 + 1 for its key 'k' and 'a'.
const sizes = [
  ...row('E37', W, 'an update charged too much', writes([Update(S(409600 - 4), {}, T), Put({pk: S('other')}, {}, T)]), validation(TOO_LARGE), {body: {}}, {tables, also: ['newer-layer.md 2.4: A SET of a plain']}),
  ...row('E37', W, 'an update charged the most', writes([Update(S(409600 - 23), {}, T)]), {body: {}}, {body: {}}, {tables}),
  ...row('E37', W, 'an update too large', writes([Put({pk: S('other')}, {}, T), Update(S(409600), {}, T)]), validation(TOO_LARGE), cancelled(NONE, {Code: 'ValidationError', Message: TOO_LARGE}), {tables}),
];

const orders = [
  ...said('Z34', W, 'an unused value', writes([stray('attribute_exists(a)', {ExpressionAttributeValues: {':u': S('x')}})]), 'Value provided in ExpressionAttributeValues unused in expressions: keys: {:u}'),
  ...said('Z35', W, 'an empty condition', writes([stray('')]), 'Invalid ConditionExpression: The expression can not be empty;'),
  ...said('Z37', W, 'a syntax error before depth', writes([stray('a = = b', {ExpressionAttributeValues: {':v': nested(33)}})]), SYNTAX),
  ...said('Z37', W, 'a syntax error before depth of the item', writes([Put({...key, a: nested(40)}, {ConditionExpression: 'a = = b'})]), SYNTAX),
  ...said('Z38', W, 'a long expression before depth', writes([stray(`a = :v${text(4103, ' ')}`, {ExpressionAttributeValues: {':v': nested(33)}})]), 'Invalid ConditionExpression: Expression size has exceeded the maximum allowed size; expression size: 4109'),
  ...said('Z39', W, 'depth before a later syntax error', writes([Put({...key, a: nested(33)}), stray('a = = b')]), DEEP, DEEP, {also: ['newer-layer.md 3.3: 4. The same in both layers']}),
  ...said('Z40', W, 'a syntax error before later depth', writes([stray('a = = b'), Put({...key, a: nested(33)})]), SYNTAX),
  ...said('Z41', W, 'a later syntax error before a missing table', writes([Put(key), stray('a = = b')]), SYNTAX),
  ...said('Z42', W, 'an empty name before later depth', writes([Put({...key, '': S('x')}), Put({...key, a: nested(33)})]), 'Empty attribute name'),
];

export default [...batchGet, ...batchWrite, ...members, ...depth, ...faulty, ...sizes, ...orders];

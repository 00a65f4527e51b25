// The two validation layers of the batches and transactions, fault by fault. BatchGetItem answers as the newer layer by
// default, the others where a server follows the newest regions; every fault stands for both layers.
import assert from 'node:assert/strict';
import {define, put} from '../definitions.mjs';
import {ABSENT, BS, CE, N, NS, PFX, RULE, S, SS, nested, notFound, range, text, validation, violation} from '../values.mjs';
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

const batchGet = [
  ...[...NUMBERS, ...SETS].flatMap(([name, value, newer, older], i) =>
    said(`B${[2, 5, 8, 11, 14, 20, 26][i]}`, 'BatchGetItem', `${name} as key`, inKey(value), newer, older)),
  ...row('B31', 'BatchGetItem', 'no tables', {RequestItems: {}}, joined(short('RequestItems', RULE.minLength(1))), validation('The requestItems parameter is required for BatchGetItem')),
  ...row('B31', 'BatchGetItem', 'no tables and an enum', {RequestItems: {}, ...RCC}, joined(short('RequestItems', RULE.minLength(1))), validation('The requestItems parameter is required for BatchGetItem')),
  ...row('B32', 'BatchGetItem', '101 keys', {RequestItems: {[ABSENT]: {Keys: range(101).map((i) => ({pk: N(i)}))}}}, joined(short(`RequestItems.${ABSENT}.member.Keys`, RULE.maxLength(100)))),
  ...row('B33', 'BatchGetItem', 'no keys', {RequestItems: {[ABSENT]: {Keys: []}}}, joined(short(`RequestItems.${ABSENT}.member.Keys`, RULE.minLength(1)))),
  ...row('B34', 'BatchGetItem', 'a malformed table name', {RequestItems: {'bad!name': {Keys: [{pk: S('a')}]}}}, joined(violation('{"bad!name":{"Keys":[{"pk":{"S":"a"}}]}}', 'requestItems', MAP_KEYS))),
  ...row('B35', 'BatchGetItem', 'a malformed table name and an enum', {RequestItems: {'bad!name': {Keys: [{pk: S('a')}]}}, ...RCC}, joined(violation('{"bad!name":{"Keys":[{"pk":{"S":"a"}}]}}', 'requestItems', MAP_KEYS), ENUM), undefined, {also: ['newer-layer.md 3.1: | BatchGetItem | malformed table name']}),
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
  ...numbered('Z23', [...NUMBERS, ...SETS].map(([name, value, , older]) => (id) => said(id, 'BatchWriteItem', name, putIn(value), older, older, {also: ['newer-layer.md 2.2: | Fault |'].slice(1)}))),
  ...said('Z30', 'BatchWriteItem', 'a value of 32 levels', putIn(nested(32)), DEEP),
  ...[33, 61, 70].flatMap((levels) => said('Z30', 'BatchWriteItem', `a value of ${levels} levels`, putIn(nested(levels)), DEEP)),
];

export default [...batchGet, ...batchWrite];

// GetItem, PutItem, UpdateItem, DeleteItem, Query and Scan, with expressions or with the parameters that came before them.
import {N, S, SS} from '../../exact/values.mjs';
import {Scope, condition, keyCondition, projection, update} from './expressions.mjs';
import {ATTRIBUTES, itemOf, keyOf, keyValue, number, string, value, wrongValue} from './values.mjs';

export const COMPARISONS = ['EQ', 'NE', 'IN', 'LE', 'LT', 'GE', 'GT', 'BETWEEN', 'NOT_NULL', 'NULL', 'CONTAINS', 'NOT_CONTAINS', 'BEGINS_WITH'];
const OPERANDS = {BETWEEN: 2, NULL: 0, NOT_NULL: 0};

export function maybe(random, n, members) {
  return random.chance(n) ? members() : {};
}

export const capacity = (random) => maybe(random, 4, () => ({ReturnConsumedCapacity: random.pick(['TOTAL', 'INDEXES', 'NONE'])}));
const metrics = (random) => maybe(random, 6, () => ({ReturnItemCollectionMetrics: random.pick(['SIZE', 'NONE'])}));
const onFailure = (random) => maybe(random, 4, () => ({ReturnValuesOnConditionCheckFailure: random.pick(['ALL_OLD', 'NONE'])}));
const returned = (random, all) => maybe(random, 2, () => ({ReturnValues: random.chance(25) ? random.pick(['ALL_NEW', 'UPDATED_OLD', 'SIZE', '']) : random.pick(all)}));

// {ComparisonOperator, AttributeValueList}
export function legacyCondition(random, valueOf = () => (random.chance(40) ? wrongValue(random) : random.pick([string, number, (r) => value(r, 0)])(random))) {
  const ComparisonOperator = random.chance(60) ? random.pick(['eq', 'LIKE', '']) : random.pick(COMPARISONS);
  const right = OPERANDS[ComparisonOperator] ?? (ComparisonOperator === 'IN' ? random.between(1, 3) : 1);
  const n = random.chance(15) ? random.below(4) : right;
  const made = {ComparisonOperator, ...(n > 0 || random.chance(8) ? {AttributeValueList: random.list(n, valueOf)} : {})};
  if (random.chance(60)) delete made.ComparisonOperator;
  return made;
}

function legacyMap(random) {
  return Object.fromEntries(random.some(ATTRIBUTES, random.between(random.chance(30) ? 0 : 1, 3)).map((name) => [name, legacyCondition(random)]));
}

const operator = (random) => maybe(random, 3, () => ({ConditionalOperator: random.chance(20) ? 'XOR' : random.pick(['AND', 'OR'])}));

function expected(random, table) {
  const entry = () => random.weighted([
    [3, () => ({Exists: false})],
    [3, () => ({Value: value(random, 0)})],
    [3, () => legacyCondition(random)],
    [1, () => ({Exists: true, Value: value(random, 0)})],
    [0.5, () => random.pick([{}, {Exists: true}, {Exists: false, Value: S('a')}, {Value: S('a'), ComparisonOperator: 'EQ'}, {Value: S('a'), AttributeValueList: [S('a')]}, {AttributeValueList: [S('a')]}])],
  ])();
  const names = random.some([...ATTRIBUTES, table.key[0][0]], random.between(1, 2));
  return {Expected: Object.fromEntries(names.map((name) => [name, entry()])), ...operator(random)};
}

// The condition of a write: an expression, Expected, both, or nothing. Its names and values are the scope's.
function writeCondition(scope) {
  const {random, table} = scope;
  const kind = random.weighted([[5, 'none'], [5, 'expression'], [2, 'legacy'], [0.2, 'both']]);
  return {
    ...(kind === 'expression' || kind === 'both' ? {ConditionExpression: condition(scope)} : {}),
    ...(kind === 'legacy' || kind === 'both' ? expected(random, table) : {}),
  };
}

export function putItem(random, world) {
  const table = world.pick(random);
  const scope = new Scope(random, table);
  const body = {TableName: table.name, Item: itemOf(random, table), ...writeCondition(scope), ...returned(random, ['NONE', 'ALL_OLD']), ...onFailure(random), ...capacity(random), ...metrics(random)};
  return {operation: 'PutItem', body: {...body, ...scope.members()}, tables: [table]};
}

export function deleteItem(random, world) {
  const table = world.pick(random);
  const scope = new Scope(random, table);
  const body = {TableName: table.name, Key: keyOf(random, table), ...writeCondition(scope), ...returned(random, ['NONE', 'ALL_OLD']), ...onFailure(random), ...capacity(random), ...metrics(random)};
  return {operation: 'DeleteItem', body: {...body, ...scope.members()}, tables: [table]};
}

function attributeUpdates(random, table) {
  const one = (name) => {
    const Action = random.chance(30) ? random.pick(['put', 'SET', '']) : random.pick(['PUT', 'ADD', 'DELETE']);
    const what = Action === 'ADD' ? random.pick([number, () => SS('x'), (r) => value(r, 0)])(random) : name === 't' ? SS('x') : random.chance(30) ? wrongValue(random) : value(random, 1);
    const made = {Action, Value: what};
    if (random.chance(4)) delete made.Action;
    if (random.chance(Action === 'DELETE' ? 2 : 30)) delete made.Value;
    return made;
  };
  const names = random.some([...ATTRIBUTES, ...(random.chance(20) ? [table.key[0][0], ''] : [])], random.between(random.chance(20) ? 0 : 1, 3));
  return {AttributeUpdates: Object.fromEntries(names.map((name) => [name, one(name)]))};
}

export function updateItem(random, world) {
  const table = world.pick(random);
  const scope = new Scope(random, table);
  const kind = random.weighted([[8, 'expression'], [3, 'legacy'], [0.4, 'none'], [0.2, 'both']]);
  const body = {
    TableName: table.name,
    Key: keyOf(random, table),
    ...(kind === 'expression' || kind === 'both' ? {UpdateExpression: update(scope)} : {}),
    ...(kind === 'legacy' || kind === 'both' ? attributeUpdates(random, table) : {}),
    ...(kind === 'legacy' ? maybe(random, 2, () => expected(random, table)) : writeCondition(scope)),
    ...returned(random, ['NONE', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW']),
    ...onFailure(random),
    ...capacity(random),
    ...metrics(random),
  };
  return {operation: 'UpdateItem', body: {...body, ...scope.members()}, tables: [table]};
}

const attributesToGet = (random) => ({AttributesToGet: random.chance(15) ? random.pick([[], ['s', 's'], [''], ['m.k', 'm.j'], ['v[0]']]) : random.some([...ATTRIBUTES, 'pk'], random.between(1, 3))});

export function projected(scope) {
  const {random} = scope;
  const kind = random.weighted([[6, 'none'], [4, 'expression'], [1, 'legacy'], [0.1, 'both']]);
  return {
    ...(kind === 'expression' || kind === 'both' ? {ProjectionExpression: projection(scope)} : {}),
    ...(kind === 'legacy' || kind === 'both' ? attributesToGet(random) : {}),
  };
}

export function getItem(random, world) {
  const table = world.pick(random);
  const scope = new Scope(random, table);
  const body = {TableName: table.name, Key: keyOf(random, table), ...projected(scope), ConsistentRead: true, ...capacity(random)};
  if (random.chance(8)) body.ConsistentRead = false;
  return {operation: 'GetItem', body: {...body, ...scope.members()}, tables: [table]};
}

const SELECTS = ['ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'COUNT', 'SPECIFIC_ATTRIBUTES'];

// What Query and Scan have in common.
function readMembers(scope, index) {
  const {random} = scope;
  return {
    ...(index ? {IndexName: random.chance(40) ? random.pick(['none', 'a', '']) : index.name} : {}),
    ...projected(scope),
    ...maybe(random, 5, () => ({Select: random.chance(20) ? random.pick(['ALL', 'count', '']) : random.pick(SELECTS)})),
    ...maybe(random, 4, () => ({Limit: random.chance(12) ? random.pick([0, -1, 2147483647, 2147483648, 1.5, '1']) : random.between(1, 4)})),
    ...maybe(random, index?.global ? 25 : 2, () => ({ConsistentRead: random.chance(6) ? false : true})),
    ...capacity(random),
  };
}

function startKey(random, table, index) {
  const key = keyOf(random, table);
  for (const [name, type] of index ? [...index.hashes, ...index.ranges] : []) if (!random.chance(30)) key[name] ??= keyValue(random, type);
  return key;
}

export function query(random, world) {
  const table = world.pick(random);
  const scope = new Scope(random, table);
  const index = random.chance(2) ? random.pick(table.indexes ?? []) : undefined;
  const [hashes, ranges] = index ? [index.hashes, index.ranges] : [table.key.slice(0, 1), table.key.slice(1)];
  const legacy = random.chance(5);
  const body = {TableName: table.name, ...readMembers(scope, index)};
  if (legacy) {
    body.KeyConditions = Object.fromEntries([...hashes, ...ranges.slice(0, random.below(2))].map(([name, type], i) => [
      name,
      i < hashes.length && !random.chance(20) ? {ComparisonOperator: 'EQ', AttributeValueList: [keyValue(random, type)]} : legacyCondition(random, () => keyValue(random, type, {range: true})),
    ]));
    if (random.chance(20)) body.KeyConditions[random.pick(ATTRIBUTES)] = legacyCondition(random);
  }
  if (!legacy || random.chance(30)) body.KeyConditionExpression = keyCondition(scope, hashes, ranges);
  if (random.chance(4)) body.FilterExpression = condition(scope);
  if (random.chance(legacy ? 2 : 60)) Object.assign(body, {QueryFilter: legacyMap(random)}, operator(random));
  if (random.chance(3)) body.ScanIndexForward = random.chance(2);
  if (random.chance(12)) body.ExclusiveStartKey = startKey(random, table, index);
  return {operation: 'Query', body: {...body, ...scope.members()}, tables: [table], index};
}

export function scan(random, world) {
  const table = world.pick(random);
  const scope = new Scope(random, table);
  const index = random.chance(3) ? random.pick(table.indexes ?? []) : undefined;
  const body = {TableName: table.name, ...readMembers(scope, index)};
  if (random.chance(2)) body.FilterExpression = condition(scope);
  if (random.chance(6)) Object.assign(body, {ScanFilter: legacyMap(random)}, operator(random));
  if (random.chance(6)) {
    const TotalSegments = random.chance(12) ? random.pick([0, -1, 1000000, 1000001, 2147483648]) : random.between(1, 4);
    Object.assign(body, {TotalSegments, Segment: random.chance(12) ? random.pick([-1, TotalSegments, 999999]) : random.below(Math.max(1, Math.min(4, TotalSegments)))});
    if (random.chance(20)) delete body[random.pick(['Segment', 'TotalSegments'])];
  }
  if (random.chance(15)) body.ExclusiveStartKey = startKey(random, table, index);
  return {operation: 'Scan', body: {...body, ...scope.members()}, tables: [table], index};
}

export {N};

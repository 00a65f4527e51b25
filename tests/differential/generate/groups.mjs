// Batches and transactions.
import {S} from '../../exact/values.mjs';
import {Scope, condition, update} from './expressions.mjs';
import {capacity, maybe, projected} from './items.mjs';
import {itemOf, keyOf} from './values.mjs';

const metrics = (random) => maybe(random, 6, () => ({ReturnItemCollectionMetrics: random.pick(['SIZE', 'NONE'])}));
const size = (random, most) => (random.chance(40) ? random.pick([0, most, most + 1]) : random.weighted([[4, 1], [4, 2], [3, 3], [1, 6]]));
const nameOf = (random, table) => (random.chance(60) ? random.pick(['no-such-table', 'ab', 'a/b', '']) : table.name);

export function batchGetItem(random, world) {
  const tables = random.chance(60) ? [] : world.some(random, random.weighted([[3, 1], [2, 2], [1, 3]]));
  const RequestItems = Object.fromEntries(tables.map((table) => {
    const scope = new Scope(random, table);
    // The names of one table are those that its keys say; equal keys are refused.
    const made = {Keys: random.list(size(random, 100), () => keyOf(random, table)), ...projected(scope), ...maybe(random, 2, () => ({ConsistentRead: true}))};
    return [nameOf(random, table), {...made, ...scope.members()}];
  }));
  return {operation: 'BatchGetItem', body: {RequestItems, ...capacity(random)}, tables};
}

export function batchWriteItem(random, world) {
  const tables = random.chance(60) ? [] : world.some(random, random.weighted([[3, 1], [2, 2]]));
  const write = (table) => random.weighted([
    [5, () => ({PutRequest: {Item: itemOf(random, table)}})],
    [3, () => ({DeleteRequest: {Key: keyOf(random, table)}})],
    [0.1, () => random.pick([{}, {PutRequest: {Item: itemOf(random, table)}, DeleteRequest: {Key: keyOf(random, table)}}, {PutRequest: {}}, {DeleteRequest: {}}, null])],
  ])();
  const RequestItems = Object.fromEntries(tables.map((table) => [nameOf(random, table), random.list(size(random, 25), () => write(table))]));
  return {operation: 'BatchWriteItem', body: {RequestItems, ...capacity(random), ...metrics(random)}, tables};
}

export function transactGetItems(random, world) {
  const tables = world.some(random, 2);
  const get = () => {
    const table = random.pick(tables);
    const scope = new Scope(random, table);
    const made = {TableName: nameOf(random, table), Key: keyOf(random, table), ...maybe(random, 4, () => projected(scope))};
    delete made.AttributesToGet;
    return random.chance(80) ? random.pick([{}, null, {Get: {}}]) : {Get: {...made, ...scope.members()}};
  };
  return {operation: 'TransactGetItems', body: {TransactItems: random.list(size(random, 100), get), ...capacity(random)}, tables};
}

export function transactWriteItems(random, world) {
  const tables = world.some(random, random.weighted([[2, 1], [1, 2]]));
  const action = () => {
    const table = random.pick(tables);
    const scope = new Scope(random, table);
    const TableName = nameOf(random, table);
    const guarded = () => maybe(random, 4, () => ({ConditionExpression: condition(scope)}));
    const kept = maybe(random, 4, () => ({ReturnValuesOnConditionCheckFailure: random.pick(['ALL_OLD', 'NONE'])}));
    const made = random.weighted([
      [4, () => ['Put', {TableName, Item: itemOf(random, table), ...guarded()}]],
      [3, () => ['Update', {TableName, Key: keyOf(random, table), UpdateExpression: update(scope), ...guarded()}]],
      [2, () => ['Delete', {TableName, Key: keyOf(random, table), ...guarded()}]],
      [2, () => ['ConditionCheck', {TableName, Key: keyOf(random, table), ConditionExpression: condition(scope)}]],
    ])();
    if (random.chance(60)) return random.pick([{}, null, {Put: {}}, {Put: {TableName, Item: itemOf(random, table)}, Delete: {TableName, Key: keyOf(random, table)}}]);
    return {[made[0]]: {...made[1], ...kept, ...scope.members()}};
  };
  const body = {
    TransactItems: random.list(size(random, 100), action),
    ...maybe(random, 40, () => ({ClientRequestToken: random.pick(['', 'x'.repeat(37), 'token'])})),
    ...capacity(random),
    ...metrics(random),
  };
  return {operation: 'TransactWriteItems', body, tables};
}

export {S};

// One request per number: the same number gives the same request.
import {Random} from '../random.mjs';
import {wrongAnywhere, wrongShape, wrongText} from './faults.mjs';
import {batchGetItem, batchWriteItem, transactGetItems, transactWriteItems} from './groups.mjs';
import {deleteItem, getItem, putItem, query, scan, updateItem} from './items.mjs';
import {batchExecuteStatement, executeStatement, executeTransaction} from './partiql.mjs';
import {describeStream, getRecords, getShardIterator, listStreams} from './streams.mjs';
import * as tables from './tables.mjs';

const pascal = (name) => name[0].toUpperCase() + name.slice(1);

// How often each operation comes, and what makes its requests.
const KINDS = [
  [8, putItem], [7, getItem], [12, updateItem], [6, deleteItem], [10, query], [8, scan],
  [5, batchGetItem], [6, batchWriteItem], [4, transactGetItems], [8, transactWriteItems],
  [9, executeStatement], [5, batchExecuteStatement], [5, executeTransaction],
  [4, tables.createTable], [3, tables.updateTable], [1, tables.deleteTable], [1, tables.describeTable], [1, tables.listTables], [0.1, tables.describeLimits], [0.1, tables.describeEndpoints],
  [1, tables.updateTimeToLive], [0.5, tables.describeTimeToLive], [1, tables.updateContinuousBackups], [0.5, tables.describeContinuousBackups],
  [1.5, tables.tagResource], [1, tables.untagResource], [1, tables.listTagsOfResource],
  [0.7, listStreams], [1, describeStream], [1.5, getShardIterator], [1, getRecords],
].map(([weight, make]) => [weight, {make, operation: pascal(make.name)}]);

export const OPERATIONS = KINDS.map(([, {operation}]) => operation);

// `wanted`: names of operations, or nothing for all of them. `shapes`: whether members may have other types, or be missing, too.
export function requestOf(seed, world, {wanted, shapes = true} = {}) {
  const random = new Random(seed);
  const kinds = wanted ? KINDS.filter(([, {operation}]) => wanted.includes(operation)) : KINDS;
  const request = random.weighted(kinds).make(random, world);
  if (!shapes) return {...request, seed};
  const changes = random.weighted([[65, 0], [25, 1], [4, 2]]);
  for (let i = 0; i < changes; ++i) request.body = wrongShape(random, request.operation, request.body);
  if (random.chance(25)) request.body = wrongAnywhere(random, request.body);
  const token = request.body?.ClientRequestToken;
  // The same token in two runs would be a mistake of ours.
  if (typeof token === 'string' && token.length > 0 && token.length <= 36) request.body.ClientRequestToken = `${world.prefix.slice(-20)}-${world.fresh()}`;
  if (random.chance(120)) request.text = wrongText(random, JSON.stringify(request.body) ?? '');
  return {...request, seed};
}

// Tables and what is set for them. What is made here is named by the world, so that it is found and deleted again.
import {S} from '../../exact/values.mjs';
import {maybe} from './items.mjs';

const TYPES = ['S', 'N', 'B'];
const throughput = (random) => ({ReadCapacityUnits: random.chance(15) ? random.pick([0, -1, 1e15]) : random.between(1, 9), WriteCapacityUnits: random.chance(15) ? random.pick([0, 1e15]) : random.between(1, 9)});

export function projection(random) {
  const ProjectionType = random.chance(30) ? random.pick(['SOME', '']) : random.pick(['ALL', 'ALL', 'KEYS_ONLY', 'INCLUDE']);
  const include = ProjectionType === 'INCLUDE' ? !random.chance(15) : random.chance(20);
  const made = {ProjectionType, ...(include ? {NonKeyAttributes: random.chance(15) ? random.pick([[], ['x', 'x'], ['pk'], [''], random.list(21, (i) => `a${i}`)]) : random.some(['x', 'y', 'z'], 2)} : {})};
  if (random.chance(60)) delete made.ProjectionType;
  return made;
}

function keySchema(random, used, {local = false, several = false} = {}) {
  const hash = local && !random.chance(20) ? 'pk' : random.pick(['pk', 'a', 'b', 'c']);
  const schema = [{AttributeName: hash, KeyType: 'HASH'}];
  if (several && random.chance(4)) schema.push({AttributeName: random.pick(['d', 'e']), KeyType: 'HASH'});
  if (random.chance(local ? 8 : 2) !== local) schema.push({AttributeName: random.pick(['sk', 'c', 'd', hash === 'pk' ? 'e' : 'pk']), KeyType: 'RANGE'});
  if (several && random.chance(6)) schema.push({AttributeName: 'f', KeyType: 'RANGE'});
  if (random.chance(30)) {
    random.pick([
      () => schema.reverse(), () => (schema[0].KeyType = 'RANGE'), () => schema.push({...schema[0]}), () => schema.pop(), () => (schema[0].KeyType = 'hash'),
      () => schema.push({AttributeName: 'z', KeyType: 'RANGE'}), () => (schema[0].AttributeName = ''), () => (schema[0].AttributeName = 'n'.repeat(256)), () => delete schema[0].KeyType,
    ])();
  }
  for (const {AttributeName} of schema) used.add(AttributeName);
  return schema;
}

function indexes(random, used, local, billed) {
  const n = random.weighted([[6, 1], [3, 2], [0.3, local ? 6 : 21], [0.2, 0]]);
  return random.list(n, (i) => {
    const made = {IndexName: random.chance(30) ? random.pick(['ab', 'i!x', '', 'n'.repeat(256), 'index1']) : `index${i}`, KeySchema: keySchema(random, used, {local, several: !local}), Projection: projection(random)};
    if (!local && billed !== random.chance(15)) made.ProvisionedThroughput = throughput(random);
    if (random.chance(60)) delete made[random.pick(Object.keys(made))];
    return made;
  });
}

const stream = (random) => (random.chance(15) ? random.pick([{StreamEnabled: true}, {StreamEnabled: false, StreamViewType: 'KEYS_ONLY'}, {StreamViewType: 'KEYS_ONLY'}, {}, {StreamEnabled: true, StreamViewType: 'ALL'}]) : random.pick([{StreamEnabled: true, StreamViewType: random.pick(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'])}, {StreamEnabled: false}]));
const tag = (random) => (random.chance(15) ? random.pick([{Key: '', Value: 'x'}, {Key: 'aws:x', Value: 'y'}, {Key: 'k'.repeat(129), Value: ''}, {Key: 'k', Value: 'v'.repeat(257)}, {Key: 'k'}, {Value: 'v'}, {Key: 'a*b', Value: 'x'}]) : {Key: random.pick(['team', 'stage', 'owner']), Value: random.pick(['a', 'b', ''])});

export function createTable(random, world) {
  const used = new Set();
  const billed = random.chance(3);
  const body = {
    TableName: random.chance(20) ? random.pick(['ab', 'a b', '', 'n'.repeat(256), world.tables[0].name]) : world.extra(),
    KeySchema: keySchema(random, used),
    BillingMode: billed ? 'PROVISIONED' : random.chance(30) ? random.pick(['FREE', '']) : 'PAY_PER_REQUEST',
    ...(billed !== random.chance(20) ? {ProvisionedThroughput: throughput(random)} : {}),
    ...maybe(random, 2, () => ({GlobalSecondaryIndexes: indexes(random, used, false, billed)})),
    ...maybe(random, 4, () => ({LocalSecondaryIndexes: indexes(random, used, true, billed)})),
    ...maybe(random, 4, () => ({StreamSpecification: stream(random)})),
    ...maybe(random, 6, () => ({Tags: random.list(random.below(3), () => tag(random))})),
    ...maybe(random, 8, () => ({TableClass: random.chance(10) ? 'OTHER' : random.pick(['STANDARD', 'STANDARD_INFREQUENT_ACCESS'])})),
    ...maybe(random, 20, () => ({DeletionProtectionEnabled: false})),
    ...maybe(random, 15, () => ({OnDemandThroughput: {MaxReadRequestUnits: random.pick([1, -1, 0, 100]), MaxWriteRequestUnits: random.pick([1, -1, 100])}})),
    ...maybe(random, 40, () => ({SSESpecification: random.pick([{Enabled: false}, {Enabled: true}, {SSEType: 'AES256'}])})),
  };
  if (billed && random.chance(3)) delete body.BillingMode;
  if (random.chance(40)) used.add('unused');
  const names = [...used].filter(() => !random.chance(40));
  body.AttributeDefinitions = names.map((AttributeName) => ({AttributeName, AttributeType: random.chance(60) ? random.pick(['SS', 's', 'BOOL']) : random.pick(TYPES)}));
  if (random.chance(60) && names.length) body.AttributeDefinitions.push({...body.AttributeDefinitions[0]});
  return {operation: 'CreateTable', body, tables: []};
}

const nameOf = (random, world, {name} = random.chance(3) ? world.pick(random) : world.settings) => {
  return random.chance(12) ? random.pick(['no-such-table', 'ab', 'a/b', '', 'n'.repeat(256), `arn:aws:dynamodb:us-east-1:000000000000:table/${name}`]) : name;
};

export function updateTable(random, world) {
  const update = () => random.weighted([
    [3, () => {
      const used = new Set();
      const made = {IndexName: random.pick(['new1', 'new2', 'bySize', 'ab']), KeySchema: keySchema(random, used, {several: true}), Projection: projection(random), ...maybe(random, 5, () => ({ProvisionedThroughput: throughput(random)}))};
      return {change: {Create: made}, used};
    }],
    [2, () => ({change: {Delete: {IndexName: random.pick(['new1', 'new2', 'bySize', 'none'])}}})],
    [1, () => ({change: {Update: {IndexName: random.pick(['new1', 'bySize', 'none']), ProvisionedThroughput: throughput(random)}}})],
    [0.3, () => ({change: random.pick([{}, {Create: {}}, {Delete: {}}, {Delete: {IndexName: 'new1'}, Update: {IndexName: 'new1', ProvisionedThroughput: throughput(random)}}])})],
  ])();
  const body = {TableName: nameOf(random, world, world.settings)};
  for (const part of random.some(['indexes', 'billing', 'stream', 'throughput', 'class', 'protection', 'demand'], random.weighted([[6, 1], [1, 2], [0.2, 0]]))) {
    if (part === 'indexes') {
      const made = random.list(random.weighted([[8, 1], [1, 2]]), update);
      const used = new Set(made.flatMap((one) => [...(one.used ?? [])]));
      body.GlobalSecondaryIndexUpdates = made.map((one) => one.change);
      if (used.size && !random.chance(15)) body.AttributeDefinitions = [...used].map((AttributeName) => ({AttributeName, AttributeType: AttributeName === 'pk' ? 'S' : random.pick(TYPES)}));
    }
    if (part === 'billing') body.BillingMode = random.pick(['PAY_PER_REQUEST', 'PROVISIONED']);
    if (part === 'stream') body.StreamSpecification = stream(random);
    if (part === 'throughput') body.ProvisionedThroughput = throughput(random);
    if (part === 'class') body.TableClass = random.pick(['STANDARD', 'STANDARD_INFREQUENT_ACCESS', 'NONE']);
    if (part === 'protection') body.DeletionProtectionEnabled = random.chance(4);
    if (part === 'demand') body.OnDemandThroughput = {MaxReadRequestUnits: random.pick([1, -1, 0, 100])};
  }
  return {operation: 'UpdateTable', body, tables: [world.settings], settings: true};
}

export const deleteTable = (random, world) => ({operation: 'DeleteTable', body: {TableName: random.pick(['no-such-table', 'ab', '', 'a b', world.extra(), 'n'.repeat(256), `arn:aws:dynamodb:us-east-1:000000000000:table/none`])}, tables: []});
export const describeTable = (random, world) => ({operation: 'DescribeTable', body: {TableName: nameOf(random, world)}, tables: []});
export const describeTimeToLive = (random, world) => ({operation: 'DescribeTimeToLive', body: {TableName: nameOf(random, world)}, tables: []});
export const describeContinuousBackups = (random, world) => ({operation: 'DescribeContinuousBackups', body: {TableName: nameOf(random, world)}, tables: []});
export const describeLimits = () => ({operation: 'DescribeLimits', body: {}, tables: []});
export const describeEndpoints = () => ({operation: 'DescribeEndpoints', body: {}, tables: []});

export function listTables(random, world) {
  const body = {
    ...maybe(random, 2, () => ({ExclusiveStartTableName: random.chance(6) ? random.pick(['ab', 'a b', '']) : world.start})),
    ...maybe(random, 2, () => ({Limit: random.chance(4) ? random.pick([0, -1, 101, 1.5, '1']) : random.between(1, 100)})),
  };
  return {operation: 'ListTables', body, tables: []};
}

export function updateTimeToLive(random, world) {
  const TimeToLiveSpecification = {Enabled: random.chance(2), AttributeName: random.chance(6) ? random.pick(['', 'a'.repeat(256), 'pk']) : random.pick(['at', 'expires'])};
  if (random.chance(15)) delete TimeToLiveSpecification[random.pick(['Enabled', 'AttributeName'])];
  return {operation: 'UpdateTimeToLive', body: {TableName: nameOf(random, world, world.settings), TimeToLiveSpecification}, tables: [world.settings], settings: true};
}

export function updateContinuousBackups(random, world) {
  const PointInTimeRecoverySpecification = {PointInTimeRecoveryEnabled: random.chance(2), ...maybe(random, 4, () => ({RecoveryPeriodInDays: random.pick([0, 1, 7, 35, 36])}))};
  return {operation: 'UpdateContinuousBackups', body: {TableName: nameOf(random, world, world.settings), PointInTimeRecoverySpecification}, tables: [world.settings], settings: true};
}

// {ARN} is the settings table's on the side that is asked.
const arn = (random) => (random.chance(6) ? random.pick(['', 'x', 'arn:aws:dynamodb:us-east-1:000000000000:table/none', 'arn:aws:s3:::bucket', 'arn:aws:dynamodb:us-east-1:1:table/x']) : '{ARN}');

export const tagResource = (random, world) => ({operation: 'TagResource', body: {ResourceArn: arn(random), Tags: random.list(random.weighted([[5, 1], [3, 2], [0.5, 0], [0.2, 51]]), () => tag(random))}, tables: [world.settings], settings: true});
export const untagResource = (random, world) => ({operation: 'UntagResource', body: {ResourceArn: arn(random), TagKeys: random.some(['team', 'stage', 'owner', 'absent', ''], random.below(3))}, tables: [world.settings], settings: true});
export const listTagsOfResource = (random) => ({operation: 'ListTagsOfResource', body: {ResourceArn: arn(random), ...maybe(random, 20, () => ({NextToken: random.pick(['', 'x'])}))}, tables: []});

export {S};

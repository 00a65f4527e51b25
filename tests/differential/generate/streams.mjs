// Requests of the streams API. {STREAM}, {SHARD}, {SEQUENCE} and {ITERATOR} are what the side that is asked has made.
import {maybe} from './items.mjs';

const stream = (random) => (random.chance(8) ? random.pick(['', 'x', 'arn:aws:dynamodb:us-east-1:000000000000:table/none/stream/2026-01-01T00:00:00.000', 'arn:aws:dynamodb:us-east-1:000000000000:table/none']) : '{STREAM}');
const limit = (random, most) => maybe(random, 3, () => ({Limit: random.chance(5) ? random.pick([0, -1, most, most + 1]) : random.between(1, most)}));

export const listStreams = (random, world) => ({
  operation: 'ListStreams',
  body: {TableName: random.chance(6) ? random.pick(['none', 'ab', 'a b', '']) : world.streamed.name, ...limit(random, 100), ...maybe(random, 10, () => ({ExclusiveStartStreamArn: random.pick(['{STREAM}', 'x', '']) }))},
  tables: [],
});

export const describeStream = (random) => ({
  operation: 'DescribeStream',
  body: {
    StreamArn: stream(random),
    ...limit(random, 100),
    ...maybe(random, 8, () => ({ExclusiveStartShardId: random.pick(['{SHARD}', 'x', 'shardId-00000000000000000000-00000000'])})),
    ...maybe(random, 10, () => ({ShardFilter: random.pick([{Type: 'CHILD_SHARDS', ShardId: '{SHARD}'}, {Type: 'CHILD_SHARDS'}, {Type: 'ALL', ShardId: '{SHARD}'}, {ShardId: '{SHARD}'}, {}])})),
  },
  tables: [],
});

export const getShardIterator = (random) => ({
  operation: 'GetShardIterator',
  body: {
    StreamArn: stream(random),
    ShardId: random.chance(8) ? random.pick(['', 'x', 'shardId-00000000000000000000-00000000', 's'.repeat(66)]) : '{SHARD}',
    ShardIteratorType: random.chance(10) ? random.pick(['', 'AT_TIMESTAMP', 'latest']) : random.pick(['TRIM_HORIZON', 'LATEST', 'AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER']),
    ...maybe(random, 2, () => ({SequenceNumber: random.chance(6) ? random.pick(['', '1', 'x', '9'.repeat(41)]) : '{SEQUENCE}'})),
  },
  tables: [],
});

export const getRecords = (random) => ({
  operation: 'GetRecords',
  body: {ShardIterator: random.chance(8) ? random.pick(['', 'x', 'arn:aws:dynamodb:us-east-1:000000000000:table/none/stream/2026-01-01T00:00:00.000|1|x']) : '{ITERATOR}', ...limit(random, 1000)},
  tables: [],
});

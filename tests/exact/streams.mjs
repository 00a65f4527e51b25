// For rows about streams: requests of the streams API, and a reader that remembers what the next request needs.
import assert from 'node:assert/strict';

export const target = (operation) => ({headers: {'X-Amz-Target': `DynamoDBStreams_20120810.${operation}`}});

// A step of a row. `body` may be a function, for what is known only when the row runs.
export const ask = (operation, body, expect) => [operation, body, expect, target(operation)];

export const ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/no-such-table/stream/2015-05-11T21:21:33.291';
export const SHARD = 'shardId-00000001541626099285-f35f62ef';

// A member of CreateTable.
export const streamed = (StreamViewType = 'NEW_AND_OLD_IMAGES') => ({
  StreamSpecification: {StreamEnabled: true, StreamViewType},
});
export const off = {StreamSpecification: {StreamEnabled: false}};

// Reads the newest stream of table {T}: steps to put into a row, and `at`, what they found.
export function reader() {
  const at = {};
  const iterator = (ShardIteratorType, number = () => undefined) =>
    ask(
      'GetShardIterator',
      () => ({StreamArn: at.arn, ShardId: at.shard.ShardId, ShardIteratorType, SequenceNumber: number(at)}),
      (reply) => {
        assert.equal(reply.status, 200, reply.text);
        at.iterator = reply.json.ShardIterator;
      },
    );
  const read = (check = () => {}, more = {}) =>
    ask(
      'GetRecords',
      () => ({ShardIterator: at.iterator, ...more}),
      (reply) => {
        assert.equal(reply.status, 200, reply.text);
        at.records = reply.json.Records;
        at.next = reply.json.NextShardIterator;
        check(at.records, at);
        if (at.next) at.iterator = at.next;
      },
    );
  const find = [
    [
      'DescribeTable',
      {TableName: '{T}'},
      (reply) => {
        at.table = reply.json.Table;
        at.arn = at.table.LatestStreamArn;
      },
    ],
    ask(
      'DescribeStream',
      () => ({StreamArn: at.arn}),
      (reply) => {
        assert.equal(reply.status, 200, reply.text);
        at.stream = reply.json.StreamDescription;
        at.shard = at.stream.Shards[0];
      },
    ),
  ];
  return {
    at,
    find,
    iterator,
    read,
    // Everything from the beginning.
    all: (check) => [...find, iterator('TRIM_HORIZON'), read(check)],
  };
}

// Records as short texts: 'INSERT a'.
export const events = (records) => records.map((record) => `${record.eventName} ${record.dynamodb.Keys.pk.S}`);

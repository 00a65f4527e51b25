// Reads a whole stream as the Kinesis Client Library does: finds shards, a parent before its children, follows each to
// its end, and notes how far it came, so that another worker can go on.
import {setTimeout as sleep} from 'node:timers/promises';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';

export function streamsClientFor(endpoint, {accessKeyId = 'test', region = 'us-east-1'} = {}) {
  return new DynamoDBStreamsClient({
    endpoint,
    region,
    credentials: {accessKeyId, secretAccessKey: 'secret'},
    maxAttempts: 1,
  });
}

// All shards, page by page.
export async function shardsOf(client, StreamArn, Limit = 100) {
  const shards = [];
  let ExclusiveStartShardId;
  do {
    const {StreamDescription} = await client.send(
      new DescribeStreamCommand({StreamArn, Limit, ExclusiveStartShardId}),
    );
    shards.push(...StreamDescription.Shards);
    ExclusiveStartShardId = StreamDescription.LastEvaluatedShardId;
  } while (ExclusiveStartShardId);
  return shards;
}

export const SHARD_END = 'SHARD_END';

export class StreamWorker {
  // checkpoints: Map of shard id to the number of the last record worked on, or SHARD_END.
  constructor(client, arn, onRecord, {checkpoints = new Map(), pageSize = 7, describeLimit = 3} = {}) {
    Object.assign(this, {client, arn, onRecord, checkpoints, pageSize, describeLimit});
    this.shards = new Map();
    this.leases = new Map();
    this.running = true;
  }

  async run() {
    while (this.running) {
      await this.discover();
      await sleep(20);
    }
    await Promise.all(this.leases.values());
    return this.checkpoints;
  }

  // Finishes the pages being read.
  stop() {
    this.running = false;
  }

  async discover() {
    for (const shard of await shardsOf(this.client, this.arn, this.describeLimit)) this.shards.set(shard.ShardId, shard);
    for (const [id, {ParentShardId: parent}] of this.shards) {
      if (this.leases.has(id) || this.checkpoints.get(id) === SHARD_END) continue;
      const parentDone = !this.shards.has(parent) || this.checkpoints.get(parent) === SHARD_END;
      if (parentDone) this.leases.set(id, this.follow(id));
    }
  }

  async follow(id) {
    const SequenceNumber = this.checkpoints.get(id);
    const start = SequenceNumber
      ? {ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber}
      : {ShardIteratorType: 'TRIM_HORIZON'};
    let {ShardIterator: iterator} = await this.client.send(
      new GetShardIteratorCommand({StreamArn: this.arn, ShardId: id, ...start}),
    );
    while (this.running) {
      const page = await this.client.send(
        new GetRecordsCommand({ShardIterator: iterator, Limit: this.pageSize}),
      );
      for (const record of page.Records) {
        this.onRecord(record, id);
        this.checkpoints.set(id, record.dynamodb.SequenceNumber);
      }
      iterator = page.NextShardIterator;
      if (iterator === undefined) {
        this.checkpoints.set(id, SHARD_END);
        return;
      }
      if (page.Records.length === 0) await sleep(10);
    }
  }
}

// Writers that count items up, each its own: history() tells what every item's changes must look like.
export class Writers {
  constructor(count) {
    this.counts = Array.from({length: count}, () => 0);
    this.running = true;
  }

  // `change(i, version)` writes version `version` of item `i`.
  async run(change, lanes = 4) {
    const lane = async (first) => {
      while (this.running) {
        for (let i = first; i < this.counts.length; i += lanes) {
          await change(i, this.counts[i] + 1);
          ++this.counts[i];
        }
      }
    };
    await Promise.all(Array.from({length: lanes}, (_, i) => lane(i)));
  }

  stop() {
    this.running = false;
  }

  get total() {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  history() {
    return Object.fromEntries(
      this.counts.map((count, i) => [`item-${i}`, Array.from({length: count}, (_, n) => String(n + 1))]),
    );
  }
}

export async function until(condition, what, milliseconds = 20_000) {
  const end = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited too long: ${what}`);
    await sleep(20);
  }
}

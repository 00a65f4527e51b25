// A consumer that rebuilds a table from its stream: every change once, in order.
import assert from 'node:assert/strict';
import {line} from './world.mjs';

export class Replica {
  constructor(caller, arn, keyNames) {
    Object.assign(this, {caller, arn, keyNames});
    this.items = new Map();
    this.events = new Set();
    this.shards = new Map(); // id -> {last: sequence number, ended}
    this.expired = 0;
  }
  // Reads all there is now, parents before children.
  async catchUp() {
    for (const shard of await this.describe()) {
      const state = this.shards.get(shard.ShardId) ?? {last: '', ended: false};
      this.shards.set(shard.ShardId, state);
      if (state.ended) continue;
      const {ShardIterator} = await this.caller.must('GetShardIterator', {
        StreamArn: this.arn,
        ShardId: shard.ShardId,
        ShardIteratorType: state.last ? 'AFTER_SEQUENCE_NUMBER' : 'TRIM_HORIZON',
        ...(state.last ? {SequenceNumber: state.last} : {}),
      }, true);
      let iterator = ShardIterator;
      for (;;) {
        const page = await this.caller.must('GetRecords', {ShardIterator: iterator}, true);
        for (const record of page.Records) this.apply(record, state);
        iterator = page.NextShardIterator;
        if (!iterator) state.ended = true;
        if (!iterator || page.Records.length === 0) break;
      }
      if (shard.SequenceNumberRange.EndingSequenceNumber) {
        assert.ok(state.ended, `shard ${shard.ShardId} is closed, and its end does not come`);
      }
    }
  }
  async describe() {
    const shards = [];
    let ExclusiveStartShardId;
    do {
      const {StreamDescription} = await this.caller.must(
        'DescribeStream', {StreamArn: this.arn, ExclusiveStartShardId}, true);
      shards.push(...StreamDescription.Shards);
      ExclusiveStartShardId = StreamDescription.LastEvaluatedShardId;
    } while (ExclusiveStartShardId);
    return shards; // ids ascend, and a child's id comes after its parent's
  }
  apply({eventID, eventName, dynamodb, userIdentity}, state) {
    assert.ok(!this.events.has(eventID), `event ${eventID} came twice`);
    this.events.add(eventID);
    assert.ok(dynamodb.SequenceNumber > state.last, `${dynamodb.SequenceNumber} came after ${state.last}`);
    state.last = dynamodb.SequenceNumber;
    const id = line(dynamodb.Keys);
    assert.equal(line(dynamodb.OldImage), line(this.items.get(id)), `the old image of ${id} is not what came before`);
    assert.equal(eventName, !dynamodb.OldImage ? 'INSERT' : !dynamodb.NewImage ? 'REMOVE' : 'MODIFY');
    if (userIdentity) ++this.expired;
    if (dynamodb.NewImage) this.items.set(id, dynamodb.NewImage);
    else this.items.delete(id);
  }
  // The table holds what its stream told.
  check(items) {
    assert.deepEqual(items.map(line).sort(), [...this.items.values()].map(line).sort());
  }
}

// The streams API: requests and their faults, identifiers, iterators, pages.
import assert from 'node:assert/strict';
import {carry, define, invalid, notFound, n, parameter, put, s, text, violates} from '../definitions.mjs';
import {ARN, SHARD, ask, events, reader, streamed} from '../streams.mjs';

const proves = carry('streams-ttl.md ');
const atLeast = (count) => `Member must have value greater than or equal to ${count}`;
const atMost = (count) => `Member must have value less than or equal to ${count}`;
const longer = (count) => `Member must have length greater than or equal to ${count}`;
const shorter = (count) => `Member must have length less than or equal to ${count}`;
const REQUIRED = 'Member must not be null';
const streamGone = notFound(`Requested resource not found: Stream: ${ARN} not found`);
const table = define('pk:S', streamed());
const note = (pk, more = {}) => put('{T}', {pk: s(pk), ...more});

const row = (operation, name, body, expect, statements, more = {}) => ({
  name: `${operation}, ${name}`,
  proves: proves(statements),
  steps: [ask(operation, body, expect)],
  ...more,
});
const iterator = (more) => ({StreamArn: ARN, ShardId: SHARD, ShardIteratorType: 'LATEST', ...more});

// A row that reads the table's stream: `make` gets a reader.
const life = (name, statements, make, {assumed, view} = {}) => ({
  name,
  proves: proves(statements),
  assumed,
  tables: {T: view ? define('pk:S', streamed(view)) : table},
  steps: make(reader()),
});
const same = (expected) => (records) => assert.deepEqual(events(records), expected);
const letters = ['a', 'b', 'c', 'd', 'e'];
const inserts = letters.map((letter) => `INSERT ${letter}`);

export default [
  // -- ListStreams

  row('ListStreams', 'Limit 0', {Limit: 0}, violates("'0' at 'limit'", atLeast(1)), '6: In: TableName', {assumed: true}),
  row('ListStreams', 'Limit 101', {Limit: 101}, violates("'101' at 'limit'", atMost(100)), [], {assumed: true}),
  row('ListStreams', 'a short name', {TableName: 'ab'}, violates("'ab' at 'tableName'", longer(3))),
  row('ListStreams', 'a long name', {TableName: text(256)}, violates(`'${text(256)}' at 'tableName'`, shorter(255))),
  row('ListStreams', 'no such table', {TableName: 'no-such-table'}, {body: {Streams: []}}),
  row('ListStreams', 'a start that is no ARN', {ExclusiveStartStreamArn: text(40)}, invalid('Invalid StreamArn'), [], {
    assumed: true,
  }),
  {
    name: 'ListStreams, by table and page by page',
    proves: proves([]),
    tables: {T: table, U: table},
    steps: (() => {
      const [one, two] = [{}, {}];
      const about = (into) => (reply) =>
        Object.assign(into, {
          StreamArn: reply.json.Table.LatestStreamArn,
          TableName: reply.json.Table.TableName,
          StreamLabel: reply.json.Table.LatestStreamLabel,
        });
      return [
        ['DescribeTable', {TableName: '{T}'}, about(one)],
        ['DescribeTable', {TableName: '{U}'}, about(two)],
        ask('ListStreams', {TableName: '{T}'}, (reply) => assert.deepEqual(reply.json, {Streams: [one]})),
        ask(
          'ListStreams',
          () => ({ExclusiveStartStreamArn: one.StreamArn, TableName: one.TableName}),
          {body: {Streams: []}},
        ),
        ask('ListStreams', {Limit: 1}, (reply) => {
          assert.deepEqual(Object.keys(reply.json), ['Streams', 'LastEvaluatedStreamArn']);
          assert.equal(reply.json.Streams.length, 1);
          assert.equal(reply.json.LastEvaluatedStreamArn, reply.json.Streams[0].StreamArn);
        }),
        ask('ListStreams', () => ({ExclusiveStartStreamArn: one.StreamArn, Limit: 100}), (reply) => {
          const arns = reply.json.Streams.map((stream) => stream.StreamArn);
          assert.ok(arns.includes(two.StreamArn) && !arns.includes(one.StreamArn), reply.text);
        }),
      ];
    })(),
  },

  // -- DescribeStream

  row('DescribeStream', 'nothing', {}, violates("null at 'streamArn'", REQUIRED), '7: In: StreamArn*'),
  row('DescribeStream', 'a short ARN', {StreamArn: text(36)}, violates(`'${text(36)}' at 'streamArn'`, longer(37))),
  row(
    'DescribeStream',
    'a long ARN',
    {StreamArn: text(1025)},
    violates(`'${text(1025)}' at 'streamArn'`, shorter(1024)),
  ),
  row('DescribeStream', 'Limit 0', {StreamArn: ARN, Limit: 0}, violates("'0' at 'limit'", atLeast(1))),
  row('DescribeStream', 'Limit 101', {StreamArn: ARN, Limit: 101}, violates("'101' at 'limit'", atMost(100))),
  row(
    'DescribeStream',
    'a short shard id',
    {StreamArn: ARN, ExclusiveStartShardId: text(27)},
    violates(`'${text(27)}' at 'exclusiveStartShardId'`, longer(28)),
  ),
  row(
    'DescribeStream',
    'a long shard id',
    {StreamArn: ARN, ExclusiveStartShardId: text(66)},
    violates(`'${text(66)}' at 'exclusiveStartShardId'`, shorter(65)),
  ),
  row(
    'DescribeStream',
    'a filter of another type',
    {StreamArn: ARN, ShardFilter: {Type: 'PARENT_SHARDS', ShardId: SHARD}},
    violates("'PARENT_SHARDS' at 'shardFilter.type'", 'Member must satisfy enum value set: [CHILD_SHARDS]'),
  ),
  row(
    'DescribeStream',
    'a filter without a shard',
    {StreamArn: ARN, ShardFilter: {Type: 'CHILD_SHARDS'}},
    parameter('ShardFilter must have both a Type and a ShardId'),
    '7: * ShardFilter returns',
    {assumed: true},
  ),
  row('DescribeStream', 'no such stream', {StreamArn: ARN}, streamGone, '7: * Unknown stream'),
  row('DescribeStream', 'no ARN', {StreamArn: text(40)}, invalid('Invalid StreamArn'), [], {assumed: true}),
  row(
    'DescribeStream',
    "a table's ARN",
    {StreamArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/no-such-table'},
    invalid('Invalid StreamArn'),
    [],
    {assumed: true},
  ),
  life(
    'DescribeStream, all of it, and its identifiers',
    [
      '2: | stream label |',
      '2: | stream ARN |',
      '2: | shard id |',
      '2: | sequence number |',
      '7: In: StreamArn*',
      '1: * X-Amz-Target prefix',
    ],
    ({find, at}) => [
      ...find,
      ask('DescribeStream', () => ({StreamArn: at.arn}), (reply) => {
        const {StreamDescription: stream} = reply.json;
        assert.match(stream.StreamLabel, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/);
        assert.equal(stream.StreamArn, `${at.table.TableArn}/stream/${stream.StreamLabel}`);
        assert.ok(Math.abs(stream.CreationRequestDateTime - Date.now() / 1000) < 60);
        const [shard, ...others] = stream.Shards;
        assert.deepEqual(others, []);
        assert.match(shard.ShardId, /^shardId-\d{20}-[0-9a-f]{8}$/);
        assert.match(shard.SequenceNumberRange.StartingSequenceNumber, /^\d{21,40}$/);
        assert.deepEqual(Object.keys(shard), ['ShardId', 'SequenceNumberRange']);
        assert.deepEqual(Object.keys(shard.SequenceNumberRange), ['StartingSequenceNumber']);
        const {CreationRequestDateTime, Shards, ...rest} = stream;
        assert.deepEqual(rest, {
          StreamArn: at.arn,
          StreamLabel: at.table.LatestStreamLabel,
          StreamStatus: 'ENABLED',
          StreamViewType: 'NEW_AND_OLD_IMAGES',
          TableName: at.table.TableName,
          KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
        });
      }),
    ],
  ),
  life('DescribeStream, after a shard', '7: * Shards sorted by shard id', ({find, at}) => [
    ...find,
    ask('DescribeStream', () => ({StreamArn: at.arn, ExclusiveStartShardId: at.shard.ShardId}), (reply) => {
      assert.deepEqual(reply.json.StreamDescription.Shards, []);
      assert.equal(reply.json.StreamDescription.LastEvaluatedShardId, undefined);
    }),
    ask(
      'DescribeStream',
      () => ({StreamArn: at.arn, ExclusiveStartShardId: 'shardId-99999999999999999999-00000000'}),
      {has: {StreamDescription: {Shards: [], StreamStatus: 'ENABLED'}}},
    ),
  ]),
  life('DescribeStream, children of a shard', '7: * ShardFilter returns', ({find, at}) => [
    ...find,
    ask(
      'DescribeStream',
      () => ({StreamArn: at.arn, ShardFilter: {Type: 'CHILD_SHARDS', ShardId: at.shard.ShardId}}),
      {has: {StreamDescription: {Shards: []}}},
    ),
  ]),

  // -- GetShardIterator

  row(
    'GetShardIterator',
    'nothing',
    {},
    {
      errors: ['streamArn', 'shardId', 'shardIteratorType'].map(
        (member) => `Value null at '${member}' failed to satisfy constraint: ${REQUIRED}`,
      ),
    },
    [],
  ),
  row(
    'GetShardIterator',
    'another type',
    iterator({ShardIteratorType: 'OLDEST'}),
    violates(
      "'OLDEST' at 'shardIteratorType'",
      'Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_SEQUENCE_NUMBER, TRIM_HORIZON]',
    ),
    '9: | bad type |',
    {assumed: true},
  ),
  row(
    'GetShardIterator',
    'a short shard id',
    iterator({ShardId: text(27)}),
    violates(`'${text(27)}' at 'shardId'`, longer(28)),
  ),
  row('GetShardIterator', 'no such stream', iterator(), streamGone, '9: | stream missing |'),
  row('GetShardIterator', 'no ARN', iterator({StreamArn: text(40)}), invalid('Invalid StreamArn'), [], {assumed: true}),
  life('GetShardIterator, no such shard', '9: | shard missing |', ({find, at}) => [
    ...find,
    ask(
      'GetShardIterator',
      () => iterator({StreamArn: at.arn}),
      notFound('Requested resource not found: Shard does not exist'),
    ),
  ]),
  ...['TRIM_HORIZON', 'LATEST'].map((ShardIteratorType) =>
    row(
      'GetShardIterator',
      `${ShardIteratorType} with a number`,
      iterator({ShardIteratorType, SequenceNumber: '1'.repeat(22)}),
      parameter('SequenceNumber should not be passed for this iterator type'),
      ['9: | given with TRIM_HORIZON, LATEST |', `9: | ${ShardIteratorType} |`],
    ),
  ),
  ...['AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER'].flatMap((ShardIteratorType) => [
    row(
      'GetShardIterator',
      `${ShardIteratorType} without a number`,
      iterator({ShardIteratorType}),
      parameter('SequenceNumber cannot be null'),
      ['9: | SequenceNumber missing where required |', `9: | ${ShardIteratorType} |`],
    ),
    ...[
      [20, longer(21)],
      [41, shorter(40)],
    ].map(([count, rule]) =>
      row(
        'GetShardIterator',
        `${ShardIteratorType} with ${count} digits`,
        iterator({ShardIteratorType, SequenceNumber: '1'.repeat(count)}),
        invalid(`1 validation error detected: Value at 'sequenceNumber' failed to satisfy constraint: ${rule}`),
        '9: | too short / long |',
      ),
    ),
  ]),
  life(
    'iterators of the four types',
    ['9: | TRIM_HORIZON |', '9: | LATEST |', '9: | AT_SEQUENCE_NUMBER |', '9: | AFTER_SEQUENCE_NUMBER |'],
    ({find, iterator: open, read, at}) => [
      ...find,
      open('TRIM_HORIZON'),
      ...letters.map((letter) => note(letter)),
      read((records) => {
        same(inserts)(records);
        at.numbers = records.map((record) => record.dynamodb.SequenceNumber);
      }),
      open('LATEST'),
      read(same([])),
      open('AT_SEQUENCE_NUMBER', () => at.numbers[2]),
      read(same(inserts.slice(2))),
      open('AFTER_SEQUENCE_NUMBER', () => at.numbers[2]),
      read(same(inserts.slice(3))),
      open('AFTER_SEQUENCE_NUMBER', () => at.numbers[4]),
      read(same([])),
      open('AT_SEQUENCE_NUMBER', () => at.shard.SequenceNumberRange.StartingSequenceNumber),
      read(same(inserts)),
    ],
  ),
  life('numbers that the shard does not have', '9: | a number no record of the shard can have |', ({find, at}) => [
    ...find,
    note('a'),
    ...['0'.repeat(20) + '1', '9'.repeat(21), '9'.repeat(22), '9'.repeat(40), text(22)].map((SequenceNumber) =>
      ask(
        'GetShardIterator',
        () => ({StreamArn: at.arn, ShardId: at.shard.ShardId, ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber}),
        invalid('Invalid SequenceNumber for the shard'),
      ),
    ),
  ]),
  life('an iterator, its form', '2: | shard iterator |', ({find, iterator: open, read, at}) => {
    const form = () => {
      assert.ok(at.iterator.length <= 2048);
      const [arn, version, opaque, ...more] = at.iterator.split('|');
      assert.deepEqual([arn, more], [at.arn, []]);
      assert.match(version, /^\d{1,3}$/);
      assert.match(opaque, /^[A-Za-z0-9+/]+=*$/);
    };
    return [...find, open('LATEST'), read(form), note('a'), read(form)];
  }),

  // -- GetRecords

  row('GetRecords', 'nothing', {}, violates("null at 'shardIterator'", REQUIRED), '10: In: ShardIterator*'),
  row('GetRecords', 'an empty iterator', {ShardIterator: ''}, violates("'' at 'shardIterator'", longer(1))),
  row(
    'GetRecords',
    'a long iterator',
    {ShardIterator: text(2049)},
    violates(`'${text(2049)}' at 'shardIterator'`, shorter(2048)),
  ),
  row('GetRecords', 'Limit 0', {ShardIterator: 'x', Limit: 0}, violates("'0' at 'limit'", atLeast(1))),
  row(
    'GetRecords',
    'Limit 1001',
    {ShardIterator: 'x', Limit: 1001},
    violates("'1001' at 'limit'", atMost(1000)),
    '10: | Limit > 1000 |',
    {assumed: true},
  ),
  ...['x', '|', '||', '|1|', `${ARN}|1|`, `${ARN}|1|AAAA`, `${ARN}|1|${'A'.repeat(40)}`, `${ARN}|2|AAAA`].map(
    (ShardIterator) =>
      row(
        'GetRecords',
        `the iterator ${ShardIterator.replace(ARN, 'ARN')}`,
        {ShardIterator},
        invalid('Invalid ShardIterator'),
        '10: | garbage iterator |',
        {assumed: true},
      ),
  ),
  life(
    'GetRecords, an iterator that was tampered with',
    '10: | garbage iterator |',
    ({find, iterator: open, at}) => [
      ...find,
      open('LATEST'),
      ...[0, 3, 8, 20, 30].map((place) =>
        ask(
          'GetRecords',
          () => {
            const start = at.iterator.lastIndexOf('|') + 1;
            const bytes = Buffer.from(at.iterator.slice(start), 'base64');
            bytes[place % bytes.length] ^= 1;
            return {ShardIterator: at.iterator.slice(0, start) + bytes.toString('base64')};
          },
          invalid('Invalid ShardIterator'),
        ),
      ),
      ask(
        'GetRecords',
        () => ({ShardIterator: at.iterator.replace('us-east-1', 'us-west-2')}),
        invalid('Invalid ShardIterator'),
      ),
    ],
    {assumed: true},
  ),
  life(
    'GetRecords, page by page',
    ['10: In: ShardIterator*', '8: * Closed shard'],
    ({find, iterator: open, read, at}) => [
      ...find,
      ...letters.map((letter) => note(letter)),
      open('TRIM_HORIZON'),
      read(same(inserts.slice(0, 2)), {Limit: 2}),
      read(same(inserts.slice(2, 3)), {Limit: 1}),
      read(same(inserts.slice(3)), {Limit: 1000}),
      read((records) => {
        assert.deepEqual(records, []);
        assert.equal(typeof at.next, 'string');
      }),
      note('f'),
      read(same(['INSERT f'])),
    ],
  ),
  life('GetRecords, a page of 1 MB', '10: In: ShardIterator*', ({find, iterator: open, read}) => [
    ...find,
    ...letters.map((letter) => note(letter, {filler: s('x'.repeat(300_000))})),
    open('TRIM_HORIZON'),
    read(same(inserts.slice(0, 3))),
    read(same(inserts.slice(3))),
  ]),
  life('GetRecords, a page of 1000', '10: In: ShardIterator*', ({find, iterator: open, read}) => [
    ...find,
    ...Array.from({length: 41}, (_, page) => [
      'BatchWriteItem',
      {
        RequestItems: {
          '{T}': Array.from({length: 25}, (__, i) => ({PutRequest: {Item: {pk: s(`${page}-${i}`), v: n(1)}}})),
        },
      },
    ]),
    open('TRIM_HORIZON'),
    read((records) => assert.equal(records.length, 1000)),
    read((records) => assert.equal(records.length, 25)),
  ]),
  life('GetRecords, an idle shard', '10: NextShardIterator of an idle', ({find, iterator: open, read, at}) => [
    ...find,
    open('TRIM_HORIZON'),
    read(() => assert.equal(typeof at.next, 'string')),
    read(() => assert.equal(typeof at.next, 'string')),
    note('a'),
    read(same(['INSERT a'])),
  ]),
];

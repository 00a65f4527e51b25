// Streams of tables: turning them on and off, and what becomes of them.
import assert from 'node:assert/strict';
import {carry, define, invalid, notFound, parameter, put, s, violates} from '../definitions.mjs';
import {ARN, ask, events, off, reader, streamed} from '../streams.mjs';

const proves = carry('streams-ttl.md ');
const plain = define('pk:S');
const NEVER = ARN.replace('no-such-table', '{T}');
const update = (members, expect) => ['UpdateTable', {TableName: '{T}', ...members}, expect];
const STREAM = ['StreamSpecification', 'LatestStreamLabel', 'LatestStreamArn'];
const shown = (description) => STREAM.filter((member) => Object.hasOwn(description, member));
const row = (name, statements, definition, steps, more = {}) => ({
  name,
  proves: proves(statements),
  tables: {T: definition},
  steps,
  ...more,
});
const create = (name, specification, expect, statements, more = {}) => ({
  name: `CreateTable, ${name}`,
  proves: proves(statements),
  op: 'CreateTable',
  body: {TableName: 'never-made', ...plain, StreamSpecification: specification},
  expect,
  ...more,
});
const closed = (shard) => Object.hasOwn(shard.SequenceNumberRange, 'EndingSequenceNumber');

export default [
  create(
    'a stream without a view type',
    {StreamEnabled: true},
    parameter('Table is being created with a stream enabled, UpdateViewType is required'),
    '3: | CreateTable StreamEnabled true',
  ),
  create(
    'a view type without a stream',
    {StreamEnabled: false, StreamViewType: 'NEW_IMAGE'},
    parameter('Table is being created with a stream disabled, UpdateViewType should not be specified'),
    '3: | CreateTable StreamEnabled false',
  ),
  create(
    'an empty specification',
    {},
    violates("null at 'streamSpecification.streamEnabled'", 'Member must not be null'),
    '3: | StreamSpecification `{}`',
  ),
  row('CreateTable, no stream', '2: TableDescription carries', {...plain, ...off}, [
    ['DescribeTable', {TableName: '{T}'}, (reply) => assert.deepEqual(shown(reply.json.Table), [])],
  ]),
  row(
    'UpdateTable, faults',
    [
      '3: | enable when enabled,',
      '3: | disable when none |',
      'control-plane.md 4.3: | stream on/off already |',
      '3: | change of view type |',
      '1: * Error `__type` prefix',
    ],
    plain,
    [
      update(off, invalid('Table has no stream to disable: TableName: {T}')),
      update(streamed()),
      update(streamed(), invalid('Table already has an enabled stream: TableName: {T}')),
      update(streamed('KEYS_ONLY'), invalid('Table already has an enabled stream: TableName: {T}')),
      update(off),
      update(off, invalid('Table has no stream to disable: TableName: {T}')),
    ],
  ),
  row('UpdateTable, a stream without a view type', ['3: | UpdateTable StreamEnabled true', 'control-plane.md 4.1: | StreamSpecification |'], plain, [
    update(
      {StreamSpecification: {StreamEnabled: true}},
      parameter('If stream is being enabled then UpdateViewType is required'),
    ),
    update(
      {StreamSpecification: {}},
      violates("null at 'streamSpecification.streamEnabled'", 'Member must not be null'),
    ),
  ]),
  row('UpdateTable, a view type without a stream', '3: | UpdateTable StreamEnabled false', {...plain, ...streamed()}, [
    update(
      {StreamSpecification: {StreamEnabled: false, StreamViewType: 'KEYS_ONLY'}},
      parameter('If stream is being disabled, then UpdateViewType must not be specified'),
    ),
  ]),
  row(
    'on, off and on again',
    [
      '2: TableDescription carries',
      '3: | UpdateTable enabling/disabling |',
      '3: | change of view type |',
      '3: Re-enabling keeps the old stream',
      '7: * Disabled stream',
      '8: * Closing on disable',
      '8: * Closed shard',
    ],
    plain,
    (() => {
      const [first, second] = [reader(), reader()];
      const arns = [];
      const answer = (members, view) => (reply) => {
        const table = reply.json.TableDescription;
        assert.equal(table.TableStatus, 'UPDATING');
        assert.deepEqual(shown(table), members);
        assert.equal(table.StreamSpecification?.StreamViewType, view);
        assert.equal(table.LatestStreamArn, `${table.TableArn}/stream/${table.LatestStreamLabel}`);
        if (view) arns.push(table.LatestStreamArn);
      };
      const active = (members) => [
        'DescribeTable',
        {TableName: '{T}'},
        (reply) => {
          assert.equal(reply.json.Table.TableStatus, 'ACTIVE');
          assert.deepEqual(shown(reply.json.Table), members);
          assert.equal(reply.json.Table.LatestStreamArn, arns.at(-1));
        },
      ];
      return [
        put('{T}', {pk: s('before')}),
        update(streamed('KEYS_ONLY'), answer(STREAM, 'KEYS_ONLY')),
        active(STREAM),
        put('{T}', {pk: s('a')}),
        update(off, answer(STREAM.slice(1))),
        active(STREAM.slice(1)),
        put('{T}', {pk: s('b')}),
        // The old stream: closed, readable to its end.
        ...first.all((records, at) => {
          assert.deepEqual(events(records), ['INSERT a']);
          assert.equal(at.stream.StreamStatus, 'DISABLED');
          assert.ok(at.stream.Shards.every(closed));
          assert.equal(at.next, undefined);
        }),
        update(streamed('NEW_IMAGE'), answer(STREAM, 'NEW_IMAGE')),
        put('{T}', {pk: s('c')}),
        ...second.all((records, at) => {
          assert.deepEqual(events(records), ['INSERT c']);
          assert.deepEqual([at.stream.StreamStatus, at.stream.StreamViewType], ['ENABLED', 'NEW_IMAGE']);
          assert.notEqual(arns[0], arns[1]);
        }),
        // Both are there.
        ask('ListStreams', {TableName: '{T}'}, (reply) =>
          assert.deepEqual(reply.json.Streams.map((stream) => stream.StreamArn), arns),
        ),
        first.iterator('TRIM_HORIZON'),
        first.read((records) => assert.deepEqual(events(records), ['INSERT a'])),
      ];
    })(),
  ),
  row(
    'DeleteTable, and its stream after it',
    ['3: | DeleteTable |', '10: | stream gone |'],
    {...plain, ...streamed()},
    (() => {
      const {at, find, iterator, read} = reader();
      return [
        put('{T}', {pk: s('a')}),
        ...find,
        iterator('TRIM_HORIZON'),
        ['DeleteTable', {TableName: '{T}'}, (reply) => assert.deepEqual(shown(reply.json.TableDescription), [])],
        read((records) => {
          assert.deepEqual(events(records), ['INSERT a']);
          assert.equal(at.next, undefined);
        }),
        ask('DescribeStream', () => ({StreamArn: at.arn}), {has: {StreamDescription: {StreamStatus: 'DISABLED'}}}),
        ask('ListStreams', {TableName: '{T}'}, (reply) => assert.equal(reply.json.Streams[0].StreamArn, at.arn)),
        // A table of that name has a stream of its own.
        ['CreateTable', {TableName: '{T}', ...plain, ...streamed()}],
        ask('ListStreams', {TableName: '{T}'}, (reply) => assert.equal(reply.json.Streams.length, 2)),
      ];
    })(),
  ),
  row(
    'a stream that a table never had',
    '10: | stream gone |',
    {...plain, ...streamed()},
    [ask('DescribeStream', {StreamArn: NEVER}, notFound(`Requested resource not found: Stream: ${NEVER} not found`))],
  ),
];

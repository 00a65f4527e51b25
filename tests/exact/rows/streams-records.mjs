// Change records: which writes make one, and what is in it.
import assert from 'node:assert/strict';
import {carry, define, n, put, s} from '../definitions.mjs';
import {events, reader, streamed} from '../streams.mjs';

const proves = carry('streams-ttl.md ');
const T = '{T}';
const key = (pk) => ({TableName: T, Key: {pk: s(pk)}});
const remove = (pk) => ['DeleteItem', key(pk)];
const change = (pk, UpdateExpression, values) => [
  'UpdateItem',
  {...key(pk), UpdateExpression, ...(values ? {ExpressionAttributeValues: values} : {})},
];
const life = (name, statements, writes, check, {view = 'NEW_AND_OLD_IMAGES', ...more} = {}) => ({
  name,
  proves: proves(statements),
  tables: {T: define('pk:S', streamed(view))},
  steps: [...writes, ...reader().all(check)],
  ...more,
});
const made = (...expected) => (records) => assert.deepEqual(events(records), expected);
const one = {pk: s('a'), v: n(1)};
const two = {pk: s('a'), v: n(2)};

const IMAGES = {
  KEYS_ONLY: [],
  NEW_IMAGE: ['NewImage'],
  OLD_IMAGE: ['OldImage'],
  NEW_AND_OLD_IMAGES: ['NewImage', 'OldImage'],
};

export default [
  life(
    'INSERT, MODIFY, REMOVE, in the order of the writes',
    ['4: * INSERT', '4: * Same-item records'],
    [
      put(T, one),
      put(T, two),
      change('a', 'SET v = :v', {':v': n(3)}),
      change('a', 'REMOVE v'),
      remove('a'),
      change('a', 'SET v = :v', {':v': n(4)}),
      change('b', 'SET v = :v', {':v': n(4)}),
    ],
    (records) => {
      made('INSERT a', 'MODIFY a', 'MODIFY a', 'MODIFY a', 'REMOVE a', 'INSERT a', 'INSERT b')(records);
      const numbers = records.map((record) => record.dynamodb.SequenceNumber);
      assert.deepEqual(numbers, numbers.toSorted());
      assert.equal(new Set(numbers).size, numbers.length);
    },
  ),
  life(
    'nothing changed, no record',
    '4: * **No record**',
    [
      put(T, one),
      put(T, one),
      put(T, {pk: s('a'), v: n('1.0')}),
      change('a', 'SET v = :v', {':v': n(1)}),
      change('a', 'REMOVE w'),
      remove('missing'),
      change('missing', 'REMOVE v'),
      put(T, two),
    ],
    made('INSERT a', 'MODIFY a'),
  ),
  life(
    'a refused write, no record',
    '4: * **No record**',
    [
      [
        'PutItem',
        {TableName: T, Item: one, ConditionExpression: 'attribute_exists(pk)'},
        {type: 'ConditionalCheckFailedException', message: 'The conditional request failed'},
      ],
    ],
    made(),
  ),
  life(
    'BatchWriteItem',
    '4: * Also from BatchWriteItem',
    [
      put(T, {pk: s('gone')}),
      [
        'BatchWriteItem',
        {
          RequestItems: {
            [T]: [
              {PutRequest: {Item: one}},
              {DeleteRequest: {Key: {pk: s('gone')}}},
              {DeleteRequest: {Key: {pk: s('never')}}},
            ],
          },
        },
      ],
    ],
    (records) => assert.deepEqual(events(records).toSorted(), ['INSERT a', 'INSERT gone', 'REMOVE gone']),
  ),
  life(
    'TransactWriteItems: one record per changed item, and none for the same request again',
    '4: * Also from BatchWriteItem',
    (() => {
      const transaction = [
        'TransactWriteItems',
        {
          ClientRequestToken: '{T}',
          TransactItems: [
            {Put: {TableName: T, Item: two}},
            {Put: {TableName: T, Item: {pk: s('same')}}},
            {Delete: {TableName: T, Key: {pk: s('gone')}}},
            {Delete: {TableName: T, Key: {pk: s('never')}}},
            {
              Update: {
                TableName: T,
                Key: {pk: s('new')},
                UpdateExpression: 'SET v = :v',
                ExpressionAttributeValues: {':v': n(1)},
              },
            },
            {ConditionCheck: {TableName: T, Key: {pk: s('checked')}, ConditionExpression: 'attribute_not_exists(pk)'}},
          ],
        },
      ];
      return [put(T, one), put(T, {pk: s('same')}), put(T, {pk: s('gone')}), transaction, transaction];
    })(),
    (records) =>
      assert.deepEqual(events(records).slice(3).toSorted(), ['INSERT new', 'MODIFY a', 'REMOVE gone']),
  ),
  ...Object.entries(IMAGES).map(([view, images]) =>
    life(
      `images, ${view}`,
      [
        '5: * Images by view type',
        '5: "dynamodb":{"ApproximateCreationDateTime"',
        '5: "SequenceNumber":"1100000000017454423010"',
      ],
      [put(T, one), put(T, two), remove('a')],
      (records) => {
        const expected = [
          {NewImage: one},
          {NewImage: two, OldImage: one},
          {OldImage: two},
        ].map((shown) => Object.fromEntries(Object.entries(shown).filter(([name]) => images.includes(name))));
        const sizes = {KEYS_ONLY: [3, 3, 3], NEW_IMAGE: [9, 9, 3], OLD_IMAGE: [3, 9, 9], NEW_AND_OLD_IMAGES: [9, 15, 9]};
        records.forEach(({dynamodb}, i) => {
          const {ApproximateCreationDateTime, SequenceNumber, SizeBytes, StreamViewType, Keys, ...rest} = dynamodb;
          assert.deepEqual(Keys, {pk: s('a')});
          assert.deepEqual(rest, expected[i]);
          assert.equal(StreamViewType, view);
          assert.equal(SizeBytes, sizes[view][i]);
        });
        assert.equal(records.length, 3);
      },
      {view},
    ),
  ),
  life(
    'SizeBytes',
    '5: * SizeBytes',
    [put(T, one), put(T, {...one, more: s('x'.repeat(100))})],
    (records) => assert.deepEqual(records.map((record) => record.dynamodb.SizeBytes), [9, 9 + 6 + 104]),
    {assumed: true},
  ),
  life(
    'the members of a record',
    [
      '5: {"eventID":"c9fbe7d0261a5163fcb6940593e41797"',
      '5: * Field-name case is mixed on purpose',
      '5: * ApproximateCreationDateTime',
      '5: * eventVersion',
      '5: * **userIdentity wire members',
      '2: | eventID |',
    ],
    [put(T, one), put(T, two)],
    (records) => {
      for (const record of records) {
        const {eventID, dynamodb, eventName, ...rest} = record;
        assert.deepEqual(rest, {eventVersion: '1.1', eventSource: 'aws:dynamodb', awsRegion: 'us-east-1'});
        assert.match(eventID, /^[0-9a-f]{32}$/);
        assert.ok(Number.isInteger(dynamodb.ApproximateCreationDateTime));
        assert.ok(Math.abs(dynamodb.ApproximateCreationDateTime - Date.now() / 1000) < 60);
        assert.match(dynamodb.SequenceNumber, /^\d{21,40}$/);
      }
      assert.equal(new Set(records.map((record) => record.eventID)).size, 2);
    },
  ),
  {
    name: 'read twice, a record is the same',
    proves: proves('2: | eventID |'),
    tables: {T: define('pk:S', streamed())},
    steps: (() => {
      const {all, iterator, read} = reader();
      let first;
      return [
        put(T, one),
        ...all((records) => (first = records)),
        iterator('TRIM_HORIZON'),
        read((records) => assert.deepEqual(records, first)),
      ];
    })(),
  },
  {
    name: 'Keys hold the sort key too',
    proves: proves('5: * Images by view type'),
    tables: {T: define('pk:S|sk:N', streamed('KEYS_ONLY'))},
    steps: [
      put(T, {pk: s('a'), sk: n(7), v: s('x')}),
      ...reader().all(([record]) => assert.deepEqual(record.dynamodb.Keys, {pk: s('a'), sk: n(7)})),
    ],
  },
];

// Pages: where they stop, what they count, what they return.
import assert from 'node:assert/strict';
import {KEYS_ONLY, define, n, put, s, text} from '../definitions.mjs';

const composite = define('pk:S|sk:S');
const section = (statement) => `query-scan.md 4: ${statement}`;
const numbers = [1, 2, 3, 4, 5];
const item = (sk, more = {}) => ({pk: s('a'), sk: s(String(sk)), n: n(sk), ...more});
const filled = numbers.map((i) => put('{T}', item(i)));
const query = (members, expect) => [
  'Query',
  {
    TableName: '{T}',
    KeyConditionExpression: 'pk = :p',
    ...members,
    ExpressionAttributeValues: {':p': s('a'), ...members.ExpressionAttributeValues},
  },
  expect,
];
const scan = (members, expect) => ['Scan', {TableName: '{T}', ...members}, expect];
const key = (sk) => ({pk: s('a'), sk: s(String(sk))});
const odd = {FilterExpression: 'n < :n', ExpressionAttributeValues: {':n': n(3)}};

// An item of exactly `size` bytes: pk 2+1, sk 2+1, f 1+rest.
const sized = (sk, size) => ({...key(sk), f: s(text(size - 7))});
const quarter = (1 << 20) / 4;
const whole = [1, 2, 3, 4].map((sk) => put('{T}', sized(sk, quarter)));

export default [
  {
    name: 'Limit counts what is read, before the filter',
    proves: [section('| Limit | counts'), section('| Count / ScannedCount')],
    tables: {T: composite},
    steps: [
      ...filled,
      query(
        {...odd, Limit: 3},
        {body: {Items: [item(1), item(2)], Count: 2, ScannedCount: 3, LastEvaluatedKey: key(3)}},
      ),
      query({...odd, Limit: 3, ExclusiveStartKey: key(3)}, {body: {Items: [], Count: 0, ScannedCount: 2}}),
      scan(
        {...odd, Limit: 3},
        {body: {Items: [item(1), item(2)], Count: 2, ScannedCount: 3, LastEvaluatedKey: key(3)}},
      ),
      query({Limit: 5}, {has: {Count: 5, ScannedCount: 5, LastEvaluatedKey: key(5)}}),
      query({Limit: 6}, {has: {Count: 5, ScannedCount: 5}, absent: ['LastEvaluatedKey']}),
      query({Limit: 1, ExclusiveStartKey: key(5)}, {body: {Items: [], Count: 0, ScannedCount: 0}}),
      scan({Limit: 5}, {has: {Count: 5, LastEvaluatedKey: key(5)}}),
      scan({Limit: 6}, {has: {Count: 5}, absent: ['LastEvaluatedKey']}),
      query(
        {Limit: 2, FilterExpression: 'n > :n', ExpressionAttributeValues: {':n': n(9)}},
        {body: {Items: [], Count: 0, ScannedCount: 2, LastEvaluatedKey: key(2)}},
      ),
    ],
  },
  {
    name: 'an empty page may have a LastEvaluatedKey, no more pages have none',
    proves: [section('| no LastEvaluatedKey')],
    tables: {T: composite},
    steps: [
      ...filled,
      scan(
        {Limit: 1, FilterExpression: 'attribute_exists(x)'},
        {body: {Items: [], Count: 0, ScannedCount: 1, LastEvaluatedKey: key(1)}},
      ),
      scan({FilterExpression: 'attribute_exists(x)'}, {body: {Items: [], Count: 0, ScannedCount: 5}}),
    ],
  },
  {
    name: 'Select COUNT answers without Items',
    proves: [section('| Select COUNT')],
    tables: {T: composite},
    steps: [
      ...filled,
      query({Select: 'COUNT', ...odd}, {body: {Count: 2, ScannedCount: 5}}),
      scan({Select: 'COUNT'}, {body: {Count: 5, ScannedCount: 5}}),
    ],
  },
  {
    name: 'backwards inside the partition',
    proves: [section('| ScanIndexForward false')],
    tables: {T: composite},
    steps: [
      ...filled,
      query(
        {ScanIndexForward: false, Limit: 2},
        {body: {Items: [item(5), item(4)], Count: 2, ScannedCount: 2, LastEvaluatedKey: key(4)}},
      ),
      query(
        {ScanIndexForward: false, ExclusiveStartKey: key(4)},
        {body: {Items: [item(3), item(2), item(1)], Count: 3, ScannedCount: 3}},
      ),
      query(
        {
          ScanIndexForward: false,
          KeyConditionExpression: 'pk = :p AND sk > :s',
          ExpressionAttributeValues: {':s': s('3')},
        },
        {body: {Items: [item(5), item(4)], Count: 2, ScannedCount: 2}},
      ),
    ],
  },
  {
    name: 'a start key need not name an item, and stands after its place',
    proves: ['query-scan.md 3: ESK / LastEvaluatedKey content'],
    tables: {T: composite},
    steps: [
      ...filled,
      query({ExclusiveStartKey: key('3x')}, {body: {Items: [item(4), item(5)], Count: 2, ScannedCount: 2}}),
      query(
        {ExclusiveStartKey: key('3x'), ScanIndexForward: false},
        {body: {Items: [item(3), item(2), item(1)], Count: 3, ScannedCount: 3}},
      ),
      query({ExclusiveStartKey: key('9')}, {body: {Items: [], Count: 0, ScannedCount: 0}}),
    ],
  },
  {
    name: 'LastEvaluatedKey of an index has the keys of table and index, each once',
    proves: ['query-scan.md 3: ESK / LastEvaluatedKey content'],
    tables: {T: define('pk:S|sk:S', {local: {Local: 'pk:S|n:N'}, global: {Global: ['sk:S|g:N', KEYS_ONLY]}})},
    steps: [
      put('{T}', item(1, {g: n(7)})),
      put('{T}', item(2, {g: n(8)})),
      query({IndexName: 'Local', Limit: 1}, {has: {LastEvaluatedKey: {...key(1), n: n(1)}}}),
      [
        'Scan',
        {TableName: '{T}', IndexName: 'Local', Limit: 1},
        {
          body: {
            Items: [item(1, {g: n(7)})],
            Count: 1,
            ScannedCount: 1,
            LastEvaluatedKey: {...key(1), n: n(1)},
          },
        },
      ],
      [
        'Query',
        {
          TableName: '{T}',
          IndexName: 'Global',
          KeyConditionExpression: 'sk = :s',
          ExpressionAttributeValues: {':s': s('2')},
          Limit: 1,
        },
        {body: {Items: [{...key(2), g: n(8)}], Count: 1, ScannedCount: 1, LastEvaluatedKey: {...key(2), g: n(8)}}},
      ],
    ],
  },
  {
    name: 'a page ends with the item that reaches 1 MiB, even if it is the last',
    proves: [section('| stop point'), section('| 1 MiB'), 'limits.md 5: | Query/Scan page'],
    tables: {T: composite},
    steps: [
      ...whole,
      query(
        {ProjectionExpression: 'sk'},
        {
          body: {
            Items: numbers.slice(0, 4).map((i) => ({sk: s(String(i))})),
            Count: 4,
            ScannedCount: 4,
            LastEvaluatedKey: key(4),
          },
        },
      ),
      scan({Select: 'COUNT'}, {body: {Count: 4, ScannedCount: 4, LastEvaluatedKey: key(4)}}),
      put('{T}', sized(4, quarter - 1)),
      query({Select: 'COUNT'}, {body: {Count: 4, ScannedCount: 4}}),
      put('{T}', sized(5, 100)),
      put('{T}', sized(6, 100)),
      query({Select: 'COUNT'}, {body: {Count: 5, ScannedCount: 5, LastEvaluatedKey: key(5)}}),
      query(
        {Select: 'COUNT', FilterExpression: 'attribute_not_exists(f)'},
        {body: {Count: 0, ScannedCount: 5, LastEvaluatedKey: key(5)}},
      ),
      query({Select: 'COUNT', ExclusiveStartKey: key(5)}, {body: {Count: 1, ScannedCount: 1}}),
    ],
  },
  {
    name: 'reading an index measures its entries',
    proves: [section('| 1 MiB')],
    tables: {T: define('pk:S|sk:S', {global: {Global: ['pk:S|g:N', KEYS_ONLY]}})},
    steps: [
      ...[1, 2, 3, 4, 5].map((sk) => put('{T}', {...sized(sk, quarter), g: n(sk)})),
      query({Select: 'COUNT'}, {body: {Count: 4, ScannedCount: 4, LastEvaluatedKey: key(4)}}),
      query({Select: 'COUNT', IndexName: 'Global'}, {body: {Count: 5, ScannedCount: 5}}),
    ],
  },
  {
    name: 'full pages of items of 1042 bytes cost 128.5 units',
    proves: [section('| stop point')],
    tables: {T: define('pk:S|sk:N')},
    steps: [
      // pk 2+1, sk 2 + a number of up to four digits, f 1+rest
      ...Array.from({length: 41}, (_, batch) => [
        'BatchWriteItem',
        {
          RequestItems: {
            '{T}': Array.from({length: 25}, (__, i) => {
              const sk = 1000 + batch * 25 + i;
              const digits = String(sk).replace(/0+$/, '').length;
              return {PutRequest: {Item: {pk: s('a'), sk: n(sk), f: s(text(1042 - 6 - 1 - Math.ceil(digits / 2)))}}};
            }),
          },
        },
        {},
      ]),
      scan({ReturnConsumedCapacity: 'TOTAL', Select: 'COUNT'}, (reply) => {
        assert.equal(reply.json.ConsumedCapacity.CapacityUnits, 128.5);
        assert.equal(reply.json.Count, Math.ceil((1 << 20) / 1042));
        assert.ok(reply.json.LastEvaluatedKey);
      }),
    ],
  },
  {
    name: 'what an index returns by default, and a local one fetches',
    proves: [section('| default Select'), section('| LSI with ALL_ATTRIBUTES')],
    tables: {T: define('pk:S|sk:S', {local: {Local: ['pk:S|n:N', KEYS_ONLY]}, global: {Global: ['g:S', KEYS_ONLY]}})},
    steps: [
      put('{T}', item(1, {g: s('g'), f: s('more')})),
      query({}, {has: {Items: [item(1, {g: s('g'), f: s('more')})]}}),
      query({ProjectionExpression: 'f'}, {has: {Items: [{f: s('more')}]}}),
      query({IndexName: 'Local'}, {has: {Items: [item(1)]}}),
      query({IndexName: 'Local'}, {body: {Items: [item(1)], Count: 1, ScannedCount: 1}}),
      query(
        {IndexName: 'Local', Select: 'ALL_PROJECTED_ATTRIBUTES'},
        {body: {Items: [item(1)], Count: 1, ScannedCount: 1}},
      ),
      query(
        {IndexName: 'Local', Select: 'ALL_ATTRIBUTES'},
        {body: {Items: [item(1, {g: s('g'), f: s('more')})], Count: 1, ScannedCount: 1}},
      ),
      query(
        {IndexName: 'Local', ProjectionExpression: 'f, sk', Select: 'SPECIFIC_ATTRIBUTES'},
        {body: {Items: [{f: s('more'), sk: s('1')}], Count: 1, ScannedCount: 1}},
      ),
      scan({IndexName: 'Global'}, {body: {Items: [{...key(1), g: s('g')}], Count: 1, ScannedCount: 1}}),
      scan(
        {IndexName: 'Global', ProjectionExpression: 'sk, g'},
        {body: {Items: [{sk: s('1'), g: s('g')}], Count: 1, ScannedCount: 1}},
      ),
      scan(
        {IndexName: 'Global', FilterExpression: 'attribute_exists(f)'},
        {body: {Items: [], Count: 0, ScannedCount: 1}},
      ),
      scan(
        {IndexName: 'Local', FilterExpression: 'f = :f', ExpressionAttributeValues: {':f': s('more')}},
        {body: {Items: [item(1)], Count: 1, ScannedCount: 1}},
      ),
    ],
  },
];

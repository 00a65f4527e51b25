// Secondary indexes: what is in them, what writes to their keys are refused, filling a new one.
import {KEYS_ONLY, b, carry, define, include, n, parameter, put, s, text} from '../definitions.mjs';

const proves = carry('query-scan.md 6: ');
const all = (index, items) => [
  'Scan',
  {TableName: '{T}', ...(index ? {IndexName: index} : {})},
  {body: {Items: items, Count: items.length, ScannedCount: items.length}},
];
const of = (index, key, value, items) => [
  'Query',
  {
    TableName: '{T}',
    IndexName: index,
    KeyConditionExpression: `${key} = :v`,
    ExpressionAttributeValues: {':v': value},
  },
  {body: {Items: items, Count: items.length, ScannedCount: items.length}},
];
const full = {pk: s('a'), sk: n(1), g: s('g'), h: n(5), x: s('x'), y: s('y')};
const pick = (item, ...names) => Object.fromEntries(names.map((name) => [name, item[name]]));
const two = define('pk:S|sk:N', {
  local: {Local: ['pk:S|h:N', include('x')]},
  global: {Keys: ['g:S|h:N', KEYS_ONLY], Some: ['g:S', include('x', 'none')], All: 'h:N'},
});
const mismatch = (attribute, expected, actual, index) =>
  parameter(`Type mismatch for Index Key ${attribute} Expected: ${expected} Actual: ${actual} IndexName: ${index}`);

export default [
  {
    name: 'each projection holds its attributes',
    proves: proves('| projection'),
    tables: {T: two},
    steps: [
      put('{T}', full),
      all('Keys', [pick(full, 'pk', 'sk', 'g', 'h')]),
      all('Some', [pick(full, 'pk', 'sk', 'g', 'x')]),
      all('All', [full]),
      all('Local', [pick(full, 'pk', 'sk', 'h', 'x')]),
    ],
  },
  {
    name: 'an item without a key attribute of the index is not in it',
    proves: proves('| sparse'),
    tables: {T: two},
    steps: [
      put('{T}', pick(full, 'pk', 'sk', 'g')),
      all('Keys', []),
      all('Some', [pick(full, 'pk', 'sk', 'g')]),
      all('All', []),
      all('Local', []),
      [
        'UpdateItem',
        {
          TableName: '{T}',
          Key: pick(full, 'pk', 'sk'),
          UpdateExpression: 'SET h = :h',
          ExpressionAttributeValues: {':h': n(5)},
        },
      ],
      all('Keys', [pick(full, 'pk', 'sk', 'g', 'h')]),
      all('Local', [pick(full, 'pk', 'sk', 'h')]),
      ['UpdateItem', {TableName: '{T}', Key: pick(full, 'pk', 'sk'), UpdateExpression: 'REMOVE g'}],
      all('Keys', []),
      all('Some', []),
      all('All', [pick(full, 'pk', 'sk', 'h')]),
      ['DeleteItem', {TableName: '{T}', Key: pick(full, 'pk', 'sk')}],
      all('All', []),
      all('Local', []),
    ],
  },
  {
    name: 'many items share one index key, in the order of its sort key',
    proves: proves('| GSI duplicates'),
    tables: {T: two},
    steps: [
      ...[3, 1, 2].map((i) => put('{T}', {pk: s('a'), sk: n(i), g: s('same'), h: n(7)})),
      put('{T}', {pk: s('a'), sk: n(9), g: s('same'), h: n(6)}),
      [
        'Query',
        {
          TableName: '{T}',
          IndexName: 'Keys',
          KeyConditionExpression: 'g = :v AND h = :h',
          ExpressionAttributeValues: {':v': s('same'), ':h': n(7)},
          Select: 'COUNT',
        },
        {body: {Count: 3, ScannedCount: 3}},
      ],
      [
        'Query',
        {
          TableName: '{T}',
          IndexName: 'Keys',
          KeyConditionExpression: 'g = :v',
          ExpressionAttributeValues: {':v': s('same')},
          Limit: 1,
        },
        {has: {Items: [{h: n(6), sk: n(9)}]}},
      ],
    ],
  },
  ...[
    ['a number', n(1), 'N'],
    ['NULL', {NULL: true}, 'NULL'],
    ['a truth value', {BOOL: true}, 'BOOL'],
    ['binary', b('a'), 'B'],
    ['a set', {SS: ['a']}, 'SS'],
    ['a list', {L: []}, 'L'],
    ['a map', {M: {}}, 'M'],
  ].map(([name, value, type]) => ({
    name: `${name} for an index key of type S`,
    proves: proves('| write with wrong type for an index key'),
    tables: {T: define('pk:S', {global: {Index: 'g:S'}})},
    steps: [
      ['PutItem', {TableName: '{T}', Item: {pk: s('a'), g: value}}, mismatch('g', 'S', type, 'Index')],
      [
        'BatchWriteItem',
        {RequestItems: {'{T}': [{PutRequest: {Item: {pk: s('a'), g: value}}}]}},
        mismatch('g', 'S', type, 'Index'),
      ],
      all('', []),
    ],
  })),
  {
    name: 'a local index refuses a wrong type too',
    proves: proves('| write with wrong type for an index key'),
    tables: {T: two},
    steps: [
      ['PutItem', {TableName: '{T}', Item: {pk: s('a'), sk: n(1), h: s('no number')}}, mismatch('h', 'N', 'S', 'All')],
    ],
  },
  {
    name: 'an index made later passes over what does not fit',
    proves: proves('| GSI backfill on UpdateTable'),
    tables: {T: define('pk:S')},
    steps: [
      put('{T}', {pk: s('good'), g: s('g')}),
      put('{T}', {pk: s('number'), g: n(1)}),
      put('{T}', {pk: s('null'), g: {NULL: true}}),
      put('{T}', {pk: s('empty'), g: s('')}),
      put('{T}', {pk: s('long'), g: s(text(2049))}),
      put('{T}', {pk: s('none')}),
      [
        'UpdateTable',
        {
          TableName: '{T}',
          AttributeDefinitions: [{AttributeName: 'g', AttributeType: 'S'}],
          GlobalSecondaryIndexUpdates: [
            {
              Create: {
                IndexName: 'Late',
                KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}],
                Projection: {ProjectionType: 'ALL'},
              },
            },
          ],
        },
      ],
      [
        'DescribeTable',
        {TableName: '{T}'},
        {has: {Table: {GlobalSecondaryIndexes: [{IndexStatus: 'ACTIVE', ItemCount: 1}]}}},
      ],
      all('Late', [{pk: s('good'), g: s('g')}]),
    ],
  },
  {
    name: 'local and global indexes answer at once',
    proves: proves('| consistency'),
    tables: {T: two},
    steps: [
      put('{T}', full),
      [
        'Query',
        {
          TableName: '{T}',
          IndexName: 'Local',
          KeyConditionExpression: 'pk = :v',
          ExpressionAttributeValues: {':v': s('a')},
          ConsistentRead: true,
          Select: 'COUNT',
        },
        {body: {Count: 1, ScannedCount: 1}},
      ],
      of('All', 'h', n(5), [full]),
    ],
  },
];

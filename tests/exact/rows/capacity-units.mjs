// Consumed capacity: units of the table, of its indexes, and how they are reported.
import {KEYS_ONLY, carry, define, include, n, put, s, text} from '../definitions.mjs';

const proves = carry('capacity.md 1: ');
const TOTAL = {ReturnConsumedCapacity: 'TOTAL'};
const INDEXES = {ReturnConsumedCapacity: 'INDEXES'};
const total = (units) => ({has: {ConsumedCapacity: {TableName: '{T}', CapacityUnits: units}}});
// An item whose size is `size`: pk 2+1, f 1+rest.
const sized = (pk, size) => ({pk: s(pk), f: s(text(size - 4))});
const putSized = (size, units, pk = 'a') => [
  'PutItem',
  {TableName: '{T}', Item: sized(pk, size), ...TOTAL},
  total(units),
];
const del = (pk, units) => ['DeleteItem', {TableName: '{T}', Key: {pk: s(pk)}, ...TOTAL}, total(units)];
const get = (pk, units, more = {}) => [
  'GetItem',
  {TableName: '{T}', Key: {pk: s(pk)}, ...TOTAL, ...more},
  total(units),
];
const strong = {ConsistentRead: true};
const hash = {T: define('pk:S')};
const batchGet = (keys, units, more = {}) => [
  'BatchGetItem',
  {RequestItems: {'{T}': {Keys: keys.map((pk) => ({pk: s(pk)})), ...more}}, ...TOTAL},
  {has: {ConsumedCapacity: [{TableName: '{T}', CapacityUnits: units}]}},
];

// Two indexes of each kind to follow arms.
const indexed = {
  T: define('pk:S|sk:S', {
    local: {Local: ['pk:S|l:S', include('x')]},
    global: {Keys: ['g:S', KEYS_ONLY], All: 'h:S'},
  }),
};
const key = {pk: s('a'), sk: s('a')};
// Arms of a write: {Local: 1, All: 2}; the table's own units first.
function arms(table, given) {
  const map = (names) =>
    Object.fromEntries(names.filter((name) => given[name]).map((name) => [name, {CapacityUnits: given[name]}]));
  const local = map(['Local']);
  const global = map(['Keys', 'All']);
  const sum = table + Object.values(given).reduce((a, c) => a + c, 0);
  return {
    body: {
      ConsumedCapacity: {
        TableName: '{T}',
        CapacityUnits: sum,
        Table: {CapacityUnits: table},
        ...(Object.keys(local).length ? {LocalSecondaryIndexes: local} : {}),
        ...(Object.keys(global).length ? {GlobalSecondaryIndexes: global} : {}),
      },
    },
  };
}
const write = (item, table, given) => [
  'PutItem',
  {TableName: '{T}', Item: {...key, ...item}, ...INDEXES},
  arms(table, given),
];
const index = (name, statement, ...steps) => ({
  name: `index units, ${name}`,
  proves: proves(`capacity.md 2: ${statement}`),
  tables: indexed,
  steps,
});

export default [
  {
    name: 'a write costs the larger of the item before and after',
    proves: proves('| write (put, update, delete)'),
    tables: hash,
    steps: [
      putSized(1024, 1),
      putSized(1025, 2),
      putSized(10, 2),
      putSized(10, 1),
      putSized(4096, 4),
      del('a', 4),
      del('a', 1),
      [
        'UpdateItem',
        {
          TableName: '{T}',
          Key: {pk: s('a')},
          UpdateExpression: 'SET f = :f',
          ExpressionAttributeValues: {':f': s(text(3000))},
          ...TOTAL,
        },
        total(3),
      ],
      ['UpdateItem', {TableName: '{T}', Key: {pk: s('a')}, UpdateExpression: 'REMOVE f', ...TOTAL}, total(3)],
      [
        'UpdateItem',
        {
          TableName: '{T}',
          Key: {pk: s('a')},
          UpdateExpression: 'SET q = :q',
          ExpressionAttributeValues: {':q': n(1)},
          ...TOTAL,
        },
        total(1),
      ],
    ],
  },
  {
    name: 'a failed condition reports nothing',
    proves: proves('| failed condition'),
    tables: hash,
    steps: [
      putSized(3000, 3),
      [
        'PutItem',
        {TableName: '{T}', Item: {pk: s('a')}, ConditionExpression: 'attribute_not_exists(pk)', ...TOTAL},
        {type: 'ConditionalCheckFailedException', message: 'The conditional request failed'},
      ],
    ],
  },
  {
    name: 'GetItem',
    proves: proves('| GetItem |'),
    tables: hash,
    steps: [
      putSized(4096, 4),
      putSized(4097, 5, 'b'),
      get('a', 0.5),
      get('a', 1, strong),
      get('b', 1),
      get('b', 2, strong),
      get('b', 1, {ProjectionExpression: 'pk'}),
      get('none', 0.5),
      get('none', 1, strong),
    ],
  },
  {
    name: 'BatchGetItem rounds each key alone',
    proves: proves('| BatchGetItem |'),
    tables: hash,
    steps: [
      putSized(4097, 5, 'b'),
      putSized(10, 1),
      batchGet(['a', 'b', 'none'], 2),
      batchGet(['a', 'b', 'none'], 4, {ConsistentRead: true}),
    ],
  },
  {
    name: 'Query and Scan round once for the page',
    proves: proves('| Query, Scan |'),
    tables: {T: define('pk:S|sk:S')},
    steps: [
      ...[1, 2, 3, 4, 5].map((i) => put('{T}', {pk: s('a'), sk: s(`${i}`), f: s(text(1000 - 7))})),
      ...[
        ['Scan', {}],
        ['Query', {KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: {':p': s('a')}}],
      ].flatMap(([op, members]) => [
        [op, {TableName: '{T}', ...members, ...TOTAL}, total(1)],
        [op, {TableName: '{T}', ...members, ...TOTAL, ...strong}, total(2)],
        [op, {TableName: '{T}', ...members, ...TOTAL, ...strong, Limit: 4}, total(1)],
        [op, {TableName: '{T}', ...members, ...TOTAL, ...strong, ProjectionExpression: 'sk'}, total(2)],
        [op, {TableName: '{T}', ...members, ...TOTAL, ...strong, FilterExpression: 'attribute_exists(nix)'}, total(2)],
        [op, {TableName: '{T}', ...members, ...TOTAL, ...strong, Select: 'COUNT'}, total(2)],
      ]),
    ],
  },
  {
    name: 'an empty page costs one unit',
    proves: proves('| Query, Scan |'),
    assumed: true,
    tables: hash,
    steps: [
      ['Scan', {TableName: '{T}', ...TOTAL}, total(0.5)],
      ['Scan', {TableName: '{T}', ...TOTAL, ...strong}, total(1)],
      [
        'Query',
        {TableName: '{T}', KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: {':p': s('a')}, ...TOTAL},
        total(0.5),
      ],
      [
        'Query',
        {
          TableName: '{T}',
          KeyConditionExpression: 'pk = :p',
          ExpressionAttributeValues: {':p': s('a')},
          ...TOTAL,
          ...strong,
        },
        total(1),
      ],
    ],
  },

  index('none while the item is in no index', '| absent | absent', write({}, 1, {}), write({x: s('x')}, 1, {})),
  index(
    'an entry appears',
    'Entry = projected item',
    write({}, 1, {}),
    write({g: s('g'), l: s('l'), x: s(text(2000)), f: s(text(1000))}, 3, {Local: 2, Keys: 1}),
  ),
  index(
    'an entry appears, again',
    '| absent | present',
    write({}, 1, {}),
    write({g: s('g'), l: s('l'), x: s(text(2000)), f: s(text(1000))}, 3, {Local: 2, Keys: 1}),
  ),
  index(
    'an entry goes',
    '| present | absent',
    write({g: s('g'), l: s('l'), h: s('h'), x: s(text(2000))}, 2, {Local: 2, Keys: 1, All: 2}),
    ['DeleteItem', {TableName: '{T}', Key: key, ...INDEXES}, arms(2, {Local: 2, Keys: 1, All: 2})],
  ),
  index(
    'an entry stays as it is',
    '| same index key, identical',
    write({g: s('g'), h: s('h'), set: {SS: ['a', 'b']}}, 1, {Keys: 1, All: 1}),
    write({g: s('g'), h: s('h'), set: {SS: ['b', 'a']}}, 1, {}),
    write({g: s('g'), h: s('h'), f: s('f')}, 1, {All: 1}),
  ),
  index(
    'an entry changes outside its key',
    '| same index key, differs',
    write({h: s('h'), x: s(text(2000))}, 2, {All: 2}),
    write({h: s('h')}, 2, {All: 2}),
    write({h: s('h'), x: s('x')}, 1, {All: 1}),
  ),
  index(
    'an entry moves',
    '| index key changed',
    write({h: s('h'), x: s(text(2000))}, 2, {All: 2}),
    write({h: s('other')}, 2, {All: 3}),
  ),
  index(
    'a local entry moves',
    '| index key changed',
    write({l: s('l')}, 1, {Local: 1}),
    write({l: s('m')}, 1, {Local: 2}),
  ),
  index('UpdateItem', 'Same for LSI and GSI', write({l: s('l'), g: s('g')}, 1, {Local: 1, Keys: 1}), [
    'UpdateItem',
    {TableName: '{T}', Key: key, UpdateExpression: 'SET x = :x', ExpressionAttributeValues: {':x': s('x')}, ...INDEXES},
    arms(1, {Local: 1}),
  ]),

  {
    name: 'reading an index costs its entries',
    proves: proves('capacity.md 3: | Query/Scan of a GSI or LSI'),
    tables: indexed,
    steps: [
      put('{T}', {...key, g: s('g'), l: s('l'), f: s(text(9000))}),
      [
        'Scan',
        {TableName: '{T}', IndexName: 'Keys', ...INDEXES},
        {
          has: {
            ConsumedCapacity: {
              TableName: '{T}',
              CapacityUnits: 0.5,
              Table: {CapacityUnits: 0},
              GlobalSecondaryIndexes: {Keys: {CapacityUnits: 0.5}},
            },
          },
        },
      ],
      [
        'Query',
        {
          TableName: '{T}',
          IndexName: 'Local',
          KeyConditionExpression: 'pk = :p',
          ExpressionAttributeValues: {':p': s('a')},
          ...INDEXES,
          ...strong,
        },
        {
          has: {
            ConsumedCapacity: {
              TableName: '{T}',
              CapacityUnits: 1,
              Table: {CapacityUnits: 0},
              LocalSecondaryIndexes: {Local: {CapacityUnits: 1}},
            },
          },
        },
      ],
      ['Scan', {TableName: '{T}', IndexName: 'Keys', ...TOTAL}, {has: {ConsumedCapacity: {CapacityUnits: 0.5}}}],
    ],
  },
  {
    name: 'a local index that fetches costs each item of the table as well',
    proves: proves('capacity.md 3: | LSI read that needs the base item'),
    tables: indexed,
    steps: [
      put('{T}', {...key, l: s('l'), f: s(text(3000))}),
      put('{T}', {...key, sk: s('b'), l: s('l'), f: s(text(5000))}),
      ...[
        [{Select: 'ALL_ATTRIBUTES'}, 2, 1.5, 0.5],
        [{Select: 'ALL_ATTRIBUTES', ...strong}, 4, 3, 1],
        [{ProjectionExpression: 'f'}, 2, 1.5, 0.5],
        [{ProjectionExpression: 'x'}, 0.5, 0, 0.5],
      ].map(([members, sum, table, local]) => [
        'Query',
        {
          TableName: '{T}',
          IndexName: 'Local',
          KeyConditionExpression: 'pk = :p',
          ExpressionAttributeValues: {':p': s('a')},
          ...INDEXES,
          ...members,
        },
        {
          has: {
            ConsumedCapacity: {
              CapacityUnits: sum,
              Table: {CapacityUnits: table},
              LocalSecondaryIndexes: {Local: {CapacityUnits: local}},
            },
          },
        },
      ]),
    ],
  },

  {
    name: 'TOTAL has the sum only, NONE nothing',
    proves: proves('capacity.md 4: | TOTAL |'),
    tables: indexed,
    steps: [
      [
        'PutItem',
        {TableName: '{T}', Item: {...key, g: s('g')}, ...TOTAL},
        {body: {ConsumedCapacity: {TableName: '{T}', CapacityUnits: 2}}},
      ],
      ['PutItem', {TableName: '{T}', Item: key, ReturnConsumedCapacity: 'NONE'}, {body: {}}],
      ['PutItem', {TableName: '{T}', Item: key}, {body: {}}],
      [
        'GetItem',
        {TableName: '{T}', Key: key, ...TOTAL},
        {body: {Item: key, ConsumedCapacity: {TableName: '{T}', CapacityUnits: 0.5}}},
      ],
    ],
  },
  {
    name: 'INDEXES parts table and indexes',
    proves: proves(['capacity.md 4: | INDEXES |', 'capacity.md 4: - Transactional operations add']),
    tables: indexed,
    steps: [
      write({g: s('g'), h: s('h'), l: s('l')}, 1, {Local: 1, Keys: 1, All: 1}),
      write({g: s('g'), h: s('h'), l: s('l')}, 1, {}),
      [
        'GetItem',
        {TableName: '{T}', Key: {...key, sk: s('none')}, ...INDEXES},
        {body: {ConsumedCapacity: {TableName: '{T}', CapacityUnits: 0.5, Table: {CapacityUnits: 0.5}}}},
      ],
    ],
  },
  {
    name: 'batches report a list, one entry per table',
    proves: proves([
      'capacity.md 4: - BatchGetItem, BatchWriteItem',
      'capacity.md 4: - UnprocessedItems/Keys are not counted',
    ]),
    tables: {T: define('pk:S'), U: define('pk:S', {global: {Keys: ['g:S', KEYS_ONLY]}})},
    steps: [
      [
        'BatchWriteItem',
        {
          RequestItems: {
            '{T}': [{PutRequest: {Item: sized('a', 1500)}}, {DeleteRequest: {Key: {pk: s('b')}}}],
            '{U}': [{PutRequest: {Item: {pk: s('a'), g: s('g')}}}],
          },
          ...INDEXES,
        },
        {
          body: {
            UnprocessedItems: {},
            ConsumedCapacity: [
              {TableName: '{T}', CapacityUnits: 3, Table: {CapacityUnits: 3}},
              {
                TableName: '{U}',
                CapacityUnits: 2,
                Table: {CapacityUnits: 1},
                GlobalSecondaryIndexes: {Keys: {CapacityUnits: 1}},
              },
            ],
          },
        },
      ],
      [
        'BatchGetItem',
        {
          RequestItems: {'{T}': {Keys: [{pk: s('a')}]}, '{U}': {Keys: [{pk: s('a')}], ConsistentRead: true}},
          ...INDEXES,
        },
        {
          has: {
            ConsumedCapacity: [
              {TableName: '{T}', CapacityUnits: 0.5, Table: {CapacityUnits: 0.5}},
              {TableName: '{U}', CapacityUnits: 1, Table: {CapacityUnits: 1}},
            ],
          },
        },
      ],
      [
        'BatchGetItem',
        {RequestItems: {'{T}': {Keys: [{pk: s('a')}]}}, ...TOTAL},
        {
          body: {
            Responses: {'{T}': [sized('a', 1500)]},
            UnprocessedKeys: {},
            ConsumedCapacity: [{TableName: '{T}', CapacityUnits: 0.5}],
          },
        },
      ],
      [
        'BatchWriteItem',
        {RequestItems: {'{T}': [{DeleteRequest: {Key: {pk: s('b')}}}]}},
        {body: {UnprocessedItems: {}}},
      ],
    ],
  },
  {
    name: 'TableName as the request has it',
    proves: proves('capacity.md 4: - TableName: as the request named it'),
    assumed: true,
    tables: hash,
    steps: [
      [
        'GetItem',
        {TableName: 'arn:aws:dynamodb:us-east-1:000000000000:table/{T}', Key: {pk: s('a')}, ...TOTAL},
        {
          body: {
            ConsumedCapacity: {TableName: 'arn:aws:dynamodb:us-east-1:000000000000:table/{T}', CapacityUnits: 0.5},
          },
        },
      ],
    ],
  },
];

// Global indexes with up to four HASH and four RANGE attributes.
import {KEYS_ONLY, b, carry, define, invalid, n, parameter, put, s} from '../definitions.mjs';

const proves = carry('new-features.md 2: ');
const definition = define('pk:S|sk:S', {global: {Index: 'a:S b:N|c:S d:N e:B'}});
const tables = {T: definition};
const keyed = (pk, a, bb, c, d, e, more = {}) => ({
  pk: s(pk),
  sk: s('k'),
  a: s(a),
  b: n(bb),
  c: s(c),
  d: n(d),
  e: b([e]),
  ...more,
});
const items = [
  keyed('1', 'x', 1, 'p', 10, 2),
  keyed('2', 'x', 1, 'p', 9, 200),
  keyed('3', 'x', 1, 'p', 9, 3),
  keyed('4', 'x', 1, 'o', 99, 0),
  keyed('5', 'x', 1, 'q', -1, 0),
  keyed('6', 'x', 2, 'p', 1, 1),
  keyed('7', 'x1', 1, 'p', 1, 1),
];
const sorted = [4, 3, 2, 1, 5].map((pk) => items[pk - 1]);
const values = {':a': s('x'), ':b': n(1), ':c': s('p'), ':d': n(9), ':e': b([3]), ':f': b([200])};
const query = (text, expect, more = {}) => [
  'Query',
  {
    TableName: '{T}',
    IndexName: 'Index',
    KeyConditionExpression: text,
    ExpressionAttributeValues: Object.fromEntries(Object.entries(values).filter(([name]) => text.includes(name))),
    ...more,
  },
  expect,
];
const finds = (list) => ({body: {Items: list, Count: list.length, ScannedCount: list.length}});
const filled = items.map((item) => put('{T}', item));
const MISSED = (name) => invalid(`Query condition missed key schema element: ${name}`);
const EQUALITIES = (names) =>
  invalid(`HASH key attributes ${names} must have equality conditions specified in the query`);
const TOO_MANY = (count, most) =>
  invalid(
    `The number of query conditions (${count}) exceeds the number of key attributes defined in the schema (${most})`,
  );
const GAP = (skipped, present) =>
  invalid(
    `RANGE key attributes ${skipped} must have equality conditions specified in the query because a condition is present on ` +
      `key attribute ${present}`,
  );
const refused = (name, text, expect, ...statements) => ({
  name: `Query, ${name}`,
  proves: proves(statements),
  tables,
  steps: [query(text, expect)],
});
const element = (AttributeName, KeyType) => ({AttributeName, KeyType});
const schema = (
  hash,
  range,
  order = [...hash.map((name) => element(name, 'HASH')), ...range.map((name) => element(name, 'RANGE'))],
) => ({
  ...define(`pk:S|sk:S`),
  AttributeDefinitions: ['pk', 'sk', ...new Set(order.map((one) => one.AttributeName))].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  })),
  GlobalSecondaryIndexes: [{IndexName: 'Index', KeySchema: order, Projection: {ProjectionType: 'ALL'}}],
});
const create = (name, body, expect, ...statements) => ({
  name: `CreateTable, ${name}`,
  proves: proves(statements),
  op: 'CreateTable',
  body: {TableName: 'Multi', ...body},
  expect,
});
const names = (letter, count) => Array.from({length: count}, (_, i) => `${letter}${i}`);

export default [
  {
    name: 'conditions from the left, the last with any operator',
    proves: proves(['new-features.md 1: | 2025-11', '| scope', '| types', '| sort order', '| Query |']),
    tables,
    steps: [
      ...filled,
      query('a = :a AND b = :b', finds(sorted)),
      query('a = :a AND b = :b', finds(sorted.toReversed()), {ScanIndexForward: false}),
      query('a = :a AND b = :b AND c = :c', finds([3, 2, 1].map((i) => items[i - 1]))),
      query('a = :a AND b = :b AND c > :c', finds([items[4]])),
      query('a = :a AND b = :b AND begins_with(c, :c)', finds([3, 2, 1].map((i) => items[i - 1]))),
      query('a = :a AND b = :b AND c = :c AND d = :d', finds([items[2], items[1]])),
      query('a = :a AND b = :b AND c = :c AND d > :d', finds([items[0]])),
      query('a = :a AND b = :b AND c = :c AND d <= :d', finds([items[2], items[1]])),
      query('a = :a AND b = :b AND c = :c AND d = :d AND e = :f', finds([items[1]])),
      query('a = :a AND b = :b AND c = :c AND d = :d AND e BETWEEN :e AND :f', finds([items[2], items[1]])),
      query('a = :a AND b = :b AND c = :c AND d = :d AND begins_with(e, :e)', finds([items[2]])),
    ],
  },
  {
    name: 'the written order does not matter',
    proves: proves('| Query |'),
    assumed: true,
    tables,
    steps: [...filled, query('d = :d AND c = :c AND b = :b AND a = :a', finds([items[2], items[1]]))],
  },
  {
    name: 'the tuple of hash values is the partition, its values are not joined',
    proves: proves('| hashing'),
    tables: {T: define('pk:S', {global: {Index: 'a:S b:S'}})},
    steps: [
      put('{T}', {pk: s('1'), a: s('ab'), b: s('c')}),
      put('{T}', {pk: s('2'), a: s('a'), b: s('bc')}),
      query('a = :a AND b = :b', finds([{pk: s('2'), a: s('a'), b: s('bc')}]), {
        ExpressionAttributeValues: {':a': s('a'), ':b': s('bc')},
      }),
    ],
  },
  {
    name: 'an item without any of the attributes is not in the index; a wrong type is refused',
    proves: proves('| index content'),
    tables,
    steps: [
      ...['a', 'b', 'c', 'd', 'e'].map((name) => {
        const item = keyed(name, 'x', 1, 'p', 1, 1);
        delete item[name];
        return put('{T}', item);
      }),
      ['Scan', {TableName: '{T}', IndexName: 'Index'}, finds([])],
      [
        'PutItem',
        {TableName: '{T}', Item: {...items[0], d: s('text')}},
        parameter('Type mismatch for Index Key d Expected: N Actual: S IndexName: Index'),
      ],
      [
        'PutItem',
        {TableName: '{T}', Item: {...items[0], c: s('')}},
        invalid(
          'One or more parameter values are not valid. A value specified for a secondary index key is not supported. The ' +
            'AttributeValue for a key attribute cannot contain an empty string value. IndexName: Index, IndexKey: c',
        ),
      ],
    ],
  },
  {
    name: 'pages carry every index key and the table key',
    proves: proves('| LastEvaluatedKey / ExclusiveStartKey'),
    assumed: true,
    tables,
    steps: [
      ...filled,
      query(
        'a = :a AND b = :b',
        {body: {Items: sorted.slice(0, 2), Count: 2, ScannedCount: 2, LastEvaluatedKey: items[2]}},
        {Limit: 2},
      ),
      query('a = :a AND b = :b', finds(sorted.slice(2)), {ExclusiveStartKey: items[2]}),
      query('a = :a AND b = :b', finds([items[3]]), {ExclusiveStartKey: items[2], ScanIndexForward: false}),
    ],
  },
  {
    name: 'KEYS_ONLY projects every index and table key',
    proves: proves('| Projection KEYS_ONLY'),
    tables: {T: define('pk:S|sk:S', {global: {Index: ['a:S b:N|c:S d:N', KEYS_ONLY]}})},
    steps: [
      put('{T}', keyed('1', 'x', 1, 'p', 1, 1, {more: s('more')})),
      [
        'Scan',
        {TableName: '{T}', IndexName: 'Index'},
        finds([{pk: s('1'), sk: s('k'), a: s('x'), b: n(1), c: s('p'), d: n(1)}]),
      ],
    ],
  },
  {
    name: 'legacy KeyConditions',
    proves: proves('| legacy KeyConditions'),
    tables,
    steps: [
      ...filled,
      [
        'Query',
        {
          TableName: '{T}',
          IndexName: 'Index',
          KeyConditions: {
            a: {ComparisonOperator: 'EQ', AttributeValueList: [s('x')]},
            b: {ComparisonOperator: 'EQ', AttributeValueList: [n(1)]},
            c: {ComparisonOperator: 'EQ', AttributeValueList: [s('p')]},
            d: {ComparisonOperator: 'LT', AttributeValueList: [n(10)]},
          },
        },
        finds([items[2], items[1]]),
      ],
    ],
  },
  {
    name: 'described as given, made by UpdateTable too',
    proves: proves(['| create |', '| Describe |', '| size |']),
    tables: {T: define('pk:S|sk:S')},
    steps: [
      ...filled,
      [
        'UpdateTable',
        {
          TableName: '{T}',
          AttributeDefinitions: definition.AttributeDefinitions,
          GlobalSecondaryIndexUpdates: [{Create: definition.GlobalSecondaryIndexes[0]}],
        },
      ],
      [
        'DescribeTable',
        {TableName: '{T}'},
        {
          has: {
            Table: {
              GlobalSecondaryIndexes: [
                {KeySchema: definition.GlobalSecondaryIndexes[0].KeySchema, IndexStatus: 'ACTIVE'},
              ],
            },
          },
        },
      ],
      query('a = :a AND b = :b', finds(sorted)),
    ],
  },
  {
    name: 'a filter may not name a key',
    proves: proves('| key attributes in FilterExpression'),
    tables,
    steps: ['b', 'e'].map((name) =>
      query(
        `a = :a AND b = :b`,
        invalid(`Filter Expression can only contain non-primary key attributes: Primary key attribute: ${name}`),
        {FilterExpression: `${name} = :b`},
      ),
    ),
  },

  refused('a HASH attribute missing', 'a = :a', EQUALITIES('b'), '| Query: HASH attributes without `=`'),
  refused('only RANGE attributes', 'c = :c', EQUALITIES('a, b')),
  refused('a HASH attribute and another attribute', 'b = :b AND z = :d', EQUALITIES('a')),
  refused('HASH attribute with <', 'a = :a AND b < :b', EQUALITIES('b')),
  refused(
    'a gap in the RANGE attributes',
    'a = :a AND b = :b AND d = :d',
    GAP('c', 'd'),
    '| Query: gap, or a non-`=` before the last',
  ),
  refused('a gap further on', 'a = :a AND b = :b AND c = :c AND e = :e', GAP('d', 'e')),
  {
    ...refused(
      'inequality before the last',
      'a = :a AND b = :b AND c > :c AND d = :d',
      GAP('c', 'd'),
      '| Query: gap, or a non-`=` before the last',
    ),
    assumed: true,
  },
  refused('another attribute', 'a = :a AND b = :b AND z = :d', MISSED('c'), '| Query: condition on a non-key attribute'),
  refused('another attribute beside some', 'a = :a AND b = :b AND c = :c AND z = :d', MISSED('d')),
  refused('another attribute beside all', 'a = :a AND b = :b AND c = :c AND d = :d AND e = :e AND z = :d', TOO_MANY(6, 5), '| Query: more conditions than key attributes'),
  {
    name: 'Query, an empty string for a key value',
    proves: proves('| empty string for a key value'),
    tables,
    steps: [
      query(
        'a = :a AND b = :b',
        invalid(
          'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: a',
        ),
        {ExpressionAttributeValues: {':a': s(''), ':b': n(1)}},
      ),
    ],
  },

  create(
    'first not HASH',
    schema([], [], [element('a', 'RANGE'), element('b', 'HASH')]),
    invalid('Invalid KeySchema: The first KeySchemaElement is not a HASH key type'),
    '| first not HASH',
  ),
  ...[
    [element('a', 'HASH'), element('b', 'RANGE'), element('c', 'HASH')],
    [element('a', 'HASH'), element('b', 'HASH'), element('c', 'RANGE'), element('d', 'HASH')],
    [element('a', 'HASH'), ...names('b', 5).map((name) => element(name, 'RANGE')), element('c', 'HASH')],
  ].map((elements) =>
    create(
      `HASH after RANGE among ${elements.length}`,
      schema([], [], elements),
      parameter('All HASH key attributes must precede RANGE key attributes in the KeySchema'),
      '| HASH after RANGE',
      '| KeySchema order',
    ),
  ),
  ...[
    ['HASH', names('a', 5), []],
    ['RANGE', ['a'], names('b', 5)],
  ].map(([role, hash, range]) =>
    create(
      `five ${role}`,
      schema(hash, range),
      parameter(`The KeySchema exceeds the maximum allowed number of ${role} key attributes`),
      '| > 4 HASH / > 4 RANGE',
    ),
  ),
  ...[
    ['two HASH', [element('a', 'HASH'), element('a', 'HASH')]],
    ['HASH and a later RANGE', [element('a', 'HASH'), element('b', 'HASH'), element('a', 'RANGE')]],
    ['two RANGE', [element('a', 'HASH'), element('b', 'RANGE'), element('b', 'RANGE')]],
  ].map(([name, elements]) =>
    create(
      `one attribute twice, ${name}`,
      schema([], [], elements),
      invalid('The KeySchema contains multiple key attributes with the same name'),
      '| one attribute twice |',
    ),
  ),
  create(
    'one attribute twice, a HASH and a RANGE',
    schema([], [], [element('a', 'HASH'), element('a', 'RANGE')]),
    invalid('Both the Hash Key and the Range Key element in the KeySchema have the same name'),
    '| one attribute twice |',
  ),
  create(
    'four and four',
    {...schema(names('a', 4), names('b', 4)), TableName: 'MultiFour'},
    {has: {TableDescription: {TableStatus: 'CREATING'}}},
    '| size |',
  ),
  create(
    'three on a table',
    {
      AttributeDefinitions: ['a', 'b', 'c'].map((AttributeName) => ({AttributeName, AttributeType: 'S'})),
      KeySchema: [element('a', 'HASH'), element('b', 'HASH'), element('c', 'RANGE')],
      BillingMode: 'PAY_PER_REQUEST',
    },
    invalid(
      "1 validation error detected: Value '[KeySchemaElement(attributeName=a, keyType=HASH), KeySchemaElement(attributeName=b, keyType=HASH), " +
        "KeySchemaElement(attributeName=c, keyType=RANGE)]' at 'keySchema' failed to satisfy constraint: Member must have length less than or equal to 2",
    ),
    '| scope |',
  ),
];

// Conditions of the parameters from before expressions: Expected, QueryFilter, ScanFilter, KeyConditions, and what else
// belongs to them.
import {b, carry, define, invalid, n, parameter, put, s} from '../definitions.mjs';

const proves = carry('query-scan.md 7: ');
const absent = {TableName: 'AbsentTable'};
const condition = (op, ...values) =>
  values.length ? {ComparisonOperator: op, AttributeValueList: values} : {ComparisonOperator: op};
// As PutItem, UpdateItem and DeleteItem say it.
const enveloped = (error) => ({...error, message: `1 validation error detected: ${error.message}`});
const COUNT = (op) => parameter(`Invalid number of argument(s) for the ${op} ComparisonOperator`);
const SAME_TYPE = parameter('AttributeValues inside AttributeValueList must be of same type');
const TYPE = (op, type) => parameter(`ComparisonOperator ${op} is not valid for ${type} AttributeValue type`);
const BOUNDS = invalid(
  'The BETWEEN condition was provided a range where the lower bound is greater than the upper bound',
);
const FAILED = {type: 'ConditionalCheckFailedException', message: 'The conditional request failed'};

// One condition in each of the four places it can stand in.
const places = {
  ScanFilter: (given) => ['Scan', {...absent, ScanFilter: {a: given}}],
  QueryFilter: (given) => ['Query', {...absent, KeyConditions: {pk: condition('EQ', s('a'))}, QueryFilter: {a: given}}],
  KeyConditions: (given) => ['Query', {...absent, KeyConditions: {a: given}}],
  Expected: (given) => ['PutItem', {...absent, Item: {pk: s('a')}, Expected: {a: given}}],
};
const everywhere = (name, given, expect, statements) => ({
  name: `condition, ${name}`,
  proves: proves(statements),
  steps: Object.entries(places).map(([where, place]) => [
    ...place(given),
    where === 'Expected' ? enveloped(expect) : expect,
  ]),
});
const somewhere = (list, name, given, expect, statements) => ({
  ...everywhere(name, given, expect, statements),
  steps: list.map((place) => [...places[place](given), expect]),
});
const filters = ['ScanFilter', 'QueryFilter', 'KeyConditions'];

const samples = {
  S: s('a'),
  N: n(1),
  B: b('a'),
  SS: {SS: ['a']},
  NS: {NS: ['1']},
  BS: {BS: ['YQ==']},
  L: {L: []},
  M: {M: {}},
  BOOL: {BOOL: true},
  NULL: {NULL: true},
};
const scalars = ['S', 'N', 'B'];
const others = Object.keys(samples).filter((type) => !scalars.includes(type));
const expected = (name, given, text, statements) => ({
  name: `Expected, ${name}`,
  proves: proves(statements),
  steps: [
    ['PutItem', {...absent, Item: {pk: s('a')}, Expected: {a: given}}, enveloped(parameter(text))],
    [
      'UpdateItem',
      {...absent, Key: {pk: s('a')}, AttributeUpdates: {x: {Value: n(1)}}, Expected: {a: given}},
      enveloped(parameter(text)),
    ],
    ['DeleteItem', {...absent, Key: {pk: s('a')}, Expected: {a: given}}, enveloped(parameter(text))],
  ],
});

const stored = {
  pk: s('a'),
  s: s('hello'),
  n: n(5),
  b: b([1, 2]),
  ss: {SS: ['x', 'y']},
  l: {L: [s('x'), n(1)]},
  t: {BOOL: true},
};
const meets = (attribute, given, yes) => [
  'Scan',
  {TableName: '{T}', ScanFilter: {[attribute]: given}, Select: 'COUNT'},
  {body: {Count: yes ? 1 : 0, ScannedCount: 1}},
];
const key = {TableName: '{T}', Key: {pk: s('a')}};
const update = (AttributeUpdates, expect) => [
  'UpdateItem',
  {...key, AttributeUpdates, ReturnValues: 'ALL_NEW'},
  expect,
];

export default [
  everywhere(
    'a bad value before the number of values',
    condition('EQ', n('x'), n(1)),
    invalid('The parameter cannot be converted to a numeric value: x'),
    'Condition rules for QueryFilter',
  ),
  ...['EQ', 'NE', 'LT', 'LE', 'GT', 'GE', 'BEGINS_WITH', 'CONTAINS', 'NOT_CONTAINS'].flatMap((op) => [
    everywhere(`${op} with two values`, condition(op, s('a'), n(1)), COUNT(op), 'Condition rules for QueryFilter'),
    somewhere(filters, `${op} without values`, condition(op), COUNT(op)),
  ]),
  everywhere('BETWEEN with one value', condition('BETWEEN', s('a')), COUNT('BETWEEN')),
  everywhere('BETWEEN with three values', condition('BETWEEN', s('a'), s('b'), s('c')), COUNT('BETWEEN')),
  somewhere(filters, 'IN without values', condition('IN'), COUNT('IN')),
  everywhere('NULL with a value', condition('NULL', s('a')), COUNT('NULL')),
  everywhere('NOT_NULL with a value', condition('NOT_NULL', s('a')), COUNT('NOT_NULL')),
  everywhere('BETWEEN with two types', condition('BETWEEN', s('b'), n(1)), SAME_TYPE),
  everywhere('BETWEEN with an unfit type before two types', condition('BETWEEN', s('b'), {BOOL: true}), TYPE('BETWEEN', 'BOOL')),
  everywhere('IN with an unfit type before two types', condition('IN', s('b'), {L: []}), TYPE('IN', 'L')),
  everywhere('IN with two types', condition('IN', s('b'), n(1)), SAME_TYPE),
  everywhere('BETWEEN with its bounds turned round', condition('BETWEEN', s('b'), s('a')), BOUNDS),
  everywhere('BETWEEN with its bounds turned round, numbers', condition('BETWEEN', n(10), n(9)), BOUNDS),
  ...['LT', 'LE', 'GT', 'GE'].flatMap((op) =>
    others.map((type) =>
      everywhere(`${op} with ${type}`, condition(op, samples[type]), TYPE(op, type), '| LT LE GT GE'),
    ),
  ),
  ...others.map((type) =>
    everywhere(
      `BETWEEN with ${type}`,
      condition('BETWEEN', samples[type], samples[type]),
      TYPE('BETWEEN', type),
      '| BETWEEN | 2',
    ),
  ),
  ...others.map((type) =>
    everywhere(`IN with ${type}`, condition('IN', samples[type]), TYPE('IN', type), '| IN | >= 1'),
  ),
  ...Object.keys(samples)
    .filter((type) => !['S', 'B'].includes(type))
    .map((type) =>
      everywhere(
        `BEGINS_WITH with ${type}`,
        condition('BEGINS_WITH', samples[type]),
        TYPE('BEGINS_WITH', type),
        '| BEGINS_WITH |',
      ),
    ),
  ...['CONTAINS', 'NOT_CONTAINS'].flatMap((op) =>
    others.map((type) =>
      everywhere(`${op} with ${type}`, condition(op, samples[type]), TYPE(op, type), '| CONTAINS, NOT_CONTAINS'),
    ),
  ),
  {
    name: 'EQ and NE with every type',
    proves: proves('| EQ, NE |'),
    tables: {T: define('pk:S')},
    steps: [
      put('{T}', {
        pk: s('a'),
        ...Object.fromEntries(Object.entries(samples).map(([type, value]) => [`v${type}`, value])),
      }),
      ...Object.entries(samples).flatMap(([type, value]) => [
        meets(`v${type}`, condition('EQ', value), true),
        meets(`v${type}`, condition('NE', value), false),
        meets('none', condition('NE', value), true),
        meets('none', condition('EQ', value), false),
      ]),
    ],
  },
  {
    name: 'what each operator finds',
    proves: proves(['Filter semantics', '| NULL, NOT_NULL']),
    tables: {T: define('pk:S')},
    steps: [
      put('{T}', stored),
      meets('n', condition('EQ', n('5.0')), true),
      meets('n', condition('EQ', s('5')), false),
      meets('n', condition('NE', s('5')), true),
      meets('n', condition('LT', n(6)), true),
      meets('n', condition('LE', n(5)), true),
      meets('n', condition('GT', n(5)), false),
      meets('n', condition('GE', n(5)), true),
      meets('n', condition('BETWEEN', n(5), n(9)), true),
      meets('n', condition('IN', n(1), n(5)), true),
      meets('none', condition('IN', n(1)), false),
      meets('s', condition('BEGINS_WITH', s('he')), true),
      meets('b', condition('BEGINS_WITH', b([1])), true),
      meets('s', condition('CONTAINS', s('ell')), true),
      meets('ss', condition('CONTAINS', s('x')), true),
      meets('ss', condition('CONTAINS', s('z')), false),
      meets('l', condition('CONTAINS', n(1)), true),
      meets('ss', condition('NOT_CONTAINS', s('z')), true),
      meets('ss', condition('NOT_CONTAINS', s('x')), false),
      meets('s', condition('NULL'), false),
      meets('s', condition('NOT_NULL'), true),
      meets('none', condition('NULL'), true),
      meets('none', condition('NOT_NULL'), false),
      meets('s', condition('GT', n(1)), false),
      meets('none', condition('LT', n(1)), false),
    ],
  },

  expected(
    'Value and AttributeValueList',
    {Value: s('a'), AttributeValueList: [s('a')]},
    'Value and AttributeValueList cannot be used together for Attribute: a',
    '| Value and AttributeValueList',
  ),
  expected(
    'ComparisonOperator and Exists',
    {ComparisonOperator: 'EQ', Exists: true},
    'Exists and ComparisonOperator cannot be used together for Attribute: a',
    '| ComparisonOperator and Exists',
  ),
  ...['EQ', 'NE', 'LT', 'IN', 'BETWEEN', 'CONTAINS'].map((op) =>
    expected(
      `${op} without values`,
      {ComparisonOperator: op},
      `Value or AttributeValueList must be used with ComparisonOperator: ${op} for Attribute: a`,
      '| operator other than NULL/NOT_NULL',
    ),
  ),
  expected(
    'number of values',
    {ComparisonOperator: 'EQ', AttributeValueList: [s('a'), s('b')]},
    'Invalid number of argument(s) for the EQ ComparisonOperator',
    '| count / type / BETWEEN',
  ),
  expected(
    'Value where two are needed',
    {ComparisonOperator: 'BETWEEN', Value: s('a')},
    'Invalid number of argument(s) for the BETWEEN ComparisonOperator',
  ),
  expected(
    'values without an operator',
    {AttributeValueList: [s('a')]},
    'AttributeValueList can only be used with a ComparisonOperator for Attribute: a',
    '| AttributeValueList without operator',
  ),
  expected(
    'Exists true without a Value',
    {Exists: true},
    'Value must be provided when Exists is true for Attribute: a',
    '| Exists true or absent',
  ),
  expected('nothing', {}, 'Value must be provided when Exists is null for Attribute: a'),
  expected(
    'Exists false with a Value',
    {Exists: false, Value: s('a')},
    'Value cannot be used when Exists is false for Attribute: a',
    '| Exists false with Value',
  ),
  {
    name: 'ConditionalOperator joins, AND by default',
    proves: proves('ConditionalOperator AND (default)'),
    tables: {T: define('pk:S')},
    steps: [
      put('{T}', stored),
      ...[
        ['OR', 1],
        ['AND', 0],
        [undefined, 0],
      ].flatMap(([ConditionalOperator, Count]) => {
        const filter = {s: condition('EQ', s('hello')), n: condition('EQ', n(6))};
        return [
          ['Scan', {TableName: '{T}', ScanFilter: filter, ConditionalOperator, Select: 'COUNT'}, {has: {Count}}],
          [
            'Query',
            {
              TableName: '{T}',
              KeyConditions: {pk: condition('EQ', s('a'))},
              QueryFilter: filter,
              ConditionalOperator,
              Select: 'COUNT',
            },
            {has: {Count}},
          ],
          ['UpdateItem', {...key, Expected: filter, ConditionalOperator}, Count ? {} : FAILED],
        ];
      }),
    ],
  },
  {
    name: 'what is absent contains nothing, and is not said not to contain it',
    proves: proves('Filter semantics'),
    tables: {T: define('pk:S')},
    steps: [
      put('{T}', stored),
      meets('none', condition('NOT_CONTAINS', s('x')), false),
      meets('none', condition('CONTAINS', s('x')), false),
      meets('n', condition('NOT_CONTAINS', s('x')), true),
      [
        'Query',
        {
          TableName: '{T}',
          KeyConditions: {pk: condition('EQ', s('a'))},
          QueryFilter: {none: condition('NOT_CONTAINS', s('x'))},
          Select: 'COUNT',
        },
        {body: {Count: 0, ScannedCount: 1}},
      ],
      [
        'Scan',
        {
          TableName: '{T}',
          ScanFilter: {none: condition('NOT_CONTAINS', s('x')), n: condition('EQ', n(5))},
          ConditionalOperator: 'OR',
          Select: 'COUNT',
        },
        {body: {Count: 1, ScannedCount: 1}},
      ],
      ['UpdateItem', {...key, Expected: {none: condition('NOT_CONTAINS', s('x'))}}, FAILED],
      ['UpdateItem', {...key, Expected: {n: condition('NOT_CONTAINS', s('x'))}}],
      [
        'Scan',
        {
          TableName: '{T}',
          FilterExpression: 'NOT contains(nothing, :v)',
          ExpressionAttributeValues: {':v': s('x')},
          Select: 'COUNT',
        },
        {body: {Count: 1, ScannedCount: 1}},
      ],
    ],
  },
  {
    name: 'attribute names that no expression could write',
    proves: proves('Filter semantics'),
    tables: {T: define('pk:S')},
    steps: [
      put('{T}', {pk: s('a'), 'a-b': n(1), 'c.d': n(2), 'größe': n(3)}),
      meets('a-b', condition('EQ', n(1)), true),
      meets('c.d', condition('EQ', n(2)), true),
      meets('größe', condition('GT', n(2)), true),
    ],
  },
  {
    name: 'AttributeUpdates',
    proves: proves('AttributeUpdates: default Action PUT'),
    tables: {T: define('pk:S')},
    steps: [
      put('{T}', stored),
      update({s: {Value: s('new')}}, {has: {Attributes: {s: s('new')}}}),
      update({n: {Action: 'ADD', Value: n('-1.5')}}, {has: {Attributes: {n: n('3.5')}}}),
      update({ss: {Action: 'ADD', Value: {SS: ['z', 'x']}}}, {has: {Attributes: {ss: {SS: ['x', 'y', 'z']}}}}),
      update({l: {Action: 'ADD', Value: {L: [n(2)]}}}, {has: {Attributes: {l: {L: [s('x'), n(1), n(2)]}}}}),
      update({fresh: {Action: 'ADD', Value: n(1)}}, {has: {Attributes: {fresh: n(1)}}}),
      update({ss: {Action: 'DELETE', Value: {SS: ['y', 'q']}}}, {has: {Attributes: {ss: {SS: ['x', 'z']}}}}),
      update({s: {Action: 'ADD', Value: n(1)}}, invalid('Type mismatch for attribute to update')),
      update({ss: {Action: 'DELETE', Value: {NS: ['1']}}}, invalid('Type mismatch for attribute to update')),
      update(
        {
          s: {Action: 'DELETE'},
          l: {Action: 'DELETE'},
          b: {Action: 'DELETE'},
          t: {Action: 'DELETE'},
          fresh: {Action: 'DELETE'},
          n: {Action: 'DELETE'},
        },
        {body: {Attributes: {pk: s('a'), ss: {SS: ['x', 'z']}}}},
      ),
    ],
  },
  {
    name: 'AttributesToGet',
    proves: proves('AttributesToGet: top-level names'),
    tables: {T: define('pk:S')},
    steps: [
      put('{T}', {pk: s('a'), 'm.x': s('dot'), m: {M: {x: s('nested')}}}),
      ['GetItem', {...key, AttributesToGet: ['m.x']}, {body: {Item: {'m.x': s('dot')}}}],
      ['GetItem', {...key, AttributesToGet: ['none']}, {body: {Item: {}}}],
      ['Scan', {TableName: '{T}', AttributesToGet: ['none']}, {body: {Items: [{}], Count: 1, ScannedCount: 1}}],
      ['GetItem', {...key, AttributesToGet: ['m', 'm']}, parameter('Duplicate value in attribute name: m')],
      ['GetItem', {...key, AttributesToGet: ['m', '', 'm']}, invalid('Empty attribute name')],
      ['Scan', {...absent, AttributesToGet: ['']}, invalid('Empty attribute name')],
      [
        'Query',
        {...absent, KeyConditions: {pk: condition('EQ', s('a'))}, AttributesToGet: ['']},
        invalid('Empty attribute name'),
      ],
      [
        'BatchGetItem',
        {RequestItems: {'{T}': {Keys: [{pk: s('a')}], AttributesToGet: ['']}}},
        invalid('Empty attribute name'),
      ],
      [
        'Scan',
        () => ({...absent, AttributesToGet: ['x'.repeat(65536)]}),
        invalid('Attribute name is too large, must be less than 65536 bytes'),
      ],
    ],
  },
];

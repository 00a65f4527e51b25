// Query: what is wrong with a request before any table is looked at, and in which order it is said.
import {carry, invalid, n, parameter, s, violates} from '../definitions.mjs';

const absent = {TableName: 'AbsentTable'};
const key = {KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: {':p': s('a')}};
const condition = (op, ...values) => ({ComparisonOperator: op, AttributeValueList: values});
const legacyKey = {KeyConditions: {pk: condition('EQ', s('a'))}};
const badFilter = {QueryFilter: {f: condition('EQ', s('a'), s('b'))}};
const twice = {AttributesToGet: ['f', 'f']};
const badStart = {ExclusiveStartKey: {pk: {}}};

const MIXED = (legacy, expressions) =>
  invalid(
    'Can not use both expression and non-expression parameters in the same request: ' +
      `Non-expression parameters: {${legacy}} Expression parameters: {${expressions}}`,
  );
const COUNT = parameter('Invalid number of argument(s) for the EQ ComparisonOperator');
const TWICE = parameter('Duplicate value in attribute name: f');
const START = invalid(
  'The provided starting key is invalid: Supplied AttributeValue is empty, must contain exactly one of the supported ' +
    'datatypes',
);
const NO_KEY = invalid(
  'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
);
const LENGTH = invalid('Conditions can be of length 1 or 2 only');
const EMPTY = (what) => invalid(`Invalid ${what}Expression: The expression can not be empty;`);
const UNUSED = invalid('Value provided in ExpressionAttributeNames unused in expressions: keys: {#u}');
const unused = {ExpressionAttributeNames: {'#u': 'u'}};

const older = (row) => ({...row, name: `${row.name}, older`, validation: 'older'});
const PARAMETER = 'One or more parameter values were invalid: ';
const ENVELOPE = '1 validation error detected: ';

const proves = carry('query-scan.md 1: ');
const order = (number) => `query-scan.md 1: | ${number} | `;
const query = (name, members, expect, ...statements) => ({
  name: `Query, ${name}`,
  proves: proves(statements),
  op: 'Query',
  body: {...absent, ...members},
  expect,
});

export default [
  query(
    'expression and filter map',
    {...key, ...badFilter},
    MIXED('QueryFilter', 'KeyConditionExpression'),
    order(2) + 'mixing',
  ),
  query(
    'all kinds of parameters at once',
    {
      ...key,
      ...legacyKey,
      ...badFilter,
      AttributesToGet: ['a'],
      ConditionalOperator: 'AND',
      FilterExpression: 'a = :p',
      ProjectionExpression: 'a',
    },
    MIXED(
      'AttributesToGet, QueryFilter, ConditionalOperator, KeyConditions',
      'ProjectionExpression, FilterExpression, KeyConditionExpression',
    ),
  ),
  query(
    'names without an expression',
    {...legacyKey, ...badFilter, ...unused},
    invalid('ExpressionAttributeNames can only be specified when using expressions'),
  ),
  query(
    'values without an expression',
    {...legacyKey, ...badFilter, ExpressionAttributeValues: {':p': s('a')}},
    invalid(
      'ExpressionAttributeValues can only be specified when using expressions: FilterExpression and ' +
        'KeyConditionExpression are null',
    ),
  ),
  query('filter map before a name twice', {...legacyKey, ...badFilter, ...twice}, COUNT, order(4) + 'QueryFilter'),
  query('a name twice before the start key', {...legacyKey, ...twice, ...badStart}, TWICE, order(5)),
  query('start key before no key condition', {...badStart}, START, order(6)),
  query('no key condition before expressions', {FilterExpression: ''}, NO_KEY, order(7)),
  query('no key condition at all', {}, NO_KEY),
  query(
    'key condition before filter',
    {...key, KeyConditionExpression: '', FilterExpression: ''},
    EMPTY('KeyCondition'),
  ),
  query('filter before projection', {...key, FilterExpression: '', ProjectionExpression: ''}, EMPTY('Filter')),
  query('projection before unused names', {...key, ...unused, ProjectionExpression: ''}, EMPTY('Projection'), order(8)),
  query(
    'unused names before the structure of a condition map',
    {
      KeyConditions: {pk: condition('EQ')},
      ...unused,
      FilterExpression: 'attribute_exists(f)',
    },
    UNUSED,
    order(8),
  ),
  query('key condition map with a wrong number of values', {KeyConditions: {pk: condition('EQ')}}, COUNT),
  query(
    'key condition map with an unfit type',
    {KeyConditions: {pk: condition('BEGINS_WITH', n(1))}},
    parameter('ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type'),
  ),
  query('no condition in the map', {KeyConditions: {}}, LENGTH, order(9)),
  older(query(
    'three conditions in the map',
    {
      KeyConditions: {pk: condition('EQ', s('a')), sk: condition('EQ', s('a')), x: condition('EQ', s('a'))},
    },
    LENGTH,
    'query-scan.md 2: | more conditions than',
  )),

  query(
    'Limit 0',
    {...key, Limit: 0},
    invalid(
      "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ),
    'query-scan.md 1: Limit 0',
  ),
  query(
    'SPECIFIC_ATTRIBUTES without a projection',
    {...key, Select: 'SPECIFIC_ATTRIBUTES'},
    invalid(
      '1 validation error detected: Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    ),
    'query-scan.md 1: SPECIFIC_ATTRIBUTES without projection',
  ),
  ...['ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES'].map((Select) =>
    query(
      `projection with ${Select}`,
      {...key, Select, ProjectionExpression: 'f'},
      invalid(`${ENVELOPE}Cannot specify the ProjectionExpression when choosing to get ${Select}`),
    ),
  ),
  query(
    'projection with COUNT',
    {...key, Select: 'COUNT', ProjectionExpression: 'f'},
    invalid(`${ENVELOPE}Cannot specify the ProjectionExpression when choosing to get only the Count`),
  ),
  query(
    'AttributesToGet with COUNT',
    {...legacyKey, Select: 'COUNT', AttributesToGet: ['f']},
    invalid(`${ENVELOPE}Cannot specify the AttributesToGet when choosing to get only the Count`),
  ),
  query(
    'AttributesToGet with ALL_ATTRIBUTES',
    {...legacyKey, Select: 'ALL_ATTRIBUTES', AttributesToGet: ['f']},
    invalid(`${ENVELOPE}Cannot specify the AttributesToGet when choosing to get ALL_ATTRIBUTES`),
  ),
  query(
    'ALL_PROJECTED_ATTRIBUTES without an index',
    {...key, Select: 'ALL_PROJECTED_ATTRIBUTES'},
    invalid(ENVELOPE + 'ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName'),
  ),
  query(
    'an unknown Select',
    {...key, Select: 'SOME'},
    violates(
      "'SOME' at 'select'",
      'Member must satisfy enum value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]',
    ),
    'validation.md 1: | select |',
  ),
  query(
    'an index name of two characters',
    {...key, IndexName: 'ab'},
    violates("'ab' at 'indexName'", 'Member must have length greater than or equal to 3'),
    'limits.md 5: | table, index name',
  ),

  // Values of the start key. Those that name their own trouble stand alone.
  ...[
    ['no number', {N: 'x'}, 'The parameter cannot be converted to a numeric value: x'],
    ['39 digits', {N: '1'.repeat(39)}, 'Attempting to store more than 38 significant digits in a Number'],
    [
      'overflow',
      {N: '1e126'},
      'Number overflow. Attempting to store a number with magnitude larger than supported range',
    ],
    [
      'underflow',
      {N: '1e-131'},
      'Number underflow. Attempting to store a number with magnitude smaller than supported range',
    ],
    ['numbers twice', {NS: ['1', '1.0']}, PARAMETER + 'Input collection contains duplicates.'],
    [
      'strings twice',
      {SS: ['a', 'a']},
      PARAMETER + 'Input collection ["a", "a"] contains duplicates.',
    ],
    ['an empty number set', {NS: []}, 'One or more parameter values were invalid: An number set  may not be empty'],
    [
      'an empty string set',
      {SS: []},
      'One or more parameter values were invalid: An string set  may not be empty',
    ],
    [
      'an empty binary set',
      {BS: []},
      'One or more parameter values were invalid: Binary sets should not be empty',
    ],
    [
      'NULL false',
      {NULL: false},
      'One or more parameter values were invalid: Null attribute value types must have the value of true',
    ],
    [
      'two types',
      {S: 'a', N: '1'},
      'The provided starting key is invalid: Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    ],
  ].flatMap(([name, value, message]) => [
    query(
      `start key with ${name}`,
      {...key, ExclusiveStartKey: {pk: value}},
      invalid(message),
      'query-scan.md 3: ESK values (both operations',
    ),
    {
      name: `Scan, start key with ${name}`,
      proves: proves(),
      op: 'Scan',
      body: {...absent, ExclusiveStartKey: {pk: value}},
      expect: invalid(message),
    },
  ]),
];

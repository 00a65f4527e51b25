// Scan: checks of the request alone, then against the table, in their order.
import {KEYS_ONLY, carry, define, invalid, n, notFound, parameter, s} from '../definitions.mjs';

const tables = {
  T: define('pk:S|sk:S', {local: {Local: 'pk:S|l:N'}, global: {Global: ['g:S|h:N', KEYS_ONLY]}}),
};
const condition = (op, ...values) => ({ComparisonOperator: op, AttributeValueList: values});
const twice = {AttributesToGet: ['f', 'f']};
const badFilter = {ScanFilter: {f: condition('EQ')}};
const badStart = {ExclusiveStartKey: {pk: {}}};
const loneSegment = {Segment: 0};
const unused = {ExpressionAttributeNames: {'#u': 'u'}};
const COUNT = parameter('Invalid number of argument(s) for the EQ ComparisonOperator');
const EMPTY = (what) => invalid(`Invalid ${what}Expression: The expression can not be empty;`);
const LONE_SEGMENT = invalid(
  'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
);
const ENVELOPE = '1 validation error detected: ';
const SELECT = (projection, what) => invalid(`${ENVELOPE}Cannot specify the ${projection} when choosing to get ${what}`);
const MIXED = invalid(
  'Can not use both expression and non-expression parameters in the same request: ' +
    'Non-expression parameters: {AttributesToGet} Expression parameters: {FilterExpression}',
);
const newer = (member, rule) =>
  invalid(`${ENVELOPE}Value at '${member}' failed to satisfy constraint: Member must have value ${rule}`);
const START = 'The provided starting key is invalid';
const SCHEMA = 'The provided key element does not match the schema';
const NOTHING = {body: {Items: [], Count: 0, ScannedCount: 0}};

const proves = carry('query-scan.md 1: ');
const early = (name, members, expect, ...statements) => ({
  name: `Scan, ${name}`,
  proves: proves(statements),
  op: 'Scan',
  body: {TableName: 'AbsentTable', ...members},
  expect,
});
const late = (name, members, expect, ...statements) => ({
  ...early(name, members, expect, ...statements.map((one) => (/^\d\. /.test(one) ? `query-scan.md 3: ${one}` : one))),
  tables,
  body: {TableName: '{T}', ...members},
});
const order = 'query-scan.md 3: 1. Index unknown';

export default [
  early(
    'expression and filter map',
    {ProjectionExpression: 'f', ...badFilter, ...twice},
    invalid(
      'Can not use both expression and non-expression parameters in the same request: ' +
        'Non-expression parameters: {AttributesToGet, ScanFilter} Expression parameters: {ProjectionExpression}',
    ),
    '| 2 | ',
  ),
  early(
    'names without an expression',
    {...badFilter, ...unused},
    invalid('ExpressionAttributeNames can only be specified when using expressions'),
  ),
  early(
    'values without a filter',
    {ProjectionExpression: 'f', ExpressionAttributeValues: {':v': s('a')}},
    invalid('ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null'),
  ),
  early(
    'a name twice before the filter map',
    {...twice, ...badFilter},
    parameter('Duplicate value in attribute name: f'),
    '| 4 | ',
  ),
  early('filter map before the start key', {...badFilter, ...badStart}, COUNT, '| 5 | '),
  early(
    'start key before segments',
    {...badStart, ...loneSegment},
    invalid(`${START}: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes`),
    '| 6 | ',
  ),
  early('segments before everything but Select', {...loneSegment, ...twice, FilterExpression: ''}, MIXED, '| 2 | '),
  early('segments before a name twice', {...loneSegment, ...twice}, LONE_SEGMENT, '| 3 | '),
  early('Select before segments', {...loneSegment, Select: 'COUNT', ...twice}, SELECT('AttributesToGet', 'only the Count')),
  early('filter before projection', {FilterExpression: '', ProjectionExpression: ''}, EMPTY('Filter')),
  early('projection before unused names', {ProjectionExpression: '', ...unused}, EMPTY('Projection'), '| 8 | '),
  early(
    'unused names before the table',
    {ProjectionExpression: 'a', ...unused},
    invalid('Value provided in ExpressionAttributeNames unused in expressions: keys: {#u}'),
  ),
  early(
    'unused values before the table',
    {FilterExpression: 'a = :v', ExpressionAttributeValues: {':v': s('a'), ':w': s('a')}},
    invalid('Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}'),
  ),
  early('no such table', {}, notFound()),

  early(
    'Limit 0',
    {Limit: 0},
    newer('Limit', 'greater than or equal to 1'),
    'Limit 0: `1 validation',
  ),
  early('Limit below 0', {Limit: -1}, newer('Limit', 'greater than or equal to 1')),
  early(
    'SPECIFIC_ATTRIBUTES without a projection',
    {Select: 'SPECIFIC_ATTRIBUTES'},
    invalid(ENVELOPE + 'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES'),
    'SPECIFIC_ATTRIBUTES without projection',
  ),
  early(
    'projection with COUNT',
    {Select: 'COUNT', ProjectionExpression: 'f'},
    SELECT('ProjectionExpression', 'only the Count'),
  ),
  early(
    'AttributesToGet with ALL_ATTRIBUTES',
    {Select: 'ALL_ATTRIBUTES', AttributesToGet: ['f']},
    SELECT('AttributesToGet', 'ALL_ATTRIBUTES'),
  ),
  early(
    'ALL_PROJECTED_ATTRIBUTES without an index',
    {Select: 'ALL_PROJECTED_ATTRIBUTES'},
    invalid(ENVELOPE + 'ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName'),
  ),
  early('Segment alone', loneSegment, LONE_SEGMENT, 'Segments (PS), bare'),
  early(
    'TotalSegments alone',
    {TotalSegments: 1},
    invalid(
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    ),
  ),
  early(
    'Segment not below TotalSegments',
    {Segment: 4, TotalSegments: 4},
    invalid(
      'The Segment parameter is zero-based and must be less than parameter TotalSegments',
    ),
  ),
  early(
    'Segment below 0',
    {Segment: -1, TotalSegments: 4},
    newer('Segment', 'greater than or equal to 0'),
  ),
  early(
    'Segment too large',
    {Segment: 1000000, TotalSegments: 1000000},
    newer('Segment', 'less than or equal to 999999'),
  ),
  early(
    'TotalSegments 0',
    {Segment: 0, TotalSegments: 0},
    newer('TotalSegments', 'greater than or equal to 1'),
  ),
  early(
    'TotalSegments too large',
    {Segment: 0, TotalSegments: 1000001},
    newer('TotalSegments', 'less than or equal to 1000000'),
  ),
  late(
    'the largest segments',
    {Segment: 999999, TotalSegments: 1000000},
    NOTHING,
    'limits.md 5: | `Segment` / `TotalSegments`',
  ),

  late('index unknown', {IndexName: 'Nothing'}, invalid('The table does not have the specified index: Nothing'), order),
  late(
    'consistent read of a global index',
    {IndexName: 'Global', ConsistentRead: true, ExclusiveStartKey: {}},
    invalid('Consistent reads are not supported on global secondary indexes'),
  ),
  late('consistent read of a local index', {IndexName: 'Local', ConsistentRead: true}, NOTHING),
  late(
    'start key of a table with too few attributes',
    {ExclusiveStartKey: {pk: s('a')}},
    invalid(START),
    '2. ESK, newer',
  ),
  late(
    'start key of a table with another attribute',
    {ExclusiveStartKey: {pk: s('a'), x: s('a')}},
    invalid(START),
    '2. ESK, newer',
  ),
  late(
    'start key of a table of another type',
    {ExclusiveStartKey: {pk: s('a'), sk: n(1)}},
    invalid(START),
    '2. ESK, newer',
  ),
  late(
    'start key of an index with too few attributes',
    {IndexName: 'Global', ExclusiveStartKey: {pk: s('a'), sk: s('a')}},
    invalid(START),
  ),
  late(
    'start key of an index without its key',
    {IndexName: 'Global', ExclusiveStartKey: {pk: s('a'), sk: s('a'), g: s('a'), x: n(1)}},
    invalid(START),
  ),
  late(
    'start key of an index of another type',
    {IndexName: 'Global', ExclusiveStartKey: {pk: s('a'), sk: s('a'), g: n(1), h: n(1)}},
    parameter('Type mismatch for Index Key g Expected: S Actual: N IndexName: Global'),
  ),
  late(
    'all attributes of an index before the table key',
    {IndexName: 'Global', Select: 'ALL_ATTRIBUTES', ExclusiveStartKey: {pk: n(1), sk: s('a'), g: s('a'), h: n(1)}},
    parameter(
      'Select type ALL_ATTRIBUTES is not supported for global secondary index Global because its projection type is not ALL',
    ),
  ),
  late(
    'start key of an index with a table key of another type',
    {IndexName: 'Global', ExclusiveStartKey: {pk: n(1), sk: s('a'), g: s('a'), h: n(1)}},
    invalid(START),
    '2. ESK, newer',
  ),
  // `a` hashes to f65..., in the last of four segments.
  late(
    'start key outside the segment',
    {Segment: 0, TotalSegments: 4, ProjectionExpression: 'pk.x', ExclusiveStartKey: {pk: s('a'), sk: s('a')}},
    invalid(
      `${START}: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. TotalSegments: 4 Segment: 0`,
    ),
    'query-scan.md 3: 3. ESK outside',
  ),
  late(
    'start key inside the segment',
    {Segment: 3, TotalSegments: 4, ExclusiveStartKey: {pk: s('a'), sk: s('a')}},
    NOTHING,
  ),
  late(
    'key path in the projection before the filter',
    {ProjectionExpression: 'pk.x', FilterExpression: 'sk.x = :v', ExpressionAttributeValues: {':v': s('a')}},
    invalid("Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: pk"),
  ),
  late(
    'key path in the filter',
    {FilterExpression: 'sk[0] = :v', ExpressionAttributeValues: {':v': s('a')}},
    invalid("Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: sk"),
  ),
  late(
    'filter on keys is fine',
    {FilterExpression: 'pk = :v AND sk = :v', ExpressionAttributeValues: {':v': s('a')}},
    NOTHING,
    'query-scan.md 3: 4. GSI: projection',
  ),
];

// Reads of an index that ask for, or filter by, what the index does not hold.
import {KEYS_ONLY, carry, define, include, n, parameter, put, s} from '../definitions.mjs';

const proves = carry('query-scan.md 2: ');
const tables = {
  T: define('pk:S|sk:S', {
    local: {Local: ['pk:S|l:N', include('x')]},
    global: {Global: ['g:S|h:N', include('x')], Keys: ['g:S', KEYS_ONLY], All: 'g:S'},
  }),
};
const item = {pk: s('a'), sk: s('b'), l: n(1), g: s('g'), h: n(2), x: s('x'), y: s('y'), z: {M: {a: s('y')}}};
const condition = (op, ...values) => ({ComparisonOperator: op, AttributeValueList: values});
const isY = {ExpressionAttributeValues: {':y': s('y')}};
const projects = (index, ...names) =>
  parameter(`Global secondary index ${index} does not project [${names.join(', ')}]`);
const filters = (index, ...names) =>
  parameter(`Secondary index ${index} does not project one or more filter attributes: [${names.join(', ')}]`);
const finds = (...Items) => ({body: {Items, Count: Items.length, ScannedCount: 1}});
const counts = (Count) => ({body: {Count, ScannedCount: 1}});

// Of the index's partition, with the members of the request that are at stake.
const query = (IndexName, {ExpressionAttributeValues, ...members}, expect) => {
  const [key, value] = IndexName === 'Local' ? ['pk', s('a')] : ['g', s('g')];
  const legacy = 'QueryFilter' in members || 'AttributesToGet' in members;
  const conditions = legacy
    ? {KeyConditions: {[key]: condition('EQ', value)}}
    : {
        KeyConditionExpression: `${key} = :k`,
        ExpressionAttributeValues: {':k': value, ...ExpressionAttributeValues},
      };
  return ['Query', {TableName: '{T}', IndexName, ...conditions, ...members}, expect];
};
const scan = (IndexName, members, expect) => ['Scan', {TableName: '{T}', IndexName, ...members}, expect];
const row = (name, statements, steps, more = {}) => ({
  name,
  proves: proves(statements),
  tables,
  steps: [put('{T}', item), ...steps],
  ...more,
});

const unheld = [
  ['Global', {ProjectionExpression: 'y'}, ['y']],
  ['Global', {ProjectionExpression: 'x, y, g, z.a'}, ['y', 'z']],
  ['Global', {AttributesToGet: ['y', 'x']}, ['y']],
  ['Keys', {ProjectionExpression: 'x'}, ['x']],
  ['Keys', {AttributesToGet: ['h', 'g']}, ['h']],
];
const both = ['older', undefined];

export default [
  ...both.map((validation) =>
    row(
      `a global index shows only what it projects${validation ? `, ${validation}` : ''}`,
      ['GSI: projection or AttributesToGet', 'query-scan.md 3: 4. GSI: projection'],
      [
        ...unheld.flatMap(([index, members, names]) => [
          query(index, members, projects(index, ...names)),
          scan(index, members, projects(index, ...names)),
        ]),
        query('Global', {ProjectionExpression: 'x, pk, g'}, finds({x: s('x'), pk: s('a'), g: s('g')})),
        scan('Global', {ProjectionExpression: 'x, pk, g'}, finds({x: s('x'), pk: s('a'), g: s('g')})),
        query('All', {ProjectionExpression: 'y, nothing'}, finds({y: s('y')})),
        query('Local', {ProjectionExpression: 'y'}, finds({y: s('y')})),
        scan('Local', {ProjectionExpression: 'y'}, finds({y: s('y')})),
      ],
      {validation},
    ),
  ),
  ...both.map((validation) =>
    row(
      `a query of an index filters only by what it projects${validation ? `, ${validation}` : ''}`,
      'GSI or LSI: FilterExpression or QueryFilter',
      [
        ...['Global', 'Local'].flatMap((index) => [
          query(index, {FilterExpression: 'y = :y', ...isY}, filters(index, 'y')),
          query(index, {FilterExpression: 'y = :y', ...isY, Select: 'COUNT'}, filters(index, 'y')),
          query(index, {FilterExpression: 'z.a = :y AND x = :y OR y = :y OR z.b = :y', ...isY}, filters(index, 'z', 'y')),
          query(index, {QueryFilter: {y: condition('EQ', s('y'))}}, filters(index, 'y')),
          query(index, {QueryFilter: {y: condition('NOT_CONTAINS', s('q'))}, Select: 'COUNT'}, filters(index, 'y')),
          query(index, {FilterExpression: 'x <> :y', ...isY, Select: 'COUNT'}, counts(1)),
        ]),
        query('All', {FilterExpression: 'y = :y', ...isY, Select: 'COUNT'}, counts(1)),
      ],
      {validation},
    ),
  ),
  row(
    'what is asked for comes before the filter, all attributes before both',
    'GSI or LSI: FilterExpression or QueryFilter',
    [
      query('Global', {ProjectionExpression: 'z', FilterExpression: 'y = :y', ...isY}, projects('Global', 'z')),
      query(
        'Global',
        {Select: 'ALL_ATTRIBUTES', FilterExpression: 'y = :y', ...isY},
        parameter(
          'Select type ALL_ATTRIBUTES is not supported for global secondary index Global because its projection type is not ALL',
        ),
      ),
    ],
  ),
  row('a scan of an index finds nothing by what a global one does not hold', 'query-scan.md 3: 4. GSI: projection', [
    scan('Global', {FilterExpression: 'y = :y', ...isY, Select: 'COUNT'}, counts(0)),
    scan('Global', {ScanFilter: {y: condition('NE', s('q'))}, Select: 'COUNT'}, counts(1)),
  ]),
];

// The two validation layers of Query and Scan, fault by fault: each row stands twice, for the default and for a server
// that follows the older layer. Where both say the same, that is held as well.
import {define, put} from '../definitions.mjs';
import {ABSENT, BS, CE, L, M, N, NS, PFX, RULE, S, SS, nested, notFound, validation, violation} from '../values.mjs';

const T = {TableName: ABSENT};
const KEY = {KeyConditionExpression: 'pk = :p'};
const pk = {':p': S('a')};
const QUERY = {...T, ...KEY, ExpressionAttributeValues: pk};
const equals = (...values) => ({ComparisonOperator: 'EQ', AttributeValueList: values});
const LEGACY = {...T, KeyConditions: {pk: equals(S('a'))}};
const XOR = {ConditionalOperator: 'XOR'};
const AND = {ConditionalOperator: 'AND'};
const RCC = {ReturnConsumedCapacity: 'X'};
const ENVELOPE = '1 validation error detected: ';
const joined = (...errors) =>
  validation(`${errors.length} validation error${errors.length > 1 ? 's' : ''} detected: ${errors.join('; ')}`);
const newer = (member, rule) => `Value at '${member}' failed to satisfy constraint: ${rule}`;
const SETS = {
  select: '[SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]',
  returnConsumedCapacity: '[INDEXES, TOTAL, NONE]',
  conditionalOperator: '[OR, AND]',
  comparisonOperator: '[IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS]',
};
const outside = (path, value, set = path) => violation(value, path, RULE.oneOf(SETS[set]));

// Both layers: `older` is left out where it says the same.
function both(proves, op, name, body, expect, older = expect, more = {}) {
  const one = {proves: [proves].flat().map((what) => (what.includes('.md') ? what : `newer-layer.md ${what}`)), op, body, ...more};
  return [
    {...one, name: `${op}, ${name}`, expect},
    {...one, name: `${op}, older, ${name}`, expect: older, validation: 'older'},
  ];
}
const record = (id) => `newer-layer.md: | ${id} |`;

// -- Values

const DEEP = 'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit';
const OVERFLOW = 'Number overflow. Attempting to store a number with magnitude larger than supported range';
const UNDERFLOW = 'Number underflow. Attempting to store a number with magnitude smaller than supported range';
const bad = 'The parameter cannot be converted to a numeric value';
const wrapped = (message) => `ExpressionAttributeValues contains invalid value: ${message} for key :v`;
const PLACES = {
  'key condition': [(v) => ({...T, KeyConditionExpression: 'pk = :v', ExpressionAttributeValues: {':v': v}}), wrapped],
  filter: [(v) => ({...QUERY, FilterExpression: 'f = :v', ExpressionAttributeValues: {...pk, ':v': v}}), wrapped],
  ExclusiveStartKey: [(v) => ({...QUERY, ExclusiveStartKey: {pk: v}}), (message) => message],
  QueryFilter: [(v) => ({...LEGACY, QueryFilter: {f: equals(v)}}), (message) => message],
};
const sets = (id, value, now, then) =>
  Object.keys(PLACES).map((place, i) => [id + i, place, value, PFX + now, then]);
const STRINGS = SS('b', 'a', 'b');
const BYTES = BS([255], [0], [0]);
BYTES.BS = ['/w==', 'AA==', 'AA=='];
const values = [
  [3, 'filter', N('abc'), `${bad}: abc`],
  [6, 'filter', N(''), `${bad}: `, bad],
  [9, 'filter', N('1e126'), OVERFLOW],
  [12, 'filter', N('1e2147483647'), OVERFLOW, UNDERFLOW],
  ...sets(15, STRINGS, 'Input collection ["a", "b", "b"] contains duplicates.', `${PFX}Input collection [b, a, b] contains duplicates.`),
  ...sets(21, BYTES, 'Input collection ["AA==","/w==","AA=="]of type BS contains duplicates.', `${PFX}Input collection [/w==, AA==, AA==]of type BS contains duplicates.`),
  ...sets(27, NS(1, 2, '1.0'), 'Input collection contains duplicates.', 'Input collection contains duplicates'),
];

// -- Depth

const scanFilter = (levels, more) => ({...T, ScanFilter: {f: equals(nested(levels))}, ...more});
const USELESS = 'ConditionalOperator can only be used when Filter or Expected has two or more elements';
const startKey = (message) => `The provided starting key is invalid: ${message}`;

// -- Members

const MIN1 = RULE.atLeast(1);
const LIMIT = newer('Limit', MIN1);
const NAME = newer('TableName', RULE.minLength(1));
const FORMAT = violation('ab', 'tableName', RULE.minLength(3));
const PATTERN = violation('a!b', 'tableName', RULE.pattern);
const SELECT_ALL = {Select: 'SPECIFIC_ATTRIBUTES'};
const MUST = 'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES';
const ENUM = 'Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]';
const WITHOUT = 'ConditionalOperator cannot be used without Filter or Expected';
const SEGMENT = 'The Segment parameter is zero-based and must be less than parameter TotalSegments';
const twoFilters = {a: equals(S('a')), b: equals(S('b'))};
const mixed = (legacy, expressions) =>
  'Can not use both expression and non-expression parameters in the same request: ' +
  `Non-expression parameters: {${legacy}} Expression parameters: {${expressions}}`;
const without = ({TableName, ...body}) => body;
const absent = violation(null, 'tableName', RULE.required);

const members = [
  ['Query', QUERY, '3.1: | Query |'],
  ['Scan', T, '3.1: | Scan |'],
].flatMap(([op, good, order]) => {
  const row = (name, body, expect, older, statement = [order, 'query-scan.md 1: | 1 | members']) => both(statement, op, name, {...good, ...body}, expect, older);
  const legacy = op === 'Query' ? LEGACY : T;
  const filter = op === 'Query' ? 'QueryFilter' : 'ScanFilter';
  const say = (text) => validation(text);
  const olderLimit = violation('0', 'limit', MIN1);
  return [
    ...row('Limit 0 and an empty name', {Limit: 0, TableName: ''}, joined(LIMIT, NAME), joined(violation('', 'tableName', RULE.minLength(1)), olderLimit)),
    ...row('Limit 0 before the name', {Limit: 0, TableName: 'a!b', ...RCC}, joined(LIMIT), joined(outside('returnConsumedCapacity', 'X'), PATTERN, olderLimit)),
    ...row('a short name and an enum', {TableName: 'ab', ...RCC}, joined(FORMAT, outside('returnConsumedCapacity', 'X')), joined(outside('returnConsumedCapacity', 'X'))),
    ...row('a short name', {TableName: 'ab'}, joined(FORMAT), notFound, 'validation.md 3: | 1-2 characters |'),
    ...row('a malformed name before an enum', {TableName: 'a!b', Select: 'X'}, joined(PATTERN), joined(outside('select', 'X'), PATTERN)),
    ...row('an unknown Select', {Select: 'X'}, joined(outside('select', 'X')), undefined, 'query-scan.md 1: | 3 |'),
    ...row('an unknown Select in lower case', {Select: 'count'}, joined(outside('select', 'count')), undefined, '2.1: 5. **Enums.**'),
    ...row('an unknown Select before an attribute twice', {Select: 'X', AttributesToGet: ['a', 'a'], ...without(op === 'Query' ? {...LEGACY, KeyConditionExpression: null, ExpressionAttributeValues: null} : {})}, joined(outside('select', 'X')), undefined, order),
    // Select and ConditionalOperator
    ...row('ConditionalOperator alone', {...AND}, say(op === 'Query' ? mixed('ConditionalOperator', 'KeyConditionExpression') : WITHOUT), undefined, '2.1: 6. **ConditionalOperator**'),
    ...both('2.1: 6. **ConditionalOperator**', op, 'an unknown ConditionalOperator beside an expression', {...QUERY, ...(op === 'Query' ? {} : {KeyConditionExpression: null}), FilterExpression: 'f = :p', ...XOR}, say(mixed('ConditionalOperator', op === 'Query' ? 'FilterExpression, KeyConditionExpression' : 'FilterExpression')), joined(outside('conditionalOperator', 'XOR'))),
    ...both('2.1: 6. **ConditionalOperator**', op, 'ConditionalOperator without a map', {...legacy, ...AND}, say(WITHOUT)),
    ...both('2.1: 6. **ConditionalOperator**', op, 'ConditionalOperator with an empty map', {...legacy, [filter]: {}, ...AND}, say(WITHOUT)),
    ...both('2.1: 6. **ConditionalOperator**', op, 'an unknown ConditionalOperator without a map', {...legacy, ...XOR}, say(WITHOUT), joined(outside('conditionalOperator', 'XOR'))),
    ...both(['2.1: 6. **ConditionalOperator**', 'query-scan.md 7: - ConditionalOperator AND'], op, 'ConditionalOperator with one condition', {...legacy, [filter]: {a: equals(S('a'))}, ConditionalOperator: 'OR'}, say(USELESS)),
    ...both(op === 'Query' ? [record('B38'), order] : order, op, 'an unknown ConditionalOperator before Select', {...legacy, [filter]: twoFilters, ...XOR, Select: 'X'}, say(ENUM), joined(outside('select', 'X'), outside('conditionalOperator', 'XOR'))),
    ...both(order, op, 'ConditionalOperator before a Select rule', {...legacy, ...AND, ...SELECT_ALL}, say(WITHOUT)),
    ...both('2.1: 5. **Enums.**', op, 'an unknown ComparisonOperator', {...legacy, [filter]: {a: {ComparisonOperator: 'eq', AttributeValueList: [S('a')]}}}, say(`${PFX}Invalid comparison operator`), joined(outside(`${filter[0].toLowerCase()}${filter.slice(1)}.a.member.comparisonOperator`, 'eq', 'comparisonOperator'))),
    ...both('query-scan.md 7: Condition rules for QueryFilter', op, 'attribute after attribute: a bad value, an unknown operator, a count', {...legacy, [filter]: {a: equals(), b: equals(N('x'))}}, say(`${PFX}Invalid number of argument(s) for the EQ ComparisonOperator`)),
    ...both('query-scan.md 7: Condition rules for QueryFilter', op, 'a bad value before its operator', {...legacy, [filter]: {a: {ComparisonOperator: 'X', AttributeValueList: [N('x')]}}}, say(`${bad}: x`), joined(outside(`${filter[0].toLowerCase()}${filter.slice(1)}.a.member.comparisonOperator`, 'X', 'comparisonOperator'))),
    // What the older layer answers as a whole.
    ...row('no table name and others', {TableName: null, Select: 'X', ...RCC, Limit: 0}, joined(outside('select', 'X'), outside('returnConsumedCapacity', 'X'), absent, olderLimit), undefined, `3.2: | ${op} without TableName |`),
    ...both('query-scan.md 7: Condition rules for QueryFilter', op, 'a condition without an operator', {...legacy, [filter]: {a: {AttributeValueList: [S('a')]}}, Limit: 0}, joined(violation(null, `${filter[0].toLowerCase()}${filter.slice(1)}.a.member.comparisonOperator`, RULE.required), olderLimit)),
  ];
});

const scan = [
  ...both(record('C1'), 'Scan', 'Segment 5 of 5', {...T, Segment: 5, TotalSegments: 5}, validation(SEGMENT), validation(`${SEGMENT}: Segment: 5 is not less than TotalSegments: 5`)),
  ...both([record('C2'), '0: | C | Scan |'], 'Scan', 'Limit 0', {...T, Limit: 0}, joined(LIMIT), validation(CE('0', 'limit', MIN1))),
  ...both(record('C3'), 'Scan', 'Segment -1', {...T, Segment: -1, TotalSegments: 1}, joined(newer('Segment', RULE.atLeast(0))), validation(CE('-1', 'segment', RULE.atLeast(0)))),
  ...both(record('C5'), 'Scan', 'SPECIFIC_ATTRIBUTES', {...T, ...SELECT_ALL}, validation(ENVELOPE + MUST), validation(MUST)),
  ...both([record('C6'), '3.3: 3. Scan'], 'Scan', 'a deep value and a useless ConditionalOperator', scanFilter(40, AND), validation(DEEP), validation(USELESS)),
  ...both('3.3: 3. Scan', 'Scan', 'a value that the older layer answers, and a useless ConditionalOperator', scanFilter(63, AND), validation(USELESS)),
  ...both('2.3: A Key is checked', 'Scan', 'a ScanFilter value of 32 levels', scanFilter(32), validation(`${PFX}ComparisonOperator LT is not valid for M AttributeValue type`), validation(DEEP)).map((row) => ({
    ...row,
    body: {...T, ScanFilter: {f: {ComparisonOperator: 'LT', AttributeValueList: [nested(32)]}}},
  })),
  ...both('2.3: A Key is checked', 'Scan', 'a ScanFilter value of 33 levels', scanFilter(33), validation(DEEP)),
  ...both('3.1: | Scan |', 'Scan', 'all numbers and an empty name', {TableName: '', Limit: 0, Segment: -1, TotalSegments: 0}, joined(LIMIT, newer('Segment', RULE.atLeast(0)), newer('TotalSegments', MIN1), NAME), joined(violation('0', 'totalSegments', MIN1), violation('', 'tableName', RULE.minLength(1)), violation('-1', 'segment', RULE.atLeast(0)), violation('0', 'limit', MIN1))),
  ...both('3.1: | Scan |', 'Scan', 'Select before segments', {...T, ...SELECT_ALL, Segment: 5, TotalSegments: 5}, validation(ENVELOPE + MUST), validation(MUST)),
  ...both('3.1: | Scan |', 'Scan', 'segments and the start key', {...T, Segment: 5, TotalSegments: 5, ExclusiveStartKey: {pk: N('x')}}, validation(SEGMENT), validation(`${bad}: x`)),
  ...both('3.2: | Scan without TableName |', 'Scan', 'no table name and all others', {Select: 'X', TotalSegments: 0, ...RCC, ...XOR, Segment: -1, Limit: 0}, joined(outside('select', 'X'), violation('0', 'totalSegments', MIN1), outside('returnConsumedCapacity', 'X'), absent, outside('conditionalOperator', 'XOR'), violation('-1', 'segment', RULE.atLeast(0)), violation('0', 'limit', MIN1))),
  ...both('3.2: | Scan, entry without operator |', 'Scan', 'a condition without an operator', {...T, ScanFilter: {a: {}}, Limit: 0}, joined(violation(null, 'scanFilter.a.member.comparisonOperator', RULE.required), violation('0', 'limit', MIN1))),
  ...both(record('Z17'), 'Scan', 'a syntax error in the filter', {...T, FilterExpression: 'a = = b'}, validation('Invalid FilterExpression: Syntax error; token: "=", near: "= = b"')),
  ...both([record('Z19'), 'query-scan.md 1: - Segments (PS), bare'], 'Scan', 'Segment alone', {...T, Segment: 0}, validation('The TotalSegments parameter is required but was not present in the request when Segment parameter is present')),
  ...both([record('Z20'), 'query-scan.md 1: - Segments (PS), bare'], 'Scan', 'TotalSegments alone', {...T, TotalSegments: 1}, validation('The Segment parameter is required but was not present in the request when parameter TotalSegments is present')),
];

const query = [
  ...both(record('B36'), 'Query', 'Limit 0', {...QUERY, Limit: 0}, joined(LIMIT)),
  ...both(record('B37'), 'Query', 'SPECIFIC_ATTRIBUTES', {...QUERY, ...SELECT_ALL}, validation(ENVELOPE + MUST), validation(MUST)),
  ...both('3.2: | Query without TableName |', 'Query', 'no table name and all others', {...without(LEGACY), Select: 'X', ...RCC, ...XOR, Limit: 0}, joined(outside('select', 'X'), outside('returnConsumedCapacity', 'X'), absent, outside('conditionalOperator', 'XOR'), violation('0', 'limit', MIN1))),
  ...both('2.3: A Key is checked', 'Query', 'a QueryFilter value of 32 levels', {...LEGACY, QueryFilter: {f: equals(nested(32))}}, validation(DEEP)),
  ...both('2.3: A Key is checked', 'Query', 'a start key of 32 levels', {...QUERY, ExclusiveStartKey: {pk: nested(32)}}, validation(DEEP), validation(startKey(DEEP))),
  ...both('query-scan.md 1: | 2 |', 'Query', 'ConditionalOperator with KeyConditions only', {...LEGACY, KeyConditions: {pk: equals(S('a')), sk: equals(S('a'))}, ...AND}, validation(WITHOUT)),
  ...both(record('Z16'), 'Query', 'a syntax error in the filter', {...QUERY, FilterExpression: 'a = = b'}, validation('Invalid FilterExpression: Syntax error; token: "=", near: "= = b"')),
  ...both('query-scan.md 7: Condition rules for QueryFilter', 'Query', 'KeyConditions one after the other', {...T, KeyConditions: {a: equals(), b: equals(N('x'))}}, validation(`${PFX}Invalid number of argument(s) for the EQ ComparisonOperator`)),
];

// -- Against the table

const tables = {T: define('pk:S|sk:S', {global: {Global: 'g:S|h:N', Hash: 'g:S'}}), H: define('pk:S')};
const of = (table, KeyConditionExpression, values, more = {}) => ({
  TableName: table,
  KeyConditionExpression,
  ExpressionAttributeValues: Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value])),
  ...more,
});
const START = 'The provided starting key is invalid';
const SCHEMA = 'The provided key element does not match the schema';
const abc = {p: S('a'), q: S('b'), r: S('c')};
const ab = {p: S('a'), q: S('b')};
const tooMany = (count, most) =>
  validation(`The number of query conditions (${count}) exceeds the number of key attributes defined in the schema (${most})`);
const counts = 'query-scan.md 2: | more conditions than the schema has keys';
const each = 'query-scan.md 2: | then per key attribute';
const startAt = (ExclusiveStartKey, more) => ({TableName: '{T}', ...more, ExclusiveStartKey});
const esk = 'query-scan.md 3: 2. ESK, newer';
const late = [
  ...both([record('B40'), counts], 'Query', 'three conditions', of('{T}', 'pk = :p AND sk = :q AND x = :r', abc), tooMany(3, 2), validation('Conditions can be of length 1 or 2 only')),
  ...both(counts, 'Query', 'three legacy conditions', {TableName: '{T}', KeyConditions: {pk: equals(S('a')), sk: equals(S('a')), x: equals(S('a'))}}, tooMany(3, 2), validation('Conditions can be of length 1 or 2 only')),
  ...both(counts, 'Query', 'three conditions, of an index', of('{T}', 'g = :p AND h = :q AND x = :r', abc, {IndexName: 'Global'}), tooMany(3, 2), validation('Conditions can be of length 1 or 2 only')),
  ...both(counts, 'Query', 'two conditions, no sort key', of('{H}', 'pk = :p AND x = :q', ab), tooMany(2, 1), validation('Query key condition not supported')),
  ...both(counts, 'Query', 'two conditions, an index without a sort key', of('{T}', 'g = :p AND x = :q', ab, {IndexName: 'Hash'}), tooMany(2, 1), validation('Query key condition not supported')),
  ...both(counts, 'Query', 'the table before the number of conditions', of(ABSENT, 'pk = :p AND sk = :q AND x = :r', abc), notFound, validation('Conditions can be of length 1 or 2 only')),
  ...both(each, 'Query', 'no hash condition before a bad range value of the start key', of('{T}', 'sk = :p', {p: S('a')}, {ExclusiveStartKey: {pk: S('a'), sk: N(1)}}), validation('Query condition missed key schema element: pk')),
  ...both(each, 'Query', 'a bad hash value of the start key before no hash condition', of('{T}', 'sk = :p', {p: S('a')}, {ExclusiveStartKey: {pk: N(1), sk: S('a')}}), validation(START)),
  ...both(each, 'Query', 'a bad range value of the start key before the sort condition', of('{T}', 'pk = :p AND x = :q', ab, {ExclusiveStartKey: {pk: S('a'), sk: N(1)}}), validation(START)),
  ...both(each, 'Query', 'a bad index key of the start key', of('{T}', 'g = :p', {p: S('a')}, {IndexName: 'Global', ExclusiveStartKey: {pk: S('a'), sk: S('a'), g: S('a'), h: S('1')}}), validation(START)),
  ...both('query-scan.md 2: | index query: table keys in the ESK', 'Query', 'a bad table key of the start key of an index', of('{T}', 'g = :p', {p: S('a')}, {IndexName: 'Global', ExclusiveStartKey: {pk: S('a'), sk: N(1), g: S('a'), h: N(1)}}), validation(START), validation(`${START}: ${SCHEMA}`)),
  ...both('query-scan.md 2: | hash-only table, ESK of the queried key', 'Query', 'the only item as start key', of('{H}', 'pk = :p', {p: S('KPQ4X3JE19')}, {ExclusiveStartKey: {pk: S('KPQ4X3JE19')}}), validation('The provided exclusive start key is invalid: ExclusiveStartKey: {pk=AttributeValue: {S:KPQ4X3JE19}}')),
  ...both('query-scan.md 2: | hash-only table, ESK of the queried key', 'Query', 'another item as start key', of('{H}', 'pk = :p', {p: S('a')}, {ExclusiveStartKey: {pk: S('b')}}), validation('The provided starting key is outside query boundaries based on provided conditions')),
  ...both([record('C4'), esk], 'Scan', 'a start key that is no key', startAt({x: S('a')}), validation(START), validation(`${START}: ${SCHEMA}`)),
  ...both(esk, 'Scan', 'a start key with another name', startAt({pk: S('a'), x: S('a')}), validation(START), validation(`${START}: ${SCHEMA}`)),
  ...both(esk, 'Scan', 'a start key of another type', startAt({pk: N(1), sk: S('a')}), validation(START), validation(`${START}: ${SCHEMA}`)),
  ...both(esk, 'Scan', 'a start key of an index without its key', startAt({pk: S('a'), sk: S('a'), g: S('a'), x: N(1)}, {IndexName: 'Global'}), validation(START)),
  ...both(esk, 'Scan', 'a start key of an index of another type', startAt({pk: S('a'), sk: S('a'), g: N(1), h: N(1)}, {IndexName: 'Global'}), validation(`${PFX}Type mismatch for Index Key g Expected: S Actual: N IndexName: Global`), validation(SCHEMA)),
  ...both('query-scan.md 3: 1. Index unknown', 'Scan', 'an unknown index before the start key', startAt({pk: N(1)}, {IndexName: 'Nothing'}), validation('The table does not have the specified index: Nothing')),
].map((row) => ({...row, tables}));

// A filter's value of 32 levels is good in the newer layer of Scan, and compared.
const deepEqual = {
  name: 'Scan, a ScanFilter value of 32 levels is compared',
  proves: ['newer-layer.md 2.3: A Key is checked'],
  tables: {T: define('pk:S')},
  steps: [
    put('{T}', {pk: S('a'), f: nested(31)}),
    ['Scan', {TableName: '{T}', ScanFilter: {f: equals(nested(31))}}, {has: {Count: 1}}],
    ['Scan', {TableName: '{T}', ScanFilter: {f: equals(nested(32))}}, {has: {Count: 0}}],
    ['Scan', {TableName: '{T}', ScanFilter: {f: equals(L(M()))}}, {has: {Count: 0}}],
  ],
};

export default [
  ...values.flatMap(([id, place, value, now, then = now]) => {
    const [body, wrap] = PLACES[place];
    return both(record(`B${id}`), 'Query', `B${id}, ${place}`, body(value), validation(now), validation(wrap(then)));
  }),
  ...members,
  ...scan,
  ...query,
  ...late,
  deepEqual,
];

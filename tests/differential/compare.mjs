// What differs between two answers to one request, as a class of differences and not as texts: values in messages are blanked, and
// what no two servers can have in common (ids, times, accounts) is left out.
import {readFileSync} from 'node:fs';

const api = JSON.parse(readFileSync(new URL('../shapes/api_members.json', import.meta.url)));
const MEMBERS = new Set(Object.values(api.structures).flatMap((members) => Object.keys(members)));
for (const member of ['__type', 'message', 'Message', 'pages', 'order']) MEMBERS.add(member);

const VOLATILE = new Set([
  'ApproximateCreationDateTime', 'CreationDateTime', 'CreationRequestDateTime', 'EarliestRestorableDateTime', 'EndingSequenceNumber', 'IndexSizeBytes', 'ItemCount', 'LastDecreaseDateTime',
  'LastEvaluatedShardId', 'LastIncreaseDateTime', 'LastUpdateDateTime', 'LastUpdateToPayPerRequestDateTime', 'LatestRestorableDateTime', 'LatestStreamLabel', 'NextShardIterator', 'NextToken',
  'ParentShardId', 'SequenceNumber', 'ShardId', 'ShardIterator', 'SizeEstimateRangeGB', 'StartingSequenceNumber', 'StreamLabel', 'TableId', 'TableSizeBytes', 'awsRegion', 'eventID',
  'AccountMaxReadCapacityUnits', 'AccountMaxWriteCapacityUnits', 'TableMaxReadCapacityUnits', 'TableMaxWriteCapacityUnits', 'Address', 'CachePeriodInMinutes',
]);
const UNORDERED = new Set(['ConsumedCapacity', 'SS', 'NS', 'BS', 'AttributeDefinitions', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes', 'NonKeyAttributes', 'Tags', 'TableNames', 'Streams']);

// -- Texts ---------------------------------------------------------------------------------------------------------

const sortedWords = (text, part) => text.split(part).sort().join(part);

// A text without what is never twice the same.
export function steady(text) {
  return text
    .replace(/arn:aws[a-z-]*:dynamodb:[a-z0-9-]*:\d*:/g, 'arn:aws:dynamodb:<region>:<account>:')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?/g, '<time>')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '<uuid>')
    .replace(/\b(?:com|software)\.amazon[\w.$]*@[0-9a-f]+/g, '<dump>')
    .replace(/^(\d+ validation errors detected: )(.*)$/s, (all, head, rest) => head + sortedWords(rest, '; '))
    .replace(/\{((?:[#:][^{}]*?, )+[#:][^{}]*?)\}/g, (all, words) => `{${sortedWords(words, ', ')}}`);
}

// The message of a kind: its values are blanked. `names`: of tables.
export function template(text, names = []) {
  let out = steady(text);
  for (const name of names) out = out.replaceAll(name, '<table>');
  return out
    .replace(/Value '[\s\S]*?' at '/g, "Value '<v>' at '")
    .replace(/"(?:[^"\\]|\\.)*"/g, '"<v>"')
    .replace(/(numeric value: )[^]*$/, '$1<v>')
    .replace(/(Input collection )\[[^]*\](?= ?(?:of type|contains))/g, '$1[<v>]')
    .replace(/\{[#:][^{}]*\}/g, '{<names>}')
    .replace(/([ {(\[])[#:][\p{L}\p{N}_.#:-]+/gu, '$1<name>')
    .replace(/\b\d+:\d+:\d+\b/g, '<at>')
    .replace(/-?\b\d[\d.]*\b/g, '<n>')
    .replace(/\[(?:pk|sk|[a-z])(?:, ?(?:pk|sk|\[?[a-z<>]\]?))*\]/g, '[<names>]')
    .replace(/(?<=[ (:])(?:pk|sk)(?=$|[ .,;)])/g, '<key>');
}

const typeOf = (json) => (typeof json?.__type === 'string' ? json.__type : '');
const shortType = (json) => typeOf(json).replace(/^.*#/, '');
const messageOf = (json) => json?.message ?? json?.Message ?? '';

// -- Bodies --------------------------------------------------------------------------------------------------------

const textOf = (value) => JSON.stringify(value);

// A body whose volatile parts are blanked and whose unordered lists are sorted.
export function plain(value, name = '') {
  if (VOLATILE.has(name)) return `<${name}>`;
  if (typeof value === 'string') return name === 'S' ? value : steady(value);
  if (Array.isArray(value)) {
    const list = value.map((element) => plain(element, `${name}[]`));
    return UNORDERED.has(name) ? list.sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1)) : list;
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, plain(value[key], key)]));
}

export const same = (a, b) => textOf(plain(a)) === textOf(plain(b));

// Where two bodies differ, as paths in which the names of attributes, tables and indexes are blanked.
function differingPaths(left, right, path, found, names) {
  if (left === right || textOf(left) === textOf(right)) return found;
  if (left === undefined || right === undefined) return found.add(`${path} ${left === undefined ? 'right only' : 'left only'}`);
  const objects = [left, right].every((value) => value !== null && typeof value === 'object');
  if (/\.(Message|Code)$/.test(path)) return found.add(`${path} ${template(String(left), names)} / ${template(String(right), names)}`);
  if (!objects || Array.isArray(left) !== Array.isArray(right)) return found.add(`${path} differs`);
  if (Array.isArray(left) && left.length !== right.length) return found.add(`${path} number of elements`);
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    differingPaths(left[key], right[key], `${path}${Array.isArray(left) ? '[]' : `.${MEMBERS.has(key) ? key : '*'}`}`, found, names);
  }
  return found;
}

const pathsOf = (left, right, names) => [...differingPaths(plain(left), plain(right), '', new Set(), names)].map((path) => path.replace(/^\./, '')).sort();

// -- Answers -------------------------------------------------------------------------------------------------------

function errorOf(answer, names) {
  return `${answer.status} ${shortType(answer.json)}: ${template(String(messageOf(answer.json)), names)}`;
}

const accepted = ({status}) => status === 200;

// Undefined when the answers agree; {kind, left, right} otherwise, where `left` and `right` say what that side answered.
export function difference(left, right, names = []) {
  if (accepted(left) !== accepted(right)) {
    const words = (answer) => (accepted(answer) ? 'accepted' : errorOf(answer, names));
    return {kind: 'accepted or refused', left: words(left), right: words(right)};
  }
  if (accepted(left)) {
    const paths = pathsOf(left.json, right.json, names);
    return paths.length ? {kind: 'reply', left: paths.slice(0, 8).join(', '), right: ''} : headerDifference(left, right);
  }
  const [ours, theirs] = [errorOf(left, names), errorOf(right, names)];
  if (left.status !== right.status) return {kind: 'status', left: ours, right: theirs};
  if (shortType(left.json) !== shortType(right.json)) return {kind: 'type', left: ours, right: theirs};
  if (ours !== theirs) return {kind: 'message', left: ours, right: theirs};
  if (typeOf(left.json) !== typeOf(right.json)) return {kind: 'type prefix', left: typeOf(left.json), right: typeOf(right.json)};
  if (steady(String(messageOf(left.json))) !== steady(String(messageOf(right.json)))) return {kind: 'values in message', left: ours, right: theirs};
  const paths = pathsOf(left.json ?? left.text, right.json ?? right.text, names);
  return paths.length ? {kind: 'error body', left: paths.slice(0, 8).join(', '), right: ''} : headerDifference(left, right);
}

function headerDifference(left, right) {
  const words = ({headers = {}}) => ['x-amzn-requestid', 'x-amz-crc32', 'content-type'].map((name) => (name === 'content-type' ? `${name} ${headers[name]}` : name in headers ? name : `no ${name}`)).join(', ');
  const [ours, theirs] = [words(left), words(right)];
  return ours === theirs || left.headers === undefined || right.headers === undefined ? undefined : {kind: 'headers', left: ours, right: theirs};
}

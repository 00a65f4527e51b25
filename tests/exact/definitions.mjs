// Short forms for what many rows need: table definitions, expected errors, and items in bulk.

// define('pk:S|sk:S', {local: {L: 'pk:S|l:N'}, global: {G: ['g:S|h:N', {ProjectionType: 'KEYS_ONLY'}]}, ...members}): a
// CreateTable body without its name. Keys are `name:type`, hash keys before the bar, sort keys after it; an index
// projects ALL unless told.
export function define(key, {local = {}, global = {}, ...members} = {}) {
  const types = new Map();
  const schema = (text) =>
    text.split('|').flatMap((part, role) =>
      part
        .split(' ')
        .filter(Boolean)
        .map((attribute) => {
          const [name, type] = attribute.split(':');
          types.set(name, type);
          return {AttributeName: name, KeyType: role === 0 ? 'HASH' : 'RANGE'};
        }),
    );
  const indexes = (map) =>
    Object.entries(map).map(([IndexName, given]) => {
      const [text, projection = {ProjectionType: 'ALL'}, more = {}] = Array.isArray(given) ? given : [given];
      return {IndexName, KeySchema: schema(text), Projection: projection, ...more};
    });
  const body = {KeySchema: schema(key)};
  if (Object.keys(local).length) body.LocalSecondaryIndexes = indexes(local);
  if (Object.keys(global).length) body.GlobalSecondaryIndexes = indexes(global);
  body.AttributeDefinitions = [...types].map(([AttributeName, AttributeType]) => ({AttributeName, AttributeType}));
  if (!members.ProvisionedThroughput) body.BillingMode = 'PAY_PER_REQUEST';
  return {...body, ...members};
}

export const KEYS_ONLY = {ProjectionType: 'KEYS_ONLY'};
export const include = (...names) => ({ProjectionType: 'INCLUDE', NonKeyAttributes: names});
export const units = (read, write) => ({
  ProvisionedThroughput: {ReadCapacityUnits: read, WriteCapacityUnits: write},
});

export const invalid = (message) => ({type: 'ValidationException', message});
export const parameter = (message) => invalid(`One or more parameter values were invalid: ${message}`);
export const violates = (what, rule) =>
  invalid(`1 validation error detected: Value ${what} failed to satisfy constraint: ${rule}`);
export const notFound = (message = 'Requested resource not found') => ({type: 'ResourceNotFoundException', message});

export const s = (text) => ({S: text});
export const n = (number) => ({N: String(number)});
export const b = (bytes) => ({B: Buffer.from(bytes).toString('base64')});
export const text = (size) => 'x'.repeat(size);

export const put = (table, item) => ['PutItem', {TableName: table, Item: item}];

// What a row proves, carried on to the rows after it that name nothing of their own: carry('query-scan.md 1: ').
export function carry(prefix = '') {
  let last = [];
  return (given = []) => {
    const own = [given].flat().filter(Boolean);
    if (own.length) last = own.map((statement) => (/^\S+\.md /.test(statement) ? statement : prefix + statement));
    return last;
  };
}

// Table definitions that rows name instead of spelling them out: `tables: {T: 'composite'}`.

// keys('pk:S', 'sk:N') gives AttributeDefinitions and KeySchema. Several attributes of one kind stand in one argument,
// parted by spaces: keys('a:S b:N', 'c:S').
export function keys(hash, range = '') {
  const split = (text) => text.split(' ').filter(Boolean).map((part) => part.split(':'));
  const schema = (text, KeyType) => split(text).map(([AttributeName]) => ({AttributeName, KeyType}));
  return {
    AttributeDefinitions: [...split(hash), ...split(range)].map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    KeySchema: [...schema(hash, 'HASH'), ...schema(range, 'RANGE')],
  };
}

// index('byUser', 'user:S', 'at:N', 'KEYS_ONLY'), or index(..., ['a', 'b']) for INCLUDE. For table() below.
export function index(IndexName, hash, range = '', projection = 'ALL') {
  const {AttributeDefinitions, KeySchema} = keys(hash, range);
  const Projection = Array.isArray(projection)
    ? {ProjectionType: 'INCLUDE', NonKeyAttributes: projection}
    : {ProjectionType: projection};
  return {definition: {IndexName, KeySchema, Projection}, AttributeDefinitions};
}

// The body of CreateTable without its TableName. `gsis`, `lsis`: made by index(); `more`: further members.
export function table(hash, range = '', {gsis = [], lsis = [], ...more} = {}) {
  const {AttributeDefinitions, KeySchema} = keys(hash, range);
  const definitions = new Map(
    [AttributeDefinitions, ...[...gsis, ...lsis].map((made) => made.AttributeDefinitions)]
      .flat()
      .map((definition) => [definition.AttributeName, definition]),
  );
  return {
    AttributeDefinitions: [...definitions.values()],
    KeySchema,
    ...(more.ProvisionedThroughput ? {} : {BillingMode: 'PAY_PER_REQUEST'}),
    ...(gsis.length ? {GlobalSecondaryIndexes: gsis.map((made) => made.definition)} : {}),
    ...(lsis.length ? {LocalSecondaryIndexes: lsis.map((made) => made.definition)} : {}),
    ...more,
  };
}

export const presets = {
  hash: table('pk:S'),
  composite: table('pk:S', 'sk:S'),
  numeric: table('pk:S', 'sk:N'),
  binary: table('pk:S', 'sk:B'),
  numberHash: table('pk:N'),
  binaryHash: table('pk:B'),
  // One index of every projection; index keys g (S), h (N).
  gsi: table('pk:S', '', {gsis: [index('GSI', 'g:S', 'h:N')]}),
  gsiKeysOnly: table('pk:S', '', {gsis: [index('GSI', 'g:S', '', 'KEYS_ONLY')]}),
  gsiInclude: table('pk:S', '', {gsis: [index('GSI', 'g:S', '', ['x'])]}),
  // Table key pk and sk; local index LSI on l (S).
  lsi: table('pk:S', 'sk:S', {lsis: [index('LSI', 'pk:S', 'l:S')]}),
  lsiKeysOnly: table('pk:S', 'sk:S', {lsis: [index('LSI', 'pk:S', 'l:S', 'KEYS_ONLY')]}),
  provisioned: table('pk:S', '', {ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}}),
};

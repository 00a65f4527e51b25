// How many indexes, projected attributes and tags a table may have.
import {PFX, S, range, text, validation} from '../values.mjs';
import {index, table} from '../presets.mjs';

const gsis = (n, projection = 'ALL') => range(n).map((i) => index(`gsi-${i}`, `g${i}:S`, '', projection));
const lsis = (n, projection = 'ALL') => range(n).map((i) => index(`lsi-${i}`, 'pk:S', `l${i}:S`, projection));
const proves = (text) => [`limits.md 5: | ${text}`];
const made = (TableName, body) => [
  ['CreateTable', {TableName, ...body}],
  ['DeleteTable', {TableName}],
];
const names = (n, letter = 'a') => range(n).map((i) => `${letter}${i}`);

export default [
  {
    name: '5 local indexes and 6',
    proves: proves('LSIs per table'),
    steps: [
      ...made('Locals', table('pk:S', 'sk:S', {lsis: lsis(5)})),
      ['CreateTable', {TableName: 'Locals', ...table('pk:S', 'sk:S', {lsis: lsis(6)})}, validation(`${PFX}Number of LocalSecondaryIndexes exceeds per-table limit of 5`)],
    ],
  },
  {
    name: '20 global indexes and 21',
    proves: proves('GSIs per table'),
    steps: [
      ...made('Globals', table('pk:S', '', {gsis: gsis(20)})),
      ['CreateTable', {TableName: 'Globals', ...table('pk:S', '', {gsis: gsis(21)})}, validation(`${PFX}GlobalSecondaryIndex count exceeds the per-table limit of 20`)],
    ],
  },
  {
    name: '20 projected attributes of an index and 21',
    proves: proves('`NonKeyAttributes` list'),
    steps: [
      ...made('Projected', table('pk:S', '', {gsis: gsis(1, names(20))})),
      ['CreateTable', {TableName: 'Projected', ...table('pk:S', '', {gsis: gsis(1, names(21))})}, validation(`1 validation error detected: Value '[${names(21).join(', ')}]' at 'globalSecondaryIndexes.1.member.projection.nonKeyAttributes' failed to satisfy constraint: Member must have length less than or equal to 20`)],
    ],
  },
  {
    name: '100 projected attributes of all indexes and 101',
    proves: proves('projected non-key attributes'),
    steps: [
      ...made('Projected', table('pk:S', '', {gsis: gsis(5, names(20))})),
      ['CreateTable', {TableName: 'Projected', ...table('pk:S', '', {gsis: [...gsis(5, names(20)), index('last', 'z:S', '', ['b'])]})}, (reply) => {
        if (reply.status !== 400 || !reply.json.__type.endsWith('ValidationException')) throw new Error(reply.text);
      }],
    ],
  },
  {
    name: 'a global index of 4 HASH and 4 RANGE attributes, and of 5',
    proves: proves('key schema elements: GSI'),
    steps: [
      ...made('Several', table('pk:S', '', {gsis: [index('wide', 'a:S b:S c:S d:S', 'e:S f:S g:S h:S')]})),
      ['CreateTable', {TableName: 'Several', ...table('pk:S', '', {gsis: [index('wide', 'a:S b:S c:S d:S i:S')]})}, (reply) => {
        if (reply.status !== 400 || !reply.json.__type.endsWith('ValidationException')) throw new Error(reply.text);
      }],
    ],
  },
  {
    name: 'tags: keys of 128, values of 256, 50 of them',
    proves: proves('Tags'),
    steps: [
      ...made('Tagged', {...table('pk:S'), Tags: range(50).map((i) => ({Key: String(i).padStart(128, 'k'), Value: i ? text(256) : ''}))}),
      ['CreateTable', {TableName: 'Tagged', ...table('pk:S'), Tags: range(51).map((i) => ({Key: `k${i}`, Value: ''}))}, (reply) => {
        if (reply.status !== 400 || !reply.json.__type.endsWith('ValidationException')) throw new Error(reply.text);
      }],
      ['CreateTable', {TableName: 'Tagged', ...table('pk:S'), Tags: [{Key: text(129), Value: ''}]}, (reply) => {
        if (reply.status !== 400 || !reply.json.message.startsWith('The Tag Key provided is invalid, Key: x')) throw new Error(reply.text);
      }],
      ['CreateTable', {TableName: 'Tagged', ...table('pk:S'), Tags: [{Key: 'k', Value: text(257)}]}, (reply) => {
        if (reply.status !== 400 || !reply.json.message.startsWith('The Tag Value provided is invalid, Value: x')) throw new Error(reply.text);
      }],
    ],
  },
  {
    name: 'a page of Scan and of Query ends at 1 MiB',
    proves: proves('Query/Scan page'),
    tables: {T: 'composite'},
    steps: [
      // Each item takes 2 + 1 + 2 + 2 + 1 + 104850 = 104858 bytes; ten of them are 4 bytes more than 1 MiB.
      ...range(12).map((i) => ['PutItem', () => ({TableName: '{T}', Item: {pk: S('p'), sk: S(String(10 + i)), f: S(104850)}})]),
      ['Query', {TableName: '{T}', Select: 'COUNT', KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: {':p': S('p')}}, {body: {Count: 10, ScannedCount: 10, LastEvaluatedKey: {pk: S('p'), sk: S('19')}}}],
      ['Scan', {TableName: '{T}', Select: 'COUNT'}, {body: {Count: 10, ScannedCount: 10, LastEvaluatedKey: {pk: S('p'), sk: S('19')}}}],
      // One byte less in each, 104857: ten are 6 bytes short of it, so the eleventh ends the page.
      ...range(12).map((i) => ['PutItem', () => ({TableName: '{T}', Item: {pk: S('p'), sk: S(String(10 + i)), f: S(104849)}})]),
      ['Query', {TableName: '{T}', Select: 'COUNT', KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: {':p': S('p')}}, {body: {Count: 11, ScannedCount: 11, LastEvaluatedKey: {pk: S('p'), sk: S('20')}}}],
    ],
  },
  {
    name: 'a body of 16 MiB and of one byte more',
    proves: proves('request body'),
    steps: [16777216, 16777217].map((size) => [
      'ListTables',
      () => `{"Limit":1${' '.repeat(size - 11)}}`,
      size === 16777216
        ? {}
        : (reply) => {
            if (reply.status !== 413) throw new Error(`${reply.status} ${reply.text}`);
          },
    ]),
  },
];

// TableName: absent, empty, short, long, of wrong characters, an ARN; in item operations and in table operations.
import {ABSENT, CE, RULE, S, front, notFound, text, validation, violation} from '../values.mjs';

const ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/';
const REQUIRED = validation("The parameter 'TableName' is required but was not present in the request");
const key = {Key: {pk: S('k')}};
const ITEM_OPERATIONS = {
  GetItem: key,
  PutItem: {Item: {pk: S('k')}},
  DeleteItem: key,
  UpdateItem: key,
  Query: {KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: {':p': S('k')}},
  Scan: {},
};
const TABLE_OPERATIONS = {DescribeTable: {}, DeleteTable: {}, UpdateTable: {BillingMode: 'PAY_PER_REQUEST'}};
const table = {
  AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],
  KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
  BillingMode: 'PAY_PER_REQUEST',
};

function each(operations, name, proves, TableName, expect) {
  return Object.entries(operations).map(([op, body]) => ({
    name: `${op} with ${name}`,
    proves: [`validation.md 3: | ${proves}`],
    op,
    body: TableName === undefined ? body : {TableName, ...body},
    expect,
  }));
}

const LONG = text(256, 't');

export default [
  ...each(ITEM_OPERATIONS, 'no table name', 'absent', undefined, validation(CE(null, 'tableName', RULE.required))),
  ...each(ITEM_OPERATIONS, 'a table name of null', 'absent', null, validation(CE(null, 'tableName', RULE.required))),
  ...each({...TABLE_OPERATIONS, CreateTable: table}, 'no table name', 'absent', undefined, REQUIRED),
  ...each(ITEM_OPERATIONS, 'an empty table name', 'empty', '', validation("1 validation error detected: Value at 'TableName' failed to satisfy constraint: Member must have length greater than or equal to 1")),
  ...each(ITEM_OPERATIONS, 'a table name of one character', '1-2 characters', 'a', validation(CE('a', 'tableName', RULE.minLength(3)))),
  ...each(ITEM_OPERATIONS, 'a table name of two characters', '1-2 characters', 'ab', validation(CE('ab', 'tableName', RULE.minLength(3)))),
  ...each(ITEM_OPERATIONS, 'a short table name, older', '1-2 characters', 'ab', notFound).map((row) => ({...row, validation: 'older'})),
  ...each({PutItem: ITEM_OPERATIONS.PutItem, GetItem: key}, 'a short table name of wrong characters', 'short and bad characters', 'a/', validation(CE('a/', 'tableName', RULE.minLength(3)))),
  ...each({UpdateItem: key}, 'a short table name of wrong characters', 'short and bad characters', 'a/', {errors: [violation('a/', 'tableName', RULE.pattern), violation('a/', 'tableName', RULE.minLength(3))]}),
  ...each({...TABLE_OPERATIONS, CreateTable: table}, 'an empty table name', 'empty', '', validation(`2 validation errors detected: ${violation('', 'tableName', RULE.pattern)}; ${violation('', 'tableName', RULE.minLength(3))}`)),
  ...each({...TABLE_OPERATIONS, CreateTable: table}, 'a table name of two characters', '1-2 characters', 'ab', validation(CE('ab', 'tableName', RULE.minLength(3)))),
  ...each({...ITEM_OPERATIONS, ...TABLE_OPERATIONS, CreateTable: table}, 'a table name of 256 characters', '> 255, not an ARN', LONG, validation(CE(LONG, 'tableName', RULE.maxLength(255)))),
  ...each({...ITEM_OPERATIONS, ...TABLE_OPERATIONS, CreateTable: table}, 'a table name of wrong characters', 'bad characters', 'a/b', validation(CE('a/b', 'tableName', RULE.pattern))),
  ...each(TABLE_OPERATIONS, 'a short table name of wrong characters', 'bad characters', '//', validation(`2 validation errors detected: ${violation('//', 'tableName', RULE.pattern)}; ${violation('//', 'tableName', RULE.minLength(3))}`)),
  {
    name: 'an ARN names its table in every operation',
    proves: ['validation.md 3: | ARN'],
    tables: {T: 'hash'},
    steps: [
      ['PutItem', {TableName: `${ARN}{T}`, Item: {pk: S('k')}}],
      ['GetItem', {TableName: `${ARN}{T}`, ...key}, {body: {Item: {pk: S('k')}}}],
      ['UpdateItem', {TableName: `${ARN}{T}`, ...key}],
      ['Query', {TableName: `${ARN}{T}`, ...ITEM_OPERATIONS.Query}, {has: {Count: 1}}],
      ['Scan', {TableName: `${ARN}{T}`}, {has: {Count: 1}}],
      ['BatchGetItem', {RequestItems: {[`${ARN}{T}`]: {Keys: [key.Key]}}}],
      ['BatchWriteItem', {RequestItems: {[`${ARN}{T}`]: [{DeleteRequest: key}]}}],
      ['DeleteItem', {TableName: `${ARN}{T}`, ...key}],
      ['DescribeTable', {TableName: `${ARN}{T}`}, {has: {Table: {TableName: '{T}'}}}],
    ],
  },
  ...each(ITEM_OPERATIONS, 'the ARN of no table', 'ARN', ARN + ABSENT, notFound),
  ...each(TABLE_OPERATIONS, 'the ARN of no table', 'ARN', ARN + ABSENT, {type: 'ResourceNotFoundException', message: `Requested resource not found: Table: ${ABSENT} not found`}),
  ...[
    ['another region', 'arn:aws:dynamodb:eu-west-1:000000000000:table/absent', 'Invalid AWS region in'],
    ['another partition', 'arn:aws-cn:dynamodb:us-east-1:000000000000:table/absent', 'Invalid AWS partition in'],
    ['another kind of resource', 'arn:aws:dynamodb:us-east-1:000000000000:backup/absent', 'Invalid resource type in'],
  ].flatMap(([name, arn, message]) =>
    each({...ITEM_OPERATIONS, ...TABLE_OPERATIONS}, `an ARN of ${name}`, 'ARN', arn, validation(`1 validation error detected: ${message} '${arn}'`)).map((row) => ({...row, proves: ['control-plane.md 5: Table ARN as TableName']})),
  ),
  ...each({...ITEM_OPERATIONS, ...TABLE_OPERATIONS}, 'an ARN of another account', 'ARN', 'arn:aws:dynamodb:us-east-1:111122223333:table/absent', {type: 'AccessDeniedException', message: 'Access is denied'}).map((row) => ({...row, proves: ['control-plane.md 5: Table ARN as TableName']})),
  {
    name: 'a TableId is no name',
    proves: ['control-plane.md 5: Table ARN as TableName'],
    tables: {T: 'hash'},
    steps: (() => {
      let id;
      return [
        ['DescribeTable', {TableName: '{T}'}, (reply) => (id = reply.json.Table.TableId)],
        ['DescribeTable', () => ({TableName: id}), (reply) => {
          if (reply.json.message !== `Requested resource not found: Table: ${id} not found`) throw new Error(reply.text);
        }],
      ];
    })(),
  },
  {
    name: 'a table that is not there',
    proves: ['validation.md 3: Unknown, CREATING or DELETING table'],
    steps: [
      ...Object.entries(ITEM_OPERATIONS).map(([op, body]) => [op, {TableName: ABSENT, ...body}, notFound]),
      ['DescribeTable', {TableName: ABSENT}, {type: 'ResourceNotFoundException', message: `Requested resource not found: Table: ${ABSENT} not found`}],
      ['UpdateItem', {TableName: ABSENT, ...key, UpdateExpression: ''}, front('Invalid UpdateExpression: The expression can not be empty;')],
    ],
  },
];

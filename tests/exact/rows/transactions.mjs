// TransactWriteItems: its checks, its reasons, what it costs and how it is repeated.
import assert from 'node:assert/strict';
import {carry, define, include, invalid, n, notFound, put, s, text, violates} from '../definitions.mjs';
import {nested} from '../values.mjs';

const proves = carry('transactions-batch.md 2.2: ');
const tables = {
  T: define('pk:S'),
  U: define('pk:S|sk:N', {global: {Global: 'g:S'}}),
};
const T = '{T}';
const U = '{U}';
const Put = (Item, more = {}, TableName = T) => ({Put: {TableName, Item, ...more}});
const Delete = (Key, more = {}, TableName = T) => ({Delete: {TableName, Key, ...more}});
const Update = (Key, UpdateExpression, values, more = {}, TableName = T) => ({
  Update: {TableName, Key, UpdateExpression, ...(values ? {ExpressionAttributeValues: values} : {}), ...more},
});
const Check = (Key, ConditionExpression, more = {}, TableName = T) => ({
  ConditionCheck: {TableName, Key, ConditionExpression, ...more},
});
const a = {pk: s('a')};
const b = {pk: s('b')};
const transact = (TransactItems, expect = {body: {}}, more = {}) => [
  'TransactWriteItems',
  {TransactItems, ...more},
  expect,
];
const get = (key, item, table = T) => [
  'GetItem',
  {TableName: table, Key: key, ConsistentRead: true},
  {body: item ? {Item: item} : {}},
];
const NONE = {Code: 'None'};
const FAILED = {Code: 'ConditionalCheckFailed', Message: 'The conditional request failed'};
const reason = (Message) => ({Code: 'ValidationError', Message});
export const cancelled = (...CancellationReasons) => ({
  type: 'TransactionCanceledException',
  more: {
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${CancellationReasons.map(
      ({Code}) => Code,
    ).join(', ')}]`,
    CancellationReasons,
  },
});
const mismatch = {
  type: 'IdempotentParameterMismatchException',
  more: {
    Message:
      'DynamoDB rejected the request because you retried a request with a different payload but with an idempotent token that was already used.',
  },
};
const row = (name, statements, ...steps) => ({name, proves: proves(statements), tables, steps});
const assumed = (made) => ({...made, assumed: true});
const ONE_OF = invalid('TransactItems can only contain one of Check, Put, Update or Delete');
const TWICE = invalid('Transaction request cannot include multiple operations on one item');
const SCHEMA = reason('The provided key element does not match the schema');
const TOO_LARGE = (bytes) =>
  invalid(
    `Transaction payload size cannot exceed 4MB. Payload Size: : Transaction payload size cannot exceed 4MB. Payload Size: ${bytes}`,
  );
const LENGTH = (rule) => violates("'[]' at 'transactItems'", rule);
const MANY = (operation, make) => [
  operation,
  {TransactItems: Array.from({length: 101}, (_, i) => make(i))},
  (reply) => {
    assert.equal(reply.json.__type, 'com.amazon.coral.validate#ValidationException');
    assert.match(
      reply.json.message,
      /^1 validation error detected: Value '\[.*\]' at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to 100$/s,
    );
  },
];
const TOTAL = {ReturnConsumedCapacity: 'TOTAL'};
const INDEXES = {ReturnConsumedCapacity: 'INDEXES'};
const written = (units, table = T) => ({TableName: table, CapacityUnits: units, WriteCapacityUnits: units});
const read = (units, table = T) => ({TableName: table, CapacityUnits: units, ReadCapacityUnits: units});
const token = (text) => ({ClientRequestToken: text});
const sized = (pk, size) => ({pk: s(pk), f: s(text(size - 3 - pk.length))});
const EMPTY = 'One or more parameter values are not valid. ';
const DEEP =
  'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit';

export default [
  // What it does.
  row(
    'all four actions in one call',
    [
      'transactions-batch.md 2.1: | Put |',
      'transactions-batch.md 2.1: | Update | TableName',
      'transactions-batch.md 2.1: | Delete | TableName',
      'transactions-batch.md 2.1: | ConditionCheck |',
      'transactions-batch.md 2.1: Response: `{}`',
      'transactions-batch.md 1: Counts and sizes',
    ],
    put(T, {...a, v: n(1)}),
    put(T, b),
    put(T, {pk: s('c')}),
    transact([
      Put({pk: s('new'), v: n(1)}, {ConditionExpression: 'attribute_not_exists(pk)'}),
      Update(a, 'ADD #v :one', {':one': n(1)}, {
        ConditionExpression: '#v = :one',
        ExpressionAttributeNames: {'#v': 'v'},
      }),
      Delete(b, {ConditionExpression: 'attribute_exists(pk)'}),
      Check({pk: s('c')}, 'attribute_not_exists(v)'),
      Put({pk: s('x'), sk: n(1), g: s('y')}, {}, U),
    ]),
    get({pk: s('new')}, {pk: s('new'), v: n(1)}),
    get(a, {...a, v: n(2)}),
    get(b),
    get({pk: s('c')}, {pk: s('c')}),
    get({pk: s('x'), sk: n(1)}, {pk: s('x'), sk: n(1), g: s('y')}, U),
  ),
  row(
    'an index shows what a transaction wrote',
    [],
    transact([Put({pk: s('i'), sk: n(1), g: s('in')}, {}, U)]),
    [
      'Query',
      {
        TableName: U,
        IndexName: 'Global',
        KeyConditionExpression: 'g = :g',
        ExpressionAttributeValues: {':g': s('in')},
      },
      {has: {Count: 1}},
    ],
  ),
  row('a table named by its ARN', [], ['TransactWriteItems',
    {TransactItems: [Put(a, {}, 'arn:aws:dynamodb:us-east-1:000000000000:table/{T}')]}, {body: {}}], get(a, a)),

  // Checks of the request, in their order.
  row(
    'a token of 37 characters',
    ['| 1 | token too long', 'limits.md 5: | ClientRequestToken |'],
    transact(
      [Put(a)],
      violates(
        `'${text(37)}' at 'clientRequestToken'`,
        'Member must have length less than or equal to 36',
      ),
      token(text(37)),
    ),
    transact([Put(a)], {body: {}}, token(text(36))),
  ),
  row(
    'no actions',
    ['| 3 | empty list'],
    transact([], LENGTH('Member must have length greater than or equal to 1')),
  ),
  row(
    'more than 100 actions',
    ['| 4 | > 100', 'limits.md 5: | transaction actions / total size'],
    MANY('TransactWriteItems', (i) => Put({pk: s(`k${i}`)})),
    transact(Array.from({length: 100}, (_, i) => Put({pk: s(`k${i}`)}))),
  ),
  row(
    'two actions in one element',
    ['Then the elements: none of the four'],
    transact([{...Put(a), ...Delete(b)}], ONE_OF),
    transact([Put(a, {ConditionExpression: ''}), {...Put(a), ...Delete(b)}], ONE_OF),
  ),
  row(
    'no action in an element',
    ['Then the elements: none of the four'],
    transact(
      [Put(a), {}, {...Put(a), ...Delete(b)}],
      invalid('Invalid Request: TransactWriteRequest should contain Delete or Put or Update request'),
    ),
  ),
  row(
    'table names',
    ['| 5 | a table name', 'validation.md 3: - Batches: names are map keys'],
    ...[
      ['put', Put(a, {}, 'b d')],
      ['update', Update(a, 'REMOVE v', undefined, {}, 'b d')],
      ['delete', Delete(a, {}, 'b d')],
      ['conditionCheck', Check(a, '', {}, 'b d')],
    ].map(([action, element]) =>
      transact(
        [Put(a), element],
        violates(
          `'b d' at 'transactItems.2.member.${action}.tableName'`,
          'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+',
        ),
      ),
    ),
    transact(
      [Put(a, {}, 'ab')],
      violates(
        "'ab' at 'transactItems.1.member.put.tableName'",
        'Member must have length greater than or equal to 3',
      ),
    ),
    transact(
      [Put(a, {}, 'a!')],
      invalid(
        "2 validation errors detected: Value 'a!' at 'transactItems.1.member.put.tableName' failed to satisfy constraint: Member must have length greater than or equal to 3; Value 'a!' at 'transactItems.1.member.put.tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
      ),
    ),
    transact(
      [Put(a, {}, text(256))],
      violates(
        `'${text(256)}' at 'transactItems.1.member.put.tableName'`,
        'Member must have length less than or equal to 255',
      ),
    ),
    transact(
      [Put(a, {}, '')],
      violates("'' at 'transactItems.1.member.put.tableName'", 'Member must have length greater than or equal to 1'),
    ),
  ),
  row(
    'members joined, a repeated token or not',
    ['| 1 | token too long', '| 2 | returnConsumedCapacity'],
    transact(
      [Put(a, {}, 'b d')],
      invalid(
        [
          `4 validation errors detected: Value '${text(37)}' at 'clientRequestToken' failed to satisfy constraint: Member must have length less than or equal to 36`,
          "Value 'X' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]",
          "Value 'Y' at 'returnItemCollectionMetrics' failed to satisfy constraint: Member must satisfy enum value set: [SIZE, NONE]",
          "Value 'b d' at 'transactItems.1.member.put.tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
        ].join('; '),
      ),
      {...token(text(37)), ReturnConsumedCapacity: 'X', ReturnItemCollectionMetrics: 'Y'},
    ),
    transact([Put(a)], {body: {}}, token('t-9{T}')),
    transact(
      [Put(a)],
      violates("'X' at 'returnConsumedCapacity'", 'Member must satisfy enum value set: [INDEXES, TOTAL, NONE]'),
      {...token('t-9{T}'), ReturnConsumedCapacity: 'X'},
    ),
  ),
  row(
    'expressions, told before anything about tables',
    ['| 7 | expressions', '| 8 | unused names'],
    transact(
      [Put(a, {ConditionExpression: 'attribute_exists(pk)', ExpressionAttributeValues: {':x': n(1)}}, 'no-such')],
      invalid('Value provided in ExpressionAttributeValues unused in expressions: keys: {:x}'),
    ),
    transact(
      [Check(a, '', {}, 'no-such')],
      invalid('Invalid ConditionExpression: The expression can not be empty;'),
    ),
    transact(
      [Update(a, 'SET v = :v', undefined, {}, 'no-such')],
      invalid(
        'Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute value: :v',
      ),
    ),
  ),
  row(
    'values of all actions, told before any expression',
    ['| 6 | values of all actions'],
    transact(
      [Put({pk: {}}, {}, 'no-such')],
      invalid('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes'),
    ),
    ...[
      [Put({...a, v: {SS: []}}), 'One or more parameter values were invalid: An string set  may not be empty'],
      [Delete({pk: {NS: ['1', '1']}}), 'Input collection contains duplicates'],
      [Put({...a, '': n('x')}), 'The parameter cannot be converted to a numeric value: x'],
      [
        Update(a, 'SET v = :v', {':v': n('x')}),
        'ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value: x for key :v',
      ],
      [
        Put(a, {ExpressionAttributeValues: {':v': {BS: []}}}),
        'ExpressionAttributeValues contains invalid value: One or more parameter values were invalid: Binary sets should not be empty for key :v',
      ],
    ].map(([element, message]) => transact([Check(b, '= = b', {}, 'no-such'), element], invalid(message))),
  ),
  row(
    'what is unused, empty names and depth, action by action',
    ['| 8 | unused names'],
    ...[
      [
        {ConditionExpression: 'a = :v', ExpressionAttributeNames: {'#x': 'x'}, ExpressionAttributeValues: {':v': nested(33), ':w': n(1)}},
        'Value provided in ExpressionAttributeNames unused in expressions: keys: {#x}',
      ],
      [
        {ConditionExpression: 'a = :v', ExpressionAttributeValues: {':v': nested(33), ':w': n(1)}},
        'Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}',
      ],
      [
        {ConditionExpression: 'a = :v', ExpressionAttributeValues: {':v': nested(33)}, Item: {...a, '': n(1)}},
        'Empty attribute name',
      ],
      [
        {ConditionExpression: 'a = :v', ExpressionAttributeValues: {':v': {M: {'': n(1)}}}, Item: {...a, v: nested(32)}},
        'ExpressionAttributeValues contains invalid value: Empty attribute name for key :v',
      ],
      [
        {ConditionExpression: 'a = :v', ExpressionAttributeValues: {':v': nested(33)}, Item: {...a, v: nested(32)}},
        DEEP,
      ],
      [
        {ConditionExpression: 'a = :v', ExpressionAttributeValues: {':v': nested(33)}, Item: sized('a', 409601)},
        `ExpressionAttributeValues contains invalid value: ${DEEP} for key :v`,
      ],
      [{Item: sized('a', 409601)}, 'Item size has exceeded the maximum allowed size'],
    ].map(([more, message]) => transact([Put(b), Put(a, more), Check(b, '')], invalid(message))),
  ),
  assumed(
    row(
      'names and values without an expression',
      ['| 7 | expressions', 'validation.md 4: **Transactions**: names or values'],
      transact([
        Put(a, {ExpressionAttributeNames: {'#x': 'x', y: ''}, ExpressionAttributeValues: {':x': n(1), y: n(2)}}),
        Delete(b, {ExpressionAttributeNames: {}, ExpressionAttributeValues: {}}),
      ]),
      get(a, a),
    ),
  ),
  row(
    'a missing table, told before repeated items',
    ['| 10 | a table is missing'],
    transact([Put(a), Put(a), Put(b, {}, 'no-such')], notFound()),
  ),
  row(
    'one item twice',
    ['| 11 | same item twice'],
    transact([Put(a), Put(a)], TWICE),
    transact([Check(a, 'attribute_exists(pk)'), Delete(a)], TWICE),
    transact(
      [Put({pk: s('a'), sk: n('1')}, {}, U), Delete({pk: s('a'), sk: n('1.0')}, {}, U)],
      TWICE,
    ),
    get(a),
  ),
  row(
    'a put of more than 400 KB is an error of the request',
    ['| 9 | Put item'],
    transact([Put(b), Put(sized('a', 409601))], invalid('Item size has exceeded the maximum allowed size')),
    transact([Put(sized('a', 409601)), Update(a, 'REMOVE v', undefined, {}, 'no-such')], invalid('Item size has exceeded the maximum allowed size')),
    transact([Put(sized('a', 409600))]),
    get(b),
  ),
  assumed(
    row(
      'more than 4 MB',
      ['| 12 | payload > 4 MiB'],
      [
        'TransactWriteItems',
        () => ({TransactItems: Array.from({length: 11}, (_, i) => Put(sized(`k${i}`, 400000)))}),
        TOO_LARGE(4400000),
      ],
      [
        'TransactWriteItems',
        () => ({
          TransactItems: Array.from({length: 11}, (_, i) => Check({pk: s(`k${i}`)}, 'f = :f', {ExpressionAttributeValues: {':f': s(text(400000))}})),
        }),
        TOO_LARGE(4400000 + 11 * (2 + 2 + 2) + 1),
      ],
      [
        'TransactWriteItems',
        () => ({TransactItems: [...Array.from({length: 11}, (_, i) => Put(sized(`k${i}`, 400000))), Put(a, {}, 'no-such')]}),
        notFound(),
      ],
      [
        'TransactWriteItems',
        () => ({TransactItems: [...Array.from({length: 11}, (_, i) => Put(sized(`k${i}`, 400000))), Put({pk: s('k0')})]}),
        TWICE,
      ],
      get({pk: s('k0')}),
    ),
  ),
  row(
    'more than 4 MB of stored items',
    ['| 12 | payload > 4 MiB'],
    ...Array.from({length: 11}, (_, i) => put(T, sized(`k${i}`, 400000))),
    transact(Array.from({length: 11}, (_, i) => Update({pk: s(`k${i}`)}, 'SET v = :v', {':v': n(1)}))),
    transact(Array.from({length: 11}, (_, i) => Delete({pk: s(`k${i}`)}))),
    get({pk: s('k0')}),
  ),
  row(
    'every failing action gets its reason, and nothing is written',
    [
      '| 13 | execution',
      '| condition false |',
      'transactions-batch.md 3: {"__type":"com.amazonaws',
      'transactions-batch.md 3: "CancellationReasons":[{"Code":"None"}',
      'transactions-batch.md 3: "Message":"Transaction cancelled',
      'transactions-batch.md 3: * A good action',
      'transactions-batch.md 3: * Message list',
      'transactions-batch.md 3: | None |',
      'transactions-batch.md 3: | ConditionalCheckFailed |',
    ],
    put(T, {...a, v: n(1)}),
    transact(
      [
        Put(b),
        Check(a, 'attribute_not_exists(pk)'),
        Delete({pk: s('c')}, {ConditionExpression: 'attribute_exists(pk)'}),
        Update({pk: s('d')}, 'SET v = :v', {':v': n(1)}),
      ],
      cancelled(NONE, FAILED, FAILED, NONE),
    ),
    get(b),
    get({pk: s('d')}),
  ),
  row(
    'the stored item, where an action asks for it',
    ['transactions-batch.md 3: * `Item` only when', 'data-plane.md 3: | TransactionCanceledException |'],
    put(T, {...a, v: n(1)}),
    transact(
      [
        Check(a, 'v = pk', {ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}),
        Check(b, 'attribute_exists(pk)', {ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}),
        Put({pk: s('c')}, {ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}),
      ],
      cancelled({...FAILED, Item: {...a, v: n(1)}}, FAILED, NONE),
    ),
    transact(
      [Put(b), Check(a, 'v = pk', {ReturnValuesOnConditionCheckFailure: 'ALL_OLD'})],
      (reply) =>
        assert.match(
          reply.text,
          /^\{"__type":"[^"]+","CancellationReasons":\[\{"Code":"None"\},\{"Code":"ConditionalCheckFailed","Item":\{.*\},"Message":"The conditional request failed"\}\],"Message":"[^"]+"\}$/,
        ),
    ),
    transact(
      [
        Put(a, {ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}),
        Delete(b, {ConditionExpression: 'attribute_exists(pk)', ReturnValuesOnConditionCheckFailure: 'NONE'}),
      ],
      cancelled({...FAILED, Item: {...a, v: n(1)}}, FAILED),
    ),
  ),

  // What is found while it runs.
  row(
    'an empty key value is an error of the request',
    ['| empty S or B in a table or index key |'],
    put(T, {...a, v: n(1)}),
    transact(
      [Check(a, 'attribute_not_exists(pk)'), Put(b), Put({pk: s('')})],
      invalid(`${EMPTY}The AttributeValue for a key attribute cannot contain an empty string value. Key: pk`),
    ),
    transact(
      [Put(b), Delete({pk: s('')})],
      invalid(`${EMPTY}The AttributeValue for a key attribute cannot contain an empty string value. Key: pk`),
    ),
    transact(
      [Put(b), Put({pk: s('a'), sk: n(1), g: s('')}, {}, U)],
      invalid(
        `${EMPTY}A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: Global, IndexKey: g`,
      ),
    ),
    transact(
      [
        Check(a, 'attribute_not_exists(pk)'),
        Put(b),
        Update({pk: s('a'), sk: n(1)}, 'SET g = :g', {':g': s('')}, {}, U),
      ],
      invalid(
        `${EMPTY}The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty string value.`,
      ),
    ),
    get(b),
  ),
  row(
    'a Key that does not fit the schema',
    ['| `Key` with a wrong attribute set'],
    ...[
      Delete({pk: n(1)}),
      Check({pk: s('c'), more: n(1)}, 'attribute_exists(pk)'),
      Update({pk: s('d')}, 'REMOVE v', undefined, {}, U),
      Delete({pk: {M: {}}}),
    ].map((faulty) =>
      transact(
        [Put(b), Check({pk: s('e')}, 'attribute_exists(pk)'), faulty, Delete({pk: n(2)})],
        cancelled(NONE, NONE, SCHEMA, NONE),
      ),
    ),
    get(b),
  ),
  assumed(
    row(
      'a put whose key does not fit the schema',
      [],
      transact(
        [Put({v: n(1)}), Put({pk: n(1)})],
        cancelled(reason('One or more parameter values were invalid: Missing the key pk in the item'), NONE),
      ),
      transact(
        [Put(b), Put({pk: n(1)})],
        cancelled(
          NONE,
          reason('One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N'),
        ),
      ),
    ),
  ),
  row(
    'index keys of a wrong type, and updates that the item does not allow',
    ['| index key of wrong type', 'transactions-batch.md 3: | ValidationError |'],
    put(T, {...a, v: s('text'), list: {L: []}}),
    put(T, {...b, v: n('9' + '0'.repeat(125))}),
    ...[
      Put({pk: s('a'), sk: n(1), g: n(1)}, {}, U),
      Update({pk: s('a'), sk: n(2)}, 'SET g = :g', {':g': n(1)}, {}, U),
    ].map((faulty) =>
      transact(
        [Check(a, 'attribute_not_exists(pk)'), faulty, Update(a, 'SET pk = :v', {':v': s('b')})],
        cancelled(
          NONE,
          reason(
            'One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N IndexName: Global',
          ),
          NONE,
        ),
      ),
    ),
    transact(
      [
        Update(a, 'SET v = v + :one', {':one': n(1)}),
        Update({pk: s('c')}, 'SET v = w', undefined),
        Update({pk: s('d')}, 'SET m.x = :one', {':one': n(1)}),
        Update({pk: s('e')}, 'SET v = :v', {':v': n(1)}),
        Update(b, 'SET v = v + v', undefined),
      ],
      cancelled(
        reason('An operand in the update expression has an incorrect data type'),
        reason('The provided expression refers to an attribute that does not exist in the item'),
        reason('The document path provided in the update expression is invalid for update'),
        NONE,
        reason('Number overflow. Attempting to store a number with magnitude larger than supported range'),
      ),
    ),
    get({pk: s('e')}),
  ),
  assumed(
    row(
      'an update of a key attribute',
      [],
      transact(
        [Update(a, 'SET pk = :v', {':v': s('b')})],
        cancelled(
          reason(
            'One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key',
          ),
        ),
      ),
    ),
  ),
  row(
    'an update that writes a value of 32 levels',
    ['| an Update writes a value of 32 levels |'],
    transact(
      [Put(b), Update(a, 'SET v = :v', {':v': nested(32)})],
      cancelled(NONE, reason('Nesting Levels have exceeded supported limits')),
    ),
    ...['if_not_exists(v, :v)', 'list_append(:v, :v)'].map((written, i) =>
      transact(
        [Update(a, `SET v = ${written}`, {':v': i ? {L: [nested(31)]} : nested(32)})],
        cancelled(reason('Nesting Levels have exceeded supported limits')),
      ),
    ),
    transact([Check(a, 'v = :v', {ExpressionAttributeValues: {':v': nested(32)}})], cancelled(FAILED)),
    get(b),
  ),
  row(
    'the size of an update is that of its result alone',
    ['| Update result > 400 KB'],
    transact([
      Update(a, 'SET f = :f', {':f': s(text(409600 - 4))}),
    ]),
    transact(
      [Update(b, 'SET f = :f', {':f': s(text(409600 - 3))})],
      cancelled(reason('Item size to update has exceeded the maximum allowed size')),
    ),
  ),
  row(
    'a condition sees the stored item, without the key of an upsert',
    ['A ConditionExpression of an Update sees'],
    transact(
      [Update(a, 'SET v = :v', {':v': n(1)}, {ConditionExpression: 'attribute_exists(pk)'})],
      cancelled(FAILED),
    ),
    get(a),
    transact([Update(a, 'SET v = :v', {':v': n(1)}, {ConditionExpression: 'attribute_not_exists(pk)'})]),
    get(a, {...a, v: n(1)}),
    transact([Update(b, 'REMOVE v')]),
    get(b),
  ),
  row(
    'members that are missing, and values that are none',
    ['transactions-batch.md 2.1: `TransactItems*` list'],
    transact(
      [Put(a, {ReturnValuesOnConditionCheckFailure: 'X'})],
      violates(
        "'X' at 'transactItems.1.member.put.returnValuesOnConditionCheckFailure'",
        'Member must satisfy enum value set: [ALL_OLD, NONE]',
      ),
    ),
    transact(
      [{Put: {TableName: T}}],
      violates("null at 'transactItems.1.member.put.item'", 'Member must not be null'),
    ),
    transact(undefined, violates("null at 'transactItems'", 'Member must not be null')),
    transact(
      [Put(a)],
      violates("'X' at 'returnConsumedCapacity'", 'Member must satisfy enum value set: [INDEXES, TOTAL, NONE]'),
      {ReturnConsumedCapacity: 'X'},
    ),
    transact(
      [Put(a)],
      violates("'X' at 'returnItemCollectionMetrics'", 'Member must satisfy enum value set: [SIZE, NONE]'),
      {ReturnItemCollectionMetrics: 'X'},
    ),
  ),

  // Tokens.
  row(
    'the same token again does nothing and succeeds',
    [
      'transactions-batch.md 4: * Same token, same items',
      'capacity.md 4: - TransactWriteItems replayed',
      'capacity.md 4: - UnprocessedItems/Keys are not counted',
    ],
    transact([Put(sized('a', 1536))], {body: {ConsumedCapacity: [written(4)]}}, {...token('t-1{T}'), ...TOTAL}),
    ['DeleteItem', {TableName: T, Key: a}],
    transact([Put(sized('a', 1536))], {body: {ConsumedCapacity: [read(2)]}}, {...token('t-1{T}'), ...TOTAL}),
    transact(
      [{Put: {Item: {f: s(text(1532)), pk: s('a')}, TableName: T}}],
      {body: {ConsumedCapacity: [{...read(2), Table: {CapacityUnits: 2, ReadCapacityUnits: 2}}]}},
      {...token('t-1{T}'), ...INDEXES},
    ),
    transact([Put(sized('a', 1536))], {body: {}}, {...token('t-1{T}'), ReturnItemCollectionMetrics: 'SIZE'}),
    get(a),
  ),
  row(
    'a replay is charged for the larger image of each item',
    [],
    put(T, sized('a', 5000)),
    transact([Put(a), Put(b)], {body: {ConsumedCapacity: [written(12)]}}, {...token('t-5{T}'), ...TOTAL}),
    transact([Put(a), Put(b)], {body: {ConsumedCapacity: [read(6)]}}, {...token('t-5{T}'), ...TOTAL}),
  ),
  assumed(
    row(
      'a token with other items',
      ['transactions-batch.md 4: * Same token, other items'],
      transact([Put(a)], {body: {}}, token('t-2{T}')),
      transact([Put(b)], mismatch, token('t-2{T}')),
      transact([Put(a), Put(b)], mismatch, token('t-2{T}')),
      get(b),
    ),
  ),
  row(
    'a failed call does not use its token up',
    ['transactions-batch.md 4: * A token is valid 10 minutes'],
    transact([Check(a, 'attribute_exists(pk)'), Put(b)], cancelled(FAILED, NONE), token('t-3{T}')),
    transact([Put(b)], {body: {}}, token('t-3{T}')),
    transact([Check(a, 'attribute_exists(pk)'), Put(b)], mismatch, token('t-3{T}')),
  ),

  // Capacity and metrics.
  row(
    'capacity of a transaction',
    [
      'capacity.md 1: | transactional write |',
      'capacity.md 2: Same for LSI and GSI. Transactions do',
      'capacity.md 4: - Transactional operations add',
    ],
    put(T, sized('a', 1500)),
    transact(
      [
        Put(sized('n', 1025)),
        Check(a, 'attribute_exists(pk)'),
        Check({pk: s('none')}, 'attribute_not_exists(pk)'),
        Delete({pk: s('nothing')}),
        Put({pk: s('a'), sk: n(1), g: s('g')}, {}, U),
      ],
      {
        body: {
          ConsumedCapacity: [
            {...written(12), Table: {CapacityUnits: 12, WriteCapacityUnits: 12}},
            {
              ...written(3, U),
              Table: {CapacityUnits: 2, WriteCapacityUnits: 2},
              GlobalSecondaryIndexes: {Global: {CapacityUnits: 1, WriteCapacityUnits: 1}},
            },
          ],
        },
      },
      INDEXES,
    ),
    transact(
      [Update({pk: s('a'), sk: n(1)}, 'SET g = :g', {':g': s('h')}, {}, U), Put(b)],
      {body: {ConsumedCapacity: [written(4, U), written(2)]}},
      TOTAL,
    ),
  ),
  {
    name: 'metrics of item collections, each once',
    proves: ['capacity.md 5: | BatchWriteItem, TransactWriteItems |'],
    tables: {T: define('pk:S|sk:S', {local: {Local: ['pk:S|l:S', include('x')]}}), U: define('pk:S')},
    steps: [
      transact(
        [
          Put({pk: s('a'), sk: s('1')}),
          Put({pk: s('b'), sk: s('1')}),
          Update({pk: s('a'), sk: s('2')}, 'SET l = :l', {':l': s('x')}),
          Delete({pk: s('c'), sk: s('1')}),
          Put(a, {}, U),
        ],
        {
          body: {
            ItemCollectionMetrics: {
              [T]: ['a', 'b', 'c'].map((pk) => ({
                ItemCollectionKey: {pk: s(pk)},
                SizeEstimateRangeGB: [0, 1],
              })),
            },
          },
        },
        {ReturnItemCollectionMetrics: 'SIZE'},
      ),
    ],
  },
];

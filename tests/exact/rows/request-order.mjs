// Requests with several faults at once: which one the single-item operations tell. Each row of `chain` takes the fault
// that stands before it away, so every neighbour of the order is compared.
import {ABSENT, B, BOOL, L, M, N, NS, NULL, PFX, S, SS, conditionFailed, front, notFound, serialization, validation} from '../values.mjs';

// faults: [[name, members that make the fault, expectation], ...] in the order in which they are told.
// For each i the request holds fault i and all after it (members of the earlier win).
function chain(op, base, faults, proves, tables) {
  return faults.map(([name, , expect], i) => {
    const body = Object.assign({}, base, ...faults.slice(i).map(([, members]) => members).reverse());
    const next = faults[i + 1]?.[0];
    return {name: `${op}: ${name}${next ? ` before ${next}` : ''}`, proves: [`validation.md 5: | ${proves[i] ?? proves.at(-1)} |`], tables, op, body, expect};
  });
}

const T = {TableName: ABSENT};
const mixed = (legacy, expressions) =>
  `Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {${legacy}} Expression parameters: {${expressions}}`;
const VALUE = 'The parameter cannot be converted to a numeric value: x';
const RETURN_VALUES = front('ReturnValues can only be ALL_OLD or NONE');
const ITEM_SIZE = validation('Item size has exceeded the maximum allowed size');
const NO_NAMES = 'ExpressionAttributeNames must not be empty';
const emptyExpression = (kind) => `Invalid ${kind}Expression: The expression can not be empty;`;
const unused = 'Value provided in ExpressionAttributeNames unused in expressions: keys: {#u}';
const TABLE_NAME = validation("1 validation error detected: Value 'a b' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
const EXPECTED = {Expected: {a: {ComparisonOperator: 'EQ'}}};
const EXPECTED_TEXT = front(`${PFX}Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: a`);
const big = {pk: S('k'), f: S(409600)};

export default [
  ...chain('PutItem', {...T, Item: {pk: S('k')}}, [
    ['a JSON type', {ReturnConsumedCapacity: 1}, serialization('NUMBER_VALUE cannot be converted to String')],
    ['a constraint', {TableName: 'a b'}, TABLE_NAME],
    ['ReturnValues', {ReturnValues: 'ALL_NEW'}, RETURN_VALUES],
    ['mixing', {Expected: {a: {ComparisonOperator: 'EQ'}}, ConditionExpression: ''}, front(mixed('Expected', 'ConditionExpression'))],
    ['a value', {Item: {pk: S('k'), a: N('x')}, Expected: undefined}, front(VALUE)],
    ['the item size', {Item: big}, ITEM_SIZE],
    ['empty names', {ExpressionAttributeNames: {}}, front(NO_NAMES)],
    ['an expression', {ConditionExpression: '', ExpressionAttributeNames: {'#u': 'u'}}, front(emptyExpression('Condition'))],
    ['an unused name', {ConditionExpression: 'a = b', ExpressionAttributeNames: {'#u': 'u'}}, front(unused)],
    ['the table', {}, notFound],
  ], [1, 1, 3, 1, 2, 4, 6, 6, 6, 7]),
  ...chain('PutItem (maps)', {...T, Item: {pk: S('k')}}, [
    ['ReturnValues', {ReturnValues: 'UPDATED_NEW'}, RETURN_VALUES],
    ['a value', {Item: {pk: S('k'), a: N('x')}}, front(VALUE)],
    ['the item size', {Item: big}, ITEM_SIZE],
    ['Expected', EXPECTED, EXPECTED_TEXT],
    ['the table', {}, notFound],
  ], [3, 2, 4, 5, 7]).map((row) => ({...row, op: 'PutItem'})),
  ...chain('GetItem', {...T, Key: {pk: S('k')}}, [
    ['a constraint', {TableName: 'a b'}, TABLE_NAME],
    ['mixing', {AttributesToGet: ['a', 'a'], ProjectionExpression: ''}, validation(mixed('AttributesToGet', 'ProjectionExpression'))],
    ['a value', {Key: {pk: N('x')}, AttributesToGet: undefined}, validation(VALUE)],
    ['empty names', {ExpressionAttributeNames: {}, AttributesToGet: undefined}, validation(NO_NAMES)],
    ['an expression', {ProjectionExpression: '', ExpressionAttributeNames: {'#u': 'u'}}, validation(emptyExpression('Projection'))],
    ['an unused name', {ProjectionExpression: 'a', ExpressionAttributeNames: {'#u': 'u'}}, validation(unused)],
    ['the table', {}, notFound],
  ], [1, 1, 2, 6, 6, 6, 7]),
  ...chain('GetItem', {...T, Key: {pk: S('k')}}, [
    ['a value in the key', {Key: {pk: N('x')}}, validation(VALUE)],
    ['an attribute twice', {AttributesToGet: ['a', 'b', 'a']}, validation(`${PFX}Duplicate value in attribute name: a`)],
    ['the table, no names', {}, notFound],
  ], [2, 3, 7]),
  ...chain('DeleteItem', {...T, Key: {pk: S('k')}}, [
    ['a constraint', {TableName: 'a b', ReturnValues: undefined}, TABLE_NAME],
    ['ReturnValues', {ReturnValues: 'ALL_NEW'}, RETURN_VALUES],
    ['mixing', {...EXPECTED, ConditionExpression: ''}, front(mixed('Expected', 'ConditionExpression'))],
    ['a value', {Key: {pk: N('x')}, Expected: undefined}, front(VALUE)],
    ['empty names', {ExpressionAttributeNames: {}}, front(NO_NAMES)],
    ['an expression', {ConditionExpression: '', ExpressionAttributeNames: {'#u': 'u'}}, front(emptyExpression('Condition'))],
    ['an unused name', {ConditionExpression: 'a = b', ExpressionAttributeNames: {'#u': 'u'}}, front(unused)],
    ['the table', {}, notFound],
  ], [1, 3, 1, 2, 6, 6, 6, 7]),
  ...chain('DeleteItem', {...T, Key: {pk: S('k')}}, [
    ['ReturnValues', {ReturnValues: 'ALL_NEW'}, RETURN_VALUES],
    ['Expected', EXPECTED, EXPECTED_TEXT],
    ['the table, no expression', {}, notFound],
  ], [3, 5, 7]),
  ...chain('UpdateItem', {...T, Key: {pk: S('k')}}, [
    ['a constraint', {TableName: 'a b'}, TABLE_NAME],
    ['mixing', {...EXPECTED, UpdateExpression: ''}, front(mixed('Expected', 'UpdateExpression'))],
    ['a value', {Key: {pk: N('x')}, Expected: undefined}, front(VALUE)],
    ['empty names', {ExpressionAttributeNames: {}, Expected: undefined}, front(NO_NAMES)],
    ['an expression', {UpdateExpression: '', ExpressionAttributeNames: {'#u': 'u'}}, front(emptyExpression('Update'))],
    ['an unused name', {UpdateExpression: 'REMOVE a', ExpressionAttributeNames: {'#u': 'u'}}, front(unused)],
    ['the table', {}, notFound],
  ], [1, 1, 2, 6, 6, 6, 7]),
  ...chain('UpdateItem', {...T, Key: {pk: S('k')}}, [
    ['a value in the key', {Key: {pk: N('x')}}, front(VALUE)],
    ['AttributeUpdates', {AttributeUpdates: {a: {Action: 'PUT'}}}, front(`${PFX}Only DELETE action is allowed when no attribute value is specified`)],
    ['Expected', EXPECTED, EXPECTED_TEXT],
    ['the table, no expression', {}, notFound],
  ], [2, 3, 5, 7]),
  // With a table.
  {
    name: 'PutItem: the key before index keys before the condition',
    proves: ['validation.md 5: | 8 |', 'validation.md 5: | 9 |', 'validation.md 5: | 10 |', 'validation.md 5: | 11 |'],
    tables: {T: 'gsi'},
    steps: [
      ['PutItem', {TableName: '{T}', Item: {pk: N(1), g: N(1)}, ConditionExpression: 'attribute_exists(pk)'}, validation(`${PFX}Type mismatch for key pk expected: S actual: N`)],
      ['PutItem', {TableName: '{T}', Item: {pk: S('k'), g: N(1)}, ConditionExpression: 'attribute_exists(pk)'}, validation(`${PFX}Type mismatch for Index Key g Expected: S Actual: N IndexName: GSI`)],
      ['PutItem', {TableName: '{T}', Item: {pk: S('k')}, ConditionExpression: 'attribute_exists(pk)'}, conditionFailed],
      ['PutItem', {TableName: '{T}', Item: {pk: S('k')}, ConditionExpression: 'attribute_not_exists(pk)'}],
    ],
  },
  {
    name: 'UpdateItem: the key, a key as target, index keys, the condition, the update',
    proves: ['validation.md 5: | 8 |', 'validation.md 5: | 9 |', 'validation.md 5: | 10 |', 'validation.md 5: | 11 |'],
    tables: {T: 'gsi'},
    steps: [
      ['UpdateItem', {TableName: '{T}', Key: {pk: N(1)}, UpdateExpression: 'SET pk = :v', ExpressionAttributeValues: {':v': S('a')}}, validation('The provided key element does not match the schema')],
      ['UpdateItem', {TableName: '{T}', Key: {pk: S('k')}, UpdateExpression: 'SET pk = :v, g = :n', ExpressionAttributeValues: {':v': S('a'), ':n': N(1)}}, validation(`${PFX}Cannot update attribute pk. This attribute is part of the key`)],
      ['UpdateItem', {TableName: '{T}', Key: {pk: S('k')}, UpdateExpression: 'SET g = :n', ConditionExpression: 'attribute_exists(pk)', ExpressionAttributeValues: {':n': N(1)}}, validation(`${PFX}Type mismatch for Index Key g Expected: S Actual: N IndexName: GSI`)],
      ['UpdateItem', {TableName: '{T}', Key: {pk: S('k')}, UpdateExpression: 'SET a = b', ConditionExpression: 'attribute_exists(pk)'}, conditionFailed],
      ['UpdateItem', {TableName: '{T}', Key: {pk: S('k')}, UpdateExpression: 'SET a = b'}, validation('The provided expression refers to an attribute that does not exist in the item')],
    ],
  },
  {
    name: 'DeleteItem: the key before the condition',
    proves: ['validation.md 5: | 8 |', 'validation.md 5: | 10 |'],
    tables: {T: 'hash'},
    steps: [
      ['DeleteItem', {TableName: '{T}', Key: {pk: S('')}, ConditionExpression: 'attribute_exists(pk)'}, validation('One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk')],
      ['DeleteItem', {TableName: '{T}', Key: {pk: S('k')}, ConditionExpression: 'attribute_exists(pk)'}, conditionFailed],
      ['DeleteItem', {TableName: '{T}', Key: {pk: S('k')}}, {body: {}}],
    ],
  },
  ...[
    ['GetItem', {ProjectionExpression: 'pk.a'}],
    ['GetItem', {ProjectionExpression: 'a, pk[0]'}],
    ['DeleteItem', {ConditionExpression: 'pk.a = pk'}],
    ['PutItem', {ConditionExpression: 'attribute_exists(pk[0])'}],
    ['UpdateItem', {ConditionExpression: 'attribute_exists(pk.a)'}],
    ['Scan', {FilterExpression: 'attribute_exists(pk.a)'}],
    ['Scan', {ProjectionExpression: 'pk.a'}],
  ].map(([op, members]) => ({
    name: `${op}: a path into the key, ${Object.values(members)[0]}`,
    proves: ['validation.md 5: - Key paths'],
    tables: {T: 'hash'},
    op,
    body: {TableName: '{T}', ...(op === 'PutItem' ? {Item: {pk: S('k')}} : op === 'Scan' ? {} : {Key: {pk: S('k')}}), ...members},
    expect: validation("Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: pk"),
  })),
  ...[
    ['UpdateItem', {Key: {pk: S('k')}, UpdateExpression: 'SET a = g.a'}],
    ['UpdateItem', {Key: {pk: S('k')}, UpdateExpression: 'SET a = if_not_exists(g[0], a)'}],
    ['Scan', {FilterExpression: 'attribute_exists(g.a)'}],
    ['Scan', {ProjectionExpression: 'g.a'}],
  ].map(([op, members]) => ({
    name: `${op}: a path into an index key, ${members.UpdateExpression ?? Object.values(members)[0]}`,
    proves: ['validation.md 5: - Key paths'],
    tables: {T: 'gsi'},
    op,
    body: {TableName: '{T}', ...members},
    expect: validation("Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: g"),
  })),
  ...['SET pk.a = :v', 'ADD pk.a :v', 'SET pk[0] = :v'].map((UpdateExpression) => ({
    name: `UpdateItem: a path into the key as target, ${UpdateExpression}`,
    proves: ['validation.md 5: | 9 |'],
    tables: {T: 'hash'},
    op: 'UpdateItem',
    body: {TableName: '{T}', Key: {pk: S('k')}, UpdateExpression, ExpressionAttributeValues: {':v': N(1)}},
    expect: validation(`${PFX}Cannot update attribute pk. This attribute is part of the key`),
  })),
  ...['REMOVE g[0]', 'SET g.a = :v'].map((UpdateExpression) => ({
    name: `UpdateItem: a path into an index key as target, ${UpdateExpression}`,
    proves: ['validation.md 5: | 9 |'],
    tables: {T: 'gsi'},
    steps: [
      ['PutItem', {TableName: '{T}', Item: {pk: S('k'), g: S('a')}}],
      ['UpdateItem', {TableName: '{T}', Key: {pk: S('k')}, UpdateExpression, ...(UpdateExpression.includes(':v') ? {ExpressionAttributeValues: {':v': N(1)}} : {})}, validation('The document path provided in the update expression is invalid for update')],
    ],
  })),
  {
    name: 'a Query of a table without a sort key has one page',
    proves: ['query-scan.md 4: | Limit |'],
    assumed: true,
    tables: {T: 'hash'},
    steps: [
      ['PutItem', {TableName: '{T}', Item: {pk: S('k')}}],
      ['Query', {TableName: '{T}', Limit: 1, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: {':p': S('k')}}, {has: {Count: 1}, absent: ['LastEvaluatedKey']}],
      ['Scan', {TableName: '{T}', Limit: 1}, {has: {LastEvaluatedKey: {pk: S('k')}}}],
    ],
  },
  ...[
    ['no value and no action', {}, 'Only DELETE action is allowed when no attribute value is specified'],
    ['ADD without a value', {Action: 'ADD'}, 'Only DELETE action is allowed when no attribute value is specified'],
    ...[[S('a'), 'S'], [N(1), 'N'], [M(), 'M'], [L(), 'L'], [NULL, 'NULL'], [BOOL(true), 'BOOL'], [B('a'), 'B']].map(([Value, type]) => [`DELETE of ${type}`, {Action: 'DELETE', Value}, `DELETE action with value is not supported for the type ${type}`]),
    ...[[S('a'), 'S'], [M(), 'M'], [NULL, 'NULL'], [BOOL(true), 'BOOL'], [B('a'), 'B']].map(([Value, type]) => [`ADD of ${type}`, {Action: 'ADD', Value}, `ADD action is not supported for the type ${type}`]),
  ].map(([name, update, message]) => ({
    name: `AttributeUpdates: ${name}`,
    proves: ['validation.md 5: - AttributeUpdates: Action'],
    op: 'UpdateItem',
    body: {...T, Key: {pk: S('k')}, AttributeUpdates: {a: update}},
    expect: front(PFX + message),
  })),
  ...[['ADD', N(1)], ['ADD', SS('a')], ['ADD', NS(1)], ['ADD', L()], ['DELETE', SS('a')]].map(([Action, Value]) => ({
    name: `AttributeUpdates: ${Action} of ${Object.keys(Value)[0]}`,
    proves: ['validation.md 5: - AttributeUpdates: Action'],
    op: 'UpdateItem',
    body: {...T, Key: {pk: S('k')}, AttributeUpdates: {a: {Action, Value}}},
    expect: notFound,
  })),
  {
    name: 'a failed condition consumes capacity',
    proves: ['validation.md 5: - A failed condition'],
    tables: {T: 'hash'},
    steps: [
      ['PutItem', {TableName: '{T}', Item: {pk: S('k')}, ConditionExpression: 'attribute_exists(pk)', ReturnConsumedCapacity: 'TOTAL'}, conditionFailed],
      ['DeleteItem', {TableName: '{T}', Key: {pk: S('k')}, Expected: {pk: {ComparisonOperator: 'NOT_NULL'}}}, conditionFailed],
    ],
  },
];

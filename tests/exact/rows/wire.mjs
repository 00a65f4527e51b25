// Bodies, targets and values that a careless or hostile client sends. The rest of the wire is held by tests/api.
import assert from 'node:assert/strict';
import {carry, define, invalid, n, put, s} from '../definitions.mjs';

const proves = carry('data-plane.md 1.1: ');
const BARE = {status: 400, body: {__type: 'com.amazon.coral.service#SerializationException'}};
const UNKNOWN = {status: 400, body: {__type: 'com.amazon.coral.service#UnknownOperationException'}};
const NOTHING = {status: 200, body: {}};
const raw = (name, body, expect, statement, options) => ({
  name,
  proves: proves(statement),
  tables: {T: define('pk:S')},
  steps: [['GetItem', body, expect, options]],
});
const bytes = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)));
const wrap = (open, close, depth) => open.repeat(depth) + close.repeat(depth);
const item = (value) => `{"TableName":"{T}","Item":{"pk":{"S":"a"},"v":${value}}}`;
const putRow = (name, value, expect, statement) => ({
  name,
  proves: proves(statement),
  tables: {T: define('pk:S')},
  op: 'PutItem',
  body: item(value),
  expect,
});
const serialization = (Message) => ({
  status: 400,
  body: {__type: 'com.amazon.coral.service#SerializationException', Message},
});
const CANONICAL = serialization('Invalid last non-pad Base64 character dectected');
const length = (count) => serialization(`Base64 encoded length is expected a multiple of 4 bytes but found: ${count}`);
const stored = (value) => [['GetItem', {TableName: '{T}', Key: {pk: s('a')}}, {body: {Item: {pk: s('a'), v: value}}}]];
const target = (name, header, expect) => ({
  name,
  proves: proves('data-plane.md 1: | `X-Amz-Target`'),
  op: 'ListTables',
  steps: [['ListTables', {}, expect, {headers: {'X-Amz-Target': header}}]],
});
const type = (name, header, expect) => ({
  name,
  proves: proves('data-plane.md 1: | `Content-Type` |'),
  steps: [['ListTables', {Limit: 1}, expect, {headers: {'Content-Type': header}}]],
});
const NOT_FOUND = (reply) => {
  assert.equal(reply.status, 404);
  assert.equal(reply.text, '<UnknownOperationException/>\n');
};
const fine = (reply) => assert.equal(reply.status, 200);

export default [
  ...[
    ['an open brace', '{'],
    ['a byte order mark', bytes([0xef, 0xbb, 0xbf], '{}')],
    ['UTF-16', Buffer.from('{"TableName":"abc"}', 'utf16le')],
    ['a NUL after the object', '{}\0'],
    ['only a NUL', '\0'],
    ['two objects', '{}{}'],
    ['a comment', '{/* */}'],
    ['single quotes', "{'TableName':'abc'}"],
    ['a name without quotes', '{TableName:"abc"}'],
    ['a missing colon', '{"TableName" "abc"}'],
    ['a missing value', '{"TableName":}'],
    ['NaN', '{"TableName":NaN}'],
    ['Infinity', '{"x":Infinity}'],
    ['a hexadecimal number', '{"x":0x10}'],
    ['a number with a plus', '{"x":+1}'],
    ['a number with a leading zero', '{"x":01}'],
    ['True', '{"x":True}'],
    ['undefined', '{"x":undefined}'],
    ['a broken escape', '{"x":"\\q"}'],
    ['a broken \\u escape', '{"x":"\\u12g4"}'],
    ['a string that never ends', '{"x":"abc'],
    ['a line feed in a string', '{"x":"a\nb"}'],
    ['an unmatched bracket', '{"x":[1}'],
    ['overlong UTF-8', bytes('{"x":"', [0xc0, 0x80], '"}')],
    ['a surrogate in UTF-8', bytes('{"x":"', [0xed, 0xa0, 0x80], '"}')],
    ['UTF-8 past the last character', bytes('{"x":"', [0xf4, 0x90, 0x80, 0x80], '"}')],
    ['UTF-8 cut off', bytes('{"x":"', [0xe2, 0x82], '"}')],
    ['broken UTF-8 in a name', bytes('{"', [0xff], '":1}')],
  ].map(([name, body]) => raw(`a body of ${name}`, body, BARE, '| Body not JSON |')),
  ...['[]', '"x"', '1', 'true', 'null', '[{}]'].map((body) => ({
    ...raw(`the body ${body}`, body, BARE, 'Body a JSON value but not an object'),
    assumed: true,
  })),
  raw('a body of blanks', '  \r\n\t ', BARE, '| Body not JSON |'),
  ...['[', '{"a":'].flatMap((open) =>
    [100, 100_000, 3_000_000].map((depth) =>
      raw(`${depth} times ${open}`, `{"x":${open.repeat(depth)}`, BARE, '| Body not JSON |'),
    ),
  ),
  {
    name: 'brackets in brackets, dropped or refused, never a failure of the server',
    proves: proves('data-plane.md 1: | Unknown members |'),
    steps: [
      ...[10, 1000, 1_000_000].map((depth) => [
        'ListTables',
        `{"Unknown":${wrap('[', ']', depth)}}`,
        (reply) => assert.ok([200, 400].includes(reply.status)),
      ]),
      ['ListTables', '{"Unknown":[[[[{"a":[1e999,-0.0,1E-400]}]]]],"Limit":1}', fine],
    ],
  },

  putRow('base64 without padding', '{"B":"YQ"}', length(2), 'data-plane.md 4: | Blob | string, length not'),
  putRow('base64 of one character', '{"B":"Y"}', length(1)),
  putRow('base64 of five characters', '{"B":"YWJjZ"}', length(5)),
  putRow('base64 with a line feed', '{"B":"YWJj\\n"}', length(5)),
  putRow(
    'base64 with a foreign character',
    '{"B":"YW*j"}',
    CANONICAL,
    'data-plane.md 4: | Blob | string not canonical',
  ),
  putRow('base64 of the URL alphabet', '{"B":"-_-_"}', CANONICAL),
  putRow('base64 with bits left over', '{"B":"YR=="}', CANONICAL),
  putRow('base64 with too much padding', '{"B":"Y==="}', CANONICAL),
  putRow('base64 with padding in the middle', '{"B":"YQ==YQ=="}', CANONICAL),
  putRow('base64 in a set', '{"BS":["YQ==","YR=="]}', CANONICAL),
  putRow('an empty binary', '{"B":""}', NOTHING, 'data-plane.md 4: | Blob | string not canonical'),

  putRow(
    'the last of equal names counts',
    '{"S":"first","S":"second"}',
    NOTHING,
    'data-plane.md 1: | Duplicate JSON keys',
  ),
  {
    name: 'equal names, what is stored',
    proves: proves('data-plane.md 1: | Duplicate JSON keys'),
    assumed: true,
    tables: {T: define('pk:S')},
    steps: [
      [
        'PutItem',
        '{"TableName":"{T}","Item":{"pk":{"S":"x"}},"Item":{"pk":{"S":"a"},"v":{"N":"1"},"v":{"S":"last"}}}',
        NOTHING,
      ],
      ...stored(s('last')),
    ],
  },
  {
    name: 'text with every kind of character comes back as it went',
    proves: proves('data-plane.md 1: | Method/path |'),
    tables: {T: define('pk:S')},
    steps: [
      '\0',
      '\u0001\u001f',
      '"\\/\b\f\n\r\t',
      '\u007f\u0080',
      'é€😀\u{10ffff}',
      '\u2028\u2029',
      '</script>',
      '\ufffe\uffff',
    ].flatMap((text) => [put('{T}', {pk: s('a'), v: s(text)}), ...stored(s(text))]),
  },
  {
    name: 'an escaped pair is one character',
    proves: proves('data-plane.md 1: | Method/path |'),
    tables: {T: define('pk:S')},
    steps: [['PutItem', item('{"S":"\\ud83d\\ude00"}'), NOTHING], ...stored(s('😀'))],
  },
  {
    name: 'half of an escaped pair',
    proves: proves('data-plane.md 1: | Method/path |'),
    steps: ['\\ud83d', '\\ude00', '\\ude00\\ud83d', 'a\\ud83dz'].map((text) => [
      'DescribeTable',
      `{"TableName":"${text}"}`,
      (reply) => assert.equal(reply.status, 400),
    ]),
  },
  {
    name: 'unknown members are dropped, null is absent',
    proves: proves('data-plane.md 1: | Unknown members |'),
    tables: {T: define('pk:S')},
    steps: [
      [
        'PutItem',
        {
          TableName: '{T}',
          Nonsense: {deep: [1, {}]},
          Item: {pk: {S: 'a', X: 'y'}, v: {N: '1', S: null, Foo: 1}},
          ConditionExpression: null,
          ReturnValues: null,
        },
        NOTHING,
      ],
      ...stored(n(1)),
      ['PutItem', {TableName: '{T}', Item: {pk: s('a'), v: null}}, (reply) => assert.equal(reply.status, 400)],
      [
        'PutItem',
        {TableName: null, Item: {}},
        invalid(
          "1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null",
        ),
      ],
    ],
  },

  target('an API of another service', 'Logs_20140328.ListTables', UNKNOWN),
  target('a target with blanks', ' DynamoDB_20120810.ListTables x', UNKNOWN),
  target('a target with nothing before the point', '.ListTables', UNKNOWN),
  target('a target with nothing behind the point', 'DynamoDB_20120810.', UNKNOWN),
  type('an unknown content type', 'text/json', NOT_FOUND),
  type('JSON 1.1', 'application/x-amz-json-1.1', NOT_FOUND),
  type('a content type with a parameter', 'application/json;charset=UTF-8', fine),
  type('an empty content type', ';application/json', NOT_FOUND),
  {
    name: 'nothing to return',
    proves: proves([
      '| Success without members |',
      'data-plane.md 5: - GetItem on a missing key',
      'data-plane.md 5: - Member order in success bodies',
    ]),
    tables: {T: define('pk:S')},
    steps: [
      [
        'GetItem',
        {TableName: '{T}', Key: {pk: s('a')}},
        (reply) => {
          assert.equal(reply.text, '{}');
          assert.equal(reply.headers['x-amz-crc32'], '2745614147');
        },
      ],
      ['PutItem', {TableName: '{T}', Item: {pk: s('a')}, ReturnValues: 'ALL_OLD'}, NOTHING],
      ['DeleteItem', {TableName: '{T}', Key: {pk: s('b')}, ReturnValues: 'ALL_OLD'}, NOTHING],
      [
        'UpdateItem',
        {TableName: '{T}', Key: {pk: s('a')}, UpdateExpression: 'REMOVE x', ReturnValues: 'UPDATED_OLD'},
        NOTHING,
      ],
      [
        'UpdateItem',
        {TableName: '{T}', Key: {pk: s('a')}, UpdateExpression: 'REMOVE x', ReturnValues: 'UPDATED_NEW'},
        NOTHING,
      ],
    ],
  },
  {
    name: 'a failed condition with the item',
    proves: proves(['data-plane.md 3: | ConditionalCheckFailedException', 'new-features.md 1: | 2023-06']),
    tables: {T: define('pk:S')},
    steps: [
      put('{T}', {pk: s('a'), v: n(1)}),
      ...[
        ['PutItem', {Item: {pk: s('a')}}],
        ['DeleteItem', {Key: {pk: s('a')}}],
        ['UpdateItem', {Key: {pk: s('a')}}],
      ].flatMap(([op, body]) => [
        [
          op,
          {
            TableName: '{T}',
            ...body,
            ConditionExpression: 'attribute_exists(w)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
          {
            type: 'ConditionalCheckFailedException',
            message: 'The conditional request failed',
            more: {Item: {pk: s('a'), v: n(1)}},
          },
        ],
        [
          op,
          {TableName: '{T}', ...body, ConditionExpression: 'attribute_exists(w)'},
          {type: 'ConditionalCheckFailedException', message: 'The conditional request failed'},
        ],
      ]),
    ],
  },
  {
    name: 'units are written as doubles',
    proves: proves('data-plane.md 5: - `CapacityUnits` and friends'),
    tables: {T: define('pk:S')},
    steps: [
      [
        'GetItem',
        {TableName: '{T}', Key: {pk: s('a')}, ReturnConsumedCapacity: 'TOTAL'},
        (reply) => assert.match(reply.text, /"CapacityUnits":0\.5\}/),
      ],
      [
        'PutItem',
        {TableName: '{T}', Item: {pk: s('a')}, ReturnConsumedCapacity: 'TOTAL'},
        (reply) => assert.match(reply.text, /"CapacityUnits":1\.0\}/),
      ],
    ],
  },
];

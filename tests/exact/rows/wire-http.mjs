// Around the body: paths, fixed replies, header fields, CORS, content codings, sizes, and what is looked at first.
import assert from 'node:assert/strict';
import {deflateRawSync, deflateSync, gunzipSync, gzipSync, inflateSync} from 'node:zlib';
import {crc32, assertReplyHeaders} from '../../api/wire.mjs';
import {carry, define, put, s, text} from '../definitions.mjs';

const proves = carry('data-plane.md 1: ');
const tables = {T: define('pk:S')};
const row = (name, statement, ...steps) => ({name, proves: proves(statement), steps});
const assumed = (made) => ({...made, assumed: true});
const MIB16 = 16 * 1024 * 1024;
const KIB16 = 16 * 1024;

const TYPE = {
  serialization: 'com.amazon.coral.service#SerializationException',
  operation: 'com.amazon.coral.service#UnknownOperationException',
  token: 'com.amazon.coral.service#MissingAuthenticationTokenException',
  internal: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
};

// A whole reply: status, text and the fields given (null: absent), with id and checksum unless `refused` by the size
// check or the HTTP layer.
const reply = (status, body, fields = {}, {refused = false} = {}) => (answer) => {
  assert.equal(answer.status, status, answer.text);
  if (body !== undefined) assert.equal(answer.text, body);
  for (const [name, value] of Object.entries(fields)) assert.equal(answer.headers[name] ?? null, value, name);
  if (refused) {
    assert.equal(answer.headers['x-amzn-requestid'], undefined);
  } else {
    assertReplyHeaders(answer);
  }
};
const fixed = (status, body, checksum, fields) => reply(status, body, {'x-amz-crc32': String(checksum), ...fields});
const BARE = fixed(400, `{"__type":"${TYPE.serialization}"}`, 3948637019);
const UNKNOWN = fixed(400, `{"__type":"${TYPE.operation}"}`, 1368724161);
const NOT_FOUND = fixed(404, '<UnknownOperationException/>\n', 3552371480, {'content-type': null});
const HEALTHY = fixed(200, 'healthy: dynamodb.us-east-1.amazonaws.com ', 3128867991);
const typed = (type) => (answer) => {
  assert.equal(answer.json?.__type, type, answer.text);
  assertReplyHeaders(answer);
};
const fine = reply(200);
const TOO_LARGE = reply(413, '', {'content-length': '0'}, {refused: true});
const BAD_HEAD = reply(400, undefined, {}, {refused: true});
const UNDECODABLE = (answer) => {
  assert.equal(answer.status, 500);
  typed(TYPE.internal)(answer);
};

const list = (expect, options, body = {}) => ['ListTables', body, expect, options];
const nothing = (method, expect, options) => ['ListTables', undefined, expect, {method, ...options}];
const headers = (fields) => ({headers: fields});
const encoded = (coding) => headers({'Content-Encoding': coding});
const dropped = (size) => `{"Unknown":"${'x'.repeat(size - '{"Unknown":""}'.length)}"}`;

// GetItem of an item of so many bytes, asked for with this Accept-Encoding.
const UNPACK = {gzip: gunzipSync, deflate: inflateSync};
const accepted = (accept, coding) => [
  'GetItem',
  {TableName: '{T}', Key: {pk: s('a')}},
  (answer) => {
    assert.equal(answer.headers['content-encoding'], coding, `Accept-Encoding: ${accept}`);
    assert.equal(answer.headers['x-amz-crc32'], String(crc32(answer.body)));
    assert.equal(answer.headers['content-length'], String(answer.body.length));
    const plain = coding ? UNPACK[coding](answer.body).toString() : answer.text;
    assert.equal(JSON.parse(plain).Item.pk.S, 'a');
  },
  headers({'Accept-Encoding': accept}),
];

const ORIGIN = {Origin: 'http://app.example'};
const EXPOSED = 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date';
const CORS = {'access-control-allow-origin': '*', 'access-control-expose-headers': EXPOSED};
const withOrigin = (status) => reply(status, undefined, CORS);

export default [
  row(
    'the path is not looked at',
    '| Method/path |',
    ...['/', '/any/path', '/shell/', '/?x=y', '/%00', '/_dynarockx'].map((path) => list(fine, {path})),
  ),
  row(
    'the type of a reply',
    '| Reply `Content-Type` |',
    ...[
      ['application/x-amz-json-1.0', 'application/x-amz-json-1.0'],
      ['application/x-amz-json-1.0 ; charset=utf-8', 'application/x-amz-json-1.0'],
      ['application/json', 'application/json'],
      ['application/json; charset=utf-8', 'application/json'],
    ].flatMap(([sent, answered]) => [
      list(reply(200, undefined, {'content-type': answered}), headers({'Content-Type': sent})),
      list(reply(400, undefined, {'content-type': answered}), headers({'Content-Type': sent}), 'x'),
    ]),
  ),
  row(
    'bodies of 16 MiB and a byte more',
    ['| Body limit |', 'limits.md 5: | request body / request line and headers'],
    list(fine, {}, Buffer.from(dropped(MIB16))),
    list(TOO_LARGE, {}, Buffer.from(dropped(MIB16 + 1))),
    list(fine, encoded('gzip'), gzipSync(dropped(MIB16))),
    list(TOO_LARGE, encoded('gzip'), gzipSync(dropped(MIB16 + 1))),
    list(TOO_LARGE, encoded('deflate'), deflateSync(dropped(MIB16 + 1))),
    list(TOO_LARGE, encoded('gzip'), Buffer.concat([gzipSync(text(MIB16)), gzipSync('x')])),
  ),
  row(
    'request lines and header fields of 16 KiB',
    ['| Header limit |', 'limits.md 5: | request body / request line and headers'],
    list(fine, {path: `/${text(KIB16 - 'POST / HTTP/1.1\r\n'.length)}`}),
    list(BAD_HEAD, {path: `/${text(KIB16 - 'POST / HTTP/1.1\r\n'.length + 1)}`}),
    list(fine, headers({'X-Large': text(KIB16 - 1000)})),
    list(BAD_HEAD, headers({'X-Large': text(KIB16)})),
    list(BAD_HEAD, headers({'X-One': text(KIB16 / 2), 'X-Other': text(KIB16 / 2)})),
    list(BAD_HEAD, headers({'X-Large': text(4 * KIB16)})),
    list(fine),
  ),
  row(
    'compressed bodies',
    '| `Content-Encoding: gzip` / `deflate` |',
    ...[
      ['gzip', gzipSync('{"Limit":1}')],
      ['GZIP', gzipSync('{"Limit":1}')],
      ['gzip', Buffer.concat([gzipSync('{"Lim'), gzipSync(''), gzipSync('it":1}')])],
      ['deflate', deflateSync('{"Limit":1}')],
      ['deflate', deflateRawSync('{"Limit":1}')],
    ].map(([coding, body]) => list(fine, encoded(coding), body)),
    list(typed('com.amazon.coral.validate#ValidationException'), encoded('gzip'), gzipSync('{"Limit":0}')),
    list(BARE, encoded('gzip'), gzipSync('')),
    list(BARE, encoded('gzip'), gzipSync('{"Limit":')),
  ),
  assumed(
    row(
      'bodies that cannot be decoded',
      '| `Content-Encoding: gzip` / `deflate` |',
      ...[
        ['gzip', '{}'],
        ['gzip', gzipSync('{"Limit":1}').subarray(0, 20)],
        ['gzip', Buffer.concat([gzipSync('{}'), Buffer.from('more')])],
        ['gzip', Buffer.concat([gzipSync('{}'), gzipSync(' ').subarray(0, 12)])],
        ['gzip', deflateSync('{}')],
        ['gzip', ''],
        ['deflate', '{}'],
        ['deflate', deflateSync(text(5000)).subarray(0, 20)],
        ['deflate', ''],
        ['br', '{}'],
        ['x-gzip', gzipSync('{}')],
        ['gzip, br', gzipSync('{}')],
      ].map(([coding, body]) => list(UNDECODABLE, encoded(coding), body)),
    ),
  ),
  {
    name: 'the coding of a large reply',
    proves: proves('| `Accept-Encoding` |'),
    tables,
    steps: [
      put('{T}', {pk: s('a'), v: s(text(5000))}),
      accepted('gzip', 'gzip'),
      accepted('deflate', 'deflate'),
      accepted('gzip, deflate', 'gzip'),
      accepted('deflate, gzip', 'deflate'),
      accepted('deflate;q=0.5, gzip;q=0.6', 'gzip'),
      accepted('br, deflate;q=0.8, gzip;q=0.8', 'deflate'),
      accepted('identity, gzip;q=0.1', 'gzip'),
      accepted('*', 'gzip'),
      accepted('gzip;q=0, *', 'deflate'),
      accepted('gzip;q=0.2, *;q=0.1', 'gzip'),
      ...['identity', 'gzip;q=0', 'x-gzip', 'br', '*;q=0', ''].map((accept) => accepted(accept, undefined)),
      put('{T}', {pk: s('a'), v: s(text(3900))}),
      accepted('gzip', undefined),
    ],
  },
  row(
    'the order in which a request is looked at',
    '| Order of checks |',
    nothing('OPTIONS', reply(200, ''), headers({...ORIGIN, 'Content-Type': 'text/plain'})),
    ['MakeTea', 'hello', HEALTHY, {method: 'GET', headers: {'Content-Type': 'text/plain', Authorization: null}}],
    list(NOT_FOUND, headers({'Content-Type': 'text/plain', 'X-Amz-Target': 'x', Authorization: null}), 'hello'),
    list(NOT_FOUND, {method: 'PUT'}),
    ['MakeTea', 'hello', BARE, headers({Authorization: null})],
    ['MakeTea', {}, UNKNOWN, headers({Authorization: null})],
    list(typed(TYPE.token), headers({Authorization: null}), ''),
    list(BARE, {}, ''),
    ['PutItem', {TableName: '', Item: 'x'}, typed(TYPE.serialization)],
    ['PutItem', {TableName: '', Item: {}}, typed('com.amazon.coral.validate#ValidationException')],
  ),

  row(
    'GET on any path',
    'data-plane.md 1.1: | `GET`, any path',
    ...['/', '/shell/', '/any/path?x=y', '/_dynarockx'].map((path) => nothing('GET', HEALTHY, {path})),
    nothing('GET', HEALTHY, headers({Authorization: null})),
    nothing(
      'GET',
      reply(200, 'healthy: dynamodb.eu-west-3.amazonaws.com '),
      headers({
        Authorization:
          'AWS4-HMAC-SHA256 Credential=A/20260102/eu-west-3/dynamodb/aws4_request, SignedHeaders=host, Signature=ab',
      }),
    ),
  ),
  row(
    'other methods, and other types of a body',
    'data-plane.md 1.1: | Wrong method',
    ...['PUT', 'DELETE', 'PATCH', 'OPTIONS'].map((method) => nothing(method, NOT_FOUND)),
    ...['text/plain', 'application/x-amz-json-1.1', ''].map((type) => list(NOT_FOUND, headers({'Content-Type': type}))),
    list(NOT_FOUND, headers({'Content-Type': null})),
  ),
  row('no JSON', 'data-plane.md 1.1: | Body not JSON |', list(BARE, {}, 'hello')),
  row(
    'targets that do not exist',
    'data-plane.md 1.1: | Target missing',
    ...[
      null,
      '',
      'DynamoDB_20120810',
      'DynamoDB_20120810.',
      'DynamoDB_20120810.MakeTea',
      'DynamoDB_20120810.listTables',
      'DynamoDB_20120810.ListTables.More',
      'DynamoDB_20991231.ListTables',
      'DynamoDBStreams_20120810.ListTables',
      'DynamoDB_20120810.ListStreams',
    ].map((target) => list(UNKNOWN, headers({'X-Amz-Target': target}))),
  ),
  row(
    'the API of 2011 is refused by name',
    '| `X-Amz-Target`',
    list(
      (answer) => {
        typed(TYPE.operation)(answer);
        assert.equal(answer.json.message, 'dynarock does not implement the API DynamoDB_20111205');
      },
      headers({'X-Amz-Target': 'DynamoDB_20111205.GetItem'}),
    ),
    list(UNKNOWN, headers({'X-Amz-Target': 'DynamoDB_20111205.TransactGetItems'})),
  ),
  row(
    'an empty body',
    'data-plane.md 1.1: | Empty body',
    list(BARE, {}, ''),
    list(BARE, headers({'Content-Type': null}), ''),
  ),

  row(
    'request ids',
    'data-plane.md 1.2: | `x-amzn-RequestId` |',
    ...[200, 400, 404].map((status) =>
      list(
        (answer) => {
          assert.equal(answer.status, status);
          assert.match(answer.headers['x-amzn-requestid'], /^[0-9A-Z]{26}VV4KQNSO5AEMVJF66Q9ASUAAJG$/);
        },
        headers({'Content-Type': status === 404 ? 'text/plain' : 'application/json'}),
        status === 400 ? 'x' : {},
      ),
    ),
  ),
  {
    name: 'checksums of what is sent',
    proves: proves('data-plane.md 1.2: | `x-amz-crc32` |'),
    tables,
    steps: [
      put('{T}', {pk: s('naïve 日本 😀')}),
      ['GetItem', {TableName: '{T}', Key: {pk: s('naïve 日本 😀')}}, reply(200)],
      ['GetItem', {TableName: '{T}', Key: {x: s('a')}}, reply(400)],
      ['GetItem', {TableName: 'absent', Key: {pk: s('a')}}, reply(400)],
    ],
  },
  row(
    'the usual fields',
    'data-plane.md 1.2: | `Content-Length`, `Date`',
    list((answer) => {
      assert.equal(answer.headers['content-length'], String(answer.body.length));
      assert.ok(Math.abs(Date.parse(answer.headers.date) - Date.now()) < 5000);
      assert.equal(answer.headers.connection, 'keep-alive');
    }),
  ),
  assumed(
    row('the Server field', 'data-plane.md 1.2: | `Content-Length`, `Date`', list(reply(200, undefined, {server: 'Server'}))),
  ),

  row(
    'an Origin is answered whatever the reply',
    'data-plane.md 1.3: | any with `Origin` |',
    list(withOrigin(200), headers(ORIGIN)),
    list(withOrigin(400), headers(ORIGIN), 'x'),
    list(withOrigin(400), headers({...ORIGIN, Authorization: null})),
    list(withOrigin(404), headers({...ORIGIN, 'Content-Type': 'text/plain'})),
    list(withOrigin(500), headers({...ORIGIN, 'Content-Encoding': 'br'})),
    ['DescribeTable', {TableName: 'absent'}, withOrigin(400), headers(ORIGIN)],
    nothing('GET', withOrigin(200), headers(ORIGIN)),
    list(reply(200, undefined, {'access-control-allow-origin': null, 'access-control-expose-headers': null})),
  ),
  row(
    'OPTIONS with an Origin',
    ['data-plane.md 1.3: | `OPTIONS` with `Origin` |', "data-plane.md 1.3: SC's Max-Age 7200"],
    nothing(
      'OPTIONS',
      reply(200, '', {
        ...CORS,
        'content-length': '0',
        'access-control-allow-headers': 'x-amz-target,authorization',
        'access-control-allow-methods': 'POST',
        'access-control-max-age': '172800',
      }),
      headers({
        ...ORIGIN,
        'Access-Control-Request-Headers': 'x-amz-target,authorization',
        'Access-Control-Request-Method': 'POST',
      }),
    ),
    nothing(
      'OPTIONS',
      reply(200, '', {
        'content-length': '0',
        'access-control-allow-headers': null,
        'access-control-allow-methods': null,
        'access-control-max-age': '172800',
      }),
      headers(ORIGIN),
    ),
  ),
];

// Tags: ARNs, refusals in their order, and what becomes of tags.
import assert from 'node:assert/strict';
import {carry, define, invalid, notFound, parameter, violates} from '../definitions.mjs';

const proves = carry('control-plane.md 6: ');
const arnOf = (name, {partition = 'aws', service = 'dynamodb', region = 'us-east-1', account = '000000000000', kind = 'table'} = {}) =>
  `arn:${partition}:${service}:${region}:${account}:${kind}/${name}`;
const T = arnOf('{T}');
const ABSENT = arnOf('AbsentTable');
const plain = define('pk:S');
const tag = (Key, Value = 'v') => ({Key, Value});
const many = (count, first = 0) => Array.from({length: count}, (_, i) => tag(`k${first + i}`));
const OPERATIONS = {TagResource: {Tags: [tag('a')]}, UntagResource: {TagKeys: ['a']}, ListTagsOfResource: {}};
const DENIED = {type: 'AccessDeniedException', message: 'Access is denied'};
const TOO_MANY = invalid('Number of Tags exceed the current limit for the provided ResourceArn');
const noDynamo = (arn) => parameter(`Provided Arn is not a DynamoDB resource arn: ${arn}`);
const badKey = (key) => invalid(`The Tag Key provided is invalid, Key: ${key}`);
const badValue = (value) => invalid(`The Tag Value provided is invalid, Value: ${value}`);
const reserved = (key) => invalid(`Tag Key cannot be prefixed with aws:, Key: ${key}`);
const twice = (key) => invalid(`Duplicate Tag Keys provided as input: Duplicate Tag Key found ${key}`);
const long = (count) => 'x'.repeat(count);

const row = (name, op, body, expect, ...statements) => ({
  name: `${op}, ${name}`,
  proves: proves(statements),
  op,
  body,
  expect,
});
const emptyBody = (reply) => {
  assert.equal(reply.status, 200);
  assert.equal(reply.text, '');
  assert.equal(reply.headers['content-length'], '0');
};
const listed = (expected, more = {}) => [
  'ListTagsOfResource',
  {ResourceArn: T, ...more},
  (reply) => {
    assert.deepEqual(Object.keys(reply.json), ['Tags']);
    assert.deepEqual(Object.fromEntries(reply.json.Tags.map(({Key, Value}) => [Key, Value])), expected);
  },
];
const tagged = (Tags, expect = emptyBody) => ['TagResource', {ResourceArn: T, Tags}, expect];
const untagged = (TagKeys, expect = emptyBody) => ['UntagResource', {ResourceArn: T, TagKeys}, expect];

// Each fault stands before the next one.
const ARNS = [
  ['nonsense', (arn) => parameter(`ARNs must start with 'arn:': ${arn}`), '| text that is no ARN'],
  ['arn:aws:dynamodb:us-east-1', noDynamo, '| ARN of another kind'],
  [arnOf(''), noDynamo, '| ARN of another kind'],
  [arnOf('abc', {service: 's3'}), noDynamo, '| ARN of another kind'],
  [arnOf('abc', {account: 'account'}), noDynamo, '| ARN of another kind'],
  [arnOf('abc', {kind: 'index'}), noDynamo, '| ARN of another kind'],
  [arnOf('abc/backup/01678793340962-cc4bfb86'), noDynamo, '| ARN of another kind'],
  [
    arnOf('abc/index/Global'),
    (arn) =>
      parameter(`Invalid resource arn provided, only table or stream is accepted. Provided resource arn: ${arn}`),
    '| ARN of an index',
  ],
  [arnOf('abc', {account: '111122223333', region: 'eu-west-1'}), () => DENIED, '| ARN of another account'],
  [
    arnOf('abc', {region: 'eu-west-1'}),
    (arn) => invalid(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`),
    '| ARN of another region',
  ],
  [
    arnOf('ab'),
    (arn) => invalid(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`),
    '| ARN of another region',
  ],
];
// Of TagResource, on a table that is not there.
const TAGS = [
  ['none', [], invalid('Atleast one Tag needs to be provided as Input.'), '| empty lists |'],
  ['one key twice', [tag('a*'), tag('a*', '2')], twice('a*'), '| a key twice |'],
  ['an empty key', [tag('aws:a'), tag('')], badKey(''), '| key empty, > 128'],
  ['a key of 129', [tag(long(129))], badKey(long(129)), '| key empty, > 128'],
  ['a key of null', [{Value: 'v'}], badKey('null'), '| key empty, > 128'],
  ['a value of 257', [tag('a', long(257))], badValue(long(257)), '| key empty, > 128'],
  ['a value of null', [{Key: 'a'}], badValue('null'), '| key empty, > 128'],
  ...['a*', 'a#', 'a\tb', 'a\u{1F600}', 'a\u20AC', 'a\u2019'].map((text) => [
    `the key ${JSON.stringify(text)}`,
    [tag(text)],
    badKey(text),
    '| key empty, > 128',
  ]),
  ['the value a;b', [tag('a', 'a;b')], badValue('a;b'), '| key empty, > 128'],
  ...['aws:a', 'AWS:a', 'aWs:'].map((key) => [`the key ${key}`, [tag(key)], reserved(key), '| key begins `aws:`']),
  ['51 with a reserved one', [...many(50), tag('aws:a')], reserved('aws:a'), '| key begins `aws:`'],
  ['51', many(51), TOO_MANY, '| > 50 in the call'],
];
const KEYS = [
  ['none', [], invalid('Atleast one Tag Key needs to be provided as Input.'), '| empty lists |'],
  ['an empty one', ['aws:a', ''], badKey(''), '| key empty, > 128'],
  ['a reserved one', ['AwS:a'], reserved('AwS:a'), '| key begins `aws:`'],
];

export default [
  ...Object.entries(OPERATIONS).flatMap(([op, body]) => [
    row('no ARN', op, {}, invalid('Invalid TableArn'), '| no ResourceArn'),
    ...ARNS.map(([ResourceArn, expect, statement]) =>
      row(`the ARN ${ResourceArn}`, op, {ResourceArn, ...body}, expect(ResourceArn), statement),
    ),
    row('no such table', op, {ResourceArn: ABSENT, ...body}, DENIED, 'parity asks ListTagsOfResource'),
    {
      name: `${op}, a stream`,
      proves: proves('| missing table of the own account'),
      tables: {T: {...plain, StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'}}},
      steps: (() => {
        let arn;
        return [
          ['DescribeTable', {TableName: '{T}'}, (reply) => (arn = reply.json.Table.LatestStreamArn)],
          [
            op,
            () => ({ResourceArn: arn, ...body}),
            (reply) => {
              assert.match(reply.json.__type, /#ResourceNotFoundException$/);
              assert.equal(reply.json.message, `Requested resource not found: ResourceArn: ${arn} not found`);
            },
          ],
        ];
      })(),
    },
  ]),
  row(
    'no Tags',
    'TagResource',
    {ResourceArn: 'nonsense'},
    violates("null at 'tags'", 'Member must not be null'),
    '| Tags / TagKeys null',
  ),
  row('no TagKeys', 'UntagResource', {ResourceArn: 'nonsense'}, violates("null at 'tagKeys'", 'Member must not be null')),
  row(
    'empty Tags, bad ARN',
    'TagResource',
    {ResourceArn: 'nonsense', Tags: []},
    parameter("ARNs must start with 'arn:': nonsense"),
    '| text that is no ARN',
  ),
  ...TAGS.map(([name, Tags, expect, statement]) =>
    row(`tags: ${name}`, 'TagResource', {ResourceArn: ABSENT, Tags}, expect, statement),
  ),
  ...KEYS.map(([name, TagKeys, expect, statement]) =>
    row(`keys: ${name}`, 'UntagResource', {ResourceArn: ABSENT, TagKeys}, expect, statement),
  ),
  {
    name: 'tags come, change and go',
    proves: proves(['Success of Tag/Untag', 'All or nothing per call', 'limits.md 5: | Tags |', '≤50 tags']),
    tables: {T: {...plain, Tags: [tag('first', '1')]}},
    steps: [
      listed({first: '1'}, {NextToken: 'no token of ours'}),
      tagged([tag(long(128), long(256)), tag('first', ''), tag('é b+-=._:/@'), tag('ключ', '値 9 हिन्दी')]),
      listed({first: '', [long(128)]: long(256), 'é b+-=._:/@': 'v', ключ: '値 9 हिन्दी'}),
      untagged(['first', 'never there', 'é b+-=._:/@', 'ключ']),
      listed({[long(128)]: long(256)}),
      tagged([tag('good'), tag('b*d')], badKey('b*d')),
      untagged([long(128), 'b*d'], badKey('b*d')),
      listed({[long(128)]: long(256)}),
      tagged(many(49)),
      tagged([tag('one more')], TOO_MANY),
      tagged([tag('k0', 'other')]),
      untagged(['never there']),
    ],
  },
  {
    name: 'an ARN of the shared tables is good in every region',
    proves: [],
    tables: {T: plain},
    steps: [
      [
        'ListTagsOfResource',
        {ResourceArn: T},
        {body: {Tags: []}},
        {headers: {Authorization: 'AWS4-HMAC-SHA256 Credential=key/20261201/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00', 'X-Amz-Date': '20261201T000000Z'}},
      ],
    ],
  },
];

// What time to live deletes. Its settings are in table-settings.mjs.
import assert from 'node:assert/strict';
import {carry, define, n, put, s} from '../definitions.mjs';
import {ask, reader, streamed} from '../streams.mjs';

const proves = carry('streams-ttl.md Expiry rules (DG23, SDK UpdateTimeToLive): ');
const now = Math.floor(Date.now() / 1000);
const DAY = 86_400;
const YEAR = 365 * DAY;
// The server looks every five seconds.
const BACKGROUND = {within: 15_000};
const enable = (AttributeName) => [
  'UpdateTimeToLive',
  {TableName: '{T}', TimeToLiveSpecification: {Enabled: true, AttributeName}},
];
const left = (expected, more = {}) => [
  'Scan',
  {TableName: '{T}', ...more},
  (reply) => assert.deepEqual(reply.json.Items.map((item) => item.pk.S).toSorted(), [...expected].toSorted()),
  BACKGROUND,
];
const at = (second) => ({at: n(second)});
const items = {
  stay: {
    none: {},
    later: at(now + DAY),
    text: {at: s(String(now - DAY))},
    list: {at: {L: [n(now - DAY)]}},
    nested: {m: {M: at(now - DAY)}},
    set: {at: {NS: [String(now - DAY)]}},
    milliseconds: at((now - DAY) * 1000),
    sixYears: at(now - 6 * YEAR),
    zero: at(0),
  },
  go: {justNow: at(now - 2), dayAgo: at(now - DAY), fourYears: at(now - 4 * YEAR)},
};
const all = (group) => Object.entries(group).map(([pk, more]) => put('{T}', {pk: s(pk), g: s('g'), l: s('l'), ...more}));

export default [
  {
    name: 'numbers of the last five years expire, nothing else, and they leave the indexes',
    proves: proves([
      '* Attribute must be a top-level Number',
      '* Expired when value < now',
      '* The delete is unconditional on table data',
    ]),
    tables: {
      T: define('pk:S|g:S', {global: {Global: 'l:S|pk:S'}, local: {Local: 'pk:S|l:S'}}),
    },
    steps: [
      enable('at'),
      ...all(items.stay),
      ...all(items.go),
      left(Object.keys(items.stay)),
      left(Object.keys(items.stay), {IndexName: 'Global'}),
      left(Object.keys(items.stay), {IndexName: 'Local'}),
      [
        'DescribeTable',
        {TableName: '{T}'},
        (reply) => assert.equal(reply.json.Table.ItemCount, Object.keys(items.stay).length),
      ],
    ],
  },
  {
    name: 'fractions, negative and huge numbers; a key as the attribute',
    proves: proves(['* Fractional, negative, huge numbers', '* A key attribute is allowed']),
    assumed: true,
    tables: {T: define('pk:S|at:N')},
    steps: [
      enable('at'),
      ...Object.entries({
        fraction: `${now - DAY}.5`,
        half: '0.5',
        negative: -1,
        huge: '1'.repeat(38),
        hugest: '9e125',
        least: '-9e125',
      }).map(([pk, second]) => put('{T}', {pk: s(pk), ...at(second)})),
      left(['half', 'negative', 'huge', 'hugest', 'least']),
    ],
  },
  {
    name: 'the stream tells that the service deleted the item',
    proves: proves([
      '* Stream record: REMOVE',
      'streams-ttl.md 5: "userIdentity":{"PrincipalId"',
      'streams-ttl.md 5: * **userIdentity wire members',
      'streams-ttl.md 4: * Also from BatchWriteItem',
    ]),
    tables: {T: define('pk:S', streamed('OLD_IMAGE'))},
    steps: (() => {
      const {at: found, find, iterator} = reader();
      return [
        enable('at'),
        put('{T}', {pk: s('mine')}),
        ['DeleteItem', {TableName: '{T}', Key: {pk: s('mine')}}],
        put('{T}', {pk: s('old'), ...at(now - DAY)}),
        ...find,
        iterator('TRIM_HORIZON'),
        [
          ...ask(
            'GetRecords',
            () => ({ShardIterator: found.iterator}),
            (reply) => {
              const [, mine, , expired] = reply.json.Records;
              assert.equal(reply.json.Records.length, 4);
              assert.equal(mine.eventName, 'REMOVE');
              assert.ok(!Object.hasOwn(mine, 'userIdentity'));
              assert.equal(expired.eventName, 'REMOVE');
              assert.deepEqual(expired.userIdentity, {PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service'});
              assert.deepEqual(expired.dynamodb.OldImage, {pk: s('old'), ...at(now - DAY)});
            },
          ).slice(0, 3),
          {...ask('GetRecords')[3], ...BACKGROUND},
        ],
      ];
    })(),
  },
];

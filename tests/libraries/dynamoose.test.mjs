// dynamoose: it makes its table itself, waits for it, and keeps it up to date.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import dynamoose from 'dynamoose';
import {connect} from './server.mjs';

describe('dynamoose', () => {
  let server;
  let Song;

  before(async () => {
    server = await connect();
    dynamoose.aws.ddb.set(
      new dynamoose.aws.ddb.DynamoDB({
        endpoint: server.endpoint,
        region: 'us-east-1',
        credentials: {accessKeyId: 'local', secretAccessKey: 'local'},
      }),
    );
    const schema = new dynamoose.Schema(
      {
        artist: {type: String, hashKey: true},
        title: {type: String, rangeKey: true},
        genre: {type: String, index: {name: 'byGenre', rangeKey: 'plays', type: 'global'}},
        plays: {type: Number, default: 0},
        tags: {type: Array, schema: [String]},
        rated: {type: Set, schema: [Number]},
        cover: Buffer,
        details: {type: Object, schema: {label: String, year: Number}},
        released: Date,
        live: Boolean,
      },
      {timestamps: true},
    );
    Song = dynamoose.model('Song', schema);
    const settings = {throughput: 'ON_DEMAND', tags: {team: 'music'}, initialize: false};
    await new dynamoose.Table('songs', [Song], settings).initialize();
  });
  after(() => server.close());

  test('made the table with its index', async () => {
    const {Table} = await dynamoose.aws.ddb().describeTable({TableName: 'songs'});
    assert.equal(Table.TableStatus, 'ACTIVE');
    assert.equal(Table.BillingModeSummary.BillingMode, 'PAY_PER_REQUEST');
    assert.deepEqual(
      Table.GlobalSecondaryIndexes.map(({IndexName, IndexStatus}) => [IndexName, IndexStatus]),
      [['byGenre', 'ACTIVE']],
    );
  });

  test('creates, reads and updates an item of many types', async () => {
    const released = new Date('2026-11-25T10:00:00Z');
    await Song.create({
      artist: 'Acme Band',
      title: 'Happy Day',
      genre: 'pop',
      plays: 3,
      tags: ['new', 'loud'],
      rated: new Set([4, 5]),
      cover: Buffer.from([0, 1, 255]),
      details: {label: 'Echo', year: 2026},
      released,
      live: false,
    });
    const key = {artist: 'Acme Band', title: 'Happy Day'};
    const song = await Song.get(key);
    assert.equal(song.plays, 3);
    assert.deepEqual(song.tags, ['new', 'loud']);
    assert.deepEqual([...song.rated].toSorted(), [4, 5]);
    assert.deepEqual(Buffer.from(song.cover), Buffer.from([0, 1, 255]));
    assert.deepEqual({...song.details}, {label: 'Echo', year: 2026});
    assert.deepEqual(song.released, released);
    assert.equal(song.live, false);
    const updated = await Song.update(key, {$ADD: {plays: 2}, $SET: {genre: 'rock'}, $REMOVE: ['live']});
    assert.equal(updated.plays, 5);
    assert.equal(updated.genre, 'rock');
    assert.equal(updated.live, undefined);
  });

  test('refuses to create an item twice', async () => {
    await Song.create({artist: 'Twice', title: 'One'});
    await assert.rejects(Song.create({artist: 'Twice', title: 'One'}), {
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
    });
  });

  test('queries pages, ranges and an index', async () => {
    const songs = Array.from({length: 30}, (_, n) => ({
      artist: 'Many',
      title: String(n).padStart(2, '0'),
      genre: n % 2 ? 'odd' : 'even',
      plays: n,
    }));
    for (const part of [songs.slice(0, 25), songs.slice(25)]) await Song.batchPut(part);
    const first = await Song.query('artist').eq('Many').limit(20).exec();
    assert.equal(first.length, 20);
    const rest = await Song.query('artist').eq('Many').startAt(first.lastKey).exec();
    assert.deepEqual([...first, ...rest].map(({title}) => title), songs.map(({title}) => title));
    const some = await Song.query('artist').eq('Many').where('title').between('03', '05').sort('descending').exec();
    assert.deepEqual(some.map(({title}) => title), ['05', '04', '03']);
    const odd = await Song.query('genre').eq('odd').using('byGenre').where('plays').gt(20).exec();
    assert.deepEqual(odd.map(({plays}) => plays), [21, 23, 25, 27, 29]);
    assert.equal((await Song.scan('artist').eq('Many').and().where('plays').lt(3).all().exec()).length, 3);
    assert.equal((await Song.query('artist').eq('Many').count().exec()).count, 30);
  });

  test('gets batches, deletes, writes transactions', async () => {
    const keys = ['00', '01'].map((title) => ({artist: 'Many', title}));
    assert.equal((await Song.batchGet(keys)).length, 2);
    await Song.batchDelete(keys);
    assert.equal(await Song.get(keys[0]), undefined);
    await dynamoose.transaction([
      Song.transaction.create({artist: 'Tx', title: 'a'}),
      Song.transaction.update({artist: 'Many', title: '02'}, {$ADD: {plays: 10}}),
      Song.transaction.delete({artist: 'Many', title: '03'}),
    ]);
    assert.equal((await Song.get({artist: 'Many', title: '02'})).plays, 12);
    await assert.rejects(dynamoose.transaction([Song.transaction.create({artist: 'Tx', title: 'a'})]), {
      name: 'TransactionCanceledException',
    });
  });
});

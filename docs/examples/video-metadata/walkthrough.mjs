// Walks through the mistakes this application was first written with, and tells what the server answers to each.
//
//   npm install
//   node walkthrough.mjs                                     (a server on localhost:8000)
//   DYNAMODB_ENDPOINT=http://localhost:9000 node walkthrough.mjs
import {PutItemCommand} from '@aws-sdk/client-dynamodb';
import {pathToFileURL} from 'node:url';
import {connect} from './client.mjs';
import {BY_USER_AND_STATUS, TABLE, createTable, definition, dropTable} from './table.mjs';
import {
  appendTranscript, attachAudio, attachAudioNaively, findVideo, importVideos, saveVideo, saveVideoNaively,
  videosInLanguageNaively, videosOfUser, videosOfUserNaively, videosWithStatus, videosWithStatusNaively,
} from './videos.mjs';

// What the server (or the SDK) answered: "Name: message", or "ok".
async function answerOf(promise) {
  try {
    await promise;
    return 'ok';
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
}

const units = (answer) => answer.ConsumedCapacity.GlobalSecondaryIndexes[BY_USER_AND_STATUS].CapacityUnits;
const cost = (answer) => `${answer.Count} of ${answer.ScannedCount} items read, ${units(answer)} read units`;

// Each chapter is given a client and returns [what was done, what came back] pairs.
export const chapters = [
  {
    title: 'An index names an attribute that is not defined',
    async run(db) {
      const broken = {...definition, AttributeDefinitions: definition.AttributeDefinitions.slice(0, 2)};
      return [
        ['CreateTable without a definition of ai_generation_status', await answerOf(createTable(db, broken))],
        ['CreateTable with it', await answerOf(createTable(db))],
      ];
    },
  },
  {
    title: 'An update of a path whose map does not exist',
    async run(db) {
      await saveVideoNaively(db, {video_id: 'old', user_id: 'ann', title: 'Saved before there was a map'});
      const naive = await answerOf(attachAudioNaively(db, 'old', 'audio-1'));
      const careful = await answerOf(attachAudio(db, 'old', 'audio-1'));
      await saveVideo(db, {video_id: 'new', user_id: 'ann', title: 'Saved with the map'});
      return [
        ['SET ai_generation_data.audio_id on an item without that map', naive],
        ['the map made with the first audio', careful],
        ['the item now', JSON.stringify((await findVideo(db, 'old')).ai_generation_data)],
        ['the same SET on an item that was saved with an empty map', await answerOf(attachAudioNaively(db, 'new', 'audio-2'))],
      ];
    },
  },
  {
    title: 'undefined values',
    async run(db, endpoint) {
      const lenient = connect({endpoint, removeUndefinedValues: true});
      const nested = {video_id: 'nested', user_id: 'ann', ai_generation_data: {audio_id: undefined}};
      const asIs = await answerOf(saveVideo(db, nested));
      const removed = await answerOf(saveVideo(lenient, nested));
      const stored = JSON.stringify((await findVideo(db, 'nested')).ai_generation_data);
      const top = await answerOf(saveVideo(db, {video_id: 'draft', user_id: 'ann', ai_generation_status: undefined}));
      const indexed = (await videosOfUser(db, 'ann')).videos.map((found) => found.video_id);
      const plain = {video_id: {S: 'plain'}, user_id: {S: undefined}};
      const answers = [
        ['a map with an undefined member, as the document client sends it by default', asIs],
        ['the same with removeUndefinedValues', removed],
        ['what was stored', stored],
        ['an undefined attribute of the item itself: the client drops it', top],
        ['is that video in the index?', indexed.includes('draft') ? 'yes' : 'no: it lacks a key of the index'],
        ['no video_id', await answerOf(saveVideo(lenient, {video_id: undefined, user_id: 'ann'}))],
        ['an undefined value in an update', await answerOf(attachAudioNaively(lenient, 'new', undefined))],
        [
          '{S: undefined} from the plain client',
          await answerOf(db.send(new PutItemCommand({TableName: TABLE, Item: plain}))),
        ],
      ];
      lenient.destroy();
      return answers;
    },
  },
  {
    title: 'An item over 400 KB',
    async run(db) {
      const chapter = 'x'.repeat(150_000);
      const whole = await answerOf(saveVideo(db, {video_id: 'lecture', user_id: 'ann', transcript: [chapter.repeat(3)]}));
      await saveVideo(db, {video_id: 'lecture', user_id: 'ann', transcript: []});
      const answers = [];
      for (let i = 1; i <= 3; ++i) answers.push(await answerOf(appendTranscript(db, 'lecture', chapter)));
      return [
        ['450 KB in one put', whole],
        ['150 KB appended three times', answers.join(' | ')],
      ];
    },
  },
  {
    title: 'A query that filters most of what it reads',
    async run(db) {
      await importVideos(
        db,
        Array.from({length: 200}, (_, i) => ({
          video_id: `bob-${String(i).padStart(3, '0')}`,
          user_id: 'bob',
          ai_generation_status: i % 20 === 0 ? 'failed' : 'done',
          spoken_language: i % 40 === 0 ? 'fi' : 'en',
          description: 'd'.repeat(2000),
        })),
      );
      return [
        ['a filter on spoken_language', cost(await videosInLanguageNaively(db, 'bob', 'fi'))],
        ['a filter on the sort key', await answerOf(videosWithStatusNaively(db, 'bob', 'failed'))],
        ['a key condition on the sort key', cost(await videosWithStatus(db, 'bob', 'failed'))],
      ];
    },
  },
  {
    title: 'A list that stops at 1 MB',
    async run(db) {
      await importVideos(
        db,
        Array.from({length: 150}, (_, i) => ({
          video_id: `eve-${i}`,
          user_id: 'eve',
          ai_generation_status: 'done',
          description: 'd'.repeat(10_000),
        })),
      );
      const first = await videosOfUserNaively(db, 'eve');
      const {videos, pages} = await videosOfUser(db, 'eve');
      return [
        ['the first page', `${first.Count} videos, and ${first.LastEvaluatedKey ? 'a' : 'no'} LastEvaluatedKey`],
        ['every page', `${videos.length} videos in ${pages} pages`],
      ];
    },
  },
];

export async function walkthrough(endpoint, say = () => {}) {
  const db = connect({endpoint});
  const told = [];
  try {
    await dropTable(db);
    for (const {title, run} of chapters) {
      say(`\n${title}`);
      for (const [what, answer] of await run(db, endpoint)) {
        say(`  ${what}\n    -> ${answer}`);
        told.push({title, what, answer});
      }
    }
    await dropTable(db);
  } finally {
    db.destroy();
  }
  return told;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await walkthrough(process.env.DYNAMODB_ENDPOINT, console.log);
}

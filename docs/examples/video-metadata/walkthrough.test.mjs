// The walkthrough as a test: what the server answers, word for word. It starts the program that DYNAROCK_BIN names, or
// uses the server at DYNAMODB_ENDPOINT (localhost:8000 when neither is set).
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {after, before, test} from 'node:test';
import {walkthrough} from './walkthrough.mjs';

let endpoint = process.env.DYNAMODB_ENDPOINT;
let server;
before(async () => {
  if (endpoint || !process.env.DYNAROCK_BIN) return;
  server = spawn(process.env.DYNAROCK_BIN, ['--port', '0', '--host', '127.0.0.1'], {stdio: ['ignore', 'pipe', 'inherit']});
  let printed = '';
  for await (const text of server.stdout.setEncoding('utf8').iterator({destroyOnReturn: false})) {
    printed += text;
    endpoint = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0];
    if (endpoint) break;
  }
  assert.ok(endpoint, 'the server did not start');
  server.stdout.resume();
});
after(() => server?.kill());

const INVALID = 'ValidationException: One or more parameter values were invalid: ';
const expected = {
  'CreateTable without a definition of ai_generation_status':
    `${INVALID}Some index key attributes are not defined in AttributeDefinitions. ` +
    'Keys: [user_id, ai_generation_status], AttributeDefinitions: [video_id, user_id]',
  'CreateTable with it': 'ok',

  'SET ai_generation_data.audio_id on an item without that map':
    'ValidationException: The document path provided in the update expression is invalid for update',
  'the map made with the first audio': 'ok',
  'the item now': '{"audio_id":"audio-1"}',
  'the same SET on an item that was saved with an empty map': 'ok',

  'a map with an undefined member, as the document client sends it by default':
    'Error: Pass options.removeUndefinedValues=true to remove undefined values from map/array/set.',
  'the same with removeUndefinedValues': 'ok',
  'what was stored': '{}',
  'an undefined attribute of the item itself: the client drops it': 'ok',
  'is that video in the index?': 'no: it lacks a key of the index',
  'no video_id': `${INVALID}Missing the key video_id in the item`,
  'an undefined value in an update': 'ValidationException: 1 validation error detected: ExpressionAttributeValues must not be empty',
  '{S: undefined} from the plain client':
    'ValidationException: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',

  '450 KB in one put': 'ValidationException: Item size has exceeded the maximum allowed size',
  '150 KB appended three times':
    'ok | ok | ValidationException: Item size to update has exceeded the maximum allowed size',

  'a filter on spoken_language': '5 of 200 items read, 51 read units',
  'a filter on the sort key':
    'ValidationException: Filter Expression can only contain non-primary key attributes: ' +
    'Primary key attribute: ai_generation_status',
  'a key condition on the sort key': '10 of 10 items read, 3 read units',

  'the first page': '105 videos, and a LastEvaluatedKey',
  'every page': '150 videos in 2 pages',
};

test('the server answers as the service does', async () => {
  const told = await walkthrough(endpoint);
  assert.deepEqual(Object.fromEntries(told.map(({what, answer}) => [what, answer])), expected);
});

// What the application does with videos. Functions whose names end in Naively are as they were first written; the
// walkthrough shows what is wrong with each, and the function beside it is what the application uses now.
import {BatchWriteCommand, GetCommand, PutCommand, QueryCommand, UpdateCommand, paginateQuery} from '@aws-sdk/lib-dynamodb';
import {BY_USER_AND_STATUS, TABLE} from './table.mjs';

export async function saveVideo(db, video) {
  await db.send(
    new PutCommand({
      TableName: TABLE,
      Item: {ai_generation_data: {}, ...video},
      ConditionExpression: 'attribute_not_exists(video_id)',
    }),
  );
}

export async function saveVideoNaively(db, video) {
  await db.send(new PutCommand({TableName: TABLE, Item: video}));
}

export async function importVideos(db, videos) {
  for (let at = 0; at < videos.length; at += 25) {
    let requests = videos.slice(at, at + 25).map((Item) => ({PutRequest: {Item}}));
    while (requests.length > 0) {
      const answer = await db.send(new BatchWriteCommand({RequestItems: {[TABLE]: requests}}));
      requests = answer.UnprocessedItems[TABLE] ?? [];
    }
  }
}

export async function findVideo(db, videoId) {
  const {Item} = await db.send(new GetCommand({TableName: TABLE, Key: {video_id: videoId}}));
  return Item;
}

// Takes for granted that the item has a map called ai_generation_data.
export async function attachAudioNaively(db, videoId, audioId) {
  await db.send(
    new UpdateCommand({
      TableName: TABLE,
      Key: {video_id: videoId},
      UpdateExpression: 'SET ai_generation_data.audio_id = :audio',
      ExpressionAttributeValues: {':audio': audioId},
    }),
  );
}

// Items from before the map existed get it with their first audio.
export async function attachAudio(db, videoId, audioId) {
  const update = (UpdateExpression, ConditionExpression, value) =>
    db.send(
      new UpdateCommand({
        TableName: TABLE,
        Key: {video_id: videoId},
        UpdateExpression,
        ConditionExpression: `attribute_exists(video_id) AND ${ConditionExpression}`,
        ExpressionAttributeValues: {':v': value},
      }),
    );
  try {
    await update('SET ai_generation_data.audio_id = :v', 'attribute_exists(ai_generation_data)', audioId);
  } catch (error) {
    if (error.name !== 'ConditionalCheckFailedException') throw error;
    await update('SET ai_generation_data = :v', 'attribute_not_exists(ai_generation_data)', {audio_id: audioId});
  }
}

export async function appendTranscript(db, videoId, text) {
  await db.send(
    new UpdateCommand({
      TableName: TABLE,
      Key: {video_id: videoId},
      UpdateExpression: 'SET transcript = list_append(if_not_exists(transcript, :none), :text)',
      ExpressionAttributeValues: {':none': [], ':text': [text]},
    }),
  );
}

function byUser(userId, more = {}) {
  return {
    TableName: TABLE,
    IndexName: BY_USER_AND_STATUS,
    KeyConditionExpression: 'user_id = :user',
    ExpressionAttributeValues: {':user': userId, ...more.values},
    ReturnConsumedCapacity: 'INDEXES',
    ...more.input,
  };
}

// Reads every video of the user and throws most of them away.
export async function videosInLanguageNaively(db, userId, language) {
  const more = {values: {':language': language}, input: {FilterExpression: 'spoken_language = :language'}};
  return db.send(new QueryCommand(byUser(userId, more)));
}

// The status is the index's sort key, which a filter may not name.
export async function videosWithStatusNaively(db, userId, status) {
  const more = {values: {':status': status}, input: {FilterExpression: 'ai_generation_status = :status'}};
  return db.send(new QueryCommand(byUser(userId, more)));
}

export async function videosWithStatus(db, userId, status) {
  const more = {
    values: {':status': status},
    input: {KeyConditionExpression: 'user_id = :user AND ai_generation_status = :status'},
  };
  return db.send(new QueryCommand(byUser(userId, more)));
}

// Only the first page: right until a user's videos pass 1 MB.
export async function videosOfUserNaively(db, userId) {
  return db.send(new QueryCommand(byUser(userId)));
}

export async function videosOfUser(db, userId) {
  const videos = [];
  let pages = 0;
  for await (const page of paginateQuery({client: db}, byUser(userId))) {
    ++pages;
    videos.push(...page.Items);
  }
  return {videos, pages};
}

// The table of videos: one item per video, and an index that answers "which videos of this user have this status?".
import {
  CreateTableCommand, DeleteTableCommand, waitUntilTableExists, waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';

export const TABLE = 'video_metadata';
export const BY_USER_AND_STATUS = 'user_id-ai_generation_status-index';

export const definition = {
  TableName: TABLE,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    {AttributeName: 'video_id', AttributeType: 'S'},
    {AttributeName: 'user_id', AttributeType: 'S'},
    {AttributeName: 'ai_generation_status', AttributeType: 'S'},
  ],
  KeySchema: [{AttributeName: 'video_id', KeyType: 'HASH'}],
  GlobalSecondaryIndexes: [
    {
      IndexName: BY_USER_AND_STATUS,
      KeySchema: [
        {AttributeName: 'user_id', KeyType: 'HASH'},
        {AttributeName: 'ai_generation_status', KeyType: 'RANGE'},
      ],
      Projection: {ProjectionType: 'ALL'},
    },
  ],
};

export async function createTable(db, input = definition) {
  await db.send(new CreateTableCommand(input));
  await waitUntilTableExists({client: db, maxWaitTime: 60, minDelay: 1}, {TableName: input.TableName});
}

export async function dropTable(db) {
  try {
    await db.send(new DeleteTableCommand({TableName: TABLE}));
  } catch (error) {
    if (error.name === 'ResourceNotFoundException') return;
    throw error;
  }
  await waitUntilTableNotExists({client: db, maxWaitTime: 60, minDelay: 1}, {TableName: TABLE});
}

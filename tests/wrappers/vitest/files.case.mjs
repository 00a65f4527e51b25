// A test as a user writes it; run by vitest from vitest.test.mjs.
import {DynamoDB} from '@aws-sdk/client-dynamodb';
import {DynamoDBDocument} from '@aws-sdk/lib-dynamodb';
import {expect, it} from 'vitest';

const db = DynamoDBDocument.from(
  new DynamoDB({
    endpoint: `http://localhost:${process.env.WRAPPER_PORT}`,
    region: 'local',
    credentials: {accessKeyId: 'fake', secretAccessKey: 'fake'},
  }),
);

it('puts an item and gets it back', async () => {
  await db.put({TableName: 'files', Item: {id: '1', hello: 'world'}});
  expect((await db.get({TableName: 'files', Key: {id: '1'}})).Item).toEqual({id: '1', hello: 'world'});
});

// A test as a user of the preset writes it; run by jest from jest.test.mjs.
const {DynamoDB} = require('@aws-sdk/client-dynamodb');
const {DynamoDBDocument} = require('@aws-sdk/lib-dynamodb');

const db = DynamoDBDocument.from(
  new DynamoDB({
    endpoint: `http://localhost:${process.env.WRAPPER_PORT}`,
    region: 'local',
    credentials: {accessKeyId: 'fakeMyKeyId', secretAccessKey: 'fakeSecretAccessKey'},
  }),
);

it('puts an item and gets it back', async () => {
  await db.put({TableName: 'files', Item: {id: '1', hello: 'world'}});
  const {Item} = await db.get({TableName: 'files', Key: {id: '1'}});
  expect(Item).toEqual({id: '1', hello: 'world'});
});

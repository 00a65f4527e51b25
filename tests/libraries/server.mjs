// A server and the clients of the AWS SDK on which the libraries sit.
import {CreateTableCommand, DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {DynamoDBDocumentClient} from '@aws-sdk/lib-dynamodb';
import {startServer} from '../api/server.mjs';

// {endpoint, client, doc, close()}
export async function connect() {
  const server = await startServer();
  const client = new DynamoDBClient({
    endpoint: server.endpoint,
    region: 'us-east-1',
    credentials: {accessKeyId: 'local', secretAccessKey: 'local'},
    maxAttempts: 1,
  });
  return {
    endpoint: server.endpoint,
    client,
    doc: DynamoDBDocumentClient.from(client, {marshallOptions: {removeUndefinedValues: true}}),
    async close() {
      client.destroy();
      await server.stop();
    },
  };
}

// The table of a single-table design: pk, sk and one global index gsi1 on gsi1pk, gsi1sk.
export async function createSingleTable(client, TableName) {
  const key = (hash, range) => [
    {AttributeName: hash, KeyType: 'HASH'},
    {AttributeName: range, KeyType: 'RANGE'},
  ];
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: key('pk', 'sk'),
      GlobalSecondaryIndexes: [
        {IndexName: 'gsi1', KeySchema: key('gsi1pk', 'gsi1sk'), Projection: {ProjectionType: 'ALL'}},
      ],
    }),
  );
}

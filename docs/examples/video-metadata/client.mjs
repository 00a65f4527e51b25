// The one place that knows where the database is. DYNAMODB_ENDPOINT names it; without it: localhost:8000.
import {DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {DynamoDBDocumentClient} from '@aws-sdk/lib-dynamodb';

export function connect({endpoint = process.env.DYNAMODB_ENDPOINT ?? 'http://localhost:8000', ...marshallOptions} = {}) {
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: {accessKeyId: 'local', secretAccessKey: 'local'},
  });
  return DynamoDBDocumentClient.from(client, {marshallOptions});
}

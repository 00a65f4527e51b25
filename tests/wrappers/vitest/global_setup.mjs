// What vitest-dynamodb-local and its like do: start the jar, ListTables until it succeeds, create the tables, and at
// the end stop the process.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {DynamoDB} from '@aws-sdk/client-dynamodb';

export default async function () {
  const port = process.env.WRAPPER_PORT;
  const args = ['-Djava.library.path=../../lib/DynamoDBLocal_lib', '-jar', '../../lib/DynamoDBLocal.jar', '-inMemory', '-port', port];
  const child = spawn('java', args, {stdio: 'inherit'});
  const db = new DynamoDB({
    endpoint: `http://localhost:${port}`,
    region: 'local',
    credentials: {accessKeyId: 'fake', secretAccessKey: 'fake'},
    maxAttempts: 1,
  });
  while (!(await db.listTables({}).catch(() => undefined))) await new Promise((done) => setTimeout(done, 10));
  await db.createTable({
    TableName: 'files',
    KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
    AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],
    ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1},
  });
  return async () => {
    db.destroy();
    child.kill();
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`the server ended with ${code}`);
  };
}

// npm packages that start DynamoDB Local, really run where `java` is dynarock.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import awsDynamodbLocal from 'aws-dynamodb-local';
import dynamodbLocal from 'dynamodb-local';
import dynamodbLocalhost from 'dynamodb-localhost';
import {request, wire} from '../api/wire.mjs';
import {connects, freePort, makeHome, until} from './home.mjs';

let home;
const {PATH} = process.env;
before(async () => {
  home = await makeHome();
  process.env.PATH = home.env.PATH;
  process.env.DYNAROCK_LOG_LEVEL = 'warn';
});
after(async () => {
  process.env.PATH = PATH;
  await home.remove();
});

const gone = (port) => until(async () => !(await connects(port)), 'the server to be gone');

async function works(port) {
  const {status, json} = await wire(port)('ListTables', {});
  assert.equal(status, 200);
  assert.deepEqual(json, {TableNames: []});
}

describe('dynamodb-local', () => {
  before(() => dynamodbLocal.configureInstaller({installPath: home.installPath}));

  test('in memory, ended by SIGTERM', async () => {
    const port = await freePort();
    const child = await dynamodbLocal.launch(port, null, ['-sharedDb'], false, false, '-Xmx256m');
    await until(() => connects(port), 'the port');
    await works(port);
    dynamodbLocal.stopChild(child);
    await gone(port);
  });

  test('with a directory, ended by SIGKILL and started again: the tables are there', async () => {
    const port = await freePort();
    const launch = async () => {
      await dynamodbLocal.launch(port, home.root, ['-sharedDb', '-optimizeDbBeforeStartup']);
      await until(() => connects(port), 'the port');
    };
    await launch();
    await wire(port)('CreateTable', {
      TableName: 'kept',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],
      KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
    });
    dynamodbLocal.stop(port);
    await gone(port);
    await launch();
    assert.deepEqual((await wire(port)('ListTables', {})).json, {TableNames: ['kept']});
    dynamodbLocal.stop(port);
    await gone(port);
  });
});

describe('aws-dynamodb-local', () => {
  test('start() resolves when GET / answers 400', async () => {
    const port = await freePort();
    await awsDynamodbLocal.start({port, installPath: home.installPath, heapInitial: '64m', heapMax: '256m'});
    assert.equal((await request(port, {method: 'GET'})).status, 400);
    await works(port);
    await awsDynamodbLocal.stop(port);
    await gone(port);
  });
});

describe('dynamodb-localhost, which serverless-dynamodb-local uses', () => {
  test('start and stop', async () => {
    const port = await freePort();
    dynamodbLocalhost.start({
      port,
      install_path: home.installPath,
      heapInitial: '64m',
      heapMax: '1g',
      sharedDb: true,
      cors: 'http://localhost:3000,http://localhost:4000',
      delayTransientStatuses: true,
    });
    await until(() => connects(port), 'the port');
    await works(port);
    dynamodbLocalhost.stop(port);
    await gone(port);
  });
});

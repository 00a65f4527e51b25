// The plugin serverless-dynamodb, really run: its hooks, as the Serverless Framework would call them.
import assert from 'node:assert/strict';
import {writeFile} from 'node:fs/promises';
import {join, relative} from 'node:path';
import {after, before, describe, test} from 'node:test';
import plugin from 'serverless-dynamodb';
import {startServer} from '../api/server.mjs';
import {wire} from '../api/wire.mjs';
import {connects, freePort, makeHome, until} from './home.mjs';

const Plugin = plugin.default ?? plugin;

let home;
const {PATH} = process.env;
before(async () => {
  home = await makeHome();
  process.env.PATH = home.env.PATH;
  process.env.DYNAROCK_LOG_LEVEL = 'warn';
  await writeFile(join(home.root, 'seed.json'), JSON.stringify([{id: '1', hello: 'world'}]));
});
after(async () => {
  process.env.PATH = PATH;
  await home.remove();
});

// The part of the framework that the plugin looks at: `service` is a serverless.yml.
function framework(start) {
  return {
    config: {servicePath: home.root},
    cli: {log() {}},
    service: {
      provider: {stage: 'dev'},
      custom: {
        'serverless-dynamodb': {
          stages: ['dev'],
          start: {migrate: true, seed: true, ...start},
          seed: {files: {sources: [{table: 'files', sources: [relative(process.cwd(), join(home.root, 'seed.json'))]}]}},
        },
      },
      resources: {
        Resources: {
          Files: {
            Type: 'AWS::DynamoDB::Table',
            Properties: {
              TableName: 'files',
              BillingMode: 'PAY_PER_REQUEST',
              AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],
              KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
            },
          },
        },
      },
    },
  };
}

async function seeded(port) {
  const {json} = await wire(port)('GetItem', {TableName: 'files', Key: {id: {S: '1'}}});
  assert.deepEqual(json.Item, {id: {S: '1'}, hello: {S: 'world'}});
}

describe('serverless-dynamodb', () => {
  test('noStart: migrates and seeds a server that is there', async () => {
    const server = await startServer();
    const {hooks} = new Plugin(framework({port: server.port, noStart: true}), {});
    await hooks['before:offline:start:init']();
    await seeded(server.port);
    await hooks['before:offline:start:end']();
    assert.equal(await connects(server.port), true);
    await server.stop();
  });

  test('starts one where `java` is dynarock, and stops it', async () => {
    const port = await freePort();
    const {hooks} = new Plugin(framework({port, inMemory: true}), {localPath: home.installPath});
    await hooks['before:offline:start:init']();
    await seeded(port);
    await hooks['before:offline:start:end']();
    await until(async () => !(await connects(port)), 'the server to be gone');
  });
});

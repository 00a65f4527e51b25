// @shelf/jest-dynamodb, really run: against a server that is there, and starting one itself.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {startServer} from '../api/server.mjs';
import {wire} from '../api/wire.mjs';
import {connects, freePort, makeHome, run, until} from './home.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

let home;
before(async () => (home = await makeHome()));
after(() => home.remove());

// --forceExit: the preset never closes its client, whose idle connection would keep jest waiting.
async function jest(port) {
  const {code, output} = await run(
    process.execPath,
    [here('node_modules/jest/bin/jest.js'), '--rootDir', here('jest'), '--config', here('jest/jest.config.cjs'), '--ci', '--forceExit'],
    {
      cwd: here('jest'),
      env: {
        ...home.env,
        JEST_DYNAMODB_CONFIG: here('jest/jest-dynamodb-config.cjs'),
        WRAPPER_PORT: String(port),
        WRAPPER_INSTALL_PATH: home.installPath,
      },
    },
  );
  assert.equal(code, 0, output);
  assert.match(output, /Tests:\s+1 passed, 1 total/);
}

describe('jest-dynamodb', {concurrency: 2}, () => {
  for (const [name, args] of [
    ["with DynamoDB Local's arguments", ['-inMemory', '-sharedDb']],
    ['with --local-health', ['--local-health']],
  ]) {
    test(`uses a server that is there, started ${name}, and leaves no table behind`, async () => {
      const server = await startServer(args);
      const call = wire(server.port);
      const table = {
        TableName: 'files',
        KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
        AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],
        BillingMode: 'PAY_PER_REQUEST',
      };
      await call('CreateTable', table);
      await call('CreateTable', {...table, TableName: 'other'});
      await jest(server.port);
      assert.deepEqual((await call('ListTables', {})).json.TableNames, ['other']);
      await server.stop();
    });
  }

  test('starts one itself where `java` is dynarock, and stops it', async () => {
    const port = await freePort();
    await jest(port);
    await until(async () => !(await connects(port)), 'the server to be gone');
  });
});

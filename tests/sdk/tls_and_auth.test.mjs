// The SDK over HTTPS, and with signatures that are verified.
import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import https from 'node:https';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {GetItemCommand, ListTablesCommand, PutItemCommand, QueryCommand} from '@aws-sdk/client-dynamodb';
import {DynamoDBStreamsClient, ListStreamsCommand} from '@aws-sdk/client-dynamodb-streams';
import {startServer} from '../api/server.mjs';
import {N, S, clientFor, createTable, fails, keys} from './client.mjs';

const dir = mkdtempSync(join(tmpdir(), 'dynarock-sdk-tls-'));
after(() => rmSync(dir, {recursive: true, force: true}));

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
  'and signing method. Consult the service documentation for details.';
const credentials = {accessKeyId: 'AKIDTEST', secretAccessKey: 'wJalr/XUtn+FEMI'};

describe('HTTPS with verified signatures', () => {
  let server, ca, db;
  const client = (config) => clientFor(server.endpoint, {requestHandler: {httpsAgent: new https.Agent({ca})}, credentials, ...config});
  before(async () => {
    const file = join(dir, 'credentials');
    writeFileSync(
      file,
      `[default]\naws_access_key_id=${credentials.accessKeyId}\naws_secret_access_key=${credentials.secretAccessKey}\n` +
        '[session]\naws_access_key_id=ASIATEST\naws_secret_access_key=two\naws_session_token=IQoJb3JpZ2lu/+==\n',
    );
    const out = join(dir, 'ca.pem');
    server = await startServer(['--tls', '--tls-cert-out', out, '--auth-file', file]);
    ca = readFileSync(out);
    assert.match(server.endpoint, /^https:/);
    db = client();
  });
  after(async () => {
    db.destroy();
    await server.stop();
  });

  test('a table, items, a query', async () => {
    await createTable(db, 'Signed', keys('pk:S', 'sk:N'));
    const text = 'ü € 😀 + / = %20 '.repeat(200);
    for (let i = 0; i < 30; ++i) {
      await db.send(new PutItemCommand({TableName: 'Signed', Item: {pk: S('a b'), sk: N(i), text: S(text)}}));
    }
    const {Item} = await db.send(new GetItemCommand({TableName: 'Signed', Key: {pk: S('a b'), sk: N(7)}}));
    assert.equal(Item.text.S, text);
    const {Count} = await db.send(
      new QueryCommand({
        TableName: 'Signed',
        KeyConditionExpression: 'pk = :p',
        ExpressionAttributeValues: {':p': S('a b')},
      }),
    );
    assert.equal(Count, 30);
  });
  test('streams are signed the same way', async () => {
    const streams = new DynamoDBStreamsClient({
      endpoint: server.endpoint, region: 'us-east-1', credentials, maxAttempts: 1,
      requestHandler: {httpsAgent: new https.Agent({ca})},
    });
    assert.deepEqual((await streams.send(new ListStreamsCommand({}))).Streams, []);
    streams.destroy();
  });
  test('a session token', async () => {
    const session = {accessKeyId: 'ASIATEST', secretAccessKey: 'two', sessionToken: 'IQoJb3JpZ2lu/+=='};
    assert.ok((await client({credentials: session}).send(new ListTablesCommand({}))).TableNames);
    await fails(
      client({credentials: {...session, sessionToken: 'old'}}).send(new ListTablesCommand({})),
      'UnrecognizedClientException',
      'The security token included in the request is invalid',
    );
  });
  test('a wrong secret', () =>
    fails(
      client({credentials: {...credentials, secretAccessKey: 'wrong'}}).send(new ListTablesCommand({})),
      'InvalidSignatureException',
      MISMATCH,
    ));
  test('an unknown key', () =>
    fails(
      client({credentials: {...credentials, accessKeyId: 'AKIDOTHER'}}).send(new ListTablesCommand({})),
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    ));
  for (const [name, offset, words] of [
    ['a clock that is slow', -20, /^Signature expired: .* - 15 min\.\)$/],
    ['a clock that is fast', 20, /^Signature not yet current: .* \+ 15 min\.\)$/],
  ]) {
    test(name, async () => {
      const systemClockOffset = offset * 60_000;
      await assert.rejects(client({systemClockOffset}).send(new ListTablesCommand({})), {
        name: 'InvalidSignatureException',
        message: words,
      });
    });
  }
  test('a slow clock is put right by the second attempt', async () => {
    // The SDK looks for the words "Signature expired" and for the field Date.
    const healed = client({systemClockOffset: -20 * 60_000, maxAttempts: 2});
    const {TableNames, $metadata} = await healed.send(new ListTablesCommand({}));
    assert.ok(TableNames);
    assert.equal($metadata.attempts, 2);
  });
  test('a certificate that nobody told the SDK to trust', async () => {
    await assert.rejects(client({requestHandler: {}}).send(new ListTablesCommand({})), {code: 'DEPTH_ZERO_SELF_SIGNED_CERT'});
  });
});

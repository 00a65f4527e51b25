// Signatures, verified against keys that the server was started with.
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {gzipSync} from 'node:zlib';
import {runToEnd, startServer} from './server.mjs';
import {basicDate, presign, sign} from './sign.mjs';
import {PREFIX, assertReplyHeaders, request, wire} from './wire.mjs';

const dir = mkdtempSync(join(tmpdir(), 'dynarock-auth-'));
after(() => rmSync(dir, {recursive: true, force: true}));
const file = (name, text) => {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
};

let server;
before(async () => {
  server = await startServer(['--auth', 'AKIDTEST:secret', '--auth', 'AKIDTWO:with:colon', '--log-level', 'debug']);
});
after(() => server.stop());

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
  'and signing method. Consult the service documentation for details.';
const minutes = (n) => basicDate(Date.now() + n * 60_000);

async function refused(signed, type, message) {
  const answer = await request(server.port, signed);
  assert.equal(answer.status, 400, answer.text);
  const {__type, message: text, ...rest} = JSON.parse(answer.text);
  assert.equal(__type, `${PREFIX.coral}${type}`);
  if (message instanceof RegExp) assert.match(text, message);
  else assert.equal(text, message);
  assert.deepEqual(rest, {});
  assertReplyHeaders(answer);
  return answer;
}

async function accepted(signed) {
  const answer = await request(server.port, signed);
  assert.deepEqual({status: answer.status, text: answer.text}, {status: 200, text: '{"TableNames":[]}'});
}

describe('accepted', () => {
  const cases = {
    'the right secret': () => sign(server.port, 'ListTables', {}),
    'another key': () => sign(server.port, 'ListTables', {}, {keyId: 'AKIDTWO', secret: 'with:colon'}),
    'any region': () => sign(server.port, 'ListTables', {}, {region: 'mars-1'}),
    'a session token': () => sign(server.port, 'ListTables', {}, {token: 'IQoJb3JpZ2lu'}),
    '14 minutes late': () => sign(server.port, 'ListTables', {}, {date: minutes(-14)}),
    '14 minutes early': () => sign(server.port, 'ListTables', {}, {date: minutes(14)}),
    'a signature in the query': () => presign(server.port, 'ListTables', {}),
    'with a session token': () => presign(server.port, 'ListTables', {}, {token: 'IQoJ/+='}),
    'older than it expires': () => presign(server.port, 'ListTables', {}, {date: minutes(-5)}),
    'spaces within a signed field': () => ({
      ...sign(server.port, 'ListTables', {}, {headers: {'X-Amz-Note': 'a b'}}),
    }),
    'a body compressed before it was signed': () =>
      sign(server.port, 'ListTables', {}, {headers: {'Content-Encoding': 'gzip'}, body: gzipSync('{}')}),
  };
  for (const [name, make] of Object.entries(cases)) test(name, () => accepted(make()));
  test('a large body', async () => {
    const text = 'x'.repeat(300_000);
    const answer = await request(server.port, sign(server.port, 'PutItem', {TableName: 'None', Item: {pk: {S: text}}}));
    assert.match(answer.text, /ResourceNotFoundException/);
  });
  test('health needs no signature', async () => {
    assert.equal((await request(server.port, {method: 'GET'})).status, 200);
  });
});

describe('refused', () => {
  const cases = [
    ['a wrong secret', () => sign(server.port, 'ListTables', {}, {secret: 'Secret'}), 'InvalidSignatureException', MISMATCH],
    ['a wrong secret in the query', () => presign(server.port, 'ListTables', {}, {secret: 'x'}), 'InvalidSignatureException', MISMATCH],
    ['a body that was changed', () => ({...sign(server.port, 'ListTables', {}), body: '{"Limit":1}'}), 'InvalidSignatureException', MISMATCH],
    [
      'an operation that was changed',
      () => {
        const signed = sign(server.port, 'ListTables', {});
        return {...signed, headers: {...signed.headers, 'X-Amz-Target': 'DynamoDB_20120810.DescribeLimits'}};
      },
      'InvalidSignatureException',
      MISMATCH,
    ],
    [
      'a path that was changed',
      () => ({...sign(server.port, 'ListTables', {}), path: '/other'}),
      'InvalidSignatureException',
      MISMATCH,
    ],
    [
      'an unknown key',
      () => sign(server.port, 'ListTables', {}, {keyId: 'AKIDOTHER'}),
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    ],
    [
      'an old request',
      () => sign(server.port, 'ListTables', {}, {date: minutes(-20)}),
      'InvalidSignatureException',
      /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$/,
    ],
    [
      'a request of the future',
      () => sign(server.port, 'ListTables', {}, {date: minutes(20)}),
      'InvalidSignatureException',
      /^Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 15 min\.\)$/,
    ],
    [
      'another service',
      () => sign(server.port, 'ListTables', {}, {service: 's3'}),
      'InvalidSignatureException',
      "Credential should be scoped to correct service: 'dynamodb'. ",
    ],
    [
      'another day in the scope',
      () => sign(server.port, 'ListTables', {}, {day: '20200101'}),
      'InvalidSignatureException',
      /^Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20200101' != '\d{8}', from '\d{8}T\d{6}Z'\.$/,
    ],
    [
      'a key id with a slash',
      () => sign(server.port, 'ListTables', {}, {keyId: 'a/b'}),
      'IncompleteSignatureException',
      /^Credential must have exactly 5 slash-delimited elements, e\.g\. keyid\/date\/region\/service\/term, got 'a\/b\//,
    ],
  ];
  for (const [name, make, type, message] of cases) test(name, () => refused(make(), type, message));

  test('no signature at all', async () => {
    const call = wire(server.port);
    const answer = await call('ListTables', {}, {headers: {Authorization: null}});
    assert.equal(answer.json.__type, `${PREFIX.coral}MissingAuthenticationTokenException`);
    assert.equal(answer.json.message, 'Request is missing Authentication Token');
  });
  test('a signature that anybody would accept without keys', async () => {
    const answer = await wire(server.port)('ListTables', {});
    assert.equal(answer.json.__type, `${PREFIX.coral}InvalidSignatureException`);
    assert.match(answer.json.message, /^Signature expired: 20260102T030405Z is now earlier than /);
  });
  test('hints and the log help, without secrets', async () => {
    const signed = sign(server.port, 'ListTables', {}, {secret: 'Secret'});
    const answer = await refused(signed, 'InvalidSignatureException', MISMATCH);
    assert.match(answer.headers['x-dynarock-hint'], /^The secret is not the one configured for this key id/);
    const {headers: {'X-Amz-Date': date}} = signed;
    const expected =
      `canonical request:\nPOST\n/\n\ncontent-type:application/x-amz-json-1.0\nhost:127.0.0.1:${server.port}\n` +
      `x-amz-date:${date}\nx-amz-target:DynamoDB_20120810.ListTables\n\ncontent-type;host;x-amz-date;x-amz-target\n`;
    for (let i = 0; i < 50 && !server.output.stderr.includes(expected); ++i) await new Promise((go) => setTimeout(go, 20));
    assert.ok(server.output.stderr.includes(expected), server.output.stderr);
    assert.ok(!/Secret\b|secret\b|with:colon/.test(server.output.stderr.replaceAll('AWS Secret Access Key', '')));
  });
});

describe('where keys come from', () => {
  const profiles =
    '[default]\naws_access_key_id = AKIDFILE\naws_secret_access_key = from/file+\n\n' +
    '[session]\naws_access_key_id = ASIAFILE\naws_secret_access_key = other\naws_session_token = tok\n';
  const outcome = async (started, options) => {
    const answer = await request(started.port, sign(started.port, 'ListTables', {}, options));
    return answer.status === 200 ? 'ok' : JSON.parse(answer.text).message;
  };
  test('a credentials file', async () => {
    const started = await startServer(['--auth-file', file('credentials', profiles)]);
    assert.equal(await outcome(started, {keyId: 'AKIDFILE', secret: 'from/file+'}), 'ok');
    assert.equal(await outcome(started, {keyId: 'ASIAFILE', secret: 'other', token: 'tok'}), 'ok');
    assert.equal(await outcome(started, {keyId: 'ASIAFILE', secret: 'other', token: 'toc'}), 'The security token included in the request is invalid');
    assert.equal(await outcome(started, {keyId: 'ASIAFILE', secret: 'other'}), 'The security token included in the request is invalid');
    assert.equal(await outcome(started, {keyId: 'AKIDTEST'}), 'The security token included in the request is invalid.');
    await started.stop();
  });
  test('the environment', async () => {
    const started = await startServer(['--no-hints'], {...process.env, DYNAROCK_AUTH: 'ONE:1,TWO:2'});
    assert.equal(await outcome(started, {keyId: 'ONE', secret: '1'}), 'ok');
    assert.equal(await outcome(started, {keyId: 'TWO', secret: '2'}), 'ok');
    const answer = await request(started.port, sign(started.port, 'ListTables', {}, {keyId: 'TWO', secret: '1'}));
    assert.equal(answer.headers['x-dynarock-hint'], undefined);
    await started.stop();
  });
  const bad = [
    [['--auth', 'justone'], '--auth: a key is given as KEY_ID:SECRET'],
    [['--auth', 'a/b:c'], '--auth: the key id a/b holds a slash, a comma or a space'],
    [['--auth', 'a:b', '--auth', 'a:c'], '--auth: the key id a is given twice'],
    [['--auth-file', join(dir, 'none')], `--auth-file: cannot read ${join(dir, 'none')}: No such file or directory`],
    [['--auth-file', dir], `--auth-file: cannot read ${dir}: Is a directory`],
    [['--auth-file', file('empty', '')], `--auth-file ${join(dir, 'empty')}: no profile in it has keys`],
    [['--auth-file', file('half', '[dev]\naws_access_key_id = A\n')], `--auth-file ${join(dir, 'half')}: profile dev has a key id without a secret`],
  ];
  for (const [args, line] of bad) {
    test(args.join(' ').replaceAll(dir, 'DIR'), async () => {
      const {code, stderr, stdout} = await runToEnd(['--port', '0', ...args]);
      assert.deepEqual({code, stderr, stdout}, {code: 1, stderr: `dynarock: ${line}\n`, stdout: ''});
    });
  }
});

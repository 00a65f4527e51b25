// HTTPS: certificates of the server's own and given ones, and what comes to the port beside it.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import https from 'node:https';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import tls from 'node:tls';
import {gzipSync, gunzipSync} from 'node:zlib';
import {runToEnd, startServer} from './server.mjs';
import {TABLE, apiHeaders, assertReplyHeaders, request} from './wire.mjs';

const dir = mkdtempSync(join(tmpdir(), 'dynarock-tls-'));
after(() => rmSync(dir, {recursive: true, force: true}));
const at = (name) => join(dir, name);

// One HTTPS request: {status, headers, body, text, socket}. `options` go to https.request.
function ask(port, {body, ...options} = {}) {
  return new Promise((resolve, reject) => {
    const req = https.request({host: 'localhost', port, method: 'POST', path: '/', ...options}, (res) => {
      const {socket} = res;
      const parts = [];
      res.on('data', (part) => parts.push(part));
      res.on('end', () => {
        const bytes = Buffer.concat(parts);
        resolve({status: res.statusCode, headers: res.headers, body: bytes, text: String(bytes), socket});
      });
    });
    req.on('error', reject);
    req.end(body);
  });
}

// A TLS connection's parameters, or its error's code.
function shake(port, options) {
  return new Promise((resolve) => {
    const socket = tls.connect({host: '127.0.0.1', port, servername: 'localhost', ...options}, () => {
      const {alpnProtocol, authorized} = socket;
      resolve({protocol: socket.getProtocol(), alpnProtocol, authorized, cipher: socket.getCipher().standardName});
      socket.destroy();
    });
    socket.on('error', (error) => resolve(error.code));
    // A client may count itself connected before it has read the server's alert.
    socket.on('close', () => resolve('closed'));
  });
}

const call = (operation, input) => ({headers: apiHeaders(operation), body: JSON.stringify(input)});

describe('a certificate of its own', () => {
  let server, ca;
  before(async () => {
    server = await startServer(['--tls', '--tls-cert-out', at('ca.pem'), '--tls-name', 'db.test', '--tls-name', '10.1.2.3']);
    ca = readFileSync(at('ca.pem'));
  });
  after(() => server.stop());

  test('the address it prints', () => assert.equal(server.endpoint, `https://127.0.0.1:${server.port}`));
  for (const host of ['localhost', '127.0.0.1']) {
    test(`is trusted for ${host}`, async () => {
      const answer = await ask(server.port, {host, ca, ...call('ListTables', {})});
      assert.equal(answer.text, '{"TableNames":[]}');
      assertReplyHeaders(answer);
    });
  }
  for (const servername of ['db.test', 'localhost']) {
    test(`holds the name ${servername}`, async () => {
      const {authorized} = await shake(server.port, {ca, servername});
      assert.equal(authorized, true);
    });
  }
  test('holds no other name', async () => {
    assert.equal(await shake(server.port, {ca, servername: 'other.test'}), 'ERR_TLS_CERT_ALTNAME_INVALID');
  });
  test('is an end entity for servers, with all names', async () => {
    const {X509Certificate} = await import('node:crypto');
    const cert = new X509Certificate(ca);
    assert.equal(cert.ca, false);
    assert.equal(
      cert.subjectAltName,
      'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:db.test, IP Address:10.1.2.3',
    );
    assert.deepEqual(cert.keyUsage, ['1.3.6.1.5.5.7.3.1']);
    assert.ok(new Date(cert.validFrom) < new Date() && new Date(cert.validTo) > Date.now() + 700 * 86400e3);
  });
  test('a client that does not trust it gives up, and the log says so', async () => {
    await assert.rejects(ask(server.port, call('ListTables', {})), {code: 'DEPTH_ZERO_SELF_SIGNED_CERT'});
    assert.equal((await ask(server.port, {ca, ...call('ListTables', {})})).status, 200);
  });
  test('TLS 1.2, an authenticated cipher, http/1.1', async () => {
    assert.deepEqual(await shake(server.port, {ca, ALPNProtocols: ['h2', 'http/1.1']}), {
      protocol: 'TLSv1.2',
      alpnProtocol: 'http/1.1',
      authorized: true,
      cipher: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
    });
    assert.equal((await shake(server.port, {ca})).alpnProtocol, false);
  });
  const refused = [
    ['HTTP/2 only', {ALPNProtocols: ['h2']}],
    ['TLS 1.3 only', {minVersion: 'TLSv1.3'}],
    ['ciphers without authentication', {ciphers: 'ECDHE-ECDSA-AES128-SHA', maxVersion: 'TLSv1.2'}],
    ['TLS 1.1', {minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0'}],
  ];
  for (const [name, options] of refused) {
    test(`refused: ${name}`, async () => {
      assert.match(await shake(server.port, {ca, ...options}), /^(ERR_SSL_|ECONNRESET|closed)/);
    });
  }

  test('plain HTTP is told to use https', async () => {
    const answer = await request(server.port, call('ListTables', {}));
    assert.equal(answer.status, 400);
    assert.equal(answer.text, 'This port speaks TLS: use https:// instead of http://\n');
    assert.equal(answer.headers.connection, 'close');
  });

  describe('requests', () => {
    const agent = new https.Agent({keepAlive: true, maxSockets: 1});
    after(() => agent.destroy());
    const over = (options) => ask(server.port, {ca, agent, ...options});
    before(async () => {
      assert.equal((await over(call('CreateTable', TABLE))).status, 200);
    });

    test('a connection is used again', async () => {
      const first = await over(call('ListTables', {}));
      const second = await over(call('ListTables', {}));
      assert.equal(first.socket, second.socket);
    });
    test('large bodies both ways', async () => {
      const items = Array.from({length: 9}, (_, i) => ({pk: {S: `large-${i}`}, text: {S: `${i}`.repeat(390_000)}}));
      for (const Item of items) assert.equal((await over(call('PutItem', {TableName: 'Wire', Item}))).status, 200);
      const Keys = items.map(({pk}) => ({pk}));
      const answer = await over(call('BatchGetItem', {RequestItems: {Wire: {Keys}}}));
      assertReplyHeaders(answer);
      const found = JSON.parse(answer.text).Responses.Wire;
      assert.equal(found.length, 9);
      for (const item of found) assert.deepEqual(item, items[Number(item.pk.S.at(-1))]);
    });
    test('compressed both ways', async () => {
      const body = gzipSync(JSON.stringify({TableName: 'Wire', Key: {pk: {S: 'large-1'}}}));
      const answer = await over({
        headers: apiHeaders('GetItem', {'Content-Encoding': 'gzip', 'Accept-Encoding': 'gzip'}),
        body,
      });
      assert.equal(answer.headers['content-encoding'], 'gzip');
      assert.equal(JSON.parse(gunzipSync(answer.body)).Item.text.S.length, 390_000);
    });
    test('100 Continue', async () => {
      const {body, headers} = call('ListTables', {});
      const text = await new Promise((resolve, reject) => {
        const req = https.request({
          host: 'localhost', port: server.port, ca, method: 'POST',
          headers: {...headers, Expect: '100-continue', 'Content-Length': body.length},
        });
        req.on('continue', () => req.end(body));
        req.on('response', (res) => res.setEncoding('utf8').on('data', resolve));
        req.on('error', reject);
      });
      assert.equal(text, '{"TableNames":["Wire"]}');
    });
    test('requests on one wire come back in order', async () => {
      const one = (operation, input) => {
        const {headers, body} = call(operation, input);
        const lines = Object.entries({...headers, Host: 'localhost', 'Content-Length': body.length});
        return `POST / HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
      };
      const text = await new Promise((resolve, reject) => {
        const socket = tls.connect({host: '127.0.0.1', port: server.port, ca, servername: 'localhost'});
        socket.setEncoding('utf8');
        let got = '';
        socket.on('data', (part) => {
          got += part;
          if (got.split('HTTP/1.1 200').length === 21 && got.endsWith('}')) socket.end();
        });
        socket.on('close', () => resolve(got));
        socket.on('error', reject);
        const lists = Array.from({length: 10}, () => one('ListTables', {}) + one('DescribeLimits', {}));
        const bytes = lists.join('');
        socket.write(bytes.slice(0, 700));
        socket.write(bytes.slice(700));
      });
      const bodies = text.match(/\{"TableNames"|\{"AccountMax/g);
      assert.deepEqual(bodies, Array.from({length: 10}, () => ['{"TableNames"', '{"AccountMax']).flat());
    });
    test('many clients at once', async () => {
      const answers = await Promise.all(
        Array.from({length: 40}, () => ask(server.port, {ca, agent: false, ...call('ListTables', {})})),
      );
      assert.deepEqual(new Set(answers.map(({text}) => text)), new Set(['{"TableNames":["Wire"]}']));
    });
  });
});

test('SIGTERM ends open connections at once', async () => {
  const server = await startServer(['--tls', '--tls-cert-out', at('stop.pem')]);
  const ca = readFileSync(at('stop.pem'));
  const agent = new https.Agent({keepAlive: true});
  const {socket} = await ask(server.port, {ca, agent, ...call('ListTables', {})});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const start = Date.now();
  const {code} = await server.stop();
  assert.equal(code, 0);
  assert.ok(Date.now() - start < 5000);
  await closed;
});

describe('with a data directory', () => {
  const data = at('data');
  const start = async (...args) => {
    const server = await startServer(['--data-dir', data, '--tls', ...args]);
    const pem = readFileSync(join(data, 'tls-certificate.pem'), 'utf8');
    assert.equal((await ask(server.port, {ca: pem, ...call('ListTables', {})})).status, 200);
    await server.stop();
    return pem;
  };
  test('the certificate stays, until a name is missing', async () => {
    const first = await start();
    assert.equal(statSync(join(data, 'tls-key.pem')).mode & 0o777, 0o600);
    assert.equal(await start(), first);
    const other = await start('--tls-name', 'db.test', '--tls-name', '0:0::2', '--tls-cert-out', at('out.pem'));
    assert.notEqual(other, first);
    assert.equal(readFileSync(at('out.pem'), 'utf8'), other);
    assert.equal(await start('--tls-name', '::2'), other);
    assert.equal(await start(), other);
  });
  test('a certificate that nobody can read is named', async () => {
    await start();
    const keep = readFileSync(join(data, 'tls-certificate.pem'));
    writeFileSync(join(data, 'tls-certificate.pem'), 'nonsense');
    const {code, stderr} = await runToEnd(['--port', '0', '--data-dir', data, '--tls']);
    writeFileSync(join(data, 'tls-certificate.pem'), keep);
    assert.equal(code, 1);
    assert.equal(
      stderr,
      `dynarock: cannot use ${data}/tls-certificate.pem: it holds no certificate in PEM form; remove it to get a new one\n`,
    );
  });
});

describe('a given certificate', () => {
  const openssl = (...args) => execFileSync('openssl', args, {stdio: 'ignore', cwd: dir});
  const has = (() => {
    try {
      openssl('version');
      return true;
    } catch {
      return false;
    }
  })();
  // An authority, and a server's certificate of it; RSA, as many companies have it.
  before(() => {
    if (!has) return;
    writeFileSync(at('ext.cnf'), 'subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n');
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'root.key', '-out', 'root.pem', '-subj', '/CN=root', '-days', '2');
    openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'rsa.key', '-out', 'rsa.csr', '-subj', '/CN=localhost');
    openssl('x509', '-req', '-in', 'rsa.csr', '-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-out', 'rsa.pem', '-days', '2', '-extfile', 'ext.cnf');
    writeFileSync(at('chain.pem'), Buffer.concat([readFileSync(at('rsa.pem')), readFileSync(at('root.pem'))]));
    openssl('rsa', '-aes128', '-passout', 'pass:secret', '-in', 'rsa.key', '-out', 'encrypted.key');
  });
  test('RSA with its chain; --tls is implied', {skip: !has && 'no openssl here'}, async () => {
    const server = await startServer(['--tls-cert', at('chain.pem'), '--tls-key', at('rsa.key')]);
    const ca = readFileSync(at('root.pem'));
    assert.equal((await ask(server.port, {ca, ...call('ListTables', {})})).text, '{"TableNames":[]}');
    assert.equal((await shake(server.port, {ca})).cipher, 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256');
    await server.stop();
  });
  test('an encrypted key', {skip: !has && 'no openssl here'}, async () => {
    const {code, stderr} = await runToEnd(['--port', '0', '--tls-cert', at('rsa.pem'), '--tls-key', at('encrypted.key')]);
    assert.equal(code, 1);
    assert.equal(
      stderr,
      `dynarock: cannot use ${at('rsa.pem')} and ${at('encrypted.key')} for TLS: ` +
        'the key: it is encrypted; dynarock takes keys without a password\n',
    );
  });
});

describe('refused with one line', () => {
  before(async () => {
    writeFileSync(at('words'), 'words\n');
    writeFileSync(at('closed'), 'x');
    chmodSync(at('closed'), 0);
    const server = await startServer(['--tls', '--data-dir', at('pair')]);
    await server.stop();
  });
  const cert = join(dir, 'pair', 'tls-certificate.pem');
  const cases = [
    [1, ['--tls-cert', at('none'), '--tls-key', at('none')], `cannot read ${at('none')}: No such file or directory`],
    [1, ['--tls-cert', dir, '--tls-key', dir], `cannot read ${dir}: Is a directory`],
    [1, ['--tls-cert', at('words'), '--tls-key', at('words')],
      `cannot use ${at('words')} and ${at('words')} for TLS: the certificate: it holds no certificate in PEM form`],
    [1, ['--tls-cert', cert, '--tls-key', at('words')],
      `cannot use ${cert} and ${at('words')} for TLS: the key: it holds no private key in PEM form`],
    [1, ['--tls', '--tls-cert-out', at('no/such/dir')], `cannot write ${at('no/such/dir')}: No such file or directory`],
    [2, ['--tls-cert', at('words')], '--tls-cert and --tls-key belong together (try --help)'],
    [2, ['--tls-key', at('words')], '--tls-cert and --tls-key belong together (try --help)'],
    [2, ['--tls-name', 'db.test'], '--tls-name needs --tls (try --help)'],
    [2, ['--tls-cert-out', at('x')], '--tls-cert-out needs --tls (try --help)'],
    [2, ['--tls', '--tls-name', 'two words'], '--tls-name: "two words" is neither a host name nor an address (try --help)'],
    [2, ['--tls-cert', at('words'), '--tls-key', at('words'), '--tls-name', 'a'],
      "--tls-name is for the server's own certificate; --tls-cert has its names already (try --help)"],
    [2, ['--tls-cert', at('words'), '--tls-key', at('words'), '--tls-cert-out', 'a'],
      "--tls-cert-out is for the server's own certificate; --tls-cert is in a file already (try --help)"],
  ];
  for (const [code, args, message] of cases) {
    test(args.join(' ').replaceAll(dir, 'DIR'), async () => {
      const ended = await runToEnd(['--port', '0', ...args]);
      assert.deepEqual({code: ended.code, stderr: ended.stderr, stdout: ended.stdout}, {code, stderr: `dynarock: ${message}\n`, stdout: ''});
    });
  }
  test('a file that may not be read', {skip: process.getuid() === 0 && 'root reads everything'}, async () => {
    const {stderr} = await runToEnd(['--port', '0', '--tls-cert', at('closed'), '--tls-key', at('closed')]);
    assert.equal(stderr, `dynarock: cannot read ${at('closed')}: Permission denied\n`);
  });
  test('nothing is left behind', () => assert.equal(existsSync(at('no')), false));
});

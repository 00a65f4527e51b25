// Raw requests as an SDK would sign them, and what an answer must carry.
import assert from 'node:assert/strict';
import http from 'node:http';

export const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/us-east-1/dynamodb/aws4_request, ' +
  'SignedHeaders=host;x-amz-date;x-amz-target, ' +
  'Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7';

export const PREFIX = {
  coral: 'com.amazon.coral.service#',
  validation: 'com.amazon.coral.validate#ValidationException',
  dynamodb: 'com.amazonaws.dynamodb.v20120810#',
};

// One request. `body`: string or Buffer; `headers` go out as given. Resolves to {status, headers, body: Buffer, text}.
export function request(port, {method = 'POST', path = '/', headers = {}, body, agent, chunked = false} = {}) {
  return new Promise((resolve, reject) => {
    const all = {...headers};
    if (body !== undefined && !chunked) all['Content-Length'] = Buffer.byteLength(body);
    const req = http.request({host: '127.0.0.1', port, method, path, headers: all, agent}, (res) => {
      const parts = [];
      res.on('data', (part) => parts.push(part));
      res.on('end', () => {
        answered = true;
        const bytes = Buffer.concat(parts);
        resolve({status: res.statusCode, headers: res.headers, body: bytes, text: bytes.toString('utf8')});
      });
      res.on('error', reject);
    });
    let answered = false;
    // A server may answer and close before it has read a body that is too large.
    req.on('error', (error) => setTimeout(() => answered || reject(error), 200));
    if (body === undefined) {
      req.end();
    } else if (chunked) {
      const bytes = Buffer.from(body);
      for (let at = 0; at < bytes.length; at += 7) req.write(bytes.subarray(at, at + 7));
      req.end();
    } else {
      req.end(body);
    }
  });
}

export function apiHeaders(operation, overrides = {}) {
  const headers = {
    'Content-Type': 'application/x-amz-json-1.0',
    'X-Amz-Target': `DynamoDB_20120810.${operation}`,
    'X-Amz-Date': '20260102T030405Z',
    Authorization: AUTHORIZATION,
    ...overrides,
  };
  for (const [name, value] of Object.entries(headers)) if (value === null) delete headers[name];
  return headers;
}

// A client of one server: call(operation, body, {headers, ...}) with `json` in its answer. A null header is left out.
export function wire(port) {
  return async function call(operation, body, {headers = {}, ...options} = {}) {
    const answer = await request(port, {
      ...options,
      headers: apiHeaders(operation, headers),
      body: typeof body === 'string' || Buffer.isBuffer(body) || body === undefined ? body : JSON.stringify(body),
    });
    try {
      answer.json = JSON.parse(answer.text);
    } catch {
      answer.json = undefined;
    }
    return answer;
  };
}

export function assertError(answer, type, message, {member = 'message', status = 400} = {}) {
  const expected = {__type: type};
  if (message !== undefined) expected[member] = message;
  assert.deepEqual({status: answer.status, body: answer.json}, {status, body: expected});
}

export function assertValidation(answer, message) {
  assertError(answer, PREFIX.validation, message);
}

export function assertSerialization(answer, message) {
  assertError(answer, `${PREFIX.coral}SerializationException`, message, {member: 'Message'});
}

const CRC_TABLE = Uint32Array.from({length: 256}, (_, n) => {
  for (let bit = 0; bit < 8; ++bit) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

export function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

// Every reply after the size check carries an id and the checksum of the bytes sent.
export function assertReplyHeaders(answer) {
  assert.match(answer.headers['x-amzn-requestid'] ?? '', /^[0-9A-Z]{52}$/);
  assert.equal(answer.headers['x-amz-crc32'], String(crc32(answer.body)));
}

// The smallest table the tests write to.
export const TABLE = {
  TableName: 'Wire',
  AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],
  KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
  BillingMode: 'PAY_PER_REQUEST',
};

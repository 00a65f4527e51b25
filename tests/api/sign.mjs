// Signs raw requests with AWS Signature Version 4, as an SDK does it.
import {createHash, createHmac} from 'node:crypto';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

export const basicDate = (time = Date.now()) => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');

// The parts that a signature is made of, all of them replaceable.
function parts({keyId = 'AKIDTEST', secret = 'secret', region = 'us-east-1', service = 'dynamodb', terminator = 'aws4_request', date = basicDate(), day = date.slice(0, 8)}) {
  const scope = [day, region, service, terminator].join('/');
  const key = [day, region, service, terminator].reduce((k, part) => hmac(k, part), `AWS4${secret}`);
  return {scope, key, credential: `${keyId}/${scope}`, date};
}

function signature({key, scope, date}, canonical) {
  return hmac(key, ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')).toString('hex');
}

function canonicalRequest(path, query, headers, body) {
  const names = Object.keys(headers).map((name) => name.toLowerCase()).sort();
  const values = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value).trim()]));
  return ['POST', path, query, ...names.map((name) => `${name}:${values[name]}`), '', names.join(';'), sha256(body)].join('\n');
}

// {path, headers, body} for request() of wire.mjs. `headers` are signed, Host and X-Amz-Date too.
export function sign(port, operation, input, {token, host = `127.0.0.1:${port}`, headers: more = {}, body = JSON.stringify(input), ...options} = {}) {
  const made = parts(options);
  const headers = {
    'Content-Type': 'application/x-amz-json-1.0',
    'X-Amz-Target': `DynamoDB_20120810.${operation}`,
    ...more,
    Host: host,
    'X-Amz-Date': made.date,
  };
  if (token !== undefined) headers['X-Amz-Security-Token'] = token;
  const names = Object.keys(headers).map((name) => name.toLowerCase()).sort().join(';');
  headers.Authorization =
    `AWS4-HMAC-SHA256 Credential=${made.credential}, SignedHeaders=${names}, ` +
    `Signature=${signature(made, canonicalRequest('/', '', headers, body))}`;
  return {path: '/', headers, body};
}

// The same with the signature in the query.
export function presign(port, operation, input, {token, expires = 60, body = JSON.stringify(input), ...options} = {}) {
  const made = parts(options);
  const signed = {Host: `127.0.0.1:${port}`, 'X-Amz-Target': `DynamoDB_20120810.${operation}`};
  const query = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': made.credential,
    'X-Amz-Date': made.date,
    'X-Amz-Expires': expires,
    ...(token === undefined ? {} : {'X-Amz-Security-Token': token}),
    'X-Amz-SignedHeaders': 'host;x-amz-target',
  };
  const text = Object.entries(query).map(([name, value]) => `${name}=${encode(value)}`).join('&');
  const mark = signature(made, canonicalRequest('/', text, signed, body));
  return {
    path: `/?${text}&X-Amz-Signature=${mark}`,
    headers: {...signed, 'Content-Type': 'application/x-amz-json-1.0'},
    body,
  };
}

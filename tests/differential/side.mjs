// One of the two endpoints: sends requests over one connection, signed when credentials are there, no faster than told.
import http from 'node:http';
import https from 'node:https';
import {setTimeout} from 'node:timers/promises';
import {sign} from '../api/sign.mjs';
import {apiHeaders} from '../api/wire.mjs';

const STREAMS = new Set(['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams']);
// What the service asks to send again.
const AGAIN = /ProvisionedThroughputExceeded|Throttling|RequestLimitExceeded|LimitExceededException|InternalServerError|ServiceUnavailable|TransactionInProgress/;
const TRIES = 8;

const targetOf = (operation) => `${STREAMS.has(operation) ? 'DynamoDBStreams' : 'DynamoDB'}_20120810.${operation}`;

function credentials(env) {
  const {AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token} = env;
  return keyId && secret ? {keyId, secret, ...(token ? {token} : {})} : undefined;
}

export class Side {
  // `rate`: requests a second; 0 for as many as there can be. `timeout`: milliseconds after which there is no answer.
  constructor(url, {rate = 0, timeout = 30_000, env = process.env} = {}) {
    this.url = url;
    this.address = new URL(url);
    this.local = ['127.0.0.1', 'localhost', '[::1]'].includes(this.address.hostname);
    this.pause = rate > 0 ? 1000 / rate : 0;
    this.next = 0;
    this.timeout = timeout;
    this.credentials = credentials(env);
    if (!this.local && !this.credentials) throw new Error(`${url}: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set`);
    this.region = env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? /(?:^|\.)dynamodb\.([a-z0-9-]+)\.amazonaws\.com$/.exec(this.address.hostname)?.[1] ?? 'us-east-1';
    this.http = this.address.protocol === 'https:' ? https : http;
    this.agent = new this.http.Agent({keepAlive: true, maxSockets: 1});
    this.sent = 0;
    this.words = {}; // what {ARN} and its like stand for
  }

  close() {
    this.agent.destroy();
  }

  // Replaces {ARN} and its like; a word that the side has not is left as it is.
  fill(text) {
    return text.replace(/\{([A-Z]+)\}/g, (all, word) => this.words[word] ?? all);
  }

  // `body`: an object, or text to be sent as it is. Resolves to {status, headers, text, json}.
  async send(operation, body) {
    const text = this.fill(typeof body === 'string' ? body : JSON.stringify(body));
    for (let tried = 1; ; ++tried) {
      await this.wait();
      const answer = await this.once(operation, text);
      const again = !this.local && tried < TRIES && (answer.status >= 500 || AGAIN.test(answer.json?.__type ?? ''));
      if (!again) return answer;
      await setTimeout(100 * 2 ** tried);
    }
  }

  async wait() {
    if (!this.pause) return;
    const now = Date.now();
    const at = Math.max(now, this.next);
    this.next = at + this.pause;
    if (at > now) await setTimeout(at - now);
  }

  // The service has its streams at a host of their own.
  hostOf(operation) {
    const {host} = this.address;
    return STREAMS.has(operation) && /^dynamodb\..*\.amazonaws\.com$/.test(host) ? `streams.${host}` : host;
  }

  headers(operation, text, host) {
    if (!this.credentials) return apiHeaders(operation, {'X-Amz-Target': targetOf(operation)});
    return sign(0, operation, null, {body: text, host, region: this.region, headers: {'X-Amz-Target': targetOf(operation)}, ...this.credentials}).headers;
  }

  once(operation, text) {
    this.sent += 1;
    const host = this.hostOf(operation);
    const {hostname, port} = new URL(`${this.address.protocol}//${host}`);
    const headers = {...this.headers(operation, text, host), 'Content-Length': Buffer.byteLength(text)};
    const options = {hostname: hostname.replace(/[[\]]/g, ''), port: port || undefined, method: 'POST', path: '/', headers, agent: this.agent, timeout: this.timeout};
    return new Promise((resolve, reject) => {
      const request = this.http.request(options, (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => resolve(readAnswer(response, Buffer.concat(parts).toString('utf8'))));
      });
      // A connection that breaks is an answer; a server that is gone is the end.
      request.on('error', (error) => {
        if (error.code === 'ECONNREFUSED') reject(new Error(`${this.url} is gone; the request before: ${this.last}`));
        else resolve({status: 0, headers: {}, text: '', json: {__type: `connection#${error.code}`, message: error.message}});
        this.last = `${operation} ${text}`;
      });
      request.on('timeout', () => request.destroy(Object.assign(new Error('no answer in time'), {code: 'TIMEOUT'})));
      request.end(text);
    });
  }
}

function readAnswer({statusCode, headers}, text) {
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return {status: statusCode, headers, text, json};
}

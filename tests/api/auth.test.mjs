// The shape of the credentials in a request. Keys and signatures themselves are not checked.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {startServer} from './server.mjs';
import {AUTHORIZATION, PREFIX, assertError, assertReplyHeaders, wire} from './wire.mjs';

let server, call;
before(async () => {
  server = await startServer();
  call = wire(server.port);
});
after(() => server.stop());

const CREDENTIAL = 'Credential=AKIDEXAMPLE/20260102/us-east-1/dynamodb/aws4_request';
const requires = (...names) => names.map((name) => `Authorization header requires '${name}' parameter. `).join('');
const requiresQuery = (...names) =>
  names.map((name) => `AWS query-string parameters must include '${name}'. `).join('') +
  'Re-examine the query-string parameters.';
const REQUIRES_DATE =
  "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";

const cases = [
  {
    name: 'no credentials',
    headers: {Authorization: null},
    type: 'MissingAuthenticationTokenException',
    message: 'Request is missing Authentication Token',
  },
  {
    name: 'another scheme',
    headers: {Authorization: 'Basic abc'},
    type: 'MissingAuthenticationTokenException',
    message: 'Request is missing Authentication Token',
  },
  {
    name: 'both header and query',
    path: '/?X-Amz-Algorithm=AWS4-HMAC-SHA256',
    type: 'InvalidSignatureException',
    message: "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
  },
  {
    name: 'no part at all, no date',
    headers: {Authorization: 'AWS4-HMAC-SHA256', 'X-Amz-Date': null},
    type: 'IncompleteSignatureException',
    message: `${requires('Credential', 'Signature', 'SignedHeaders')}${REQUIRES_DATE}Authorization=AWS4-HMAC-SHA256`,
  },
  {
    name: 'only Credential',
    headers: {Authorization: `AWS4-HMAC-SHA256 ${CREDENTIAL}`},
    type: 'IncompleteSignatureException',
    message: `${requires('Signature', 'SignedHeaders')}Authorization=AWS4-HMAC-SHA256 ${CREDENTIAL}`,
  },
  {
    name: 'no SignedHeaders',
    headers: {Authorization: `AWS4-HMAC-SHA256 ${CREDENTIAL}, Signature=ab`},
    type: 'IncompleteSignatureException',
    message: `${requires('SignedHeaders')}Authorization=AWS4-HMAC-SHA256 ${CREDENTIAL}, Signature=ab`,
  },
  {
    name: 'no date',
    headers: {'X-Amz-Date': null},
    type: 'IncompleteSignatureException',
    message: `${REQUIRES_DATE}Authorization=${AUTHORIZATION}`,
  },
  {
    name: 'query without the other parts',
    path: '/?X-Amz-Algorithm=AWS4-HMAC-SHA256',
    headers: {Authorization: null, 'X-Amz-Date': null},
    type: 'IncompleteSignatureException',
    message: requiresQuery('X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-SignedHeaders', 'X-Amz-Date'),
  },
  {
    name: 'an element that is no pair',
    headers: {Authorization: `${AUTHORIZATION}, junk`},
    type: 'IncompleteSignatureException',
    message:
      "'junk' not a valid key=value pair (missing equal-sign) in Authorization header: " +
      `'${AUTHORIZATION}, junk'.`,
  },
  {
    name: 'a date in another form',
    headers: {'X-Amz-Date': '2026-01-02'},
    type: 'IncompleteSignatureException',
    message:
      "Date must be in ISO-8601 'basic format'. Got '2026-01-02'. See http://en.wikipedia.org/wiki/ISO_8601",
  },
  {
    name: 'host not signed',
    headers: {Authorization: `AWS4-HMAC-SHA256 ${CREDENTIAL}, SignedHeaders=x-amz-date, Signature=ab`},
    type: 'InvalidSignatureException',
    message: "'Host' must be a 'SignedHeader' in the AWS Authorization.",
  },
];

describe('authentication errors', () => {
  for (const {name, headers = {}, path = '/', type, message} of cases) {
    test(name, async () => {
      const answer = await call('ListTables', {}, {headers, path});
      assertError(answer, `${PREFIX.coral}${type}`, message);
      assertReplyHeaders(answer);
    });
  }
});

describe('accepted', () => {
  test('white space around the header', async () => {
    const answer = await call('ListTables', {}, {headers: {Authorization: `  ${AUTHORIZATION}  `}});
    assert.equal(answer.status, 200);
  });
  test('commas without spaces', async () => {
    const answer = await call('ListTables', {}, {headers: {Authorization: AUTHORIZATION.replaceAll(', ', ',')}});
    assert.equal(answer.status, 200);
  });
  test('credentials in the query', async () => {
    const query =
      'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2F20260102%2Fus-east-1%2Fdynamodb%2Faws4_request' +
      '&X-Amz-Signature=ab&X-Amz-SignedHeaders=host&X-Amz-Date=20260102T030405Z';
    const answer = await call('ListTables', {}, {
      path: `/?${query}`,
      headers: {Authorization: null, 'X-Amz-Date': null},
    });
    assert.equal(answer.status, 200);
  });
});

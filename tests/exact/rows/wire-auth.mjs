// The shape of the credentials in a request, in the order in which it is looked at. Keys and signatures are compared only
// by a server that has keys: tests/api/signature.test.mjs.
import {AUTHORIZATION} from '../../api/wire.mjs';
import {carry} from '../definitions.mjs';

const proves = carry('data-plane.md 2: ');
const refused = (name, message) => ({status: 400, body: {__type: `com.amazon.coral.service#${name}`, message}});
const row = (name, statement, ...steps) => ({name, proves: proves(statement), steps});
const ask = (expect, headers = {}, path = '/') => ['ListTables', {}, expect, {headers, path}];
const query = (parameters) => `/?${Object.entries(parameters).map(([name, value]) => `X-Amz-${name}=${value}`).join('&')}`;

const CREDENTIAL = 'Credential=AKIDEXAMPLE/20260102/us-east-1/dynamodb/aws4_request';
const NO_TOKEN = refused('MissingAuthenticationTokenException', 'Request is missing Authentication Token');
const BOTH = refused(
  'InvalidSignatureException',
  "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
);
const UNSIGNED_HOST = refused(
  'InvalidSignatureException',
  "'Host' must be a 'SignedHeader' in the AWS Authorization.",
);
const incomplete = (message) => refused('IncompleteSignatureException', message);
const requires = (...names) => names.map((name) => `Authorization header requires '${name}' parameter. `).join('');
const REQUIRES_DATE = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
const absent = (names, header) => incomplete(`${requires(...names)}Authorization=${header}`);
const requiresQuery = (...names) =>
  incomplete(
    names.map((name) => `AWS query-string parameters must include 'X-Amz-${name}'. `).join('') +
      'Re-examine the query-string parameters.',
  );
const notBasic = (date) =>
  incomplete(`Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`);
const noPair = (element, header) =>
  incomplete(`'${element}' not a valid key=value pair (missing equal-sign) in Authorization header: '${header}'.`);

const NO_HEADER = {Authorization: null, 'X-Amz-Date': null};
const whole = {
  Algorithm: 'AWS4-HMAC-SHA256',
  Credential: 'A%2F20260102%2Fus-east-1%2Fdynamodb%2Faws4_request',
  Signature: 'ab',
  SignedHeaders: 'host',
  Date: '20260102T030405Z',
};
const without = (...names) => Object.fromEntries(Object.entries(whole).filter(([name]) => !names.includes(name)));
const header = (...parts) => `AWS4-HMAC-SHA256 ${parts.join(', ')}`;
const fine = {status: 200};

export default [
  row(
    'credentials twice',
    '| both `Authorization`',
    ask(BOTH, {}, query({Algorithm: 'AWS4-HMAC-SHA256'})),
    ask(BOTH, {Authorization: 'Basic abc'}, query(whole)),
  ),
  row(
    'no credentials',
    '| neither, or header',
    ask(NO_TOKEN, {Authorization: null}),
    ask(NO_TOKEN, {Authorization: ''}),
    ask(NO_TOKEN, {Authorization: 'Basic abc'}),
    ask(NO_TOKEN, {Authorization: 'AWS3-HTTPS AWSAccessKeyId=a'}),
    ask(NO_TOKEN, {Authorization: null}, query(without('Algorithm'))),
  ),
  row(
    'parts of the header absent',
    '| header form',
    ...[
      [header().trim(), 'Credential', 'Signature', 'SignedHeaders'],
      [header(CREDENTIAL), 'Signature', 'SignedHeaders'],
      [header(CREDENTIAL, 'Signature=ab'), 'SignedHeaders'],
      [header(CREDENTIAL, 'SignedHeaders=host'), 'Signature'],
      [header('SignedHeaders=host', 'Signature=ab'), 'Credential'],
      [header('Credential=', 'SignedHeaders=host', 'Signature='), 'Credential', 'Signature'],
      [header('junk', 'Signature=ab', 'SignedHeaders=host'), 'Credential'],
    ].map(([given, ...names]) => ask(absent(names, given), {Authorization: given})),
    ask(incomplete(`${requires('Signature')}${REQUIRES_DATE}Authorization=${header(CREDENTIAL, 'SignedHeaders=host')}`), {
      Authorization: header(CREDENTIAL, 'SignedHeaders=host'),
      'X-Amz-Date': null,
    }),
    ask(incomplete(`${REQUIRES_DATE}Authorization=${AUTHORIZATION}`), {'X-Amz-Date': null}),
    ask(fine, {'X-Amz-Date': null, Date: '20260102T030405Z'}),
  ),
  row(
    'parts of the query absent',
    '| query form',
    ...[
      ['Credential', 'Signature', 'SignedHeaders', 'Date'],
      ['Credential'],
      ['Signature'],
      ['SignedHeaders'],
      ['Date'],
      ['Signature', 'Date'],
    ].map((names) => ask(requiresQuery(...names), NO_HEADER, query(without(...names)))),
    ask(requiresQuery('Algorithm'), NO_HEADER, query({...whole, Algorithm: ''})),
    ask(requiresQuery('Date'), {Authorization: null}, query(without('Date'))),
    ask(fine, NO_HEADER, query(whole)),
  ),
  row(
    'an element that is no pair',
    '| a header element',
    ...[
      [`${AUTHORIZATION}, junk`, 'junk'],
      [`${AUTHORIZATION} first,second`, 'first'],
    ].map(([given, element]) => ask(noPair(element, given), {Authorization: given})),
  ),
  row(
    'a date in another form',
    '| date not basic',
    ...['2026-01-02', '20260102', '20260102T030405', '20260102t030405Z', '2026-01-02T03:04:05Z'].map((date) =>
      ask(notBasic(date), {'X-Amz-Date': date}),
    ),
    ask(notBasic('Fri, 02 Jan 2026 03:04:05 GMT'), {'X-Amz-Date': null, Date: 'Fri, 02 Jan 2026 03:04:05 GMT'}),
    ask(notBasic('yesterday'), NO_HEADER, query({...whole, Date: 'yesterday'})),
    ask(notBasic('now'), {Authorization: header(CREDENTIAL, 'SignedHeaders=', 'Signature=ab'), 'X-Amz-Date': 'now'}),
  ),
  row(
    'a host that is not signed',
    '| host not signed',
    ...['x-amz-date', '', 'hosts', 'x-amz-date;x-host'].map((names) =>
      ask(UNSIGNED_HOST, {Authorization: header(CREDENTIAL, `SignedHeaders=${names}`, 'Signature=ab')}),
    ),
    ask(UNSIGNED_HOST, NO_HEADER, query({...whole, SignedHeaders: 'x-amz-date'})),
  ),
  row(
    'how the header is taken apart',
    'Parsing the header',
    ...[
      `  ${AUTHORIZATION}  `,
      AUTHORIZATION.replaceAll(', ', ','),
      AUTHORIZATION.replaceAll(', ', ' '),
      AUTHORIZATION.replaceAll(', ', ' , ,, '),
      AUTHORIZATION.replace('AWS4-HMAC-SHA256 ', 'AWS4-OTHER,'),
      `${AUTHORIZATION}, Other=thing`,
    ].map((given) => ask(fine, {Authorization: given})),
  ),
];

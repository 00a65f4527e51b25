// docs/operations.md tells the truth: it names what the API has, and the server agrees with it.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, describe, test} from 'node:test';
import {startServer} from './server.mjs';
import {PREFIX, TABLE, assertError, wire} from './wire.mjs';

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const api = JSON.parse(read('../shapes/api_members.json'));
const cells = (line) => line.split('|').slice(1, -1).map((cell) => cell.trim());
const names = (cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name);

// The rows of the first table under a heading.
function rows(heading) {
  const section = read('../../docs/operations.md').split(/^## /m).find((text) => text.startsWith(heading));
  return section.split('\n').filter((line) => line.startsWith('| ')).map(cells).slice(2);
}

const STREAMS = 'DynamoDBStreams: ';
const operations = rows('Operations').map(([name, state]) => ({name, state}));
const parameters = rows('Parameters').map(([operation, works, described, refused]) => ({
  operation,
  listed: [works, described, refused].flatMap(names),
  refused: names(refused),
}));

let server, call;
before(async () => {
  server = await startServer();
  call = wire(server.port);
  await call('CreateTable', TABLE);
});
after(() => server.stop());

const bare = (name) => (name.startsWith(STREAMS) ? name.slice(STREAMS.length) : name);

test('every operation of the API is listed', () => {
  const known = Object.entries(api.operations).map(([name, {streams}]) => (streams ? STREAMS : '') + name);
  assert.deepEqual(operations.map(({name}) => name).toSorted(), known.toSorted());
});

test('every parameter of every operation that works is listed', () => {
  const implemented = operations.filter(({state}) => state !== 'not yet').map(({name}) => name);
  assert.deepEqual(parameters.map(({operation}) => operation), implemented);
  for (const {operation, listed} of parameters) {
    const members = Object.keys(api.structures[api.operations[bare(operation)].input] ?? {});
    assert.deepEqual(listed.toSorted(), members.toSorted(), operation);
  }
});

describe('the server agrees', () => {
  for (const {name, state} of operations) {
    test(`${name}: ${state}`, async () => {
      const operation = bare(name);
      const target = `${operation === name ? 'DynamoDB_20120810' : 'DynamoDBStreams_20120810'}.${operation}`;
      const answer = await call(operation, {}, {headers: {'X-Amz-Target': target}});
      const unknown = `${PREFIX.coral}UnknownOperationException`;
      if (state === 'not yet') assertError(answer, unknown, `dynarock does not implement ${operation} yet`);
      else assert.notEqual(answer.json.__type, unknown);
    });
  }

  // A value of the right type for a member of the API.
  function sample(type) {
    if (type.list) return [sample(type.list)];
    if (type.map) return {name: sample(type.map)};
    if (type in api.structures) {
      const wanted = api.required[type] ?? Object.keys(api.structures[type]).slice(0, 1);
      return Object.fromEntries(wanted.map((member) => [member, sample(api.structures[type][member])]));
    }
    return {string: 'text', number: 1, boolean: true}[type];
  }
  const bases = {CreateTable: {...TABLE, TableName: 'Refused'}, UpdateTable: {TableName: TABLE.TableName}};
  for (const {operation, refused} of parameters) {
    for (const member of refused) {
      test(`${operation} refuses ${member}`, async () => {
        const type = api.structures[api.operations[operation].input][member];
        const answer = await call(operation, {...bases[operation], [member]: sample(type)});
        assert.deepEqual([answer.status, answer.json.__type], [400, PREFIX.validation]);
        assert.match(answer.json.message, new RegExp(`\\b${member}\\b`));
      });
    }
  }
});

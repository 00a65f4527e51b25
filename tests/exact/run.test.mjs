// Runs every row of rows/*.mjs against one server: each row is one test, named by the row. README.md tells how rows
// are written. EXACT_ROWS=limits runs the files whose name contains that word.
import assert from 'node:assert/strict';
import {readdirSync} from 'node:fs';
import http from 'node:http';
import {after, test} from 'node:test';
import {setTimeout} from 'node:timers/promises';
import {PREFIX, wire} from '../api/wire.mjs';
import {startServer} from '../api/server.mjs';
import {presets} from './presets.mjs';

const CORAL = new Set([
  'SerializationException',
  'UnknownOperationException',
  'AccessDeniedException',
  'MissingAuthenticationTokenException',
]);

const servers = new Map();  // by the value of --validation
let call;
const agent = new http.Agent({keepAlive: true, maxSockets: 8});

async function callOf(validation) {
  if (!servers.has(validation)) {
    const server = await startServer(validation === 'majority' ? [] : ['--validation', validation]);
    const raw = wire(server.port);
    servers.set(validation, {
      stop: () => server.stop(),
      call: (operation, body, options = {}) => raw(operation, body, {agent, ...options}),
    });
  }
  return servers.get(validation).call;
}

after(async () => {
  agent.destroy();
  for (const server of servers.values()) await server.stop();
});

function typeName(name) {
  if (name.includes('#')) return name;
  if (name === 'ValidationException') return PREFIX.validation;
  return (CORAL.has(name) ? PREFIX.coral : PREFIX.dynamodb) + name;
}

// Replaces {T} and its like in every text of a request or an expectation.
function fill(value, names) {
  if (typeof value === 'string') {
    return value.includes('{') ? value.replace(/\{([A-Z][0-9]?)\}/g, (all, name) => names[name] ?? all) : value;
  }
  if (Array.isArray(value)) return value.map((element) => fill(element, names));
  if (value !== null && typeof value === 'object' && !Buffer.isBuffer(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [fill(key, names), fill(member, names)]));
  }
  return value;
}

// Sets have no order.
function unordered(value) {
  if (Array.isArray(value)) return value.map(unordered);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) =>
      ['SS', 'NS', 'BS'].includes(key) && Array.isArray(member)
        ? [key, [...member].sort()]
        : [key, unordered(member)],
    ),
  );
}

// `part` says what must be there; what else `whole` has does not matter. A list must be there in full.
function assertHas(whole, part, path) {
  if (part === null || typeof part !== 'object') return assert.deepEqual(whole, part, `${path}: ${JSON.stringify(whole)}`);
  assert.equal(typeof whole, 'object', `${path} is ${JSON.stringify(whole)}`);
  if (Array.isArray(part)) assert.equal(whole.length, part.length, `${path}: ${JSON.stringify(whole)}`);
  for (const [key, member] of Object.entries(part)) assertHas(whole?.[key], member, `${path}.${key}`);
}

function assertErrors(reply, errors) {
  const head = errors.length === 1 ? '1 validation error detected: ' : `${errors.length} validation errors detected: `;
  assert.equal(reply.json?.__type, PREFIX.validation, reply.text);
  assert.ok(reply.json.message.startsWith(head), reply.text);
  assert.deepEqual(reply.json.message.slice(head.length).split('; ').sort(), [...errors].sort());
}

function assertReply(reply, expectation) {
  if (typeof expectation === 'function') return expectation(reply);
  const {type, message, more, errors, body, has, absent = []} = expectation;
  const status = expectation.status ?? (type || errors ? 400 : 200);
  assert.equal(reply.status, status, reply.text.slice(0, 2000));
  if (errors) return assertErrors(reply, errors);
  if (type) {
    const member = ['SerializationException', 'AccessDeniedException'].includes(type) ? 'Message' : 'message';
    const expected = {__type: typeName(type), ...more};
    if (message !== undefined) expected[member] = message;
    assert.deepEqual(unordered(reply.json), unordered(expected));
  }
  if (body !== undefined) assert.deepEqual(unordered(reply.json), unordered(body));
  if (has !== undefined) assertHas(unordered(reply.json), unordered(has), 'reply');
  for (const name of absent) {
    assert.ok(!Object.hasOwn(reply.json, name), `${name} is there: ${JSON.stringify(reply.json[name])}`);
  }
}

let made = 0;

async function makeTables(tables) {
  const names = {};
  for (const [placeholder, wanted] of Object.entries(tables)) {
    const definition = typeof wanted === 'string' ? presets[wanted] : wanted;
    assert.ok(definition, `no preset is called ${wanted}`);
    names[placeholder] = `exact-${placeholder}-${++made}`;
    const reply = await call('CreateTable', {TableName: names[placeholder], ...definition});
    assert.equal(reply.status, 200, reply.text);
    const active = (table) =>
      [table, ...(table.GlobalSecondaryIndexes ?? [])].every(
        (one) => (one.TableStatus ?? one.IndexStatus) === 'ACTIVE',
      );
    let description = reply.json.TableDescription;
    while (!active(description)) {
      description = (await call('DescribeTable', {TableName: names[placeholder]})).json.Table;
    }
  }
  return names;
}

async function runRow(row) {
  call = await callOf(row.validation ?? 'majority');
  const names = await makeTables(row.tables ?? {});
  const steps = row.steps ?? [[row.op, row.body ?? {}, row.expect]];
  for (const [i, [operation, body, expectation = {}, options]] of steps.entries()) {
    const given = typeof body === 'function' ? body(names) : body;
    const {within = 0, ...request} = options ?? {};
    for (const end = Date.now() + within; ; await setTimeout(100)) {
      const reply = await call(operation, fill(given, names), request);
      try {
        assertReply(reply, typeof expectation === 'function' ? expectation : fill(expectation, names));
        break;
      } catch (error) {
        if (Date.now() < end) continue;
        if (steps.length > 1) error.message = `step ${i + 1}, ${operation}: ${error.message}`;
        throw error;
      }
    }
  }
  for (const name of Object.values(names)) await call('DeleteTable', {TableName: name});
}

const wanted = process.env.EXACT_ROWS ?? '';
const files = readdirSync(new URL('rows/', import.meta.url)).filter((name) => name.endsWith('.mjs'));
for (const file of files.sort().filter((name) => name.includes(wanted))) {
  const {default: rows} = await import(new URL(`rows/${file}`, import.meta.url));
  const topic = file.slice(0, -'.mjs'.length);
  for (const row of rows) {
    test(`${topic}: ${row.name}${row.assumed ? ' (assumed)' : ''}`, () => runRow(row));
  }
}

// Small applications against a server of their own, and what the advisor says of them.
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import http from 'node:http';
import {startServer} from '../api/server.mjs';
import {apiHeaders, request} from '../api/wire.mjs';

// Runs `application(call)` and resolves to the report. `call(operation, input)` resolves to the answer's body; what
// fails throws, with `code` and `message`. `options.args` go to the server.
export async function adviseOn(application, {args = [], userAgent = 'test-app/1.0'} = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'advisor-'));
  const file = join(dir, 'report.json');
  const server = await startServer(['--report', file, ...args]);
  const agent = new http.Agent({keepAlive: true, maxSockets: 16});
  const send = async (agent, operation, input) => {
    const headers = apiHeaders(operation, {'User-Agent': userAgent});
    const body = JSON.stringify(input);
    const answer = await request(server.port, {headers, body, agent});
    const json = answer.text === '' ? {} : JSON.parse(answer.text);
    if (answer.status === 200) return json;
    const error = new Error(json.message ?? json.Message ?? answer.text);
    error.code = String(json.__type).split('#').pop();
    error.body = json;
    throw error;
  };
  const call = (operation, input) => send(agent, operation, input);
  // The same over a connection that nothing else uses.
  call.apart = () => {
    const own = new http.Agent({keepAlive: true, maxSockets: 1});
    return (operation, input) => send(own, operation, input);
  };
  try {
    await application(call, server);
    agent.destroy();
    await server.stop();
    const report = JSON.parse(readFileSync(file, 'utf8'));
    return Object.assign(report, {dir});
  } finally {
    agent.destroy();
    await server.kill();
    rmSync(dir, {recursive: true, force: true});
  }
}

// All items of a Query, page by page, as an application should.
export async function query(call, input) {
  const items = [];
  let ExclusiveStartKey;
  do {
    const page = await call('Query', {...input, ExclusiveStartKey});
    items.push(...page.Items);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
}

export const found = (report, id) => report.findings.filter((finding) => finding.id === id);
export const loud = (report) => report.findings.filter((finding) => finding.severity !== 'note');
export const evidence = (finding, name) => finding.evidence.find((entry) => entry.name === name)?.value;

// Definitions: table('Orders', 'pk:S', 'sk:S', {indexes: {byStatus: ['status:S', 'created:N', 'ALL']}})
export function table(name, hash, range, {indexes = {}, locals = {}} = {}) {
  const attributes = new Map();
  const key = (...parts) =>
    parts.filter(Boolean).map((part, i) => {
      const [attribute, type = 'S'] = part.split(':');
      attributes.set(attribute, type);
      return {AttributeName: attribute, KeyType: i === 0 ? 'HASH' : 'RANGE'};
    });
  const definitions = (all) =>
    Object.entries(all).map(([IndexName, [h, r, projection = 'ALL']]) => ({
      IndexName,
      KeySchema: key(h, r),
      Projection: Array.isArray(projection)
        ? {ProjectionType: 'INCLUDE', NonKeyAttributes: projection}
        : {ProjectionType: projection},
    }));
  const definition = {TableName: name, KeySchema: key(hash, range), BillingMode: 'PAY_PER_REQUEST'};
  const globals = definitions(indexes);
  const local = definitions(locals);
  if (globals.length > 0) definition.GlobalSecondaryIndexes = globals;
  if (local.length > 0) definition.LocalSecondaryIndexes = local;
  definition.AttributeDefinitions = [...attributes].map(([AttributeName, AttributeType]) => ({
    AttributeName,
    AttributeType,
  }));
  return definition;
}

// {a: 'x', n: 1} as DynamoDB JSON.
export function item(plain) {
  return Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, attribute(value)]));
}

export function attribute(value) {
  if (value === null) return {NULL: true};
  if (typeof value === 'string') return {S: value};
  if (typeof value === 'number') return {N: String(value)};
  if (typeof value === 'boolean') return {BOOL: value};
  if (Array.isArray(value)) return {L: value.map(attribute)};
  if (value instanceof Set) return {SS: [...value]};
  return {M: item(value)};
}

// Puts items in batches of 25.
export async function load(call, TableName, items) {
  for (let at = 0; at < items.length; at += 25) {
    const requests = items.slice(at, at + 25).map((one) => ({PutRequest: {Item: item(one)}}));
    await call('BatchWriteItem', {RequestItems: {[TableName]: requests}});
  }
}

export const range = (n) => Array.from({length: n}, (_, i) => i);

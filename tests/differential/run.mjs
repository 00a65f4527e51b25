// Two endpoints, the same requests, and where their answers differ. docs/differential.md tells how to use it.
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {startServer} from '../api/server.mjs';
import {asJson, print} from './classes.mjs';
import {Differential} from './differential.mjs';
import {OPERATIONS} from './generate/requests.mjs';
import {Side} from './side.mjs';

const USAGE = `usage: run.mjs [--left URL] --right URL [OPTIONS]
  --left URL          default: the built server, started for the run
  --right URL         the other endpoint; an AWS one takes credentials from AWS_ACCESS_KEY_ID and its like
  --requests N        how many [10000]
  --seed S            which [1]; request S + i is the same in every run
  --operations A,B    only these
  --except A,B        all but these
  --no-shapes         no requests whose members have other types or are missing
  --rate N            at most N requests a second to each side that is not on this machine [50]
  --timeout MS        how long to wait for an answer [30000]
  --prefix TEXT       begins the names of the tables that are made [differential-TIME]
  --out FILE          the classes as JSON
  --settled FILE      known classes [tests/differential/settled.json]; none: take nothing as known
  --long              print requests and answers in full`;

const OPTIONS = Object.fromEntries(['left', 'right', 'requests', 'seed', 'operations', 'except', 'rate', 'timeout', 'prefix', 'out', 'settled'].map((name) => [name, {type: 'string'}]));

function fail(text) {
  console.error(`${text}\n\n${USAGE}`);
  process.exit(2);
}

function options() {
  let values;
  try {
    ({values} = parseArgs({options: {...OPTIONS, long: {type: 'boolean'}, 'no-shapes': {type: 'boolean'}, help: {type: 'boolean', short: 'h'}}}));
  } catch (error) {
    fail(error.message);
  }
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  if (!values.right) fail('--right is missing');
  return values;
}

function chosen({operations, except}) {
  const [wanted, left] = [operations, except].map((text) => text?.split(',').filter(Boolean));
  for (const name of [...(wanted ?? []), ...(left ?? [])]) {
    if (!OPERATIONS.includes(name)) fail(`no requests are made for ${name}; there are: ${OPERATIONS.join(', ')}`);
  }
  return left ? (wanted ?? OPERATIONS).filter((name) => !left.includes(name)) : wanted;
}

function number(name, text, otherwise) {
  const value = Number(text ?? otherwise);
  if (!Number.isFinite(value) || value < 0) fail(`--${name} ${text} is no number`);
  return value;
}

const known = (file) => (file === 'none' ? [] : JSON.parse(readFileSync(file ?? new URL('settled.json', import.meta.url), 'utf8')));

async function main() {
  const given = options();
  const operations = chosen(given);
  const [requests, seed, rate, timeout] = [['requests', 10_000], ['seed', 1], ['rate', 50], ['timeout', 30_000]].map(([name, otherwise]) => number(name, given[name], otherwise));
  if (given.settled && given.settled !== 'none' && !existsSync(given.settled)) fail(`${given.settled} is not there`);
  const server = given.left ? undefined : await startServer();
  const sideOf = (url) => new Side(url, {rate: /\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]?/.test(url) ? 0 : rate, timeout});
  const [left, right] = [sideOf(given.left ?? server.endpoint), sideOf(given.right)];
  const log = (text) => console.error(`# ${text}`);
  const patience = left.local && right.local ? 0 : 500;
  const run = new Differential(left, right, {seed, operations, shapes: !given['no-shapes'], settled: known(given.settled), patience, log, ...(given.prefix ? {prefix: given.prefix} : {})});
  let stopped;
  try {
    await run.run(requests);
  } catch (error) {
    stopped = error;
  } finally {
    await server?.stop();
  }
  const {classes, requests: asked} = run;
  console.log(print(classes, {requests: asked, most: given.long ? 1e9 : 600}));
  if (given.out) writeFileSync(given.out, `${JSON.stringify(asJson(classes, {left: left.url, right: right.url, requests: asked, seed}), null, 1)}\n`);
  if (stopped) console.error(stopped);
  process.exitCode = stopped || classes.fresh.length ? 1 : 0;
}

await main();

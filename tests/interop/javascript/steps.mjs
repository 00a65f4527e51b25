// What both JavaScript clients share: the lines of a step, and small values.
import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {setTimeout as sleep} from 'node:timers/promises';

export {assert, sleep};

const require = createRequire(import.meta.url);

export function printVersions(...packages) {
  for (const name of packages) {
    process.stdout.write(`version\t${name}\t${require(`${name}/package.json`).version}\n`);
  }
  process.stdout.write(`version\tNode.js\t${process.versions.node}\n`);
}

const oneLine = (text) => String(text).replaceAll(/\s+/g, ' ').slice(0, 400);

export const skipped = (why) => ({skipped: why});
// What of the step the client's API has not.
export const without = (note) => ({note});

// Runs `act`; its end is the step's. It answers nothing, or what skipped() or without() gives.
export async function step(name, act) {
  let line;
  try {
    const said = await act();
    line = said?.skipped ? `skipped\t${said.skipped}` : ['passed', said?.note].filter(Boolean).join('\t');
  } catch (error) {
    line = `failed\t${oneLine(error?.stack ?? error)}`;
  }
  process.stdout.write(`step\t${name}\t${line}\n`);
}

// The call must throw this class with this message; resolves to the error.
export async function throws(promise, errorClass, message) {
  const error = await promise.then(
    () => assert.fail(`expected ${errorClass.name}`),
    (thrown) => thrown,
  );
  assert.ok(error instanceof errorClass, `${error.name}: ${error.message}`);
  assert.equal(error.message, message);
  return error;
}

// Asks until `look` answers something true, for ten seconds.
export async function until(look) {
  for (const end = Date.now() + 10_000; Date.now() < end; await sleep(50)) {
    const found = await look();
    if (found) return found;
  }
  assert.fail(`still not so after ten seconds: ${look}`);
}

// All that a paginator gives.
export async function collect(pages) {
  const all = [];
  for await (const page of pages) all.push(page);
  return all;
}

export const two = (number) => String(number).padStart(2, '0');
export const numbers = (count) => Array.from({length: count}, (_, number) => number);
export const ALL_BYTES = Uint8Array.from(numbers(256));
export const TABLE = 'Orders';

export const DEFINITION = {
  TableName: TABLE,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    {AttributeName: 'customer', AttributeType: 'S'},
    {AttributeName: 'order', AttributeType: 'S'},
    {AttributeName: 'price', AttributeType: 'N'},
    {AttributeName: 'status', AttributeType: 'S'},
    {AttributeName: 'placed', AttributeType: 'S'},
  ],
  KeySchema: [
    {AttributeName: 'customer', KeyType: 'HASH'},
    {AttributeName: 'order', KeyType: 'RANGE'},
  ],
  LocalSecondaryIndexes: [
    {
      IndexName: 'byPrice',
      KeySchema: [
        {AttributeName: 'customer', KeyType: 'HASH'},
        {AttributeName: 'price', KeyType: 'RANGE'},
      ],
      Projection: {ProjectionType: 'ALL'},
    },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byStatus',
      KeySchema: [
        {AttributeName: 'status', KeyType: 'HASH'},
        {AttributeName: 'placed', KeyType: 'RANGE'},
      ],
      Projection: {ProjectionType: 'INCLUDE', NonKeyAttributes: ['price']},
    },
  ],
  StreamSpecification: {StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES'},
};

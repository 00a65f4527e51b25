#!/usr/bin/env node
// Replays recorded requests against a running server and reports how its answers differ. Format: docs/recording.md.
//   node tests/replay/replay.mjs FILE [ENDPOINT]     (ENDPOINT: http://localhost:8000)
// Exit status: 0 no difference, 1 differences, 2 the file or the server cannot be used.
import {readFileSync} from 'node:fs';
import {argv, exit} from 'node:process';
import {fileURLToPath} from 'node:url';
import {wire} from '../api/wire.mjs';
import {differences} from './compare.mjs';

// Requests of a recording, each {line, request, response}. Throws with the number of a line that is none.
export function readRecording(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((text, i) => ({text, line: i + 1}))
    .filter(({text}) => text.trim() !== '')
    .map(({text, line}) => {
      let pair;
      try {
        pair = JSON.parse(text);
      } catch {
        throw new Error(`${file}:${line}: not JSON`);
      }
      if (!pair?.request?.operation || pair.response?.status === undefined) {
        throw new Error(`${file}:${line}: needs request.operation and response.status`);
      }
      return {line, ...pair};
    });
}

// Yields {line, operation, differences: [text]} for every request of the recording, in order.
export async function* replay(file, endpoint) {
  const call = wire(Number(new URL(endpoint).port || 80));
  for (const {line, request, response} of readRecording(file)) {
    const answer = await call(request.operation, request.body);
    const found = answer.status === response.status ? [] : [`status: recorded ${response.status}, replayed ${answer.status}`];
    found.push(...differences(response.body ?? '', answer.json ?? answer.text));
    yield {line, operation: request.operation, differences: found};
  }
}

async function main([file, endpoint = 'http://localhost:8000']) {
  if (!file) {
    console.error('usage: replay.mjs FILE [ENDPOINT]');
    return 2;
  }
  let requests = 0;
  let differing = 0;
  try {
    for await (const result of replay(file, endpoint)) {
      requests++;
      if (result.differences.length === 0) continue;
      differing++;
      console.log(`${file}:${result.line} ${result.operation}`);
      for (const text of result.differences) console.log(`  ${text}`);
    }
  } catch (error) {
    console.error(error.code === 'ECONNREFUSED' ? `nothing answers at ${endpoint}` : error.message);
    return 2;
  }
  console.log(`${requests} requests, ${differing} with differences`);
  return differing === 0 ? 0 : 1;
}

if (argv[1] === fileURLToPath(import.meta.url)) exit(await main(argv.slice(2)));

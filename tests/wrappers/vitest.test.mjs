// vitest, really run, with a global setup that does what the presets for DynamoDB Local do.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {connects, freePort, makeHome, run} from './home.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

let home;
before(async () => (home = await makeHome()));
after(() => home.remove());

test('vitest with a preset that starts the jar', async () => {
  const port = await freePort();
  const {code, output} = await run(process.execPath, [here('node_modules/vitest/vitest.mjs'), 'run', '--root', here('vitest')], {
    env: {...home.env, WRAPPER_PORT: String(port), NO_COLOR: '1'},
  });
  assert.equal(code, 0, output);
  assert.match(output, /Tests\s+1 passed \(1\)/);
  assert.equal(await connects(port), false);
});

// The `docker run` lines of the documentation, run as they stand but for the image's name, published ports and the name
// of the volume.
import assert from 'node:assert/strict';
import {chmod, mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {request} from '../api/wire.mjs';
import {freePort, launch, listening, ways} from './container.mjs';

const PAGES = ['README.md', 'docs/docker.md', 'docs/moving_from_localstack.md'];
const IMAGE = /^dynarock\/dynarock:\w+$/;
const [image] = ways;

async function linesOf(page) {
  const text = await readFile(new URL(`../../${page}`, import.meta.url), 'utf8');
  const indented = text.split('\n').filter((line) => line.startsWith('    docker run '));
  const inline = [...text.matchAll(/`(docker run [^`]*)`/g)].map(([, line]) => line);
  return [...indented.map((line) => line.trim()), ...inline];
}

// {flags, args} of the line, with `port` where it names the server's port and `folder` for its volume.
function read(line, port, folder) {
  const words = line.split(/\s+/).slice(2);
  const at = words.findIndex((word) => IMAGE.test(word));
  assert.notEqual(at, -1, `${line} names the image`);
  const flags = [];
  for (let i = 0; i < at; ++i) {
    if (words[i] === '-p') ++i;
    else if (words[i] === '-v') flags.push('-v', `${folder}:${words[++i].split(':')[1]}`);
    else if (words[i] !== '--rm') flags.push(words[i]);
  }
  const args = words.slice(at + 1);
  const named = args.findIndex((word) => /^--?port$/.test(word));
  if (named !== -1) args[named + 1] = String(port);
  return {flags, args};
}

for (const page of PAGES) {
  for (const line of await linesOf(page)) {
    test(`${page}: ${line}`, {skip: image.skip}, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'dynarock-docs-'));
      await chmod(folder, 0o777);
      const port = await freePort();
      const container = launch(image, {env: {DYNAROCK_PORT: String(port)}, ...read(line, port, folder)});
      try {
        if (line.endsWith('--help')) {
          assert.equal((await container.exited).code, 0);
        } else {
          await listening(container, port);
          const {status} = await request(port, {method: 'GET'});
          assert.equal(status, line.includes('-jar') ? 400 : 200);
        }
      } finally {
        container.remove();
        await rm(folder, {recursive: true, force: true});
      }
    });
  }
}

// What the Markdown files point at is there: links and their anchors, and the files of this repository that the text names.
// docs/README.md lists every page.
import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import {readFile, readdir} from 'node:fs/promises';
import {dirname, join, relative} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const GENERATED = new Set(['build', 'node_modules', '.git']);

// The Markdown files below a folder, from the root.
async function pagesBelow(folder) {
  const found = [];
  for (const entry of await readdir(join(ROOT, folder), {withFileTypes: true})) {
    if (GENERATED.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await pagesBelow(path)));
    else if (path.endsWith('.md')) found.push(path);
  }
  return found;
}

const pages = await pagesBelow('.');

// Without code blocks, whose brackets and hash signs mean other things.
const textOf = async (page) => (await readFile(join(ROOT, page), 'utf8')).replace(/^( *)```[\s\S]*?^\1```/gm, '');

// The anchors of a page's headings, as GitHub makes them.
async function anchorsOf(page) {
  const seen = new Map();
  return [...(await textOf(page)).matchAll(/^#+ +(.+)$/gm)].map(([, heading]) => {
    const name = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    return times ? `${name}-${times}` : name;
  });
}

// The relative links of a page: {link, file, anchor}, `file` from the root.
async function linksOf(page) {
  const text = (await textOf(page)).replace(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [path, anchor] = link.split('#');
      return {link, anchor, file: path ? join(dirname(page), path) : page};
    });
}

test('links lead somewhere', async () => {
  const dead = [];
  let links = 0;
  for (const page of pages) {
    for (const {link, file, anchor} of await linksOf(page)) {
      ++links;
      if (!existsSync(join(ROOT, file))) dead.push(`${page}: ${link}`);
      else if (anchor && !(await anchorsOf(file)).includes(anchor)) dead.push(`${page}: ${link} (no such heading)`);
    }
  }
  assert.deepEqual(dead, []);
  assert.ok(links > 80, `${links} links`);
});

test('files that the text names are there', async () => {
  const NAME = /(?<![\w./-])(?:docs|server|storage|expression|tests|docker|cmake)\/[\w./-]+\.(?:md|h|cpp|mjs|json|yaml)\b/g;
  const missing = [];
  for (const page of pages.filter((page) => !page.startsWith('docs/decisions/'))) {
    for (const [name] of (await textOf(page)).matchAll(NAME)) {
      if (!existsSync(join(ROOT, name)) && !existsSync(join(ROOT, dirname(page), name))) missing.push(`${page}: ${name}`);
    }
  }
  assert.deepEqual(missing, []);
});

test('docs/README.md lists every page', async () => {
  const listed = new Set((await linksOf('docs/README.md')).map(({file}) => file.replace(/\/$/, '')));
  const missing = pages
    .filter((page) => page.startsWith('docs/') && page !== 'docs/README.md')
    .filter((page) => !listed.has(page) && !listed.has(dirname(page)));
  assert.deepEqual(missing.map((page) => relative('docs', page)), []);
});

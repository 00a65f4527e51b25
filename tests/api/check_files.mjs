// Directories of files for `dynarock check`, and what it says of them.
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {runToEnd} from './server.mjs';

// A table of Terraform: `more` are further lines of it.
export const tfTable = (label, name, more = '') => `
resource "aws_dynamodb_table" "${label}" {
  name         = "${name}"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"
  attribute {
    name = "pk"
    type = "S"
  }
  ${more}
}
`;

// Runs `use` with a new directory that has these files: {path: text}.
export async function withFiles(files, use) {
  const directory = await mkdtemp(join(tmpdir(), 'dynarock-check-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(directory, path)), {recursive: true});
      await writeFile(join(directory, path), text);
    }
    return await use(directory);
  } finally {
    await rm(directory, {recursive: true});
  }
}

// What check says of a directory of these files: {code, said: ["main.tf:3: error: ..."], last}. `said` leaves out the
// findings about the design whose severity is note, unless `notes` asks for them.
export async function checkFiles(files, {args = [], paths = ['.'], env = {}, notes = false} = {}) {
  return withFiles(files, async (directory) => {
    const ended = await runToEnd(['check', '--format', 'json', ...args, ...paths], {cwd: directory, env});
    assert.ok(ended.stdout, ended.stderr);
    const report = JSON.parse(ended.stdout);
    const said = report.findings
      .filter((f) => notes || f.severity !== 'note' || ['unresolved', 'left-out'].includes(f.id))
      .map((f) => `${f.file ? `${f.file.replace(/^\.\//, '')}:${f.line}: ` : ''}${f.severity}: ${f.title}`);
    return {code: ended.code, said, tables: report.tablesChecked, unchecked: report.unchecked, report};
  });
}

// One test for each row [name, files, expected, options]: `expected` has regular expressions for all that is said,
// errors first, and `tables`, `unchecked` where they matter.
export function checkRows(rows) {
  for (const [name, files, expected, options] of rows) {
    test(name, async () => {
      const found = await checkFiles(files, options);
      const words = expected.said ?? [];
      assert.equal(found.said.length, words.length, found.said.join('\n'));
      words.forEach((word, i) => assert.match(found.said[i], word));
      assert.equal(found.code, expected.code ?? (found.said.some((line) => / error: |^error: /.test(line)) ? 1 : 0), found.said.join('\n'));
      if (expected.tables !== undefined) assert.equal(found.tables, expected.tables);
      if (expected.unchecked !== undefined) assert.deepEqual(found.unchecked, expected.unchecked);
    });
  }
}

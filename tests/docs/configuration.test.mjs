// docs/configuration.md has every option of the program with its environment variable, and no others.
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {test} from 'node:test';
import {runToEnd} from '../api/server.mjs';

// Flags that switch off what is on; their variables are named for what that is.
const ON_BY_DEFAULT = new Set(['--no-hints', '--no-advisor']);
const HELP = new Set(['--help', '--help-all', '--version']);

test('docs/configuration.md has the options of --help-all', async () => {
  const {stdout} = await runToEnd(['--help-all']);
  const real = stdout
    .split('\n')
    .map((line) => /^  (?:-h,)?(--[a-z-]+)/.exec(line)?.[1])
    .filter((option) => option && !HELP.has(option));
  assert.ok(real.length > 25, `${real.length} options`);

  const page = await readFile(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
  const own = page.slice(0, page.indexOf("## DynamoDB Local's command lines"));
  const rows = own.split('\n').filter((line) => line.startsWith('| `--'));
  const told = rows.flatMap((row) => {
    const [, options, variables] = row.split('|');
    const names = [...options.matchAll(/`(--[a-z-]+)/g)].map((match) => match[1]);
    names.forEach((name) => {
      const variable = `DYNAROCK_${name.slice(2).replaceAll('-', '_').toUpperCase()}`;
      const expected = ON_BY_DEFAULT.has(name) ? variable.replace('_NO_', '_') + '=false' : variable;
      assert.ok(variables.includes(`\`${expected}\``), `${name}: ${variables}`);
    });
    return names;
  });
  assert.deepEqual(told.toSorted(), real.toSorted());
});

// The same templates through cfn-lint and `dynarock check`, and where only one of them has errors.
import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {promisify} from 'node:util';
import {runToEnd} from '../../api/server.mjs';
import {Random} from '../random.mjs';
import {FAULTS} from './faults.mjs';
import {soundTemplate} from './templates.mjs';

const run = promisify(execFile);
const MOST_AT_ONCE = 200;

// cfn-lint's version; undefined: it is not on this machine.
export async function lintVersion() {
  try {
    return (await run('cfn-lint', ['--version'])).stdout.trim();
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

// Case `number` of a seed: {template, fault}. One in eight has no fault.
export function caseOf(seed, number, faults = true) {
  const random = new Random(seed * 1_000_003 + number);
  for (;;) {
    const template = soundTemplate(random);
    if (!faults || random.chance(8)) return {template, fault: 'none'};
    const fault = random.pick(Object.keys(FAULTS));
    if (FAULTS[fault].apply(template, random)) return {template, fault};
  }
}

// Rules with errors by file name.
async function lint(files) {
  const {stdout} = await run('cfn-lint', ['--format', 'json', '--regions', 'us-east-1', '--', ...files], {maxBuffer: 1 << 28}).catch((error) => {
    // The status tells of errors in the templates.
    if (error.stdout?.trim().startsWith('[')) return error;
    throw error;
  });
  const rules = new Map();
  for (const {Filename, Level, Rule, Message} of JSON.parse(stdout || '[]')) {
    if (Level !== 'Error') continue;
    const name = basename(Filename);
    rules.set(name, [...(rules.get(name) ?? []), {rule: Rule.Id, text: Message}]);
  }
  return rules;
}

async function check(files) {
  const {stdout, stderr} = await runToEnd(['check', '--format', 'json', ...files]);
  if (!stdout.startsWith('{')) throw new Error(`dynarock check said no JSON: ${stdout}${stderr}`);
  const rules = new Map();
  for (const {file, severity, id, title, line} of JSON.parse(stdout).findings) {
    if (severity !== 'error') continue;
    const name = basename(file);
    rules.set(name, [...(rules.get(name) ?? []), {rule: id, text: `${line}: ${title}`}]);
  }
  return rules;
}

// Differences by kind: [{fault, side, rules, count, example}]; `side` is who has errors.
export async function compare({cases, seed, faults = true, log = () => {}}) {
  const directory = await mkdtemp(join(tmpdir(), 'dynarock-templates-'));
  const kinds = new Map();
  let agreed = 0;
  try {
    for (let first = 0; first < cases; first += MOST_AT_ONCE) {
      const batch = Array.from({length: Math.min(MOST_AT_ONCE, cases - first)}, (_, i) => {
        const number = first + i;
        return {number, name: `t${number}.json`, ...caseOf(seed, number, faults)};
      });
      const files = batch.map(({name}) => join(directory, name));
      await Promise.all(batch.map(({template}, i) => writeFile(files[i], `${JSON.stringify(template, null, 1)}\n`)));
      const [theirs, ours] = await Promise.all([lint(files), check(files)]);
      for (const {number, name, fault} of batch) {
        const [left, right] = [ours.get(name) ?? [], theirs.get(name) ?? []];
        if (left.length > 0 === right.length > 0) {
          ++agreed;
          continue;
        }
        const side = left.length > 0 ? 'check' : 'cfn-lint';
        const said = left.length > 0 ? left : right;
        const rules = [...new Set(said.map(({rule}) => rule))].sort().join(' ');
        const key = `${fault}|${side}|${rules}`;
        const kind = kinds.get(key) ?? {fault, side, rules, count: 0, example: {seed, number, said}};
        ++kind.count;
        kinds.set(key, kind);
      }
      log(`${Math.min(first + MOST_AT_ONCE, cases)} of ${cases}`);
      await Promise.all(files.map((file) => rm(file)));
    }
  } finally {
    await rm(directory, {recursive: true});
  }
  return {agreed, kinds: [...kinds.values()].sort((a, b) => b.count - a.count)};
}

// The entry of the settled ones that a kind falls under.
export const settlement = (kind, settled) =>
  settled.find((entry) => entry.fault === kind.fault && entry.side === kind.side && new RegExp(`^(${entry.rules})$`).test(kind.rules));

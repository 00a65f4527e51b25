// Many templates, and the kinds of differences that are not settled. docs/differential.md tells how to use it.
import {readFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {caseOf, compare, lintVersion, settlement} from './compare.mjs';

const USAGE = `usage: run.mjs [OPTIONS]
  --cases N    how many templates [2000]
  --seed S     which [1]; case I of a seed is the same in every run
  --print I    print case I and end
  --all        show the settled kinds, too`;

function options() {
  try {
    const {values} = parseArgs({options: {cases: {type: 'string', default: '2000'}, seed: {type: 'string', default: '1'}, print: {type: 'string'}, all: {type: 'boolean'}, help: {type: 'boolean', short: 'h'}}});
    return values;
  } catch (error) {
    console.error(`${error.message}\n\n${USAGE}`);
    process.exit(2);
  }
}

const given = options();
if (given.help) {
  console.log(USAGE);
  process.exit(0);
}
const [cases, seed] = [Number(given.cases), Number(given.seed)];
if (!Number.isInteger(cases) || cases < 1 || !Number.isInteger(seed) || seed < 0) {
  console.error(`--cases and --seed are whole numbers\n\n${USAGE}`);
  process.exit(2);
}
if (given.print !== undefined) {
  const {template, fault} = caseOf(seed, Number(given.print));
  console.log(`${JSON.stringify(template, null, 1)}`);
  console.error(`# ${fault}`);
  process.exit(0);
}
const version = await lintVersion();
if (!version) {
  console.error('cfn-lint is not on this machine: pip install cfn-lint');
  process.exit(2);
}
const settled = JSON.parse(readFileSync(new URL('settled.json', import.meta.url), 'utf8'));
const {agreed, kinds} = await compare({cases, seed, log: (text) => console.error(`# ${text}`)});
const open = kinds.filter((kind) => !settlement(kind, settled));
for (const kind of given.all ? kinds : open) {
  const entry = settlement(kind, settled);
  console.log(`${String(kind.count).padStart(6)}  ${kind.fault}: only ${kind.side} has errors (${kind.rules})`);
  console.log(`        case ${kind.example.number}: ${kind.example.said.map(({text}) => text).join('; ').slice(0, 400)}`);
  if (entry) console.log(`        settled, right is ${entry.right}: ${entry.why}`);
}
console.log(`${version}: ${agreed} of ${cases} templates alike, ${kinds.length} kinds of differences, ${open.length} not settled`);
process.exit(open.length > 0 ? 1 : 0);

// The table of clients and steps, from what the last runs left in build/interop.
//   node tests/interop/table.mjs           prints it
//   node tests/interop/table.mjs --write   puts it into docs/interoperability.md, between its two marks, if all ran
import {existsSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {CLIENTS} from './clients.mjs';
import {STEPS} from './scenario.mjs';

export const RESULTS = new URL('../../build/interop/results/', import.meta.url);
const PAGE = new URL('../../docs/interoperability.md', import.meta.url);

// What is known of these clients, in their order.
function resultsOf(names) {
  const files = existsSync(RESULTS) ? readdirSync(RESULTS).filter((name) => name.endsWith('.json')) : [];
  const all = files.map((name) => JSON.parse(readFileSync(new URL(name, RESULTS), 'utf8')));
  return names.map((name) => all.find((one) => one.name === name) ?? {name, skip: 'not run'});
}

const versionsOf = ({versions = []}) => versions.map(([name, version]) => `${name} ${version}`).join(', ');
const count = (client, result) => Object.values(client.steps ?? {}).filter((step) => step.result === result).length;

// One line a client, one a step of which there is more to say than that it passed. For a terminal.
export function textTable(names) {
  const lines = ['client                        passed  skipped  failed  versions'];
  for (const client of resultsOf(names)) {
    const figures = ['passed', 'skipped', 'failed'].map((result) => String(count(client, result)));
    const start = client.name.padEnd(28);
    if (client.skip) {
      lines.push(`${start}  skipped: ${client.skip}`);
      continue;
    }
    lines.push(`${start}  ${figures[0].padStart(6)}  ${figures[1].padStart(7)}  ${figures[2].padStart(6)}  ${versionsOf(client)}`);
    for (const [step, {result, why}] of Object.entries(client.steps)) {
      if (why) lines.push(`  ${step}: ${result}: ${why.slice(0, 200)}`);
    }
  }
  return lines.join('\n');
}

// Steps down, clients across; below them why a step was skipped, or what of it the client has not. For the documentation.
export function markdownTable(names) {
  const clients = resultsOf(names);
  const reasons = [];
  const cell = (client, step) => {
    const {result, why} = client.steps?.[step] ?? {result: 'skipped', why: client.skip};
    const mark = result === 'skipped' ? '–' : result;
    if (!why) return mark;
    if (!reasons.includes(why)) reasons.push(why);
    return `${mark} (${reasons.indexOf(why) + 1})`;
  };
  const row = (cells) => `| ${cells.join(' | ')} |`;
  const lines = [
    row(['step', ...clients.map((client) => client.name)]),
    row(['---', ...clients.map(() => '---')]),
    ...STEPS.map((step) => row([`\`${step}\``, ...clients.map((client) => cell(client, step))])),
    '',
    ...clients.map((client) => `- ${client.name}: ${versionsOf(client) || client.skip}`),
    '',
    ...reasons.map((why, at) => `${at + 1}. ${why}`),
  ];
  return lines.join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = CLIENTS.map((client) => client.name);
  if (process.argv[2] === '--write') {
    for (const {name, skip} of resultsOf(names)) if (skip) throw new Error(`${name} was not run here: ${skip}`);
    const [start, end] = ['<!-- table -->\n', '<!-- end of table -->'];
    const page = readFileSync(PAGE, 'utf8');
    const from = page.indexOf(start) + start.length;
    const to = page.indexOf(end);
    if (from < start.length || to < from) throw new Error('docs/interoperability.md has no place for the table');
    writeFileSync(PAGE, `${page.slice(0, from)}\n${markdownTable(names)}\n\n${page.slice(to)}`);
  } else {
    process.stdout.write(`${textTable(names)}\n\n${markdownTable(names)}\n`);
  }
}

// Prints what of the fact sheets no row proves: node coverage.mjs SHEETS_DIR [SHEET...]
// A statement is a row of a table, a bullet, a numbered item or a paragraph of a sheet; headings give the sections.
// Ends with status 1 when a statement has neither a row nor an entry in exempt*.mjs, or when a row's `proves` fits none
// or several.
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

const SKIPPED = new Set(['README.md']);

// [{sheet, section, text, unverified}]
export function statementsOf(sheet, markdown) {
  const statements = [];
  let section = '0';
  let fenced = false;
  const lines = markdown.split('\n');
  const add = (text) => {
    statements.push({sheet, section, text, unverified: text.includes('unverified')});
  };
  let paragraph = null;
  const endParagraph = () => {
    if (paragraph !== null && !/^Sources?\b/.test(paragraph) && !/:$/.test(paragraph)) add(paragraph);
    paragraph = null;
  };
  for (const [i, line] of lines.entries()) {
    if (line.startsWith('```')) {
      endParagraph();
      fenced = !fenced;
      continue;
    }
    const heading = fenced ? null : /^#{1,4}\s+(?:(\d+(?:\.\d+)*)\.?\s+)?(.*)/.exec(line);
    if (heading) {
      endParagraph();
      section = heading[1] ?? (line.startsWith('# ') ? '0' : heading[2]);
    } else if (fenced) {
      if (line.trim()) add(line.trim());
    } else if (line.startsWith('|')) {
      endParagraph();
      const rule = (text) => /^\|[\s|:-]+\|$/.test(text ?? '');
      if (!rule(line) && !rule(lines[i + 1])) add(line);
    } else if (/^\s*([-*]|\d+\.)\s/.test(line)) {
      endParagraph();
      paragraph = line.trim();
      if (/:$/.test(paragraph)) paragraph = null;
    } else if (line.trim() === '') {
      endParagraph();
    } else if (paragraph !== null) {
      // A sheet that keeps a paragraph on one line per statement, or a line that goes on.
      paragraph += ` ${line.trim()}`;
    } else {
      paragraph = line.trim();
    }
  }
  endParagraph();
  return statements;
}

// '<sheet> <section>: <text>' or '<sheet>: *'
export function parseReference(reference) {
  const match = /^(\S+\.md)(?: (.+?))?: ([\s\S]*)$/.exec(reference);
  if (!match) throw new Error(`not a reference: ${reference}`);
  return {sheet: match[1], section: match[2], text: match[3]};
}

const below = (section, parent) => section === parent || section.startsWith(`${parent}.`);

function matching(statements, reference) {
  const {sheet, section, text} = parseReference(reference);
  return statements.filter(
    (statement) =>
      statement.sheet === sheet &&
      (text === '*'
        ? section === undefined || below(statement.section, section)
        : (section === undefined || statement.section === section) && statement.text.includes(text)),
  );
}

async function loadAll(folder, pattern) {
  const url = new URL(folder, import.meta.url);
  const names = readdirSync(url).filter((name) => pattern.test(name));
  return Promise.all(
    names.sort().map(async (name) => [name, (await import(new URL(name, url))).default]),
  );
}

async function main([directory, ...only]) {
  if (!directory) throw new Error('usage: node coverage.mjs SHEETS_DIR [SHEET...]');
  const sheets = readdirSync(directory).filter((name) => name.endsWith('.md') && !SKIPPED.has(name));
  const statements = sheets.flatMap((sheet) => statementsOf(sheet, readFileSync(join(directory, sheet), 'utf8')));
  const faults = [];
  let rowCount = 0;
  let beyond = 0;  // rows of which the sheets say nothing: faults together, further examples
  for (const [file, rows] of await loadAll('rows/', /\.mjs$/)) {
    for (const row of rows) {
      ++rowCount;
      if (!row.proves?.length) ++beyond;
      for (const reference of row.proves ?? []) {
        const found = matching(statements, reference);
        if (found.length !== 1) faults.push(`${file}: "${row.name}": ${found.length} statements fit "${reference}"`);
        if (found.length === 1) (row.assumed ? (found[0].assumed = true) : (found[0].proven = true));
      }
    }
  }
  for (const [file, reasons] of await loadAll('./', /^exempt.*\.mjs$/)) {
    for (const [reference, reason] of Object.entries(reasons)) {
      const found = matching(statements, reference);
      const many = reference.endsWith(': *') || typeof reason === 'object';  // {each: 'reason'}
      if (many ? found.length === 0 : found.length !== 1) {
        faults.push(`${file}: ${found.length} statements fit "${reference}"`);
      }
      for (const statement of found) statement.exempt = reason.each ?? reason;
    }
  }
  let open = 0;
  for (const statement of statements) {
    if (statement.proven || statement.assumed || statement.exempt) continue;
    if (only.length && !only.includes(statement.sheet)) continue;
    ++open;
    console.log(`${statement.sheet} ${statement.section}: ${statement.text}`);
  }
  if (open) console.log('');
  const width = Math.max(...sheets.map((sheet) => sheet.length));
  console.log(`${'sheet'.padEnd(width)}  statements  proven  assumed  exempt  open`);
  for (const sheet of sheets) {
    const mine = statements.filter((statement) => statement.sheet === sheet);
    const proven = mine.filter((s) => s.proven).length;
    const assumed = mine.filter((s) => !s.proven && s.assumed).length;
    const exempt = mine.filter((s) => !s.proven && !s.assumed && s.exempt).length;
    const left = mine.length - proven - assumed - exempt;
    const cells = [[mine.length, 10], [proven, 8], [assumed, 9], [exempt, 8], [left, 6]];
    console.log(sheet.padEnd(width) + '  ' + cells.map(([n, w]) => String(n).padStart(w)).join(''));
  }
  console.log(`${rowCount} rows, ${beyond} of them beyond the statements`);
  for (const fault of faults) console.error(`fault: ${fault}`);
  const uncertain = statements.filter((s) => s.unverified && s.proven && !s.assumed);
  for (const s of uncertain) {
    console.error(`note: no row marks its assumed part: ${s.sheet} ${s.section}: ${s.text.slice(0, 90)}`);
  }
  process.exitCode = open || faults.length ? 1 : 0;
}

if (process.argv[1] === new URL(import.meta.url).pathname) await main(process.argv.slice(2));

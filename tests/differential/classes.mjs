// Differences by class: how often, the smallest request that shows it, both answers; and which of them are settled.
export class Classes {
  // `settled`: the entries of settled.json.
  constructor(settled = []) {
    this.settled = settled.map((entry) => ({...entry, count: 0, test: matcher(entry)}));
    this.found = new Map();
  }

  // Takes a difference; returns its class when it is the first of it and nobody has settled it.
  add({operation, kind, left, right}, example) {
    const key = JSON.stringify([operation, kind, left, right]);
    const known = this.found.get(key);
    const made = known ?? {operation, kind, left, right, count: 0, example, settled: this.settled.find((entry) => entry.test(operation, kind, left, right))};
    made.count += 1;
    if (made.settled) made.settled.count += 1;
    if (example.size < made.example.size) made.example = example;
    this.found.set(key, made);
    return known || made.settled ? undefined : made;
  }

  list(wanted) {
    return [...this.found.values()].filter(wanted).sort((a, b) => b.count - a.count);
  }

  get fresh() {
    return this.list((one) => !one.settled);
  }

  get old() {
    return this.list((one) => one.settled);
  }
}

// An entry holds for a class when all its patterns do; what it does not name may be anything.
function matcher({operation, kind, left, right}) {
  const operations = operation === undefined ? undefined : new Set(operation.split(', '));
  const patterns = [left, right].map((pattern) => (pattern === undefined ? undefined : new RegExp(pattern, 's')));
  return (...found) =>
    (!operations || operations.has(found[0])) && (kind === undefined || kind === found[1]) && patterns.every((pattern, i) => !pattern || pattern.test(found[2 + i]));
}

const cut = (text, most) => (text.length > most ? `${text.slice(0, most)}... (${text.length} characters)` : text);

function printOne({operation, kind, left, right, count, example}, most) {
  const lines = [`${String(count).padStart(6)}  ${operation}: ${kind}`, `        left   ${cut(left, 400)}`];
  if (right) lines.push(`        right  ${cut(right, 400)}`);
  lines.push(`        request ${example.seed}  ${cut(example.request, most)}`, `        left answered   ${cut(example.left, most)}`, `        right answered  ${cut(example.right, most)}`);
  return lines.join('\n');
}

export function print(classes, {requests, most = 600}) {
  const {fresh, old} = classes;
  const sum = (list) => list.reduce((total, {count}) => total + count, 0);
  const blocks = fresh.map((one) => printOne(one, most));
  blocks.push(
    `${requests} requests; ${fresh.length} new classes of differences (${sum(fresh)} requests), ${old.length} settled ones (${sum(old)} requests)`,
  );
  return blocks.join('\n\n');
}

export function asJson(classes, facts) {
  const plain = ({settled, ...one}) => ({...one, ...(settled ? {settled: {side: settled.side, why: settled.why}} : {})});
  return {...facts, new: classes.fresh.map(plain), settled: classes.old.map(plain)};
}

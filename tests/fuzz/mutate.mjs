// Changes JSON values at random, but the same way for the same seed.

// Numbers in [0, 1), from a 32-bit seed (mulberry32).
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const ODD = [
  null, true, false, 0, -1, 1.5, 1e300, '', 'a', '\u0000', '\ud83d\ude00', '#a', ':a', '((', ')', 'a.b[0]', '-'.repeat(300),
  [], {}, [null], {S: 'x'}, {N: 'x'}, {N: '1e125'}, {NULL: false}, {SS: []}, {BS: ['YQ==', 'YQ==']}, {M: {'': {S: ''}}}, {L: [{}]}, {B: '==='},
];

const pick = (random, list) => list[Math.floor(random() * list.length)];

function nested(random) {
  let value = {S: 'deep'};
  for (let depth = Math.floor(random() * 40); depth > 0; depth--) value = random() < 0.5 ? {L: [value]} : {M: {k: value}};
  return value;
}

function mutateString(random, text) {
  const at = Math.floor(random() * (text.length + 1));
  const piece = pick(random, ['', ' ', '(', ')', ',', '.', '[', ']', '=', '#', ':', 'AND ', 'SET ', '\u00e9', text]);
  return text.slice(0, at) + piece + text.slice(at + Math.floor(random() * 3));
}

// A copy of `value` with about one change.
export function mutate(random, value) {
  if (random() < 0.08) return random() < 0.3 ? nested(random) : structuredClone(pick(random, ODD));
  if (typeof value === 'string') return random() < 0.5 ? mutateString(random, value) : value;
  if (Array.isArray(value)) {
    const copy = [...value];
    const at = Math.floor(random() * (copy.length + 1));
    if (random() < 0.15) copy.splice(at, 1);
    else if (random() < 0.15) copy.splice(at, 0, structuredClone(copy[0] ?? pick(random, ODD)));
    else if (at < copy.length) copy[at] = mutate(random, copy[at]);
    return copy;
  }
  if (value !== null && typeof value === 'object') {
    const copy = {...value};
    const names = Object.keys(copy);
    if (names.length === 0) return random() < 0.2 ? {a: pick(random, ODD)} : copy;
    const name = pick(random, names);
    const what = random();
    if (what < 0.1) delete copy[name];
    else if (what < 0.15) copy[mutateString(random, name)] = copy[name];
    else copy[name] = mutate(random, copy[name]);
    return copy;
  }
  return value;
}

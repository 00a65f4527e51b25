// Makes a request wrong by its shape: a member of the operation, at any depth, gets another JSON type, an odd value, or goes away.
import {readFileSync} from 'node:fs';
import {mutate} from '../../fuzz/mutate.mjs';

const api = JSON.parse(readFileSync(new URL('../../shapes/api_members.json', import.meta.url)));

const ODD = {
  string: ['', ' ', 'x', 'a b', 'NONE', 'n'.repeat(256), '#', 'é', 5, true, null, [], {}, ['x'], 1.5],
  boolean: [true, false, 'true', '', 0, 1, null, [], {}],
  number: [0, -1, 1, 100, 101, 1.5, 1e9, 2147483648, -2147483649, 9223372036854775808, '1', '', 'x', true, null, [], {}],
  list: [[], null, 'x', 1, true, {}, [null], [[]], ['x'], [{}]],
  map: [{}, null, 'x', 1, true, [], {'': null}, {a: null}, {a: 'x'}, {a: {}}, {'': {}}],
  structure: [{}, null, 'x', 1, true, []],
};

function oddFor(type) {
  if (type?.list !== undefined) return ODD.list;
  if (type?.map !== undefined) return ODD.map;
  if (api.structures[type]) return ODD.structure;
  if (type === 'boolean') return ODD.boolean;
  if (['integer', 'long', 'double', 'number'].includes(type)) return ODD.number;
  return ODD.string;
}

// A value that may stand where `type` is wanted.
function plausible(random, type, depth = 0) {
  if (type?.list !== undefined) return [plausible(random, type.list, depth + 1)];
  if (type?.map !== undefined) return {k: plausible(random, type.map, depth + 1)};
  if (type === 'AttributeValue') return {S: 'x'};
  const members = api.structures[type];
  if (members) return depth > 3 ? {} : Object.fromEntries(Object.entries(members).filter(() => random.chance(2)).map(([name, one]) => [name, plausible(random, one, depth + 1)]));
  return random.pick(oddFor(type).slice(0, 4));
}

// All members that a request has or could have, as {holder, name, type}.
function places(value, type, found = []) {
  if (value === null || typeof value !== 'object') return found;
  if (type?.list !== undefined || type?.map !== undefined) {
    const inner = type.list ?? type.map;
    for (const name of Object.keys(value)) {
      found.push({holder: value, name, type: inner});
      places(value[name], inner, found);
    }
    return found;
  }
  for (const [name, member] of Object.entries(api.structures[type] ?? {})) {
    found.push({holder: value, name, type: member, absent: !(name in value), structure: type});
    if (name in value) places(value[name], member, found);
  }
  return found;
}

export function wrongShape(random, operation, body) {
  const copy = structuredClone(body);
  const {input} = api.operations[operation];
  const all = places(copy, input);
  if (!all.length) return copy;
  // As many changes of the request's own members as of all that lies deeper.
  const top = all.filter(({holder}) => holder === copy);
  const place = random.pick(random.chance(2) ? top : all);
  const {holder, name, type, absent} = place;
  const what = random.weighted([[absent ? 0 : 3, 'delete'], [4, 'odd'], [absent ? 3 : 1, 'plausible'], [1, 'case']]);
  if (what === 'delete') {
    if (Array.isArray(holder)) holder.splice(Number(name), 1);
    else delete holder[name];
  } else if (what === 'odd') {
    holder[name] = structuredClone(random.pick(oddFor(type)));
  } else if (what === 'plausible') {
    holder[name] = plausible(random, type);
  } else if (name in holder && !Array.isArray(holder)) {
    const value = holder[name];
    delete holder[name];
    holder[random.pick([name.toLowerCase(), name.toUpperCase(), `${name}s`, ` ${name}`])] = value;
  }
  return copy;
}

export const wrongAnywhere = (random, body) => mutate(() => random.next(), body);

// Bodies that are no request at all.
export function wrongText(random, text) {
  return random.pick([
    '', '[]', 'null', '"x"', '1', 'true', '{', '{}', '{"a"}', `${text}x`, `[${text}]`, text.slice(0, random.below(text.length)), text.replace('{', '{,'), text.replace(':', ''), text.replace('"', "'"),
    text.replace(/\}$/, ',}'), text.replace('{', '{"TableName":"x",'), `\ufeff${text}`, ` ${text}\n`, text.replace(/"S":/, '"S":"x","S":'), text.replace(/"([^"]+)":/, '"$1":1e400,"$1":'), text.replace(/true/, 'True'), text.replace(/"/, '"\u0001'),
  ]);
}

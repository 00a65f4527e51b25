// Writes api_members.json: every operation of the DynamoDB and DynamoDB Streams APIs with the members of its input and
// output, as the schemas of the npm packages @aws-sdk/client-dynamodb and -streams describe them. A unit test compares the server's request
// shapes with that file, so that a member the API has is never unknown here.
//
//   (cd tests/sdk && npm ci) && node tests/shapes/generate.mjs
//
// The file holds:
//   sdk         the version of the package it was made from
//   streamsSdk  the same of the package of DynamoDB Streams
//   operations  name -> {input, output}: names of structures (output absent when it has no members); `streams` is true
//               for those of DynamoDB Streams
//   structures  name -> {member: type}; a type is "string", "number", "boolean", "blob", "timestamp", the name of
//               a structure, {"list": type} or {"map": type} (keys are strings). Unions count as structures.
//   required    name -> members that must be present
//   enums       name -> {member: its values}, for members and for lists of them
// The package does not tell integers from other numbers.
import {readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(join(here, '../sdk/package.json'));
const packages = ['@aws-sdk/client-dynamodb', '@aws-sdk/client-dynamodb-streams'].map((name, i) => {
  const root = join(dirname(require.resolve(name)), '..');
  return {
    sdk: require(name),
    root,
    version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
    streams: i === 1,
  };
});

// Schema kinds and type codes of the package (@smithy/types, "schema sentinels").
const LIST = 1, MAP = 2, STRUCTURE = 3, UNION = 4, OPERATION = 9;
const LIST_OF = 64, MAP_OF = 128;
const SCALARS = {0: 'string', 1: 'number', 2: 'boolean', 4: 'timestamp', 7: 'timestamp', 21: 'blob'};

const structures = {};
const required = {};

function typeOf(ref) {
  const schema = typeof ref === 'function' ? ref() : ref;
  if (typeof schema === 'number') {
    if (schema & MAP_OF) return {map: typeOf(schema & ~MAP_OF)};
    if (schema & LIST_OF) return {list: typeOf(schema & ~LIST_OF)};
    if (!(schema in SCALARS)) throw new Error(`unknown type code ${schema}`);
    return SCALARS[schema];
  }
  if (schema.length === 2) return typeOf(schema[0]);  // [type, traits]
  const [kind, , name] = schema;
  if (kind === LIST) return {list: typeOf(schema[4])};
  if (kind === MAP) return {map: typeOf(schema[5])};
  if (kind === STRUCTURE || kind === UNION) return structure(name, schema);
  throw new Error(`unknown schema kind ${kind} of ${name}`);
}

function structure(name, schema) {
  if (name in structures) return name;
  const members = (structures[name] = {});
  const [, , , , names, types, requiredCount = 0] = schema;
  names.forEach((member, i) => (members[member] = typeOf(types[i])));
  if (requiredCount > 0) required[name] = names.slice(0, requiredCount);
  return name;
}

const operations = {};
for (const {sdk, streams} of packages) {
  for (const schema of Object.values(sdk)) {
    if (!Array.isArray(schema) || schema[0] !== OPERATION) continue;
    const operation = (operations[schema[2]] = {});
    [['input', schema[4]], ['output', schema[5]]].forEach(([side, ref]) => {
      const type = typeof ref === 'function' ? ref() : ref;
      if (Array.isArray(type) && type[0] === STRUCTURE) operation[side] = structure(type[2], type);
    });
    if (streams) operation.streams = true;
  }
}

// The schemas call an enum a string; the package's type declarations say which one it is.
const enums = {};
for (const {sdk, root} of packages) {
  const declarations = ['models_0.d.ts', 'enums.d.ts']
    .map((file) => {
      try {
        return readFileSync(join(root, 'dist-types/models', file), 'utf8');
      } catch {
        return '';
      }
    })
    .join('\n');
  for (const [, name, body] of declarations.matchAll(/export interface (\w+)[^{]*\{([\s\S]*?)\n\}/g)) {
    if (!(name in structures)) continue;
    for (const [, member, type] of body.matchAll(/^ {4}(\w+)\??: (\w+)(?:\[\])? \| undefined;/gm)) {
      const values = sdk[type];
      if (!(member in structures[name]) || typeof values !== 'object' || Array.isArray(values)) continue;
      (enums[name] ??= {})[member] = Object.values(values).sort();
    }
  }
}

const sorted = (object) =>
  Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
const out = {
  sdk: packages[0].version,
  streamsSdk: packages[1].version,
  operations: sorted(operations),
  structures: sorted(structures),
  required: sorted(required),
  enums: sorted(enums),
};
writeFileSync(join(here, 'api_members.json'), JSON.stringify(out, null, 1) + '\n');
console.log(`${Object.keys(operations).length} operations, ${Object.keys(structures).length} structures`);

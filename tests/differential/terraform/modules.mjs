// Modules of Terraform with DynamoDB tables: sound ones, and ones with a fault.
//
// A module is a list of entries, {name, value} for an argument and {type, labels, body} for a block.
import {Random} from '../random.mjs';

const arg = (name, value) => ({name, value});
const block = (type, labels, body) => ({type, labels, body});
const text = (value) => JSON.stringify(value);

export function print(entries, depth = 0) {
  const indent = '  '.repeat(depth);
  return entries
    .map((entry) =>
      entry.type
        ? `${indent}${entry.type}${entry.labels.map((label) => ` "${label}"`).join('')} {\n${print(entry.body, depth + 1)}${indent}}\n`
        : `${indent}${entry.name} = ${entry.value}\n`)
    .join('');
}

// A sound table with its variables. `name` is the table's.
function sound(random, name) {
  const entries = [];
  const attributes = new Map();
  const key = (attribute, type = random.pick(['S', 'S', 'N', 'B'])) => {
    if (!attributes.has(attribute)) attributes.set(attribute, type);
    return text(attribute);
  };
  const table = [];
  // The name by way of a variable, a local value, a template.
  const named = random.below(4);
  if (named === 0) table.push(arg('name', text(name)));
  if (named === 1) {
    entries.push(block('variable', ['name'], [arg('type', 'string'), arg('default', text(name))]));
    table.push(arg('name', 'var.name'));
  }
  if (named === 2) {
    entries.push(block('locals', [], [arg('base', text(name))]));
    table.push(arg('name', '"${local.base}-x"'));
  }
  if (named === 3) {
    entries.push(block('variable', ['stage'], [arg('default', '"dev"')]));
    table.push(arg('name', `format("%s-%s", ${text(name)}, var.stage)`));
  }
  const billing = random.pick(['PAY_PER_REQUEST', 'PAY_PER_REQUEST', 'PROVISIONED', undefined]);
  const provisioned = billing !== 'PAY_PER_REQUEST';
  if (billing) table.push(arg('billing_mode', text(billing)));
  const capacity = () => (provisioned ? [arg('read_capacity', random.between(1, 9)), arg('write_capacity', random.between(1, 9))] : []);
  table.push(...capacity());
  table.push(arg('hash_key', key('pk')));
  const sorted = random.chance(2);
  if (sorted) table.push(arg('range_key', key('sk')));
  const projection = () => {
    const type = random.pick(['ALL', 'KEYS_ONLY', 'INCLUDE']);
    return [arg('projection_type', text(type)), ...(type === 'INCLUDE' ? [arg('non_key_attributes', '["x", "y"]')] : [])];
  };
  const indexes = [];
  for (let i = random.below(3); i > 0; --i) {
    const range = random.chance(2) ? [arg('range_key', key(random.pick(['sk', 'when'])))] : [];
    indexes.push(block('global_secondary_index', [], [arg('name', text(`by-${i}`)), arg('hash_key', key(random.pick(['owner', 'status', 'pk']))), ...range, ...projection(), ...capacity()]));
  }
  if (sorted && random.chance(3)) {
    indexes.push(block('local_secondary_index', [], [arg('name', '"local-one"'), arg('range_key', key('when')), ...projection()]));
  }
  const definitions = [...attributes].map(([attribute, type]) => [arg('name', text(attribute)), arg('type', text(type))]);
  if (random.chance(4)) {
    const list = [...attributes].map(([attribute, type]) => `${attribute} = ${text(type)}`).join(', ');
    table.push(block('dynamic', ['attribute'], [
      arg('for_each', `{ ${list} }`),
      block('content', [], [arg('name', 'attribute.key'), arg('type', 'attribute.value')]),
    ]));
  } else {
    for (const definition of definitions) table.push(block('attribute', [], definition));
  }
  table.push(...indexes);
  if (random.chance(3)) table.push(block('ttl', [], [arg('attribute_name', '"expires"'), arg('enabled', random.pick(['true', 'true', 'false']))]));
  const stream = random.chance(3);
  if (stream) table.push(arg('stream_enabled', 'true'), arg('stream_view_type', text(random.pick(['NEW_IMAGE', 'OLD_IMAGE', 'KEYS_ONLY', 'NEW_AND_OLD_IMAGES']))));
  if (random.chance(4)) table.push(block('point_in_time_recovery', [], [arg('enabled', random.pick(['true', 'false'])), ...(random.chance(3) ? [arg('recovery_period_in_days', random.between(1, 35))] : [])]));
  if (random.chance(4)) table.push(block('server_side_encryption', [], [arg('enabled', random.pick(['true', 'false']))]));
  if (random.chance(4)) table.push(arg('tags', '{ Team = "shop", Cost = 5 }'));
  if (random.chance(6)) table.push(arg('table_class', text(random.pick(['STANDARD', 'STANDARD_INFREQUENT_ACCESS']))));
  if (random.chance(6)) table.push(arg('deletion_protection_enabled', 'true'));
  if (!provisioned && random.chance(5)) table.push(block('on_demand_throughput', [], [arg('max_read_request_units', random.between(1, 50)), arg('max_write_request_units', random.between(1, 50))]));
  if (!provisioned && stream && random.chance(2)) {
    for (const region of random.some(['us-west-2', 'eu-west-1'], random.between(1, 2))) table.push(block('replica', [], [arg('region_name', text(region))]));
  }
  if (random.chance(6)) table.push(block('lifecycle', [], [random.pick([arg('prevent_destroy', 'true'), arg('ignore_changes', '[read_capacity, write_capacity]'), arg('ignore_changes', 'all'), arg('create_before_destroy', 'true')])]));
  if (random.chance(8)) table.push(block('timeouts', [], [arg(random.pick(['create', 'update', 'delete']), '"20m"')]));
  if (random.chance(8)) table.unshift(arg('count', random.pick(['1', '0', '2 - 1'])));
  entries.push(block('resource', ['aws_dynamodb_table', 't'], table));
  if (random.chance(4)) entries.push(block('output', ['arn'], [arg('value', table[0].name === 'count' ? 'aws_dynamodb_table.t[*].arn' : 'aws_dynamodb_table.t.arn')]));
  return entries;
}

// All entries below `entries`, each with the list that holds it.
function* places(entries) {
  for (const entry of entries) {
    yield {entry, list: entries};
    if (entry.type) yield* places(entry.body);
  }
}

const VALUES = ['""', 'null', '0', '-1', '1.5', 'true', '"x"', '[]', '["a"]', '{}', '{ a = 1 }', 'var.nope', 'local.nope', 'aws_dynamodb_table.t.name', 'upper("x")', 'nope("x")', 'tostring(null)', '"5"', '5', '[1, "a"]', 'each.value', 'count.index', 'path.module', 'data.aws_region.x.name', '999', '"PROVISIONED"', '"pay_per_request"', 'jsonencode({})', 'toset(["a"])', 'length("abc")', 'var.name', 'one([])'];

const mistyped = (random, name) => {
  const at = random.between(1, name.length - 1);
  return random.pick([name.slice(0, at) + name.slice(at + 1), name.slice(0, at) + name[at] + name.slice(at), `${name}s`, name.replace('_', '-').replace('_', ''), name[0].toUpperCase() + name.slice(1)]);
};

// Each takes a place and changes it; undefined: it has nothing to do there.
const FAULTS = {
  'another value': (random, {entry}) => entry.name && ((entry.value = random.pick(VALUES)), true),
  'an argument is missing': (random, {entry, list}) => entry.name && list.splice(list.indexOf(entry), 1),
  'a block is missing': (random, {entry, list}) => entry.type && entry.type !== 'resource' && list.splice(list.indexOf(entry), 1),
  'a misspelt argument': (random, {entry}) => entry.name && entry.name.length > 3 && ((entry.name = mistyped(random, entry.name)), true),
  'a misspelt block': (random, {entry}) => entry.type && !['resource', 'locals', 'variable', 'output'].includes(entry.type) && ((entry.type = mistyped(random, entry.type)), true),
  'twice': (random, {entry, list}) => entry.type !== 'resource' && list.splice(list.indexOf(entry), 0, structuredClone(entry)),
  'a block as an argument': (random, {entry, list}) => {
    if (!entry.type || ['resource', 'variable', 'output', 'locals', 'dynamic', 'content'].includes(entry.type)) return false;
    const object = `{ ${entry.body.filter((e) => e.name).map((e) => `${e.name} = ${e.value}`).join(', ')} }`;
    list[list.indexOf(entry)] = arg(entry.type, random.pick([object, `[${object}]`]));
    return true;
  },
  'an argument as a block': (random, {entry, list}) => entry.name && (list[list.indexOf(entry)] = block(entry.name, [], [])),
  'an argument of another place': (random, {entry, list}, all) => {
    const other = random.pick(all).entry;
    return other !== entry && (other.name || !['resource', 'variable', 'output', 'locals'].includes(other.type)) && list.push(structuredClone(other));
  },
  'for_each of a list': (random, {entry}) => entry.type === 'resource' && entry.body.unshift(arg('for_each', random.pick(['["a"]', 'toset(["a"])', '{ a = "b" }', '"a"', '{}', 'toset([1])', 'toset([])']))),
  'count of something': (random, {entry}) => entry.type === 'resource' && entry.body.unshift(arg('count', random.pick(['-1', '"a"', '"2"', 'null', 'true', '1.5', '{}', 'var.nope']))),
  'a key without a definition': (random, {entry}) => ['hash_key', 'range_key'].includes(entry.name) && ((entry.value = '"undefined_one"'), true),
  'capacity of another mode': (random, {entry, list}) => entry.name === 'billing_mode' && list.push(arg('read_capacity', '5')),
  'a lifecycle': (random, {entry}) => entry.type === 'resource' && entry.body.push(block('lifecycle', [], [random.pick([arg('prevent_destroi', 'true'), arg('ignore_changes', '["name"]'), arg('ignore_changes', '[nope]'), arg('ignore_changes', '"all"'), arg('ignore_changes', '[name, ttl[0].enabled]'), arg('prevent_destroy', '"yes"'), arg('prevent_destroy', 'var.nope'), arg('replace_triggered_by', '[1]'), block('precondition', [], [arg('condition', 'true')]), block('precondition', [], [arg('condition', 'false'), arg('error_message', '"no."')])])])),
  'timeouts': (random, {entry}) => entry.type === 'resource' && entry.body.push(block('timeouts', [], [random.pick([arg('read', '"5m"'), arg('create', '"5x"'), arg('create', '5'), arg('create', '""'), arg('create', 'null'), block('create', [], [])])])),
  'a stream': (random, {entry}) => entry.type === 'resource' && entry.body.push(random.pick([arg('stream_enabled', 'true'), arg('stream_view_type', '"NEW_IMAGE"'), arg('stream_view_type', '"new_image"'), arg('stream_view_type', '""')])),
  'a replica': (random, {entry}) => entry.type === 'resource' && entry.body.push(block('replica', [], random.pick([[], [arg('region_name', '""')], [arg('region_name', '"us-west-2"'), arg('propagate_tags', '"x"')], [arg('region_name', '"us-west-2"')], [arg('region_name', '"us-west-2"'), arg('kms_key_arn', '"x"')], [arg('region', '"us-west-2"')]]))),
  'ttl': (random, {entry}) => entry.type === 'resource' && entry.body.push(block('ttl', [], random.pick([[], [arg('enabled', 'true')], [arg('attribute_name', '""'), arg('enabled', 'true')], [arg('attribute_name', '""'), arg('enabled', 'false')], [arg('attribute_name', '"a"')]]))),
  'a reference': (random, {entry}) => entry.type === 'resource' && entry.body.push(arg('table_class', random.pick(['aws_dynamodb_table.nope.name', 'module.nope.x', 'aws_dynamodb_table.t.arn', 'var.', 'self.name', 'terraform.workspace', 'path.nope', 'nope', '"${var.nope}"']))),
};

// Module number `seed`. `fault`: what was done to it, undefined for a sound one.
export function moduleOf(seed) {
  const random = new Random(seed);
  const entries = sound(random, `table-${seed}`);
  if (random.chance(4)) return {seed, text: print(entries)};
  for (;;) {
    const all = [...places(entries)];
    const fault = random.pick(Object.keys(FAULTS));
    if (FAULTS[fault](random, random.pick(all), all)) return {seed, fault, text: print(entries)};
  }
}

// Compares two answers member by member.

// Members whose value differs from run to run: only their presence and JSON type count.
const VOLATILE = new Set([
  'CreationDateTime',
  'TableId',
  'TableArn',
  'IndexArn',
  'LatestStreamArn',
  'LatestStreamLabel',
  'LastUpdateToPayPerRequestDateTime',
  'LastIncreaseDateTime',
  'LastDecreaseDateTime',
  'LastUpdateDateTime',
  'EarliestRestorableDateTime',
  'LatestRestorableDateTime',
  'Address',
]);
// AttributeValue members and API members whose lists have no order.
const SETS = new Set(['SS', 'NS', 'BS', 'AttributeDefinitions', 'Tags', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes']);

const typeOf = (value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

// The differences as lines `path: recorded ... replayed ...`.
export function differences(recorded, replayed, path = '', name = '') {
  const [a, b] = [typeOf(recorded), typeOf(replayed)];
  if (a !== b) return [`${path || 'body'}: recorded ${show(recorded)}, replayed ${show(replayed)}`];
  if (a === 'object') {
    const names = new Set([...Object.keys(recorded), ...Object.keys(replayed)]);
    return [...names].flatMap((member) => {
      const here = path ? `${path}.${member}` : member;
      if (!(member in recorded)) return [`${here}: not recorded, replayed ${show(replayed[member])}`];
      if (!(member in replayed)) return [`${here}: recorded ${show(recorded[member])}, not replayed`];
      return differences(recorded[member], replayed[member], here, member);
    });
  }
  if (a === 'array') {
    const [left, right] = SETS.has(name) ? [sorted(recorded), sorted(replayed)] : [recorded, replayed];
    const length = Math.max(left.length, right.length);
    return Array.from({length}, (_, i) => i).flatMap((i) => differences(left[i], right[i], `${path}[${i}]`));
  }
  if (VOLATILE.has(name) || recorded === replayed) return [];
  return [`${path || 'body'}: recorded ${show(recorded)}, replayed ${show(replayed)}`];
}

const sorted = (list) => [...list].sort((x, y) => (JSON.stringify(x) < JSON.stringify(y) ? -1 : 1));

function show(value) {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}

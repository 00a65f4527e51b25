// Statements about tables, streams and TTL that no row proves, and why.
const STATES = 'held by tests/exact/states.test.mjs';
const GLOBAL_TABLES = 'there are no global tables yet';
const BACKUPS = 'backups, restores, exports and imports are not implemented yet';
const KEYS = 'there is no KMS here: keys are taken at their word';
const CLIENTS = 'what Terraform and SDK waiters see is the order of states: held by tests/exact/states.test.mjs and tests/sdk';
const POINTER = 'only points to where the rule stands';
const NO_BEHAVIOUR = 'says nothing that a client can see';

const all = (prefix, reason, ...texts) => Object.fromEntries(texts.map((text) => [`${prefix}: ${text}`, reason]));

export default {
  ...all('control-plane.md 1.2', KEYS, '| 26 | KMS key |'),
  ...all('control-plane.md 1.2', 'there are no vector indexes yet', '| 20 | vector indexes |'),
  ...all('control-plane.md 1.3', BACKUPS, '| RestoreSummary, ArchivalSummary |'),
  ...all(
    'control-plane.md 2',
    STATES,
    'TableStatus: CREATING',
  ),
  ...all(
    'control-plane.md 2.1',
    STATES,
    '| billing mode (60-170 s)',
    '| GSI add after that |',
    '| GSI throughput or OnDemandThroughput (2 s) |',
  ),
  ...all('control-plane.md 2.2', POINTER, '| tags | missing', '| auto scaling, global table settings |'),
  ...all('control-plane.md 2.3', NO_BEHAVIOUR, 'US = the literal'),
  ...all(
    'control-plane.md 2.3',
    STATES,
    '| UpdateTable, DeleteTable, PutResourcePolicy | CREATING',
    '| UpdateTable, **DeleteTable**, TagResource',
    '| DeleteTable | UPDATING |',
    '| | stream being changed |',
    '| | an index being built or deleted |',
    '| | tags / policy just written |',
    '| UpdateTable during throughput or billing |',
    '| | stream / index | US`Can\'t enable or disable stream',
    '| UpdateTable during a stream change |',
    '| | throughput / index |',
    '| UpdateTable during a class change |',
    '| OnDemandThroughput during |',
    '| SSE during SSE |',
    '| GSI Delete | index in allocation |',
    '| GSI Update | allocation |',
    '| | DELETING / UPDATING |',
    '| throughput / stream | an index is built',
    '| deletion protection | table not ACTIVE |',
    '| UpdateTimeToLive | CREATING |',
    'Admitted while UPDATING',
  ),
  ...all(
    'control-plane.md 2.3',
    GLOBAL_TABLES,
    '| UpdateTable, DeleteTable of a table **with replicas**',
    '| DeleteTable | a replica being added or deleted |',
  ),
  ...all(
    'control-plane.md 2.4',
    'a limit of the account, which a test run would meet by chance; not kept',
    '| > 500 table operations at once',
    '| call rate |',
  ),
  ...all('control-plane.md 2.4', BACKUPS, '| 51st restore |'),
  ...all('control-plane.md 2.4', POINTER, '| tags, policy writes in quick succession |'),
  ...all(
    'control-plane.md 2.4',
    'left out: tests turn protection off to clean up after themselves, within 15 s',
    '| deletion protection toggled within 15 s |',
  ),
  'control-plane.md 2.5: *': CLIENTS,
  ...all('control-plane.md 4.2', GLOBAL_TABLES, '| 7 | ReplicaUpdates + any |'),
  ...all(
    'control-plane.md 4.3',
    GLOBAL_TABLES,
    '| disabling the stream of a replica |',
    '| GlobalTableSettingsReplicationMode on a regional table |',
  ),
  'control-plane.md 4.4: *': KEYS,
  ...all('control-plane.md 6', STATES, '| another write within about 1.6 s |'),

  'new-features.md 2: | PartiQL |': POINTER,
  "new-features.md 2: MO's texts for missing": NO_BEHAVIOUR,

  ...all('streams-ttl.md 3', GLOBAL_TABLES, '| disable on a table with replicas |'),
  ...all('streams-ttl.md 5', POINTER, '* Order inside sets'),
  ...all(
    'streams-ttl.md 9',
    'takes a day: unit tests with a clock, and tests/sdk with a short retention',
    '| older than the trim point |',
  ),
  ...all('streams-ttl.md 9', 'takes 15 minutes: a unit test with a clock', 'Iterator life: 15 minutes.'),
  ...all(
    'streams-ttl.md API (LAB; M26, SDK)',
    'left out: it would stop whoever runs tests',
    '| second change within about 31 min',
  ),
  ...all('streams-ttl.md API (LAB; M26, SDK)', STATES, '| DescribeTimeToLive, CREATING (DELETING) |'),
  ...all('streams-ttl.md API (LAB; M26, SDK)', GLOBAL_TABLES, "On a global table the setting is the group's"),
};

// Statements that no row of rows/ proves, and why: '<sheet> <section>: <part of the statement>': 'reason'.
const LATER = 'not implemented yet';
const NO_BEHAVIOUR = 'says nothing that a client can see';
const INDEX = 'only points to where the rule stands';
const framing = 'held by tests/api/framing.test.mjs';
const states = 'held by tests/exact/states.test.mjs';

const all = (prefix, reason, ...texts) => Object.fromEntries(texts.map((text) => [`${prefix}: ${text}`, reason]));

export default {
  ...all('capacity.md 4', LATER, '- PartiQL statements charge'),

  ...all('control-plane.md 1.2', INDEX, 'Limits of lists:'),
  ...all(
    'control-plane.md 2',
    states,
    '| UpdateTable/DeleteTable | CREATING',
    '| UpdateTable/DeleteTable | UPDATING',
    '| UpdateTable | DELETING',
    '| DeleteTable | DELETING',
  ),
  'control-plane.md 2: | UpdateTable on an UPDATING index':
    'the table is UPDATING as long as its index is, and is named first',
  'control-plane.md 2: | UpdateTable: delete a GSI that is CREATING':
    'a table is UPDATING until its new index is ACTIVE, so the index cannot be deleted in between',
  'control-plane.md 2: TableStatus: CREATING':
    'held by tests/exact/states.test.mjs, but for a table that is ACTIVE while its index is CREATING: here both settle together',
  'control-plane.md 2: | too many table operations':
    'a limit of the account, which a test run would meet by chance; not kept',
  'control-plane.md 2: Default quota 2,500 tables':
    'a limit of the account, not kept; the rest is held by tests/exact/states.test.mjs',
  'control-plane.md 4: | table or index not ACTIVE': states,
  'control-plane.md 4: | stream already on / off': LATER,
  'control-plane.md 6: | missing table of the own account':
    'the public suite wants AccessDeniedException under the account 000000000000, the only one there is',
  ...Object.fromEntries([8, 10, 11, 12, 13, 14, 15, 16].map((section) => [`control-plane.md ${section}: *`, LATER])),

  'new-features.md 0: *': NO_BEHAVIOUR,
  ...all(
    'new-features.md 1',
    LATER,
    '| 2023-09',
    '| 2023-11',
    '| 2024-12',
    '| 2025-06',
    '| 2025-07',
    '| 2025-08',
    '| 2026 | multi-account',
    '| 2026 (by Aug)',
    '| 2026 | bulk put',
  ),
  ...all(
    'new-features.md 1',
    'the resource policies are not implemented yet; ARNs: row "a table may be named by its ARN"',
    '| 2024-03',
  ),
  ...all('new-features.md 2', NO_BEHAVIOUR, '| tools |', 'The probe (ISS'),
  'new-features.md 3: *': LATER,
  'new-features.md 4: *': LATER,
  'new-features.md 5: *': LATER,
  ...all('new-features.md 6', LATER, '| Export FilterSpecification', '| RestoreTable* VectorIndexOverride'),
  'new-features.md 7: *': LATER,
  ...all('new-features.md 8', NO_BEHAVIOUR, '* Account-id endpoint', '* Protocol: still AWS JSON'),

  'new-features.md 8: * Table ARN as TableName':
    'an ARN of another region or account is not refused (its text is unknown); the rest: row "a table may be named by its ARN"',
  'query-scan.md 6: | multi-attribute GSI keys |': INDEX,

  ...all(
    'transactions-batch.md 3',
    'nothing is throttled, and everything is allowed',
    '| ProvisionedThroughputExceeded |',
    '| ThrottlingError |',
    '| AccessDenied |',
  ),
  'transactions-batch.md 3: | ItemCollectionSizeLimitExceeded |':
    'a collection of 10 GB is too large for a test; dynarock sets no limit',
  'transactions-batch.md 3: | TransactionConflict | section 4': INDEX,
  ...all(
    'transactions-batch.md 4',
    'needs a server that holds items: held by tests/sdk/transactions.test.mjs',
    '| Put/Update/DeleteItem hits',
    '| TransactWrite vs TransactWrite',
    '| TransactGet vs any running write',
    '| GetItem vs running transaction',
    '| same ClientRequestToken while',
    'The conflict text has no full stop',
    'Isolation: serializable',
  ),
  'transactions-batch.md 6: | 13 | body > 16 MiB': framing,
  'transactions-batch.md 6: - None processed for throughput': 'nothing is throttled yet',
};

// Statements that no row of rows/ proves, and why: '<sheet> <section>: <part of the statement>': 'reason'.
const LATER = 'not implemented yet';
const NO_BEHAVIOUR = 'says nothing that a client can see';
const INDEX = 'only points to where the rule stands';
const framing = 'held by tests/api/framing.test.mjs';

const all = (prefix, reason, ...texts) => Object.fromEntries(texts.map((text) => [`${prefix}: ${text}`, reason]));

export default {
  ...all('capacity.md 4', LATER, '- PartiQL statements charge'),

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

// Statements of the fact sheets that no row proves, and why: '<sheet> <section>: <part of the statement>': 'reason'.
// '<sheet> <section>: *' stands for a whole section and those below it, '<sheet>: *' for a whole sheet.
export default {
  'streams-ttl.md 8: * A shard stays open at most': 'takes four hours: unit tests with a clock, and tests/sdk with short shards',
  'streams-ttl.md 8: * Records trimmed after 24 h': 'takes a day: unit tests with a clock, and tests/sdk with a short retention',
  'streams-ttl.md 10: | iterator older than 15 min |': 'takes 15 minutes: a unit test with a clock',
  'streams-ttl.md 10: | points before trim |': 'takes a day: unit tests with a clock, and tests/sdk with a short retention',
  'streams-ttl.md 10: | DynamoDB Local only |': 'about another program',
  'streams-ttl.md Expiry rules (DG23, SDK UpdateTimeToLive): * Deletion in the background':
    'a row would race with the sweeper: tests/sdk/ttl.test.mjs sets when it comes',
  'partiql.md 4.5: | vector index': 'there are no vector indexes yet',
  'stack.md: *': 'measurements, not behaviour of the service',
  'dynamodb-local-flags.md: *': 'about another program',
  'limits.md 5: | item collection (tables with LSI)': 'a collection of 10 GB is too large for a test; dynarock sets no limit',
  'limits.md 5: | tables per region |': 'a quota of the account; dynarock sets none',
};

// Statements of the fact sheets that no row proves, and why: '<sheet> <section>: <part of the statement>': 'reason'.
// '<sheet> <section>: *' stands for a whole section and those below it, '<sheet>: *' for a whole sheet.
export default {
  'partiql.md: *': 'not implemented yet',
  'streams-ttl.md: *': 'not implemented yet',
  'stack.md: *': 'measurements, not behaviour of the service',
  'dynamodb-local-flags.md: *': 'about another program',
};

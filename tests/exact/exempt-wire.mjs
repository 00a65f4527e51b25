// Statements about the wire that no row of rows/ proves, and why: '<sheet> <section>: <part of the statement>': 'reason'.
const KEYS = 'only for a server with keys of its own: tests/api/signature.test.mjs';

export default {
  'data-plane.md 2: | unknown key id |': KEYS,
  'data-plane.md 2: | signature wrong |': KEYS,
};

// INSERT, UPDATE and DELETE; batches and transactions of statements.
import assert from 'node:assert/strict';
import {carry, define, invalid, n, notFound, parameter, put, s, text, violates} from '../definitions.mjs';
import {ABSENT, L, M, NS, SS} from '../values.mjs';
import {cancelled} from './transactions.mjs';

const proves = carry('partiql.md ');
const T = '{T}';
const tables = {T: define('pk:S', {global: {Global: 'g:S'}})};
const run = (Statement, expect, more = {}) => ['ExecuteStatement', {Statement, ...more}, expect];
const row = (name, statements, ...steps) => ({name, proves: proves(statements), tables, steps});
const assumed = (made) => ({...made, assumed: true});
const items = (...Items) => ({body: {Items}});
const get = (pk, item) => ['GetItem', {TableName: T, Key: {pk: s(pk)}, ConsistentRead: true}, {body: item ? {Item: item} : {}}];
const a = {pk: s('a'), n: n(1), m: M({x: n(1)}), l: L(n(1), n(2), n(3))};
const fill = put(T, a);
const at = (actions, more = '') => `UPDATE "${T}" ${actions} WHERE pk = 'a'${more}`;
const FAILED = {type: 'ConditionalCheckFailedException', message: 'The conditional request failed'};
const DUPLICATE = {type: 'DuplicateItemException', message: 'Duplicate primary key exists in table'};
const EQUALITY = invalid('Where clause does not contain a mandatory equality on all key attributes');
const PATH = invalid('The document path provided in the update expression is invalid for update');
const returned = (clause) => invalid(`Invalid returning clause: RETURNING ${clause} *. Only RETURNING ALL OLD * is allowed in DELETE statements.`);

const statements = (list) => list.map((one) => (typeof one === 'string' ? {Statement: one} : one));
const batch = (list, expect, more = {}) => ['BatchExecuteStatement', {Statements: statements(list), ...more}, expect];
const results = (...Responses) => ({body: {Responses}});
const bad = (Code, Message, TableName) => ({Error: {Code, Message}, ...(TableName ? {TableName} : {})});
const transact = (list, expect, more = {}) => ['ExecuteTransaction', {TransactStatements: statements(list), ...more}, expect];
const insert = (pk, more = '') => `INSERT INTO "${T}" VALUE {'pk': '${pk}'${more}}`;
const select = (pk) => `SELECT * FROM "${T}" WHERE pk = '${pk}'`;
const NONE = {Code: 'None'};
const UNMET = {Code: 'ConditionalCheckFailed', Message: 'The conditional request failed'};
const TAKEN = {Code: 'DuplicateItem', Message: 'Duplicate primary key exists in table'};
const TRANSACTION = 'Validation failed in TransactStatements';

export default [
  // -- Grammar
  row('INSERT', '3: INSERT INTO table VALUE', run(insert('i', ", 'n': 1"), items()), get('i', {pk: s('i'), n: n(1)}),
    run(`INSERT INTO "${T}" VALUE {'pk': 'j'} IF NOT EXISTS`, (reply) => assert.match(reply.text, /wasn't well formed/))),
  row('UPDATE', ['3: UPDATE table (SET path', '3: * One path per REMOVE'], fill,
    run(at('SET n = 2, o = 3 SET p = 4 REMOVE m REMOVE l', ' RETURNING ALL NEW *'), items({pk: s('a'), n: n(2), o: n(3), p: n(4)}))),
  row('the right side of SET', '3: * Right side of SET:', fill,
    run(at('SET n = n + 5, o = n - 3', ' RETURNING MODIFIED NEW *'), items({n: n(6), o: n(-2)})),
    run(at('SET l = list_append(l, [4])', ' RETURNING MODIFIED NEW *'), items({l: L(n(1), n(2), n(3), n(4))})),
    run(at('SET t = set_add(t, <<1, 2>>)', ' RETURNING MODIFIED NEW *'), items({t: NS(1, 2)})),
    run(at('SET t = set_delete(t, <<2>>)', ' RETURNING MODIFIED NEW *'), items({t: NS(1)})),
    run(at("SET u = <<'x'>>", ' RETURNING MODIFIED NEW *'), items({u: SS('x')}))),
  row('DELETE', '3: DELETE FROM table WHERE', fill, run(`DELETE FROM "${T}" WHERE pk = 'a' RETURNING ALL OLD *`, items(a)), get('a')),
  row('EXISTS', '3: EXISTS( SELECT', fill, transact([`EXISTS(SELECT * FROM "${T}" WHERE pk = 'a' AND n = 1)`, insert('e')], {body: {Responses: []}}),
    run(`EXISTS(SELECT * FROM "${T}" WHERE pk = 'a' AND n = 1)`, (reply) => assert.equal(reply.json.__type, 'com.amazon.coral.validate#ValidationException'))),

  // -- INSERT
  row('a key that is taken', '6: * Existing key:', fill, run(insert('a'), DUPLICATE), get('a', a)),
  (row('what a success shows', '6: * Success: `Items: []`', run(insert('new'), items()))),
  row("PutItem's rules", '6: * Item rules as PutItem',
    run(`INSERT INTO "${T}" VALUE {'x': 1}`, parameter('Missing the key pk in the item')),
    run(`INSERT INTO "${T}" VALUE {'pk': 1}`, invalid("Key attribute's data type should match its data type in table's schema: Key pk")),
    run(insert('a', ", 'g': 1"), parameter('Type mismatch for Index Key g Expected: S Actual: N IndexName: Global')),
    run(`INSERT INTO "${ABSENT}" VALUE {'pk': ?}`, invalid('Item size has exceeded the maximum allowed size'), {Parameters: [s(text(409600))]})),

  // -- UPDATE and DELETE
  row('the whole key, by equality', '7.1: WHERE must hold an equality', fill,
    run(`UPDATE "${T}" SET n = 2 WHERE n = 1`, EQUALITY), run(`DELETE FROM "${T}" WHERE pk > 'a'`, EQUALITY),
    run(`DELETE FROM "${T}" WHERE pk = 'a' OR pk = 'b'`, EQUALITY), run(`DELETE FROM "${T}" WHERE NOT pk = 'a'`, EQUALITY),
    run(`UPDATE "${T}" SET n = 2 WHERE (pk = 'a' AND n = 1)`, items())),
  assumed(row('no WHERE at all', '7.1: WHERE must hold an equality', run(`DELETE FROM "${T}"`, EQUALITY), run(`UPDATE "${T}" SET n = 1`, EQUALITY))),
  row('UPDATE of an item that is not there, or another one', '7.1: | UPDATE, FROM-first', fill,
    run(`UPDATE "${T}" SET n = 1 WHERE pk = 'none'`, FAILED), get('none'), run(at('SET n = 2', ' AND n = 7'), FAILED), get('a', a)),
  row('DELETE of an item that is not there, or another one', '7.1: | DELETE |', fill,
    run(`DELETE FROM "${T}" WHERE pk = 'none'`, items()), run(`DELETE FROM "${T}" WHERE pk = 'a' AND n = 7`, FAILED), get('a', a)),
  (row('a failed condition shows the item on demand', '7.1: * Message `The conditional request failed`', fill,
    run(at('SET n = 2', ' AND n = 7'), {type: FAILED.type, more: {Message: FAILED.message, Item: a}}, {ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}))),
  row('a key is not updated', '7.2: * Key attribute: PFX', fill, run(at("SET pk = 'b'"), parameter('Cannot update attribute pk. This attribute is part of the key'))),
  row('places in lists', '7.2: * `SET a[9]` past the end', fill,
    run(at('SET l[9] = 4', ' RETURNING ALL NEW *'), items({...a, l: L(n(1), n(2), n(3), n(4))})),
    run(at('REMOVE l[0]', ' RETURNING ALL NEW *'), items({...a, l: L(n(2), n(3), n(4))})), run(at('SET o.p = 1'), PATH), run(at('SET n[0] = 1'), PATH)),
  row('an update that makes an item too large, measured flat', '7.2: * Result > 400 KB',
    put(T, {pk: s('a'), big: s(text(409600 - 6))}), run(at("SET y = '1'"), invalid('Item size to update has exceeded the maximum allowed size')),
    put(T, {pk: s('a'), big: s(text(409600 - 8))}), run(at("SET y = '1'"), items())),
  row('RETURNING of an UPDATE', '7.1: * RETURNING on UPDATE', fill,
    run(at('SET m.x = 2, l[1] = 9', ' RETURNING ALL OLD *'), items(a)), run(at('SET m.x = 3', ' RETURNING ALL NEW *'), items({...a, m: M({x: n(3)}), l: L(n(1), n(9), n(3))})),
    run(at('SET m.x = 4, l[2] = 7, l[0] = 5', ' RETURNING MODIFIED OLD *'), items({m: M({x: n(3)}), l: L(n(1), n(3))})),
    run(at('SET m.x = 4, l[2] = 7, l[0] = 5', ' RETURNING MODIFIED NEW *'), items({m: M({x: n(4)}), l: L(n(5), n(7))})),
    run(at('SET fresh = 1', ' RETURNING MODIFIED OLD *'), items())),
  row('RETURNING of a DELETE', '7.1: * RETURNING on DELETE', fill,
    run(`DELETE FROM "${T}" WHERE pk = 'none' RETURNING ALL OLD *`, items()),
    ...['ALL NEW', 'MODIFIED OLD', 'MODIFIED NEW'].map((clause) => run(`DELETE FROM "${T}" WHERE pk = 'a' RETURNING ${clause} *`, returned(clause)))),

  // -- BatchExecuteStatement
  row('how many statements a batch takes', ['1: | BatchExecuteStatement |', '8: | empty |', 'limits.md 5: | PartiQL batch / transaction'],
    ['BatchExecuteStatement', {Statements: []}, violates("'[]' at 'statements'", 'Member must have length greater than or equal to 1')],
    ['BatchExecuteStatement', {}, violates("null at 'statements'", 'Member must not be null')],
    batch(Array.from({length: 25}, (_, i) => insert(`k${i}`)), (reply) => assert.equal(reply.json.Responses.filter(({Error: error}) => !error).length, 25))),
  assumed(row('26 statements', '8: | > 25 |',
    batch(Array(26).fill('SELECT 1'), (reply) => assert.match(reply.json.message, /at 'statements' failed to satisfy constraint: Member must have length less than or equal to 25$/)))),
  row('reads and writes', '8: | reads and writes mixed', batch([select('a'), insert('b')], invalid('Read and write requests together in the same batch is not supported.'))),
  row('the same item twice', '8: | same item twice', batch([insert('b'), `DELETE FROM "${T}" WHERE pk = 'b'`], invalid('Provided list of item keys contains duplicates')),
    batch([select('b'), `SELECT n FROM "${T}" WHERE pk = 'b'`], invalid('Provided list of item keys contains duplicates'))),
  row('a SELECT has to name its item', '8: * SELECT must name exactly the full primary key', fill,
    batch([`SELECT * FROM "${T}" WHERE n = 1`, `SELECT * FROM "${T}"."Global" WHERE pk = 'a'`, `SELECT * FROM "${ABSENT}"`, select('a')], results(
      bad('ValidationError', 'Select statements within BatchExecuteStatement must specify the primary key in the where clause.'),
      bad('ValidationError', 'Select statements within BatchExecuteStatement must specify the primary key in the where clause.'),
      bad('ResourceNotFound', 'Requested resource not found', ABSENT), {Item: a, TableName: T}))),
  row('a statement that is none', '8: * Parse and value errors:', batch(['DROP x', insert('b')], results(
    bad('ValidationError', "Statement wasn't well formed, can't be processed: Unexpected keyword"), {TableName: T}))),
  row('codes and the table they are about', ['8: * Parse and value errors:', '8: Codes (M26 enum)'], fill,
    batch([insert('a'), `UPDATE "${T}" SET n = 1 WHERE pk = 'none'`, `DELETE FROM "${ABSENT}" WHERE pk = 'a'`, `INSERT INTO "${T}" VALUE {'n': 1}`], results(
      bad('DuplicateItem', 'Duplicate primary key exists in table', T), bad('ConditionalCheckFailed', 'The conditional request failed', T),
      bad('ResourceNotFound', 'Requested resource not found', ABSENT), bad('ValidationError', 'One or more parameter values were invalid: Missing the key pk in the item'))),
    batch([insert('a'), insert('ok', ", 'g': 'x'")], {body: {
      Responses: [bad('DuplicateItem', 'Duplicate primary key exists in table', T), {TableName: T}],
      ConsumedCapacity: [{TableName: T, CapacityUnits: 3, Table: {CapacityUnits: 1}, GlobalSecondaryIndexes: {Global: {CapacityUnits: 1}}}],
    }}, {ReturnConsumedCapacity: 'INDEXES'}),
    batch([insert('a')], {body: {Responses: [bad('DuplicateItem', 'Duplicate primary key exists in table', T)]}}, {ReturnConsumedCapacity: 'TOTAL'})),
  row('a batch shows the item of a failed condition on demand', '8: * ReturnValuesOnConditionCheckFailure', fill,
    batch([{Statement: at('SET n = 2', ' AND n = 7'), ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}], results({Error: {...bad('ConditionalCheckFailed', 'The conditional request failed').Error, Item: a}, TableName: T}))),

  // -- ExecuteTransaction
  row('how many statements a transaction takes', ['1: | ExecuteTransaction |'],
    transact([insert('a')], violates("'' at 'clientRequestToken'", 'Member must have length greater than or equal to 1'), {ClientRequestToken: ''}),
    transact([insert('a')], violates(`'${text(37)}' at 'clientRequestToken'`, 'Member must have length less than or equal to 36'), {ClientRequestToken: text(37)}),
    transact(Array(101).fill('SELECT 1'), (reply) => assert.match(reply.json.message, /at 'transactStatements' failed to satisfy constraint: Member must have length less than or equal to 100$/)),
    transact(Array.from({length: 100}, (_, i) => insert(`k${i}`)), {body: {Responses: []}})),
  assumed(row('no statement, or none that can be read', '9: | parse error, COUNT',
    ['ExecuteTransaction', {TransactStatements: []}, violates("'[]' at 'transactStatements'", 'Member must have length greater than or equal to 1')],
    transact([insert('a'), 'DROP x'], invalid(`${TRANSACTION}[1]: Statement wasn't well formed, can't be processed: Unexpected keyword`)))),
  row('reads or writes', '9: | reads and writes mixed', fill,
    transact([select('a'), insert('b')], invalid('ExecuteTransaction API does not support both read and write operations in the same request.')),
    transact([select('a'), `EXISTS(SELECT * FROM "${T}" WHERE pk = 'b' AND n = 1)`], invalid('ExecuteTransaction API does not support both read and write operations in the same request.'))),
  row('no RETURNING', '9: | RETURNING |', transact([insert('b'), at('SET n = 1', ' RETURNING ALL OLD *')], invalid(`${TRANSACTION}[1]: RETURNING clause is not supported in ExecuteTransaction.`))),
  row('no index', '9: | SELECT on an index |', transact([`SELECT * FROM "${T}"."Global" WHERE g = 'x'`], invalid(`${TRANSACTION}[0]: Reads on indices are not supported within transactions.`))),
  row('one item twice', '9: | same item twice |', transact([insert('b'), `DELETE FROM "${T}" WHERE pk = 'b'`], invalid('Transaction request cannot include multiple operations on one item'))),
  row('reasons', ['9: | other run-time failures', 'transactions-batch.md 3: | DuplicateItem |'], fill,
    transact([insert('a'), insert('b'), { Statement: at('SET n = 2', ' AND n = 7').replace("'a'", "'c'") }],
      cancelled(TAKEN, NONE, UNMET)),
    transact([insert('a'), insert('b'), `INSERT INTO "${T}" VALUE {'n': 1}`],
      cancelled(NONE, NONE, {Code: 'ValidationError', Message: 'One or more parameter values were invalid: Missing the key pk in the item'})), get('b')),
  row('a failed condition shows the item on demand, in a transaction', '9: | other run-time failures', fill,
    transact([{Statement: at('SET n = 2', ' AND n = 7'), ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}], cancelled({...UNMET, Item: a}))),
  row('answers', '9: * Responses: reads one', fill,
    transact([select('a'), select('none'), `SELECT n FROM "${T}" WHERE pk = 'third'`], {body: {Responses: [{Item: a}, {}, {}]}}), transact([insert('b'), insert('c')], {body: {Responses: []}}),
    transact([`SELECT * FROM "${T}" WHERE n = 1`], (reply) => assert.equal(reply.json.__type, 'com.amazon.coral.validate#ValidationException'))),
  row('what it costs', '9: * Capacity: reads', fill,
    transact([select('a'), select('none')], {body: {Responses: [{Item: a}, {}], ConsumedCapacity: [{TableName: T, CapacityUnits: 4, ReadCapacityUnits: 4}]}}, {ReturnConsumedCapacity: 'TOTAL'}),
    transact([insert('b', ", 'g': 'x'"), insert('c')], {body: {Responses: [], ConsumedCapacity: [{TableName: T, CapacityUnits: 4, WriteCapacityUnits: 4, Table: {CapacityUnits: 4, WriteCapacityUnits: 4}}]}}, {ReturnConsumedCapacity: 'INDEXES'})),
  row('a token', ['9: * Token rules:', 'transactions-batch.md 4: * Tokens are scoped per operation'],
    transact([insert('t')], {body: {Responses: []}}, {ClientRequestToken: '{T}'.slice(0, 3) + 'token'}),
    transact([insert('t')], {body: {Responses: [], ConsumedCapacity: [{TableName: T, CapacityUnits: 2, ReadCapacityUnits: 2}]}}, {ClientRequestToken: '{T}'.slice(0, 3) + 'token', ReturnConsumedCapacity: 'TOTAL'}),
    ['TransactWriteItems', {ClientRequestToken: '{T}'.slice(0, 3) + 'token', TransactItems: [{Put: {TableName: T, Item: {pk: s('other')}}}]}, {body: {}}],
    transact([insert('t', ", 'n': 1")], {type: 'IdempotentParameterMismatchException', more: {Message: 'DynamoDB rejected the request because you retried a request with a different payload but with an idempotent token that was already used.'}}, {ClientRequestToken: '{T}'.slice(0, 3) + 'token'})),
  row('nothing of a missing table', '9: | table missing |', transact([`DELETE FROM "${ABSENT}" WHERE pk = 'a'`], cancelled({Code: 'ResourceNotFound', Message: 'Requested resource not found'}))),
  // -- What a transaction says of its statements
  row('no statement', '9: | empty |', ['ExecuteTransaction', {TransactStatements: []}, violates("'[]' at 'transactStatements'", 'Member must have length greater than or equal to 1')]),
  row('which statement is wrong', ['9: TS = the literal', '9: | SELECT without exactly the full key', '9: | unreadable parameter number'], fill,
    transact([select('a'), `SELECT * FROM "${T}" WHERE pk = 'b' AND n = 1`], invalid(`${TRANSACTION}[1]: Select statements within ExecuteTransaction must specify the primary key in the where clause.`)),
    transact(['SELECT', {Statement: 'SELECT', Parameters: [{N: 'x'}]}], invalid('The parameter cannot be converted to a numeric value: x'))),
  row('EXISTS needs a condition', '9: | EXISTS |', fill, transact([`EXISTS(SELECT * FROM "${T}" WHERE pk = 'a')`], invalid(`${TRANSACTION}[0]: EXISTS() must contain a single item read with additional condition`)),
    transact([`EXISTS(SELECT * FROM "${T}" WHERE pk = 'a' AND n = 7)`, insert('b')], cancelled(UNMET, NONE))),
  row('keys of a wrong type, and keys that are set', ['9: | key of the wrong type in WHERE', '9: | INSERT key of the wrong type', '9: | SET of a key attribute'], fill,
    transact([select('a'), `SELECT * FROM "${T}" WHERE pk = 1`, `SELECT * FROM "${T}" WHERE pk = 2`], cancelled(NONE, {Code: 'ValidationError', Message: 'The provided key element does not match the schema'}, NONE)),
    transact([insert('a'), `INSERT INTO "${T}" VALUE {'pk': 1}`], cancelled(NONE, {Code: 'ValidationError', Message: 'One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N'})),
    transact([at("SET pk = 'b'")], cancelled({Code: 'ValidationError', Message: 'One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key'}))),
  row('a DELETE with a condition needs its item in a transaction', '9: | other run-time failures', transact([`DELETE FROM "${T}" WHERE pk = 'none' AND n = 1`], cancelled(UNMET)), transact([`DELETE FROM "${T}" WHERE pk = 'none'`], {body: {Responses: []}})),
  row('a batch answers in order', '8: HTTP 200 with per-statement', fill, batch([at("SET pk = 'b'"), insert('z')], results(
    bad('ValidationError', 'One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key', T), {TableName: T}))),
];

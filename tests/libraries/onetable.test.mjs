// OneTable: it makes its table itself; models with unique attributes, which it keeps by transactions.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {Table} from 'dynamodb-onetable';
import {connect} from './server.mjs';

describe('OneTable', () => {
  let server;
  let table;
  let Account;
  let User;

  before(async () => {
    server = await connect();
    table = new Table({
      name: 'onetable',
      client: server.client,
      partial: true,
      logger: false,
      schema: {
        format: 'onetable:1.1.0',
        version: '0.0.1',
        indexes: {
          primary: {hash: 'pk', sort: 'sk'},
          gs1: {hash: 'gs1pk', sort: 'gs1sk', project: 'all'},
          ls1: {type: 'local', sort: 'created', project: 'all'},
        },
        models: {
          Account: {
            pk: {type: String, value: 'account#${id}'},
            sk: {type: String, value: 'account#'},
            id: {type: String, generate: 'ulid'},
            name: {type: String, required: true, unique: true},
            balance: {type: Number, default: 0},
            created: {type: String},
          },
          User: {
            pk: {type: String, value: 'account#${account}'},
            sk: {type: String, value: 'user#${email}'},
            gs1pk: {type: String, value: 'user#'},
            gs1sk: {type: String, value: 'user#${status}#${email}'},
            account: {type: String, required: true},
            email: {type: String, required: true},
            status: {type: String, default: 'active', enum: ['active', 'gone']},
            roles: {type: Array, default: []},
            address: {type: Object, schema: {city: {type: String}, zip: {type: String}}},
            groups: {type: Set},
            avatar: {type: Buffer},
            joined: {type: Date},
            created: {type: String},
          },
        },
        params: {isoDates: true, timestamps: false},
      },
    });
    await table.createTable();
    Account = table.getModel('Account');
    User = table.getModel('User');
  });
  after(() => server.close());

  test('made the table with its indexes', async () => {
    assert.equal(await table.exists(), true);
    const {Table: described} = await table.describeTable();
    assert.equal(described.TableStatus, 'ACTIVE');
    assert.deepEqual(described.GlobalSecondaryIndexes.map(({IndexName}) => IndexName), ['gs1']);
    assert.deepEqual(described.LocalSecondaryIndexes.map(({IndexName}) => IndexName), ['ls1']);
  });

  test('keeps a unique attribute unique', async () => {
    const account = await Account.create({id: '1', name: 'Acme', created: '2026-01-01'});
    assert.equal(account.balance, 0);
    await assert.rejects(Account.create({id: '2', name: 'Acme'}), (error) => {
      assert.equal(error.code, 'UniqueError');
      return true;
    });
    const renamed = await Account.update({id: '1', name: 'Acme Inc'}, {add: {balance: 7}, return: 'get'});
    assert.deepEqual([renamed.name, renamed.balance], ['Acme Inc', 7]);
    await Account.create({id: '2', name: 'Acme'});
  });

  test('creates, reads and updates an item of many types', async () => {
    const joined = new Date('2026-11-25T10:00:00Z');
    await User.create({
      account: '1',
      email: 'ada@example.com',
      roles: ['admin'],
      address: {city: 'London', zip: 'N1'},
      groups: new Set(['a', 'b']),
      avatar: Buffer.from([0, 255]),
      joined,
      created: '2026-01-02',
    });
    const user = await User.get({account: '1', email: 'ada@example.com'});
    assert.deepEqual(user.address, {city: 'London', zip: 'N1'});
    assert.deepEqual([...user.groups].toSorted(), ['a', 'b']);
    assert.deepEqual(Buffer.from(user.avatar), Buffer.from([0, 255]));
    assert.deepEqual(user.joined, joined);
    const updated = await User.update(
      {account: '1', email: 'ada@example.com', address: {zip: 'E1'}},
      {push: {roles: ['root']}, where: '${status} = {active}'},
    );
    assert.deepEqual(updated.roles, ['admin', 'root']);
    assert.deepEqual(updated.address, {city: 'London', zip: 'E1'});
    await assert.rejects(User.create({account: '1', email: 'ada@example.com'}), (error) => {
      assert.match(error.message, /Conditional create failed/);
      return true;
    });
  });

  test('writes batches, finds by pages and by an index', async () => {
    const batch = {};
    for (let n = 0; n < 24; ++n) {
      const email = `u${String(n).padStart(2, '0')}@example.com`;
      await User.create({account: '2', email, status: n % 2 ? 'active' : 'gone'}, {batch, exists: null});
    }
    await table.batchWrite(batch);
    let page = await User.find({account: '2'}, {limit: 10});
    const found = [...page];
    while (page.next) {
      page = await User.find({account: '2'}, {limit: 10, next: page.next});
      found.push(...page);
    }
    assert.equal(found.length, 24);
    const gone = await User.find({gs1pk: 'user#', gs1sk: {begins: 'user#gone#'}}, {index: 'gs1', follow: true});
    assert.equal(gone.length, 12);
    assert.equal((await User.scan({status: 'gone'})).length, 12);
    assert.equal((await User.find({account: '2'}, {count: true})).count, 24);
  });

  test('writes transactions', async () => {
    const transaction = {};
    await Account.update({id: '1'}, {add: {balance: -5}, transaction});
    await Account.update({id: '2'}, {add: {balance: 5}, transaction});
    await table.transact('write', transaction);
    assert.deepEqual(
      [(await Account.get({id: '1'})).balance, (await Account.get({id: '2'})).balance],
      [2, 5],
    );
    await User.remove({account: '1', email: 'ada@example.com'});
    assert.equal(await User.get({account: '1', email: 'ada@example.com'}), undefined);
  });
});

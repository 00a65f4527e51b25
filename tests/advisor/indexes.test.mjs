// Faulty indexes and their proper twins.
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {adviseOn, evidence, found, item, load, loud, range, table} from './application.mjs';

const byIndex = (call, TableName, IndexName, attribute, value, more = {}) =>
  call('Query', {
    TableName,
    IndexName,
    KeyConditionExpression: '#a = :v',
    ExpressionAttributeNames: {'#a': attribute, ...more.names},
    ExpressionAttributeValues: item({':v': value}),
    ...more.input,
  });

const users = range(60).map((i) => ({id: `u${i}`, email: `u${i}@example.com`, city: `city${i % 20}`}));

test('an index that nothing reads', async () => {
  const application = (read) => async (call) => {
    await call(
      'CreateTable',
      table('Users', 'id:S', undefined, {indexes: {byEmail: ['email:S'], byCity: ['city:S', 'id:S']}}),
    );
    await load(call, 'Users', users);
    for (const i of range(30)) {
      await byIndex(call, 'Users', 'byEmail', 'email', users[i].email);
      if (read) await byIndex(call, 'Users', 'byCity', 'city', users[i].city);
    }
  };
  const faulty = await adviseOn(application(false));
  const [finding] = found(faulty, 'index-never-read');
  assert.equal(finding?.severity, 'warning');
  assert.equal(finding.index, 'byCity');
  assert.equal(evidence(finding, 'write units spent on it'), '60');
  assert.deepEqual(loud(await adviseOn(application(true))), []);
});

test('an index that copies what nobody asks for', async () => {
  const application = (projection) => async (call) => {
    await call('CreateTable', table('Users', 'id:S', undefined, {indexes: {byCity: ['city:S', 'id:S', projection]}}));
    await load(call, 'Users', users.map((user) => ({...user, name: 'n', biography: 'b'.repeat(2000), photo: 'p'.repeat(500)})));
    for (const i of range(12)) {
      await byIndex(call, 'Users', 'byCity', 'city', users[i].city, {
        names: {'#n': 'name'},
        input: {ProjectionExpression: 'id, #n'},
      });
    }
  };
  const faulty = await adviseOn(application('ALL'));
  const [finding] = found(faulty, 'index-copies-unasked');
  assert.equal(finding?.severity, 'warning');
  assert.match(evidence(finding, 'never asked for'), /biography/);
  assert.match(finding.advice, /INCLUDE with name/);
  assert.deepEqual(loud(await adviseOn(application(['name']))), []);
});

test('an index whose key no item has', async () => {
  const application = (attribute) => async (call) => {
    await call('CreateTable', table('Users', 'id:S', undefined, {indexes: {byTeam: ['teamId:S']}}));
    await load(call, 'Users', range(25).map((i) => ({id: `u${i}`, [attribute]: `t${i}`})));
    await byIndex(call, 'Users', 'byTeam', 'teamId', 't1');
  };
  const faulty = await adviseOn(application('team_id'));
  const [finding] = found(faulty, 'index-key-never-written');
  assert.equal(finding?.severity, 'error');
  assert.equal(evidence(finding, 'attribute that is written'), 'team_id');
  assert.deepEqual(loud(await adviseOn(application('teamId'))), []);
});

test('a migration gap: old items lack the key of a new index', async () => {
  const application = (migrate) => async (call) => {
    await call('CreateTable', table('Users', 'id:S'));
    await load(call, 'Users', range(20).map((i) => ({id: `old${i}`, name: `n${i}`})));
    const {GlobalSecondaryIndexes: [Create], AttributeDefinitions} = table('Users', 'id:S', undefined, {
      indexes: {byRegion: ['region:S', 'id:S']},
    });
    await call('UpdateTable', {TableName: 'Users', AttributeDefinitions, GlobalSecondaryIndexUpdates: [{Create}]});
    for (let ready = false; !ready; ) {
      const {Table} = await call('DescribeTable', {TableName: 'Users'});
      ready = Table.GlobalSecondaryIndexes[0].IndexStatus === 'ACTIVE';
    }
    if (migrate) {
      for (const i of range(20)) {
        await call('UpdateItem', {
          TableName: 'Users',
          Key: item({id: `old${i}`}),
          UpdateExpression: 'SET #r = :r',
          ConditionExpression: 'attribute_exists(id)',
          ExpressionAttributeNames: {'#r': 'region'},
          ExpressionAttributeValues: item({':r': `r${i}`}),
        });
      }
    }
    await load(call, 'Users', range(20).map((i) => ({id: `new${i}`, name: `n${i}`, region: `r${i}`})));
    await byIndex(call, 'Users', 'byRegion', 'region', 'r1');
  };
  const faulty = await adviseOn(application(false));
  const [finding] = found(faulty, 'index-leaves-items-out');
  assert.equal(finding?.severity, 'warning');
  assert.equal(evidence(finding, 'not in the index'), '20');
  assert.match(finding.advice, /Migrate the old items/);
  assert.deepEqual(loud(await adviseOn(application(true))), []);
});

const addIndex = async (call, name, key) => {
  const {GlobalSecondaryIndexes: [Create], AttributeDefinitions} = table(name, 'id:S', undefined, {
    indexes: {later: key},
  });
  const used = AttributeDefinitions.filter(({AttributeName}) => AttributeName !== 'id' || key.includes('id:S'));
  await call('UpdateTable', {TableName: name, AttributeDefinitions: used, GlobalSecondaryIndexUpdates: [{Create}]});
  for (let ready = false; !ready; ) {
    const {Table} = await call('DescribeTable', {TableName: name});
    ready = Table.GlobalSecondaryIndexes[0].IndexStatus === 'ACTIVE';
  }
};

test('a migration gap: some of the old items are written again', async () => {
  const faulty = await adviseOn(async (call) => {
    await call('CreateTable', table('Orders', 'id:S', undefined, {indexes: {byCustomer: ['customer:S']}}));
    const state = (prefix, i) => ({id: `${prefix}${i}`, state: 'NEW', total: i});
    await load(call, 'Orders', range(30).map((i) => state('old', i)));
    await load(call, 'Orders', range(30).map((i) => ({...state('new', i), customer: `c${i}`})));
    for (const i of range(5)) {
      await call('UpdateItem', {
        TableName: 'Orders',
        Key: item({id: `old${i}`}),
        UpdateExpression: 'SET #s = :p',
        ConditionExpression: '#s = :n',
        ExpressionAttributeNames: {'#s': 'state'},
        ExpressionAttributeValues: item({':p': 'PAID', ':n': 'NEW'}),
      });
    }
    await call('PutItem', {TableName: 'Orders', Item: item({...state('old', 9), state: 'PAID'})});
    await byIndex(call, 'Orders', 'byCustomer', 'customer', 'c1');
  });
  const [finding] = found(faulty, 'index-leaves-items-out');
  assert.equal(finding?.severity, 'warning');
  assert.equal(evidence(finding, 'such items without it, of those looked at'), '30');
});

test('a migration gap: a part of the old items is mended, and items of another kind never had the key', async () => {
  const migrate = (mended) => async (call) => {
    const customer = (i) => ({id: `CUSTOMER#${i}`, name: 'n', email: 'E', country: 'DE'});
    await call('CreateTable', table('Customers', 'id:S'));
    await load(call, 'Customers', range(60).map(customer));
    await addIndex(call, 'Customers', ['emailLower:S']);
    await load(call, 'Customers', range(20).map((i) => ({...customer(i + 60), emailLower: 'e'})));
    for (const i of range(mended)) {
      await call('UpdateItem', {
        TableName: 'Customers',
        Key: item({id: `CUSTOMER#${i}`}),
        UpdateExpression: 'SET emailLower = :e',
        ConditionExpression: 'attribute_exists(id)',
        ExpressionAttributeValues: item({':e': 'e'}),
      });
    }
    await load(call, 'Customers', range(12).map((i) => ({id: `ADDRESS#${i}`, street: 's', country: 'DE'})));
    await byIndex(call, 'Customers', 'later', 'emailLower', 'e');
  };
  const [finding] = found(await adviseOn(migrate(42)), 'index-leaves-items-out');
  assert.equal(finding?.severity, 'warning');
  assert.equal(finding.count, 18);
  assert.deepEqual(loud(await adviseOn(migrate(60))), []);
});

test('an index that items enter one by one', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('Tickets', 'id:S', undefined, {indexes: {byAssignee: ['assignee:S']}}));
    await load(call, 'Tickets', range(12).map((i) => ({id: `t${i}`, title: 't', state: 'open'})));
    for (const i of range(6)) {
      await call('UpdateItem', {
        TableName: 'Tickets',
        Key: item({id: `t${i}`}),
        UpdateExpression: 'SET assignee = :a',
        ConditionExpression: 'attribute_exists(id)',
        ExpressionAttributeValues: item({':a': 'bob'}),
      });
    }
    await byIndex(call, 'Tickets', 'byAssignee', 'assignee', 'bob');
  });
  assert.deepEqual(loud(report), []);
});

test('items that never enter an index, by the name of its key', async () => {
  const application = (attribute) => async (call) => {
    await call('CreateTable', table('Tickets', 'id:S', undefined, {indexes: {later: [`${attribute}:S`]}}));
    await load(call, 'Tickets', range(12).map((i) => ({id: `t${i}`, title: 't'})));
    await load(call, 'Tickets', range(12).map((i) => ({id: `u${i}`, title: 't', [attribute]: `v${i % 3}`})));
    await byIndex(call, 'Tickets', 'later', attribute, 'v1');
  };
  const severity = async (name) => found(await adviseOn(application(name)), 'index-leaves-items-out')[0]?.severity;
  assert.equal(await severity('assignee'), 'note');
  assert.equal(await severity('createdAt'), 'warning');
  assert.equal(await severity('category'), 'warning');
});

test('a migration gap: the old items have a part of the key', async () => {
  const faulty = await adviseOn(async (call) => {
    await call('CreateTable', table('Homes', 'id:S'));
    await load(call, 'Homes', range(100).map((i) => ({id: `old${i}`, title: 't', price: i})));
    await addIndex(call, 'Homes', ['city:S', 'price:N']);
    await load(call, 'Homes', range(40).map((i) => ({id: `new${i}`, title: 't', price: i, city: `c${i}`})));
    await byIndex(call, 'Homes', 'later', 'city', 'c1');
  });
  const [finding] = found(faulty, 'index-leaves-items-out');
  assert.ok(finding);
  assert.equal(evidence(finding, 'not in the index'), '100');
  assert.match(finding.advice, /Migrate the old items/);
});

test('a migration gap: the old items are of an earlier run', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'advisor-data-'));
  const args = ['--data-dir', dir];
  try {
    const first = await adviseOn(
      async (call) => {
        await call('CreateTable', table('Homes', 'id:S'));
        await call('CreateTable', table('Flats', 'id:S'));
        await load(call, 'Homes', range(50).map((i) => ({id: `old${i}`, title: 't'})));
        await load(call, 'Flats', range(50).map((i) => ({id: `old${i}`, title: 't', city: `c${i}`})));
      },
      {args},
    );
    assert.deepEqual(first.findings, []);
    const second = await adviseOn(
      async (call) => {
        for (const name of ['Homes', 'Flats']) {
          await addIndex(call, name, ['city:S', 'id:S']);
          await load(call, name, range(30).map((i) => ({id: `new${i}`, title: 't', city: `c${i}`})));
        }
      },
      {args},
    );
    const findings = found(second, 'index-leaves-items-out');
    assert.deepEqual(findings.map((finding) => finding.table), ['Homes']);
    assert.equal(evidence(findings[0], 'not in the index'), '50');
  } finally {
    rmSync(dir, {recursive: true, force: true});
  }
});

test('an index that copies one large attribute that nobody asks for', async () => {
  const application = (size) => async (call) => {
    await call('CreateTable', table('Goods', 'id:S', undefined, {indexes: {byKind: ['kind:S', 'price:N', 'ALL']}}));
    await load(
      call,
      'Goods',
      range(60).map((i) => ({id: `g${i}`, kind: `k${i % 20}`, price: i, title: 't', country: 'c', text: 'x'.repeat(size)})),
    );
    for (const i of range(20)) {
      await byIndex(call, 'Goods', 'byKind', 'kind', `k${i}`, {
        names: {'#t': 'title', '#c': 'country'},
        input: {ProjectionExpression: '#t, #c, price'},
      });
    }
  };
  const [finding] = found(await adviseOn(application(3000)), 'index-copies-unasked');
  assert.equal(finding?.severity, 'warning');
  assert.match(evidence(finding, 'of an average entry, about'), /^2\.9 KB$/);
  assert.deepEqual(found(await adviseOn(application(100)), 'index-copies-unasked'), []);
});

test('a backfill that skipped items for their type', async () => {
  const application = (year, lacking = 0) => async (call) => {
    await call('CreateTable', table('Films', 'id:S'));
    await load(call, 'Films', range(20).map((i) => ({id: `f${i}`, year: year(i)})));
    await load(call, 'Films', range(lacking).map((i) => ({id: `g${i}`})));
    const {GlobalSecondaryIndexes: [Create], AttributeDefinitions} = table('Films', 'id:S', undefined, {
      indexes: {byYear: ['year:N', 'id:S']},
    });
    await call('UpdateTable', {TableName: 'Films', AttributeDefinitions, GlobalSecondaryIndexUpdates: [{Create}]});
    for (let ready = false; !ready; ) {
      const {Table} = await call('DescribeTable', {TableName: 'Films'});
      ready = Table.GlobalSecondaryIndexes[0].IndexStatus === 'ACTIVE';
    }
    await byIndex(call, 'Films', 'byYear', 'year', 1990);
  };
  const faulty = await adviseOn(application((i) => (i % 5 ? 1980 + i : String(1980 + i)), 3));
  const finding = found(faulty, 'index-leaves-items-out')[0];
  assert.match(finding?.title ?? '', /skipped items whose "year" is S instead of N/);
  assert.equal(evidence(finding, 'items not in the index'), '7');
  assert.equal(evidence(finding, 'left out for the type'), '4');
  assert.equal(evidence(finding, 'left out because they lack a key attribute'), '3');
  assert.deepEqual(loud(await adviseOn(application((i) => 1980 + i))), []);
});

test('a sparse index is no gap', async () => {
  const proper = await adviseOn(async (call) => {
    await call('CreateTable', table('Orders', 'id:S', undefined, {indexes: {open: ['openCustomer:S', 'id:S']}}));
    await load(
      call,
      'Orders',
      range(60).map((i) => (i % 6 === 0 ? {id: `o${i}`, openCustomer: `c${i}`} : {id: `o${i}`})),
    );
    for (const i of range(10)) await byIndex(call, 'Orders', 'open', 'openCustomer', `c${i * 6}`);
  });
  assert.deepEqual(proper.findings, []);
});

test('an index on a status', async () => {
  const application = (key) => async (call) => {
    await call('CreateTable', table('Jobs', 'id:S', undefined, {indexes: {byStatus: ['queue:S', 'id:S']}}));
    await load(call, 'Jobs', range(250).map((i) => ({id: `j${i}`, queue: key(i)})));
    for (const i of range(3)) await byIndex(call, 'Jobs', 'byStatus', 'queue', key(i));
  };
  const faulty = await adviseOn(application((i) => (i % 3 ? 'done' : 'waiting')));
  const [finding] = found(faulty, 'low-cardinality-key');
  assert.equal(finding?.severity, 'warning');
  assert.equal(finding.index, 'byStatus');
  assert.doesNotMatch(finding.advice, /tenant/);
  assert.deepEqual(loud(await adviseOn(application((i) => `waiting#${i % 40}`))), []);
});

test('each way to write is charged for the indexes', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('Things', 'id:S', undefined, {indexes: {byKind: ['kind:S', 'id:S']}}));
    const one = (id) => item({id, kind: 'k'});
    const statement = (id) => ({Statement: `INSERT INTO Things VALUE {'id': ?, 'kind': 'k'}`, Parameters: [{S: id}]});
    await call('PutItem', {TableName: 'Things', Item: one('1')});
    await call('BatchWriteItem', {RequestItems: {Things: [{PutRequest: {Item: one('2')}}]}});
    await call('TransactWriteItems', {TransactItems: [{Put: {TableName: 'Things', Item: one('3')}}]});
    await call('ExecuteStatement', statement('4'));
    await call('BatchExecuteStatement', {Statements: [statement('5')]});
    await call('ExecuteTransaction', {TransactStatements: [statement('6')]});
  });
  const units = Object.fromEntries(report.costs.operations.map((row) => [row.operation, row.writeUnits]));
  // One for the table, or two in a transaction, and one for the index.
  assert.deepEqual(units, {
    PutItem: 2,
    BatchWriteItem: 2,
    TransactWriteItems: 3,
    ExecuteStatement: 2,
    BatchExecuteStatement: 2,
    ExecuteTransaction: 3,
  });
  const index = report.costs.tables.find((row) => row.index === 'byKind');
  assert.equal(index.writeUnits, 6);
});

test('index keys of the wrong type', async () => {
  const refused = (promise) => promise.then(() => assert.fail(), (error) => error);
  const application = (times, value) => async (call) => {
    await call('CreateTable', table('Users', 'id:S', undefined, {indexes: {byEmail: ['email:S'], byAge: ['age:N']}}));
    const Users = (id) => [{PutRequest: {Item: {id: {S: id}, ...value}}}];
    for (const i of range(times)) {
      const send = (operation, input) => (value ? refused(call(operation, input)) : call(operation, input));
      const id = `u${i}`;
      if (i % 3 === 0) await send('PutItem', {TableName: 'Users', Item: {id: {S: id}, ...value}});
      if (i % 3 === 1) await send('BatchWriteItem', {RequestItems: {Users: Users(id)}});
      if (i % 3 === 2) {
        const Put = {TableName: 'Users', Item: {id: {S: id}, ...value}};
        await send('TransactWriteItems', {TransactItems: [{Put}, {Put: {...Put, Item: item({id: 'other'})}}]});
      }
    }
  };
  const one = async (times, value) => found(await adviseOn(application(times, value)), 'index-key-refused');
  const [finding, ...others] = await one(6, {email: {NULL: true}});
  assert.deepEqual(others, []);
  assert.equal(finding?.severity, 'warning');
  assert.deepEqual([finding.table, finding.index, finding.count], ['Users', 'byEmail', 6]);
  assert.match(finding.title, /"email", a key of index byEmail, was given NULL instead of S/);
  assert.match((await one(6, {email: {S: ''}}))[0]?.title ?? '', /"email".*an empty value/);
  assert.equal((await one(4, {email: {N: '1'}}))[0]?.severity, 'note');
  // A test tries it, and an item without the attribute is fine.
  assert.deepEqual(await one(2, {email: {N: '1'}}), []);
  assert.deepEqual(await one(9, undefined), []);

  // The type shows only when the update is done; the message names nothing.
  const updates = await adviseOn(async (call) => {
    await call('CreateTable', table('Users', 'id:S', undefined, {indexes: {byEmail: ['email:S']}}));
    await call('PutItem', {TableName: 'Users', Item: item({id: 'u', n: 1})});
    for (const _ of range(5)) {
      const error = await refused(
        call('UpdateItem', {TableName: 'Users', Key: item({id: 'u'}), UpdateExpression: 'SET email = n'}),
      );
      assert.match(error.message, /unsupported type/);
    }
  });
  assert.match(found(updates, 'index-key-refused')[0]?.title ?? '', /5 writes were refused: a key of an index/);
});

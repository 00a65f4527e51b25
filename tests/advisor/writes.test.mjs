// Faulty ways to write, and their proper twins.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {adviseOn, evidence, found, item, load, loud, range, table} from './application.mjs';

const user = (i) => ({id: `u${i}`, name: 'n', email: 'e', city: 'c', phone: 'p', plan: 'free'});
const refused = (promise) => promise.then(() => assert.fail('was accepted'), (error) => error);

test('updates that make fragments of items', async () => {
  const application = (condition) => async (call) => {
    await call('CreateTable', table('Users', 'id:S'));
    await load(call, 'Users', range(20).map(user));
    for (const i of range(24)) {
      await call('UpdateItem', {
        TableName: 'Users',
        Key: item({id: `u${i}`}),
        UpdateExpression: 'SET lastSeen = :t',
        ExpressionAttributeValues: item({':t': 1}),
        ...condition,
      }).catch((error) => assert.equal(error.code, 'ConditionalCheckFailedException'));
    }
  };
  const faulty = await adviseOn(application({}));
  const [finding] = found(faulty, 'upsert-partial-item');
  assert.equal(finding?.severity, 'warning');
  assert.equal(finding.count, 4);
  assert.deepEqual((await adviseOn(application({ConditionExpression: 'attribute_exists(id)'}))).findings, []);

  // A condition that no item meets as well.
  const met = await adviseOn(application({ConditionExpression: 'attribute_not_exists(lockedBy)'}));
  assert.equal(found(met, 'upsert-partial-item')[0]?.count, 4);
  assert.match(found(met, 'upsert-partial-item')[0].advice, /AND attribute_exists/);
  const made = await adviseOn(application({ConditionExpression: 'attribute_not_exists(id) OR attribute_exists(email)'}));
  assert.deepEqual(found(made, 'upsert-partial-item'), []);
});

test('counters that are made by their first update are no fragments', async () => {
  const proper = await adviseOn(async (call) => {
    await call('CreateTable', table('Users', 'id:S'));
    await load(call, 'Users', range(20).map(user));
    for (const i of range(10)) {
      await call('UpdateItem', {
        TableName: 'Users',
        Key: item({id: `visits#2026-01-${10 + i}`}),
        UpdateExpression: 'ADD visits :one',
        ExpressionAttributeValues: item({':one': 1}),
      });
    }
  });
  assert.deepEqual(proper.findings, []);
});

test('conditions where failing is an answer', async () => {
  const application = (ConditionExpression, more = {}) => async (call) => {
    await call('CreateTable', table('Scores', 'id:S'));
    await load(call, 'Scores', range(10).map((i) => ({id: `s${i}`, score: 100, state: 'paid', seen: 1})));
    for (const i of range(40)) {
      await call('UpdateItem', {
        TableName: 'Scores',
        Key: item({id: `s${i % 10}`}),
        UpdateExpression: 'SET score = :s',
        ConditionExpression,
        ExpressionAttributeValues: item({':s': 5, ...more}),
      }).catch((error) => assert.equal(error.code, 'ConditionalCheckFailedException'));
    }
  };
  const answers = [
    application('attribute_not_exists(score) OR score < :s'),
    application('attribute_not_exists(seen)'),
    application('score < :s'),
    application('orderState = :from', {':from': 'new'}),
  ];
  for (const [i, answer] of answers.entries()) {
    const report = await adviseOn(answer);
    assert.equal(found(report, 'conditions-fail-often')[0]?.severity, 'note', String(i));
    assert.deepEqual(loud(report), []);
  }
  const contended = await adviseOn(application('version = :v', {':v': 7}));
  assert.equal(found(contended, 'conditions-fail-often')[0]?.severity, 'warning');
});

test('small items of another kind, told by the end of the key', async () => {
  const proper = await adviseOn(async (call) => {
    await call('CreateTable', table('Users', 'id:S'));
    for (const i of range(10)) {
      await load(call, 'Users', [{...user(i), id: `user:${i}`}]);
      await call('UpdateItem', {
        TableName: 'Users',
        Key: item({id: `user:${i}:presence`}),
        UpdateExpression: 'SET lastSeen = :t',
        ExpressionAttributeValues: item({':t': i}),
      });
    }
  });
  assert.deepEqual(loud(proper), []);
});

test('conditions that mostly fail', async () => {
  const application = (version) => async (call) => {
    await call('CreateTable', table('Docs', 'id:S'));
    await load(call, 'Docs', range(10).map((i) => ({id: `d${i}`, version: 0})));
    for (const i of range(40)) {
      const doc = `d${i % 10}`;
      await call('UpdateItem', {
        TableName: 'Docs',
        Key: item({id: doc}),
        UpdateExpression: 'SET version = :next',
        ConditionExpression: 'version = :known',
        ExpressionAttributeValues: item({':known': version(i), ':next': version(i) + 1}),
      }).catch((error) => assert.equal(error.code, 'ConditionalCheckFailedException'));
    }
  };
  const faulty = await adviseOn(application(() => 0));
  const [finding] = found(faulty, 'conditions-fail-often');
  assert.equal(finding?.severity, 'warning');
  assert.equal(evidence(finding, 'conditions that failed'), '30');
  assert.deepEqual(loud(await adviseOn(application((i) => Math.floor(i / 10)))), []);
});

test('transactions of one item', async () => {
  const puts = (i, n) => range(n).map((k) => ({Put: {TableName: 'Users', Item: item(user(`${i}-${k}`))}}));
  const application = (n) => async (call) => {
    await call('CreateTable', table('Users', 'id:S'));
    for (const i of range(6)) await call('TransactWriteItems', {TransactItems: puts(i, n)});
  };
  const faulty = await adviseOn(application(1));
  assert.equal(found(faulty, 'single-item-transaction')[0]?.severity, 'warning');
  assert.deepEqual((await adviseOn(application(2))).findings, []);
});

test('retries without a pause', async () => {
  const application = (pause) => async (call) => {
    await call('CreateTable', table('Users', 'id:S'));
    await call('PutItem', {TableName: 'Users', Item: item(user(1))});
    for (const i of range(30)) {
      await refused(
        call('PutItem', {TableName: 'Users', Item: item(user(1)), ConditionExpression: 'attribute_not_exists(id)'}),
      );
      if (pause) await new Promise((resolve) => setTimeout(resolve, 30 + 2 * i));
    }
  };
  const faulty = await adviseOn(application(false));
  const [finding] = found(faulty, 'retry-without-backoff');
  assert.equal(finding?.severity, 'warning');
  assert.equal(evidence(finding, 'attempts in a row'), '30');
  assert.deepEqual(found(await adviseOn(application(true)), 'retry-without-backoff'), []);
});

test('a lock that is tried again and again fails by design', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('Jobs', 'id:S'));
    for (const _ of range(40)) {
      await call('PutItem', {
        TableName: 'Jobs',
        Item: item({id: 'nightly', expires: 2_000_000_000}),
        ConditionExpression: 'attribute_not_exists(id) OR expires < :now',
        ExpressionAttributeValues: item({':now': 1_900_000_000}),
      }).catch((error) => assert.equal(error.code, 'ConditionalCheckFailedException'));
    }
  });
  assert.equal(found(report, 'conditions-fail-often')[0]?.severity, 'note');
  assert.equal(found(report, 'retry-without-backoff')[0]?.severity, 'note');
});

test('many buyers of one item are no retries', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('Tickets', 'id:S'));
    await call('PutItem', {TableName: 'Tickets', Item: item({id: 't', remaining: 2})});
    const buy = (connection) =>
      connection('UpdateItem', {
        TableName: 'Tickets',
        Key: item({id: 't'}),
        UpdateExpression: 'SET remaining = remaining - :one',
        ConditionExpression: 'remaining >= :one',
        ExpressionAttributeValues: item({':one': 1}),
      }).catch(() => {});
    // Each has a connection of its own, and comes as soon as the one before has its answer.
    for (const _ of range(40)) await buy(call.apart());
  });
  assert.deepEqual(found(report, 'retry-without-backoff'), []);
});

test('requests that fail between others that succeed are no retries', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('Users', 'id:S'));
    // A service that makes sure of its table whenever it starts.
    for (const i of range(12)) {
      await refused(call('CreateTable', table('Users', 'id:S')));
      await call('PutItem', {TableName: 'Users', Item: item(user(i))});
    }
    // A test that tries the same wrong request beside each right one.
    for (const i of range(12)) {
      await call('PutItem', {TableName: 'Users', Item: item(user(i))});
      await refused(call('PutItem', {TableName: 'Users', Item: item({id: ''})}));
    }
  });
  assert.deepEqual(found(report, 'retry-without-backoff'), []);
});

test('undefined values in requests', async () => {
  const send = async (call, input) => refused(call('PutItem', {TableName: 'Users', Item: input}));
  const faulty = await adviseOn(async (call) => {
    await call('CreateTable', table('Users', 'id:S'));
    for (const i of range(4)) await send(call, {id: {S: `u${i}`}, address: {M: {street: {S: undefined}}}});
    await send(call, {name: {S: 'n'}});
    await refused(
      call('UpdateItem', {
        TableName: 'Users',
        Key: item({id: 'u1'}),
        UpdateExpression: 'SET a = :a, b = :b',
        ExpressionAttributeValues: {':a': {S: 'a'}, ':b': undefined},
      }),
    );
  });
  const findings = found(faulty, 'undefined-value');
  const at = findings.map((finding) => `${finding.severity} ${evidence(finding, 'attribute')}`).sort();
  assert.deepEqual(at, ['note :b', 'note id', 'warning Item.address.street']);
  const proper = await adviseOn(async (call) => {
    await call('CreateTable', table('Users', 'id:S'));
    await call('PutItem', {TableName: 'Users', Item: {id: {S: 'u1'}, address: {M: {}}}});
  });
  assert.deepEqual(proper.findings, []);
});

test('texts of undefined values inside maps and lists', async () => {
  const application = (owner) => async (call) => {
    await call('CreateTable', table('Users', 'id:S'));
    for (const i of range(3)) {
      await call('PutItem', {TableName: 'Users', Item: item({id: `u${i}`, settings: {teams: [{owner}]}})});
    }
  };
  const [finding] = found(await adviseOn(application('undefined')), 'undefined-value');
  assert.equal(finding?.severity, 'warning');
  assert.match(finding.title, /"settings" holds/);
  assert.deepEqual((await adviseOn(application('ann'))).findings, []);
});

test('NULL where other items have a value', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('Users', 'id:S'));
    await load(call, 'Users', range(20).map((i) => ({id: `u${i}`, email: i % 2 ? `u${i}@example.com` : null})));
  });
  assert.equal(found(report, 'attribute-types-mixed')[0]?.severity, 'note');
});

test('NULL in every item', async () => {
  const application = (attribute, filter) => async (call) => {
    await call('CreateTable', table('Users', 'id:S'));
    await load(call, 'Users', range(20).map((i) => ({id: `u${i}`, [attribute]: null})));
    if (!filter) return;
    await call('Scan', {
      TableName: 'Users',
      FilterExpression: '#a = :a',
      ExpressionAttributeNames: {'#a': attribute},
      ExpressionAttributeValues: {':a': filter},
    });
  };
  const mixed = async (...options) => found(await adviseOn(application(...options)), 'attribute-types-mixed');
  const [finding] = await mixed('email', {S: 'a@example.com'});
  assert.equal(finding?.severity, 'note');
  assert.match(finding.title, /"email" is NULL in every item/);
  assert.match(evidence(finding, 'compared by'), /Scan.*#a = :a/);
  // Nobody asks, whoever asks looks for NULL, or a state that begins with nothing.
  assert.deepEqual(await mixed('email'), []);
  assert.deepEqual(await mixed('email', {NULL: true}), []);
  assert.deepEqual(await mixed('deletedAt', {S: '2026-11-25'}), []);
  assert.deepEqual(await mixed('parentId', {S: 'p1'}), []);
});

test('expressions and statements made from strings', async () => {
  const application = (update, select) => async (call) => {
    await call('CreateTable', table('Stats', 'id:S'));
    await load(call, 'Stats', range(20).map((i) => ({id: `s${i}`})));
    for (const i of range(20)) {
      await call('UpdateItem', {
        TableName: 'Stats',
        Key: item({id: `s${i}`}),
        ExpressionAttributeValues: item({':one': 1}),
        ...update(i),
      });
      await call('ExecuteStatement', select(i));
    }
  };
  const faulty = await adviseOn(
    application(
      (i) => ({UpdateExpression: `ADD visits_day${i} :one`}),
      (i) => ({Statement: `SELECT * FROM "Stats" WHERE id = 's${i}'`}),
    ),
  );
  const findings = found(faulty, 'expression-glued');
  assert.equal(findings.length, 2);
  assert.ok(findings.every((finding) => finding.severity === 'warning' && finding.count === 20));
  assert.ok(findings.some((finding) => /injection/.test(finding.consequence)));

  const proper = await adviseOn(
    application(
      (i) => ({UpdateExpression: 'ADD #d :one', ExpressionAttributeNames: {'#d': `visits_day${i % 3}`}}),
      (i) => ({Statement: 'SELECT * FROM "Stats" WHERE id = ?', Parameters: [{S: `s${i}`}]}),
    ),
  );
  assert.deepEqual(loud(proper), []);
});

test('more texts than are told apart', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('Stats', 'id:S'));
    for (const i of range(260)) await call('ExecuteStatement', {Statement: `SELECT * FROM "Stats" WHERE id = 's${i}'`});
  });
  const [finding] = found(report, 'expression-glued');
  assert.equal(evidence(finding, 'different texts'), '200 or more');
  assert.match(finding.title, /200 or more variants/);
});

test('UnprocessedItems that are not sent again', async () => {
  const application = (again) => async (call) => {
    await call('CreateTable', table('Stock', 'id:S'));
    // A transaction holds the item for a while; a batch that meets it hands the write back.
    const held = call('TransactWriteItems', {
      TransactItems: range(2).map((i) => ({Put: {TableName: 'Stock', Item: item({id: `s${i}`, n: 1})}})),
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    let RequestItems = {Stock: [{PutRequest: {Item: item({id: 's0', n: 2})}}, {PutRequest: {Item: item({id: 'x', n: 2})}}]};
    const {UnprocessedItems} = await call('BatchWriteItem', {RequestItems});
    assert.equal(UnprocessedItems.Stock?.length, 1);
    await held;
    for (RequestItems = UnprocessedItems; again && RequestItems.Stock; ) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      ({UnprocessedItems: RequestItems} = await call('BatchWriteItem', {RequestItems}));
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  };
  const args = ['--transaction-hold-ms', '300'];
  const faulty = await adviseOn(application(false), {args});
  assert.equal(found(faulty, 'unprocessed-ignored')[0]?.severity, 'error');
  assert.deepEqual((await adviseOn(application(true), {args})).findings, []);
});

test('UnprocessedKeys, and the same page once more', async () => {
  const application = (again) => async (call) => {
    await call('CreateTable', table('Images', 'id:S'));
    const ids = range(60).map((i) => `i${i}`);
    for (const id of ids) await call('PutItem', {TableName: 'Images', Item: item({id, data: 'x'.repeat(300_000)})});
    const all = {Images: {Keys: ids.map((id) => item({id}))}};
    for (let left = all, i = 0; left.Images && i < 4; ++i) {
      const {UnprocessedKeys} = await call('BatchGetItem', {RequestItems: left});
      left = again ? UnprocessedKeys : all;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  };
  const [finding] = found(await adviseOn(application(false)), 'unprocessed-ignored');
  assert.equal(finding?.severity, 'warning');
  assert.equal(evidence(finding, 'sent again'), '0');
  assert.deepEqual(found(await adviseOn(application(true)), 'unprocessed-ignored'), []);
});

test('items above 400 KB', async () => {
  const faulty = await adviseOn(async (call) => {
    await call('CreateTable', table('Docs', 'id:S'));
    for (const i of range(6)) {
      const put = call('PutItem', {TableName: 'Docs', Item: item({id: `d${i}`, text: 'x'.repeat(i % 2 ? 500_000 : 2000)})});
      await (i % 2 ? refused(put) : put);
    }
    await refused(
      call('UpdateItem', {
        TableName: 'Docs',
        Key: item({id: 'd0'}),
        UpdateExpression: 'SET more = :m',
        ConditionExpression: 'attribute_exists(id)',
        ExpressionAttributeValues: item({':m': 'y'.repeat(420_000)}),
      }),
    );
  });
  const [puts, update] = found(faulty, 'item-too-large');
  assert.equal(puts?.severity, 'error');
  assert.equal(puts.table, 'Docs');
  assert.equal(evidence(puts, 'operation'), 'PutItem');
  assert.equal(evidence(puts, 'requests refused'), '3');
  assert.match(evidence(puts, 'largest request'), /^488/);
  assert.equal(update?.severity, 'note');
  assert.equal(evidence(update, 'operation'), 'UpdateItem');
});

test('a transaction that conflicts, sent again at once with a new token and log entry', async () => {
  const transfer = (i) => ({
    ClientRequestToken: `token-${i}-${'x'.repeat(10)}`,
    TransactItems: [
      {
        Update: {
          TableName: 'Wallets',
          Key: item({id: 'w'}),
          UpdateExpression: 'ADD balance :one',
          ExpressionAttributeValues: item({':one': 1}),
        },
      },
      {Put: {TableName: 'Wallets', Item: item({id: `log${i}`})}},
    ],
  });
  const faulty = await adviseOn(
    async (call) => {
      await call('CreateTable', table('Wallets', 'id:S'));
      const held = call('TransactWriteItems', transfer('first'));
      await new Promise((resolve) => setTimeout(resolve, 50));
      for (const i of range(8)) await refused(call('TransactWriteItems', transfer(i)));
      await held;
    },
    {args: ['--transaction-hold-ms', '500']},
  );
  const [finding] = found(faulty, 'retry-without-backoff');
  assert.equal(finding?.severity, 'warning');
  assert.equal(evidence(finding, 'attempts in a row'), '8');
});

test('a partition key that is a date', async () => {
  const application = (key) => async (call) => {
    await call('CreateTable', table('Events', 'day:S', 'id:S'));
    await load(call, 'Events', range(400).map((i) => ({day: key(i), id: `e${i}`})));
  };
  for (const key of [
    () => '2026-11-25',
    (i) => (i < 100 ? '2026-10' : '2026-11'),
    (i) => `DAY#${i < 200 ? '20261125' : '20261126'}`,
  ]) {
    const [finding] = found(await adviseOn(application(key)), 'date-partition-key');
    assert.equal(finding?.severity, 'warning', key(0));
    assert.equal(evidence(finding, 'writes'), '400');
  }
  for (const key of [(i) => `d${i % 4}#2026-11-25`, (i) => `2026-${10 + (i % 3)}-${10 + (i % 19)}`, () => 'settings']) {
    assert.deepEqual(found(await adviseOn(application(key)), 'date-partition-key'), [], key(0));
  }
});

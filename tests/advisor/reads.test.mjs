// Faulty ways to read, and their proper twins, which the advisor has nothing to say about.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {adviseOn, attribute, evidence, found, item, load, loud, query, range, table} from './application.mjs';

const orders = range(300).map((i) => ({
  customer: `c${i % 3}`,
  id: `o${String(i).padStart(4, '0')}`,
  status: i % 20 === 0 ? 'open' : 'shipped',
  total: i,
}));

test('what to do about a filter: PartiQL, and types that keys do not have', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('Orders', 'customer:S', 'id:S'));
    await load(call, 'Orders', orders.map((o) => ({...o, paid: o.status !== 'open'})));
    for (const i of range(5)) {
      const Parameters = [attribute(`c${i % 3}`), attribute('open')];
      await call('ExecuteStatement', {Statement: 'SELECT * FROM Orders WHERE customer = ? AND status = ?', Parameters});
      await call('Query', {
        TableName: 'Orders',
        KeyConditionExpression: 'customer = :c',
        FilterExpression: 'paid = :p',
        ExpressionAttributeValues: {':c': Parameters[0], ':p': {BOOL: false}},
      });
    }
  });
  const byOperation = (name) => found(report, 'filter-discards-most').find((f) => evidence(f, 'operation') === name || f.example.includes(name));
  const statement = byOperation('Statement');
  assert.match(statement.advice, /^Put "status" into the key/);
  assert.ok(evidence(statement, 'with the index'), 'an index is proposed for a statement as well');
  const bool = byOperation('FilterExpression');
  assert.match(bool.advice, /^No key can be of the type of "paid"\..*sparse global secondary index/);
});

test('a filter that discards most of what is read', async () => {
  const faulty = await adviseOn(async (call) => {
    await call('CreateTable', table('Orders', 'customer:S', 'id:S'));
    await load(call, 'Orders', orders);
    for (const i of range(5)) {
      await call('Query', {
        TableName: 'Orders',
        KeyConditionExpression: 'customer = :c',
        FilterExpression: '#s = :s',
        ExpressionAttributeNames: {'#s': 'status'},
        ExpressionAttributeValues: item({':c': `c${i % 3}`, ':s': 'open'}),
      });
    }
  });
  const [finding] = found(faulty, 'filter-discards-most');
  assert.equal(finding?.severity, 'warning');
  assert.equal(finding.table, 'Orders');
  assert.equal(evidence(finding, 'items read'), '500');
  assert.equal(evidence(finding, 'items returned'), '25');
  assert.match(finding.advice, /"status"/);
  assert.match(finding.example, /FilterExpression/);
  assert.equal(finding.userAgent, 'test-app/1.0');

  const proper = await adviseOn(async (call) => {
    await call('CreateTable', table('Orders', 'customer:S', 'id:S', {indexes: {open: ['customer:S', 'openSince:N']}}));
    await load(call, 'Orders', orders.map((o) => (o.status === 'open' ? {...o, openSince: o.total} : o)));
    for (const i of range(5)) {
      await query(call, {
        TableName: 'Orders',
        IndexName: 'open',
        KeyConditionExpression: 'customer = :c',
        ExpressionAttributeValues: item({':c': `c${i % 3}`}),
      });
    }
  });
  assert.deepEqual(loud(proper), []);
});

test('a table that is searched with Scan', async () => {
  const faulty = await adviseOn(async (call) => {
    await call('CreateTable', table('Users', 'id:S'));
    await load(call, 'Users', range(60).map((i) => ({id: `u${i}`, email: `u${i}@example.com`})));
    for (const i of range(4)) {
      await call('Scan', {
        TableName: 'Users',
        FilterExpression: 'email = :e',
        ExpressionAttributeValues: item({':e': `u${i}@example.com`}),
      });
    }
  });
  assert.equal(found(faulty, 'scan-on-request-path')[0]?.severity, 'warning');

  const proper = await adviseOn(async (call) => {
    await call('CreateTable', table('Users', 'id:S', undefined, {indexes: {byEmail: ['email:S']}}));
    await load(call, 'Users', range(60).map((i) => ({id: `u${i}`, email: `u${i}@example.com`})));
    for (const i of range(4)) {
      await call('Query', {
        TableName: 'Users',
        IndexName: 'byEmail',
        KeyConditionExpression: 'email = :e',
        ExpressionAttributeValues: item({':e': `u${i}@example.com`}),
      });
    }
  });
  assert.deepEqual(loud(proper), []);
});

test('a filter on an attribute that is spelt otherwise', async () => {
  const application = (attribute) => async (call) => {
    await call('CreateTable', table('Notes', 'id:S'));
    await load(call, 'Notes', range(12).map((i) => ({id: `n${i}`, userId: `u${i % 3}`})));
    for (const i of range(3)) {
      await call('Scan', {
        TableName: 'Notes',
        FilterExpression: `${attribute} = :u`,
        ExpressionAttributeValues: item({':u': `u${i}`}),
      });
    }
  };
  const [finding] = found(await adviseOn(application('userID')), 'filter-attribute-unknown');
  assert.equal(finding?.severity, 'warning');
  assert.match(finding.title, /"userID", which no item has; items have "userId"/);
  assert.deepEqual(found(await adviseOn(application('userId')), 'filter-attribute-unknown'), []);
  assert.deepEqual(found(await adviseOn(application('archived')), 'filter-attribute-unknown'), []);
});

test('a Scan that filters by the partition key, whatever the size', async () => {
  const application = (FilterExpression) => async (call) => {
    await call('CreateTable', table('Flags', 'env:S', 'flag:S'));
    await load(call, 'Flags', range(12).map((i) => ({env: i % 2 ? 'prod' : 'test', flag: `f${i}`, label: `n${i % 2}`})));
    const ExpressionAttributeValues = item({':v': FilterExpression.startsWith('env') ? 'prod' : 'n1'});
    for (const _ of range(8)) await call('Scan', {TableName: 'Flags', FilterExpression, ExpressionAttributeValues});
  };
  const [finding] = found(await adviseOn(application('env = :v')), 'scan-on-request-path');
  assert.equal(finding?.severity, 'warning');
  assert.match(finding.title, /"env", its own partition key/);
  assert.match(finding.advice, /Query with KeyConditionExpression "env = /);
  assert.deepEqual(loud(await adviseOn(application('label = :v'))), []);
});

test('scans of a small table, or of a whole one', async () => {
  const application = (items, input, times) => async (call) => {
    await call('CreateTable', table('Roles', 'id:S'));
    await load(call, 'Roles', items);
    for (const _ of range(times)) await call('Scan', {TableName: 'Roles', ...input});
  };
  const severity = async (...given) => found(await adviseOn(application(...given)), 'scan-on-request-path')[0]?.severity;
  const kept = {FilterExpression: 'inUse = :t', ExpressionAttributeValues: item({':t': true})};
  const roles = range(12).map((i) => ({id: `r${i}`, inUse: i % 2 === 0}));
  assert.equal(await severity(roles, kept, 10), 'note');
  assert.equal(await severity(roles.map((role) => ({...role, rights: 'r'.repeat(500)})), kept, 10), 'warning');
  const products = range(180).map((i) => ({id: `p${i}`, about: 'a'.repeat(400)}));
  assert.equal(await severity(products, {}, 8), 'warning');
  assert.equal(await severity(products, {}, 3), 'note');
});

test('a search that no partition key can serve', async () => {
  const advice = async (FilterExpression) => {
    const report = await adviseOn(async (call) => {
      await call('CreateTable', table('Plants', 'id:S'));
      await load(call, 'Plants', range(60).map((i) => ({id: `p${i}`, label: `label ${i}`, height: i})));
      for (const i of range(4)) {
        await call('Scan', {TableName: 'Plants', FilterExpression, ExpressionAttributeValues: item({':x': `${i}`})});
      }
    });
    return found(report, 'scan-on-request-path')[0].advice;
  };
  assert.match(await advice('contains(label, :x) OR contains(id, :x)'), /No key serves contains\(\)/);
  assert.match(await advice('height < :x'), /sort key is the attribute/);
  assert.match(await advice('label = :x'), /partition key is the attribute/);
});

const big = 'x'.repeat(10_000);

test('a result that is cut at 1 MB, and nobody asks for the rest', async () => {
  const application = (read) => async (call) => {
    await call('CreateTable', table('Events', 'device:S', 'at:N'));
    await load(call, 'Events', range(130).map((i) => ({device: 'd1', at: i, data: big})));
    await read(call, {
      TableName: 'Events',
      KeyConditionExpression: 'device = :d',
      ExpressionAttributeValues: item({':d': 'd1'}),
    });
  };
  const faulty = await adviseOn(application((call, input) => call('Query', input)));
  assert.equal(found(faulty, 'page-token-ignored')[0]?.severity, 'error');
  assert.match(faulty.findings[0].advice, /paginateQuery/);

  const proper = await adviseOn(
    application(async (call, input) => assert.equal((await query(call, input)).length, 130)),
  );
  assert.deepEqual(loud(proper), []);
});

test('the first page of a Scan taken for the table', async () => {
  const application = (read) => async (call) => {
    await call('CreateTable', table('Items', 'id:S'));
    await load(call, 'Items', range(40).map((i) => ({id: `i${i}`})));
    for (const _ of range(2)) await read(call);
  };
  const faulty = await adviseOn(application((call) => call('Scan', {TableName: 'Items', Limit: 10})));
  assert.equal(found(faulty, 'page-token-ignored')[0]?.severity, 'warning');
  const proper = await adviseOn(
    application(async (call) => {
      let ExclusiveStartKey;
      do {
        ({LastEvaluatedKey: ExclusiveStartKey} = await call('Scan', {TableName: 'Items', Limit: 10, ExclusiveStartKey}));
      } while (ExclusiveStartKey);
    }),
  );
  assert.deepEqual(loud(proper), []);
});

test('the newest items, with Limit, need no next page', async () => {
  const proper = await adviseOn(async (call) => {
    await call('CreateTable', table('Events', 'device:S', 'at:N'));
    await load(call, 'Events', range(100).map((i) => ({device: `d${i % 4}`, at: i})));
    for (const i of range(12)) {
      await call('Query', {
        TableName: 'Events',
        KeyConditionExpression: 'device = :d',
        ExpressionAttributeValues: item({':d': `d${i % 4}`}),
        ScanIndexForward: false,
        Limit: 5,
      });
    }
  });
  assert.deepEqual(proper.findings, []);
});

test('a few completions of what was typed need no next page', async () => {
  const application = (prefix) => async (call) => {
    await call('CreateTable', table('Terms', 'language:S', 'term:S'));
    await load(call, 'Terms', range(100).map((i) => ({language: 'en', term: `${prefix}${i % 10}${i}`})));
    for (const i of range(12)) {
      await call('Query', {
        TableName: 'Terms',
        KeyConditionExpression: '#l = :l AND begins_with(term, :p)',
        ExpressionAttributeNames: {'#l': 'language'},
        ExpressionAttributeValues: item({':l': 'en', ':p': `${prefix}${i % 10}`}),
        Limit: 3,
      });
    }
  };
  assert.deepEqual((await adviseOn(application('term'))).findings, []);
  assert.equal(found(await adviseOn(application('ORDER#')), 'page-token-ignored')[0]?.severity, 'note');
});

test('Limit meant for what the filter lets through', async () => {
  const application = (read) => async (call) => {
    await call('CreateTable', table('Orders', 'customer:S', 'id:S'));
    await load(call, 'Orders', orders);
    for (const i of range(3)) {
      await read(call, {
        TableName: 'Orders',
        KeyConditionExpression: 'customer = :c',
        FilterExpression: '#t < :t',
        ExpressionAttributeNames: {'#t': 'total'},
        ExpressionAttributeValues: item({':c': `c${i}`, ':t': 270}),
        Limit: 10,
      });
      await read(call, {
        TableName: 'Orders',
        KeyConditionExpression: 'customer = :c',
        FilterExpression: '#t > :t',
        ExpressionAttributeNames: {'#t': 'total'},
        ExpressionAttributeValues: item({':c': `c${i}`, ':t': 10}),
        Limit: 10,
      });
    }
  };
  const faulty = await adviseOn(application((call, input) => call('Query', input)));
  assert.equal(found(faulty, 'limit-before-filter')[0]?.severity, 'warning');
  const proper = await adviseOn(application(query));
  assert.deepEqual(loud(proper), []);
});

test('a page that will pass 1 MB', async () => {
  const application = (count) => async (call) => {
    await call('CreateTable', table('Events', 'device:S', 'at:N'));
    await load(call, 'Events', range(count).map((i) => ({device: 'd1', at: i, data: big})));
    await query(call, {
      TableName: 'Events',
      KeyConditionExpression: 'device = :d',
      ExpressionAttributeValues: item({':d': 'd1'}),
    });
  };
  const near = await adviseOn(application(40));
  assert.equal(found(near, 'page-near-limit')[0]?.severity, 'note');
  assert.match(found(near, 'page-near-limit')[0].advice, /does not help, since the 1 MB are counted before/);
  const small = await adviseOn(application(5));
  assert.deepEqual(small.findings, []);
});

test('reads of what was written a moment ago', async () => {
  const application = (read, times = 40, {items = times, remove = false} = {}) => async (call) => {
    await call('CreateTable', table('Tasks', 'id:S', undefined, {indexes: {byOwner: ['owner:S', 'id:S']}}));
    for (const i of range(times)) {
      const n = i % items;
      await call('PutItem', {TableName: 'Tasks', Item: item({id: `t${n}`, owner: `o${n}`})});
      await read(call, n);
      if (remove) await call('DeleteItem', {TableName: 'Tasks', Key: item({id: `t${n}`})});
    }
  };
  const byOwner = (call, i) =>
    call('Query', {
      TableName: 'Tasks',
      IndexName: 'byOwner',
      KeyConditionExpression: '#o = :o',
      ExpressionAttributeNames: {'#o': 'owner'},
      ExpressionAttributeValues: item({':o': `o${i}`}),
    });
  const get = (call, i, ConsistentRead) =>
    call('GetItem', {TableName: 'Tasks', Key: item({id: `t${i}`}), ConsistentRead});
  const index = await adviseOn(application(byOwner));
  assert.equal(found(index, 'stale-read')[0]?.severity, 'warning');
  assert.equal(found(index, 'stale-read')[0].index, 'byOwner');
  const few = await adviseOn(application(byOwner, 12));
  assert.equal(found(few, 'stale-read')[0]?.severity, 'note');
  const removed = await adviseOn(application(byOwner, 40, {remove: true}));
  assert.deepEqual(found(removed, 'stale-read'), []);
  const changed = await adviseOn(application((call, i) => get(call, i, false), 240, {items: 20}));
  assert.equal(found(changed, 'stale-read')[0]?.severity, 'warning');
  const created = await adviseOn(application((call, i) => get(call, i, false), 240));
  assert.equal(found(created, 'stale-read')[0]?.severity, 'note');
  const cleaned = await adviseOn(application((call, i) => get(call, i, false), 240, {remove: true}));
  assert.deepEqual(found(cleaned, 'stale-read'), []);
  const tests = await adviseOn(application((call, i) => get(call, i, false)));
  assert.equal(found(tests, 'stale-read')[0]?.severity, 'note');
  const proper = await adviseOn(application((call, i) => get(call, i, true)));
  assert.deepEqual(found(proper, 'stale-read'), []);
  assert.deepEqual(found(proper, 'consistent-read-unneeded'), []);
});

test('reads of an index by workers that each read what they have written', async () => {
  const application = (reads) => async (call) => {
    await call('CreateTable', table('Tasks', 'id:S', undefined, {indexes: {byOwner: ['owner:S']}}));
    const worker = async (w) => {
      for (const i of range(12)) {
        await call('PutItem', {TableName: 'Tasks', Item: item({id: `t${w}-${i}`, owner: `o${w}-${i}`})});
        await call('Query', {
          TableName: 'Tasks',
          IndexName: 'byOwner',
          KeyConditionExpression: '#o = :o',
          ExpressionAttributeNames: {'#o': 'owner'},
          ExpressionAttributeValues: item({':o': `o${reads === 'own' ? w : 9}-${i}`}),
        });
      }
    };
    await Promise.all(range(4).map(worker));
  };
  assert.equal(found(await adviseOn(application('own')), 'stale-read')[0]?.severity, 'warning');
  assert.deepEqual(found(await adviseOn(application('others')), 'stale-read'), []);
});

test('strongly consistent reads that nothing needs', async () => {
  const application = (ConsistentRead) => async (call) => {
    await call('CreateTable', table('Products', 'id:S'));
    // Read by another process than the one that wrote them.
    for (const i of range(120)) {
      await call('GetItem', {TableName: 'Products', Key: item({id: `p${i % 50}`}), ConsistentRead});
    }
  };
  const faulty = await adviseOn(application(true));
  assert.equal(found(faulty, 'consistent-read-unneeded')[0]?.severity, 'warning');
  const proper = await adviseOn(application(false));
  assert.deepEqual(loud(proper), []);
});

test('a query that shows at once how much its filter discards', async () => {
  const once = (FilterExpression, values) => async (call) => {
    await call('CreateTable', table('Orders', 'customer:S', 'id:S'));
    await load(call, 'Orders', orders.map((order) => ({...order, customer: 'c0'})));
    await query(call, {
      TableName: 'Orders',
      KeyConditionExpression: 'customer = :c',
      FilterExpression,
      ExpressionAttributeNames: {'#s': 'status'},
      ExpressionAttributeValues: item({':c': 'c0', ...values}),
    });
  };
  const [finding] = found(await adviseOn(once('#s = :s', {':s': 'open'})), 'filter-discards-most');
  assert.equal(finding?.severity, 'warning');
  assert.equal(finding.count, 1);
  const [kept] = found(await adviseOn(once('#s = :s', {':s': 'shipped'})), 'filter-discards-most');
  assert.equal(kept, undefined);
});

test('which attribute of a filter becomes the key', async () => {
  const application = (FilterExpression, values = {}) => async (call) => {
    await call('CreateTable', table('People', 'id:S'));
    await load(
      call,
      'People',
      range(200).map((i) => ({id: `u${i}`, email: `e${i}`, owner: `o${i % 20}`, status: i % 10 ? 'active' : 'blocked', pad: 'p'.repeat(300)})),
    );
    for (const i of range(10)) {
      await call('Scan', {
        TableName: 'People',
        FilterExpression,
        ExpressionAttributeNames: {'#a': 'status', '#b': 'email'},
        ExpressionAttributeValues: item({...values, ':b': `e${i + 1}`}),
      });
    }
  };
  const [both] = found(await adviseOn(application('#a = :a AND #b = :b', {':a': 'active'})), 'filter-discards-most');
  assert.match(both?.advice ?? '', /Make "email" the partition key/);
  assert.match(both.advice, /by_email_id .*the other conditions stay in its filter/);
  assert.doesNotMatch(both.advice, /reads only what it returns/);
  const [either] = found(await adviseOn(application('#b = :b OR #a = :b')), 'filter-discards-most');
  assert.match(either?.advice ?? '', /one Query for each alternative/);
  assert.doesNotMatch(either.advice, /partition key of a global/);
});

// Items that will hurt, and proper ones.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {adviseOn, evidence, found, item, load, loud, range, table} from './application.mjs';

const put = (call, TableName, plain) => call('PutItem', {TableName, Item: item(plain)});

test('items near 400 KB', async () => {
  const application = (size) => async (call) => {
    await call('CreateTable', table('Files', 'id:S'));
    for (const i of range(3)) await put(call, 'Files', {id: `f${i}`, data: 'x'.repeat(size)});
  };
  const faulty = await adviseOn(application(350_000));
  assert.equal(found(faulty, 'large-item')[0]?.severity, 'warning');
  assert.match(found(faulty, 'large-item')[0].advice, /S3/);
  assert.deepEqual((await adviseOn(application(2_000))).findings, []);
});

test('a large item rewritten for a change inside a map', async () => {
  const application = (size) => async (call) => {
    await call('CreateTable', table('Games', 'id:S'));
    const state = (turn) => ({board: 'b'.repeat(size), turns: [{turn}]});
    for (const turn of range(30)) await put(call, 'Games', {id: 'g1', state: state(turn)});
  };
  const [finding] = found(await adviseOn(application(12_000)), 'large-item-small-change');
  assert.equal(finding?.severity, 'warning');
  assert.match(finding.title, /11\.\d KB are rewritten to change \d+ bytes/);
  assert.deepEqual(found(await adviseOn(application(2_000)), 'large-item-small-change'), []);
});

test('a list that only grows', async () => {
  const faulty = await adviseOn(async (call) => {
    await call('CreateTable', table('Threads', 'id:S'));
    await put(call, 'Threads', {id: 't', comments: []});
    for (const i of range(120)) {
      await call('UpdateItem', {
        TableName: 'Threads',
        Key: item({id: 't'}),
        UpdateExpression: 'SET comments = list_append(comments, :c)',
        ConditionExpression: 'attribute_exists(id)',
        ExpressionAttributeValues: item({':c': [`comment ${i}`]}),
      });
    }
  });
  const [finding] = found(faulty, 'growing-list');
  assert.equal(finding?.severity, 'warning');
  assert.equal(evidence(finding, 'most elements'), '120');

  const trimmed = await adviseOn(async (call) => {
    await call('CreateTable', table('Threads', 'id:S'));
    for (const i of range(60)) await put(call, 'Threads', {id: 't', newest: range(1 + (i % 20))});
    for (const i of range(60)) await put(call, 'Threads', {id: 't', newest: range(20 - (i % 20))});
  });
  assert.deepEqual(found(trimmed, 'growing-list'), []);

  const proper = await adviseOn(async (call) => {
    await call('CreateTable', table('Threads', 'thread:S', 'comment:N'));
    for (const i of range(120)) await put(call, 'Threads', {thread: `t${i % 30}`, comment: i, text: `comment ${i}`});
  });
  assert.deepEqual(loud(proper), []);
});

test('a map that only grows', async () => {
  const application = (entries, remove) => async (call) => {
    await call('CreateTable', table('Votes', 'poll:S'));
    await put(call, 'Votes', {poll: 'p', votes: {}});
    const update = (UpdateExpression, user, values) =>
      call('UpdateItem', {
        TableName: 'Votes',
        Key: item({poll: 'p'}),
        UpdateExpression,
        ConditionExpression: 'attribute_exists(poll)',
        ExpressionAttributeNames: {'#u': user},
        ...(values ? {ExpressionAttributeValues: item(values)} : {}),
      });
    for (const i of range(entries)) {
      await update('SET votes.#u = :v', `user-${i}`, {':v': 'yes'});
      if (remove && i % 2 === 1) await update('REMOVE votes.#u', `user-${i - 1}`);
    }
  };
  const grown = async (...options) => found(await adviseOn(application(...options)), 'growing-list');
  const [finding] = await grown(120);
  assert.equal(finding?.severity, 'warning');
  assert.match(finding.title, /The map "votes"/);
  assert.equal(evidence(finding, 'most entries'), '120');
  assert.equal((await grown(40))[0]?.severity, 'note');
  // The fields of a form, filled in one by one; entries that go again.
  assert.deepEqual(await grown(15), []);
  assert.deepEqual(await grown(120, true), []);
});

test('a large item rewritten for a counter', async () => {
  const count = (call, key, attribute) =>
    call('UpdateItem', {
      TableName: 'Pages',
      Key: item(key),
      UpdateExpression: `ADD ${attribute} :one`,
      ExpressionAttributeValues: item({':one': 1}),
    });
  const faulty = await adviseOn(async (call) => {
    await call('CreateTable', table('Pages', 'id:S', 'part:S'));
    await put(call, 'Pages', {id: 'p', part: 'all', text: 'x'.repeat(30_000)});
    for (const _ of range(15)) await count(call, {id: 'p', part: 'all'}, 'hits');
  });
  const [finding] = found(faulty, 'large-item-small-change');
  assert.equal(finding?.severity, 'warning');
  assert.equal(evidence(finding, 'write units'), '450');
  const proper = await adviseOn(async (call) => {
    await call('CreateTable', table('Pages', 'id:S', 'part:S'));
    await put(call, 'Pages', {id: 'p', part: 'text', text: 'x'.repeat(30_000)});
    for (const _ of range(15)) await count(call, {id: 'p', part: 'hits'}, 'hits');
  });
  assert.deepEqual(loud(proper), []);
});

test('a large part that is taken away is no small change', async () => {
  const draft = 'x'.repeat(9_000);
  for (const [path, parts] of [['draft', {draft}], ['parts.draft', {parts: {draft, more: 'y'}}]]) {
    const report = await adviseOn(async (call) => {
      await call('CreateTable', table('Pages', 'id:S'));
      for (const i of range(15)) {
        await put(call, 'Pages', {id: `p${i}`, text: draft, ...parts});
        await call('UpdateItem', {
          TableName: 'Pages',
          Key: item({id: `p${i}`}),
          UpdateExpression: `REMOVE ${path}`,
          ConditionExpression: 'attribute_exists(id)',
        });
      }
    });
    assert.deepEqual(loud(report), [], path);
  }
});

test('the value of settings by name has the type of the setting', async () => {
  const application = (key, attribute) => async (call) => {
    await call('CreateTable', table('Settings', 'scope:S', `${key}:S`));
    for (const i of range(10)) {
      await put(call, 'Settings', {scope: `u${i}`, [key]: 'ui.size', [attribute]: 12});
      await put(call, 'Settings', {scope: `u${i}`, [key]: 'ui.theme', [attribute]: 'dark'});
    }
  };
  assert.deepEqual(loud(await adviseOn(application('key', 'value'))), []);
  const [mixed] = found(await adviseOn(application('day', 'price')), 'attribute-types-mixed');
  assert.equal(mixed?.severity, 'warning');
});

test('the same where a word at the end of the key names the setting, or an attribute', async () => {
  const application = (items) => async (call) => {
    await call('CreateTable', table('App', 'pk:S', 'sk:S'));
    for (const i of range(10)) for (const one of items(i)) await put(call, 'App', {pk: `USER#${i}`, ...one});
  };
  const settings = () => [
    {sk: 'SETTING#theme', value: 'dark'},
    {sk: 'SETTING#page-size', value: 12},
  ];
  const changes = (i) => [
    {sk: `CHANGE#${i}`, field: 'name', old: 'a', new: 'b'},
    {sk: `CHANGE#1${i}`, field: 'age', old: 3, new: 4},
  ];
  const answers = () => [
    {sk: 'q-age', answer: 12},
    {sk: 'q-name', answer: 'x'},
  ];
  const survey = async (call) => {
    await call('CreateTable', table('Answers', 'person:S', 'questionId:S'));
    for (const i of range(10)) for (const {sk, answer} of answers()) await put(call, 'Answers', {person: `p${i}`, questionId: sk, answer});
  };
  assert.deepEqual(loud(await adviseOn(survey)), []);
  const prices = () => [
    {sk: 'PRODUCT#shirt', price: '12'},
    {sk: 'PRODUCT#shoe', price: 12},
  ];
  for (const items of [settings, changes]) assert.deepEqual(loud(await adviseOn(application(items))), [], items.name);
  assert.equal(loud(await adviseOn(application(prices)))[0]?.id, 'attribute-types-mixed');
});

test('an attribute with two types', async () => {
  const application = (price) => async (call) => {
    await call('CreateTable', table('Products', 'id:S'));
    await load(call, 'Products', range(30).map((i) => ({id: `p${i}`, price: price(i)})));
  };
  const faulty = await adviseOn(application((i) => (i % 5 ? i : String(i))));
  const [finding] = found(faulty, 'attribute-types-mixed');
  assert.equal(finding?.severity, 'warning');
  assert.equal(evidence(finding, 'types'), 'N in 24 writes, S in 6 writes');
  assert.deepEqual((await adviseOn(application((i) => i))).findings, []);
});

const now = () => Math.floor(Date.now() / 1000);

test('TTL values that never expire anything', async () => {
  const application = (value) => async (call) => {
    await call('CreateTable', table('Carts', 'id:S'));
    await call('UpdateTimeToLive', {
      TableName: 'Carts',
      TimeToLiveSpecification: {Enabled: true, AttributeName: 'ttl'},
    });
    for (const i of range(3)) await put(call, 'Carts', {id: `c${i}`, ttl: value()});
  };
  const cases = [
    ['milliseconds', () => Date.now() + 3_600_000, 'error', /milliseconds/],
    ['a string', () => new Date(Date.now() + 3_600_000).toISOString(), 'error', /not a number/],
    ['microseconds', () => Date.now() * 1000, 'error', /microseconds/],
    ['a duration', () => 3600, 'error', /looks like a duration/],
    ['long past', () => 1_400_000_000, 'error', /five years/],
    ['never', () => 0, 'note', /is 0/],
  ];
  for (const [name, value, severity, title] of cases) {
    const [finding] = found(await adviseOn(application(value)), 'ttl-value-wrong');
    assert.equal(finding?.severity, severity, name);
    assert.match(finding.title, title, name);
  }
  assert.deepEqual((await adviseOn(application(() => now() + 3600))).findings, []);
});

test('TTL on an attribute that no item has', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('Carts', 'id:S'));
    await call('UpdateTimeToLive', {
      TableName: 'Carts',
      TimeToLiveSpecification: {Enabled: true, AttributeName: 'ttl'},
    });
    for (const i of range(12)) await put(call, 'Carts', {id: `c${i}`, expiresAt: now() + 3600});
  });
  assert.match(found(report, 'ttl-value-wrong')[0]?.title ?? '', /"ttl".*"expiresAt"/);
});

test('sessions that nothing cleans up', async () => {
  const application = (ttl) => async (call) => {
    await call('CreateTable', table('Sessions', 'id:S'));
    if (ttl) {
      await call('UpdateTimeToLive', {
        TableName: 'Sessions',
        TimeToLiveSpecification: {Enabled: true, AttributeName: 'expiresAt'},
      });
    }
    for (const i of range(15)) await put(call, 'Sessions', {id: `s${i}`, expiresAt: now() + 3600});
  };
  const faulty = await adviseOn(application(false));
  const [finding] = found(faulty, 'temporary-without-ttl');
  assert.equal(finding?.severity, 'warning');
  assert.equal(evidence(finding, 'such items'), '15');
  assert.deepEqual((await adviseOn(application(true))).findings, []);
});

test('many sessions are looked at in samples', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('Sessions', 'id:S'));
    await load(call, 'Sessions', range(1500).map((i) => ({id: `s${i}`, expiresAt: now() + 3600})));
  });
  const [finding] = found(report, 'temporary-without-ttl');
  assert.match(evidence(finding, 'such items'), /^about 1,[45]\d\d$/);
});

test('a few sessions among many other items', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('App', 'pk:S', 'sk:S'));
    await load(call, 'App', range(900).map((i) => ({pk: `USER#${i}`, sk: 'PROFILE', name: `n${i}`})));
    await load(call, 'App', range(30).map((i) => ({pk: `USER#${i}`, sk: `RESETTOKEN#${i}`, expiresAt: now() + 3600})));
  });
  const [finding] = found(report, 'temporary-without-ttl');
  assert.equal(finding?.severity, 'warning');
  assert.equal(evidence(finding, 'such items'), '30');
});

test('a partition key that is read in the rhythm of a loop', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('Settings', 'id:S'));
    await load(call, 'Settings', range(60).map((i) => ({id: `s${i}`})));
    // The configuration and seven settings in each round: an eighth.
    for (const i of range(2000)) {
      await call('GetItem', {TableName: 'Settings', Key: item({id: i % 8 === 0 ? 'CONFIG' : `s${(i * 7) % 60}`})});
    }
  });
  assert.deepEqual(found(report, 'hot-partition-key'), []);
});

test('one partition key with most of the traffic', async () => {
  const application = (key) => async (call) => {
    await call('CreateTable', table('Settings', 'id:S'));
    await load(call, 'Settings', range(40).map((i) => ({id: `s${i}`})));
    for (const i of range(600)) await call('GetItem', {TableName: 'Settings', Key: item({id: key(i)})});
  };
  const faulty = await adviseOn(application((i) => (i % 4 ? 's0' : `s${i % 40}`)));
  const [finding] = found(faulty, 'hot-partition-key');
  assert.equal(finding?.severity, 'warning');
  assert.match(finding.title, /"s0"/);
  assert.deepEqual(loud(await adviseOn(application((i) => `s${i % 40}`))), []);
});

test('keys with undefined parts', async () => {
  const application = (user) => async (call) => {
    await call('CreateTable', table('App', 'pk:S', 'sk:S'));
    await put(call, 'App', {pk: `USER#${user.id}`, sk: 'PROFILE', name: 'n'});
    await put(call, 'App', {pk: 'USER#2', sk: `ORDER#${user.id}`, name: 'n'});
  };
  const faulty = await adviseOn(application({}));
  const [finding] = found(faulty, 'undefined-value');
  assert.equal(finding?.severity, 'error');
  assert.match(finding.title, /USER#undefined|ORDER#undefined/);
  assert.deepEqual((await adviseOn(application({id: '1'}))).findings, []);
});

// A list is read, and then one request is sent for each of its items; and what only looks so.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {adviseOn, evidence, found, item, load, loud, query, range, table} from './application.mjs';

// Posts and their authors.
const social = async (call) => {
  await call('CreateTable', table('Posts', 'feed:S', 'id:S'));
  await call('CreateTable', table('Users', 'id:S'));
  await load(call, 'Users', range(40).map((i) => ({id: `user-${i}`, name: `n${i}`})));
  await load(call, 'Posts', range(40).map((i) => ({feed: `f${i % 2}`, id: `p${i}`, author: `user-${i}`})));
};
const feed = (call, name) =>
  query(call, {
    TableName: 'Posts',
    KeyConditionExpression: 'feed = :f',
    ExpressionAttributeValues: item({':f': name}),
  });

test('one GetItem for each item of a list', async () => {
  const faulty = await adviseOn(async (call) => {
    await social(call);
    for (const name of ['f0', 'f1']) {
      for (const post of await feed(call, name)) {
        await call('GetItem', {TableName: 'Users', Key: {id: post.author}});
      }
    }
  });
  const [finding] = found(faulty, 'gets-one-by-one');
  assert.equal(finding?.severity, 'warning');
  assert.equal(finding.table, 'Users');
  assert.equal(finding.count, 40);
  assert.match(evidence(finding, 'list read by'), /Query Posts/);

  const proper = await adviseOn(async (call) => {
    await social(call);
    for (const name of ['f0', 'f1']) {
      const Keys = (await feed(call, name)).map((post) => ({id: post.author}));
      await call('BatchGetItem', {RequestItems: {Users: {Keys}}});
    }
  });
  assert.deepEqual(proper.findings, []);
});

test('one GetItem for each id, under keys as ElectroDB makes them', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('App', 'pk:S', 'sk:S'));
    const tasks = range(20).map((t) => ({pk: '$app#boardid_b1', sk: `$task_1#taskid_${t}`, userId: `17ab${t}`}));
    const users = range(20).map((u) => ({pk: `$app#userid_17ab${u}`, sk: '$user_1', userId: `17ab${u}`, name: 'n'}));
    await load(call, 'App', [...tasks, ...users]);
    const list = await query(call, {
      TableName: 'App',
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: item({':p': '$app#boardid_b1'}),
    });
    for (const {userId} of list) {
      await call('GetItem', {TableName: 'App', Key: item({pk: `$app#userid_${userId.S}`, sk: '$user_1'})});
    }
  });
  const [finding] = found(report, 'gets-one-by-one');
  assert.equal(finding?.severity, 'warning');
  assert.equal(finding.count, 20);
  assert.match(evidence(finding, 'list read by'), /Query App/);
});

test('one GetItem for each id, in items with many attributes', async () => {
  const report = await adviseOn(async (call) => {
    await social(call);
    const wide = Object.fromEntries(range(30).map((n) => [`attribute${n}`, `value ${n}`]));
    await load(call, 'Posts', range(20).map((i) => ({feed: 'wide', id: `p${i}`, ...wide, userId: `user-${i}`})));
    for (const {userId} of await feed(call, 'wide')) await call('GetItem', {TableName: 'Users', Key: {id: userId}});
  });
  assert.equal(found(report, 'gets-one-by-one')[0]?.severity, 'warning');
});

test('one GetItem for each line of an order, each member of a set, each entry of a map', async () => {
  const ids = range(8).map((i) => `product-${i}`);
  const orders = {
    lines: ids.map((sku, n) => ({sku, n})),
    set: new Set(ids),
    map: Object.fromEntries(ids.map((id) => [id, {n: 1}])),
  };
  for (const [what, products] of Object.entries(orders)) {
    const report = await adviseOn(async (call) => {
      await call('CreateTable', table('Orders', 'id:S'));
      await call('CreateTable', table('Products', 'id:S'));
      await load(call, 'Products', ids.map((id) => ({id})));
      await load(call, 'Orders', range(3).map((i) => ({id: `o${i}`, products})));
      for (const i of range(3)) {
        await call('GetItem', {TableName: 'Orders', Key: item({id: `o${i}`})});
        await Promise.all(ids.map((id) => call('GetItem', {TableName: 'Products', Key: item({id})})));
      }
    });
    const [finding] = found(report, 'gets-one-by-one');
    assert.equal(finding?.severity, 'warning', what);
    assert.equal(finding.table, 'Products');
  }
});

test('one GetItem for each id inside a map', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('Users', 'id:S'));
    await call('CreateTable', table('Notes', 'board:S', 'n:N'));
    await load(call, 'Users', range(20).map((i) => ({id: `user-${i}`})));
    await load(call, 'Notes', range(20).map((n) => ({board: 'b', n, author: {nick: 'x', id: `user-${n}`}})));
    const notes = await query(call, {
      TableName: 'Notes',
      KeyConditionExpression: 'board = :b',
      ExpressionAttributeValues: item({':b': 'b'}),
    });
    for (const {author} of notes) await call('GetItem', {TableName: 'Users', Key: {id: author.M.id}});
  });
  const [finding] = found(report, 'gets-one-by-one');
  assert.equal(finding?.severity, 'warning');
  assert.match(evidence(finding, 'list read by'), /Query Notes/);
});

test('single reads by many users are no list', async () => {
  const proper = await adviseOn(async (call) => {
    await social(call);
    for (const i of range(30)) {
      await call('GetItem', {TableName: 'Users', Key: item({id: `user-${(i * 7) % 40}`})});
      if (i % 3 === 0) await feed(call, `f${i % 2}`);
    }
  });
  assert.deepEqual(loud(proper), []);
});

test('an index that lacks what its readers need', async () => {
  const application = (projection, read) => async (call) => {
    await call('CreateTable', table('Users', 'id:S', undefined, {indexes: {byTeam: ['team:S', 'id:S', projection]}}));
    await load(call, 'Users', range(40).map((i) => ({id: `u${i}`, team: `t${i % 2}`, name: `n${i}`})));
    for (const team of ['t0', 't1']) {
      const users = await query(call, {
        TableName: 'Users',
        IndexName: 'byTeam',
        KeyConditionExpression: 'team = :t',
        ExpressionAttributeValues: item({':t': team}),
      });
      await read(call, users);
    }
  };
  const faulty = await adviseOn(
    application('KEYS_ONLY', async (call, users) => {
      for (const {id} of users) await call('GetItem', {TableName: 'Users', Key: {id}});
    }),
  );
  const [finding] = found(faulty, 'fetch-after-index-query');
  assert.equal(finding?.severity, 'warning');
  assert.equal(finding.index, 'byTeam');
  assert.deepEqual(found(faulty, 'gets-one-by-one'), []);
  const proper = await adviseOn(application(['name'], async () => {}));
  assert.deepEqual(proper.findings, []);
});

// Groups of eight members each in one table; the items of users have keys of their own.
const club = (read) => async (call) => {
  await call('CreateTable', table('Club', 'pk:S', 'sk:S'));
  const user = (i) => `x${(i % 40) * 977 + 4321}`;
  await load(call, 'Club', range(40).map((i) => ({pk: `USER#${user(i)}`, sk: 'PROFILE', name: `n${i}`})));
  await load(call, 'Club', range(48).map((i) => ({
    pk: `GROUP#${i % 6}`,
    sk: `MEMBER#${user(i * 7)}`,
    owner: user(i * 7 + 3),
  })));
  for (const group of range(6)) {
    const members = await query(call, {
      TableName: 'Club',
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: item({':p': `GROUP#${group}`}),
    });
    await read(call, members);
  }
};
const profile = (id) => ({TableName: 'Club', Key: item({pk: `USER#${id}`, sk: 'PROFILE'})});
const idOf = (member) => member.sk.S.slice('MEMBER#'.length);

test('keys made of a part of a value', async () => {
  const rules = async (read) => found(await adviseOn(club(read)), 'gets-one-by-one');
  const [sortKey] = await rules(async (call, members) => {
    for (const member of members) await call('GetItem', profile(idOf(member)));
  });
  assert.equal(sortKey?.severity, 'warning');
  assert.equal(sortKey.count, 48);
  const [attribute] = await rules((call, members) =>
    Promise.all(members.map((member) => call('GetItem', profile(member.owner.S)))));
  assert.equal(attribute?.severity, 'warning');
  const Keys = (members) => members.map((member) => profile(idOf(member)).Key);
  const proper = await rules((call, members) =>
    call('BatchGetItem', {RequestItems: {Club: {Keys: Keys(members)}}}));
  assert.deepEqual(proper, []);
  const others = await rules(async (call, members) => {
    for (const i of range(3)) await call('GetItem', profile(idOf(members[i])));
  });
  assert.deepEqual(others, []);
});

test('lists of several requests that are handled at the same time', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('Wishes', 'user:S', 'sku:S'));
    await call('CreateTable', table('Articles', 'sku:S'));
    await load(call, 'Articles', range(200).map((i) => ({sku: `sku-${i}`, title: `t${i}`})));
    await load(call, 'Wishes', range(128).map((i) => ({user: `u${i % 16}`, sku: `sku-${i}`})));
    const show = async (user) => {
      const wishes = await query(call, {
        TableName: 'Wishes',
        KeyConditionExpression: '#u = :u',
        ExpressionAttributeNames: {'#u': 'user'},
        ExpressionAttributeValues: item({':u': user}),
      });
      for (const {sku} of wishes) await call('GetItem', {TableName: 'Articles', Key: {sku}});
    };
    for (const round of range(4)) await Promise.all(range(4).map((i) => show(`u${round * 4 + i}`)));
  });
  assert.equal(found(report, 'gets-one-by-one')[0]?.severity, 'warning');
});

test('identifiers in a list of one item', async () => {
  const application = (read) => async (call) => {
    await call('CreateTable', table('Playlists', 'id:S'));
    await call('CreateTable', table('Tracks', 'id:S'));
    await load(call, 'Tracks', range(60).map((i) => ({id: `track-${i}`})));
    await load(call, 'Playlists', range(5).map((i) => ({id: `p${i}`, tracks: range(12).map((k) => `track-${i * 12 + k}`)})));
    for (const i of range(5)) {
      const {Item} = await call('GetItem', {TableName: 'Playlists', Key: item({id: `p${i}`})});
      await read(call, Item.tracks.L.map((id) => ({id})));
    }
  };
  const faulty = await adviseOn(application(async (call, keys) => {
    for (const Key of keys) await call('GetItem', {TableName: 'Tracks', Key});
  }));
  const [finding] = found(faulty, 'gets-one-by-one');
  assert.equal(finding?.severity, 'warning');
  assert.match(evidence(finding, 'list read by'), /GetItem Playlists/);
  const proper = await adviseOn(application((call, Keys) => call('BatchGetItem', {RequestItems: {Tracks: {Keys}}})));
  assert.deepEqual(proper.findings, []);
});

test('a Query or a BatchGetItem of one key for each item', async () => {
  const application = (read) => async (call) => {
    await social(call);
    for (const name of ['f0', 'f1']) {
      for (const {author, id} of await feed(call, name)) await read(call, author, id);
    }
  };
  const of = (TableName, attribute) => (call, value) =>
    call('Query', {
      TableName,
      KeyConditionExpression: '#k = :v',
      ExpressionAttributeNames: {'#k': attribute},
      ExpressionAttributeValues: {':v': value},
    });
  const [query] = found(await adviseOn(application(of('Users', 'id'))), 'gets-one-by-one');
  assert.equal(query?.severity, 'warning');
  assert.match(query.title, /a Query of its whole key/);
  const batch = (call, id) => call('BatchGetItem', {RequestItems: {Users: {Keys: [{id}]}}});
  assert.equal(found(await adviseOn(application(batch)), 'gets-one-by-one')[0]?.severity, 'warning');
  const [children] = found(await adviseOn(application(of('Posts', 'feed'))), 'gets-one-by-one');
  assert.equal(children?.severity, 'note');
  assert.match(children.title, /one Query for each of its/);
  // The pages of one feed after the other.
  const proper = await adviseOn(async (call) => {
    await social(call);
    for (const i of range(20)) await feed(call, `f${i % 2}`);
  });
  assert.deepEqual(found(proper, 'gets-one-by-one'), []);
});

test('items that the list has brought already', async () => {
  const advice = async (input) => {
    const report = await adviseOn(async (call) => {
      await call('CreateTable', table('Courses', 'id:S', undefined, {indexes: {byTeacher: ['teacher:S']}}));
      await load(call, 'Courses', range(40).map((i) => ({id: `c${i}`, teacher: `t${i % 4}`, title: `t${i}`})));
      for (const i of range(4)) {
        const courses = await query(call, {
          TableName: 'Courses',
          IndexName: 'byTeacher',
          KeyConditionExpression: 'teacher = :t',
          ExpressionAttributeValues: item({':t': `t${i}`}),
          ...input,
        });
        for (const {id} of courses) await call('GetItem', {TableName: 'Courses', Key: {id}});
      }
    });
    return found(report, 'gets-one-by-one')[0].advice;
  };
  assert.match(await advice({}), /index byTeacher projects ALL\): use them, and drop the GetItems/);
  assert.match(await advice({ProjectionExpression: 'id'}), /in its ProjectionExpression/);
});

test('workers that take up one item after the other', async () => {
  const application = (ConsistentRead, writes) => async (call) => {
    await call('CreateTable', table('Bills', 'id:S', undefined, {indexes: {due: ['day:S', 'id:S', 'KEYS_ONLY']}}));
    await load(call, 'Bills', range(40).map((i) => ({id: `b${i}`, day: `day-${i % 4}`, state: 'open'})));
    for (const i of range(4)) {
      const bills = await query(call, {
        TableName: 'Bills',
        IndexName: 'due',
        KeyConditionExpression: '#d = :d',
        ExpressionAttributeNames: {'#d': 'day'},
        ExpressionAttributeValues: item({':d': `day-${i}`}),
      });
      for (const {id} of bills) {
        await call('GetItem', {TableName: 'Bills', Key: {id}, ConsistentRead});
        if (!writes) continue;
        await call('UpdateItem', {
          TableName: 'Bills',
          Key: {id},
          UpdateExpression: 'SET #s = :r',
          ConditionExpression: '#s = :o',
          ExpressionAttributeNames: {'#s': 'state'},
          ExpressionAttributeValues: item({':r': 'reminded', ':o': 'open'}),
        });
      }
    }
  };
  const loudRules = async (...given) => loud(await adviseOn(application(...given))).map((finding) => finding.id);
  assert.deepEqual(await loudRules(false, false), ['fetch-after-index-query']);
  assert.deepEqual(await loudRules(true, false), []);
  assert.deepEqual(await loudRules(false, true), []);
});

test('runs of GetItems whose keys come from elsewhere', async () => {
  const application = (keys) => async (call) => {
    await call('CreateTable', table('Products', 'id:S'));
    for (const i of keys) await call('GetItem', {TableName: 'Products', Key: item({id: `p${i}`})});
  };
  const [finding] = found(await adviseOn(application(range(40))), 'gets-one-by-one');
  assert.equal(finding?.severity, 'note');
  assert.equal(evidence(finding, 'different items of a run, on average'), '40');
  // The configuration with each request; many users and few products.
  for (const keys of [range(80).map((i) => (i % 2 ? i : 0)), range(120).map((i) => (i * i * 7) % 31)]) {
    assert.deepEqual(found(await adviseOn(application(keys)), 'gets-one-by-one'), []);
  }
});

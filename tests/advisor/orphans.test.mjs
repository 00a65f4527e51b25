// Parents that are deleted without what belongs to them, and applications that clean up or keep things on purpose.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {adviseOn, evidence, found, item, load, loud, range, table} from './application.mjs';

const remove = (call, TableName, key) => call('DeleteItem', {TableName, Key: item(key)});

async function enableTtl(call, TableName) {
  const TimeToLiveSpecification = {Enabled: true, AttributeName: 'ttl'};
  await call('UpdateTimeToLive', {TableName, TimeToLiveSpecification});
}

// Projects with three tasks each, in two tables.
async function projects(call, count = 4, more = () => ({})) {
  await call('CreateTable', table('Projects', 'id:S'));
  await call('CreateTable', table('Tasks', 'id:S', undefined, {indexes: {byProject: ['projectId:S', 'id:S']}}));
  await load(call, 'Projects', range(count).map((p) => ({id: `p${p}`, name: 'a project'})));
  await load(call, 'Tasks', range(count * 3).map((t) => ({id: `t${t}`, projectId: `p${t % count}`, ...more(t)})));
}

// The same in one.
async function oneTable(call, count = 4, root = (p) => ({pk: `PROJECT#${p}`, sk: 'METADATA'})) {
  await call('CreateTable', table('App', 'pk:S', 'sk:S'));
  await load(call, 'App', range(count).map((p) => ({...root(p), name: 'a project'})));
  await load(call, 'App', range(count * 3).map((t) => ({pk: `PROJECT#${t % count}`, sk: `TASK#${t}`})));
}

// Boards of an organisation, with cards in partitions of their own.
async function boards(call, indexes = {}) {
  await call('CreateTable', table('App', 'pk:S', 'sk:S', {indexes}));
  await load(call, 'App', range(4).map((b) => ({pk: 'ORG#1', sk: `BOARD#${b}`, name: 'a board'})));
  await load(call, 'App', range(12).map((c) => ({pk: `BOARD#${c % 4}`, sk: `CARD#${c}`, name: 'a card'})));
}

const faulty = [
  ['tasks in another table', async (call) => {
    await projects(call);
    for (const p of range(4)) await remove(call, 'Projects', {id: `p${p}`});
  }, 'warning', /Projects are deleted.*stays in Tasks \(index byProject\)/, 'projectId = p'],

  ['tasks of tables that are dropped at the end', async (call) => {
    await projects(call);
    for (const p of range(4)) await remove(call, 'Projects', {id: `p${p}`});
    for (const TableName of ['Tasks', 'Projects']) await call('DeleteTable', {TableName});
  }, 'warning', /Projects are deleted.*stays in Tasks \(index byProject\)/, 'projectId = p'],

  ['a table for each test', async (call) => {
    for (const p of range(4)) {
      await projects(call);
      await remove(call, 'Projects', {id: `p${p}`});
      for (const TableName of ['Projects', 'Tasks']) await call('DeleteTable', {TableName});
    }
  }, 'warning', /Projects are deleted.*stays in Tasks \(index byProject\)/, 'projectId = p'],

  ['tasks whose partition key is the project, numbers as ids', async (call) => {
    await call('CreateTable', table('dev-projects', 'project_id:N'));
    await call('CreateTable', table('dev-tasks', 'projectId:N', 'n:N'));
    await load(call, 'dev-projects', range(4).map((project_id) => ({project_id})));
    await load(call, 'dev-tasks', range(12).map((n) => ({projectId: n % 4, n})));
    for (const p of range(4)) await remove(call, 'dev-projects', {project_id: p});
  }, 'warning', /stays in dev-tasks/, 'projectId = '],

  ['files below a directory with a slash at its end', async (call) => {
    await call('CreateTable', table('Files', 'pk:S', 'path:S'));
    const directory = (d) => ({pk: 'bucket', path: `DIR/dir${d}/`});
    await load(call, 'Files', range(4).map(directory));
    await load(call, 'Files', range(12).map((f) => ({pk: 'bucket', path: `DIR/dir${f % 4}/file${f}`})));
    for (const d of range(4)) await remove(call, 'Files', directory(d));
  }, 'warning', /the items below them stay/, 'path = DIR/dir'],

  ['the rest of a partition', async (call) => {
    await oneTable(call);
    for (const p of range(4)) await remove(call, 'App', {pk: `PROJECT#${p}`, sk: 'METADATA'});
  }, 'warning', /"METADATA" items of App.*the rest of their partitions stays/, 'sk = TASK#'],

  ['the rest of a partition whose own item repeats its key, by transactions', async (call) => {
    const root = (p) => ({pk: `PROJECT#${p}`, sk: `PROJECT#${p}`});
    await oneTable(call, 4, root);
    const TransactItems = range(4).map((p) => ({Delete: {TableName: 'App', Key: item(root(p))}}));
    await call('TransactWriteItems', {TransactItems});
  }, 'warning', /"PROJECT#" items.*partitions stays/, 'sk = TASK#'],

  ['items below in the sort key, by batches', async (call) => {
    await call('CreateTable', table('App', 'pk:S', 'sk:S'));
    const all = range(4).flatMap((p) => [{pk: 'ORG#1', sk: `PROJECT#${p}`}, {pk: 'ORG#1', sk: `PROJECT#${p}#TASK#1`}]);
    await load(call, 'App', all);
    const App = range(4).map((p) => ({DeleteRequest: {Key: item({pk: 'ORG#1', sk: `PROJECT#${p}`})}}));
    await call('BatchWriteItem', {RequestItems: {App}});
  }, 'warning', /"PROJECT#" items.*the items below them stay/, 'sk = PROJECT#'],

  ['the partition that the sort key names', async (call) => {
    await boards(call, {inverted: ['sk:S', 'pk:S', 'KEYS_ONLY']});
    for (const b of range(4)) await remove(call, 'App', {pk: 'ORG#1', sk: `BOARD#${b}`});
  }, 'warning', /"BOARD#" items of App are deleted, but what is in the partitions/, 'pk = BOARD#'],

  ['the same where no index shows who else leads there', async (call) => {
    await boards(call);
    for (const b of range(4)) await remove(call, 'App', {pk: 'ORG#1', sk: `BOARD#${b}`});
  }, 'note', /"BOARD#" items of App are deleted, but what is in the partitions/, 'pk = BOARD#'],

  ['lines of orders that are the sort key of their customer, by PartiQL', async (call) => {
    await call('CreateTable', table('Orders', 'customerId:S', 'orderId:S'));
    await call('CreateTable', table('OrderLines', 'orderId:S', 'line:N'));
    await load(call, 'Orders', range(4).map((o) => ({customerId: 'c1', orderId: `o${o}`})));
    await load(call, 'OrderLines', range(8).map((l) => ({orderId: `o${l % 4}`, line: l})));
    for (const o of range(4)) {
      const Statement = `DELETE FROM "Orders" WHERE customerId = 'c1' AND orderId = 'o${o}'`;
      await call('ExecuteStatement', {Statement});
    }
  }, 'warning', /stays in OrderLines/, 'orderId = o'],

  ['a tree whose inner nodes go', async (call) => {
    await call('CreateTable', table('Folders', 'id:S', undefined, {indexes: {byParent: ['parentId:S']}}));
    await load(call, 'Folders', range(16).map((i) => ({id: `f${i}`, ...(i > 3 ? {parentId: `f${i % 4}`} : {})})));
    for (const i of range(4)) await remove(call, 'Folders', {id: `f${i}`});
  }, 'warning', /go on referring to them \(index byParent\)/, 'parentId = f'],

  ['the orders of users: often kept', async (call) => {
    await call('CreateTable', table('Users', 'userId:S'));
    await call('CreateTable', table('Orders', 'id:S', undefined, {indexes: {byUser: ['userId:S']}}));
    await load(call, 'Users', range(4).map((u) => ({userId: `user-${u}`})));
    await load(call, 'Orders', range(8).map((o) => ({id: `order-${o}`, userId: `user-${o % 4}`})));
    for (const u of range(4)) await remove(call, 'Users', {userId: `user-${u}`});
  }, 'note', /stays in Orders/, 'userId = user-'],

  ['posts of users: often kept', async (call) => {
    await call('CreateTable', table('Users', 'username:S'));
    await call('CreateTable', table('Posts', 'id:S', undefined, {indexes: {byUser: ['userId:S']}}));
    await load(call, 'Users', range(4).map((u) => ({username: `u${u}`})));
    await load(call, 'Posts', range(8).map((p) => ({id: `p${p}`, userId: `u${p % 4}`})));
    for (const u of range(4)) await remove(call, 'Users', {username: `u${u}`});
  }, 'note', /stays in Posts/, 'userId = u'],

  ['payments of bookings: kept by law', async (call) => {
    await call('CreateTable', table('Flights', 'id:S'));
    await call('CreateTable', table('Payments', 'flightId:S', 'n:N'));
    await load(call, 'Flights', range(4).map((f) => ({id: `f${f}`})));
    await load(call, 'Payments', range(8).map((n) => ({flightId: `f${n % 4}`, n})));
    for (const f of range(4)) await remove(call, 'Flights', {id: `f${f}`});
  }, 'note', /stays in Payments/, 'flightId = f'],

  ['a log of what was deleted changes nothing', async (call) => {
    await projects(call);
    await call('CreateTable', table('AuditLog', 'projectId:S', 'at:N'));
    await load(call, 'AuditLog', range(4).map((at) => ({projectId: `p${at}`, at})));
    for (const p of range(4)) await remove(call, 'Projects', {id: `p${p}`});
  }, 'warning', /stays in Tasks/, 'projectId = p'],

  ['only the value tells', async (call) => {
    await call('CreateTable', table('Albums', 'id:S'));
    await call('CreateTable', table('Photos', 'id:S', undefined, {indexes: {byPlace: ['place:S']}}));
    await load(call, 'Albums', range(4).map((a) => ({id: `album-104${a}`})));
    await load(call, 'Photos', range(8).map((p) => ({id: `p${p}`, place: `album-104${p % 4}`})));
    for (const a of range(4)) await remove(call, 'Albums', {id: `album-104${a}`});
  }, 'note', /stays in Photos/, 'place = album-104'],

  ['a stream: somebody may clean up, but has not yet', async (call) => {
    await call('CreateTable', {
      ...table('Projects', 'id:S'),
      StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'},
    });
    await call('CreateTable', table('Tasks', 'projectId:S', 'id:S'));
    await load(call, 'Tasks', range(4).map((t) => ({projectId: `p${t}`, id: 't'})));
    await load(call, 'Projects', range(4).map((p) => ({id: `p${p}`})));
    for (const p of range(4)) await remove(call, 'Projects', {id: `p${p}`});
  }, null],
];

for (const [name, application, severity, title, left] of faulty) {
  test(`orphans: ${name}`, async () => {
    const report = await adviseOn(application);
    const [finding, ...others] = found(report, 'orphaned-items');
    if (severity === null) return assert.equal(finding, undefined);
    assert.equal(finding?.severity, severity);
    assert.deepEqual(others, []);
    assert.match(finding.title, title);
    assert.equal(finding.count, 4);
    assert.equal(evidence(finding, 'deleted items looked at'), '4');
    assert.ok(evidence(finding, 'still there').includes(left), evidence(finding, 'still there'));
    assert.match(finding.example, /Key|Statement/);
    assert.deepEqual(loud(report).filter((one) => one.id !== 'orphaned-items'), []);
  });
}

const proper = [
  ['children are deleted with their parent', async (call) => {
    await projects(call);
    for (const p of range(4)) {
      const TransactItems = [
        {Delete: {TableName: 'Projects', Key: item({id: `p${p}`})}},
        ...[p, p + 4, p + 8].map((t) => ({Delete: {TableName: 'Tasks', Key: item({id: `t${t}`})}})),
      ];
      await call('TransactWriteItems', {TransactItems});
    }
  }],
  ['children are deleted afterwards', async (call) => {
    await oneTable(call);
    for (const p of range(4)) await remove(call, 'App', {pk: `PROJECT#${p}`, sk: 'METADATA'});
    for (const t of range(12)) await remove(call, 'App', {pk: `PROJECT#${t % 4}`, sk: `TASK#${t}`});
  }],
  ['most are cleaned up', async (call) => {
    await projects(call, 8);
    for (const p of range(8)) await remove(call, 'Projects', {id: `p${p}`});
    for (const t of range(24)) if (t % 8 > 2) await remove(call, 'Tasks', {id: `t${t}`});
  }],
  ['two are few', async (call) => {
    await projects(call, 2);
    for (const p of range(2)) await remove(call, 'Projects', {id: `p${p}`});
  }],
  ['TTL takes the children', async (call) => {
    const ttl = Math.floor(Date.now() / 1000) + 3600;
    await projects(call, 4, () => ({ttl}));
    await enableTtl(call, 'Tasks');
    for (const p of range(4)) await remove(call, 'Projects', {id: `p${p}`});
  }],
  ['children that are marked as deleted', async (call) => {
    await projects(call, 4, () => ({deletedAt: '2026-11-25'}));
    for (const p of range(4)) await remove(call, 'Projects', {id: `p${p}`});
  }],
  ['items that are there again', async (call) => {
    await projects(call);
    for (const p of range(4)) {
      await remove(call, 'Projects', {id: `p${p}`});
      await call('PutItem', {TableName: 'Projects', Item: item({id: `p${p}`, name: 'renamed'})});
    }
  }],
  ['projects that move to an archive', async (call) => {
    await projects(call);
    await call('CreateTable', table('ProjectArchive', 'id:S'));
    for (const p of range(4)) {
      await call('PutItem', {TableName: 'ProjectArchive', Item: item({id: `p${p}`})});
      await remove(call, 'Projects', {id: `p${p}`});
    }
  }],
  ['an audit log outlives what it tells of', async (call) => {
    await call('CreateTable', table('Projects', 'projectId:S'));
    await call('CreateTable', table('AuditLog', 'projectId:S', 'at:N'));
    await load(call, 'Projects', range(4).map((p) => ({projectId: `project-000${p}`})));
    await load(call, 'AuditLog', range(8).map((at) => ({projectId: `project-000${at % 4}`, at})));
    for (const p of range(4)) await remove(call, 'Projects', {projectId: `project-000${p}`});
  }],
  ['history in the partition', async (call) => {
    await call('CreateTable', table('Docs', 'pk:S', 'sk:S'));
    for (const d of range(4)) {
      await load(call, 'Docs', [{pk: `DOC#${d}`, sk: 'METADATA'}, {pk: `DOC#${d}`, sk: 'HISTORY#1'}]);
      await remove(call, 'Docs', {pk: `DOC#${d}`, sk: 'METADATA'});
    }
  }],
  ['older versions below an item', async (call) => {
    await call('CreateTable', table('Docs', 'pk:S', 'sk:S'));
    for (const d of range(4)) {
      await load(call, 'Docs', [{pk: 'TEAM#1', sk: `DOC#${d}`}, {pk: 'TEAM#1', sk: `DOC#${d}#v1`}]);
      await remove(call, 'Docs', {pk: 'TEAM#1', sk: `DOC#${d}`});
    }
  }],
  ['carts are emptied at checkout', async (call) => {
    await call('CreateTable', table('Shop', 'pk:S', 'sk:S'));
    for (const u of range(4)) {
      await load(call, 'Shop', [{pk: `USER#${u}`, sk: 'CART'}, {pk: `USER#${u}`, sk: `ORDER#${u}`}]);
      await remove(call, 'Shop', {pk: `USER#${u}`, sk: 'CART'});
    }
  }],
  ['a cart of each user, in a table of its own', async (call) => {
    await call('CreateTable', table('Carts', 'userId:S'));
    await call('CreateTable', table('Addresses', 'userId:S', 'n:N'));
    await load(call, 'Carts', range(4).map((u) => ({userId: `user-000${u}`})));
    await load(call, 'Addresses', range(4).map((n) => ({userId: `user-000${n}`, n})));
    for (const u of range(4)) await remove(call, 'Carts', {userId: `user-000${u}`});
  }],
  ['one of several items of an entity', async (call) => {
    await call('CreateTable', table('App', 'pk:S', 'sk:S'));
    for (const u of range(4)) {
      await load(call, 'App', ['PROFILE', 'DETAILS', `NOTE#${u}`].map((sk) => ({pk: `USER#${u}`, sk})));
      await remove(call, 'App', {pk: `USER#${u}`, sk: 'DETAILS'});
    }
  }],
  ['one of several children', async (call) => {
    await call('CreateTable', table('App', 'pk:S', 'sk:S'));
    for (const u of range(4)) {
      await load(call, 'App', [u, u + 10].map((o) => ({pk: `USER#${u}`, sk: `ORDER#${o}`})));
      await remove(call, 'App', {pk: `USER#${u}`, sk: `ORDER#${u}`});
    }
  }],
  ['members leave projects', async (call) => {
    await call('CreateTable', table('ProjectUsers', 'projectId:S', 'userId:S'));
    await call('CreateTable', table('Posts', 'userId:S', 'n:N'));
    await load(call, 'ProjectUsers', range(4).map((u) => ({projectId: 'p1', userId: `user-000${u}`})));
    await load(call, 'Posts', range(4).map((n) => ({userId: `user-000${n}`, n})));
    for (const u of range(4)) await remove(call, 'ProjectUsers', {projectId: 'p1', userId: `user-000${u}`});
  }],
  ['members leave boards that have an item of their own, or others', async (call) => {
    await boards(call, {inverted: ['sk:S', 'pk:S', 'KEYS_ONLY']});
    const users = range(8).map((u) => ({pk: `USER#${u % 2}`, sk: `BOARD#${u >> 1}`}));
    await load(call, 'App', [...users, {pk: 'USER#9', sk: 'TEAM#1'}, {pk: 'TEAM#1', sk: 'METADATA'}]);
    for (const user of users) await remove(call, 'App', user);
    await remove(call, 'App', {pk: 'USER#9', sk: 'TEAM#1'});
  }],
  ['ties that both sides keep', async (call) => {
    await call('CreateTable', table('App', 'pk:S', 'sk:S'));
    const both = (u) => [{pk: `USER#${u}`, sk: `GROUP#${u % 3}`}, {pk: `GROUP#${u % 3}`, sk: `USER#${u}`}];
    await load(call, 'App', range(12).flatMap(both));
    for (const u of range(6)) for (const tie of both(u)) await remove(call, 'App', tie);
  }],
  ['leads that become customers', async (call) => {
    await call('CreateTable', table('Leads', 'id:S'));
    await call('CreateTable', table('Customers', 'id:S', undefined, {indexes: {byLead: ['leadId:S']}}));
    await load(call, 'Leads', range(4).map((l) => ({id: `lead-${l}`})));
    for (const l of range(4)) {
      const TransactItems = [
        {Put: {TableName: 'Customers', Item: item({id: `c${l}`, leadId: `lead-${l}`})}},
        {Delete: {TableName: 'Leads', Key: item({id: `lead-${l}`})}},
      ];
      await call('TransactWriteItems', {TransactItems});
    }
  }],
  ['the same small numbers and words elsewhere', async (call) => {
    await call('CreateTable', table('Products', 'id:N'));
    await call('CreateTable', table('Shelves', 'id:N'));
    await call('CreateTable', table('Labels', 'id:S'));
    await call('CreateTable', table('Colors', 'id:S'));
    await load(call, 'Products', range(4).map((id) => ({id})));
    await load(call, 'Shelves', range(4).map((id) => ({id})));
    for (const id of ['red', 'green', 'blue', 'pink']) {
      await load(call, 'Colors', [{id}]);
      await load(call, 'Labels', [{id}]);
      await remove(call, 'Labels', {id});
    }
    for (const id of range(4)) await remove(call, 'Products', {id});
  }],
  ['all is cleaned up before the tables are dropped', async (call) => {
    await projects(call);
    for (const p of range(4)) await remove(call, 'Projects', {id: `p${p}`});
    for (const t of range(12)) await remove(call, 'Tasks', {id: `t${t}`});
    for (const TableName of ['Projects', 'Tasks']) await call('DeleteTable', {TableName});
  }],
];

for (const [name, application] of proper) {
  test(`no orphans: ${name}`, async () => {
    const report = await adviseOn(application);
    assert.deepEqual(found(report, 'orphaned-items'), []);
    assert.deepEqual(loud(report), []);
  });
}

test('the number of deleted parents is a threshold', async () => {
  const {mkdtempSync, rmSync, writeFileSync} = await import('node:fs');
  const dir = mkdtempSync('/tmp/orphans-');
  writeFileSync(`${dir}/advisor.yaml`, 'thresholds:\n  orphaned-parents: 5\n');
  const report = await adviseOn(faulty[0][1], {args: ['--advisor-config', `${dir}/advisor.yaml`]});
  rmSync(dir, {recursive: true});
  assert.deepEqual(found(report, 'orphaned-items'), []);
});

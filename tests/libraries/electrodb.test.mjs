// ElectroDB: entities and a collection in one table.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {Entity, Service} from 'electrodb';
import {connect, createSingleTable} from './server.mjs';

describe('ElectroDB', () => {
  let server;
  let store;

  before(async () => {
    server = await connect();
    await createSingleTable(server.client, 'electro');
    const settings = {client: server.client, table: 'electro'};
    const Employee = new Entity(
      {
        model: {entity: 'employee', version: '1', service: 'office'},
        attributes: {
          id: {type: 'string', required: true},
          team: {type: 'string', required: true},
          name: {type: 'string'},
          salary: {type: 'number', default: 0},
          skills: {type: 'set', items: 'string'},
          history: {type: 'list', items: {type: 'map', properties: {year: {type: 'number'}}}},
        },
        indexes: {
          employee: {pk: {field: 'pk', composite: ['id']}, sk: {field: 'sk', composite: []}},
          team: {
            index: 'gsi1',
            collection: 'teams',
            pk: {field: 'gsi1pk', composite: ['team']},
            sk: {field: 'gsi1sk', composite: ['id']},
          },
        },
      },
      settings,
    );
    const Task = new Entity(
      {
        model: {entity: 'task', version: '1', service: 'office'},
        attributes: {
          task: {type: 'string', required: true},
          team: {type: 'string', required: true},
          points: {type: 'number'},
        },
        indexes: {
          task: {pk: {field: 'pk', composite: ['task']}, sk: {field: 'sk', composite: []}},
          team: {
            index: 'gsi1',
            collection: 'teams',
            pk: {field: 'gsi1pk', composite: ['team']},
            sk: {field: 'gsi1sk', composite: ['task']},
          },
        },
      },
      settings,
    );
    store = new Service({employee: Employee, task: Task});
  });
  after(() => server.close());

  test('creates, gets, patches', async () => {
    const {employee} = store.entities;
    const ada = {id: 'ada', team: 'red', name: 'Ada', salary: 10, skills: ['sums', 'looms'], history: [{year: 1842}]};
    await employee.create(ada).go();
    const {data} = await employee.get({id: 'ada'}).go();
    assert.deepEqual({...data, skills: data.skills.toSorted()}, {...ada, skills: ada.skills.toSorted()});
    const patched = await employee
      .patch({id: 'ada'})
      .add({salary: 5, skills: ['engines']})
      .append({history: [{year: 1843}]})
      .remove(['name'])
      .where(({salary}, {lt}) => lt(salary, 11))
      .go({response: 'all_new'});
    assert.equal(patched.data.salary, 15);
    assert.deepEqual(patched.data.skills.toSorted(), ['engines', 'looms', 'sums']);
    assert.deepEqual(patched.data.history, [{year: 1842}, {year: 1843}]);
    assert.equal(patched.data.name, undefined);
  });

  test('refuses to create an item twice', async () => {
    await assert.rejects(store.entities.employee.create({id: 'ada', team: 'red'}).go(), (error) => {
      assert.match(error.message, /The conditional request failed/);
      return true;
    });
  });

  test('queries a collection of entities page by page', async () => {
    const {employee, task} = store.entities;
    const employees = Array.from({length: 12}, (_, n) => ({id: `e${String(n).padStart(2, '0')}`, team: 'blue'}));
    const tasks = Array.from({length: 40}, (_, n) => ({task: `t${String(n).padStart(2, '0')}`, team: 'blue', points: n}));
    assert.deepEqual((await employee.put(employees).go()).unprocessed, []);
    assert.deepEqual((await task.put(tasks).go()).unprocessed, []);
    const {data} = await store.collections.teams({team: 'blue'}).go({pages: 'all'});
    assert.deepEqual([data.employee.length, data.task.length], [12, 40]);
    const first = await task.query.team({team: 'blue'}).go({limit: 15});
    assert.equal(first.data.length, 15);
    const rest = await task.query.team({team: 'blue'}).go({cursor: first.cursor, pages: 'all'});
    assert.equal(first.data.length + rest.data.length, 40);
    const some = await task.query
      .team({team: 'blue'})
      .between({task: 't03'}, {task: 't05'})
      .where(({points}, {ne}) => ne(points, 4))
      .go();
    assert.deepEqual(some.data.map((one) => one.task), ['t03', 't05']);
  });

  test('gets and deletes batches', async () => {
    const {task} = store.entities;
    const keys = [{task: 't00'}, {task: 't01'}, {task: 'nowhere'}];
    const {data, unprocessed} = await task.get(keys).go();
    assert.deepEqual([data.length, unprocessed.length], [2, 0]);
    await task.delete(keys).go();
    assert.deepEqual((await task.get(keys).go()).data, []);
  });

  test('writes and reads transactions, and shows what canceled one', async () => {
    const written = await store.transaction
      .write(({employee, task}) => [
        employee.create({id: 'tx', team: 'green'}).commit(),
        task.create({task: 'tx', team: 'green', points: 1}).commit(),
      ])
      .go();
    assert.equal(written.canceled, false);
    const {data} = await store.transaction.get(({employee, task}) => [
      employee.get({id: 'tx'}).commit(),
      task.get({task: 'tx'}).commit(),
    ]).go();
    assert.deepEqual(data.map(({item}) => item.team), ['green', 'green']);
    const canceled = await store.transaction
      .write(({employee, task}) => [
        employee.create({id: 'new', team: 'green'}).commit(),
        task.create({task: 'tx', team: 'green'}).commit({response: 'all_old'}),
      ])
      .go();
    assert.equal(canceled.canceled, true);
    assert.deepEqual(
      canceled.data.map(({rejected, code}) => [rejected, code]),
      [
        [false, 'None'],
        [true, 'ConditionalCheckFailed'],
      ],
    );
    assert.equal(canceled.data[1].item.points, 1);
  });
});

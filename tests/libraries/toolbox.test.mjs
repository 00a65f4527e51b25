// DynamoDB-Toolbox v2: a table and its entities.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {
  $add,
  $append,
  BatchGetCommand,
  BatchGetRequest,
  BatchPutRequest,
  BatchWriteCommand,
  ConditionCheck,
  DeleteItemCommand,
  Entity,
  GetItemCommand,
  GetTransaction,
  PutItemCommand,
  PutTransaction,
  QueryCommand,
  ScanCommand,
  Table,
  UpdateItemCommand,
  UpdateTransaction,
  any,
  binary,
  boolean,
  executeBatchGet,
  executeBatchWrite,
  executeTransactGet,
  executeTransactWrite,
  item,
  list,
  map,
  nul,
  number,
  set,
  string,
} from 'dynamodb-toolbox';
import {connect, createSingleTable} from './server.mjs';

describe('DynamoDB-Toolbox', () => {
  let server;
  let table;
  let Pet;

  before(async () => {
    server = await connect();
    await createSingleTable(server.client, 'toolbox');
    table = new Table({
      name: 'toolbox',
      documentClient: server.doc,
      partitionKey: {name: 'pk', type: 'string'},
      sortKey: {name: 'sk', type: 'string'},
      indexes: {
        gsi1: {
          type: 'global',
          partitionKey: {name: 'gsi1pk', type: 'string'},
          sortKey: {name: 'gsi1sk', type: 'string'},
        },
      },
    });
    Pet = new Entity({
      name: 'Pet',
      table,
      schema: item({
        owner: string().key().savedAs('pk'),
        name: string().key().savedAs('sk'),
        kind: string().optional().savedAs('gsi1pk'),
        born: string().optional().savedAs('gsi1sk'),
        level: number().default(0),
        moves: list(string()).optional(),
        badges: set(string()).optional(),
        picture: binary().optional(),
        stats: map({hp: number(), shiny: boolean()}).optional(),
        nothing: nul().optional(),
        other: any().optional(),
      }),
    });
  });
  after(() => server.close());

  test('puts, gets and updates an item of many types', async () => {
    const pet = {
      owner: 'ada',
      name: 'rex',
      kind: 'dog',
      born: '2020',
      level: 1,
      moves: ['sit'],
      badges: new Set(['good']),
      picture: Uint8Array.of(0, 255),
      stats: {hp: 10, shiny: true},
      nothing: null,
      other: {deep: [1, {er: 'x'}]},
    };
    await Pet.build(PutItemCommand).item(pet).send();
    const {Item} = await Pet.build(GetItemCommand).key({owner: 'ada', name: 'rex'}).options({consistent: true}).send();
    const {created, modified, entity, ...read} = Item;
    assert.deepEqual(read, pet);
    const {Attributes} = await Pet.build(UpdateItemCommand)
      .item({owner: 'ada', name: 'rex', level: $add(4), moves: $append(['roll']), badges: $add(new Set(['fast']))})
      .options({returnValues: 'ALL_NEW', condition: {attr: 'level', lt: 5}})
      .send();
    assert.equal(Attributes.level, 5);
    assert.deepEqual(Attributes.moves, ['sit', 'roll']);
    assert.deepEqual([...Attributes.badges].toSorted(), ['fast', 'good']);
  });

  test('shows what a failed condition met', async () => {
    const command = Pet.build(PutItemCommand)
      .item({owner: 'ada', name: 'rex'})
      .options({condition: {attr: 'name', exists: false}});
    await assert.rejects(command.send(), {
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
    });
  });

  test('writes and reads batches, queries and scans', async () => {
    const names = Array.from({length: 25}, (_, n) => String(n).padStart(2, '0'));
    const puts = names.map((name, n) =>
      Pet.build(BatchPutRequest).item({owner: 'zoo', name, kind: n % 2 ? 'cat' : 'cow', born: name, level: n}),
    );
    await executeBatchWrite(table.build(BatchWriteCommand).requests(...puts));
    const gets = names.slice(0, 3).map((name) => Pet.build(BatchGetRequest).key({owner: 'zoo', name}));
    const {Responses} = await executeBatchGet(table.build(BatchGetCommand).requests(...gets));
    assert.deepEqual(Responses[0].map(({level}) => level), [0, 1, 2]);

    const found = [];
    let exclusiveStartKey;
    do {
      const page = await table
        .build(QueryCommand)
        .entities(Pet)
        .query({partition: 'zoo'})
        .options({limit: 10, exclusiveStartKey})
        .send();
      found.push(...page.Items.map(({name}) => name));
      exclusiveStartKey = page.LastEvaluatedKey;
    } while (exclusiveStartKey);
    assert.deepEqual(found, names);

    const cats = await table
      .build(QueryCommand)
      .entities(Pet)
      .query({index: 'gsi1', partition: 'cat', range: {between: ['03', '07']}})
      .options({filters: {Pet: {attr: 'level', gte: 5}}, reverse: true})
      .send();
    assert.deepEqual(cats.Items.map(({level}) => level), [7, 5]);

    const scanned = await Promise.all(
      [0, 1].map((segment) => table.build(ScanCommand).entities(Pet).options({segment, totalSegments: 2}).send()),
    );
    assert.equal(scanned.flatMap(({Items}) => Items).length, 26);
  });

  test('writes and reads transactions', async () => {
    await executeTransactWrite(
      Pet.build(PutTransaction).item({owner: 'tx', name: 'a'}),
      Pet.build(UpdateTransaction).item({owner: 'zoo', name: '00', level: $add(1)}),
      Pet.build(ConditionCheck).key({owner: 'zoo', name: '01'}).condition({attr: 'level', eq: 1}),
    );
    const {Responses} = await executeTransactGet(
      Pet.build(GetTransaction).key({owner: 'tx', name: 'a'}),
      Pet.build(GetTransaction).key({owner: 'zoo', name: '00'}),
    );
    assert.deepEqual(Responses.map(({Item}) => Item.level), [0, 1]);
    await assert.rejects(
      executeTransactWrite(
        Pet.build(ConditionCheck).key({owner: 'zoo', name: '01'}).condition({attr: 'level', eq: 9}),
      ),
      (error) => {
        assert.equal(error.name, 'TransactionCanceledException');
        assert.equal(error.CancellationReasons[0].Code, 'ConditionalCheckFailed');
        return true;
      },
    );
    const {Attributes} = await Pet.build(DeleteItemCommand)
      .key({owner: 'tx', name: 'a'})
      .options({returnValues: 'ALL_OLD'})
      .send();
    assert.equal(Attributes.name, 'a');
  });
});

// Applications that do things properly, and test suites: nothing to say beyond notes.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {adviseOn, item, loud, range, table} from './application.mjs';

const key = (id, at) => item({user: id, at});

test('a test suite: each test makes its data, looks at it and cleans up', async () => {
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('Notes', 'user:S', 'at:N', {indexes: {byTag: ['tag:S', 'at:N']}}));
    for (const i of range(8)) {
      const user = `user-${i}`;
      await call('PutItem', {TableName: 'Notes', Item: item({user, at: 1, tag: `t${i}`, text: 'one'})});
      await call('PutItem', {TableName: 'Notes', Item: item({user, at: 2, tag: `t${i}`, text: 'two'})});
      const {Item} = await call('GetItem', {TableName: 'Notes', Key: key(user, 1), ConsistentRead: true});
      assert.deepEqual(Item.text, {S: 'one'});
      await call('UpdateItem', {
        TableName: 'Notes',
        Key: key(user, 1),
        UpdateExpression: 'SET #t = :t',
        ConditionExpression: 'attribute_exists(#u)',
        ExpressionAttributeNames: {'#t': 'text', '#u': 'user'},
        ExpressionAttributeValues: item({':t': 'changed'}),
        ReturnValues: 'ALL_NEW',
      });
      await call('Query', {
        TableName: 'Notes',
        KeyConditionExpression: '#u = :u',
        ExpressionAttributeNames: {'#u': 'user'},
        ExpressionAttributeValues: item({':u': user}),
        ConsistentRead: true,
      });
      await call('PutItem', {
        TableName: 'Notes',
        Item: item({user, at: 1, text: 'again'}),
        ConditionExpression: 'attribute_not_exists(#u)',
        ExpressionAttributeNames: {'#u': 'user'},
      }).then(() => assert.fail(), (error) => assert.equal(error.code, 'ConditionalCheckFailedException'));
      await call('PutItem', {TableName: 'Notes', Item: item({user})}).catch(() => {});
      await call('Query', {
        TableName: 'Notes',
        IndexName: 'byTag',
        KeyConditionExpression: 'tag = :t',
        ExpressionAttributeValues: item({':t': `t${i}`}),
      });
      const {Items} = await call('Scan', {TableName: 'Notes'});
      for (const {user: u, at} of Items) await call('DeleteItem', {TableName: 'Notes', Key: {user: u, at}});
    }
  });
  // The same mistake three times is a finding, even if the tests make it on purpose.
  assert.deepEqual(loud(report).filter((finding) => finding.id !== 'undefined-value'), []);
});

test('a shop that does things properly', async () => {
  const now = Math.floor(Date.now() / 1000);
  const report = await adviseOn(async (call) => {
    await call('CreateTable', table('Shop', 'pk:S', 'sk:S', {indexes: {open: ['openShop:S', 'sk:S']}}));
    await call('UpdateTimeToLive', {TableName: 'Shop', TimeToLiveSpecification: {Enabled: true, AttributeName: 'ttl'}});
    const all = [];
    for (const c of range(20)) {
      all.push({pk: `CUSTOMER#${c}`, sk: 'PROFILE', name: `n${c}`, email: `c${c}@example.com`});
      all.push({pk: `CUSTOMER#${c}`, sk: 'SESSION', ttl: now + 3600});
      for (const o of range(6)) {
        const order = {pk: `CUSTOMER#${c}`, sk: `ORDER#${o}`, total: o * 10, lines: [{sku: 's1', n: 1}, {sku: 's2', n: 2}]};
        all.push(o === 5 ? {...order, openShop: `shop-${c % 5}`} : order);
      }
    }
    for (let at = 0; at < all.length; at += 25) {
      let RequestItems = {Shop: all.slice(at, at + 25).map((one) => ({PutRequest: {Item: item(one)}}))};
      while (Object.keys(RequestItems).length > 0) {
        ({UnprocessedItems: RequestItems} = await call('BatchWriteItem', {RequestItems}));
      }
    }
    for (const i of range(60)) {
      const pk = `CUSTOMER#${i % 20}`;
      await call('GetItem', {TableName: 'Shop', Key: item({pk, sk: 'PROFILE'}), ProjectionExpression: '#n', ExpressionAttributeNames: {'#n': 'name'}});
      let ExclusiveStartKey;
      do {
        const page = await call('Query', {
          TableName: 'Shop',
          KeyConditionExpression: 'pk = :p AND begins_with(sk, :o)',
          ExpressionAttributeValues: item({':p': pk, ':o': 'ORDER#'}),
          Limit: 4,
          ExclusiveStartKey,
        });
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      if (i % 3 === 0) {
        await call('Query', {
          TableName: 'Shop',
          IndexName: 'open',
          KeyConditionExpression: 'openShop = :s',
          ExpressionAttributeValues: item({':s': `shop-${i % 5}`}),
        });
      }
      await call('TransactWriteItems', {
        TransactItems: [
          {
            Update: {
              TableName: 'Shop',
              Key: item({pk, sk: 'PROFILE'}),
              UpdateExpression: 'ADD orders :one',
              ConditionExpression: 'attribute_exists(pk)',
              ExpressionAttributeValues: item({':one': 1}),
            },
          },
          {Put: {TableName: 'Shop', Item: item({pk, sk: `ORDER#${100 + i}`, total: i, lines: []})}},
        ],
      });
    }
    const Keys = range(20).map((c) => item({pk: `CUSTOMER#${c}`, sk: 'PROFILE'}));
    await call('BatchGetItem', {RequestItems: {Shop: {Keys}}});
  });
  assert.deepEqual(loud(report), []);
});

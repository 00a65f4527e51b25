// `dynarock check` of templates as tools make them: CDK's output with its manifest, stacks of several regions, conditions.
import assert from 'node:assert/strict';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {after, test} from 'node:test';
import {runToEnd} from './server.mjs';

const made = [];
async function filesOf(files) {
  const directory = await mkdtemp(join(tmpdir(), 'dynarock-templates-'));
  made.push(directory);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), {recursive: true});
    await writeFile(join(directory, path), typeof content === 'string' ? content : JSON.stringify(content, null, 1));
  }
  return directory;
}
after(() => Promise.all(made.map((directory) => rm(directory, {recursive: true}))));

async function findingsOf(...args) {
  const {stdout} = await runToEnd(['check', '--format', 'json', ...args]);
  return JSON.parse(stdout);
}

const manifest = (environments) => ({
  version: '36.0.0',
  artifacts: Object.fromEntries(
    Object.entries(environments).map(([stack, environment]) => [stack, {type: 'aws:cloudformation:stack', environment, properties: {templateFile: `${stack}.template.json`}}]),
  ),
});

// As TableV2 writes it.
const global = (regions, more = {}) => ({
  Resources: {
    Orders7A8B: {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: {
        AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
        Replicas: regions.map((Region) => ({Region, PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}})),
        StreamSpecification: {StreamViewType: 'NEW_IMAGE'},
        TableName: 'orders',
        ...more,
      },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    },
  },
});

test('a TableV2 with replicas and a stream of new images is clean', async () => {
  const directory = await filesOf({
    'cdk.out/manifest.json': manifest({Shop: 'aws://123456789012/eu-west-1'}),
    'cdk.out/Shop.template.json': global(['eu-central-1', 'eu-west-1']),
  });
  const {findings, tablesChecked} = await findingsOf(join(directory, 'cdk.out'));
  assert.deepEqual(findings, []);
  assert.equal(tablesChecked, 1);
});

test("the region of the stack is that of CDK's manifest", async () => {
  const directory = await filesOf({
    'cdk.out/manifest.json': manifest({West: 'aws://123456789012/us-west-2', Any: 'aws://unknown-account/unknown-region'}),
    'cdk.out/West.template.json': global(['eu-central-1', 'eu-west-1']),
    'cdk.out/Any.template.json': global(['eu-central-1', 'eu-west-1']),
  });
  const {findings} = await findingsOf(join(directory, 'cdk.out'));
  assert.deepEqual(findings.map(({id, title}) => [id, title]), [['replicas', 'Orders7A8B has no replica in us-west-2, where its stack is']]);
});

test('stacks of two regions have a table of one name each', async () => {
  const directory = await filesOf({
    'cdk.out/manifest.json': manifest({East: 'aws://123456789012/us-east-1', West: 'aws://123456789012/us-west-2'}),
    'cdk.out/East.template.json': global(['us-east-1']),
    'cdk.out/West.template.json': global(['us-west-2']),
  });
  const {findings, tablesChecked} = await findingsOf(join(directory, 'cdk.out'));
  assert.deepEqual(findings, []);
  assert.equal(tablesChecked, 2);
});

test('a fault in an index names the index, in its branch', async () => {
  const index = {
    IndexName: 'by-owner',
    KeySchema: [{AttributeName: 'owner', KeyType: 'HASH'}],
    Projection: {ProjectionType: {'Fn::If': ['IsProd', 'SOME', 'ALL']}},
  };
  const template = global(['us-east-1'], {GlobalSecondaryIndexes: [index], AttributeDefinitions: ['id', 'owner'].map((AttributeName) => ({AttributeName, AttributeType: 'S'}))});
  template.Parameters = {Stage: {Type: 'String', Default: 'dev'}};
  template.Conditions = {IsProd: {'Fn::Equals': [{Ref: 'Stage'}, 'prod']}};
  const file = join(await filesOf({'t.json': template}), 't.json');
  const {findings} = await findingsOf(file);
  assert.equal(findings.length, 1);
  assert.match(findings[0].title, /projectionType' failed .* \(when IsProd holds\)$/);
  assert.equal(findings[0].index, 'by-owner');
  assert.equal(findings[0].table, 'orders');
  // With a value given, only its branch counts.
  assert.deepEqual((await findingsOf(file, '--set', 'Stage=dev')).findings, []);
});

test('pseudo parameters are set', async () => {
  const template = global(['us-east-1'], {TableName: {'Fn::Sub': '${AWS::StackName}-${AWS::Partition}'}});
  const file = join(await filesOf({'t.json': template}), 't.json');
  assert.deepEqual((await findingsOf(file)).findings.map(({id}) => id), ['unresolved']);
  assert.deepEqual((await findingsOf(file, '--set', 'AWS::StackName=shop')).findings, []);
  const wrong = await findingsOf(file, '--set', 'AWS::StackName=my shop');
  assert.match(wrong.findings[0].title, /Value 'my shop-aws' at 'tableName' failed/);
});

// `dynarock check`: statuses, formats, and what it says of the files in tests/cases/schema.
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {after, describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {runToEnd} from './server.mjs';

const cases = (name) => fileURLToPath(new URL(`../cases/schema/${name}`, import.meta.url));
const check = (...args) => runToEnd(['check', ...args]);

// A new directory with these files: {path: text}.
const made = [];
async function filesOf(files) {
  const directory = await mkdtemp(join(tmpdir(), 'dynarock-check-'));
  made.push(directory);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), {recursive: true});
    await writeFile(join(directory, path), text);
  }
  return directory;
}
after(() => Promise.all(made.map((directory) => rm(directory, {recursive: true}))));

describe('exit status', () => {
  const rows = [
    ['clean files', [cases('cloudformation/orders.yaml'), cases('sam/clean.yaml')], 0],
    ['a directory', [cases('cdk/cdk.out')], 0],
    ['Terraform', [cases('terraform/clean')], 0],
    ['errors in a file', [cases('cloudformation/undefined_key.yaml')], 1],
    ['a file that is named twice', [cases('cloudformation/orders.yaml'), cases('cloudformation/../cloudformation/orders.yaml')], 0],
    ['a malformed file', [cases('malformed/cut_off.json')], 1],
    ['no such file', [cases('none.yaml')], 2],
    ['a directory without tables', [cases('../schema')], 2],
    ['no file', [], 2],
    ['an unknown format', ['--format', 'word', cases('sam/clean.yaml')], 2],
    ['a value without a name', ['--set', '=x', cases('sam/clean.yaml')], 2],
    ['help', ['--help'], 0],
  ];
  for (const [name, args, code] of rows) {
    test(name, async () => {
      const ended = await check(...args);
      assert.equal(ended.code, code, ended.stdout + ended.stderr);
      if (code === 2) assert.notEqual(ended.stderr + ended.stdout, '');
    });
  }
});

describe('the last line says how much was checked', () => {
  const foreign = 'module "sessions" {\n  source = "example.com/acme/sessions/aws"\n}\n';
  const table = 'resource "aws_dynamodb_table" "a" {\n  name         = "abc"\n  billing_mode = "PAY_PER_REQUEST"\n' +
    '  hash_key     = "pk"\n  attribute {\n    name = "pk"\n    type = "S"\n  }\n}\n';
  const rows = [
    ['all', table, [], 0, '1 table checked'],
    ['all, strictly', table, ['--strict'], 0, '1 table checked'],
    ['not all', table + foreign, [], 0, '1 table checked; not checked: module.sessions'],
    ['not all, strictly', table + foreign, ['--strict'], 1, '1 table checked; not checked: module.sessions'],
    ['nothing', foreign, [], 0, '0 tables checked; not checked: module.sessions'],
  ];
  for (const [name, text, args, code, line] of rows) {
    test(name, async () => {
      const directory = await filesOf({'main.tf': text});
      const ended = await check(...args, directory);
      assert.equal(ended.code, code, ended.stdout + ended.stderr);
      assert.equal(ended.stdout.trimEnd().split('\n').at(-1), line);
      const json = JSON.parse((await check('--format', 'json', directory)).stdout);
      assert.equal(json.tablesChecked, text.startsWith('resource') ? 1 : 0);
      assert.deepEqual(json.unchecked, text.includes('module') ? ['module.sessions'] : []);
    });
  }
});

test('files of the AWS CLI that are no tables are passed over in a directory, and named by themselves told', async () => {
  const index = {IndexName: 'i', KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}], Projection: {ProjectionType: 'ALL'}};
  const directory = await filesOf({
    'table.json': await readFile(cases('api/create_table.json'), 'utf8'),
    'indexes.json': JSON.stringify([index]),
    'keys.json': JSON.stringify(index.KeySchema),
    'item.json': JSON.stringify({pk: {S: 'a'}, KeySchema: {S: 'b'}}),
  });
  const all = await check(directory);
  assert.equal(all.code, 0, all.stdout);
  assert.match(all.stdout, /\n1 table checked\n$/);
  const one = await check(join(directory, 'indexes.json'), join(directory, 'table.json'));
  assert.equal(one.code, 0, one.stdout);
  assert.match(one.stdout, /indexes\.json:1:1: warning: this file holds indexes, not a table \[no-tables\]/);
});

test('pipes and the standard input are read', async () => {
  const program = process.env.DYNAROCK_BIN ?? fileURLToPath(new URL('../../build/release/dynarock', import.meta.url));
  const shell = (command) =>
    new Promise((resolve) => {
      execFile('bash', ['-c', command, program, BUG], (error, stdout, stderr) =>
        resolve({code: error ? error.code : 0, stdout, stderr}));
    });
  const rows = [
    ['cat "$1" | "$0" check -', /^stdin:41:31: error/m],
    ['cat "$1" | "$0" check /dev/stdin', /^\/dev\/stdin:41:31: error/m],
    ['"$0" check - < "$1"', /^stdin:41:31: error/m],
    ['"$0" check <(cat "$1")', /^\/dev\/fd\/\d+:41:31: error/m],
  ];
  for (const [command, words] of rows) {
    const {code, stdout, stderr} = await shell(command);
    assert.equal(code, 1, command + stderr);
    assert.match(stdout, words, command);
  }
});

test('a directory with serverless.yml and the file that it includes', async () => {
  const directory = await filesOf({
    'serverless.yml': 'service: s\nprovider: {name: aws}\nresources: ${file(resources.yml)}\n',
    'resources.yml': await readFile(cases('cloudformation/orders.yaml'), 'utf8'),
  });
  const ended = await check('--format', 'json', directory);
  assert.equal(ended.code, 0, ended.stdout);
});

test('dynamic references are known when they are deployed', async () => {
  const template = await readFile(cases('cloudformation/orders.yaml'), 'utf8');
  const name = /TableName: .*/;
  assert.match(template, name);
  const directory = await filesOf({
    'template.yaml': template.replace(name, "TableName: '{{resolve:ssm:/orders/table:1}}'"),
  });
  const ended = await check(join(directory, 'template.yaml'));
  assert.equal(ended.code, 0, ended.stdout);
  assert.match(ended.stdout, /TableName .* is known only when it is deployed: \{\{resolve:ssm/);
});

test('a value for one of two languages', async () => {
  const directory = await filesOf({
    'template.yaml': await readFile(cases('cloudformation/orders.yaml'), 'utf8'),
    'tf/main.tf': 'variable "region" {}\n',
  });
  const all = [join(directory, 'template.yaml'), join(directory, 'tf')];
  const given = await check(...all, '--set', 'Stage=dev', '--set', 'region=eu');
  assert.doesNotMatch(given.stdout, /that could be set/);
  const wrong = await check(...all, '--set', 'Stagee=dev');
  assert.match(wrong.stdout, /there is no variable "Stagee" that could be set/);
});

test('templates of CDK stages are read', async () => {
  const bad = '{"Resources": {\n "T": {\n  "Type": "AWS::DynamoDB::Tabel"}}}\n';
  const directory = await filesOf({
    'cdk.out/manifest.json': '{"version": "36.0.0", "artifacts": {}}',
    'cdk.out/assembly-Prod/manifest.json': '{"version": "36.0.0", "artifacts": {}}',
    'cdk.out/assembly-Prod/Shop.template.json': bad,
    'cdk.out/assembly-Prod/assembly-Prod-Inner/Inner.template.json': bad,
    'cdk.out/other/Not.template.json': bad,
  });
  const {code, stdout} = await check(join(directory, 'cdk.out'));
  assert.equal(code, 1, stdout);
  assert.match(stdout, /assembly-Prod\/Shop\.template\.json:3:11: error/);
  assert.match(stdout, /assembly-Prod-Inner\/Inner\.template\.json:3:11: error/);
  assert.doesNotMatch(stdout, /Not\.template/);
});

test('a Terraform file that is no UTF-8 has one error at its place', async () => {
  const bytes = Buffer.concat([Buffer.from('resource "aws_dynamodb_table" "x" {\n  name = "\u00e9'), Buffer.from([0xff, 0xfe]), Buffer.from('"\n}\n')]);
  const directory = await filesOf({'bad.tf': bytes});
  const {code, stdout} = await check(join(directory, 'bad.tf'));
  assert.equal(code, 1, stdout);
  assert.match(stdout, /bad\.tf:2:12: error: this byte is not UTF-8, .*\n.*\n1 error, 0 warnings, 0 notes\n0 tables checked\n$/);
});

describe('hints', () => {
  const rows = [
    ['an option that nothing takes', {'t.tf': 'resource "aws_dynamodb_table" "x" {\n  name = "abc"\n}\n'}, ['--set', 'x=1'],
      /^error: there is no variable "x" that could be set \[terraform\]$/m],
    ['capacity that is missing', {'t.tf': 'resource "aws_dynamodb_table" "x" {\n  name = "abc"\n  billing_mode = "PROVISIONED"\n  hash_key = "a"\n  attribute {\n    name = "a"\n    type = "S"\n  }\n}\n'}, [],
      /^ {4}the same holds for write_capacity; CreateTable would say: One or more/m],
    ['one key twice', {'t.json': JSON.stringify({TableName: 'abc', BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{AttributeName: 'a', AttributeType: 'S'}],
      KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}, {AttributeName: 'a', KeyType: 'RANGE'}]})}, [],
      /the partition key and the sort key have the same name/],
    ['JSON lines', {'t.json': '{"a": 1}\n{"a": 2}\n'}, [], /t\.json:2:1: error: this is not JSON: several JSON values; one is expected/],
  ];
  for (const [name, files, args, words] of rows) {
    test(name, async () => {
      const directory = await filesOf(files);
      const {stdout} = await check(...args, join(directory, Object.keys(files)[0]));
      assert.match(stdout, words);
    });
  }
});

describe('values of --set', () => {
  const parameter = '{"Stage": {"Type": "String", "Default": "dev", "AllowedValues": ["dev", "prod"]}, "Size": {"Type": "Number", "Default": 1, "AllowedValues": [1, 2]}}';
  const files = {'t.json': `{"Parameters": ${parameter}, "Transform": "AWS::Serverless-2016-10-31",\n "Resources": {"T": {"Type": "AWS::Serverless::SimpleTable",\n "Properties": {"TableName": {"Fn::Sub": "t-\${Stage}-\${Size}"}}}}}`};
  const rows = [
    [['Stage=prod', 'Size=2'], 0, /^0 errors/m],
    [['Stage=banana'], 1, /t\.json:1:17: error: Parameter 'Stage' must be one of AllowedValues \[template\]\n {4}--set Stage=banana is not one of them/],
    [['Typo=1'], 1, /^error: there is no parameter "Typo" that could be set \[template\]$/m],
    [['AWS::StackName=a'], 0, /^0 errors/m],
  ];
  for (const [values, code, words] of rows) {
    test(values.join(' '), async () => {
      const directory = await filesOf(files);
      const ended = await check(...values.flatMap((value) => ['--set', value]), join(directory, 't.json'));
      assert.match(ended.stdout, words);
      assert.equal(ended.code, code, ended.stdout + ended.stderr);
    });
  }
});

describe('files that define no table', () => {
  const clean = cases('sam/clean.yaml');
  const bucket = 'Resources:\n  B: {Type: "AWS::S3::Bucket"}\n';
  const rows = [
    // name, files, with others beside, status, what stdout or stderr says
    ['a template without tables', {'b.yaml': bucket}, ['b.yaml'], 2, /b\.yaml:1:1: warning: this file defines no tables \[no-tables\]/],
    ['beside a file with tables', {'b.yaml': bucket}, ['b.yaml', clean], 0, /b\.yaml:1:1: warning: this file defines no tables/],
    ['an empty Terraform file', {'empty.tf': ''}, ['empty.tf'], 2, /empty\.tf:1:1: warning: the files given of .* define no tables/],
    ['a Terraform module without tables', {'m/a.tf': 'variable "a" {}\n'}, ['m'], 2, /none of the given files defines a table/],
    ['serverless.yml without resources', {'serverless.yml': 'service: a\nprovider: {name: aws}\n'}, ['serverless.yml'], 2, /warning: this file defines no tables/],
    ['OpenTofu, in place of a file of Terraform',
      {'m/t.tofu': 'resource "aws_dynamodb_tabel" "t" {\n}\n', 'm/t.tf': 'oops', 'm/u.tofu.json': '{"locals": 1}'}, ['m'], 1,
      /t\.tofu:1:1: error: The provider[^]*u\.tofu\.json:1:\d+: error[^]*\n2 errors/],
    ['a file of Terraform that is named, beside one of OpenTofu',
      {'m/t.tofu': 'resource "aws_dynamodb_tabel" "t" {\n}\n', 'm/t.tf': 'resource "aws_dynamodb_table" "u" {\n}\n'}, ['m/t.tf'], 1,
      /^(?![^]*tofu)[^]*t\.tf:1:1: error/],
    ['a misspelt Terraform type', {'t.tf': 'resource "aws_dynamodb_tabel" "t" {\n  name = "aaa"\n}\n'}, ['t.tf'], 1,
      /t\.tf:1:1: error: The provider hashicorp\/aws does not support resource type "aws_dynamodb_tabel"\. Did you mean "aws_dynamodb_table"\?/],
    ['a misspelt CloudFormation type', {'t.yaml': 'Resources:\n  T:\n    Type: AWS::DynamoDB::Tabel\n'}, ['t.yaml'], 1,
      /Unrecognized resource types: \[AWS::DynamoDB::Tabel\].*\n.*did you mean AWS::DynamoDB::Table\?/],
    ['a module that is not there', {'m.tf': 'module "a" {\n  source = "./nosuch"\n}\n'}, ['m.tf'], 1,
      /m\.tf:2:\d+: error: Unreadable module directory: there is no directory .*nosuch \[terraform\]/],
    ['a module without .tf files', {'m.tf': 'module "a" {\n  source = "./inner"\n}\n', 'inner/a.txt': ''}, ['m.tf', clean], 0,
      /m\.tf:1:1: note: module\.a comes from \.\/inner/],
    ['other types of Terraform', {'o.tf': 'resource "aws_dynamodb_tag" "t" {\n  key = "a"\n}\n'}, ['o.tf', clean], 0, /define no tables/],
  ];
  for (const [name, files, args, code, words] of rows) {
    test(name, async () => {
      const directory = await filesOf(files);
      const ended = await check(...args.map((arg) => (arg === clean ? arg : join(directory, arg))));
      assert.match(ended.stdout + ended.stderr, words);
      assert.equal(ended.code, code, ended.stdout + ended.stderr);
    });
  }
});

const BUG = cases('cloudformation/undefined_key.yaml');
const TEXT =
  'One or more parameter values were invalid: Some index key attributes are not defined in ' +
  'AttributeDefinitions. Keys: [orderId, placedAt], AttributeDefinitions: [customerId, orderId, placed_at]';

test('text has the place, the words of the service and a hint', async () => {
  const {stdout} = await check(BUG);
  assert.ok(stdout.includes(`${BUG}:41:31: error: ${TEXT} [create-table]\n    every key attribute`), stdout);
  assert.match(stdout, /\n1 error, 0 warnings, \d notes\n2 tables checked\n$/);
});

test('json', async () => {
  const report = JSON.parse((await check('--format', 'json', BUG)).stdout);
  const [first] = report.findings;
  assert.equal(first.title, TEXT);
  assert.equal(first.severity, 'error');
  assert.deepEqual([first.file, first.line, first.column], [BUG, 41, 31]);
});

test('junit', async () => {
  const {stdout} = await check('--format', 'junit', BUG);
  assert.match(stdout, /^<\?xml/);
  assert.match(stdout, /failures="1"/);
});

test('sarif', async () => {
  const {runs} = JSON.parse((await check('--format', 'sarif', BUG)).stdout);
  const error = runs[0].results.find((result) => result.level === 'error');
  assert.equal(error.locations[0].physicalLocation.region.startLine, 41);
});

test('github', async () => {
  const {stdout} = await check('--format', 'github', BUG);
  assert.match(stdout, /^::error file=.*undefined_key\.yaml,line=41,col=31.*::/m);
});

test('a value that a template does not allow is told once', async () => {
  const {code, stdout} = await check('--set', 'Stage=nowhere', cases('cloudformation/orders.yaml'));
  assert.equal(code, 1);
  assert.match(stdout, /orders\.yaml:\d+:3: error: Parameter 'Stage' must be one of AllowedValues/);
  assert.match(stdout, /\n1 error, /);
});

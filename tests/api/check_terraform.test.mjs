// `dynarock check` and modules of Terraform, as people lay them out.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {checkFiles, checkRows, tfTable} from './check_files.mjs';

const provider = (alias, more) => `provider "aws" {\n  alias = "${alias}"\n  ${more}\n}\n`;

describe('one name in several regions and accounts', () => {
  const west = provider('west', 'region = "us-west-2"');
  checkRows([
    ['a provider of another region', {'main.tf': west + tfTable('a', 'orders') + tfTable('b', 'orders', 'provider = aws.west')}, {tables: 2}],
    ['a quoted one', {'main.tf': west + tfTable('a', 'orders') + tfTable('b', 'orders', 'provider = "aws.west"')}, {tables: 2}],
    ['the region argument', {'main.tf': tfTable('a', 'orders', 'region = "us-east-1"') + tfTable('b', 'orders', 'region = "eu-west-1"')}, {}],
    ['a region that is not known', {'main.tf': `variable "r" {}\n${provider('dr', 'region = var.r')}${tfTable('a', 'orders')}${tfTable('b', 'orders', 'provider = aws.dr')}`}, {}],
    ['a role of another account', {'main.tf': `provider "aws" {\n  region = "us-east-1"\n}\n${provider('o', 'region = "us-east-1"\n  assume_role {\n    role_arn = "arn:aws:iam::123456789012:role/x"\n  }')}${tfTable('a', 'orders')}${tfTable('b', 'orders', 'provider = aws.o')}`}, {}],
    ['a profile', {'main.tf': `provider "aws" {\n  region = "us-east-1"\n}\n${provider('p', 'region = "us-east-1"\n  profile = "two"')}${tfTable('a', 'orders')}${tfTable('b', 'orders', 'provider = aws.p')}`}, {}],
    ...['shared_credentials_files = ["c"]', 'endpoints {\n    dynamodb = "http://localhost:4566"\n  }', 'allowed_account_ids = ["111111111111", "222222222222"]', 'allowed_account_ids = ["111111111111"]'].map((line) =>
      [line, {'main.tf': `provider "aws" {\n  region = "us-east-1"\n}\n${provider('o', `region = "us-east-1"\n  ${line}`)}${tfTable('a', 'orders')}${tfTable('b', 'orders', 'provider = aws.o')}`}, {}]),
    ['a module for each region', {
      'main.tf': `${west}module "east" {\n  source = "./t"\n}\nmodule "west" {\n  source = "./t"\n  providers = {\n    aws = aws.west\n  }\n}\n`,
      't/main.tf': tfTable('a', 'orders'),
    }, {tables: 2}],
    ['configuration_aliases', {
      'main.tf': `${west}module "m" {\n  source = "./t"\n  providers = {\n    aws    = aws\n    aws.dr = aws.west\n  }\n}\n`,
      't/main.tf': `terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n      configuration_aliases = [aws.dr]\n    }\n  }\n}\n${tfTable('a', 'orders')}${tfTable('b', 'orders', 'provider = aws.dr')}`,
    }, {tables: 2}],
    ['the same region twice', {'main.tf': `provider "aws" {\n  region = "us-east-1"\n}\n${provider('e', 'region = "us-east-1"')}${tfTable('a', 'orders')}${tfTable('b', 'orders', 'provider = aws.e')}`},
      {said: [/main\.tf:21: error: Table already exists: orders/]}],
    ['an alias that does not exist', {'main.tf': tfTable('a', 'orders', 'provider = aws.west')},
      {said: [/main\.tf:10: error: Provider configuration not present: To work with aws_dynamodb_table\.a its original provider configuration at provider\["registry\.terraform\.io\/hashicorp\/aws"\]\.west is required/]}],
    ['an alias that a call hands on and that does not exist', {
      'main.tf': 'module "m" {\n  source = "./t"\n  providers = {\n    aws = aws.gone\n  }\n}\n', 't/main.tf': tfTable('a', 'orders'),
    }, {said: [/main\.tf:4: error: missing provider provider\["registry\.terraform\.io\/hashicorp\/aws"\]\.gone/]}],
    ['an alias that a call does not hand on', {
      'main.tf': 'module "m" {\n  source = "./t"\n}\n',
      't/main.tf': `terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n      configuration_aliases = [aws.dr]\n    }\n  }\n}\n${tfTable('b', 'orders', 'provider = aws.dr')}`,
    }, {said: [/main\.tf:1: error: Missing required provider configuration: .* with the local name "aws\.dr"/]}],
    ['a plan', {'plan.json': JSON.stringify({
      format_version: '1.2', terraform_version: '1.11.4',
      configuration: {
        provider_config: {aws: {name: 'aws', expressions: {region: {constant_value: 'us-east-1'}}},
          'aws.west': {name: 'aws', alias: 'west', expressions: {region: {references: ['var.r']}}}},
        root_module: {resources: [
          {address: 'aws_dynamodb_table.a', provider_config_key: 'aws'},
          {address: 'aws_dynamodb_table.b', provider_config_key: 'aws.west'}]},
      },
      planned_values: {root_module: {resources: ['a', 'b'].map((name) => ({
        address: `aws_dynamodb_table.${name}`, mode: 'managed', type: 'aws_dynamodb_table', name,
        values: {name: 'orders', billing_mode: 'PAY_PER_REQUEST', hash_key: 'pk', attribute: [{name: 'pk', type: 'S'}]},
      }))}},
    })}, {tables: 2}],
  ]);
});

describe('types of variables are checked, used or not', () => {
  const rows = [
    ['string', /^$/], ['list', /^$/], ['object({a = optional(list(string), [])})', /^$/],
    ['"string"', /Invalid quoted type constraints: .* Remove the quotes around "string"\./],
    ['"map"', /Remove the quotes around "map" and write map\(string\) instead/],
    ['"number"', /Invalid legacy variable type hint/],
    ['strin', /The keyword "strin" is not a valid type specification/],
    ['list()', /The list type constructor requires one argument/],
    ['list("string")', /A type specification is either a primitive type keyword/],
    ['object({a = optional("string")})', /A type specification is either a primitive type keyword/],
    ['object([])', /Object type constructor requires a map/],
    ['tuple(string)', /Tuple type constructor requires a list/],
    ['optional(string)', /Keyword "optional" is valid only as a modifier/],
    ['any()', /Primitive type keyword "any" does not expect arguments/],
    ['lst(string)', /Keyword "lst" is not a valid type constructor/],
  ];
  checkRows(rows.map(([type, words]) => [
    type, {'main.tf': `variable "x" {\n  type    = ${type}\n  default = null\n}\n${tfTable('a', 'orders')}`},
    {said: words.source === '^$' ? [] : [words]},
  ]));
});

describe('what may scale a table keeps "nothing scales" away', () => {
  const provisioned = 'resource "aws_dynamodb_table" "a" {\n  name = "orders"\n  hash_key = "pk"\n  read_capacity = 5\n  write_capacity = 5\n  attribute {\n    name = "pk"\n    type = "S"\n  }\n}\n';
  const target = (id) => `resource "aws_appautoscaling_target" "t" {\n  service_namespace = "dynamodb"\n  scalable_dimension = "dynamodb:table:ReadCapacityUnits"\n  min_capacity = 1\n  max_capacity = 9\n  resource_id = ${id}\n}\n`;
  const nothing = /nothing scales/;
  checkRows([
    ['nothing does', {'main.tf': provisioned}, {said: [nothing]}],
    ['a target of the table', {'main.tf': provisioned + target('"table/${aws_dynamodb_table.a.name}"')}, {said: []}],
    ['a target of another table', {'main.tf': provisioned + target('"table/carts"')}, {said: [nothing]}],
    ['a target in a module that is not fully known', {
      'main.tf': `${provisioned}variable "id" {}\nmodule "s" {\n  source = "./s"\n  id = var.id\n}\n`, 's/main.tf': `variable "id" {}\n${target('"table/${var.id}"')}`,
    }, {said: [/var\.id/].slice(1)}],
    ['a module from elsewhere', {'main.tf': `${provisioned}module "s" {\n  source = "cloudposse/dynamodb-autoscaler/aws"\n}\n`}, {said: []}],
  ].map(([name, files, expected]) => [name, files, expected, {notes: true}]));
});

describe('what Terraform refuses before it plans', () => {
  const rows = [
    ['a block of the table as an argument', 'ttl = { attribute_name = "x", enabled = true }', /An argument named "ttl" is not expected here\. Did you mean to define a block of type "ttl"\?/],
    ['no enum', 'table_class = ""', /expected table_class to be one of \["STANDARD" "STANDARD_INFREQUENT_ACCESS"\], got $/],
    ['a view type without a stream', 'stream_view_type = "new_image"', /expected stream_view_type to be one of/],
    ['an ARN', 'server_side_encryption {\n    enabled = true\n    kms_key_arn = "alias/x"\n  }', /"server_side_encryption\.0\.kms_key_arn" \(alias\/x\) is an invalid ARN: arn: invalid prefix/],
    ['days of recovery', 'point_in_time_recovery {\n    enabled = true\n    recovery_period_in_days = 40\n  }', /expected point_in_time_recovery\.0\.recovery_period_in_days to be in the range \(1 - 35\), got 40/],
    ['timeouts', 'timeouts {\n    create = "5x"\n  }', /Error parsing "create" timeout: time: unknown unit "x" in duration "5x"/],
    ['timeouts that there are not', 'timeouts {\n    read = "5m"\n  }', /An argument named "read" is not expected here/],
    ['ignore_changes', 'lifecycle {\n    ignore_changes = [nme]\n  }', /named "nme"\. Did you mean "name"\?/],
    ['ignore_changes that is no list', 'lifecycle {\n    ignore_changes = name\n  }', /A static list expression is required/],
    ['prevent_destroy', 'lifecycle {\n    prevent_destroy = "yes"\n  }', /Unsuitable value: a bool is required/],
    ['prevent_destroy of a variable', 'lifecycle {\n    prevent_destroy = var.x\n  }', /Variables may not be used here/],
    ['a precondition without a message', 'lifecycle {\n    precondition {\n      condition = true\n    }\n  }', /The argument "error_message" is required/],
    ['lifecycle twice', 'lifecycle {\n  }\n  lifecycle {\n  }', /Duplicate lifecycle block/],
  ];
  checkRows(rows.map(([name, more, words]) => [name, {'main.tf': `variable "x" {\n  default = true\n}\n${tfTable('a', 'orders', more)}`}, {said: [words]}]));
  const kept = ['ignore_changes = all', 'ignore_changes = [read_capacity, tags["a"], ttl[0].enabled, attribute]', 'ignore_changes = ["name"]', 'prevent_destroy = true', 'replace_triggered_by = [null_resource.x]'];
  checkRows(kept.map((line) => [line, {'main.tf': `resource "null_resource" "x" {}\n${tfTable('a', 'orders', `lifecycle {\n    ${line}\n  }\n  timeouts {\n    create = "1h30m"\n  }`)}`}, {}]));
  checkRows([
    ['an output', {'main.tf': `${tfTable('a', 'orders')}output "o" {\n  values = 1\n}\n`}, {said: [/The argument "value" is required/, /An argument named "values" is not expected here\. Did you mean "value"\?/]}],
    ['a variable', {'main.tf': `${tfTable('a', 'orders')}variable "v" {\n  default {\n  }\n}\n`}, {said: [/Blocks of type "default" are not expected here\. Did you mean to define argument "default"\?/]}],
    ['a block at the top', {'main.tf': `${tfTable('a', 'orders')}resorce "a" "b" {\n}\n`}, {said: [/Blocks of type "resorce" are not expected here\. Did you mean "resource"\?/]}],
    ['a key that is missing', {'main.tf': `${tfTable('a', 'orders-${count.index}', 'count = 2')}output "o" {\n  value = aws_dynamodb_table.a.arn\n}\n`}, {said: [/Because aws_dynamodb_table\.a has "count" set/]}],
    ['a key that is too much', {'main.tf': `${tfTable('a', 'orders')}output "o" {\n  value = aws_dynamodb_table.a[0].arn\n}\n`}, {said: [/does not have "count" or "for_each" set/]}],
    ['a table that is not made is looked at as well', {'main.tf': tfTable('a', 'orders', 'count = 0\n  hash_kee = "x"')}, {said: [/An argument named "hash_kee"/, /left out: its count or for_each is empty here/], tables: 0, unchecked: ['aws_dynamodb_table.a']}],
    ['and nothing of it is refused that a value decides', {'main.tf': `variable "name" {\n  default = null\n}\nvariable "on" {\n  default = false\n}\nresource "aws_dynamodb_table" "a" {\n  count = var.on ? 1 : 0\n  name = var.name\n  hash_key = var.name\n}\n`}, {said: [/is left out/]}],
  ]);
});

describe('modules that use each other', () => {
  const named = (more) => `variable "name" {\n  type = string\n}\nvariable "other" {\n  default = ""\n}\noutput "name" {\n  value = var.name\n}\noutput "both" {\n  value = "\${var.name}-\${var.other}"\n}\n${more}`;
  const table = tfTable('t', '${var.name}');
  checkRows([
    ['in a circle, but with no circle of values', {
      'main.tf': 'module "a" {\n  source = "./m"\n  name = "orders"\n  other = module.b.name\n}\nmodule "b" {\n  source = "./m"\n  name = "carts"\n  other = module.a.name\n}\noutput "o" {\n  value = [module.a.both, module.b.both]\n}\n',
      'm/main.tf': named(table),
    }, {tables: 2}],
    ['with keys', {
      'main.tf': 'module "a" {\n  source = "./m"\n  for_each = toset(["x"])\n  name = "orders-${each.key}"\n  other = module.b[0].name\n}\nmodule "b" {\n  source = "./m"\n  count = 1\n  name = "carts"\n  other = module.a["x"].name\n}\n',
      'm/main.tf': named(table),
    }, {tables: 2}],
    ['in a circle of values', {
      'main.tf': 'module "a" {\n  source = "./m"\n  name = module.b.name\n}\nmodule "b" {\n  source = "./m"\n  name = module.a.name\n}\n',
      'm/main.tf': named(table),
    }, {said: [/refers to itself/]}],
    ['an argument of the wrong type that nobody uses', {
      'main.tf': 'module "a" {\n  source = "./m"\n  name = "orders"\n  size = "big"\n}\n', 'm/main.tf': named(`${table}variable "size" {\n  type = number\n}\n`),
    }, {said: [/var\.size: The variable's type wants a number/]}],
    ['an output that there is not', {
      'main.tf': `module "a" {\n  source = "./m"\n  name = "orders"\n}\n${tfTable('t', '${module.a.nme}')}`, 'm/main.tf': named(''),
    }, {said: [/nme/]}],
  ]);
});

describe('modules from elsewhere', () => {
  const call = (source, more) => `module "db" {\n  source = "${source}"\n${more}}\n`;
  const orders = '  name = "orders"\n  hash_key = "pk"\n  attributes = [{ name = "pk", type = "S" }]\n';
  const posse = '  hash_key = "pk"\n  namespace = "eg"\n  stage = "Test!"\n  name = "orders"\n';
  const sources = [
    'terraform-aws-modules/dynamodb-table/aws', 'registry.terraform.io/terraform-aws-modules/dynamodb-table/aws',
    'git::https://github.com/terraform-aws-modules/terraform-aws-dynamodb-table.git?ref=v4.0.0',
    'github.com/terraform-aws-modules/terraform-aws-dynamodb-table', 'git@github.com:terraform-aws-modules/terraform-aws-dynamodb-table.git',
  ];
  checkRows(sources.map((source) => [source, {'main.tf': call(source, orders)}, {tables: 1, unchecked: []}]));
  checkRows([
    ['a fault is where the module is called', {'main.tf': call(sources[0], `${orders}  global_secondary_indexes = [{\n    name = "by-owner"\n    hash_key = "owner"\n    projection_type = "ALL"\n  }]\n`)},
      {said: [/main\.tf:8: error: all indexes must match a defined attribute\. Unmatched indexes: \["owner"\]/]}],
    ['one of the module itself, at the call', {'main.tf': call(sources[0], `${orders}  billing_mode = "PROVISIONED"\n`)}, {said: [/main\.tf:6: error: read_capacity must be at least 1/]}],
    ['a misspelt argument', {'main.tf': call(sources[0], `${orders}  range_kee = "x"\n`)}, {said: [/main\.tf:6: error: An argument named "range_kee" is not expected here/]}],
    ['an argument of a later version', {'main.tf': call(sources[0], `${orders}  something_quite_new = "x"\n`)}, {tables: 1}],
    ['no table', {'main.tf': call(sources[0], `${orders}  create_table = false\n`)}, {said: [/is left out/], tables: 0}],
    ['outputs', {'main.tf': `${call(sources[0], orders)}output "o" {\n  value = module.db.dynamodb_table_arn\n}\n`}, {tables: 1}],
    ['cloudposse', {'main.tf': call('cloudposse/dynamodb/aws', posse)}, {tables: 1}],
    ['cloudposse, an index without its attribute', {'main.tf': call('cloudposse/dynamodb/aws', `${posse}  global_secondary_index_map = [{\n    name = "by-owner"\n    hash_key = "owner"\n    range_key = null\n    projection_type = "ALL"\n    non_key_attributes = []\n    read_capacity = 5\n    write_capacity = 5\n  }]\n`)},
      {said: [/main\.tf:9: error: all indexes must match a defined attribute\. Unmatched indexes: \["owner"\]/]}],
    ['cloudposse, without its key', {'main.tf': call('cloudposse/dynamodb/aws', '  name = "orders"\n')}, {said: [/The argument "hash_key" is required by the module/]}],
    ['one note for all that are not known', {'main.tf': call('example.com/a/b/aws', '') + 'module "x" {\n  source = "example.com/c/d/aws"\n}\nmodule "v" {\n  source = "terraform-aws-modules/vpc/aws"\n}\n'},
      {said: [/module\.db comes from example\.com\/a\/b\/aws, which is not downloaded here, and 1 other module likewise/], unchecked: ['module.db', 'module.x'], tables: 0}],
    ['what terraform init downloaded', {
      'main.tf': call('example.com/acme/orders/aws', '  name = "orders"\n'),
      '.terraform/modules/modules.json': JSON.stringify({Modules: [
        {Key: '', Source: '', Dir: '.'}, {Key: 'db', Source: 'example.com/acme/orders/aws', Version: '1.0.0', Dir: '.terraform/modules/db'},
        {Key: 'db.inner', Source: 'git::https://example.com/x', Dir: '.terraform/modules/db.inner/sub'}]}),
      '.terraform/modules/db/main.tf': 'variable "name" {}\nmodule "inner" {\n  source = "git::https://example.com/x"\n  name = var.name\n}\n',
      '.terraform/modules/db.inner/sub/main.tf': `variable "name" {}\n${tfTable('t', '${var.name}', 'hash_kee = "x"')}`,
    }, {said: [/\.terraform\/modules\/db\.inner\/sub\/main\.tf:11: error: An argument named "hash_kee"/], tables: 1, unchecked: []}],
  ]);
});

describe('files and names that only deployment knows', () => {
  const named = (value) => `resource "aws_dynamodb_table" "t" {\n  name = ${value}\n  billing_mode = "PAY_PER_REQUEST"\n  hash_key = "pk"\n  attribute {\n    name = "pk"\n    type = "S"\n  }\n}\n`;
  // The names of the tables that the files come to.
  const rows = [
    ['file', 'trimspace(file("${path.module}/name.txt"))', {'name.txt': 'orders-x\n'}],
    ['jsondecode', 'jsondecode(file("names.json")).first', {'names.json': '{"first": "orders-x"}'}],
    ['yamldecode', 'yamldecode(file("${path.root}/names.yaml"))["first"][0]', {'names.yaml': 'first: [orders-x]\n'}],
    ['templatefile', 'templatefile("name.tftpl", {stage = "x"})', {'name.tftpl': 'orders-${stage}'}],
    ['fileset', 'join(",", [for f in fileset("d", "**/*.{json,txt}") : "orders-${trimsuffix(basename(f), ".json")}"])', {'d/a/x.json': '', 'd/b.yaml': ''}],
    ['fileexists', 'fileexists("main.tf") && !fileexists("none") ? "orders-x" : "no"', {}],
    ['dirname', '"orders-${dirname("x/y")}"', {}],
    ['terraform.workspace', '"orders-${terraform.workspace}"', {}, ['--set', 'terraform.workspace=x']],
    ['the selected workspace', '"orders-${terraform.workspace}"', {'.terraform/environment': 'x'}],
    ['TF_WORKSPACE', '"orders-${terraform.workspace}"', {}, [], {TF_WORKSPACE: 'x'}],
    ['a resource of another provider', '"orders-${random_pet.p.id}"', {'r.tf': 'resource "random_pet" "p" {}\n'}, ['--set', 'random_pet.p.id=x']],
    ['one of several', '"orders-${random_pet.p[0].id}"', {'r.tf': 'resource "random_pet" "p" {\n  count = 2\n}\n'}, ['--set', 'random_pet.p[0].id=x']],
    ['a data source', '"orders-${data.aws_region.now.name}"', {'r.tf': 'data "aws_region" "now" {}\n'}, ['--set', 'data.aws_region.now.name=x']],
    ['TF_VAR_stage', '"orders-${var.stage}"', {'r.tf': 'variable "stage" {\n  default = "y"\n}\n'}, [], {TF_VAR_stage: 'x'}],
    ['a .tfvars file comes before TF_VAR_stage', '"orders-${var.stage}"', {'r.tf': 'variable "stage" {}\n', 'a.auto.tfvars': 'stage = "x"\n'}, [], {TF_VAR_stage: 'y'}],
  ];
  for (const [name, value, files, args, env] of rows) {
    test(name, async () => {
      const {said, code} = await checkFiles({'main.tf': named(value) + named(value).replace('"t"', '"u"'), ...files}, {args, env});
      // Both tables have one name: so it is known.
      assert.deepEqual(said.map((line) => line.replace(/^.*?error: /, '')), ['Table already exists: orders-x']);
      assert.equal(code, 1);
    });
  }
  const files = {'main.tf': 'module "m" {\n  source = "./m"\n}\n', 'm/main.tf': `${named('trimspace(file("${path.module}/name.txt"))')}resource "random_pet" "p" {}\noutput "o" {\n  value = random_pet.p.id\n}\n`, 'm/name.txt': 'ab'};
  checkRows([
    ['in a module', files, {said: [/Value 'ab' at 'tableName'/]}],
    ['a file that there is not', {'main.tf': named('file("none.txt")')}, {said: [/none\.txt cannot be read/]}],
    ['what is no file', {'main.tf': named('file(".")')}, {said: [/ is not a file/]}],
    ['a file of the machine', {'main.tf': named('file("/etc/hostname")')}, {said: [/\/etc\/hostname is not read: it is not part of the configuration/]}],
    ['a value that nothing asks for', {'main.tf': tfTable('a', 'orders')}, {said: [/nothing in these files refers to data\.aws_region\.now\.nam/]}, {args: ['--set', 'data.aws_region.now.nam=x']}],
  ]);
});

describe('tables of one name', () => {
  checkRows([
    ['in the root and in a module', {'main.tf': `${tfTable('t', 'orders')}module "m" {\n  source = "./m"\n}\n`, 'm/main.tf': tfTable('t', 'orders')},
      {said: [/m\/main\.tf:3: error: Table already exists: orders/]}],
    ['in two calls of a module', {'main.tf': 'module "a" {\n  source = "./m"\n}\nmodule "b" {\n  source = "./m"\n}\n', 'm/main.tf': tfTable('t', 'orders')},
      {said: [/m\/main\.tf:3: error: Table already exists: orders/]}],
    ['of which one is made', {'main.tf': tfTable('t', 'orders') + tfTable('u', 'orders', 'count = 0')}, {said: [], unchecked: [], tables: 1}],
  ]);
  checkRows([['in two roots', {'a/main.tf': tfTable('t', 'orders'), 'b/main.tf': tfTable('t', 'orders')}, {tables: 2}, {paths: ['a', 'b']}]]);
});

describe('root modules that others use', () => {
  const table = 'resource "aws_dynamodb_table" "t" {\n  name = var.name\n  billing_mode = "PAY_PER_REQUEST"\n  hash_key = var.hash_key\n  dynamic "attribute" {\n    for_each = var.attributes\n    content {\n      name = attribute.value.name\n      type = attribute.value.type\n    }\n  }\n}\n';
  const variables = (name, key) => `variable "name" {\n  ${name}\n}\nvariable "hash_key" {\n  ${key}\n}\nvariable "attributes" {\n  default = []\n}\n`;
  checkRows([
    ['no defaults', {'main.tf': variables('', '') + table}, {said: [/TableName .*var\.name has no default/, /AttributeName/], tables: 1}],
    ['null by default', {'main.tf': variables('default = null', 'default = null') + table},
      {said: [/aws_dynamodb_table\.t is not checked: its hash_key is var\.hash_key, which is null by default/], tables: 0, unchecked: ['aws_dynamodb_table.t']}],
    ['the name alone', {'main.tf': `variable "name" {\n  default = null\n}\n${tfTable('t', 'x').replace('"x"', 'var.name')}`}, {said: [/var\.name is null by default, and nothing sets it/], tables: 1}],
    ['null that is written', {'main.tf': tfTable('t', 'x').replace('"x"', 'null')}, {said: [/The argument "name" is required/]}],
    ['a default that does not pass its validation', {'main.tf': `variable "stage" {\n  default = ""\n  validation {\n    condition = length(var.stage) > 0\n    error_message = "Set a stage."\n  }\n}\n${tfTable('t', 'orders-${var.stage}')}`},
      {said: [/Invalid value for variable "stage": Set a stage\. \(this is its default, and nothing sets it\)/], code: 0}],
    ['a value that does not', {'main.tf': `variable "stage" {\n  default = "a"\n  validation {\n    condition = length(var.stage) > 0\n    error_message = "Set a stage."\n  }\n}\n${tfTable('t', 'orders-${var.stage}')}`},
      {said: [/^error: Invalid value for variable "stage": Set a stage\.$|error: Invalid value for variable "stage": Set a stage\.$/]}, {args: ['--set', 'stage=']}],
    ['what Terragrunt generates', {'main.tf': tfTable('t', 'orders-${var.stage}', 'provider = aws.west'), 'terragrunt.hcl': 'inputs = {}\n'},
      {said: [/var\.stage is declared in none of the files/, /what Terragrunt generates is not seen/], tables: 1}],
  ]);
});

// `dynarock check` and modules of Terraform, as people lay them out.
import {describe} from 'node:test';
import {checkRows, tfTable} from './check_files.mjs';

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
    ['a module from elsewhere', {'main.tf': `${provisioned}module "s" {\n  source = "cloudposse/dynamodb-autoscaler/aws"\n}\n`}, {said: [/cloudposse/]}],
  ].map(([name, files, expected]) => [name, files, expected, {notes: true}]));
});

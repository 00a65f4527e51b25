// Sound templates with tables: of all three types, with parameters, conditions, maps and outputs.
const TYPES = ['S', 'N', 'B'];
const NAMES = ['tenant', 'order', 'created', 'owner', 'region', 'score'];
const ref = (name) => ({Ref: name});
const NONE = ref('AWS::NoValue');
const when = (condition, yes, no = NONE) => ({'Fn::If': [condition, yes, no]});
const keys = (...names) => names.map((name, i) => ({AttributeName: name, KeyType: i === 0 ? 'HASH' : 'RANGE'}));

const projection = (random) =>
  random.pick([{ProjectionType: 'ALL'}, {ProjectionType: 'KEYS_ONLY'}, {ProjectionType: 'INCLUDE', NonKeyAttributes: ['note']}]);
const scaling = (random) => {
  const least = random.between(1, 9);
  return {MinCapacity: least, MaxCapacity: least + random.between(0, 90), TargetTrackingScalingPolicyConfiguration: {TargetValue: random.between(20, 90)}};
};
const insights = (random) => ({Enabled: random.chance(2), ...(random.chance(3) ? {Mode: 'THROTTLED_KEYS'} : {})});
const kinesis = () => ({StreamArn: 'arn:aws:kinesis:us-east-1:123456789012:stream/changes', ApproximateCreationDateTimePrecision: 'MILLISECOND'});
const policy = () => ({
  PolicyDocument: {
    Version: '2012-10-17',
    Statement: [{Effect: 'Allow', Principal: {AWS: 'arn:aws:iam::123456789012:root'}, Action: 'dynamodb:GetItem', Resource: '*'}],
  },
});

// Attributes, keys and indexes; `units`: what each index has of throughput.
function keysAndIndexes(random, units) {
  const [hash, range, ...others] = random.some(NAMES, NAMES.length);
  const sorted = random.chance(2);
  const used = new Set(sorted ? [hash, range] : [hash]);
  const out = {KeySchema: sorted ? keys(hash, range) : keys(hash)};
  if (sorted && random.chance(3)) {
    used.add(others[0]);
    out.LocalSecondaryIndexes = [{IndexName: 'local-first', KeySchema: keys(hash, others[0]), Projection: projection(random)}];
  }
  const global = random.below(3);
  if (global > 0) {
    out.GlobalSecondaryIndexes = random.list(global, (i) => {
      const own = random.chance(2) ? [others[i], hash] : [others[i]];
      own.forEach((name) => used.add(name));
      return {IndexName: `by-${others[i]}`, KeySchema: keys(...own), Projection: projection(random), ...units(random)};
    });
  }
  out.AttributeDefinitions = [...used].map((name) => ({AttributeName: name, AttributeType: random.pick(TYPES)}));
  return out;
}

function shared(random, properties) {
  if (random.chance(2)) properties.TableName = random.pick(['orders', {'Fn::Sub': '${Stage}-orders'}, {'Fn::FindInMap': ['Names', ref('Stage'), 'Table']}]);
  if (random.chance(3)) properties.StreamSpecification = {StreamViewType: random.pick(['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY'])};
  if (random.chance(3)) properties.TimeToLiveSpecification = {AttributeName: 'expires', Enabled: true};
  if (random.chance(4)) properties.SSESpecification = {SSEEnabled: true, SSEType: 'KMS'};
}

function table(random) {
  const units = () => ({ReadCapacityUnits: random.between(1, 9), WriteCapacityUnits: random.between(1, 9)});
  const onDemand = random.chance(2);
  const properties = keysAndIndexes(random, () => (onDemand ? {} : {ProvisionedThroughput: units()}));
  if (onDemand) properties.BillingMode = random.pick(['PAY_PER_REQUEST', ref('Billing')]);
  else properties.ProvisionedThroughput = units();
  shared(random, properties);
  if (random.chance(3)) properties.PointInTimeRecoverySpecification = {PointInTimeRecoveryEnabled: true};
  if (random.chance(4)) properties.TableClass = 'STANDARD_INFREQUENT_ACCESS';
  if (random.chance(4)) properties.DeletionProtectionEnabled = random.pick([true, when('IsProd', true, false)]);
  if (random.chance(4)) properties.ContributorInsightsSpecification = insights(random);
  if (random.chance(4)) properties.KinesisStreamSpecification = kinesis();
  if (random.chance(5)) properties.ResourcePolicy = policy();
  if (random.chance(3)) properties.Tags = [{Key: 'team', Value: 'shop'}, {Key: 'stage', Value: ref('Stage')}];
  return {Type: 'AWS::DynamoDB::Table', Properties: properties};
}

function globalTable(random) {
  const onDemand = random.chance(2);
  const write = () => ({WriteProvisionedThroughputSettings: {WriteCapacityAutoScalingSettings: scaling(random)}});
  const read = () => ({ReadProvisionedThroughputSettings: random.pick([{ReadCapacityUnits: 5}, {ReadCapacityAutoScalingSettings: scaling(random)}])});
  const properties = keysAndIndexes(random, () => (onDemand ? {} : write()));
  shared(random, properties);
  properties.BillingMode = onDemand ? 'PAY_PER_REQUEST' : 'PROVISIONED';
  if (!onDemand) Object.assign(properties, write());
  properties.Replicas = random.some(['us-east-1', 'eu-west-1', 'eu-central-1', 'ap-southeast-2'], random.between(1, 3)).map((Region) => ({
    Region,
    ...(onDemand ? {} : read()),
    ...(!onDemand && properties.GlobalSecondaryIndexes
      ? {GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes.map(({IndexName}) => ({IndexName, ...read()}))}
      : {}),
    ...(random.chance(3) ? {DeletionProtectionEnabled: true} : {}),
    ...(random.chance(3) ? {PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7}} : {}),
    ...(random.chance(4) ? {ContributorInsightsSpecification: insights(random)} : {}),
    ...(random.chance(4) ? {KinesisStreamSpecification: kinesis()} : {}),
    ...(random.chance(4) ? {Tags: [{Key: 'team', Value: 'shop'}]} : {}),
  }));
  // The stack's own region is one of them.
  if (!properties.Replicas.some(({Region}) => Region === 'us-east-1')) properties.Replicas[0].Region = 'us-east-1';
  if (properties.Replicas.length > 1) properties.StreamSpecification ??= {StreamViewType: 'NEW_IMAGE'};
  return {Type: 'AWS::DynamoDB::GlobalTable', Properties: properties};
}

function simpleTable(random) {
  const properties = {};
  if (random.chance(2)) properties.PrimaryKey = {Name: 'owner', Type: random.pick(['String', 'Number', 'Binary'])};
  if (random.chance(3)) properties.ProvisionedThroughput = random.pick([{}, {ReadCapacityUnits: 1, WriteCapacityUnits: 2}]);
  if (random.chance(3)) properties.Tags = {team: 'shop'};
  if (random.chance(3)) properties.SSESpecification = {SSEEnabled: true};
  if (random.chance(3)) properties.TableName = 'simple-orders';
  if (random.chance(3)) properties.PointInTimeRecoverySpecification = {PointInTimeRecoveryEnabled: true};
  return {Type: 'AWS::Serverless::SimpleTable', Properties: properties};
}

// Puts a property that a table can do without behind a condition.
function behindCondition(random, resource) {
  const free = ['StreamSpecification', 'SSESpecification', 'Tags', 'PointInTimeRecoverySpecification', 'TimeToLiveSpecification'];
  const there = free.filter((name) => name in resource.Properties);
  if (resource.Type !== 'AWS::DynamoDB::Table' || there.length === 0) return;
  const name = random.pick(there);
  resource.Properties[name] = when(random.pick(['IsProd', 'IsOpen']), resource.Properties[name]);
}

export function soundTemplate(random) {
  const make = random.weighted([[6, table], [3, globalTable], [2, simpleTable]]);
  const resource = make(random);
  if (random.chance(3)) behindCondition(random, resource);
  if (random.chance(4)) resource.DeletionPolicy = random.pick(['Retain', 'Delete', 'RetainExceptOnCreate']);
  if (resource.DeletionPolicy) resource.UpdateReplacePolicy = 'Retain';
  const sam = make === simpleTable;
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    ...(sam ? {Transform: 'AWS::Serverless-2016-10-31'} : {}),
    Parameters: {
      Stage: {Type: 'String', Default: 'dev', AllowedValues: ['dev', 'prod']},
      Open: {Type: 'String'},
      Billing: {Type: 'String', Default: 'PAY_PER_REQUEST', AllowedValues: ['PAY_PER_REQUEST']},
      Units: {Type: 'Number', Default: 5, MinValue: 1, MaxValue: 100},
      Word: {Type: 'String', Default: 'abc', AllowedPattern: '[a-z]+', MinLength: 2, MaxLength: 9},
    },
    Mappings: {Names: {dev: {Table: 'dev-orders'}, prod: {Table: 'prod-orders'}}},
    Conditions: {IsProd: {'Fn::Equals': [ref('Stage'), 'prod']}, IsOpen: {'Fn::Equals': [ref('Open'), 'yes']}, NotProd: {'Fn::Not': [{Condition: 'IsProd'}]}},
    Resources: {Orders: resource},
    Outputs: {Name: {Value: ref('Orders')}, Arn: {Value: {'Fn::GetAtt': ['Orders', 'Arn']}}, Text: {Value: {'Fn::Sub': 'x-${Orders.Arn}-${Word}-${Units}'}, Condition: 'NotProd'}},
  };
}

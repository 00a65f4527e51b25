// One fault in a sound template. Each returns false where the template has nothing that it could spoil.
const TABLE = 'AWS::DynamoDB::Table';
const GLOBAL = 'AWS::DynamoDB::GlobalTable';
const SIMPLE = 'AWS::Serverless::SimpleTable';

// A fault in the properties of tables of the types; `spoil(properties, random, template)`.
const inProperties = (types, spoil) => ({
  types,
  apply: (template, random) => types.includes(template.Resources.Orders.Type) && spoil(template.Resources.Orders.Properties, random, template),
});
const inTemplate = (spoil) => ({
  types: [TABLE, GLOBAL, SIMPLE],
  apply: (template, random) => spoil(template, random, template.Resources.Orders),
});
const both = [TABLE, GLOBAL];

const set = (map, name, value) => (map ? ((map[name] = value), true) : false);
const drop = (map, name) => Boolean(map) && name in map && delete map[name];
const rename = (map, from, to) => {
  if (!map || !(from in map)) return false;
  map[to] = map[from];
  return delete map[from];
};
const isCall = (value) => value !== null && typeof value === 'object' && Object.keys(value).some((name) => name === 'Ref' || name.startsWith('Fn::'));
// What lies behind a condition, or the value.
const inside = (value) => (value?.['Fn::If'] ? value['Fn::If'][1] : isCall(value) ? undefined : value);
const index = (properties, random) => properties.GlobalSecondaryIndexes && random.pick(properties.GlobalSecondaryIndexes);
const replica = (properties, random) => random.pick(properties.Replicas);

export const FAULTS = {
  'property misspelt': inProperties(both, (p) => rename(p, 'KeySchema', 'KeySchem')),
  'property unknown': inProperties([TABLE, GLOBAL, SIMPLE], (p) => set(p, 'Colour', 'red')),
  'property of another type of table': inProperties([GLOBAL], (p, random) => set(p, ...random.pick([['Tags', [{Key: 'a', Value: 'b'}]], ['DeletionProtectionEnabled', true], ['TableClass', 'STANDARD']]))),
  'no KeySchema': inProperties(both, (p) => drop(p, 'KeySchema')),
  'no AttributeDefinitions': inProperties(both, (p) => drop(p, 'AttributeDefinitions')),
  'key without a name': inProperties(both, (p) => drop(p.KeySchema[0], 'AttributeName')),
  'key without a type': inProperties(both, (p) => drop(p.KeySchema[0], 'KeyType')),
  'KeyType unknown': inProperties(both, (p) => set(p.KeySchema[0], 'KeyType', 'PRIMARY')),
  'RANGE first': inProperties(both, (p) => p.KeySchema.length === 2 && Boolean(p.KeySchema.reverse())),
  'three keys': inProperties(both, (p) => Boolean(p.KeySchema.push({AttributeName: 'third', KeyType: 'RANGE'}))),
  'key not defined': inProperties(both, (p) => set(p.KeySchema[0], 'AttributeName', 'nowhere')),
  'definition not used': inProperties(both, (p) => Boolean(p.AttributeDefinitions.push({AttributeName: 'spare', AttributeType: 'S'}))),
  'definition twice': inProperties(both, (p) => Boolean(p.AttributeDefinitions.push({...p.AttributeDefinitions[0], AttributeType: 'S'}))),
  'AttributeType unknown': inProperties(both, (p, random) => set(random.pick(p.AttributeDefinitions), 'AttributeType', 'String')),
  'definitions are no list': inProperties(both, (p) => set(p, 'AttributeDefinitions', 'a')),
  'index without a name': inProperties(both, (p, random) => drop(index(p, random), 'IndexName')),
  'index without Projection': inProperties(both, (p, random) => drop(index(p, random), 'Projection')),
  'index without keys': inProperties(both, (p, random) => drop(index(p, random), 'KeySchema')),
  'index member misspelt': inProperties(both, (p, random) => rename(index(p, random), 'Projection', 'Projections')),
  'index name twice': inProperties(both, (p, random) => Boolean(index(p, random)) && Boolean(p.GlobalSecondaryIndexes.push(structuredClone(index(p, random))))),
  'index name too short': inProperties(both, (p, random) => set(index(p, random), 'IndexName', 'ab')),
  'ProjectionType unknown': inProperties(both, (p, random) => Boolean(index(p, random)) && set(index(p, random).Projection, 'ProjectionType', 'SOME')),
  'INCLUDE of nothing': inProperties(both, (p, random) => set(index(p, random), 'Projection', {ProjectionType: 'INCLUDE'})),
  'local index of a table without sort key': inProperties(both, (p) => p.KeySchema.length === 1 && set(p, 'LocalSecondaryIndexes', [{IndexName: 'local', KeySchema: [{AttributeName: p.KeySchema[0].AttributeName, KeyType: 'HASH'}, {AttributeName: p.AttributeDefinitions.at(-1).AttributeName, KeyType: 'RANGE'}], Projection: {ProjectionType: 'ALL'}}])),
  'local index of another hash key': inProperties(both, (p) => Boolean(p.LocalSecondaryIndexes) && set(p.LocalSecondaryIndexes[0].KeySchema[0], 'AttributeName', p.KeySchema[1].AttributeName)),
  'BillingMode unknown': inProperties(both, (p) => set(p, 'BillingMode', 'ON_DEMAND')),
  'provisioned without throughput': inProperties([TABLE], (p) => drop(p, 'ProvisionedThroughput') && set(p, 'BillingMode', 'PROVISIONED')),
  'on demand with throughput': inProperties([TABLE], (p) => p.BillingMode !== undefined && set(p, 'ProvisionedThroughput', {ReadCapacityUnits: 5, WriteCapacityUnits: 5})),
  'on demand with zero units': inProperties([TABLE], (p) => p.BillingMode !== undefined && set(p, 'ProvisionedThroughput', {ReadCapacityUnits: 0, WriteCapacityUnits: 0})),
  'units of zero': inProperties([TABLE], (p) => Boolean(p.ProvisionedThroughput) && set(p.ProvisionedThroughput, 'ReadCapacityUnits', 0)),
  'units missing': inProperties([TABLE], (p) => drop(p.ProvisionedThroughput, 'WriteCapacityUnits')),
  'units are a word': inProperties([TABLE], (p) => Boolean(p.ProvisionedThroughput) && set(p.ProvisionedThroughput, 'ReadCapacityUnits', 'many')),
  'units as text': inProperties([TABLE], (p) => Boolean(p.ProvisionedThroughput) && set(p.ProvisionedThroughput, 'ReadCapacityUnits', '5')),
  'StreamViewType unknown': inProperties(both, (p) => set(p, 'StreamSpecification', {StreamViewType: 'ALL'})),
  'StreamEnabled': inProperties(both, (p) => set(p, 'StreamSpecification', {StreamEnabled: true, StreamViewType: 'NEW_IMAGE'})),
  'stream without a view': inProperties([TABLE], (p) => set(p, 'StreamSpecification', {})),
  'encryption without SSEEnabled': inProperties([TABLE, GLOBAL, SIMPLE], (p) => set(p, 'SSESpecification', {SSEType: 'KMS'})),
  'encryption called Enabled': inProperties(both, (p) => set(p, 'SSESpecification', {Enabled: true})),
  'SSEType unknown': inProperties(both, (p) => set(p, 'SSESpecification', {SSEEnabled: true, SSEType: 'AES128'})),
  'key of a global table': inProperties([GLOBAL], (p) => set(p, 'SSESpecification', {SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: 'alias/a'})),
  'TableClass unknown': inProperties([TABLE], (p) => set(p, 'TableClass', 'COLD')),
  'TTL without Enabled': inProperties(both, (p) => set(p, 'TimeToLiveSpecification', {AttributeName: 'expires'})),
  'TTL without attribute': inProperties(both, (p) => set(p, 'TimeToLiveSpecification', {Enabled: true})),
  'a word for true': inProperties([TABLE], (p) => set(p, 'DeletionProtectionEnabled', 'yes')),
  'true as text': inProperties([TABLE], (p) => set(p, 'DeletionProtectionEnabled', 'true')),
  'recovery for too long': inProperties([TABLE], (p) => set(p, 'PointInTimeRecoverySpecification', {PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 36})),
  'insights without Enabled': inProperties([TABLE], (p) => set(p, 'ContributorInsightsSpecification', {Mode: 'THROTTLED_KEYS'})),
  'insights of an unknown mode': inProperties([TABLE], (p) => set(p, 'ContributorInsightsSpecification', {Enabled: true, Mode: 'ALL'})),
  'Kinesis without a stream': inProperties([TABLE], (p) => set(p, 'KinesisStreamSpecification', {ApproximateCreationDateTimePrecision: 'MILLISECOND'})),
  'Kinesis of an unknown precision': inProperties([TABLE], (p) => set(p, 'KinesisStreamSpecification', {StreamArn: 'arn:aws:kinesis:us-east-1:123456789012:stream/a', ApproximateCreationDateTimePrecision: 'SECOND'})),
  'policy without a document': inProperties([TABLE], (p) => set(p, 'ResourcePolicy', {})),
  'tag without a value': inProperties([TABLE], (p) => set(p, 'Tags', [{Key: 'a'}])),
  'tags as a map': inProperties([TABLE], (p) => set(p, 'Tags', {a: 'b'})),
  'TableName too short': inProperties([TABLE], (p) => set(p, 'TableName', 'ab')),
  'TableName of wrong characters': inProperties([TABLE], (p) => set(p, 'TableName', 'my orders')),
  'null': inProperties([TABLE], (p) => set(p, 'BillingMode', null)),

  'no Replicas': inProperties([GLOBAL], (p) => drop(p, 'Replicas')),
  'Replicas empty': inProperties([GLOBAL], (p) => set(p, 'Replicas', [])),
  'replica without Region': inProperties([GLOBAL], (p, random) => drop(replica(p, random), 'Region')),
  'replica misspelt': inProperties([GLOBAL], (p, random) => set(replica(p, random), 'DeletionProtection', true)),
  'replica twice': inProperties([GLOBAL], (p, random) => Boolean(p.Replicas.push({...replica(p, random), DeletionProtectionEnabled: false})) && set(p, 'StreamSpecification', {StreamViewType: 'NEW_IMAGE'})),
  'replicas without a stream': inProperties([GLOBAL], (p) => p.Replicas.length > 1 && drop(p, 'StreamSpecification')),
  'replicas with a stream of keys': inProperties([GLOBAL], (p) => p.Replicas.length > 1 && set(p, 'StreamSpecification', {StreamViewType: 'KEYS_ONLY'})),
  'replica with wrong recovery': inProperties([GLOBAL], (p, random) => set(replica(p, random), 'PointInTimeRecoverySpecification', {PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 0})),
  'replica with wrong insights': inProperties([GLOBAL], (p, random) => set(replica(p, random), 'ContributorInsightsSpecification', {})),
  'replica with wrong Kinesis': inProperties([GLOBAL], (p, random) => set(replica(p, random), 'KinesisStreamSpecification', {})),
  'replica of an unknown index': inProperties([GLOBAL], (p, random) => set(replica(p, random), 'GlobalSecondaryIndexes', [...(p.GlobalSecondaryIndexes ?? []).map(({IndexName}) => ({IndexName, ReadProvisionedThroughputSettings: {ReadCapacityUnits: 5}})), {IndexName: 'by-nothing'}])),
  'scaling without MaxCapacity': inProperties([GLOBAL], (p) => drop(p.WriteProvisionedThroughputSettings?.WriteCapacityAutoScalingSettings, 'MaxCapacity')),
  'scaling without a policy': inProperties([GLOBAL], (p) => drop(p.WriteProvisionedThroughputSettings?.WriteCapacityAutoScalingSettings, 'TargetTrackingScalingPolicyConfiguration')),
  'scaling down to zero': inProperties([GLOBAL], (p) => set(p.WriteProvisionedThroughputSettings?.WriteCapacityAutoScalingSettings, 'MinCapacity', 0)),
  'scaling upside down': inProperties([GLOBAL], (p) => set(p.WriteProvisionedThroughputSettings?.WriteCapacityAutoScalingSettings, 'MinCapacity', 5000)),
  'provisioned without write scaling': inProperties([GLOBAL], (p) => drop(p, 'WriteProvisionedThroughputSettings')),
  'throughput of a table': inProperties([GLOBAL], (p) => set(p, 'ProvisionedThroughput', {ReadCapacityUnits: 1, WriteCapacityUnits: 1})),
  'witness without consistency': inProperties([GLOBAL], (p) => set(p, 'GlobalTableWitnesses', [{Region: 'us-west-2'}])),

  'PrimaryKey without Name': inProperties([SIMPLE], (p) => set(p, 'PrimaryKey', {Type: 'String'})),
  'PrimaryKey without Type': inProperties([SIMPLE], (p) => set(p, 'PrimaryKey', {Name: 'owner'})),
  'PrimaryKey of a letter': inProperties([SIMPLE], (p) => set(p, 'PrimaryKey', {Name: 'owner', Type: 'S'})),
  'tags as a list': inProperties([SIMPLE], (p) => set(p, 'Tags', [{Key: 'a', Value: 'b'}])),
  'BillingMode of a SimpleTable': inProperties([SIMPLE], (p) => set(p, 'BillingMode', 'PAY_PER_REQUEST')),
  'no Transform': {types: [SIMPLE], apply: (t) => t.Resources.Orders.Type === SIMPLE && drop(t, 'Transform')},

  'section misspelt': inTemplate((t) => rename(t, 'Mappings', 'Mapping')),
  'type misspelt': inTemplate((t, _, r) => r.Type === TABLE && set(r, 'Type', 'AWS::DynamoDB::Tabel')),
  'attribute misspelt': inTemplate((t, _, r) => set(r, 'DeletionPolicies', 'Retain')),
  'DeletionPolicy unknown': inTemplate((t, _, r) => set(r, 'DeletionPolicy', 'Keep')),
  'DeletionPolicy of other resources': inTemplate((t, _, r) => set(r, 'DeletionPolicy', 'Snapshot')),
  'UpdateReplacePolicy unknown': inTemplate((t, _, r) => set(r, 'UpdateReplacePolicy', 'RetainExceptOnCreate')),
  'DependsOn nothing': inTemplate((t, _, r) => set(r, 'DependsOn', 'Nothing')),
  'Condition unknown': inTemplate((t, _, r) => set(r, 'Condition', 'Sometimes')),
  'Ref to nothing': inTemplate((t, _, r) => set(r.Properties, 'TableName', {Ref: 'Nothing'})),
  'Sub of nothing': inTemplate((t, _, r) => set(r.Properties, 'TableName', {'Fn::Sub': '${Nothing}-orders'})),
  'If of an unknown condition': inTemplate((t, _, r) => set(r.Properties, 'TableName', {'Fn::If': ['Sometimes', 'orders', {Ref: 'AWS::NoValue'}]})),
  'map without the entry': inTemplate((t, _, r) => set(r.Properties, 'TableName', {'Fn::FindInMap': ['Names', 'test', 'Table']})),
  'map without an AllowedValue': inTemplate((t, _, r) => set(r.Properties, 'TableName', {'Fn::FindInMap': ['Names', {Ref: 'Stage'}, 'Table']}) && Boolean(t.Parameters.Stage.AllowedValues.push('test'))),
  'logical id with a dash': inTemplate((t) => set(t.Resources, 'more-orders', structuredClone(t.Resources.Orders)) && drop(t.Resources['more-orders'].Properties, 'TableName') !== undefined),
  'parameter without a type': inTemplate((t) => drop(t.Parameters.Word, 'Type')),
  'parameter of an unknown type': inTemplate((t) => set(t.Parameters.Word, 'Type', 'Text')),
  'parameter misspelt': inTemplate((t) => rename(t.Parameters.Word, 'MinLength', 'MinLenght')),
  'default not allowed': inTemplate((t) => set(t.Parameters.Stage, 'Default', 'test')),
  'default of another pattern': inTemplate((t) => set(t.Parameters.Word, 'Default', 'ABC')),
  'default too short': inTemplate((t) => set(t.Parameters.Word, 'Default', 'a')),
  'default too long': inTemplate((t) => set(t.Parameters.Word, 'Default', 'abcdefghij')),
  'default too small': inTemplate((t) => set(t.Parameters.Units, 'Default', 0)),
  'default too large': inTemplate((t) => set(t.Parameters.Units, 'Default', 101)),
  'default is no number': inTemplate((t) => set(t.Parameters.Units, 'Default', 'many')),
  'default is a list': inTemplate((t) => set(t.Parameters.Word, 'Default', ['abc'])),
  'condition of an unknown parameter': inTemplate((t) => set(t.Conditions, 'Other', {'Fn::Equals': [{Ref: 'Nothing'}, 'x']})),
  'condition of an unknown condition': inTemplate((t) => set(t.Conditions, 'Other', {'Fn::Not': [{Condition: 'Nothing'}]})),
  'conditions in a circle': inTemplate((t) => set(t.Conditions, 'One', {'Fn::Not': [{Condition: 'Two'}]}) && set(t.Conditions, 'Two', {'Fn::Not': [{Condition: 'One'}]})),
  'output of nothing': inTemplate((t) => set(t.Outputs.Name, 'Value', {Ref: 'Nothing'})),
  'output of an unknown attribute': inTemplate((t) => set(t.Outputs.Arn, 'Value', {'Fn::GetAtt': ['Orders', 'Name']})),
  'output of an unknown resource': inTemplate((t) => set(t.Outputs.Arn, 'Value', {'Fn::GetAtt': ['Nothing', 'Arn']})),
  'output with an unknown Sub': inTemplate((t) => set(t.Outputs.Text, 'Value', {'Fn::Sub': '${Nothing.Arn}'})),
  'output under an unknown condition': inTemplate((t) => set(t.Outputs.Text, 'Condition', 'Sometimes')),
  'output without a value': inTemplate((t) => drop(t.Outputs.Name, 'Value')),
  'output with a dash': inTemplate((t) => set(t.Outputs, 'my-name', {Value: 'a'})),

  'branch that the default takes': inProperties(both, (p) => set(p, 'StreamSpecification', {'Fn::If': ['NotProd', {StreamViewTyp: 'NEW_IMAGE'}, {StreamViewType: 'NEW_IMAGE'}]})),
  'branch that the default does not take': inProperties(both, (p) => set(p, 'StreamSpecification', {'Fn::If': ['IsProd', {StreamViewType: 'ALL'}, {StreamViewType: 'NEW_IMAGE'}]})),
  'branch that is open': inProperties(both, (p) => set(p, 'StreamSpecification', {'Fn::If': ['IsOpen', {StreamViewType: 'NEW_IMAGE'}, {StreamViewTypes: 'NEW_IMAGE'}]})),
  'branch that cannot be taken': inProperties(both, (p) => set(p, 'StreamSpecification', {'Fn::If': ['IsProd', {'Fn::If': ['NotProd', {StreamViewTyp: 'NEW_IMAGE'}, {StreamViewType: 'NEW_IMAGE'}]}, {StreamViewType: 'NEW_IMAGE'}]})),
  'branch without a needed property': inProperties([TABLE], (p) => set(p, 'KeySchema', {'Fn::If': ['IsOpen', p.KeySchema, {Ref: 'AWS::NoValue'}]})),
  'branches that go together': inProperties([TABLE], (p) => p.BillingMode === undefined && set(p, 'BillingMode', {'Fn::If': ['IsOpen', 'PAY_PER_REQUEST', 'PROVISIONED']}) && !p.GlobalSecondaryIndexes && set(p, 'ProvisionedThroughput', {'Fn::If': ['IsOpen', {Ref: 'AWS::NoValue'}, p.ProvisionedThroughput]})),
  'branches that do not go together': inProperties([TABLE], (p) => !p.GlobalSecondaryIndexes && p.BillingMode === undefined && set(p, 'BillingMode', {'Fn::If': ['IsOpen', 'PAY_PER_REQUEST', 'PROVISIONED']}) && set(p, 'ProvisionedThroughput', {'Fn::If': ['IsOpen', p.ProvisionedThroughput, {Ref: 'AWS::NoValue'}]})),
  'inside a conditional property': inProperties([TABLE], (p) => set(inside(p.StreamSpecification), 'Colour', 'red')),
};

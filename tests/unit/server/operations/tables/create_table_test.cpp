// What CreateTable refuses, word for word, and what it and its companions answer.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "server/operations/request/operation_list.h"
#include "table_client.h"

namespace dynarock::operations {
namespace {

// Shorthands of the requests below: $pk a definition of pk as a string, and so on.
std::string Expand(std::string text) {
  const std::vector<std::pair<std::string, std::string>> words = {
      {"$name", "'TableName':'tab'"},
      {"$onDemand", "'BillingMode':'PAY_PER_REQUEST'"},
      {"$units", "'ProvisionedThroughput':{'ReadCapacityUnits':5,'WriteCapacityUnits':6}"},
      {"$all", "'Projection':{'ProjectionType':'ALL'}"},
      {"$hash", "'KeySchema':[H(pk)]"},
      {"$both", "'KeySchema':[H(pk),R(sk)]"},
  };
  for (const auto& [word, meaning] : words) {
    for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
      text.replace(at, word.size(), meaning);
    }
  }
  const std::vector<std::pair<std::string, std::string>> calls = {
      {"H(", "','KeyType':'HASH'}"},
      {"R(", "','KeyType':'RANGE'}"},
      {"S(", "','AttributeType':'S'}"},
      {"N(", "','AttributeType':'N'}"},
  };
  for (const auto& [open, close] : calls) {
    for (size_t at = text.find(open); at != std::string::npos; at = text.find(open, at)) {
      const size_t end = text.find(')', at);
      const std::string name = text.substr(at + open.size(), end - at - open.size());
      const std::string whole = "{'AttributeName':'" + name + close;
      text.replace(at, end - at + 1, whole);
    }
  }
  return text;
}

// `count` global indexes i00, i01, ... on the key g, on demand.
std::string GlobalIndexes(int count) {
  std::string list;
  for (int i = 0; i < count; ++i) {
    list += (list.empty() ? "" : ",") + std::string("{'IndexName':'i") + std::to_string(10 + i) +
            "','KeySchema':[H(g)],$all}";
  }
  return "'GlobalSecondaryIndexes':[" + list + "]";
}

std::string LocalIndexes(int count) {
  std::string list;
  for (int i = 0; i < count; ++i) {
    list += (list.empty() ? "" : ",") + std::string("{'IndexName':'i") + std::to_string(10 + i) +
            "','KeySchema':[H(pk),R(l)],$all}";
  }
  return "'LocalSecondaryIndexes':[" + list + "]";
}

struct Refusal {
  std::string_view name;
  std::string request;
  std::string_view message;
};

#define PFX "One or more parameter values were invalid: "

const std::vector<Refusal> kRefusals = {
    {"NoName", "{}", "The parameter 'TableName' is required but was not present in the request"},
    {"ShortName", "{'TableName':'ab'}",
     "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: Member "
     "must have length greater than or equal to 3"},
    {"EmptyName", "{'TableName':'','KeySchema':[],'AttributeDefinitions':[]}",
     "2 validation errors detected: Value '' at 'tableName' failed to satisfy constraint: Member "
     "must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; Value '' at 'tableName' failed to "
     "satisfy constraint: Member must have length greater than or equal to 3"},
    {"NothingElse", "{$name}",
     "2 validation errors detected: Value null at 'keySchema' failed to satisfy constraint: Member "
     "must not be null; Value null at 'attributeDefinitions' failed to satisfy constraint: Member "
     "must not be null"},
    {"EmptyKeySchema", "{$name,$onDemand,'AttributeDefinitions':[S(pk)],'KeySchema':[]}",
     "1 validation error detected: Value '[]' at 'keySchema' failed to satisfy constraint: Member "
     "must have length greater than or equal to 1"},
    {"ThreeKeys",
     "{$name,$units,'AttributeDefinitions':[S(a),S(b),S(c)],'KeySchema':[H(a),R(b),R(c)]}",
     "1 validation error detected: Value '[KeySchemaElement(attributeName=a, keyType=HASH), "
     "KeySchemaElement(attributeName=b, keyType=RANGE), KeySchemaElement(attributeName=c, "
     "keyType=RANGE)]' at 'keySchema' failed to satisfy constraint: Member must have length less "
     "than or equal to 2"},
    {"KeyType",
     "{$name,$units,'AttributeDefinitions':[S(pk)],'KeySchema':[{'AttributeName':'pk','KeyType':"
     "'INVALID'}]}",
     "1 validation error detected: Value 'INVALID' at 'keySchema.1.member.keyType' failed to "
     "satisfy constraint: Member must satisfy enum value set: [HASH, RANGE]"},
    {"AttributeType",
     "{$name,$units,$hash,'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'X'}]}",
     "1 validation error detected: Value 'X' at 'attributeDefinitions.1.member.attributeType' "
     "failed to satisfy constraint: Member must satisfy enum value set: [B, N, S]"},
    {"ZeroAndMissingUnits",
     "{$name,$hash,'AttributeDefinitions':[S(pk)],'ProvisionedThroughput':{'ReadCapacityUnits':0}}",
     "2 validation errors detected: Value null at 'provisionedThroughput.writeCapacityUnits' "
     "failed "
     "to satisfy constraint: Member must not be null; Value '0' at "
     "'provisionedThroughput.readCapacityUnits' failed to satisfy constraint: Member must have "
     "value greater than or equal to 1"},
    {"NullElement", "{$name,$onDemand,$hash,'AttributeDefinitions':[null]}",
     "1 validation error detected: Value null at 'attributeDefinitions.1.member' failed to satisfy "
     "constraint: Member must not be null"},
    {"UnitsOnDemand", "{$name,$onDemand,$units,$hash,'AttributeDefinitions':[S(pk)]}",
     PFX "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
         "PAY_PER_REQUEST"},
    {"NoUnits", "{$name,$hash,'AttributeDefinitions':[S(pk)]}",
     PFX "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is "
         "PROVISIONED"},
    {"UnitsOutOfBounds",
     "{$name,$hash,'AttributeDefinitions':[S(pk)],'ProvisionedThroughput':{'ReadCapacityUnits':"
     "1000000000001,'WriteCapacityUnits':1}}",
     "Given value 1000000000001 for ReadCapacityUnits is out of bounds"},
    {"OneAttributeTwice", "{$name,$units,'AttributeDefinitions':[S(pk)],'KeySchema':[H(pk),R(pk)]}",
     "Invalid KeySchema: Some index key attribute have no definition"},
    {"KeyNotDefined", "{$name,$onDemand,$both,'AttributeDefinitions':[S(pk),S(x)]}",
     PFX "Some index key attributes are not defined in AttributeDefinitions. Keys: [pk, sk], "
         "AttributeDefinitions: [pk, x]"},
    {"SameName", "{$name,$onDemand,'AttributeDefinitions':[S(pk),S(x)],'KeySchema':[H(pk),R(pk)]}",
     "Both the Hash Key and the Range Key element in the KeySchema have the same name"},
    {"RangeFirst", "{$name,$onDemand,'AttributeDefinitions':[S(pk)],'KeySchema':[R(pk)]}",
     "Invalid KeySchema: The first KeySchemaElement is not a HASH key type"},
    {"TwoHash", "{$name,$onDemand,'AttributeDefinitions':[S(a),S(b)],'KeySchema':[H(a),H(b)]}",
     "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type"},
    {"LeftOver", "{$name,$onDemand,$hash,'AttributeDefinitions':[S(pk),N(x)]}",
     PFX "Number of attributes in KeySchema does not exactly match number of attributes defined in "
         "AttributeDefinitions"},
    {"EmptyLocal",
     "{$name,$onDemand,$both,'AttributeDefinitions':[S(pk),S(sk)],'LocalSecondaryIndexes':[]}",
     PFX "List of LocalSecondaryIndexes is empty"},
    {"LocalOnHashOnly",
     "{$name,$onDemand,$hash,'AttributeDefinitions':[S(pk),S(l)]," + LocalIndexes(1) + "}",
     PFX "Table KeySchema does not have a range key, which is required when specifying a "
         "LocalSecondaryIndex"},
    {"LocalWithoutRange",
     "{$name,$onDemand,$both,'AttributeDefinitions':[S(pk),S(sk)],'LocalSecondaryIndexes':[{"
     "'IndexName':'idx','KeySchema':[H(pk)],$all}]}",
     PFX "Index KeySchema does not have a range key for index: idx"},
    {"LocalOtherHash",
     "{$name,$onDemand,$both,'AttributeDefinitions':[S(pk),S(sk),S(o)],'LocalSecondaryIndexes':[{"
     "'IndexName':'idx','KeySchema':[H(o),R(sk)],$all}]}",
     PFX "Index KeySchema does not have the same leading hash key as table KeySchema for index: "
         "idx. index hash key: o, table hash key: pk"},
    {"SixLocal",
     "{$name,$onDemand,$both,'AttributeDefinitions':[S(pk),S(sk),S(l)]," + LocalIndexes(6) + "}",
     PFX "Number of LocalSecondaryIndexes exceeds per-table limit of 5"},
    {"EmptyGlobal",
     "{$name,$onDemand,$hash,'AttributeDefinitions':[S(pk)],'GlobalSecondaryIndexes':[]}",
     PFX "List of GlobalSecondaryIndexes is empty"},
    {"IndexKeyNotDefined",
     "{$name,$onDemand,'AttributeDefinitions':[S(video_id),S(user_id)],'KeySchema':[H(video_id)],"
     "'GlobalSecondaryIndexes':[{'IndexName':'user','KeySchema':[H(user_id),R(status)],$all}]}",
     PFX "Some index key attributes are not defined in AttributeDefinitions. Keys: [user_id, "
         "status], AttributeDefinitions: [video_id, user_id]"},
    {"HashAfterRange",
     "{$name,$onDemand,$hash,'AttributeDefinitions':[S(pk),S(a),S(b),S(c)],"
     "'GlobalSecondaryIndexes':[{'IndexName':'idx','KeySchema':[H(a),R(b),H(c)],$all}]}",
     PFX "All HASH key attributes must precede RANGE key attributes in the KeySchema"},
    {"FiveHash",
     "{$name,$onDemand,$hash,'AttributeDefinitions':[S(pk),S(a),S(b),S(c),S(d)],"
     "'GlobalSecondaryIndexes':[{'IndexName':'idx','KeySchema':[H(pk),H(a),H(b),H(c),H(d)],$all}]}",
     PFX "The KeySchema exceeds the maximum allowed number of HASH key attributes"},
    {"NoProjectionType",
     "{$name,$onDemand,$hash,'AttributeDefinitions':[S(pk)],'GlobalSecondaryIndexes':[{'IndexName':"
     "'idx','KeySchema':[H(pk)],'Projection':{}}]}",
     PFX "Unknown ProjectionType: null"},
    {"AllWithAttributes",
     "{$name,$onDemand,$hash,'AttributeDefinitions':[S(pk)],'GlobalSecondaryIndexes':[{'IndexName':"
     "'idx','KeySchema':[H(pk)],'Projection':{'ProjectionType':'KEYS_ONLY','NonKeyAttributes':["
     "'a']}}]}",
     PFX "ProjectionType is KEYS_ONLY, but NonKeyAttributes is specified"},
    {"IncludeWithout",
     "{$name,$onDemand,$hash,'AttributeDefinitions':[S(pk)],'GlobalSecondaryIndexes':[{'IndexName':"
     "'idx','KeySchema':[H(pk)],'Projection':{'ProjectionType':'INCLUDE'}}]}",
     PFX "ProjectionType is INCLUDE, but NonKeyAttributes is not specified"},
    {"IndexUnitsOnDemand",
     "{$name,$onDemand,$hash,'AttributeDefinitions':[S(pk)],'GlobalSecondaryIndexes':[{'IndexName':"
     "'idx','KeySchema':[H(pk)],$all,$units}]}",
     PFX "ProvisionedThroughput should not be specified for index: idx when BillingMode is "
         "PAY_PER_REQUEST"},
    {"IndexWithoutUnits",
     "{$name,$units,$hash,'AttributeDefinitions':[S(pk)],'GlobalSecondaryIndexes':[{'IndexName':"
     "'idx','KeySchema':[H(pk)],$all}]}",
     PFX "ProvisionedThroughput is not specified for index: idx"},
    {"SameIndexName",
     "{$name,$onDemand,$both,'AttributeDefinitions':[S(pk),S(sk),S(l)]," + LocalIndexes(1) +
         ",'GlobalSecondaryIndexes':[{'IndexName':'i10','KeySchema':[H(l)],$all}]}",
     PFX "Duplicate index name: i10"},
    {"TwentyOneGlobal",
     "{$name,$onDemand,$hash,'AttributeDefinitions':[S(pk),S(g)]," + GlobalIndexes(21) + "}",
     PFX "GlobalSecondaryIndex count exceeds the per-table limit of 20"},
    {"NotUsed",
     "{$name,$onDemand,$hash,'AttributeDefinitions':[S(z),S(pk),S(g)]," + GlobalIndexes(1) + "}",
     PFX "Some AttributeDefinitions are not used. AttributeDefinitions: [z, pk, g], keys used: [g, "
         "pk]"},
    {"DefinedTwice",
     "{$name,$onDemand,$hash,'AttributeDefinitions':[S(pk),S(g),N(g)]," + GlobalIndexes(1) + "}",
     "Attribute Name is duplicated: g"},
    {"StreamWithoutView",
     "{$name,$onDemand,$hash,'AttributeDefinitions':[S(pk)],'StreamSpecification':{'StreamEnabled':"
     "true}}",
     PFX "Table is being created with a stream enabled, UpdateViewType is required"},
    {"StreamView",
     "{$name,$onDemand,$hash,'AttributeDefinitions':[S(pk)],'StreamSpecification':{'StreamEnabled':"
     "false,'StreamViewType':'NEW_IMAGE'}}",
     PFX "Table is being created with a stream disabled, UpdateViewType should not be specified"},
    {"OnDemandOnProvisioned",
     "{$name,$units,$hash,'AttributeDefinitions':[S(pk)],'OnDemandThroughput':{"
     "'MaxWriteRequestUnits':5}}",
     PFX
     "MaxWriteRequestUnits for OnDemandThroughput cannot be specified when table BillingMode is "
     "PROVISIONED."},
    {"OnDemandRange",
     "{$name,$onDemand,$hash,'AttributeDefinitions':[S(pk)],'OnDemandThroughput':{"
     "'MaxReadRequestUnits':0}}",
     PFX
     "Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid range"},
    {"WarmTooLow",
     "{$name,$onDemand,$hash,'AttributeDefinitions':[S(pk)],'WarmThroughput':{"
     "'WriteUnitsPerSecond':3999}}",
     PFX "Requested WriteUnitsPerSecond for WarmThroughput for table is lower than initial "
         "throughput for OnDemand. See: "
         "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
         "on-demand-capacity-mode.html#on-demand-capacity-mode-initial"},
    {"WarmBelowUnits",
     "{$name,$units,$hash,'AttributeDefinitions':[S(pk)],'WarmThroughput':{'ReadUnitsPerSecond':"
     "4}}",
     PFX "Requested ReadUnitsPerSecond for WarmThroughput for table is lower than "
         "ReadCapacityUnits of ProvisionedThroughput"},
    {"VectorIndexes", "{$name,$onDemand,$hash,'AttributeDefinitions':[S(pk)],'VectorIndexes':[]}",
     "dynarock does not support the parameter VectorIndexes yet"},
    {"VectorIndexesType", "{$name,'VectorIndexes':'x'}", "Unexpected field type"},
};

class CreateTableRefusal : public testing::TestWithParam<Refusal> {};

TEST_P(CreateTableRefusal, Message) {
  TableClient client;
  EXPECT_EQ(client(kCreateTable, Expand(GetParam().request)), GetParam().message);
  EXPECT_EQ(client(kListTables, "{}"), Quoted("{'TableNames':[]}"));
}

INSTANTIATE_TEST_SUITE_P(All, CreateTableRefusal, testing::ValuesIn(kRefusals),
                         [](const auto& row) { return std::string(row.param.name); });

// `json` with the value of TableId, which is random, left out.
std::string WithoutId(std::string json) {
  const size_t at = json.find(",\"TableId\":\"");
  if (at != std::string::npos) json.erase(at, 12 + 36 + 1);
  return json;
}

constexpr std::string_view kFull =
    "{$name,$units,$both,'AttributeDefinitions':[S(pk),N(sk),S(g)],"
    "'LocalSecondaryIndexes':[{'IndexName':'loc','KeySchema':[H(pk),R(g)],'Projection':{"
    "'ProjectionType':'INCLUDE','NonKeyAttributes':['a','b']}}],"
    "'GlobalSecondaryIndexes':[{'IndexName':'glo','KeySchema':[H(g),H(pk),R(sk)],$all,$units}],"
    "'SSESpecification':{'Enabled':true},'TableClass':'STANDARD','DeletionProtectionEnabled':true,"
    "'Tags':[{'Key':'a','Value':'b'}]}";

std::string FullDescription(std::string_view status, std::string_view protection) {
  // The answer to CreateTable shows it only where it was asked for.
  const std::string_view warm = status == "CREATING" ? ""
                                                     : ",'WarmThroughput':{'ReadUnitsPerSecond':5,"
                                                       "'WriteUnitsPerSecond':6,'Status':'ACTIVE'}";
  return Expand(
      "{'AttributeDefinitions':[S(g),S(pk),N(sk)],'TableName':'tab','TableStatus':'" +
      std::string(status) +
      "','TableSizeBytes':0,'ItemCount':0,'TableArn':"
      "'arn:aws:dynamodb:eu-west-1:000000000000:table/tab',$both,"
      "'CreationDateTime':1800000000.000,'ProvisionedThroughput':{"
      "'NumberOfDecreasesToday':0,'ReadCapacityUnits':5,'WriteCapacityUnits':6},"
      "'LocalSecondaryIndexes':[{'IndexName':'loc','KeySchema':[H(pk),R(g)],'Projection':{"
      "'ProjectionType':'INCLUDE','NonKeyAttributes':['a','b']},'IndexSizeBytes':0,"
      "'ItemCount':0,'IndexArn':"
      "'arn:aws:dynamodb:eu-west-1:000000000000:table/tab/index/loc'}],"
      "'GlobalSecondaryIndexes':[{'IndexName':'glo','KeySchema':[H(g),H(pk),R(sk)],$all,"
      "'IndexSizeBytes':0,'ItemCount':0,'IndexArn':"
      "'arn:aws:dynamodb:eu-west-1:000000000000:table/tab/index/glo','IndexStatus':'" +
      std::string(status) +
      "','ProvisionedThroughput':{'NumberOfDecreasesToday':0,'ReadCapacityUnits':5,"
      "'WriteCapacityUnits':6}" +
      std::string(warm) +
      "}],"
      "'SSEDescription':{'Status':'ENABLED','SSEType':'KMS','KMSMasterKeyArn':"
      "'arn:aws:kms:eu-west-1:000000000000:alias/aws/dynamodb'},"
      "'TableClassSummary':{'TableClass':'STANDARD'}" +
      std::string(protection) + std::string(warm) + "}");
}

TEST(CreateTable, DescribesWhatItMade) {
  TableClient client;
  const std::string protection = ",'DeletionProtectionEnabled':true";
  EXPECT_EQ(WithoutId(client(kCreateTable, Expand(std::string(kFull)))),
            Quoted("{'TableDescription':" + FullDescription("CREATING", protection) + "}"));
  EXPECT_EQ(WithoutId(client(kDescribeTable, "{'TableName':'tab'}")),
            Quoted("{'Table':" + FullDescription("ACTIVE", protection) + "}"));
  EXPECT_EQ(WithoutId(client(kDescribeTable,
                             "{'TableName':'arn:aws:dynamodb:eu-west-1:000000000000:table/tab'}")),
            Quoted("{'Table':" + FullDescription("ACTIVE", protection) + "}"));
  EXPECT_EQ(client(kCreateTable, Expand(std::string(kFull))), "Table already exists: tab");
  EXPECT_EQ(client.error_kind(), ErrorKind::kResourceInUse);
}

TEST(CreateTable, OnDemand) {
  TableClient client;
  client.MakeTable("tab");
  EXPECT_EQ(
      WithoutId(client(kDescribeTable, "{'TableName':'tab'}")),
      Quoted(Expand("{'Table':{'AttributeDefinitions':[S(pk)],'TableName':'tab','TableStatus':"
                    "'ACTIVE','TableSizeBytes':0,'ItemCount':0,'TableArn':"
                    "'arn:aws:dynamodb:eu-west-1:000000000000:table/tab',$hash,'CreationDateTime':"
                    "1800000000.000,'ProvisionedThroughput':{'NumberOfDecreasesToday':0,"
                    "'ReadCapacityUnits':0,'WriteCapacityUnits':0},'BillingModeSummary':{"
                    "'BillingMode':'PAY_PER_REQUEST','LastUpdateToPayPerRequestDateTime':"
                    "1800000000.000},'TableThroughputModeSummary':{'TableThroughputMode':"
                    "'PAY_PER_REQUEST','LastUpdateToPayPerRequestDateTime':1800000000.000},"
                    "'DeletionProtectionEnabled':false,'WarmThroughput':{"
                    "'ReadUnitsPerSecond':12000,'WriteUnitsPerSecond':4000,'Status':'ACTIVE'}}}")));
}

TEST(CreateTable, TransientStateLasts) {
  TableClient client(false, 1000);
  client.MakeTable("tab");
  EXPECT_NE(client(kDescribeTable, "{'TableName':'tab'}").find("\"TableStatus\":\"CREATING\""),
            std::string::npos);
  EXPECT_EQ(client(kDeleteTable, "{'TableName':'tab'}"),
            "Attempt to change a resource which is still in use: Table is being created: tab");
  client.clock().Advance(1000);
  EXPECT_NE(client(kDescribeTable, "{'TableName':'tab'}").find("\"TableStatus\":\"ACTIVE\""),
            std::string::npos);
}

TEST(DeleteTable, GoneAtOnce) {
  TableClient client;
  client.MakeTable("tab");
  EXPECT_EQ(WithoutId(client(kDeleteTable, "{'TableName':'tab'}")),
            Quoted("{'TableDescription':{'TableName':'tab','TableStatus':'DELETING',"
                   "'TableSizeBytes':0,'ItemCount':0,'TableArn':"
                   "'arn:aws:dynamodb:eu-west-1:000000000000:table/tab','ProvisionedThroughput':{"
                   "'NumberOfDecreasesToday':0,'ReadCapacityUnits':0,'WriteCapacityUnits':0},"
                   "'BillingModeSummary':{'BillingMode':'PAY_PER_REQUEST',"
                   "'LastUpdateToPayPerRequestDateTime':1800000000.000},"
                   "'DeletionProtectionEnabled':false}}"));
  for (const auto* operation : {&kDescribeTable, &kDeleteTable}) {
    EXPECT_EQ(client(*operation, "{'TableName':'tab'}"),
              "Requested resource not found: Table: tab not found");
    EXPECT_EQ(client.error_kind(), ErrorKind::kResourceNotFound);
  }
}

TEST(DeleteTable, Protected) {
  TableClient client;
  client(kCreateTable, Expand(std::string(kFull)));
  EXPECT_EQ(client(kDeleteTable, "{'TableName':'tab'}"),
            "Resource cannot be deleted as it is currently protected against deletion. Disable "
            "deletion protection first.");
}

TEST(ListTables, PagesByName) {
  TableClient client;
  for (const char* name : {"bbb", "aaa", "ccc"}) client.MakeTable(name);
  EXPECT_EQ(client(kListTables, "{}"), Quoted("{'TableNames':['aaa','bbb','ccc']}"));
  EXPECT_EQ(client(kListTables, "{'Limit':2}"),
            Quoted("{'TableNames':['aaa','bbb'],'LastEvaluatedTableName':'bbb'}"));
  EXPECT_EQ(client(kListTables, "{'Limit':2,'ExclusiveStartTableName':'bbb'}"),
            Quoted("{'TableNames':['ccc']}"));
  EXPECT_EQ(client(kListTables, "{'Limit':1,'ExclusiveStartTableName':'abc'}"),
            Quoted("{'TableNames':['bbb'],'LastEvaluatedTableName':'bbb'}"));
  EXPECT_EQ(client(kListTables, "{'Limit':101}"),
            "1 validation error detected: Value '101' at 'limit' failed to satisfy constraint: "
            "Member must have value less than or equal to 100");
}

TEST(Namespaces, KeepCallersApart) {
  TableClient client(/*isolate=*/true);
  client.MakeTable("tab");
  client.caller().access_key = "other";
  EXPECT_EQ(client(kListTables, "{}"), Quoted("{'TableNames':[]}"));
  client.caller() = {.access_key = "key", .region = "us-east-1", .host = {}};
  EXPECT_EQ(client(kListTables, "{}"), Quoted("{'TableNames':[]}"));
}

}  // namespace
}  // namespace dynarock::operations

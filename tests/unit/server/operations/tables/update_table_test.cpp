// What UpdateTable refuses, word for word, what it answers and what is there afterwards.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "server/operations/request/operation_list.h"
#include "table_client.h"

namespace dynarock::operations {
namespace {

#define PFX "One or more parameter values were invalid: "

constexpr std::string_view kProvisioned =
    "{'TableName':'pro','AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'},"
    "{'AttributeName':'g','AttributeType':'S'}],'KeySchema':[{'AttributeName':'pk','KeyType':"
    "'HASH'}],'ProvisionedThroughput':{'ReadCapacityUnits':5,'WriteCapacityUnits':6},"
    "'GlobalSecondaryIndexes':[{'IndexName':'glo','KeySchema':[{'AttributeName':'g','KeyType':"
    "'HASH'}],'Projection':{'ProjectionType':'ALL'},'ProvisionedThroughput':{'ReadCapacityUnits':1,"
    "'WriteCapacityUnits':2}}]}";

// An update that creates the index `name` on the key `key`.
std::string Creation(std::string_view table, std::string_view name, std::string_view key,
                     std::string_view definitions) {
  return "{'TableName':'" + std::string(table) + "'," + std::string(definitions) +
         "'GlobalSecondaryIndexUpdates':[{'Create':{'IndexName':'" + std::string(name) +
         "','KeySchema':[{'AttributeName':'" + std::string(key) +
         "','KeyType':'HASH'}],'Projection':{'ProjectionType':'ALL'}}}]}";
}

std::string Definition(std::string_view name, std::string_view type = "S") {
  return "'AttributeDefinitions':[{'AttributeName':'" + std::string(name) + "','AttributeType':'" +
         std::string(type) + "'}],";
}

struct Refusal {
  std::string_view name;
  std::string request;
  std::string_view message;
};

const std::vector<Refusal> kRefusals = {
    {"Nothing", "{'TableName':'nope','GlobalSecondaryIndexUpdates':[]}",
     "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
     "GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, "
     "ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, "
     "OnDemandThroughput, WarmThroughput or TableClass is required"},
    {"ProvisionedWithoutUnits", "{'TableName':'nope','BillingMode':'PROVISIONED'}",
     PFX "ProvisionedThroughput must be specified when BillingMode is PROVISIONED"},
    {"ZeroUnits",
     "{'TableName':'pro','ProvisionedThroughput':{'ReadCapacityUnits':0,'WriteCapacityUnits':1}}",
     "1 validation error detected: Value '0' at 'provisionedThroughput.readCapacityUnits' failed "
     "to "
     "satisfy constraint: Member must have value greater than or equal to 1"},
    {"OutOfBounds",
     "{'TableName':'nope','ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':"
     "1000000000001}}",
     "Given value 1000000000001 for WriteCapacityUnits is out of bounds"},
    {"NoAction", "{'TableName':'nope','GlobalSecondaryIndexUpdates':[{}]}",
     PFX "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
         "GlobalSecondaryIndexUpdate.Delete must not be null"},
    {"OneIndexTwice",
     "{'TableName':'nope','GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'abc'}},{'Delete':{"
     "'IndexName':'abc'}}]}",
     PFX "Only one global secondary index update per index is allowed simultaneously. Index: abc"},
    {"NoTable", "{'TableName':'nope','BillingMode':'PAY_PER_REQUEST'}",
     "Requested resource not found: Table: nope not found"},
    {"UnitsWithOnDemand",
     "{'TableName':'pro','BillingMode':'PAY_PER_REQUEST','ProvisionedThroughput':{"
     "'ReadCapacityUnits':1,'WriteCapacityUnits':1}}",
     PFX "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
         "PAY_PER_REQUEST"},
    {"UnitsOnOnDemand",
     "{'TableName':'tab','ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':1}}",
     PFX "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
         "PAY_PER_REQUEST"},
    {"SameUnits",
     "{'TableName':'pro','BillingMode':'PROVISIONED','ProvisionedThroughput':{'ReadCapacityUnits':"
     "5,'WriteCapacityUnits':6}}",
     "The provisioned throughput for the table will not change. The requested value equals the "
     "current value. Current ReadCapacityUnits provisioned for the table: 5. Requested "
     "ReadCapacityUnits: 5. Current WriteCapacityUnits provisioned for the table: 6. Requested "
     "WriteCapacityUnits: 6. Refer to the Amazon DynamoDB Developer Guide for current limits and "
     "how to request higher limits."},
    {"SameUnitsOfIndex",
     "{'TableName':'pro','GlobalSecondaryIndexUpdates':[{'Update':{'IndexName':'glo',"
     "'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':2}}}]}",
     "The provisioned throughput for the index glo will not change. The requested value equals the "
     "current value. Current ReadCapacityUnits provisioned for index glo: 1. Requested "
     "ReadCapacityUnits: 1. Current WriteCapacityUnits provisioned for index glo: 2. Requested "
     "WriteCapacityUnits: 2. Refer to the Amazon DynamoDB Developer Guide for current limits and "
     "how to request higher limits."},
    {"TwoDeletes",
     "{'TableName':'pro','GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'glo'}},{'Delete':{"
     "'IndexName':'abc'}}]}",
     "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per "
     "table"},
    {"UnknownIndex",
     "{'TableName':'pro','GlobalSecondaryIndexUpdates':[{'Update':{'IndexName':'abc',"
     "'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':2}}}]}",
     "Requested resource not found: Index abc for table pro"},
    {"NameTaken", Creation("pro", "glo", "g", Definition("g")),
     "Attempting to create an index which already exists"},
    {"DeleteUnknown",
     "{'TableName':'pro','GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'abc'}}]}",
     "Requested resource not found: Index abc for table pro"},
    {"NoDefinitions", Creation("tab", "idx", "g", ""),
     PFX "AttributeDefinitions is not specified for index: idx"},
    {"StoredDefinitionsDoNotCount", Creation("pro", "idx", "g", Definition("x")),
     PFX "Some index key attributes are not defined in AttributeDefinitions. Keys: [g], "
         "AttributeDefinitions: [x]"},
    {"IndexWithoutUnits", Creation("pro", "idx", "g", Definition("g")),
     PFX "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: idx"},
    {"OnDemandOnProvisioned", "{'TableName':'pro','OnDemandThroughput':{'MaxReadRequestUnits':5}}",
     PFX
     "MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table BillingMode "
     "is PROVISIONED"},
    {"NoStream", "{'TableName':'pro','StreamSpecification':{'StreamEnabled':false}}",
     "Table has no stream to disable: TableName: pro"},
    {"StreamWithoutView", "{'TableName':'pro','StreamSpecification':{'StreamEnabled':true}}",
     PFX "If stream is being enabled then UpdateViewType is required"},
    {"ViewWithoutStream",
     "{'TableName':'pro','StreamSpecification':{'StreamEnabled':false,'StreamViewType':'KEYS_ONLY'"
     "}}",
     PFX "If stream is being disabled, then UpdateViewType must not be specified"},
    {"Replicas", "{'TableName':'pro','ReplicaUpdates':[{'Create':{'RegionName':'x'}}]}",
     "dynarock does not support the parameter ReplicaUpdates yet"},
};

class UpdateTableRefusal : public testing::TestWithParam<Refusal> {};

TEST_P(UpdateTableRefusal, Message) {
  TableClient client;
  client.MakeTable("tab");
  client(kCreateTable, kProvisioned);
  const std::string before = client(kDescribeTable, "{'TableName':'pro'}");
  EXPECT_EQ(client(kUpdateTable, GetParam().request), GetParam().message);
  EXPECT_EQ(client(kDescribeTable, "{'TableName':'pro'}"), before);
}

INSTANTIATE_TEST_SUITE_P(All, UpdateTableRefusal, testing::ValuesIn(kRefusals),
                         [](const auto& row) { return std::string(row.param.name); });

// Whether `text` has `part` (with single quotes for double ones).
testing::AssertionResult Has(std::string_view text, std::string_view part) {
  if (text.find(Quoted(part)) != std::string_view::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << part << " is not in\n" << text;
}

constexpr std::string_view kSeePro = "{'TableName':'pro'}";
constexpr std::string_view kSeeTab = "{'TableName':'tab'}";

TEST(UpdateTable, Throughput) {
  TableClient client;
  client(kCreateTable, kProvisioned);
  const std::string answer =
      client(kUpdateTable,
             "{'TableName':'pro','ProvisionedThroughput':{'ReadCapacityUnits':9,"
             "'WriteCapacityUnits':3}}");
  EXPECT_TRUE(Has(answer, "'TableStatus':'UPDATING'"));
  EXPECT_TRUE(Has(answer, "'NumberOfDecreasesToday':0,'ReadCapacityUnits':5"));
  const std::string seen = client(kDescribeTable, kSeePro);
  EXPECT_TRUE(Has(seen, "'TableStatus':'ACTIVE'"));
  EXPECT_TRUE(Has(seen,
                  "{'LastIncreaseDateTime':1800000000.000,'LastDecreaseDateTime':1800000000.000,"
                  "'NumberOfDecreasesToday':1,'ReadCapacityUnits':9,'WriteCapacityUnits':3}"));
  client.clock().Advance(86'400'000);
  EXPECT_TRUE(Has(client(kDescribeTable, kSeePro), "'NumberOfDecreasesToday':0"));
}

TEST(UpdateTable, IndexThroughput) {
  TableClient client;
  client(kCreateTable, kProvisioned);
  const std::string answer =
      client(kUpdateTable,
             "{'TableName':'pro','GlobalSecondaryIndexUpdates':[{'Update':{'IndexName':'glo',"
             "'ProvisionedThroughput':{'ReadCapacityUnits':7,'WriteCapacityUnits':2}}}]}");
  EXPECT_TRUE(Has(answer, "'IndexStatus':'UPDATING'"));
  const std::string seen = client(kDescribeTable, kSeePro);
  EXPECT_TRUE(Has(seen, "'IndexStatus':'ACTIVE'"));
  EXPECT_TRUE(Has(seen, "'ReadCapacityUnits':7,'WriteCapacityUnits':2"));
}

TEST(UpdateTable, BillingModes) {
  TableClient client;
  client(kCreateTable, kProvisioned);
  for (int i = 0; i < 4; ++i) {
    client(kUpdateTable, "{'TableName':'pro','BillingMode':'PAY_PER_REQUEST'}");
    const std::string seen = client(kDescribeTable, kSeePro);
    EXPECT_TRUE(Has(seen, "'BillingMode':'PAY_PER_REQUEST','LastUpdateToPayPerRequestDateTime'"));
    EXPECT_FALSE(Has(seen, "'ReadCapacityUnits':1"));
    EXPECT_EQ(client(kUpdateTable,
                     "{'TableName':'pro','BillingMode':'PROVISIONED','ProvisionedThroughput':{"
                     "'ReadCapacityUnits':3,'WriteCapacityUnits':3}}"),
              PFX "ProvisionedThroughput must be specified for index: glo");
    client(kUpdateTable,
           "{'TableName':'pro','BillingMode':'PROVISIONED','ProvisionedThroughput':{"
           "'ReadCapacityUnits':3,'WriteCapacityUnits':3},'GlobalSecondaryIndexUpdates':[{'Update':"
           "{'IndexName':'glo','ProvisionedThroughput':{'ReadCapacityUnits':1,"
           "'WriteCapacityUnits':1}}}]}");
    EXPECT_TRUE(Has(client(kDescribeTable, kSeePro), "'BillingMode':'PROVISIONED'"));
  }
}

TEST(UpdateTable, DecreasesAreFewInADay) {
  TableClient client;
  client(kCreateTable, kProvisioned);
  const auto read_units = [&](int units) {
    return client(kUpdateTable, "{'TableName':'pro','ProvisionedThroughput':{'ReadCapacityUnits':" +
                                    std::to_string(units) + ",'WriteCapacityUnits':6}}");
  };
  constexpr int64_t kHour = 3'600'000;
  constexpr std::string_view kRefused =
      "Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC "
      "day. After the first 4 decreases, each subsequent decrease in the same UTC day can be "
      "performed at most once every 3600 seconds. Number of decreases today: ";
  for (const int units : {100, 90, 80, 70, 60}) read_units(units);
  // The clock stands at 2027-01-15 08:00.
  EXPECT_EQ(read_units(50),
            std::string(kRefused) +
                "4. Last decrease at Friday, January 15, 2027 at 8:00:00 AM Coordinated Universal "
                "Time. Next decrease can be made at Friday, January 15, 2027 at 9:00:00 AM "
                "Coordinated Universal Time");
  client.clock().Advance(kHour - 1);
  EXPECT_TRUE(read_units(50).starts_with(kRefused));
  client.clock().Advance(1);
  EXPECT_TRUE(Has(read_units(50), "'NumberOfDecreasesToday':4"));
  client.clock().Advance(14 * kHour + kHour / 2);
  EXPECT_TRUE(Has(read_units(40), "'NumberOfDecreasesToday':5"));
  EXPECT_EQ(read_units(30),
            std::string(kRefused) +
                "6. Last decrease at Friday, January 15, 2027 at 11:30:00 PM Coordinated Universal "
                "Time. Next decrease can be made at Saturday, January 16, 2027 at 12:00:00 AM "
                "Coordinated Universal Time");
  client.clock().Advance(kHour / 2);
  EXPECT_TRUE(Has(read_units(30), "'NumberOfDecreasesToday':0"));
}

TEST(UpdateTable, EncryptionChangesAreFewInADay) {
  TableClient client;
  client.MakeTable("tab");
  const auto encrypt = [&](bool enabled) {
    return client(kUpdateTable, "{'TableName':'tab','SSESpecification':{'Enabled':" +
                                    std::string(enabled ? "true" : "false") + "}}");
  };
  constexpr int64_t kHour = 3'600'000;
  for (const bool enabled : {true, false, true, false}) {
    EXPECT_TRUE(Has(encrypt(enabled), "'Status':'UPDATING'"));
    client.clock().Advance(kHour);
  }
  EXPECT_EQ(encrypt(true),
            "Subscriber limit exceeded: Encryption mode changes are limited in the 24h window "
            "ending at 2027-01-16T08:00:00.000Z. After the first 4 change, each subsequent change "
            "in the same window can be performed at most once every 21600 seconds. Number of "
            "updates today: 4. Last change at 2027-01-15T11:00:00.000Z. Next changes can be made "
            "at 2027-01-15T17:00:00.000Z.");
  client.clock().Advance(5 * kHour);
  EXPECT_TRUE(Has(encrypt(true), "'Status':'UPDATING'"));
}

TEST(UpdateTable, TableClassesAreFewInAMonth) {
  TableClient client;
  client.MakeTable("tab");
  const auto change = [&](std::string_view table_class) {
    return client(kUpdateTable,
                  "{'TableName':'tab','TableClass':'" + std::string(table_class) + "'}");
  };
  change("STANDARD_INFREQUENT_ACCESS");
  change("STANDARD");
  constexpr int64_t kDay = 86'400'000;
  client.clock().Advance(30 * kDay - 1);
  EXPECT_EQ(
      change("STANDARD_INFREQUENT_ACCESS"),
      "Subscriber limit exceeded: Updates to TableClass are limited to 2 times in 30 day(s).");
  client.clock().Advance(1);
  EXPECT_TRUE(Has(change("STANDARD_INFREQUENT_ACCESS"), "'TableStatus':'UPDATING'"));
}

// Tables of one region share the account's units; those of the table that changes count once.
TEST(UpdateTable, QuotasOfTheAccount) {
  TableClient client;
  const auto make = [&](std::string_view name, int reads) {
    return client(kCreateTable, "{'TableName':'" + std::string(name) +
                                    "','AttributeDefinitions':[{'AttributeName':'pk',"
                                    "'AttributeType':'S'}],'KeySchema':[{'AttributeName':'pk',"
                                    "'KeyType':'HASH'}],'ProvisionedThroughput':{"
                                    "'ReadCapacityUnits':" +
                                    std::to_string(reads) + ",'WriteCapacityUnits':1}}");
  };
  const auto refused = [](int reserved, int asked) {
    return "This request would have caused the ReadCapacityUnits limit to be exceeded for the "
           "account in eu-west-1. Current ReadCapacityUnits reserved by the account: " +
           std::to_string(reserved) + ". Limit: 80000. Requested: " + std::to_string(asked) +
           ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to request "
           "higher limits.";
  };
  EXPECT_TRUE(Has(make("one", 40'000), "CREATING"));
  EXPECT_TRUE(Has(make("two", 39'000), "CREATING"));
  EXPECT_EQ(make("six", 1'001), refused(79'000, 1'001));
  EXPECT_TRUE(Has(make("six", 999), "CREATING"));
  const auto change = [&](int reads) {
    return client(kUpdateTable, "{'TableName':'six','ProvisionedThroughput':{'ReadCapacityUnits':" +
                                    std::to_string(reads) + ",'WriteCapacityUnits':1}}");
  };
  EXPECT_EQ(change(1'001), refused(79'000, 1'001));
  EXPECT_EQ(client.error_kind(), ErrorKind::kLimitExceeded);
  EXPECT_TRUE(Has(change(1'000), "UPDATING"));
  client(kDeleteTable, "{'TableName':'two'}");
  EXPECT_TRUE(Has(change(40'000), "UPDATING"));
}

TEST(UpdateTable, SameOnDemandChangesNothing) {
  TableClient client;
  client.MakeTable("tab");
  EXPECT_TRUE(Has(client(kUpdateTable, "{'TableName':'tab','BillingMode':'PAY_PER_REQUEST'}"),
                  "'TableStatus':'UPDATING'"));
  EXPECT_TRUE(Has(client(kDescribeTable, kSeeTab), "'TableStatus':'ACTIVE'"));
}

TEST(UpdateTable, IndexComesAndGoes) {
  TableClient client;
  client.MakeTable("tab");
  const std::string answer =
      client(kUpdateTable, Creation("tab", "idx", "g", Definition("g", "N")));
  EXPECT_TRUE(Has(answer, "'TableStatus':'UPDATING'"));
  EXPECT_TRUE(Has(answer, "'IndexStatus':'CREATING','Backfilling':false"));
  const std::string seen = client(kDescribeTable, kSeeTab);
  EXPECT_TRUE(Has(seen, "'TableStatus':'ACTIVE'"));
  EXPECT_TRUE(Has(seen, "'IndexStatus':'ACTIVE'"));
  EXPECT_FALSE(Has(seen, "Backfilling"));
  EXPECT_TRUE(Has(seen,
                  "'AttributeDefinitions':[{'AttributeName':'g','AttributeType':'N'},"
                  "{'AttributeName':'pk','AttributeType':'S'}]"));
  // A definition that no key uses goes.
  client(kUpdateTable, Creation("tab", "two", "g",
                                "'AttributeDefinitions':[{'AttributeName':'g','AttributeType':'N'},"
                                "{'AttributeName':'x','AttributeType':'S'}],"));
  EXPECT_TRUE(Has(client(kDescribeTable, kSeeTab),
                  "'AttributeDefinitions':[{'AttributeName':'g','AttributeType':'N'},"
                  "{'AttributeName':'pk','AttributeType':'S'}]"));
  const std::string gone =
      client(kUpdateTable,
             "{'TableName':'tab','GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'idx'}}]}");
  EXPECT_TRUE(Has(gone, "'IndexStatus':'DELETING'"));
  client(kUpdateTable,
         "{'TableName':'tab','GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'two'}}]}");
  const std::string after = client(kDescribeTable, kSeeTab);
  EXPECT_FALSE(Has(after, "GlobalSecondaryIndexes"));
  EXPECT_TRUE(Has(after, "'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'}]"));
}

TEST(UpdateTable, MultiAttributeIndex) {
  TableClient client;
  client.MakeTable("tab");
  client(kUpdateTable,
         "{'TableName':'tab','AttributeDefinitions':[{'AttributeName':'a','AttributeType':'S'},{"
         "'AttributeName':'b','AttributeType':'N'},{'AttributeName':'c','AttributeType':'B'}],"
         "'GlobalSecondaryIndexUpdates':[{'Create':{'IndexName':'idx','KeySchema':[{"
         "'AttributeName':'a','KeyType':'HASH'},{'AttributeName':'b','KeyType':'HASH'},{"
         "'AttributeName':'c','KeyType':'RANGE'}],'Projection':{'ProjectionType':'KEYS_ONLY'}}}]}");
  EXPECT_TRUE(Has(client(kDescribeTable, kSeeTab),
                  "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'},{'AttributeName':'b',"
                  "'KeyType':'HASH'},{'AttributeName':'c','KeyType':'RANGE'}],'Projection':{"
                  "'ProjectionType':'KEYS_ONLY'}"));
}

TEST(UpdateTable, OnDemandAndWarmThroughput) {
  TableClient client;
  client.MakeTable("tab");
  client(kUpdateTable,
         "{'TableName':'tab','OnDemandThroughput':{'MaxReadRequestUnits':5,'MaxWriteRequestUnits':"
         "6}}");
  client(kUpdateTable, "{'TableName':'tab','WarmThroughput':{'ReadUnitsPerSecond':13000}}");
  std::string seen = client(kDescribeTable, kSeeTab);
  EXPECT_TRUE(Has(seen, "'OnDemandThroughput':{'MaxReadRequestUnits':5,'MaxWriteRequestUnits':6}"));
  EXPECT_TRUE(Has(seen,
                  "'WarmThroughput':{'ReadUnitsPerSecond':13000,'WriteUnitsPerSecond':4000,"
                  "'Status':'ACTIVE'}"));
  const std::string answer =
      client(kUpdateTable, "{'TableName':'tab','OnDemandThroughput':{'MaxReadRequestUnits':-1}}");
  EXPECT_TRUE(
      Has(answer, "'OnDemandThroughput':{'MaxReadRequestUnits':-1,'MaxWriteRequestUnits':6}"));
  EXPECT_TRUE(
      Has(client(kDescribeTable, kSeeTab), "'OnDemandThroughput':{'MaxWriteRequestUnits':6}"));
  EXPECT_EQ(
      client(kUpdateTable, "{'TableName':'tab','WarmThroughput':{'ReadUnitsPerSecond':12500}}"), PFX
      "Requested ReadUnitsPerSecond for WarmThroughput for table is lower than current "
      "WarmThroughput, decreasing WarmThroughput is not supported");
}

TEST(UpdateTable, Settings) {
  TableClient client;
  client.MakeTable("tab");
  EXPECT_TRUE(Has(client(kUpdateTable, "{'TableName':'tab','DeletionProtectionEnabled':true}"),
                  "'TableStatus':'ACTIVE'"));
  EXPECT_TRUE(Has(client(kUpdateTable,
                         "{'TableName':'tab','SSESpecification':{'Enabled':true,"
                         "'SSEType':'KMS','KMSMasterKeyId':'abc'}}"),
                  "'SSEDescription':{'Status':'UPDATING','SSEType':'KMS','KMSMasterKeyArn':"
                  "'arn:aws:kms:eu-west-1:000000000000:key/abc'}"));
  client(kUpdateTable, "{'TableName':'tab','TableClass':'STANDARD_INFREQUENT_ACCESS'}");
  const std::string seen = client(kDescribeTable, kSeeTab);
  EXPECT_TRUE(Has(seen, "'DeletionProtectionEnabled':true"));
  EXPECT_TRUE(Has(seen, "'SSEDescription':{'Status':'ENABLED'"));
  EXPECT_TRUE(Has(seen,
                  "'TableClassSummary':{'TableClass':'STANDARD_INFREQUENT_ACCESS',"
                  "'LastUpdateDateTime':1800000000.000}"));
}

TEST(UpdateTable, TransientStatesLast) {
  TableClient client(false, 1000);
  client.MakeTable("tab");
  client.clock().Advance(1000);
  client(kUpdateTable, Creation("tab", "idx", "g", Definition("g")));
  const std::string seen = client(kDescribeTable, kSeeTab);
  EXPECT_TRUE(Has(seen, "'TableStatus':'UPDATING'"));
  EXPECT_TRUE(Has(seen, "'IndexStatus':'CREATING'"));
  EXPECT_TRUE(Has(seen, "'Backfilling':false"));
  EXPECT_EQ(client(kUpdateTable, "{'TableName':'tab','TableClass':'STANDARD'}"),
            "Attempt to change a resource which is still in use: Table is being updated: tab");
  EXPECT_TRUE(Has(client(kUpdateTable, "{'TableName':'tab','DeletionProtectionEnabled':true}"),
                  "'TableStatus':'UPDATING'"));
}

}  // namespace
}  // namespace dynarock::operations

// AWS::DynamoDB::GlobalTable: its replicas, each of them, and properties that it has elsewhere.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/server/schema/review/review_client.h"

namespace dynarock::schema {
namespace {

using Said = std::vector<std::string>;

constexpr const char* kStream = "{StreamViewType: NEW_AND_OLD_IMAGES}";

// One global table, its replicas in line 10 and what is added from line 11 on.
std::string Global(const std::string& replicas, const std::string& more = {},
                   const std::string& stream = kStream) {
  return "Resources:\n  T:\n    Type: AWS::DynamoDB::GlobalTable\n    Properties:\n"
         "      TableName: orders\n      BillingMode: PAY_PER_REQUEST\n"
         "      AttributeDefinitions: [{AttributeName: a, AttributeType: S}]\n"
         "      KeySchema: [{AttributeName: a, KeyType: HASH}]\n" +
         (stream.empty() ? "      TimeToLiveSpecification: {Enabled: false}\n"
                         : "      StreamSpecification: " + stream + "\n") +
         "      Replicas: " + replicas + "\n" + more;
}

const std::string kTwo = "[{Region: us-east-1}, {Region: eu-west-1}]";
const std::string kIndex =
    "      GlobalSecondaryIndexes: [{IndexName: byA, KeySchema: [{AttributeName: a, KeyType: "
    "HASH}, {AttributeName: b, KeyType: RANGE}], Projection: {ProjectionType: ALL}}]\n";

std::string WithIndex(const std::string& replicas) {
  std::string text = Global(replicas, kIndex);
  const std::string one = "AttributeType: S}]";
  return text.replace(text.find(one), one.size(),
                      "AttributeType: S}, {AttributeName: b, AttributeType: S}]");
}

TEST(GlobalTableTest, SoundReplicasAreSilent) {
  const std::string scaling =
      "{MinCapacity: 1, MaxCapacity: 9, TargetTrackingScalingPolicyConfiguration: {TargetValue: "
      "70}}";
  for (const std::string& text : {
           Global(kTwo),
           Global(kTwo, {}, "{StreamViewType: NEW_IMAGE}"),
           Global(kTwo, {}, "{StreamViewType: KEYS_ONLY}"),
           Global("[{Region: us-east-1}]", {}, {}),
           Global("[{Region: us-gov-west-1}, {Region: ap-southeast-2}]"),
           Global("[{Region: !Ref AWS::Region}, {Region: us-east-1}]"),
           Global("[{Region: us-east-1}, {Region: eu-west-1}, {Region: eu-west-2}]",
                  "      MultiRegionConsistency: STRONG\n", {}),
           Global(kTwo,
                  "      MultiRegionConsistency: STRONG\n"
                  "      GlobalTableWitnesses: [{Region: us-west-2}]\n",
                  {}),
           Global("[{Region: us-east-1, ContributorInsightsSpecification: {Enabled: 'true', Mode: "
                  "THROTTLED_KEYS}, KinesisStreamSpecification: {StreamArn: x}, ResourcePolicy: "
                  "{PolicyDocument: {Version: 1}}, SSESpecification: {KMSMasterKeyId: k}, Tags: "
                  "[{Key: a, Value: 1}], ReplicaStreamSpecification: {ResourcePolicy: "
                  "{PolicyDocument: '{}'}}}]"),
           WithIndex("[{Region: us-east-1, GlobalSecondaryIndexes: [{IndexName: byA, "
                     "ReadProvisionedThroughputSettings: {ReadCapacityAutoScalingSettings: " +
                     scaling + "}}]}]"),
       }) {
    Said said = Complaints("t.yaml", text);
    // The one index has the table's key, which is a matter of its own.
    std::erase_if(said, [](const std::string& line) {
      return line.find("duplicate-name") != line.npos || line.find("index-repeats") != line.npos;
    });
    EXPECT_EQ(said, Said{}) << text;
  }
}

TEST(GlobalTableTest, FaultsOfEachReplicaAreFound) {
  struct Case {
    const char* name;
    std::string text;
    std::string expected;
  };
  const std::string invalid = "Properties validation failed for resource T with message: #";
  const std::vector<Case> cases = {
      {"no stream", Global(kTwo, {}, {}),
       "10:7 error replicas: T has 2 replicas and no StreamSpecification"},
      {"a region twice", Global("[{Region: us-east-1}, {Region: us-east-1}]"),
       "10:48 error replicas: T has two replicas in us-east-1"},
      {"no replicas", Global("[]"),
       "10:7 error template: " + invalid + "/Replicas: expected minimum item count: 1, found: 0"},
      {"no Region", Global("[{Region: us-east-1}, {TableClass: STANDARD}]"),
       "10:39 error template: " + invalid + "/Replicas/1: required key [Region] not found"},
      {"no region", Global("[{Region: us-east-1}, {Region: europe}]"),
       "10:48 error replicas: europe is no region"},
      {"a misspelt property",
       Global("[{Region: us-east-1}, {Region: eu-west-1, TableClas: STANDARD}]"),
       "10:59 error unknown-property: " + invalid +
           "/Replicas/1: extraneous key [TableClas] is not permitted"},
      {"a class that there is not",
       Global("[{Region: us-east-1}, {Region: eu-west-1, TableClass: COLD}]"),
       "10:71 error template: " + invalid +
           "/Replicas/1/TableClass: COLD is not a valid enum value"},
      {"a word for true",
       Global("[{Region: us-east-1}, {Region: eu-west-1, DeletionProtectionEnabled: 'yes'}]"),
       "10:86 error wrong-type: " + invalid +
           "/Replicas/1/DeletionProtectionEnabled: expected type: Boolean, found: String"},
      {"days of recovery",
       Global("[{Region: us-east-1}, {Region: eu-west-1, PointInTimeRecoverySpecification: "
              "{PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 36}}]"),
       "10:150 error template: " + invalid +
           "/Replicas/1/PointInTimeRecoverySpecification/RecoveryPeriodInDays: 36 is not less or "
           "equal to 35"},
      {"a fraction",
       Global("[{Region: us-east-1, ReadOnDemandThroughputSettings: {MaxReadRequestUnits: 1.5}}]"),
       "10:92 error wrong-type: " + invalid +
           "/Replicas/0/ReadOnDemandThroughputSettings/MaxReadRequestUnits: expected type: "
           "Integer, found: Double"},
      {"scaling without its most",
       Global("[{Region: us-east-1, ReadProvisionedThroughputSettings: "
              "{ReadCapacityAutoScalingSettings: {MinCapacity: 1, "
              "TargetTrackingScalingPolicyConfiguration: {TargetValue: 50}}}}]"),
       "10:74 error template: " + invalid +
           "/Replicas/0/ReadProvisionedThroughputSettings/ReadCapacityAutoScalingSettings: "
           "required key [MaxCapacity] not found"},
      {"less than the least",
       Global("[{Region: us-east-1}]",
              "      WriteProvisionedThroughputSettings: {WriteCapacityAutoScalingSettings: "
              "{MinCapacity: 9, MaxCapacity: 3, TargetTrackingScalingPolicyConfiguration: "
              "{TargetValue: 50}}}\n"),
       "11:108 error replicas: Maximum capacity cannot be less than minimum capacity: MaxCapacity "
       "is 3, MinCapacity 9"},
      {"a target that is no share",
       Global("[{Region: us-east-1}]",
              "      WriteProvisionedThroughputSettings: {WriteCapacityAutoScalingSettings: "
              "{MinCapacity: 1, MaxCapacity: 3, TargetTrackingScalingPolicyConfiguration: "
              "{TargetValue: 0.7}}}\n"),
       "11:167 warning replicas: TargetValue 0.7 of T is not a percentage from 20 to 90"},
      {"settings of an index that is not there",
       WithIndex("[{Region: us-east-1}, {Region: eu-west-1, GlobalSecondaryIndexes: [{IndexName: "
                 "byB}]}]"),
       "10:96 error replicas: a replica of T has settings of an index byB that the table does not "
       "have"},
      {"a property of a table", Global(kTwo, "      DeletionProtectionEnabled: true\n"),
       "11:7 error unknown-property: " + invalid +
           ": extraneous key [DeletionProtectionEnabled] is not permitted"},
      {"a property of a table's encryption",
       Global(kTwo, "      SSESpecification: {SSEEnabled: true, KMSMasterKeyId: k}\n"),
       "11:44 error unknown-property: " + invalid +
           "/SSESpecification: extraneous key [KMSMasterKeyId] is not permitted"},
      {"a witness of nothing", Global(kTwo, "      GlobalTableWitnesses: [{Region: us-west-2}]\n"),
       "11:7 error replicas: MultiRegionConsistency must be set as STRONG when "
       "GlobalTableWitnessUpdates parameter is present."},
      {"two strong regions", Global(kTwo, "      MultiRegionConsistency: STRONG\n"),
       "11:31 error replicas: Unsupported replica count for global tables with "
       "MultiRegionConsistency set to STRONG."},
  };
  for (const Case& c : cases) {
    Said said = Complaints("t.yaml", c.text);
    std::erase_if(said,
                  [](const std::string& line) { return line.find("index-repeats") != line.npos; });
    EXPECT_EQ(said, Said{c.expected}) << c.name;
  }
}

TEST(GlobalTableTest, TheStacksRegionIsAmongThem) {
  ReadOptions options;
  options.values = {{"AWS::Region", "eu-west-1"}};
  EXPECT_EQ(Complaints("t.yaml", Global(kTwo), options), Said{});
  EXPECT_EQ(
      Complaints("t.yaml", Global("[{Region: !Ref AWS::Region}, {Region: eu-west-1}]"), options),
      Said{"10:55 error replicas: T has two replicas in eu-west-1"});
  options.values = {{"AWS::Region", "eu-west-3"}};
  EXPECT_EQ(Complaints("t.yaml", Global(kTwo), options),
            Said{"10:7 error replicas: T has no replica in eu-west-3, where its stack is"});
}

// Replicas behind a condition that is open prove nothing by themselves; each branch is looked at.
TEST(GlobalTableTest, ReplicasThatAreNotKnown) {
  const std::string open =
      "Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, x]}\n";
  const std::string second = "!If [C, {Region: eu-west-1}, !Ref AWS::NoValue]";
  EXPECT_EQ(Complaints("t.yaml", open + Global("[{Region: us-east-1}, " + second + "]")), Said{});
  const Said said =
      Complaints("t.yaml", open + Global("[{Region: us-east-1}, " + second + "]", {}, {}));
  EXPECT_EQ(said, Said{"12:7 error replicas: T has 2 replicas and no StreamSpecification (when C "
                       "holds)"});
  std::string provisioned = Global(
      "!If [C, [{Region: us-east-1, ReadProvisionedThroughputSettings: {ReadCapacityUnits: "
      "1}}], [{Region: us-east-1, ReadProvisionedThroughputSettings: {ReadCapacityUnits: "
      "2}}]]",
      "      WriteProvisionedThroughputSettings: {WriteCapacityAutoScalingSettings: "
      "{MinCapacity: 1, MaxCapacity: 3, TargetTrackingScalingPolicyConfiguration: "
      "{TargetValue: 50}}}\n");
  provisioned.replace(provisioned.find("PAY_PER_REQUEST"), 15, "PROVISIONED");
  EXPECT_EQ(Complaints("t.yaml", open + provisioned), Said{});
}

// In the service's words, once.
TEST(GlobalTableTest, WritesOfAProvisionedTableAreScaled) {
  std::string text = Global(
      "[{Region: us-east-1, ReadProvisionedThroughputSettings: "
      "{ReadCapacityUnits: 5}}]");
  text.replace(text.find("PAY_PER_REQUEST"), 15, "PROVISIONED");
  EXPECT_EQ(Complaints("t.yaml", text),
            Said{"2:3 error replicas: Table write capacity should either be Pay-Per-Request or "
                 "AutoScaled."});
  EXPECT_EQ(Complaints("t.yaml",
                       text + "      WriteProvisionedThroughputSettings: "
                              "{WriteCapacityAutoScalingSettings: {MinCapacity: 1, MaxCapacity: 2, "
                              "TargetTrackingScalingPolicyConfiguration: {TargetValue: 50}}}\n"),
            Said{});
}

// What the table has elsewhere is one error, and its hint names properties that there are.
TEST(GlobalTableTest, ThroughputIsOneFault) {
  std::string text = Global(kTwo, "      ProvisionedThroughput: {ReadCapacityUnits: 1}\n");
  const std::string billing = "      BillingMode: PAY_PER_REQUEST\n";
  text.erase(text.find(billing), billing.size());
  EXPECT_EQ(Complaints("t.yaml", text),
            Said{"10:7 error unknown-property: Properties validation failed for resource T with "
                 "message: #: extraneous key [ProvisionedThroughput] is not permitted"});
}

}  // namespace
}  // namespace dynarock::schema

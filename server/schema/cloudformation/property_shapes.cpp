// The shapes themselves.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html
#include "server/schema/cloudformation/property_shape.h"

namespace dynarock::schema {

namespace {

using Kind = PropertyShape::Kind;

constexpr PropertyShape kText = {.kind = Kind::kText};
constexpr PropertyShape kTruth = {.kind = Kind::kTruth};
constexpr PropertyShape kFromOne = {.kind = Kind::kWhole, .least = 1};
constexpr PropertyShape kFromZero = {.kind = Kind::kWhole, .least = 0};
constexpr PropertyShape kAnyNumber = {.kind = Kind::kNumber};
constexpr PropertyShape kDocument = {.kind = Kind::kDocument};

constexpr PropertyShape ObjectOf(std::span<const PropertyMember> members) {
  return {.kind = Kind::kObject, .members = members};
}
constexpr PropertyShape OneOf(std::span<const std::string_view> words) {
  return {.kind = Kind::kText, .words = words};
}

constexpr std::string_view kModes[] = {"ACCESSED_AND_THROTTLED_KEYS", "THROTTLED_KEYS"};
constexpr PropertyShape kMode = OneOf(kModes);
constexpr PropertyMember kInsightsMembers[] = {{"Enabled", &kTruth, true}, {"Mode", &kMode}};

constexpr std::string_view kPrecisions[] = {"MICROSECOND", "MILLISECOND"};
constexpr PropertyShape kPrecision = OneOf(kPrecisions);
constexpr PropertyMember kKinesisMembers[] = {{"ApproximateCreationDateTimePrecision", &kPrecision},
                                              {"StreamArn", &kText, true}};

constexpr PropertyMember kPolicyMembers[] = {{"PolicyDocument", &kDocument, true}};

// Values by the API Reference of InputFormat and InputCompressionType.
constexpr std::string_view kFormats[] = {"CSV", "DYNAMODB_JSON", "ION"};
constexpr std::string_view kCompressions[] = {"GZIP", "NONE", "ZSTD"};
constexpr PropertyShape kFormat = OneOf(kFormats);
constexpr PropertyShape kCompression = OneOf(kCompressions);
constexpr PropertyShape kTexts = {.kind = Kind::kList, .element = &kText};
constexpr PropertyMember kCsvMembers[] = {{"Delimiter", &kText}, {"HeaderList", &kTexts}};
constexpr PropertyShape kCsv = ObjectOf(kCsvMembers);
constexpr PropertyMember kFormatMembers[] = {{"Csv", &kCsv}};
constexpr PropertyShape kFormatOptions = ObjectOf(kFormatMembers);
constexpr PropertyMember kBucketMembers[] = {
    {"S3Bucket", &kText, true}, {"S3BucketOwner", &kText}, {"S3KeyPrefix", &kText}};
constexpr PropertyShape kBucket = ObjectOf(kBucketMembers);
constexpr PropertyMember kImportMembers[] = {{"InputCompressionType", &kCompression},
                                             {"InputFormat", &kFormat, true},
                                             {"InputFormatOptions", &kFormatOptions},
                                             {"S3BucketSource", &kBucket, true}};

constexpr PropertyMember kTrackingMembers[] = {{"DisableScaleIn", &kTruth},
                                               {"ScaleInCooldown", &kFromZero},
                                               {"ScaleOutCooldown", &kFromZero},
                                               {"TargetValue", &kAnyNumber, true}};
constexpr PropertyShape kTracking = ObjectOf(kTrackingMembers);
constexpr PropertyMember kScalingMembers[] = {
    {"MaxCapacity", &kFromOne, true},
    {"MinCapacity", &kFromOne, true},
    {"SeedCapacity", &kFromOne},
    {"TargetTrackingScalingPolicyConfiguration", &kTracking, true}};
constexpr PropertyShape kScaling = ObjectOf(kScalingMembers);

constexpr PropertyMember kReadMembers[] = {{"ReadCapacityAutoScalingSettings", &kScaling},
                                           {"ReadCapacityUnits", &kFromOne}};
constexpr PropertyShape kReplicaRead = ObjectOf(kReadMembers);
constexpr PropertyMember kGlobalReadMembers[] = {{"ReadCapacityUnits", &kFromOne}};
constexpr PropertyMember kWriteMembers[] = {{"WriteCapacityAutoScalingSettings", &kScaling}};
constexpr PropertyMember kReadLimit[] = {{"MaxReadRequestUnits", &kFromOne}};
constexpr PropertyMember kWriteLimit[] = {{"MaxWriteRequestUnits", &kFromOne}};

constexpr PropertyShape kInsights = ObjectOf(kInsightsMembers);
constexpr PropertyShape kKinesis = ObjectOf(kKinesisMembers);
constexpr PropertyShape kPolicy = ObjectOf(kPolicyMembers);
constexpr PropertyShape kReadOnly = ObjectOf(kReadLimit);

constexpr PropertyMember kReplicaIndexMembers[] = {
    {"ContributorInsightsSpecification", &kInsights},
    {"IndexName", &kText, true},
    {"ReadOnDemandThroughputSettings", &kReadOnly},
    {"ReadProvisionedThroughputSettings", &kReplicaRead}};
constexpr PropertyShape kReplicaIndex = ObjectOf(kReplicaIndexMembers);
constexpr PropertyShape kReplicaIndexes = {.kind = Kind::kList, .element = &kReplicaIndex};

constexpr PropertyShape kDays = {.kind = Kind::kWhole, .least = 1, .most = 35};
constexpr PropertyMember kRecoveryMembers[] = {{"PointInTimeRecoveryEnabled", &kTruth},
                                               {"RecoveryPeriodInDays", &kDays}};
constexpr PropertyShape kRecovery = ObjectOf(kRecoveryMembers);
constexpr PropertyMember kStreamMembers[] = {{"ResourcePolicy", &kPolicy, true}};
constexpr PropertyShape kReplicaStream = ObjectOf(kStreamMembers);
constexpr PropertyMember kKeyMembers[] = {{"KMSMasterKeyId", &kText, true}};
constexpr PropertyShape kReplicaKey = ObjectOf(kKeyMembers);
constexpr std::string_view kClasses[] = {"STANDARD", "STANDARD_INFREQUENT_ACCESS"};
constexpr PropertyShape kClass = OneOf(kClasses);
constexpr PropertyMember kTagMembers[] = {{"Key", &kText, true}, {"Value", &kText, true}};
constexpr PropertyShape kTag = ObjectOf(kTagMembers);
constexpr PropertyShape kTags = {.kind = Kind::kList, .element = &kTag};
constexpr std::string_view kSwitch[] = {"ENABLED", "DISABLED"};
constexpr PropertyShape kSwitched = OneOf(kSwitch);

constexpr PropertyMember kReplicaMembers[] = {{"ContributorInsightsSpecification", &kInsights},
                                              {"DeletionProtectionEnabled", &kTruth},
                                              {"GlobalSecondaryIndexes", &kReplicaIndexes},
                                              {"GlobalTableSettingsReplicationMode", &kSwitched},
                                              {"KinesisStreamSpecification", &kKinesis},
                                              {"PointInTimeRecoverySpecification", &kRecovery},
                                              {"ReadOnDemandThroughputSettings", &kReadOnly},
                                              {"ReadProvisionedThroughputSettings", &kReplicaRead},
                                              {"Region", &kText, true},
                                              {"ReplicaStreamSpecification", &kReplicaStream},
                                              {"ResourcePolicy", &kPolicy},
                                              {"SSESpecification", &kReplicaKey},
                                              {"TableClass", &kClass},
                                              {"Tags", &kTags}};
constexpr PropertyShape kReplica = ObjectOf(kReplicaMembers);

constexpr PropertyMember kWitnessMembers[] = {{"Region", &kText}};
constexpr PropertyShape kWitness = ObjectOf(kWitnessMembers);
constexpr std::string_view kConsistencies[] = {"EVENTUAL", "STRONG"};

// The text of SSEType is CreateTable's matter.
constexpr PropertyMember kEncryptionMembers[] = {
    {"KMSMasterKeyId", &kText}, {"SSEEnabled", &kTruth, true}, {"SSEType", &kText}};
constexpr PropertyMember kSharedEncryptionMembers[] = {{"SSEEnabled", &kTruth, true},
                                                       {"SSEType", &kText}};

}  // namespace

const PropertyShape kContributorInsights = kInsights;
const PropertyShape kKinesisStream = kKinesis;
const PropertyShape kResourcePolicy = kPolicy;
const PropertyShape kImportSource = ObjectOf(kImportMembers);
const PropertyShape kReplicas = {.kind = Kind::kList, .element = &kReplica, .least = 1};
const PropertyShape kWitnesses = {.kind = Kind::kList, .element = &kWitness, .least = 1, .most = 1};
const PropertyShape kConsistency = OneOf(kConsistencies);
const PropertyShape kReplicationMode = kSwitched;
const PropertyShape kReadProvisioned = ObjectOf(kGlobalReadMembers);
const PropertyShape kWriteProvisioned = ObjectOf(kWriteMembers);
const PropertyShape kReadOnDemand = ObjectOf(kReadLimit);
const PropertyShape kWriteOnDemand = ObjectOf(kWriteLimit);
const PropertyShape kAnyText = kText;
const PropertyShape kEncryption = ObjectOf(kEncryptionMembers);
const PropertyShape kSharedEncryption = ObjectOf(kSharedEncryptionMembers);

}  // namespace dynarock::schema

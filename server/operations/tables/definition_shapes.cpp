#include "server/operations/tables/definition_shapes.h"

#include <array>
#include <string_view>

#include "server/operations/request/shapes.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr std::array<std::string_view, 2> kBillingModeNames = {"PROVISIONED", "PAY_PER_REQUEST"};
constexpr std::string_view kNoTableClass =
    "Member must satisfy enum value set: [STANDARD, STANDARD_INFREQUENT_ACCESS]";
constexpr std::array<std::string_view, 2> kKeyTypeNames = {"HASH", "RANGE"};
constexpr std::array<std::string_view, 3> kAttributeTypeNames = {"B", "N", "S"};
constexpr std::array<std::string_view, 3> kProjectionTypeNames = {"ALL", "INCLUDE", "KEYS_ONLY"};
constexpr std::array<std::string_view, 4> kStreamViewNames = {"NEW_IMAGE", "OLD_IMAGE",
                                                              "NEW_AND_OLD_IMAGES", "KEYS_ONLY"};
constexpr std::array<std::string_view, 2> kEncryptionNames = {"AES256", "KMS"};
constexpr EnumSet kKeyTypes{kKeyTypeNames};
constexpr EnumSet kAttributeTypes{kAttributeTypeNames};
constexpr EnumSet kProjectionTypes{kProjectionTypeNames};
constexpr EnumSet kStreamViews{kStreamViewNames};
constexpr EnumSet kEncryptionTypes{kEncryptionNames};

constexpr Rule kKeyName{.required = true, .min_length = 1, .max_length = 255};
constexpr Rule kIndexName{
    .required = true, .min_length = 3, .max_length = 255, .name_pattern = true};
constexpr Rule kUnits{.required = true, .min_value = 1};

constexpr Member kKeyElementMembers[] = {
    {"AttributeName", &kStringShape, kKeyName},
    {"KeyType", &kStringShape, RequiredOneOf(kKeyTypes)},
};
constexpr Shape kKeyElement = Structure("KeySchemaElement", kKeyElementMembers);

constexpr Member kAttributeDefinitionMembers[] = {
    {"AttributeName", &kStringShape, kKeyName},
    {"AttributeType", &kStringShape, RequiredOneOf(kAttributeTypes)},
};
constexpr Shape kAttributeDefinition =
    Structure("AttributeDefinition", kAttributeDefinitionMembers);

constexpr Member kProjectionMembers[] = {
    {"ProjectionType", &kStringShape, OneOf(kProjectionTypes)},
    {"NonKeyAttributes",
     &kStringListShape,
     {.min_length = 1, .max_length = 20, .element = &kKeyName}},
};
constexpr Shape kProjection = Structure("Projection", kProjectionMembers);

constexpr Member kThroughputMembers[] = {
    {"WriteCapacityUnits", &kLongShape, kUnits},
    {"ReadCapacityUnits", &kLongShape, kUnits},
};
constexpr Member kOnDemandMembers[] = {
    {"MaxReadRequestUnits", &kLongShape},
    {"MaxWriteRequestUnits", &kLongShape},
};
constexpr Member kWarmMembers[] = {
    {"ReadUnitsPerSecond", &kLongShape, {.min_value = 1}},
    {"WriteUnitsPerSecond", &kLongShape, {.min_value = 1}},
};

constexpr Member kLocalIndexMembers[] = {
    {"IndexName", &kStringShape, kIndexName},
    {"KeySchema", &kKeySchema, kSmallKeySchema},
    {"Projection", &kProjection, Required()},
};
constexpr Shape kLocalIndex = Structure("LocalSecondaryIndex", kLocalIndexMembers);

constexpr Member kGlobalIndexMembers[] = {
    {"KeySchema",
     &kKeySchema,
     {.required = true, .min_length = 1, .max_length = 8, .element = &kEach}},
    {"Projection", &kProjection, Required()},
    {"IndexName", &kStringShape, kIndexName},
    {"ProvisionedThroughput", &kProvisionedThroughput},
    {"OnDemandThroughput", &kOnDemandThroughput},
    {"WarmThroughput", &kWarmThroughput},
};
constexpr Shape kGlobalIndex = Structure("GlobalSecondaryIndex", kGlobalIndexMembers);
constexpr Shape kCreateIndexAction =
    Structure("CreateGlobalSecondaryIndexAction", kGlobalIndexMembers);

constexpr Member kUpdateIndexMembers[] = {
    {"IndexName", &kStringShape, kIndexName},
    {"ProvisionedThroughput", &kProvisionedThroughput},
    {"OnDemandThroughput", &kOnDemandThroughput},
    {"WarmThroughput", &kWarmThroughput},
};
constexpr Shape kUpdateIndexAction =
    Structure("UpdateGlobalSecondaryIndexAction", kUpdateIndexMembers);

constexpr Member kDeleteIndexMembers[] = {{"IndexName", &kStringShape, kIndexName}};
constexpr Shape kDeleteIndexAction =
    Structure("DeleteGlobalSecondaryIndexAction", kDeleteIndexMembers);

constexpr Member kIndexUpdateMembers[] = {
    {"Update", &kUpdateIndexAction},
    {"Create", &kCreateIndexAction},
    {"Delete", &kDeleteIndexAction},
};
constexpr Shape kIndexUpdate = Structure("GlobalSecondaryIndexUpdate", kIndexUpdateMembers);

constexpr Member kStreamMembers[] = {
    {"StreamEnabled", &kBooleanShape, Required()},
    {"StreamViewType", &kStringShape, OneOf(kStreamViews)},
};
constexpr Member kEncryptionMembers[] = {
    {"Enabled", &kBooleanShape},
    {"SSEType", &kStringShape, OneOf(kEncryptionTypes)},
    {"KMSMasterKeyId", &kStringShape},
};

constexpr Member kTagMembers[] = {
    // Bounds and characters: ReadTags, which has words of its own.
    {"Key", &kStringShape},
    {"Value", &kStringShape},
};
constexpr Shape kTag = Structure("Tag", kTagMembers);

}  // namespace

Result<void> CheckTableClass(const JsonValue* value, Violations& violations) {
  if (value != nullptr && Text(*value).empty()) violations.Add("", "tableClass", kNoTableClass);
  return {};
}

constexpr EnumSet kBillingModes{kBillingModeNames};
constexpr Rule kEach = Required();

constexpr Shape kAttributeDefinitions = ListOf(kAttributeDefinition);
constexpr Shape kKeySchema = ListOf(kKeyElement);
constexpr Shape kLocalIndexes = ListOf(kLocalIndex);
constexpr Shape kGlobalIndexes = ListOf(kGlobalIndex);
constexpr Shape kGlobalIndexUpdates = ListOf(kIndexUpdate);
constexpr Shape kProvisionedThroughput = Structure("ProvisionedThroughput", kThroughputMembers);
constexpr Shape kOnDemandThroughput = Structure("OnDemandThroughput", kOnDemandMembers);
constexpr Shape kWarmThroughput = Structure("WarmThroughput", kWarmMembers);
constexpr Shape kStreamSpecification = Structure("StreamSpecification", kStreamMembers);
constexpr Shape kEncryptionSpecification = Structure("SSESpecification", kEncryptionMembers);
constexpr Shape kTags = ListOf(kTag);

}  // namespace dynarock::operations

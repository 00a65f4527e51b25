#include "server/operations/tables/errors.h"

#include <utility>

#include "server/operations/tables/definition.h"

namespace dynarock::operations {

namespace {

ErrorFacts OfIndex(std::string_view index) {
  return {.index = std::string(index)};
}

ErrorFacts OfNames(std::span<const std::string> some, std::span<const std::string> others) {
  ErrorFacts facts;
  facts.names.assign(some.begin(), some.end());
  facts.names.insert(facts.names.end(), others.begin(), others.end());
  return facts;
}

}  // namespace

// ---- AttributeDefinitions against keys

Error TooFewDefinitions() {
  return Caused(Cause::kTooFewDefinitions,
                Validation("Invalid KeySchema: Some index key attribute have no definition"));
}
Error UndefinedKeyAttributes(std::span<const std::string> keys,
                             std::span<const std::string> definitions) {
  return Caused(
      Cause::kUndefinedKeyAttributes, OfNames(keys, definitions),
      InvalidParameter("Some index key attributes are not defined in AttributeDefinitions. Keys: " +
                       Bracketed(keys) + ", AttributeDefinitions: " + Bracketed(definitions)));
}
Error UnusedDefinitions(std::span<const std::string> definitions,
                        std::span<const std::string> keys) {
  return Caused(Cause::kUnusedDefinitions, OfNames(definitions, keys),
                InvalidParameter("Some AttributeDefinitions are not used. AttributeDefinitions: " +
                                 Bracketed(definitions) + ", keys used: " + Bracketed(keys)));
}
Error DefinitionCountMismatch() {
  return Caused(
      Cause::kDefinitionCountMismatch,
      InvalidParameter("Number of attributes in KeySchema does not exactly match number of "
                       "attributes defined in AttributeDefinitions"));
}
Error DuplicateDefinition(std::string_view attribute) {
  const std::string name(attribute);
  return Caused(Cause::kDuplicateDefinition, {.attribute = name},
                InvalidParameter("Duplicate AttributeName in AttributeDefinitions: " + name));
}

// ---- Key schemas

Error FirstKeyNotHash() {
  return Caused(Cause::kFirstKeyNotHash,
                Validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type"));
}
Error SecondKeyNotRange() {
  return Caused(
      Cause::kSecondKeyNotRange,
      Validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type"));
}
Error KeysHaveSameName() {
  return Caused(
      Cause::kKeysHaveSameName,
      Validation("Both the Hash Key and the Range Key element in the KeySchema have the same "
                 "name"));
}
Error HashBehindRange() {
  return Caused(
      Cause::kHashBehindRange,
      Validation("Invalid KeySchema: All HASH key attributes must precede RANGE key attributes in "
                 "the KeySchema"));
}
Error TooManyKeyAttributes(std::string_view role) {
  return Caused(
      Cause::kTooManyKeyAttributes,
      Validation("Invalid KeySchema: The KeySchema exceeds the maximum allowed number of " +
                 std::string(role) + " key attributes"));
}

// ---- Indexes

Error IndexWithoutRangeKey(std::string_view index) {
  return Caused(Cause::kIndexWithoutRangeKey, OfIndex(index),
                InvalidParameter("Index KeySchema does not have a range key for index: " +
                                 std::string(index)));
}
Error IndexHashKeyDiffers(std::string_view index, const std::string& hash,
                          const std::string& table_hash) {
  ErrorFacts facts{.index = std::string(index), .names = {hash, table_hash}};
  Error error = InvalidParameter(
      "Index KeySchema does not have the same leading hash key as table KeySchema for index: " +
      facts.index + ". index hash key: " + hash + ", table hash key: " + table_hash);
  return Caused(Cause::kIndexHashKeyDiffers, std::move(facts), std::move(error));
}
Error DuplicateIndexName(std::string_view index) {
  return Caused(Cause::kDuplicateIndexName, OfIndex(index),
                InvalidParameter("Duplicate index name: " + std::string(index)));
}
Error UnknownProjectionType() {
  return Caused(Cause::kProjectionType, InvalidParameter("Unknown ProjectionType: null"));
}
Error ProjectionAttributesMismatch(std::string_view type, bool with_attributes) {
  return Caused(
      Cause::kProjectionType,
      InvalidParameter("ProjectionType is " + std::string(type) + ", but NonKeyAttributes is " +
                       (with_attributes ? "" : "not ") + "specified"));
}

// ---- Throughput

Error ThroughputMissing() {
  return Caused(
      Cause::kThroughputMissing,
      InvalidParameter("ReadCapacityUnits and WriteCapacityUnits must both be specified when "
                       "BillingMode is PROVISIONED"));
}
Error ThroughputOnDemand() {
  return Caused(
      Cause::kThroughputOnDemand,
      InvalidParameter("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when "
                       "BillingMode is PAY_PER_REQUEST"));
}
Error IndexThroughputMissing(std::string_view indexes) {
  return Caused(Cause::kIndexThroughputMissing, OfIndex(indexes),
                InvalidParameter("ProvisionedThroughput must be specified for index: " +
                                 std::string(indexes)));
}
Error IndexThroughputOnDemand(std::string_view index) {
  return Caused(Cause::kIndexThroughputOnDemand, OfIndex(index),
                InvalidParameter("ProvisionedThroughput should not be specified for index: " +
                                 std::string(index) + " when BillingMode is PAY_PER_REQUEST"));
}
Error ThroughputOutOfBounds(int64_t value, std::string_view member, std::string_view index) {
  std::string text =
      "Given value " + std::to_string(value) + " for " + std::string(member) + " is out of bounds";
  if (!index.empty()) text.append(" for index ").append(index);
  return Caused(Cause::kThroughputOutOfBounds, OfIndex(index), Validation(std::move(text)));
}
Error ThroughputUnchanged(std::string_view whose, std::string_view index, const Units& now,
                          const Units& asked) {
  const std::string owner(whose);
  const std::string name = index.empty() ? "" : " " + std::string(index);
  return Validation("The provisioned throughput for " + owner + name +
                    " will not change. The requested value equals the current value. Current "
                    "ReadCapacityUnits provisioned for " +
                    owner + ": " + std::to_string(now.read) + ". Requested ReadCapacityUnits: " +
                    std::to_string(asked.read) + ". Current WriteCapacityUnits provisioned for " +
                    owner + ": " + std::to_string(now.write) +
                    ". Requested WriteCapacityUnits: " + std::to_string(asked.write) +
                    ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to "
                    "request higher limits.");
}
Error OnDemandThroughputOfProvisioned(std::string_view member, std::string_view rest) {
  return Caused(
      Cause::kOnDemandThroughput,
      InvalidParameter(std::string(member) + " for OnDemandThroughput cannot be specified when " +
                       std::string(rest)));
}
Error OnDemandThroughputOutOfRange(std::string_view member, std::string_view whose,
                                   std::string_view index) {
  std::string text = "Requested ";
  text.append(member).append(" for OnDemandThroughput ").append(whose);
  return Caused(Cause::kOnDemandThroughput, OfIndex(index),
                InvalidParameter(text + " is outside of valid range"));
}
Error WarmThroughputTooLow(std::string_view unit, std::string_view whose, std::string_view than,
                           std::string_view index) {
  std::string text = "Requested ";
  text.append(unit).append("UnitsPerSecond for WarmThroughput ").append(whose);
  text.append(" is lower than ").append(than);
  return Caused(Cause::kWarmThroughput, OfIndex(index), InvalidParameter(text));
}

// ---- Streams

Error StreamViewTypeMissing() {
  return Caused(Cause::kStreamViewTypeMissing, InvalidParameter("StreamViewType is required"));
}
Error StreamViewTypeWithoutStream() {
  return Caused(
      Cause::kStreamViewTypeWithoutStream,
      InvalidParameter("Table is being created with a stream disabled, UpdateViewType should not "
                       "be specified"));
}

}  // namespace dynarock::operations

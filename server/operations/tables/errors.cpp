#include "server/operations/tables/errors.h"

#include <array>
#include <cstdio>
#include <ctime>
#include <utility>

#include "server/operations/tables/definition.h"

namespace dynarock::operations {

namespace {

constexpr std::string_view kSeeLimits =
    ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher "
    "limits.";

// "Friday, October 9, 2026 at 12:21:34 AM Coordinated Universal Time".
std::string LongTime(int64_t milliseconds) {
  const std::time_t seconds = milliseconds / 1000;
  std::tm time{};
  gmtime_r(&seconds, &time);
  constexpr std::array kDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                "Thursday", "Friday", "Saturday"};
  constexpr std::array kMonths = {"January",   "February", "March",    "April",
                                  "May",       "June",     "July",     "August",
                                  "September", "October",  "November", "December"};
  const int hour = time.tm_hour % 12 == 0 ? 12 : time.tm_hour % 12;
  char clock[16];
  std::snprintf(clock, sizeof clock, "%d:%02d:%02d %s", hour, time.tm_min, time.tm_sec,
                time.tm_hour < 12 ? "AM" : "PM");
  return std::string(kDays[static_cast<size_t>(time.tm_wday)]) + ", " +
         kMonths[static_cast<size_t>(time.tm_mon)] + " " + std::to_string(time.tm_mday) + ", " +
         std::to_string(1900 + time.tm_year) + " at " + clock + " Coordinated Universal Time";
}

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
                Validation("Attribute Name is duplicated: " + name));
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
  return Caused(Cause::kHashBehindRange,
                InvalidParameter(
                    "All HASH key attributes must precede RANGE key attributes in the KeySchema"));
}
Error TooManyKeyAttributes(std::string_view role) {
  return Caused(Cause::kTooManyKeyAttributes,
                InvalidParameter("The KeySchema exceeds the maximum allowed number of " +
                                 std::string(role) + " key attributes"));
}
Error KeyAttributeTwice() {
  return Caused(Cause::kKeysHaveSameName,
                Validation("The KeySchema contains multiple key attributes with the same name"));
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

Error ProjectedTwice(std::string_view attribute) {
  return Caused(Cause::kProjectionType, InvalidParameter("Duplicate element in NonKeyAttributes: " +
                                                         std::string(attribute)));
}
Error IndexExists() {
  return Validation("Attempting to create an index which already exists");
}
Error NoSuchIndexToChange(std::string_view index, std::string_view table) {
  return ResourceNotFound("Requested resource not found: Index " + std::string(index) +
                          " for table " + std::string(table));
}
Error NotAGlobalIndex(std::string_view action, std::string_view index) {
  return Validation("Cannot " + std::string(action) +
                    " an index that is not a GlobalSecondaryIndex: " + std::string(index));
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
Error IndexThroughputMissing(Asking asking, std::string_view index) {
  const std::string_view what =
      asking == Asking::kCreate ? "ProvisionedThroughput is not specified for index: "
                                : "Both ReadCapacityUnits and WriteCapacityUnits must be specified "
                                  "for index: ";
  return Caused(Cause::kIndexThroughputMissing, OfIndex(index),
                InvalidParameter(std::string(what).append(index)));
}
Error IndexesThroughputMissing(std::string_view indexes) {
  return Caused(Cause::kIndexThroughputMissing, OfIndex(indexes),
                InvalidParameter("ProvisionedThroughput must be specified for index: " +
                                 std::string(indexes)));
}
Error IndexThroughputOnDemand(Asking asking, std::string_view index) {
  const std::string_view what =
      asking == Asking::kCreate
          ? "ProvisionedThroughput should not be specified for index: "
          : "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: ";
  return Caused(
      Cause::kIndexThroughputOnDemand, OfIndex(index),
      InvalidParameter(std::string(what).append(index) + " when BillingMode is PAY_PER_REQUEST"));
}
Error IndexUpdateOnDemand(std::string_view index) {
  return Caused(Cause::kIndexThroughputOnDemand, OfIndex(index),
                InvalidParameter("The only Updates for index: " + std::string(index) +
                                 " when TableThroughputMode is PAY_PER_REQUEST can be to "
                                 "OnDemandThroughput, WarmThroughput"));
}
Error ThroughputOutOfBounds(int64_t value, std::string_view member, std::string_view index) {
  std::string text =
      "Given value " + std::to_string(value) + " for " + std::string(member) + " is out of bounds";
  if (!index.empty()) text.append(" for index ").append(index);
  return Caused(Cause::kThroughputOutOfBounds, OfIndex(index), Validation(std::move(text)));
}
Error ThroughputUnchanged(std::string_view index, const Units& now, const Units& asked) {
  const std::string owner = index.empty() ? "the table" : "index " + std::string(index);
  return Validation("The provisioned throughput for " + (index.empty() ? owner : "the " + owner) +
                    " will not change. The requested value equals the current value. Current "
                    "ReadCapacityUnits provisioned for " +
                    owner + ": " + std::to_string(now.read) + ". Requested ReadCapacityUnits: " +
                    std::to_string(asked.read) + ". Current WriteCapacityUnits provisioned for " +
                    owner + ": " + std::to_string(now.write) + ". Requested WriteCapacityUnits: " +
                    std::to_string(asked.write) + std::string(kSeeLimits));
}
Error DecreasedTooOften(int64_t decreases, int64_t last_ms, int64_t next_ms) {
  return SubscriberLimit(
      "Provisioned throughput decreases are limited within a given UTC day. After the first 4 "
      "decreases, each subsequent decrease in the same UTC day can be performed at most once every "
      "3600 seconds. Number of decreases today: " +
      std::to_string(decreases) + ". Last decrease at " + LongTime(last_ms) +
      ". Next decrease can be made at " + LongTime(next_ms));
}
Error OverTableQuota(std::string_view member, int64_t value, std::string_view index,
                     std::string_view region) {
  const std::string name(member);
  std::string text = "The requested " + name;
  if (!index.empty()) text.append(" for index ").append(index);
  const std::string_view per = index.empty() ? "table" : "index";
  text.append(", " + std::to_string(value) + ", is above the per ").append(per);
  text.append(" maximum for the account in ").append(region);
  text.append(". Per ").append(per).append(" maximum: " + std::to_string(kTableQuota));
  return LimitExceeded(text.append(kSeeLimits));
}
Error OverAccountQuota(std::string_view member, int64_t reserved, int64_t asked,
                       std::string_view region) {
  const std::string name(member);
  std::string text = "This request would have caused the " + name;
  text.append(" limit to be exceeded for the account in ").append(region);
  text += ". Current " + name + " reserved by the account: " + std::to_string(reserved);
  text += ". Limit: " + std::to_string(kAccountQuota) + ". Requested: " + std::to_string(asked);
  return LimitExceeded(text.append(kSeeLimits));
}
Error OnDemandThroughputOfProvisioned(Asking asking, std::string_view member,
                                      std::string_view index) {
  const bool create = asking == Asking::kCreate;
  std::string text(member);
  text += " for OnDemandThroughput";
  if (!index.empty()) text.append(create ? " for index: " : " for index : ").append(index);
  text += create ? " cannot be specified when table BillingMode is PROVISIONED."
                 : " cannot be specified when the table BillingMode is PROVISIONED";
  return Caused(Cause::kOnDemandThroughput, OfIndex(index), InvalidParameter(text));
}
Error OnDemandThroughputOutOfRange(std::string_view member, std::string_view index) {
  std::string text = "Requested ";
  text.append(member).append(" for OnDemandThroughput for ");
  text.append(index.empty() ? "table" : "index : ").append(index);
  return Caused(Cause::kOnDemandThroughput, OfIndex(index),
                InvalidParameter(text + " is outside of valid range"));
}
Error OnDemandThroughputOverQuota(std::string_view member, std::string_view index,
                                  std::string_view region) {
  std::string text = "Requested ";
  text.append(member).append(" for OnDemandThroughput for ");
  text.append(index.empty() ? "table" : "index : ").append(index);
  text.append(" exceeds TableMax").append(member.substr(3, member.find("Request") - 3));
  text.append("CapacityUnits of the account in region ").append(region);
  return SubscriberLimit(text);
}
Error WarmThroughputTooLow(std::string_view unit, std::string_view than, std::string_view index) {
  std::string text = "Requested ";
  text.append(unit).append("UnitsPerSecond for WarmThroughput for ");
  text.append(index.empty() ? "table" : "index ").append(index);
  text.append(" is lower than ").append(than);
  return Caused(Cause::kWarmThroughput, OfIndex(index), InvalidParameter(text));
}

// ---- Streams

Error StreamViewTypeMissing(Asking asking) {
  return Caused(Cause::kStreamViewTypeMissing,
                InvalidParameter(asking == Asking::kCreate
                                     ? "Table is being created with a stream enabled, "
                                       "UpdateViewType is required"
                                     : "If stream is being enabled then UpdateViewType is "
                                       "required"));
}
Error StreamViewTypeWithoutStream(Asking asking) {
  return Caused(Cause::kStreamViewTypeWithoutStream,
                InvalidParameter(asking == Asking::kCreate
                                     ? "Table is being created with a stream disabled, "
                                       "UpdateViewType should not be specified"
                                     : "If stream is being disabled, then UpdateViewType must not "
                                       "be specified"));
}

// ---- States and limits

Error SubscriberLimit(std::string_view what) {
  return LimitExceeded("Subscriber limit exceeded: " + std::string(what));
}

}  // namespace dynarock::operations

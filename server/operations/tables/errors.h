// What CreateTable and UpdateTable say of definitions, by name. Each has a cause of its own; the
// facts name what the message names.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "server/operations/tables/throughput.h"
#include "storage/item/error.h"

namespace dynarock::operations {

// ---- AttributeDefinitions against keys

// "Invalid KeySchema: Some index key attribute have no definition": fewer definitions than keys.
Error TooFewDefinitions();
// "Some index key attributes are not defined in AttributeDefinitions. ...". Fact: names.
Error UndefinedKeyAttributes(std::span<const std::string> keys,
                             std::span<const std::string> definitions);
// "Some AttributeDefinitions are not used. ...". Fact: names.
Error UnusedDefinitions(std::span<const std::string> definitions,
                        std::span<const std::string> keys);
// "Number of attributes in KeySchema does not exactly match number of attributes defined in ...".
Error DefinitionCountMismatch();
// "Attribute Name is duplicated: <attribute>". Fact: attribute.
Error DuplicateDefinition(std::string_view attribute);

// ---- Key schemas

Error FirstKeyNotHash();
Error SecondKeyNotRange();
Error KeysHaveSameName();
Error HashBehindRange();
// `role`: "HASH" or "RANGE".
Error TooManyKeyAttributes(std::string_view role);
// "The KeySchema contains multiple key attributes with the same name": of a global index's key,
// other than one HASH and one RANGE.
Error KeyAttributeTwice();

// ---- Indexes. Fact: index

Error IndexWithoutRangeKey(std::string_view index);
// Fact: names, too: both keys.
Error IndexHashKeyDiffers(std::string_view index, const std::string& hash,
                          const std::string& table_hash);
Error DuplicateIndexName(std::string_view index);
// "Unknown ProjectionType: null".
Error UnknownProjectionType();
// A projection of type `type` with NonKeyAttributes, or INCLUDE without.
Error ProjectionAttributesMismatch(std::string_view type, bool with_attributes);
// "Duplicate element in NonKeyAttributes: <attribute>".
Error ProjectedTwice(std::string_view attribute);
// UpdateTable: "Attempting to create an index which already exists".
Error IndexExists();
// UpdateTable: "Requested resource not found: Index <index> for table <table>".
Error NoSuchIndexToChange(std::string_view index, std::string_view table);
// UpdateTable, of a local index. `action`: "delete" or "update".
Error NotAGlobalIndex(std::string_view action, std::string_view index);

// ---- Throughput

// "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is ...".
Error ThroughputMissing();
// "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is ...".
Error ThroughputOnDemand();
// A new index of a provisioned table without units. Fact: index.
Error IndexThroughputMissing(Asking asking, std::string_view index);
// A table becomes provisioned: "ProvisionedThroughput must be specified for index: <indexes>". Fact:
// index.
Error IndexesThroughputMissing(std::string_view indexes);
// A new index of an on-demand table with units. Fact: index.
Error IndexThroughputOnDemand(Asking asking, std::string_view index);
// Units for an index of an on-demand table. Fact: index.
Error IndexUpdateOnDemand(std::string_view index);
// "Given value <value> for <member> is out of bounds", and of which index unless it is empty. Fact:
// index.
Error ThroughputOutOfBounds(int64_t value, std::string_view member, std::string_view index);
// "The provisioned throughput for the table will not change. ...", or of an index unless it is
// empty.
Error ThroughputUnchanged(std::string_view index, const Units& now, const Units& asked);
// A fifth or later decrease of a day (LimitExceeded). Form of the times: as the service prints them.
Error DecreasedTooOften(int64_t decreases, int64_t last_ms, int64_t next_ms);
// More than the quota of a table, or of an index unless it is empty (LimitExceeded).
Error OverTableQuota(std::string_view member, int64_t value, std::string_view index,
                     std::string_view region);
// More than the account's quota (LimitExceeded).
Error OverAccountQuota(std::string_view member, int64_t reserved, int64_t asked,
                       std::string_view region);
// OnDemandThroughput while the table is PROVISIONED. Fact: index, if it is one's.
Error OnDemandThroughputOfProvisioned(Asking asking, std::string_view member,
                                      std::string_view index);
// A limit of OnDemandThroughput out of range. Fact: index, if it is one's.
Error OnDemandThroughputOutOfRange(std::string_view member, std::string_view index);
// The same above the quota of a table (LimitExceeded).
Error OnDemandThroughputOverQuota(std::string_view member, std::string_view index,
                                  std::string_view region);
// WarmThroughput below what there is. Fact: index, if it is one's.
Error WarmThroughputTooLow(std::string_view unit, std::string_view than, std::string_view index);

// ---- Streams

// A stream without a view type, and a view type without a stream.
Error StreamViewTypeMissing(Asking asking);
Error StreamViewTypeWithoutStream(Asking asking);

// ---- States and limits

// LimitExceeded "Subscriber limit exceeded: <what>".
Error SubscriberLimit(std::string_view what);

}  // namespace dynarock::operations

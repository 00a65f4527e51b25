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
// "Duplicate AttributeName in AttributeDefinitions: <attribute>". Fact: attribute.
Error DuplicateDefinition(std::string_view attribute);

// ---- Key schemas

Error FirstKeyNotHash();
Error SecondKeyNotRange();
Error KeysHaveSameName();
Error HashBehindRange();
// `role`: "HASH" or "RANGE".
Error TooManyKeyAttributes(std::string_view role);

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

// ---- Throughput

// "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is ...".
Error ThroughputMissing();
// "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is ...".
Error ThroughputOnDemand();
// "ProvisionedThroughput must be specified for index: <indexes>". Fact: index.
Error IndexThroughputMissing(std::string_view indexes);
// "ProvisionedThroughput should not be specified for index: ...". Fact: index.
Error IndexThroughputOnDemand(std::string_view index);
// "Given value <value> for <member> is out of bounds", and of which index unless it is empty. Fact:
// index.
Error ThroughputOutOfBounds(int64_t value, std::string_view member, std::string_view index);
// "The provisioned throughput for <whose> will not change. ...". `whose`: "the table", or "the
// index" with the index's name as `index`.
Error ThroughputUnchanged(std::string_view whose, std::string_view index, const Units& now,
                          const Units& asked);
// OnDemandThroughput of a table that is PROVISIONED. `rest`: what follows "cannot be specified
// when ".
Error OnDemandThroughputOfProvisioned(std::string_view member, std::string_view rest);
// A limit of OnDemandThroughput out of range. `whose`: "for table", "for index <index>". Fact:
// index.
Error OnDemandThroughputOutOfRange(std::string_view member, std::string_view whose,
                                   std::string_view index);
// WarmThroughput below what there is. Fact: index.
Error WarmThroughputTooLow(std::string_view unit, std::string_view whose, std::string_view than,
                           std::string_view index);

// ---- Streams

// "StreamViewType is required".
Error StreamViewTypeMissing();
// "Table is being created with a stream disabled, UpdateViewType should not be specified".
Error StreamViewTypeWithoutStream();

}  // namespace dynarock::operations

// Shapes of what CreateTable and UpdateTable share: keys, indexes, throughputs and settings.
// Source: the API model
// (@aws-sdk/client-dynamodb); the order of members is the order in which the service reports them.
#pragma once

#include "server/protocol/shape.h"

namespace dynarock::operations {

extern const protocol::EnumSet kBillingModes;

// TableClass: here only an empty one is at fault; others are ReadTableClass's.
Result<void> CheckTableClass(const JsonValue* value, protocol::Violations& violations);

extern const protocol::Shape kAttributeDefinitions;
extern const protocol::Shape kKeySchema;
extern const protocol::Shape kLocalIndexes;
extern const protocol::Shape kGlobalIndexes;
extern const protocol::Shape kGlobalIndexUpdates;
extern const protocol::Shape kProvisionedThroughput;
extern const protocol::Shape kOnDemandThroughput;
extern const protocol::Shape kWarmThroughput;
extern const protocol::Shape kStreamSpecification;
extern const protocol::Shape kEncryptionSpecification;
extern const protocol::Shape kTags;

// Elements of these lists may not be null.
extern const protocol::Rule kEach;
// KeySchema of a table or local index: 1 or 2 elements. (Global indexes have rules of their own
// beyond the first.)
inline constexpr protocol::Rule kSmallKeySchema{
    .required = true, .min_length = 1, .max_length = 2, .element = &kEach};

}  // namespace dynarock::operations

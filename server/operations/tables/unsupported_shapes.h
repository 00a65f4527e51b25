// Shapes of members that CreateTable and UpdateTable have and dynarock refuses by name. They are
// here for the type checks, which come first. Source: the API model (@aws-sdk/client-dynamodb).
#pragma once

#include "server/protocol/shape.h"

namespace dynarock::operations {

extern const protocol::Shape kVectorIndexes;
extern const protocol::Shape kVectorIndexUpdates;
extern const protocol::Shape kReplicaUpdates;
extern const protocol::Shape kWitnessUpdates;

}  // namespace dynarock::operations

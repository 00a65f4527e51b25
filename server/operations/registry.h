// The operations dynarock answers, and those it knows of.
#pragma once

#include <span>
#include <string_view>

#include "server/protocol/operation.h"

namespace dynarock::operations {

// Sorted by name.
std::span<const protocol::Operation> Operations();

// Operations of the DynamoDB and DynamoDB Streams APIs that are not implemented yet, sorted by
// name.
std::span<const std::string_view> UnimplementedOperations();

}  // namespace dynarock::operations

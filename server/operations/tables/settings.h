// Settings beside keys and throughput that CreateTable and UpdateTable share: encryption and
// streams.
#pragma once

#include <optional>
#include <string>

#include "storage/catalog/description.h"
#include "storage/item/json.h"
#include "storage/item/result.h"

namespace dynarock::operations {

// Refuses a StreamSpecification that enables a stream (Validation): there are none yet. One that is
// refused would leave the caller waiting for records that never come.
Result<void> RefuseStream(const JsonValue& input);

// The SSESpecification member; nullopt when absent. Errors (Validation): SSEType AES256, which the
// API keeps for later; a type or key while encryption with a customer's key is off.
Result<std::optional<ServerSideEncryption>> ReadEncryption(const JsonValue& input);

// The ARN of the key a table is encrypted with: the given key, or the account's own for DynamoDB.
std::string EncryptionKeyArn(const TableDescription& table);

}  // namespace dynarock::operations

// Settings beside keys and throughput that CreateTable and UpdateTable share: encryption and
// streams.
#pragma once

#include <optional>
#include <string>

#include "storage/catalog/description.h"
#include "storage/item/json.h"
#include "storage/item/result.h"

namespace dynarock::operations {

struct StreamRequest {
  bool enabled = false;
  StreamViewType view_type = StreamViewType::kKeysOnly;  // when enabled
};
// The StreamSpecification member; nullopt when absent. `view_without_stream`: what is said of a
// view type given with a stream that is off. Errors (Validation): that; a stream without a view
// type.
Result<std::optional<StreamRequest>> ReadStream(const JsonValue& input, Error view_without_stream);

// The SSESpecification member; nullopt when absent. Errors (Validation): SSEType AES256, which the
// API keeps for later; a type or key while encryption with a customer's key is off.
Result<std::optional<ServerSideEncryption>> ReadEncryption(const JsonValue& input);

// The ARN of the key a table is encrypted with: the given key, or the account's own for DynamoDB.
std::string EncryptionKeyArn(const TableDescription& table);

}  // namespace dynarock::operations

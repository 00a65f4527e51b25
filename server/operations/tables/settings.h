// Settings beside keys and throughput that CreateTable and UpdateTable share: encryption, streams
// and table class.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/operations/tables/throughput.h"
#include "storage/catalog/description.h"
#include "storage/item/json.h"
#include "storage/item/result.h"

namespace dynarock::operations {

struct StreamRequest {
  bool enabled = false;
  StreamViewType view_type = StreamViewType::kKeysOnly;  // when enabled
};
// The StreamSpecification member; nullopt when absent. Errors (Validation): a view type given with
// a stream that is off; a stream without a view type.
Result<std::optional<StreamRequest>> ReadStream(const JsonValue& input, Asking asking);

// The SSESpecification member; nullopt when absent. Errors (Validation): a type or key while
// encryption with a customer's key is off; a key without the type KMS; SSEType AES256, which the
// API keeps for later.
Result<std::optional<ServerSideEncryption>> ReadEncryption(const JsonValue& input);

// The TableClass member; empty when absent. Error (Validation): another word.
Result<std::string_view> ReadTableClass(const JsonValue& input);

// The ARN of the key a table is encrypted with: the given key, or the account's own for DynamoDB.
std::string EncryptionKeyArn(const TableDescription& table);

}  // namespace dynarock::operations

#include "server/operations/tables/settings.h"

#include <utility>

#include "server/operations/request/members.h"
#include "server/operations/tables/errors.h"

namespace dynarock::operations {

Result<std::optional<StreamRequest>> ReadStream(const JsonValue& input, Error view_without_stream) {
  const JsonValue* given = FindMember(input, "StreamSpecification");
  if (given == nullptr) return std::nullopt;
  const bool enabled = BoolOr(*given, "StreamEnabled", false);
  const auto view_type = StreamViewTypeFromName(StringOr(*given, "StreamViewType"));
  if (enabled && !view_type) return Fail(StreamViewTypeMissing());
  if (!enabled && view_type) return Fail(std::move(view_without_stream));
  return StreamRequest{.enabled = enabled,
                       .view_type = view_type.value_or(StreamViewType::kKeysOnly)};
}

Result<std::optional<ServerSideEncryption>> ReadEncryption(const JsonValue& input) {
  const JsonValue* given = FindMember(input, "SSESpecification");
  if (given == nullptr) return std::nullopt;
  ServerSideEncryption encryption;
  encryption.enabled = BoolOr(*given, "Enabled", false);
  encryption.type = StringOr(*given, "SSEType");
  encryption.key_id = StringOr(*given, "KMSMasterKeyId");
  if (encryption.type == "AES256") {
    return Fail(InvalidParameter("SSEType AES256 is not supported"));
  }
  if (!encryption.enabled && (!encryption.type.empty() || !encryption.key_id.empty())) {
    return Fail(InvalidParameter(
        "SSEType and KMSMasterKeyId can only be specified when SSESpecification.Enabled is true"));
  }
  return encryption;
}

std::string EncryptionKeyArn(const TableDescription& table) {
  const std::string given = table.encryption ? table.encryption->key_id : std::string();
  if (given.starts_with("arn:")) return given;
  std::string arn = "arn:aws:kms:" + table.region + ":" + table.account + ":";
  if (given.empty()) return arn + "alias/aws/dynamodb";
  return arn + (given.starts_with("alias/") ? "" : "key/") + given;
}

}  // namespace dynarock::operations

#include "server/operations/tables/settings.h"

#include <utility>

#include "server/operations/request/members.h"
#include "server/operations/tables/errors.h"

namespace dynarock::operations {

Result<std::optional<StreamRequest>> ReadStream(const JsonValue& input, Asking asking) {
  const JsonValue* given = FindMember(input, "StreamSpecification");
  if (given == nullptr) return std::nullopt;
  const bool enabled = BoolOr(*given, "StreamEnabled", false);
  const auto view_type = StreamViewTypeFromName(StringOr(*given, "StreamViewType"));
  if (enabled && !view_type) return Fail(StreamViewTypeMissing(asking));
  if (!enabled && view_type) return Fail(StreamViewTypeWithoutStream(asking));
  return StreamRequest{.enabled = enabled,
                       .view_type = view_type.value_or(StreamViewType::kKeysOnly)};
}

Result<std::optional<ServerSideEncryption>> ReadEncryption(const JsonValue& input) {
  const JsonValue* given = FindMember(input, "SSESpecification");
  if (given == nullptr) return std::nullopt;
  ServerSideEncryption encryption;
  encryption.type = StringOr(*given, "SSEType");
  encryption.key_id = StringOr(*given, "KMSMasterKeyId");
  const bool asked = !encryption.type.empty() || !encryption.key_id.empty();
  encryption.enabled = BoolOr(*given, "Enabled", asked);
  if (!encryption.enabled && !encryption.type.empty()) {
    return Fail(InvalidParameter("SSEType can not be specified if Enabled is false"));
  }
  if (!encryption.enabled && !encryption.key_id.empty()) {
    return Fail(InvalidParameter("KMSMasterKeyId can not be specified if Enabled is false"));
  }
  if (!encryption.key_id.empty() && encryption.type.empty()) {
    return Fail(InvalidParameter("SSEType KMS is required if KMSMasterKeyId is specified"));
  }
  if (encryption.type == "AES256") {
    return Fail(InvalidParameter("SSEType AES256 is not supported"));
  }
  return encryption;
}

Result<std::string_view> ReadTableClass(const JsonValue& input) {
  const std::string_view table_class = StringOr(input, "TableClass");
  if (table_class.empty() || table_class == "STANDARD" ||
      table_class == "STANDARD_INFREQUENT_ACCESS") {
    return table_class;
  }
  return Fail(Validation(
      "Invalid table-class parameter provided. Please try again with a valid table-class "
      "value: [STANDARD, STANDARD_INFREQUENT_ACCESS]."));
}

std::string EncryptionKeyArn(const TableDescription& table) {
  const std::string given = table.encryption ? table.encryption->key_id : std::string();
  if (given.starts_with("arn:")) return given;
  std::string arn = "arn:aws:kms:" + table.region + ":" + table.account + ":";
  if (given.empty()) return arn + "alias/aws/dynamodb";
  return arn + (given.starts_with("alias/") ? "" : "key/") + given;
}

}  // namespace dynarock::operations

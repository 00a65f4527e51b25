#include "storage/item/error.h"

#include <utility>

namespace dynarock {

namespace {
Error Make(ErrorKind kind, std::string message) {
  return Error{.kind = kind, .message = std::move(message), .item = {}, .hint = {}};
}
}  // namespace

Error Validation(std::string message) { return Make(ErrorKind::kValidation, std::move(message)); }
Error Serialization(std::string message) {
  return Make(ErrorKind::kSerialization, std::move(message));
}
Error ResourceNotFound(std::string message) {
  return Make(ErrorKind::kResourceNotFound, std::move(message));
}
Error ResourceInUse(std::string message) {
  return Make(ErrorKind::kResourceInUse, std::move(message));
}
Error LimitExceeded(std::string message) {
  return Make(ErrorKind::kLimitExceeded, std::move(message));
}
Error ConditionFailed(std::string item) {
  Error error = Make(ErrorKind::kConditionalCheckFailed, "The conditional request failed");
  error.item = std::move(item);
  return error;
}
Error Internal(std::string message) {
  return Make(ErrorKind::kInternalFailure, std::move(message));
}
Error InvalidParameter(std::string_view rest) {
  return Validation("One or more parameter values were invalid: " + std::string(rest));
}

}  // namespace dynarock

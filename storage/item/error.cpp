#include "storage/item/error.h"

#include <utility>

namespace dynarock {

Error OfKind(ErrorKind kind, std::string message) {
  Error error;
  error.kind = kind;
  error.message = std::move(message);
  return error;
}

Error Validation(std::string message) {
  return OfKind(ErrorKind::kValidation, std::move(message));
}
Error Serialization(std::string message) {
  return OfKind(ErrorKind::kSerialization, std::move(message));
}
Error ResourceNotFound(std::string message) {
  return OfKind(ErrorKind::kResourceNotFound, std::move(message));
}
Error ResourceInUse(std::string message) {
  return OfKind(ErrorKind::kResourceInUse, std::move(message));
}
Error LimitExceeded(std::string message) {
  return OfKind(ErrorKind::kLimitExceeded, std::move(message));
}
Error ConditionFailed(std::string item) {
  Error error = OfKind(ErrorKind::kConditionalCheckFailed, "The conditional request failed");
  error.item = std::move(item);
  return error;
}
Error Internal(std::string message) {
  return OfKind(ErrorKind::kInternalFailure, std::move(message));
}
Error InvalidParameter(std::string_view rest) {
  return Validation("One or more parameter values were invalid: " + std::string(rest));
}

}  // namespace dynarock

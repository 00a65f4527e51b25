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
Error TransactionConflict() {
  return OfKind(ErrorKind::kTransactionConflict, "Transaction is ongoing for the item");
}
Error TransactionCanceled(std::vector<CancellationReason> reasons) {
  std::string message =
      "Transaction cancelled, please refer cancellation reasons for specific reasons [";
  for (size_t i = 0; i < reasons.size(); ++i) {
    if (i > 0) message += ", ";
    message += reasons[i].code;
  }
  Error error = OfKind(ErrorKind::kTransactionCanceled, message + "]");
  error.reasons = std::move(reasons);
  return error;
}
Error Internal(std::string message) {
  return OfKind(ErrorKind::kInternalFailure, std::move(message));
}
Error InvalidParameter(std::string_view rest) {
  return Validation("One or more parameter values were invalid: " + std::string(rest));
}

CancellationReason ReasonOf(Error error) {
  const auto code = [&]() -> const char* {
    switch (error.kind) {
      case ErrorKind::kConditionalCheckFailed:
        return "ConditionalCheckFailed";
      case ErrorKind::kTransactionConflict:
        return "TransactionConflict";
      case ErrorKind::kDuplicateItem:
        return "DuplicateItem";
      case ErrorKind::kItemCollectionSizeLimit:
        return "ItemCollectionSizeLimitExceeded";
      default:
        return "ValidationError";
    }
  };
  return {code(), std::move(error.message), std::move(error.item)};
}

}  // namespace dynarock

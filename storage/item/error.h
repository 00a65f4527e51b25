// What a request can fail with, in the service's own vocabulary. One type for all layers, made by
// named factories.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dynarock {

// The service's error types. The protocol room maps each to its HTTP status and `__type`.
enum class ErrorKind {
  kValidation,        // ValidationException: the request is wrong by itself or for this table
  kSerialization,     // SerializationException: the body is not JSON, or a member has another JSON
                      // type
  kUnknownOperation,  // UnknownOperationException
  kConditionalCheckFailed,   // ConditionalCheckFailedException
  kResourceNotFound,         // ResourceNotFoundException: no such table or index
  kTableNotFound,            // TableNotFoundException: the same, said by the backup family
  kResourceInUse,            // ResourceInUseException: exists already, or is changing
  kLimitExceeded,            // LimitExceededException: too many control plane changes at once
  kItemCollectionSizeLimit,  // ItemCollectionSizeLimitExceededException
  kDuplicateItem,            // DuplicateItemException: a PartiQL INSERT of an item that exists
  kTransactionCanceled,      // TransactionCanceledException: see Error::reasons
  kTransactionConflict,      // TransactionConflictException: a transaction holds the item
  kTransactionInProgress,    // TransactionInProgressException: the token's first call still runs
  kIdempotentParameterMismatch,  // IdempotentParameterMismatchException: a token used again for
                                 // another request
  kTrimmedDataAccess,            // TrimmedDataAccessException: stream records that are gone
  kExpiredIterator,              // ExpiredIteratorException: a shard iterator older than 15 minutes
  kAccessDenied,                 // AccessDeniedException: a resource of another account
  kInternalFailure,              // InternalServerError: a bug or the machine
};

// Why one action of a transaction failed, or that it would have succeeded.
struct CancellationReason {
  std::string code = "None";
  std::string message;  // empty for "None"
  std::string item;     // the stored item, encoded, where the action asked for it; else empty
};

// One failure. `message` is the text the client sees, byte for byte.
struct Error {
  ErrorKind kind = ErrorKind::kInternalFailure;
  std::string message;
  // ConditionalCheckFailed with ReturnValuesOnConditionCheckFailure=ALL_OLD: the stored item,
  // encoded (encoded.h). Empty: no item to show.
  std::string item;
  // TransactionCanceled: one per action, in the request's order.
  std::vector<CancellationReason> reasons;
  // Plain words for the developer, never part of the body. Empty: nothing to add.
  std::string hint;
  // The document path of the value at fault ("meta.tags[2]"), for the hint. Empty: not about one
  // value.
  std::string where;
};

// Thrown for what the machine causes and whoever runs the server can mend: a full disk, one that
// has gone. what() is a line for the log.
class MachineError : public std::runtime_error {
 public:
  explicit MachineError(const std::string& what, std::string hint = {})
      : std::runtime_error(what), hint_(std::move(hint)) {}
  // What is wrong and what to do, in plain words; empty: nothing to add.
  const std::string& hint() const { return hint_; }

 private:
  std::string hint_;
};

Error OfKind(ErrorKind kind, std::string message);
Error Validation(std::string message);
Error Serialization(std::string message);
Error ResourceNotFound(std::string message);
Error ResourceInUse(std::string message);
Error LimitExceeded(std::string message);
// "The conditional request failed". `item`: the stored item when the request asked for it, else
// empty.
Error ConditionFailed(std::string item = {});
// "Transaction is ongoing for the item".
Error TransactionConflict();
// "Transaction cancelled, please refer cancellation reasons for specific reasons [<codes>]".
Error TransactionCanceled(std::vector<CancellationReason> reasons);
Error Internal(std::string message);

// The reason that stands for an action's failure: the code of its kind, its message and item.
CancellationReason ReasonOf(Error error);

// ValidationException with the service's frequent opening, "One or more parameter values were
// invalid: ".
Error InvalidParameter(std::string_view rest);

}  // namespace dynarock

// What a request can fail with, in the service's own vocabulary. One type for all layers, made by
// named factories.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/item/cause.h"
#include "storage/item/layer.h"

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

// What an error is about. cause.h says which cause comes with which facts; the others are empty.
struct ErrorFacts {
  std::string attribute = {};
  std::string index = {};
  std::string expected = {};   // a type as messages print it: "S"
  std::string actual = {};     // the same, or the value itself
  std::string parameter = {};  // of the request: "UpdateExpression", or a path of it
  std::vector<std::string> names = {};
};

// A handle on the facts of one error, so that an error is cheap to move and a success pays nothing.
class Facts {
 public:
  Facts() = default;
  explicit Facts(ErrorFacts facts) : facts_(std::make_shared<const ErrorFacts>(std::move(facts))) {}
  // Empty facts where there are none.
  const ErrorFacts* operator->() const;

 private:
  std::shared_ptr<const ErrorFacts> facts_;
};

// Why one action of a transaction failed, or that it would have succeeded.
struct CancellationReason {
  std::string code = "None";
  std::string message;  // empty for "None"
  std::string item;     // the stored item, encoded, where the action asked for it; else empty
  Cause cause = Cause::kNone;
  Facts facts;
};

// One failure. `message` is the text the client sees, byte for byte, and is not there to be searched:
// `cause` and `facts` say what happened.
struct Error {
  ErrorKind kind = ErrorKind::kInternalFailure;
  Cause cause = Cause::kNone;
  Facts facts;
  std::string message;
  // What the message was before it became a part of a longer sentence (Wrapped). Empty: it did not.
  std::string bare_message;
  // ConditionalCheckFailed with ReturnValuesOnConditionCheckFailure=ALL_OLD: the stored item,
  // encoded (encoded.h). Empty: no item to show.
  std::string item;
  // Where the error's kind says "message" and this one "Message" all the same (protocol/reply.h).
  bool capital_message = false;
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

// ---- By kind. For a sentence that is said in one place and that nobody acts on.

Error OfKind(ErrorKind kind, std::string message);
Error Validation(std::string message);
Error Serialization(std::string message);
Error ResourceNotFound(std::string message);
Error ResourceInUse(std::string message);
Error LimitExceeded(std::string message);
Error Internal(std::string message);
// ValidationException with the service's frequent opening, "One or more parameter values were
// invalid: ".
Error InvalidParameter(std::string_view rest);

// `error` with its cause and facts.
Error Caused(Cause cause, Error error);
Error Caused(Cause cause, ErrorFacts facts, Error error);
// The same failure inside a longer sentence. Cause, facts, `where` and the rest stay.
Error Wrapped(std::string_view before, Error error, std::string_view after = {});

// ---- Values

// "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes".
Error EmptyAttributeValue();
// "Supplied AttributeValue has more than one datatypes set, ...".
Error SeveralDatatypes();
// NULL that is not true.
Error NullNotTrue();
Error EmptyStringSet();
Error EmptyNumberSet();
Error EmptyBinarySet();
// "Input collection contains duplicates": of number sets, and of sets in PartiQL. The newer layer
// says it with the usual opening and a full stop.
Error DuplicatesInSet(Layer layer = Layer::kOlder);
// The same of string sets and binary sets, which the service prints. `listed`: "[a, b, a]".
Error DuplicatesInStringSet(std::string_view listed);
Error DuplicatesInBinarySet(std::string_view listed);
// "The parameter cannot be converted to a numeric value: <text>"; of an empty text the older layer
// leaves the colon out as well. Fact: actual.
Error NotANumber(std::string_view text, Layer layer = Layer::kOlder);
Error TooManyDigits();
Error NumberOverflow();
Error NumberUnderflow();
// Of a value that is sent, and of what an update makes of values that are good: the service's text
// of the latter is shorter.
Error NestingTooDeep();
Error UpdatedNestingTooDeep();
// "Empty attribute name".
Error EmptyAttributeName();
Error AttributeNameTooLarge();
Error ItemTooLarge();
Error ItemToUpdateTooLarge();

// ---- Keys

// "The provided key element does not match the schema".
Error KeySchemaMismatch();
// "Missing the key <attribute> in the item". Fact: attribute.
Error MissingKey(std::string_view attribute);
// A table's key attribute of another type. Facts: attribute, expected, actual.
Error KeyTypeMismatch(std::string_view attribute, std::string_view expected,
                      std::string_view actual);
// The same of an index. Facts: attribute, index, expected, actual.
Error IndexKeyTypeMismatch(std::string_view index, std::string_view attribute,
                           std::string_view expected, std::string_view actual);
// The same, found once an update is computed.
Error UpdatedIndexKeyTypeMismatch();
// An empty string or binary in a table's key. `kind`: "string" or "binary". Fact: attribute.
Error EmptyKeyValue(std::string_view attribute, std::string_view kind);
// The same in an index's key that is put. Facts: attribute, index.
Error EmptyIndexKeyValue(std::string_view index, std::string_view attribute, std::string_view kind);
// The same once an update is computed; the service names neither.
Error EmptyUpdatedIndexKeyValue(std::string_view kind);
Error HashKeyTooLarge();
Error RangeKeysTooLarge();

// ---- Tables

// "Requested resource not found".
Error NoSuchResource();
// "Requested resource not found: Table: <name> not found".
Error NoSuchTable(std::string_view name);
// "Table already exists: <name>". Fact: names.
Error TableExists(const std::string& name);
// "Attempt to change a resource which is still in use: <what>".
Error StillInUse(std::string_view what);
// The same with "Table is being created: <name>", and deleted.
Error TableBeingCreated(std::string_view name);
Error TableBeingDeleted(std::string_view name);

// ---- Streams

// "Requested resource not found: Shard does not exist".
Error NoSuchShard();
// "The data you are trying to access has been trimmed".
Error TrimmedData();

// ---- Conditions and transactions

// "The conditional request failed". `item`: the stored item when the request asked for it, else
// empty.
Error ConditionFailed(std::string item = {});
// "Transaction is ongoing for the item".
Error TransactionConflict();
// "Transaction cancelled, please refer cancellation reasons for specific reasons [<codes>]".
Error TransactionCanceled(std::vector<CancellationReason> reasons);
// A ClientRequestToken whose first call still runs.
Error TransactionInProgress();
// A ClientRequestToken that came with another request before.
Error TokenReused();

// The reason that stands for an action's failure: the code of its kind, its message, item, cause
// and facts.
CancellationReason ReasonOf(Error error);

}  // namespace dynarock

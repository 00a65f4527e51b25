#include "storage/item/error.h"

#include <utility>

namespace dynarock {

const ErrorFacts* Facts::operator->() const {
  static const ErrorFacts nothing;
  return facts_ ? facts_.get() : &nothing;
}

// ---- By kind

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
Error Internal(std::string message) {
  return OfKind(ErrorKind::kInternalFailure, std::move(message));
}
Error InvalidParameter(std::string_view rest) {
  return Validation("One or more parameter values were invalid: " + std::string(rest));
}

Error Caused(Cause cause, Error error) {
  error.cause = cause;
  return error;
}
Error Caused(Cause cause, ErrorFacts facts, Error error) {
  error.cause = cause;
  error.facts = Facts(std::move(facts));
  return error;
}
Error Wrapped(std::string_view before, Error error, std::string_view after) {
  error.bare_message = error.message;
  error.message.insert(0, before);
  error.message += after;
  return error;
}

// ---- Values

Error EmptyAttributeValue() {
  return Caused(
      Cause::kEmptyValue,
      Validation(
          "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"));
}
Error SeveralDatatypes() {
  return Caused(
      Cause::kSeveralTypes,
      Validation("Supplied AttributeValue has more than one datatypes set, must contain exactly "
                 "one of the supported datatypes"));
}
Error NullNotTrue() {
  return Caused(Cause::kNullNotTrue,
                InvalidParameter("Null attribute value types must have the value of true"));
}
Error EmptyStringSet() {
  return Caused(Cause::kEmptyStringSet, InvalidParameter("An string set  may not be empty"));
}
Error EmptyNumberSet() {
  return Caused(Cause::kEmptyNumberSet, InvalidParameter("An number set  may not be empty"));
}
Error EmptyBinarySet() {
  return Caused(Cause::kEmptyBinarySet, InvalidParameter("Binary sets should not be empty"));
}
Error DuplicatesInSet(Layer layer) {
  constexpr std::string_view kText = "Input collection contains duplicates";
  return Caused(Cause::kDuplicatesInSet, layer == Layer::kNewer
                                             ? InvalidParameter(std::string(kText) + ".")
                                             : Validation(std::string(kText)));
}
Error DuplicatesInStringSet(std::string_view listed) {
  return Caused(
      Cause::kDuplicatesInSet,
      InvalidParameter("Input collection " + std::string(listed) + " contains duplicates."));
}
Error DuplicatesInBinarySet(std::string_view listed) {
  return Caused(Cause::kDuplicatesInSet,
                InvalidParameter("Input collection " + std::string(listed) +
                                 "of type BS contains duplicates."));
}
Error NotANumber(std::string_view text, Layer layer) {
  std::string message = "The parameter cannot be converted to a numeric value";
  if (!text.empty() || layer == Layer::kNewer) message.append(": ").append(text);
  return Caused(Cause::kNotANumber, {.actual = std::string(text)}, Validation(std::move(message)));
}
Error TooManyDigits() {
  return Caused(Cause::kTooManyDigits,
                Validation("Attempting to store more than 38 significant digits in a Number"));
}
Error NumberOverflow() {
  return Caused(
      Cause::kNumberOutOfRange,
      Validation("Number overflow. Attempting to store a number with magnitude larger than "
                 "supported range"));
}
Error NumberUnderflow() {
  return Caused(
      Cause::kNumberOutOfRange,
      Validation("Number underflow. Attempting to store a number with magnitude smaller than "
                 "supported range"));
}
Error NestingTooDeep() {
  return Caused(
      Cause::kNestingTooDeep,
      Validation("Nesting Levels have exceeded supported limits: Attributes in the item have "
                 "nested levels beyond supported limit"));
}
Error UpdatedNestingTooDeep() {
  return Caused(Cause::kNestingTooDeep,
                Validation("Nesting Levels have exceeded supported limits"));
}
Error EmptyAttributeName() {
  return Caused(Cause::kEmptyAttributeName, Validation("Empty attribute name"));
}
Error AttributeNameTooLarge() {
  return Caused(Cause::kAttributeNameTooLarge,
                Validation("Attribute name is too large, must be less than 65536 bytes"));
}
Error ItemTooLarge() {
  return Caused(Cause::kItemTooLarge,
                Validation("Item size has exceeded the maximum allowed size"));
}
Error ItemToUpdateTooLarge() {
  return Caused(Cause::kItemToUpdateTooLarge,
                Validation("Item size to update has exceeded the maximum allowed size"));
}

// ---- Keys

Error KeySchemaMismatch() {
  return Caused(Cause::kKeySchemaMismatch,
                Validation("The provided key element does not match the schema"));
}
Error MissingKey(std::string_view attribute) {
  const std::string name(attribute);
  return Caused(Cause::kMissingKey, {.attribute = name},
                InvalidParameter("Missing the key " + name + " in the item"));
}
Error KeyTypeMismatch(std::string_view attribute, std::string_view expected,
                      std::string_view actual) {
  ErrorFacts facts{.attribute = std::string(attribute),
                   .expected = std::string(expected),
                   .actual = std::string(actual)};
  Error error = InvalidParameter("Type mismatch for key " + facts.attribute +
                                 " expected: " + facts.expected + " actual: " + facts.actual);
  return Caused(Cause::kKeyTypeMismatch, std::move(facts), std::move(error));
}
Error IndexKeyTypeMismatch(std::string_view index, std::string_view attribute,
                           std::string_view expected, std::string_view actual) {
  ErrorFacts facts{.attribute = std::string(attribute),
                   .index = std::string(index),
                   .expected = std::string(expected),
                   .actual = std::string(actual)};
  Error error = InvalidParameter("Type mismatch for Index Key " + facts.attribute +
                                 " Expected: " + facts.expected + " Actual: " + facts.actual +
                                 " IndexName: " + facts.index);
  return Caused(Cause::kIndexKeyTypeMismatch, std::move(facts), std::move(error));
}
Error UpdatedIndexKeyTypeMismatch() {
  return Caused(
      Cause::kUpdatedIndexKeyTypeMismatch,
      Validation("The update expression attempted to update the secondary index key to unsupported "
                 "type"));
}

namespace {

constexpr std::string_view kNotValid = "One or more parameter values are not valid. ";

std::string EmptyOfKind(std::string_view kind) {
  return "The AttributeValue for a key attribute cannot contain an empty " + std::string(kind) +
         " value.";
}

}  // namespace

Error EmptyKeyValue(std::string_view attribute, std::string_view kind) {
  const std::string name(attribute);
  return Caused(Cause::kEmptyKey, {.attribute = name},
                Validation(std::string(kNotValid) + EmptyOfKind(kind) + " Key: " + name));
}
Error EmptyIndexKeyValue(std::string_view index, std::string_view attribute,
                         std::string_view kind) {
  ErrorFacts facts{.attribute = std::string(attribute), .index = std::string(index)};
  Error error = Validation(
      std::string(kNotValid) + "A value specified for a secondary index key is not supported. " +
      EmptyOfKind(kind) + " IndexName: " + facts.index + ", IndexKey: " + facts.attribute);
  return Caused(Cause::kEmptyIndexKey, std::move(facts), std::move(error));
}
Error EmptyUpdatedIndexKeyValue(std::string_view kind) {
  return Caused(
      Cause::kEmptyIndexKey,
      Validation(std::string(kNotValid) +
                 "The update expression attempted to update a secondary index key to a value that "
                 "is not supported. " +
                 EmptyOfKind(kind)));
}
Error HashKeyTooLarge() {
  return InvalidParameter("Size of hashkey has exceeded the maximum size limit of2048 bytes");
}
Error RangeKeysTooLarge() {
  return InvalidParameter(
      "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
}

// ---- Tables

Error NoSuchResource() {
  return ResourceNotFound("Requested resource not found");
}
Error NoSuchTable(std::string_view name) {
  return ResourceNotFound("Requested resource not found: Table: " + std::string(name) +
                          " not found");
}
Error TableExists(const std::string& name) {
  return Caused(Cause::kTableExists, {.names = {name}},
                ResourceInUse("Table already exists: " + name));
}
Error StillInUse(std::string_view what) {
  return ResourceInUse("Attempt to change a resource which is still in use: " + std::string(what));
}
Error TableBeingCreated(std::string_view name) {
  return StillInUse("Table is being created: " + std::string(name));
}
Error TableBeingDeleted(std::string_view name) {
  return StillInUse("Table is being deleted: " + std::string(name));
}

// ---- Streams

Error NoSuchShard() {
  return ResourceNotFound("Requested resource not found: Shard does not exist");
}
Error TrimmedData() {
  return OfKind(ErrorKind::kTrimmedDataAccess,
                "The data you are trying to access has been trimmed");
}

// ---- Conditions and transactions

Error ConditionFailed(std::string item) {
  Error error = Caused(Cause::kConditionFailed, OfKind(ErrorKind::kConditionalCheckFailed,
                                                       "The conditional request failed"));
  error.item = std::move(item);
  return error;
}
Error TransactionConflict() {
  return Caused(Cause::kTransactionConflict,
                OfKind(ErrorKind::kTransactionConflict, "Transaction is ongoing for the item"));
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
Error TransactionInProgress() {
  return Caused(Cause::kTransactionInProgress,
                OfKind(ErrorKind::kTransactionInProgress,
                       "Transaction from previous request is still in progress"));
}
Error TokenReused() {
  return Caused(Cause::kTokenReused,
                OfKind(ErrorKind::kIdempotentParameterMismatch,
                       "DynamoDB rejected the request because you retried a request with a "
                       "different payload but with an idempotent token that was already used."));
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
  return {.code = code(),
          .message = std::move(error.message),
          .item = std::move(error.item),
          .cause = error.cause,
          .facts = std::move(error.facts)};
}

}  // namespace dynarock

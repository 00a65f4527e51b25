#include "server/operations/request/errors.h"

#include <utility>

namespace dynarock::operations {

// ---- Names

Error TableNameRequired() {
  return Validation("The parameter 'TableName' is required but was not present in the request");
}
Error InvalidTableArn(std::string_view arn) {
  return Validation("Invalid TableArn: Invalid ResourceArn provided as input " + std::string(arn));
}

namespace {

Error InvalidInArn(std::string_view what, std::string_view arn) {
  std::string text = "1 validation error detected: Invalid ";
  return Validation(text.append(what).append(" in '").append(arn).append("'"));
}

}  // namespace

Error NotATableArn(std::string_view arn) {
  if (!arn.starts_with("arn:aws:")) return InvalidInArn("AWS partition", arn);
  return InvalidInArn("resource type", arn);
}
Error ForeignRegion(std::string_view arn) {
  return InvalidInArn("AWS region", arn);
}

// ---- Parameters of expressions

Error MixedParameterStyles(std::string_view legacy, std::string_view expressions) {
  std::string text =
      "Can not use both expression and non-expression parameters in the same request: "
      "Non-expression parameters: {";
  text.append(legacy).append("} Expression parameters: {").append(expressions).append("}");
  return Caused(Cause::kMixedParameterStyles, Validation(std::move(text)));
}
Error NamesWithoutExpression() {
  return Caused(Cause::kPlaceholdersWithoutExpression, {.parameter = "ExpressionAttributeNames"},
                Validation("ExpressionAttributeNames can only be specified when using "
                           "expressions"));
}
Error ValuesWithoutExpression(std::string_view what) {
  return Caused(Cause::kPlaceholdersWithoutExpression, {.parameter = "ExpressionAttributeValues"},
                Validation("ExpressionAttributeValues can only be specified when using "
                           "expressions" +
                           (what.empty() ? std::string() : ": " + std::string(what))));
}
Error InvalidExpressionValue(Error error, std::string_view key) {
  if (error.cause == Cause::kAttributeNameTooLarge) return error;
  return Wrapped("ExpressionAttributeValues contains invalid value: ", std::move(error),
                 " for key " + std::string(key));
}
Error OldOrNoneOnly() {
  return Caused(Cause::kReturnValues, Validation("ReturnValues can only be ALL_OLD or NONE"));
}
Error ConditionalOperatorWithoutFilter() {
  return Validation("ConditionalOperator cannot be used without Filter or Expected");
}
Error ConditionalOperatorOfOne() {
  return Validation(
      "ConditionalOperator can only be used when Filter or Expected has two or more elements");
}
Error InvalidConditionalOperator() {
  // The service spells AND so.
  return Caused(Cause::kConstraint, {.parameter = "ConditionalOperator"},
                Validation("Failed to satisfy constraint: Member must satisfy enum value set: "
                           "[ALL, OR]"));
}
Error InvalidComparisonOperator() {
  return InvalidParameter("Invalid comparison operator");
}
Error InvalidAction() {
  // The quotation mark is the service's own.
  return Caused(Cause::kConstraint, {.parameter = "Action"},
                Validation("Member must satisfy enum value set: [ADD, DELETE, PUT]' for Action"));
}

// ---- Writes

Error KeyUpdated(std::string_view attribute) {
  const std::string name(attribute);
  return Caused(
      Cause::kKeyUpdated, {.attribute = name},
      InvalidParameter("Cannot update attribute " + name + ". This attribute is part of the key"));
}

// ---- Reads

namespace {

constexpr std::string_view kInvalidStart = "The provided starting key is invalid";

Error NotProjectedAs(const std::string& text, std::string_view index,
                     const std::vector<std::string_view>& attributes) {
  std::string list;
  ErrorFacts facts{.index = std::string(index)};
  for (const std::string_view attribute : attributes) {
    list.append(list.empty() ? "" : ", ").append(attribute);
    facts.names.emplace_back(attribute);
  }
  return Caused(Cause::kNotProjected, std::move(facts), InvalidParameter(text + "[" + list + "]"));
}

}  // namespace

Error InvalidStartKey() {
  return Caused(Cause::kInvalidStartKey, Validation(std::string(kInvalidStart)));
}
Error InvalidStartKey(std::string_view why) {
  return InvalidStartKey(Validation(std::string(why)));
}
Error InvalidStartKey(Error error) {
  if (error.cause == Cause::kNone || error.cause == Cause::kAttributeNameTooLarge) {
    error.cause = Cause::kInvalidStartKey;
  }
  return Wrapped(std::string(kInvalidStart) + ": ", std::move(error));
}
Error StartKeyOfSingleItem(std::string_view attribute, std::string_view printed) {
  std::string text = "The provided exclusive start key is invalid: ExclusiveStartKey: {";
  text.append(attribute).append("=").append(printed).append("}");
  return Caused(Cause::kInvalidStartKey, Validation(std::move(text)));
}
Error StartKeyOutsideQuery() {
  return Caused(
      Cause::kInvalidStartKey,
      Validation("The provided starting key is outside query boundaries based on provided "
                 "conditions"));
}
Error StartKeyAgainstPredicate() {
  return Caused(Cause::kInvalidStartKey,
                Validation("The provided starting key does not match the range key predicate"));
}
Error FilterOnKey(std::string_view filter, std::string_view attribute) {
  const std::string name(attribute);
  return Caused(
      Cause::kFilterOnKey, {.attribute = name},
      Validation(std::string(filter) +
                 " can only contain non-primary key attributes: Primary key attribute: " + name));
}
Error NoSuchIndex(std::string_view index) {
  const std::string name(index);
  return Caused(Cause::kNoSuchIndex, {.index = name},
                Validation("The table does not have the specified index: " + name));
}
Error NoSuchIndexOfStatement() {
  return Caused(Cause::kNoSuchIndex, Validation("The table does not have the specified index"));
}
Error ConsistentReadOfGlobalIndex() {
  return Caused(Cause::kConsistentReadOfGlobalIndex,
                Validation("Consistent reads are not supported on global secondary indexes"));
}
Error BackfillingIndex(std::string_view index) {
  return Validation("Cannot read from backfilling global secondary index: " + std::string(index));
}
Error AttributesNotProjected(std::string_view index,
                             const std::vector<std::string_view>& attributes) {
  return NotProjectedAs("Global secondary index " + std::string(index) + " does not project ",
                        index, attributes);
}
Error FilterNotProjected(std::string_view index, const std::vector<std::string_view>& attributes) {
  return NotProjectedAs(
      "Secondary index " + std::string(index) + " does not project one or more filter attributes: ",
      index, attributes);
}
Error AllAttributesNotProjected(std::string_view index) {
  const std::string name(index);
  return Caused(
      Cause::kNotProjected, {.index = name},
      InvalidParameter("Select type ALL_ATTRIBUTES is not supported for global secondary index " +
                       name + " because its projection type is not ALL"));
}

// ---- Batches and transactions

Error TooManyItems(std::string_view operation) {
  return Caused(Cause::kTooManyItems,
                Validation("Too many items requested for the " + std::string(operation) + " call"));
}
Error DuplicateItemKeys() {
  return Caused(Cause::kDuplicateItemKeys,
                Validation("Provided list of item keys contains duplicates"));
}
Error ItemTwiceInTransaction() {
  return Caused(Cause::kItemTwiceInTransaction,
                Validation("Transaction request cannot include multiple operations on one item"));
}
Error SeveralActionsInOne() {
  return Caused(Cause::kSeveralActionsInOne,
                Validation("TransactItems can only contain one of Check, Put, Update or Delete"));
}
Error NoAction(Layer layer) {
  return Caused(
      Cause::kSeveralActionsInOne,
      Validation(layer == Layer::kNewer
                     ? "1 validation error detected: Value '' at 'transactItems' failed to "
                       "satisfy constraint: TransactWriteRequest should contain Delete or "
                       "Put or Update or ConditionCheck"
                     : "Invalid Request: TransactWriteRequest should contain Delete or "
                       "Put or Update request"));
}
Error TransactionPayloadTooLarge(uint64_t bytes) {
  // The service says it twice.
  const std::string text =
      "Transaction payload size cannot exceed 4MB. Payload Size: " + std::to_string(bytes);
  return Caused(Cause::kTransactionTooLarge,
                Validation("Transaction payload size cannot exceed 4MB. Payload Size: : " + text));
}
Error TransactionTooLarge() {
  return Caused(
      Cause::kTransactionTooLarge,
      Validation("Collection size of items exceeded, which can also be caused by the aggregate "
                 "size of the items in the transaction exceeding the 4MB limit"));
}

}  // namespace dynarock::operations

// What only operations say, by name. What storage or the expression languages say as well stands in
// storage/item/error.h and expression/errors.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/item/error.h"
#include "storage/item/layer.h"

namespace dynarock::operations {

// ---- Names

// "The parameter 'TableName' is required but was not present in the request".
Error TableNameRequired();
// "Invalid TableArn: Invalid ResourceArn provided as input <arn>".
Error InvalidTableArn(std::string_view arn);
// An ARN as TableName that names no table: its partition or kind of resource is another one.
Error NotATableArn(std::string_view arn);
// An ARN as TableName whose region is another one.
Error ForeignRegion(std::string_view arn);

// ---- Parameters of expressions

// "Can not use both expression and non-expression parameters in the same request: ...". Both lists
// are joined by ", ".
Error MixedParameterStyles(std::string_view legacy, std::string_view expressions);
// "ExpressionAttributeNames can only be specified when using expressions". Fact: parameter.
Error NamesWithoutExpression();
// The same of values. `what`: "FilterExpression is null". Fact: parameter.
Error ValuesWithoutExpression(std::string_view what);
// "ExpressionAttributeValues contains invalid value: <message> for key <key>", with the cause and
// facts of `error`; nesting and names that are too large stand alone.
Error InvalidExpressionValue(Error error, std::string_view key);
// "ReturnValues can only be ALL_OLD or NONE".
Error OldOrNoneOnly();
// A ConditionalOperator with nothing to join; with one condition; that is neither AND nor OR.
Error ConditionalOperatorWithoutFilter();
Error ConditionalOperatorOfOne();
Error InvalidConditionalOperator();
// A ComparisonOperator that does not exist, and an Action of AttributeUpdates.
Error InvalidComparisonOperator();
Error InvalidAction();

// ---- Writes

// "Cannot update attribute <attribute>. This attribute is part of the key". Fact: attribute.
Error KeyUpdated(std::string_view attribute);

// ---- Reads

// "The provided starting key is invalid".
Error InvalidStartKey();
// "The provided starting key is invalid: <why>".
Error InvalidStartKey(std::string_view why);
// The same with the message of `error`. Its cause and facts stay, where the cause says more.
Error InvalidStartKey(Error error);
// A start key in a table without a sort key, where no further item of the query can be. `printed`:
// "AttributeValue: {S:a}".
Error StartKeyOfSingleItem(std::string_view attribute, std::string_view printed);
// The start key is well formed and lies outside what the query reads.
Error StartKeyOutsideQuery();
Error StartKeyAgainstPredicate();
// A filter on a key attribute. `filter`: "Filter Expression" or "QueryFilter". Fact: attribute.
Error FilterOnKey(std::string_view filter, std::string_view attribute);
// "The table does not have the specified index: <index>". Fact: index.
Error NoSuchIndex(std::string_view index);
// The same as PartiQL says it, without the name.
Error NoSuchIndexOfStatement();
Error ConsistentReadOfGlobalIndex();
// "Cannot read from backfilling global secondary index: <index>".
Error BackfillingIndex(std::string_view index);
// "Global secondary index <index> does not project [<attributes>]". Facts: index, names.
Error AttributesNotProjected(std::string_view index,
                             const std::vector<std::string_view>& attributes);
// The same of a filter's attributes, of local indexes too. Facts: index, names.
Error FilterNotProjected(std::string_view index, const std::vector<std::string_view>& attributes);
// ALL_ATTRIBUTES of a global index that does not project all. Fact: index.
Error AllAttributesNotProjected(std::string_view index);

// ---- Batches and transactions

// "Too many items requested for the <operation> call".
Error TooManyItems(std::string_view operation);
// "Provided list of item keys contains duplicates".
Error DuplicateItemKeys();
// "Transaction request cannot include multiple operations on one item".
Error ItemTwiceInTransaction();
// "TransactItems can only contain one of Check, Put, Update or Delete".
Error SeveralActionsInOne();
// An element without an action: "Invalid Request: TransactWriteRequest should contain Delete or Put
// or Update request", and what the newer layer says.
Error NoAction(Layer layer);
// "Collection size of items exceeded, ...": more than 4 MB read in one transaction.
Error TransactionTooLarge();
// "Transaction payload size cannot exceed 4MB. Payload Size: ...": more than 4 MB to be written.
Error TransactionPayloadTooLarge(uint64_t bytes);

}  // namespace dynarock::operations

#include "server/protocol/hint.h"

#include <string_view>

namespace dynarock::protocol {

namespace {

// A piece of a message, and what usually causes it. The first that fits speaks.
struct Cause {
  std::string_view piece;
  std::string_view words;
};

constexpr Cause kCauses[] = {
    {"Supplied AttributeValue is empty",
     "a value without a type tag: often an `undefined` in JavaScript; remove the attribute, or use "
     "removeUndefinedValues of lib-dynamodb"},
    {"more than one datatypes set", "a value has two type tags, such as {\"S\": .., \"N\": ..}"},
    {"must have the value of true", "NULL is written {\"NULL\": true}"},
    {"set  may not be empty", "leave an empty set out of the item; DynamoDB cannot store one"},
    {"Binary sets should not be empty",
     "leave an empty set out of the item; DynamoDB cannot store one"},
    {"contains duplicates", "a set or a list of keys names the same value twice"},
    {"cannot be converted to a numeric value",
     "N takes a decimal number as text; NaN, Infinity and empty text are none"},
    {"STRING_VALUE cannot be converted to",
     "a JSON number or boolean belongs there, without quotes: 3, not \"3\""},
    {"_VALUE cannot be converted to String",
     "a JSON string belongs there; numbers in items are text too: {\"N\": \"3\"}"},
    {"more than 38 significant digits", "numbers keep 38 digits; store longer ones as strings (S)"},
    {"Nesting Levels",
     "maps and lists may nest 32 levels deep; flatten the value or store JSON text"},
    {"Item size has exceeded",
     "an item holds at most 400 KB with its attribute names; move large "
     "values elsewhere or split the item"},
    {"Item size to update", "the update would make the item larger than 400 KB"},
    {"reserved keyword",
     "write the attribute as #name and define #name in ExpressionAttributeNames"},
    {"Syntax error",
     "look at the token and its surroundings; values must be :placeholders, and names with "
     "dashes or dots need #placeholders"},
    {"unused in expressions",
     "each placeholder that is defined must appear in an expression; is it "
     "spelled the same there?"},
    {"used in the document path is not defined", "define the #name in ExpressionAttributeNames"},
    {"used in expression is not defined",
     "define the :value in ExpressionAttributeValues; an `undefined` "
     "value may have been dropped"},
    {"can only be specified when using expressions",
     "placeholders were sent without an expression that uses them; is the expression undefined?"},
    {"The expression can not be empty", "leave the expression out instead of sending empty text"},
    {"Two document paths overlap", "one update may change a path only once; merge the two actions"},
    {"document path provided in the update expression is invalid",
     "a parent map or list on this path is not in the stored item: create the map first, e.g. "
     "SET parent = if_not_exists(parent, :emptyMap) in an update of its own"},
    {"refers to an attribute that does not exist",
     "the update reads an attribute the stored item lacks; use if_not_exists(attribute, :default)"},
    {"An operand in the update expression has an incorrect data type",
     "the stored attribute has another type than the update expects (+ and - need numbers, "
     "list_append needs lists)"},
    {"Cannot update attribute",
     "key attributes never change: delete the item and put one with the new key"},
    {"The provided key element does not match the schema",
     "Key must hold exactly the table's key attributes with the types of the schema; a key of an "
     "index does not do"},
    {"Missing the key", "the item lacks a key attribute; was it `undefined`?"},
    {"Type mismatch for key", "the attribute is a key and must have the type its definition says"},
    {"Type mismatch for Index Key",
     "the attribute is a key of that index: give it the defined type, or leave it out so that the "
     "item is not in the index"},
    {"cannot contain an empty",
     "key attributes of tables and indexes cannot be empty; leave an index key "
     "out instead"},
    {"Some index key attribute",
     "every key attribute of the table and its indexes must be in "
     "AttributeDefinitions"},
    {"Some AttributeDefinitions are not used",
     "AttributeDefinitions lists key attributes only; remove the others"},
    {"does not exactly match number of attributes defined",
     "AttributeDefinitions lists key attributes only; remove the others"},
    {"does not have the specified index",
     "is the index name spelled as in the table's definition, and has "
     "the index been created?"},
    {"Consistent reads are not supported on global secondary indexes",
     "leave ConsistentRead out on a global index, or read the table"},
    {"Query condition missed key schema element",
     "a Query needs the partition key with =, and may restrict the sort key of the same index"},
    {"Query key condition not supported",
     "only = is allowed on the partition key, and only one condition on the sort key"},
    {"can only contain non-primary key attributes",
     "put the condition on the key into KeyConditionExpression"},
    {"is not supported for global secondary index",
     "the index does not hold all attributes: ask for projected ones, or read the items from the "
     "table"},
    {"The provided starting key",
     "pass LastEvaluatedKey back unchanged, with the same index and key condition"},
    {"Too many items requested", "split the batch: 25 writes or 100 reads per call"},
    {"The conditional request failed",
     "the stored item does not meet the ConditionExpression; "
     "ReturnValuesOnConditionCheckFailure=ALL_OLD shows it"},
    {"Transaction is ongoing for the item",
     "a transaction holds the item at this moment: send the request again after a short random "
     "wait"},
    {"Transaction from previous request is still in progress",
     "the first call with this ClientRequestToken is not answered yet: wait and send it again"},
    {"with an idempotent token that was already used",
     "each transaction needs a ClientRequestToken of its own; a repetition must send the same "
     "TransactItems"},
    {"cannot include multiple operations on one item",
     "name each item once: merge the actions, and put a check into the ConditionExpression of the "
     "write"},
    {"can only contain one of Check, Put, Update or Delete",
     "each element of TransactItems has exactly one of ConditionCheck, Put, Update, Delete"},
    {"Collection size of items exceeded",
     "the items of one transaction weigh at most 4 MB together: split it"},
    {"Neither ReadCapacityUnits nor WriteCapacityUnits can be specified",
     "an on-demand table has no ProvisionedThroughput: remove it, or use BillingMode PROVISIONED"},
    {"must both be specified when BillingMode is PROVISIONED",
     "give ProvisionedThroughput, or BillingMode PAY_PER_REQUEST"},
    {"Table already exists",
     "another test or an earlier run created it; delete it first, or start the "
     "server with --isolate and use an access key per worker"},
};

std::string_view CauseOf(std::string_view message) {
  for (const Cause& cause : kCauses) {
    if (message.find(cause.piece) != std::string_view::npos) return cause.words;
  }
  return {};
}

}  // namespace

std::string HintOf(const Error& error) {
  std::string hint;
  const std::string_view words =
      error.hint.empty() ? CauseOf(error.message) : std::string_view(error.hint);
  if (!error.where.empty()) hint.append("at ").append(error.where);
  if (!words.empty()) hint.append(hint.empty() ? "" : ": ").append(words);
  if (hint.size() > kMaxHint) hint.resize(kMaxHint);
  for (char& c : hint) {
    if (c < ' ' || c > '~') c = '?';
  }
  return hint;
}

}  // namespace dynarock::protocol

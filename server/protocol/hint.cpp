#include "server/protocol/hint.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace dynarock::protocol {

namespace {

// What usually leads to an error.
struct Explanation {
  Cause cause;
  std::string_view words;
};

// Said of several causes.
constexpr std::string_view kLeaveSetOut =
    "leave an empty set out of the item; DynamoDB cannot store one";
constexpr std::string_view kTwice = "a set or a list of keys names the same value twice";
constexpr std::string_view kNoEmptyKey =
    "key attributes of tables and indexes cannot be empty; leave an index key out instead";
constexpr std::string_view kDefineKeys =
    "every key attribute of the table and its indexes must be in AttributeDefinitions";
constexpr std::string_view kOnlyKeys =
    "AttributeDefinitions lists key attributes only; remove the others";

constexpr Explanation kExplanations[] = {
    {Cause::kEmptyValue,
     "a value without a type tag: often an `undefined` in JavaScript; remove the attribute, "
     "or use removeUndefinedValues of lib-dynamodb"},
    {Cause::kSeveralTypes, "a value has two type tags, such as {\"S\": .., \"N\": ..}"},
    {Cause::kNullNotTrue, "NULL is written {\"NULL\": true}"},
    {Cause::kEmptyStringSet, kLeaveSetOut},
    {Cause::kEmptyNumberSet, kLeaveSetOut},
    {Cause::kEmptyBinarySet, kLeaveSetOut},
    {Cause::kDuplicatesInSet, kTwice},
    {Cause::kDuplicateItemKeys, kTwice},
    {Cause::kNotANumber,
     "N takes a decimal number as text; NaN, Infinity and empty text are not "
     "numbers"},
    {Cause::kStringForOtherType,
     "a JSON number or boolean belongs there, without quotes: 3, not \"3\""},
    {Cause::kOtherTypeForString,
     "a JSON string belongs there; numbers in items are text too: {\"N\": \"3\"}"},
    {Cause::kEmptyAttributeName,
     "an attribute or a map key has the empty string as its name; give it one, or leave it out"},
    {Cause::kTooManyDigits, "numbers keep 38 digits; store longer ones as strings (S)"},
    {Cause::kNestingTooDeep,
     "maps and lists may nest 32 levels deep; flatten the value or store JSON text"},
    {Cause::kItemTooLarge,
     "an item holds at most 400 KB with its attribute names; move large values elsewhere or "
     "split the item"},
    {Cause::kItemToUpdateTooLarge,
     "the updated item, or the update with the values it is sent, is larger than 400 KB"},
    {Cause::kReservedWord,
     "write the attribute as #name and define #name in ExpressionAttributeNames"},
    {Cause::kSyntaxError,
     "look at the token and its surroundings; values must be :placeholders, and names with "
     "dashes or dots need #placeholders"},
    {Cause::kUnusedPlaceholder,
     "each placeholder that is defined must appear in an expression; is it spelled the same "
     "there?"},
    {Cause::kUndefinedName, "define the #name in ExpressionAttributeNames"},
    {Cause::kUndefinedValue,
     "define the :value in ExpressionAttributeValues; an `undefined` value may have been "
     "dropped"},
    {Cause::kPlaceholdersWithoutExpression,
     "placeholders were sent without an expression that uses them; is the expression "
     "undefined?"},
    {Cause::kEmptyExpression, "leave the expression out instead of sending empty text"},
    {Cause::kOverlappingPaths, "one update may change a path only once; merge the two actions"},
    {Cause::kInvalidUpdatePath,
     "a parent map or list on this path is not in the stored item: create the map first, e.g. SET "
     "parent = if_not_exists(parent, :emptyMap) in a separate update"},
    {Cause::kAbsentOperand,
     "the update reads an attribute the stored item lacks; use if_not_exists(attribute, "
     ":default)"},
    {Cause::kWrongOperandType,
     "the stored attribute has another type than the update expects (+ and - need numbers, "
     "list_append needs lists)"},
    {Cause::kKeyUpdated,
     "key attributes never change: delete the item and put one with the new key"},
    {Cause::kKeySchemaMismatch,
     "Key must hold exactly the table's key attributes with the types of the schema; a key of an "
     "index will not work here"},
    {Cause::kMissingKey, "the item lacks a key attribute; was it `undefined`?"},
    {Cause::kKeyTypeMismatch, "the attribute is a key and must have the type its definition says"},
    {Cause::kIndexKeyTypeMismatch,
     "the attribute is a key of that index: give it the defined type, or leave it out so that "
     "the item is not in the index"},
    {Cause::kEmptyKey, kNoEmptyKey},
    {Cause::kEmptyIndexKey, kNoEmptyKey},
    {Cause::kTooFewDefinitions, kDefineKeys},
    {Cause::kUndefinedKeyAttributes, kDefineKeys},
    {Cause::kUnusedDefinitions, kOnlyKeys},
    {Cause::kDefinitionCountMismatch, kOnlyKeys},
    {Cause::kNoSuchIndex,
     "is the index name spelled as in the table's definition, and has the index been created?"},
    {Cause::kConsistentReadOfGlobalIndex,
     "leave ConsistentRead out on a global index, or read the table"},
    {Cause::kMissedKeyCondition,
     "a Query needs the partition key with =, and may restrict the sort key of the same index"},
    {Cause::kUnsupportedKeyCondition,
     "only = is allowed on the partition key, and only one condition on the sort key"},
    {Cause::kFilterOnKey, "put the condition on the key into KeyConditionExpression"},
    {Cause::kNotProjected,
     "the index does not hold all attributes: ask for projected ones, or read the items from "
     "the table"},
    {Cause::kInvalidStartKey,
     "pass LastEvaluatedKey back unchanged, with the same index and key condition"},
    {Cause::kTooManyItems, "split the batch: 25 writes or 100 reads per call"},
    {Cause::kConditionFailed,
     "the stored item does not meet the ConditionExpression; "
     "ReturnValuesOnConditionCheckFailure=ALL_OLD shows it"},
    {Cause::kTransactionConflict,
     "a transaction holds the item at this moment: send the request again after a short "
     "random wait"},
    {Cause::kTransactionInProgress,
     "the first call with this ClientRequestToken is not answered yet: wait and send it again"},
    {Cause::kTokenReused,
     "each transaction needs its own ClientRequestToken; a retry must send the same TransactItems"},
    {Cause::kItemTwiceInTransaction,
     "name each item once: merge the actions, and put a check into the ConditionExpression of "
     "the write"},
    {Cause::kSeveralActionsInOne,
     "each element of TransactItems has exactly one of ConditionCheck, Put, Update, Delete"},
    {Cause::kTransactionTooLarge,
     "the items, keys and values of one transaction weigh at most 4 MB together: split it"},
    {Cause::kThroughputOnDemand,
     "an on-demand table has no ProvisionedThroughput: remove it, or use BillingMode "
     "PROVISIONED"},
    {Cause::kThroughputMissing, "give ProvisionedThroughput, or BillingMode PAY_PER_REQUEST"},
    {Cause::kTableExists,
     "another test or an earlier run created it; delete it first, or start the server with "
     "--isolate and use an access key per worker"},
};

std::string_view WordsFor(Cause cause) {
  const auto* found = std::ranges::find(kExplanations, cause, &Explanation::cause);
  return found == std::end(kExplanations) ? std::string_view() : found->words;
}

}  // namespace

std::string HintOf(const Error& error) {
  std::string hint;
  const std::string_view words =
      error.hint.empty() ? WordsFor(error.cause) : std::string_view(error.hint);
  if (!error.where.empty()) hint.append("at ").append(error.where);
  if (!words.empty()) hint.append(hint.empty() ? "" : ": ").append(words);
  if (hint.size() > kMaxHint) hint.resize(kMaxHint);
  for (char& c : hint) {
    if (c < ' ' || c > '~') c = '?';
  }
  return hint;
}

}  // namespace dynarock::protocol

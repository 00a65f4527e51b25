// What went wrong, for the code that acts on an error or explains it. Nobody reads it out of the
// text of a message.
#pragma once

#include <cstdint>

namespace dynarock {

// One value for each thing that somebody acts on or hints at; kNone for all others. The comments
// name the facts (ErrorFacts) that come with it.
enum class Cause : uint8_t {
  kNone,

  // Shapes.
  kMissingMember,       // a required member was not sent; parameter: its path; names: the paths of
                        // this and of all further violations
  kConstraint,          // a member does not satisfy a constraint; the same facts
  kStringForOtherType,  // a JSON string where a number or a boolean belongs
  kOtherTypeForString,  // a JSON number or boolean where a string belongs
  kReturnValues,        // ReturnValues that the operation does not offer

  // Values.
  kEmptyValue,    // an AttributeValue without a type
  kSeveralTypes,  // an AttributeValue with two
  kNullNotTrue,   // {"NULL": false}
  kEmptyStringSet,
  kEmptyNumberSet,
  kEmptyBinarySet,
  kDuplicatesInSet,
  kNotANumber,  // actual: the text, possibly empty
  kTooManyDigits,
  kNumberOutOfRange,
  kNestingTooDeep,
  kEmptyAttributeName,
  kAttributeNameTooLarge,
  kItemTooLarge,
  kItemToUpdateTooLarge,

  // Expressions and their parameters. An error that an expression's language finds has the
  // expression's parameter ("UpdateExpression").
  kInvalidExpression,  // any static error that is none of the following
  kSyntaxError,
  kEmptyExpression,
  kReservedWord,    // attribute
  kUndefinedName,   // names: the #placeholder
  kUndefinedValue,  // names: the :placeholder
  kOverlappingPaths,
  kEmptyPlaceholders,              // an empty map; parameter: which
  kUnusedPlaceholder,              // parameter: the map; names: those that are unused
  kPlaceholdersWithoutExpression,  // parameter: the map
  kMixedParameterStyles,
  kInvalidUpdatePath,
  kAbsentOperand,
  kWrongOperandType,
  kMissedKeyCondition,  // attribute
  kUnsupportedKeyCondition,
  kFilterOnKey,  // attribute

  // Keys.
  kKeySchemaMismatch,
  kMissingKey,            // attribute
  kKeyTypeMismatch,       // attribute, expected, actual
  kIndexKeyTypeMismatch,  // attribute, index, expected, actual
  kUpdatedIndexKeyTypeMismatch,
  kEmptyKey,       // attribute
  kEmptyIndexKey,  // attribute, index, where the message names them
  kKeyUpdated,     // attribute
  kInvalidStartKey,

  // Reads and batches.
  kNoSuchIndex,  // index, where the message names it
  kConsistentReadOfGlobalIndex,
  kNotProjected,  // index
  kTooManyItems,
  kDuplicateItemKeys,

  // Conditions and transactions.
  kConditionFailed,
  kTransactionConflict,
  kTransactionInProgress,
  kTokenReused,
  kItemTwiceInTransaction,
  kSeveralActionsInOne,
  kTransactionTooLarge,

  // Definitions of tables. names: the attributes that the message lists.
  kTableExists,             // names: the table
  kTooFewDefinitions,       // fewer than the key has attributes
  kUndefinedKeyAttributes,  // names
  kUnusedDefinitions,       // names
  kDefinitionCountMismatch,
  kDuplicateDefinition,  // attribute
  kFirstKeyNotHash,
  kSecondKeyNotRange,
  kKeysHaveSameName,
  kHashBehindRange,
  kTooManyKeyAttributes,
  kIndexWithoutRangeKey,  // index
  kIndexHashKeyDiffers,   // index, names
  kDuplicateIndexName,    // index
  kProjectionType,
  kThroughputMissing,
  kThroughputOnDemand,
  kIndexThroughputMissing,   // index
  kIndexThroughputOnDemand,  // index
  kThroughputOutOfBounds,    // index, if it is one's
  kOnDemandThroughput,       // index, where the message names it
  kWarmThroughput,           // index, if it is one's
  kStreamViewTypeMissing,
  kStreamViewTypeWithoutStream,
};

}  // namespace dynarock

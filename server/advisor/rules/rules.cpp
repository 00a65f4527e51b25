#include "server/advisor/rules/rules.h"

#include <array>

namespace dynarock::advisor {

// To add a rule, declare it here and put it into the list.
extern const Rule kFilterDiscardsMost;
extern const Rule kFilterAttributeUnknown;
extern const Rule kScanOnRequestPath;
extern const Rule kPageTokenIgnored;
extern const Rule kLimitBeforeFilter;
extern const Rule kPageNearLimit;
extern const Rule kFetchAfterIndexQuery;
extern const Rule kGetsOneByOne;
extern const Rule kIndexNeverRead;
extern const Rule kIndexCopiesUnasked;
extern const Rule kStaleRead;
extern const Rule kLargeItem;
extern const Rule kItemTooLarge;
extern const Rule kGrowingList;
extern const Rule kLargeItemSmallChange;
extern const Rule kAttributeTypesMixed;
extern const Rule kIndexKeyNeverWritten;
extern const Rule kIndexLeavesItemsOut;
extern const Rule kTtlValueWrong;
extern const Rule kTemporaryWithoutTtl;
extern const Rule kHotPartitionKey;
extern const Rule kDatePartitionKey;
extern const Rule kLowCardinalityKey;
extern const Rule kPartitionRate;
extern const Rule kUpsertPartialItem;
extern const Rule kPutDropsAttributes;
extern const Rule kLostUpdate;
extern const Rule kConditionsFailOften;
extern const Rule kSingleItemTransaction;
extern const Rule kConsistentReadUnneeded;
extern const Rule kRetryWithoutBackoff;
extern const Rule kUndefinedValue;
extern const Rule kExpressionGlued;
extern const Rule kUnprocessedIgnored;
extern const Rule kOrphanedItems;
extern const Rule kIndexKeyRefused;

std::span<const Rule> Rules() {
  static const std::array kAll = {
      kFilterDiscardsMost,
      kFilterAttributeUnknown,
      kScanOnRequestPath,
      kPageTokenIgnored,
      kLimitBeforeFilter,
      kPageNearLimit,
      kFetchAfterIndexQuery,
      kGetsOneByOne,
      kIndexNeverRead,
      kIndexCopiesUnasked,
      kStaleRead,
      kLargeItem,
      kItemTooLarge,
      kGrowingList,
      kLargeItemSmallChange,
      kAttributeTypesMixed,
      kIndexKeyNeverWritten,
      kIndexLeavesItemsOut,
      kTtlValueWrong,
      kTemporaryWithoutTtl,
      kHotPartitionKey,
      kDatePartitionKey,
      kLowCardinalityKey,
      kPartitionRate,
      kUpsertPartialItem,
      kPutDropsAttributes,
      kLostUpdate,
      kConditionsFailOften,
      kSingleItemTransaction,
      kConsistentReadUnneeded,
      kRetryWithoutBackoff,
      kUndefinedValue,
      kExpressionGlued,
      kUnprocessedIgnored,
      kOrphanedItems,
      kIndexKeyRefused,
  };
  return kAll;
}

}  // namespace dynarock::advisor

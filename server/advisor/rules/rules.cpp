#include "server/advisor/rules/rules.h"

#include <array>

namespace dynarock::advisor {

std::span<const Rule> Rules() {
  static const std::array kAll = {
      kFilterDiscardsMost,
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

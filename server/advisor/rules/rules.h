// The rules, one file each in rules/. A rule looks at what was gathered and adds a finding for each
// thing it has to say; it stays silent below its thresholds (settings.h). docs/advisor.md lists
// them for users.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "server/advisor/rules/case.h"
#include "server/findings/report.h"

namespace dynarock::advisor {

struct Rule {
  std::string_view id;  // of its findings; what suppressions name
  void (*judge)(const Case& given, std::vector<Finding>& findings);
};

extern const Rule kFilterDiscardsMost;
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

// All of them.
std::span<const Rule> Rules();

}  // namespace dynarock::advisor

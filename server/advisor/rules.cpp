#include "server/advisor/rules.h"

#include <array>

namespace dynarock::advisor {

std::span<const Rule> Rules() {
  static const std::array kAll = {kFilterDiscardsMost, kScanOnRequestPath, kPageTokenIgnored,
                                  kLimitBeforeFilter,  kPageNearLimit,     kFetchAfterIndexQuery,
                                  kGetsOneByOne};
  return kAll;
}

}  // namespace dynarock::advisor

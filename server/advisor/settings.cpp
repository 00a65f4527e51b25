#include "server/advisor/settings.h"

#include <algorithm>

namespace dynarock::advisor {

bool Settings::Suppresses(const Finding& finding) const {
  return std::any_of(suppressions.begin(), suppressions.end(), [&](const Suppression& one) {
    return (one.rule.empty() || one.rule == finding.id) &&
           (one.table.empty() || one.table == finding.table) &&
           (one.index.empty() || one.index == finding.index);
  });
}

}  // namespace dynarock::advisor

#include "server/schema/review/review.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "server/schema/review/branch_review.h"
#include "server/schema/review/design.h"
#include "server/schema/review/index_places.h"
#include "server/schema/review/table_check.h"

namespace dynarock::schema {

std::vector<findings::Finding> Review(const Reading& reading) {
  std::vector<findings::Finding> findings;
  for (const Message& message : reading.messages) findings.push_back(ToFinding(message, {}));
  for (const TableSource& table : reading.tables) {
    const CheckedTable checked = CheckTable(table);
    for (const Message& message : checked.messages) {
      findings.push_back(ToFinding(message, NameOf(table)));
    }
    ReviewDesign(table, checked, findings);
  }
  ReviewNames(reading.tables, findings);
  ReviewBranches(reading.branches, findings);
  const IndexPlaces indexes(reading);
  for (findings::Finding& finding : findings) indexes.Name(finding);
  std::stable_sort(findings.begin(), findings.end(),
                   [](const findings::Finding& a, const findings::Finding& b) {
                     return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
                   });
  // What several tables share (for_each, an anchor) is wrong once.
  std::set<std::tuple<std::string, int, int, std::string>> seen;
  std::erase_if(findings, [&](const findings::Finding& finding) {
    return finding.line > 0 &&
           !seen.insert({finding.file, finding.line, finding.column, finding.title}).second;
  });
  return findings;
}

}  // namespace dynarock::schema

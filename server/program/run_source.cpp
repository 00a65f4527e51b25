#include "server/program/run_source.h"

#include <iterator>
#include <utility>

namespace dynarock::program {

findings::Report RunSource::Snapshot() const {
  findings::Report report = advisor_.Snapshot();
  std::vector<findings::Finding> drift = drift_.Findings(store_);
  report.findings.insert(report.findings.end(), std::make_move_iterator(drift.begin()),
                         std::make_move_iterator(drift.end()));
  return report;
}

}  // namespace dynarock::program

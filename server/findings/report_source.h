// Where reports come from.
#pragma once

#include "server/findings/report.h"

namespace dynarock::findings {

class ReportSource {
 public:
  virtual ~ReportSource() = default;
  // What was seen so far: findings, costs and storage; no prices. May be called from any thread,
  // also while requests are served.
  virtual Report Snapshot() const = 0;
};

}  // namespace dynarock::findings

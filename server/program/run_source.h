// What a run has to say: the advisor's report together with the drift from the schema files.
#pragma once

#include "server/findings/report_source.h"
#include "server/schema/start/drift.h"
#include "storage/table/store.h"

namespace dynarock::program {

class RunSource final : public findings::ReportSource {
 public:
  // All three outlive it.
  RunSource(const findings::ReportSource& advisor, const schema::DriftObserver& drift,
            const Store& store)
      : advisor_(advisor), drift_(drift), store_(store) {}

  findings::Report Snapshot() const override;

 private:
  const findings::ReportSource& advisor_;
  const schema::DriftObserver& drift_;
  const Store& store_;
};

}  // namespace dynarock::program

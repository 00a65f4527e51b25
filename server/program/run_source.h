// What a run has to say: the advisor's report together with the drift from the schema files.
#pragma once

#include "server/findings/report_source.h"
#include "server/schema/start/drift.h"
#include "storage/table/store.h"

namespace dynarock {

class RunSource final : public advisor::ReportSource {
 public:
  // All three outlive it.
  RunSource(const advisor::ReportSource& advisor, const schema::DriftObserver& drift,
            const Store& store)
      : advisor_(advisor), drift_(drift), store_(store) {}

  advisor::Report Snapshot() const override;

 private:
  const advisor::ReportSource& advisor_;
  const schema::DriftObserver& drift_;
  const Store& store_;
};

}  // namespace dynarock

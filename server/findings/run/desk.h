// Makes whole reports out of what a source has seen.
#pragma once

#include <optional>

#include "server/findings/report.h"
#include "server/findings/report_source.h"
#include "server/findings/run/settings.h"

namespace dynarock::findings::run {

class Desk {
 public:
  // `source` outlives the desk.
  Desk(const findings::ReportSource& source, Settings settings)
      : source_(source), settings_(std::move(settings)) {}

  // The report until now, with prices and with what the budget has to say; findings in the order of
  // their severity. `requests_per_day`: another traffic than the settings'. Any thread.
  findings::Report Snapshot(std::optional<double> requests_per_day = std::nullopt) const;

  const Settings& settings() const { return settings_; }

 private:
  const findings::ReportSource& source_;
  Settings settings_;
};

}  // namespace dynarock::findings::run

// Where tables that tests create for themselves differ from the same-named tables of the files.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "server/findings/report.h"
#include "server/protocol/observation.h"
#include "server/schema/start/wanted_table.h"
#include "storage/table/store.h"

namespace dynarock::schema {

// Watches CreateTable, also where it fails because the table exists already, and looks at the
// tables themselves when it is asked. Thread safe; what it keeps is bounded by the files' tables.
class DriftObserver : public protocol::Observer {
 public:
  explicit DriftObserver(std::vector<WantedTable> wanted);

  void Observe(const protocol::Observation& observation) override;
  bool WantsTrace() const override { return true; }

  // One finding "drift" per difference in behaviour, and one per table for the rest (a note).
  std::vector<findings::Finding> Findings(const Store& store) const;

 private:
  struct Asked {
    TableDescription table;
    std::string user_agent;
    uint64_t count = 0;
  };

  const std::vector<WantedTable> wanted_;
  mutable std::mutex mutex_;
  std::map<std::string, Asked, std::less<>> asked_;  // by table name: the last that differed
};

// The findings about one table: how `actual` differs from what the file wants.
std::vector<findings::Finding> Drift(const WantedTable& wanted, const TableDescription& actual,
                                     const std::string& actual_name);

}  // namespace dynarock::schema

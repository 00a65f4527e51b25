// The observers that a run has by its options: the advisor and the audit trail.
#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/advisor/advisor.h"
#include "server/audit/audit_log.h"
#include "server/program/config.h"
#include "server/program/stored_items.h"
#include "server/protocol/observation.h"

namespace dynarock::program {

class Watch {
 public:
  // Reads the advisor's file and opens the audit trail. `store` and `clock` outlive it. Error: one
  // line.
  static std::expected<Watch, std::string> Open(const Config& config, const Store& store,
                                                const Clock& clock);

  std::vector<protocol::Observer*> observers() const;
  // Null with --no-advisor.
  advisor::Advisor* advisor() const { return advisor_.get(); }

 private:
  std::unique_ptr<StoredItems> stored_;
  std::unique_ptr<advisor::Advisor> advisor_;
  std::unique_ptr<audit::AuditLog> audit_;
};

}  // namespace dynarock::program

// Which kinds of change one UpdateTable call asks for: which of them may come together, and which a
// table in transit takes. Texts and order: observed on the service, October 2026.
#pragma once

#include <cstdint>

#include "storage/catalog/description.h"
#include "storage/item/result.h"

namespace dynarock::operations {

struct ChangeKinds {
  bool billing = false;
  bool to_provisioned = false;  // BillingMode PROVISIONED
  bool throughput = false;
  bool stream = false;
  bool encryption = false;
  bool table_class = false;
  bool protection = false;
  bool on_demand = false;
  bool warm = false;
  bool index_create = false;
  bool index_delete = false;
  bool index_update = false;

  bool online_index() const { return index_create || index_delete; }
  int count() const {
    return billing + throughput + stream + encryption + table_class + protection + on_demand +
           warm + (online_index() || index_update);
  }
};

// Error (Validation): kinds that must not come together.
Result<void> CheckTogether(const ChangeKinds& asked);

// `table`: as of now. Error (ResourceInUse): what is under way there keeps the change waiting. What
// an index under way says to its own update or deletion is IndexUpdates' part.
Result<void> CheckInTransit(const ChangeKinds& asked, const TableDescription& table,
                            int64_t now_ms);

}  // namespace dynarock::operations

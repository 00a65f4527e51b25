// What one UpdateTable request asks for and does, without the store.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "server/operations/tables/change_kinds.h"
#include "server/operations/tables/definition.h"
#include "server/operations/tables/index_updates.h"
#include "server/operations/tables/settings.h"
#include "server/operations/tables/throughput.h"
#include "storage/catalog/description.h"
#include "storage/item/json.h"
#include "storage/item/result.h"

namespace dynarock::operations {

class TableUpdate {
 public:
  // Borrows the request.
  explicit TableUpdate(const JsonValue& input) : input_(input) {}

  // What can be said without the table.
  Result<void> Read();

  struct Moment {
    int64_t now_ms = 0;
    int64_t transient_ms = 0;  // how long changes that are no status take
  };
  // Changes `table`, which is described as of now.
  Result<void> Apply(const Moment& moment, TableDescription& table);
  // Whether the table or an index reserves more than before.
  bool raises_units() const { return raises_; }

  // The table as the answer shows it: on its way, with the units it had. `after`: as it is now,
  // which tells what only the store knows, a new stream's label.
  const TableDescription& Answer(const TableDescription& after) {
    answer_.stream = after.stream;
    return answer_;
  }
  std::string_view created_index() const { return indexes_.created(); }

 private:
  bool Has(std::string_view name) const { return FindMember(input_, name) != nullptr; }
  Result<void> CheckThroughput() const;
  void NoteKinds();
  // The table becomes UPDATING because of `what`.
  void Start(Changing what, TableDescription& table);
  Result<void> ApplyBilling(const Moment& moment, TableDescription& table);
  void SwitchToOnDemand(int64_t now_ms, TableDescription& table);
  void SwitchToProvisioned(TableDescription& table);
  Result<void> ApplyCapacity(const Moment& moment, TableDescription& table);
  Result<void> ApplyStream(TableDescription& table);
  Result<void> ApplyEncryption(const Moment& moment, TableDescription& table);
  Result<void> ApplyClass(int64_t now_ms, TableDescription& table);
  void MergeDefinitions(TableDescription& table) const;
  void Compose(const TableDescription& before, const TableDescription& after);

  const JsonValue& input_;
  ChangeKinds kinds_;
  std::string_view billing_;
  std::optional<Units> units_;
  IndexUpdates indexes_;
  std::optional<StreamRequest> stream_;
  std::optional<ServerSideEncryption> encryption_;
  std::string_view table_class_;
  Definitions definitions_;

  bool raises_ = false;
  bool shows_updating_ = false;  // in the answer
  TableDescription answer_;
};

}  // namespace dynarock::operations

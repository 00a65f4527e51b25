// The GlobalSecondaryIndexUpdates of UpdateTable.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/operations/tables/change_kinds.h"
#include "server/operations/tables/definition.h"
#include "storage/catalog/description.h"
#include "storage/item/json.h"
#include "storage/item/result.h"

namespace dynarock::operations {

class IndexUpdates {
 public:
  // Reads the request's list (nullptr: none). Errors (Validation): an entry without an action or
  // with several, two for one index.
  static Result<IndexUpdates> Read(const JsonValue* list);

  // Notes the kinds of change that it asks for.
  void NoteKinds(ChangeKinds& kinds) const;
  // The one index that is created; empty: none.
  std::string_view created() const;

  // A table that changes to provisioned needs units for every index.
  Result<void> CheckUnitsForAll(const TableDescription& table) const;

  // Makes the changes, for a table with that billing mode from now on. `definitions`: the
  // request's; only these count for a new index. New indexes have id 0, deleted ones the status
  // DELETING, changed ones UPDATING. Errors: as observed on the service, October 2026.
  struct Context {
    BillingMode billing = BillingMode::kProvisioned;
    bool billing_changes = false;
    const Definitions& definitions;
    int64_t now_ms = 0;
    int64_t warm_settles_ms = 0;  // when a change of warm throughput will be over
  };
  Result<void> Apply(const Context& context, TableDescription& table) const;

  // Makes a description that is answered show what only answers do: OnDemandThroughput as it was
  // asked for, -1 included; units and warm throughput as they were, unless the billing mode changes.
  void Echo(const TableDescription& before, bool billing_changes, TableDescription& answer) const;

 private:
  enum class Kind { kUpdate, kCreate, kDelete };
  struct Action {
    Kind kind;
    std::string name;
    const JsonValue* input;
  };

  Result<void> CheckOneOnline(const TableDescription& table) const;
  static Result<void> Update(const Action& action, const Context& context, TableDescription& table);
  static Result<void> Create(const Action& action, const Context& context, TableDescription& table);
  static Result<void> Delete(const Action& action, TableDescription& table);

  std::vector<Action> actions_;
};

// What an OnDemandThroughput member asks for, -1 included, over what is there.
void EchoOnDemandThroughput(const JsonValue& input, std::optional<OnDemandThroughput>& answer);

}  // namespace dynarock::operations

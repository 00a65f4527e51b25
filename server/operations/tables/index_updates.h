// The GlobalSecondaryIndexUpdates of UpdateTable.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/operations/tables/definition.h"
#include "storage/catalog/description.h"
#include "storage/item/json.h"
#include "storage/item/result.h"

namespace dynarock::operations {

class IndexUpdates {
 public:
  // Reads the request's list (nullptr: none). Errors (Validation): an update without an action, two
  // for one index.
  static Result<IndexUpdates> Read(const JsonValue* list);

  bool empty() const { return actions_.empty(); }
  // The one index that is created; empty: none.
  std::string_view created() const;

  // A table that changes to provisioned needs units for every index that stays.
  Result<void> CheckUnitsForAll(const TableDescription& table) const;

  // Makes the changes, for a table with that billing mode from now on. `definitions`: the
  // request's; only these count for a new index. New indexes have id 0, deleted ones the status
  // DELETING, changed ones UPDATING. Errors: as recorded by dynalite and captured on the service.
  struct Context {
    BillingMode billing = BillingMode::kProvisioned;
    bool billing_changes = false;
    const Definitions& definitions;
    int64_t now_ms = 0;
  };
  Result<void> Apply(const Context& context, TableDescription& table) const;

  // Puts the OnDemandThroughput asked for into a description that is answered: -1 is shown there
  // once.
  void EchoOnDemand(TableDescription& answer) const;

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

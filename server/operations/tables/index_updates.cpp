#include "server/operations/tables/index_updates.h"

#include <algorithm>
#include <set>
#include <utility>

#include "server/operations/request/members.h"
#include "server/operations/tables/errors.h"
#include "server/operations/tables/throughput.h"

namespace dynarock::operations {

namespace {

IndexDescription* Find(TableDescription& table, std::string_view name) {
  for (IndexDescription& index : table.global_indexes) {
    if (index.name == name) return &index;
  }
  return nullptr;
}

bool HasLocal(const TableDescription& table, std::string_view name) {
  return std::any_of(table.local_indexes.begin(), table.local_indexes.end(),
                     [&](const IndexDescription& index) { return index.name == name; });
}

Error InUse(const TableDescription& table, const IndexDescription& index) {
  std::string_view what = "updated";
  if (index.status == Status::kCreating) what = "created";
  if (index.status == Status::kDeleting) what = "deleted";
  return ResourceInUse("Attempt to change a resource which is still in use: Index is being " +
                       std::string(what) + ".  Table: " + table.name + " Index: " + index.name);
}

Error Blocked() {
  return Validation(
      "This operation cannot be performed with given input values. Please contact DynamoDB service "
      "team for more info: Action Blocked: IndexUpdate");
}

}  // namespace

Result<IndexUpdates> IndexUpdates::Read(const JsonValue* list) {
  IndexUpdates updates;
  if (list == nullptr) return updates;
  std::set<std::string> names;
  for (const JsonValue& element : list->GetArray()) {
    bool any = false;
    for (const auto& [kind, member] :
         {std::pair{Kind::kUpdate, "Update"}, std::pair{Kind::kCreate, "Create"},
          std::pair{Kind::kDelete, "Delete"}}) {
      const JsonValue* input = FindMember(element, member);
      if (input == nullptr) continue;
      any = true;
      std::string name(StringOr(*input, "IndexName"));
      if (!names.insert(name).second) {
        return Fail(InvalidParameter(
            "Only one global secondary index update per index is allowed simultaneously. Index: " +
            name));
      }
      updates.actions_.push_back({.kind = kind, .name = std::move(name), .input = input});
    }
    if (!any) {
      return Fail(InvalidParameter(
          "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
          "GlobalSecondaryIndexUpdate.Delete must not be null"));
    }
  }
  return updates;
}

std::string_view IndexUpdates::created() const {
  for (const Action& action : actions_) {
    if (action.kind == Kind::kCreate) return action.name;
  }
  return {};
}

Result<void> IndexUpdates::CheckUnitsForAll(const TableDescription& table) const {
  std::string missing;
  for (const IndexDescription& index : table.global_indexes) {
    if (index.status == Status::kDeleting) continue;
    const bool settled = std::any_of(actions_.begin(), actions_.end(), [&](const Action& action) {
      return action.name == index.name &&
             (action.kind == Kind::kDelete || FindMember(*action.input, "ProvisionedThroughput"));
    });
    if (!settled) missing += (missing.empty() ? "" : ",") + index.name;
  }
  if (missing.empty()) return {};
  return Fail(IndexThroughputMissing(missing));
}

// One index can be made or deleted at a time. The one that is being made may be deleted.
Result<void> IndexUpdates::CheckOneOnline(const TableDescription& table) const {
  const Action* online = nullptr;
  size_t count = 0;
  for (const Action& action : actions_) {
    if (action.kind == Kind::kUpdate) continue;
    online = &action;
    ++count;
  }
  if (online == nullptr) return {};
  for (const IndexDescription& index : table.global_indexes) {
    const bool busy = index.status == Status::kCreating || index.status == Status::kDeleting;
    if (busy && index.name != online->name) ++count;
  }
  if (count <= 1) return {};
  return Fail(
      LimitExceeded("Subscriber limit exceeded: Only 1 online index can be created or deleted "
                    "simultaneously per table"));
}

Result<void> IndexUpdates::Apply(const Context& context, TableDescription& table) const {
  DYNAROCK_CHECK(CheckOneOnline(table));
  for (const Action& action : actions_) {
    switch (action.kind) {
      case Kind::kUpdate:
        DYNAROCK_CHECK(Update(action, context, table));
        break;
      case Kind::kCreate:
        DYNAROCK_CHECK(Create(action, context, table));
        break;
      case Kind::kDelete:
        DYNAROCK_CHECK(Delete(action, table));
        break;
    }
  }
  return CheckIndexTotals(table);
}

Result<void> IndexUpdates::Update(const Action& action, const Context& context,
                                  TableDescription& table) {
  const JsonValue& input = *action.input;
  IndexDescription* index = Find(table, action.name);
  const auto units = ReadUnits(input);
  if (index == nullptr || (units && (units->read > kMostUnits || units->write > kMostUnits))) {
    return Fail(Blocked());
  }
  if (index->status != Status::kActive) return Fail(InUse(table, *index));
  if (units) {
    if (context.billing == BillingMode::kPayPerRequest) return Fail(ThroughputOnDemand());
    if (context.billing_changes) {
      index->throughput.read = units->read;
      index->throughput.write = units->write;
    } else {
      const Units now{.read = index->throughput.read, .write = index->throughput.write};
      if (*units == now) {
        return Fail(ThroughputUnchanged("the index", index->name, now, *units));
      }
      ChangeUnits(*units, context.now_ms, index->throughput);
    }
  } else if (!FindMember(input, "OnDemandThroughput") && !FindMember(input, "WarmThroughput")) {
    return Fail(InvalidParameter(
        "One of ProvisionedThroughput, OnDemandThroughput, WarmThroughput must be specified for "
        "index: " +
        action.name));
  }
  DYNAROCK_CHECK(ReadIndexCapacity(input, context.billing, Asking::kUpdate, *index));
  index->status = Status::kUpdating;
  return {};
}

Result<void> IndexUpdates::Create(const Action& action, const Context& context,
                                  TableDescription& table) {
  if (HasLocal(table, action.name) || Find(table, action.name) != nullptr) {
    return Fail(InvalidParameter("Index already exists: " + action.name));
  }
  const JsonValue& input = *action.input;
  if (context.definitions.size() < FindMember(input, "KeySchema")->Size()) {
    return Fail(TooFewDefinitions());
  }
  DYNAROCK_TRY(IndexDescription index, ReadGlobalIndex(input, context.definitions));
  DYNAROCK_CHECK(ReadIndexUnits(input, context.billing, index));
  DYNAROCK_CHECK(ReadIndexCapacity(input, context.billing, Asking::kUpdate, index));
  index.status = Status::kCreating;
  index.backfilling = true;
  table.global_indexes.push_back(std::move(index));
  return {};
}

Result<void> IndexUpdates::Delete(const Action& action, TableDescription& table) {
  IndexDescription* index = Find(table, action.name);
  if (index == nullptr) return Fail(NoSuchResource());
  if (index->status != Status::kActive && !index->backfilling) return Fail(InUse(table, *index));
  index->status = Status::kDeleting;
  index->backfilling = false;
  return {};
}

void EchoOnDemandThroughput(const JsonValue& input, std::optional<OnDemandThroughput>& answer) {
  const JsonValue* given = FindMember(input, "OnDemandThroughput");
  if (given == nullptr) return;
  OnDemandThroughput echo = answer.value_or(OnDemandThroughput{});
  if (const auto read = Integer(*given, "MaxReadRequestUnits")) echo.max_read = read;
  if (const auto write = Integer(*given, "MaxWriteRequestUnits")) echo.max_write = write;
  if (echo != OnDemandThroughput{}) answer = echo;
}

void IndexUpdates::EchoOnDemand(TableDescription& answer) const {
  for (const Action& action : actions_) {
    if (action.kind == Kind::kDelete) continue;
    if (IndexDescription* index = Find(answer, action.name)) {
      EchoOnDemandThroughput(*action.input, index->on_demand);
    }
  }
}

}  // namespace dynarock::operations

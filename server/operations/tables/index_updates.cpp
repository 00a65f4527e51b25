#include "server/operations/tables/index_updates.h"

#include <algorithm>
#include <limits>
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

// An index that is not there as a global one.
Error Missing(const TableDescription& table, std::string_view name, std::string_view action) {
  if (HasLocal(table, name)) return NotAGlobalIndex(action, name);
  return NoSuchIndexToChange(name, table.name);
}

// A new index has no room yet.
bool InAllocation(const TableDescription& table, const IndexDescription& index) {
  return index.status == Status::kCreating && table.status == Status::kUpdating &&
         table.changing.Has(Changing::kIndexes);
}

Error InUse(const TableDescription& table, const IndexDescription& index, std::string_view what) {
  std::string text = "Index is being ";
  text.append(what).append(".  Table: ").append(table.name).append(" Index: ").append(index.name);
  return StillInUse(text);
}

Error Blocked() {
  return Validation(
      "This operation cannot be performed with given input values. Please contact DynamoDB service "
      "team for more info: Action Blocked: IndexUpdate");
}

// `Schema:[SchemaElement: key{pk:S:HASH}]`
std::string Printed(const KeySchema& key, const Definitions& definitions) {
  std::string text = "Schema:[";
  for (const KeyElement& element : key) {
    if (&element != key.data()) text += ", ";
    text += "SchemaElement: key{" + element.attribute + ":";
    for (const AttributeDefinition& definition : definitions) {
      if (definition.name == element.attribute) text += TypeName(definition.type);
    }
    text += element.role == KeyRole::kHash ? ":HASH}" : ":RANGE}";
  }
  return text + "]";
}

// The first key in which the table uses an attribute.
const KeySchema& UserOf(const TableDescription& table, std::string_view attribute) {
  const auto uses = [&](const KeySchema& key) {
    return std::any_of(key.begin(), key.end(),
                       [&](const KeyElement& element) { return element.attribute == attribute; });
  };
  if (uses(table.key)) return table.key;
  for (const auto* indexes : {&table.local_indexes, &table.global_indexes}) {
    for (const IndexDescription& index : *indexes) {
      if (uses(index.key)) return index.key;
    }
  }
  return table.key;
}

// A type never changes. Only definitions that the new index uses are looked at.
Result<void> CheckTypesKept(const KeySchema& key, const Definitions& asked,
                            const TableDescription& table) {
  for (const KeyElement& element : key) {
    const AttributeDefinition* stored = table.FindAttribute(element.attribute);
    const bool changed =
        stored != nullptr && std::any_of(asked.begin(), asked.end(), [&](const auto& definition) {
          return definition.name == stored->name && definition.type != stored->type;
        });
    if (!changed) continue;
    return Fail(InvalidParameter(
        "Attributes cannot be redefined. Please check that your attribute has the same type as "
        "previously defined. Existing schema: " +
        Printed(UserOf(table, element.attribute), table.attributes) +
        " New schema: " + Printed(key, asked)));
  }
  return {};
}

}  // namespace

Result<IndexUpdates> IndexUpdates::Read(const JsonValue* list) {
  IndexUpdates updates;
  if (list == nullptr) return updates;
  for (const JsonValue& element : list->GetArray()) {
    size_t actions = 0;
    for (const auto& [kind, member] :
         {std::pair{Kind::kUpdate, "Update"}, std::pair{Kind::kCreate, "Create"},
          std::pair{Kind::kDelete, "Delete"}}) {
      const JsonValue* input = FindMember(element, member);
      if (input == nullptr) continue;
      ++actions;
      updates.actions_.push_back(
          {.kind = kind, .name = std::string(StringOr(*input, "IndexName")), .input = input});
    }
    if (actions == 0) {
      return Fail(InvalidParameter(
          "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
          "GlobalSecondaryIndexUpdate.Delete must not be null"));
    }
    if (actions > 1) {
      return Fail(InvalidParameter(
          "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate "
          "object"));
    }
  }
  std::set<std::string_view> names;
  for (const Action& action : updates.actions_) {
    if (!names.insert(action.name).second) {
      return Fail(InvalidParameter(
          "Only one global secondary index update per index is allowed simultaneously. Index: " +
          action.name));
    }
  }
  return updates;
}

void IndexUpdates::NoteKinds(ChangeKinds& kinds) const {
  for (const Action& action : actions_) {
    kinds.index_update = kinds.index_update || action.kind == Kind::kUpdate;
    kinds.index_create = kinds.index_create || action.kind == Kind::kCreate;
    kinds.index_delete = kinds.index_delete || action.kind == Kind::kDelete;
  }
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
      return action.name == index.name && FindMember(*action.input, "ProvisionedThroughput");
    });
    if (!settled) missing += (missing.empty() ? "" : ",") + index.name;
  }
  if (missing.empty()) return {};
  return Fail(IndexesThroughputMissing(missing));
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
      SubscriberLimit("Only 1 online index can be created or deleted simultaneously per table"));
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
  if (index == nullptr) return Fail(Missing(table, action.name, "update"));
  const auto units = ReadUnits(input);
  if (units && (units->read > kMostUnits || units->write > kMostUnits)) return Fail(Blocked());
  if (InAllocation(table, *index)) {
    return Fail(InUse(table, *index, "created but is not backfilling yet"));
  }
  if (index->status == Status::kDeleting) return Fail(InUse(table, *index, "deleted"));
  if (index->status == Status::kUpdating) return Fail(InUse(table, *index, "updated"));
  const bool warm = FindMember(input, "WarmThroughput") != nullptr;
  const bool on_demand = FindMember(input, "OnDemandThroughput") != nullptr;
  if (!units && !warm && !on_demand) {
    return Fail(InvalidParameter(
        "One of ProvisionedThroughput, OnDemandThroughput, WarmThroughput must be specified for "
        "index: " +
        action.name));
  }
  KeepWarm(context.billing, index->throughput, index->warm);
  if (units) {
    if (context.billing == BillingMode::kPayPerRequest) {
      return Fail(IndexUpdateOnDemand(action.name));
    }
    if (context.billing_changes) {
      index->throughput.read = units->read;
      index->throughput.write = units->write;
    } else {
      DYNAROCK_CHECK(ChangeUnits(*units, context.now_ms, index->name, index->throughput));
    }
    KeepWarm(context.billing, index->throughput, index->warm);
  }
  const Capacity capacity{.billing = context.billing, .region = table.region, .index = index->name};
  DYNAROCK_CHECK(MergeOnDemand(input, capacity, Asking::kUpdate, index->on_demand));
  DYNAROCK_CHECK(MergeWarm(input, capacity, Asking::kUpdate, index->throughput, index->warm));
  if (warm) index->warm_settles_ms = context.warm_settles_ms;
  // An index that is being filled stays CREATING, and warm throughput has a status of its own.
  if (index->status == Status::kActive && (units || on_demand)) index->status = Status::kUpdating;
  return {};
}

Result<void> IndexUpdates::Create(const Action& action, const Context& context,
                                  TableDescription& table) {
  if (HasLocal(table, action.name) || Find(table, action.name) != nullptr) {
    return Fail(IndexExists());
  }
  if (context.definitions.empty()) {
    return Fail(
        InvalidParameter("AttributeDefinitions is not specified for index: " + action.name));
  }
  const JsonValue& input = *action.input;
  DYNAROCK_TRY(IndexDescription index, ReadGlobalIndex(input, context.definitions));
  DYNAROCK_CHECK(CheckTypesKept(index.key, context.definitions, table));
  DYNAROCK_CHECK(ReadIndexUnits(input, context.billing, Asking::kUpdate, index));
  const Capacity capacity{.billing = context.billing, .region = table.region, .index = index.name};
  DYNAROCK_CHECK(ReadIndexCapacity(input, capacity, Asking::kUpdate, index));
  index.status = Status::kCreating;
  index.backfilling = true;
  table.global_indexes.push_back(std::move(index));
  size_t count = 0;
  for (const IndexDescription& one : table.global_indexes) {
    count += one.status != Status::kDeleting;
  }
  if (count <= kMostGlobalIndexes) return {};
  return Fail(SubscriberLimit("Number of global secondary indexes exceeds per-table limit of " +
                              std::to_string(kMostGlobalIndexes)));
}

Result<void> IndexUpdates::Delete(const Action& action, TableDescription& table) {
  IndexDescription* index = Find(table, action.name);
  if (index == nullptr) return Fail(Missing(table, action.name, "delete"));
  if (InAllocation(table, *index)) {
    return Fail(
        StillInUse("Index creation is in resource allocation phase. Retry deletion during "
                   "backfilling phase or when the index is active. Table: " +
                   table.name + " Index: " + index->name));
  }
  if (index->status == Status::kDeleting) return Fail(InUse(table, *index, "deleted"));
  if (index->status == Status::kUpdating) return Fail(InUse(table, *index, "updated"));
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

void IndexUpdates::Echo(const TableDescription& before, bool billing_changes,
                        TableDescription& answer) const {
  for (const Action& action : actions_) {
    IndexDescription* index = Find(answer, action.name);
    if (action.kind == Kind::kDelete || index == nullptr) continue;
    EchoOnDemandThroughput(*action.input, index->on_demand);
    if (FindMember(*action.input, "WarmThroughput") != nullptr) {
      index->warm_settles_ms = std::numeric_limits<int64_t>::max();
    }
    if (billing_changes) continue;
    for (const IndexDescription& old : before.global_indexes) {
      if (old.name != action.name) continue;
      index->throughput = old.throughput;
      index->warm = old.warm;
    }
  }
}

}  // namespace dynarock::operations

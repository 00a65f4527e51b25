#include "server/operations/request/read_page.h"

#include <limits>
#include <utility>

#include "server/operations/request/errors.h"
#include "server/operations/request/key_paths.h"
#include "server/operations/request/members.h"
#include "server/operations/request/shapes.h"
#include "server/protocol/envelope.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

namespace {

// Whether an error in the start key's values is told by itself (recorded by dynalite).
bool StandsAlone(Cause cause) {
  switch (cause) {
    case Cause::kDuplicatesInSet:
    case Cause::kEmptyNumberSet:
    case Cause::kNotANumber:
    case Cause::kTooManyDigits:
    case Cause::kNumberOutOfRange:
      return true;
    default:
      return false;
  }
}

// In the older layer the shapes have refused any other name.
Result<Select> SelectFromName(std::string_view name) {
  if (name == "ALL_ATTRIBUTES") return Select::kAllAttributes;
  if (name == "ALL_PROJECTED_ATTRIBUTES") return Select::kAllProjectedAttributes;
  if (name == "SPECIFIC_ATTRIBUTES") return Select::kSpecificAttributes;
  if (name == "COUNT") return Select::kCount;
  protocol::Violations violations;
  violations.Add(name, "select", protocol::EnumRule(kSelect));
  return Fail(violations.Join());
}

// `projection`: the parameter that names attributes; empty: there is none.
Result<void> CheckSelect(std::string_view name, Select select, bool on_index,
                         std::string_view projection) {
  if (select == Select::kSpecificAttributes) {
    if (!projection.empty()) return {};
    return Fail(
        Validation("Must specify the AttributesToGet or ProjectionExpression when choosing to get "
                   "SPECIFIC_ATTRIBUTES"));
  }
  if (!projection.empty()) {
    return Fail(Validation("Cannot specify the " + std::string(projection) +
                           " when choosing to get " +
                           std::string(select == Select::kCount ? "only the Count" : name)));
  }
  if (select == Select::kAllProjectedAttributes && !on_index) {
    return Fail(
        Validation("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName"));
  }
  return {};
}

// Whether a read of a local index must look at the table's items behind the entries.
bool NeedsBase(const Index* index, const ReadParameters& parameters) {
  if (index == nullptr || !index->local || index->projection == ProjectionType::kAll) return false;
  if (parameters.select == Select::kAllAttributes) return true;
  for (const std::string_view name : parameters.projection.names()) {
    if (!index->Projects(name)) return true;
  }
  for (const expression::Path path : parameters.filter.paths()) {
    if (!index->Projects(path.front().name)) return true;
  }
  return false;
}

}  // namespace

Result<void> ReadParameters::ReadStartKey(const JsonValue& input) {
  const JsonValue* key = FindMember(input, "ExclusiveStartKey");
  if (key == nullptr) return {};
  std::string encoded;
  if (auto result = EncodeItem(*key, encoded, layer); !result) {
    Error error = std::move(result).error();
    if (layer == Layer::kNewer || StandsAlone(error.cause)) return Fail(std::move(error));
    return Fail(InvalidStartKey(std::move(error)));
  }
  start_key = std::move(encoded);
  return {};
}

Result<void> ReadParameters::ReadSelect(const JsonValue& input) {
  const std::string_view name = StringOr(input, "Select");
  const bool expression_given = FindMember(input, "ProjectionExpression") != nullptr;
  const bool projection_given = expression_given || FindMember(input, "AttributesToGet") != nullptr;
  const bool on_index = FindMember(input, "IndexName") != nullptr;
  select_given = FindMember(input, "Select") != nullptr;
  if (!select_given) {
    select = projection_given ? Select::kSpecificAttributes
             : on_index       ? Select::kAllProjectedAttributes
                              : Select::kAllAttributes;
    return {};
  }
  DYNAROCK_TRY(select, SelectFromName(name));
  return protocol::Enveloped(layer, CheckSelect(name, select, on_index,
                                                expression_given   ? "ProjectionExpression"
                                                : projection_given ? "AttributesToGet"
                                                                   : ""));
}

Result<void> ReadParameters::ReadFilterExpression(const JsonValue& input) {
  const JsonValue* text = FindMember(input, "FilterExpression");
  if (text == nullptr) return {};
  DYNAROCK_TRY(
      filter, expression::ParseCondition(expression::Language::kFilter, Text(*text), placeholders));
  filtered = true;
  return {};
}

Result<ReadTarget> FindReadTarget(const Call& call) {
  ReadTarget target;
  DYNAROCK_TRY(target.table, FindUsableTable(call, StringOr(call.input, "TableName")));
  target.consistent = BoolOr(call.input, "ConsistentRead", false);
  if (const JsonValue* name = FindMember(call.input, "IndexName")) {
    target.index = target.table->FindIndex(Text(*name));
    if (target.index == nullptr) return Fail(NoSuchIndex(Text(*name)));
    if (!target.index->local && target.consistent) return Fail(ConsistentReadOfGlobalIndex());
    if (target.index->backfilling) {
      // The Developer Guide says that an index can be read once it is ACTIVE; nobody has a sample
      // of the text.
      return Fail(BackfillingIndex(target.index->name));
    }
  }
  return target;
}

Result<void> CheckSelectOnIndex(const ReadTarget& target, const ReadParameters& parameters) {
  if (parameters.select != Select::kAllAttributes || !parameters.select_given) return {};
  if (target.index == nullptr || target.index->local ||
      target.index->projection == ProjectionType::kAll) {
    return {};
  }
  return Fail(AllAttributesNotProjected(target.index->name));
}

Result<void> CheckProjectedBy(const ReadTarget& target, const ReadParameters& parameters) {
  if (target.index == nullptr || target.index->local) return {};
  const auto missing = parameters.projection.MissingFrom(*target.index);
  if (missing.empty()) return {};
  return Fail(AttributesNotProjected(target.index->name, missing));
}

bool HasPositionSize(const ReadTarget& target, ItemView start_key) {
  return start_key.count() == target.position().size();
}

Result<std::string> StartPosition(const ReadTarget& target, ItemView start_key, Layer layer) {
  const auto mismatch = [layer] {
    return Fail(layer == Layer::kNewer ? InvalidStartKey() : InvalidStartKey(KeySchemaMismatch()));
  };
  const Key& key = target.table->key();
  for (size_t i = 0; i < key.size(); ++i) {
    const auto value = start_key.Find(key.at(i).name);
    if (!value || value->type() != key.at(i).type) return mismatch();
  }
  for (size_t i = 0; i < key.size(); ++i) {
    const KeyRole role = i < key.hash.size() ? KeyRole::kHash : KeyRole::kRange;
    auto checked = CheckKeyValue(key.at(i).name, role, *start_key.Find(key.at(i).name));
    if (!checked) return Fail(InvalidStartKey(std::move(checked).error()));
  }
  auto position = PositionOf(*target.table, target.index, start_key);
  if (!position) return mismatch();
  return std::move(*position);
}

uint64_t MostItems(const Call& call, std::optional<int64_t> limit) {
  const uint64_t most = std::max<uint64_t>(1, call.context.page_items);
  return limit ? std::min(most, static_cast<uint64_t>(*limit)) : most;
}

Result<void> AnswerPage(Call& call, AccessKind kind, const ReadTarget& target,
                        const ReadParameters& parameters, ReadPlan plan) {
  const Index* index = target.index;
  const bool needs_base = NeedsBase(index, parameters);
  plan.fetches_base = needs_base;
  plan.view = call.context.ViewOf(target.consistent);
  const auto limit = Integer(call.input, "Limit");
  const uint64_t most_items = MostItems(call, limit);
  const double factor = target.consistent ? 1.0 : 0.5;
  PageNote note(call, kind, {target.table, StringOr(call.input, "TableName"), call.input}, index);

  JsonWriter& out = call.out;
  out.BeginObject();
  const bool with_items = parameters.select != Select::kCount;
  if (with_items) {
    out.Key("Items");
    out.BeginArray();
  }
  uint64_t scanned = 0;
  uint64_t count = 0;
  uint64_t bytes = 0;
  double fetched_units = 0;
  std::string last_key;
  Cursor cursor = call.store.Read(plan);
  // A table without a sort key has one item for each key: there is nothing behind it, and the
  // service takes no start key there.
  const bool one_row = index == nullptr && !plan.hash.empty() && target.table->key().range.empty();
  while (const auto entry = cursor.Next()) {
    ++scanned;
    bytes += entry->size();
    std::optional<ItemView> item = entry;
    if (needs_base) {
      item = cursor.Base();
      if (!item) item = entry;
      fetched_units += static_cast<double>(ReadUnits(item->size())) * factor;
    }
    // A filter may look at more than the index projects; the answer does so only if asked.
    const ItemView shown = parameters.select == Select::kAllProjectedAttributes ? *entry : *item;
    // Base() and Write do not move the cursor, but the entry's own bytes may go with the next step.
    const bool stop = scanned >= most_items || bytes >= call.context.page_bytes;
    if (stop && !one_row) last_key = PositionKey(*target.table, index, *entry);
    if (!parameters.filtered || parameters.filter.Matches(item)) {
      ++count;
      if (with_items) {
        parameters.projection.Write(shown, out.Slot());
        note.Returned(shown);
      }
    }
    if (stop) break;
  }
  if (with_items) out.EndArray();
  out.Member("Count", static_cast<int64_t>(count));
  out.Member("ScannedCount", static_cast<int64_t>(scanned));
  if (!last_key.empty()) {
    out.Key("LastEvaluatedKey");
    WriteItem(ItemView(last_key), out.Slot());
  }
  const CapacityMode mode = ReadCapacityMode(call.input);
  if (mode != CapacityMode::kNone || note.access() != nullptr) {
    const double units = static_cast<double>(ReadUnits(bytes)) * factor;
    Consumed consumed;
    if (index != nullptr) {
      consumed.table = fetched_units;
      consumed.indexes.push_back({index->name, index->local, units});
    } else {
      consumed.table = units;
    }
    if (Access* access = note.access()) {
      access->consistent = target.consistent;
      access->filtered = parameters.filtered;
      access->forward = plan.forward;
      if (index == nullptr && !plan.hash.empty()) {
        access->partition_hash = trace::HashBytes(plan.hash.front().bytes());
      }
      access->segmented = plan.total_segments > 1;
      if (limit) access->limit = *limit;
      if (parameters.start_key) access->start_hash = TokenHash(*parameters.start_key);
      access->last_hash = TokenHash(last_key);
      note.Read(scanned, count, bytes, consumed);
    }
    if (mode == CapacityMode::kNone) {
      out.EndObject();
      return {};
    }
    out.Key("ConsumedCapacity");
    WriteConsumed(out, mode, StringOr(call.input, "TableName"), consumed);
  }
  out.EndObject();
  return {};
}

}  // namespace dynarock::operations

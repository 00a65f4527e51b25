#include "server/operations/request/read_page.h"

#include <algorithm>
#include <array>
#include <limits>

#include "server/operations/request/key_paths.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

namespace {

constexpr std::string_view kInvalidStart = "The provided starting key is invalid";

// Messages about the start key's values that stand alone (recorded by dynalite).
bool StandsAlone(std::string_view message) {
  constexpr std::array<std::string_view, 5> kMarks = {"contains duplicates", "number set",
                                                      "numeric value", "significant digits",
                                                      "number with magnitude"};
  return std::any_of(kMarks.begin(), kMarks.end(), [&](std::string_view mark) {
    return message.find(mark) != std::string_view::npos;
  });
}

Select DefaultSelect(const ReadParameters& parameters, bool on_index) {
  if (parameters.projection.given()) return Select::kSpecificAttributes;
  return on_index ? Select::kAllProjectedAttributes : Select::kAllAttributes;
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
  if (auto result = EncodeItem(*key, encoded); !result) {
    Error error = std::move(result).error();
    if (!StandsAlone(error.message)) {
      error.message = std::string(kInvalidStart) + ": " + error.message;
    }
    return Fail(std::move(error));
  }
  start_key = std::move(encoded);
  return {};
}

Result<void> ReadParameters::ReadSelect(const JsonValue& input, std::string_view error_prefix) {
  const std::string_view name = StringOr(input, "Select");
  const bool expression_given = FindMember(input, "ProjectionExpression") != nullptr;
  const bool projection_given = expression_given || FindMember(input, "AttributesToGet") != nullptr;
  const bool on_index = FindMember(input, "IndexName") != nullptr;
  if (name.empty()) {
    select = projection_given ? Select::kSpecificAttributes : DefaultSelect(*this, on_index);
    return {};
  }
  select_given = true;
  if (name == "SPECIFIC_ATTRIBUTES") {
    select = Select::kSpecificAttributes;
    if (projection_given) return {};
    return Fail(Validation(std::string(error_prefix) +
                           "Must specify the AttributesToGet or ProjectionExpression when choosing "
                           "to get SPECIFIC_ATTRIBUTES"));
  }
  select = name == "COUNT"                      ? Select::kCount
           : name == "ALL_PROJECTED_ATTRIBUTES" ? Select::kAllProjectedAttributes
                                                : Select::kAllAttributes;
  if (projection_given) {
    const std::string_view what = select == Select::kCount ? "only the Count" : name;
    return Fail(
        Validation("Cannot specify the " +
                   std::string(expression_given ? "ProjectionExpression" : "AttributesToGet") +
                   " when choosing to get " + std::string(what)));
  }
  if (select == Select::kAllProjectedAttributes && !on_index) {
    return Fail(
        Validation("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName"));
  }
  return {};
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
    if (target.index == nullptr) {
      return Fail(
          Validation("The table does not have the specified index: " + std::string(Text(*name))));
    }
    if (!target.index->local && target.consistent) {
      return Fail(Validation("Consistent reads are not supported on global secondary indexes"));
    }
    if (target.index->backfilling) {
      // The Developer Guide says that an index can be read once it is ACTIVE; nobody has a sample
      // of the text.
      return Fail(
          Validation("Cannot read from backfilling global secondary index: " + target.index->name));
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
  return Fail(
      InvalidParameter("Select type ALL_ATTRIBUTES is not supported for global secondary index " +
                       target.index->name + " because its projection type is not ALL"));
}

Result<void> CheckStartKeyCount(const ReadTarget& target, ItemView start_key,
                                std::string_view count_error) {
  const auto& position =
      target.index != nullptr ? target.index->position : target.table->position();
  if (start_key.count() != position.size()) return Fail(Validation(std::string(count_error)));
  return {};
}

Result<void> CheckStartKeySchema(const ReadTarget& target, ItemView start_key) {
  const Key& key = target.index != nullptr ? target.index->key : target.table->key();
  for (size_t i = 0; i < key.size(); ++i) {
    const auto value = start_key.Find(key.at(i).name);
    if (!value) return Fail(Validation(std::string(kInvalidStart)));
    if (value->type() != key.at(i).type) {
      return Fail(Validation("The provided key element does not match the schema"));
    }
  }
  return {};
}

Result<std::string> StartPosition(const ReadTarget& target, ItemView start_key) {
  const auto invalid = [](std::string_view why) {
    return Fail(Validation(std::string(kInvalidStart) + ": " + std::string(why)));
  };
  constexpr std::string_view kMismatch = "The provided key element does not match the schema";
  const Key& key = target.table->key();
  for (size_t i = 0; i < key.size(); ++i) {
    const auto value = start_key.Find(key.at(i).name);
    if (!value || value->type() != key.at(i).type) return invalid(kMismatch);
  }
  for (size_t i = 0; i < key.size(); ++i) {
    const KeyRole role = i < key.hash.size() ? KeyRole::kHash : KeyRole::kRange;
    const auto checked = CheckKeyValue(key.at(i).name, role, *start_key.Find(key.at(i).name));
    if (!checked) return invalid(checked.error().message);
  }
  auto position = PositionOf(*target.table, target.index, start_key);
  if (!position) return invalid(kMismatch);
  return std::move(*position);
}

Result<void> AnswerPage(Call& call, AccessKind kind, const ReadTarget& target,
                        const ReadParameters& parameters, ReadPlan plan) {
  const Index* index = target.index;
  const bool needs_base = NeedsBase(index, parameters);
  plan.fetches_base = needs_base;
  const int64_t limit = Integer(call.input, "Limit").value_or(std::numeric_limits<int64_t>::max());
  const double factor = target.consistent ? 1.0 : 0.5;
  PageNote note(call, kind, {target.table, StringOr(call.input, "TableName"), call.input}, index);

  JsonWriter& out = call.out;
  out.BeginObject();
  const bool with_items = parameters.select != Select::kCount;
  if (with_items) {
    out.Key("Items");
    out.BeginArray();
  }
  int64_t scanned = 0;
  int64_t count = 0;
  uint64_t bytes = 0;
  double fetched_units = 0;
  std::string last_key;
  Cursor cursor = call.services.store.Read(plan);
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
    const bool stop = scanned >= limit || bytes >= kPageBytes;
    if (stop) last_key = PositionKey(*target.table, index, *entry);
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
  out.Member("Count", count);
  out.Member("ScannedCount", scanned);
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
      if (limit != std::numeric_limits<int64_t>::max()) access->limit = limit;
      if (parameters.start_key) access->start_hash = TokenHash(*parameters.start_key);
      access->last_hash = TokenHash(last_key);
      note.Read(static_cast<uint64_t>(scanned), static_cast<uint64_t>(count), bytes, consumed);
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

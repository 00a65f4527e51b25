#include "server/operations/capacity.h"

#include <algorithm>

#include "server/operations/services.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

namespace {

constexpr uint64_t kWriteUnit = 1024;
constexpr uint64_t kReadUnit = 4096;

int64_t Units(uint64_t bytes, uint64_t unit) {
  return static_cast<int64_t>(std::max<uint64_t>(1, (bytes + unit - 1) / unit));
}

void WriteIndexes(JsonWriter& out, std::string_view member, bool local, const Consumed& consumed) {
  const auto& arms = consumed.indexes;
  if (std::none_of(arms.begin(), arms.end(),
                   [&](const Consumed::Arm& arm) { return arm.local == local; })) {
    return;
  }
  out.Key(member);
  out.BeginObject();
  for (const Consumed::Arm& arm : arms) {
    if (arm.local != local) continue;
    out.Key(arm.index);
    out.BeginObject();
    out.MemberDouble("CapacityUnits", arm.units);
    out.EndObject();
  }
  out.EndObject();
}

}  // namespace

CapacityMode ReadCapacityMode(const JsonValue& input) {
  const std::string_view mode = StringOr(input, "ReturnConsumedCapacity");
  if (mode == "TOTAL") return CapacityMode::kTotal;
  if (mode == "INDEXES") return CapacityMode::kIndexes;
  return CapacityMode::kNone;
}

int64_t WriteUnits(uint64_t bytes) {
  return Units(bytes, kWriteUnit);
}
int64_t ReadUnits(uint64_t bytes) {
  return Units(bytes, kReadUnit);
}

int64_t TableWriteUnits(const WriteOutcome& outcome) {
  uint64_t bytes = 0;
  if (const auto old = outcome.old_item()) bytes = old->size();
  if (const auto item = outcome.item()) bytes = std::max<uint64_t>(bytes, item->size());
  return WriteUnits(bytes);
}

void Consumed::Add(const WriteOutcome& outcome) {
  table += static_cast<double>(TableWriteUnits(outcome));
  for (const IndexUnits& units : outcome.index_units) {
    const auto it = std::find_if(indexes.begin(), indexes.end(),
                                 [&](const Arm& arm) { return arm.index == units.index; });
    if (it != indexes.end()) {
      it->units += static_cast<double>(units.units);
    } else {
      indexes.push_back({units.index, units.local, static_cast<double>(units.units)});
    }
  }
}

double Consumed::total() const {
  double sum = table;
  for (const Arm& arm : indexes) sum += arm.units;
  return sum;
}

void WriteConsumed(JsonWriter& out, CapacityMode mode, std::string_view table_name,
                   const Consumed& consumed) {
  out.BeginObject();
  out.Member("TableName", table_name);
  out.MemberDouble("CapacityUnits", consumed.total());
  if (mode == CapacityMode::kIndexes) {
    out.Key("Table");
    out.BeginObject();
    out.MemberDouble("CapacityUnits", consumed.table);
    out.EndObject();
    WriteIndexes(out, "LocalSecondaryIndexes", true, consumed);
    WriteIndexes(out, "GlobalSecondaryIndexes", false, consumed);
  }
  out.EndObject();
}

void WriteCollectionMetrics(JsonWriter& out, const Table& table, ItemView key, uint64_t bytes) {
  const std::string& attribute = table.key().hash.front().name;
  out.BeginObject();
  out.Key("ItemCollectionKey");
  out.BeginObject();
  out.Key(attribute);
  WriteValue(*key.Find(attribute), out.Slot());
  out.EndObject();
  out.Key("SizeEstimateRangeGB");
  out.BeginArray();
  const auto whole = static_cast<double>(bytes >> 30);
  out.Double(whole);
  out.Double(whole + 1);
  out.EndArray();
  out.EndObject();
}

}  // namespace dynarock::operations

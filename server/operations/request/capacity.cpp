#include "server/operations/request/capacity.h"

#include <algorithm>

#include "server/operations/request/members.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

namespace {

void WriteArm(JsonWriter& out, double units, std::string_view twin) {
  out.MemberDouble("CapacityUnits", units);
  if (!twin.empty()) out.MemberDouble(twin, units);
}

void WriteIndexes(JsonWriter& out, std::string_view member, bool local, const Consumed& consumed,
                  std::string_view twin) {
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
    WriteArm(out, arm.units, twin);
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

int64_t TableWriteUnits(const WriteOutcome& outcome) {
  uint64_t bytes = 0;
  if (const auto old = outcome.old_item()) bytes = old->size();
  if (const auto item = outcome.item()) bytes = std::max<uint64_t>(bytes, item->size());
  return WriteUnits(bytes);
}

void Consumed::Add(const WriteOutcome& outcome, int factor) {
  table += static_cast<double>(TableWriteUnits(outcome) * factor);
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
  double sum = table + failed;
  for (const Arm& arm : indexes) sum += arm.units;
  return sum;
}

void WriteConsumed(JsonWriter& out, CapacityMode mode, std::string_view table_name,
                   const Consumed& consumed, std::string_view twin) {
  out.BeginObject();
  out.Member("TableName", table_name);
  WriteArm(out, consumed.total(), twin);
  if (mode == CapacityMode::kIndexes) {
    out.Key("Table");
    out.BeginObject();
    WriteArm(out, consumed.table, twin);
    out.EndObject();
    WriteIndexes(out, "LocalSecondaryIndexes", true, consumed, twin);
    WriteIndexes(out, "GlobalSecondaryIndexes", false, consumed, twin);
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

void WriteCollections(JsonWriter& out, std::span<const TouchedCollection> touched) {
  const auto hash_of = [](const TouchedCollection& collection) {
    return collection.key.Find(collection.table->key().hash.front().name)->bytes();
  };
  const auto seen = [&](size_t i, const auto& same) {
    const auto before = touched.first(i);
    return std::any_of(before.begin(), before.end(),
                       [&](const TouchedCollection& other) { return same(other, touched[i]); });
  };
  const auto same_table = [](const TouchedCollection& a, const TouchedCollection& b) {
    return a.table->storage_id() == b.table->storage_id();
  };
  const auto same_collection = [&](const TouchedCollection& a, const TouchedCollection& b) {
    return same_table(a, b) && hash_of(a) == hash_of(b);
  };
  out.BeginObject();
  for (size_t i = 0; i < touched.size(); ++i) {
    if (seen(i, same_table)) continue;
    out.Key(touched[i].table_name);
    out.BeginArray();
    for (size_t j = i; j < touched.size(); ++j) {
      if (!same_table(touched[i], touched[j]) || seen(j, same_collection)) continue;
      WriteCollectionMetrics(out, *touched[j].table, touched[j].key, touched[j].bytes);
    }
    out.EndArray();
  }
  out.EndObject();
}

}  // namespace dynarock::operations

#include "server/advisor/watch/table_watch.h"

#include <algorithm>
#include <cctype>
#include <numeric>

#include "server/advisor/watch/evidence.h"
#include "server/advisor/watch/request_text.h"
#include "server/advisor/words/undefined_text.h"
#include "server/trace/lane.h"
#include "storage/item/size.h"

namespace dynarock::advisor {

namespace {

using protocol::Observation;
using trace::Access;
using trace::AccessKind;
using trace::HashBytes;

constexpr uint64_t kLarge = 100 * 1024;
constexpr uint64_t kNearLimit = 300 * 1024;
constexpr uint64_t kRewriteFrom = 8 * 1024;

// Times and identifiers are no names of entities.
bool IsWord(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
  });
}

// What a key begins with that tells its entity: "USER" of "USER#1", "PROFILE" where it is a word
// and `words` are taken; else nothing.
std::string_view Beginning(ItemView item, const std::string& name, bool words) {
  const auto value = item.Find(name);
  if (!value || value->type() != Type::kString) return {};
  const size_t mark = value->text().find_first_of("#:/|");
  const std::string_view text = value->text().substr(0, mark);
  return IsWord(text) && (words || mark != std::string_view::npos) ? text : std::string_view();
}

// The word at the end of a key of several parts: "presence" of "user:1:presence"; else nothing.
std::string_view Ending(ItemView item, const std::string& name) {
  constexpr std::string_view kMarks = "#:/|";
  const auto value = item.Find(name);
  if (!value || value->type() != Type::kString) return {};
  const std::string_view text = value->text();
  const size_t mark = text.find_last_of(kMarks);
  if (mark == std::string_view::npos || text.find_first_of(kMarks) == mark) return {};
  const std::string_view end = text.substr(mark + 1);
  return IsWord(end) ? end : std::string_view();
}

// What tells the entity of an item in a table with several.
uint64_t KeyBeginning(const Table& table, ItemView item) {
  const Key& key = table.key();
  const std::string& hash_name = key.hash.front().name;
  const std::string_view hash = Beginning(item, hash_name, false);
  const std::string_view range =
      key.range.empty() ? Ending(item, hash_name) : Beginning(item, key.range.front().name, true);
  return HashBytes(range, HashBytes(hash));
}

bool HasElements(ValueView value) {
  return value.type() == Type::kList || value.type() == Type::kMap || IsSet(value.type());
}

uint64_t ChangedBytes(ValueView before, ValueView now);

// Of two maps, or the attributes of two items. Side by side, since both are sorted by name: a
// search for each of many entries would take long.
template <class Entries>
uint64_t ChangedEntries(const Entries& before, const Entries& now) {
  const auto all = [](const auto& entry) { return entry.name.size() + ValueSize(entry.value); };
  uint64_t changed = 0;
  auto old = before.begin();
  for (const auto& entry : now) {
    for (; old != before.end() && (*old).name < entry.name; ++old) changed += all(*old);
    if (old != before.end() && (*old).name == entry.name) {
      changed += ChangedBytes((*old).value, entry.value);
      ++old;
    } else {
      changed += all(entry);
    }
  }
  for (; old != before.end(); ++old) changed += all(*old);
  return changed;
}

// About how many bytes of an attribute's value are other than before or gone, inside maps and lists
// as well.
uint64_t ChangedBytes(ValueView before, ValueView now) {
  if (before == now) return 0;
  if (before.type() == Type::kMap && now.type() == Type::kMap) {
    return ChangedEntries(before.map(), now.map());
  }
  if (before.type() == Type::kList && now.type() == Type::kList) {
    uint64_t changed = 0;
    auto old = before.list().begin();
    for (const ValueView value : now.list()) {
      const bool there = old != before.list().end();
      changed += there ? ChangedBytes(*old, value) : ValueSize(value);
      if (there) ++old;
    }
    for (; old != before.list().end(); ++old) changed += ValueSize(*old);
    return changed;
  }
  return ValueSize(now);
}

// Whether a list or set of the same length has lost an element for another one: of a list, both
// ends are other ones than before. An element that changed in place leaves one of them.
bool HasMoved(ValueView before, ValueView now) {
  if (before.type() != now.type() || now.type() == Type::kMap || now.count() < 2) return false;
  if (before == now) return false;
  if (now.type() != Type::kList) return true;
  const auto last = now.count() - 1;
  return !(*before.list().begin() == *now.list().begin()) &&
         !(*before.list().At(last) == *now.list().At(last));
}

}  // namespace

uint64_t TableWatch::EntityOf(const Table& table, ItemView item) const {
  const uint64_t entity = KeyBeginning(table, item);
  const bool known = puts_by_entity_.contains(entity);
  return known || puts_by_entity_.size() < kMostEntities ? entity : 0;
}

bool TableWatch::IsSmallPart(const Table& table, ItemView item) const {
  constexpr double kFew = 4;
  const std::lock_guard lock(mutex_);
  Puts puts = puts_;
  if (puts_by_entity_.size() < kMostEntities) {
    const auto known = puts_by_entity_.find(EntityOf(table, item));
    puts = known == puts_by_entity_.end() ? Puts{} : known->second;
  }
  if (puts.count == 0) return false;
  const double usual = static_cast<double>(puts.attributes) / static_cast<double>(puts.count);
  return usual >= kFew && static_cast<double>(item.count() * 2) <= usual;
}

std::shared_ptr<const Table> TableWatch::table() const {
  const std::lock_guard lock(mutex_);
  return table_;
}

AttributeFacts* TableWatch::FactsOf(std::string_view name) {
  const uint64_t hash = HashBytes(name);
  const auto known = attributes_.find(hash);
  if (known != attributes_.end()) return &known->second;
  if (attributes_.size() >= kMostAttributes) return nullptr;
  AttributeFacts& facts = attributes_[hash];
  facts.name = name;
  return &facts;
}

void TableWatch::Look(const Observation& observation, const Access& access, uint64_t weight,
                      uint64_t second, int64_t wall_ms) {
  const auto lane = trace::Lane::OfThread(kLanes);
  LaneCounts& counts = lanes_[lane.number];
  if (counts.newest.load(std::memory_order_relaxed) != access.table) [[unlikely]] {
    const std::lock_guard lock(mutex_);
    counts.newest.store(access.table, std::memory_order_relaxed);
    newest_[lane.number] = table_ = *access.owner;
  }
  if (access.partition_hash != 0 && weight > 0) [[unlikely]] {
    LookAtKey(observation, access, weight, second, wall_ms);
  }
  if (!access.after || access.kind == AccessKind::kCheck) return;
  // Not of a sample: one such key in ten thousand is a fault.
  const Key& key = access.table->key();
  for (size_t i = 0; i < key.size(); ++i) {
    const auto value = access.after->Find(key.at(i).name);
    if (!value || value->type() != Type::kString || !KeyLooksUndefined(value->text())) continue;
    const std::lock_guard lock(mutex_);
    LookAtUndefinedKey(observation, access, key.at(i).name, value->text(), wall_ms);
  }
  const uint64_t size = access.after->size();
  const bool rewrite = access.before && size >= kRewriteFrom;
  if (rewrite || size >= kLarge) [[unlikely]] {
    LookAtSize(observation, access, rewrite, wall_ms);
  }
  const uint64_t number = counts.writes.load(std::memory_order_relaxed);
  lane.Add(counts.writes, 1);
  const uint64_t glance = WeightOf(number, kGlancesOfFirst, kGlancesLog2);
  // What never grew need not be looked at when it shrinks, or changes.
  if (glance > 0 && access.before &&
      (access.before->size() < size || grows_.load(std::memory_order_relaxed))) {
    LookAtGrowth(observation, access, glance, wall_ms);
  }
  const bool is_new = glance > 0 && new_kinds_.Is(*access.after);
  const uint64_t of_item = is_new ? 1 : WeightOf(number, kAllOfFirst, kSampledLog2);
  if (of_item > 0) [[unlikely]] {
    LookAtItem(observation, access, of_item, wall_ms);
  }
}

void TableWatch::LookAtKey(const Observation& observation, const Access& access, uint64_t weight,
                           uint64_t second, int64_t wall_ms) {
  const std::unique_lock lock(keys_mutex_, std::try_to_lock);
  if (!lock.owns_lock()) return;
  const bool read = trace::IsRead(access.kind);
  const bool unlabelled = facts_.keys.Add(access.partition_hash, weight, second,
                                          read ? access.units() : 0, read ? 0 : access.table_units);
  if (!unlabelled) return;
  const JsonValue* key = FindMember(*access.input, "Key");
  if (key == nullptr) key = FindMember(*access.input, "Item");
  const std::string& name = access.table->key().hash.front().name;
  const JsonValue* value = key != nullptr && key->IsObject() ? FindMember(*key, name) : nullptr;
  if (value == nullptr || !value->IsObject() || value->ObjectEmpty()) return;
  const JsonValue& text = value->GetObject().front().value;
  if (!text.IsString()) return;
  facts_.keys.Label(access.partition_hash, Text(text));
  if (KeyLooksUndefined(Text(text)) && facts_.undefined_lookup.See(wall_ms)) {
    Show(facts_.undefined_lookup, observation, access, name + " = " + std::string(Text(text)));
  }
}

void TableWatch::LookAtSize(const Observation& observation, const Access& access, bool rewrite,
                            int64_t wall_ms) {
  const uint64_t size = access.after->size();
  const uint64_t changed =
      rewrite ? ChangedEntries(access.before->attributes(), access.after->attributes()) : 0;
  const std::lock_guard lock(mutex_);
  if (size >= kLarge) {
    facts_.largest = std::max(facts_.largest, size);
    if (facts_.large.See(wall_ms)) Show(facts_.large, observation, access);
    if (size >= kNearLimit && facts_.near_limit.See(wall_ms)) {
      Show(facts_.near_limit, observation, access);
    }
  }
  if (rewrite && changed * 10 <= size) {
    if (facts_.rewrite.See(wall_ms)) Show(facts_.rewrite, observation, access);
    facts_.rewrite_units += static_cast<uint64_t>(access.table_units);
    facts_.rewrite_bytes += size;
    facts_.changed_bytes += changed;
  }
}

void TableWatch::LookAtGrowth(const Observation& observation, const Access& access, uint64_t weight,
                              int64_t wall_ms) {
  for (const auto& [name, value] : access.after->attributes()) {
    if (!HasElements(value)) continue;
    const uint64_t now = value.count();
    const auto old = access.before->Find(name);
    const uint64_t before = old && HasElements(*old) ? old->count() : 0;
    if (before == 0 || (before == now && !HasMoved(*old, value))) continue;
    const std::lock_guard lock(mutex_);
    AttributeFacts* facts = FactsOf(name);
    if (facts == nullptr) return;
    if (now == before) {
      if (now == facts->most_elements) ++facts->moved;
      continue;
    }
    if (now < before) {
      facts->shrunk += weight;
      continue;
    }
    facts->grown += weight;
    grows_.store(true, std::memory_order_relaxed);
    if (now > facts->most_elements) facts->moved = 0;
    facts->most_elements = std::max(facts->most_elements, now);
    facts->most_bytes = std::max(facts->most_bytes, ValueSize(value));
    if (facts->growth.See(wall_ms)) {
      Show(facts->growth, observation, access, std::string(value.type_name()));
    }
  }
}

uint64_t TableWatch::Sum(std::atomic<uint64_t> LaneCounts::* count) const {
  return std::accumulate(lanes_.begin(), lanes_.end(), uint64_t{0},
                         [&](uint64_t sum, const LaneCounts& lane) {
                           return sum + (lane.*count).load(std::memory_order_relaxed);
                         });
}

TableWatch::Facts TableWatch::Snapshot() const {
  const std::scoped_lock lock(mutex_, keys_mutex_);
  Facts facts = facts_;
  facts.writes = Sum(&LaneCounts::writes);
  for (const auto& [hash, attribute] : attributes_) facts.attributes[attribute.name] = attribute;
  return facts;
}

}  // namespace dynarock::advisor

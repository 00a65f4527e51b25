#include "server/advisor/watch/request_kind.h"

#include <algorithm>
#include <numeric>

#include "server/advisor/watch/request_text.h"

namespace dynarock::advisor {

namespace {

using trace::HashBytes;

// What the calling thread found last. A book is told by its number, since addresses come again.
struct Remembered {
  uint64_t book = 0;
  uint64_t hash = 0;  // by the table's storage id, which is quicker than by its name
  RequestKind* kind = nullptr;
};
constexpr size_t kRemembered = 256;
thread_local std::array<Remembered, kRemembered> remembered;
std::atomic<uint64_t> books{0};

// A statement with another table's name for the one that it has.
std::string WithName(std::string statement, std::string_view name, std::string_view other) {
  const size_t at = statement.find(name);
  return at == std::string::npos ? statement : statement.replace(at, name.size(), other);
}

}  // namespace

RequestKinds::RequestKinds(TableFamilies& names, size_t most_kinds)
    : names_(names), most_(most_kinds), number_(++books) {}

uint64_t RequestKind::Sum(std::atomic<uint64_t> Cell::* count) const {
  return std::accumulate(cells.begin(), cells.end(), uint64_t{0},
                         [&](uint64_t sum, const Cell& cell) {
                           return sum + (cell.*count).load(std::memory_order_relaxed);
                         });
}

RequestKind::Arm* RequestKind::ArmOf(std::string_view index_name) {
  const auto find = [&]() -> Arm* {
    const size_t count = arm_count.load(std::memory_order_acquire);
    for (size_t i = 0; i < count; ++i) {
      if (arms_memory[i].index == index_name) return &arms_memory[i];
    }
    return nullptr;
  };
  if (Arm* arm = find()) return arm;
  const std::lock_guard lock(arms_mutex);
  if (Arm* arm = find()) return arm;
  const size_t count = arm_count.load(std::memory_order_relaxed);
  if (count >= kMostArms) return nullptr;
  arms_memory[count].index = index_name;
  arm_count.store(count + 1, std::memory_order_release);
  return &arms_memory[count];
}

int64_t RequestKind::last_ms() const {
  int64_t last = first_ms;
  for (const Cell& cell : cells)
    last = std::max(last, cell.last_ms.load(std::memory_order_relaxed));
  return last;
}

std::string_view RequestKind::Expression(std::string_view name) const {
  for (const auto& [known, text] : expressions) {
    if (known == name) return text;
  }
  return {};
}

std::string RequestKind::Text() const {
  std::string line;
  for (const auto& [name, text] : expressions) {
    if (!line.empty()) line += "; ";
    if (name != "Statement") line.append(name).append(": ");
    line += text;
  }
  return line;
}

RequestKind& RequestKinds::Find(const protocol::Observation& observation,
                                const trace::Access& access, int64_t wall_ms) {
  const uint64_t place =
      reinterpret_cast<uintptr_t>(&observation.operation) * 31 + static_cast<uint64_t>(access.kind);
  const uint64_t index = access.index == nullptr ? 0 : HashBytes(access.index->name);
  const uint64_t expressions = HashOfExpressions(*access.input);
  const uint64_t quick = place * 0x9E3779B97F4A7C15u +
                         access.table->storage_id() * 0xD6E8FEB86659FD93u + index + expressions;
  Remembered& slot = remembered[(quick >> 32) % kRemembered];
  if (slot.book == number_ && slot.hash == quick) [[likely]] {
    return *slot.kind;
  }
  RequestKind& kind = FindByName(observation, access, place, index + expressions, wall_ms);
  slot = {number_, quick, &kind};
  return kind;
}

RequestKind& RequestKinds::FindByName(const protocol::Observation& observation,
                                      const trace::Access& access, uint64_t place, uint64_t rest,
                                      int64_t wall_ms) {
  const std::string table = names_.NameOf(*access.table);
  const uint64_t hash = HashBytes(table, place) + rest;
  const std::lock_guard lock(mutex_);
  const auto known = by_hash_.find(hash);
  return known != by_hash_.end() ? *known->second : Make(observation, access, table, hash, wall_ms);
}

RequestKind& RequestKinds::Make(const protocol::Observation& observation,
                                const trace::Access& access, const std::string& table,
                                uint64_t hash, int64_t wall_ms) {
  const JsonValue& input = *access.input;
  auto expressions = ExpressionsOf(input);
  // The family of the expression that is most likely made from pieces: the first that may vary.
  uint64_t family_hash = hash;
  bool crowded = false;
  const uint64_t place = HashBytes(table, reinterpret_cast<uintptr_t>(&observation.operation));
  uint64_t structures = place;
  uint64_t masked = 0;
  for (auto& [name, text] : expressions) {
    const bool statement = name == "Statement";
    if (statement && PatternOf(table) != table) {
      text = WithName(std::move(text), access.table->name(), table);
      masked = HashBytes(text, place ^ static_cast<uint64_t>(access.kind));
    }
    const Structure structure = StructureOf(text, statement);
    const uint64_t key = HashBytes(structure.text, place ^ HashBytes(name));
    structures = HashBytes(structure.text, structures);
    if (!families_.contains(key) && families_.size() >= kMostFamilies) continue;
    Family& family = families_[key];
    if (family.distinct.empty()) {
      family.structure = structure.text;
      family.member = name;
      family.operation = observation.operation.name;
      family.table = table;
      family.example = Compact(input);
      family.user_agent = observation.user_agent;
      family.first_ms = wall_ms;
    }
    family.last_ms = wall_ms;
    if (!structure.names && !structure.literals) continue;
    const std::string kept = WithoutPlaceholders(text, statement);
    if (!family.full() && family.distinct.emplace(HashBytes(kept), true).second) {
      ++family.distinct_texts;
      family.forms.emplace(HashBytes(WithoutListIndexes(text, statement)), true);
      family.literals = family.literals || structure.literals;
      // A literal may be a secret: reports show statements without.
      const std::string shown = statement ? WithoutLiterals(text, "'...'") : text;
      if (family.texts.size() < 3 && (family.texts.empty() || family.texts.back() != shown)) {
        family.texts.push_back(shown);
      }
    }
    if (family.distinct_texts > kMostOfFamily) crowded = true;
    if (statement && structure.literals) {
      text = WithoutLiterals(text);
      masked = HashBytes(text, place ^ static_cast<uint64_t>(access.kind));
    }
  }
  // Statements that differ in literals only are one kind.
  if (masked != 0) {
    family_hash = access.index == nullptr ? masked : HashBytes(access.index->name, masked);
    if (const auto known = by_hash_.find(family_hash); known != by_hash_.end()) {
      return *known->second;
    }
  }
  crowded = crowded || kinds_.size() >= most_;
  if (crowded) {
    family_hash = structures ^ (kinds_.size() >= most_ ? place : 1);
    // One for what is left of each operation and table, and in the end one for everything.
    if (kinds_.size() >= most_) family_hash = place;
    if (kinds_.size() >= most_ + kMostPlaces) family_hash = 1;
    const auto known = by_hash_.find(family_hash);
    if (known != by_hash_.end()) return *known->second;
  }
  RequestKind& kind = kinds_.emplace_back();
  kind.hash = family_hash;
  kind.access_kind = access.kind;
  if (family_hash == 1) {
    kind.operation = "(others)";
    kind.hash = family_hash;
    by_hash_.emplace(family_hash, &kind);
    return kind;
  }
  kind.operation = observation.operation.name;
  kind.table = table;
  if (access.index != nullptr) kind.index = access.index->name;
  kind.expressions = std::move(expressions);
  kind.names = NamesOf(input);
  const JsonValue* select = FindMember(input, "Select");
  kind.counts_only = select != nullptr && select->IsString() && Text(*select) == "COUNT";
  kind.varying = crowded;
  kind.conditional =
      !kind.Expression("ConditionExpression").empty() || !kind.Expression("Expected").empty();
  kind.single_get = access.kind == trace::AccessKind::kGet &&
                    (kind.operation == "GetItem" || kind.operation == "ExecuteStatement" ||
                     kind.operation == "BatchGetItem");
  if (kind.single_get) kind.loop.Prepare();
  kind.example = Compact(input);
  kind.user_agent = observation.user_agent;
  kind.first_ms = wall_ms;
  by_hash_.emplace(family_hash, &kind);
  return kind;
}

std::vector<const RequestKind*> RequestKinds::All() const {
  const std::lock_guard lock(mutex_);
  std::vector<const RequestKind*> all;
  for (const RequestKind& kind : kinds_) all.push_back(&kind);
  return all;
}

std::vector<RequestKinds::Family> RequestKinds::Families() const {
  const std::lock_guard lock(mutex_);
  std::vector<Family> all;
  for (const auto& [hash, family] : families_) all.push_back(family);
  return all;
}

}  // namespace dynarock::advisor

#include "server/advisor/watch/request_kinds.h"

#include <array>
#include <atomic>

#include "server/advisor/watch/request_text.h"
#include "server/trace/expressions.h"
#include "storage/catalog/table.h"

namespace dynarock::advisor {

namespace {

using trace::HashBytes;

// What the calling thread found last. The kinds are told by their number, since addresses come again.
struct Remembered {
  uint64_t kinds = 0;  // RequestKinds::number_
  uint64_t hash = 0;   // by the table's storage id, which is quicker than by its name
  RequestKind* kind = nullptr;
};
constexpr size_t kRemembered = 256;
thread_local std::array<Remembered, kRemembered> remembered;
std::atomic<uint64_t> numbers{0};

// What the request itself says of its kind.
void Describe(RequestKind& kind, const protocol::Observation& observation,
              const trace::Access& access) {
  const JsonValue& input = *access.input;
  kind.operation = observation.operation.name;
  if (access.index != nullptr) kind.index = access.index->name;
  kind.names = trace::NamesOf(input);
  const JsonValue* select = FindMember(input, "Select");
  kind.counts_only = select != nullptr && select->IsString() && Text(*select) == "COUNT";
  kind.conditional =
      !kind.Expression("ConditionExpression").empty() || !kind.Expression("Expected").empty();
  kind.single_get = access.kind == trace::AccessKind::kGet &&
                    (kind.operation == "GetItem" || kind.operation == "ExecuteStatement" ||
                     kind.operation == "BatchGetItem");
  if (kind.single_get) kind.loop.Prepare();
  kind.example = Compact(input);
}

}  // namespace

RequestKinds::RequestKinds(TableFamilies& names, size_t most_kinds)
    : names_(names), most_(most_kinds), number_(++numbers) {}

RequestKind& RequestKinds::Find(const protocol::Observation& observation,
                                const trace::Access& access, int64_t wall_ms) {
  const uint64_t place =
      reinterpret_cast<uintptr_t>(&observation.operation) * 31 + static_cast<uint64_t>(access.kind);
  const uint64_t index = access.index == nullptr ? 0 : HashBytes(access.index->name);
  const uint64_t expressions = trace::HashOfExpressions(*access.input);
  const uint64_t quick = place * 0x9E3779B97F4A7C15u +
                         access.table->storage_id() * 0xD6E8FEB86659FD93u + index + expressions;
  Remembered& slot = remembered[(quick >> 32) % kRemembered];
  if (slot.kinds == number_ && slot.hash == quick) [[likely]] {
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
  RequestKind* known = Known(hash);
  return known != nullptr ? *known : Make(observation, access, table, hash, wall_ms);
}

RequestKind* RequestKinds::Known(uint64_t hash) const {
  const auto known = by_hash_.find(hash);
  return known == by_hash_.end() ? nullptr : known->second;
}

uint64_t RequestKinds::SharedHash(const RequestTexts& texts) const {
  // One for what is left of each operation and table, and in the end one for everything.
  if (kinds_.size() >= most_ + kMostPlaces) return kOthers;
  if (full()) return texts.place;
  return texts.crowded ? texts.structures ^ 1 : 0;
}

RequestKind& RequestKinds::Make(const protocol::Observation& observation,
                                const trace::Access& access, const std::string& table,
                                uint64_t hash, int64_t wall_ms) {
  RequestTexts texts = families_.Add(observation, access, table, wall_ms);
  // Statements that differ in literals only are one kind.
  if (texts.masked != 0) {
    hash = access.index == nullptr ? texts.masked : HashBytes(access.index->name, texts.masked);
    if (RequestKind* known = Known(hash)) return *known;
  }
  const uint64_t shared = SharedHash(texts);
  if (shared != 0) {
    hash = shared;
    if (RequestKind* known = Known(hash)) return *known;
  }
  RequestKind& kind = kinds_.emplace_back();
  by_hash_.emplace(hash, &kind);
  kind.hash = hash;
  kind.access_kind = access.kind;
  if (hash == kOthers) {
    kind.operation = "(others)";
    return kind;
  }
  kind.varying = shared != 0;
  kind.expressions = std::move(texts.expressions);
  kind.table = table;
  kind.user_agent = observation.user_agent;
  kind.first_ms = wall_ms;
  Describe(kind, observation, access);
  return kind;
}

std::vector<const RequestKind*> RequestKinds::All() const {
  const std::lock_guard lock(mutex_);
  std::vector<const RequestKind*> all;
  for (const RequestKind& kind : kinds_) all.push_back(&kind);
  return all;
}

std::vector<TextFamily> RequestKinds::Families() const {
  const std::lock_guard lock(mutex_);
  return families_.All();
}

}  // namespace dynarock::advisor

#include "server/trace/trace.h"

#include <algorithm>
#include <cstring>

namespace dynarock::trace {

namespace {

template <class T>
uint64_t Load(const char* p) {
  T v;
  std::memcpy(&v, p, sizeof v);
  return v;
}

// How wyhash loads short ends: at most 16 bytes as two numbers, by loads of fixed sizes that
// overlap.
std::pair<uint64_t, uint64_t> LoadShort(const char* p, size_t n) {
  if (n >= 8) return {Load<uint64_t>(p), Load<uint64_t>(p + n - 8)};
  if (n >= 4) return {Load<uint32_t>(p), Load<uint32_t>(p + n - 4)};
  if (n == 0) return {0, 0};
  return {Load<uint8_t>(p), Load<uint8_t>(p + n / 2) << 8 | Load<uint8_t>(p + n - 1)};
}

bool IsScalarKey(Type type) {
  return type == Type::kString || type == Type::kNumber;
}

// Whether an attribute of this name may hold what another item goes by: "userId", "sku".
bool NamesId(std::string_view name) {
  static constexpr std::array<std::string_view, 16> kEnds = {
      "id",  "Id", "ID", "ids", "Ids", "key", "Key", "ref",
      "Ref", "By", "pk", "sk",  "PK",  "SK",  "sku", "Sku"};
  return std::any_of(kEnds.begin(), kEnds.end(),
                     [&](std::string_view end) { return name.ends_with(end); });
}

}  // namespace

std::string_view AccessName(AccessKind kind) {
  switch (kind) {
    case AccessKind::kGet:
      return "Get";
    case AccessKind::kQuery:
      return "Query";
    case AccessKind::kScan:
      return "Scan";
    case AccessKind::kPut:
      return "Put";
    case AccessKind::kUpdate:
      return "Update";
    case AccessKind::kDelete:
      return "Delete";
    case AccessKind::kCheck:
      return "ConditionCheck";
  }
  return "";
}

uint64_t HashBytes(std::string_view bytes, uint64_t seed) {
  constexpr uint64_t kA = 0xA0761D6478BD642Fu;
  constexpr uint64_t kB = 0xE7037ED1A0B428DBu;
  uint64_t hash = seed ^ kA;
  const char* p = bytes.data();
  size_t left = bytes.size();
  for (; left > 16; left -= 16, p += 16) {
    hash = MixHashes(Load<uint64_t>(p) ^ kB, Load<uint64_t>(p + 8) ^ hash);
  }
  const auto [a, b] = LoadShort(p, left);
  hash = MixHashes(a ^ kB, b ^ hash);
  hash = MixHashes(hash ^ kA, bytes.size() ^ kB);
  return hash == 0 ? 1 : hash;
}

uint64_t KeyPartHash(std::string_view text, bool number) {
  constexpr uint64_t kSeed = 0x517CC1B727220A95u;  // apart from hashes of encoded values
  const size_t mark = text.find_last_of("#:/|");
  const std::string_view part = mark == std::string_view::npos ? text : text.substr(mark + 1);
  // Ordinals and the like are in many values.
  const size_t least = mark == std::string_view::npos && !number ? 2 : 4;
  return part.size() < least ? 0 : HashBytes(part, kSeed);
}

Trace& Trace::OfThread() {
  static thread_local Trace trace;
  // Of a request that ended with an exception.
  if (!trace.accesses_.empty()) trace.Clear();
  return trace;
}

void Trace::Clear() {
  accesses_.clear();
  arms_.clear();
  results_.clear();
  values_.clear();
  kept_.clear();
  if (!held_more_.empty()) [[unlikely]] {
    held_more_.clear();
    held_.fill(nullptr);
    held_count_ = 0;
  }
  if (first_ != nullptr) first_->~Kept();
  first_ = nullptr;
}

void Trace::SetTable(Access& access, const std::shared_ptr<const Table>& table) {
  access.table = table.get();
  for (size_t i = 0; i < held_count_; ++i) {
    if (held_[i] == table) [[likely]] {
      access.owner = &held_[i];
      return;
    }
  }
  if (held_count_ < held_.size()) {
    held_[held_count_] = table;
    access.owner = &held_[held_count_++];
    return;
  }
  const auto more = std::find(held_more_.begin(), held_more_.end(), table);
  access.owner = more != held_more_.end() ? &*more : &held_more_.emplace_back(table);
}

void Trace::AddArm(Access& access, TracedArm arm) {
  if (access.arm_count == 0) access.first_arm = static_cast<uint32_t>(arms_.size());
  ++access.arm_count;
  access.units_of_arms += arm.units;
  arms_.push_back(arm);
}

void Trace::BeginResult(Access& access, uint64_t key_hash) {
  if (access.result_count == 0) access.first_result = static_cast<uint32_t>(results_.size());
  ++access.result_count;
  TracedResult& result = results_.emplace_back();
  result.key_hash = key_hash;
  result.first_value = static_cast<uint32_t>(values_.size());
}

void Trace::EndResult() {
  results_.back().value_count = static_cast<uint32_t>(values_.size()) - results_.back().first_value;
}

bool Trace::HasRoom() const {
  return values_.size() - results_.back().first_value < kMostValues;
}

void Trace::AddResult(Access& access, uint64_t key_hash, ItemView item) {
  if (access.result_count >= kMostResults) return;
  BeginResult(access, key_hash);
  // What is named as an id first: of an item with many attributes not all are noted.
  for (const bool ids : {true, false}) {
    for (const auto& [name, value] : item.attributes()) {
      if (!HasRoom()) break;
      if (NamesId(name) == ids) AddValues(value);
    }
  }
  EndResult();
}

// Of an attribute: itself, or what is in it.
void Trace::AddValues(ValueView value) {
  if (IsScalarKey(value.type())) return AddValue(value);
  if (value.type() == Type::kMap) return AddMembers(value, false);
  if (value.type() != Type::kList) return;
  for (const ValueView element : value.list()) {
    if (!HasRoom()) break;
    if (IsScalarKey(element.type())) AddValue(element);
    if (element.type() == Type::kMap) AddMembers(element, true);
  }
}

void Trace::AddMembers(ValueView map, bool only_ids) {
  for (const auto& [name, value] : map.map()) {
    if (!HasRoom()) break;
    if (IsScalarKey(value.type()) && (!only_ids || NamesId(name))) AddValue(value);
  }
}

void Trace::AddValue(ValueView value) {
  values_.push_back(HashBytes(value.bytes()));
  const uint64_t part = KeyPartHash(value.text(), value.type() == Type::kNumber);
  if (part != 0) values_.push_back(part);
}

void Trace::AddLists(Access& access, ItemView item) {
  const auto full = [&] { return access.result_count >= kMostResults; };
  const auto add = [&](auto add_values) {
    BeginResult(access, access.key_hash);
    add_values();
    EndResult();
  };
  const auto add_text = [&](std::string_view text) {
    const uint64_t part = KeyPartHash(text, false);
    if (part != 0) add([&] { values_.push_back(part); });
  };
  for (const auto& [name, value] : item.attributes()) {
    const Type type = value.type();
    const bool many = type == Type::kList || type == Type::kMap || type == Type::kStringSet;
    if (!many || value.count() < kFewElements) continue;
    if (type == Type::kStringSet) {
      for (const std::string_view text : value.set()) {
        if (full()) return;
        add_text(text);
      }
    } else if (type == Type::kMap) {
      // Its names may be ids.
      for (const auto& [id, entry] : value.map()) {
        if (full()) return;
        add_text(id);
      }
    } else {
      for (const ValueView element : value.list()) {
        if (full()) return;
        if (IsScalarKey(element.type())) add([&] { AddValue(element); });
        if (element.type() == Type::kMap) add([&] { AddMembers(element, true); });
      }
    }
  }
}

}  // namespace dynarock::trace

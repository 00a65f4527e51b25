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

Trace& Trace::OfThread(Witness* witness) {
  static thread_local Trace trace;
  // Of a request that ended with an exception.
  if (!trace.empty()) trace.Clear();
  trace.witness_ = witness;
  return trace;
}

void Trace::Clear() {
  accesses_.clear();
  arms_.clear();
  results_.clear();
  values_.clear();
  if (!table_changes_.empty()) table_changes_.clear();
  asked_ = nullptr;
  if (failure_ != nullptr) failure_ = nullptr;
  kept_.clear();
  if (!held_more_.empty()) [[unlikely]] {
    held_more_.clear();
    held_.fill(nullptr);
    held_count_ = 0;
  }
  if (first_ != nullptr) first_->~Kept();
  first_ = nullptr;
}

void Trace::ShowBeforeDelete(const Table& table) {
  if (witness_ == nullptr) return;
  try {
    witness_->BeforeDelete(table);
  } catch (const std::exception&) {
    failure_ = std::current_exception();
  }
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

}  // namespace dynarock::trace

// What a request did to tables and items, noted by the operations on the way, for observers.
//
// A trace is kept only while somebody watches (Call::trace is null otherwise), and its memory is
// reused by the thread's next request, so that noting costs a few stores and no allocation but for
// the items of writes. It says facts only. What of an answer may matter later is guessed by the
// observer's witness (witness.h), which sees the items while they are there.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "server/trace/witness.h"
#include "storage/item/encoded.h"
#include "storage/item/json.h"

namespace dynarock {
class Table;
struct Index;
struct TableDescription;
}  // namespace dynarock

namespace dynarock::trace {

// What was done. PartiQL statements are noted as what they were lowered to.
enum class AccessKind : uint8_t { kGet, kQuery, kScan, kPut, kUpdate, kDelete, kCheck };

constexpr bool IsRead(AccessKind kind) {
  return kind <= AccessKind::kScan;
}
std::string_view AccessName(AccessKind kind);  // "Get", "Query", ...

// One item read or written, or one page read. A batch or transaction has one per entry.
struct Access {
  AccessKind kind = AccessKind::kGet;
  std::string_view table_name;  // as the request has it: a name or an ARN
  // Owned by the trace, until the request has been observed.
  const std::shared_ptr<const Table>* owner = nullptr;
  const Table* table = nullptr;
  const Index* index = nullptr;      // of `table`; null: the table itself
  const JsonValue* input = nullptr;  // the object that holds this access's expressions
  bool consistent = false;
  bool transactional = false;
  bool partiql = false;
  bool unprocessed = false;  // an entry of a batch that was handed back
  bool failed = false;       // a write that was refused under the item's latch (condition, size)

  // Units of the table: what was read or written there; items fetched for a local index.
  double table_units = 0;
  // Units of indexes: Trace::arms(access).
  uint32_t first_arm = 0;
  uint32_t arm_count = 0;
  double units() const { return units_of_arms + table_units; }
  double units_of_arms = 0;

  // Of the item: hashes (HashBytes) of table and primary key together, and of the encoded values of
  // partition and sort key; 0: no single item, no sort key.
  uint64_t key_hash = 0;
  uint64_t partition_hash = 0;
  uint64_t sort_hash = 0;

  uint64_t items_read = 0;      // before the filter
  uint64_t items_returned = 0;  // in the answer (counted, for Select COUNT)
  uint64_t bytes_read = 0;

  // Writes: the item before and after.
  std::optional<ItemView> before;
  std::optional<ItemView> after;

  // Pages.
  bool filtered = false;
  bool forward = true;
  bool segmented = false;   // a parallel Scan
  int64_t limit = 0;        // 0: none given
  uint64_t start_hash = 0;  // of the page token given: ExclusiveStartKey, NextToken; 0: none
  uint64_t last_hash = 0;   // of the page token returned; 0: none
  uint32_t first_result = 0;
  uint32_t result_count = 0;  // Trace::results(access): items of the answer, if a witness looked
};

// An item of an answer, or a part of one, as hashes: enough to recognise what later requests do
// with it.
struct TracedResult {
  uint64_t key_hash = 0;  // of the item, as Access::key_hash
  uint32_t first_value = 0;
  uint32_t value_count = 0;  // Trace::values(result): what the witness noted
};

// Units of one index.
struct TracedArm {
  std::string_view index;
  bool local = false;
  double units = 0;
};

// A table that was made, changed (its settings, tags or indexes) or deleted.
struct TableChange {
  std::shared_ptr<const Table> before;  // null: it was made
  std::shared_ptr<const Table> after;   // null: it was deleted

  bool created() const { return before == nullptr; }
  bool deleted() const { return after == nullptr; }
  const Table& table() const { return deleted() ? *before : *after; }  // the newest version
};

class Trace {
 public:
  // An access has at most so many results. A result that has so many values gets no more; the last
  // thing noted may be two hashes.
  static constexpr size_t kMostResults = 32;
  static constexpr size_t kMostValues = 24;

  // The calling thread's, emptied. `witness`: null, or outlives the request.
  static Trace& OfThread(Witness* witness = nullptr);
  // Who is to be shown what is gone afterwards; null: nobody.
  Witness* witness() const { return witness_; }

  // The reference holds until the next Add.
  Access& Add(AccessKind kind) {
    Access& access = accesses_.emplace_back();
    access.kind = kind;
    return access;
  }
  void SetTable(Access& access, const std::shared_ptr<const Table>& table);
  Access& at(size_t i) { return accesses_[i]; }
  size_t size() const { return accesses_.size(); }
  void AddArm(Access& access, TracedArm arm);
  // Begins a result of the access, which has to have room for it. All results of an access follow
  // each other. AddValue adds a hash to the result begun last.
  void BeginResult(Access& access, uint64_t key_hash);
  static bool HasRoomForResults(const Access& access) { return access.result_count < kMostResults; }
  void AddValue(uint64_t hash) {
    values_.push_back(hash);
    ++results_.back().value_count;
  }
  bool HasRoomForValues() const { return results_.back().value_count < kMostValues; }
  // A change that is done. One of the two may be null.
  void AddTableChange(std::shared_ptr<const Table> before, std::shared_ptr<const Table> after) {
    table_changes_.push_back({std::move(before), std::move(after)});
  }
  // The table that CreateTable asks for, whether there is one of that name already or not. Has to
  // live until the request has been observed (Keep).
  void SetAsked(const TableDescription& table) { asked_ = &table; }
  // Lets the witness, if there is one, see a table that is about to be deleted. An exception of the
  // witness must not end the request, so it is kept as failure().
  void ShowBeforeDelete(const Table& table);

  // Keeps a value until the request has been observed; views of an access may point into it.
  template <class T>
    requires(!std::is_reference_v<T>)
  T& Keep(T&& value) {
    if constexpr (sizeof(Box<T>) <= kInPlace && alignof(Box<T>) <= alignof(std::max_align_t)) {
      if (first_ == nullptr) [[likely]] {
        auto* box = new (place_) Box<T>(std::move(value));
        first_ = box;
        return box->value;
      }
    }
    auto box = std::make_unique<Box<T>>(std::move(value));
    T& kept = box->value;
    kept_.push_back(std::move(box));
    return kept;
  }

  std::span<const Access> accesses() const { return accesses_; }
  std::span<const TracedArm> arms(const Access& access) const {
    return std::span(arms_).subspan(access.first_arm, access.arm_count);
  }
  std::span<const TracedResult> results(const Access& access) const {
    return std::span(results_).subspan(access.first_result, access.result_count);
  }
  std::span<const uint64_t> values(const TracedResult& result) const {
    return std::span(values_).subspan(result.first_value, result.value_count);
  }
  std::span<const TableChange> table_changes() const { return table_changes_; }
  const TableDescription* asked() const { return asked_; }        // null: nothing was
  const std::exception_ptr& failure() const { return failure_; }  // of the witness; null: none
  void Clear();

  // Whether nothing was noted.
  bool empty() const {
    return accesses_.empty() && first_ == nullptr && kept_.empty() && table_changes_.empty() &&
           failure_ == nullptr;
  }

  Trace() = default;
  ~Trace() { Clear(); }
  Trace(const Trace&) = delete;
  Trace& operator=(const Trace&) = delete;

 private:
  struct Kept {
    virtual ~Kept() = default;
  };
  template <class T>
  struct Box final : Kept {
    explicit Box(T&& v) : value(std::move(v)) {}
    T value;
  };

  // Room for the one value that most requests keep.
  static constexpr size_t kInPlace = 512;
  alignas(std::max_align_t) std::byte place_[kInPlace];
  Kept* first_ = nullptr;
  Witness* witness_ = nullptr;
  // Tables of accesses. A thread keeps those of its last requests: if each request copied the
  // pointer, threads would wait for each other's counts of owners.
  std::array<std::shared_ptr<const Table>, 8> held_;  // the first held_count_
  size_t held_count_ = 0;
  std::deque<std::shared_ptr<const Table>> held_more_;  // until the request has been observed
  std::vector<Access> accesses_;
  std::vector<TracedArm> arms_;
  std::vector<TracedResult> results_;
  std::vector<uint64_t> values_;
  std::vector<TableChange> table_changes_;
  const TableDescription* asked_ = nullptr;
  std::exception_ptr failure_;
  std::vector<std::unique_ptr<Kept>> kept_;
};

// A fast hash for tables in memory; never 0.
uint64_t HashBytes(std::string_view bytes, uint64_t seed = 0);

// Both halves of a 128-bit product: the step of which HashBytes is made (that of wyhash). For
// numbers that are hashes themselves.
inline uint64_t MixHashes(uint64_t a, uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

}  // namespace dynarock::trace

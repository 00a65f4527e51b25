// Distinct requests: what was sent, without the values, and what it came to.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "server/advisor/watch/get_loop.h"
#include "server/advisor/watch/table_families.h"
#include "server/protocol/observation.h"
#include "server/trace/lane.h"
#include "storage/catalog/table.h"

namespace dynarock::advisor {

// A count of what is seldom.
struct Count {
  std::atomic<uint64_t> value{0};
  void Add(uint64_t more = 1) { value.fetch_add(more, std::memory_order_relaxed); }
  void Subtract() { value.fetch_sub(1, std::memory_order_relaxed); }  // what was added
  void Raise(uint64_t to) {
    uint64_t known = value.load(std::memory_order_relaxed);
    while (known < to && !value.compare_exchange_weak(known, to, std::memory_order_relaxed)) {
    }
  }
  operator uint64_t() const { return value.load(std::memory_order_relaxed); }
};

// One request that shows what a finding is about: the first one given.
class Offender {
 public:
  // True for the first caller, who gives it.
  bool Claim() { return !claimed_.exchange(true, std::memory_order_relaxed); }
  void Give(std::string example, std::string_view user_agent) {
    example_ = std::move(example);
    user_agent_ = user_agent;
    given_.store(true, std::memory_order_release);
  }
  // Puts it into a finding, when there is one.
  template <class Finding>
  void Show(Finding& finding) const {
    if (!given_.load(std::memory_order_acquire)) return;
    finding.example = example_;
    finding.user_agent = user_agent_;
  }

 private:
  std::atomic<bool> claimed_{false};
  std::atomic<bool> given_{false};
  std::string example_;
  std::string user_agent_;
};

// The hashes of the first few different keys.
class FewKeys {
 public:
  static constexpr size_t kMost = 4;
  void Add(uint64_t key_hash) {
    for (std::atomic<uint64_t>& key : keys_) {
      uint64_t known = key.load(std::memory_order_relaxed);
      if (known == 0 && key.compare_exchange_strong(known, key_hash, std::memory_order_relaxed)) {
        return;
      }
      if (known == key_hash) return;
    }
  }
  // There may be more when it is kMost.
  size_t count() const {
    return static_cast<size_t>(std::count_if(keys_.begin(), keys_.end(), [](const auto& key) {
      return key.load(std::memory_order_relaxed) != 0;
    }));
  }

 private:
  std::array<std::atomic<uint64_t>, kMost> keys_{};
};

// One distinct kind of request, or of entry in a batch or transaction. The texts never change.
struct RequestKind {
  uint64_t hash = 0;
  std::string operation;
  trace::AccessKind access_kind = trace::AccessKind::kGet;
  std::string table;
  std::string index;
  // The request's expressions, name and text, in the order of kExpressionMembers; a statement is
  // one named "Statement". #names are left as sent, `names` tells what they stand for.
  std::vector<std::pair<std::string, std::string>> expressions;
  std::vector<std::pair<std::string, std::string>> names;
  bool counts_only = false;  // Select COUNT
  bool conditional = false;  // a write with a condition
  // Items read by key, which a request with one of them reads by itself: GetItem, a SELECT by key,
  // BatchGetItem.
  bool single_get = false;
  Count most_halves;     // of one request; here, since nearly all look at single_get as well
  bool varying = false;  // stands for many texts of one structure
  std::string example;
  std::string user_agent;
  int64_t first_ms = 0;  // of the wall clock

  // The text of one expression, "" when it has none.
  std::string_view Expression(std::string_view name) const;
  // All of them in one line, as the report shows them.
  std::string Text() const;

  // What every request adds to: a cell for each lane of threads. Units are counted in halves.
  struct alignas(64) Cell {
    std::atomic<uint64_t> requests{0};
    std::atomic<uint64_t> entries{0};  // more than requests in batches
    std::atomic<int64_t> last_ms{0};   // of the wall clock
    std::atomic<uint64_t> read_halves{0};
    std::atomic<uint64_t> items_read{0};
    std::atomic<uint64_t> items_returned{0};
    std::atomic<uint64_t> bytes_read{0};
    std::atomic<uint64_t> eventual_reads{0};  // to here: what most reads add to, one cache line
    std::atomic<uint64_t> consistent_reads{0};
    std::atomic<uint64_t> write_halves{0};
    std::atomic<uint64_t> updated{0};  // updates of an item that was there
  };
  static constexpr size_t kCells = 8;
  std::array<Cell, kCells> cells;
  void Add(std::atomic<uint64_t> Cell::* count) {
    const auto lane = trace::Lane::OfThread(kCells);
    lane.Add(cells[lane.number].*count, 1);
  }
  uint64_t Sum(std::atomic<uint64_t> Cell::* count) const;
  uint64_t requests() const { return Sum(&Cell::requests); }
  uint64_t entries() const { return Sum(&Cell::entries); }
  double read_units() const { return static_cast<double>(Sum(&Cell::read_halves)) / 2; }
  double write_units() const { return static_cast<double>(Sum(&Cell::write_halves)) / 2; }
  uint64_t items_read() const { return Sum(&Cell::items_read); }
  uint64_t items_returned() const { return Sum(&Cell::items_returned); }
  uint64_t bytes_read() const { return Sum(&Cell::bytes_read); }
  uint64_t eventual_reads() const { return Sum(&Cell::eventual_reads); }
  uint64_t consistent_reads() const { return Sum(&Cell::consistent_reads); }
  uint64_t updated() const { return Sum(&Cell::updated); }
  int64_t last_ms() const;

  // Writes: what each index of the table cost.
  struct Arm {
    std::string index;
    Count writes;
    Count halves;
    Count most_halves;
  };
  static constexpr size_t kMostArms = 25;  // local and global indexes that a table may have
  // Those of the table when it was first written to come first, later ones as they are met.
  std::array<Arm, kMostArms> arms_memory;
  std::atomic<size_t> arm_count{0};
  std::mutex arms_mutex;
  std::span<const Arm> arms() const {
    return std::span(arms_memory).first(arm_count.load(std::memory_order_acquire));
  }
  // Null when there are too many.
  Arm* ArmOf(std::string_view index_name);

  // Requests that another kind counts as well, and that one of the same table and index does.
  Count requests_of_others;
  Count requests_of_others_here;
  Count most_items;
  Count most_bytes;

  // Pages.
  Count first_pages;     // read from the beginning
  Count limited_pages;   // of those: with Limit
  Count more_pages;      // first pages that ended with a page token
  Count more_unlimited;  // of those: cut at 1 MB
  Count more_short;      // of those: limited and filtered, with fewer items than asked for
  Count most_limit;
  Count tokens_followed;  // pages that began with a token of ours
  Count backward_pages;
  Count segmented_pages;

  // What other requests did with the items of its answers.
  Count fetch_runs;   // pages several of whose items were fetched one by one by GetItem
  Count fetches;      // the GetItems of these
  Count follow_runs;  // pages after which several GetItems went after values of the items
  Count follows;
  Count query_runs;  // pages after which several Queries went by values of the items
  Count queries;
  // Of the GetItems above: of an item that the same client wrote next. Of lists, and of GetItems.
  Count worked;
  Count rewritten;  // items that were written or deleted next
  // GetItem, Query: how often it was one of those.
  Count follow_gets;
  Count fetch_gets;
  Count short_gets;  // of an item of a list of less than five, by its own key
  Count query_gets;
  std::atomic<RequestKind*> list{nullptr};  // GetItem, Query: the list that it was one of last
  GetLoop loop;                             // prepared where single_get

  // Reads after writes.
  Count hazards;            // eventually consistent, of an item written moments before
  Count direct_hazards;     // of those: the writer's next request
  Count created_hazards;    // of those, and not of the next: the write had created the item
  Count deleted_hazards;    // of an item that the reader deleted within the next requests
  Count consistent_needed;  // of an item written seconds before or after

  // Writes.
  Count created;        // updates that made an item
  Count created_small;  // of those: far smaller than what Put writes to the table
  Count condition_failed;
  Offender small;   // an update that counts as created_small
  Offender failed;  // a write whose condition failed
  FewKeys failed_keys;
  Count put_dropping;  // puts that left a small part of an item
  Count put_losing;    // of those: without what stays for good, or with a key of an index gone
  Offender dropper;
  Count written_back;  // puts of an item that was read before, changed
  Offender copy;
  Count same_made;  // writes of the same number that another copy had been given already
  Offender same_maker;
  Count undoing;  // of a copy, when another one had been written since it was read
  Offender undoer;
  Count single;  // transactions of one action
};

// The kind of each access. Thread safe.
class RequestKinds {
 public:
  // `names`: under which name each table is counted; outlives the book.
  explicit RequestKinds(TableFamilies& names, size_t most_kinds = 2000);

  RequestKind& Find(const protocol::Observation& observation, const trace::Access& access,
                    int64_t wall_ms);
  // All of them; they live as long as the book.
  std::vector<const RequestKind*> All() const;

  // Texts that differ only in names and literals written into them.
  struct Family {
    static constexpr size_t kMostTexts = 200;
    std::string structure;
    std::string member;  // the expression's name
    std::string operation;
    std::string table;
    std::vector<std::string> texts;  // the first few
    std::unordered_map<uint64_t, bool> distinct;
    uint64_t distinct_texts = 0;
    std::unordered_map<uint64_t, bool> forms;  // those that differ in more than list indexes
    // Not all of the texts were told apart: there are more forms.
    bool full() const { return distinct.size() >= kMostTexts; }
    bool literals = false;  // PartiQL: values stand in the text
    std::string example;
    std::string user_agent;
    int64_t first_ms = 0;
    int64_t last_ms = 0;
  };
  std::vector<Family> Families() const;

 private:
  // From here on texts of one structure share a kind.
  static constexpr size_t kMostOfFamily = 50;
  static constexpr size_t kMostFamilies = 500;
  static constexpr size_t kMostPlaces = 256;

  // `place`, `rest`: hashes of the kind of request, and of all else but the table.
  RequestKind& FindByName(const protocol::Observation& observation, const trace::Access& access,
                          uint64_t place, uint64_t rest, int64_t wall_ms);
  RequestKind& Make(const protocol::Observation& observation, const trace::Access& access,
                    const std::string& table, uint64_t hash, int64_t wall_ms);

  TableFamilies& names_;
  const size_t most_;
  const uint64_t number_;  // tells books apart in each thread's memory
  mutable std::mutex mutex_;
  std::deque<RequestKind> kinds_;
  std::unordered_map<uint64_t, RequestKind*> by_hash_;
  std::unordered_map<uint64_t, Family> families_;
};

}  // namespace dynarock::advisor

// What was seen moments ago, so that one request can be recognised as the consequence of another:
// fixed tables of atomics, shared by all threads without a lock. An entry stays until another one
// takes its slot; two threads that meet in a slot may lose one of the entries, which costs a count
// and nothing else.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>

namespace dynarock::advisor {

struct Shape;

// When a request was seen: milliseconds since the advisor began, and its number.
struct Moment {
  uint64_t ms = 0;
  uint64_t request = 0;
};

// Which items were written last.
class RecentWrites {
 public:
  void Add(uint64_t key_hash, Moment now) {
    Slot& slot = SlotOf(key_hash);
    slot.key.store(key_hash, std::memory_order_relaxed);
    slot.ms.store(now.ms, std::memory_order_relaxed);
    slot.request.store(now.request, std::memory_order_relaxed);
  }
  std::optional<Moment> Find(uint64_t key_hash) const {
    const Slot& slot = slots_[key_hash % kSlots];
    if (slot.key.load(std::memory_order_relaxed) != key_hash) return std::nullopt;
    return Moment{slot.ms.load(std::memory_order_relaxed),
                  slot.request.load(std::memory_order_relaxed)};
  }
  // True the first time for each request that wrote: who reads what one request wrote (a batch that
  // loads data) counts once.
  bool Claim(const Moment& write) {
    std::atomic<uint64_t>& claimed = (*claimed_)[write.request % kClaims];
    return claimed.exchange(write.request, std::memory_order_relaxed) != write.request;
  }

 private:
  static constexpr size_t kSlots = 4096;
  static constexpr size_t kClaims = 256;
  struct Slot {
    std::atomic<uint64_t> key{0};
    std::atomic<uint64_t> ms{0};
    std::atomic<uint64_t> request{0};
  };
  Slot& SlotOf(uint64_t key_hash) { return slots_[key_hash % kSlots]; }

  std::unique_ptr<std::array<Slot, kSlots>> memory_ = std::make_unique<std::array<Slot, kSlots>>();
  std::array<Slot, kSlots>& slots_ = *memory_;
  std::unique_ptr<std::array<std::atomic<uint64_t>, kClaims>> claimed_ =
      std::make_unique<std::array<std::atomic<uint64_t>, kClaims>>();
};

// One page that was answered, and what was done with its items since.
struct Source {
  std::atomic<uint64_t> number{0};
  std::atomic<Shape*> shape{nullptr};
  std::atomic<uint64_t> ms{0};
  std::atomic<uint64_t> last_request{0};  // the page, or what went on from it last
  std::atomic<uint32_t> returned{0};
  std::atomic<uint32_t> fetched{0};   // GetItem by the key of an item
  std::atomic<uint32_t> followed{0};  // GetItem by another value of an item
};

// Which answer brought a value.
class Links {
 public:
  // The number of a new page; never 0.
  uint64_t Begin(Shape* shape, uint32_t returned, Moment now) {
    const uint64_t number = next_.fetch_add(1, std::memory_order_relaxed) + 1;
    last_ms_.store(now.ms + 1, std::memory_order_relaxed);
    Source& source = (*sources_)[number % kSources];
    source.number.store(number, std::memory_order_relaxed);
    source.shape.store(shape, std::memory_order_relaxed);
    source.ms.store(now.ms, std::memory_order_relaxed);
    source.last_request.store(now.request, std::memory_order_relaxed);
    source.returned.store(returned, std::memory_order_relaxed);
    source.fetched.store(0, std::memory_order_relaxed);
    source.followed.store(0, std::memory_order_relaxed);
    return number;
  }
  void Add(uint64_t hash, uint64_t number) {
    // The number first: who finds the hash finds a page that has begun, with its shape.
    Slot& slot = (*slots_)[hash % kSlots];
    slot.number.store(number, std::memory_order_release);
    slot.hash.store(hash, std::memory_order_release);
  }
  // The page that brought it last, while it is remembered and not older than `most_ms`; each value
  // is found once.
  Source* Take(uint64_t hash, Moment now, uint64_t most_ms) {
    // Most often there is nothing: then no memory is touched.
    if (hash == 0 || now.ms > last_ms_.load(std::memory_order_relaxed) + most_ms) return nullptr;
    if (next_.load(std::memory_order_relaxed) == 0) return nullptr;
    Slot& slot = (*slots_)[hash % kSlots];
    if (slot.hash.load(std::memory_order_acquire) != hash) return nullptr;
    const uint64_t number = slot.number.load(std::memory_order_acquire);
    Source& source = (*sources_)[number % kSources];
    if (source.number.load(std::memory_order_relaxed) != number) return nullptr;
    if (now.ms > source.ms.load(std::memory_order_relaxed) + most_ms) return nullptr;
    slot.hash.store(0, std::memory_order_relaxed);
    return &source;
  }

 private:
  static constexpr size_t kSlots = 16384;
  static constexpr size_t kSources = 1024;
  struct Slot {
    std::atomic<uint64_t> hash{0};
    std::atomic<uint64_t> number{0};
  };
  std::atomic<uint64_t> next_{0};
  std::atomic<uint64_t> last_ms_{0};  // when the last page began
  std::unique_ptr<std::array<Slot, kSlots>> slots_ = std::make_unique<std::array<Slot, kSlots>>();
  std::unique_ptr<std::array<Source, kSources>> sources_ =
      std::make_unique<std::array<Source, kSources>>();
};

// Page tokens that were handed out and not yet given back.
class Tokens {
 public:
  void Add(uint64_t hash) { SlotOf(hash).store(hash, std::memory_order_relaxed); }
  // Whether it was handed out; forgets it.
  bool Take(uint64_t hash) {
    return SlotOf(hash).compare_exchange_strong(hash, 0, std::memory_order_relaxed);
  }

 private:
  static constexpr size_t kSlots = 4096;
  std::atomic<uint64_t>& SlotOf(uint64_t hash) { return (*slots_)[hash % kSlots]; }
  std::unique_ptr<std::array<std::atomic<uint64_t>, kSlots>> slots_ =
      std::make_unique<std::array<std::atomic<uint64_t>, kSlots>>();
};

}  // namespace dynarock::advisor

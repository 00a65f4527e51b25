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

#include "server/advisor/watch/seen.h"
#include "server/trace/trace.h"

namespace dynarock::advisor {

struct RequestKind;

constexpr uint64_t kLinkMs = 10'000;  // a request follows from an answer for so long

// When something was noted last: who looks for what was noted moments ago need not touch the memory
// it would lie in.
class LastTime {
 public:
  void Note(Moment now) {
    // All threads look at it, so it is written once in a millisecond.
    const uint64_t after = now.ms + 1;
    if (after_.load(std::memory_order_relaxed) != after) {
      after_.store(after, std::memory_order_relaxed);
    }
  }
  // Whether at most `most_ms` ago.
  bool Within(uint64_t most_ms, Moment now) const {
    const uint64_t after = after_.load(std::memory_order_relaxed);
    return after != 0 && now.ms < after + most_ms;
  }

 private:
  std::atomic<uint64_t> after_{0};  // 0: never
};

// Which items were written last.
class RecentWrites {
 public:
  struct Write : Moment {
    bool created = false;  // there was no such item before
    uint32_t sender = 0;   // as SenderOf
  };
  void Add(uint64_t key_hash, Moment now, const Sender& sender, bool created) {
    last_.Note(now);
    Slot& slot = slots_[key_hash % kSlots];
    slot.what.store(Tag(key_hash) << 32 | SenderOf(sender, 0) | (created ? 1 : 0),
                    std::memory_order_relaxed);
    slot.when.store(now.ms << 32 | static_cast<uint32_t>(now.request), std::memory_order_relaxed);
  }
  // Whether anything was written at most `most_ms` ago.
  bool Recent(Moment now, uint64_t most_ms) const { return last_.Within(most_ms, now); }
  // Of a key that is about to be looked up or added: its memory has rarely been touched of late.
  void Prefetch(uint64_t key_hash) const { __builtin_prefetch(&slots_[key_hash % kSlots]); }
  std::optional<Write> Find(uint64_t key_hash, Moment now) const {
    const Slot& slot = slots_[key_hash % kSlots];
    const uint64_t what = slot.what.load(std::memory_order_relaxed);
    if (what >> 32 != Tag(key_hash)) return std::nullopt;
    const uint64_t when = slot.when.load(std::memory_order_relaxed);
    const auto low = static_cast<uint32_t>(what);
    return Write{
        {Before(now.ms, when >> 32), Before(now.request, when)}, (low & 1) != 0, low & ~1U};
  }
  // Whether the writer's next request is the one that is sent now: the next one of its connection,
  // or of all, by the same user agent.
  static bool IsNext(const Write& write, const Sender& sender, Moment now) {
    const uint32_t differs = write.sender ^ SenderOf(sender, 1);
    constexpr uint32_t kOfConnection = 0xFFFE;
    if ((differs & kOfConnection) == 0 && sender.connection != 0) return true;
    return write.request + 1 == now.request && differs >> 16 == 0;
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
  // Small, since each request touches another one.
  struct Slot {
    std::atomic<uint64_t> what{0};  // Tag, SenderOf, whether created
    std::atomic<uint64_t> when{0};  // the lower halves of ms and request
  };
  // What is kept of a request: the user agent, and a mark of the connection and of which request
  // it is there, or the one `earlier` ones before.
  static uint32_t SenderOf(const Sender& sender, uint64_t earlier) {
    const uint64_t mark =
        trace::MixHashes(sender.connection, (sender.number - earlier) * 0x9E3779B97F4A7C15u);
    return static_cast<uint32_t>(sender.agent << 16 | (mark & 0xFFFE));
  }
  // The half of the hash that does not choose the slot; never 0.
  static uint64_t Tag(uint64_t key_hash) { return key_hash >> 32 | 1; }
  // The number not above `now` that ends with the lower half of `low`.
  static uint64_t Before(uint64_t now, uint64_t low) {
    return now - (static_cast<uint32_t>(now) - static_cast<uint32_t>(low));
  }

  LastTime last_;
  std::unique_ptr<std::array<Slot, kSlots>> memory_ = std::make_unique<std::array<Slot, kSlots>>();
  std::array<Slot, kSlots>& slots_ = *memory_;
  std::unique_ptr<std::array<std::atomic<uint64_t>, kClaims>> claimed_ =
      std::make_unique<std::array<std::atomic<uint64_t>, kClaims>>();
};

// Which items were read last in a way that gets its meaning from a write of the item that follows.
class RecentReads {
 public:
  struct Read {
    RequestKind* kind = nullptr;  // of the request that read it
    RequestKind* list = nullptr;  // of the request whose answer led to it; given as null: itself
    uint64_t agent = 0;           // a hash of the client's user agent
    bool created = false;         // just before, by the same client
    uint64_t request = 0;
  };
  void Add(uint64_t key_hash, const Read& read, Moment now) {
    if (key_hash == 0) return;
    Slot& slot = (*slots_)[key_hash % kSlots];
    slot.key.store(key_hash, std::memory_order_relaxed);
    slot.kind.store(read.kind, std::memory_order_relaxed);
    slot.list.store(read.list == nullptr ? read.kind : read.list, std::memory_order_relaxed);
    slot.agent.store(read.agent, std::memory_order_relaxed);
    slot.ms.store(now.ms, std::memory_order_relaxed);
    slot.request.store(now.request << 1 | (read.created ? 1 : 0), std::memory_order_relaxed);
    last_.Note(now);
  }
  // The read, when it is at most `most_ms` ago; each is found once.
  std::optional<Read> Take(uint64_t key_hash, Moment now, uint64_t most_ms) {
    if (key_hash == 0 || !last_.Within(most_ms, now)) return std::nullopt;
    Slot& slot = (*slots_)[key_hash % kSlots];
    if (slot.key.load(std::memory_order_relaxed) != key_hash) return std::nullopt;
    slot.key.store(0, std::memory_order_relaxed);
    if (now.ms > slot.ms.load(std::memory_order_relaxed) + most_ms) return std::nullopt;
    const uint64_t request = slot.request.load(std::memory_order_relaxed);
    const Read read{slot.kind.load(std::memory_order_relaxed),
                    slot.list.load(std::memory_order_relaxed),
                    slot.agent.load(std::memory_order_relaxed), (request & 1) != 0, request >> 1};
    // Another thread may be about to fill the slot.
    if (read.kind == nullptr || read.list == nullptr) return std::nullopt;
    return read;
  }

 private:
  static constexpr size_t kSlots = 1024;
  struct alignas(64) Slot {
    std::atomic<uint64_t> key{0};
    std::atomic<RequestKind*> kind{nullptr};
    std::atomic<RequestKind*> list{nullptr};
    std::atomic<uint64_t> agent{0};
    std::atomic<uint64_t> ms{0};
    std::atomic<uint64_t> request{0};  // doubled, odd: created
  };
  LastTime last_;
  std::unique_ptr<std::array<Slot, kSlots>> slots_ = std::make_unique<std::array<Slot, kSlots>>();
};

// One page that was answered, and what was done with its items since.
struct Source {
  std::atomic<uint64_t> number{0};
  std::atomic<RequestKind*> kind{nullptr};
  std::atomic<uint64_t> ms{0};
  std::atomic<uint64_t> last_request{0};  // the page, or what went on from it last
  std::atomic<uint64_t> last_ms{0};
  std::atomic<uint32_t> returned{0};
  std::atomic<uint32_t> fetched{0};   // GetItem by the key of an item
  std::atomic<uint32_t> followed{0};  // GetItem by another value of an item
  std::atomic<uint32_t> queried{0};   // Query by a value of an item
};

// Which answer brought a value.
class Links {
 public:
  // The number of a new page; never 0.
  uint64_t Begin(RequestKind* kind, uint32_t returned, Moment now) {
    const uint64_t number = next_.fetch_add(1, std::memory_order_relaxed) + 1;
    last_.Note(now);
    Source& source = (*sources_)[number % kSources];
    source.number.store(number, std::memory_order_relaxed);
    source.kind.store(kind, std::memory_order_relaxed);
    source.ms.store(now.ms, std::memory_order_relaxed);
    source.last_request.store(now.request, std::memory_order_relaxed);
    source.last_ms.store(now.ms, std::memory_order_relaxed);
    source.returned.store(returned, std::memory_order_relaxed);
    source.fetched.store(0, std::memory_order_relaxed);
    source.followed.store(0, std::memory_order_relaxed);
    source.queried.store(0, std::memory_order_relaxed);
    return number;
  }
  void Add(uint64_t hash, uint64_t number) {
    // The number first: who finds the hash finds a page that has begun, with its kind.
    Slot& slot = (*slots_)[hash % kSlots];
    slot.number.store(number, std::memory_order_release);
    slot.hash.store(hash, std::memory_order_release);
  }
  // Whether a page is remembered that is not older than `most_ms`.
  bool Recent(Moment now, uint64_t most_ms) const { return last_.Within(most_ms, now); }
  // The page that brought it last, while it is remembered and not older than `most_ms`; each value
  // is found once.
  Source* Take(uint64_t hash, Moment now, uint64_t most_ms) {
    // Most often there is nothing: then no memory is touched.
    if (hash == 0 || !Recent(now, most_ms)) return nullptr;
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
  LastTime last_;  // a page began
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

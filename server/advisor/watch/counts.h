// What the counters of a kind of request are made of. Many threads add to them while a report is
// made. A copy holds what the original held at one moment.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dynarock::advisor {

// A count of what is seldom.
struct Count {
  Count() = default;
  Count(const Count& other) : value(static_cast<uint64_t>(other)) {}
  Count& operator=(const Count&) = delete;

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
  Offender() = default;
  // Empty while the other one is being given.
  Offender(const Offender& other) {
    if (!other.given_.load(std::memory_order_acquire)) return;
    claimed_.store(true, std::memory_order_relaxed);
    Give(other.example_, other.user_agent_);
  }
  Offender& operator=(const Offender&) = delete;

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
  FewKeys() = default;
  FewKeys(const FewKeys& other) {
    for (size_t i = 0; i < kMost; ++i) {
      keys_[i].store(other.keys_[i].load(std::memory_order_relaxed), std::memory_order_relaxed);
    }
  }
  FewKeys& operator=(const FewKeys&) = delete;

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

}  // namespace dynarock::advisor

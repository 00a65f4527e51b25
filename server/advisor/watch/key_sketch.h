// Which partition keys get how much of a table's traffic, in little memory: the Space-Saving
// algorithm (Metwally, Agrawal, El Abbadi 2005) for the frequent ones, linear counting for how many
// there are.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dynarock::advisor {

class KeySketch {
 public:
  struct Key {
    uint64_t hash = 0;
    uint64_t count = 0;  // too high by at most `error`
    uint64_t error = 0;
    std::string label;
    // Units in the second that is under way, and the most of any second; seconds at 1000 units for
    // writes, at 3000 for reads, which are a partition's limits.
    uint64_t second = 0;
    double read_units = 0;
    double write_units = 0;
    double most_read = 0;
    double most_write = 0;
    uint64_t seconds_over = 0;
  };

  // One request that touched the key. `weight`: how many requests it stands for. Returns whether
  // the key has no label yet.
  bool Add(uint64_t hash, uint64_t weight, uint64_t second, double read_units, double write_units);
  void Label(uint64_t hash, std::string_view label);

  uint64_t total() const { return total_; }
  // An estimate; exact for few.
  uint64_t distinct() const;
  // By count, the most frequent first.
  std::vector<Key> Frequent() const;

 private:
  static constexpr size_t kKeys = 48;
  static constexpr size_t kBits = 4096;
  std::array<uint64_t, kKeys> hashes_{};
  std::array<uint64_t, kKeys> counts_{};  // of keys_, side by side: the least is looked for often
  std::array<Key, kKeys> keys_;
  size_t used_ = 0;
  uint64_t total_ = 0;
  std::bitset<kBits> seen_;
};

}  // namespace dynarock::advisor

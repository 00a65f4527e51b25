#include "server/advisor/watch/key_sketch.h"

#include <algorithm>
#include <cmath>

namespace dynarock::advisor {

namespace {
constexpr double kPartitionReads = 3000;  // units a second (Developer Guide, "Partitions")
constexpr double kPartitionWrites = 1000;
}  // namespace

bool KeySketch::Add(uint64_t hash, uint64_t weight, uint64_t second, double read_units,
                    double write_units) {
  total_ += weight;
  seen_.set((hash >> 20) % kBits);
  const auto end = hashes_.begin() + static_cast<std::ptrdiff_t>(used_);
  auto found = static_cast<size_t>(std::find(hashes_.begin(), end, hash) - hashes_.begin());
  if (found == used_) {
    if (used_ < kKeys) {
      ++used_;
    } else {
      const auto least = std::min_element(counts_.begin(), counts_.end());
      found = static_cast<size_t>(least - counts_.begin());
      keys_[found] = Key{};
      keys_[found].count = keys_[found].error = *least;
    }
    hashes_[found] = keys_[found].hash = hash;
  }
  Key& key = keys_[found];
  key.count += weight;
  counts_[found] = key.count;
  if (key.second != second) {
    if (key.read_units >= kPartitionReads || key.write_units >= kPartitionWrites) {
      ++key.seconds_over;
    }
    key.second = second;
    key.read_units = key.write_units = 0;
  }
  key.read_units += read_units * static_cast<double>(weight);
  key.write_units += write_units * static_cast<double>(weight);
  key.most_read = std::max(key.most_read, key.read_units);
  key.most_write = std::max(key.most_write, key.write_units);
  return key.label.empty();
}

void KeySketch::Label(uint64_t hash, std::string_view label) {
  constexpr size_t kMost = 80;
  for (size_t i = 0; i < used_; ++i) {
    if (hashes_[i] == hash) keys_[i].label = label.substr(0, kMost);
  }
}

uint64_t KeySketch::distinct() const {
  const double empty = static_cast<double>(kBits - seen_.count());
  if (empty < 1) return kBits * 8;
  return static_cast<uint64_t>(std::llround(-static_cast<double>(kBits) * std::log(empty / kBits)));
}

std::vector<KeySketch::Key> KeySketch::Frequent() const {
  std::vector<Key> keys(keys_.begin(), keys_.begin() + static_cast<std::ptrdiff_t>(used_));
  std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) { return a.count > b.count; });
  return keys;
}

}  // namespace dynarock::advisor

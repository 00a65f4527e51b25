// Which items were deleted last, for rules that ask afterwards what was left behind.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "server/protocol/observation.h"
#include "storage/catalog/table.h"

namespace dynarock::advisor {

struct Deletion {
  StorageId storage_id = 0;
  std::string key;  // an encoded item with the table's key attributes
  std::string example;
  std::string user_agent;
  int64_t wall_ms = 0;
  // Items that the same transaction wrote, by storage id and key: what took the deleted one's place
  // (a customer of a lead), or tells of it.
  std::set<std::pair<StorageId, std::string>> written;
};

// The key attributes of an item, encoded; empty when it lacks one.
std::string EncodedKey(const Table& table, ItemView item);

// Thread safe.
class Deletions {
 public:
  // Remembers an item that was there and is gone.
  void Add(const protocol::Observation& observation, const trace::Access& access, int64_t wall_ms);

  // Those that are remembered, each item once; the newest of each table, then the next ones.
  std::vector<Deletion> All() const;

 private:
  static constexpr size_t kMostOfPlace = 64;
  static constexpr size_t kMost = 512;
  static constexpr size_t kLongestKey = 512;  // longer ones are not remembered

  mutable std::mutex mutex_;
  // Of each table, roots of partitions apart from others: many of one kind do not push out the few
  // of another. Oldest first.
  std::map<std::pair<StorageId, bool>, std::deque<Deletion>> places_;
  size_t count_ = 0;
};

}  // namespace dynarock::advisor

// What is seen of the items that are written to one table.
#pragma once

#include <array>
#include <atomic>
#include <bitset>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/advisor/watch/key_sketch.h"
#include "server/advisor/watch/sample.h"
#include "server/advisor/watch/sighting.h"
#include "server/advisor/watch/ttl_facts.h"
#include "server/protocol/observation.h"
#include "storage/catalog/table.h"

namespace dynarock::advisor {

// One attribute, over all items that were looked at.
struct AttributeFacts {
  struct OfType {
    uint64_t count = 0;
    uint64_t about = 0;  // how many writes that stands for
    // The first item: the request, which its attributes share, and the value.
    std::shared_ptr<const std::string> example;
    std::string shown;
    // The kinds of items that have it so, the first few: attribute names, how the key begins, and
    // what an attribute such as "type" says.
    std::array<uint64_t, 6> kinds{};
  };
  static constexpr size_t kTypes = 12;
  std::string name;
  std::array<OfType, kTypes> types;  // by Type; BOOL as kTrue
  uint64_t bytes = 0;                // of name and value, in all of them
  std::bitset<256> values;           // by hash; see Values
  // Different values, about (linear counting); several hundred are as good as any more.
  double Values() const;
  Sighting other_type;      // the first item of another type than before
  Sighting null;            // an item where it is NULL
  Sighting undefined_text;  // "undefined", "[object Object]", "NaN"
  Met soon;                 // a time within months of now
  std::string soon_example;
  // Lists, sets and maps that a write made longer or shorter, by the odds of the writes that were
  // looked at (growth.count of them made one longer); growth.detail: "L", "M", ...
  uint64_t grown = 0;
  uint64_t shrunk = 0;
  uint64_t moved = 0;  // or left at the length that is the most so far, with other elements
  uint64_t most_elements = 0;
  uint64_t most_bytes = 0;
  Sighting growth;
};

// One index, over all items that were looked at.
struct IndexFacts {
  std::string name;
  bool local = false;
  bool came_later = false;  // items were written before it was there
  uint64_t with = 0;
  uint64_t without = 0;
  uint64_t taken_out = 0;  // by an update that removed the key
  std::string missing;     // the attribute that is missing most recently
  // Items that differ only in the index key are of one kind.
  struct Kind {
    uint64_t with = 0;
    uint64_t without = 0;
    uint64_t created_with = 0;  // of `with`: items that were not there before
    uint64_t created_without = 0;
    uint64_t mended = 0;      // items without it that were written with it later
    uint64_t first_with = 0;  // in the sequence of items looked at
    uint64_t last_without = 0;
  };
  std::unordered_map<uint64_t, Kind> kinds;
  // Items from before the index, by all their attributes; each is moved to `kinds` when an item of
  // its kind is met.
  std::unordered_map<uint64_t, uint64_t> before;
  uint64_t before_until = 0;  // in the sequence of items looked at
  Sighting left_out;
  // HASH values: how many distinct, up to kMostValues; some of them.
  static constexpr size_t kMostValues = 64;
  std::unordered_map<uint64_t, uint64_t> values;
  std::vector<std::string> value_examples;
  bool many_values = false;
};

class TableWatch {
 public:
  TableWatch(std::string name, int64_t wall_ms) : name_(std::move(name)), first_ms_(wall_ms) {}

  // How many accesses the one with this number, among those of its kind, stands for: whose keys are
  // counted. 0: a read is not to be looked at at all.
  static uint64_t WeightOfAccess(uint64_t number) {
    return WeightOf(number, kAllKeysOfFirst, kSampledKeysLog2);
  }
  // Looks at one access of this weight; items are sampled.
  void Look(const protocol::Observation& observation, const trace::Access& access, uint64_t weight,
            uint64_t second, int64_t wall_ms);

  // The table as it was last seen; it may have been dropped since.
  std::shared_ptr<const Table> table() const;
  const std::string& name() const { return name_; }
  int64_t first_ms() const { return first_ms_; }

  // What was gathered, at one moment.
  struct Facts {
    std::map<std::string, AttributeFacts> attributes;
    std::map<std::string, IndexFacts, std::less<>> indexes;
    TtlFacts ttl;
    uint64_t looked_at = 0;
    uint64_t looked_at_about = 0;                  // how many writes that stands for, by the odds
    uint64_t writes = 0;                           // that left an item, looked at or not
    std::unordered_map<uint64_t, uint64_t> kinds;  // new items by their set of attribute names
    std::map<std::string, Met> key_prefixes;       // of sort or partition keys: "SESSION"
    Sighting large;                                // items of 100 KB and more
    Sighting near_limit;                           // of 300 KB and more
    uint64_t largest = 0;
    Sighting rewrite;  // a large item rewritten for a small change
    uint64_t rewrite_units = 0;
    uint64_t rewrite_bytes = 0;  // item sizes
    uint64_t changed_bytes = 0;
    Sighting undefined_key;  // in an item: "USER#undefined"
    // A key that is just the word, "undefined" and "NaN": writes that changed something.
    std::array<Sighting, 2> undefined_words;
    Sighting undefined_lookup;  // in a request for an item
    KeySketch keys;
  };
  Facts Snapshot() const;
  // Whether an item has at most half the attributes of an average one that Put wrote (four or more)
  // under a key that begins alike.
  bool IsSmallPart(const Table& table, ItemView item) const;

 private:
  // Of all writes, and of all requests for a key.
  static constexpr uint64_t kAllOfFirst = 256;
  static constexpr unsigned kSampledLog2 = 5;
  // Of all writes: whether the item's kind is new, and which lists became longer.
  static constexpr uint64_t kGlancesOfFirst = 4096;
  static constexpr unsigned kGlancesLog2 = 3;
  static constexpr uint64_t kAllKeysOfFirst = 1024;
  static constexpr unsigned kSampledKeysLog2 = 5;
  static constexpr size_t kMostAttributes = 256;

  // The kind of an item, and how many items it stands for.
  struct Glance {
    uint64_t kind = 0;
    uint64_t weight = 1;
    std::shared_ptr<const std::string>* example;  // made when the first attribute wants it
  };
  void LookAtItem(const protocol::Observation& observation, const trace::Access& access,
                  uint64_t weight, int64_t wall_ms);
  void LookAtAttribute(const protocol::Observation& observation, const trace::Access& access,
                       std::string_view name, ValueView value, Glance glance, int64_t wall_ms);
  void LookAtUndefinedKey(const protocol::Observation& observation, const trace::Access& access,
                          std::string_view name, std::string_view text, int64_t wall_ms);
  void LookAtIndexes(const protocol::Observation& observation, const trace::Access& access,
                     ItemView item, uint64_t kind, int64_t wall_ms);
  void LookAtTtl(const protocol::Observation& observation, const trace::Access& access,
                 ItemView item, Glance glance, int64_t wall_ms);
  // Of a large item, or one that was there before and is large enough to ask what it changed.
  void LookAtSize(const protocol::Observation& observation, const trace::Access& access,
                  bool rewrite, int64_t wall_ms);
  void LookAtGrowth(const protocol::Observation& observation, const trace::Access& access,
                    uint64_t weight, int64_t wall_ms);
  void LookAtKey(const protocol::Observation& observation, const trace::Access& access,
                 uint64_t weight, uint64_t second, int64_t wall_ms);
  AttributeFacts* FactsOf(std::string_view name);

  // Tells the entities of a table apart by how their keys begin; 0 once there are too many
  // beginnings to be names of entities.
  uint64_t EntityOf(const Table& table, ItemView item) const;

  const std::string name_;
  const int64_t first_ms_;
  // Of a lane of threads, so that these do not wait for each other's cache lines.
  struct alignas(64) LaneCounts {
    std::atomic<const Table*> newest{nullptr};  // what the lane's threads last saw of the table
    std::atomic<uint64_t> writes{0};
  };
  static constexpr size_t kLanes = 8;
  std::array<LaneCounts, kLanes> lanes_;
  uint64_t Sum(std::atomic<uint64_t> LaneCounts::* count) const;
  NewKinds new_kinds_;
  static constexpr size_t kMostEntities = 16;
  // Whole items that Put wrote, and the attributes that these had.
  struct Puts {
    uint64_t count = 0;
    uint64_t attributes = 0;
  };
  Puts puts_;
  std::unordered_map<uint64_t, Puts> puts_by_entity_;
  std::atomic<bool> grows_{false};  // some attribute grew
  std::shared_ptr<const Table> table_;
  // Where LaneCounts::newest point to: no other table gets such an address.
  std::array<std::shared_ptr<const Table>, kLanes> newest_;
  mutable std::mutex mutex_;
  mutable std::mutex keys_mutex_;
  Facts facts_;
  std::unordered_map<uint64_t, AttributeFacts> attributes_;  // by hash of the name
};

}  // namespace dynarock::advisor

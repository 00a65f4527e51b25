// What dynarock should do, in the simplest words: a map of items, indexes computed by looking at all
// of them. Sources of behaviour: the Developer Guide's pages on expressions, transactions, streams
// and TTL; what the service was observed to do where they are silent.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/model/operation.h"

namespace dynarock::model {

// What a write is answered with.
struct Answer {
  std::string error = {};                 // "ValidationException"; empty: success
  std::vector<std::string> reasons = {};  // of TransactionCanceledException: codes
  std::optional<Item> attributes = {};    // ReturnValues

  bool operator==(const Answer&) const = default;
};

// A stream record without its numbers.
struct Change {
  std::string event;  // "INSERT", "MODIFY", "REMOVE"
  Item key;
  std::optional<Item> before = {};
  std::optional<Item> after = {};
  bool expired = false;

  bool operator==(const Change&) const = default;
};

// Whether `item` meets the condition; nullptr: there is no item.
bool Holds(const Condition& condition, const Item* item);

class Reference {
 public:
  explicit Reference(const Setup& setup) : setup_(setup) {}

  // kWrite, kBatchWrite, kTransactWrite.
  Answer Apply(const Step& step);
  // Deletes what has expired at that second since 1970.
  void Expire(int64_t now);
  void SetAddedIndex(bool there) { has_added_ = there; }
  bool has_added_index() const { return has_added_; }

  const Item* Find(const Item& key) const;
  // What `index` holds ("": the table), as projected.
  std::vector<Item> Entries(const std::string& index) const;
  // Of those, what a read's partition and sort conditions let through; filters are left out.
  std::vector<Item> InRange(const Read& read) const;
  // All changes, with the images that the stream's view has.
  const std::vector<Change>& changes() const { return changes_; }

  static Item KeyOf(const Item& item);
  // The name of the attribute that orders a partition of the index; empty: none does.
  static std::string SortAttribute(const std::string& index);

 private:
  struct Outcome {
    Answer answer;
    std::optional<Item> before;
    std::optional<Item> after;
    bool writes = false;       // `after` takes the place of `before`
    bool empties_key = false;  // an index key became an empty string, which is an error
  };
  Outcome Decide(const Write& write) const;
  void Commit(const Outcome& outcome);
  void Note(const std::optional<Item>& before, const std::optional<Item>& after, bool expired);
  Answer Transact(const std::vector<Write>& writes);

  const Setup setup_;
  std::map<std::string, Item> items_;  // by the JSON of the key
  std::vector<Change> changes_;
  bool has_added_ = false;
};

}  // namespace dynarock::model

// What deleted items left behind: the rest of their partition, items below them in the sort key or
// in the partition that it names, items of other tables and index entries under their id.
//
// Only ties that can be believed are followed. An attribute refers to a table by its name (userId,
// Users), or the value is unmistakable. What goes by itself (TTL), what says that it is deleted
// (deletedAt) and what keeps history (an audit log, an archive) is not left behind; nothing is when
// the item is there again or was moved to another table of its kind.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/advisor/watch/deletions.h"
#include "server/advisor/watch/stored.h"
#include "server/advisor/words/entity_names.h"

namespace dynarock::advisor {

struct Leftover {
  enum class Tie : uint8_t {
    kPartition,  // in the deleted item's own partition
    kBelow,      // its sort key begins with the deleted one's
    kOwn,        // in the partition that the deleted item's sort key names
    kNamed,      // the attribute is named after the deleted item's table or kind
    kValue,      // only the value says so
  };
  Tie tie = Tie::kValue;
  std::string table = {};
  std::string index = {};  // empty: found in the table itself
  // Often left on purpose: records that are kept (orders), works of people, results of jobs.
  bool on_purpose = false;
  std::string example = {};  // "projectId = p1, id = t7"
};

// One deleted item, and what it left.
struct Trail {
  std::string table;
  std::string kind;            // "PROFILE", "ORDER#"; "" in a table without sort key
  bool cleaned_later = false;  // the table has a stream: somebody may clean up
  std::vector<Leftover> left;  // of each table the first place
};

// By the deleted item: storage id and key.
using Trails = std::map<std::pair<StorageId, std::string>, Trail>;

// Asks the store a limited number of times.
class OrphanSearch {
 public:
  OrphanSearch(const Stored& stored, int64_t now_ms);

  // Nothing: the item is there again, its table is gone, its id is another item's, or there is no
  // time left.
  std::optional<Trail> Follow(const Deletion& deletion);

  // The same, and what was found earlier in tables that are gone by now.
  std::optional<Trail> Follow(const Deletion& deletion, const Trails& earlier);

  // All that can be found now or was found earlier.
  Trails FollowAll(const std::vector<Deletion>& deletions, const Trails& earlier);

 private:
  static constexpr size_t kMostLookups = 2000;
  static constexpr size_t kMostItems = 40;  // of a lookup

  // Whose items are looked for.
  struct Parent {
    const Table* table = nullptr;
    std::string name_space;
    ValueView value;
    std::string entity;     // "user"; "" unknown
    bool by_value = false;  // the value alone may be believed
    bool passing = false;   // of a kind that is there for a while only
  };
  std::string NameOf(const Table& table) const;
  bool Spend();
  bool IsNoneLeft(const Stored::Place& place, ItemView item) const;
  bool Has(StorageId id) const;
  bool Has(std::string_view table) const;
  void LookAtPartition(const std::shared_ptr<const Table>& table, ItemView key, Trail& trail);
  void LookBelow(const std::shared_ptr<const Table>& table, ItemView key, Trail& trail);
  void LookAtOwn(const std::shared_ptr<const Table>& table, ItemView key, Trail& trail);
  void LookElsewhere(const Parent& parent, Trail& trail);
  std::optional<Leftover> LookAt(const Parent& parent, const Stored::Place& place);
  bool LivesElsewhere(const Parent& parent);

  const Stored& stored_;
  const int64_t now_ms_;
  const std::vector<std::shared_ptr<const Table>> tables_;
  bool suffixed_ = false;  // all tables have a suffix that others have as well
  const Deletion* following_ = nullptr;
  size_t lookups_ = 0;
};

}  // namespace dynarock::advisor

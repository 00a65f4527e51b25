// The one read cursor: over a table, a local index or a global index, in key order, either way.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage/catalog/table.h"
#include "storage/engine/engine.h"
#include "storage/item/encoded.h"

namespace dynarock {

enum class RangeOperator : uint8_t {
  kNone,
  kEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kBetween,     // values 0 and 1, both included; nothing when 0 > 1
  kBeginsWith,  // S and B
};

// What to read. The views must stay valid until the Cursor is made.
struct ReadPlan {
  std::shared_ptr<const Table> table;
  const Index* index = nullptr;  // of `table`; null: the table itself

  // A Query: a value for every HASH attribute, values for the RANGE attributes from the left that
  // must be equal, and a condition on the next RANGE attribute. All of the attributes' types.
  std::vector<ValueView> hash;
  std::vector<ValueView> range_equal;
  RangeOperator op = RangeOperator::kNone;
  std::array<ValueView, 2> operands{};

  // A Scan (`hash` empty): the segment.
  uint32_t segment = 0;
  uint32_t total_segments = 1;

  bool forward = true;
  std::string
      start;  // PositionOf an ExclusiveStartKey: read what follows it; empty: from the beginning
  View view;  // latest: the state when the Cursor is made
  // Base() will be called: entries and rows are then read from one state.
  bool fetches_base = false;
};

// Not thread safe; must go before the Store does.
class Cursor {
 public:
  Cursor(const Engine& engine, const ReadPlan& plan);

  // The next item or index entry; nullopt at the end. Valid until the next call.
  std::optional<ItemView> Next();

  // The whole item behind the entry that Next returned last; nullopt when it is gone. Valid until
  // the next call.
  std::optional<ItemView> Base();

 private:
  const Engine& engine_;
  std::shared_ptr<const Table> table_;
  View view_;
  std::unique_ptr<Iterator> iterator_;  // null: nothing to read
  std::string start_;
  bool forward_;
  bool started_ = false;
  ItemView current_;
  Pinned base_;
};

}  // namespace dynarock

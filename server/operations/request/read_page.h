// Query and Scan from the point where they are the same: one page of items read, filtered,
// projected and answered.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "expression/condition.h"
#include "server/operations/request/capacity.h"
#include "server/operations/request/expression_parameters.h"
#include "server/operations/request/notes.h"
#include "server/operations/request/projection_parameters.h"
#include "server/operations/request/table_lookup.h"

namespace dynarock::operations {

enum class Select { kAllAttributes, kAllProjectedAttributes, kSpecificAttributes, kCount };

// The read parameters that Query and Scan share. Borrows from the request.
struct ReadParameters {
  // `scan`: whether the length of a filter that is too long is told.
  ReadParameters(Layer of_request, bool scan)
      : layer(of_request), placeholders(of_request, scan || of_request == Layer::kOlder) {}

  Layer layer;
  Select select = Select::kAllAttributes;
  bool select_given = false;
  expression::Condition filter;
  bool filtered = false;
  ProjectionParameters projection;
  std::optional<std::string> start_key;  // ExclusiveStartKey, encoded
  ValueArena arena;
  PlaceholderReader reader;
  expression::Placeholders placeholders;

  // ExclusiveStartKey's values. Errors as observed on the service: the value's own; in the older
  // layer after "The provided starting key is invalid: ", but for a few.
  Result<void> ReadStartKey(const JsonValue& input);
  // Select, and how it goes with a projection and an index.
  Result<void> ReadSelect(const JsonValue& input);
  Result<void> ReadFilterExpression(const JsonValue& input);
};

// The table and index a request names. Errors: ResourceNotFound; unknown index; ConsistentRead on a
// global index.
struct ReadTarget {
  std::shared_ptr<const Table> table;
  const Index* index = nullptr;
  bool consistent = false;

  const Key& key() const { return index != nullptr ? index->key : table->key(); }
  // The names that a start key has, sorted.
  const std::vector<std::string>& position() const {
    return index != nullptr ? index->position : table->position();
  }
};
Result<ReadTarget> FindReadTarget(const Call& call);

// ALL_ATTRIBUTES on a global index that does not project all.
Result<void> CheckSelectOnIndex(const ReadTarget& target, const ReadParameters& parameters);

// A projection of what a global index does not hold.
Result<void> CheckProjectedBy(const ReadTarget& target, const ReadParameters& parameters);

// Whether an ExclusiveStartKey has as many attributes as a position in the table or index.
bool HasPositionSize(const ReadTarget& target, ItemView start_key);

// Where a read goes on after this ExclusiveStartKey. Errors: "The provided starting key is invalid",
// in the older layer followed by what a Key map would be told.
Result<std::string> StartPosition(const ReadTarget& target, ItemView start_key, Layer layer);

// How many items a page may have: `limit`, the request's Limit, and what its context says.
uint64_t MostItems(const Call& call, std::optional<int64_t> limit);

// Reads one page with `plan` (table, index, keys, segment and direction set), of the size and the
// state of the data that the request's context says, and writes the answer.
Result<void> AnswerPage(Call& call, trace::AccessKind kind, const ReadTarget& target,
                        const ReadParameters& parameters, ReadPlan plan);

}  // namespace dynarock::operations

// What one request is to suffer, and by whose time and names it goes.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "storage/engine/view.h"
#include "storage/item/error.h"
#include "storage/item/layer.h"

namespace dynarock::protocol {

// A page ends after the item with which the sizes read reach this many bytes.
inline constexpr uint64_t kPageBytes = uint64_t{1} << 20;
// BatchGetItem reads at most this many bytes of items, before projection.
inline constexpr uint64_t kBatchReadBytes = uint64_t{16} << 20;

// Decided once, before the operation runs, and the same until the end. As it is made here, nothing
// happens to the request that would not happen on the service.
struct RequestContext {
  // The time that the request goes by: the server's clock when it began, in milliseconds since
  // 1970. What a request writes is dated when it is written.
  int64_t now_ms = 0;
  // The validation layer that answers it (layers.h).
  Layer layer = Layer::kOlder;
  // Whose tables it sees, apart for each region; must live as long as the request. None: the tables
  // that are everybody's.
  std::optional<std::string_view> owner = {};

  // Pages of Query, Scan, SELECT and GetRecords end with the item that reaches either. ListTables
  // counts tables. What BatchGetItem reads ends before the item that would pass `batch_read_bytes`,
  // and the rest is unprocessed. Every page has one item at least.
  uint64_t page_bytes = kPageBytes;
  uint64_t page_items = std::numeric_limits<uint64_t>::max();
  uint64_t batch_read_bytes = kBatchReadBytes;

  // What reads see that are eventually consistent; the other ones see the latest state.
  View view = {};

  // The operation is not run, and this is its error. A request that its shape refuses is told so
  // instead, as it is before any of this.
  std::optional<Error> error = {};
  // The first item that is written, or read by a transaction, counts as held by another
  // transaction; in BatchExecuteStatement, the item of each statement that writes.
  bool transaction_conflict = false;
  // From 0 to 1: the part of BatchGetItem's keys and BatchWriteItem's writes, rounded up and from
  // the end, that is left unprocessed. One is processed always, as on the service, where a batch of
  // which nothing is processed is an error.
  double unprocessed_share = 0;
  // The answer is held back for so long.
  std::chrono::milliseconds delay{0};
  // A transaction that is committed goes on holding its items for so long, and its answer is held
  // back as well.
  int64_t transaction_hold_ms = 0;

  // What a read sees.
  const View& ViewOf(bool consistent) const { return consistent ? kLatest : view; }
};

}  // namespace dynarock::protocol

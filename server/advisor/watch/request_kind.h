// A kind of request: what was sent, without the values, and what it came to.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/advisor/watch/conditions.h"
#include "server/advisor/watch/copies.h"
#include "server/advisor/watch/follow_ups.h"
#include "server/advisor/watch/get_loop.h"
#include "server/advisor/watch/index_writes.h"
#include "server/advisor/watch/pages.h"
#include "server/advisor/watch/part_items.h"
#include "server/advisor/watch/read_after_write.h"
#include "server/advisor/watch/traffic.h"
#include "server/trace/trace.h"

namespace dynarock::advisor {

// One distinct kind of request, or of entry in a batch or transaction. The texts never change; each
// detector adds to counters of its own.
struct RequestKind {
  uint64_t hash = 0;
  std::string operation;
  trace::AccessKind access_kind = trace::AccessKind::kGet;
  std::string table;
  std::string index;
  // The request's expressions, name and text, as trace::ExpressionsOf; a statement is one named
  // "Statement". #names are left as sent, `names` tells what they stand for.
  std::vector<std::pair<std::string, std::string>> expressions;
  std::vector<std::pair<std::string, std::string>> names;
  bool counts_only = false;  // Select COUNT
  bool conditional = false;  // a write with a condition
  // Items read by key, which a request with one of them reads by itself: GetItem, a SELECT by key,
  // BatchGetItem.
  bool single_get = false;
  bool varying = false;  // stands for many texts of one structure
  std::string example;
  std::string user_agent;
  int64_t first_ms = 0;  // of the wall clock

  // The text of one expression, "" when it has none.
  std::string_view Expression(std::string_view name) const;
  // All of them in one line, as the report shows them.
  std::string Text() const;
  // Of the wall clock.
  int64_t last_ms() const;

  Traffic traffic;
  IndexWrites index_writes;  // of writes
  PageCounts pages;          // of Query and Scan
  FollowUpCounts follow_ups;
  GetLoop loop;  // prepared where single_get
  ReadAfterWriteCounts reads_after_writes;
  ConditionCounts conditions;
  PartItemCounts part_items;
  CopyCounts copies;
};

}  // namespace dynarock::advisor

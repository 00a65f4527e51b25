// What the advisor is told: thresholds, and what it shall not speak of.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "server/document/node.h"
#include "server/findings/report.h"

namespace dynarock::advisor {

using findings::Finding;
using findings::Severity;

// Findings of this rule are left out, on these tables and indexes; empty: on all.
struct Suppression {
  std::string rule;
  std::string table;
  std::string index;
};

// docs/advisor.md says what each is for.
struct Thresholds {
  uint64_t filter_discarded_percent = 75;
  uint64_t filter_items = 50;
  uint64_t scans = 3;
  uint64_t unfollowed_pages = 2;
  uint64_t page_near_limit_kb = 256;
  uint64_t fetched_one_by_one = 2;
  uint64_t loop_gets = 20;
  uint64_t unused_index_writes = 20;
  uint64_t unasked_reads = 10;
  uint64_t hazard_reads = 10;
  uint64_t hazard_ms = 200;
  uint64_t large_item_kb = 100;
  uint64_t growing_list_updates = 10;
  uint64_t rewrites = 10;
  uint64_t left_out_items = 5;
  uint64_t temporary_items = 10;
  uint64_t hot_key_percent = 50;
  uint64_t hot_key_requests = 200;
  uint64_t low_cardinality_items = 50;
  uint64_t partial_upserts = 3;
  uint64_t partial_puts = 3;
  uint64_t lost_updates = 3;
  uint64_t written_back = 10;
  uint64_t failed_conditions = 20;
  uint64_t failed_conditions_percent = 50;
  uint64_t single_transactions = 5;
  uint64_t consistent_reads = 20;
  uint64_t retries = 5;
  uint64_t glued_expressions = 15;
  uint64_t orphaned_parents = 3;
  uint64_t refused_index_keys = 3;
};

// What the requests come from. Findings in the tests of a library are less severe.
enum class Run { kAuto, kApplication, kLibrary };

struct Settings {
  Thresholds thresholds;
  Run run = Run::kAuto;  // kAuto: the advisor judges by what it sees
  std::vector<Suppression> suppressions;
  bool Suppresses(const Finding& finding) const;
};

// What an advisor file (--advisor-config) says. Error: one line with the place of what is unknown
// or wrong.
std::expected<Settings, std::string> ReadSettings(const document::Node& root);

}  // namespace dynarock::advisor

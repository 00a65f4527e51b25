// What the advisor tells: findings with their evidence, costs, and the tables they are about. Plain
// data; the renderers (text, JSON, HTML, JUnit, SARIF, GitHub annotations) read nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/document/message.h"

namespace dynarock::findings {

using document::Severity;

// Something to copy: a block of Terraform, CloudFormation or code.
struct Block {
  std::string title;  // "Terraform"
  std::string text;
};

// What one request of a kind costs now, and would cost with what a finding proposes.
struct Saving {
  double read_units_before = 0;
  double read_units_after = 0;
};

struct Finding {
  std::string id;  // of the rule, in words: "filter-discards-most"; stable, users suppress by it
  Severity severity = Severity::kWarning;
  std::string table;                                          // empty: not about one table
  std::string index;                                          // empty: the table itself
  std::string title;                                          // one sentence: what was seen
  std::vector<std::pair<std::string, std::string>> evidence;  // name and figure, in order
  std::string example;     // a request that shows it, as compact JSON with its expressions
  std::string user_agent;  // of the client that sent the example
  uint64_t count = 0;      // how often it was seen
  int64_t first_seen_ms = 0;
  int64_t last_seen_ms = 0;
  std::string consequence;  // what it does in production
  std::string advice;       // what to do instead
  std::vector<Block> blocks;
  std::optional<Saving> saving;  // of what the blocks propose
  // Findings in files: where. Line and column count from 1; 0: not in a file.
  std::string file;
  int line = 0;
  int column = 0;
  // The same cause at other tables, each as a finding of its own, the heaviest first. The title and
  // the evidence are about `table`; `count` and the times are about all of them.
  std::vector<Finding> also_at;
};

// What one distinct kind of request cost.
struct CostRow {
  std::string operation;
  std::string table;
  std::string index;       // empty: the table
  std::string expression;  // what makes the request distinct: its expressions; empty: none
  uint64_t requests = 0;
  // Of these: transactions and batches with entries of several kinds that another row counts as
  // well, and that a row of the same table and index does. Sums leave them out.
  uint64_t requests_elsewhere = 0;
  uint64_t requests_elsewhere_here = 0;
  double read_units = 0;
  double write_units = 0;
  uint64_t items_read = 0;
  uint64_t items_returned = 0;
  double most_units = 0;  // of the costliest single request
  // No requests of their own: what the requests of the same operation, table and expression cost in
  // this index, because they write to the table.
  bool index_writes = false;
};

struct StorageRow {
  std::string table;
  std::string index;  // empty: the table
  uint64_t items = 0;
  uint64_t bytes = 0;
};

// What units and storage cost in one region.
struct Prices {
  std::string region;                 // "us-east-1"
  std::string currency;               // "USD"
  std::string as_of;                  // the date from which they hold, "2024-11-01"
  std::string source;                 // where the figures come from, in words
  double million_read_requests = 0;   // on demand: 1,000,000 read units
  double million_write_requests = 0;  // on demand: 1,000,000 write units
  double read_capacity_hour = 0;      // provisioned: one read unit a second for an hour
  double write_capacity_hour = 0;     // provisioned: one write unit a second for an hour
  double storage_gb_month = 0;
};

// Of `dynarock check`: how much of the files the findings are about.
struct Coverage {
  size_t tables = 0;                   // that were checked
  std::vector<std::string> unchecked;  // what makes tables, or may, and could not be looked at
};

struct Report {
  std::string version;  // of dynarock
  int64_t from_ms = 0;  // what the report covers
  int64_t to_ms = 0;
  int64_t paused_ms = 0;  // of this time the advisor was paused
  uint64_t requests = 0;  // without those of a pause
  // What the run looked like, where severities were lowered for it; whole sentences. Empty: as an
  // application.
  std::string run_note;
  std::vector<Finding> findings;  // errors first, then warnings, then notes
  std::vector<CostRow> costs;
  std::vector<StorageRow> storage;
  std::optional<Prices> prices;         // without them costs are shown in units only
  double requests_per_day = 1'000'000;  // the traffic that costs a month are given for
  std::optional<Coverage> coverage;     // none: the report is about requests
};

}  // namespace dynarock::findings

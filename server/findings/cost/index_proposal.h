// The index that would serve a filter: its key, what it saves and what it costs, and the blocks to
// paste. Pure arithmetic.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/findings/report.h"

namespace dynarock::findings {

struct KeyAttribute {
  std::string name;
  char type = 'S';  // S, N or B
  // Different values among the items, about; 0: not known.
  double values = 0;
};

// One kind of Query or Scan whose filter discards much, as it was observed.
struct FilteredRead {
  std::string table;
  std::string index;  // that it reads; empty: the table
  bool query = true;  // false: a Scan
  // The key of what it reads.
  KeyAttribute partition;
  std::optional<KeyAttribute> sort;
  // The key condition of the Query limits the sort key, too.
  bool sort_condition = false;
  // Top-level attributes that the filter compares with "=", and that are of a key's type (S, N, B)
  // in the items.
  std::vector<KeyAttribute> equal;
  // The filter has other conditions besides those.
  bool other_conditions = false;
  // Attributes that the table's AttributeDefinitions have already.
  std::vector<std::string> defined;

  uint64_t requests = 0;
  uint64_t items_read = 0;
  uint64_t items_returned = 0;
  double read_units = 0;
  // Bytes of an average item; 0: not known.
  double item_bytes = 0;
  // Items that were written to the table in the same time.
  uint64_t item_writes = 0;
  // The table has provisioned capacity, so the index declares some as well.
  bool provisioned = false;
};

struct IndexProposal {
  std::string name;
  std::vector<KeyAttribute> partition;  // one
  std::vector<KeyAttribute> sort;       // none, one or two
  // Read units of an average request, before and after.
  double units_before = 0;
  double units_after = 0;
  // A part of the filter stays, so that it still reads more than it returns.
  bool filter_stays = false;
  // Write units that each write of an item costs in addition, at most.
  double units_per_write = 1;
  // For Finding::blocks: Terraform, CloudFormation.
  std::vector<Block> blocks;
};

// The index for it, with the attribute of most values: a Query keeps its partition key and gets the
// filtered attribute in front of its sort key; a Scan becomes a Query of that attribute. nullopt
// when the filter compares no attribute with "=" that is not in the key already, or there were no
// requests.
std::optional<IndexProposal> ProposeIndex(const FilteredRead& read);

// Adds a proposal to the finding about the read: the units before and after (Finding::saving), a
// sentence of advice, the blocks.
void AddProposal(const FilteredRead& read, const IndexProposal& proposal, Finding& finding);

// Tells a finding's saving as evidence: units, and money a month at `requests_per_day`. Nothing
// when it has none.
void AddSavingEvidence(const Prices& prices, double requests_per_day, Finding& finding);

}  // namespace dynarock::findings

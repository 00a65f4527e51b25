// What of a table's design will hurt, as far as the schema alone tells. Only what is nearly always
// wrong is a warning; what depends on how the table is used is a note.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/findings/report.h"
#include "server/schema/review/table_check.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

using Findings = std::vector<findings::Finding>;

// Findings about one table. Says nothing about parts that CreateTable would refuse or that are not
// known.
void ReviewDesign(const TableSource& table, const CheckedTable& checked, Findings& findings);

// Findings about keys and indexes: the part of ReviewDesign in key_design.cpp.
void ReviewKeys(const CheckedTable& checked, const std::string& name, Findings& findings);

// Findings about tables side by side: two of one name in one file.
void ReviewNames(const std::vector<TableSource>& tables, Findings& findings);

// One finding at a place.
struct Remark {
  std::string id;
  findings::Severity severity = findings::Severity::kNote;
  std::string table;
  std::string index;
  std::string title;
  std::string consequence;
  std::string advice;
};
void Add(Remark remark, const Place& place, Findings& findings);

}  // namespace dynarock::schema

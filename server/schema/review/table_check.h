// What CreateTable would refuse in a table, at its place in the file and in the service's words.
// The server's own checks do the work; here the file's language is translated for them.
#pragma once

#include <string>
#include <vector>

#include "server/document/node.h"
#include "server/findings/report.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

// A table with its types converted, and all that is wrong with it.
struct CheckedTable {
  // As TableSource::request, converted; unresolved values are still there.
  Node request;
  Node time_to_live;
  Node point_in_time_recovery;
  std::vector<Message> messages;  // in the order in which the service would complain, one by one
  // Lists so long that only this was said of the table.
  bool too_large = false;
  // Nothing in messages is an error.
  bool Sound() const;
};

CheckedTable CheckTable(const TableSource& table);

// The name a table goes by: its TableName, or the address where that is not known or left out.
std::string NameOf(const TableSource& table);

// A message as a finding about `table` (may be empty).
findings::Finding ToFinding(const Message& message, std::string table);

}  // namespace dynarock::schema

// Makes the tables of files when the server starts.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "server/schema/local_caller.h"
#include "server/schema/wanted_table.h"

namespace dynarock::schema {

// All tables that a reading wants. Error: what stands in the way, one line each with its place
// ("template.yaml:12:3: ...").
std::expected<std::vector<WantedTable>, std::string> WantAll(const Reading& reading);

struct Applied {
  std::vector<std::string> created;  // names
  std::vector<std::string> kept;     // existing tables that are as wanted
};

// Creates what is not there, with its time to live and recovery settings; a table that is there and
// equal is kept. Error: the tables that are there and differ, with each difference; nothing is
// created then.
std::expected<Applied, std::string> Apply(const std::vector<WantedTable>& tables,
                                          const LocalCaller& caller);

// "file:line:column: text (hint)".
std::string LineOf(const Message& message);

}  // namespace dynarock::schema

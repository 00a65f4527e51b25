// Makes the tables of files when the server starts.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "server/schema/start/wanted_table.h"
#include "storage/table/store.h"

namespace dynarock::schema {

// All tables that a reading wants. Error: what stands in the way, one line each with its place
// ("template.yaml:12:3: ..."). `region` as Want takes it.
std::expected<std::vector<WantedTable>, std::string> WantAll(const Reading& reading,
                                                             std::string_view region = {});

struct Applied {
  std::vector<std::string> created;  // names
  std::vector<std::string> kept;     // existing tables that are as wanted
};

// Creates what is not there, each table whole or not at all; a table that is there and equal is
// kept. Error: the tables that are there and differ, with each difference; nothing is created then.
std::expected<Applied, std::string> Apply(const std::vector<WantedTable>& tables, Store& store);

// "file:line:column: text (hint)".
std::string LineOf(const Message& message);

}  // namespace dynarock::schema

// What the server does with files when it starts: tables from --schema, items from --seed.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <vector>

#include "server/schema/start/local_caller.h"
#include "server/schema/start/start_files.h"
#include "server/schema/start/wanted_table.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

struct Started {
  std::vector<WantedTable> wanted;  // the tables of the files, for DriftObserver
  std::vector<std::string> log;     // what was done, one line each
};

// Makes the tables, then loads the items. To be done before the server listens, so that whoever
// reaches it finds everything. Error: lines that say what stands in the way; the server must not
// start.
std::expected<Started, std::string> Start(const StartFiles& files, const LocalCaller& caller);

// ReadOptions from the command line. Error: one line about a value that is not NAME=VALUE, or a
// file that cannot be read.
std::expected<ReadOptions, std::string> OptionsFrom(std::span<const std::string> values,
                                                    std::span<const std::string> variable_files);

}  // namespace dynarock::schema

// Loads items from files when the server starts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <vector>

#include "server/schema/start/local_caller.h"
#include "server/schema/start/wanted_table.h"

namespace dynarock::schema {

struct Seeded {
  struct Table {
    std::string name;
    uint64_t items = 0;
    bool left_alone = false;  // it held items before, so nothing was put
  };
  std::vector<Table> tables;  // in the order in which they were met
};

// Puts the items of the files and directories at `paths` into tables, through PutItem. A file's
// table is named by the file ("orders.json", "orders.jsonl.gz") or by the directory it lies in
// under the path; an export's by its manifest. `wanted`: tables of files, whose address is taken
// for a name as well. A table that already holds items is left alone.
// Error: one line per item or file that cannot be loaded, with its place; at most ten.
std::expected<Seeded, std::string> Seed(std::span<const std::string> paths,
                                        std::span<const WantedTable> wanted,
                                        const LocalCaller& caller);

}  // namespace dynarock::schema

// Reads and reviews texts as `dynarock check` does.
#pragma once

#include <string>
#include <vector>

#include "server/schema/table/table_source.h"
#include "tests/unit/server/document/shown.h"

namespace dynarock::schema {

using document::Shown;

// "line:column severity id: text" of everything that is said about a file of that name and text.
std::vector<std::string> Lines(const std::string& name, const std::string& text,
                               const ReadOptions& options = {});
// The same, notes left out.
std::vector<std::string> Complaints(const std::string& name, const std::string& text,
                                    const ReadOptions& options = {});

// The first table's request as compact JSON; unresolved values show as <what is written>.
std::string RequestOf(const std::string& name, const std::string& text,
                      const ReadOptions& options = {});

}  // namespace dynarock::schema

// Reads and reviews texts as `dynarock check` does.
#pragma once

#include <string>
#include <vector>

#include "server/document/node.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

// "line:column severity id: text" of everything that is said about a file of that name and text.
std::vector<std::string> Lines(const std::string& name, const std::string& text,
                               const ReadOptions& options = {});
// The same, notes left out.
std::vector<std::string> Complaints(const std::string& name, const std::string& text,
                                    const ReadOptions& options = {});

// The first table's request as compact JSON; unresolved values show as <what is written>.
std::string RequestOf(const std::string& name, const std::string& text,
                      const ReadOptions& options = {});

// A value on one line: unresolved ones as <text>.
std::string Shown(const Node& node);

}  // namespace dynarock::schema

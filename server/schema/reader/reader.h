// Reads files of any language that defines tables, and tells the languages apart by content.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <vector>

#include "server/schema/table/table_source.h"

namespace dynarock::schema {

// Reads the files and directories at `paths`. A directory stands for all files in it that define
// tables (not below it, but for the assembly-* of CDK stages); one with Terraform files is a
// module. Of a directory the files that are recognised count, a file named by itself must be
// recognised. Error: one line about a path that cannot be read, or holds nothing that defines
// tables.
std::expected<Reading, std::string> ReadPaths(std::span<const std::string> paths,
                                              const ReadOptions& options);

// One file of JSON or YAML.
Reading ReadFile(const SourceFile& file, const ReadOptions& options);

}  // namespace dynarock::schema

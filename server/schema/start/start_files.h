// The files that a server starts with, as the command line names them.
#pragma once

#include <string>
#include <vector>

namespace dynarock::schema {

struct StartFiles {
  std::vector<std::string> schemas;         // files and directories
  std::string region = {};                  // whose tables are made; empty: all
  std::vector<std::string> seeds;           // files and directories
  std::vector<std::string> values;          // NAME=VALUE, for ReadOptions::values
  std::vector<std::string> variable_files;  // Terraform's .tfvars
};

}  // namespace dynarock::schema

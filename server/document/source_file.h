// A file in memory, before it is read as JSON, YAML or Terraform's language.
#pragma once

#include <string>

namespace dynarock::document {

struct SourceFile {
  std::string path;  // as people know it
  std::string text;
};

}  // namespace dynarock::document

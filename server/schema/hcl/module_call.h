// A module block: the modules it stands for, one for each of its instances.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "server/schema/hcl/module.h"

namespace dynarock::schema::hcl {

struct Module::Call {
  std::vector<Instance> instances;
  std::vector<std::unique_ptr<Module>> modules;  // one for each instance
  bool each = false;
  std::vector<Problem> problems;  // with its arguments; of interest if it makes tables
  std::string unread;             // why it is not followed; else empty
  bool busy = false;              // it is being made
};

}  // namespace dynarock::schema::hcl

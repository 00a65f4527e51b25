// What Terraform refuses of a module before it computes anything: references that lead nowhere or
// back to where they stand, and arguments of lifecycle blocks that do not exist.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "server/schema/hcl/module_files.h"
#include "server/schema/hcl/syntax.h"

namespace dynarock::schema::hcl {

struct ModuleFaults {
  std::vector<Problem> problems;
  // References that are wrong: what they stand for is not known, and nothing more is said of it.
  std::unordered_set<const Expression*> wrong;
};

// Looks at the files that were given; with `all`, at those beside them too. `module` is what
// messages call it: "the root module", "module.a". The directory must outlive what is returned.
ModuleFaults CheckModule(const ModuleDirectory& directory, bool all, const std::string& module,
                         const Provider& provider);

}  // namespace dynarock::schema::hcl

// One run: steps done to dynarock and to the reference, compared after each.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tests/model/operation.h"

namespace dynarock::model {

struct Disagreement {
  size_t step = 0;  // its place among the steps
  std::string what;
};

struct Counts {
  size_t steps = 0;
  size_t restarts = 0;
  size_t requests = 0;
  size_t records = 0;  // of streams, compared
};

// The first disagreement, if there is one. `directory`: an empty one for a run on disk. A step that
// asks of an index that is not there is passed over, so that steps can be left out.
std::optional<Disagreement> Run(const Setup& setup, const std::vector<Step>& steps,
                                const std::string& directory, Counts& counts);

}  // namespace dynarock::model

// Measures all workloads on all targets, slice by slice in turn, and prints the table.
#pragma once

#include <chrono>
#include <vector>

#include "tests/bench/target.h"

namespace dynarock::bench {

struct ComparePlan {
  unsigned rounds = 3;
  std::chrono::milliseconds slice{700};
  std::chrono::milliseconds warm_up{150};
  // Before each workload, for servers that were running already: those on virtual machines compile
  // what they run often, and are to be measured at their best.
  std::chrono::milliseconds long_warm_up{1500};
};

// The first target is dynarock; another may be the ceiling. Machines drift by a factor of two
// between minutes, so the targets take turns of a slice each, and of several rounds the one with
// the median rate is reported.
void Compare(const std::vector<Target>& targets, const ComparePlan& plan);

}  // namespace dynarock::bench

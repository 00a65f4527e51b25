// Measures what the advisor's watching costs.
#pragma once

#include <string>

namespace dynarock::bench {

// `runs` times: starts the server at `program` with the advisor and twice with --no-advisor, and
// puts the same point operations on them in slices that take turns, since the machine drifts. Each
// run has new servers, since two processes of one program differ by some percent, for as long as
// they live, by how their memory happens to lie. Prints the CPU time of an operation with the
// advisor and without, how much more the former is (medians of all runs), and by how much the two
// without differ: what the figure before may be off in a single run. `quick`: fewer slices.
void MeasureObserving(const std::string& program, unsigned runs, bool quick);

}  // namespace dynarock::bench

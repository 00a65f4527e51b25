// Measures what the advisor's watching costs.
#pragma once

#include <string>

namespace dynarock::bench {

// `runs` times: starts the server at `program`, and once more with --no-advisor, and puts the same
// point operations on them in slices that take turns, since the machine drifts: with the advisor,
// with the advisor paused (twice), and as many without. Two processes of one program differ by some
// percent, for as long as they live, by how their memory happens to lie; so the cost is that of the
// advisor that watches over the same one paused. Prints medians of all runs: the CPU time of an
// operation each way, how much more watching takes, and by how much the two paused ones differ,
// which is chance. `quick`: fewer slices.
void MeasureObserving(const std::string& program, unsigned runs, bool quick);

}  // namespace dynarock::bench

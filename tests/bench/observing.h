// Measures what the advisor's watching costs.
#pragma once

#include <string>

namespace dynarock::bench {

// Starts the server at `program` twice, with the advisor and with --no-advisor, puts the same load
// of point operations on both in turns, `runs` times each, and prints the CPU time of both and how
// much more the one with the advisor needs: the median of all pairs of runs that follow each other,
// since the machine drifts. `quick`: shorter runs.
void MeasureObserving(const std::string& program, unsigned runs, bool quick);

}  // namespace dynarock::bench

// One slice of load on one server: rate, latency and the server's CPU time.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "tests/bench/load.h"
#include "tests/bench/target.h"
#include "tests/bench/workload.h"

namespace dynarock::bench {

struct Round {
  SliceResult slice;
  double cpu = 0;  // microseconds per operation; 0: unknown
};

Round Measure(const Target& target, const std::vector<std::string>& requests,
              const Expectation& expected, unsigned connections, std::chrono::milliseconds time);

// The round with the median rate, and the median CPU time.
Round Median(std::vector<Round> rounds);

// Some workloads depend on the server: the bodies and the whole requests for it.
std::vector<std::string> BodiesFor(const Workload& workload, const Target& target);
std::vector<std::string> RequestsFor(const Workload& workload, const Target& target);

}  // namespace dynarock::bench

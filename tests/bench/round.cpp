#include "tests/bench/round.h"

#include <algorithm>

namespace dynarock::bench {

Round Measure(const Target& target, const std::vector<std::string>& requests,
              const Expectation& expected, unsigned connections, std::chrono::milliseconds time) {
  Round round;
  const double before = CpuMicroseconds(target.pid);
  round.slice = RunSlice(target.endpoint, requests, expected, connections, time);
  const double used = CpuMicroseconds(target.pid) - before;
  round.cpu = used / static_cast<double>(round.slice.operations);
  return round;
}

Round Median(std::vector<Round> rounds) {
  const auto middle = rounds.begin() + static_cast<std::ptrdiff_t>(rounds.size() / 2);
  std::ranges::nth_element(rounds, middle, {}, &Round::cpu);
  const double cpu = middle->cpu;
  std::ranges::nth_element(rounds, middle, {}, [](const Round& r) { return r.slice.rate(); });
  Round median = *middle;
  median.cpu = cpu;
  return median;
}

std::vector<std::string> BodiesFor(const Workload& workload, const Target& target) {
  if (workload.streams_bodies == nullptr) return workload.bodies;
  BlockingClient client(target.endpoint);
  return workload.streams_bodies(client);
}

std::vector<std::string> RequestsFor(const Workload& workload, const Target& target) {
  std::vector<std::string> requests;
  for (const std::string& body : BodiesFor(workload, target)) {
    requests.push_back(
        FormatRequest(workload.operation, body, "/", workload.streams_bodies != nullptr));
  }
  return requests;
}

}  // namespace dynarock::bench

#include "tests/bench/observing.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <vector>

#include "tests/bench/round.h"

namespace dynarock::bench {
namespace {

constexpr unsigned kConnections = 16;

bool IsPointOperation(const Workload& workload) {
  return workload.name == "GetItem" || workload.name == "PutItem" ||
         workload.operation == "UpdateItem";
}

double MedianOf(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace

void MeasureObserving(const std::string& program, unsigned runs, bool quick) {
  const std::chrono::milliseconds slice(quick ? 300 : 1500);
  const std::array targets = {StartServer(program), StartServer(program, {"--no-advisor"})};
  for (const Target& target : targets) {
    BlockingClient client(target.endpoint);
    CreateTables(client);
    LoadTables(client);
  }
  std::printf("%-25s %12s %12s %8s  %s\n", "CPU us/op", "advisor", "without", "more",
              "(from .. to)");
  for (const Workload& workload : AllWorkloads()) {
    if (!IsPointOperation(workload)) continue;
    std::array<std::vector<double>, 2> cpu;
    std::vector<double> more;
    for (unsigned run = 0; run <= runs; ++run) {
      std::array<double, 2> pair{};
      for (const std::size_t i : {0U, 1U}) {
        const std::size_t t = run % 2 == 0 ? i : 1 - i;
        const auto requests = RequestsFor(workload, targets[t]);
        pair[t] = Measure(targets[t], requests, workload.expected, kConnections, slice).cpu;
      }
      if (run == 0) continue;  // to warm up
      for (const std::size_t t : {0U, 1U}) cpu[t].push_back(pair[t]);
      more.push_back(100 * (pair[0] / pair[1] - 1));
    }
    const auto [least, most] = std::ranges::minmax(more);
    std::printf("%-25s %12.2f %12.2f %6.1f %%  (%.1f .. %.1f)\n", workload.name.c_str(),
                MedianOf(cpu[0]), MedianOf(cpu[1]), MedianOf(more), least, most);
    std::fflush(stdout);
  }
  std::printf("\nMedians of %u runs of each, in turns, at %u connections.\n", runs, kConnections);
}

}  // namespace dynarock::bench

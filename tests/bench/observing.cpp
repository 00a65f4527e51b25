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

// CPU microseconds per operation of each server.
std::array<double, 3> MeasureTogether(const std::array<Target, 3>& targets,
                                      const Workload& workload, unsigned slices) {
  constexpr std::chrono::milliseconds kSlice(50);
  const auto requests = RequestsFor(workload, targets[0]);
  std::array<double, 3> cpu{}, operations{};
  for (unsigned slice = 0; slice <= slices; ++slice) {
    for (unsigned i = 0; i < targets.size(); ++i) {
      const std::size_t t = (i + slice) % targets.size();
      const Round round = Measure(targets[t], requests, workload.expected, kConnections, kSlice);
      if (slice == 0) continue;  // to warm up
      const auto count = static_cast<double>(round.slice.operations);
      operations[t] += count;
      cpu[t] += round.cpu * count;
    }
  }
  for (std::size_t t = 0; t < targets.size(); ++t) cpu[t] /= operations[t];
  return cpu;
}

double MoreInPercent(double value, double than) {
  return 100 * (value / than - 1);
}

// What was measured of one workload, run by run.
struct Figures {
  std::vector<double> with, without, more, noise;
};

void Print(const std::string& name, const Figures& figures) {
  const auto [least, most] = std::ranges::minmax(figures.more);
  const auto [low, high] = std::ranges::minmax(figures.noise);
  std::printf("%-25s %9.2f %9.2f %7.1f %%  (%5.1f .. %5.1f) %10.1f %%  (%5.1f .. %5.1f)\n",
              name.c_str(), MedianOf(figures.with), MedianOf(figures.without),
              MedianOf(figures.more), least, most, MedianOf(figures.noise), low, high);
}

}  // namespace

void MeasureObserving(const std::string& program, unsigned runs, bool quick) {
  const unsigned slices = quick ? 8 : 30;
  std::vector<Workload> workloads = AllWorkloads();
  std::erase_if(workloads, [](const Workload& workload) { return !IsPointOperation(workload); });
  std::vector<Figures> all(workloads.size());
  for (unsigned run = 0; run < runs; ++run) {
    const std::array targets = {StartServer(program), StartServer(program, {"--no-advisor"}),
                                StartServer(program, {"--no-advisor"})};
    for (const Target& target : targets) {
      BlockingClient client(target.endpoint);
      CreateTables(client);
      LoadTables(client);
    }
    for (std::size_t w = 0; w < workloads.size(); ++w) {
      const auto [with, without, again] = MeasureTogether(targets, workloads[w], slices);
      all[w].with.push_back(with);
      all[w].without.push_back((without + again) / 2);
      all[w].more.push_back(MoreInPercent(with, all[w].without.back()));
      all[w].noise.push_back(MoreInPercent(without, again));
    }
    std::fprintf(stderr, "run %u of %u\n", run + 1, runs);
  }
  std::printf("%-25s %9s %9s %9s  %16s %12s\n", "CPU us/op", "advisor", "without", "more",
              "(from .. to)", "two without");
  for (std::size_t w = 0; w < workloads.size(); ++w) Print(workloads[w].name, all[w]);
  std::printf(
      "\nMedians of %u runs with new servers, %u slices of each in turns, at %u connections.\n",
      runs, slices, kConnections);
}

}  // namespace dynarock::bench

#include "tests/bench/observing.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <random>
#include <stdexcept>
#include <string>
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

// Has the server's advisor watch, or leave requests out as if it were not there.
void SetWatching(const Target& target, bool watching) {
  BlockingClient client(target.endpoint);
  std::string body;
  const std::string request = std::string("POST /_dynarock/advisor/") +
                              (watching ? "resume" : "pause") +
                              " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
  if (client.Ask(request, body) != 200) throw std::runtime_error("the advisor answers: " + body);
}

double MoreInPercent(double value, double than) {
  return 100 * (value / than - 1);
}

// What was measured of one workload: CPU microseconds per operation, and percents.
struct Figures {
  std::vector<double> watching;
  std::vector<double> paused;
  std::vector<double> without;  // another server, which has no advisor
  std::vector<double> more;
  std::vector<double> chance;  // by how much two slices differ that should be equal
};

// Slices of one server while its advisor watches and while it is paused (twice), and as many of
// another server, in turns. Two servers differ by some percent for as long as they live, by where
// their memory lies, which one server does not from itself. Slices of one round are compared, since
// a store that fills becomes slower; and the medians count, since in some slices it writes a file.
Figures MeasureTogether(const Target& server, const Target& without, const Workload& workload,
                        unsigned rounds) {
  constexpr std::chrono::milliseconds kSlice(30);
  const auto requests = RequestsFor(workload, server);
  Figures figures;
  std::minstd_rand random(rounds);
  std::array<unsigned, 6> order = {0, 1, 2, 3, 4, 5};
  for (unsigned round = 0; round <= rounds; ++round) {
    std::array<double, 6> cpu{};
    std::ranges::shuffle(order, random);
    for (const unsigned turn : order) {
      if (turn < 3) SetWatching(server, turn == 0);
      cpu[turn] =
          Measure(turn < 3 ? server : without, requests, workload.expected, kConnections, kSlice)
              .cpu;
    }
    if (round == 0) continue;  // to warm up
    const double paused = (cpu[1] + cpu[2]) / 2;
    figures.watching.push_back(cpu[0]);
    figures.paused.push_back(paused);
    figures.without.push_back((cpu[3] + cpu[4] + cpu[5]) / 3);
    figures.more.push_back(MoreInPercent(cpu[0], paused));
    figures.chance.push_back(MoreInPercent(cpu[1], cpu[2]));
  }
  SetWatching(server, true);
  return figures;
}

void Print(const std::string& name, const Figures& figures) {
  const auto [least, most] = std::ranges::minmax(figures.more);
  const auto [low, high] = std::ranges::minmax(figures.chance);
  std::printf("%-25s %9.2f %9.2f %7.1f %%  (%5.1f .. %5.1f) %10.1f %%  (%5.1f .. %5.1f) %9.2f\n",
              name.c_str(), MedianOf(figures.watching), MedianOf(figures.paused),
              MedianOf(figures.more), least, most, MedianOf(figures.chance), low, high,
              MedianOf(figures.without));
}

}  // namespace

void MeasureObserving(const std::string& program, unsigned runs, bool quick) {
  const unsigned rounds = quick ? 10 : 50;
  std::vector<Workload> workloads = AllWorkloads();
  std::erase_if(workloads, [](const Workload& workload) { return !IsPointOperation(workload); });
  std::vector<Figures> all(workloads.size());
  for (unsigned run = 0; run < runs; ++run) {
    const std::array targets = {StartServer(program), StartServer(program, {"--no-advisor"})};
    for (const Target& target : targets) {
      BlockingClient client(target.endpoint);
      CreateTables(client);
      LoadTables(client);
    }
    for (std::size_t w = 0; w < workloads.size(); ++w) {
      const Figures figures = MeasureTogether(targets[0], targets[1], workloads[w], rounds);
      all[w].watching.push_back(MedianOf(figures.watching));
      all[w].paused.push_back(MedianOf(figures.paused));
      all[w].without.push_back(MedianOf(figures.without));
      all[w].more.push_back(MedianOf(figures.more));
      all[w].chance.push_back(MedianOf(figures.chance));
    }
    std::fprintf(stderr, "run %u of %u\n", run + 1, runs);
  }
  std::printf("%-25s %9s %9s %9s  %16s %12s %28s\n", "CPU us/op", "watching", "paused", "more",
              "(from .. to)", "by chance", "--no-advisor");
  for (std::size_t w = 0; w < workloads.size(); ++w) Print(workloads[w].name, all[w]);
  std::printf(
      "\nMedians of %u runs with new servers, %u rounds of each, at %u connections. "
      "\"watching\" and\n\"paused\" are one server; \"by chance\" is paused against paused; "
      "--no-advisor is another server.\n",
      runs, rounds, kConnections);
}

}  // namespace dynarock::bench

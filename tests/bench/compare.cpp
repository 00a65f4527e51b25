#include "tests/bench/compare.h"

#include <cstdio>
#include <map>

#include "tests/bench/round.h"
#include "tests/bench/workload.h"

namespace dynarock::bench {
namespace {

void PrintRow(const std::string& workload, unsigned connections, const Target& target,
              const Round& round, const Round& ours) {
  std::printf("%-25s %5u  %-22s %9.0f %9.0f %9.0f ", workload.c_str(), connections,
              target.name.c_str(), round.slice.rate(), round.slice.p50, round.slice.p99);
  if (round.cpu > 0) {
    std::printf("%10.1f", round.cpu);
  } else {
    std::printf("%10s", "?");
  }
  if (&round != &ours) {
    std::printf("  %7.2f", ours.slice.rate() / round.slice.rate());
    if (round.cpu > 0) std::printf("  %7.3f", ours.cpu / round.cpu);
  }
  std::printf("\n");
  std::fflush(stdout);
}

}  // namespace

void Compare(const std::vector<Target>& targets, const ComparePlan& plan) {
  for (const Target& target : targets) {
    if (target.is_ceiling) continue;
    BlockingClient client(target.endpoint);
    CreateTables(client);
    LoadTables(client);
  }
  std::printf("%-25s %5s  %-22s %9s %9s %9s %10s  %7s  %7s\n", "", "conns", "server", "ops/s",
              "p50 us", "p99 us", "CPU us/op", "rate *", "CPU *");
  std::vector<std::string> goals;
  std::map<std::string, Round> own;  // dynarock's at 16 connections
  for (const Workload& workload : AllWorkloads()) {
    std::vector<std::vector<std::string>> requests(targets.size());
    for (std::size_t t = 0; t < targets.size(); ++t) {
      if (!targets[t].is_ceiling) requests[t] = RequestsFor(workload, targets[t]);
    }
    // One answer of dynarock tells how large the ceiling's have to be.
    const std::size_t size =
        RunSlice(targets.front().endpoint, requests.front(), workload.expected, 1, plan.warm_up)
            .reply_size;
    const Expectation any{.least_size = size, .most_size = size, .contains = ""};
    std::string path = "/";
    path += std::to_string(size);
    for (std::size_t t = 0; t < targets.size(); ++t) {
      if (!targets[t].is_ceiling) continue;
      for (const std::string& body : BodiesFor(workload, targets.front())) {
        requests[t].push_back(FormatRequest(workload.operation, body, path));
      }
    }

    for (std::size_t t = 0; t < targets.size(); ++t) {
      if (targets[t].child) continue;
      RunSlice(targets[t].endpoint, requests[t], workload.expected, 16, plan.long_warm_up);
    }
    for (const unsigned connections : {1U, 16U}) {
      std::vector<std::vector<Round>> rounds(targets.size());
      for (unsigned r = 0; r <= plan.rounds; ++r) {
        for (std::size_t i = 0; i < targets.size(); ++i) {
          // Every second round runs the other way: who comes after whom must not matter.
          const std::size_t t = r % 2 == 0 ? i : targets.size() - 1 - i;
          const Target& target = targets[t];
          const bool warming = r == 0;
          const Round round =
              Measure(target, requests[t], target.is_ceiling ? any : workload.expected, connections,
                      warming ? plan.warm_up : plan.slice);
          if (!warming) rounds[t].push_back(round);
        }
      }
      const Round ours = Median(rounds.front());
      PrintRow(workload.name, connections, targets.front(), ours, ours);
      if (connections == 16) own[workload.name] = ours;
      for (std::size_t t = 1; t < targets.size(); ++t) {
        const Round other = Median(rounds[t]);
        PrintRow("", connections, targets[t], other, ours);
        if (targets[t].is_ceiling && connections == 16 &&
            (workload.operation == "GetItem" || workload.operation == "PutItem")) {
          char line[100];
          std::snprintf(line, sizeof line, "%s at 16 connections: %.0f %% of bare Beast's rate",
                        workload.name.c_str(), 100 * ours.slice.rate() / other.slice.rate());
          goals.emplace_back(line);
        }
      }
    }
  }
  std::printf(
      "\n* dynarock's value divided by this server's. Items have 1 KB. Median of %u rounds.\n",
      plan.rounds);
  for (const std::string& line : goals) std::printf("%s (goal: 50 %%)\n", line.c_str());
  const Round& off = own.at("PutItem");
  const Round& on = own.at("PutItem, stream on");
  std::printf(
      "PutItem with a stream at 16 connections: %.2f of the rate, %.2f of the CPU without\n",
      on.slice.rate() / off.slice.rate(), on.cpu / off.cpu);
}

}  // namespace dynarock::bench

// The bench: see kUsage.
#include <charconv>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/cold_start.h"
#include "tests/bench/compare.h"
#include "tests/bench/observing.h"
#include "tests/bench/target.h"

namespace {

constexpr char kUsage[] =
    "usage: dynarock_bench --server PROGRAM [--against URL]... [--quick]\n"
    "                      [--cold-start N | --observing N]\n"
    "\n"
    "Starts PROGRAM and, as the ceiling, a bare Beast server; prints rate, latency and server CPU "
    "of\n"
    "both and of the endpoints given by --against, measured in turns. Takes up to four minutes.\n"
    "  --against URL   measure this endpoint too; it gets tables whose names begin with bench_\n"
    "  --quick         shorter slices: under 40 seconds\n"
    "  --cold-start N  measure instead the start, N times, and memory\n"
    "  --observing N   measure instead what the advisor costs, in N runs with new servers\n";

struct Arguments {
  std::string server;
  std::vector<std::string> against;
  bool quick = false;
  unsigned cold_starts = 0;
  unsigned observing = 0;
};

bool Parse(int argc, char** argv, Arguments& arguments) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name == "--quick") {
      arguments.quick = true;
      continue;
    }
    if (++i == argc) return false;
    const std::string_view value = argv[i];
    if (name == "--server") {
      arguments.server = value;
    } else if (name == "--against") {
      arguments.against.emplace_back(value);
    } else if (name == "--cold-start" || name == "--observing") {
      unsigned& times = name == "--observing" ? arguments.observing : arguments.cold_starts;
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), times);
      if (error != std::errc{} || *end != '\0' || times == 0) return false;
    } else {
      return false;
    }
  }
  return !arguments.server.empty();
}

void Run(const Arguments& arguments) {
  using namespace dynarock::bench;
  if (arguments.cold_starts > 0) {
    MeasureColdStart(arguments.server, arguments.cold_starts);
    return;
  }
  if (arguments.observing > 0) {
    MeasureObserving(arguments.server, arguments.observing, arguments.quick);
    return;
  }
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe");
  std::vector<Target> targets;
  targets.push_back(StartServer(arguments.server));
  targets.push_back(StartCeiling(self.parent_path() / "bare_beast"));
  for (const std::string& url : arguments.against) targets.push_back(AttachTo(url));
  ComparePlan plan;
  if (arguments.quick) {
    plan.slice = std::chrono::milliseconds(120);
    plan.warm_up = std::chrono::milliseconds(50);
    plan.long_warm_up = std::chrono::milliseconds(400);
  }
  Compare(targets, plan);
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  if (!Parse(argc, argv, arguments)) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  try {
    Run(arguments);
    return 0;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "bench: %s\n", e.what());
    return 1;
  }
}

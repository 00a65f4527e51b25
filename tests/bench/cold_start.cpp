#include "tests/bench/cold_start.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/bench/load.h"
#include "tests/bench/process.h"
#include "tests/bench/workload.h"

namespace dynarock::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr unsigned kItems = 100000;

void AskUntilItAnswers(const Endpoint& endpoint) {
  const Clock::time_point end = Clock::now() + std::chrono::seconds(10);
  for (;;) {
    try {
      BlockingClient(endpoint).Call("ListTables", "{}");
      return;
    } catch (const std::runtime_error&) {
      if (Clock::now() > end) throw;
    }
    std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
}

}  // namespace

void MeasureColdStart(const std::string& server, unsigned times) {
  std::vector<double> milliseconds;
  for (unsigned i = 0; i < times; ++i) {
    Endpoint endpoint;
    endpoint.port = FreePort();
    const Clock::time_point begin = Clock::now();
    const ChildProcess child(server, {"--port", std::to_string(endpoint.port)});
    AskUntilItAnswers(endpoint);
    milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
  }
  std::ranges::sort(milliseconds);
  std::printf("cold start to the first ListTables: median of %u: %.1f ms (%.1f to %.1f)\n", times,
              milliseconds[milliseconds.size() / 2], milliseconds.front(), milliseconds.back());
  std::fflush(stdout);

  Endpoint endpoint;
  endpoint.port = FreePort();
  const ChildProcess child(server, {"--port", std::to_string(endpoint.port)});
  AskUntilItAnswers(endpoint);
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  std::printf("resident when idle: %.1f MiB\n", ResidentMiB(child.pid()));
  BlockingClient client(endpoint);
  CreateTables(client);
  const Clock::time_point begin = Clock::now();
  PutItems(client, kItems);
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  std::this_thread::sleep_for(std::chrono::seconds(1));
  std::printf("resident with %u items of 1 KB: %.1f MiB (loaded in %.1f s on one connection)\n",
              kItems, ResidentMiB(child.pid()), seconds);
}

}  // namespace dynarock::bench

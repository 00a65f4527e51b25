// Tables, items and the requests that are measured.
#pragma once

#include <string>
#include <vector>

#include "tests/bench/load.h"

namespace dynarock::bench {

struct Workload {
  std::string name;       // as the report shows it
  std::string operation;  // as the API calls it
  std::vector<std::string> bodies;
  Expectation expected;
  // For requests that depend on the server: the bodies for it. Requests of the streams API.
  std::vector<std::string> (*streams_bodies)(BlockingClient& client) = nullptr;
};

// Creates the bench's empty tables, deleting them first if the server has them: "bench_items" with
// a HASH key, "bench_videos" with HASH and RANGE key and the index "by_owner", "bench_streamed" and
// "bench_records" with a stream.
void CreateTables(BlockingClient& client);

// Puts `count` items of 1 KB into "bench_items", 25 at a time.
void PutItems(BlockingClient& client, unsigned count);

// Fills both tables with what the workloads need.
void LoadTables(BlockingClient& client);

// All of them keep the tables as LoadTables left them, item sizes included.
std::vector<Workload> AllWorkloads();

}  // namespace dynarock::bench

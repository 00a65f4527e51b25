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
};

// Deletes the bench's tables if the server has them, creates them and loads their items:
// "bench_items" with a HASH key, and "bench_videos" with HASH and RANGE key and the index
// "by_owner".
void LoadTables(BlockingClient& client);

// All of them keep the tables as LoadTables made them, item sizes included.
std::vector<Workload> AllWorkloads();

// Puts `count` items of 1 KB into "bench_items", 25 at a time, under keys of their own.
void PutItems(BlockingClient& client, unsigned count);

}  // namespace dynarock::bench

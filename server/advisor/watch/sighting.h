// What was met among requests and items, and how often.
#pragma once

#include <cstdint>
#include <string>

namespace dynarock::advisor {

// Something seen several times, with one request that shows it.
struct Sighting {
  uint64_t count = 0;
  int64_t first_ms = 0;
  int64_t last_ms = 0;
  std::string example;
  std::string user_agent;
  std::string detail;  // what exactly was seen in the example

  // True the first time: the caller fills in the example.
  bool See(int64_t wall_ms) {
    last_ms = wall_ms;
    if (count++ > 0) return false;
    first_ms = wall_ms;
    return true;
  }
};

// Something met in items that were looked at, and how many items that stands for.
struct Met {
  uint64_t count = 0;
  uint64_t about = 0;
  void Add(uint64_t weight) {
    ++count;
    about += weight;
  }
};

}  // namespace dynarock::advisor

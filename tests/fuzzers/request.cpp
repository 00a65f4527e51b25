// Whole requests: dispatcher, shape, operation, storage and all observers. Input: a script
// (request_script.h).
#include <cstdint>

#include "tests/fuzzers/request_mutator.h"
#include "tests/fuzzers/request_script.h"
#include "tests/fuzzers/request_world.h"
#include "tests/fuzzers/require.h"

namespace dynarock::fuzzers {
namespace {

// Whether to make a report as well, which is slow: decided by the input alone.
bool WantsReport(std::string_view input) {
  uint32_t sum = 0;
  for (const char c : input) sum = sum * 31 + static_cast<uint8_t>(c);
  constexpr uint32_t kOneOf = 64;
  return (sum ^ sum >> 16) % kOneOf == 0;
}

}  // namespace
}  // namespace dynarock::fuzzers

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace dynarock::fuzzers;
  const std::string_view input = Bytes(data, size);
  World& fresh = World::Fresh();
  for (ScriptedRequest& request : ReadScript(input)) {
    fresh.Send(request.operation, std::move(request.body));
  }
  if (WantsReport(input)) fresh.Report();
  return 0;
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size,
                                          unsigned int seed) {
  return dynarock::fuzzers::MutateScript(data, size, max_size, seed);
}

extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t* first, size_t first_size,
                                            const uint8_t* second, size_t second_size, uint8_t* out,
                                            size_t max_size, unsigned int seed) {
  using namespace dynarock::fuzzers;
  return CrossScripts(Bytes(first, first_size), Bytes(second, second_size), out, max_size, seed);
}

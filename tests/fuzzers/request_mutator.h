// Changes inputs of the request fuzzer in ways that bytes at random would hardly come to: it knows
// the operations and their shapes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dynarock::fuzzers {

// As LLVMFuzzerCustomMutator: changes `size` bytes in place and returns the new size, at most
// `max_size`. The same for the same seed.
size_t MutateScript(uint8_t* data, size_t size, size_t max_size, unsigned int seed);

// As LLVMFuzzerCustomCrossOver: the first requests of one input and the last of another.
size_t CrossScripts(std::string_view first, std::string_view second, uint8_t* out, size_t max_size,
                    unsigned int seed);

}  // namespace dynarock::fuzzers

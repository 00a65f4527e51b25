#include "server/protocol/request_id.h"

#include <cstdint>
#include <cstring>
#include <random>

namespace dynarock::protocol {
namespace {

constexpr char kTail[] = "VV4KQNSO5AEMVJF66Q9ASUAAJG";
constexpr std::size_t kRandom = 26;
constexpr char kDigits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

// SplitMix64: one multiplication chain per 64 bits, no state beyond a counter.
std::uint64_t NextRandom() {
  thread_local std::uint64_t state = [] {
    std::random_device device;
    return (std::uint64_t{device()} << 32) ^ device();
  }();
  std::uint64_t z = state += 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

}  // namespace

std::string NewRequestId() {
  std::string id(kRandom + sizeof kTail - 1, '0');
  char* to = id.data();
  char* const end = to + kRandom;
  while (to != end) {
    // Twelve digits of base 36 are about 62 bits.
    std::uint64_t random = NextRandom();
    for (int i = 0; i < 12 && to != end; ++i, random /= 36) *to++ = kDigits[random % 36];
  }
  std::memcpy(end, kTail, sizeof kTail - 1);
  return id;
}

}  // namespace dynarock::protocol

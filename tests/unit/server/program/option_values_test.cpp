#include "server/program/option_values.h"

#include <string_view>

#include <gtest/gtest.h>

namespace dynarock::program {
namespace {

TEST(OptionValuesTest, Sizes) {
  struct Case {
    std::string_view text;
    std::optional<uint64_t> bytes;
  };
  constexpr uint64_t kMegabyte = 1u << 20;
  const Case cases[] = {
      {"0", 0},
      {"1048576", kMegabyte},
      {"1024KB", kMegabyte},
      {"1 MB", kMegabyte},
      {"1m", kMegabyte},
      {"1MiB", kMegabyte},
      {"2GB", 2048 * kMegabyte},
      {"1tb", kMegabyte << 20},
      {"12b", 12},
      {"", std::nullopt},
      {"MB", std::nullopt},
      {"-1MB", std::nullopt},
      {"1.5GB", std::nullopt},
      {"1MBB", std::nullopt},
      {"1ib", std::nullopt},
      {"1x", std::nullopt},
      {"1MB2", std::nullopt},
      {"16777216TB", std::nullopt},
      {"99999999999999999999", std::nullopt},
  };
  for (const Case& c : cases) EXPECT_EQ(ReadSize(c.text), c.bytes) << c.text;
}

}  // namespace
}  // namespace dynarock::program

#include "storage/clock/iso_time.h"

#include <gtest/gtest.h>

namespace dynarock {
namespace {

TEST(IsoTimeTest, HasMillisecondsAndIsInUtc) {
  EXPECT_EQ(IsoTime(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(IsoTime(1764075602007), "2025-11-25T13:00:02.007Z");
  EXPECT_EQ(IsoTime(1709164800000), "2024-02-29T00:00:00.000Z");
}

}  // namespace
}  // namespace dynarock

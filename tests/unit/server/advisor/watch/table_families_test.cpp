#include "server/advisor/watch/table_families.h"

#include <gtest/gtest.h>

namespace dynarock::advisor {
namespace {

TEST(TableFamiliesTest, PatternsLeaveOutWhatIsMadeUp) {
  struct Case {
    const char* name;
    const char* pattern;
  };
  const Case cases[] = {
      {"orders-0b9c1c6e-6f5a-4d59-8a50-0d9c1a3c7f11", "orders-*"},
      {"orders_3f2a91", "orders_*"},
      {"orders-1764359012345", "orders-*"},
      {"test-f6404-orders", "test-*-orders"},
      {"orders-k3j9x0", "orders-*"},
      {"orders-worker1", "orders-worker*"},
      {"dev12345.orders", "dev*.orders"},
      {"jest-1-1764359012345-orders", "jest-*-orders"},
      {"Shop-OrdersTable-1ABCDEF2GHIJ", "Shop-OrdersTable-*"},
      {"orders-3f2a91-0b9c1c6e-6f5a-4d59-8a50-0d9c1a3c7f11", "orders-*"},
      // Names with a meaning.
      {"orders", "orders"},
      {"orders-v2", "orders-v2"},
      {"app-s3uploads", "app-s3uploads"},
      {"app-oauth2client", "app-oauth2client"},
      {"prod-eu-west", "prod-eu-west"},
      {"decade1", "decade1"},
      {"facade-beefed", "facade-beefed"},
      // Nothing would be left.
      {"3f2a91c0", "3f2a91c0"},
      {"2026-11-25", "2026-11-25"},
      {"", ""},
      {"-", "-"},
  };
  for (const Case& c : cases) EXPECT_EQ(PatternOf(c.name), c.pattern) << c.name;
}

}  // namespace
}  // namespace dynarock::advisor

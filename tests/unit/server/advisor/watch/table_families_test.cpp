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
      {"test-a8Kq2LmP", "test-*"},
      // Made up as a whole.
      {"0b9c1c6e-6f5a-4d59-8a50-0d9c1a3c7f11", "*"},
      {"0B9C1C6E6F5A4D598A500D9C1A3C7F11", "*"},
      {"0b9c1c6e-6f5a-4d59-8a50-0d9c1a3c7f11-3f2a91c0", "*"},
      {"3f2a91c0", "*"},
      {"1764359012345", "*"},
      {"k3j9x0a8b2c", "*"},
      {"V1StGXR8_Z5jdHi6B", "*"},
      {"01ARZ3NDEKTSV4RRFFQ69G5FAV", "*"},
      {"a1b2c3d4.e5f6a7b8", "*"},
      {"1-1764359012345", "*"},
      // Names, all the same.
      {"2026-11-25", "2026-11-25"},
      {"20261125", "20261125"},
      {"2026", "2026"},
      {"12345", "12345"},
      {"cafe2024", "cafe2024"},
      {"deadbeef", "deadbeef"},
      {"customer", "customer"},
      {"ec2s3logs", "ec2s3logs"},
      {"Users2Orders3Archive", "Users2Orders3Archive"},
      {"a1b2c3", "a1b2c3"},
      {"s3", "s3"},
      {"", ""},
      {"-", "-"},
  };
  for (const Case& c : cases) EXPECT_EQ(PatternOf(c.name), c.pattern) << c.name;
}

}  // namespace
}  // namespace dynarock::advisor

#include "server/protocol/request_id.h"

#include <set>

#include <gtest/gtest.h>

namespace dynarock::protocol {
namespace {

TEST(RequestIdTest, HasTheServicesShapeAndDiffers) {
  std::set<std::string> seen;
  for (int i = 0; i < 10000; ++i) {
    const std::string id = NewRequestId();
    ASSERT_EQ(id.size(), 52U);
    ASSERT_EQ(id.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"), std::string::npos);
    ASSERT_EQ(id.substr(26), "VV4KQNSO5AEMVJF66Q9ASUAAJG");
    ASSERT_TRUE(seen.insert(id).second);
  }
}

}  // namespace
}  // namespace dynarock::protocol

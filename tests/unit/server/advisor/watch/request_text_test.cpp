#include "server/advisor/watch/request_text.h"

#include <gtest/gtest.h>

namespace dynarock::advisor {
namespace {

TEST(RequestTextTest, CompactStaysSmall) {
  JsonDocument document;
  std::string text = R"({"Item":{"id":{"S":")" + std::string(100'000, 'x') + R"("}},"L":[)";
  for (int i = 0; i < 1000; ++i) text += std::string(i > 0 ? "," : "") + R"({"a":1})";
  ASSERT_TRUE(document.Parse(text + R"(],"UpdateExpression":"SET a = :v"})"));
  const std::string compact = Compact(document.root());
  EXPECT_LT(compact.size(), 2000u);
  EXPECT_NE(compact.find("(100000 bytes)"), std::string::npos);
  EXPECT_NE(compact.find("997 more"), std::string::npos);
  EXPECT_NE(compact.find("SET a = :v"), std::string::npos);
  JsonDocument again;
  EXPECT_TRUE(again.Parse(compact)) << compact;
}

TEST(RequestTextTest, CompactShowsNoLiterals) {
  JsonDocument document;
  ASSERT_TRUE(document.Parse(
      R"({"Statement":"SELECT * FROM T WHERE password='hunter2' AND a=?","Parameters":[{"S":"x"}]})"));
  EXPECT_EQ(Compact(document.root()),
            R"({"Statement":"SELECT * FROM T WHERE password=? AND a=?","Parameters":[{"S":"x"}]})");
}

}  // namespace
}  // namespace dynarock::advisor

#include "storage/item/size.h"

#include <gtest/gtest.h>

#include "storage/item/wire_json.h"

namespace dynarock {
namespace {

std::string Encoded(std::string json) {
  JsonDocument document;
  EXPECT_TRUE(document.Parse(std::move(json)));
  std::string out;
  EXPECT_TRUE(EncodeValue(document.root(), out));
  return out;
}

TEST(Size, OfValues) {
  struct Case {
    std::string json;
    uint64_t size;
  };
  const std::vector<Case> cases = {
      {R"({"S":""})", 0},
      {R"({"S":"abc"})", 3},
      {R"({"S":"\u00e9\ud83d\ude00"})", 6},
      {R"({"B":""})", 0},
      {R"({"B":"AAAA"})", 3},
      {R"({"N":"0"})", 1},
      {R"({"N":"-12.5"})", 4},
      {R"({"NULL":true})", 1},
      {R"({"BOOL":false})", 1},
      {R"({"SS":["a","bcd",""]})", 4},
      {R"({"NS":["1","0","-12.5"]})", 7},
      {R"({"BS":["AAAA","AA=="]})", 4},
      {R"({"L":[]})", 3},
      {R"({"M":{}})", 3},
      {R"({"L":[{"S":"ab"},{"NULL":true}]})", 3 + 1 + 2 + 1 + 1},
      {R"({"M":{"key":{"S":"ab"},"x":{"M":{}}}})", 3 + 3 + 1 + 2 + 1 + 1 + 3},
      {R"({"L":[{"L":[{"L":[]}]}]})", 3 + 1 + 3 + 1 + 3},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(ValueSize(ValueView(Encoded(c.json).data())), c.size) << c.json;
  }
}

TEST(Size, NestingLevels) {
  const auto levels = [](const std::string& json) {
    return NestingLevels(ValueView(Encoded(json).data()));
  };
  EXPECT_EQ(levels(R"({"S":"x"})"), 1);
  EXPECT_EQ(levels(R"({"SS":["x"]})"), 1);
  EXPECT_EQ(levels(R"({"L":[]})"), 1);
  EXPECT_EQ(levels(R"({"L":[{"S":"x"}]})"), 2);
  EXPECT_EQ(levels(R"({"M":{"a":{"L":[{"S":"x"}]},"b":{"S":"y"}}})"), 3);
}

}  // namespace
}  // namespace dynarock

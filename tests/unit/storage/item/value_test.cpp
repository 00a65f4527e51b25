#include "storage/item/value.h"

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

TEST(Value, DecodeAndEncodeAreInverse) {
  for (const std::string json :
       {R"({"NULL":true})", R"({"BOOL":true})", R"({"BOOL":false})", R"({"N":"-12.5"})",
        R"({"S":""})", R"({"S":"text"})", R"({"B":"//4="})", R"({"SS":["b","a",""]})",
        R"({"NS":["10","9","-1"]})", R"({"BS":["//4=","AA=="]})", R"({"L":[]})", R"({"M":{}})",
        R"({"L":[{"S":"a"},{"L":[{"N":"1"}]},{"M":{"z":{"NULL":true},"a":{"SS":["x"]}}}]})"}) {
    const std::string bytes = Encoded(json);
    std::string again = "prefix";
    Encode(Decode(ValueView(bytes.data())), again);
    EXPECT_EQ(again, "prefix" + bytes) << json;
  }
}

TEST(Value, Tree) {
  const std::string bytes =
      Encoded(R"({"M":{"n":{"N":"1.50"},"l":{"L":[{"BOOL":true}]},"s":{"NS":["10","9"]}}})");
  const Value value = Decode(ValueView(bytes.data()));
  EXPECT_EQ(value.type, Type::kMap);
  EXPECT_EQ(value.map.size(), 3U);
  EXPECT_EQ(value.map.at("n").text, "1.5");
  EXPECT_EQ(value.map.at("l").list.at(0).type, Type::kTrue);
  EXPECT_EQ(value.map.at("s").set, (std::vector<std::string>{"9", "10"}));
}

}  // namespace
}  // namespace dynarock

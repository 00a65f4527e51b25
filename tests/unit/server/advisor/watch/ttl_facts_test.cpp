// What TTL makes of a value.
#include "server/advisor/watch/ttl_facts.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/item/json.h"
#include "storage/item/wire_json.h"

namespace dynarock::advisor {
namespace {

// Of {"N": "1"} and the like; single quotes stand for double ones.
TtlValue Of(const std::string& value) {
  std::string text = "{'t':" + value + "}";
  std::replace(text.begin(), text.end(), '\'', '"');
  JsonDocument document;
  EXPECT_TRUE(document.Parse(std::move(text)));
  std::string item;
  EXPECT_TRUE(EncodeItem(document.root(), item));
  return TtlValueOf(*ItemView(item).Find("t"), 1'790'000'000);
}

TEST(TtlFactsTest, WaysToSayNever) {
  for (const char* value : {"{'N':'0'}", "{'N':'-1'}", "{'N':'-1790000000'}", "{'NULL':true}"}) {
    EXPECT_EQ(Of(value), TtlValue::kNever) << value;
  }
}

TEST(TtlFactsTest, Mistakes) {
  EXPECT_EQ(Of("{'N':'3600'}"), TtlValue::kDuration);
  EXPECT_EQ(Of("{'N':'1790000000000'}"), TtlValue::kMilliseconds);
  EXPECT_EQ(Of("{'N':'1000000000'}"), TtlValue::kLongPast);
  EXPECT_EQ(Of("{'S':'1790000000'}"), TtlValue::kText);
  EXPECT_EQ(Of("{'N':'1790003600'}"), TtlValue::kGood);
}

}  // namespace
}  // namespace dynarock::advisor

// Items in the texts of seed files.
#include "server/schema/start/seed_text.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace dynarock::schema {
namespace {

// "line table item" of each, and the fault.
std::vector<std::string> Items(const std::string& text) {
  std::vector<std::string> items;
  const auto fault = ReadSeedText(text, [&](const SeedItem& item) {
    items.push_back(std::to_string(item.line) + " " + (item.table.empty() ? "" : item.table + " ") +
                    item.item);
    return true;
  });
  if (fault) items.push_back("fault " + std::to_string(fault->line) + ": " + fault->text);
  return items;
}

TEST(SeedTextTest, FindsItems) {
  struct Case {
    const char* name;
    std::string text;
    std::vector<std::string> expected;
  };
  const std::string a = R"({"pk":{"S":"a"}})";
  const std::string b = R"({"pk":{"S":"b"}})";
  const std::vector<Case> cases = {
      {"lines", "{\"Item\":" + a + "}\n\n{\"Item\":" + b + "}\n", {"1 " + a, "3 " + b}},
      {"bare items", a + "\n" + b, {"1 " + a, "2 " + b}},
      {"an array", "[\n  " + a + ",\n  " + b + "\n]\n", {"2 " + a, "3 " + b}},
      {"an empty array", "[]", {}},
      {"empty", "", {}},
      {"plain JSON",
       R"([{"pk":"a","n":12345678901234567890.5,"t":true,"z":null,"l":[1,"x"],)"
       R"("m":{"S":"y"}}])",
       {R"(1 {"pk":{"S":"a"},"n":{"N":"12345678901234567890.5"},"t":{"BOOL":true},)"
        R"("z":{"NULL":true},"l":{"L":[{"N":"1"},{"S":"x"}]},"m":{"M":{"S":{"S":"y"}}}})"}},
      {"plain JSON with a number beyond doubles",
       "{\"pk\":\"a\"}\n{\"pk\":\"b\",\"n\":1e400}",
       {R"(1 {"pk":{"S":"a"}})",
        "fault 2: the item that begins here cannot be read: Number too big to be stored in "
        "double."}},
      {"plain JSON in a scan's answer",
       R"({"Items":[{"pk":"a","n":12345678901234567890,"f":0.12345678901234567890}]})",
       {R"(1 {"pk":{"S":"a"},"n":{"N":"12345678901234567890"},"f":{"N":"0.12345678901234567890"}})"}},
      {"a scan's answer", "{\"Items\":[" + a + "," + b + "],\"Count\":2}", {"1 " + a, "1 " + b}},
      {"BatchWriteItem", "{\"orders\":[{\"PutRequest\":{\"Item\":" + a + "}}]}", {"1 orders " + a}},
      {"its request",
       "{\"RequestItems\":{\"o\":[{\"PutRequest\":{\"Item\":" + a + "}}]}}",
       {"1 o " + a}},
      {"a scan's answer over several lines",
       "{\n \"Items\": [\n  " + a + ",\n  {\n  \"pk\":{\"S\":\"b\"}}],\n \"Count\":2\n}\n" + a,
       {"3 " + a, "4 {\n  \"pk\":{\"S\":\"b\"}}", "8 " + a}},
      {"BatchWriteItem over several lines",
       "{\"o\": [\n {\"PutRequest\": {\"Item\": " + a +
           "}},\n {\"PutRequest\":\n  {\"Item\": " + b + "}}\n]}",
       {"2 o " + a, "4 o " + b}},
      {"deletions",
       "{\"o\": [{\"PutRequest\": {\"Item\": " + a + "}},\n {\"DeleteRequest\": {\"Key\": " + a +
           "}}]}",
       {"1 o " + a, "fault 2: DeleteRequest is not possible here"}},
      {"a deletion first",
       "{\"o\": [\n{\"DeleteRequest\": {\"Key\": " + a + "}}]}",
       {"fault 2: DeleteRequest is not possible here"}},
      {"an attribute named so",
       R"({"DeleteRequest":{"S":"x"}})",
       {R"(1 {"DeleteRequest":{"S":"x"}})"}},
      {"one object over several lines",
       "{\n\"pk\":\n{\"S\":\"a\"}}\n" + b,
       {"1 {\n\"pk\":\n{\"S\":\"a\"}}", "4 " + b}},
      {"brackets in texts", R"({"pk":{"S":"}]\"{"}})", {R"(1 {"pk":{"S":"}]\"{"}})"}},
      {"not closed",
       a + "\n{\"pk\":",
       {"1 " + a, "fault 2: this is not JSON: a value that begins here does not end"}},
      {"no comma",
       "[" + a + "\n" + b + "]",
       {"1 " + a, "fault 2: this is not JSON: a comma or ] is missing here"}},
      {"array not closed",
       "[" + a,
       {"1 " + a, "fault 1: this is not JSON: a comma or ] is missing here"}},
      {"something after the array",
       "[" + a + "] x",
       {"1 " + a, "fault 1: this is not JSON: something follows the array"}},
      {"a bare value", "5", {"fault 1: this is not JSON: expected an object here"}},
      {"lists of items in lists of items",
       R"({"Items":[{"Items":[{"Items":[{"Items":[{"Items":[{"Items":[{"Items":[{"Items":[{"a":1}]}]}]}]}]}]}]}]})",
       {"fault 1: an item here nests too deeply in lists of items"}},
      {"broken value", "{\"pk\" 1}", {"fault 1: the value that begins here is not JSON"}},
      {"requests that are not an array",
       R"({"RequestItems":{"orders":5}})",
       {"fault 1: the requests for orders are not an array"}},
      {"incremental export",
       R"({"Keys":{},"NewImage":{}})",
       {"fault 1: this is a record of an incremental export; only full exports can be loaded"}},
  };
  for (const Case& c : cases) EXPECT_EQ(Items(c.text), c.expected) << c.name;
}

TEST(SeedTextTest, StopsWhenTold) {
  int calls = 0;
  const auto fault =
      ReadSeedText("{\"a\":1}\n{\"a\":2}\n{\"a\":", [&](const SeedItem&) { return ++calls < 1; });
  EXPECT_FALSE(fault);
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace dynarock::schema

#include "storage/item/json_value.h"

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/item/json.h"
#include "storage/item/json_reader.h"

namespace dynarock {
namespace {

using Read = std::function<void(JsonValue&)>;

// Each accessor reads the types it is for, and throws on all others.
TEST(JsonValue, IsReadAsItsOwnTypeOnly) {
  struct Accessor {
    std::string name;
    Read read;
    std::vector<JsonType> takes;
  };
  const std::vector<Accessor> accessors = {
      {"GetBool", [](JsonValue& v) { (void)v.GetBool(); }, {JsonType::kBool}},
      {"GetInt64", [](JsonValue& v) { (void)v.GetInt64(); }, {JsonType::kInteger}},
      {"GetDouble",
       [](JsonValue& v) { (void)v.GetDouble(); },
       {JsonType::kInteger, JsonType::kReal}},
      {"GetText", [](JsonValue& v) { (void)v.GetText(); }, {JsonType::kString}},
      {"Text", [](JsonValue& v) { (void)Text(v); }, {JsonType::kString}},
      {"GetArray", [](JsonValue& v) { (void)v.GetArray(); }, {JsonType::kArray}},
      {"GetArray const",
       [](JsonValue& v) { (void)std::as_const(v).GetArray(); },
       {JsonType::kArray}},
      {"Size", [](JsonValue& v) { (void)v.Size(); }, {JsonType::kArray}},
      {"Empty", [](JsonValue& v) { (void)v.Empty(); }, {JsonType::kArray}},
      {"[0]", [](JsonValue& v) { (void)v[0]; }, {JsonType::kArray}},
      {"GetObject", [](JsonValue& v) { (void)v.GetObject(); }, {JsonType::kObject}},
      {"GetObject const",
       [](JsonValue& v) { (void)std::as_const(v).GetObject(); },
       {JsonType::kObject}},
      {"MemberCount", [](JsonValue& v) { (void)v.MemberCount(); }, {JsonType::kObject}},
      {"ObjectEmpty", [](JsonValue& v) { (void)v.ObjectEmpty(); }, {JsonType::kObject}},
      {"[\"a\"]", [](JsonValue& v) { (void)v["a"]; }, {JsonType::kObject}},
      {"KeepMembers", [](JsonValue& v) { v.KeepMembers(1); }, {JsonType::kObject}},
  };
  JsonDocument document;
  ASSERT_TRUE(document.Parse(R"([null, true, 7, 1.5, "text", [1], {"a": 1}])"));
  for (const Accessor& accessor : accessors) {
    for (JsonValue& value : document.root().GetArray()) {
      const bool takes = std::ranges::find(accessor.takes, value.type()) != accessor.takes.end();
      const auto where = accessor.name + " of type " + std::to_string(int(value.type()));
      if (takes) {
        EXPECT_NO_THROW(accessor.read(value)) << where;
      } else {
        EXPECT_THROW(accessor.read(value), JsonTypeError) << where;
      }
    }
  }
}

TEST(JsonValue, EndsWhereItEnds) {
  JsonDocument document;
  ASSERT_TRUE(document.Parse(R"([[1, 2], {"a": 1}, []])"));
  JsonValue& root = document.root();
  EXPECT_EQ(root[0][1].GetInt64(), 2);
  EXPECT_THROW((void)root[0][2], JsonTypeError);
  EXPECT_THROW((void)root[2][0], JsonTypeError);
  EXPECT_THROW((void)root[1]["b"], JsonTypeError);
  EXPECT_THROW(root.GetArray()[1].KeepMembers(2), JsonTypeError);
  root.GetArray()[1].KeepMembers(0);
  EXPECT_TRUE(root[1].ObjectEmpty());
  EXPECT_EQ(FindMember(root[1], "a"), nullptr);
}

TEST(JsonValue, NothingIsFoundInWhatIsNoObject) {
  JsonDocument document;
  ASSERT_TRUE(document.Parse(R"([null, true, 7, 1.5, "text", [1]])"));
  for (const JsonValue& value : document.root().GetArray()) {
    EXPECT_EQ(FindMember(value, "a"), nullptr);
  }
}

TEST(JsonValue, SaysWhatWasReadAsWhat) {
  try {
    (void)JsonValue::Integer(1).GetText();
    FAIL();
  } catch (const JsonTypeError& error) {
    EXPECT_STREQ(error.what(), "a JSON value that is an integer was read as a string");
  }
}

// RapidJSON's own assertions throw, in release builds as well.
TEST(JsonReader, AssertionsThrow) {
  rapidjson::internal::Stack<rapidjson::CrtAllocator> stack(nullptr, 8);
  EXPECT_THROW((void)stack.Pop<char>(1), JsonReaderError);
}

}  // namespace
}  // namespace dynarock

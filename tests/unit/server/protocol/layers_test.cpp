#include "server/protocol/layers.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "server/protocol/check.h"
#include "server/protocol/older_answers.h"

namespace dynarock::protocol {
namespace {

TEST(Layers, EachSetting) {
  const LayerEntry* moved = FindLayerEntry("PutItem");
  const LayerEntry* moving = FindLayerEntry("BatchWriteItem");
  ASSERT_NE(moved, nullptr);
  ASSERT_NE(moving, nullptr);
  EXPECT_EQ(FindLayerEntry("CreateTable"), nullptr);
  struct Case {
    Validation validation;
    Layer moved, moving;
  };
  for (const Case& c : {Case{Validation::kOlder, Layer::kOlder, Layer::kOlder},
                        Case{Validation::kMajority, Layer::kNewer, Layer::kOlder},
                        Case{Validation::kNewest, Layer::kNewer, Layer::kNewer}}) {
    EXPECT_EQ(LayerOf(moved, c.validation), c.moved);
    EXPECT_EQ(LayerOf(moving, c.validation), c.moving);
    EXPECT_EQ(LayerOf(nullptr, c.validation), Layer::kOlder);
  }
}

// docs/compatibility.md has a line for each operation.
TEST(Layers, AreDocumented) {
  std::ifstream file(DYNAROCK_SOURCE_DIR "/docs/compatibility.md");
  std::stringstream page;
  page << file.rdbuf();
  ASSERT_FALSE(page.str().empty());
  for (const LayerEntry& entry : Layers()) {
    const std::string majority = entry.majority == Layer::kNewer ? "newer" : "older";
    const std::string line =
        "| " + std::string(entry.operation) + " | older | " + majority + " | newer |";
    EXPECT_NE(page.str().find(line), std::string::npos) << line;
  }
}

// A little operation with a value, a nested structure and a number.
extern const Shape kValueMap;
constexpr Member kValueMembers[] = {
    {"S", &kStringShape}, {"N", &kStringShape}, {"M", &kValueMap}, {"BOOL", &kBooleanShape}};
constexpr Shape kValue = Structure("AttributeValue", kValueMembers);
constexpr Shape kValueMap = MapOf(kValue);
constexpr Member kEntryMembers[] = {{"Operator", &kStringShape, Required()}, {"Value", &kValue}};
constexpr Shape kEntry = Structure("Entry", kEntryMembers);
constexpr Shape kEntries = MapOf(kEntry);
constexpr Member kMembers[] = {{"Name", &kStringShape, Required()},
                               {"Item", &kValueMap},
                               {"Entries", &kEntries},
                               {"Limit", &kIntegerShape}};
constexpr Shape kInput = Structure("Input", kMembers);

std::string Levels(int n) {
  std::string text = R"({"S":"x"})";
  for (int i = 0; i < n; ++i) text = R"({"M":{"a":)" + text + "}}";
  return text;
}

TEST(Layers, OlderLayerAnswers) {
  struct Case {
    std::string json;
    bool older;
  };
  const Case cases[] = {
      {R"({"Name":"n"})", false},
      // What must be there is CheckStages' to miss.
      {R"({})", false},
      {R"({"Name":null})", false},
      {R"({"Name":"n","Item":{"a":{"S":"x"}}})", false},
      {R"({"Name":"n","Item":{"a":{"S":"x","N":"1"}}})", true},
      {R"({"Name":"n","Item":{"a":{"S":"x","N":null}}})", false},
      {R"({"Name":"n","Item":{"a":{}}})", true},
      {R"({"Name":"n","Item":{"a":{"M":{"b":{}}}}})", true},
      {R"({"Name":"n","Item":{"a":{"BOOL":true}}})", false},
      {R"({"Name":"n","Item":{"a":{"BOOL":"true"}}})", true},
      {R"({"Name":"n","Entries":{"a":{"Operator":"EQ"}}})", false},
      {R"({"Name":"n","Entries":{"a":{"Value":{"S":"x"}}}})", false},
      {R"({"Name":"n","Entries":{"a":{"Operator":"EQ","Value":{}}}})", true},
      {R"({"Name":"n","Limit":2.5})", true},
      {R"({"Name":"n","Limit":4294967296})", true},
      {R"({"Name":"n","Limit":-1})", false},
      {R"({"Name":"n","Item":{"a":)" + Levels(62) + "}}", false},
      {R"({"Name":"n","Item":{"a":)" + Levels(63) + "}}", true},
  };
  const LayerEntry entry{
      .operation = "Test", .majority = Layer::kNewer, .cut_integers_fall_back = true};
  for (const Case& c : cases) {
    JsonDocument document;
    ASSERT_TRUE(document.Parse(c.json)) << c.json;
    EXPECT_EQ(OlderLayerAnswers(kInput, document.root(), entry), c.older) << c.json;
  }
}

constexpr Member kFirst[] = {{"Name", &kStringShape, {.max_length = 3}}};
constexpr Member kSecond[] = {{"Limit", &kIntegerShape, {.min_value = 1}},
                              {"Name", &kStringShape, {.min_length = 2}}};
constexpr Stage kStages[] = {kFirst, kSecond};

TEST(Layers, Stages) {
  const auto message = [&](std::string json) {
    JsonDocument document;
    EXPECT_TRUE(document.Parse(std::move(json)));
    const auto checked = CheckStages(kInput, kStages, document.root());
    return checked ? std::string() : checked.error().message;
  };
  EXPECT_EQ(message(R"({"Name":"abc","Limit":1})"), "");
  EXPECT_EQ(message(R"({"Name":"abcd","Limit":0})"),
            "1 validation error detected: Value 'abcd' at 'name' failed to satisfy constraint: "
            "Member must have length less than or equal to 3");
  EXPECT_EQ(
      message(R"({"Name":"a","Limit":0})"),
      "2 validation errors detected: Value '0' at 'limit' failed to satisfy constraint: Member "
      "must have value greater than or equal to 1; Value 'a' at 'name' failed to satisfy "
      "constraint: Member must have length greater than or equal to 2");
  // What must be there is the older layer's to miss, and it looks at nothing else here.
  EXPECT_EQ(
      message(R"({"Limit":0})"),
      "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member "
      "must not be null");
}

}  // namespace
}  // namespace dynarock::protocol

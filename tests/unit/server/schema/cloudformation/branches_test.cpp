// Faults in branches that the defaults do not take.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/server/schema/review/review_client.h"

namespace dynarock::schema {
namespace {

using Said = std::vector<std::string>;

// A table whose stream and billing are in lines 5 and 6.
std::string Template(const std::string& parameters, const std::string& conditions,
                     const std::string& stream, const std::string& name = "orders",
                     const std::string& more = {}) {
  return "Resources:\n  T:\n    Type: AWS::DynamoDB::Table\n    Properties:\n"
         "      StreamSpecification: " +
         stream + "\n      TableName: " + name +
         "\n      BillingMode: PAY_PER_REQUEST\n"
         "      AttributeDefinitions: [{AttributeName: a, AttributeType: S}]\n"
         "      KeySchema: [{AttributeName: a, KeyType: HASH}]\n" +
         more + "Parameters: " + parameters + "\nConditions: " + conditions + "\n";
}

constexpr const char* kFaulty = "{StreamViewTyp: NEW_IMAGE}";
constexpr const char* kSound = "{StreamViewType: NEW_IMAGE}";
constexpr const char* kStage = "{Stage: {Type: String}}";
constexpr const char* kIsProd = "{IsProd: !Equals [!Ref Stage, prod]}";

std::string If(const std::string& condition, const std::string& yes, const std::string& no) {
  return "!If [" + condition + ", " + yes + ", " + no + "]";
}

TEST(BranchesTest, AFaultInAnyBranchIsFoundOnce) {
  struct Case {
    const char* name;
    std::string text;
    std::string when;  // empty: nothing is said
  };
  const std::string none = "!Ref AWS::NoValue";
  const std::string with_default = "{Stage: {Type: String, Default: dev}}";
  const std::string listed =
      "{Stage: {Type: String, Default: dev, AllowedValues: [dev, test, prod]}}";
  const std::vector<Case> cases = {
      {"a parameter without default", Template(kStage, kIsProd, If("IsProd", kFaulty, kSound)),
       "IsProd holds"},
      {"the other branch", Template(kStage, kIsProd, If("IsProd", kSound, kFaulty)),
       "IsProd does not hold"},
      {"sound branches", Template(kStage, kIsProd, If("IsProd", kSound, none)), ""},
      {"a default that decides otherwise",
       Template(with_default, kIsProd, If("IsProd", kFaulty, none)), "IsProd holds"},
      {"inside a branch",
       Template(kStage, "{IsProd: !Equals [!Ref Stage, prod], IsDev: !Equals [!Ref Stage, dev]}",
                If("IsProd", none, If("IsDev", kFaulty, none))),
       "IsDev holds"},
      {"branches that exclude each other",
       Template(kStage, "{IsProd: !Equals [!Ref Stage, prod], IsDev: !Equals [!Ref Stage, dev]}",
                If("IsProd", If("IsDev", kFaulty, none), none)),
       ""},
      {"a condition and its opposite",
       Template(kStage, "{IsProd: !Equals [!Ref Stage, prod], NotProd: !Not [!Condition IsProd]}",
                If("IsProd", If("NotProd", kFaulty, none), none)),
       ""},
      {"two conditions at once",
       Template("{Stage: {Type: String}, Size: {Type: String}}",
                "{IsProd: !Equals [!Ref Stage, prod], IsBig: !Equals [!Ref Size, big]}",
                If("IsProd", If("IsBig", kFaulty, none), none)),
       "IsProd holds and IsBig holds"},
      {"a value that is none of those compared",
       Template(kStage, "{Known: !Or [!Equals [!Ref Stage, dev], !Equals [!Ref Stage, prod]]}",
                If("Known", none, kFaulty)),
       "Known does not hold"},
      {"no other value is allowed",
       Template("{Stage: {Type: String, AllowedValues: [dev, prod]}}",
                "{Known: !Or [!Equals [!Ref Stage, dev], !Equals [!Ref Stage, prod]]}",
                If("Known", none, kFaulty)),
       ""},
      {"the region",
       Template("{}", "{There: !Equals [!Ref 'AWS::Region', eu-west-1]}",
                If("There", kFaulty, none)),
       "There holds"},
      {"an empty list",
       Template("{Names: {Type: CommaDelimitedList, Default: ''}}",
                "{Any: !Not [!Equals [!Join ['', !Ref Names], '']]}", If("Any", kFaulty, none)),
       "Any holds"},
      {"a resource's own condition",
       Template(with_default, kIsProd, kFaulty, "orders", "    Condition: IsProd\n"), "-"},
  };
  const std::string fault =
      "5:29 error unknown-property: Properties validation failed for resource T with message: #: "
      "extraneous key [StreamViewTyp] is not permitted";
  for (const Case& c : cases) {
    Said expected;
    if (!c.when.empty()) {
      std::string line = fault;
      if (c.when != "-") line += " (when " + c.when + ")";
      expected.push_back(line);
    }
    Said said = Complaints("t.yaml", c.text);
    for (std::string& line : said) line.replace(0, line.find(' '), "5:29");
    EXPECT_EQ(said, expected) << c.name;
  }
}

// Each AllowedValue of a parameter that decides something.
TEST(BranchesTest, MapsHaveEveryAllowedValue) {
  const std::string maps = "Mappings: {M: {dev: {name: dev-orders}, prod: {name: prod-orders}}}\n";
  const auto said = [&](const std::string& allowed) {
    return Complaints("t.yaml", Template("{Stage: {Type: String, Default: dev" + allowed + "}}",
                                         "{}", kSound, "!FindInMap [M, !Ref Stage, name]") +
                                    maps);
  };
  EXPECT_EQ(said(", AllowedValues: [dev, prod]"), Said{});
  EXPECT_EQ(said(""), Said{});
  EXPECT_EQ(said(", AllowedValues: [dev, prod, test]"),
            Said{"6:18 error template: Template error: Unable to get mapping for M::test::name "
                 "(when Stage is test)"});
}

// What is set on the command line is not looked at otherwise; other parameters than the one that
// decides may have other values as well, so their defaults prove nothing.
TEST(BranchesTest, WhatIsGivenOrMayDifferIsNoFault) {
  ReadOptions options;
  options.values = {{"Stage", "dev"}};
  const std::string faulty = Template(kStage, kIsProd, If("IsProd", kFaulty, "!Ref AWS::NoValue"));
  EXPECT_EQ(Complaints("t.yaml", faulty, options), Said{});
  EXPECT_EQ(
      Complaints("t.yaml",
                 Template("{Stage: {Type: String}, View: {Type: String, Default: ''}}", kIsProd,
                          If("IsProd", "{StreamViewType: !Ref View}", "!Ref AWS::NoValue"))),
      Said{});
}

// What two parameters do not do together is for those who give them; what one of them does is not.
TEST(BranchesTest, ParametersThatDoNotGoTogetherAreNoFault) {
  const auto said = [](const std::string& definition_of, const std::string& key_of) {
    return Complaints(
               "t.yaml",
               "Parameters: {Sort: {Type: String}, More: {Type: String}}\n"
               "Conditions: {HasSort: !Not [!Equals [!Ref Sort, '']], HasMore: !Not [!Equals [!Ref More, "
               "'']]}\nResources:\n  T:\n    Type: AWS::DynamoDB::Table\n    Properties:\n"
               "      BillingMode: PAY_PER_REQUEST\n      AttributeDefinitions: [{AttributeName: a, "
               "AttributeType: S}, !If [" +
                   definition_of +
                   ", {AttributeName: b, AttributeType: S}, !Ref "
                   "AWS::NoValue]]\n      KeySchema: [{AttributeName: a, KeyType: HASH}, !If [" +
                   key_of + ", {AttributeName: b, KeyType: RANGE}, !Ref AWS::NoValue]]\n")
        .size();
  };
  EXPECT_EQ(said("HasSort", "HasSort"), 0u);
  EXPECT_EQ(said("HasMore", "HasSort"), 0u);
}

// Twenty parameters of two values have a million combinations.
TEST(BranchesTest, CombinationsAreBounded) {
  std::string parameters = "{";
  std::string conditions = "{";
  std::string stream = kSound;
  for (int i = 0; i < 20; ++i) {
    const std::string n = std::to_string(i);
    const char* comma = i == 0 ? "" : ", ";
    parameters += comma + ("P" + n) + ": {Type: String}";
    conditions += comma + ("C" + n) + ": !Equals [!Ref P" + n + ", x]";
    stream = If("C" + n, i == 7 ? kFaulty : "!Ref AWS::NoValue", stream);
  }
  EXPECT_LE(Complaints("t.yaml", Template(parameters + "}", conditions + "}", stream)).size(), 1u);
}

}  // namespace
}  // namespace dynarock::schema

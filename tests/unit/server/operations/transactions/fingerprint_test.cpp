#include "server/operations/transactions/fingerprint.h"

#include <gtest/gtest.h>

namespace dynarock::operations {
namespace {

std::string Of(std::string json) {
  JsonDocument document;
  EXPECT_TRUE(document.Parse(json)) << json;
  return Fingerprint(document.root());
}

struct Case {
  const char* name;
  const char* one;
  const char* other;
  bool same;
};

class FingerprintCase : public testing::TestWithParam<Case> {};

TEST_P(FingerprintCase, Compares) {
  EXPECT_EQ(Of(GetParam().one) == Of(GetParam().other), GetParam().same);
}

INSTANTIATE_TEST_SUITE_P(
    All, FingerprintCase,
    testing::Values(Case{"Members", R"({"a":1,"b":{"c":2,"d":3}})", R"({"b":{"d":3,"c":2},"a":1})",
                         true},
                    Case{"Spaces", R"([{"a":1}])", R"( [ { "a" : 1 } ] )", true},
                    Case{"Escapes", R"(["\u0061"])", R"(["a"])", true},
                    Case{"Null", R"({"a":1,"b":null})", R"({"a":1})", true},
                    Case{"OnlyNull", R"({"b":null})", R"({})", true},
                    Case{"LastOfAName", R"({"a":1,"a":2})", R"({"a":2})", true},
                    Case{"Sets", R"({"SS":["a","b"]})", R"({"SS":["b","a"]})", true},
                    Case{"SetsInMaps", R"({"x":{"NS":["1","2"]},"y":1})",
                         R"({"y":1,"x":{"NS":["2","1"]}})", true},
                    Case{"Lists", R"({"L":["a","b"]})", R"({"L":["b","a"]})", false},
                    Case{"Values", R"({"a":{"S":"x"}})", R"({"a":{"S":"y"}})", false},
                    Case{"Types", R"({"a":{"S":"1"}})", R"({"a":{"N":"1"}})", false},
                    Case{"TextAndNumber", R"(["1"])", R"([1])", false},
                    Case{"Borders", R"(["ab","c"])", R"(["a","bc"])", false},
                    Case{"Nesting", R"([[1],2])", R"([[1,2]])", false},
                    Case{"Bools", R"([true])", R"([false])", false},
                    Case{"Doubles", R"([1.5])", R"([1.25])", false},
                    Case{"More", R"([{"a":1}])", R"([{"a":1},{"a":1}])", false},
                    Case{"NullInAList", R"([null])", R"([])", false}),
    [](const auto& row) { return row.param.name; });

TEST(FingerprintTest, Is32BytesForAnySize) {
  EXPECT_EQ(Of("[]").size(), kFingerprintSize);
  const std::string large(200'000, 'x');
  EXPECT_EQ(Of("[\"" + large + "\"]").size(), kFingerprintSize);
  EXPECT_NE(Of("[\"" + large + "\",1]"), Of("[\"" + large + "\",2]"));
}

}  // namespace
}  // namespace dynarock::operations

// The list of rules.
#include "server/advisor/rules/rules.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace dynarock::advisor {
namespace {

TEST(RulesTest, EachHasAFileAndATestOfItsName) {
  const std::filesystem::path root = DYNAROCK_SOURCE_DIR;
  std::set<std::string_view> ids;
  for (const Rule& rule : Rules()) {
    EXPECT_TRUE(ids.insert(rule.id).second) << rule.id << " is listed twice";
    std::string file(rule.id);
    std::ranges::replace(file, '-', '_');
    EXPECT_TRUE(std::filesystem::exists(root / "server/advisor/rules" / (file + ".cpp"))) << file;
    EXPECT_TRUE(
        std::filesystem::exists(root / "tests/unit/server/advisor/rules" / (file + "_test.cpp")))
        << file;
  }
  EXPECT_GE(ids.size(), 35u);
}

}  // namespace
}  // namespace dynarock::advisor

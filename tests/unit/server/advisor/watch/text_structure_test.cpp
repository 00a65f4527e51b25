#include "server/advisor/watch/text_structure.h"

#include <vector>

#include <gtest/gtest.h>

namespace dynarock::advisor {
namespace {

TEST(TextStructureTest, StructureForgetsNamesPlaceholdersAndLiterals) {
  struct Case {
    const char* name;
    const char* a;
    const char* b;
    bool statement;
    bool same;
  };
  const std::vector<Case> cases = {
      {"attribute names", "SET day1 = :v", "SET day2 = :v", false, true},
      {"placeholders", "SET #a = :v1", "SET #b = :v2", false, true},
      {"names are not placeholders", "SET a = :v", "SET #a = :v", false, false},
      {"list indexes", "REMOVE items[3]", "REMOVE items[17]", false, true},
      {"functions stay", "contains(a, :v)", "begins_with(a, :v)", false, false},
      {"more terms", "a = :a", "a = :a AND b = :b", false, false},
      {"literals", "SELECT * FROM T WHERE id = 'a'", "SELECT * FROM T WHERE id = 'b c'", true,
       true},
      {"numbers", "SELECT * FROM T WHERE n = 1", "SELECT * FROM T WHERE n = 22.5", true, true},
      {"spaces", "a=:v", "a  =  :v", false, true},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(StructureOf(c.a, c.statement).text == StructureOf(c.b, c.statement).text, c.same)
        << c.name;
  }
  EXPECT_TRUE(StructureOf("SELECT * FROM T WHERE id = 'a'", true).literals);
  EXPECT_FALSE(StructureOf("SELECT * FROM T WHERE id = ?", true).literals);
  EXPECT_FALSE(StructureOf("SET #a = :a", false).names);
  EXPECT_EQ(WithoutPlaceholders("SET #a1 = :b, c = :d", false),
            WithoutPlaceholders("SET #a2 = :x, c = :y", false));
}

TEST(TextStructureTest, ListIndexesAreNotWrittenIn) {
  EXPECT_EQ(WithoutListIndexes("SET boxes[7].done = :d", false),
            WithoutListIndexes("SET boxes[12].done = :x", false));
  EXPECT_EQ(WithoutListIndexes("SET #b[0][1] = :d", false),
            WithoutListIndexes("SET #c[3][4] = :d", false));
  EXPECT_NE(WithoutListIndexes("SET boxes[7].done = :d", false),
            WithoutListIndexes("SET lists[7].done = :d", false));
  // The elements of a list that stands in a statement are values.
  EXPECT_NE(WithoutListIndexes("UPDATE \"T\" SET a=[1] WHERE p=?", true),
            WithoutListIndexes("UPDATE \"T\" SET a=[2] WHERE p=?", true));
}

}  // namespace
}  // namespace dynarock::advisor

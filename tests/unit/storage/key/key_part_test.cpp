#include "storage/key/key_part.h"

#include <compare>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/storage/key/owned_value.h"

namespace dynarock {
namespace {

using test::B;
using test::N;
using test::Owned;
using test::S;

std::string Part(ValueView value) {
  std::string out;
  AppendKeyPart(out, value);
  return out;
}

// The examples of docs/disk_format.md.
TEST(KeyPart, LiesOnDiskAsDocumented) {
  EXPECT_EQ(Part(S("ab")), std::string("ab\x00\x01", 4));
  EXPECT_EQ(Part(S(std::string("\0", 1))), std::string("\x00\xFF\x00\x01", 4));
  EXPECT_EQ(Part(N("12.5")), std::string("\x03\x83\x0E\x34\x00", 5));
  EXPECT_EQ(Part(N("0")), "\x02");
}

// The order of the parts is the order of the values; equal values have equal parts; no part begins
// with another.
void ExpectSameOrder(const std::vector<Owned>& values) {
  std::vector<std::string> parts;
  for (const Owned& value : values) parts.push_back(Part(value));
  for (size_t i = 0; i < values.size(); ++i) {
    ASSERT_EQ(KeyPartLength(values[i].view().type(), parts[i] + "rest"), parts[i].size());
    for (size_t j = 0; j < values.size(); ++j) {
      const auto order = *Compare(values[i], values[j]);
      ASSERT_EQ(order, parts[i].compare(parts[j]) <=> 0)
          << values[i].view().text() << " and " << values[j].view().text();
      if (order != 0) {
        ASSERT_FALSE(parts[i].starts_with(parts[j]))
            << values[i].view().text() << " begins with " << values[j].view().text();
      }
    }
  }
}

// Every byte string of up to 4 bytes over an alphabet that has all special bytes.
std::vector<std::string> SmallStrings() {
  const std::string alphabet("\x00\x01\x02\xFE\xFF", 5);
  std::vector<std::string> all{""};
  for (size_t from = 0, length = 0; length < 4; ++length) {
    const size_t end = all.size();
    for (; from < end; ++from) {
      for (const char c : alphabet) all.push_back(all[from] + c);
    }
  }
  return all;
}

TEST(KeyPart, StringsSortAsTheirBytes) {
  std::vector<Owned> values;
  for (const std::string& text : SmallStrings()) values.push_back(S(text));
  ExpectSameOrder(values);
}

TEST(KeyPart, BinariesSortAsTheirBytes) {
  std::vector<Owned> values;
  for (const std::string& text : SmallStrings()) values.push_back(B(text));
  ExpectSameOrder(values);
}

TEST(KeyPart, NumbersSortByValue) {
  std::vector<Owned> values{N(0)};
  for (const char* digits :
       {"1", "2", "9", "10", "11", "19", "99", "100", "101", "123", "999", "1001",
        "99999999999999999999999999999999999999", "99999999999999999999999999999999999998",
        "10000000000000000000000000000000000001", "1234567890123456789"}) {
    for (const int exponent :
         {-130, -129, -100, -39, -38, -3, -2, -1, 0, 1, 2, 3, 38, 87, 88, 124, 125}) {
      for (const char* sign : {"", "-"}) {
        const auto number =
            CanonicalNumber(sign + std::string(digits) + "E" + std::to_string(exponent));
        if (number) values.push_back(N(*number));
      }
    }
  }
  ASSERT_GT(values.size(), 400u);
  ExpectSameOrder(values);
}

TEST(KeyPart, ConsecutiveIntegersSortByValue) {
  std::vector<Owned> values;
  for (int i = -300; i <= 300; ++i) values.push_back(N(i));
  for (int i = -300; i <= 300; ++i) values.push_back(N(std::to_string(i) + "E-2"));
  ExpectSameOrder(values);
}

TEST(KeyPart, PrefixesBeginExactlyWhatBeginsWithThem) {
  const auto strings = SmallStrings();
  for (size_t i = 0; i < strings.size(); i += 3) {
    std::string prefix;
    AppendKeyPrefix(prefix, strings[i]);
    for (const std::string& text : strings) {
      ASSERT_EQ(Part(S(text)).starts_with(prefix), text.starts_with(strings[i]));
    }
  }
}

TEST(KeyPart, WorstCaseSizes) {
  EXPECT_EQ(Part(S(std::string(2048, '\0'))).size(), 4098u);
  EXPECT_EQ(Part(S(std::string(2048, 'a'))).size(), 2050u);
  EXPECT_EQ(Part(N("99999999999999999999999999999999999999")).size(), 22u);
  EXPECT_EQ(Part(N(0)).size(), 1u);
}

TEST(KeyPart, LengthOfWhatIsNoPartIsZero) {
  EXPECT_EQ(KeyPartLength(Type::kString, ""), 0u);
  EXPECT_EQ(KeyPartLength(Type::kString, "abc"), 0u);
  EXPECT_EQ(KeyPartLength(Type::kString, std::string_view("a\0", 2)), 0u);
  EXPECT_EQ(KeyPartLength(Type::kString, std::string_view("a\0\xFF", 3)), 0u);
  EXPECT_EQ(KeyPartLength(Type::kNumber, ""), 0u);
  EXPECT_EQ(KeyPartLength(Type::kNumber, "\x03\x80\x05"), 0u);
}

TEST(KeyPart, PrefixSuccessor) {
  EXPECT_EQ(PrefixSuccessor("a"), "b");
  EXPECT_EQ(PrefixSuccessor("a\xFF"), "b");
  EXPECT_EQ(PrefixSuccessor(std::string_view("a\0", 2)), "a\x01");
  EXPECT_EQ(PrefixSuccessor("\xFF\xFF"), "");
  EXPECT_EQ(PrefixSuccessor(""), "");
}

}  // namespace
}  // namespace dynarock

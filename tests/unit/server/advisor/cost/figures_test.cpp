#include "server/advisor/cost/figures.h"

#include <gtest/gtest.h>

namespace dynarock::advisor {
namespace {

struct Case {
  std::string figure;
  std::string expected;
};

TEST(FiguresTest, AreWrittenForPeople) {
  const std::vector<Case> cases = {
      {Count(0), "0"},
      {Count(999), "999"},
      {Count(1'000), "1,000"},
      {Count(UINT64_MAX), "18,446,744,073,709,551,615"},
      {Units(0), "0"},
      {Units(0.5), "0.5"},
      {Units(0.04), "under 0.1"},
      {Units(1), "1"},
      {Units(1'440), "1,440"},
      {Units(1'234.56), "1,234.6"},
      {Units(999.96), "1,000"},
      {Money(0, "USD"), "$0"},
      {Money(0.004, "USD"), "under $0.01"},
      {Money(0.01, "USD"), "$0.01"},
      {Money(45.625, "USD"), "$45.62"},
      {Money(1'460.4, "USD"), "$1,460"},
      {Money(1.2, "EUR"), "EUR 1.20"},
      {Bytes(1), "1 byte"},
      {Bytes(1'023), "1,023 bytes"},
      {Bytes(1'536), "1.5 KB"},
      {Bytes(2 * 1024 * 1024), "2.0 MB"},
      {Bytes(uint64_t{5} << 40), "5.0 TB"},
      {Share(0, 0), "0 %"},
      {Share(1, 3), "33 %"},
      {Share(1, 100'000), "under 0.1 %"},
      {Share(999, 1'000), "99.9 %"},
      {Share(9'999, 10'000), "99.9 %"},
      {Share(1, 1), "100 %"},
      {Share(4, 100), "4.0 %"},
      {Traffic(1e6), "1 million"},
      {Traffic(2.5e6), "2.5 million"},
      {Traffic(250'000), "250,000"},
      {Traffic(1'234'567), "1,234,567"},
      {Plural(1, "error"), "1 error"},
      {Plural(0, "error"), "0 errors"},
      {DateTime(1'764'075'602'120), "2025-11-25 13:00:02"},
      {IsoTime(1'764'075'602'007), "2025-11-25T13:00:02.007Z"},
      {IsoTime(0), "1970-01-01T00:00:00.000Z"},
      {Span(1'764'075'602'000, 1'764'075'640'000), "2025-11-25 13:00:02 to 13:00:40 UTC"},
      {Span(1'764'075'602'000, 1'764'165'602'000),
       "2025-11-25 13:00:02 to 2025-11-26 14:00:02 UTC"},
      {Where("orders", ""), "orders"},
      {Where("orders", "by_day"), "orders / by_day"},
      {Where("", ""), ""},
      {PlaceOf({.file = "main.tf", .line = 12, .column = 3}), "main.tf:12:3"},
      {PlaceOf({.file = "main.tf", .line = 12}), "main.tf:12"},
      {PlaceOf({.file = "main.tf"}), "main.tf"},
      {PlaceOf({.line = 12}), ""},
  };
  for (const Case& c : cases) EXPECT_EQ(c.figure, c.expected);
}

}  // namespace
}  // namespace dynarock::advisor

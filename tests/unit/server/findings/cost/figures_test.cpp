#include "server/findings/cost/figures.h"

#include <gtest/gtest.h>

namespace dynarock::findings {
namespace {

struct Case {
  std::string figure;
  std::string expected;
};

TEST(FiguresTest, AreWrittenForPeople) {
  const std::vector<Case> cases = {
      {CountText(0), "0"},
      {CountText(999), "999"},
      {CountText(1'000), "1,000"},
      {CountText(UINT64_MAX), "18,446,744,073,709,551,615"},
      {UnitsText(0), "0"},
      {UnitsText(0.5), "0.5"},
      {UnitsText(0.04), "under 0.1"},
      {UnitsText(1), "1"},
      {UnitsText(1'440), "1,440"},
      {UnitsText(1'234.56), "1,234.6"},
      {UnitsText(999.96), "1,000"},
      {MoneyText(0, "USD"), "$0"},
      {MoneyText(0.004, "USD"), "under $0.01"},
      {MoneyText(0.01, "USD"), "$0.01"},
      {MoneyText(45.625, "USD"), "$45.62"},
      {MoneyText(1'460.4, "USD"), "$1,460"},
      {MoneyText(1.2, "EUR"), "EUR 1.20"},
      {BytesText(1), "1 byte"},
      {BytesText(1'023), "1,023 bytes"},
      {BytesText(1'536), "1.5 KB"},
      {BytesText(2 * 1024 * 1024), "2.0 MB"},
      {BytesText(uint64_t{5} << 40), "5.0 TB"},
      {ShareText(0, 0), "0 %"},
      {ShareText(1, 3), "33 %"},
      {ShareText(1, 100'000), "under 0.1 %"},
      {ShareText(999, 1'000), "99.9 %"},
      {ShareText(9'999, 10'000), "99.9 %"},
      {ShareText(1, 1), "100 %"},
      {ShareText(4, 100), "4.0 %"},
      {TrafficText(1e6), "1 million"},
      {TrafficText(2.5e6), "2.5 million"},
      {TrafficText(250'000), "250,000"},
      {TrafficText(1'234'567), "1,234,567"},
      {Plural(1, "error"), "1 error"},
      {Plural(0, "error"), "0 errors"},
      {DateTime(1'764'075'602'120), "2025-11-25 13:00:02"},
      {SpanText(1'764'075'602'000, 1'764'075'640'000), "2025-11-25 13:00:02 to 13:00:40 UTC"},
      {SpanText(1'764'075'602'000, 1'764'165'602'000),
       "2025-11-25 13:00:02 to 2025-11-26 14:00:02 UTC"},
      {SpanText(1'764'075'602'000, 1'764'075'602'900), "2025-11-25 13:00:02 UTC"},
      {DurationText(99), "under 0.1 s"},
      {DurationText(100), "0.1 s"},
      {DurationText(9'940), "9.9 s"},
      {DurationText(10'000), "10 s"},
      {DurationText(599'999), "599 s"},
      {DurationText(600'000), "10 min"},
      {SeenText({.count = 1}), "once"},
      {SeenText({.count = 3, .first_seen_ms = 1'764'075'602'000}),
       "3 times, 2025-11-25 13:00:02 UTC"},
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
}  // namespace dynarock::findings

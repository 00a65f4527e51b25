#include "server/findings/render/clean.h"

#include <gtest/gtest.h>

#include "storage/item/json.h"
#include "tests/unit/server/findings/render/example_report.h"

namespace dynarock::findings {
namespace {

struct Case {
  const char* name;
  std::string text;
  std::string utf8;
  std::string printable;
};

TEST(CleanTest, TextsAreMadeSafe) {
  const std::vector<Case> cases = {
      {"empty", "", "", ""},
      {"plain", "orders-1 by_day", "orders-1 by_day", "orders-1 by_day"},
      {"other scripts", "Größe 注文 😀", "Größe 注文 😀", "Größe 注文 😀"},
      {"line ends and tabs", "a\r\n\tb", "a\r\n\tb", "a  b"},
      {"terminal escape", "\x1b[31m", "\x1b[31m", "␛[31m"},
      {"nul and delete", std::string("\0\x7f", 2), std::string("\0\x7f", 2), "␀␡"},
      {"C1 control",
       "\xc2\x9b"
       "31m",
       "\xc2\x9b"
       "31m",
       "\uFFFD31m"},
      {"no-break space stays", "\xc2\xa0", "\xc2\xa0", "\xc2\xa0"},
      {"direction override", "a\u202Eb", "a\u202Eb", "a\uFFFDb"},
      {"direction isolate", "a\u2066b", "a\u2066b", "a\uFFFDb"},
      {"what XML excludes", "\xef\xbf\xbe", "\xef\xbf\xbe", "\uFFFD"},
      {"a lone byte",
       "a\xff"
       "b",
       "a\uFFFD"
       "b",
       "a\uFFFD"
       "b"},
      {"cut short", "a\xe2\x82", "a\uFFFD\uFFFD", "a\uFFFD\uFFFD"},
      {"a surrogate", "\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD", "\uFFFD\uFFFD\uFFFD"},
      {"overlong", "\xc0\xaf", "\uFFFD\uFFFD", "\uFFFD\uFFFD"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(CleanedText(c.text, Cleaning::kUtf8), c.utf8) << c.name;
    EXPECT_EQ(CleanedText(c.text, Cleaning::kPrintable), c.printable) << c.name;
    EXPECT_TRUE(IsUtf8(CleanedText(c.text, Cleaning::kPrintable))) << c.name;
  }
}

TEST(CleanTest, BlocksKeepTheirLines) {
  EXPECT_EQ(CleanedText("a {\n\tb\r\n}\x07", Cleaning::kPrintable, true), "a {\n\tb\n}␇");
}

// No string of a report is passed over: all that the hostile report has are changed.
TEST(CleanTest, EveryStringOfAReportIsCleaned) {
  const Report clean = Cleaned(HostileReport(), Cleaning::kPrintable);
  const std::string expected = CleanedText(kHostile, Cleaning::kPrintable);
  const Finding& finding = clean.findings.at(0);
  const Prices& prices = *clean.prices;
  for (const std::string& text : {clean.version,
                                  finding.id,
                                  finding.table,
                                  finding.index,
                                  finding.title,
                                  finding.evidence[0].first,
                                  finding.evidence[0].second,
                                  finding.example,
                                  finding.user_agent,
                                  finding.consequence,
                                  finding.advice,
                                  finding.blocks[0].title,
                                  finding.file,
                                  clean.costs[0].operation,
                                  clean.costs[0].table,
                                  clean.costs[0].index,
                                  clean.costs[0].expression,
                                  clean.storage[0].table,
                                  clean.storage[0].index,
                                  prices.region,
                                  prices.currency,
                                  prices.as_of,
                                  prices.source}) {
    EXPECT_EQ(text, expected);
  }
  EXPECT_EQ(finding.blocks[0].text, CleanedText(kHostile, Cleaning::kPrintable, true));
}

}  // namespace
}  // namespace dynarock::findings

#include <gtest/gtest.h>

#include "server/findings/render/format.h"
#include "server/findings/render/renderers.h"
#include "server/findings/render/text_table.h"
#include "tests/unit/server/findings/render/example_report.h"

namespace dynarock::findings {
namespace {

TEST(TextTest, AFindingReadsFromWhatToWhy) {
  Finding finding = ExampleReport().findings[2];
  EXPECT_EQ(
      FindingText(finding),
      "error: A FilterExpression discards 98 % of what Query reads  [filter-discards-most]\n"
      "    table / index   orders / by_customer\n"
      "    items read      12,000\n"
      "    items returned  240\n"
      "    read units      1,440\n"
      "    seen            120 times, 2025-11-25 13:00:02 to 13:00:32 UTC\n"
      "    example         "
      R"({"TableName":"orders","IndexName":"by_customer","KeyConditionExpression":"customer)"
      "\n                    "
      R"(= :c","FilterExpression":"#s = :s"})"
      "\n"
      "    client          aws-sdk-js/3.1164.0\n"
      "    In production: Every item that is read is paid for, returned or not; the cost grows "
      "with the\n"
      "    customer's history.\n"
      "    Instead: Make status the sort key of an index on customer.\n"
      "    Terraform:\n"
      "      global_secondary_index {\n"
      "        name = \"by_customer_status\"\n"
      "      }\n");
}

TEST(TextTest, AFindingInAFileStartsWithItsPlace) {
  EXPECT_TRUE(FindingText(ExampleReport().findings[1])
                  .starts_with("infra/tables main.tf:12:3: warning: Attribute device is defined "
                               "but no key uses it  [attribute-unused]\n"));
}

TEST(TextTest, AnEmptyReportIsOneLine) {
  EXPECT_EQ(Render(Report{}, Format::kText), "no findings\n");
}

TEST(TextTest, SaysHowLongTheAdvisorWasPaused) {
  Report report = ExampleReport();
  EXPECT_EQ(Render(report, Format::kText).find("paused"), std::string::npos);
  EXPECT_EQ(Render(report, Format::kJson).find("paused"), std::string::npos);
  report.paused_ms = 2500;
  EXPECT_TRUE(Render(report, Format::kText)
                  .starts_with("dynarock 0.1.0: 12,345 requests, 2025-11-25 13:00:02 to 13:00:40 "
                               "UTC, paused for 2.5 s\n"));
  EXPECT_NE(Render(report, Format::kHtml).find("paused for 2.5 s"), std::string::npos);
  EXPECT_NE(Render(report, Format::kJson).find(R"("pausedMs":2500,)"), std::string::npos);
}

TEST(TextTest, ShowsCostsAndTotals) {
  const std::string text = Render(ExampleReport(), Format::kText);
  for (const char* line :
       {"dynarock 0.1.0: 12,345 requests, 2025-11-25 13:00:02 to 13:00:40 UTC\n",
        "  request                     count  read units  write units  units each  most    read  "
        "returned  on demand  provisioned\n",
        "  Query orders / by_customer    120       1,440            0          12  14.5  12,000    "
        "   240     $45.62       $18.83\n    customer = :c; filter #s = :s\n",
        "  orders                     2,000        1,600    800  878.9 KB      under $0.01\n",
        "Prices of us-east-1 in USD as of 2024-11-01 (AWS's public price list).",
        "\n1 error, 1 warning, 1 note\n"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << "\nis not in\n" << text;
  }
}

TEST(TextTest, WithoutColourThereIsNoEscape) {
  EXPECT_EQ(Render(HostileReport(), Format::kText).find('\x1b'), std::string::npos);
  EXPECT_NE(Render(ExampleReport(), Format::kText, {.color = true}).find("\x1b[1;31merror:\x1b[0m"),
            std::string::npos);
}

TEST(TextTest, LinesAreBrokenAtSpaces) {
  EXPECT_EQ(Wrapped("one two three", "  ", 7), "one two\n  three");
  EXPECT_EQ(Wrapped("a verylongword b", "  ", 4), "a\n  verylongword\n  b");
  EXPECT_EQ(Wrapped("", "  ", 4), "");
  EXPECT_EQ(Wrapped("größe größe", "", 11), "größe größe");
  EXPECT_EQ(Shortened("größere Größe", 10), "größere...");
  EXPECT_EQ(Shortened("abc", 3), "abc");
}

}  // namespace
}  // namespace dynarock::findings

#include <gtest/gtest.h>

#include "server/findings/render/format.h"
#include "tests/unit/server/findings/render/example_report.h"
#include "tests/unit/server/findings/render/markup_reader.h"

namespace dynarock::findings {
namespace {

std::string Html(const Report& report) {
  return Render(report, Format::kHtml);
}

bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

// How often `part` is in `text`.
int Times(std::string_view text, std::string_view part) {
  int times = 0;
  for (size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++times;
  return times;
}

TEST(HtmlTest, ShowsFindingsPlotsAndCosts) {
  const std::string html = Html(ExampleReport());
  for (const char* part :
       {"A FilterExpression discards 98 % of what Query reads", "<b>orders / by_customer</b>",
        "<code>infra/tables main.tf:12:3</code>", "Units by table and index",
        "Items read against returned", "Share of all units by kind of request",
        "<td>12,000 &rarr; 240</td>", "$45.62", "Prices of <b>us-east-1</b>"}) {
    EXPECT_TRUE(Has(html, part)) << part;
  }
  EXPECT_EQ(Times(html, "<svg role"), 3);
  EXPECT_EQ(Times(html, "<article"), 3);
}

TEST(HtmlTest, NeedsNothingFromElsewhere) {
  const std::string html = Html(ExampleReport());
  for (const char* part : {"http:", "https:", "<script", "<link", "<img", "url(", "@import"}) {
    EXPECT_FALSE(Has(html, part)) << part;
  }
  EXPECT_TRUE(Has(html, "default-src 'none'"));
}

TEST(HtmlTest, HostileTextsAreText) {
  const std::string html = Html(HostileReport());
  EXPECT_FALSE(Has(html, "<script"));
  EXPECT_FALSE(Has(html, "\"'&]]>"));
  EXPECT_TRUE(Has(html, "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;]]&gt;"));
  // Nothing that a hostile text holds opens or closes an element.
  EXPECT_EQ(ReadMarkup(html).ShapeOf(), ReadMarkup(Html([] {
                                          Report plain = HostileReport();
                                          Finding& finding = plain.findings[0];
                                          finding.title = finding.table = finding.index = "plain";
                                          plain.costs[0].expression = plain.costs[0].table = "x";
                                          plain.costs[0].index = plain.storage[0].index = "i";
                                          plain.storage[0].table = "x";
                                          return plain;
                                        }()))
                                            .ShapeOf());
}

TEST(HtmlTest, AnEmptyReportSaysSo) {
  const std::string html = Html(Report{});
  EXPECT_TRUE(Has(html, "no findings"));
  EXPECT_EQ(Times(html, "<svg"), 0);
  EXPECT_FALSE(Has(html, "<h2>Cost</h2>"));
}

TEST(HtmlTest, ElementsAreBalanced) {
  for (const Report& report : {ExampleReport(), HostileReport(), Report{}}) {
    EXPECT_EQ(ReadMarkup(Html(report)).name, "html");
  }
}

TEST(HtmlTest, ManyKindsOfRequestsAreCut) {
  Report report = ExampleReport();
  for (int n = 0; n < 300; ++n) {
    report.costs.push_back({.operation = "Query",
                            .table = "t" + std::to_string(n),
                            .requests = 1,
                            .read_units = 0.5,
                            .items_read = 1,
                            .most_units = 0.5});
  }
  const std::string html = Html(report);
  EXPECT_TRUE(Has(html, "And 205 kinds more"));
  EXPECT_TRUE(Has(html, "298 other kinds"));
  EXPECT_TRUE(Has(html, "more tables and indexes that took fewer units"));
  EXPECT_LT(Times(html, "t250"), 1);
}

TEST(HtmlTest, OtherTablesWithTheSameCauseAreInTheirFinding) {
  Report report = ExampleReport();
  report.findings[2].also_at.assign(1, report.findings[2]);
  report.findings[2].also_at[0].table = "o<ther";
  const std::string text = Render(report, Format::kHtml);
  EXPECT_NE(text.find("<details><summary>The same in other tables</summary><pre>o&lt;ther / "
                      "by_customer: A FilterExpression discards"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace dynarock::findings

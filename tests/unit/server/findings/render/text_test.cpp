#include <algorithm>

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
  const std::string text = Render(ExampleReport(), Format::kText, {.whole = true});
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

size_t LinesOf(const std::string& text) {
  return static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
}

// `errors`, `warnings` and `notes` of the example, and as many kinds of requests as all of these.
Report LongReport(size_t errors, size_t warnings, size_t notes) {
  const Report example = ExampleReport();
  Report report = example;
  report.findings.clear();
  report.costs.clear();
  const auto add = [&](size_t count, Severity severity) {
    for (size_t at = 0; at < count; ++at) {
      Finding finding = example.findings[2];
      finding.severity = severity;
      finding.table = "table" + std::to_string(at);
      finding.advice += " Not as in number " + std::to_string(report.findings.size()) + ".";
      report.findings.push_back(finding);
      report.costs.push_back(example.costs[0]);
    }
  };
  add(errors, Severity::kError);
  add(warnings, Severity::kWarning);
  add(notes, Severity::kNote);
  return report;
}

TEST(TextTest, FitsAScreenUnlessAskedForAll) {
  struct Case {
    size_t errors;
    size_t warnings;
    size_t notes;
    const char* last;  // nullptr: nothing is left out
  };
  const Case cases[] = {
      {0, 0, 1, nullptr},
      {1, 2, 3,
       "Left out: details, costs by operation, table and index. --all shows everything.\n"
       "1 error, 2 warnings, 3 notes\n"},
      {3, 4, 20,
       "Left out: 14 notes, costs by operation, table and index. --all shows everything.\n"
       "3 errors, 4 warnings, 20 notes\n"},
      {20, 30, 400,
       "Left out: 9 errors, 30 warnings, 400 notes, costs by operation, table and index. --all shows\n"
       "everything.\n20 errors, 30 warnings, 400 notes\n"},
  };
  for (const Case& c : cases) {
    const Report report = LongReport(c.errors, c.warnings, c.notes);
    const std::string text = Render(report, Format::kText, {.whole_by = "--all"});
    EXPECT_LE(LinesOf(text), 50U) << text;
    EXPECT_GE(LinesOf(text), 25U) << text;
    if (c.last == nullptr) {
      EXPECT_EQ(text, Render(report, Format::kText, {.whole = true}));
    } else {
      EXPECT_TRUE(text.ends_with(c.last)) << text;
    }
    const std::string whole = Render(report, Format::kText, {.whole = true});
    EXPECT_EQ(whole.find("Left out"), std::string::npos);
    EXPECT_NE(whole.find("Operations\n"), std::string::npos);
  }
}

TEST(TextTest, TheFirstFindingsAreShownInFull) {
  Report report = LongReport(1, 1, 30);
  report.findings[1].blocks.assign(1, {"Terraform", std::string(60, '\n')});
  const std::string text = Render(report, Format::kText);
  EXPECT_NE(text.find("    items returned  240\n"), std::string::npos) << text;
  EXPECT_NE(text.find("    table0 / by_customer: items read 12,000; items returned 240;"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("    Instead: Make status the sort key of an index on customer.\nnote: "),
            std::string::npos)
      << text;
}

size_t Times(const std::string& text, const std::string& part) {
  size_t times = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
  return times;
}

TEST(TextTest, AScreenHasRoomForNotesAndIsUsed) {
  constexpr const char* kFull = "    items returned  240\n";
  struct Case {
    size_t warnings;
    size_t notes;
    size_t full;
    size_t shown_notes;
  };
  const Case cases[] = {
      {2, 30, 1, 6},  // the second in full would leave no room for notes
      {1, 1, 2, 1},   // notes in full, where there is room
      {2, 0, 2, 0},
  };
  for (const Case& c : cases) {
    const std::string text = Render(LongReport(0, c.warnings, c.notes), Format::kText);
    EXPECT_EQ(Times(text, kFull), c.full) << text;
    EXPECT_EQ(Times(text, "note: "), c.shown_notes) << text;
  }
}

TEST(TextTest, ALongLineTakesTheLinesOfATerminal) {
  Report report = LongReport(0, 1, 40);
  const auto shows_example = [&] {
    return Render(report, Format::kText).find("    example") != std::string::npos;
  };
  EXPECT_TRUE(shows_example());
  report.findings[0].example = "{" + std::string(560, 'x');
  report.findings[0].evidence.assign(9, {"figure", "1"});
  EXPECT_FALSE(shows_example());
}

TEST(TextTest, TheSameAdviceIsNotRepeated) {
  Report report = LongReport(0, 9, 0);
  for (Finding& finding : report.findings) finding.advice = "Make status the sort key.";
  report.findings[8].advice = "Something else.";
  const std::string text = Render(report, Format::kText);
  EXPECT_EQ(Times(text, "    Instead: Something else.\n"), 1U) << text;
  EXPECT_EQ(Times(text, "    Instead: Make status"), 1U) << text;
}

TEST(TextTest, NotesOfWhichTheSameWouldBeSaidAreOneLine) {
  Report report = LongReport(0, 0, 90);
  for (size_t at = 0; at < 40; ++at) report.findings[at].table = "orders";
  const std::string text = Render(report, Format::kText);
  EXPECT_EQ(Times(text, "by_customer (40 of these)\n"), 1U) << text;
  EXPECT_EQ(Times(text, "orders /"), 1U) << text;
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

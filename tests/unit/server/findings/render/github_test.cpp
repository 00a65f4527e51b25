#include <gtest/gtest.h>

#include "server/findings/render/format.h"
#include "tests/unit/server/findings/render/example_report.h"

namespace dynarock::findings {
namespace {

Report One(Finding finding) {
  Report report;
  report.findings.push_back(std::move(finding));
  return report;
}

TEST(GithubTest, FindingsAreWorkflowCommands) {
  struct Case {
    const char* name;
    Finding finding;
    std::string expected;
  };
  const std::vector<Case> cases = {
      {"with a place",
       {.id = "x",
        .severity = Severity::kError,
        .title = "T",
        .file = "a.tf",
        .line = 3,
        .column = 7},
       "::error file=a.tf,line=3,col=7,title=dynarock x::T\n"},
      {"without a line",
       {.id = "x", .severity = Severity::kWarning, .title = "T", .file = "a.tf"},
       "::warning file=a.tf,title=dynarock x::T\n"},
      {"without a file",
       {.id = "x", .severity = Severity::kNote, .table = "t", .index = "i", .title = "T"},
       "::notice title=dynarock x::T%0ATable: t / i\n"},
      {"escapes of the message",
       {.id = "x", .severity = Severity::kError, .title = "50 % a,b: c", .advice = "do"},
       "::error title=dynarock x::50 %25 a,b: c%0AInstead: do\n"},
      {"escapes of properties",
       {.id = "a:b,c", .severity = Severity::kError, .title = "T", .file = "c:/x,y.tf"},
       "::error file=c%3A/x%2Cy.tf,title=dynarock a%3Ab%2Cc::T\n"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Render(One(c.finding), Format::kGithub), c.expected) << c.name;
  }
}

TEST(GithubTest, NothingToSayIsNothing) {
  EXPECT_EQ(Render(Report{}, Format::kGithub), "");
}

TEST(GithubTest, HostileTextsStayOnTheirLine) {
  const std::string text = Render(HostileReport(), Format::kGithub);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
  EXPECT_TRUE(text.starts_with("::error file="));
}

}  // namespace
}  // namespace dynarock::findings

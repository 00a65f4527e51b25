#include "server/findings/run/shutdown.h"

#include <gtest/gtest.h>

#include "tests/unit/server/findings/run/fixed_source.h"
#include "tests/unit/server/findings/run/temporary_folder.h"

namespace dynarock::findings::run {
namespace {

using findings::Severity;

// EndRun with the summary caught.
struct Ended {
  int status = 0;
  std::string summary;
};

Ended End(const findings::Report& report, Options options) {
  const FixedSource source(report);
  const Desk desk(source, *ReadSettings(options));
  char* text = nullptr;
  size_t size = 0;
  std::FILE* out = open_memstream(&text, &size);
  Ended ended;
  ended.status = EndRun(desk, out);
  std::fclose(out);
  ended.summary.assign(text, size);
  std::free(text);
  return ended;
}

TEST(ShutdownTest, TheStatusFollowsFailOn) {
  struct Case {
    std::vector<Severity> findings;
    const char* fail_on;
    int expected;
  };
  for (const Case& c : std::vector<Case>{
           {{}, "error", 0},
           {{}, "warning", 0},
           {{Severity::kNote}, "warning", 0},
           {{Severity::kWarning}, "error", 0},
           {{Severity::kWarning}, "warning", 3},
           {{Severity::kError}, "error", 3},
           {{Severity::kError}, "warning", 3},
           {{Severity::kError}, "", 0},
       }) {
    EXPECT_EQ(End(SomeReport(c.findings), {.fail_on = c.fail_on}).status, c.expected)
        << c.fail_on << " " << c.findings.size();
  }
}

TEST(ShutdownTest, IsSilentWhenThereIsNothingToSay) {
  EXPECT_EQ(End(SomeReport({}), {.fail_on = "warning"}).summary, "");
  EXPECT_EQ(End(SomeReport({Severity::kNote}), {}).summary, "");
}

TEST(ShutdownTest, TheSummaryIsShort) {
  EXPECT_EQ(End(SomeReport({Severity::kNote, Severity::kWarning, Severity::kError}), {}).summary,
            "dynarock: 1 error and 1 warning in 2 requests\n"
            "  error: Something was seen  [rule-3] orders\n"
            "  warning: Something was seen  [rule-2] orders\n");
  const std::string many =
      End(SomeReport(std::vector<Severity>(25, Severity::kError)), {.fail_on = "error"}).summary;
  EXPECT_EQ(std::count(many.begin(), many.end(), '\n'), 13);
  EXPECT_NE(many.find("  and 15 more; --report FILE has all of it\n"
                      "dynarock: exiting with status 3 because of --fail-on error\n"),
            std::string::npos);
}

TEST(ShutdownTest, FilesAreWritten) {
  const TemporaryFolder folder;
  const Ended ended =
      End(SomeReport({Severity::kWarning}),
          {.files = {folder.Path("r.json"), folder.Path("r.xml")}, .fail_on = "warning"});
  EXPECT_EQ(ended.status, 3);
  EXPECT_TRUE(folder.Read("r.json").starts_with("{\"formatVersion\":1"));
  // What fails the run is a failure in JUnit, too.
  EXPECT_NE(folder.Read("r.xml").find("failures=\"1\""), std::string::npos);
}

TEST(ShutdownTest, AnExceededBudgetFailsTheRun) {
  const TemporaryFolder folder;
  const std::string budget =
      folder.Write("budget.yaml", "budgets:\n  - operation: Query\n    units-per-request: 4\n");
  const Ended ended = End(SomeReport({}), {.fail_on = "error", .budget_file = budget});
  EXPECT_EQ(ended.status, 3);
  EXPECT_NE(ended.summary.find("error: Query on orders took 6 units in one request; the budget "
                               "allows 4 units  [budget-exceeded] orders\n"),
            std::string::npos)
      << ended.summary;
}

TEST(ShutdownTest, AFileThatCannotBeWrittenIsAFailure) {
  const FixedSource source(SomeReport({}));
  Settings settings = *ReadSettings({});
  settings.files = {{"/dev/full", findings::Format::kText}};
  EXPECT_EQ(EndRun(Desk(source, settings), nullptr), 1);
}

}  // namespace
}  // namespace dynarock::findings::run

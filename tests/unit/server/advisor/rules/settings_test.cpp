#include "server/advisor/rules/settings.h"

#include <gtest/gtest.h>

#include "server/document/document.h"

namespace dynarock::advisor {
namespace {

std::expected<Settings, std::string> Read(std::string text) {
  document::SourceFile file;
  file.path = "advisor.yaml";
  file.text = std::move(text);
  const auto document = document::ReadYaml(file);
  if (!document) return std::unexpected(document.error().text);
  return ReadSettings(document->root);
}

TEST(SettingsTest, ReadsThresholdsAndSuppressions) {
  const auto settings = Read(
      "thresholds:\n  filter-items: 1000\nsuppress:\n  - rule: stale-read\n    table: Users\n"
      "    reason: the page polls\n");
  ASSERT_TRUE(settings) << settings.error();
  EXPECT_EQ(settings->thresholds.filter_items, 1000u);
  EXPECT_EQ(settings->thresholds.scans, Thresholds().scans);
  Finding finding;
  finding.id = "stale-read";
  finding.table = "Users";
  EXPECT_TRUE(settings->Suppresses(finding));
  finding.table = "Orders";
  EXPECT_FALSE(settings->Suppresses(finding));
  finding.table = "Users";
  finding.id = "large-item";
  EXPECT_FALSE(settings->Suppresses(finding));
}

TEST(SettingsTest, ReadsWhatTheRunIs) {
  EXPECT_EQ(Read("suppress: []\n")->run, Run::kAuto);
  EXPECT_EQ(Read("run: auto\n")->run, Run::kAuto);
  EXPECT_EQ(Read("run: application\n")->run, Run::kApplication);
  EXPECT_EQ(Read("run: library\n")->run, Run::kLibrary);
}

TEST(SettingsTest, OneErrorForWhatIsWrong) {
  struct Case {
    const char* text;
    const char* error;
  };
  const std::vector<Case> cases = {
      {"threshold: {}\n",
       "advisor.yaml:1:12: an advisor file has no member \"threshold\"; it may have thresholds, "
       "suppress, run"},
      {"thresholds:\n  filter-item: 1\n",
       "advisor.yaml:2:16: there is no threshold \"filter-item\"; docs/advisor.md lists them"},
      {"thresholds:\n  scans: many\n",
       "advisor.yaml:2:10: \"scans\" is a whole number from 1 to 1000000000"},
      {"thresholds:\n  scans: 0\n",
       "advisor.yaml:2:10: \"scans\" is a whole number from 1 to 1000000000"},
      {"suppress:\n  - rule: stale-reads\n",
       "advisor.yaml:2:5: there is no rule \"stale-reads\"; docs/advisor.md lists them"},
      {"suppress:\n  - table: Users\n", "advisor.yaml:2:5: a suppression needs a \"rule\""},
      {"run: tests\n", "advisor.yaml:1:6: \"run\" is auto, application or library"},
      {"run: []\n", "advisor.yaml:1:6: \"run\" is auto, application or library"},
      {"suppress: stale-read\n", "advisor.yaml:1:11: \"suppress\" is a list"},
  };
  for (const Case& c : cases) {
    const auto settings = Read(c.text);
    ASSERT_FALSE(settings) << c.text;
    EXPECT_EQ(settings.error(), c.error);
  }
}

}  // namespace
}  // namespace dynarock::advisor

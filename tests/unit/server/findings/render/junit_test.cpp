#include <gtest/gtest.h>

#include "server/findings/render/format.h"
#include "tests/unit/server/findings/render/example_report.h"
#include "tests/unit/server/findings/render/markup_reader.h"

namespace dynarock::findings {
namespace {

TEST(JunitTest, FindingsAreTestsAndErrorsFail) {
  const Element root = ReadMarkup(Render(ExampleReport(), Format::kJunit));
  EXPECT_EQ(root.name, "testsuites");
  EXPECT_EQ(root.attributes.at("tests"), "3");
  EXPECT_EQ(root.attributes.at("failures"), "1");
  EXPECT_EQ(root.attributes.at("skipped"), "2");
  ASSERT_EQ(root.children.size(), 1u);
  const Element& suite = root.children[0];
  EXPECT_EQ(suite.name, "testsuite");
  EXPECT_EQ(suite.attributes.at("timestamp"), "2025-11-25T13:00:02");
  ASSERT_EQ(suite.children.size(), 3u);

  const Element& error = suite.children[0];
  EXPECT_EQ(error.attributes.at("classname"), "orders / by_customer");
  EXPECT_EQ(error.attributes.at("name"),
            "filter-discards-most: A FilterExpression discards 98 % of what Query reads");
  ASSERT_EQ(error.children.size(), 1u);
  EXPECT_EQ(error.children[0].name, "failure");
  EXPECT_EQ(error.children[0].attributes.at("type"), "error");
  EXPECT_NE(error.children[0].text.find("items returned  240"), std::string::npos);

  const Element& warning = suite.children[1];
  EXPECT_EQ(warning.attributes.at("classname"), "infra/tables main.tf");
  EXPECT_EQ(warning.attributes.at("line"), "12");
  EXPECT_EQ(warning.children[0].name, "skipped");
  EXPECT_EQ(warning.children[1].name, "system-out");
}

TEST(JunitTest, WhatFailsTheBuildIsAFailure) {
  const auto failures = [](Severity fail_on) {
    const std::string text = Render(ExampleReport(), Format::kJunit, {.fail_on = fail_on});
    return ReadMarkup(text).attributes.at("failures");
  };
  EXPECT_EQ(failures(Severity::kError), "1");
  EXPECT_EQ(failures(Severity::kWarning), "2");
  EXPECT_EQ(failures(Severity::kNote), "3");
}

TEST(JunitTest, AnEmptyReportIsOneTestThatPasses) {
  const Element root = ReadMarkup(Render(Report{}, Format::kJunit));
  EXPECT_EQ(root.attributes.at("tests"), "1");
  EXPECT_EQ(root.attributes.at("failures"), "0");
  ASSERT_EQ(root.children[0].children.size(), 1u);
  EXPECT_TRUE(root.children[0].children[0].children.empty());
}

TEST(JunitTest, HostileTextsAreText) {
  const Element root = ReadMarkup(Render(HostileReport(), Format::kJunit));
  const Element& test = root.children.at(0).children.at(0);
  EXPECT_NE(test.attributes.at("name").find("<script>alert(1)</script>\"'&]]> ::error"),
            std::string::npos);
  EXPECT_EQ(test.children.at(0).children.size(), 0u);
}

}  // namespace
}  // namespace dynarock::findings

#include "server/findings/run/settings.h"

#include <gtest/gtest.h>

#include "tests/unit/server/findings/run/temporary_folder.h"

namespace dynarock::findings::run {
namespace {

std::string ErrorOf(const Options& options) {
  const auto settings = ReadSettings(options);
  return settings ? "none" : settings.error();
}

TEST(SettingsTest, WithoutOptionsThereAreThePricesOfTheBinary) {
  const auto settings = ReadSettings({});
  ASSERT_TRUE(settings) << settings.error();
  EXPECT_EQ(settings->prices.region, "us-east-1");
  EXPECT_EQ(settings->prices.currency, "USD");
  EXPECT_EQ(settings->prices.as_of, "2024-11-01");
  EXPECT_FALSE(settings->prices.source.empty());
  EXPECT_EQ(settings->prices.million_read_requests, 0.125);
  EXPECT_EQ(settings->prices.million_write_requests, 0.625);
  EXPECT_EQ(settings->prices.read_capacity_hour, 0.00013);
  EXPECT_EQ(settings->prices.write_capacity_hour, 0.00065);
  EXPECT_EQ(settings->prices.storage_gb_month, 0.25);
  EXPECT_TRUE(settings->files.empty());
  EXPECT_FALSE(settings->fail_on);
}

TEST(SettingsTest, FilesAndFormatsComeTogether) {
  const TemporaryFolder folder;
  const auto formats = [&](std::vector<std::string> files, std::vector<std::string> names) {
    for (std::string& file : files) {
      if (file != "-") file = folder.Path(file);
    }
    const auto settings = ReadSettings({.files = files, .formats = names});
    std::string found;
    if (!settings) return settings.error();
    for (const File& file : settings->files) {
      found += std::string(findings::ContentType(file.format)) + " ";
    }
    return found;
  };
  EXPECT_EQ(formats({"r.html", "r.xml"}, {}), "text/html; charset=utf-8 application/xml ");
  EXPECT_EQ(formats({"-"}, {}), "text/plain; charset=utf-8 ");
  EXPECT_EQ(formats({"-", "r"}, {"json"}), "application/json application/json ");
  EXPECT_EQ(formats({"a", "b"}, {"sarif", "html"}),
            "application/sarif+json text/html; charset=utf-8 ");
  EXPECT_EQ(formats({"a.txt"}, {"sarif"}), "application/sarif+json ");
}

TEST(SettingsTest, OptionsAreRefusedByName) {
  const TemporaryFolder folder;
  const std::string file = folder.Path("report");
  const std::string names = "text, json, html, junit, sarif or github";
  struct Case {
    const char* name;
    Options options;
    std::string expected;
  };
  for (const Case& c : std::vector<Case>{
           {"no format",
            {.files = {file}},
            "--report " + file + ": the name does not tell the format; add --report-format " +
                names},
           {"unknown format",
            {.files = {file}, .formats = {"pdf"}},
            "--report-format pdf: it is " + names},
           {"too many formats",
            {.files = {file}, .formats = {"text", "json"}},
            "--report-format: give one format for all files, or one for each --report"},
           {"no file", {.formats = {"text"}}, "--report-format needs --report FILE"},
           {"all of no file", {.all = true}, "--report-all needs --report FILE"},
           {"no folder",
            {.files = {folder.Path("no/r.json")}},
            "--report " + folder.Path("no/r.json") + ": the file cannot be written"},
           {"severity", {.fail_on = "note"}, "--fail-on note: it is error or warning"},
           {"traffic", {.requests_per_day = 0}, "--requests-per-day must be a number above 0"},
           {"no budget file",
            {.budget_file = folder.Path("b.yaml")},
            "--budget " + folder.Path("b.yaml") + ": No such file or directory"},
           {"a folder as a budget",
            {.budget_file = folder.Path("")},
            "--budget " + folder.Path("") + ": Is a directory"},
           {"no price file",
            {.price_file = folder.Path("p.yaml")},
            "--prices " + folder.Path("p.yaml") + ": No such file or directory"},
       }) {
    EXPECT_EQ(ErrorOf(c.options), c.expected) << c.name;
  }
}

TEST(SettingsTest, ABudgetIsRead) {
  const TemporaryFolder folder;
  const std::string file = folder.Write("budget.yaml", R"(# what requests may cost
budgets:
  - name: orders of a customer
    operation: Query
    table: orders-*
    index: ""
    units-per-request: 4
  - units: 1000.5
    cost-per-month: 50
    requests-per-day: 250000
)");
  const auto settings = ReadSettings({.budget_file = file});
  ASSERT_TRUE(settings) << settings.error();
  ASSERT_EQ(settings->budget.entries.size(), 2u);
  const findings::BudgetEntry& first = settings->budget.entries[0];
  EXPECT_EQ(first.name, "orders of a customer");
  EXPECT_EQ(first.operation, "Query");
  EXPECT_EQ(first.table, "orders-*");
  EXPECT_EQ(first.index, "");
  EXPECT_FALSE(first.expression);
  EXPECT_EQ(first.units_per_request, 4);
  EXPECT_FALSE(first.units);
  EXPECT_EQ(first.place.file, file);
  EXPECT_EQ(first.place.line, 3);
  EXPECT_EQ(settings->budget.entries[1].units, 1000.5);
  EXPECT_EQ(settings->budget.entries[1].requests_per_day, 250'000);
}

TEST(SettingsTest, ABadBudgetIsOneLineWithItsPlace) {
  struct Case {
    const char* name;
    std::string text;
    std::string expected;  // behind the path
  };
  const std::string limits =
      "units-per-request, average-units, units, read-units, write-units, requests or "
      "cost-per-month";
  for (const Case& c : std::vector<Case>{
           {"not a map", "- units: 4\n", ":1:1: a budget file is a map of names and values"},
           {"no budgets", "{}\n", ":1:1: a budget file needs \"budgets\""},
           {"unknown at the top", "budgets:\n  - units: 4\nlimits: 3\n",
            ":3:9: a budget file has no member \"limits\"; it may have budgets"},
           {"not a list", "budgets: 4\n", ":1:10: \"budgets\" is a list"},
           {"an empty list", "budgets: []\n", ":1:10: \"budgets\" is empty"},
           {"an entry that is no map", "budgets:\n  - Query\n",
            ":2:5: a budget is a map of names and values"},
           {"a slip", "budgets:\n  - operation: Query\n    unit-per-request: 4\n",
            ":3:23: a budget has no member \"unit-per-request\"; it may have name, operation, "
            "table, index, expression, units-per-request, average-units, units, read-units, "
            "write-units, requests, cost-per-month, requests-per-day"},
           {"no limit", "budgets:\n  - operation: Query\n",
            ":2:5: a budget needs a limit: " + limits},
           {"not a number", "budgets:\n  - units: many\n",
            ":2:12: \"units\" is a number of at least 0"},
           {"negative", "budgets:\n  - units: -1\n", ":2:12: \"units\" is a number of at least 0"},
           {"infinite", "budgets:\n  - units: .inf\n",
            ":2:12: \"units\" is a number of at least 0"},
           {"a list as a name", "budgets:\n  - table: [a]\n    units: 1\n",
            ":2:12: \"table\" is a string"},
           {"traffic of nothing", "budgets:\n  - units: 1\n    requests-per-day: 5\n",
            ":2:5: \"requests-per-day\" belongs to \"cost-per-month\""},
       }) {
    const TemporaryFolder folder;
    const std::string file = folder.Write("budget.yaml", c.text);
    EXPECT_EQ(ErrorOf({.budget_file = file}), file + c.expected) << c.name;
  }
}

TEST(SettingsTest, WhatIsNoYamlIsOneLineWithItsPlace) {
  for (const char* text : {"budgets:\n  - units: [4\n", "budgets: \"4\n", "\t- x", "a: &b *b",
                           "\xff\xfe", "budgets:\n  - units: 1\n    units: 2\n", ""}) {
    const TemporaryFolder folder;
    const std::string file = folder.Write("budget.yaml", text);
    const std::string error = ErrorOf({.budget_file = file});
    EXPECT_TRUE(error.starts_with(file + ":")) << text << "\n" << error;
    EXPECT_EQ(error.find('\n'), std::string::npos) << error;
  }
}

TEST(SettingsTest, PricesAreReplaced) {
  const TemporaryFolder folder;
  const std::string prices =
      "region: eu-central-1\ncurrency: EUR\nas-of: 2026-01-01\nsource: our contract\n"
      "on-demand: {million-read-units: 1, million-write-units: 2}\n"
      "provisioned: {read-unit-hour: 3, write-unit-hour: 4}\nstorage: {gb-month: 5}\n";
  const auto settings = ReadSettings({.price_file = folder.Write("prices.yaml", prices)});
  ASSERT_TRUE(settings) << settings.error();
  EXPECT_EQ(settings->prices.region, "eu-central-1");
  EXPECT_EQ(settings->prices.as_of, "2026-01-01");
  EXPECT_EQ(settings->prices.write_capacity_hour, 4);
  EXPECT_EQ(settings->prices.storage_gb_month, 5);

  const std::string without = folder.Write(
      "bad.yaml", prices.substr(0, prices.find("storage")) + "storage: {gb-month: cheap}\n");
  EXPECT_EQ(ErrorOf({.price_file = without}),
            without + ":7:21: \"gb-month\" is a number of at least 0");
  const std::string region = folder.Write("none.yaml", prices.substr(prices.find("currency")));
  EXPECT_EQ(ErrorOf({.price_file = region}), region + ":1:1: a price file needs \"region\"");
}

}  // namespace
}  // namespace dynarock::findings::run

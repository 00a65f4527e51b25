// SARIF is held to the members that its schema requires (OASIS SARIF 2.1.0).
#include <gtest/gtest.h>

#include "server/findings/render/format.h"
#include "storage/item/json.h"
#include "tests/unit/server/findings/render/example_report.h"

namespace dynarock::findings {
namespace {

class Parsed {
 public:
  explicit Parsed(const Report& report) {
    EXPECT_TRUE(document_.Parse(Render(report, Format::kSarif)));
  }
  const JsonValue& log() const { return document_.root(); }
  const JsonValue& run() const { return log()["runs"][0]; }
  const JsonValue& rules() const { return run()["tool"]["driver"]["rules"]; }
  const JsonValue& results() const { return run()["results"]; }

 private:
  JsonDocument document_;
};

// The members that the schema requires, of every object it describes here, and their types.
void ExpectValid(const Parsed& sarif) {
  EXPECT_EQ(Text(sarif.log()["version"]), "2.1.0");
  ASSERT_EQ(sarif.log()["runs"].Size(), 1u);
  EXPECT_EQ(Text(sarif.run()["tool"]["driver"]["name"]), "dynarock");
  for (const JsonValue& rule : sarif.rules().GetArray()) {
    EXPECT_GT(rule["id"].GetText().size(), 0u);
    for (const char* text : {"shortDescription", "fullDescription", "help"}) {
      EXPECT_GT(rule[text]["text"].GetText().size(), 0u) << text;
    }
  }
  for (const JsonValue& result : sarif.results().GetArray()) {
    EXPECT_GT(result["message"]["text"].GetText().size(), 0u);
    const auto index = static_cast<unsigned>(result["ruleIndex"].GetInt64());
    ASSERT_LT(index, sarif.rules().Size());
    EXPECT_EQ(Text(sarif.rules()[index]["id"]), Text(result["ruleId"]));
    const std::string_view level = Text(result["level"]);
    EXPECT_TRUE(level == "error" || level == "warning" || level == "note") << level;
  }
}

TEST(SarifTest, HasRulesAndResults) {
  const Parsed sarif(ExampleReport());
  ExpectValid(sarif);
  ASSERT_EQ(sarif.results().Size(), 3u);
  const JsonValue& rule = sarif.rules()[0];
  EXPECT_EQ(Text(rule["id"]), "filter-discards-most");
  EXPECT_EQ(Text(rule["shortDescription"]["text"]), "Filter discards most");
  EXPECT_EQ(Text(rule["help"]["text"]), "Make status the sort key of an index on customer.");
  EXPECT_EQ(Text(rule["defaultConfiguration"]["level"]), "error");
  const JsonValue& first = sarif.results()[0];
  EXPECT_EQ(Text(first["level"]), "error");
  EXPECT_EQ(first["occurrenceCount"].GetInt64(), 120);
  const JsonValue& location = first["locations"][0];
  EXPECT_EQ(FindMember(location, "physicalLocation"), nullptr);
  EXPECT_EQ(Text(location["logicalLocations"][0]["fullyQualifiedName"]), "orders/by_customer");
}

TEST(SarifTest, FindingsInFilesHaveTheirPlace) {
  const Parsed sarif(ExampleReport());
  const JsonValue& place = sarif.results()[1]["locations"][0]["physicalLocation"];
  EXPECT_EQ(Text(place["artifactLocation"]["uri"]), "infra/tables%20main.tf");
  EXPECT_EQ(place["region"]["startLine"].GetInt64(), 12);
  EXPECT_EQ(place["region"]["startColumn"].GetInt64(), 3);
}

TEST(SarifTest, PathsBecomeUris) {
  struct Case {
    const char* path;
    const char* uri;
  };
  for (const Case& c : std::vector<Case>{{"main.tf", "main.tf"},
                                         {"./main.tf", "main.tf"},
                                         {"/srv/main.tf", "file:///srv/main.tf"},
                                         {"a#b?c%.tf", "a%23b%3Fc%25.tf"},
                                         {"größe.tf", "gr%C3%B6%C3%9Fe.tf"}}) {
    Report report;
    report.findings.push_back({.id = "x", .title = "T", .file = c.path});
    const Parsed sarif(report);
    const JsonValue& place = sarif.results()[0]["locations"][0]["physicalLocation"];
    EXPECT_EQ(Text(place["artifactLocation"]["uri"]), c.uri);
    EXPECT_EQ(FindMember(place, "region"), nullptr);
  }
}

TEST(SarifTest, OneRuleForAllItsFindings) {
  Report report;
  for (const char* id : {"a", "b", "a"}) report.findings.push_back({.id = id, .title = "T"});
  const Parsed sarif(report);
  ExpectValid(sarif);
  EXPECT_EQ(sarif.rules().Size(), 2u);
  EXPECT_EQ(sarif.results().Size(), 3u);
  EXPECT_EQ(FindMember(sarif.results()[0], "locations"), nullptr);
}

TEST(SarifTest, EmptyAndHostileReportsAreValid) {
  const Parsed empty((Report{}));
  ExpectValid(empty);
  EXPECT_EQ(empty.results().Size(), 0u);
  ExpectValid(Parsed(HostileReport()));
}

TEST(SarifTest, OtherTablesWithTheSameCauseAreInTheirFinding) {
  Report report = ExampleReport();
  report.findings[2].also_at.assign(1, report.findings[2]);
  report.findings[2].also_at[0].table = "other";
  const std::string text = Render(report, Format::kSarif);
  EXPECT_NE(text.find(R"("relatedLocations":[{"logicalLocations":[{"name":"by_customer",)"
                      R"("fullyQualifiedName":"other/by_customer","kind":"index"}],"message":)"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace dynarock::findings

#include "storage/item/json.h"

#include <gtest/gtest.h>

#include "server/findings/render/format.h"
#include "tests/unit/server/findings/render/example_report.h"

namespace dynarock::findings {
namespace {

class Parsed {
 public:
  explicit Parsed(const Report& report) {
    EXPECT_TRUE(document_.Parse(Render(report, Format::kJson)));
  }
  const JsonValue& operator[](const char* name) const { return document_.root()[name]; }
  const JsonValue& root() const { return document_.root(); }

 private:
  JsonDocument document_;
};

TEST(JsonTest, HasEverythingOfAReport) {
  const Parsed json(ExampleReport());
  EXPECT_EQ(json["formatVersion"].GetInt64(), 1);
  EXPECT_EQ(Text(json["dynarock"]), "0.1.0");
  EXPECT_EQ(Text(json["from"]), "2025-11-25T13:00:02.120Z");
  EXPECT_EQ(Text(json["to"]), "2025-11-25T13:00:40.120Z");
  EXPECT_EQ(json["requests"].GetInt64(), 12'345);
  EXPECT_EQ(json["errors"].GetInt64(), 1);
  EXPECT_EQ(json["warnings"].GetInt64(), 1);
  EXPECT_EQ(json["notes"].GetInt64(), 1);
  ASSERT_EQ(json["findings"].Size(), 3u);

  const JsonValue& error = json["findings"][0];
  EXPECT_EQ(Text(error["id"]), "filter-discards-most");
  EXPECT_EQ(Text(error["severity"]), "error");
  EXPECT_EQ(Text(error["table"]), "orders");
  EXPECT_EQ(Text(error["index"]), "by_customer");
  EXPECT_EQ(Text(error["evidence"][0]["name"]), "items read");
  EXPECT_EQ(Text(error["evidence"][0]["value"]), "12,000");
  EXPECT_EQ(Text(error["userAgent"]), "aws-sdk-js/3.1164.0");
  EXPECT_EQ(error["count"].GetInt64(), 120);
  EXPECT_EQ(Text(error["firstSeen"]), "2025-11-25T13:00:02.120Z");
  EXPECT_EQ(Text(error["lastSeen"]), "2025-11-25T13:00:32.120Z");
  EXPECT_NE(FindMember(error, "consequence"), nullptr);
  EXPECT_NE(FindMember(error, "advice"), nullptr);
  EXPECT_EQ(Text(error["blocks"][0]["title"]), "Terraform");
  EXPECT_EQ(error["saving"]["readUnitsAfter"].GetDouble(), 0.5);
  EXPECT_EQ(FindMember(error, "file"), nullptr);
  JsonDocument example;
  ASSERT_TRUE(example.Parse(std::string(Text(error["example"]))));
  EXPECT_EQ(Text(example.root()["IndexName"]), "by_customer");

  const JsonValue& warning = json["findings"][1];
  EXPECT_EQ(Text(warning["file"]), "infra/tables main.tf");
  EXPECT_EQ(warning["line"].GetInt64(), 12);
  EXPECT_EQ(warning["column"].GetInt64(), 3);
  EXPECT_EQ(FindMember(warning, "count"), nullptr);
  EXPECT_EQ(FindMember(warning, "firstSeen"), nullptr);
}

TEST(JsonTest, HasTheCosts) {
  const Parsed json(ExampleReport());
  const JsonValue& costs = json["costs"];
  EXPECT_EQ(Text(costs["prices"]["region"]), "us-east-1");
  EXPECT_EQ(costs["prices"]["millionWriteUnits"].GetDouble(), 0.625);
  EXPECT_EQ(costs["requestsPerDay"].GetDouble(), 1e6);
  ASSERT_EQ(costs["requests"].Size(), 5u);
  // The costliest first: GetItem took 2000 units, PutItem 1600, Query 1440.
  EXPECT_EQ(Text(costs["requests"][0]["operation"]), "GetItem");
  EXPECT_EQ(FindMember(costs["requests"][0], "index"), nullptr);
  const JsonValue& query = costs["requests"][2];
  EXPECT_EQ(Text(query["expression"]), "customer = :c; filter #s = :s");
  EXPECT_EQ(query["readUnits"].GetDouble(), 1440);
  EXPECT_EQ(query["itemsRead"].GetInt64(), 12'000);
  EXPECT_EQ(query["itemsReturned"].GetInt64(), 240);
  EXPECT_EQ(query["mostUnits"].GetDouble(), 14.5);
  EXPECT_NEAR(query["month"]["onDemand"].GetDouble(), 45.625, 1e-6);
  EXPECT_EQ(costs["operations"].Size(), 5u);
  ASSERT_EQ(costs["tables"].Size(), 3u);
  EXPECT_EQ(Text(costs["tables"][1]["index"]), "by_customer");
  EXPECT_EQ(costs["tables"][1]["bytes"].GetInt64(), 700'000);
  EXPECT_GT(costs["tables"][1]["storageMonth"].GetDouble(), 0);
}

TEST(JsonTest, WithoutPricesThereIsNoMoney) {
  Report report = ExampleReport();
  report.prices.reset();
  const Parsed json(report);
  EXPECT_EQ(FindMember(json["costs"], "prices"), nullptr);
  EXPECT_EQ(FindMember(json["costs"], "requestsPerDay"), nullptr);
  EXPECT_EQ(FindMember(json["costs"]["requests"][0], "month"), nullptr);
  EXPECT_EQ(FindMember(json["costs"]["tables"][0], "storageMonth"), nullptr);
}

TEST(JsonTest, AnEmptyReportHasEmptyLists) {
  EXPECT_EQ(Render(Report{}, Format::kJson),
            R"({"formatVersion":1,"dynarock":"","requests":0,"errors":0,"warnings":0,"notes":0,)"
            R"("findings":[],"costs":{"requests":[],"operations":[],"tables":[]}})"
            "\n");
}

TEST(JsonTest, HostileTextsComeBackAsTheyWere) {
  const Parsed json(HostileReport());
  const std::string expected =
      "<script>alert(1)</script>\"'&]]>\n::error::%0A,:\x1b[31m\uFFFD\u202E-->";
  EXPECT_EQ(Text(json["findings"][0]["title"]), expected);
  EXPECT_EQ(Text(json["costs"]["requests"][0]["table"]), expected);
}

TEST(JsonTest, OtherTablesWithTheSameCauseAreInTheirFinding) {
  Report report = ExampleReport();
  report.findings[2].also_at.assign(1, report.findings[2]);
  report.findings[2].also_at[0].table = "other";
  const std::string text = Render(report, Format::kJson);
  EXPECT_NE(
      text.find(R"("alsoAt":[{"id":"filter-discards-most","severity":"error","table":"other")"),
      std::string::npos)
      << text;
  EXPECT_NE(text.find(R"("errors":1,)"), std::string::npos);
}

}  // namespace
}  // namespace dynarock::findings

#include "server/control/report.h"

#include <gtest/gtest.h>

#include "storage/item/json.h"
#include "tests/unit/server/findings/run/fixed_source.h"

namespace dynarock::control {
namespace {

using findings::Format;
using findings::Severity;

class OneField : public http::Fields {
 public:
  explicit OneField(std::string accept) : accept_(std::move(accept)) {}
  std::optional<std::string_view> Find(std::string_view name) const override {
    if (name != "Accept" || accept_.empty()) return std::nullopt;
    return accept_;
  }

 private:
  std::string accept_;
};

http::Reply Get(const findings::run::Desk& desk, std::string_view target, std::string accept = "") {
  const OneField fields(std::move(accept));
  http::Request request;
  request.method = "GET";
  request.target = target;
  request.fields = &fields;
  return AnswerReport(desk, request);
}

findings::run::Settings DefaultSettings() {
  return *findings::run::ReadSettings({});
}

TEST(EndpointTest, AcceptIsRead) {
  struct Case {
    const char* accept;
    std::optional<Format> expected;
  };
  for (const Case& c : std::vector<Case>{
           {"", std::nullopt},
           {"*/*", std::nullopt},
           {"image/png", std::nullopt},
           {"text/html", Format::kHtml},
           {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Format::kHtml},
           {"application/json", Format::kJson},
           {"text/plain, application/json", Format::kText},
           {"text/plain ; q=0.5 , application/sarif+json", Format::kSarif},
           {"application/xml", Format::kJunit},
           {"text/html;q=0, text/plain;q=0.1", Format::kText},
           {"text/html;q=x, application/json;q=0.2", Format::kJson},
           {";;,,;q=,", std::nullopt},
       }) {
    EXPECT_EQ(FormatAccepted(c.accept), c.expected) << c.accept;
  }
}

TEST(EndpointTest, AnswersInTheWantedFormat) {
  const findings::run::FixedSource source(
      findings::run::SomeReport({Severity::kError, Severity::kWarning, Severity::kWarning}));
  const findings::run::Desk desk(source, DefaultSettings());
  struct Case {
    const char* target;
    const char* accept;
    const char* type;
  };
  for (const Case& c : std::vector<Case>{
           {"/_dynarock/report", "", "application/json"},
           {"/_dynarock/report", "*/*", "application/json"},
           {"/_dynarock/report", "text/html", "text/html; charset=utf-8"},
           {"/_dynarock/report?format=text", "text/html", "text/plain; charset=utf-8"},
           {"/_dynarock/report?format=junit", "", "application/xml"},
           {"/_dynarock/report?format=sarif", "", "application/sarif+json"},
           {"/_dynarock/report?format=github&", "", "text/plain; charset=utf-8"},
       }) {
    const http::Reply reply = Get(desk, c.target, c.accept);
    EXPECT_EQ(reply.status, 200u) << c.target;
    EXPECT_EQ(reply.content_type, c.type) << c.target;
    EXPECT_NE(reply.body.find("rule-1"), std::string::npos) << c.target;
    std::map<std::string_view, std::string> fields(reply.fields.begin(), reply.fields.end());
    EXPECT_EQ(fields["x-dynarock-errors"], "1");
    EXPECT_EQ(fields["x-dynarock-warnings"], "2");
  }
}

TEST(EndpointTest, TheTrafficCanBeGiven) {
  const findings::run::FixedSource source(findings::run::SomeReport({}));
  const findings::run::Desk desk(source, DefaultSettings());
  JsonDocument json;
  ASSERT_TRUE(json.Parse(Get(desk, "/_dynarock/report?requests-per-day=2e6").body));
  EXPECT_EQ(json.root()["costs"]["requestsPerDay"].GetDouble(), 2e6);
  // 5 read units each.
  EXPECT_NEAR(json.root()["costs"]["requests"][0]["month"]["onDemand"].GetDouble(), 38.020833,
              1e-5);
}

TEST(EndpointTest, WhatIsUnknownIsRefused) {
  const findings::run::FixedSource source(findings::run::SomeReport({}));
  const findings::run::Desk desk(source, DefaultSettings());
  struct Case {
    const char* target;
    const char* expected;
  };
  for (const Case& c : std::vector<Case>{
           {"/r?format=pdf", "format is text, json, html, junit, sarif or github"},
           {"/r?format=", "format is text, json, html, junit, sarif or github"},
           {"/r?requests-per-day=-1", "requests-per-day must be a number above 0"},
           {"/r?requests-per-day=inf", "requests-per-day must be a number above 0"},
           {"/r?requests-per-day=1x", "requests-per-day must be a number above 0"},
           {"/r?colour=1",
            "the report has no parameter of this name; it has format, all, requests-per-day"},
       }) {
    const http::Reply reply = Get(desk, c.target);
    EXPECT_EQ(reply.status, 400u) << c.target;
    EXPECT_EQ(reply.body, "{\"error\":\"" + std::string(c.expected) + "\"}\n") << c.target;
  }
}

TEST(EndpointTest, BudgetsAreInTheReport) {
  const findings::run::FixedSource source(findings::run::SomeReport({Severity::kWarning}));
  findings::run::Settings settings = DefaultSettings();
  settings.budget.entries.push_back({.operation = "Query", .units_per_request = 4});
  const findings::run::Desk desk(source, std::move(settings));
  const findings::Report report = desk.Snapshot();
  ASSERT_EQ(report.findings.size(), 2u);
  EXPECT_EQ(report.findings[0].id, "budget-exceeded");
  EXPECT_EQ(report.findings[1].id, "rule-1");
}

}  // namespace
}  // namespace dynarock::control

#include "server/findings/render/format.h"

#include <gtest/gtest.h>

#include "storage/item/json.h"
#include "tests/unit/server/findings/render/example_report.h"

namespace dynarock::findings {
namespace {

constexpr Format kAll[] = {Format::kText,  Format::kJson,  Format::kHtml,
                           Format::kJunit, Format::kSarif, Format::kGithub};

TEST(FormatTest, IsFoundByName) {
  for (const char* name : {"text", "json", "html", "junit", "sarif", "github"}) {
    EXPECT_TRUE(FormatNamed(name).has_value()) << name;
    EXPECT_NE(kFormatNames.find(name), std::string_view::npos) << name;
  }
  for (const char* name : {"", "xml", "Text", "text "}) EXPECT_FALSE(FormatNamed(name)) << name;
}

TEST(FormatTest, IsFoundByTheNameOfAFile) {
  struct Case {
    const char* path;
    std::optional<Format> expected;
  };
  for (const Case& c : std::vector<Case>{{"report.txt", Format::kText},
                                         {"out/report.json", Format::kJson},
                                         {"report.html", Format::kHtml},
                                         {"r.htm", Format::kHtml},
                                         {"TEST-dynarock.xml", Format::kJunit},
                                         {"report.sarif", Format::kSarif},
                                         {"report.sarif.json", Format::kSarif},
                                         {"report", std::nullopt},
                                         {"report.pdf", std::nullopt},
                                         {"json", std::nullopt}}) {
    EXPECT_EQ(FormatOfFile(c.path), c.expected) << c.path;
  }
}

TEST(FormatTest, EveryFormatIsUtf8AndPutsErrorsFirst) {
  for (Format format : kAll) {
    const std::string text = Render(ExampleReport(), format);
    EXPECT_TRUE(IsUtf8(text));
    const size_t error = text.find("filter-discards-most");
    const size_t warning = text.find("attribute-unused");
    const size_t note = text.find("index-unread");
    ASSERT_NE(note, std::string::npos) << ContentType(format);
    EXPECT_LT(error, warning) << ContentType(format);
    EXPECT_LT(warning, note) << ContentType(format);
    EXPECT_TRUE(IsUtf8(Render(HostileReport(), format))) << ContentType(format);
  }
}

TEST(FormatTest, FindingsOfOneSeverityKeepTheirOrder) {
  Report report;
  for (const char* id : {"b", "c", "a"}) report.findings.push_back({.id = id, .title = id});
  const std::string text = Render(report, Format::kText);
  EXPECT_LT(text.find("[b]"), text.find("[c]"));
  EXPECT_LT(text.find("[c]"), text.find("[a]"));
}

TEST(FormatTest, CountsBySeverity) {
  EXPECT_EQ(CountOf(ExampleReport(), Severity::kError), 1u);
  EXPECT_EQ(CountOf(ExampleReport(), Severity::kWarning), 1u);
  EXPECT_EQ(CountOf(Report{}, Severity::kNote), 0u);
}

}  // namespace
}  // namespace dynarock::findings

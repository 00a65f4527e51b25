// A report in the formats that people and programs read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/findings/report.h"

namespace dynarock::findings {

// docs/report.md describes each.
enum class Format : uint8_t { kText, kJson, kHtml, kJunit, kSarif, kGithub };

// The names of all formats, for messages: "text, json, html, junit, sarif or github".
inline constexpr std::string_view kFormatNames = "text, json, html, junit, sarif or github";

// The format called `name`; nullopt when none is.
std::optional<Format> FormatNamed(std::string_view name);

// The format that a file's name asks for: .txt .json .html .htm .xml .sarif .sarif.json; nullopt
// for other names.
std::optional<Format> FormatOfFile(std::string_view path);

// The media type to serve it with. Static text.
std::string_view ContentType(Format format);

struct RenderOptions {
  bool color = false;  // text: with the escape sequences of terminals
  // Text: all of it; else what fits a screen.
  bool whole = false;
  // Text: the option that makes it whole, for the line that counts what was left out; empty: none.
  std::string_view whole_by;
  // JUnit: findings of this severity and above are failures, others skipped tests.
  Severity fail_on = Severity::kError;
};

// The whole text of `report`, always valid UTF-8 whatever is in the report's strings. Findings come
// in the order of their severity, errors first, and keep their order within one.
std::string Render(const Report& report, Format format, const RenderOptions& options = {});

// "error", "warning" or "note".
std::string_view SeverityName(Severity severity);

// How many findings are of this severity.
size_t CountOf(const Report& report, Severity severity);

}  // namespace dynarock::findings

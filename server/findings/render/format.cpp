#include "server/findings/render/format.h"

#include <algorithm>
#include <array>
#include <utility>

#include "server/findings/render/clean.h"
#include "server/findings/render/renderers.h"

namespace dynarock::findings {

namespace {

constexpr std::array<std::pair<std::string_view, Format>, 6> kNames = {{
    {"text", Format::kText},
    {"json", Format::kJson},
    {"html", Format::kHtml},
    {"junit", Format::kJunit},
    {"sarif", Format::kSarif},
    {"github", Format::kGithub},
}};

constexpr std::array<std::pair<std::string_view, Format>, 8> kEndings = {{
    {".sarif.json", Format::kSarif},
    {".sarif", Format::kSarif},
    {".txt", Format::kText},
    {".json", Format::kJson},
    {".html", Format::kHtml},
    {".htm", Format::kHtml},
    {".xml", Format::kJunit},
    {".github", Format::kGithub},
}};

}  // namespace

std::optional<Format> FormatNamed(std::string_view name) {
  for (const auto& [known, format] : kNames) {
    if (known == name) return format;
  }
  return std::nullopt;
}

std::optional<Format> FormatOfFile(std::string_view path) {
  for (const auto& [ending, format] : kEndings) {
    if (path.ends_with(ending)) return format;
  }
  return std::nullopt;
}

std::string_view ContentType(Format format) {
  switch (format) {
    case Format::kJson:
      return "application/json";
    case Format::kHtml:
      return "text/html; charset=utf-8";
    case Format::kJunit:
      return "application/xml";
    case Format::kSarif:
      return "application/sarif+json";
    case Format::kText:
    case Format::kGithub:
      break;
  }
  return "text/plain; charset=utf-8";
}

std::string Render(const Report& report, Format format, const RenderOptions& options) {
  const bool for_programs = format == Format::kJson || format == Format::kSarif;
  Report clean = Cleaned(report, for_programs ? Cleaning::kUtf8 : Cleaning::kPrintable);
  std::stable_sort(clean.findings.begin(), clean.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
  switch (format) {
    case Format::kText:
      return RenderText(clean, options);
    case Format::kJson:
      return RenderJson(clean);
    case Format::kHtml:
      return RenderHtml(clean);
    case Format::kJunit:
      return RenderJunit(clean, options.fail_on);
    case Format::kSarif:
      return RenderSarif(clean);
    case Format::kGithub:
      break;
  }
  return RenderGithub(clean);
}

std::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kNote:
      break;
  }
  return "note";
}

size_t CountOf(const Report& report, Severity severity) {
  return static_cast<size_t>(
      std::count_if(report.findings.begin(), report.findings.end(),
                    [&](const Finding& finding) { return finding.severity == severity; }));
}

}  // namespace dynarock::findings

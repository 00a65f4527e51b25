#include "server/control/report.h"

#include <charconv>
#include <cmath>
#include <string>
#include <utility>

#include "storage/item/json.h"
#include "storage/item/text.h"

namespace dynarock::control {

namespace {

// Cuts what stands before `separator` off `rest`.
std::string_view Part(std::string_view& rest, char separator) {
  const size_t end = rest.find(separator);
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return part;
}

std::optional<double> NumberIn(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (!std::isfinite(number)) return std::nullopt;
  return number;
}

std::optional<findings::Format> FormatOfMedia(std::string_view media) {
  static constexpr std::pair<std::string_view, findings::Format> kMedia[] = {
      {"text/html", findings::Format::kHtml},
      {"application/xhtml+xml", findings::Format::kHtml},
      {"application/json", findings::Format::kJson},
      {"application/sarif+json", findings::Format::kSarif},
      {"application/xml", findings::Format::kJunit},
      {"text/xml", findings::Format::kJunit},
      {"text/plain", findings::Format::kText},
  };
  for (const auto& [name, format] : kMedia) {
    if (name == media) return format;
  }
  return std::nullopt;
}

// What the query of a target asks for. Error: one line.
struct Wanted {
  std::optional<findings::Format> format;
  std::optional<double> requests_per_day;
  bool all = false;
  std::string error;
};

Wanted ReadQuery(std::string_view target) {
  Wanted wanted;
  const size_t mark = target.find('?');
  std::string_view query = mark == std::string_view::npos ? "" : target.substr(mark + 1);
  while (!query.empty()) {
    std::string_view value = Part(query, '&');
    const std::string_view name = Part(value, '=');
    if (name == "format") {
      wanted.format = findings::FormatNamed(value);
      if (!wanted.format) wanted.error = "format is " + std::string(findings::kFormatNames);
    } else if (name == "requests-per-day") {
      wanted.requests_per_day = NumberIn(value);
      if (wanted.requests_per_day.value_or(0) <= 0) {
        wanted.error = "requests-per-day must be a number above 0";
      }
    } else if (name == "all") {
      wanted.all = value == "1" || value == "true" || value.empty();
      if (!wanted.all && value != "0" && value != "false") wanted.error = "all is 1 or 0";
    } else if (!name.empty()) {
      wanted.error =
          "the report has no parameter of this name; it has format, all, requests-per-day";
    }
    if (!wanted.error.empty()) return wanted;
  }
  return wanted;
}

}  // namespace

std::optional<findings::Format> FormatAccepted(std::string_view accept) {
  std::optional<findings::Format> best;
  double best_quality = 0;
  while (!accept.empty()) {
    std::string_view range = Part(accept, ',');
    const auto format = FormatOfMedia(Trimmed(Part(range, ';')));
    double quality = 1;
    while (!range.empty()) {
      std::string_view parameter = Trimmed(Part(range, ';'));
      if (parameter.starts_with("q=")) quality = NumberIn(parameter.substr(2)).value_or(0);
    }
    if (format && quality > best_quality) {
      best = format;
      best_quality = quality;
    }
  }
  return best;
}

http::Reply AnswerReport(const findings::run::Desk& desk, const http::Request& request) {
  const Wanted wanted = ReadQuery(request.target);
  if (!wanted.error.empty()) return ErrorReply(400, wanted.error);
  const auto accepted = FormatAccepted(request.fields->Find("Accept").value_or(""));
  const findings::Format format =
      wanted.format.value_or(accepted.value_or(findings::Format::kJson));
  const findings::Report report = desk.Snapshot(wanted.requests_per_day);

  findings::RenderOptions options;
  options.fail_on = desk.settings().fail_on.value_or(findings::Severity::kError);
  options.whole = wanted.all;
  options.whole_by = "`dynarock report --all` (?format=text&all=1)";
  http::Reply reply;
  reply.content_type = findings::ContentType(format);
  reply.body = findings::Render(report, format, options);
  reply.fields.emplace_back("x-dynarock-errors",
                            std::to_string(CountOf(report, findings::Severity::kError)));
  reply.fields.emplace_back("x-dynarock-warnings",
                            std::to_string(CountOf(report, findings::Severity::kWarning)));
  return reply;
}

std::vector<Endpoint> ReportEndpoints(const findings::run::Desk& desk) {
  return {
      {.method = "GET",
       .path = "/_dynarock/report",
       .summary =
           "the advisor's report: ?format=html, json, text (whole with &all=1), junit, sarif, github",
       .answer = [&desk](const http::Request& request) { return AnswerReport(desk, request); },
       .takes_long = true}};
}

}  // namespace dynarock::control

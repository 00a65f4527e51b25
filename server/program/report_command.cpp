#include "server/program/report_command.h"

#include <cstdio>
#include <optional>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "server/findings/render/format.h"
#include "server/findings/run/settings.h"
#include "server/findings/run/shutdown.h"
#include "server/http/client.h"
#include "storage/item/json.h"

namespace dynarock::program {

namespace {

constexpr int kFailed = 1;
constexpr int kUnusable = 2;
constexpr std::string_view kPath = "/_dynarock/report";

struct Arguments {
  std::string url = "http://localhost:8000";
  std::string format = "text";
  std::string fail_on;
  std::string output;
  std::string token;
  std::optional<double> requests_per_day;
  bool all = false;
};

int Complain(int status, const std::string& line) {
  std::fprintf(stderr, "dynarock report: %s\n", line.c_str());
  return status;
}

// The address of the report on the server at `url`, which may name it already.
std::string AddressOf(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  if (!url.ends_with(kPath)) url += kPath;
  return url;
}

std::expected<std::string, std::string> Fetch(const Arguments& arguments, std::string_view format) {
  std::string address = AddressOf(arguments.url) + "?format=" + std::string(format);
  if (arguments.all) address += "&all=1";
  if (arguments.requests_per_day) {
    address += "&requests-per-day=" + std::to_string(*arguments.requests_per_day);
  }
  std::vector<http::HeaderField> fields;
  if (!arguments.token.empty()) fields.emplace_back("x-dynarock-token", arguments.token);
  auto answer = http::Fetch("GET", address, fields);
  if (!answer) return std::unexpected(std::move(answer).error());
  if (answer->status == 200) return std::move(answer->body);
  JsonDocument body;
  std::string why;
  if (body.Parse(answer->body) && body.root().IsObject()) {
    const JsonValue* error = FindMember(body.root(), "error");
    if (error != nullptr && error->IsString()) why = ": " + std::string(Text(*error));
  }
  return std::unexpected(address + " answers with status " + std::to_string(answer->status) + why);
}

// Whether the JSON report has findings of that severity or above.
std::expected<bool, std::string> HasFindings(const Arguments& arguments,
                                             findings::Severity severity) {
  auto report = Fetch(arguments, "json");
  if (!report) return std::unexpected(std::move(report).error());
  JsonDocument json;
  const auto count = [&](std::string_view name) -> std::optional<int64_t> {
    const JsonValue* member = FindMember(json.root(), name);
    if (member == nullptr || !member->IsInt64()) return std::nullopt;
    return member->GetInt64();
  };
  if (!json.Parse(*std::move(report)) || !json.root().IsObject() || !count("errors") ||
      !count("warnings")) {
    return std::unexpected(arguments.url + " did not answer with a report of dynarock");
  }
  return *count("errors") > 0 ||
         (severity == findings::Severity::kWarning && *count("warnings") > 0);
}

bool Write(const std::string& path, const std::string& text) {
  std::FILE* out = path.empty() ? stdout : std::fopen(path.c_str(), "wb");
  if (out == nullptr) return false;
  const bool written = std::fwrite(text.data(), 1, text.size(), out) == text.size();
  return (path.empty() ? std::fflush(out) : std::fclose(out)) == 0 && written;
}

int Show(const Arguments& arguments) {
  const auto report = Fetch(arguments, arguments.format);
  if (!report) return Complain(kFailed, report.error());
  if (!Write(arguments.output, *report)) {
    return Complain(
        kFailed, (arguments.output.empty() ? "stdout" : arguments.output) + " cannot be written");
  }
  if (arguments.fail_on.empty()) return 0;
  const auto found = HasFindings(arguments, *findings::run::SeverityNamed(arguments.fail_on));
  if (!found) return Complain(kFailed, found.error());
  return *found ? findings::run::kFindingsStatus : 0;
}

}  // namespace

int RunReport(std::span<const std::string> args) {
  Arguments arguments;
  CLI::App app("Shows the advisor's report of a running server.", "dynarock report");
  app.add_option("URL", arguments.url, "where the server listens")->capture_default_str();
  app.add_option("--format", arguments.format, std::string(findings::kFormatNames))
      ->check([](const std::string& name) {
        return findings::FormatNamed(name)
                   ? std::string()
                   : name + " is not " + std::string(findings::kFormatNames);
      })
      ->capture_default_str();
  app.add_flag("--all", arguments.all, "text: everything, not only what fits a screen");
  app.add_option("--output", arguments.output, "write it to this file instead of stdout");
  app.add_option("--fail-on", arguments.fail_on,
                 "exit with status 3 if there are errors, or errors or warnings")
      ->check(CLI::IsMember({"error", "warning"}));
  app.add_option("--requests-per-day", arguments.requests_per_day,
                 "the traffic to calculate costs for; default: the server's setting")
      ->check(CLI::PositiveNumber);
  app.add_option("--token", arguments.token, "the server's control token, if it has one")
      ->envname("DYNAROCK_CONTROL_TOKEN");
  std::vector<std::string> reversed(args.rbegin(), args.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    std::fputs(app.help().c_str(), stdout);
    return 0;
  } catch (const CLI::ParseError& error) {
    return Complain(kUnusable, std::string(error.what()) + " (try --help)");
  }
  return Show(arguments);
}

}  // namespace dynarock::program

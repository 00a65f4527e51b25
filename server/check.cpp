#include "server/check.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "server/advisor/report.h"
#include "server/schema/reader.h"
#include "server/schema/review.h"

namespace dynarock {

namespace {

constexpr int kErrors = 1;
constexpr int kUnusable = 2;

constexpr const char* kDescription =
    "Reviews the tables that files define: what CreateTable would refuse, and what of the design "
    "will hurt.\nKnown are CloudFormation and SAM templates, CDK output (cdk.out), serverless.yml, "
    "Terraform files\nand plans (terraform show -json), and CreateTable requests.";

struct Arguments {
  std::vector<std::string> paths;
  std::vector<std::string> values;  // NAME=VALUE
  std::string format = "text";
};

std::string_view SeverityWord(advisor::Severity severity) {
  switch (severity) {
    case advisor::Severity::kError:
      return "error";
    case advisor::Severity::kWarning:
      return "warning";
    default:
      return "note";
  }
}

void PrintText(const std::vector<advisor::Finding>& findings) {
  size_t counts[3] = {};
  std::string out;
  for (const advisor::Finding& finding : findings) {
    ++counts[static_cast<size_t>(finding.severity)];
    out += finding.file + ":" + std::to_string(finding.line) + ":" +
           std::to_string(finding.column) + ": " + std::string(SeverityWord(finding.severity)) +
           ": " + finding.title + " [" + finding.id + "]\n";
    if (!finding.consequence.empty()) out += "    " + finding.consequence + "\n";
    if (!finding.advice.empty()) out += "    " + finding.advice + "\n";
  }
  std::fputs(out.c_str(), stdout);
  std::printf("%zu errors, %zu warnings, %zu notes\n",
              counts[static_cast<size_t>(advisor::Severity::kError)],
              counts[static_cast<size_t>(advisor::Severity::kWarning)],
              counts[static_cast<size_t>(advisor::Severity::kNote)]);
}

}  // namespace

int RunCheck(std::span<const std::string> args) {
  Arguments arguments;
  CLI::App app(kDescription, "dynarock check");
  app.add_option("FILE", arguments.paths, "files, or directories with such files")->required();
  app.add_option("--set", arguments.values,
                 "NAME=VALUE: a parameter of the template, a variable of the module, an option of "
                 "serverless.yml; repeatable")
      ->allow_extra_args(false);
  app.add_option("--format", arguments.format, "text, json, junit, sarif or github")
      ->check(CLI::IsMember({"text"}))
      ->capture_default_str();
  std::vector<std::string> reversed(args.rbegin(), args.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUnusable;
  }
  schema::ReadOptions options;
  for (const std::string& value : arguments.values) {
    const size_t equals = value.find('=');
    if (equals == std::string::npos || equals == 0) {
      std::fprintf(stderr, "dynarock check: --set %s: NAME=VALUE is wanted\n", value.c_str());
      return kUnusable;
    }
    options.values[value.substr(0, equals)] = value.substr(equals + 1);
  }
  const auto reading = schema::ReadPaths(arguments.paths, options);
  if (!reading) {
    std::fprintf(stderr, "dynarock check: %s\n", reading.error().c_str());
    return kUnusable;
  }
  const std::vector<advisor::Finding> findings = schema::Review(*reading);
  PrintText(findings);
  const bool errors = std::any_of(findings.begin(), findings.end(), [](const auto& finding) {
    return finding.severity == advisor::Severity::kError;
  });
  return errors ? kErrors : 0;
}

}  // namespace dynarock

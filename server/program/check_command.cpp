#include "server/program/check_command.h"

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "server/findings/render/clean.h"
#include "server/findings/render/format.h"
#include "server/findings/report.h"
#include "server/schema/reader/reader.h"
#include "server/schema/review/review.h"
#include "server/schema/start/start.h"

namespace dynarock::program {

namespace {

constexpr int kErrors = 1;
constexpr int kUnusable = 2;

constexpr const char* kDescription =
    "Reviews the tables that files define: what CreateTable would refuse, and which design "
    "choices will hurt.\nIt reads CloudFormation and SAM templates, CDK output (cdk.out), "
    "serverless.yml, Terraform files\nand plans (terraform show -json), and CreateTable requests.";

struct Arguments {
  std::vector<std::string> paths;
  std::vector<std::string> values;  // NAME=VALUE
  std::vector<std::string> variable_files;
  std::string format = "text";
  bool strict = false;
};

// How much was looked at, so that silence about a table that was never read cannot be mistaken.
std::string Covered(const findings::Coverage& coverage) {
  std::string text =
      std::to_string(coverage.tables) + (coverage.tables == 1 ? " table" : " tables") + " checked";
  const auto& names = coverage.unchecked;
  if (names.empty()) return text;
  constexpr size_t kShown = 5;
  text += "; not checked: ";
  for (size_t i = 0; i < names.size() && i < kShown; ++i) text += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > kShown) text += " and " + std::to_string(names.size() - kShown) + " more";
  return text;
}

// A line per finding as compilers print them, so that editors find the place; what follows from it
// and what to do in lines of their own.
std::string Text(const findings::Report& report) {
  std::string out;
  for (const findings::Finding& finding : report.findings) {
    // What is wrong with an option has no place.
    if (!finding.file.empty()) {
      out += finding.file + ":" + std::to_string(finding.line) + ":" +
             std::to_string(finding.column) + ": ";
    }
    out += std::string(findings::SeverityName(finding.severity)) + ": " + finding.title + " [" +
           finding.id + "]\n";
    if (!finding.consequence.empty()) out += "    " + finding.consequence + "\n";
    if (!finding.advice.empty()) out += "    " + finding.advice + "\n";
  }
  const auto counted = [&](findings::Severity severity) {
    const size_t count = findings::CountOf(report, severity);
    return std::to_string(count) + " " + std::string(findings::SeverityName(severity)) +
           (count == 1 ? "" : "s");
  };
  return out + counted(findings::Severity::kError) + ", " + counted(findings::Severity::kWarning) +
         ", " + counted(findings::Severity::kNote) + "\n" + Covered(*report.coverage) + "\n";
}

void Print(const findings::Report& report, const std::string& format) {
  const auto named = findings::FormatNamed(format);
  const std::string text = format == "text" || !named
                               ? Text(findings::Cleaned(report, findings::Cleaning::kPrintable))
                               : findings::Render(report, *named);
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (!text.ends_with('\n')) std::fputc('\n', stdout);
}

}  // namespace

int RunCheck(std::span<const std::string> args) {
  Arguments arguments;
  CLI::App app(kDescription, "dynarock check");
  app.add_option("FILE", arguments.paths,
                 "files, or directories with such files; - is the standard input")
      ->required();
  app.add_option("--set", arguments.values,
                 "NAME=VALUE: a parameter of the template, a variable of the module, an option of "
                 "serverless.yml; repeatable")
      ->allow_extra_args(false);
  app.add_option("--var-file", arguments.variable_files,
                 "Terraform: a .tfvars file beside those that Terraform loads automatically; "
                 "repeatable")
      ->allow_extra_args(false);
  app.add_option("--format", arguments.format, "text, json, junit, sarif or github")
      ->check(CLI::IsMember({"text", "json", "junit", "sarif", "github"}))
      ->capture_default_str();
  app.add_flag("--strict", arguments.strict, "exit with status 1 if tables could not be checked");
  std::vector<std::string> reversed(args.rbegin(), args.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUnusable;
  }
  const auto options = schema::OptionsFrom(arguments.values, arguments.variable_files);
  if (!options) {
    std::fprintf(stderr, "dynarock check: %s\n", options.error().c_str());
    return kUnusable;
  }
  const auto reading = schema::ReadPaths(arguments.paths, *options);
  if (!reading) {
    std::fprintf(stderr, "dynarock check: %s\n", reading.error().c_str());
    return kUnusable;
  }
  findings::Report report;
  report.version = DYNAROCK_VERSION;
  report.findings = schema::Review(*reading);
  report.coverage = {.tables = reading->tables.size(), .unchecked = reading->unchecked};
  Print(report, arguments.format);
  if (findings::CountOf(report, findings::Severity::kError) > 0) return kErrors;
  if (arguments.strict && !reading->unchecked.empty()) return kErrors;
  if (schema::DefinesNothing(*reading)) {
    std::fprintf(stderr, "dynarock check: none of the given files defines a table\n");
    return kUnusable;
  }
  return 0;
}

}  // namespace dynarock::program

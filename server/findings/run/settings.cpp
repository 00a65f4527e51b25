#include "server/findings/run/settings.h"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <unistd.h>

#include "server/document/document.h"
#include "server/document/file.h"
#include "server/document/map_reader.h"
#include "server/findings/cost/price_table.h"

namespace dynarock::findings::run {

namespace {

namespace fs = std::filesystem;
using Line = std::unexpected<std::string>;

std::expected<document::Node, std::string> ReadYamlText(std::string path, std::string text) {
  document::SourceFile file;
  file.path = std::move(path);
  file.text = std::move(text);
  const auto document = document::ReadYaml(file);
  if (!document) {
    return Line(document::Complaint(document.error().place, document.error().text));
  }
  // A name given twice is a slip that would change a limit.
  for (const document::Message& message : document->messages) {
    if (message.severity == findings::Severity::kNote) continue;
    return Line(document::Complaint(message.place, message.text));
  }
  return document->root;
}

std::expected<document::Node, std::string> ReadYamlFile(const std::string& option,
                                                        const std::string& path) {
  auto text = document::ReadWholeFile(path, document::kMostFileBytes);
  if (!text) return Line(option + " " + path + ": " + text.error());
  return ReadYamlText(path, *std::move(text));
}

std::expected<std::vector<File>, std::string> FilesOf(const Options& options) {
  const std::vector<std::string>& formats = options.formats;
  if (formats.size() > 1 && formats.size() != options.files.size()) {
    return Line("--report-format: give one format for all files, or one for each --report");
  }
  if (!formats.empty() && options.files.empty()) {
    return Line("--report-format needs --report FILE");
  }
  if (options.all && options.files.empty()) return Line("--report-all needs --report FILE");
  std::vector<File> files;
  for (size_t at = 0; at < options.files.size(); ++at) {
    const std::string& path = options.files[at];
    std::optional<findings::Format> format;
    if (!formats.empty()) {
      const std::string& name = formats[formats.size() == 1 ? 0 : at];
      format = findings::FormatNamed(name);
      if (!format) {
        return Line("--report-format " + name + ": it is " + std::string(findings::kFormatNames));
      }
    } else {
      format = path == "-" ? findings::Format::kText : findings::FormatOfFile(path);
    }
    if (!format) {
      return Line("--report " + path + ": the name does not tell the format; add --report-format " +
                  std::string(findings::kFormatNames));
    }
    const fs::path folder = fs::path(path).parent_path();
    std::error_code ignored;
    if (path != "-" && (fs::is_directory(path, ignored) ||
                        access(folder.empty() ? "." : folder.c_str(), W_OK) != 0)) {
      return Line("--report " + path + ": the file cannot be written");
    }
    files.push_back({path, *format});
  }
  return files;
}

}  // namespace

std::optional<findings::Severity> SeverityNamed(std::string_view name) {
  if (name == "error") return findings::Severity::kError;
  if (name == "warning") return findings::Severity::kWarning;
  return std::nullopt;
}

std::expected<Settings, std::string> ReadSettings(const Options& options) {
  Settings settings;
  auto files = FilesOf(options);
  if (!files) return Line(std::move(files).error());
  settings.files = *std::move(files);
  settings.all = options.all;
  if (!options.fail_on.empty()) {
    settings.fail_on = SeverityNamed(options.fail_on);
    if (!settings.fail_on) return Line("--fail-on " + options.fail_on + ": it is error or warning");
  }
  if (!std::isfinite(options.requests_per_day) || options.requests_per_day <= 0) {
    return Line("--requests-per-day must be a number above 0");
  }
  settings.requests_per_day = options.requests_per_day;

  const auto price_node = options.price_file.empty()
                              ? ReadYamlText("prices.yaml", std::string(findings::kPricesYaml))
                              : ReadYamlFile("--prices", options.price_file);
  if (!price_node) return Line(price_node.error());
  auto prices = findings::ReadPrices(*price_node);
  if (!prices) return Line(std::move(prices).error());
  settings.prices = *std::move(prices);

  if (options.budget_file.empty()) return settings;
  const auto budget_node = ReadYamlFile("--budget", options.budget_file);
  if (!budget_node) return Line(budget_node.error());
  auto budget = findings::ReadBudget(*budget_node);
  if (!budget) return Line(std::move(budget).error());
  settings.budget = *std::move(budget);
  return settings;
}

}  // namespace dynarock::findings::run

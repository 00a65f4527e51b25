// What a user wants of reports: files to write, a budget, prices, when to fail.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "server/findings/cost/budget.h"
#include "server/findings/render/format.h"
#include "server/findings/report.h"

namespace dynarock::findings::run {

// The options as they stand on the command line.
struct Options {
  std::vector<std::string> files;    // --report
  std::vector<std::string> formats;  // --report-format
  bool all = false;                  // --report-all
  std::string fail_on;               // --fail-on; empty: never
  std::string budget_file;           // --budget; empty: none
  std::string price_file;            // --prices; empty: the prices that come with dynarock
  double requests_per_day = 1e6;     // --requests-per-day
};

// A file to write when the server stops; "-" is stdout.
struct File {
  std::string path;
  findings::Format format = findings::Format::kText;
};

struct Settings {
  std::vector<File> files;
  bool all = false;  // text files have all of the report; else what fits a screen
  std::optional<findings::Severity> fail_on;
  findings::Budget budget;
  findings::Prices prices;
  double requests_per_day = 1e6;
};

// Reads the files that the options name and brings formats and files together: one format is for
// all files, as many formats as files are for them in order, and without formats each file's name
// tells it ("-" is text). Error: one line that names the option, or the place in the file.
std::expected<Settings, std::string> ReadSettings(const Options& options);

// "error" or "warning"; nullopt for other words.
std::optional<findings::Severity> SeverityNamed(std::string_view name);

}  // namespace dynarock::findings::run

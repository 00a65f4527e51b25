#include "server/schema/start/start.h"

#include <fstream>
#include <iterator>
#include <utility>

#include "server/document/document.h"
#include "server/document/file.h"
#include "server/schema/reader/reader.h"
#include "server/schema/start/apply.h"
#include "server/schema/start/region.h"
#include "server/schema/start/seed.h"

namespace dynarock::schema {

namespace {

std::string Listed(const std::vector<std::string>& names) {
  constexpr size_t kShown = 10;
  std::string text;
  for (size_t i = 0; i < names.size() && i < kShown; ++i) text += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > kShown) text += ", ... (" + std::to_string(names.size()) + " in all)";
  return text;
}

}  // namespace

std::expected<ReadOptions, std::string> OptionsFrom(std::span<const std::string> values,
                                                    std::span<const std::string> variable_files) {
  ReadOptions options;
  for (const std::string& value : values) {
    const size_t equals = value.find('=');
    if (equals == std::string::npos || equals == 0) {
      return std::unexpected("--set " + value + ": expected NAME=VALUE");
    }
    options.values[value.substr(0, equals)] = value.substr(equals + 1);
  }
  for (const std::string& path : variable_files) {
    auto text = document::ReadWholeFile(path, document::kMostFileBytes);
    if (!text) return std::unexpected(path + ": " + text.error());
    options.variable_files.push_back({.path = path, .text = *std::move(text)});
  }
  return options;
}

std::expected<Started, std::string> Start(const StartFiles& files, const LocalCaller& caller) {
  const auto options = OptionsFrom(files.values, files.variable_files);
  if (!options) return std::unexpected(options.error());
  Started started;
  auto reading = ReadPaths(files.schemas, *options);
  if (!reading) return std::unexpected(reading.error());
  const auto left_out = KeepRegion(files.region, *reading);
  if (!left_out) return std::unexpected(left_out.error());
  auto wanted = WantAll(*reading, files.region);
  if (!wanted) return std::unexpected(std::move(wanted).error());
  started.wanted = *std::move(wanted);
  for (const Message& message : reading->messages) started.log.push_back(LineOf(message));
  for (const std::string& line : *left_out) started.log.push_back(line);
  for (const TableSource& source : reading->tables) {
    if (source.replica_regions.empty()) continue;
    started.log.push_back("the replicas of " + source.address +
                          " are left out: " + Listed(source.replica_regions));
  }
  for (const WantedTable& table : started.wanted) {
    for (const std::string& note : table.notes) started.log.push_back(note);
    if (table.name_made_up) {
      started.log.push_back("the table of " + table.address +
                            " has no name in the file and is called " + table.table.name + " here");
    }
  }
  const auto applied = Apply(started.wanted, caller.store());
  if (!applied) return std::unexpected(applied.error());
  if (!applied->created.empty()) started.log.push_back("created " + Listed(applied->created));
  if (!applied->kept.empty()) started.log.push_back("kept as they are: " + Listed(applied->kept));
  const auto seeded = Seed(files.seeds, started.wanted, caller);
  if (!seeded) return std::unexpected(seeded.error());
  for (const Seeded::Table& table : seeded->tables) {
    started.log.push_back(
        table.left_alone ? table.name + " holds items already: nothing was loaded into it"
                         : "loaded " + std::to_string(table.items) + " items into " + table.name);
  }
  return started;
}

}  // namespace dynarock::schema

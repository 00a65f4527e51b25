#include "server/program/subcommands.h"

#include <array>

#include "server/program/check_command.h"
#include "server/program/health_command.h"
#include "server/program/report_command.h"

namespace dynarock::program {

namespace {

constexpr std::array kSubcommands = {
    Subcommand{"check", RunCheck, "FILE...", "review the tables that files define"},
    Subcommand{"report", RunReport, "[URL]", "what a running server's advisor says"},
    Subcommand{"health", RunHealth, "[URL]", "is the running server ready?"},
};

constexpr size_t kColumn = 30;

}  // namespace

std::span<const Subcommand> Subcommands() {
  return kSubcommands;
}

const Subcommand* FindSubcommand(std::string_view name) {
  for (const Subcommand& subcommand : kSubcommands) {
    if (subcommand.name == name) return &subcommand;
  }
  return nullptr;
}

std::string SubcommandHelp() {
  std::string text;
  const auto add = [&](std::string line, std::string_view summary) {
    line.resize(std::max(line.size() + 1, kColumn), ' ');
    text.append(line).append(summary) += '\n';
  };
  add("  dynarock [OPTIONS]", "serve the DynamoDB API");
  for (const Subcommand& subcommand : kSubcommands) {
    add("  dynarock " + std::string(subcommand.name) + " " + std::string(subcommand.synopsis),
        subcommand.summary);
  }
  return text;
}

}  // namespace dynarock::program

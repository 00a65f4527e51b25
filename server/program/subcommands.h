// What the program does beside serving: `dynarock NAME ...`.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace dynarock::program {

struct Subcommand {
  std::string_view name;
  // With the arguments behind the name; returns the program's exit status.
  int (*run)(std::span<const std::string> arguments);
  std::string_view synopsis;  // of its arguments, for --help
  std::string_view summary;   // one short line, for --help
};

std::span<const Subcommand> Subcommands();
// Null when there is none of that name.
const Subcommand* FindSubcommand(std::string_view name);
// Lines for --help.
std::string SubcommandHelp();

}  // namespace dynarock::program

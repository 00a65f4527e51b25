// The text of --help.
#pragma once

#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

namespace dynarock::program {

// Options of this group stand only in the long text.
inline constexpr const char* kFineTuning = "Fine tuning";

// At most 80 columns wide: what the program is, `subcommands`, and the options by group in the
// order they were added; without those of kFineTuning unless `all`.
std::string HelpText(const CLI::App& app, std::string_view subcommands, bool all);

// "DYNAROCK_DATA_DIR" of "--data-dir".
std::string EnvironmentName(std::string_view option);

}  // namespace dynarock::program

#include "server/program/local_arguments.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace dynarock::program {

namespace {

struct Flag {
  std::string_view name;
  bool LocalArguments::* member;
};
constexpr std::array kFlags = {
    Flag{"-inMemory", &LocalArguments::in_memory},
    Flag{"-sharedDb", &LocalArguments::shared_db},
    Flag{"-delayTransientStatuses", &LocalArguments::delay_transient_statuses},
    Flag{"-optimizeDbBeforeStartup", &LocalArguments::optimize},
    Flag{"-help", &LocalArguments::help},
    Flag{"-version", &LocalArguments::version},
};

struct Valued {
  std::string_view name;
  std::optional<std::string> LocalArguments::* member;
};
constexpr std::array kValued = {
    Valued{"-dbPath", &LocalArguments::db_path},
    Valued{"-port", &LocalArguments::port},
    Valued{"-cors", &LocalArguments::cors},
};

bool IsLocalOption(std::string_view argument) {
  return argument.size() > 2 && argument[0] == '-' && argument[1] != '-';
}

// Options of the Java launcher, which say nothing here: there is no Java machine. Their values, if
// any, are part of the word.
bool IsJavaOption(std::string_view argument) {
  static constexpr std::array<std::string_view, 12> kBeginnings = {
      "-X",  "-D",  "-javaagent:", "-agentlib:", "-agentpath:",       "-verbose",
      "-ea", "-da", "-esa",        "-dsa",       "-enableassertions", "-disableassertions"};
  if (argument == "-server" || argument == "-client") return true;
  return std::any_of(kBeginnings.begin(), kBeginnings.end(),
                     [&](std::string_view begin) { return argument.starts_with(begin); });
}

bool IsPort(const std::string& text) {
  unsigned port = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, port);
  return read.ec == std::errc() && read.ptr == end && port >= 1 && port <= 65535;
}

std::expected<LocalArguments, std::string> Consistent(LocalArguments local) {
  if (local.help || local.version) return local;
  if (local.port && !IsPort(*local.port)) {
    return std::unexpected("-port: " + *local.port + " is not a port from 1 to 65535");
  }
  if (local.in_memory && local.db_path) {
    return std::unexpected("-inMemory and -dbPath cannot be used together");
  }
  if (local.optimize && !local.db_path) {
    return std::unexpected("-optimizeDbBeforeStartup needs -dbPath DIR");
  }
  return local;
}

}  // namespace

bool IsLocalStyle(std::span<const std::string> arguments) {
  return std::any_of(arguments.begin(), arguments.end(), IsLocalOption);
}

std::expected<LocalArguments, std::string> ReadLocalArguments(
    std::span<const std::string> arguments) {
  LocalArguments local;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    const auto value = [&]() -> std::optional<std::string> {
      if (i + 1 == arguments.size() || IsLocalOption(arguments[i + 1])) return std::nullopt;
      return arguments[++i];
    };
    const auto flag = std::find_if(kFlags.begin(), kFlags.end(),
                                   [&](const Flag& known) { return known.name == argument; });
    const auto valued = std::find_if(kValued.begin(), kValued.end(),
                                     [&](const Valued& known) { return known.name == argument; });
    if (flag != kFlags.end()) {
      local.*flag->member = true;
    } else if (valued != kValued.end()) {
      auto& member = local.*valued->member;
      if (member) return std::unexpected(argument + " is given twice");
      member = value();
      if (!member) return std::unexpected(argument + " needs a value");
    } else if (argument == "-jar") {
      if (!value()) return std::unexpected(argument + " needs a file");
    } else if (argument == "-disableTelemetry" || IsJavaOption(argument)) {
      // Nothing is ever reported to anybody, and there is no Java machine.
    } else if (IsLocalOption(argument)) {
      return std::unexpected(argument + " is neither an option of dynarock nor of DynamoDB Local");
    } else {
      local.rest.push_back(argument);
    }
  }
  return Consistent(std::move(local));
}

}  // namespace dynarock::program

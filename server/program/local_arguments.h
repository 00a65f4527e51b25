// The command lines of AWS's DynamoDB Local, which start dynarock with the same meaning.
#pragma once

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace dynarock::program {

// What such a command line asks for. Source: the usage notes of DynamoDB Local in the DynamoDB
// Developer Guide; which options exclude each other: its README.
struct LocalArguments {
  bool in_memory = false;
  bool shared_db = false;
  bool delay_transient_statuses = false;
  bool optimize = false;  // before the start
  bool help = false;
  bool version = false;
  std::optional<std::string> db_path;
  std::optional<std::string> port;  // a number from 1 to 65535
  std::optional<std::string> cors;
  // What is left: dynarock's own options, which may stand between the others.
  std::vector<std::string> rest;
};

// Whether these are arguments as DynamoDB Local and the Java machine around it take them: one of
// them begins with a single dash and is longer than a letter.
bool IsLocalStyle(std::span<const std::string> arguments);

// Reads them: arguments of the Java machine (-X..., -D..., -javaagent:... and the like) and -jar
// FILE are dropped. The error is one line for the user.
std::expected<LocalArguments, std::string> ReadLocalArguments(
    std::span<const std::string> arguments);

// The directory below -dbPath DIR (or below the current one) that holds the data. DIR itself may
// hold anything else, such as the database of DynamoDB Local.
inline constexpr const char* kLocalDataDirectory = "dynarock-data";

}  // namespace dynarock::program

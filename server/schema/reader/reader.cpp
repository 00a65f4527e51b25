#include "server/schema/reader/reader.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "server/document/document.h"
#include "server/document/file.h"
#include "server/schema/cloudformation/serverless.h"
#include "server/schema/cloudformation/tables.h"
#include "server/schema/reader/api_tables.h"
#include "server/schema/reader/cdk_manifest.h"
#include "server/schema/terraform/terraform.h"
#include "storage/item/json.h"

namespace dynarock::schema {

namespace {

namespace fs = std::filesystem;

// "-" is the standard input.
std::expected<SourceFile, std::string> Load(const std::string& path) {
  const bool standard_input = path == "-";
  auto text = standard_input ? document::ReadStandardInput(document::kMostFileBytes)
                             : document::ReadWholeFile(path, document::kMostFileBytes);
  if (!text) return std::unexpected(path + ": " + text.error());
  return SourceFile{.path = standard_input ? "stdin" : path, .text = *std::move(text)};
}

bool IsJson(const SourceFile& file) {
  std::string_view text = file.text;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return file.path.ends_with(".json");
  return text[first] == '{' || text[first] == '[';
}

// JSON; YAML in braces looks like it at first, and is tried where the name says YAML.
std::expected<document::Document, Message> ReadDocument(const SourceFile& file) {
  const bool yaml = file.path.ends_with(".yml") || file.path.ends_with(".yaml");
  if (!IsJson(file)) return ReadYaml(file);
  auto document = ReadJson(file);
  return document || !yaml ? std::move(document) : ReadYaml(file);
}

// Nullopt: no language that defines tables.
std::optional<Reading> ReadByContent(const Node& root, const std::string& path,
                                     const ReadOptions& options) {
  if (LooksLikeServerless(root)) return ReadServerless(root, path, options);
  if (LooksLikeCloudFormation(root)) {
    if (UsesServerlessVariables(root)) return ReadServerlessPart(root, path, options);
    const Home home = CdkHome(path);
    return ReadCloudFormation(root, options, {.region = home.region, .account = home.account});
  }
  if (LooksLikePlan(root)) return ReadPlan(root, options);
  if (LooksLikeApiTables(root)) return ReadApiTables(root);
  return std::nullopt;
}

// A file for the AWS CLI that is no fault, and no table either.
std::optional<Message> NoteOfPart(const SourceFile& file) {
  const auto document = ReadDocument(file);
  const std::string_view part = document ? PartOfTable(document->root) : std::string_view();
  if (part.empty()) return std::nullopt;
  return Message{.severity = Severity::kWarning,
                 .id = "no-tables",
                 .place = {.file = file.path, .line = 1, .column = 1},
                 .text = "this file holds " + std::string(part) + ", not a table",
                 .hint = "nothing in it was checked; pass the whole CreateTable request"};
}

// Nullopt: nothing that defines tables.
std::optional<Reading> ReadIfRecognised(const SourceFile& file, const ReadOptions& options) {
  auto document = ReadDocument(file);
  if (!document) {
    Reading failed;
    failed.messages.push_back(std::move(document).error());
    return failed;
  }
  auto reading = ReadByContent(document->root, file.path, options);
  if (reading) {
    reading->messages.insert(reading->messages.begin(),
                             std::make_move_iterator(document->messages.begin()),
                             std::make_move_iterator(document->messages.end()));
  }
  return reading;
}

void Append(Reading more, Reading& reading) {
  std::move(more.tables.begin(), more.tables.end(), std::back_inserter(reading.tables));
  std::move(more.messages.begin(), more.messages.end(), std::back_inserter(reading.messages));
  std::move(more.unchecked.begin(), more.unchecked.end(), std::back_inserter(reading.unchecked));
  std::move(more.branches.begin(), more.branches.end(), std::back_inserter(reading.branches));
  reading.settable.merge(more.settable);
  reading.takes_any = reading.takes_any || more.takes_any;
}

// A value that nothing takes is misspelt.
void RefuseUnusedValues(const ReadOptions& options, Reading& reading) {
  if (reading.takes_any) return;
  for (const auto& [name, value] : options.values) {
    if (name.starts_with("AWS::") || reading.settable.contains(name)) continue;
    reading.messages.push_back({.severity = Severity::kError,
                                .id = "template",
                                .place = {},
                                .text = "there is no parameter \"" + name + "\" that could be set",
                                .hint = {}});
  }
}

// A file that is named and read, and of which no table comes, is most likely the wrong one.
void WarnIfEmpty(const std::string& path, Reading& reading) {
  const bool told = std::ranges::any_of(
      reading.messages, [](const Message& message) { return message.id == "no-tables"; });
  if (told || !DefinesNothing(reading)) return;
  reading.messages.push_back({.severity = Severity::kWarning,
                              .id = "no-tables",
                              .place = {.file = path, .line = 1, .column = 1},
                              .text = "this file defines no tables",
                              .hint = "nothing in it was checked"});
}

// Whether a file of a directory that cannot be read may be meant for us.
bool SpeaksOfTables(const SourceFile& file) {
  for (const char* word : {"AWS::", "DynamoDB", "dynamodb", "KeySchema"}) {
    if (file.text.find(word) != std::string::npos) return true;
  }
  return false;
}

bool IsTerraform(std::string_view path) {
  constexpr std::string_view kJson = ".json";
  if (path.ends_with(kJson)) path.remove_suffix(kJson.size());
  return path.ends_with(".tf") || path.ends_with(".tofu") || path.ends_with(".tfvars");
}

// A file that holds a zero byte, which no text does, but UTF-16 without its mark does.
std::optional<Message> FindZero(const SourceFile& file) {
  const std::string_view text = file.text;
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return std::nullopt;
  const size_t zero = text.find('\0');
  if (zero == std::string_view::npos) return std::nullopt;
  const std::string_view before = text.substr(0, zero);
  const size_t line_start = before.rfind('\n') + 1;
  return Message{.severity = Severity::kError,
                 .id = "syntax",
                 .place = {.file = file.path,
                           .line = 1 + static_cast<int>(std::ranges::count(before, '\n')),
                           .column = 1 + static_cast<int>(zero - line_start)},
                 .text = "there is a zero byte here: this is not text, or text in UTF-16",
                 .hint = "save the file as UTF-8"};
}

// Takes a file of Terraform, unless a byte of it is no UTF-8; that is told at its place.
void TakeTerraform(SourceFile file, std::vector<SourceFile>& terraform, Reading& reading) {
  if (auto zero = FindZero(file)) {
    reading.messages.push_back(*std::move(zero));
    return;
  }
  std::string_view rest = file.text;
  for (int line = 1; !rest.empty(); ++line) {
    const std::string_view text = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(text.size() + 1, rest.size()));
    if (IsUtf8(text)) continue;
    int column = 1;
    for (size_t at = 0; at < text.size(); ++column) {
      size_t length = 1;
      while (length < 4 && !IsUtf8(text.substr(at, length))) ++length;
      if (!IsUtf8(text.substr(at, length))) break;
      at += length;
    }
    reading.messages.push_back(
        {.severity = Severity::kError,
         .id = "syntax",
         .place = {.file = file.path, .line = line, .column = column},
         .text = "this byte is not UTF-8, which Terraform files are written in",
         .hint = "save the file as UTF-8"});
    return;
  }
  terraform.push_back(std::move(file));
}

bool HasDataExtension(const fs::path& path) {
  const std::string extension = path.extension();
  return extension == ".json" || extension == ".yml" || extension == ".yaml" ||
         extension == ".template";
}

// The files of a directory that may define tables. A CDK stage has its templates in a directory of
// its own below cdk.out, which is known by its manifest: assembly-NAME.
void ListFiles(const fs::path& directory, int depth, std::vector<std::string>& files,
               std::error_code& error) {
  constexpr int kDeepestAssembly = 8;
  std::error_code ignored;
  const bool cdk = fs::exists(directory / "manifest.json", ignored);
  for (fs::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    const fs::path& path = it->path();
    if (it->is_directory(ignored)) {
      const bool assembly = cdk && path.filename().string().starts_with("assembly-");
      if (assembly && depth < kDeepestAssembly) ListFiles(path, depth + 1, files, error);
      if (error) return;
      continue;
    }
    // Of the files with variables, Terraform's reader finds those that count.
    const bool variables = path.string().ends_with(".tfvars.json");
    const bool wanted = (HasDataExtension(path) && !variables) ||
                        (depth == 0 && (path.extension() == ".tf" || path.extension() == ".tofu"));
    if (it->is_regular_file(ignored) && wanted) files.push_back(path);
  }
}

// Terraform's files go to `terraform`, since they make modules together.
std::expected<Reading, std::string> ReadDirectory(const std::string& path,
                                                  const ReadOptions& options,
                                                  std::vector<SourceFile>& terraform) {
  std::vector<std::string> files;
  std::error_code error;
  ListFiles(path, 0, files, error);
  if (error) return std::unexpected(path + ": " + error.message());
  std::sort(files.begin(), files.end());
  Reading reading;
  bool any = false;
  std::vector<std::pair<std::string, Reading>> readings;
  std::set<std::string> parts;
  for (const std::string& name : files) {
    auto file = Load(name);
    if (!file) return std::unexpected(std::move(file).error());
    if (IsTerraform(name)) {
      any = true;
      TakeTerraform(*std::move(file), terraform, reading);
      continue;
    }
    auto one = ReadIfRecognised(*file, options);
    if (!one) continue;
    if (one->tables.empty() && !one->messages.empty() && !SpeaksOfTables(*file)) continue;
    any = true;
    parts.insert(one->parts.begin(), one->parts.end());
    readings.emplace_back(name, *std::move(one));
  }
  for (auto& [name, one] : readings) {
    // What serverless.yml includes was read with it.
    if (!parts.contains(fs::path(name).lexically_normal())) Append(std::move(one), reading);
  }
  if (!any) return std::unexpected(path + ": no file in it defines tables");
  return reading;
}

}  // namespace

Reading ReadFile(const SourceFile& file, const ReadOptions& options) {
  Reading unknown;
  if (file.text.starts_with("PK\x03\x04")) {
    unknown.messages.push_back({.severity = Severity::kError,
                                .id = "unknown-format",
                                .place = {.file = file.path, .line = 1, .column = 1},
                                .text = "this is an archive, such as a Terraform plan",
                                .hint = "of a plan, pass what terraform show -json PLAN prints"});
    return unknown;
  }
  if (auto zero = FindZero(file)) {
    unknown.messages.push_back(*std::move(zero));
    return unknown;
  }
  auto reading = ReadIfRecognised(file, options);
  if (reading) return *std::move(reading);
  if (file.text.find("\"aws_dynamodb_table\"") != std::string::npos) {
    unknown.messages.push_back({.severity = Severity::kError,
                                .id = "unknown-format",
                                .place = {.file = file.path, .line = 1, .column = 1},
                                .text = "this looks like a file of Terraform, but is not named so",
                                .hint = "pass it, or its directory, under a name in .tf or "
                                        ".tf.json; or pass terraform show -json PLAN"});
    return unknown;
  }
  if (auto part = NoteOfPart(file)) {
    unknown.messages.push_back(*std::move(part));
    return unknown;
  }
  unknown.messages.push_back(
      {.severity = Severity::kError,
       .id = "unknown-format",
       .place = {.file = file.path, .line = 1, .column = 1},
       .text = "nothing in this file defines tables",
       .hint = "known are CloudFormation and SAM templates, CDK output, serverless.yml, Terraform "
               "files and plans (terraform show -json), and CreateTable requests"});
  return unknown;
}

std::expected<Reading, std::string> ReadPaths(std::span<const std::string> paths,
                                              const ReadOptions& options) {
  Reading all;
  std::vector<SourceFile> terraform;
  std::set<std::string> seen;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!seen.insert(fs::path(path).lexically_normal()).second) continue;
    if (fs::is_directory(path, error)) {
      auto reading = ReadDirectory(path, options, terraform);
      if (!reading) return std::unexpected(std::move(reading).error());
      Append(*std::move(reading), all);
      continue;
    }
    auto file = Load(path);
    if (!file) return std::unexpected(std::move(file).error());
    if (IsTerraform(path)) {
      TakeTerraform(*std::move(file), terraform, all);
    } else {
      Reading reading = ReadFile(*file, options);
      WarnIfEmpty(path, reading);
      Append(std::move(reading), all);
    }
  }
  if (terraform.empty()) {
    RefuseUnusedValues(options, all);
  } else {  // which tells by itself what it cannot set
    ReadOptions rest = options;
    for (const auto& [name, value] : options.values) {
      if (all.takes_any || all.settable.contains(name)) rest.taken_elsewhere.insert(name);
    }
    Append(ReadTerraform(terraform, rest), all);
  }
  return all;
}

}  // namespace dynarock::schema

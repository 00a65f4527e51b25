#include "server/schema/cloudformation/serverless_variables.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>

#include "server/document/file.h"
#include "server/schema/cloudformation/template.h"
#include "storage/item/text.h"

namespace dynarock::schema {

namespace {

namespace fs = std::filesystem;
using Kind = Node::Kind;

constexpr int kDeepest = 40;
constexpr int kDeepestValue = 300;
constexpr size_t kMostSteps = 1'000'000;
constexpr size_t kMostFiles = 500;
// Stands in for the account of the deployment.
constexpr std::string_view kAccount = "000000000000";

// Whether what stands in ${...} is a variable rather than a name for Fn::Sub: a source, then a
// single colon or a bracket.
bool IsVariable(std::string_view inside) {
  inside = Trimmed(inside, kAllSpaces);
  size_t n = 0;
  while (n < inside.size() && (std::isalnum(static_cast<unsigned char>(inside[n])) != 0 ||
                               inside[n] == '-' || inside[n] == '_')) {
    ++n;
  }
  if (n == 0 || n >= inside.size()) return false;
  if (inside[n] == '(') return true;
  return inside[n] == ':' && inside.substr(n, 2) != "::";
}

// The end of the variable that begins at `at` ("${"): where its closing brace stands; npos: none.
size_t ClosingBrace(std::string_view text, size_t at) {
  int open = 0;
  for (size_t i = at; i < text.size(); ++i) {
    if (text[i] == '{' && i > at && text[i - 1] == '$') ++open;
    if (text[i] == '}' && --open == 0) return i;
  }
  return std::string_view::npos;
}

// Parts at commas outside of quotes, brackets and inner variables.
std::vector<std::string_view> Alternatives(std::string_view inside) {
  std::vector<std::string_view> parts;
  int depth = 0;
  char quote = 0;
  size_t begin = 0;
  for (size_t i = 0; i < inside.size(); ++i) {
    const char c = inside[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(' || c == '{') {
      ++depth;
    } else if (c == ')' || c == '}') {
      --depth;
    } else if (c == ',' && depth <= 0) {
      parts.push_back(Trimmed(inside.substr(begin, i - begin), kAllSpaces));
      begin = i + 1;
    }
  }
  parts.push_back(Trimmed(inside.substr(begin), kAllSpaces));
  return parts;
}

// A fallback written out: 'dev', "dev", 5, true, null. False: it is none.
bool Literal(const Node& at, std::string_view text, Node& value) {
  if (text.size() >= 2 && (text[0] == '\'' || text[0] == '"') && text.back() == text[0]) {
    value = MakeString(at.place, std::string(text.substr(1, text.size() - 2)));
    return true;
  }
  if (text == "true" || text == "false") {
    value = MakeBool(at.place, text == "true");
    return true;
  }
  if (text == "null") {
    value = MakeNode(Kind::kNull, at.place);
    return true;
  }
  const bool number = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
  if (number) value = MakeNode(Kind::kNumber, at.place, std::string(text));
  return number;
}

const Node* Follow(const Node& root, std::string_view path) {
  const Node* node = &root;
  while (!path.empty()) {
    const size_t dot = path.find('.');
    const std::string_view part = path.substr(0, dot);
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
    if (node->kind == Kind::kList && !part.empty() && part.size() < 7 &&
        part.find_first_not_of("0123456789") == std::string_view::npos) {
      const size_t index = std::strtoul(std::string(part).c_str(), nullptr, 10);
      if (index >= node->list.size()) return nullptr;
      node = &node->list[index];
      continue;
    }
    node = node->Find(part);
    if (node == nullptr) return nullptr;
  }
  return node;
}

}  // namespace

ServerlessVariables::ServerlessVariables(const Node* root, const std::string& path,
                                         const ReadOptions& options, std::vector<Message>& messages)
    : root_(root),
      directory_(fs::path(path).parent_path().string()),
      options_(options),
      messages_(messages) {}

bool ServerlessVariables::Uses(std::string_view text) {
  for (size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 2)) {
    if (IsVariable(text.substr(at + 2))) return true;
  }
  return false;
}

Node ServerlessVariables::Unknown(const Node& at, std::string_view source, std::string why) const {
  return MakeUnresolved(at.place, "${" + std::string(source) + "}", std::move(why));
}

Node ServerlessVariables::Resolve(const Node& value) {
  if (++steps_ > kMostSteps || level_ >= kDeepestValue) {
    return MakeUnresolved(value.place, "...", "the variables make too much");
  }
  ++level_;
  Node resolved = ResolveParts(value);
  --level_;
  return resolved;
}

Node ServerlessVariables::ResolveParts(const Node& value) {
  if (value.kind == Kind::kString) {
    if (!Uses(value.text)) return value;
    Node resolved = Text(value, value.text);
    resolved.TakeName(value);
    return resolved;
  }
  if (value.kind != Kind::kList && value.kind != Kind::kMap) return value;
  Node resolved = MakeNode(value.kind, value.place);
  resolved.TakeName(value);
  for (const Node& element : value.list) resolved.list.push_back(Resolve(element));
  for (const auto& [name, member] : value.map) {
    // Names hold variables too: `${self:custom.table}: ...` in maps of tags and the like.
    std::string shown = name;
    if (Uses(name)) {
      const auto text = ScalarText(Text(member, name));
      if (text) shown = *text;
    }
    resolved.map.emplace_back(std::move(shown), Resolve(member));
  }
  return resolved;
}

Node ServerlessVariables::Text(const Node& at, std::string_view text) {
  std::string out;
  size_t from = 0;
  for (;;) {
    const size_t begin = text.find("${", from);
    out += text.substr(from, begin == std::string_view::npos ? begin : begin - from);
    if (begin == std::string_view::npos) break;
    const size_t end = ClosingBrace(text, begin);
    if (end == std::string_view::npos || !IsVariable(text.substr(begin + 2, end - begin - 2))) {
      out += "${";
      from = begin + 2;
      continue;
    }
    Node value = Value(at, text.substr(begin + 2, end - begin - 2));
    if (begin == 0 && end + 1 == text.size()) {  // the whole value, of any type
      value.place = at.place;
      return value;
    }
    const auto piece = ScalarText(value);
    steps_ += piece ? piece->size() : 0;
    if (!piece || steps_ > kMostSteps) {
      return MakeUnresolved(at.place, std::string(text),
                            value.why.empty() ? "a part of it is not text" : value.why);
    }
    out += *piece;
    from = end + 1;
  }
  return MakeString(at.place, std::move(out));
}

void ServerlessVariables::Refuse(const Node& at, std::string_view inside, const std::string& why) {
  if (said_.insert(at.place.file + ":" + std::to_string(at.place.line) + ": " + why).second) {
    messages_.push_back({.severity = Severity::kError,
                         .id = "serverless",
                         .place = at.place,
                         .text = "Cannot resolve variable ${" + std::string(inside) + "}: " + why,
                         .hint = "the framework stops here: correct the name, or give a fallback "
                                 "after a comma"});
  }
}

Node ServerlessVariables::Missing(const Node& at, std::string_view source, std::string why) {
  missing_ = true;
  return Unknown(at, source, std::move(why));
}

Node ServerlessVariables::Value(const Node& at, std::string_view inside) {
  if (++steps_ > kMostSteps) return Unknown(at, inside, "its variables make too much");
  const std::string whole_text(inside);
  if (std::find(open_.begin(), open_.end(), whole_text) != open_.end()) {
    Refuse(at, inside, "Circular reference");
    return Unknown(at, inside, "its variables lead in a circle");
  }
  if (depth_ >= kDeepest) return Unknown(at, inside, "its variables lead too far");
  open_.push_back(whole_text);
  ++depth_;
  // Inner variables first; the sources are then plain text.
  Node result = Unknown(at, inside, {});
  std::string why;
  bool all_missing = true;
  std::string_view last;
  for (const std::string_view alternative : Alternatives(inside)) {
    if (Literal(at, alternative, result)) break;
    missing_ = false;
    Node source =
        Uses(alternative) ? Text(at, alternative) : MakeString(at.place, std::string(alternative));
    const bool whole = alternative.starts_with("${");
    if (whole || source.kind == Kind::kUnresolved) {
      missing_ = false;  // what is missing is inside, and told
      result = std::move(source);
    } else {
      result = OneSource(at, source.text);
    }
    if (result.kind != Kind::kUnresolved) break;
    if (!std::exchange(missing_, false)) all_missing = false;
    last = alternative;
    if (why.empty()) why = result.why;
    result.why = why;
  }
  open_.pop_back();
  --depth_;
  if (result.kind == Kind::kUnresolved && all_missing) {
    Refuse(at, inside,
           "Value not found at \"" + std::string(last.substr(0, last.find_first_of(":("))) +
               "\" source (" + why + ")");
  }
  return result;
}

Node ServerlessVariables::OneSource(const Node& at, std::string_view source) {
  const size_t colon = source.find(':');
  if (source.starts_with("file(")) {
    const size_t close = source.find(')');
    if (close == std::string_view::npos) return Unknown(at, source, "the bracket is not closed");
    const std::string_view rest = source.substr(close + 1);
    return File(at, Trimmed(source.substr(5, close - 5), kAllSpaces),
                rest.starts_with(':') ? rest.substr(1) : std::string_view());
  }
  if (source.starts_with("strToBool(")) {
    const std::string_view inner = source.substr(10, source.rfind(')') - 10);
    return MakeBool(at.place,
                    Trimmed(inner, kAllSpaces) == "true" || Trimmed(inner, kAllSpaces) == "1");
  }
  const std::string_view kind = source.substr(0, colon);
  const std::string name(colon == std::string_view::npos ? std::string_view()
                                                         : source.substr(colon + 1));
  if (kind == "self") return Self(at, name);
  if (kind == "opt") return Option(at, name);
  if (kind == "sls" && name == "stage") return Stage(at);
  if (kind == "env") return EnvironmentVariable(at, name);
  if (kind == "param") return Parameter(at, name);
  if (kind == "aws" && name == "region") return Self(at, "provider.region");
  if (kind == "aws" && name == "accountId") {
    const auto given = options_.values.find("AWS::AccountId");
    return MakeString(at.place,
                      given != options_.values.end() ? given->second : std::string(kAccount));
  }
  return Unknown(at, source, std::string(kind) + " is looked up when it is deployed");
}

Node ServerlessVariables::Option(const Node& at, const std::string& name) {
  const auto given = options_.values.find(name);
  if (given != options_.values.end()) return MakeString(at.place, given->second);
  return Unknown(at, "opt:" + name, "--set " + name + "=VALUE gives it a value");
}

// A variable of the process goes before one of a file.
Node ServerlessVariables::EnvironmentVariable(const Node& at, const std::string& name) {
  if (const char* value = std::getenv(name.c_str())) return MakeString(at.place, value);
  const Environment& loaded = Dotenv(at);
  const auto found = loaded.find(name);
  if (found != loaded.end()) return MakeString(at.place, found->second);
  return Unknown(at, "env:" + name, "the environment has no " + name);
}

// Version 4 loads .env files beside serverless.yml, those before it if useDotenv is true. These
// take the file of the stage alone, where there is one.
// https://www.serverless.com/framework/docs/environment-variables
const Environment& ServerlessVariables::Dotenv(const Node& at) {
  if (std::exchange(dotenv_read_, true) || root_ == nullptr) return dotenv_;
  const Node* version = root_->Find("frameworkVersion");
  const Node* wanted = root_->Find("useDotenv");
  const bool older = version != nullptr && version->text.find('4') == std::string::npos &&
                     version->text.find_first_of("123") != std::string::npos;
  const bool uses = wanted != nullptr && (wanted->boolean || wanted->text == "true");
  if (older && !uses) return dotenv_;
  const fs::path directory = directory_.empty() ? fs::path(".") : fs::path(directory_);
  const Node stage = Stage(at);
  const auto load = [&](const std::string& name) {
    constexpr size_t kMostBytes = size_t{1} << 20;
    const auto text = document::ReadWholeFile((directory / name).string(), kMostBytes);
    if (!text) return false;
    dotenv_.merge(ReadDotenv(*text, dotenv_));
    return true;
  };
  const bool of_stage = stage.kind == Kind::kString && stage.text.find('/') == std::string::npos &&
                        load(".env." + stage.text);
  if (!of_stage || !older) load(".env");
  return dotenv_;
}

Node ServerlessVariables::Stage(const Node& at) {
  Node stage = Option(at, "stage");
  return stage.kind == Kind::kUnresolved ? Self(at, "provider.stage") : stage;
}

// From the command line; else of the stage, else of all stages: params.STAGE, stages.STAGE.params.
// https://www.serverless.com/framework/docs/guides/parameters
Node ServerlessVariables::Parameter(const Node& at, const std::string& name) {
  Node given = Option(at, name);
  if (given.kind != Kind::kUnresolved || root_ == nullptr) return given;
  const Node* params = root_->Find("params");
  const Node* stages = root_->Find("stages");
  if (params == nullptr && stages == nullptr) return given;
  const Node stage = Stage(at);
  for (const std::string& section : {stage.text, std::string("default")}) {
    const Node* of_stage = stages == nullptr ? nullptr : stages->Find(section);
    for (const Node* values : {of_stage == nullptr ? nullptr : of_stage->Find("params"),
                               params == nullptr ? nullptr : params->Find(section)}) {
      const Node* found = values == nullptr ? nullptr : values->Find(name);
      if (found != nullptr) return Resolve(*found);
    }
  }
  return given;
}

Node ServerlessVariables::Self(const Node& at, std::string_view path) {
  if (root_ == nullptr) {
    return Unknown(at, "self:" + std::string(path), "only serverless.yml tells; check that file");
  }
  // A path may itself lead through a variable: custom: ${file(custom.yml)}.
  const Node* found = Follow(*root_, path);
  if (found != nullptr) return Resolve(*found);
  for (size_t dot = path.rfind('.'); dot != std::string_view::npos && dot > 0;
       dot = path.rfind('.', dot - 1)) {
    const Node* before = Follow(*root_, path.substr(0, dot));
    if (before == nullptr) continue;
    if (before->kind != Kind::kString || !Uses(before->text)) break;
    const Node whole = Resolve(*before);
    if (whole.kind == Kind::kUnresolved) return whole;
    if (const Node* inside = Follow(whole, path.substr(dot + 1))) return Resolve(*inside);
    break;
  }
  // Defaults of the framework.
  if (path == "provider.stage") return MakeString(at.place, "dev");
  if (path == "provider.region") return MakeString(at.place, "us-east-1");
  // Of its provider section the framework fills in more.
  const std::string source = "self:" + std::string(path);
  if (path.starts_with("provider.")) return Unknown(at, source, "the file has no such value");
  if (path.find(kAccount) != std::string_view::npos &&
      !options_.values.contains("AWS::AccountId")) {
    return Unknown(at, source,
                   std::string(kAccount) +
                       " stands in for the account; --set "
                       "AWS::AccountId=VALUE names it");
  }
  return Missing(at, source, "the file has no such value");
}

const Node* ServerlessVariables::Load(const std::string& path) {
  const auto known = files_.find(path);
  if (known != files_.end()) return known->second == nullptr ? nullptr : &known->second->root;
  auto& slot = files_[path];
  if (files_.size() > kMostFiles) return nullptr;
  auto text = document::ReadWholeFile(path, document::kMostFileBytes);
  if (!text) return nullptr;
  const SourceFile file{.path = path, .text = *std::move(text)};
  auto document = path.ends_with(".json") ? ReadJson(file) : ReadYaml(file);
  if (!document) {
    messages_.push_back(std::move(document).error());
    return nullptr;
  }
  for (Message& message : document->messages) messages_.push_back(std::move(message));
  slot = std::make_unique<document::Document>(*std::move(document));
  return &slot->root;
}

std::set<std::string> ServerlessVariables::Files() const {
  std::set<std::string> read;
  for (const auto& [path, document] : files_) {
    if (document != nullptr) read.insert(path);
  }
  return read;
}

Node ServerlessVariables::File(const Node& at, std::string_view path, std::string_view inside) {
  const std::string source = "file(" + std::string(path) + ")";
  const std::string extension = fs::path(path).extension();
  if (extension != ".yml" && extension != ".yaml" && extension != ".json") {
    return Unknown(at, source, "a program or a file of another kind makes the value");
  }
  const fs::path full = fs::path(path).is_absolute() || directory_.empty()
                            ? fs::path(path)
                            : fs::path(directory_) / fs::path(path);
  // Paths start at serverless.yml; where that is, a part alone does not tell.
  std::error_code error;
  if (root_ != nullptr && !fs::exists(full, error)) {
    return Missing(at, source, "there is no file " + full.lexically_normal().string());
  }
  const Node* root = Load(full.lexically_normal().string());
  if (root == nullptr) return Unknown(at, source, "the file cannot be read");
  const Node* found = Follow(*root, inside);
  if (found == nullptr) return Missing(at, source, "the file has no " + std::string(inside));
  return Resolve(*found);
}

}  // namespace dynarock::schema

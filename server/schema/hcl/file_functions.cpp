// Functions that read files of the configuration, and those over their names.
#include <algorithm>
#include <array>
#include <deque>
#include <expected>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fnmatch.h>

#include "server/document/document.h"
#include "server/document/file.h"
#include "server/schema/hcl/function.h"
#include "server/schema/hcl/module_files.h"
#include "server/schema/hcl/parser.h"

namespace dynarock::schema::hcl {
namespace {

namespace fs = std::filesystem;

using Kind = Node::Kind;
using enum Function::Unresolved;

constexpr size_t kMostListed = 10'000;
constexpr int kDeepestListed = 16;

bool Unknown(FunctionCall& call, std::string why) {
  return call.Return(UnresolvedValue(call.place(), call.expression.text(), std::move(why)));
}

// Where a name of a file leads: Terraform takes it from the directory of the root module. Nullopt:
// it is not followed; the call's result is unresolved then.
std::optional<std::string> Located(FunctionCall& call, const std::string& name) {
  const std::string* root = call.evaluator.root();
  if (root == nullptr || name.starts_with('/') || name.starts_with('~')) {
    Unknown(call, name.substr(0, 200) + " is not read: it is not part of the configuration");
    return std::nullopt;
  }
  return JoinDirectory(*root, name);
}

// The text of a file. Nullopt: the call has its result, or has failed.
std::optional<std::string> TextOfFile(FunctionCall& call, const std::string& name) {
  const auto path = Located(call, name);
  if (!path) return std::nullopt;
  // Nothing that could keep a reader waiting.
  std::error_code error;
  if (fs::exists(*path, error) && !fs::is_regular_file(*path, error)) {
    Unknown(call, *path + " is not a file");
    return std::nullopt;
  }
  auto text = document::ReadWholeFile(*path, kMostModuleFileBytes);
  if (!text) {
    Unknown(call, *path + " cannot be read: " + text.error());
    return std::nullopt;
  }
  if (!call.Spend(1 + text->size() / 64)) return std::nullopt;
  return *std::move(text);
}

// Whether a call that gave up has failed, or has an unresolved result.
bool Ended(const FunctionCall& call) {
  return IsUnresolved(call.out);
}

bool RunFile(FunctionCall& call) {
  const auto name = call.Text(0);
  if (!name) return false;
  auto text = TextOfFile(call, *name);
  return text ? call.ReturnText(*std::move(text)) : Ended(call);
}

bool RunFileExists(FunctionCall& call) {
  const auto name = call.Text(0);
  if (!name) return false;
  const auto path = Located(call, *name);
  std::error_code error;
  return path ? call.ReturnTruth(fs::is_regular_file(*path, error)) : Ended(call);
}

// "{a,b}" in a pattern, each by itself.
void ExpandBraces(const std::string& pattern, std::vector<std::string>& expanded) {
  const size_t open = pattern.find('{');
  const size_t close = open == std::string::npos ? open : pattern.find('}', open);
  if (close == std::string::npos || expanded.size() > 100) {
    expanded.push_back(pattern);
    return;
  }
  for (size_t at = open + 1; at <= close;) {
    const size_t end = std::min(pattern.find(',', at), close);
    ExpandBraces(pattern.substr(0, open) + pattern.substr(at, end - at) + pattern.substr(close + 1),
                 expanded);
    at = end + 1;
  }
}

// "a/**/b.json": ** is any number of directories.
bool MatchesPath(std::string_view pattern, std::string_view path) {
  if (pattern.empty()) return path.empty();
  const size_t slash = pattern.find('/');
  const std::string first(pattern.substr(0, slash));
  const std::string_view rest =
      slash == std::string_view::npos ? std::string_view() : pattern.substr(slash + 1);
  if (first == "**") {
    if (rest == "**" || rest.starts_with("**/")) return MatchesPath(rest, path);  // the same
    if (MatchesPath(rest, path)) return true;
    const size_t next = path.find('/');
    return next != std::string_view::npos ? MatchesPath(pattern, path.substr(next + 1))
                                          : rest.empty();
  }
  const size_t end = path.find('/');
  const std::string name(path.substr(0, end));
  if (fnmatch(first.c_str(), name.c_str(), 0) != 0) return false;
  if (end == std::string_view::npos) return rest.empty();
  return !rest.empty() && MatchesPath(rest, path.substr(end + 1));
}

// https://developer.hashicorp.com/terraform/language/functions/fileset
bool RunFileSet(FunctionCall& call) {
  const auto name = call.Text(0);
  const auto pattern = name ? call.Text(1) : std::nullopt;
  if (!pattern) return false;
  const auto path = Located(call, *name);
  if (!path) return Ended(call);
  std::vector<std::string> patterns;
  ExpandBraces(*pattern, patterns);
  Node found = ListValue(call.place());
  std::error_code error;
  size_t listed = 0;
  fs::recursive_directory_iterator it(*path, fs::directory_options::none, error);
  for (const fs::recursive_directory_iterator end; !error && it != end; it.increment(error)) {
    if (++listed > kMostListed || it.depth() > kDeepestListed) {
      return Unknown(call, *path + " has more files than are looked at here");
    }
    if (it->is_directory(error) && it->path().filename() == ".terraform") {
      it.disable_recursion_pending();
    }
    if (!it->is_regular_file(error)) continue;
    const std::string below = it->path().lexically_relative(*path).string();
    const auto matches = [&](const std::string& one) { return MatchesPath(one, below); };
    if (!call.Spend(1)) return false;
    if (std::ranges::any_of(patterns, matches)) {
      found.list.push_back(TextValue(call.place(), below));
    }
  }
  return call.Return(SetOf(std::move(found)));
}

// What a template can refer to.
class TemplateNames : public References {
 public:
  const Node* Find(const Expression& whole, std::string_view, std::string_view,
                   Problem& problem) override {
    problem = {whole.place(), "a template can refer to its own variables only"};
    return nullptr;
  }
};

bool RunTemplateFile(FunctionCall& call) {
  const auto name = call.Text(0);
  Node* variables = name ? call.Map(1) : nullptr;
  if (!variables) return false;
  auto text = TextOfFile(call, *name);
  if (!text) return Ended(call);
  const Source source{*name, *std::move(text)};
  Parser parser(source, false);
  const ExpressionPtr expression = parser.ParseWholeTemplate();
  if (!expression) return call.Fail(*name + ": " + parser.problem().message);
  std::deque<Scope> scopes;
  const Scope* scope = nullptr;
  for (const auto& [variable, value] : variables->map) {
    scope = &scopes.emplace_back(Scope{scope, variable, &value});
  }
  TemplateNames names;
  Evaluator evaluator(names, call.evaluator.budget());
  Node value;
  if (!evaluator.Evaluate(*expression, scope, value)) {
    if (evaluator.exhausted()) return call.evaluator.FailWith(evaluator.problem());
    return call.Fail(*name + " line " + std::to_string(evaluator.problem().place.line) + ": " +
                     evaluator.problem().message);
  }
  if (IsUnresolved(value)) return call.ReturnUnresolved(value);
  const auto printed = TextOf(value);
  return printed ? call.ReturnText(*printed) : call.Fail("the template makes no text");
}

// A tree of YAML as values of the language, which stand where the call does.
bool Adopt(FunctionCall& call, Node& node) {
  if (!call.Spend(1 + node.text.size() / 64)) return false;
  node.place = call.place();
  node.name_line = node.name_column = 0;
  node.name_file.clear();
  for (Node& element : node.list) {
    if (!Adopt(call, element)) return false;
  }
  for (auto& [name, member] : node.map) {
    if (!Adopt(call, member)) return false;
  }
  return true;
}

bool RunYamlDecode(FunctionCall& call) {
  auto text = call.Text(0);
  if (!text) return false;
  auto document = document::ReadYaml({.path = "", .text = *std::move(text)});
  if (!document) return call.Fail("the text is not YAML: " + document.error().text);
  return Adopt(call, document->root) && call.Return(std::move(document->root));
}

bool RunBaseName(FunctionCall& call) {
  const auto path = call.Text(0);
  if (!path) return false;
  std::string_view name = *path;
  while (name.size() > 1 && name.ends_with('/')) name.remove_suffix(1);
  if (name.empty()) return call.ReturnText(".");
  return call.ReturnText(std::string(name == "/" ? name : name.substr(name.rfind('/') + 1)));
}

bool RunDirName(FunctionCall& call) {
  const auto path = call.Text(0);
  if (!path) return false;
  const size_t slash = path->rfind('/');
  if (slash == std::string::npos) return call.ReturnText(".");
  return call.ReturnText(slash == 0 ? "/"
                                    : fs::path(path->substr(0, slash)).lexically_normal().string());
}

constexpr std::array<Function, 7> kFunctions = {{
    {"basename", 1, 1, kAsWhole, RunBaseName},
    {"dirname", 1, 1, kAsWhole, RunDirName},
    {"file", 1, 1, kAsWhole, RunFile},
    {"fileexists", 1, 1, kAsWhole, RunFileExists},
    {"fileset", 2, 2, kAsWhole, RunFileSet},
    {"templatefile", 2, 2, kAsWhole, RunTemplateFile},
    {"yamldecode", 1, 1, kAsWhole, RunYamlDecode},
}};

}  // namespace

std::span<const Function> FileFunctions() {
  return kFunctions;
}

}  // namespace dynarock::schema::hcl

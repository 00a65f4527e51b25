// What the tests of the Terraform language share: evaluating a text, and printing values.
#pragma once

#include <string>
#include <vector>

#include "server/schema/hcl/evaluator.h"
#include "server/schema/hcl/module.h"
#include "server/schema/hcl/module_files.h"
#include "server/schema/hcl/parser.h"
#include "server/schema/hcl/value.h"

namespace dynarock::schema::hcl {

// Describes no resource.
inline const Provider kNoProvider = {
    .resource = [](std::string_view) -> const BlockShape* { return nullptr; },
    .attributes = [](std::string_view) { return std::vector<std::string_view>(); },
    .meant_type = [](std::string_view) { return std::string_view(); },
    .known_module = [](std::string_view) -> const KnownModule* { return nullptr; }};

// A value on one line: as JSON, members in order; unresolved ones as <expression | why>.
inline std::string Print(const Node& value) {
  std::string out;
  switch (value.kind) {
    case Node::Kind::kUnresolved:
      return "<" + value.text + " | " + value.why + ">";
    case Node::Kind::kList:
      for (const Node& element : value.list) out += (out.empty() ? "" : ",") + Print(element);
      return "[" + out + "]";
    case Node::Kind::kMap:
      for (const auto& [name, member] : value.map) {
        out += (out.empty() ? "" : ",") + name + ":" + Print(member);
      }
      return "{" + out + "}";
    default:
      WriteJsonText(value, out);
      return out;
  }
}

inline std::string Print(const Problem& problem) {
  return problem.place.file + ":" + std::to_string(problem.place.line) + ":" +
         std::to_string(problem.place.column) + ": " + problem.message;
}

// The value of `expression` in a module of the file main.tf that holds `module`; or the problem
// with it. In the expression, lines are those of the text itself.
inline std::string Evaluate(const std::string& expression, const std::string& module = {},
                            uint64_t steps = Budget().steps) {
  const std::vector<SourceFile> given = {{.path = "/no/such/dir/main.tf", .text = module}};
  ModuleFiles files(given, kNoProvider);
  const ModuleDirectory& directory = files.Directory("/no/such/dir");
  if (!directory.problems.empty()) return Print(directory.problems.front());
  ModuleWorld world{.files = files, .budget = {.steps = steps}, .modules = 0, .expansion = {}};
  Module root(world, directory, "", 0);
  const Source source{"e", expression};
  Parser parser(source, false);
  const ExpressionPtr parsed = parser.ParseWholeExpression();
  if (!parsed) return Print(parser.problem());
  Evaluator evaluator(root, world.budget);
  Node value;
  return evaluator.Evaluate(*parsed, nullptr, value) ? Print(value) : Print(evaluator.problem());
}

}  // namespace dynarock::schema::hcl

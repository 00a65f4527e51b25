#include "expression/reading.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory_resource>
#include <span>
#include <utility>

#include "expression/print.h"
#include "expression/syntax.h"

namespace dynarock::expression {
namespace {

class Reader {
 public:
  explicit Reader(const Syntax& syntax) : syntax_(syntax) {}

  Reading Run() {
    for (const SyntaxStep& step : syntax_.steps) AddStep(step);
    for (uint32_t i = 0; i < syntax_.actions.size(); ++i) AddAction(i, syntax_.actions[i]);
    // Operands come before what uses them, paths as they are written.
    std::ranges::sort(found_, {}, &std::pair<uint32_t, Mention>::first);
    for (const auto& [element, mention] : found_) reading_.mentions.push_back(mention);
    return std::move(reading_);
  }

 private:
  // Adds the paths of an operand: it itself, or those of the functions and sums in it. `mention`:
  // what is known of them.
  void Add(const SyntaxOperand& root, Mention mention) {
    std::vector<std::pair<const SyntaxOperand*, Mention>> open{{&root, mention}};
    while (!open.empty()) {
      const SyntaxOperand* operand = open.back().first;
      Mention known = open.back().second;
      open.pop_back();
      if (operand->kind == SyntaxOperand::Kind::kPath) {
        known.attribute = syntax_.elements[operand->first].text;
        found_.emplace_back(operand->first, known);
      }
      if (operand->kind == SyntaxOperand::Kind::kPath ||
          operand->kind == SyntaxOperand::Kind::kValue) {
        continue;
      }
      const bool function = operand->kind == SyntaxOperand::Kind::kFunction;
      known.in_sum = known.in_sum || !function;
      known.test = function ? operand->text : std::string_view();
      for (const SyntaxOperand& inner : Operands(operand->first, operand->count)) {
        open.emplace_back(&inner, known);
        known.test = {};
      }
    }
  }

  void AddStep(const SyntaxStep& step) {
    const bool function = !step.function.empty();
    if (!function && step.op >= Operator::kNot) {
      if (step.op == Operator::kNot || step.op == Operator::kOr) reading_.conjunction = false;
      return;
    }
    const bool in = !function && step.op == Operator::kIn;
    const bool comparison = !function && step.op <= Operator::kGreaterEqual;
    std::string_view test = function ? step.function : Name(step.op);
    for (const SyntaxOperand& operand : Operands(step.first, step.count)) {
      Add(operand, {.attribute = {}, .test = test});
      if (!in) test = comparison ? Name(Turned(step.op)) : std::string_view();
    }
  }

  void AddAction(uint32_t number, const SyntaxAction& action) {
    Mention mention{
        .attribute = {}, .action = number, .section = static_cast<ActionKind>(action.section)};
    // Elsewhere there is none, or a value.
    if (mention.section == ActionKind::kSet && !IsMissing(action.value)) Add(action.value, mention);
    mention.target = true;
    Add(action.target, mention);
  }

  // What a projection has for a value.
  static bool IsMissing(const SyntaxOperand& operand) {
    return operand.kind == SyntaxOperand::Kind::kPath && operand.count == 0;
  }
  std::span<const SyntaxOperand> Operands(uint32_t first, uint32_t count) const {
    return std::span(syntax_.operands).subspan(first, count);
  }

  const Syntax& syntax_;
  Reading reading_;
  std::vector<std::pair<uint32_t, Mention>> found_;  // with the number of the first element
};

}  // namespace

std::optional<Reading> Read(Language language, std::string_view text) {
  std::array<std::byte, 4096> memory;
  std::pmr::monotonic_buffer_resource arena(memory.data(), memory.size());
  Syntax syntax(&arena);
  const Placeholders none;
  const Result<> parsed = language == Language::kUpdate ? ParseUpdateSyntax(text, none, syntax)
                          : language == Language::kProjection
                              ? ParseProjectionSyntax(text, none, syntax)
                              : ParseConditionSyntax(language, text, none, syntax);
  if (!parsed) return std::nullopt;
  return Reader(syntax).Run();
}

}  // namespace dynarock::expression

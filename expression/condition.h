// Conditions: ConditionExpression, FilterExpression, and the legacy parameters that mean the same.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expression/language.h"
#include "expression/path.h"
#include "expression/placeholders.h"
#include "storage/item/encoded.h"
#include "storage/item/result.h"

namespace dynarock::expression {

// What one step of a condition does.
enum class Operator : uint8_t {
  // Tests: they set the result.
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kBetween,
  kIn,
  kAttributeExists,
  kAttributeNotExists,
  kAttributeType,
  kBeginsWith,
  kContains,
  // Connectives, behind what they connect. kNot inverts the result; kAnd and kOr leave it.
  kNot,
  kAnd,
  kOr,
  // Between the two sides of kAnd and kOr: go to the connective's step when the result is decided
  // already.
  kSkipIfFalse,
  kSkipIfTrue,
};

// The comparison of the right side with the left one: `a < b` is `b > a`.
Operator Turned(Operator op);

// One operand of a test: a path, a value, or size() of either.
struct Operand {
  bool is_size = false;
  int32_t path = -1;  // index into Condition::paths(), or -1: `value`
  ValueView value;

  static Operand OfPath(int32_t path) { return {false, path, {}}; }
  static Operand OfValue(ValueView value) { return {false, -1, value}; }
};

struct Step {
  Operator op;
  uint32_t first = 0;  // tests: first operand; skips: the step to go to
  uint32_t count = 0;  // tests: number of operands
};

// A checked condition ready to run: its syntax tree in post-order, run from the first step to the
// last with one result register. No step recurses, so an expression of any nesting runs in constant
// stack. Move-only: paths point into `elements`. Borrows names and values from the Placeholders'
// sources and the text.
class Condition {
 public:
  Condition() = default;
  Condition(Condition&&) = default;
  Condition& operator=(Condition&&) = default;

  // Whether the item meets the condition; nullopt is the absent item, whose attributes are all
  // absent. Allocates nothing.
  bool Matches(std::optional<ItemView> item) const;

  // Every path the condition mentions, in order of appearance; one that is mentioned twice comes
  // twice.
  std::span<const Path> paths() const { return paths_; }

  // The steps and their operands, for readers other than Matches.
  std::span<const Step> steps() const { return steps_; }
  std::span<const Operand> operands(const Step& test) const {
    return {operands_.data() + test.first, test.count};
  }

 private:
  friend class ConditionBuilder;

  std::vector<Step> steps_;
  std::vector<Operand> operands_;
  std::vector<PathElement> elements_;
  std::vector<Path> paths_;
};

// Parses and checks a condition of Language kCondition or kFilter. Errors are the service's, in its
// order; each placeholder met is marked as used. Source: Developer Guide,
// Expressions.OperatorsAndFunctions; texts and their order observed on the service.
Result<Condition> ParseCondition(Language language, std::string_view text,
                                 Placeholders& placeholders);

// Builds a condition in post-order, for front ends other than the parser. Performs no static
// checks.
//   And/Or: left side, BeginAnd() -> mark, right side, EndAnd(mark).
class ConditionBuilder {
 public:
  // Room for what is known to come.
  void Reserve(size_t steps, size_t operands, size_t elements);
  Operand Path(std::span<const PathElement> path);
  // A path of one element.
  Operand Attribute(std::string_view name);
  // The elements of an operand's path; empty for a value. Valid until the next path.
  std::span<const PathElement> ElementsOf(const Operand& operand) const;
  void Test(Operator op, std::span<const Operand> operands);
  void Not();
  uint32_t BeginAnd() { return Skip(Operator::kSkipIfFalse); }
  uint32_t BeginOr() { return Skip(Operator::kSkipIfTrue); }
  void EndAnd(uint32_t mark) { Connect(Operator::kAnd, mark); }
  void EndOr(uint32_t mark) { Connect(Operator::kOr, mark); }
  Condition Finish();

 private:
  uint32_t Skip(Operator op);
  void Connect(Operator op, uint32_t mark);

  Condition condition_;
  struct Range {
    uint32_t first;
    uint32_t count;
  };
  std::vector<Range> ranges_;  // of paths, in elements_
};

// The condition as text with every pair of parentheses written and placeholders substituted, for
// tests and logs:
// ((a.b = {N:1}) AND (NOT attribute_exists(c))).
std::string Print(const Condition& condition);

}  // namespace dynarock::expression

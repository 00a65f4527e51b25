// The syntax tree of an expression before its placeholders are resolved. Inside the room only.
//
// Nothing here nests by pointers or recursion: operands lie in one vector, each behind its own
// operands, and the steps of a condition are in post-order. So 4096 bytes of parentheses cost
// memory in proportion and no stack.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "expression/condition.h"
#include "expression/language.h"
#include "expression/placeholders.h"
#include "storage/item/result.h"

namespace dynarock::expression {

// One element of a path as written: an identifier, "#name", or the digits of an index.
struct SyntaxElement {
  std::string_view text;
  bool is_index = false;
};

struct SyntaxOperand {
  enum class Kind : uint8_t { kPath, kValue, kFunction, kPlus, kMinus };
  Kind kind = Kind::kPath;
  std::string_view text = {};  // kValue: ":v"; kFunction: its name
  uint32_t first = 0;          // kPath: first element; kFunction, kPlus, kMinus: first operand
  uint32_t count = 0;
};

// A condition's step. Tests of functions have the function's name; Operator is known only once it
// is checked.
struct SyntaxStep {
  Operator op = Operator::kEqual;
  std::string_view function = {};  // not empty: a test by this function
  uint32_t first = 0;              // tests: first operand; skips: step to go to
  uint32_t count = 0;
};

struct SyntaxAction {
  SyntaxOperand target;  // kPath
  SyntaxOperand value;   // SET, ADD, DELETE
  uint8_t section = 0;   // ActionKind
};

using Arena = std::pmr::memory_resource;

// What one parse found, in order of the text.
struct Syntax {
  explicit Syntax(Arena* arena)
      : elements(arena), operands(arena), steps(arena), actions(arena), functions(arena) {}

  std::pmr::vector<SyntaxElement> elements;
  std::pmr::vector<SyntaxOperand> operands;
  std::pmr::vector<SyntaxStep> steps;            // conditions
  std::pmr::vector<SyntaxAction> actions;        // updates; a projection's paths are `target` only
  std::pmr::vector<std::string_view> functions;  // every function name
  std::string_view
      misused;  // the first function that is compared or nested and may not be, or stands alone
  std::string_view repeated_section;  // "SET"...; empty: none
  size_t operators = 0;               // comparisons, BETWEEN, IN, functions, + and -
};

// The parsers give only size and syntax errors; everything else is left to the checks.
Result<> ParseConditionSyntax(Language language, std::string_view text,
                              const Placeholders& placeholders, Syntax& syntax);
Result<> ParseUpdateSyntax(std::string_view text, const Placeholders& placeholders, Syntax& syntax);
Result<> ParseProjectionSyntax(std::string_view text, const Placeholders& placeholders,
                               Syntax& syntax);

}  // namespace dynarock::expression

// The part of the grammar that all languages share: paths, operands, functions, parentheses. Inside
// the room only.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "expression/lexer.h"
#include "expression/syntax.h"

namespace dynarock::expression {

// "The expression can not be empty;" and the limit of 4096 bytes.
// `placeholders`: whether its length is told.
Result<> CheckExpressionSize(Language language, std::string_view text,
                             const Placeholders& placeholders);

// An operator-precedence parser with explicit stacks. Parse reads one condition (Language
// kCondition, kFilter, kKeyCondition) up to the end of the text, or one SET value (kUpdate) up to
// the first token that does not belong to it.
class Parser {
 public:
  Parser(Language language, Tokens& tokens, Syntax& syntax, Arena* arena)
      : language_(language), tokens_(tokens), syntax_(syntax), frames_(arena), values_(arena) {}

  // A path at the current token.
  Result<SyntaxOperand> ParsePath();
  Result<> ParseCondition();
  Result<SyntaxOperand> ParseSetValue();

 private:
  // What waits for its right side or its closing parenthesis.
  struct Frame {
    enum class Kind : uint8_t {
      kParenthesis,
      kFunction,
      kIn,
      kNot,
      kAnd,
      kOr,
      kComparison,
      kBetween,
      kBetweenAnd
    };
    Kind kind;
    bool operand_only = false;  // only operands may stand here, no conditions
    Operator op = Operator::kEqual;
    char sign = 0;      // kComparison in updates: '+' or '-'
    uint32_t mark = 0;  // kAnd, kOr: the skip step; kFunction, kIn: values_ below its operands
    std::string_view function = {};
  };
  // A parsed operand, or (condition) a marker for steps written already.
  struct Entry {
    SyntaxOperand operand;
    bool condition = false;
    bool compound = false;  // a sum or difference: no operand of anything
    bool parenthesized = false;
  };

  bool AtAttribute() const;
  Result<> ParseOperandOrPrefix(bool& complete);
  Result<> ParseInfix(bool& complete, bool& done);
  Result<> Close();
  // Makes the value on top a condition, if it can be one.
  bool TopIsCondition();
  void ReduceComparison();
  void ReduceAbove(Frame::Kind weakest);
  void FinishFunction(const Frame& frame);
  bool OperandOnly() const;
  uint32_t PutOperands(size_t from);

  Language language_;
  Tokens& tokens_;
  Syntax& syntax_;
  std::pmr::vector<Frame> frames_;
  std::pmr::vector<Entry> values_;
};

}  // namespace dynarock::expression

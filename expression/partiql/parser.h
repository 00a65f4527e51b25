// From text to Statement. Inside the room only.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "expression/partiql/lexer.h"
#include "expression/partiql/statement.h"
#include "expression/update_builder.h"
#include "storage/item/value.h"

namespace dynarock::expression {

class StatementParser {
 public:
  StatementParser(std::string_view text, std::span<const ValueView> parameters)
      : lexer_(text), parameters_(parameters) {}
  Result<Statement> Parse();

 private:
  using Token = partiql::Token;
  using TokenKind = partiql::TokenKind;

  // The right side of a SET, as a tree.
  struct SetNode {
    UpdateNode::Kind kind = UpdateNode::Kind::kValue;
    const std::vector<PathElement>* path = nullptr;
    ValueView value;
    std::vector<SetNode> operands;
  };
  // One action of an UPDATE.
  struct Action {
    ActionKind kind = ActionKind::kSet;
    const std::vector<PathElement>* target = nullptr;
    SetNode right;    // kSet
    ValueView value;  // kAdd, kDelete
  };

  // How deep conditions and SET operands may nest; each level costs some stack.
  static constexpr int kMaxDepth = 200;

  // ---- Tokens.
  void Advance() { current_ = std::exchange(next_, lexer_.Next()); }
  bool At(TokenKind kind) const { return current_.kind == kind; }
  bool AtWord(std::string_view upper) const { return partiql::IsWord(current_, upper); }
  // At a word that cannot stand as a bare name, since a clause begins with it or a condition goes
  // on.
  bool AtReserved() const;
  bool Take(TokenKind kind);
  bool TakeWord(std::string_view upper);
  Result<void> Expect(TokenKind kind);
  Result<void> ExpectWord(std::string_view upper);
  // "Statement wasn't well formed, can't be processed: <detail>".
  static Error Malformed(std::string_view detail);
  Error Unexpected() const;

  // ---- Statements.
  Result<void> Select();
  Result<void> Insert();
  Result<void> UpdateStatement();
  Result<void> Delete();
  Result<void> Exists();
  // The table, and the index where one may stand.
  Result<void> From();
  Result<void> Where(bool required);
  Result<void> Order();
  Result<void> ReadReturning();
  Result<void> Actions(std::vector<Action>& actions);
  Result<Action> SetAction();
  Result<void> Lower(std::vector<Action>& actions);
  int32_t LowerNode(UpdateBuilder& builder, const SetNode& node);
  Result<void> CheckOrderings() const;

  // ---- Conditions.
  Result<uint32_t> Condition_();
  Result<uint32_t> Conjunction();
  Result<uint32_t> Negation();
  Result<uint32_t> Primary();
  Result<uint32_t> Comparison(WhereOperand left);
  Result<uint32_t> Is(WhereOperand left);
  Result<uint32_t> In(WhereOperand left);
  Result<WhereOperand> Operand_();
  Result<uint32_t> FunctionTest(Operator op, size_t operands);
  uint32_t Test(Operator op, std::vector<WhereOperand> operands);
  uint32_t Connect(WhereNode::Kind kind, std::vector<uint32_t> children);

  // ---- SET.
  Result<SetNode> SetValue();
  Result<SetNode> SetOperand();

  // ---- Paths and values.
  Result<const std::vector<PathElement>*> ReadPath();
  Result<std::string_view> Name();
  bool AtPath() const;
  bool AtValue() const;
  Result<ValueView> ReadValue();
  Result<Value> ReadTree(int level);
  Result<Value> ReadSet(int level);
  Result<ValueView> Parameter();
  ValueView Keep(std::string encoded);
  std::string_view KeepText(std::string text);

  partiql::Lexer lexer_;
  std::span<const ValueView> parameters_;
  size_t used_parameters_ = 0;
  Token current_;
  Token next_;
  size_t previous_end_ = 0;
  int depth_ = 0;
  std::optional<std::pair<size_t, size_t>>
      index_at_;  // where an index was named: offset and length of FROM
  Statement statement_;
};

}  // namespace dynarock::expression

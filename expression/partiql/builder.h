// From StatementSyntax to Statement: values of literals, static checks, lowering. Inside the room
// only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expression/partiql/statement.h"
#include "expression/partiql/syntax.h"
#include "expression/update_builder.h"
#include "storage/item/text.h"
#include "storage/item/value.h"

namespace dynarock::expression {

// Literals fail at once; everything else is noted, the first fault counts, and reading goes on, so
// that a literal further behind is still found.
class StatementBuilder {
 public:
  StatementBuilder(std::string_view text, const partiql::StatementSyntax& syntax,
                   std::span<const ValueView> parameters)
      : text_(text), syntax_(syntax), parameters_(parameters) {}
  Result<Statement> Build();

 private:
  using Expr = partiql::Expr;
  using Token = partiql::Token;
  using TokenKind = partiql::TokenKind;

  // What stands on one side of a test.
  struct Side {
    enum class Kind : uint8_t { kOperand, kTest, kMissing, kBad };
    Kind kind = Kind::kBad;
    WhereOperand operand;  // kOperand
    uint32_t node = 0;     // kTest: a function that is true or false
  };
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

  // Where a value lies in a literal. Linked outwards, since only errors print it.
  struct Place {
    const Place* around = nullptr;  // null: this is the literal itself
    std::string_view name = {};     // of a member; empty: it is an element
    size_t index = 0;
    std::string Print() const;  // "root.a[1]"
  };

  // ---- Statements.
  Result<void> Dispatch();
  Error NoStatement() const;
  Result<void> Select();
  Result<void> Insert();
  Result<void> UpdateStatement();
  void Delete();
  Result<void> WhereClause();
  void Projection();
  void Order();
  void Source();

  // ---- SET and REMOVE.
  Result<void> ReadActions(std::vector<Action>& actions);
  Result<void> Assign(const partiql::ActionSyntax& syntax, Action& action);
  Result<void> ChangeSet(const Expr& call, bool add, Action& action);
  Result<SetNode> SetValue(uint32_t i, int level);
  Result<SetNode> SetCall(const Expr& call, int level);
  Result<SetNode> SetSum(const Expr& sum);
  void CheckSetType(std::string_view name, std::string_view wanted, const SetNode& node);
  int32_t LowerNode(UpdateBuilder& builder, const SetNode& node);
  void Lower(const std::vector<Action>& actions);

  // ---- Conditions: indexes of nodes.
  Result<uint32_t> ConditionOf(uint32_t i);
  Result<uint32_t> Connected(const Expr& e);
  Result<uint32_t> Comparison(const Expr& e);
  Result<uint32_t> BooleanComparison(Operator op, const Side& left, const Side& right);
  Result<uint32_t> BetweenTest(const Expr& e);
  Result<uint32_t> InTest(const Expr& e);
  Result<uint32_t> IsTest(const Expr& e);
  Result<uint32_t> FunctionTest(const Expr& e);
  uint32_t TypeTest(const WhereOperand& operand, std::string_view type);
  Result<Side> SideOf(uint32_t i);
  Result<Side> SizeOf(const Expr& e);
  // The operands, or nullopt when one of them is none and a fault is noted.
  Result<std::optional<std::vector<WhereOperand>>> OperandsOf(std::span<const uint32_t> from);
  void CheckTest(Operator op, std::string_view name, std::span<const WhereOperand> operands);
  uint32_t Test(Operator op, std::vector<WhereOperand> operands);
  uint32_t Connect(WhereNode::Kind kind, std::vector<uint32_t> children);
  uint32_t Inverted(uint32_t node, bool inverted);
  uint32_t Equal(const Side& side, const Side& other);
  // A test that is never true.
  uint32_t Never();

  // ---- Paths and values.
  const std::vector<PathElement>* ReadPath(const Expr& e);
  std::optional<std::string_view> NameOf(const Token& token);
  Result<ValueView> ReadValue(uint32_t i);
  Result<Value> Tree(uint32_t i, int level, const Place& place);
  Result<Value> Number(const Expr& e, const Place& place) const;
  Result<Value> Set(const Expr& e, int level, const Place& place);
  static Result<Value> SetOf(std::vector<Value> members, const Place& place);
  bool IsValue(const Expr& e) const;
  ValueView Keep(std::string encoded);
  ValueView KeepString(std::string_view text);
  std::string_view KeepText(std::string text);

  void Note(Error error) {
    if (!statement_.fault) statement_.fault = std::move(error);
  }
  void Note(std::string text) { Note(Validation(std::move(text))); }
  void NoteUnsupported(std::string_view token) {
    Note("Unsupported token in expression: " + std::string(token));
  }
  void NoteUnknownFunction(const Token& name) {
    Note("Unrecognized function: " +
         Lowered(name.kind == TokenKind::kQuoted ? partiql::Unescape(name)
                                                 : std::string(name.text)) +
         At(name));
  }
  std::string At(const Token& token) const { return " at " + partiql::Position(text_, token); }
  const Expr& At(uint32_t i) const { return syntax_.expressions[i]; }

  std::string_view text_;
  const partiql::StatementSyntax& syntax_;
  std::span<const ValueView> parameters_;
  size_t operators_ = 0;
  Statement statement_;
};

}  // namespace dynarock::expression

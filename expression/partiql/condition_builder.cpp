// The part of StatementBuilder that reads conditions.
#include <algorithm>
#include <array>

#include "expression/errors.h"
#include "expression/operand_checks.h"
#include "expression/partiql/builder.h"
#include "expression/print.h"
#include "expression/syntax.h"
#include "storage/item/encoder.h"
#include "storage/item/text.h"

namespace dynarock::expression {

namespace {

constexpr std::string_view kNoBoolean =
    "WHERE clause must contain an expression that resolves to a boolean";
constexpr std::string_view kMissing = "MISSING must be compared using IS operator";

// The types that IS takes, and those of attribute_type.
struct TypeName {
  std::string_view type;
  std::string_view stored;
};
constexpr auto kTypes = std::to_array<TypeName>({{"NullType", "NULL"},
                                                 {"BooleanType", "BOOL"},
                                                 {"BlobType", "B"},
                                                 {"StringType", "S"},
                                                 {"NumericType", "N"},
                                                 {"StructType", "M"},
                                                 {"TupleType", "M"},
                                                 {"ListType", "L"}});

Operator OperatorOf(const partiql::Token& token) {
  switch (token.kind) {
    case partiql::TokenKind::kEqual:
      return Operator::kEqual;
    case partiql::TokenKind::kNotEqual:
      return Operator::kNotEqual;
    case partiql::TokenKind::kLess:
      return Operator::kLess;
    case partiql::TokenKind::kLessEqual:
      return Operator::kLessEqual;
    case partiql::TokenKind::kGreater:
      return Operator::kGreater;
    default:
      return Operator::kGreaterEqual;
  }
}

}  // namespace

Result<void> StatementBuilder::WhereClause() {
  if (!syntax_.where) return {};
  DYNAROCK_TRY(const uint32_t root, ConditionOf(*syntax_.where));
  // Nested ANDs are one list.
  std::vector<uint32_t> open = {root};
  while (!open.empty()) {
    const uint32_t i = open.back();
    open.pop_back();
    const WhereNode& node = statement_.nodes_[i];
    if (node.kind != WhereNode::Kind::kAnd) {
      statement_.conjuncts.push_back(i);
      continue;
    }
    open.insert(open.end(), node.children.rbegin(), node.children.rend());
  }
  for (const WhereNode& node : statement_.nodes_) {
    for (const WhereOperand& operand : node.operands) {
      if (operand.path != nullptr) statement_.where_paths_.emplace_back(*operand.path);
    }
  }
  if (operators_ > kMaxOperators) {
    statement_.fault = Validation(TooManyOperators());
  }
  return {};
}

uint32_t StatementBuilder::Test(Operator op, std::vector<WhereOperand> operands) {
  statement_.nodes_.push_back({WhereNode::Kind::kTest, op, std::move(operands), {}});
  return static_cast<uint32_t>(statement_.nodes_.size() - 1);
}

uint32_t StatementBuilder::Connect(WhereNode::Kind kind, std::vector<uint32_t> children) {
  if (kind != WhereNode::Kind::kNot && children.size() == 1) return children.front();
  statement_.nodes_.push_back({kind, Operator::kEqual, {}, std::move(children)});
  return static_cast<uint32_t>(statement_.nodes_.size() - 1);
}

uint32_t StatementBuilder::Inverted(uint32_t node, bool inverted) {
  return inverted ? Connect(WhereNode::Kind::kNot, {node}) : node;
}

uint32_t StatementBuilder::Never() {
  WhereOperand yes;
  yes.value = KeepString("yes");
  WhereOperand no;
  no.value = KeepString("no");
  return Test(Operator::kEqual, {yes, no});
}

Result<uint32_t> StatementBuilder::ConditionOf(uint32_t i) {
  const Expr& e = At(i);
  switch (e.kind) {
    case Expr::Kind::kAnd:
    case Expr::Kind::kOr:
      return Connected(e);
    case Expr::Kind::kNot: {
      operators_ += e.count;
      DYNAROCK_TRY(const uint32_t inside, ConditionOf(e.children.front()));
      return Inverted(inside, e.count % 2 == 1);
    }
    case Expr::Kind::kComparison:
      return Comparison(e);
    case Expr::Kind::kBetween:
      return BetweenTest(e);
    case Expr::Kind::kIn:
      return InTest(e);
    case Expr::Kind::kIs:
      return IsTest(e);
    case Expr::Kind::kCall:
      if (!partiql::IsWord(e.token, "SIZE")) return FunctionTest(e);
      DYNAROCK_CHECK(SizeOf(e));
      Note(std::string(kNoBoolean));
      return Never();
    case Expr::Kind::kSelect:
    case Expr::Kind::kOther:
      NoteUnsupported(Uppered(e.token.text));
      return Never();
    default:
      DYNAROCK_CHECK(SideOf(i));
      Note(std::string(kNoBoolean));
      return Never();
  }
}

Result<uint32_t> StatementBuilder::Connected(const Expr& e) {
  operators_ += e.children.size() - 1;
  std::vector<uint32_t> sides;
  for (const uint32_t child : e.children) {
    DYNAROCK_TRY(const uint32_t side, ConditionOf(child));
    sides.push_back(side);
  }
  return Connect(e.kind == Expr::Kind::kAnd ? WhereNode::Kind::kAnd : WhereNode::Kind::kOr,
                 std::move(sides));
}

Result<StatementBuilder::Side> StatementBuilder::SideOf(uint32_t i) {
  const Expr& e = At(i);
  Side side;
  if (IsValue(e)) {
    DYNAROCK_TRY(side.operand.value, ReadValue(i));
    side.kind = Side::Kind::kOperand;
    return side;
  }
  switch (e.kind) {
    case Expr::Kind::kPath:
      side.operand.path = ReadPath(e);
      side.kind = Side::Kind::kOperand;
      return side;
    case Expr::Kind::kMissing:
      side.kind = Side::Kind::kMissing;
      return side;
    case Expr::Kind::kCall: {
      if (partiql::IsWord(e.token, "SIZE")) return SizeOf(e);
      DYNAROCK_TRY(side.node, FunctionTest(e));
      side.kind = Side::Kind::kTest;
      return side;
    }
    default:
      NoteUnsupported(Uppered(e.token.text));
      return side;
  }
}

Result<StatementBuilder::Side> StatementBuilder::SizeOf(const Expr& e) {
  ++operators_;
  DYNAROCK_TRY(const auto operands, OperandsOf(e.children));
  Side side;
  if (!operands) return side;
  if (operands->size() != 1) {
    Note(IncorrectOperandCount("size", operands->size()));
    return side;
  }
  side.operand = operands->front();
  if (side.operand.path == nullptr || side.operand.is_size) {
    Note(DocumentPathRequired("size"));
    return side;
  }
  side.operand.is_size = true;
  side.kind = Side::Kind::kOperand;
  return side;
}

Result<std::optional<std::vector<WhereOperand>>> StatementBuilder::OperandsOf(
    std::span<const uint32_t> from) {
  std::optional<std::vector<WhereOperand>> operands(std::in_place);
  for (const uint32_t i : from) {
    DYNAROCK_TRY(const Side side, SideOf(i));
    if (side.kind == Side::Kind::kOperand) {
      if (operands) operands->push_back(side.operand);
      continue;
    }
    if (side.kind == Side::Kind::kMissing) Note(std::string(kMissing));
    if (side.kind == Side::Kind::kTest) {
      Note(FunctionMisused(Name(statement_.nodes_[side.node].op)));
    }
    operands.reset();
  }
  return operands;
}

Result<uint32_t> StatementBuilder::Comparison(const Expr& e) {
  ++operators_;
  const Operator op = OperatorOf(e.token);
  DYNAROCK_TRY(Side left, SideOf(e.children[0]));
  DYNAROCK_TRY(Side right, SideOf(e.children[1]));
  if (left.kind == Side::Kind::kMissing || right.kind == Side::Kind::kMissing) {
    Note(std::string(kMissing));
    return Never();
  }
  if (left.kind == Side::Kind::kBad || right.kind == Side::Kind::kBad) return Never();
  if (left.kind == Side::Kind::kTest || right.kind == Side::Kind::kTest) {
    return BooleanComparison(op, left, right);
  }
  const std::array<WhereOperand, 2> sides = {left.operand, right.operand};
  CheckTest(op, Name(op), sides);
  // The path comes first, so that `'a' = pk` is found to be a key condition.
  if (left.operand.path == nullptr && right.operand.path != nullptr) {
    return Test(Turned(op), {right.operand, left.operand});
  }
  return Test(op, {left.operand, right.operand});
}

// Whether two sides are the same truth, of which one at least is a function's.
uint32_t StatementBuilder::Equal(const Side& side, const Side& other) {
  if (side.kind != Side::Kind::kTest) return Equal(other, side);
  uint32_t holds = other.node;
  uint32_t fails = 0;
  if (other.kind == Side::Kind::kTest) {
    fails = Inverted(other.node, true);
  } else {
    WhereOperand yes;
    WhereOperand no;
    std::string encoded;
    ValueWriter(encoded).Bool(true);
    yes.value = Keep(encoded);
    encoded.clear();
    ValueWriter(encoded).Bool(false);
    no.value = Keep(encoded);
    holds = Test(Operator::kEqual, {other.operand, yes});
    fails = Test(Operator::kEqual, {other.operand, no});
  }
  const uint32_t both = Connect(WhereNode::Kind::kAnd, {side.node, holds});
  const uint32_t neither = Connect(WhereNode::Kind::kAnd, {Inverted(side.node, true), fails});
  return Connect(WhereNode::Kind::kOr, {both, neither});
}

Result<uint32_t> StatementBuilder::BooleanComparison(Operator op, const Side& left,
                                                     const Side& right) {
  if (op != Operator::kEqual && op != Operator::kNotEqual) {
    Note(IncorrectOperandType(Name(op), "BOOL"));
    return Never();
  }
  return Inverted(Equal(left, right), op == Operator::kNotEqual);
}

Result<uint32_t> StatementBuilder::BetweenTest(const Expr& e) {
  operators_ += e.negated ? 2 : 1;
  DYNAROCK_TRY(auto operands, OperandsOf(e.children));
  if (!operands) return Never();
  CheckTest(Operator::kBetween, "BETWEEN", *operands);
  return Inverted(Test(Operator::kBetween, *std::move(operands)), e.negated);
}

Result<uint32_t> StatementBuilder::InTest(const Expr& e) {
  operators_ += e.negated ? 2 : 1;
  DYNAROCK_TRY(const Side left, SideOf(e.children.front()));
  const std::span<const uint32_t> members = std::span(e.children).subspan(1);
  if (left.kind == Side::Kind::kTest) {
    std::vector<uint32_t> equal;
    for (const uint32_t member : members) {
      DYNAROCK_TRY(const Side side, SideOf(member));
      if (side.kind == Side::Kind::kMissing) Note(std::string(kMissing));
      if (side.kind == Side::Kind::kOperand || side.kind == Side::Kind::kTest) {
        equal.push_back(Equal(left, side));
      }
    }
    if (members.size() > kMaxInOperands) Note(TooManyInOperands(members.size()));
    if (equal.empty()) equal.push_back(Never());
    return Inverted(Connect(WhereNode::Kind::kOr, std::move(equal)), e.negated);
  }
  DYNAROCK_TRY(auto operands, OperandsOf(members));
  if (left.kind == Side::Kind::kMissing) Note(std::string(kMissing));
  if (members.size() > kMaxInOperands) Note(TooManyInOperands(members.size()));
  if (!operands || left.kind != Side::Kind::kOperand) return Never();
  operands->insert(operands->begin(), left.operand);
  CheckTest(Operator::kIn, "IN", *operands);
  return Inverted(Test(Operator::kIn, *std::move(operands)), e.negated);
}

uint32_t StatementBuilder::TypeTest(const WhereOperand& operand, std::string_view type) {
  WhereOperand wanted;
  wanted.value = KeepString(type);
  return Test(Operator::kAttributeType, {operand, wanted});
}

Result<uint32_t> StatementBuilder::IsTest(const Expr& e) {
  operators_ += e.negated ? 2 : 1;
  DYNAROCK_TRY(const auto operands, OperandsOf(e.children));
  if (!operands) return Never();
  const WhereOperand& left = operands->front();
  if (e.type == "MissingType") {
    if (left.path == nullptr || left.is_size) {
      Note(DocumentPathRequired("attribute_not_exists"));
    }
    return Inverted(Test(Operator::kAttributeNotExists, {left}), e.negated);
  }
  const auto type = std::ranges::find(kTypes, e.type, &TypeName::type);
  if (type != kTypes.end()) return Inverted(TypeTest(left, type->stored), e.negated);
  Note("Unsupported data type for IS operator: " + std::string(e.type) +
       ". Supported data types are [MISSING, NULL, BOOLEAN, BLOB, STRING, NUMERIC, STRUCT, TUPLE, "
       "LIST]" +
       At(e.first));
  return Never();
}

Result<uint32_t> StatementBuilder::FunctionTest(const Expr& e) {
  const TestFunction* function =
      e.token.kind == TokenKind::kWord ? FindTestFunction(Lowered(e.token.text)) : nullptr;
  if (function == nullptr) {
    for (const uint32_t child : e.children) {
      if (At(child).kind == Expr::Kind::kSelect) NoteUnsupported("SELECT");
    }
    NoteUnknownFunction(e.token);
    return Never();
  }
  ++operators_;
  DYNAROCK_TRY(auto operands, OperandsOf(e.children));
  if (!operands) return Never();
  if (operands->size() != function->operands) {
    Note(IncorrectOperandCount(function->name, operands->size()));
    return Never();
  }
  CheckTest(function->op, function->name, *operands);
  return Test(function->op, *std::move(operands));
}

// What can be wrong with a test without looking at an item.
void StatementBuilder::CheckTest(Operator op, std::string_view name,
                                 std::span<const WhereOperand> operands) {
  const auto view = [operands](size_t i) {
    const WhereOperand& operand = operands[i];
    return OperandView{operand.path != nullptr ? Path(*operand.path) : Path(), operand.is_size,
                       operand.value};
  };
  if (auto fault = OperandFault(op, name, operands.size(), view)) Note(*std::move(fault));
}

}  // namespace dynarock::expression

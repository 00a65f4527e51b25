// The part of StatementParser that reads WHERE and other conditions.
#include <algorithm>
#include <array>

#include "expression/errors.h"
#include "expression/partiql/parser.h"
#include "expression/print.h"
#include "expression/resolve.h"
#include "storage/item/encoder.h"

namespace dynarock::expression {

using partiql::IsWord;

namespace {

constexpr size_t kMaxInList = 100;

}  // namespace

Result<void> StatementParser::Where(bool required) {
  if (!TakeWord("WHERE")) {
    if (required) return Fail(Unexpected());
    return {};
  }
  DYNAROCK_TRY(const uint32_t root, Condition_());
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
  return {};
}

uint32_t StatementParser::Test(Operator op, std::vector<WhereOperand> operands) {
  statement_.nodes_.push_back({WhereNode::Kind::kTest, op, std::move(operands), {}});
  return static_cast<uint32_t>(statement_.nodes_.size() - 1);
}

uint32_t StatementParser::Connect(WhereNode::Kind kind, std::vector<uint32_t> children) {
  if (kind != WhereNode::Kind::kNot && children.size() == 1) return children.front();
  statement_.nodes_.push_back({kind, Operator::kEqual, {}, std::move(children)});
  return static_cast<uint32_t>(statement_.nodes_.size() - 1);
}

Result<uint32_t> StatementParser::Condition_() {
  if (++depth_ > kMaxDepth) return Fail(Malformed("Nesting too deep"));
  std::vector<uint32_t> sides;
  do {
    DYNAROCK_TRY(const uint32_t side, Conjunction());
    sides.push_back(side);
  } while (TakeWord("OR"));
  --depth_;
  return Connect(WhereNode::Kind::kOr, std::move(sides));
}

Result<uint32_t> StatementParser::Conjunction() {
  std::vector<uint32_t> sides;
  do {
    DYNAROCK_TRY(const uint32_t side, Negation());
    sides.push_back(side);
  } while (TakeWord("AND"));
  return Connect(WhereNode::Kind::kAnd, std::move(sides));
}

Result<uint32_t> StatementParser::Negation() {
  bool inverted = false;
  while (TakeWord("NOT")) inverted = !inverted;
  DYNAROCK_TRY(const uint32_t test, Primary());
  return inverted ? Connect(WhereNode::Kind::kNot, {test}) : test;
}

Result<uint32_t> StatementParser::Primary() {
  if (Take(TokenKind::kOpen)) {
    DYNAROCK_TRY(const uint32_t inside, Condition_());
    DYNAROCK_CHECK(Expect(TokenKind::kClose));
    return inside;
  }
  if (next_.kind == TokenKind::kOpen) {
    if (AtWord("BEGINS_WITH")) return FunctionTest(Operator::kBeginsWith, 2);
    if (AtWord("CONTAINS")) return FunctionTest(Operator::kContains, 2);
    if (AtWord("ATTRIBUTE_TYPE")) return FunctionTest(Operator::kAttributeType, 2);
    if (AtWord("EXISTS")) {
      return Fail(Validation("EXISTS is only supported as a statement of ExecuteTransaction"));
    }
  }
  DYNAROCK_TRY(WhereOperand left, Operand_());
  return Comparison(std::move(left));
}

Result<uint32_t> StatementParser::FunctionTest(Operator op, size_t count) {
  const std::string name(current_.text);
  Advance();
  Advance();
  std::vector<WhereOperand> operands;
  for (size_t i = 0; i < count; ++i) {
    if (i > 0) DYNAROCK_CHECK(Expect(TokenKind::kComma));
    DYNAROCK_TRY(WhereOperand operand, Operand_());
    operands.push_back(std::move(operand));
  }
  DYNAROCK_CHECK(Expect(TokenKind::kClose));
  const auto incorrect = [&](const WhereOperand& operand) {
    return Fail(Validation(IncorrectOperandType(name, operand.value.type_name())));
  };
  const WhereOperand& second = operands[1];
  if (op == Operator::kAttributeType) {
    if (second.path != nullptr || second.value.type() != Type::kString) {
      return second.path != nullptr ? Fail(Unexpected()) : incorrect(second);
    }
    constexpr std::array<std::string_view, 10> kTypes = {"S",  "N", "B", "SS",   "NS",
                                                         "BS", "L", "M", "BOOL", "NULL"};
    const std::string_view type = second.value.text();
    if (std::find(kTypes.begin(), kTypes.end(), type) == kTypes.end()) {
      return Fail(Validation(InvalidAttributeTypeName(type)));
    }
  }
  if (op == Operator::kBeginsWith && second.path == nullptr && !second.is_size &&
      second.value.type() != Type::kString && second.value.type() != Type::kBinary) {
    return incorrect(second);
  }
  return Test(op, std::move(operands));
}

Result<WhereOperand> StatementParser::Operand_() {
  WhereOperand operand;
  if (AtWord("SIZE") && next_.kind == TokenKind::kOpen) {
    Advance();
    Advance();
    operand.is_size = true;
    DYNAROCK_TRY(operand.path, ReadPath());
    DYNAROCK_CHECK(Expect(TokenKind::kClose));
    return operand;
  }
  if (AtValue()) {
    DYNAROCK_TRY(operand.value, ReadValue());
    return operand;
  }
  DYNAROCK_TRY(operand.path, ReadPath());
  return operand;
}

Result<uint32_t> StatementParser::Comparison(WhereOperand left) {
  if (TakeWord("IS")) return Is(std::move(left));
  const bool inverted = TakeWord("NOT");
  if (TakeWord("IN")) {
    DYNAROCK_TRY(const uint32_t test, In(std::move(left)));
    return inverted ? Connect(WhereNode::Kind::kNot, {test}) : test;
  }
  if (TakeWord("BETWEEN")) {
    DYNAROCK_TRY(WhereOperand low, Operand_());
    DYNAROCK_CHECK(ExpectWord("AND"));
    DYNAROCK_TRY(WhereOperand high, Operand_());
    std::vector<WhereOperand> operands;
    operands.push_back(std::move(left));
    operands.push_back(std::move(low));
    operands.push_back(std::move(high));
    const uint32_t test = Test(Operator::kBetween, std::move(operands));
    return inverted ? Connect(WhereNode::Kind::kNot, {test}) : test;
  }
  if (inverted) return Fail(Unexpected());

  Operator op;
  Operator turned;
  switch (current_.kind) {
    case TokenKind::kEqual:
      op = turned = Operator::kEqual;
      break;
    case TokenKind::kNotEqual:
      op = turned = Operator::kNotEqual;
      break;
    case TokenKind::kLess:
      op = Operator::kLess;
      turned = Operator::kGreater;
      break;
    case TokenKind::kLessEqual:
      op = Operator::kLessEqual;
      turned = Operator::kGreaterEqual;
      break;
    case TokenKind::kGreater:
      op = Operator::kGreater;
      turned = Operator::kLess;
      break;
    case TokenKind::kGreaterEqual:
      op = Operator::kGreaterEqual;
      turned = Operator::kLessEqual;
      break;
    default:
      return Fail(Unexpected());
  }
  Advance();
  if ((op == Operator::kEqual || op == Operator::kNotEqual) && AtWord("MISSING") &&
      left.path != nullptr && !left.is_size) {
    Advance();
    return Test(op == Operator::kEqual ? Operator::kAttributeNotExists : Operator::kAttributeExists,
                {left});
  }
  DYNAROCK_TRY(WhereOperand right, Operand_());
  // The path comes first, so that `'a' = pk` is found to be a key condition.
  if (left.path == nullptr && right.path != nullptr) {
    std::swap(left, right);
    op = turned;
  }
  if (op != Operator::kNotEqual) return Test(op, {left, right});
  // A comparison with a missing attribute is false here, <> included.
  std::vector<uint32_t> terms;
  for (const WhereOperand& side : {left, right}) {
    if (side.path == nullptr) continue;
    WhereOperand plain = side;
    plain.is_size = false;
    terms.push_back(Test(Operator::kAttributeExists, {plain}));
  }
  terms.push_back(Test(op, {left, right}));
  return Connect(WhereNode::Kind::kAnd, std::move(terms));
}

Result<uint32_t> StatementParser::Is(WhereOperand left) {
  const bool inverted = TakeWord("NOT");
  if (left.path == nullptr || left.is_size) return Fail(Unexpected());
  uint32_t test = 0;
  if (TakeWord("MISSING")) {
    test = Test(Operator::kAttributeNotExists, {left});
  } else {
    struct TypeWord {
      std::string_view word;
      std::string_view type;
    };
    constexpr std::array<TypeWord, 20> kTypes = {
        {{"NULL", "NULL"}, {"BOOLEAN", "BOOL"}, {"BOOL", "BOOL"}, {"STRING", "S"}, {"VARCHAR", "S"},
         {"CHAR", "S"},    {"SYMBOL", "S"},     {"NUMERIC", "N"}, {"NUMBER", "N"}, {"DECIMAL", "N"},
         {"INT", "N"},     {"INTEGER", "N"},    {"FLOAT", "N"},   {"BLOB", "B"},   {"BINARY", "B"},
         {"LIST", "L"},    {"STRUCT", "M"},     {"TUPLE", "M"},   {"MAP", "M"},    {"CLOB", "S"}}};
    const auto type = std::find_if(kTypes.begin(), kTypes.end(), [&](const TypeWord& entry) {
      return IsWord(current_, entry.word);
    });
    if (type == kTypes.end()) return Fail(Unexpected());
    Advance();
    std::string name;
    ValueWriter(name).String(type->type);
    WhereOperand wanted;
    wanted.value = Keep(std::move(name));
    test = Test(Operator::kAttributeType, {left, wanted});
  }
  return inverted ? Connect(WhereNode::Kind::kNot, {test}) : test;
}

Result<uint32_t> StatementParser::In(WhereOperand left) {
  const bool bracket = At(TokenKind::kOpenBracket);
  if (!bracket && !At(TokenKind::kOpen)) return Fail(Unexpected());
  Advance();
  std::vector<WhereOperand> operands = {left};
  do {
    DYNAROCK_TRY(WhereOperand operand, Operand_());
    operands.push_back(std::move(operand));
  } while (Take(TokenKind::kComma));
  DYNAROCK_CHECK(Expect(bracket ? TokenKind::kCloseBracket : TokenKind::kClose));
  if (operands.size() - 1 > kMaxInList) {
    return Fail(Validation(TooManyInOperands(operands.size() - 1)));
  }
  return Test(Operator::kIn, std::move(operands));
}

// Only S, N and B have an order.
Result<void> StatementParser::CheckOrderings() const {
  for (const WhereNode& node : statement_.nodes_) {
    if (node.kind != WhereNode::Kind::kTest) continue;
    switch (node.op) {
      case Operator::kLess:
      case Operator::kLessEqual:
      case Operator::kGreater:
      case Operator::kGreaterEqual:
      case Operator::kBetween:
        break;
      default:
        continue;
    }
    for (const WhereOperand& operand : node.operands) {
      if (operand.path != nullptr) continue;
      const Type type = operand.value.type();
      if (type == Type::kString || type == Type::kNumber || type == Type::kBinary) continue;
      return Fail(Validation(IncorrectOperandType(expression::Name(node.op), TypeName(type))));
    }
  }
  return {};
}

}  // namespace dynarock::expression

#include "expression/partiql/parser.h"

#include <algorithm>
#include <array>

#include "expression/print.h"
#include "expression/resolve.h"
#include "storage/item/encoder.h"
#include "storage/item/number.h"

namespace dynarock::expression {

using partiql::IsWord;

namespace {

// How deep conditions and SET operands may nest; each level costs some stack.
constexpr int kMaxDepth = 200;
constexpr int kMaxValueLevels = 32;
constexpr size_t kMaxInList = 100;

// Words that cannot stand as a bare name, since a clause begins with them or a condition goes on.
constexpr std::array<std::string_view, 19> kReserved = {
    "SELECT", "FROM",    "WHERE",     "INSERT", "INTO",   "UPDATE", "DELETE",
    "SET",    "REMOVE",  "RETURNING", "AND",    "OR",     "NOT",    "IN",
    "IS",     "BETWEEN", "ORDER",     "EXISTS", "MISSING"};

}  // namespace

// ---- Tokens.

bool StatementParser::Take(TokenKind kind) {
  if (!At(kind)) return false;
  Advance();
  return true;
}
bool StatementParser::TakeWord(std::string_view upper) {
  if (!AtWord(upper)) return false;
  Advance();
  return true;
}
Result<void> StatementParser::Expect(TokenKind kind) {
  if (Take(kind)) return {};
  return Fail(Unexpected());
}
Result<void> StatementParser::ExpectWord(std::string_view upper) {
  if (TakeWord(upper)) return {};
  return Fail(Unexpected());
}
Error StatementParser::Malformed(std::string_view detail) {
  return Validation("Statement wasn't well formed, can't be processed: " + std::string(detail));
}
Error StatementParser::Unexpected() const {
  if (At(TokenKind::kEnd)) return Malformed("Unexpected end of statement");
  const bool keyword = current_.kind == TokenKind::kWord &&
                       std::any_of(kReserved.begin(), kReserved.end(),
                                   [&](std::string_view word) { return IsWord(current_, word); });
  return Malformed(keyword ? "Unexpected keyword" : "Unexpected term");
}

// ---- Statements.

Result<Statement> StatementParser::Parse() {
  Advance();
  Advance();
  if (TakeWord("SELECT")) {
    DYNAROCK_CHECK(Select());
  } else if (TakeWord("INSERT")) {
    DYNAROCK_CHECK(Insert());
  } else if (TakeWord("UPDATE")) {
    DYNAROCK_CHECK(UpdateStatement());
  } else if (TakeWord("DELETE")) {
    DYNAROCK_CHECK(Delete());
  } else if (TakeWord("EXISTS")) {
    DYNAROCK_CHECK(Exists());
  } else {
    return Fail(Malformed("Expected data manipulation"));
  }
  Take(TokenKind::kSemicolon);
  if (!At(TokenKind::kEnd)) return Fail(Unexpected());
  if (used_parameters_ != parameters_.size()) {
    return Fail(Validation("Number of parameters in request and statement don't match."));
  }
  DYNAROCK_CHECK(CheckOrderings());
  const bool writes_by_key =
      statement_.kind == Statement::Kind::kUpdate || statement_.kind == Statement::Kind::kDelete;
  if (writes_by_key && statement_.index) {
    return Fail(Validation("This operation is not supported on an index"));
  }
  return std::move(statement_);
}

Result<void> StatementParser::From() {
  const size_t offset = current_.offset;
  if (At(TokenKind::kQuoted) && current_.text == "\"\"") {
    return Fail(Validation("Path component cannot be an empty string"));
  }
  const size_t length = current_.text.size();
  DYNAROCK_TRY(const std::string_view table, Name());
  statement_.table = table;
  // A name with a hyphen that is not quoted (seen on the service).
  if (At(TokenKind::kMinus)) return Fail(Malformed("Expected data manipulation"));
  if (Take(TokenKind::kDot)) {
    DYNAROCK_TRY(const std::string_view index, Name());
    statement_.index = std::string(index);
    index_at_ = {offset, length};
    if (At(TokenKind::kDot)) {
      return Fail(Validation("A path may contain at most 2 components in the FROM clause"));
    }
  }
  return {};
}

Result<void> StatementParser::Select() {
  statement_.kind = Statement::Kind::kSelect;
  if (!Take(TokenKind::kStar)) {
    do {
      if (AtWord("COUNT") && next_.kind == TokenKind::kOpen) {
        return Fail(
            Validation("Unexpected path component at " + lexer_.Position(current_.offset) + ":5"));
      }
      DYNAROCK_TRY(const auto* path, ReadPath());
      statement_.projection.emplace_back(*path);
    } while (Take(TokenKind::kComma));
  }
  DYNAROCK_CHECK(ExpectWord("FROM"));
  DYNAROCK_CHECK(From());
  DYNAROCK_CHECK(Where(false));
  return Order();
}

Result<void> StatementParser::Order() {
  if (!TakeWord("ORDER")) return {};
  DYNAROCK_CHECK(ExpectWord("BY"));
  do {
    DYNAROCK_TRY(const auto* path, ReadPath());
    if (path->size() > 1) return Fail(Malformed("Unexpected path component"));
    OrderTerm term{path->front().name, false};
    if (TakeWord("DESC")) {
      term.descending = true;
    } else {
      TakeWord("ASC");
    }
    statement_.order.push_back(term);
  } while (Take(TokenKind::kComma));
  return {};
}

Result<void> StatementParser::Insert() {
  statement_.kind = Statement::Kind::kInsert;
  DYNAROCK_CHECK(ExpectWord("INTO"));
  DYNAROCK_CHECK(From());
  if (index_at_) {
    return Fail(Validation(
        "FROM clause may only contain a single table name in data manipulation statements at " +
        lexer_.Position(index_at_->first) + ":" + std::to_string(index_at_->second)));
  }
  // SQL's INSERT INTO t (a, b) VALUES (...) is none of PartiQL's here.
  if (!TakeWord("VALUE")) return Fail(Malformed("Unexpected keyword"));
  ValueView value;
  if (At(TokenKind::kParameter)) {
    DYNAROCK_TRY(value, Parameter());
  } else {
    if (!At(TokenKind::kOpenBrace)) return Fail(Unexpected());
    DYNAROCK_TRY(value, ReadValue());
  }
  if (value.type() != Type::kMap) return Fail(Malformed("Unexpected term"));
  ItemBuilder builder;
  for (const auto& [name, attribute] : value.map()) builder.Add(name, attribute);
  statement_.item = builder.Encode();
  return {};
}

Result<void> StatementParser::UpdateStatement() {
  statement_.kind = Statement::Kind::kUpdate;
  DYNAROCK_CHECK(From());
  std::vector<Action> actions;
  DYNAROCK_CHECK(Actions(actions));
  DYNAROCK_CHECK(Where(false));
  DYNAROCK_CHECK(ReadReturning());
  return Lower(actions);
}

Result<void> StatementParser::Delete() {
  statement_.kind = Statement::Kind::kDelete;
  DYNAROCK_CHECK(ExpectWord("FROM"));
  DYNAROCK_CHECK(From());
  DYNAROCK_CHECK(Where(false));
  DYNAROCK_CHECK(ReadReturning());
  constexpr std::array<std::string_view, 5> kNames = {"", "ALL OLD", "ALL NEW", "MODIFIED OLD",
                                                      "MODIFIED NEW"};
  if (statement_.returning == Returning::kNone || statement_.returning == Returning::kAllOld) {
    return {};
  }
  return Fail(Validation("Invalid returning clause: RETURNING " +
                         std::string(kNames[static_cast<size_t>(statement_.returning)]) +
                         " *. Only RETURNING ALL OLD * is allowed in DELETE statements."));
}

Result<void> StatementParser::Exists() {
  DYNAROCK_CHECK(Expect(TokenKind::kOpen));
  DYNAROCK_CHECK(ExpectWord("SELECT"));
  DYNAROCK_CHECK(Select());
  statement_.kind = Statement::Kind::kExists;
  return Expect(TokenKind::kClose);
}

Result<void> StatementParser::ReadReturning() {
  if (!TakeWord("RETURNING")) return {};
  const bool all = TakeWord("ALL");
  if (!all) DYNAROCK_CHECK(ExpectWord("MODIFIED"));
  const bool old = TakeWord("OLD");
  if (!old) DYNAROCK_CHECK(ExpectWord("NEW"));
  DYNAROCK_CHECK(Expect(TokenKind::kStar));
  statement_.returning = all ? (old ? Returning::kAllOld : Returning::kAllNew)
                             : (old ? Returning::kModifiedOld : Returning::kModifiedNew);
  return {};
}

Result<void> StatementParser::Actions(std::vector<Action>& actions) {
  while (AtWord("SET") || AtWord("REMOVE")) {
    const bool set = AtWord("SET");
    Advance();
    do {
      if (set) {
        DYNAROCK_TRY(Action action, SetAction());
        actions.push_back(std::move(action));
      } else {
        DYNAROCK_TRY(const auto* path, ReadPath());
        actions.push_back({ActionKind::kRemove, path, {}, {}});
      }
    } while (Take(TokenKind::kComma));
  }
  if (actions.empty()) return Fail(Unexpected());
  return {};
}

Result<StatementParser::Action> StatementParser::SetAction() {
  Action action;
  DYNAROCK_TRY(action.target, ReadPath());
  DYNAROCK_CHECK(Expect(TokenKind::kEqual));
  const bool add = AtWord("SET_ADD");
  if (next_.kind == TokenKind::kOpen && (add || AtWord("SET_DELETE"))) {
    action.kind = add ? ActionKind::kAdd : ActionKind::kDelete;
    Advance();
    Advance();
    DYNAROCK_TRY(const auto* path, ReadPath());
    if (!SamePath(*path, *action.target)) {
      return Fail(Malformed("set_add and set_delete change the attribute they are given"));
    }
    DYNAROCK_CHECK(Expect(TokenKind::kComma));
    DYNAROCK_TRY(action.value, ReadValue());
    if (!IsSet(action.value.type())) {
      return Fail(
          Validation("Incorrect operand type for operator or function; operator or function: " +
                     std::string(add ? "set_add" : "set_delete") +
                     ", operand type: " + std::string(action.value.type_name())));
    }
    DYNAROCK_CHECK(Expect(TokenKind::kClose));
    return action;
  }
  DYNAROCK_TRY(action.right, SetValue());
  return action;
}

Result<StatementParser::SetNode> StatementParser::SetValue() {
  DYNAROCK_TRY(SetNode left, SetOperand());
  if (!At(TokenKind::kPlus) && !At(TokenKind::kMinus)) return left;
  const bool plus = At(TokenKind::kPlus);
  Advance();
  DYNAROCK_TRY(SetNode right, SetOperand());
  SetNode sum;
  sum.kind = plus ? UpdateNode::Kind::kPlus : UpdateNode::Kind::kMinus;
  sum.operands.push_back(std::move(left));
  sum.operands.push_back(std::move(right));
  return sum;
}

Result<StatementParser::SetNode> StatementParser::SetOperand() {
  SetNode node;
  const bool append = AtWord("LIST_APPEND");
  if (next_.kind == TokenKind::kOpen && (append || AtWord("IF_NOT_EXISTS"))) {
    if (++depth_ > kMaxDepth) return Fail(Malformed("Nesting too deep"));
    Advance();
    Advance();
    node.kind = append ? UpdateNode::Kind::kListAppend : UpdateNode::Kind::kIfNotExists;
    DYNAROCK_TRY(SetNode first, SetOperand());
    DYNAROCK_CHECK(Expect(TokenKind::kComma));
    DYNAROCK_TRY(SetNode second, SetOperand());
    DYNAROCK_CHECK(Expect(TokenKind::kClose));
    --depth_;
    if (!append && first.path == nullptr) return Fail(Malformed("Unexpected term"));
    node.operands.push_back(std::move(first));
    node.operands.push_back(std::move(second));
    return node;
  }
  if (AtValue()) {
    DYNAROCK_TRY(node.value, ReadValue());
    return node;
  }
  node.kind = UpdateNode::Kind::kPath;
  DYNAROCK_TRY(node.path, ReadPath());
  return node;
}

int32_t StatementParser::LowerNode(UpdateBuilder& builder, const SetNode& node) {
  if (node.kind == UpdateNode::Kind::kValue) return builder.ValueNode(node.value);
  if (node.kind == UpdateNode::Kind::kPath) return builder.PathNode(*node.path);
  const int32_t left = LowerNode(builder, node.operands[0]);
  const int32_t right = LowerNode(builder, node.operands[1]);
  return builder.Node(node.kind, left, right);
}

Result<void> StatementParser::Lower(std::vector<Action>& actions) {
  std::vector<Path> targets;
  for (const Action& action : actions) targets.emplace_back(*action.target);
  DYNAROCK_CHECK(CheckDistinctPaths(Language::kUpdate, targets));
  UpdateBuilder builder;
  for (const Path target : targets) builder.Target(target);
  for (uint32_t i = 0; i < actions.size(); ++i) {
    const Action& action = actions[i];
    switch (action.kind) {
      case ActionKind::kSet:
        builder.Set(i, LowerNode(builder, action.right));
        break;
      case ActionKind::kRemove:
        builder.Remove(i);
        break;
      case ActionKind::kAdd:
        builder.Add(i, action.value);
        break;
      case ActionKind::kDelete:
        builder.Delete(i, action.value);
        break;
    }
  }
  statement_.update = builder.Finish();
  return {};
}

// ---- Conditions.

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
    return Fail(Validation(
        "Incorrect operand type for operator or function; operator or function: " + name +
        ", operand type: " + std::string(operand.value.type_name())));
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
      return Fail(Validation("Invalid attribute type name found; type: " + std::string(type) +
                             ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"));
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
    return Fail(
        Validation("The IN operator is provided with too many operands; number of "
                   "operands: " +
                   std::to_string(operands.size() - 1)));
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
      return Fail(
          Validation("Incorrect operand type for operator or function; operator or function: " +
                     std::string(expression::Name(node.op)) +
                     ", operand type: " + std::string(TypeName(type))));
    }
  }
  return {};
}

// ---- Paths and values.

std::string_view StatementParser::KeepText(std::string text) {
  return statement_.memory_->texts.emplace_back(std::move(text));
}
ValueView StatementParser::Keep(std::string encoded) {
  return ValueView(KeepText(std::move(encoded)).data());
}

Result<std::string_view> StatementParser::Name() {
  std::string_view name;
  if (At(TokenKind::kQuoted)) {
    std::string text = partiql::Unescape(current_);
    if (text.empty()) return Fail(Validation("Path component cannot be an empty string"));
    name = KeepText(std::move(text));
  } else if (At(TokenKind::kWord) &&
             std::none_of(kReserved.begin(), kReserved.end(),
                          [&](std::string_view word) { return IsWord(current_, word); })) {
    name = KeepText(std::string(current_.text));
  } else {
    return Fail(Unexpected());
  }
  Advance();
  return name;
}

Result<const std::vector<PathElement>*> StatementParser::ReadPath() {
  std::vector<PathElement>& path = statement_.memory_->paths.emplace_back();
  DYNAROCK_TRY(const std::string_view first, Name());
  path.push_back(PathElement::Name(first));
  while (At(TokenKind::kDot) || At(TokenKind::kOpenBracket)) {
    if (Take(TokenKind::kDot)) {
      DYNAROCK_TRY(const std::string_view name, Name());
      path.push_back(PathElement::Name(name));
    } else {
      Advance();
      if (!At(TokenKind::kNumber) || current_.text.size() > 9 ||
          current_.text.find_first_not_of("0123456789") != std::string_view::npos) {
        return Fail(Unexpected());
      }
      path.push_back(
          PathElement::Index(static_cast<uint32_t>(std::stoul(std::string(current_.text)))));
      Advance();
      DYNAROCK_CHECK(Expect(TokenKind::kCloseBracket));
    }
    if (path.size() > kMaxPathElements) return Fail(Malformed("Path too deep"));
  }
  return &path;
}

bool StatementParser::AtValue() const {
  switch (current_.kind) {
    case TokenKind::kString:
    case TokenKind::kNumber:
    case TokenKind::kParameter:
    case TokenKind::kOpenBracket:
    case TokenKind::kOpenBrace:
    case TokenKind::kOpenSet:
      return true;
    case TokenKind::kMinus:
    case TokenKind::kPlus:
      return next_.kind == TokenKind::kNumber;
    case TokenKind::kWord:
      return AtWord("TRUE") || AtWord("FALSE") || AtWord("NULL");
    default:
      return false;
  }
}

Result<ValueView> StatementParser::Parameter() {
  Advance();
  if (used_parameters_ == parameters_.size()) {
    return Fail(Validation("Number of parameters in request and statement don't match."));
  }
  return parameters_[used_parameters_++];
}

Result<ValueView> StatementParser::ReadValue() {
  if (At(TokenKind::kParameter)) return Parameter();
  if (At(TokenKind::kString)) {  // the frequent one, without a tree
    std::string encoded;
    ValueWriter(encoded).String(partiql::Unescape(current_));
    Advance();
    return Keep(std::move(encoded));
  }
  DYNAROCK_TRY(const Value value, ReadTree(1));
  std::string encoded;
  Encode(value, encoded);
  return Keep(std::move(encoded));
}

Result<Value> StatementParser::ReadTree(int level) {
  if (level > kMaxValueLevels) {
    return Fail(
        Validation("Nesting Levels have exceeded supported limits: Attributes in the item "
                   "have nested levels beyond supported limit"));
  }
  Value value;
  switch (current_.kind) {
    case TokenKind::kParameter: {
      DYNAROCK_TRY(const ValueView parameter, Parameter());
      return Decode(parameter);
    }
    case TokenKind::kString:
      value.type = Type::kString;
      value.text = partiql::Unescape(current_);
      Advance();
      return value;
    case TokenKind::kMinus:
    case TokenKind::kPlus:
    case TokenKind::kNumber: {
      std::string text;
      if (!At(TokenKind::kNumber)) {
        if (At(TokenKind::kMinus)) text = "-";
        Advance();
        if (!At(TokenKind::kNumber)) return Fail(Unexpected());
      }
      text += current_.text;
      Advance();
      value.type = Type::kNumber;
      DYNAROCK_TRY(value.text, CanonicalNumber(text));
      return value;
    }
    case TokenKind::kOpenSet:
      return ReadSet(level);
    case TokenKind::kOpenBracket:
      Advance();
      value.type = Type::kList;
      if (Take(TokenKind::kCloseBracket)) return value;
      do {
        DYNAROCK_TRY(Value element, ReadTree(level + 1));
        value.list.push_back(std::move(element));
      } while (Take(TokenKind::kComma));
      DYNAROCK_CHECK(Expect(TokenKind::kCloseBracket));
      return value;
    case TokenKind::kOpenBrace:
      Advance();
      value.type = Type::kMap;
      if (Take(TokenKind::kCloseBrace)) return value;
      do {
        if (!At(TokenKind::kString)) return Fail(Unexpected());
        std::string name = partiql::Unescape(current_);
        Advance();
        DYNAROCK_CHECK(Expect(TokenKind::kColon));
        DYNAROCK_TRY(Value element, ReadTree(level + 1));
        value.map.insert_or_assign(std::move(name), std::move(element));
      } while (Take(TokenKind::kComma));
      DYNAROCK_CHECK(Expect(TokenKind::kCloseBrace));
      return value;
    default:
      break;
  }
  if (AtWord("TRUE") || AtWord("FALSE") || AtWord("NULL")) {
    value.type = AtWord("TRUE") ? Type::kTrue : AtWord("FALSE") ? Type::kFalse : Type::kNull;
    Advance();
    return value;
  }
  return Fail(Unexpected());
}

Result<Value> StatementParser::ReadSet(int level) {
  Advance();
  Value set;
  std::optional<Type> type;
  if (!At(TokenKind::kCloseSet)) {
    do {
      DYNAROCK_TRY(Value element, ReadTree(level + 1));
      if (type && *type != element.type) {
        return Fail(Malformed("A set holds values of one type"));
      }
      type = element.type;
      set.set.push_back(std::move(element.text));
    } while (Take(TokenKind::kComma));
  }
  DYNAROCK_CHECK(Expect(TokenKind::kCloseSet));
  if (!type) return Fail(Malformed("A set may not be empty"));
  switch (*type) {
    case Type::kString:
      set.type = Type::kStringSet;
      break;
    case Type::kNumber:
      set.type = Type::kNumberSet;
      break;
    case Type::kBinary:
      set.type = Type::kBinarySet;
      break;
    default:
      return Fail(Malformed("A set holds strings, numbers or binary values"));
  }
  const bool numbers = *type == Type::kNumber;
  std::sort(set.set.begin(), set.set.end(), [&](const std::string& a, const std::string& b) {
    return numbers ? CompareNumbers(a, b) < 0 : a < b;
  });
  if (std::adjacent_find(set.set.begin(), set.set.end()) != set.set.end()) {
    return Fail(Validation("Input collection contains duplicates"));
  }
  return set;
}

Result<Statement> ParseStatement(std::string_view text, std::span<const ValueView> parameters) {
  return StatementParser(text, parameters).Parse();
}

}  // namespace dynarock::expression

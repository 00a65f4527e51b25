#include "expression/partiql/parser.h"

#include <algorithm>
#include <array>

#include "expression/errors.h"
#include "expression/print.h"
#include "expression/resolve.h"
#include "storage/item/encoder.h"
#include "storage/item/number.h"

namespace dynarock::expression {

using partiql::IsWord;

namespace {

// Words that cannot stand as a bare name, since a clause begins with them or a condition goes on.
constexpr std::array<std::string_view, 19> kReserved = {
    "SELECT", "FROM",    "WHERE",     "INSERT", "INTO",   "UPDATE", "DELETE",
    "SET",    "REMOVE",  "RETURNING", "AND",    "OR",     "NOT",    "IN",
    "IS",     "BETWEEN", "ORDER",     "EXISTS", "MISSING"};

constexpr std::string_view kNoStatement = "Expected data manipulation";

}  // namespace

// ---- Tokens.

bool StatementParser::AtReserved() const {
  return std::any_of(kReserved.begin(), kReserved.end(),
                     [&](std::string_view word) { return IsWord(current_, word); });
}

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
  const bool keyword = current_.kind == TokenKind::kWord && AtReserved();
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
    return Fail(Malformed(kNoStatement));
  }
  Take(TokenKind::kSemicolon);
  if (!At(TokenKind::kEnd)) return Fail(Unexpected());
  if (used_parameters_ != parameters_.size()) {
    return Fail(WrongParameterCount());
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
    return Fail(EmptyPathComponent());
  }
  const size_t length = current_.text.size();
  DYNAROCK_TRY(const std::string_view table, Name());
  statement_.table = table;
  // A name with a hyphen that is not quoted (seen on the service).
  if (At(TokenKind::kMinus)) return Fail(Malformed(kNoStatement));
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
      return Fail(Validation(
          IncorrectOperandType(add ? "set_add" : "set_delete", action.value.type_name())));
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

Result<Statement> ParseStatement(std::string_view text, std::span<const ValueView> parameters) {
  return StatementParser(text, parameters).Parse();
}

}  // namespace dynarock::expression

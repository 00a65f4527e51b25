// The part of SyntaxParser that reads statements and their clauses.
#include "expression/errors.h"
#include "expression/partiql/parser.h"

namespace dynarock::expression::partiql {

void SyntaxParser::Advance() {
  current_ = std::exchange(next_, lexer_.Next());
}

bool SyntaxParser::AtName() const {
  return At(TokenKind::kQuoted) || (At(TokenKind::kWord) && !IsKeyword(current_));
}
bool SyntaxParser::Take(TokenKind kind) {
  if (!At(kind)) return false;
  Advance();
  return true;
}
bool SyntaxParser::TakeWord(std::string_view upper) {
  if (!AtWord(upper)) return false;
  Advance();
  return true;
}
Result<void> SyntaxParser::Expect(TokenKind kind, std::string_view detail) {
  if (Take(kind)) return {};
  return Fail(MalformedStatement(detail));
}
Result<void> SyntaxParser::ExpectWord(std::string_view upper) {
  if (TakeWord(upper)) return {};
  return Fail(Unexpected());
}

Error SyntaxParser::Unexpected() const {
  switch (current_.kind) {
    case TokenKind::kWord:
      if (AtWordOperator()) return MalformedStatement("Unexpected operator");
      return MalformedStatement(IsKeyword(current_) ? "Unexpected keyword" : "Unexpected term");
    case TokenKind::kEqual:
    case TokenKind::kNotEqual:
    case TokenKind::kLess:
    case TokenKind::kLessEqual:
    case TokenKind::kGreater:
    case TokenKind::kGreaterEqual:
    case TokenKind::kSlash:
    case TokenKind::kPercent:
    case TokenKind::kConcat:
      return MalformedStatement("Unexpected operator");
    default:
      return MalformedStatement("Unexpected term");
  }
}

Result<StatementSyntax> SyntaxParser::Parse() {
  statement_.expressions.reserve(16);  // most statements have fewer
  Advance();
  Advance();
  DYNAROCK_CHECK(Statement());
  DYNAROCK_CHECK(End());
  return std::move(statement_);
}

Result<void> SyntaxParser::End() {
  if (At(TokenKind::kEnd)) return {};
  if (!Take(TokenKind::kSemicolon)) {
    return Fail(MalformedStatement("Unexpected token after expression"));
  }
  if (At(TokenKind::kEnd)) return {};
  return Fail(MalformedStatement("Unexpected token after semicolon. (Only one query is allowed.)"));
}

Result<void> SyntaxParser::Statement() {
  if (TakeWord("SELECT")) return Select(statement_);
  if (AtWord("INSERT") && IsWord(next_, "INTO")) return Insert();
  if (TakeWord("UPDATE")) return Update();
  if (TakeWord("DELETE")) return Delete();
  if (TakeWord("FROM")) return FromFirst();
  if (AtWord("SET") || AtWord("REMOVE")) {
    statement_.kind = StatementSyntax::Kind::kActions;
    return Actions();
  }
  if (AtWord("EXISTS") && next_.kind == TokenKind::kOpen) return Exists();
  DYNAROCK_TRY(statement_.value, Expression());
  return {};
}

Result<void> SyntaxParser::Select(StatementSyntax& out) {
  out.kind = StatementSyntax::Kind::kSelect;
  if (!Take(TokenKind::kStar)) {
    do {
      DYNAROCK_TRY(const uint32_t column, Expression());
      out.projection.push_back(column);
      Alias(out);
    } while (Take(TokenKind::kComma));
  }
  DYNAROCK_CHECK(ExpectWord("FROM"));
  DYNAROCK_TRY(out.source, Expression());
  Alias(out);
  while (At(TokenKind::kComma) || AtJoin()) {
    while (AtJoin()) Advance();
    Take(TokenKind::kComma);
    out.several_sources = true;
    DYNAROCK_CHECK(Source(out));
  }
  DYNAROCK_CHECK(Where(out));
  return Order(out);
}

bool SyntaxParser::AtJoin() const {
  for (const std::string_view word : {"JOIN", "INNER", "LEFT", "RIGHT", "FULL", "OUTER", "CROSS"}) {
    if (AtWord(word)) return true;
  }
  return false;
}

// A table behind the first.
Result<void> SyntaxParser::Source(StatementSyntax& out) {
  DYNAROCK_CHECK(Expression());
  Alias(out);
  if (TakeWord("ON")) DYNAROCK_CHECK(Expression());
  return {};
}

void SyntaxParser::Alias(StatementSyntax& out) {
  for (const std::string_view word : {"AS", "AT", "BY"}) {
    if (!AtWord(word)) continue;
    Advance();
    if (AtName()) Advance();
    out.alias = true;
  }
  if (!AtName()) return;
  Advance();
  out.alias = true;
}

Result<void> SyntaxParser::Where(StatementSyntax& out) {
  if (!TakeWord("WHERE")) return {};
  DYNAROCK_TRY(out.where, Expression());
  return {};
}

Result<void> SyntaxParser::Order(StatementSyntax& out) {
  if (!TakeWord("ORDER")) return {};
  DYNAROCK_CHECK(ExpectWord("BY"));
  do {
    OrderSyntax term;
    DYNAROCK_TRY(term.expression, Expression());
    term.descending = TakeWord("DESC");
    if (!term.descending) TakeWord("ASC");
    out.order.push_back(term);
  } while (Take(TokenKind::kComma));
  return {};
}

// A table that is changed.
Result<void> SyntaxParser::Target() {
  DYNAROCK_TRY(statement_.source, SimplePath());
  return {};
}

Result<void> SyntaxParser::Insert() {
  statement_.kind = StatementSyntax::Kind::kInsert;
  Advance();
  Advance();
  DYNAROCK_CHECK(Target());
  if (TakeWord("VALUE")) {
    DYNAROCK_TRY(statement_.value, Expression());
    return {};
  }
  // INSERT INTO t <expression> is PartiQL's, but not the service's; SQL's column list reads as one.
  if (AtWord("AS")) return Fail(MalformedStatement("Unexpected token after expression"));
  DYNAROCK_CHECK(Expression());
  if (AtWord("VALUES")) return Fail(MalformedStatement("Unexpected keyword"));
  return Fail(MalformedStatement("Unexpected token after expression"));
}

Result<void> SyntaxParser::Update() {
  statement_.kind = StatementSyntax::Kind::kUpdate;
  DYNAROCK_CHECK(Target());
  Alias(statement_);
  DYNAROCK_CHECK(Actions());
  DYNAROCK_CHECK(Where(statement_));
  return Returning();
}

Result<void> SyntaxParser::FromFirst() {
  statement_.kind = StatementSyntax::Kind::kUpdate;
  DYNAROCK_CHECK(Target());
  Alias(statement_);
  DYNAROCK_CHECK(Where(statement_));
  DYNAROCK_CHECK(Actions());
  return Returning();
}

Result<void> SyntaxParser::Delete() {
  statement_.kind = StatementSyntax::Kind::kDelete;
  DYNAROCK_CHECK(ExpectWord("FROM"));
  DYNAROCK_CHECK(Target());
  Alias(statement_);
  DYNAROCK_CHECK(Where(statement_));
  return Returning();
}

Result<void> SyntaxParser::Exists() {
  const Token name = current_;
  Advance();
  Advance();
  if (TakeWord("SELECT")) {
    DYNAROCK_CHECK(Select(statement_));
    statement_.exists = true;
    return Expect(TokenKind::kClose, "Expected RIGHT_PAREN");
  }
  Expr call{.kind = Expr::Kind::kCall, .token = name, .first = name};
  DYNAROCK_TRY(call.children, Arguments(TokenKind::kClose));
  DYNAROCK_CHECK(Expect(TokenKind::kClose, "Expected RIGHT_PAREN"));
  statement_.value = Add(std::move(call));
  return {};
}

Result<void> SyntaxParser::Returning() {
  if (!TakeWord("RETURNING")) return {};
  const bool all = TakeWord("ALL");
  if (!all) DYNAROCK_CHECK(ExpectWord("MODIFIED"));
  const bool old = TakeWord("OLD");
  if (!old) DYNAROCK_CHECK(ExpectWord("NEW"));
  DYNAROCK_CHECK(Expect(TokenKind::kStar, "Unexpected term"));
  using enum expression::Returning;
  statement_.returning = all ? (old ? kAllOld : kAllNew) : (old ? kModifiedOld : kModifiedNew);
  return {};
}

Result<void> SyntaxParser::Actions() {
  if (!AtWord("SET") && !AtWord("REMOVE")) return Fail(Unexpected());
  for (;;) {
    if (TakeWord("SET")) {
      DYNAROCK_CHECK(Assignments());
    } else if (TakeWord("REMOVE")) {
      ActionSyntax action{.set = false};
      DYNAROCK_TRY(action.target, SimplePath());
      statement_.actions.push_back(action);
    } else {
      return {};
    }
  }
}

Result<void> SyntaxParser::Assignments() {
  do {
    ActionSyntax action;
    DYNAROCK_TRY(action.target, SimplePath());
    if (!Take(TokenKind::kEqual)) return Fail(Unexpected());
    if (At(TokenKind::kEnd)) return Fail(MalformedStatement("Unexpected term"));
    DYNAROCK_TRY(action.value, Expression());
    statement_.actions.push_back(action);
  } while (Take(TokenKind::kComma));
  return {};
}

namespace {

bool HasUnreadableToken(std::string_view text) {
  Lexer lexer(text);
  for (Token token = lexer.Next();; token = lexer.Next()) {
    if (token.kind == TokenKind::kEnd) return false;
    if (token.kind == TokenKind::kInvalid) return true;
  }
}

}  // namespace

Result<StatementSyntax> ParseSyntax(std::string_view text) {
  auto syntax = SyntaxParser(text).Parse();
  // The service reads all tokens before it parses, and says nothing of one it cannot read.
  if (!syntax && HasUnreadableToken(text)) return Fail(MalformedStatement(""));
  return syntax;
}

}  // namespace dynarock::expression::partiql

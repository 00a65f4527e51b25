// From tokens to StatementSyntax, by precedence climbing as PartiQL's reference parser does, whose
// errors the service shows. Inside the room only.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "expression/partiql/syntax.h"

namespace dynarock::expression::partiql {

class SyntaxParser {
 public:
  explicit SyntaxParser(std::string_view text) : lexer_(text) {}
  Result<StatementSyntax> Parse();

 private:
  // How deep an expression may nest; each level costs some stack.
  static constexpr int kMaxDepth = 200;
  // How tightly operators bind.
  enum Precedence { kNone, kOr, kAnd, kNot, kEquality, kOrder, kConcat, kSum, kProduct };
  // An operator between two operands, behind the left one.
  struct Infix {
    Precedence precedence = kNone;
    Expr::Kind kind = Expr::Kind::kOther;
    bool negated = false;  // NOT IN, NOT BETWEEN, NOT LIKE
  };

  // ---- Tokens.
  void Advance();
  bool At(TokenKind kind) const { return current_.kind == kind; }
  bool AtWord(std::string_view upper) const { return IsWord(current_, upper); }
  bool AtName() const;
  // At NOT, IN, LIKE, or another operator that is a word.
  bool AtWordOperator() const;
  bool Take(TokenKind kind);
  bool TakeWord(std::string_view upper);
  Result<void> Expect(TokenKind kind, std::string_view detail);
  Result<void> ExpectWord(std::string_view upper);
  // What cannot stand here, or what is missing here.
  Error Unexpected() const;

  // ---- Statements.
  Result<void> Statement();
  Result<void> Select(StatementSyntax& out);
  Result<void> Source(StatementSyntax& out);
  Result<void> Order(StatementSyntax& out);
  Result<void> Insert();
  Result<void> Update();
  Result<void> Delete();
  Result<void> FromFirst();
  Result<void> Exists();
  Result<void> Target();
  Result<void> Where(StatementSyntax& out);
  Result<void> Actions();
  Result<void> Assignments();
  Result<void> Returning();
  Result<void> End();
  void Alias(StatementSyntax& out);
  bool AtJoin() const;

  // ---- Expressions: indexes into StatementSyntax::expressions.
  Result<uint32_t> Expression(Precedence above = kNone);
  Infix AtInfix() const;
  Result<uint32_t> RightSide(const Infix& infix, uint32_t left);
  uint32_t Join(const Infix& infix, const Token& op, uint32_t left, uint32_t right);
  Result<uint32_t> Between(const Infix& infix, const Token& op, uint32_t left);
  Result<uint32_t> In(const Infix& infix, const Token& op, uint32_t left);
  Result<uint32_t> Is(uint32_t left);
  Result<std::string_view> TypeName();
  Result<uint32_t> Unary();
  Result<uint32_t> Signed();
  Result<uint32_t> PathTerm();
  Result<uint32_t> SimplePath();
  Result<uint32_t> Steps(uint32_t term);
  Result<void> Index(std::vector<Token>& steps);
  Result<uint32_t> Term();
  Result<uint32_t> Word();
  Result<uint32_t> Group();
  Result<uint32_t> Collection(Expr::Kind kind, TokenKind close, std::string_view missing);
  Result<uint32_t> Map();
  Result<uint32_t> Call();
  // Expressions between commas; none where `close` comes at once.
  Result<std::vector<uint32_t>> Arguments(std::optional<TokenKind> close);
  Result<uint32_t> NestedSelect();
  Result<uint32_t> Atom(Expr::Kind kind);
  uint32_t Add(Expr expression);
  Expr& At(uint32_t i) { return statement_.expressions[i]; }

  Lexer lexer_;
  Token current_;
  Token next_;
  int depth_ = 0;
  StatementSyntax statement_;
};

}  // namespace dynarock::expression::partiql

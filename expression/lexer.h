// Tokens of the expression languages. Inside the room only.
#pragma once

#include <cstdint>
#include <string_view>

#include "expression/language.h"

namespace dynarock::expression {

enum class TokenKind : uint8_t {
  kEnd,
  kIdentifier,  // [A-Za-z][A-Za-z0-9_]*, keywords and function names included
  kName,        // #name
  kValue,       // :value
  kNumber,      // digits
  kOpen,
  kClose,
  kComma,
  kDot,
  kOpenBracket,
  kCloseBracket,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kPlus,
  kMinus,
  kInvalid,  // one character that begins no token
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string_view text;  // a slice of the expression; empty at the end
};

// Whether the identifier is `upper` (in capitals) in any letter case.
bool IsKeyword(std::string_view text, std::string_view upper);
// Whether it is a keyword of any of the languages: such a word is no attribute in any of them
// (recorded by dynalite; observed on DynamoDB Local).
bool IsAnyKeyword(std::string_view text);

// Walks through an expression's tokens and reports syntax errors where it stands.
class Tokens {
 public:
  Tokens(Language language, std::string_view text);

  const Token& current() const { return current_; }
  const Token& next() const { return next_; }
  void Advance();
  bool At(TokenKind kind) const { return current_.kind == kind; }
  bool AtKeyword(std::string_view upper) const {
    return current_.kind == TokenKind::kIdentifier && IsKeyword(current_.text, upper);
  }

  // Syntax error at the current token. `near` is the text from the previous token's begin to the
  // next token's end.
  Error SyntaxError() const;

 private:
  Token Scan();

  Language language_;
  std::string_view text_;
  size_t position_ = 0;
  Token previous_;
  Token current_;
  Token next_;
};

}  // namespace dynarock::expression

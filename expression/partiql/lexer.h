// Tokens of PartiQL. Inside the room only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dynarock::expression::partiql {

enum class TokenKind : uint8_t {
  kEnd,
  kWord,       // a bare identifier or keyword
  kQuoted,     // "identifier", unescaped by Unescape
  kString,     // 'text', unescaped by Unescape
  kNumber,     // digits with fraction and exponent, no sign
  kParameter,  // ?
  kOpen,
  kClose,
  kOpenBracket,
  kCloseBracket,
  kOpenBrace,
  kCloseBrace,
  kOpenSet,   // <<
  kCloseSet,  // >>
  kComma,
  kDot,
  kColon,
  kSemicolon,
  kStar,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kPlus,
  kMinus,
  kInvalid,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string_view text;  // with its quotes
  size_t offset = 0;
};

// The content of a quoted token.
std::string Unescape(const Token& token);
// Whether the word is `upper` (in capitals) in any letter case.
bool IsWord(const Token& token, std::string_view upper);

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}
  Token Next();
  // "1:8": line and column of an offset, both from 1.
  std::string Position(size_t offset) const;

 private:
  std::string_view text_;
  size_t position_ = 0;
};

}  // namespace dynarock::expression::partiql

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
  kIon,        // `an Ion literal`
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
  kSlash,
  kPercent,
  kConcat,   // ||
  kInvalid,  // no token of the language: nothing can be read behind it
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

// Words that cannot stand as a bare name: those of SQL-92 and of PartiQL.
bool IsKeyword(const Token& token);

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}
  Token Next();

 private:
  // Passes over white space and comments. False: a comment is not closed.
  bool SkipSpace();
  Token Number();

  std::string_view text_;
  size_t position_ = 0;
};

// "1:8:5": line, column and length of a token of `text`, in characters; line and column from 1.
std::string Position(std::string_view text, const Token& token);

}  // namespace dynarock::expression::partiql

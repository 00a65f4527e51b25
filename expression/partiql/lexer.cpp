#include "expression/partiql/lexer.h"

#include <algorithm>

#include "storage/item/text.h"

namespace dynarock::expression::partiql {

namespace {

bool IsSpace(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
bool IsWordStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool FitsIn32Bits(int64_t value) {
  return value >= INT32_MIN && value <= INT32_MAX;
}

}  // namespace

std::string Unescape(const Token& token) {
  const char quote = token.text.front();
  const std::string_view inside = token.text.substr(1, token.text.size() - 2);
  std::string out;
  out.reserve(inside.size());
  for (size_t i = 0; i < inside.size(); ++i) {
    out += inside[i];
    if (inside[i] == quote) ++i;  // written twice
  }
  return out;
}

bool IsWord(const Token& token, std::string_view upper) {
  return token.kind == TokenKind::kWord && token.text.size() == upper.size() &&
         std::equal(upper.begin(), upper.end(), token.text.begin(),
                    [](char a, char b) { return a == Upper(b); });
}

std::string Position(std::string_view text, const Token& token) {
  const std::string_view before = text.substr(0, token.offset);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return std::to_string(lines + 1) + ":" +
         std::to_string(CountCharacters(before.substr(line_start)) + 1) + ":" +
         std::to_string(CountCharacters(token.text));
}

bool Lexer::SkipSpace() {
  for (;;) {
    while (position_ < text_.size() && IsSpace(text_[position_])) ++position_;
    const std::string_view rest = text_.substr(position_);
    if (rest.starts_with("--")) {
      position_ = std::min(text_.find('\n', position_), text_.size());
    } else if (rest.starts_with("/*")) {
      const size_t end = text_.find("*/", position_ + 2);
      if (end == std::string_view::npos) return false;
      position_ = end + 2;
    } else {
      return true;
    }
  }
}

// A number that has an exponent without digits, or one whose scale passes 32 bits, is no token
// (observed on the service).
Token Lexer::Number() {
  const size_t start = position_;
  const auto at = [&](size_t i) { return start + i < text_.size() ? text_[start + i] : '\0'; };
  size_t length = 0;
  int64_t places = 0;
  while (IsDigit(at(length))) ++length;
  if (at(length) == '.') {
    ++length;
    for (; IsDigit(at(length)); ++length) ++places;
  }
  bool fits = true;
  if (at(length) == 'e' || at(length) == 'E') {
    ++length;
    const bool minus = at(length) == '-';
    if (minus || at(length) == '+') ++length;
    fits = IsDigit(at(length));
    constexpr int64_t kFar = int64_t{1} << 40;
    int64_t exponent = 0;
    for (; IsDigit(at(length)); ++length) {
      exponent = std::min(exponent * 10 + (at(length) - '0'), kFar);
    }
    if (minus) exponent = -exponent;
    fits = fits && FitsIn32Bits(exponent) && FitsIn32Bits(places - exponent);
  }
  position_ = start + length;
  return {fits ? TokenKind::kNumber : TokenKind::kInvalid, text_.substr(start, length), start};
}

Token Lexer::Next() {
  if (!SkipSpace()) return {TokenKind::kInvalid, text_.substr(position_), position_};
  const size_t start = position_;
  const auto token = [&](TokenKind kind, size_t length) {
    position_ = start + length;
    return Token{kind, text_.substr(start, length), start};
  };
  if (start == text_.size()) return {TokenKind::kEnd, {}, start};
  const auto at = [&](size_t i) { return start + i < text_.size() ? text_[start + i] : '\0'; };
  const char c = text_[start];
  if (IsWordStart(c)) {
    size_t length = 1;
    while (IsWordStart(at(length)) || IsDigit(at(length))) ++length;
    return token(TokenKind::kWord, length);
  }
  if (IsDigit(c) || (c == '.' && IsDigit(at(1)))) return Number();
  if (c == '`') {
    const size_t end = text_.find('`', start + 1);
    return end == std::string_view::npos ? token(TokenKind::kInvalid, text_.size() - start)
                                         : token(TokenKind::kIon, end + 1 - start);
  }
  if (c == '\'' || c == '"') {
    for (size_t length = 1; start + length < text_.size(); ++length) {
      if (at(length) != c) continue;
      if (at(length + 1) == c) {
        ++length;
        continue;
      }
      return token(c == '"' ? TokenKind::kQuoted : TokenKind::kString, length + 1);
    }
    return token(TokenKind::kInvalid, text_.size() - start);  // not closed
  }
  switch (c) {
    case '?':
      return token(TokenKind::kParameter, 1);
    case '(':
      return token(TokenKind::kOpen, 1);
    case ')':
      return token(TokenKind::kClose, 1);
    case '[':
      return token(TokenKind::kOpenBracket, 1);
    case ']':
      return token(TokenKind::kCloseBracket, 1);
    case '{':
      return token(TokenKind::kOpenBrace, 1);
    case '}':
      return token(TokenKind::kCloseBrace, 1);
    case ',':
      return token(TokenKind::kComma, 1);
    case '.':
      return token(TokenKind::kDot, 1);
    case ':':
      return token(TokenKind::kColon, 1);
    case ';':
      return token(TokenKind::kSemicolon, 1);
    case '*':
      return token(TokenKind::kStar, 1);
    case '+':
      return token(TokenKind::kPlus, 1);
    case '-':
      return token(TokenKind::kMinus, 1);
    case '/':
      return token(TokenKind::kSlash, 1);
    case '%':
      return token(TokenKind::kPercent, 1);
    case '|':
      return at(1) == '|' ? token(TokenKind::kConcat, 2) : token(TokenKind::kInvalid, 1);
    case '=':
      return token(TokenKind::kEqual, 1);
    case '!':
      return at(1) == '=' ? token(TokenKind::kNotEqual, 2) : token(TokenKind::kInvalid, 1);
    case '<':
      if (at(1) == '<') return token(TokenKind::kOpenSet, 2);
      if (at(1) == '=') return token(TokenKind::kLessEqual, 2);
      if (at(1) == '>') return token(TokenKind::kNotEqual, 2);
      return token(TokenKind::kLess, 1);
    case '>':
      if (at(1) == '>') return token(TokenKind::kCloseSet, 2);
      if (at(1) == '=') return token(TokenKind::kGreaterEqual, 2);
      return token(TokenKind::kGreater, 1);
    default:
      return token(TokenKind::kInvalid, 1);
  }
}

}  // namespace dynarock::expression::partiql

#include "expression/lexer.h"

#include <algorithm>
#include <array>
#include <string>

#include "expression/errors.h"

namespace dynarock::expression {
namespace {

enum CharacterClass : uint8_t { kOther, kSpace, kDigit, kLetter, kUnderscore };

constexpr auto kClasses = [] {
  std::array<CharacterClass, 256> classes{};
  for (const char c : {' ', '\t', '\r', '\n'}) classes[static_cast<uint8_t>(c)] = kSpace;
  for (uint8_t c = '0'; c <= '9'; ++c) classes[c] = kDigit;
  for (uint8_t c = 'A'; c <= 'Z'; ++c) classes[c] = kLetter;
  for (uint8_t c = 'a'; c <= 'z'; ++c) classes[c] = kLetter;
  classes['_'] = kUnderscore;
  return classes;
}();

CharacterClass ClassOf(char c) {
  return kClasses[static_cast<uint8_t>(c)];
}
bool IsWord(char c) {
  return ClassOf(c) >= kDigit;
}

// Bytes of the UTF-8 character that begins with `c`.
size_t CharacterLength(char c) {
  const auto byte = static_cast<uint8_t>(c);
  return byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
}

}  // namespace

bool IsKeyword(std::string_view text, std::string_view upper) {
  if (text.size() != upper.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c) != upper[i]) return false;
  }
  return true;
}

Tokens::Tokens(Language language, std::string_view text) : language_(language), text_(text) {
  current_ = Scan();
  next_ = Scan();
}

void Tokens::Advance() {
  previous_ = current_;
  current_ = next_;
  if (current_.kind != TokenKind::kEnd) next_ = Scan();
}

Token Tokens::Scan() {
  while (position_ < text_.size() && ClassOf(text_[position_]) == kSpace) ++position_;
  if (position_ == text_.size()) return {TokenKind::kEnd, text_.substr(position_)};
  const size_t begin = position_++;
  const auto take = [&](TokenKind kind) {
    return Token{kind, text_.substr(begin, position_ - begin)};
  };
  const auto words = [&] {
    while (position_ < text_.size() && IsWord(text_[position_])) ++position_;
  };
  const auto follows = [&](char c) {
    if (position_ == text_.size() || text_[position_] != c) return false;
    ++position_;
    return true;
  };

  const char c = text_[begin];
  switch (ClassOf(c)) {
    case kLetter:
      words();
      return take(TokenKind::kIdentifier);
    case kDigit:
      // A leading zero ends the number: l[00] is wrong at its second digit (observed on the
      // service).
      while (c != '0' && position_ < text_.size() && ClassOf(text_[position_]) == kDigit) {
        ++position_;
      }
      return take(TokenKind::kNumber);
    default:
      break;
  }
  switch (c) {
    case '#':
    case ':':
      words();
      if (position_ == begin + 1) return take(TokenKind::kInvalid);
      return take(c == '#' ? TokenKind::kName : TokenKind::kValue);
    case '(':
      return take(TokenKind::kOpen);
    case ')':
      return take(TokenKind::kClose);
    case ',':
      return take(TokenKind::kComma);
    case '.':
      return take(TokenKind::kDot);
    case '[':
      return take(TokenKind::kOpenBracket);
    case ']':
      return take(TokenKind::kCloseBracket);
    case '=':
      return take(TokenKind::kEqual);
    case '<':
      if (follows('>')) return take(TokenKind::kNotEqual);
      return take(follows('=') ? TokenKind::kLessEqual : TokenKind::kLess);
    case '>':
      return take(follows('=') ? TokenKind::kGreaterEqual : TokenKind::kGreater);
    case '+':
      return take(TokenKind::kPlus);
    case '-':
      return take(TokenKind::kMinus);
    default:
      position_ = std::min(begin + CharacterLength(c), text_.size());
      return take(TokenKind::kInvalid);
  }
}

bool IsAnyKeyword(std::string_view text) {
  constexpr std::string_view kKeywords[] = {"AND", "OR",     "NOT", "BETWEEN", "IN",
                                            "SET", "REMOVE", "ADD", "DELETE"};
  return text.size() <= 7 && std::ranges::any_of(kKeywords, [&](std::string_view keyword) {
           return IsKeyword(text, keyword);
         });
}

Error Tokens::SyntaxError() const {
  // Of white space alone, all of it is near.
  if (previous_.text.empty() && current_.kind == TokenKind::kEnd) {
    return expression::SyntaxError(language_, "<EOF>", text_);
  }
  const bool at_end = current_.kind == TokenKind::kEnd;
  const char* begin = previous_.text.empty() ? current_.text.data() : previous_.text.data();
  const Token& last = at_end ? previous_ : next_.kind == TokenKind::kEnd ? current_ : next_;
  const char* end = last.text.empty() ? begin : last.text.data() + last.text.size();
  return expression::SyntaxError(language_, at_end ? std::string_view("<EOF>") : current_.text,
                                 {begin, static_cast<size_t>(end - begin)});
}

}  // namespace dynarock::expression

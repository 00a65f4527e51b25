#include "expression/loose_text.h"

#include <algorithm>
#include <cctype>
#include <cstddef>

#include "expression/lexer.h"

namespace dynarock::expression {
namespace {

bool IsWordStart(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_';
}
bool IsWord(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}
bool IsDigit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}
bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool IsReserved(std::string_view word) {
  static constexpr std::string_view kWords[] = {
      "AND",      "OR",      "NOT",    "BETWEEN",   "IN",    "SET",        "REMOVE",
      "ADD",      "DELETE",  "SELECT", "FROM",      "WHERE", "INSERT",     "INTO",
      "VALUE",    "UPDATE",  "EXISTS", "ORDER",     "BY",    "ASC",        "DESC",
      "IS",       "MISSING", "NULL",   "RETURNING", "ALL",   "OLD",        "NEW",
      "MODIFIED", "TRUE",    "FALSE",  "LIMIT",     "AS",    "BEGINS_WITH"};
  return std::ranges::any_of(kWords,
                             [&](std::string_view known) { return IsKeyword(word, known); });
}

// Whether the word that ends at `end` is a function: "(" follows it.
bool IsCalled(std::string_view text, size_t end) {
  const size_t next = text.find_first_not_of(' ', end);
  return next != std::string_view::npos && text[next] == '(';
}

size_t EndOfWord(std::string_view text, size_t at) {
  while (at < text.size() && IsWord(text[at])) ++at;
  return at;
}

// The end of the number that begins at `at`: 5, 5.25, 5e-3.
size_t EndOfNumber(std::string_view text, size_t at) {
  const auto digit = [&](size_t i) { return i < text.size() && IsDigit(text[i]); };
  while (digit(at) || (at < text.size() && text[at] == '.')) ++at;
  if (at >= text.size() || (text[at] != 'e' && text[at] != 'E')) return at;
  const bool sign = at + 1 < text.size() && (text[at + 1] == '-' || text[at + 1] == '+');
  size_t end = at + (sign ? 2 : 1);
  if (!digit(end)) return at;
  while (digit(end)) ++end;
  return end;
}

// The token that begins at `at`, where there is no space.
LooseToken TokenAt(std::string_view text, size_t at, Grammar grammar) {
  using Kind = LooseToken::Kind;
  const char c = text[at];
  const bool statement = grammar == Grammar::kStatement;
  const auto to = [&](size_t end, Kind kind) {
    return LooseToken{kind, text.substr(at, end - at)};
  };
  if (c == '#') return to(EndOfWord(text, at + 1), Kind::kName);
  if (c == ':' && !statement) return to(EndOfWord(text, at + 1), Kind::kValue);
  if (IsDigit(c)) return to(EndOfNumber(text, at), Kind::kNumber);
  if (statement && (c == '\'' || c == '"')) {
    const size_t close = text.find(c, at + 1);
    return to(close == std::string_view::npos ? text.size() : close + 1,
              c == '\'' ? Kind::kString : Kind::kQuoted);
  }
  if (!IsWordStart(c)) return to(at + 1, Kind::kOther);
  const size_t end = EndOfWord(text, at);
  const bool keyword = IsCalled(text, end) || IsReserved(text.substr(at, end - at));
  return to(end, keyword ? Kind::kKeyword : Kind::kWord);
}

// Whether a literal is the name in {'name': value}.
bool IsMemberName(std::string_view statement, size_t begin, size_t end) {
  const size_t next = statement.find_first_not_of(" \t\r\n", end);
  if (next == std::string_view::npos || statement[next] != ':') return false;
  const size_t before = statement.substr(0, begin).find_last_not_of(" \t\r\n");
  return before != std::string_view::npos && (statement[before] == '{' || statement[before] == ',');
}

}  // namespace

std::vector<LooseToken> LooseTokens(std::string_view text, Grammar grammar) {
  std::vector<LooseToken> tokens;
  for (size_t at = 0; at < text.size();) {
    if (IsSpace(text[at])) {
      ++at;
      continue;
    }
    tokens.push_back(TokenAt(text, at, grammar));
    at += tokens.back().text.size();
  }
  return tokens;
}

std::string WithoutLiterals(std::string_view statement, std::string_view mark) {
  std::string text;
  size_t at = 0;
  for (const LooseToken& token : LooseTokens(statement, Grammar::kStatement)) {
    const bool string = token.kind == LooseToken::Kind::kString;
    if (!string && token.kind != LooseToken::Kind::kNumber && !IsKeyword(token.text, "TRUE") &&
        !IsKeyword(token.text, "FALSE")) {
      continue;
    }
    const auto begin = static_cast<size_t>(token.text.data() - statement.data());
    const size_t end = begin + token.text.size();
    if (string && IsMemberName(statement, begin, end)) continue;
    text.append(statement.substr(at, begin - at)).append(mark);
    at = end;
  }
  return text.append(statement.substr(at));
}

}  // namespace dynarock::expression

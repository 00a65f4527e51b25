// Texts of expressions and statements, token by token, whether or not they parse: for those who
// compare them or show them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dynarock::expression {

// What a text may hold: statements have literals and quoted names, expressions have :placeholders
// (in a statement a colon stands between a member of a map and its value).
enum class Grammar : uint8_t { kExpression, kStatement };

struct LooseToken {
  enum class Kind : uint8_t {
    kWord,     // an identifier that is no keyword
    kKeyword,  // a keyword, or the name of a function
    kValue,    // :value
    kName,     // #name
    kNumber,   // of digits: a literal, or the index of a list's element
    kString,   // 'text', or all that follows an open quote
    kQuoted,   // "name", the same
    kOther,    // one character
  };
  Kind kind = Kind::kOther;
  std::string_view text;  // a slice of the whole
};

std::vector<LooseToken> LooseTokens(std::string_view text, Grammar grammar);

// A statement with a mark for each literal; the names of a new item's attributes stay.
std::string WithoutLiterals(std::string_view statement, std::string_view mark = "?");

}  // namespace dynarock::expression

// What an expression says, for readers who know neither the item nor the values: read from the
// syntax tree alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "expression/language.h"
#include "expression/update.h"

namespace dynarock::expression {

// A path in an expression. Borrows the expression's text.
struct Mention {
  std::string_view attribute;  // the first element as written: an attribute's name, or "#name"
  // By what it is tested: "=", "<", "BETWEEN", "IN", "begins_with", ... A comparison is that of the
  // path with the other side: "<" of ":v > a". The function whose first operand it is, where it is
  // one: "size" of "size(a) > :v", "if_not_exists". Empty: none of these.
  std::string_view test = {};

  // In an UpdateExpression.
  uint32_t action = 0;  // it belongs to this one, counted from 0
  ActionKind section = ActionKind::kSet;
  bool target = false;  // the action changes what lies there
  bool in_sum = false;  // it is part of a sum or difference
};

struct Reading {
  std::vector<Mention> mentions;  // in the order of the text
  bool conjunction = true;        // a condition without OR and NOT: all of its tests must hold
};

// nullopt: the text has no syntax of the language. What is wrong beyond the syntax (an attribute
// name that is a reserved word, a placeholder that stands for nothing) does not count.
std::optional<Reading> Read(Language language, std::string_view text);

}  // namespace dynarock::expression

// An attribute value as a tree, for the one place that changes values: update expressions.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "storage/item/encoded.h"

namespace dynarock {

struct Value {
  Type type = Type::kNull;
  std::string text;                               // S, B, N (canonical)
  std::vector<std::string> set;                   // SS, NS, BS: ascending as encoded
  std::vector<Value> list;                        // L
  std::map<std::string, Value, std::less<>> map;  // M
};

// A tree from encoded bytes, and back (appended to `out`).
Value Decode(ValueView view);
void Encode(const Value& value, std::string& out);

}  // namespace dynarock

// Attribute values as the model holds them: plain trees, nothing of the server's encoding.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "storage/item/json.h"

namespace dynarock::model {

// One attribute value. `text` is a string, the canonical text of a number, base64 of a binary, or
// "true" and "false"; `elements` are a set's.
struct Value {
  std::string type;  // "S", "N", "B", "SS", "NS", "BS", "L", "M", "BOOL", "NULL"
  std::string text = {};
  std::set<std::string> elements = {};
  std::vector<Value> list = {};
  std::map<std::string, Value> map = {};

  bool operator==(const Value&) const = default;
};

using Item = std::map<std::string, Value>;

Value S(std::string text);
// `text` may be any form of a number that `Canonical` knows.
Value N(const std::string& text);
Value B(std::string base64);

// The one text that a number is answered in. Knows the integers and what NumberForms lists.
std::string Canonical(const std::string& number);
// Numbers that are not plain integers, each as it may be sent and as it comes back.
const std::vector<std::pair<std::string, std::string>>& NumberForms();

// Less, equal or greater, as key values and conditions order them; both have the same type, S, N or
// B. Base64 of binaries is decoded.
int Order(const Value& a, const Value& b);
bool BeginsWith(const Value& whole, const Value& prefix);

// The value and the item as DynamoDB JSON, and back. `sent`: a number as it was written.
std::string ToJson(const Value& value);
std::string ToJson(const Item& item);
Value ValueOf(const JsonValue& json);
Item ItemOf(const JsonValue& json);

}  // namespace dynarock::model

// The items in the text of a seed file.
#pragma once

#include <cstddef>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace dynarock::schema {

struct SeedItem {
  std::string table;  // empty: the file's
  std::string item;   // as DynamoDB JSON: {"pk": {"S": "a"}}
  size_t line = 0;    // where it, or what it is a part of, begins
};

struct SeedFault {
  size_t line = 0;
  std::string text;
};

// Calls `sink` for each item; false from it ends the reading. The text may hold
//  - JSON lines, or values one after the other, or one array of such values;
//  - each value an item in DynamoDB JSON or in plain JSON ({"pk": "a", "n": 1}), an item in
//    {"Item": ...} or {"PutRequest": {"Item": ...}}, the answer of a Scan ({"Items": [...]}), or
//    the tables of BatchWriteItem ({"orders": [{"PutRequest": ...}]}, also in {"RequestItems": }).
// Nullopt: read to the end, or ended by `sink`.
std::optional<SeedFault> ReadSeedText(std::string_view text,
                                      const std::function<bool(SeedItem)>& sink);

// An item of plain JSON as DynamoDB JSON: texts S, numbers N as written, true and false BOOL, null
// NULL, lists L, objects M. Error: what of it no JSON reader here takes, such as 1e400.
std::expected<std::string, std::string> FromPlainJson(std::string_view object);

}  // namespace dynarock::schema

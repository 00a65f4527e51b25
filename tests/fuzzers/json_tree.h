// JSON as a tree that mutators change: members keep their order and may come twice, numbers are
// kept as written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dynarock::fuzzers {

struct JsonTree {
  enum class Kind : uint8_t { kNull, kBool, kNumber, kString, kArray, kObject };

  Kind kind = Kind::kNull;
  std::string text;                // a string's content; numbers, true and false as written
  std::vector<std::string> names;  // of an object's members, one per child
  std::vector<JsonTree> children;

  static JsonTree String(std::string text);
  static JsonTree Number(std::string written);
  static JsonTree Bool(bool value);
  static JsonTree Array();
  static JsonTree Object();

  // Appends to an array, or a member to an object, whether or not it has the name already.
  void Add(JsonTree value);
  void Add(std::string name, JsonTree value);
  void Remove(size_t child);
  // The first member of that name; null: none.
  JsonTree* Find(std::string_view name);
};

// Nullopt: `text` is not JSON.
std::optional<JsonTree> ParseTree(std::string_view text);
// Appends the tree as JSON. Strings that are not UTF-8 are written as their bytes.
void WriteTree(const JsonTree& tree, std::string& out);

// Every value in the tree, the root first. Valid until the tree is changed.
std::vector<JsonTree*> AllOf(JsonTree& root);

}  // namespace dynarock::fuzzers

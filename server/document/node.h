// A value read from a file (HCL, YAML, JSON), with the place it came from. All readers yield these,
// so that what is wrong with a table can be shown at its line and column.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dynarock::document {

// Line and column count from 1; columns in characters.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
};

struct Node {
  enum class Kind : uint8_t {
    kNull,
    kBool,
    kNumber,  // `text` has it as written or computed, without an exponent where it is whole
    kString,
    kList,
    kMap,
    kUnresolved,  // known only when it is deployed; `text` is the expression as written
  };
  // Written down, since Clang would make it up before it knows the pairs in `map`, which hold
  // nodes.
  Node() {}

  Kind kind = Kind::kNull;
  Place place;
  bool boolean = false;
  std::string text;
  std::vector<Node> list;
  std::vector<std::pair<std::string, Node>> map;  // in order, names once
  // kUnresolved: why, in words ("var.stage has no default").
  std::string why;
  // A member of a map: where its name stands. 0: not known.
  int name_line = 0;
  int name_column = 0;
  std::string name_file;  // empty: the value's own

  // Takes over where the name of another value of this member stands.
  void TakeName(const Node& other) {
    name_line = other.name_line;
    name_column = other.name_column;
    const std::string& file = other.name_file.empty() ? other.place.file : other.name_file;
    name_file = file == place.file ? std::string() : file;
  }

  // Null when this is no map or lacks the name.
  const Node* Find(std::string_view name) const {
    for (const auto& [member, value] : map) {
      if (member == name) return &value;
    }
    return nullptr;
  }
};

// A value of one place.
inline Node MakeNode(Node::Kind kind, const Place& place, std::string text = {}) {
  Node node;
  node.kind = kind;
  node.place = place;
  node.text = std::move(text);
  return node;
}
inline Node MakeString(const Place& place, std::string text) {
  return MakeNode(Node::Kind::kString, place, std::move(text));
}
inline Node MakeBool(const Place& place, bool value) {
  Node node = MakeNode(Node::Kind::kBool, place);
  node.boolean = value;
  return node;
}
inline Node MakeUnresolved(const Place& place, std::string expression, std::string why) {
  Node node = MakeNode(Node::Kind::kUnresolved, place, std::move(expression));
  node.why = std::move(why);
  return node;
}

}  // namespace dynarock::document

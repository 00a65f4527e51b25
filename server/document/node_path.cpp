#include "server/document/node_path.h"

#include <cctype>
#include <charconv>

#include "storage/item/json.h"
#include "storage/item/text.h"

namespace dynarock::document {

namespace {

bool SameMember(std::string_view a, std::string_view b) {
  if (a.size() != b.size() || a.empty()) return a == b;
  return Upper(a[0]) == Upper(b[0]) && a.substr(1) == b.substr(1);
}

const Node* Step(const Node& node, std::string_view part) {
  if (node.kind == Node::Kind::kMap) {
    for (const auto& [name, value] : node.map) {
      if (SameMember(name, part)) return &value;
    }
    return nullptr;
  }
  size_t number = 0;
  const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
  if (error != std::errc() || end != part.data() + part.size()) return nullptr;
  return number >= 1 && number <= node.list.size() ? &node.list[number - 1] : nullptr;
}

// Walks; `whole` tells whether the path was followed to its end.
const Node& Walk(const Node& root, std::string_view path, bool& whole) {
  const Node* node = &root;
  whole = true;
  while (!path.empty()) {
    const size_t dot = path.find('.');
    const std::string_view part = path.substr(0, dot);
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
    if (part == "member") continue;
    const Node* next = Step(*node, part);
    if (next == nullptr) {
      whole = false;
      break;
    }
    node = next;
  }
  return *node;
}

// Whether `text` is a number in JSON's grammar.
bool IsJsonNumber(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto digits = [&] {
    size_t n = 0;
    while (n < text.size() && text[n] >= '0' && text[n] <= '9') ++n;
    text.remove_prefix(n);
    return n;
  };
  const bool zero = text.starts_with('0');
  const size_t whole = digits();
  if (whole == 0 || (zero && whole > 1)) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (digits() == 0) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (digits() == 0) return false;
  }
  return text.empty();
}

}  // namespace

const Node& Deepest(const Node& root, std::string_view path) {
  bool whole = false;
  return Walk(root, path, whole);
}

const Node* At(const Node& root, std::string_view path) {
  bool whole = false;
  const Node& found = Walk(root, path, whole);
  return whole ? &found : nullptr;
}

std::string_view TextOf(const Node& map, std::string_view name) {
  const Node* member = map.Find(name);
  return member != nullptr && member->kind == Node::Kind::kString ? member->text
                                                                  : std::string_view();
}

const std::vector<Node>& ElementsOf(const Node& map, std::string_view name) {
  static const std::vector<Node> kNone;
  const Node* member = map.Find(name);
  return member == nullptr ? kNone : member->list;
}

Place NamePlace(const Node& member) {
  if (member.name_line == 0) return member.place;
  return {member.name_file.empty() ? member.place.file : member.name_file, member.name_line,
          member.name_column};
}

void AppendJson(const Node& node, std::string& out) {
  bool first = true;
  const auto comma = [&] {
    if (!first) out += ',';
    first = false;
  };
  switch (node.kind) {
    case Node::Kind::kNull:
    case Node::Kind::kUnresolved:
      out += "null";
      return;
    case Node::Kind::kBool:
      out += node.boolean ? "true" : "false";
      return;
    case Node::Kind::kNumber:
      if (IsJsonNumber(node.text)) {
        out += node.text;
      } else {
        AppendJsonString(node.text, out);
      }
      return;
    case Node::Kind::kString:
      AppendJsonString(node.text, out);
      return;
    case Node::Kind::kList:
      out += '[';
      for (const Node& element : node.list) {
        if (element.kind == Node::Kind::kUnresolved) continue;
        comma();
        AppendJson(element, out);
      }
      out += ']';
      return;
    case Node::Kind::kMap:
      out += '{';
      for (const auto& [name, value] : node.map) {
        if (value.kind == Node::Kind::kUnresolved) continue;
        comma();
        AppendJsonString(name, out);
        out += ':';
        AppendJson(value, out);
      }
      out += '}';
      return;
  }
}

}  // namespace dynarock::document

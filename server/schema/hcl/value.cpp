#include "server/schema/hcl/value.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "server/document/number.h"
#include "storage/item/text.h"

namespace dynarock::schema::hcl {
namespace {

using Kind = Node::Kind;

Node Made(Kind kind, const Place& place) {
  Node node;
  node.kind = kind;
  node.place = place;
  return node;
}

bool Less(const Node& left, const Node& right) {
  if (left.kind == Kind::kNumber && right.kind == Kind::kNumber) {
    return NumberOf(left).value_or(0) < NumberOf(right).value_or(0);
  }
  return left.text < right.text;
}

void WriteJsonString(const std::string& text, std::string& out) {
  out += '"';
  for (const char byte : text) {
    switch (byte) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(byte) < 0x20 || byte == '<' || byte == '>' || byte == '&') {
          std::array<char, 8> escape{};
          std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(byte));
          out += escape.data();
        } else {
          out += byte;
        }
    }
  }
  out += '"';
}

}  // namespace

Node NullValue(const Place& place) {
  return Made(Kind::kNull, place);
}

Node TextValue(const Place& place, std::string text) {
  Node node = Made(Kind::kString, place);
  node.text = std::move(text);
  return node;
}

Node NumberValue(const Place& place, long double number) {
  Node node = Made(Kind::kNumber, place);
  node.text = document::NumberText(number);
  return node;
}

Node TruthValue(const Place& place, bool truth) {
  Node node = Made(Kind::kBool, place);
  node.boolean = truth;
  return node;
}

Node ListValue(const Place& place) {
  return Made(Kind::kList, place);
}
Node MapValue(const Place& place) {
  return Made(Kind::kMap, place);
}

Node UnresolvedValue(const Place& place, std::string_view text, std::string why) {
  Node node = Made(Kind::kUnresolved, place);
  node.text = text;
  node.why = std::move(why);
  return node;
}

std::string_view KindName(const Node& value) {
  switch (value.kind) {
    case Kind::kNull:
      return "null";
    case Kind::kBool:
      return "a boolean";
    case Kind::kNumber:
      return "a number";
    case Kind::kString:
      return "a string";
    case Kind::kList:
      return "a list";
    case Kind::kMap:
      return "an object";
    case Kind::kUnresolved:
      return "a value known only when it is deployed";
  }
  return "a value";
}

std::optional<std::string> TextOf(const Node& value) {
  switch (value.kind) {
    case Kind::kBool:
      return value.boolean ? "true" : "false";
    case Kind::kNumber:
    case Kind::kString:
      return value.text;
    default:
      return std::nullopt;
  }
}

std::optional<long double> NumberOf(const Node& value) {
  if (value.kind != Kind::kNumber && value.kind != Kind::kString) return std::nullopt;
  return document::NumberOf(std::string_view(value.text));
}

std::optional<bool> TruthOf(const Node& value) {
  if (value.kind == Kind::kBool) return value.boolean;
  if (value.kind != Kind::kString) return std::nullopt;
  if (value.text == "true") return true;
  if (value.text == "false") return false;
  return std::nullopt;
}

bool IsUnresolved(const Node& value) {
  return value.kind == Kind::kUnresolved;
}

const Node* FindUnresolved(const Node& value) {
  if (IsUnresolved(value)) return &value;
  for (const Node& element : value.list) {
    if (const Node* found = FindUnresolved(element)) return found;
  }
  for (const auto& [name, member] : value.map) {
    if (const Node* found = FindUnresolved(member)) return found;
  }
  return nullptr;
}

bool Equal(const Node& left, const Node& right) {
  if (left.kind != right.kind) return false;
  switch (left.kind) {
    case Kind::kNull:
      return true;
    case Kind::kBool:
      return left.boolean == right.boolean;
    case Kind::kNumber:
      return left.text == right.text || NumberOf(left) == NumberOf(right);
    case Kind::kString:
    case Kind::kUnresolved:
      return left.text == right.text;
    case Kind::kList:
      return std::ranges::equal(left.list, right.list, Equal);
    case Kind::kMap:
      return left.map.size() == right.map.size() &&
             std::ranges::all_of(left.map, [&right](const auto& member) {
               const Node* other = right.Find(member.first);
               return other && Equal(member.second, *other);
             });
  }
  return false;
}

std::vector<std::string_view> Characters(std::string_view text) {
  std::vector<std::string_view> characters;
  for (size_t at = 0; at < text.size();) {
    size_t end = at + 1;
    while (end < text.size() && ContinuesCharacter(text[end])) ++end;
    characters.push_back(text.substr(at, end - at));
    at = end;
  }
  return characters;
}

uint64_t WeightOf(const Node& value) {
  uint64_t weight = 1 + value.text.size() / 64;
  for (const Node& element : value.list) weight += WeightOf(element);
  for (const auto& [name, member] : value.map) weight += WeightOf(member) + name.size() / 64;
  return weight;
}

int DepthOf(const Node& value) {
  int depth = 0;
  for (const Node& element : value.list) depth = std::max(depth, DepthOf(element));
  for (const auto& [name, member] : value.map) depth = std::max(depth, DepthOf(member));
  return depth + 1;
}

void SetMember(Node& map, std::string name, Node value) {
  for (auto& [member, old] : map.map) {
    if (member == name) {
      old = std::move(value);
      return;
    }
  }
  map.map.emplace_back(std::move(name), std::move(value));
}

std::vector<const std::pair<std::string, Node>*> SortedMembers(const Node& map) {
  std::vector<const std::pair<std::string, Node>*> sorted;
  sorted.reserve(map.map.size());
  for (const auto& member : map.map) sorted.push_back(&member);
  std::ranges::sort(sorted, {},
                    [](const auto* member) -> const std::string& { return member->first; });
  return sorted;
}

Node SetOf(Node list) {
  std::ranges::stable_sort(list.list, Less);
  Node set = ListValue(list.place);
  set.text = kSetMark;
  for (Node& element : list.list) {
    // Scalars that are equal stand beside each other now; others are few.
    const bool scalar = element.list.empty() && element.map.empty();
    const auto same = [&element](const Node& other) { return Equal(element, other); };
    const bool twice =
        !IsUnresolved(element) &&
        (scalar ? !set.list.empty() && same(set.list.back()) : std::ranges::any_of(set.list, same));
    if (!twice) set.list.push_back(std::move(element));
  }
  return set;
}

void WriteJsonText(const Node& value, std::string& out) {
  switch (value.kind) {
    case Kind::kNull:
    case Kind::kUnresolved:
      out += "null";
      return;
    case Kind::kBool:
      out += value.boolean ? "true" : "false";
      return;
    case Kind::kNumber:
      out += value.text;
      return;
    case Kind::kString:
      WriteJsonString(value.text, out);
      return;
    case Kind::kList:
      out += '[';
      for (size_t i = 0; i < value.list.size(); ++i) {
        if (i > 0) out += ',';
        WriteJsonText(value.list[i], out);
      }
      out += ']';
      return;
    case Kind::kMap: {
      out += '{';
      bool first = true;
      for (const auto* member : SortedMembers(value)) {
        if (!std::exchange(first, false)) out += ',';
        WriteJsonString(member->first, out);
        out += ':';
        WriteJsonText(member->second, out);
      }
      out += '}';
      return;
    }
  }
}

}  // namespace dynarock::schema::hcl

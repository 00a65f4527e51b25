#include "server/schema/cloudformation/property_shape.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "server/document/node_path.h"
#include "server/document/number.h"
#include "server/document/spelling.h"
#include "storage/item/text.h"

namespace dynarock::schema {

namespace {

using NodeKind = Node::Kind;
using Kind = PropertyShape::Kind;

std::string_view TypeName(Kind kind) {
  switch (kind) {
    case Kind::kText:
      return "String";
    case Kind::kWhole:
      return "Integer";
    case Kind::kNumber:
      return "Number";
    case Kind::kTruth:
      return "Boolean";
    case Kind::kList:
      return "JSONArray";
    default:
      return "JSONObject";
  }
}

std::string_view TypeName(const Node& value) {
  switch (value.kind) {
    case NodeKind::kBool:
      return "Boolean";
    case NodeKind::kNumber:
      return value.text.find('.') == std::string::npos ? "Integer" : "Double";
    case NodeKind::kList:
      return "JSONArray";
    case NodeKind::kMap:
      return "JSONObject";
    default:
      return "String";
  }
}

std::string_view Advice(Kind kind) {
  switch (kind) {
    case Kind::kText:
      return "this takes a string";
    case Kind::kWhole:
      return "this takes a whole number";
    case Kind::kNumber:
      return "this takes a number";
    case Kind::kTruth:
      return "this takes true or false";
    case Kind::kList:
      return "this takes a list";
    default:
      return "this takes an object";
  }
}

// Whether the value has the type; converts it where CloudFormation does.
bool Converts(Node& value, Kind kind) {
  switch (kind) {
    case Kind::kText:
      return value.kind == NodeKind::kString || value.kind == NodeKind::kNumber ||
             value.kind == NodeKind::kBool;
    case Kind::kWhole:
    case Kind::kNumber: {
      const bool scalar = value.kind == NodeKind::kString || value.kind == NodeKind::kNumber;
      const auto number = scalar ? document::NumberOf(value.text) : std::nullopt;
      if (!number || (kind == Kind::kWhole && *number != std::floor(*number))) return false;
      value.kind = NodeKind::kNumber;
      return true;
    }
    case Kind::kTruth: {
      if (value.kind != NodeKind::kString) return value.kind == NodeKind::kBool;
      const std::string word = Lowered(value.text);
      if (word != "true" && word != "false") return false;
      value.kind = NodeKind::kBool;
      value.boolean = word == "true";
      return true;
    }
    case Kind::kObject:
      return value.kind == NodeKind::kMap;
    case Kind::kList:
      return value.kind == NodeKind::kList;
    case Kind::kDocument:
      return value.kind == NodeKind::kMap || value.kind == NodeKind::kString;
  }
  return true;
}

class Checker {
 public:
  Checker(const TableSource& table, std::vector<Message>& messages)
      : table_(table), messages_(messages) {}

  void Check(Node& value, const PropertyShape& shape, const std::string& path) {
    if (value.kind == NodeKind::kUnresolved) return;
    if (value.kind == NodeKind::kNull) {
      messages_.push_back({.severity = Severity::kError,
                           .id = "null-value",
                           .place = NamePlace(value),
                           .text = "Template format error: 'null' values are not allowed in "
                                   "templates (" +
                                   path.substr(path.rfind('/') + 1) + " of " + table_.address + ")",
                           .hint = "give it a value, or leave it out"});
      return Forget(value);
    }
    if (!Converts(value, shape.kind)) {
      Say("wrong-type", value.place,
          path + ": expected type: " + std::string(TypeName(shape.kind)) +
              ", found: " + std::string(TypeName(value)),
          std::string(Advice(shape.kind)));
      return Forget(value);
    }
    if (!shape.words.empty()) CheckWord(value, shape, path);
    if (shape.kind == Kind::kWhole) CheckBounds(value, shape, path);
    if (shape.kind == Kind::kList) CheckElements(value, shape, path);
    if (shape.kind == Kind::kObject) CheckMembers(value, shape, path);
  }

 private:
  void Say(std::string id, const Place& place, const std::string& text, std::string hint) {
    messages_.push_back({.severity = Severity::kError,
                         .id = std::move(id),
                         .place = place,
                         .text = "Properties validation failed for resource " + table_.address +
                                 " with message: " + text,
                         .hint = std::move(hint)});
  }

  static void Forget(Node& value) {
    const Node before = value;
    value = MakeUnresolved(before.place, {}, {});
    value.TakeName(before);
  }

  void CheckWord(Node& value, const PropertyShape& shape, const std::string& path) {
    if (std::ranges::find(shape.words, std::string_view(value.text)) != shape.words.end()) return;
    std::string known;
    for (const std::string_view word : shape.words) {
      known += known.empty() ? "" : word == shape.words.back() ? " or " : ", ";
      known += word;
    }
    Say("template", value.place, path + ": " + value.text + " is not a valid enum value",
        "this is " + known);
    Forget(value);
  }

  void CheckBounds(Node& value, const PropertyShape& shape, const std::string& path) {
    const long double number = document::NumberOf(value.text).value_or(0);
    if (shape.least && number < static_cast<long double>(*shape.least)) {
      Say("template", value.place,
          path + ": " + value.text + " is not greater or equal to " + std::to_string(*shape.least),
          {});
    } else if (shape.most && number > static_cast<long double>(*shape.most)) {
      Say("template", value.place,
          path + ": " + value.text + " is not less or equal to " + std::to_string(*shape.most), {});
    } else {
      return;
    }
    Forget(value);
  }

  void CheckElements(Node& value, const PropertyShape& shape, const std::string& path) {
    const auto size = static_cast<int64_t>(value.list.size());
    const std::string found = ", found: " + std::to_string(size);
    if (shape.least && size < *shape.least) {
      Say("template", NamePlace(value),
          path + ": expected minimum item count: " + std::to_string(*shape.least) + found, {});
    }
    if (shape.most && size > *shape.most) {
      Say("template", NamePlace(value),
          path + ": expected maximum item count: " + std::to_string(*shape.most) + found, {});
    }
    int64_t number = 0;
    for (Node& element : value.list) {
      Check(element, *shape.element, path + "/" + std::to_string(number++));
    }
  }

  void CheckMembers(Node& value, const PropertyShape& shape, const std::string& path) {
    std::vector<std::string_view> missing;
    for (const PropertyMember& member : shape.members) {
      if (value.Find(member.name) == nullptr) missing.push_back(member.name);
    }
    std::vector<std::string_view> meant;
    std::erase_if(value.map, [&](const auto& member) {
      const auto known =
          std::ranges::find(shape.members, std::string_view(member.first), &PropertyMember::name);
      if (known != shape.members.end()) return false;
      constexpr size_t kMostLetters = 3;
      const std::string_view near = document::Misspelt(member.first, missing, kMostLetters);
      if (!near.empty()) meant.push_back(near);
      Say("unknown-property", NamePlace(member.second),
          path + ": extraneous key [" + member.first + "] is not permitted",
          "there is no property of this name here; " +
              (near.empty() ? std::string("is it misspelt?")
                            : "did you mean " + std::string(near) + "?"));
      return true;
    });
    // Not missing, only misspelt.
    for (const std::string_view name : meant) {
      value.map.emplace_back(name, MakeUnresolved(value.place, {}, {}));
    }
    for (const PropertyMember& member : shape.members) {
      const auto given = std::ranges::find(value.map, member.name,
                                           [](const auto& m) { return std::string_view(m.first); });
      const std::string name(member.name);
      if (given != value.map.end()) {
        Check(given->second, *member.shape, path + "/" + name);
      } else if (member.required) {
        Say("template", NamePlace(value), path + ": required key [" + name + "] not found",
            "add " + name);
        value.map.emplace_back(name, MakeUnresolved(value.place, {}, {}));
      }
    }
  }

  const TableSource& table_;
  std::vector<Message>& messages_;
};

}  // namespace

void CheckProperty(Node& value, const PropertyShape& shape, const std::string& path,
                   const TableSource& table, std::vector<Message>& messages) {
  Checker(table, messages).Check(value, shape, path);
}

}  // namespace dynarock::schema

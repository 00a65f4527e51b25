#include "server/schema/cloudformation/declarations.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <utility>

#include "server/document/node_path.h"
#include "server/document/number.h"
#include "server/document/spelling.h"
#include "storage/item/text.h"

namespace dynarock::schema {

namespace {

using Kind = Node::Kind;

void Tell(const Place& place, std::string text, std::string hint, std::vector<Message>& messages) {
  messages.push_back({.severity = Severity::kError,
                      .id = "template",
                      .place = place,
                      .text = std::move(text),
                      .hint = std::move(hint)});
}

constexpr std::array kMembers = std::to_array<std::string_view>(
    {"AllowedPattern", "AllowedValues", "ConstraintDescription", "Default", "Description",
     "MaxLength", "MaxValue", "MinLength", "MinValue", "NoEcho", "Type"});

constexpr std::array kPlainTypes = std::to_array<std::string_view>(
    {"CommaDelimitedList", "List<Number>", "List<String>", "Number", "String"});

bool IsKnownType(std::string_view type) {
  return std::ranges::find(kPlainTypes, type) != kPlainTypes.end() || type.starts_with("AWS::") ||
         type.starts_with("List<AWS::");
}

bool IsDigits(std::string_view text) {
  return !text.empty() && (text.size() == 1 || text[0] != '0') &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool IsList(std::string_view type) {
  return type == "CommaDelimitedList" || type.starts_with("List<");
}

std::optional<long double> NumberIn(const Node& declaration, std::string_view member) {
  const Node* value = declaration.Find(member);
  const auto text = value == nullptr ? std::nullopt : ScalarText(*value);
  return text ? document::NumberOf(*text) : std::nullopt;
}

// Whether a text matches a pattern as a whole; nullopt: this kind of pattern is not known here.
// CloudFormation has Java's expressions.
std::optional<bool> Matches(const std::string& text, const std::string& pattern) {
  // Bounded, since the matcher's work and its stack are not.
  constexpr size_t kLongestText = 256;
  constexpr size_t kLongestPattern = 500;
  if (text.size() > kLongestText || pattern.size() > kLongestPattern) return std::nullopt;
  // They mean something else in Java, or nothing there.
  for (const char* other : {"(?", "\\p", "\\P", "&&", "++", "*+", "?+", "}+", "\\Q", "\\h", "[["}) {
    if (pattern.find(other) != std::string::npos) return std::nullopt;
  }
  try {
    // The matcher whose time is bounded; it knows no back references.
    const std::regex compiled(pattern, std::regex::ECMAScript | std::regex_constants::__polynomial);
    return std::regex_match(text, compiled);
  } catch (const std::regex_error&) {
    return std::nullopt;
  }
}

class Declaration {
 public:
  Declaration(const std::string& name, const Node& node, std::vector<Message>& messages)
      : name_(name), node_(node), messages_(messages) {}

  void Check() {
    if (node_.kind != Kind::kMap) {
      return Say(node_.place, "Template format error: Every Parameters object must be an object.",
                 name_ + " has members such as Type and Default");
    }
    bool type_misspelt = false;
    for (const auto& [member, value] : node_.map) {
      if (std::ranges::find(kMembers, std::string_view(member)) != kMembers.end()) continue;
      constexpr size_t kMostLetters = 3;
      const std::string_view meant = document::Misspelt(member, kMembers, kMostLetters);
      type_misspelt = type_misspelt || meant == "Type";
      Say(NamePlace(value), "Invalid template parameter property '" + member + "'",
          meant.empty() ? "a parameter has no property of this name (parameter " + name_ + ")"
                        : "did you mean " + std::string(meant) + "? (parameter " + name_ + ")");
    }
    const Node* type = node_.Find("Type");
    if (type == nullptr) {
      if (type_misspelt) return;
      return Say(NamePlace(node_),
                 "Template format error: Every Parameters object must contain a Type member.",
                 name_ + " has no Type");
    }
    if (type->kind == Kind::kUnresolved) return;
    if (type->kind != Kind::kString || !IsKnownType(type->text)) return CheckType(*type);
    if (const Node* given = node_.Find("Default")) CheckDefault(*given, type->text);
  }

 private:
  void Say(const Place& place, std::string text, std::string hint) {
    Tell(place, std::move(text), std::move(hint), messages_);
  }

  void CheckType(const Node& type) {
    constexpr size_t kMostLetters = 3;
    const std::string_view meant = document::Misspelt(type.text, kPlainTypes, kMostLetters);
    Say(type.place, "Template format error: Unrecognized parameter type: " + Written(type),
        meant.empty() ? "types are String, Number, CommaDelimitedList, List<Number>, and those "
                        "that begin with AWS::"
                      : "did you mean " + std::string(meant) + "?");
  }

  void Wrong(const Node& given, const std::string& must) {
    Say(given.place, "Parameter '" + name_ + "' must " + must,
        "the default is \"" + Written(given) + "\": it is checked like a value that is given");
  }

  void CheckDefault(const Node& given, const std::string& type) {
    auto text = ScalarText(given);
    if (!text && given.kind == Kind::kNull) text = "";
    if (!text) {
      if (given.kind == Kind::kUnresolved) return;
      return Say(given.place, "Template format error: Every Default member must be a string.",
                 IsList(type) ? "a list is written as text: 'a,b'" : "write the value as text");
    }
    if (type.starts_with("AWS::SSM::")) return;  // a name, whose value is looked up
    // How a word such as yes, or a fraction, becomes text is the YAML reader's affair.
    const bool plain = given.kind == Kind::kString || given.kind == Kind::kNull || IsDigits(*text);
    if (!plain && type != "Number") return;
    std::vector<std::string> values = {*text};
    if (IsList(type)) {
      values.clear();
      std::string_view rest = *text;
      for (;;) {
        const size_t comma = rest.find(',');
        values.emplace_back(Trimmed(rest.substr(0, comma), " "));
        if (comma == std::string_view::npos) break;
        rest.remove_prefix(comma + 1);
      }
    }
    for (const std::string& value : values) {
      if (!CheckValue(given, value, type)) return;
    }
  }

  // False: something is wrong with it, which is told.
  bool CheckValue(const Node& given, const std::string& value, const std::string& type) {
    const Node* allowed = node_.Find("AllowedValues");
    if (allowed != nullptr && !allowed->list.empty() &&
        std::ranges::none_of(allowed->list, [&](const Node& one) {
          return one.kind == Kind::kUnresolved || ScalarText(one) == value;
        })) {
      Wrong(given, "be one of AllowedValues");
      return false;
    }
    if (type == "Number" || type == "List<Number>") return CheckNumber(given, value);
    if (type == "String") {
      const auto size = static_cast<long double>(CharactersIn(value));
      if (const auto least = NumberIn(node_, "MinLength"); least && size < *least) {
        Wrong(given, "contain at least " + document::NumberText(*least) + " characters");
        return false;
      }
      if (const auto most = NumberIn(node_, "MaxLength"); most && size > *most) {
        Wrong(given, "contain at most " + document::NumberText(*most) + " characters");
        return false;
      }
    }
    const Node* pattern = node_.Find("AllowedPattern");
    if (pattern == nullptr || pattern->kind != Kind::kString) return true;
    if (Matches(value, pattern->text).value_or(true)) return true;
    Wrong(given, "match pattern " + pattern->text);
    return false;
  }

  bool CheckNumber(const Node& given, const std::string& value) {
    const auto number = document::NumberOf(value);
    if (!number) {
      Wrong(given, "be a number");
      return false;
    }
    if (const auto least = NumberIn(node_, "MinValue"); least && *number < *least) {
      Wrong(given, "be a number not less than " + document::NumberText(*least));
      return false;
    }
    if (const auto most = NumberIn(node_, "MaxValue"); most && *number > *most) {
      Wrong(given, "be a number not greater than " + document::NumberText(*most));
      return false;
    }
    return true;
  }

  static size_t CharactersIn(std::string_view text) {
    return static_cast<size_t>(
        std::ranges::count_if(text, [](unsigned char c) { return (c & 0xC0) != 0x80; }));
  }

  const std::string& name_;
  const Node& node_;
  std::vector<Message>& messages_;
};

bool IsAlphanumeric(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](unsigned char c) {
    return c < 0x80 && std::isalnum(c) != 0;
  });
}

bool NamesServerless(const Node& transform) {
  constexpr std::string_view kServerless = "AWS::Serverless-2016-10-31";
  return transform.text == kServerless || std::ranges::any_of(transform.list, NamesServerless);
}

}  // namespace

void CheckParameters(const Node& root, std::vector<Message>& messages) {
  const Node* parameters = root.Find("Parameters");
  if (parameters == nullptr) return;
  for (const auto& [name, declaration] : parameters->map) {
    Declaration(name, declaration, messages).Check();
  }
}

void CheckLogicalIds(const Node& root, std::vector<Message>& messages) {
  constexpr std::pair<const char*, const char*> kSections[] = {
      {"Parameters", "Parameter"}, {"Resources", "Resource"}, {"Outputs", "Output"}};
  for (const auto& [name, kind] : kSections) {
    const Node* section = root.Find(name);
    if (section == nullptr) continue;
    for (const auto& [id, value] : section->map) {
      if (IsAlphanumeric(id) || id.starts_with("Fn::")) continue;
      Tell(NamePlace(value),
           "Template format error: " + std::string(kind) + " name " + id + " is non alphanumeric.",
           "logical ids are letters and digits", messages);
    }
  }
}

void CheckServerlessTypes(const Node& root, std::vector<Message>& messages) {
  const Node* transform = root.Find("Transform");
  const Node* resources = root.Find("Resources");
  if (resources == nullptr || (transform != nullptr && NamesServerless(*transform))) return;
  std::string types;
  const Node* first = nullptr;
  for (const auto& [id, resource] : resources->map) {
    const Node* type = resource.Find("Type");
    if (type == nullptr || !type->text.starts_with("AWS::Serverless::")) continue;
    if (first == nullptr) first = type;
    if (types.find(type->text) == std::string::npos) {
      types += (types.empty() ? "" : ", ") + type->text;
    }
  }
  if (first == nullptr) return;
  Tell(first->place, "Template format error: Unrecognized resource types: [" + types + "]",
       "they need Transform: AWS::Serverless-2016-10-31", messages);
}

void CheckOutputs(const Node& root, Template& functions, std::vector<Message>& messages) {
  const Node* outputs = root.Find("Outputs");
  if (outputs == nullptr) return;
  functions.set_block("Outputs");
  for (const auto& [name, output] : outputs->map) {
    if (name.starts_with("Fn::")) continue;
    if (output.kind == Kind::kMap && output.Find("Value") == nullptr) {
      Tell(NamePlace(output),
           "Template format error: Every Outputs member must contain a Value object",
           name + " has no Value", messages);
    }
    functions.CheckReferences(output);
    const Node* condition = output.Find("Condition");
    if (condition != nullptr && condition->kind == Kind::kString) {
      functions.ConditionHolds(condition->text, condition->place);
    }
  }
  functions.set_block("Resources");
}

}  // namespace dynarock::schema

#include "server/schema/cloudformation/template.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "storage/item/text.h"

namespace dynarock::schema {

namespace {

constexpr std::string_view kServerlessTransform = "AWS::Serverless-2016-10-31";
constexpr size_t kMostMadeBytes = 64 * 1024 * 1024;
constexpr size_t kMostWritten = 120;

const Node* Section(const Node& root, std::string_view name) {
  const Node* section = root.Find(name);
  return section != nullptr && section->kind == Node::Kind::kMap ? section : nullptr;
}

// The function and its argument, where a map is a call: `{"Ref": ...}`, `{"Fn::X": ...}`.
const std::pair<std::string, Node>* Call(const Node& value) {
  if (value.kind != Node::Kind::kMap || value.map.size() != 1) return nullptr;
  const auto& only = value.map.front();
  const bool call = only.first == "Ref" || only.first.starts_with("Fn::");
  return call ? &only : nullptr;
}

bool IsNoValue(const Node& node) {
  return node.kind == Node::Kind::kNull && node.text == "AWS::NoValue";
}

Node Text(const Node& call, std::string text) {
  return MakeString(call.place, std::move(text));
}

// Values that every deployment has. The server lives in one region and account; those of the stack
// are not known unless `region` is.
std::optional<std::string> PseudoParameter(std::string_view name, std::string_view region) {
  const bool china = region.starts_with("cn-");
  if (name == "AWS::Region") return "us-east-1";
  if (name == "AWS::AccountId") return "000000000000";
  if (name == "AWS::Partition") {
    return china ? "aws-cn" : region.starts_with("us-gov-") ? "aws-us-gov" : "aws";
  }
  if (name == "AWS::URLSuffix") return china ? "amazonaws.com.cn" : "amazonaws.com";
  return std::nullopt;
}

std::vector<std::string> Parts(std::string_view text, std::string_view delimiter) {
  std::vector<std::string> parts;
  if (delimiter.empty()) return {std::string(text)};
  for (;;) {
    const size_t at = text.find(delimiter);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + delimiter.size());
  }
}

// Of AWS::Region and AWS::AccountId the one that a value is made of and nobody has set: its own
// value only stands in for the deployment's. Empty: neither.
std::string_view StandIn(const Node& value, const ReadOptions& options) {
  constexpr std::array kStandIns =
      std::to_array<std::string_view>({"AWS::Region", "AWS::AccountId"});
  for (const std::string_view name : kStandIns) {
    if (options.values.contains(name) || value.kind != Node::Kind::kString) continue;
    if (value.text == name || value.text.find("${" + std::string(name) + "}") != std::string::npos)
      return name;
  }
  for (const Node& element : value.list) {
    if (const auto name = StandIn(element, options); !name.empty()) return name;
  }
  for (const auto& [member, inner] : value.map) {
    if (const auto name = StandIn(inner, options); !name.empty()) return name;
  }
  return {};
}

Node TooMuch(const Node& call) {
  return MakeUnresolved(call.place, Written(call), "the template's functions make too much text");
}

Node ListOf(const Node& call, const std::vector<std::string>& parts) {
  Node list = MakeNode(Node::Kind::kList, call.place);
  for (const std::string& part : parts) list.list.push_back(Text(call, part));
  return list;
}

// The first unresolved value in a list, if any.
const Node* FirstUnresolved(const std::vector<Node>& values) {
  const auto it = std::find_if(values.begin(), values.end(), [](const Node& value) {
    return value.kind == Node::Kind::kUnresolved;
  });
  return it == values.end() ? nullptr : &*it;
}

void AppendWritten(const Node& value, std::string& out) {
  if (out.size() > kMostWritten) return;
  if (const auto* call = Call(value)) {
    out += "!" + (call->first == "Ref" ? call->first : call->first.substr(4)) + " ";
    AppendWritten(call->second, out);
    return;
  }
  switch (value.kind) {
    case Node::Kind::kNull:
      out += "null";
      return;
    case Node::Kind::kList:
      out += '[';
      for (const Node& element : value.list) {
        if (&element != &value.list.front()) out += ", ";
        AppendWritten(element, out);
      }
      out += ']';
      return;
    case Node::Kind::kMap:
      out += '{';
      for (const auto& [name, member] : value.map) {
        if (&name != &value.map.front().first) out += ", ";
        out += name + ": ";
        AppendWritten(member, out);
      }
      out += '}';
      return;
    case Node::Kind::kBool:
      out += value.boolean ? "true" : "false";
      return;
    default:
      out += value.text;
  }
}

// Whether AllowedValues of a parameter, if it has any, hold a value.
bool IsAllowed(const Node& parameter, const std::string& value) {
  const Node* allowed = parameter.Find("AllowedValues");
  if (allowed == nullptr || allowed->list.empty()) return true;
  const Node* type = parameter.Find("Type");
  const bool list = type != nullptr && (type->text == "CommaDelimitedList" ||
                                        std::string_view(type->text).starts_with("List<"));
  return list || std::any_of(allowed->list.begin(), allowed->list.end(),
                             [&](const Node& one) { return ScalarText(one) == value; });
}

// "{{resolve:ssm:/orders/table:1}}", alone or in a text: a dynamic reference.
bool HasDynamicReference(const Node& value) {
  return value.kind == Node::Kind::kString && value.text.find("{{resolve:") != std::string::npos;
}
Node LookedUp(const Node& at, const Node& value) {
  return MakeUnresolved(at.place, value.text,
                        "the dynamic reference is looked up when it is deployed");
}

}  // namespace

std::string Written(const Node& value) {
  std::string out;
  AppendWritten(value, out);
  if (out.size() > kMostWritten) {
    out = std::string(CutAtCharacter(out, kMostWritten)) + "...";
  }
  // One line, whatever a block of text holds.
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  return out;
}

std::optional<std::string> ScalarText(const Node& value) {
  switch (value.kind) {
    case Node::Kind::kString:
    case Node::Kind::kNumber:
      return value.text;
    case Node::Kind::kBool:
      return value.boolean ? "true" : "false";
    default:
      return std::nullopt;
  }
}

Template::Template(const Node& root, const ReadOptions& options, std::vector<Message>& messages)
    : options_(options),
      messages_(messages),
      parameters_(Section(root, "Parameters")),
      mappings_(Section(root, "Mappings")),
      conditions_(Section(root, "Conditions")),
      resources_(Section(root, "Resources")),
      open_(false) {
  sam_ = resources_ != nullptr && std::ranges::any_of(resources_->map, [](const auto& resource) {
           const Node* type = resource.second.Find("Type");
           return type != nullptr && type->text.starts_with("AWS::Serverless::");
         });
  const Node* transform = root.Find("Transform");
  if (transform == nullptr) return;
  const auto read = [&](const Node& name) {
    if (name.text == kServerlessTransform) {
      sam_ = true;
    } else if (name.text != "AWS::LanguageExtensions") {
      open_ = true;
    }
  };
  if (transform->kind == Node::Kind::kList) {
    std::ranges::for_each(transform->list, read);
  } else {
    read(*transform);
  }
}

void Template::Assume(std::set<std::string, std::less<>> others) {
  assuming_ = true;
  others_ = std::move(others);
}

// SAM names what it makes by what it is made of: the role of a function Read is ReadRole. So do
// modules.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
bool Template::MayBeMade(std::string_view name) const {
  if (open_) return true;
  if (sam_ && (name.starts_with("Serverless") || name.starts_with("CodeDeploy"))) return true;
  return resources_ != nullptr && std::ranges::any_of(resources_->map, [&](const auto& resource) {
           if (!name.starts_with(resource.first)) return false;
           const Node* type = resource.second.Find("Type");
           const std::string_view kind = type == nullptr ? std::string_view() : type->text;
           return (kind.starts_with("AWS::Serverless::") &&
                   kind != "AWS::Serverless::SimpleTable") ||
                  kind.ends_with("::MODULE") || resource.second.Find("Connectors") != nullptr;
         });
}

bool Template::Charge(size_t bytes) {
  made_bytes_ += bytes;
  return made_bytes_ <= kMostMadeBytes;
}

Node Template::Wrong(const Node& call, std::string text, std::string hint) {
  const std::string once = text + " " + std::to_string(call.place.line);
  if (said_.insert(once).second) {
    messages_.push_back({.severity = Severity::kError,
                         .id = "template",
                         .place = call.place,
                         .text = std::move(text),
                         .hint = std::move(hint)});
  }
  return MakeUnresolved(call.place, Written(call), {});  // nothing more is said of it
}

Node Template::Resolve(const Node& value) {
  const auto* call = Call(value);
  if (call != nullptr || HasDynamicReference(value)) {
    Node result = call != nullptr ? Function(value, call->first, call->second) : value;
    if (HasDynamicReference(result)) result = LookedUp(value, result);
    result.TakeName(value);
    return result;
  }
  if (value.kind != Node::Kind::kList && value.kind != Node::Kind::kMap) return value;
  Node result = MakeNode(value.kind, value.place);
  result.TakeName(value);
  for (const Node& element : value.list) {
    Node resolved = Resolve(element);
    if (!IsNoValue(resolved)) result.list.push_back(std::move(resolved));
  }
  for (const auto& [name, member] : value.map) {
    Node resolved = Resolve(member);
    if (!IsNoValue(resolved)) result.map.emplace_back(name, std::move(resolved));
  }
  return result;
}

Node Template::Function(const Node& call, const std::string& name, const Node& argument) {
  if (!Charge(sizeof(Node))) return TooMuch(call);
  if (argument.kind == Node::Kind::kUnresolved) return argument;
  if (name == "Ref") {
    const auto target = ScalarText(argument);
    if (!target) return Wrong(call, "Template format error: Ref takes a name", {});
    return Ref(call, *target);
  }
  if (name == "Fn::Sub") return Sub(call, argument);
  if (name == "Fn::Join") return Join(call, argument);
  if (name == "Fn::Select") return Select(call, argument);
  if (name == "Fn::Split") return Split(call, argument);
  if (name == "Fn::FindInMap") return FindInMap(call, argument);
  if (name == "Fn::If") return If(call, argument);
  if (name == "Fn::Length") return Length(call, argument);
  if (name == "Fn::Equals" || name == "Fn::And" || name == "Fn::Or" || name == "Fn::Not") {
    const auto truth = Truth(call);
    if (truth) return MakeBool(call.place, *truth);
    return MakeUnresolved(call.place, Written(call), "the condition depends on the deployment");
  }
  if (name == "Fn::ImportValue") {
    return MakeUnresolved(call.place, Written(call), "another stack exports the value");
  }
  if (name == "Fn::GetAtt") return GetAtt(call, argument);
  return MakeUnresolved(call.place, Written(call), name + " is computed when it is deployed");
}

Node Template::Ref(const Node& call, const std::string& name) {
  const auto given = options_.values.find(name);
  if (parameters_ != nullptr) {
    if (const Node* parameter = parameters_->Find(name)) return Parameter(call, name, *parameter);
  }
  if (name == "AWS::NoValue") return MakeNode(Node::Kind::kNull, call.place, name);
  if (name.starts_with("AWS::")) {
    if (others_.contains(name)) return MakeUnresolved(call.place, Written(call), "it may be any");
    if (given != options_.values.end()) {
      if (name == "AWS::NotificationARNs") return ListOf(call, Parts(given->second, ","));
      return Text(call, given->second);
    }
    const auto region = options_.values.find("AWS::Region");
    const auto value = PseudoParameter(name, region == options_.values.end() ? "" : region->second);
    if (value) return Text(call, *value);
    return MakeUnresolved(call.place, Written(call),
                          name + " is the deployment's; --set " + name + "=VALUE gives it a value");
  }
  const Node* resource = resources_ == nullptr ? nullptr : resources_->Find(name);
  if (resource != nullptr) {
    const Node* properties = resource->Find("Properties");
    const Node* table_name = properties == nullptr ? nullptr : properties->Find("TableName");
    if (table_name != nullptr && table_name->kind == Node::Kind::kString) {
      return Text(call, table_name->text);
    }
    return MakeUnresolved(call.place, Written(call), "the resource has its name once it exists");
  }
  if (MayBeMade(name)) {
    return MakeUnresolved(call.place, Written(call), "a transform may make the resource " + name);
  }
  return Undefined(
      call, name,
      "Ref names a parameter or resource of the template; there is none called " + name);
}

Node Template::Undefined(const Node& call, const std::string& name, std::string hint) {
  if (block_ == "Conditions") {
    return Wrong(call,
                 "Template format error: Unresolved dependencies [" + name +
                     "]. Cannot reference resources in the Conditions block of the template",
                 "a condition refers to parameters; there is none called " + name);
  }
  return Wrong(call,
               "Template format error: Unresolved resource dependencies [" + name + "] in the " +
                   block_ + " block of the template",
               std::move(hint));
}

Node Template::Parameter(const Node& call, const std::string& name, const Node& parameter) {
  const Node* type = parameter.Find("Type");
  const std::string_view type_name = type == nullptr ? std::string_view() : type->text;
  const auto given = options_.values.find(name);
  std::optional<std::string> value;
  if (given != options_.values.end()) {
    value = given->second;
    if (!IsAllowed(parameter, *value)) {  // told once, where the parameter is declared
      Node declared = MakeNode(Node::Kind::kNull, parameter.place);
      if (parameter.name_line > 0) {
        declared.place.line = parameter.name_line;
        declared.place.column = parameter.name_column;
      }
      Wrong(declared, "Parameter '" + name + "' must be one of AllowedValues",
            "--set " + name + "=" + *value + " is not one of them");
      return MakeUnresolved(call.place, Written(call), {});
    }
  } else if (const Node* fallback = assuming_ ? nullptr : parameter.Find("Default")) {
    value = ScalarText(*fallback);
    // An empty text in YAML reads as null.
    if (!value && fallback->kind == Node::Kind::kNull) value = "";
  }
  const std::string advice = "--set " + name + "=VALUE gives it a value";
  if (!value) {
    return MakeUnresolved(call.place, Written(call),
                          "the parameter " + name + " has no default; " + advice);
  }
  if (type_name.starts_with("AWS::SSM::") && given == options_.values.end()) {
    return MakeUnresolved(call.place, Written(call),
                          "the parameter " + name + " is read from the Parameter Store; " + advice);
  }
  if (!Charge(value->size())) return TooMuch(call);
  if (type_name == "CommaDelimitedList" || type_name.starts_with("List<")) {
    std::vector<std::string> parts = Parts(*value, ",");
    for (std::string& part : parts) part = std::string(Trimmed(part, " "));
    if (!Charge(parts.size() * sizeof(Node))) return TooMuch(call);
    return ListOf(call, parts);
  }
  return Text(call, *value);
}

Node Template::Sub(const Node& call, const Node& argument) {
  const Node* text = &argument;
  const Node* names = nullptr;
  if (argument.kind == Node::Kind::kList && argument.list.size() == 2) {
    text = argument.list.data();
    names = &argument.list[1];
  }
  if (text->kind != Node::Kind::kString) {
    return Wrong(
        call,
        "Template error: One or more Fn::Sub intrinsic functions don't specify expected "
        "arguments. Specify a string as first argument, and an optional second argument to "
        "specify a mapping of values to replace in the string",
        {});
  }
  std::string out;
  std::string_view rest = text->text;
  for (;;) {
    const size_t at = rest.find("${");
    out += rest.substr(0, at);
    if (at == std::string_view::npos) break;
    rest.remove_prefix(at + 2);
    const size_t end = rest.find('}');
    if (end == std::string_view::npos) {
      out += "${";
      continue;
    }
    const std::string name(Trimmed(rest.substr(0, end), " "));
    rest.remove_prefix(end + 1);
    if (name.starts_with('!')) {  // ${!Literal} stands for ${Literal}
      out += "${" + name.substr(1) + "}";
      continue;
    }
    Node value;
    const Node* own = names == nullptr ? nullptr : names->Find(name);
    if (own != nullptr) {
      value = Resolve(*own);
    } else if (name.find('.') != std::string::npos) {
      value = MakeUnresolved(call.place, name, "the resource has the value once it exists");
    } else {
      value = Ref(call, name);
    }
    const auto piece = ScalarText(value);
    if (!piece || !Charge(piece->size())) {
      return MakeUnresolved(
          call.place, Written(*text),
          value.kind == Node::Kind::kUnresolved ? value.why : "${" + name + "} is not text");
    }
    out += *piece;
  }
  return Text(call, std::move(out));
}

Node Template::Join(const Node& call, const Node& argument) {
  if (argument.kind != Node::Kind::kList || argument.list.size() != 2 ||
      argument.list[0].kind != Node::Kind::kString) {
    return Wrong(call,
                 "Template error: every Fn::Join object requires two parameters, (1) a string "
                 "delimiter and (2) a list of strings to be joined or a function that returns a "
                 "list of strings (such as Fn::GetAZs) to be joined.",
                 {});
  }
  const Node values = Resolve(argument.list[1]);
  if (values.kind == Node::Kind::kUnresolved) {
    return MakeUnresolved(call.place, Written(call), values.why);
  }
  if (const Node* unknown = FirstUnresolved(values.list)) {
    return MakeUnresolved(call.place, Written(call), unknown->why);
  }
  std::string out;
  for (const Node& value : values.list) {
    const auto piece = ScalarText(value);
    if (!piece || !Charge(piece->size() + argument.list[0].text.size())) {
      return MakeUnresolved(call.place, Written(call), "a part of it is not text");
    }
    if (&value != values.list.data()) out += argument.list[0].text;
    out += *piece;
  }
  return Text(call, std::move(out));
}

Node Template::Select(const Node& call, const Node& argument) {
  if (argument.kind != Node::Kind::kList || argument.list.size() != 2) {
    return Wrong(call,
                 "Template error: Fn::Select requires a list argument with two elements: an "
                 "integer index and a list",
                 {});
  }
  const Node index = Resolve(argument.list[0]);
  const Node values = Resolve(argument.list[1]);
  for (const Node* part : {&index, &values}) {
    if (part->kind == Node::Kind::kUnresolved) {
      return MakeUnresolved(call.place, Written(call), part->why);
    }
  }
  size_t at = 0;
  const std::string text = ScalarText(index).value_or("");
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), at);
  if (error != std::errc() || end != text.data() + text.size() || at >= values.list.size()) {
    return Wrong(call,
                 "Template error: Fn::Select cannot select nonexistent value at index " + text, {});
  }
  Node selected = values.list[at];
  selected.place = call.place;
  return selected;
}

Node Template::Split(const Node& call, const Node& argument) {
  if (argument.kind != Node::Kind::kList || argument.list.size() != 2 ||
      argument.list[0].kind != Node::Kind::kString) {
    return Wrong(call,
                 "Template error: every Fn::Split object requires two parameters, (1) a string "
                 "delimiter and (2) a string to be split or a function that returns a string to be "
                 "split.",
                 {});
  }
  const Node value = Resolve(argument.list[1]);
  const auto text = ScalarText(value);
  if (!text) {
    return MakeUnresolved(
        call.place, Written(call),
        value.kind == Node::Kind::kUnresolved ? value.why : "what it splits is not text");
  }
  if (!Charge(text->size() * sizeof(Node))) return TooMuch(call);
  return ListOf(call, Parts(*text, argument.list[0].text));
}

Node Template::FindInMap(const Node& call, const Node& argument) {
  const bool right = argument.kind == Node::Kind::kList && argument.list.size() >= 3;
  if (!right) {
    return Wrong(call,
                 "Template error: every Fn::FindInMap object requires three parameters, the map "
                 "name, map key and the attribute for return value",
                 {});
  }
  const Node* at = mappings_;
  std::string path;
  std::string_view stand_in;
  std::string missing;
  for (size_t i = 0; i < 3; ++i) {
    const Node key = Resolve(argument.list[i]);
    const auto text = ScalarText(key);
    if (!text) return MakeUnresolved(call.place, Written(call), key.why);
    if (at != nullptr) {
      at = at->Find(*text);
      if (at == nullptr && i > 0) {
        stand_in = StandIn(argument.list[i], options_);
        missing = path.substr(2) + " has no " + *text;
      }
    }
    path += "::" + *text;
  }
  if (at != nullptr) {
    // Mappings hold texts and lists of texts, no functions.
    if (!Charge((at->list.size() + 1) * sizeof(Node) + at->text.size())) return TooMuch(call);
    Node found = *at;
    found.place = call.place;
    return found;
  }
  if (argument.list.size() > 3) {
    if (const Node* fallback = argument.list[3].Find("DefaultValue")) return Resolve(*fallback);
  }
  if (!stand_in.empty()) {
    const std::string name(stand_in);
    return MakeUnresolved(call.place, Written(call),
                          missing + ", which stands in for the " +
                              (name == "AWS::Region" ? "region" : "account") + "; --set " + name +
                              "=VALUE names it");
  }
  return Wrong(call, "Template error: Unable to get mapping for " + path.substr(2),
               "the Mappings section has no such entry");
}

Node Template::If(const Node& call, const Node& argument) {
  if (argument.kind != Node::Kind::kList || argument.list.size() != 3 ||
      argument.list[0].kind != Node::Kind::kString) {
    return Wrong(call,
                 "Template error: Fn::If requires a list argument with the first element being a "
                 "condition",
                 {});
  }
  const auto holds = ConditionHolds(argument.list[0].text, argument.list[0].place);
  if (holds) return Resolve(argument.list[*holds ? 1 : 2]);
  // Where both ways lead to the same, the condition does not matter.
  Node yes = Resolve(argument.list[1]);
  const Node no = Resolve(argument.list[2]);
  const auto text = ScalarText(yes);
  if (text && text == ScalarText(no)) return yes;
  const bool declared =
      conditions_ != nullptr && conditions_->Find(argument.list[0].text) != nullptr;
  return MakeUnresolved(
      call.place, Written(call),
      declared ? "the condition " + argument.list[0].text + " depends on the deployment" : "");
}

Node Template::Length(const Node& call, const Node& argument) {
  const Node values = Resolve(argument);
  if (values.kind != Node::Kind::kList) {
    return MakeUnresolved(call.place, Written(call), values.why);
  }
  return MakeNode(Node::Kind::kNumber, call.place, std::to_string(values.list.size()));
}

}  // namespace dynarock::schema

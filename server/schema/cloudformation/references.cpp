// What a template's functions refer to.
#include <string>
#include <string_view>

#include "server/schema/cloudformation/template.h"

namespace dynarock::schema {

Node Template::GetAtt(const Node& call, const Node& argument) {
  const bool list = argument.kind == Node::Kind::kList && !argument.list.empty();
  const std::string& target = list ? argument.list[0].text : argument.text;
  const size_t dot = target.find('.');
  const std::string name = target.substr(0, dot);
  if (!name.empty() && (resources_ == nullptr || resources_->Find(name) == nullptr) &&
      !MayBeMade(name)) {
    return Wrong(
        call, "Template error: instance of Fn::GetAtt references undefined resource " + name, {});
  }
  std::string attribute;
  if (list && argument.list.size() == 2) attribute = argument.list[1].text;
  if (!list && dot != std::string::npos) attribute = target.substr(dot + 1);
  return CheckAttribute(call, name, attribute);
}

// Of tables the attributes are known.
Node Template::CheckAttribute(const Node& call, const std::string& name,
                              const std::string& attribute) {
  const Node* resource = resources_ == nullptr ? nullptr : resources_->Find(name);
  const Node* type = resource == nullptr ? nullptr : resource->Find("Type");
  const bool global = type != nullptr && type->text == "AWS::DynamoDB::GlobalTable";
  const bool table = type != nullptr && (type->text == "AWS::DynamoDB::Table" || global ||
                                         type->text == "AWS::Serverless::SimpleTable");
  const bool known = attribute.empty() || attribute == "Arn" || attribute == "StreamArn" ||
                     (global && attribute == "TableId");
  if (table && !known) {
    return Wrong(call,
                 "Template error: resource " + name + " does not support attribute type " +
                     attribute + " in Fn::GetAtt",
                 global ? "a global table has Arn, StreamArn and TableId"
                        : "a table has Arn and StreamArn; Ref is its name");
  }
  return MakeUnresolved(call.place, Written(call), "the resource has the value once it exists");
}

// The names in the text of Fn::Sub. `own`: names that the call itself gives values.
void Template::CheckNames(const Node& call, const std::string& text, const Node* own) {
  for (size_t at = text.find("${"); at != std::string::npos; at = text.find("${", at + 2)) {
    const size_t end = text.find('}', at);
    if (end == std::string::npos) return;
    std::string name = text.substr(at + 2, end - at - 2);
    name.erase(0, name.find_first_not_of(' '));
    name.erase(name.find_last_not_of(' ') + 1);
    if (name.empty() || name.starts_with('!') || (own != nullptr && own->Find(name) != nullptr)) {
      continue;
    }
    if (const size_t dot = name.find('.'); dot == std::string::npos) {
      Ref(call, name);
    } else if (!name.starts_with("AWS::")) {
      const std::string attribute = name.substr(dot + 1);
      name.erase(dot);
      const Node* resource = resources_ == nullptr ? nullptr : resources_->Find(name);
      if (resource == nullptr) {
        Ref(call, name);
      } else {
        CheckAttribute(call, name, attribute);
      }
    }
  }
}

void Template::CheckDependencies(const Node& names) {
  for (const Node& name : names.list) CheckDependencies(name);
  if (names.kind != Node::Kind::kString || resources_ == nullptr) return;
  if (resources_->Find(names.text) != nullptr || MayBeMade(names.text)) return;
  Undefined(names, names.text,
            "DependsOn names a resource of the template; there is none called " + names.text);
}

void Template::CheckReferences(const Node& value) {
  for (const Node& element : value.list) CheckReferences(element);
  for (const auto& [name, argument] : value.map) {
    const bool is_text = argument.kind == Node::Kind::kString;
    const bool is_list = argument.kind == Node::Kind::kList && !argument.list.empty();
    if (value.map.size() == 1) {
      if (name == "Ref" && is_text) Ref(value, argument.text);
      if (name == "Fn::GetAtt") GetAtt(value, argument);
      if (name == "Fn::Sub" && is_text) CheckNames(value, argument.text, nullptr);
      if (name == "Fn::Sub" && is_list) {
        CheckNames(value, argument.list[0].text,
                   argument.list.size() > 1 ? &argument.list[1] : nullptr);
      }
      if (name == "Fn::If" && is_list && argument.list.size() == 3 &&
          argument.list[0].kind == Node::Kind::kString) {
        ConditionHolds(argument.list[0].text, argument.list[0].place);
      }
    }
    CheckReferences(argument);
  }
}

}  // namespace dynarock::schema

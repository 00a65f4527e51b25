// What a template's functions refer to.
#include <string>
#include <string_view>

#include "server/schema/cloudformation/template.h"

namespace dynarock::schema {

Node Template::GetAtt(const Node& call, const Node& argument) {
  const std::string& target = argument.kind == Node::Kind::kList && !argument.list.empty()
                                  ? argument.list[0].text
                                  : argument.text;
  const std::string name = target.substr(0, target.find('.'));
  if (!open_ && !name.empty() && (resources_ == nullptr || resources_->Find(name) == nullptr)) {
    return Wrong(
        call, "Template error: instance of Fn::GetAtt references undefined resource " + name, {});
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
      name.erase(dot);
      Ref(call, name);
    }
  }
}

void Template::CheckDependencies(const Node& names) {
  for (const Node& name : names.list) CheckDependencies(name);
  if (open_ || names.kind != Node::Kind::kString || resources_ == nullptr) return;
  if (resources_->Find(names.text) != nullptr) return;
  Wrong(names,
        "Template format error: Unresolved resource dependencies [" + names.text +
            "] in the Resources block of the template",
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

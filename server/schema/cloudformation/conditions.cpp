// Conditions of a template, in three values: true, false, known only when it is deployed.
#include <utility>

#include "server/schema/cloudformation/template.h"

namespace dynarock::schema {

namespace {

constexpr size_t kLongestChain = 100;  // conditions that lead from one to another

}  // namespace

std::string ReferredName(const Node& value) {
  if (value.kind != Node::Kind::kMap || value.map.size() != 1) return {};
  const auto& [function, argument] = value.map.front();
  if (function == "Ref") return argument.text;
  if (function == "Fn::Sub" && argument.kind == Node::Kind::kString) {
    const std::string& text = argument.text;
    if (text.starts_with("${") && text.find('}') == text.size() - 1) {
      return text.substr(2, text.size() - 3);
    }
  }
  // Whether a list is empty is asked by joining it.
  const bool joined = function == "Fn::Join" && argument.list.size() == 2;
  return joined ? ReferredName(argument.list[1]) : std::string();
}

std::optional<bool> Template::ConditionHolds(std::string_view name, const Place& used) {
  if (const auto known = known_conditions_.find(name); known != known_conditions_.end()) {
    return known->second;
  }
  const Node* condition = conditions_ == nullptr ? nullptr : conditions_->Find(name);
  if (condition == nullptr) {
    Wrong(MakeString(used, std::string(name)),
          "Template format error: Unresolved condition dependency " + std::string(name) +
              " in the " + block_ + " block of the template",
          "the Conditions section has no condition of that name");
    return std::nullopt;
  }
  if (open_conditions_.size() >= kLongestChain) return std::nullopt;
  if (!open_conditions_.emplace(name).second) {
    Wrong(MakeString(used, std::string(name)),
          "Template format error: Circular dependencies between conditions: [" + std::string(name) +
              "]",
          {});
    return std::nullopt;
  }
  std::string block = std::exchange(block_, "Conditions");
  const auto holds = Truth(*condition);
  block_ = std::move(block);
  open_conditions_.erase(std::string(name));
  known_conditions_.emplace(name, holds);
  return holds;
}

std::optional<bool> Template::AllOrAny(const Node& argument, bool any) {
  bool unknown = false;
  for (const Node& element : argument.list) {
    const auto truth = Truth(element);
    if (!truth) {
      unknown = true;
    } else if (*truth == any) {
      return any;
    }
  }
  if (unknown) return std::nullopt;
  return !any;
}

std::optional<bool> Template::Equal(const Node& left, const Node& right) {
  const auto a = ScalarText(Resolve(left));
  const auto b = ScalarText(Resolve(right));
  if (a && b) return *a == *b;
  const std::string name = ReferredName(a ? right : left);
  if (name.empty()) return std::nullopt;
  if (!a && !b) {  // the same parameter twice is the same, whatever it is
    return name == ReferredName(right) ? std::optional<bool>(true) : std::nullopt;
  }
  return others_.contains(name) ? std::optional<bool>(false) : std::nullopt;
}

std::optional<bool> Template::Truth(const Node& condition) {
  if (condition.kind == Node::Kind::kBool) return condition.boolean;
  if (condition.kind == Node::Kind::kString) {
    if (condition.text == "true") return true;
    if (condition.text == "false") return false;
    return std::nullopt;
  }
  if (condition.kind != Node::Kind::kMap || condition.map.size() != 1) return std::nullopt;
  const auto& [name, argument] = condition.map.front();
  if (name == "Condition") return ConditionHolds(argument.text, argument.place);
  if (name == "Fn::And") return AllOrAny(argument, false);
  if (name == "Fn::Or") return AllOrAny(argument, true);
  if (name == "Fn::Not" && argument.list.size() == 1) {
    const auto truth = Truth(argument.list.front());
    if (!truth) return std::nullopt;
    return !*truth;
  }
  if (name == "Fn::Equals" && argument.list.size() == 2) {
    return Equal(argument.list[0], argument.list[1]);
  }
  return std::nullopt;
}

void Template::CheckConditions() {
  if (conditions_ == nullptr || open_) return;
  const std::string block = std::exchange(block_, "Conditions");
  for (const auto& [name, condition] : conditions_->map) {
    if (name.starts_with("Fn::")) continue;  // a loop, whose identifier has its own values
    CheckCondition(condition);
    ConditionHolds(name, condition.place);
  }
  block_ = block;
}

void Template::CheckCondition(const Node& condition) {
  for (const Node& element : condition.list) CheckCondition(element);
  for (const auto& [function, argument] : condition.map) {
    CheckCondition(argument);
    if (condition.map.size() != 1 || argument.kind != Node::Kind::kString) continue;
    const std::string& name = argument.text;
    if (function == "Condition") ConditionHolds(name, argument.place);
    if (function != "Ref" || name.starts_with("AWS::")) continue;
    if (parameters_ != nullptr && parameters_->Find(name) != nullptr) continue;
    Undefined(condition, name, {});
  }
}

}  // namespace dynarock::schema

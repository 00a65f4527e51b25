// Conditions of a template, in three values: true, false, known only when it is deployed.
#include "server/schema/cloudformation/template.h"

namespace dynarock::schema {

namespace {

constexpr size_t kLongestChain = 100;  // conditions that lead from one to another

}  // namespace

std::optional<bool> Template::ConditionHolds(std::string_view name, const Place& used) {
  if (const auto known = known_conditions_.find(name); known != known_conditions_.end()) {
    return known->second;
  }
  const Node* condition = conditions_ == nullptr ? nullptr : conditions_->Find(name);
  if (condition == nullptr) {
    Wrong(MakeString(used, std::string(name)),
          "Template format error: Unresolved condition dependency " + std::string(name) +
              " in the Resources block of the template",
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
  const auto holds = Truth(*condition);
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
    const auto left = ScalarText(Resolve(argument.list[0]));
    const auto right = ScalarText(Resolve(argument.list[1]));
    if (!left || !right) return std::nullopt;
    return *left == *right;
  }
  return std::nullopt;
}

}  // namespace dynarock::schema

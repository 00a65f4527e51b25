#include "server/schema/cloudformation/branches.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "server/document/node_path.h"

namespace dynarock::schema {

namespace {

using Kind = Node::Kind;

constexpr size_t kFewCombinations = 64;

// A choice as a list; nullopt: another value.
struct Source {
  std::string name;
  std::vector<std::optional<std::string>> values;
};

void Assume(const Source& source, size_t value, Assumption& into) {
  const auto& chosen = source.values[value];
  if (chosen) {
    into.values[source.name] = *chosen;
  } else {
    into.others.insert(source.name);
  }
}

std::vector<Assumption> AllOf(const std::vector<Source>& sources) {
  std::vector<Assumption> all;
  std::vector<size_t> at(sources.size(), 0);
  for (;;) {
    Assumption& one = all.emplace_back();
    for (size_t i = 0; i < sources.size(); ++i) Assume(sources[i], at[i], one);
    size_t i = 0;
    while (i < sources.size() && ++at[i] == sources[i].values.size()) at[i++] = 0;
    if (i == sources.size()) return all;
  }
}

// All sources at their first value, but for some.
Assumption With(const std::vector<Source>& sources, const std::map<size_t, size_t>& chosen) {
  Assumption one;
  for (size_t i = 0; i < sources.size(); ++i) {
    const auto at = chosen.find(i);
    Assume(sources[i], at == chosen.end() ? 0 : at->second, one);
  }
  return one;
}

// The first values, and what changes one of them.
std::vector<Assumption> SinglesOf(const std::vector<Source>& sources, size_t most) {
  std::vector<Assumption> all = {With(sources, {})};
  for (size_t i = 0; i < sources.size(); ++i) {
    for (size_t x = 1; x < sources[i].values.size() && all.size() < most; ++x) {
      all.push_back(With(sources, {{i, x}}));
    }
  }
  return all;
}

// The same and what changes two; nullopt: more than `most`.
std::optional<std::vector<Assumption>> PairsOf(const std::vector<Source>& sources, size_t most) {
  std::vector<Assumption> all = SinglesOf(sources, most + 1);
  for (size_t a = 0; a < sources.size(); ++a) {
    for (size_t b = a + 1; b < sources.size(); ++b) {
      for (size_t x = 1; x < sources[a].values.size(); ++x) {
        for (size_t y = 1; y < sources[b].values.size(); ++y) {
          if (all.size() > most) return std::nullopt;
          all.push_back(With(sources, {{a, x}, {b, y}}));
        }
      }
    }
  }
  return all.size() > most ? std::nullopt : std::optional(std::move(all));
}

}  // namespace

BranchPlan::BranchPlan(const Node& root, const ReadOptions& options)
    : options_(options),
      parameters_(root.Find("Parameters")),
      conditions_(root.Find("Conditions")),
      mappings_(root.Find("Mappings")) {}

// Names of conditions that a value depends on, those that others lead to included.
void BranchPlan::FindConditions(const Node& node, std::vector<std::string>& names) const {
  const auto add = [&](const Node& name) {
    if (name.kind != Kind::kString || std::ranges::find(names, name.text) != names.end()) return;
    names.push_back(name.text);
    const Node* condition = conditions_ == nullptr ? nullptr : conditions_->Find(name.text);
    if (condition != nullptr) FindConditions(*condition, names);
  };
  for (const Node& element : node.list) FindConditions(element, names);
  for (const auto& [name, value] : node.map) {
    if (name == "Fn::If" && !value.list.empty()) add(value.list.front());
    if (name == "Condition") add(value);
    FindConditions(value, names);
  }
}

// A parameter that is compared with a value (null: it decides something else).
void BranchPlan::AddChoice(const std::string& name, const Node* compared, Choices& choices) const {
  if (options_.values.contains(name)) return;
  const Node* parameter = parameters_ == nullptr ? nullptr : parameters_->Find(name);
  if (parameter == nullptr && name != "AWS::Region" && name != "AWS::AccountId" &&
      name != "AWS::Partition" && name != "AWS::StackName") {
    return;
  }
  Choice& choice = choices[name];
  choice.decides = true;
  const Node* allowed = parameter == nullptr ? nullptr : parameter->Find("AllowedValues");
  if (allowed != nullptr && !allowed->list.empty()) {
    choice.others = false;
    for (const Node& one : allowed->list) {
      if (const auto text = ScalarText(one)) choice.values.insert(*text);
    }
    return;
  }
  const auto text = compared == nullptr ? std::nullopt : ScalarText(*compared);
  if (text) choice.values.insert(*text);
}

// {Fn::FindInMap: [Map, !Ref Name, key]}: the map's entries are values of the parameter.
void BranchPlan::AddKeys(const Node& lookup, Choices& choices) const {
  if (mappings_ == nullptr || lookup.list.size() < 3) return;
  const Node* map = mappings_->Find(lookup.list[0].text);
  const std::string name = ReferredName(lookup.list[1]);
  if (map == nullptr || name.empty()) return;
  AddChoice(name, nullptr, choices);
  const auto choice = choices.find(name);
  if (choice == choices.end() || !choice->second.others) return;
  for (const auto& [key, value] : map->map) {
    choice->second.values.insert(key);
  }
}

// What conditions compare, and maps are looked up by, below a node.
void BranchPlan::FindChoices(const Node& node, Choices& choices) const {
  for (const Node& element : node.list) FindChoices(element, choices);
  for (const auto& [name, value] : node.map) {
    FindChoices(value, choices);
    if (name == "Fn::FindInMap") AddKeys(value, choices);
    if (name != "Fn::Equals" || value.list.size() != 2) continue;
    for (const bool first : {true, false}) {
      const std::string referred = ReferredName(value.list[first ? 0 : 1]);
      if (!referred.empty()) AddChoice(referred, &value.list[first ? 1 : 0], choices);
    }
  }
}

std::vector<std::string> BranchPlan::ConditionsOf(const Node& resource) const {
  std::vector<std::string> names;
  for (const char* member : {"Condition", "Properties", "DeletionPolicy", "UpdateReplacePolicy"}) {
    const Node* value = resource.Find(member);
    if (value == nullptr) continue;
    Node one = MakeNode(Kind::kMap, value->place);
    one.map.emplace_back(member, *value);
    FindConditions(one, names);
  }
  return names;
}

BranchPlan::Choices BranchPlan::ChoicesOf(const Node& resource) const {
  Choices choices;
  for (const std::string& name : ConditionsOf(resource)) {
    const Node* condition = conditions_ == nullptr ? nullptr : conditions_->Find(name);
    if (condition != nullptr) FindChoices(*condition, choices);
  }
  const Node* properties = resource.Find("Properties");
  if (properties == nullptr) return choices;
  // What is selected by a parameter without AllowedValues may lack entries on purpose.
  Choices looked_up;
  FindChoices(*properties, looked_up);
  for (auto& [name, choice] : looked_up) {
    if (!choice.others) choices.emplace(name, std::move(choice));
  }
  return choices;
}

std::vector<Assumption> BranchPlan::AssumptionsFor(const Node& resource, size_t most,
                                                   bool& partial) const {
  const size_t few = std::min(most, kFewCombinations);
  std::vector<Source> sources;
  size_t combinations = 1;
  for (const auto& [name, choice] : ChoicesOf(resource)) {
    Source source = {.name = name, .values = {}};
    // What the default says goes first: it is what stays when others change.
    const Node* parameter = parameters_ == nullptr ? nullptr : parameters_->Find(name);
    const Node* fallback = parameter == nullptr ? nullptr : parameter->Find("Default");
    const auto usual = fallback == nullptr ? std::nullopt : ScalarText(*fallback);
    if (usual && choice.values.contains(*usual)) source.values.emplace_back(usual);
    for (const std::string& value : choice.values) {
      if (value != usual) source.values.emplace_back(value);
    }
    if (choice.others) {
      const bool other_by_default = usual && !choice.values.contains(*usual);
      source.values.insert(other_by_default ? source.values.begin() : source.values.end(),
                           std::nullopt);
    }
    if (source.values.empty()) continue;
    if (source.values.size() > most) source.values.resize(most);
    combinations = std::min(combinations * source.values.size(), few + 1);
    sources.push_back(std::move(source));
  }
  if (sources.empty()) return {};
  if (combinations <= few) return AllOf(sources);
  auto pairs = PairsOf(sources, most);
  if (pairs) return *std::move(pairs);
  partial = true;
  return SinglesOf(sources, most);
}

std::vector<std::string> BranchPlan::Facts(const Node& resource, const Assumption& assumption,
                                           Template& functions) const {
  std::vector<std::string> facts;
  for (const std::string& name : ConditionsOf(resource)) {
    const auto holds = functions.ConditionHolds(name, resource.place);
    if (holds) facts.push_back(name + (*holds ? " holds" : " does not hold"));
  }
  for (const auto& [name, value] : assumption.values) {
    facts.push_back(name + " is " + (value.empty() ? "empty" : value));
  }
  for (const std::string& name : assumption.others) {
    facts.push_back(name + " is another value than those that it is compared with");
  }
  return facts;
}

}  // namespace dynarock::schema

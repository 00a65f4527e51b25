// Which values of parameters a table depends on, so that all its branches can be looked at.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "server/document/node.h"
#include "server/schema/cloudformation/template.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

// Values of parameters at once. Since conditions are computed from them, what they decide never
// contradicts itself.
struct Assumption {
  std::map<std::string, std::string, std::less<>> values;
  // Parameters with another value than any that they are compared with.
  std::set<std::string, std::less<>> others;
};

class BranchPlan {
 public:
  // `options`: what is given there is known. All outlive the object.
  BranchPlan(const Node& root, const ReadOptions& options);

  // The assumptions that matter to a resource: every AllowedValue of a parameter that decides one
  // of its conditions or selects from a map, otherwise the values that conditions compare it with
  // and one more. All combinations of them if these are few, otherwise those that change one or two
  // of them; where also these are more than `most`, those that change one, which `partial` says.
  // Empty: nothing is open.
  std::vector<Assumption> AssumptionsFor(const Node& resource, size_t most, bool& partial) const;

  // What holds under an assumption that `functions` makes, in words.
  std::vector<std::string> Facts(const Node& resource, const Assumption& assumption,
                                 Template& functions) const;

 private:
  struct Choice {
    std::set<std::string> values;
    bool others = true;    // it may be something else
    bool decides = false;  // a condition, or what is selected from a map
  };
  using Choices = std::map<std::string, Choice, std::less<>>;

  void FindConditions(const Node& node, std::vector<std::string>& names) const;
  void FindChoices(const Node& node, Choices& choices) const;
  void AddChoice(const std::string& name, const Node* compared, Choices& choices) const;
  void AddKeys(const Node& lookup, Choices& choices) const;
  std::vector<std::string> ConditionsOf(const Node& resource) const;
  Choices ChoicesOf(const Node& resource) const;

  const ReadOptions& options_;
  const Node* parameters_;
  const Node* conditions_;
  const Node* mappings_;
};

}  // namespace dynarock::schema

// A CloudFormation template and what its intrinsic functions come to before it is deployed.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server/document/node.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

class Template {
 public:
  // `root`, `options` and `messages` outlive the template.
  Template(const Node& root, const ReadOptions& options, std::vector<Message>& messages);

  // The value with its functions computed. AWS::NoValue leaves its member or element out; as a
  // whole value it is kNull. What only deployment knows becomes kUnresolved.
  Node Resolve(const Node& value);

  // A condition of the Conditions section; nullopt: known only when it is deployed.
  std::optional<bool> ConditionHolds(std::string_view name, const Place& used);

  // Tells of names anywhere below `value` that are no parameter, resource or condition. All of them
  // must be there, also in the branch of an Fn::If that is not taken.
  void CheckReferences(const Node& value);

  // The same of DependsOn, a name or a list of them.
  void CheckDependencies(const Node& names);

  // The Resources section; null when there is none.
  const Node* resources() const { return resources_; }
  // Resources may come into being that the template does not list (macros, Serverless).
  void set_open(bool open) { open_ = open; }
  // Whether a resource of that name may come into being, although the template does not list it.
  bool MayBeMade(std::string_view name) const;

  // From now on only what the options give is known of parameters. `others` have another value than
  // any that they are compared with.
  void Assume(std::set<std::string, std::less<>> others);

  // The section that messages name: "Resources", unless it is said.
  void set_block(std::string block) { block_ = std::move(block); }

  // Tells of names in the Conditions section that are no parameter or condition.
  void CheckConditions();

 private:
  Node Function(const Node& call, const std::string& name, const Node& argument);
  Node Ref(const Node& call, const std::string& name);
  Node Parameter(const Node& call, const std::string& name, const Node& parameter);
  Node Sub(const Node& call, const Node& argument);
  Node Join(const Node& call, const Node& argument);
  Node Select(const Node& call, const Node& argument);
  Node Split(const Node& call, const Node& argument);
  void CheckNames(const Node& call, const std::string& text, const Node* own);
  Node GetAtt(const Node& call, const Node& argument);
  Node FindInMap(const Node& call, const Node& argument);
  Node If(const Node& call, const Node& argument);
  Node Length(const Node& call, const Node& argument);
  std::optional<bool> Truth(const Node& condition);
  std::optional<bool> AllOrAny(const Node& argument, bool any);
  std::optional<bool> Equal(const Node& left, const Node& right);
  void CheckCondition(const Node& condition);
  Node Undefined(const Node& call, const std::string& name, std::string hint);
  Node CheckAttribute(const Node& call, const std::string& name, const std::string& attribute);

  Node Wrong(const Node& call, std::string text, std::string hint);
  // Counts what a function made; false when all together made too much.
  bool Charge(size_t bytes);

  const ReadOptions& options_;
  std::vector<Message>& messages_;
  const Node* parameters_;
  const Node* mappings_;
  const Node* conditions_;
  const Node* resources_;
  bool open_;
  bool sam_ = false;       // SAM makes resources out of others
  bool assuming_ = false;  // defaults do not count
  std::set<std::string, std::less<>> others_;
  std::string block_ = "Resources";
  std::map<std::string, std::optional<bool>, std::less<>> known_conditions_;
  std::set<std::string, std::less<>> open_conditions_;  // being worked out: meets itself
  std::set<std::string, std::less<>> said_;             // one message per fault and place
  size_t made_bytes_ = 0;
};

// The parameter whose value a call stands for, whole: of !Ref X and !Sub '${X}'; empty: none.
std::string ReferredName(const Node& value);

// A value as people write it, on one line: `!Sub "${Stage}-orders"`, `!Ref Stage`.
std::string Written(const Node& value);

// The text of a string, number or boolean as CloudFormation takes it for a string; nullopt for
// anything else.
std::optional<std::string> ScalarText(const Node& value);

}  // namespace dynarock::schema

#include "server/schema/hcl/module.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "server/document/number.h"
#include "server/schema/hcl/module_call.h"
#include "server/schema/hcl/parser.h"
#include "server/schema/hcl/type_constraint.h"

namespace dynarock::schema::hcl {
namespace {

using Kind = Node::Kind;

// Where nothing can be referred to: a variable's default, a .tfvars file.
class NoReferences : public References {
 public:
  const Node* Find(const Expression& whole, std::string_view, std::string_view,
                   Problem& problem) override {
    problem = {whole.place(), "Nothing can be referred to here: the value must be written out"};
    return nullptr;
  }
};

// Makes the body of a resource an open map, and so its blocks: they have attributes that are
// computed.
void Open(const std::string& address, Node& body) {
  body.why = address;
  for (auto& [name, member] : body.map) {
    if (member.kind != Kind::kList || member.text != kBlockMark) continue;
    for (size_t i = 0; i < member.list.size(); ++i) {
      Node& block = member.list[i];
      if (block.kind != Kind::kMap) continue;
      Open(address + "." + name + "[" + std::to_string(i) + "]", block);
    }
  }
}

// "module.a" for "module.a[\"k\"].": Terraform names the module there, not its instance.
std::string ModuleName(std::string_view prefix) {
  std::string module = WithoutInstances(prefix);
  module.pop_back();
  return module;
}

}  // namespace

std::string WithoutInstances(std::string_view address) {
  std::string name;
  for (size_t at = 0; at < address.size(); ++at) {
    if (address[at] != '[') {
      name += address[at];
      continue;
    }
    // A key in quotes may hold brackets.
    const size_t quoted = address.find("\"]", at);
    const bool text = address.substr(at).starts_with("[\"") && quoted != std::string_view::npos;
    const size_t end = text ? quoted + 1 : address.find(']', at);
    if (end == std::string_view::npos) break;
    at = end;
  }
  return name;
}

Module::Module(ModuleWorld& world, const ModuleDirectory& directory, std::string prefix, int depth)
    : world_(world),
      directory_(directory),
      prefix_(std::move(prefix)),
      depth_(depth),
      evaluator_(*this, world.budget) {
  ++world_.modules;
  // What the given files declare comes before what lies beside them.
  for (const bool given : {true, false}) {
    for (const auto& file : directory.files) {
      if (file->given == given) Declare(*file);
    }
  }
}

Module::~Module() = default;

void Module::Check() {
  const auto [it, fresh] = world_.faults.try_emplace(&directory_);
  if (fresh) {
    it->second =
        CheckModule(directory_, depth_ > 0, depth_ == 0 ? "the root module" : ModuleName(prefix_),
                    world_.files.provider());
    for (Problem& problem : it->second.problems) Report(std::move(problem));
  }
  faults_ = &it->second;
}

void Module::Report(Problem problem) {
  if (shown_at_ && problem.place.file == directory_.path) problem.place = *shown_at_;
  world_.expansion.problems.push_back(std::move(problem));
}

void Module::Declare(const ModuleFile& file) {
  for (const Block& block : file.body.blocks) DeclareBlock(block, file.given);
  if (file.body.attributes.empty() || !file.given) return;
  const Attribute& first = file.body.attributes.front();
  Report({first.place, "An argument named \"" + first.name +
                           "\" is not expected here: at the top of a .tf file stand blocks only"});
}

void Module::DeclareNamed(Names& names, std::string name, const Block& block, bool given) {
  const auto [it, fresh] = names.try_emplace(std::move(name));
  if (!fresh) {
    // A file beside the given ones may be a module of its own.
    if (given && depth_ == 0) {
      Report({block.place, "There is a " + block.type + " \"" + it->first + "\" already, at " +
                               it->second.block->place.file + " line " +
                               std::to_string(it->second.block->place.line)});
    }
    return;
  }
  it->second.block = &block;
  it->second.given = given;
  if (&names == &resources_ || &names == &modules_) in_order_.push_back(&it->second);
}

void Module::DeclareBlock(const Block& block, bool given) {
  const auto labels = [&](size_t count) {
    if (block.labels.size() == count) return true;
    if (given) {
      Report({block.place, "A `" + block.type + "` block has " + std::to_string(count) +
                               (count == 1 ? " label" : " labels") + ", and this one has " +
                               std::to_string(block.labels.size())});
    }
    return false;
  };
  if (block.type == "variable") {
    if (labels(1)) DeclareNamed(variables_, block.labels[0], block, given);
  } else if (block.type == "output") {
    if (labels(1)) DeclareNamed(outputs_, block.labels[0], block, given);
  } else if (block.type == "module") {
    if (labels(1)) DeclareNamed(modules_, block.labels[0], block, given);
  } else if (block.type == "resource") {
    if (labels(2)) DeclareNamed(resources_, block.labels[0] + "." + block.labels[1], block, given);
  } else if (block.type == "provider" || block.type == "terraform") {
    DeclareProvider(block);
  } else if (block.type == "locals") {
    for (const Attribute& attribute : block.body.attributes) {
      const auto [it, fresh] = locals_.try_emplace(attribute.name);
      if (fresh) {
        it->second.expression = attribute.value.get();
      } else if (given) {
        Report({attribute.place, "The local value \"" + attribute.name + "\" is set twice"});
      }
    }
  }
}

bool Module::SetVariable(const std::string& name, Node value) {
  const auto it = variables_.find(name);
  if (it == variables_.end()) return false;
  it->second.value = std::move(value);
  it->second.set = true;
  return true;
}

void Module::SetVariables(const Body& assignments) {
  NoReferences none;
  for (const Attribute& attribute : assignments.attributes) {
    Evaluator evaluator(none, world_.budget);
    Node value;
    if (evaluator.Evaluate(*attribute.value, nullptr, value)) {
      SetVariable(attribute.name, std::move(value));
    } else {
      Report(evaluator.problem());
    }
  }
}

bool Module::SetVariableText(const std::string& name, const std::string& text) {
  const auto it = variables_.find(name);
  if (it == variables_.end()) return false;
  const Place place{"-var " + name, 1, 1};
  const Attribute* type = it->second.block->body.FindAttribute("type");
  const bool plain =
      !type || (type->value->kind == Expression::Kind::kVariable && type->value->name == "string");
  Node value = TextValue(place, text);
  if (!plain) {
    const Source source{place.file, text};
    Parser parser(source, false);
    const ExpressionPtr expression = parser.ParseWholeExpression();
    NoReferences none;
    Evaluator evaluator(none, world_.budget);
    Node computed;
    // What is no expression is a text, which its type may still refuse.
    if (expression && evaluator.Evaluate(*expression, nullptr, computed))
      value = std::move(computed);
  }
  return SetVariable(name, std::move(value));
}

void Module::SetFromEnvironment() {
  for (const auto& [name, variable] : variables_) {
    const char* value = std::getenv(("TF_VAR_" + name).c_str());
    if (value != nullptr) SetVariableText(name, value);
  }
}

bool Module::Declares(std::string_view name) const {
  return std::ranges::any_of(directory_.files, [&](const auto& file) {
    return std::ranges::any_of(file->body.blocks, [&](const Block& block) {
      if ((block.type != "data" && block.type != "resource") || block.labels.size() != 2) {
        return false;
      }
      const std::string address =
          (block.type == "data" ? "data." : "") + block.labels[0] + "." + block.labels[1];
      return name.starts_with(address + ".") || name.starts_with(address + "[");
    });
  });
}

void Module::RequireVariables(const Place& call, std::vector<Problem>& problems) {
  for (const auto& [name, variable] : variables_) {
    if (variable.set || variable.block->body.FindAttribute("default")) continue;
    problems.push_back(
        {call, "The argument \"" + name + "\" is required by the module, but is not set here"});
  }
}

const Node* Module::Resolve(Lazy& lazy, const Expression& whole, Problem& problem,
                            bool (Module::*compute)(Lazy&)) {
  if (lazy.state == State::kDone) return &lazy.value;
  if (lazy.state == State::kFailed) {
    problem = lazy.problem;
    return nullptr;
  }
  if (lazy.state == State::kBusy) {
    problem = {whole.place(), "This refers to itself, directly or by way of others: " +
                                  std::string(whole.text().substr(0, 80))};
    return nullptr;
  }
  lazy.state = State::kBusy;
  if ((this->*compute)(lazy)) {
    lazy.state = State::kDone;
    return &lazy.value;
  }
  lazy.problem = evaluator_.problem();
  lazy.state = State::kFailed;
  problem = lazy.problem;
  return nullptr;
}

const Node* Module::Given(const Expression& whole, const std::string& address) {
  // Of "data.aws_region.current.name" the last two parts.
  Node types = MapValue(whole.place());
  types.why = address;
  for (auto it = world_.given.lower_bound(address + "."); it != world_.given.end(); ++it) {
    if (!it->first.starts_with(address + ".")) break;
    const std::string rest = it->first.substr(address.size() + 1);
    const size_t dot = rest.find('.');
    if (dot == std::string::npos) continue;
    const std::string name = rest.substr(0, dot);
    Node* named = const_cast<Node*>(types.Find(name));
    if (!named) {
      Node made = MapValue(whole.place());
      made.why = address + "." + name;
      SetMember(types, name, std::move(made));
      named = const_cast<Node*>(types.Find(name));
    }
    SetMember(*named, rest.substr(dot + 1), TextValue(whole.place(), it->second));
    world_.used.insert(it->first);
  }
  return types.map.empty() ? nullptr : &kept_.emplace_back(std::move(types));
}

void Module::AddGiven(const std::string& address, Node& body) {
  for (auto it = world_.given.lower_bound(address + "."); it != world_.given.end(); ++it) {
    if (!it->first.starts_with(address + ".")) break;
    SetMember(body, it->first.substr(address.size() + 1), TextValue(body.place, it->second));
    world_.used.insert(it->first);
  }
}

const Node* Module::KnownLater(const Expression& whole, std::string why) {
  return &kept_.emplace_back(UnresolvedValue(whole.place(), whole.text(), std::move(why)));
}

const Node* Module::Find(const Expression& whole, std::string_view root, std::string_view member,
                         Problem& problem) {
  const auto find = [&](Names& names, bool (Module::*compute)(Lazy&)) -> const Node* {
    const auto it = names.find(member);
    if (it == names.end()) return Undeclared(root, member, whole, problem);
    if (blind_) return KnownLater(whole, "it is not looked up");
    return Resolve(it->second, whole, problem, compute);
  };
  if (root == "var") return find(variables_, &Module::ComputeVariable);
  if (root == "local") return find(locals_, &Module::ComputeLocal);
  if (root == "module") return find(modules_, &Module::ComputeModule);
  if (root == "path") {
    if (member == "module" || member == "root") {
      const std::string path =
          member == "root"
              ? "."
              : std::filesystem::path(directory_.path).lexically_relative(world_.root).string();
      return &kept_.emplace_back(TextValue(whole.place(), path.empty() ? directory_.path : path));
    }
    if (member != "cwd") {
      problem = {whole.place(),
                 "Invalid \"path\" attribute: The \"path\" object does not have an "
                 "attribute named \"" +
                     std::string(member) + "\"."};
      return nullptr;
    }
    return KnownLater(whole, "path." + std::string(member) + " depends on where Terraform runs");
  }
  if (root == "terraform") {
    const std::string name = "terraform." + std::string(member);
    if (const auto given = world_.given.find(name); given != world_.given.end()) {
      world_.used.insert(name);
      return &kept_.emplace_back(TextValue(whole.place(), given->second));
    }
    return KnownLater(whole, name + " is chosen when it is deployed");
  }
  if (root == "data" || root == "ephemeral") {
    const std::string address = prefix_ + std::string(root) + "." + std::string(member);
    if (const Node* given = blind_ ? nullptr : Given(whole, address)) return given;
    return KnownLater(whole,
                      "a " + std::string(member) + " data source is read when it is deployed");
  }
  const auto it = resources_.find(std::string(root) + "." + std::string(member));
  if (it == resources_.end()) return Undeclared(root, member, whole, problem);
  if (blind_) return KnownLater(whole, "it is not looked up");
  return Resolve(it->second, whole, problem, &Module::ComputeResource);
}

const Node* Module::Undeclared(std::string_view root, std::string_view member,
                               const Expression& whole, Problem& problem) {
  const std::string name = std::string(root) + "." + std::string(member);
  if (directory_.MayDeclare(member))
    return KnownLater(whole, name + " is declared in none of the files that could be read");
  std::string message = name + " is not declared: ";
  if (root == "var") {
    message += "there is no variable \"" + std::string(member) + "\" in this module";
  } else if (root == "local") {
    message += "there is no local value \"" + std::string(member) + "\" in this module";
  } else if (root == "module") {
    message += "there is no module block \"" + std::string(member) + "\"";
  } else if (root.find('_') == std::string_view::npos) {
    message += "\"" + std::string(root) + "\" is not a kind of name that can be referred to";
  } else {
    message += "there is no such resource in this module";
  }
  problem = {whole.place(), std::move(message)};
  return nullptr;
}

bool Module::ComputeVariable(Lazy& variable) {
  const Body& body = variable.block->body;
  const std::string& name = variable.block->labels[0];
  NoReferences none;
  Evaluator evaluator(none, world_.budget);
  if (variable.argument.value) {
    if (!TakeArgument(variable)) return false;
  } else if (!variable.set) {
    const Attribute* preset = body.FindAttribute("default");
    if (!preset) {
      // Of a module that is called, the call is told.
      variable.value = UnresolvedValue(
          variable.block->place, "var." + name,
          depth_ > 0 ? "" : "var." + name + " has no default and no .tfvars file sets it");
      return true;
    }
    if (!evaluator.Evaluate(*preset->value, nullptr, variable.value)) {
      return evaluator_.Fail(*preset->value, evaluator.problem().message);
    }
    // Of a root module: somebody who uses it gives it a value.
    if (depth_ == 0 && variable.value.kind == Kind::kNull) variable.value.text = "var." + name;
  }
  const Attribute* type = body.FindAttribute("type");
  Problem problem;
  if (type && !ConvertTo(*type->value, evaluator, variable.value, problem)) {
    evaluator_.FailWith({problem.place, "var." + name + ": " + problem.message});
    return false;
  }
  return true;
}

void Module::CheckVariables() {
  for (auto& [name, variable] : variables_) {
    if (!variable.given && depth_ == 0) continue;
    if (const Attribute* type = variable.block->body.FindAttribute("type")) {
      if (auto problem = CheckType(*type->value)) Report(*std::move(problem));
    }
    for (const Block& block : variable.block->body.blocks) {
      const Attribute* condition = block.body.FindAttribute("condition");
      if (block.type != "validation" || !condition) continue;
      Node truth;
      if (!evaluator_.Evaluate(*condition->value, nullptr, truth)) {
        Report(evaluator_.problem());
        continue;
      }
      if (TruthOf(truth) != false) continue;
      const Attribute* message = block.body.FindAttribute("error_message");
      Node text;
      const bool told = message && evaluator_.Evaluate(*message->value, nullptr, text);
      Problem problem{variable.value.place, "Invalid value for variable \"" + name + "\": " +
                                                (told ? text.text : "its condition is not met")};
      // A default that is there to be replaced.
      if (variable.set) {
        Report(std::move(problem));
      } else {
        problem.message += " (this is its default, and nothing sets it)";
        world_.expansion.notes.push_back(std::move(problem));
      }
    }
  }
}

bool Module::ComputeOutput(Lazy& output) {
  const Attribute* value = output.block->body.FindAttribute("value");
  if (!value) {
    output.value = UnresolvedValue(output.block->place, "", "");
    return true;
  }
  if (evaluator_.Evaluate(*value->value, nullptr, output.value)) return true;
  if (evaluator_.exhausted()) return false;
  Report(evaluator_.problem());
  output.value = UnresolvedValue(value->value->place(), value->value->text(), "");
  return true;
}

bool Module::ComputeLocal(Lazy& local) {
  return evaluator_.Evaluate(*local.expression, nullptr, local.value);
}

// All instances as one value: an object, a list (count) or a map (for_each) of objects.
bool Module::ComputeResource(Lazy& resource) {
  const Block& block = *resource.block;
  const std::string address = prefix_ + block.labels[0] + "." + block.labels[1];
  std::vector<Instance> instances;
  std::string unresolved;
  if (!Instances(block.body, instances, unresolved)) return false;
  if (!unresolved.empty()) {
    resource.value = UnresolvedValue(block.place, address, std::move(unresolved));
    return true;
  }
  const bool each = block.body.FindAttribute("for_each") != nullptr;
  resource.value = each ? MapValue(block.place) : ListValue(block.place);
  for (const Instance& instance : instances) {
    Node body = MapValue(block.place);
    std::vector<Problem> problems;  // told when the resource itself is looked at
    WithScope(instance, [&](const Scope* scope) {
      EvaluateBody(block.body, scope, true, body, problems);
      return true;
    });
    Open(address, body);
    AddGiven(address, body);
    if (instance.key.kind != Kind::kNull) AddGiven(address + InstanceSuffix(instance.key), body);
    if (block.labels[0] == "aws_dynamodb_table") {
      if (const Node* name = body.Find("name")) {
        Node id = *name;
        SetMember(body, "id", std::move(id));
      }
    }
    if (instance.key.kind == Kind::kNull) {
      resource.value = std::move(body);
    } else if (each) {
      resource.value.map.emplace_back(TextOf(instance.key).value_or(""), std::move(body));
    } else {
      resource.value.list.push_back(std::move(body));
    }
  }
  return !evaluator_.exhausted();
}

}  // namespace dynarock::schema::hcl

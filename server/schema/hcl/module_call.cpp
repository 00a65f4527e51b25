#include "server/schema/hcl/module_call.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <utility>

#include "server/document/number.h"
#include "server/document/spelling.h"

namespace dynarock::schema::hcl {
namespace {

using Kind = Node::Kind;

constexpr std::array<std::string_view, 6> kMetaArguments = {"source", "version",  "providers",
                                                            "count",  "for_each", "depends_on"};

bool IsLocal(const std::string& source) {
  return source.starts_with("./") || source.starts_with("../") || source == "." || source == "..";
}

// "a.b" for "module.a[0].module.b", as modules.json has it.
std::string InstallationKey(std::string_view address) {
  std::string key = WithoutInstances(address);
  constexpr std::string_view kModule = "module.";
  for (size_t at = key.find(kModule); at != std::string::npos; at = key.find(kModule, at)) {
    key.erase(at, kModule.size());
  }
  return key;
}

}  // namespace

std::string InstanceSuffix(const Node& key) {
  if (key.kind == Kind::kNull) return "";
  if (key.kind == Kind::kNumber) return "[" + key.text + "]";
  if (key.kind == Kind::kUnresolved) return "[*]";
  return "[\"" + key.text + "\"]";
}

Module::Call* Module::Follow(Lazy& module) {
  std::unique_ptr<Call>& call = calls_[&module];
  if (!call) {
    call = std::make_unique<Call>();
    call->busy = true;
    if (!MakeCalls(module, *call)) {
      Report(evaluator_.problem());
      call->unread = "its block is wrong";
      call->modules.clear();
    }
    call->busy = false;
  }
  return call.get();
}

bool Module::MakeCalls(Lazy& module, Call& call) {
  const Block& block = *module.block;
  const std::string address = prefix_ + "module." + block.labels[0];
  const Attribute* source = block.body.FindAttribute("source");
  if (!source) {
    return evaluator_.FailWith(
        {block.place, "The argument \"source\" is required, but is not set here"});
  }
  Node text;
  if (!evaluator_.Evaluate(*source->value, nullptr, text)) return false;
  if (text.kind != Kind::kString)
    return evaluator_.Fail(*source->value, "The source of a module must be a text");
  const ModuleDirectory* found = Called(block, text, call);
  if (!found) return !call.unread.empty();
  const ModuleDirectory& directory = *found;
  call.problems = directory.problems;
  std::string unresolved;
  if (!Instances(block.body, call.instances, unresolved)) return false;
  call.each = block.body.FindAttribute("for_each") != nullptr;
  if (!unresolved.empty())
    call.unread = unresolved;  // its tables are looked at, its outputs not known
  for (const Instance& instance : call.instances) {
    if (world_.modules >= kMostModules)
      return evaluator_.Fail(*source->value,
                             "More than 300 calls of modules are not followed here");
    auto made = std::make_unique<Module>(world_, directory,
                                         address + InstanceSuffix(instance.key) + ".", depth_ + 1);
    if (directory.stand_in) made->ShowAt(shown_at_ ? *shown_at_ : block.place);
    made->Check();
    PassProviders(block, *made, call.problems);
    if (!MakeCall(module, instance, *made, call)) return false;
    call.modules.push_back(std::move(made));
  }
  return true;
}

const ModuleDirectory* Module::Called(const Block& block, const Node& text, Call& call) {
  const Expression& source = *block.body.FindAttribute("source")->value;
  const std::string address = prefix_ + "module." + block.labels[0];
  if (depth_ + 1 >= kMostModuleDepth || world_.modules >= kMostModules) {
    evaluator_.Fail(
        source, "Modules call each other more often than is followed here (8 levels, 300 calls)");
    return nullptr;
  }
  if (IsLocal(text.text)) {
    const ModuleDirectory& directory =
        world_.files.Directory(JoinDirectory(directory_.path, text.text));
    std::error_code error;
    if (directory.files.empty() && !std::filesystem::exists(directory.path, error)) {
      evaluator_.Fail(
          source, "Unreadable module directory: there is no directory " + text.text.substr(0, 200));
      return nullptr;
    }
    if (!directory.files.empty()) return &directory;
    call.unread = address + ": no .tf files were found in " + directory.path;
    world_.expansion.unread.push_back({address, text.text, block.place});
    return nullptr;
  }
  if (const auto at = world_.installed.find(InstallationKey(address));
      at != world_.installed.end()) {
    const ModuleDirectory& directory = world_.files.Directory(at->second);
    if (!directory.files.empty()) return &directory;
  }
  if (const KnownModule* known = world_.files.provider().known_module(text.text)) {
    return &world_.files.StandIn(*known);
  }
  call.unread =
      address + " comes from " + text.text.substr(0, 200) + ", which is not downloaded here";
  world_.expansion.unread.push_back({address, text.text, block.place});
  return nullptr;
}

bool Module::MakeCall(Lazy& module, const Instance& instance, Module& made, Call& call) {
  const Block& block = *module.block;
  for (const Attribute& attribute : block.body.attributes) {
    if (std::ranges::find(kMetaArguments, attribute.name) != kMetaArguments.end()) continue;
    const auto variable = made.variables_.find(attribute.name);
    if (variable != made.variables_.end()) {
      variable->second.argument = {this, attribute.value.get(), &instance, &call};
      variable->second.set = true;
    } else if (!made.directory_.MayDeclare(attribute.name) &&
               (!made.directory_.stand_in || made.Resembles(attribute.name))) {
      call.problems.push_back(
          {attribute.place,
           "An argument named \"" + attribute.name +
               "\" is not expected here: the module has no variable of that name"});
    }
  }
  made.RequireVariables(block.place, call.problems);
  return true;
}

bool Module::Resembles(std::string_view name) const {
  constexpr size_t kMostLetters = 2;
  std::vector<std::string_view> known;
  for (const auto& [variable, lazy] : variables_) known.push_back(variable);
  return !document::Misspelt(name, known, kMostLetters).empty();
}

bool Module::TakeArgument(Lazy& variable) {
  const auto& [caller, expression, instance, call] = variable.argument;
  Evaluator& evaluator = caller->evaluator_;
  return WithScope(*instance, [&](const Scope* scope) {
    if (evaluator.Evaluate(*expression, scope, variable.value)) return true;
    if (evaluator.exhausted()) return evaluator_.FailWith(evaluator.problem());
    call->problems.push_back(evaluator.problem());
    variable.value = UnresolvedValue(expression->place(), expression->text(), "");
    return true;
  });
}

void Module::ForceArguments() {
  for (auto& [name, variable] : variables_) {
    if (!variable.argument.value) continue;
    Problem problem;
    const bool known =
        Resolve(variable, *variable.argument.value, problem, &Module::ComputeVariable) != nullptr;
    if (!known && !evaluator_.exhausted()) variable.argument.call->problems.push_back(problem);
  }
}

bool Module::Outputs(Module& called, Node& out) {
  for (auto& [name, output] : called.outputs_) {
    const Attribute* value = output.block->body.FindAttribute("value");
    if (!value) continue;
    Problem problem;
    const Node* computed = called.Resolve(output, *value->value, problem, &Module::ComputeOutput);
    if (!computed) return evaluator_.FailWith(problem);
    SetMember(out, name, *computed);
  }
  return true;
}

const Node* Module::FindOutput(const Expression& whole, std::string_view module, const Node* key,
                               std::string_view output, Problem& problem, bool& handled) {
  const auto found = modules_.find(module);
  if (found == modules_.end()) return nullptr;
  Call& call = *Follow(found->second);
  if (call.busy || !call.unread.empty()) return nullptr;
  for (size_t i = 0; i < call.modules.size(); ++i) {
    const Node& own = call.instances[i].key;
    const bool same = key ? own.kind != Kind::kNull && own.kind != Kind::kUnresolved &&
                                TextOf(own) == TextOf(*key)
                          : own.kind == Kind::kNull;
    if (!same) continue;
    Module& called = *call.modules[i];
    const auto declared = called.outputs_.find(output);
    if (declared == called.outputs_.end()) return nullptr;
    handled = true;
    if (blind_) return KnownLater(whole, "it is not looked up");
    return called.Resolve(declared->second, whole, problem, &Module::ComputeOutput);
  }
  return nullptr;
}

bool Module::ComputeModule(Lazy& module) {
  const Block& block = *module.block;
  Call& call = *Follow(module);
  if (call.busy) {
    return evaluator_.FailWith({block.place, "module." + block.labels[0] +
                                                 " depends on itself: its count, for_each or "
                                                 "source leads back to it"});
  }
  if (!call.unread.empty()) {
    module.value = UnresolvedValue(block.place, "module." + block.labels[0], call.unread);
    return true;
  }
  module.value = call.each ? MapValue(block.place) : ListValue(block.place);
  for (size_t i = 0; i < call.modules.size(); ++i) {
    Node outputs = MapValue(block.place);
    if (call.modules[i]->directory_.stand_in) outputs.why = prefix_ + "module." + block.labels[0];
    if (!Outputs(*call.modules[i], outputs)) return false;
    const Node& key = call.instances[i].key;
    if (key.kind == Kind::kNull) {
      module.value = std::move(outputs);
    } else if (call.each) {
      module.value.map.emplace_back(TextOf(key).value_or(""), std::move(outputs));
    } else {
      module.value.list.push_back(std::move(outputs));
    }
  }
  return true;
}

}  // namespace dynarock::schema::hcl

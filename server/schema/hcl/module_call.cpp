#include "server/schema/hcl/module_call.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <utility>

#include "server/document/number.h"

namespace dynarock::schema::hcl {
namespace {

using Kind = Node::Kind;

constexpr std::array<std::string_view, 6> kMetaArguments = {"source", "version",  "providers",
                                                            "count",  "for_each", "depends_on"};

bool IsLocal(const std::string& source) {
  return source.starts_with("./") || source.starts_with("../") || source == "." || source == "..";
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
    if (!MakeCalls(module, *call)) {
      Report(evaluator_.problem());
      call->unread = "its block is wrong";
      call->modules.clear();
    }
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
  const auto unread = [&](std::string why) {
    call.unread = std::move(why);
    world_.expansion.unread.push_back({address, text.text, block.place});
    return true;
  };
  if (!IsLocal(text.text))
    return unread(address + " comes from " + text.text.substr(0, 200) + ", which is not read here");
  if (depth_ + 1 >= kMostModuleDepth || world_.modules >= kMostModules) {
    return evaluator_.Fail(
        *source->value,
        "Modules call each other more often than is followed here (8 levels, 300 calls)");
  }
  const ModuleDirectory& directory =
      world_.files.Directory(JoinDirectory(directory_.path, text.text));
  std::error_code error;
  if (directory.files.empty() && !std::filesystem::exists(directory.path, error)) {
    return evaluator_.Fail(*source->value, "Unreadable module directory: there is no directory " +
                                               text.text.substr(0, 200));
  }
  if (directory.files.empty())
    return unread(address + ": no .tf files were found in " + directory.path);
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
    made->Check();
    PassProviders(block, *made, call.problems);
    if (!MakeCall(module, instance, *made, call)) return false;
    call.modules.push_back(std::move(made));
  }
  return true;
}

bool Module::MakeCall(Lazy& module, const Instance& instance, Module& made, Call& call) {
  const Block& block = *module.block;
  return WithScope(instance, [&](const Scope* scope) {
    for (const Attribute& attribute : block.body.attributes) {
      if (std::ranges::find(kMetaArguments, attribute.name) != kMetaArguments.end()) continue;
      Node value;
      if (!evaluator_.Evaluate(*attribute.value, scope, value)) {
        if (evaluator_.exhausted()) return false;
        call.problems.push_back(evaluator_.problem());
        value = UnresolvedValue(attribute.value->place(), attribute.value->text(), "");
      }
      if (made.SetVariable(attribute.name, std::move(value))) continue;
      if (made.directory_.MayDeclare(attribute.name)) continue;
      call.problems.push_back(
          {attribute.place,
           "An argument named \"" + attribute.name +
               "\" is not expected here: the module has no variable of that name"});
    }
    made.RequireVariables(block.place, call.problems);
    return true;
  });
}

bool Module::Outputs(Module& called, Node& out) {
  for (auto& [name, output] : called.outputs_) {
    const Attribute* value = output.block->body.FindAttribute("value");
    if (!value) continue;
    Node computed;
    if (!called.evaluator_.Evaluate(*value->value, nullptr, computed)) {
      if (called.evaluator_.exhausted()) return evaluator_.FailWith(called.evaluator_.problem());
      computed =
          UnresolvedValue(value->value->place(), value->value->text(), "the output is wrong");
    }
    SetMember(out, name, std::move(computed));
  }
  return true;
}

bool Module::ComputeModule(Lazy& module) {
  const Block& block = *module.block;
  Call& call = *Follow(module);
  if (!call.unread.empty()) {
    module.value = UnresolvedValue(block.place, "module." + block.labels[0], call.unread);
    return true;
  }
  module.value = call.each ? MapValue(block.place) : ListValue(block.place);
  for (size_t i = 0; i < call.modules.size(); ++i) {
    Node outputs = MapValue(block.place);
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

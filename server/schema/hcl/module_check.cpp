#include "server/schema/hcl/module_check.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

#include "server/document/spelling.h"
#include "server/schema/hcl/language_blocks.h"
#include "server/schema/hcl/reference_graph.h"
#include "server/schema/hcl/reference_walk.h"

namespace dynarock::schema::hcl {
namespace {

constexpr size_t kMostLetters = 3;

// Roots of references that are no types of resources.
constexpr std::array kOtherRoots =
    std::to_array<std::string_view>({"action", "count", "each", "ephemeral", "list", "module",
                                     "path", "provider", "run", "self", "terraform", "var"});
// Blocks of a resource that Terraform evaluates by itself and in which references mean something
// else.
constexpr std::array kMetaBlocks =
    std::to_array<std::string_view>({"connection", "lifecycle", "provisioner"});
template <class Names>
bool Contains(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::string Meant(std::string_view name, std::span<const std::string_view> known) {
  const std::string_view meant = document::Misspelt(name, known, kMostLetters);
  return meant.empty() ? std::string() : " Did you mean \"" + std::string(meant) + "\"?";
}

class ModuleCheck {
 public:
  ModuleCheck(const ModuleDirectory& directory, bool all, const std::string& module,
              const Provider& provider)
      : directory_(directory), all_(all), module_(module), provider_(provider) {}

  ModuleFaults Run() {
    // What the given files declare comes before what lies beside them.
    for (const bool given : {true, false}) {
      for (const auto& file : directory_.files) {
        if (file->given == given) Declare(*file);
      }
    }
    for (const auto& file : directory_.files) {
      told_ = all_ || file->given;
      for (const Block& block : file->body.blocks) CheckBlock(block);
    }
    graph_.FindCircles(faults_.problems, faults_.wrong);
    return std::move(faults_);
  }

 private:
  struct Declared {
    size_t number = 0;             // in the graph
    const Block* block = nullptr;  // null: a local value
  };
  // Where a reference stands.
  struct Where {
    std::string_view name;  // of the resource or local value; empty: of nothing that is declared
    const BoundName* bound = nullptr;
    bool content = false;  // of a dynamic block
  };

  void Declare(const ModuleFile& file) {
    const bool told = all_ || file.given;
    for (const Block& block : file.body.blocks) {
      if (block.type == "check") {
        for (const Block& inner : block.body.blocks) DeclareResource(inner, told);
      } else if (block.type == "locals") {
        for (const Attribute& attribute : block.body.attributes) {
          const std::string name = "local." + attribute.name;
          DeclareNamed(name, name + " (expand)", nullptr, told);
        }
      } else if (block.type == "module" && block.labels.size() == 1) {
        modules_.push_back(block.labels[0]);
      } else {
        DeclareResource(block, told);
      }
    }
  }

  void DeclareResource(const Block& block, bool told) {
    const std::string name = AddressOf(block);
    if (!name.empty()) DeclareNamed(name, name, &block, told);
  }

  void DeclareNamed(const std::string& name, const std::string& shown, const Block* block,
                    bool told) {
    const auto [it, fresh] = declared_.try_emplace(name);
    if (fresh) it->second = {.number = graph_.Add(shown, told), .block = block};
  }

  // "type.name", "data.type.name"; empty: the block is no resource.
  static std::string AddressOf(const Block& block) {
    const bool data = block.type == "data";
    if ((!data && block.type != "resource") || block.labels.size() != 2) return {};
    return (data ? "data." : "") + block.labels[0] + "." + block.labels[1];
  }

  void CheckBlock(const Block& block) {
    if (block.type == "locals") {
      for (const Attribute& attribute : block.body.attributes) {
        const std::string name = "local." + attribute.name;
        Check(*attribute.value, {.name = name});
      }
    } else if (block.type == "resource" || block.type == "data" || block.type == "output" ||
               block.type == "module") {
      const std::string name = AddressOf(block);
      CheckBody(block.body, {.name = name}, true);
      if (block.type == "resource" && block.labels.size() == 2) {
        Collect([&](auto& problems) {
          CheckMetaBlocks(block, provider_.attributes(block.labels[0]), problems);
        });
      }
    }
    Collect([&](auto& problems) { CheckLanguageBlock(block, problems); });
  }

  // Adds what `check` finds, if the file that is looked at counts.
  template <class CheckSome>
  void Collect(CheckSome check) {
    std::vector<Problem> problems;
    check(problems);
    if (!told_) return;
    std::ranges::move(problems, std::back_inserter(faults_.problems));
  }

  void CheckBody(const Body& body, const Where& where, bool top) {
    for (const Attribute& attribute : body.attributes) {
      if (top && attribute.name == "depends_on") {
        CheckDependencies(*attribute.value, where);
      } else if (!top || (attribute.name != "provider" && attribute.name != "providers")) {
        Check(*attribute.value, where);
      }
    }
    for (const Block& block : body.blocks) {
      if (top && Contains(kMetaBlocks, block.type)) continue;
      if (block.type == "dynamic" && block.labels.size() == 1) {
        CheckDynamic(block, where);
      } else {
        CheckBody(block.body, where, false);
      }
    }
  }

  void CheckDynamic(const Block& block, const Where& where) {
    Collect([&](auto& problems) { CheckDynamicBlock(block, problems); });
    BoundName iterator{where.bound, block.labels[0]};
    for (const Attribute& attribute : block.body.attributes) {
      if (attribute.name != "iterator") {
        Check(*attribute.value, where);
      } else if (attribute.value->kind == Expression::Kind::kVariable) {
        iterator.name = attribute.value->name;
      }
    }
    for (const Block& inner : block.body.blocks) {
      if (inner.type != "content") continue;
      CheckBody(inner.body, {.name = where.name, .bound = &iterator, .content = true}, false);
    }
  }

  // Names of whole resources and modules.
  void CheckDependencies(const Expression& list, const Where& where) {
    WalkReferences(list, where.bound, [&](const Reference& reference) {
      const std::string_view root = reference.NameAt(0);
      if (root == "module" && !Contains(modules_, reference.NameAt(1)) &&
          !directory_.MayDeclare(reference.NameAt(1))) {
        Tell(reference.place(), "Reference to undeclared module: No module call named \"" +
                                    std::string(reference.NameAt(1)) + "\" is declared in " +
                                    module_ + ".");
      }
      const Target target = TargetOf(reference);
      if (target.name.empty() || target.name == where.name) return;
      if (!declared_.contains(target.name)) {
        if (root != "local") TellUndeclared(reference, target, {});
      } else {
        Connect(where, target, reference);
      }
    });
  }

  void Check(const Expression& expression, const Where& where) {
    WalkReferences(expression, where.bound, [&](const Reference& reference) {
      const Target target = TargetOf(reference);
      if (target.name.empty()) return;
      const auto declared = declared_.find(target.name);
      if (declared == declared_.end()) return CheckUndeclared(reference, target, where);
      if (target.name == where.name) return TellSelf(reference, target);
      Connect(where, target, reference);
      if (const Block* block = declared->second.block) CheckAttribute(reference, target, *block);
    });
  }

  // What a reference names.
  struct Target {
    std::string name;  // as in `declared_`; empty: none of those
    size_t last = 0;   // the step that ends the name
    std::string_view mode;
    std::string_view type;
    std::string_view own_name;
  };
  static Target TargetOf(const Reference& reference) {
    const std::string_view root = reference.NameAt(0);
    Target target;
    if (Contains(kOtherRoots, root)) return target;
    if (root == "local") {
      if (!reference.NameAt(1).empty()) target.name = "local." + std::string(reference.NameAt(1));
      target.last = 1;
      return target;
    }
    target.mode = root == "data" ? "data" : "managed";
    const size_t type = root == "data" || root == "resource" ? 1 : 0;
    target.type = reference.NameAt(type);
    target.own_name = reference.NameAt(type + 1);
    target.last = type + 1;
    if (target.type.empty() || target.own_name.empty()) return target;
    target.name = (root == "data" ? "data." : "") + std::string(target.type) + "." +
                  std::string(target.own_name);
    return target;
  }

  void Connect(const Where& where, const Target& target, const Reference& reference) {
    const auto from = declared_.find(where.name);
    if (from == declared_.end()) return;
    graph_.Connect(from->second.number, declared_.find(target.name)->second.number,
                   *reference.steps[target.last]);
  }

  // Local values that are not declared are told where they are evaluated.
  void CheckUndeclared(const Reference& reference, const Target& target, const Where& where) {
    if (target.mode.empty()) return;
    const bool item = target.own_name == "key" || target.own_name == "value";
    if (target.mode == "data" || !where.content || !item) {
      return TellUndeclared(reference, target, {});
    }
    std::string names;
    for (const BoundName* bound = where.bound; bound; bound = bound->outer) {
      names += (names.empty() ? "" : " or ") + std::string(bound->name);
    }
    TellUndeclared(reference, target,
                   "is \"" + std::string(target.type) +
                       "\" meant for the iterator of the dynamic block? It is called " + names +
                       " here");
  }

  void TellUndeclared(const Reference& reference, const Target& target, std::string hint) {
    if (directory_.MayDeclare(target.own_name)) return;
    faults_.wrong.insert(reference.steps[target.last]);
    Tell(reference.place(),
         "Reference to undeclared resource: A " + std::string(target.mode) + " resource \"" +
             std::string(target.type) + "\" \"" + std::string(target.own_name) +
             "\" has not been declared in " + module_ + ".",
         std::move(hint));
  }

  void TellSelf(const Reference& reference, const Target& target) {
    faults_.wrong.insert(reference.steps[target.last]);
    Tell(reference.place(), reference.NameAt(0) == "local"
                                ? "Self-referencing local value: Local value " + target.name +
                                      " cannot use its own result as part of its expression."
                                : "Self-referential block: Configuration for " + target.name +
                                      " may not refer to itself.");
  }

  // An attribute of a resource whose attributes are all known.
  void CheckAttribute(const Reference& reference, const Target& target, const Block& block) {
    if (target.mode != "managed") return;
    const bool each = block.body.FindAttribute("for_each") != nullptr;
    const bool many = each || block.body.FindAttribute("count");
    if (CheckInstanceKey(reference, target, many, each)) return;
    const size_t step = target.last + (many ? 2 : 1);
    const std::string_view name = reference.NameAt(step);
    const bool indexed = !many || reference.NameAt(step - 1).empty();
    if (name.empty() || !indexed) return;
    const std::vector<std::string_view> known = provider_.attributes(target.type);
    if (known.empty() || Contains(known, name)) return;
    faults_.wrong.insert(reference.steps[step]);
    Tell(reference.place(),
         "Unsupported attribute: This object has no argument, nested block, or exported attribute "
         "named \"" +
             std::string(name) + "\"." + Meant(name, known));
  }

  // Whether a reference has a key where the resource has instances, and none where it has not.
  bool CheckInstanceKey(const Reference& reference, const Target& target, bool many, bool each) {
    const size_t step = target.last + 1;
    if (step >= reference.steps.size()) return false;
    const std::string_view name = reference.NameAt(step);
    const bool indexed = name.empty() || (name[0] >= '0' && name[0] <= '9');  // a.b.0, an old form
    if (many == indexed) return false;
    faults_.wrong.insert(reference.steps[step]);
    if (many) {
      Tell(reference.place(), "Missing resource instance key: Because " + target.name + " has \"" +
                                  (each ? "for_each" : "count") +
                                  "\" set, its attributes must be accessed on specific instances. "
                                  "For example, to correlate with indices of a referring resource, "
                                  "use: " +
                                  target.name + (each ? "[each.key]" : "[count.index]"));
    } else {
      Tell(reference.place(),
           "Unexpected resource instance key: Because " + target.name +
               " does not have \"count\" or \"for_each\" set, references to it must not include "
               "an index key. Remove the bracketed index to refer to the single instance of this "
               "resource.");
    }
    return true;
  }

  void Tell(Place place, std::string message, std::string hint = {}) {
    if (!told_) return;
    faults_.problems.push_back(
        {.place = std::move(place), .message = std::move(message), .hint = std::move(hint)});
  }

  const ModuleDirectory& directory_;
  const bool all_;
  const std::string& module_;
  const Provider& provider_;
  bool told_ = false;  // the file that is looked at
  ReferenceGraph graph_;
  std::map<std::string, Declared, std::less<>> declared_;  // "local.a", "type.name", "data.t.n"
  std::vector<std::string> modules_;
  ModuleFaults faults_;
};

}  // namespace

ModuleFaults CheckModule(const ModuleDirectory& directory, bool all, const std::string& module,
                         const Provider& provider) {
  return ModuleCheck(directory, all, module, provider).Run();
}

}  // namespace dynarock::schema::hcl

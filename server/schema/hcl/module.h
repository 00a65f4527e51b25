// A Terraform module: what its names stand for, and the instances of its resources.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server/schema/hcl/evaluator.h"
#include "server/schema/hcl/module_check.h"
#include "server/schema/hcl/module_files.h"
#include "server/schema/hcl/syntax.h"

namespace dynarock::schema::hcl {

// A provider configuration as a resource uses it.
struct Configuration {
  std::string name = {};  // "aws.west", "module.a.aws.west"; empty: the default one
  Node body = {};         // its arguments, as in Resource; kNull: it has no block that can be seen
};

// One instance of a resource. `body` is a kMap of its arguments; nested blocks stand under their
// type as a list of maps, in order, and an element that is kUnresolved stands for any number of
// them. Meta-arguments (count, lifecycle, ...) are left out.
struct Resource {
  std::string type;
  std::string name;
  std::string module;   // "module.a.", "" for the root
  std::string address;  // module.a.type.name["key"]
  Place place;
  Node body;
  Configuration provider = {};
  // count or for_each is unresolved: this stands for any number of instances. Else empty.
  std::string unresolved_instances = {};
  // The file that holds it was given.
  bool given = false;
  // It is not made, since count or for_each is empty here. `body` is there to be checked: what
  // variables, local values and others stand for is left unresolved in it.
  bool absent = false;
  bool unkeyed = false;        // it is not looked at, since its key is not given
  std::string name_text = {};  // its argument `name` as it is written
};

// A module call that is not followed.
struct UnreadModule {
  std::string address;
  std::string source;
  Place place;
};

// What a module and those it calls came to.
struct Expansion {
  std::vector<Resource> resources;
  std::vector<UnreadModule> unread;
  std::vector<Problem> problems;
  std::vector<Problem> notes;  // what is wrong until somebody gives a value
};

// Shared by a module and those it calls.
struct ModuleWorld {
  ModuleFiles& files;
  Budget budget;
  int modules = 0;  // instances so far
  // The directory of the root module.
  std::string root = {};
  // What the command line says of names that only deployment knows: "terraform.workspace",
  // "data.aws_region.current.name", "module.a.random_pet.b.id".
  std::map<std::string, std::string, std::less<>> given = {};
  std::set<std::string, std::less<>> used = {};  // of these
  // ModuleFiles::Installed of the root module.
  std::map<std::string, std::string, std::less<>> installed = {};
  Expansion expansion;
  std::map<const ModuleDirectory*, ModuleFaults> faults = {};  // of those that were looked at
};

inline constexpr int kMostModuleDepth = 8;
inline constexpr int kMostModules = 300;

class Module : public References {
 public:
  // `inputs` are the values of variables from outside. For a root module, .tfvars come on top of
  // them by SetVariables.
  Module(ModuleWorld& world, const ModuleDirectory& directory, std::string prefix, int depth);
  ~Module() override;

  // What a stand-in makes is shown where the module is called.
  void ShowAt(Place place) {
    shown_at_ = std::move(place);
    evaluator_.KeepPlaces();
  }

  // Sets a variable. False: there is none of that name.
  bool SetVariable(const std::string& name, Node value);
  // Sets those that a .tfvars file assigns; other names are passed over, as Terraform warns only.
  void SetVariables(const Body& assignments);
  // Sets one from the command line: a text, or an expression if the variable's type is no string.
  bool SetVariableText(const std::string& name, const std::string& text);
  // Sets those that the environment has, as TF_VAR_name.
  void SetFromEnvironment();
  // Whether this module has the resource or data source that a name on the command line begins with:
  // "random_pet.a.id", "data.aws_region.b.name".
  bool Declares(std::string_view name) const;
  // Finishes what a caller gave: variables without a value and a default are problems of the call.
  // Whether a name may be a misspelt variable.
  bool Resembles(std::string_view name) const;
  void RequireVariables(const Place& call, std::vector<Problem>& problems);

  // Reports what is wrong before anything is computed, once for all instances of a module.
  void Check();

  // Puts the instances of the resources whose type `wanted` accepts into the world's expansion,
  // with those of the modules it calls.
  void Expand(const std::function<bool(std::string_view)>& wanted);

  const Node* Find(const Expression& whole, std::string_view root, std::string_view member,
                   Problem& problem) override;
  const Node* FindOutput(const Expression& whole, std::string_view module, const Node* key,
                         std::string_view output, Problem& problem, bool& handled) override;
  const std::string* root() const override { return &world_.root; }
  bool IsWrong(const Expression& reference) const override {
    return faults_ && faults_->wrong.contains(&reference);
  }

 private:
  enum class State : uint8_t { kNew, kBusy, kDone, kFailed };
  struct Instance;
  struct Call;
  // What a module call gives a variable; computed when it is first asked for, since it may depend on
  // other outputs of the module.
  struct Argument {
    Module* caller = nullptr;
    const Expression* value = nullptr;
    const Instance* instance = nullptr;
    Call* call = nullptr;
  };
  // A name whose value is computed when it is first asked for.
  struct Lazy {
    const Expression* expression = nullptr;
    const Block* block = nullptr;
    State state = State::kNew;
    Node value;
    Problem problem;
    Argument argument;  // of a variable
    bool set = false;   // a variable that was given a value
    bool given = false;
  };
  struct Instance {
    Node key;  // null: the resource has neither count nor for_each
    Node each;
    Node count;
  };
  // Where a configuration is written; no block: in a module that calls this one, or nowhere.
  struct ProviderSource {
    Module* module = nullptr;
    const Block* block = nullptr;
    std::string name = {};
  };
  using Names = std::map<std::string, Lazy, std::less<>>;

  void Declare(const ModuleFile& file);
  void DeclareBlock(const Block& block, bool given);
  void DeclareNamed(Names& names, std::string name, const Block& block, bool given);
  void Report(Problem problem);

  // A `provider` or `terraform` block.
  void DeclareProvider(const Block& block);
  const ProviderSource* FindProvider(const std::string& name) const;
  // What a module that `call` makes has of this one's configurations.
  void PassProviders(const Block& call, Module& made, std::vector<Problem>& problems);
  Configuration ConfigurationOf(const Block& resource, const std::string& address,
                                std::vector<Problem>& problems);
  const Node& ProviderBody(const Block& block);

  const Node* Resolve(Lazy& lazy, const Expression& whole, Problem& problem,
                      bool (Module::*compute)(Lazy&));
  bool ComputeVariable(Lazy& variable);
  // Reports the values that a variable's validation blocks refuse.
  void CheckVariables();
  // A variable's value from the call of the module.
  bool TakeArgument(Lazy& variable);
  bool ComputeLocal(Lazy& local);
  bool ComputeOutput(Lazy& output);
  bool ComputeResource(Lazy& resource);
  bool ComputeModule(Lazy& module);
  const Node* Undeclared(std::string_view root, std::string_view member, const Expression& whole,
                         Problem& problem);
  // What the command line gives below `address` ("data.aws_region"), as an open map; null: nothing.
  const Node* Given(const Expression& whole, const std::string& address);
  // Adds the given attributes of one instance of a resource to its body.
  void AddGiven(const std::string& address, Node& body);
  const Node* KnownLater(const Expression& whole, std::string why);

  // The instances that count or for_each make; `unresolved` says why their number is not known.
  bool Instances(const Body& body, std::vector<Instance>& instances, std::string& unresolved);
  bool CountInstances(const Expression& count, std::vector<Instance>& instances,
                      std::string& unresolved);
  bool ForEachInstances(const Expression& each, std::vector<Instance>& instances,
                        std::string& unresolved);
  // Calls `use` with the scope that holds the instance's `each` or `count`.
  template <class Use>
  static bool WithScope(const Instance& instance, Use use) {
    const Scope each{nullptr, "each", &instance.each};
    const Scope count{nullptr, "count", &instance.count};
    if (instance.each.kind == Node::Kind::kMap) return use(&each);
    if (instance.count.kind == Node::Kind::kMap) return use(&count);
    return use(static_cast<const Scope*>(nullptr));
  }
  // Problems within go to `problems`, and the values become unresolved.
  void EvaluateBody(const Body& body, const Scope* scope, bool top, Node& out,
                    std::vector<Problem>& problems);
  void AddBlock(const Block& block, const Scope* scope, Node& out, std::vector<Problem>& problems);
  void AddDynamic(const Block& block, const Scope* scope, Node& out,
                  std::vector<Problem>& problems);
  void ExpandResource(Lazy& resource);
  // What all instances of a resource have alike.
  Resource StartOf(const Lazy& resource) const;
  // Evaluates an instance and puts it into the expansion. False: the evaluation was given up.
  bool Publish(Resource made, const Block& block, const Instance& instance);
  // A resource that has no instances.
  void ExpandAbsent(Lazy& resource);
  // A body with the places that are shown.
  void Relocate(Node& node) const;
  Call* Follow(Lazy& module);
  // The directory of a called module; null: it is not read, and `call` says why, or its source is
  // wrong.
  const ModuleDirectory* Called(const Block& block, const Node& source, Call& call);
  bool MakeCalls(Lazy& module, Call& call);
  bool MakeCall(Lazy& module, const Instance& instance, Module& made, Call& call);
  bool Outputs(Module& called, Node& out);
  // Looks at the arguments that nobody asked for.
  void ForceArguments();

  ModuleWorld& world_;
  const ModuleDirectory& directory_;
  std::string prefix_;  // "" or "module.a."
  int depth_;
  std::optional<Place> shown_at_;
  Evaluator evaluator_;
  const ModuleFaults* faults_ = nullptr;  // known after Check
  bool blind_ = false;                    // names are looked up, and their values left unresolved
  Names variables_;
  Names locals_;
  Names resources_;  // by "type.name"
  Names modules_;
  Names outputs_;
  std::map<std::string, ProviderSource, std::less<>> providers_;  // "aws", "aws.west"
  std::map<const Block*, Node> provider_bodies_;
  std::vector<Lazy*> in_order_;  // resources and modules, as written
  std::map<const Lazy*, std::unique_ptr<Call>> calls_;
  std::deque<Node> kept_;  // what Find hands out
};

// "[0]" or "[\"key\"]"; "[*]" for a key that is not known.
std::string InstanceSuffix(const Node& key);
// "module.a.type.name" for "module.a[\"k\"].type.name[0]".
std::string WithoutInstances(std::string_view address);

}  // namespace dynarock::schema::hcl

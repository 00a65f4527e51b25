// The instances of resources, their bodies, and dynamic blocks.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "server/document/number.h"
#include "server/schema/hcl/module_call.h"

namespace dynarock::schema::hcl {
namespace {

using Kind = Node::Kind;

constexpr std::array<std::string_view, 4> kMetaArguments = {"count", "for_each", "provider",
                                                            "depends_on"};
constexpr std::array<std::string_view, 3> kMetaBlocks = {"lifecycle", "provisioner", "connection"};

// The element of a map or list in a for_each, as each.key and each.value see it.
struct Item {
  Node key;
  Node value;
};

// What a for_each goes over: the members of a map, or the elements of a set (of a list, in a
// dynamic block, with their indexes). False: it is neither.
bool ItemsOf(const Node& collection, bool dynamic, std::vector<Item>& items) {
  if (collection.kind == Kind::kMap) {
    for (const auto* member : SortedMembers(collection)) {
      items.push_back({TextValue(member->second.place, member->first), member->second});
    }
    return true;
  }
  if (collection.kind != Kind::kList) return false;
  for (const Node& element : collection.list) {
    Item item{element, element};
    if (dynamic && (collection.text != kSetMark)) {
      item.key = NumberValue(element.place, static_cast<long double>(items.size()));
    }
    items.push_back(std::move(item));
  }
  return true;
}

Node EachOf(const Place& place, Node key, Node value) {
  Node each = MapValue(place);
  each.map.emplace_back("key", std::move(key));
  each.map.emplace_back("value", std::move(value));
  return each;
}

}  // namespace

bool Module::Instances(const Body& body, std::vector<Instance>& instances,
                       std::string& unresolved) {
  const Attribute* count = body.FindAttribute("count");
  const Attribute* each = body.FindAttribute("for_each");
  if (count && each) {
    return evaluator_.FailWith({each->place, "count and for_each cannot both be set"});
  }
  if (count) return CountInstances(*count->value, instances, unresolved);
  if (each) return ForEachInstances(*each->value, instances, unresolved);
  instances.emplace_back();
  return true;
}

bool Module::CountInstances(const Expression& count, std::vector<Instance>& instances,
                            std::string& unresolved) {
  Node value;
  if (!evaluator_.Evaluate(count, nullptr, value)) return false;
  const auto add = [&](Node index) {
    Instance& instance = instances.emplace_back();
    instance.key = index;
    instance.count = MapValue(count.place());
    instance.count.map.emplace_back("index", std::move(index));
  };
  if (IsUnresolved(value)) {
    unresolved = value.why;
    add(UnresolvedValue(count.place(), "count.index", value.why));
    return true;
  }
  const std::optional<long double> number = NumberOf(value);
  if (!number || *number < 0 || *number != std::floor(*number)) {
    return evaluator_.Fail(count, "count must be a whole number from 0 on");
  }
  for (long double i = 0; i < *number; ++i) {
    if (!evaluator_.Spend(count, 3)) return false;
    add(NumberValue(count.place(), i));
  }
  return true;
}

bool Module::ForEachInstances(const Expression& each, std::vector<Instance>& instances,
                              std::string& unresolved) {
  Node value;
  if (!evaluator_.Evaluate(each, nullptr, value)) return false;
  if (IsUnresolved(value)) {
    unresolved = value.why;
    Instance& instance = instances.emplace_back();
    instance.key = UnresolvedValue(each.place(), "each.key", value.why);
    instance.each =
        EachOf(each.place(), instance.key, UnresolvedValue(each.place(), "each.value", value.why));
    return true;
  }
  if (value.kind == Kind::kList && value.text != kSetMark) {
    return evaluator_.Fail(each,
                           "for_each goes over a map or a set of strings, and this is a list: "
                           "toset() makes a set of it");
  }
  std::vector<Item> items;
  if (!ItemsOf(value, false, items)) {
    return evaluator_.Fail(each, "for_each goes over a map or a set of strings, and this is " +
                                     std::string(KindName(value)));
  }
  for (Item& item : items) {
    if (!evaluator_.Spend(each, 3)) return false;
    if (item.key.kind != Kind::kString && !IsUnresolved(item.key)) {
      return evaluator_.Fail(each,
                             "for_each goes over a map or a set of strings, and the set holds " +
                                 std::string(KindName(item.key)));
    }
    Instance& instance = instances.emplace_back();
    instance.key = item.key;
    instance.each = EachOf(each.place(), std::move(item.key), std::move(item.value));
  }
  return true;
}

void Module::EvaluateBody(const Body& body, const Scope* scope, bool top, Node& out,
                          std::vector<Problem>& problems) {
  for (const Attribute& attribute : body.attributes) {
    if (top && std::ranges::find(kMetaArguments, attribute.name) != kMetaArguments.end()) continue;
    Node value;
    if (!evaluator_.Evaluate(*attribute.value, scope, value)) {
      problems.push_back(evaluator_.problem());
      value = UnresolvedValue(attribute.value->place(), attribute.value->text(), "");
    }
    value.name_line = attribute.place.line;
    value.name_column = attribute.place.column;
    value.name_file = attribute.place.file == value.place.file ? "" : attribute.place.file;
    out.map.emplace_back(attribute.name, std::move(value));
  }
  for (const Block& block : body.blocks) {
    if (top && std::ranges::find(kMetaBlocks, block.type) != kMetaBlocks.end()) continue;
    if (block.type == "dynamic" && block.labels.size() == 1) {
      AddDynamic(block, scope, out, problems);
    } else {
      AddBlock(block, scope, out, problems);
    }
    if (evaluator_.exhausted()) return;
  }
}

namespace {

// The list of the blocks of one type.
Node& BlocksOf(Node& out, const std::string& type, const Place& place) {
  for (auto& [name, member] : out.map) {
    if (name == type && member.kind == Kind::kList && member.text == kBlockMark) return member;
  }
  Node blocks = ListValue(place);
  blocks.text = kBlockMark;
  blocks.name_line = place.line;
  blocks.name_column = place.column;
  out.map.emplace_back(type, std::move(blocks));
  return out.map.back().second;
}

}  // namespace

void Module::AddBlock(const Block& block, const Scope* scope, Node& out,
                      std::vector<Problem>& problems) {
  Node made = MapValue(block.place);
  EvaluateBody(block.body, scope, false, made, problems);
  BlocksOf(out, block.type, block.place).list.push_back(std::move(made));
}

void Module::AddDynamic(const Block& block, const Scope* scope, Node& out,
                        std::vector<Problem>& problems) {
  const std::string& type = block.labels[0];
  const Attribute* each = block.body.FindAttribute("for_each");
  const Block* content = nullptr;
  for (const Block& inner : block.body.blocks) {
    if (inner.type == "content") content = &inner;
  }
  if (!each || !content) {
    problems.push_back(
        {block.place, "A dynamic block needs a for_each argument and a content block"});
    return;
  }
  std::string iterator = type;
  if (const Attribute* named = block.body.FindAttribute("iterator")) {
    if (named->value->kind == Expression::Kind::kVariable) iterator = named->value->name;
  }
  Node collection;
  if (!evaluator_.Evaluate(*each->value, scope, collection)) {
    problems.push_back(evaluator_.problem());
    collection = UnresolvedValue(each->value->place(), each->value->text(), "");
  }
  if (IsUnresolved(collection)) {
    BlocksOf(out, type, block.place).list.push_back(std::move(collection));
    return;
  }
  std::vector<Item> items;
  if (collection.kind != Kind::kNull && !ItemsOf(collection, true, items)) {
    problems.push_back(
        {each->value->place(),
         "The for_each of a dynamic block goes over a list, set, map or object, and this is " +
             std::string(KindName(collection))});
    return;
  }
  for (Item& item : items) {
    // The block is shown where its element is written.
    const Place place =
        item.value.place.line > 0 && item.value.place.file != "" ? item.value.place : block.place;
    const Node bound = EachOf(place, std::move(item.key), std::move(item.value));
    const Scope inner{scope, iterator, &bound};
    if (!evaluator_.Spend(*each->value, 1)) {
      problems.push_back(evaluator_.problem());
      return;
    }
    Node made = MapValue(place);
    EvaluateBody(content->body, &inner, false, made, problems);
    BlocksOf(out, type, block.place).list.push_back(std::move(made));
  }
}

void Module::ExpandResource(Lazy& resource) {
  const Block& block = *resource.block;
  std::vector<Instance> instances;
  std::string unresolved;
  if (!Instances(block.body, instances, unresolved)) {
    if (resource.given || depth_ > 0) Report(evaluator_.problem());
    return;
  }
  if (instances.empty()) return ExpandAbsent(resource);
  for (const Instance& instance : instances) {
    Resource made = StartOf(resource);
    made.address += InstanceSuffix(instance.key);
    made.unresolved_instances = unresolved;
    if (!Publish(std::move(made), block, instance)) return;
  }
}

Resource Module::StartOf(const Lazy& resource) const {
  const Block& block = *resource.block;
  Resource made{.type = block.labels[0],
                .name = block.labels[1],
                .module = prefix_,
                .address = prefix_ + block.labels[0] + "." + block.labels[1],
                .place = block.place,
                .body = MapValue(block.place),
                .given = resource.given || depth_ > 0};
  if (const Attribute* name = block.body.FindAttribute("name")) {
    made.name_text = name->value->text();
  }
  return made;
}

bool Module::Publish(Resource made, const Block& block, const Instance& instance) {
  std::vector<Problem> problems;
  blind_ = made.absent;
  WithScope(instance, [&](const Scope* scope) {
    EvaluateBody(block.body, scope, true, made.body, problems);
    return true;
  });
  blind_ = false;
  made.provider = ConfigurationOf(block, made.address, problems);
  if (made.given) {
    for (Problem& problem : problems) Report(std::move(problem));
  }
  // What is left of a body that was given up would look like faults of its own.
  if (evaluator_.exhausted()) return false;
  if (shown_at_) Relocate(made.body);
  if (shown_at_) made.place = *shown_at_;
  world_.expansion.resources.push_back(std::move(made));
  return true;
}

void Module::Relocate(Node& node) const {
  const bool own = node.place.file == directory_.path;
  if (own) node.place = *shown_at_;
  if (own || node.name_file == directory_.path) {
    node.name_file.clear();
    node.name_line = node.name_column = 0;
  }
  for (Node& element : node.list) Relocate(element);
  for (auto& [name, member] : node.map) Relocate(member);
}

void Module::ExpandAbsent(Lazy& resource) {
  const Block& block = *resource.block;
  const Node unknown = UnresolvedValue(block.place, "", "there are no instances");
  Instance instance;
  if (block.body.FindAttribute("for_each")) {
    instance.each = EachOf(block.place, unknown, unknown);
  } else {
    instance.count = MapValue(block.place);
    instance.count.map.emplace_back("index", unknown);
  }
  Resource made = StartOf(resource);
  made.absent = true;
  Publish(std::move(made), block, instance);
}

void Module::Expand(const std::function<bool(std::string_view)>& wanted) {
  CheckVariables();
  for (Lazy* lazy : in_order_) {
    if (lazy->block->type == "resource") {
      const std::string& type = lazy->block->labels[0];
      if (wanted(type)) {
        ExpandResource(*lazy);
      } else if (const auto meant = world_.files.provider().meant_type(type);
                 !meant.empty() && (lazy->given || depth_ > 0)) {
        Report({lazy->block->place, "The provider hashicorp/aws does not support resource type \"" +
                                        type + "\". Did you mean \"" + std::string(meant) + "\"?"});
      }
    } else if (lazy->given || depth_ > 0) {
      Call& call = *Follow(*lazy);
      const size_t before = world_.expansion.resources.size();
      for (const auto& module : call.modules) module->Expand(wanted);
      for (const auto& module : call.modules) module->ForceArguments();
      if (world_.expansion.resources.size() == before) continue;
      for (Problem& problem : call.problems) Report(std::move(problem));
      call.problems.clear();
    }
    if (evaluator_.exhausted()) return;
  }
}

}  // namespace dynarock::schema::hcl

#include "expression/update.h"

#include <algorithm>

#include "expression/language.h"
#include "expression/projection.h"
#include "storage/item/number.h"
#include "storage/item/size.h"

namespace dynarock::expression {

std::string Update::Fragments(ItemView item) const {
  std::vector<Path> shown;
  for (const UpdateAction& action : actions_) {
    shown.push_back(targets()[action.target]);
  }
  std::string fragments = Projection(shown).Apply(item);
  if (ItemView(fragments).count() == 0) fragments.clear();
  return fragments;
}

std::string Update::UpdatedOld(std::optional<ItemView> old) const {
  return old ? Fragments(*old) : std::string();
}

std::string Update::UpdatedNew(std::optional<ItemView> updated) const {
  return updated ? Fragments(*updated) : std::string();
}

namespace {

// What one element of a path counts: its name, or the digits of its index.
uint64_t ElementBytes(const PathElement& element) {
  return element.is_index ? std::string_view(Decimal(element.index)).size() : element.name.size();
}

uint64_t TargetBytes(Path target) {
  uint64_t bytes = ElementBytes(target.front());
  for (const PathElement& element : target.subspan(1)) bytes += 4 + ElementBytes(element);
  return bytes;
}

uint64_t PathBytes(Path path) {
  uint64_t bytes = 1;
  for (const PathElement& element : path) bytes += 14 + ElementBytes(element);
  return bytes;
}

// What ADD writes beside what is there: the members that a set gains, or the number that comes out.
uint64_t AddedBytes(std::optional<ValueView> before, ValueView value) {
  if (!before || before->type() != value.type()) return ValueSize(value);
  if (value.type() == Type::kNumber) {
    const auto sum = AddNumbers(before->text(), value.text());
    return sum ? NumberSize(*sum) : 0;
  }
  if (!IsSet(value.type())) return ValueSize(value);
  const bool numbers = value.type() == Type::kNumberSet;
  const SetView there = before->set();
  auto next = there.begin();
  uint64_t bytes = 0;
  for (const std::string_view element : value.set()) {  // both are sorted
    const auto order = [&] { return numbers ? CompareNumbers(*next, element) : *next <=> element; };
    while (next != there.end() && order() < 0) ++next;
    if (next != there.end() && *next == element) continue;
    bytes += numbers ? NumberSize(element) : element.size();
  }
  return bytes;
}

}  // namespace

uint64_t Update::NodeCharge(int32_t root) const {
  const UpdateNode& node = nodes_[static_cast<size_t>(root)];
  switch (node.kind) {
    case UpdateNode::Kind::kPath:
      return PathBytes(paths_[static_cast<size_t>(node.path)]);
    case UpdateNode::Kind::kValue:
      return ValueSize(node.value);
    default:
      break;
  }
  const uint64_t own = node.kind == UpdateNode::Kind::kPlus          ? 34
                       : node.kind == UpdateNode::Kind::kIfNotExists ? 39
                                                                     : 37;
  return own + NodeCharge(node.left) + NodeCharge(node.right);
}

uint64_t Update::Charge(std::optional<ItemView> old) const {
  uint64_t bytes = 3;
  for (const UpdateAction& action : actions_) {
    const Path target = targets()[action.target];
    const bool removes = action.kind == ActionKind::kRemove || action.kind == ActionKind::kDelete;
    bytes += (removes ? 1 : 19) + TargetBytes(target);
    if (action.kind == ActionKind::kSet) bytes += NodeCharge(action.node);
    if (action.kind == ActionKind::kAdd) {
      bytes += AddedBytes(old ? Find(*old, target) : std::nullopt, action.value);
    }
  }
  return bytes;
}

}  // namespace dynarock::expression

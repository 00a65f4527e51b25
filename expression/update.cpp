#include "expression/update.h"

#include <algorithm>

#include "expression/projection.h"
#include "storage/item/size.h"

namespace dynarock::expression {

std::string Update::Fragments(ItemView item, bool after) const {
  std::vector<Path> shown;
  for (const UpdateAction& action : actions_) {
    if (after && action.kind == ActionKind::kRemove) continue;
    shown.push_back(targets()[action.target]);
  }
  std::string fragments = Projection(shown).Apply(item);
  if (ItemView(fragments).count() == 0) fragments.clear();
  return fragments;
}

std::string Update::UpdatedOld(std::optional<ItemView> old) const {
  return old ? Fragments(*old, false) : std::string();
}

std::string Update::UpdatedNew(std::optional<ItemView> updated) const {
  return updated ? Fragments(*updated, true) : std::string();
}

uint64_t Update::overhead() const {
  if (actions_.empty()) return 0;
  uint64_t bytes = 3;
  for (const UpdateAction& action : actions_) {
    const bool removes = action.kind == ActionKind::kRemove || action.kind == ActionKind::kDelete;
    bytes += removes ? 2 : 19;
    if (action.kind != ActionKind::kSet) continue;
    if (targets()[action.target].back().is_index) bytes += 1;
    const UpdateNode::Kind kind = nodes_[static_cast<size_t>(action.node)].kind;
    if (kind == UpdateNode::Kind::kPlus || kind == UpdateNode::Kind::kMinus) bytes += 50;
  }
  return bytes;
}

Result<> CheckUpdatedSize(ItemView updated, uint64_t key_size, const Update& update) {
  const uint64_t size = updated.size();
  const uint64_t measured = std::max(size, size - std::min(size, key_size) + update.overhead());
  if (measured <= kMaxItemSize) return {};
  return Fail(ItemToUpdateTooLarge());
}

}  // namespace dynarock::expression

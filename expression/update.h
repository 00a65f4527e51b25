// UpdateExpression, and what the legacy AttributeUpdates means.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expression/path.h"
#include "expression/placeholders.h"
#include "storage/item/encoded.h"
#include "storage/item/result.h"

namespace dynarock::expression {

// What an UpdateItem makes of an item.
struct UpdateOutcome {
  // False: nothing is to be written and the item stays absent (only REMOVE and DELETE on an absent
  // item).
  bool write = true;
  std::string item;  // the new item, encoded; empty when write is false
};

enum class ActionKind : uint8_t { kSet, kRemove, kAdd, kDelete };

// The right side of SET as a tree in one vector; operands stand before what uses them, the root is
// last.
struct UpdateNode {
  enum class Kind : uint8_t { kPath, kValue, kPlus, kMinus, kIfNotExists, kListAppend };
  Kind kind = Kind::kValue;
  int32_t path = -1;  // kPath: index of the path
  ValueView value;    // kValue
  int32_t left = -1;  // the others: indexes of their operands
  int32_t right = -1;
};

struct UpdateAction {
  ActionKind kind = ActionKind::kSet;
  uint32_t target = 0;  // index into targets()
  int32_t node = -1;    // kSet: root of the right side
  ValueView value;      // kAdd, kDelete
};

// The actions of one update. Move-only and borrowing, like Condition. A default-constructed Update
// has no action: it creates an absent item from its key and leaves a present one as it is.
class Update {
 public:
  Update() = default;
  Update(Update&&) = default;
  Update& operator=(Update&&) = default;

  bool empty() const { return actions_.empty(); }
  // The paths the actions change: SET, REMOVE, ADD, DELETE as written.
  std::span<const Path> targets() const { return {paths_.data(), target_count_}; }
  // Targets and operand paths, in order of appearance within each section.
  std::span<const Path> paths() const { return paths_; }
  std::span<const UpdateAction> actions() const { return actions_; }
  std::span<const UpdateNode> nodes() const { return nodes_; }

  // The new item. `old`: the stored item, nullopt when absent; `key`: the key as an item, from
  // which an absent one is made. Reads `old` only; attributes it does not touch are copied as
  // bytes. Does not check the size or keys. Errors: run-time errors of the service, a result nested
  // deeper than 32 levels included.
  Result<UpdateOutcome> Apply(std::optional<ItemView> old, ItemView key) const;

  // ReturnValues UPDATED_OLD and UPDATED_NEW: the values at the targets before and after, as an
  // encoded item of fragments. After a REMOVE a list may have another element at its target. Empty
  // string: nothing to show, and the answer has no Attributes.
  // Source: Developer Guide, UpdateItem ReturnValues; fragments as observed on the service.
  std::string UpdatedOld(std::optional<ItemView> old) const;
  std::string UpdatedNew(std::optional<ItemView> updated) const;

  // Bytes of the statement as UpdateItem's newer layer measures it: actions, paths, and the values
  // that are sent or written. What an update leaves alone is free. `old`: the stored item. Observed
  // on the service to the byte, October 2026.
  uint64_t Charge(std::optional<ItemView> old) const;

 private:
  friend class UpdateBuilder;
  std::string Fragments(ItemView item) const;
  uint64_t NodeCharge(int32_t root) const;

  std::vector<UpdateAction> actions_;
  std::vector<UpdateNode> nodes_;
  std::vector<PathElement> elements_;
  std::vector<Path> paths_;  // the targets first
  size_t target_count_ = 0;
  bool legacy_ = false;
};

// Parses and checks. Source: Developer Guide, Expressions.UpdateExpressions; texts and their order
// recorded by dynalite and observed on the service.
Result<Update> ParseUpdate(std::string_view text, Placeholders& placeholders);

std::string Print(const Update& update);

}  // namespace dynarock::expression

// Puts an Update together. Performs no checks. Inside the room only, and for front ends other than
// the parser.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "expression/update.h"

namespace dynarock::expression {

// First every target, in order, then actions and nodes.
class UpdateBuilder {
 public:
  // The n-th call makes target n.
  void Target(std::span<const PathElement> path);
  int32_t PathNode(std::span<const PathElement> path);
  int32_t ValueNode(ValueView value);
  int32_t Node(UpdateNode::Kind kind, int32_t left, int32_t right);
  void Set(uint32_t target, int32_t node) {
    update_.actions_.push_back({ActionKind::kSet, target, node, {}});
  }
  void Remove(uint32_t target) {
    update_.actions_.push_back({ActionKind::kRemove, target, -1, {}});
  }
  void Add(uint32_t target, ValueView value) {
    update_.actions_.push_back({ActionKind::kAdd, target, -1, value});
  }
  void Delete(uint32_t target, ValueView value) {
    update_.actions_.push_back({ActionKind::kDelete, target, -1, value});
  }
  // AttributeUpdates: ADD appends to lists, and a wrong type has another text.
  void Legacy() { update_.legacy_ = true; }
  Update Finish();

 private:
  int32_t Put(const UpdateNode& node);
  void PutPath(std::span<const PathElement> path);

  Update update_;
  struct Range {
    uint32_t first;
    uint32_t count;
  };
  std::vector<Range> ranges_;
};

}  // namespace dynarock::expression

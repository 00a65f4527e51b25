// Being inside the gates of the tables one write touches.
#pragma once

#include <algorithm>
#include <vector>

#include "storage/catalog/table.h"

namespace dynarock {

class GateGuard {
 public:
  GateGuard() = default;
  ~GateGuard() {
    if (first_ != nullptr) first_->gate.Leave();
    for (TableState* state : others_) state->gate.Leave();
  }
  GateGuard(const GateGuard&) = delete;
  GateGuard& operator=(const GateGuard&) = delete;

  // Entering a gate again does nothing.
  void Enter(TableState& state) {
    if (first_ == &state || std::find(others_.begin(), others_.end(), &state) != others_.end()) {
      return;
    }
    if (first_ == nullptr) {
      state.gate.Enter();
      first_ = &state;
      return;
    }
    others_.reserve(others_.size() + 1);
    state.gate.Enter();
    others_.push_back(&state);
  }

 private:
  TableState* first_ = nullptr;
  std::vector<TableState*> others_;
};

}  // namespace dynarock

// Which state of the data a read sees.
#pragma once

#include <memory>

namespace dynarock {

class Engine;

// The latest state, or the state when Engine::Snapshot was called. Cheap to copy. It must be gone
// before the engine is closed.
class View {
 public:
  constexpr View() = default;  // latest
  bool latest() const { return snapshot_ == nullptr; }

 private:
  friend class Engine;
  std::shared_ptr<const void> snapshot_;
};

inline constinit const View kLatest{};

}  // namespace dynarock

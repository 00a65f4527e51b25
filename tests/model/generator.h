// Setups and steps at random, the same for the same seed. Keys and values come from small sets, so
// that steps meet: they hit the same items, move them between partitions of an index, and undo each
// other.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "tests/model/operation.h"

namespace dynarock::model {

class Generator {
 public:
  explicit Generator(uint64_t seed) : random_(seed) {}

  Setup NewSetup(uint64_t seed);
  std::vector<Step> NewSteps(const Setup& setup, size_t count);

 private:
  Step NewStep();
  Write NewWrite(bool in_batch);
  Item NewKey();
  Item NewItem();
  Value NewSortKey();
  Value NewNumber();
  Value NewValue(int depth);
  Value NewIndexKey();
  Condition NewCondition(int depth);
  Condition NewSortCondition(const Value& low, const Value& high);
  std::vector<UpdateAction> NewActions();
  UpdateAction NewAction(const std::string& attribute);
  Read NewRead();
  Path NewPath(const std::string& attribute);

  // One in `n`.
  bool Chance(int n) { return Below(n) == 0; }
  int Below(int n) { return static_cast<int>(random_() % static_cast<uint64_t>(n)); }
  template <class T>
  const T& Pick(const std::vector<T>& from) {
    return from[static_cast<size_t>(Below(static_cast<int>(from.size())))];
  }

  std::mt19937_64 random_;
  Setup setup_;
  int64_t now_ = 1'800'000'000;
};

}  // namespace dynarock::model

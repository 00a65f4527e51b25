// Functions over sets.
#include <algorithm>
#include <array>
#include <utility>

#include "server/schema/hcl/function.h"

namespace dynarock::schema::hcl {
namespace {

using enum Function::Unresolved;

bool RunDistinct(FunctionCall& call) {
  Node* list = call.List(0);
  if (!list) return false;
  Node kept = ListValue(call.place());
  for (Node& element : list->list) {
    if (!call.Spend(1 + kept.list.size())) return false;
    const auto same = [&element](const Node& other) { return Equal(element, other); };
    if (std::ranges::none_of(kept.list, same)) kept.list.push_back(std::move(element));
  }
  return call.Return(std::move(kept));
}

bool RunUnion(FunctionCall& call) {
  Node all = ListValue(call.place());
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    Node* list = call.List(i);
    if (!list) return false;
    for (Node& element : list->list) all.list.push_back(std::move(element));
  }
  return call.Spend(all.list.size()) && call.Return(SetOf(std::move(all)));
}

// The first set's elements that are in all others (`in`), or in none of them.
bool Filter(FunctionCall& call, bool in) {
  Node* first = call.List(0);
  if (!first) return false;
  Node kept = ListValue(call.place());
  for (Node& element : first->list) {
    bool keep = true;
    for (size_t i = 1; i < call.arguments.size(); ++i) {
      const Node* other = call.List(i);
      if (!other || !call.Spend(1 + other->list.size())) return false;
      const auto same = [&element](const Node& candidate) { return Equal(element, candidate); };
      keep = keep && std::ranges::any_of(other->list, same) == in;
    }
    if (keep) kept.list.push_back(std::move(element));
  }
  return call.Return(SetOf(std::move(kept)));
}

bool RunIntersection(FunctionCall& call) {
  return Filter(call, true);
}
bool RunSubtract(FunctionCall& call) {
  return Filter(call, false);
}

bool RunProduct(FunctionCall& call) {
  Node rows = ListValue(call.place());
  rows.list.push_back(ListValue(call.place()));
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    const Node* list = call.List(i);
    if (!list) return false;
    Node longer = ListValue(call.place());
    for (const Node& row : rows.list) {
      for (const Node& element : list->list) {
        if (!call.Spend(WeightOf(row) + WeightOf(element))) return false;
        longer.list.push_back(row);
        longer.list.back().list.push_back(element);
      }
    }
    rows = std::move(longer);
  }
  return call.Return(std::move(rows));
}

constexpr std::array<Function, 5> kFunctions = {{
    {"distinct", 1, 1, kAnywhere, RunDistinct},
    {"setintersection", 1, kAnyNumber, kAnywhere, RunIntersection},
    {"setproduct", 1, kAnyNumber, kAsWhole, RunProduct},
    {"setsubtract", 2, 2, kAnywhere, RunSubtract},
    {"setunion", 1, kAnyNumber, kAsWhole, RunUnion},
}};

}  // namespace

std::span<const Function> SetFunctions() {
  return kFunctions;
}

}  // namespace dynarock::schema::hcl

#include "server/schema/hcl/reference_graph.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace dynarock::schema::hcl {

size_t ReferenceGraph::Add(std::string name, bool told) {
  items_.push_back({.name = std::move(name), .told = told, .edges = {}});
  return items_.size() - 1;
}

void ReferenceGraph::Connect(size_t from, size_t to, const Expression& reference) {
  items_[from].edges.push_back({.to = to, .reference = &reference});
}

// `circle` begins anywhere on it.
void ReferenceGraph::Tell(std::vector<Step> circle, std::vector<Problem>& problems) const {
  const auto place_of = [&](const Step& step) {
    return items_[step.item].edges[step.edge].reference->place();
  };
  // It is shown at the first reference that may be, in the order in which they were added.
  const auto first = std::ranges::min_element(
      circle, {}, [&](const Step& step) { return std::pair(!items_[step.item].told, step.item); });
  if (!items_[first->item].told) return;
  std::ranges::rotate(circle, first);
  constexpr size_t kShown = 10;
  std::string names;
  for (size_t i = 0; i < circle.size() && i < kShown; ++i) {
    names += (i == 0 ? "" : ", ") + items_[circle[i].item].name;
  }
  if (circle.size() > kShown) names += ", ... (" + std::to_string(circle.size()) + " in all)";
  problems.push_back({.place = place_of(circle.front()),
                      .message = "Cycle: " + names,
                      .hint = "each refers to the next, and the last to the first: write one of "
                              "the values out"});
}

// Depth first, without recursion: a file may hold a chain of any length.
void ReferenceGraph::FindCircles(std::vector<Problem>& problems,
                                 std::unordered_set<const Expression*>& closing) const {
  enum class State : uint8_t { kNew, kOnTheWay, kDone };
  std::vector<State> states(items_.size(), State::kNew);
  std::vector<bool> told(items_.size(), false);
  std::vector<Step> way;
  for (size_t start = 0; start < items_.size(); ++start) {
    if (states[start] != State::kNew) continue;
    states[start] = State::kOnTheWay;
    way.push_back({.item = start, .edge = 0});
    while (!way.empty()) {
      Step& here = way.back();
      if (here.edge == items_[here.item].edges.size()) {
        states[here.item] = State::kDone;
        way.pop_back();
        if (!way.empty()) ++way.back().edge;
        continue;
      }
      const Edge& edge = items_[here.item].edges[here.edge];
      if (states[edge.to] == State::kNew) {
        states[edge.to] = State::kOnTheWay;
        way.push_back({.item = edge.to, .edge = 0});
        continue;
      }
      if (states[edge.to] == State::kOnTheWay) {
        closing.insert(edge.reference);
        if (!told[edge.to] && !told[here.item]) {
          auto from = way.end();
          do {
            --from;
            told[from->item] = true;
          } while (from->item != edge.to);
          Tell({from, way.end()}, problems);
        }
      }
      ++here.edge;
    }
  }
}

}  // namespace dynarock::schema::hcl

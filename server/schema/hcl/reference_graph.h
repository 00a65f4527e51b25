// What of a module refers to what, to find circles.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_set>
#include <vector>

#include "server/schema/hcl/syntax.h"

namespace dynarock::schema::hcl {

class ReferenceGraph {
 public:
  // What can refer and be referred to. `name`: as Terraform calls it in a circle. `told`: circles
  // through it are to be told. Returns its number.
  size_t Add(std::string name, bool told);
  void Connect(size_t from, size_t to, const Expression& reference);

  // Adds a problem for each circle to `problems`, and to `closing` references without which there
  // would be none. Of circles that share something one is told.
  void FindCircles(std::vector<Problem>& problems,
                   std::unordered_set<const Expression*>& closing) const;

 private:
  struct Edge {
    size_t to;
    const Expression* reference;
  };
  struct Item {
    std::string name;
    bool told;
    std::vector<Edge> edges;
  };
  // An item on the way from where the search began, and which of its references is followed.
  struct Step {
    size_t item;
    size_t edge;
  };
  void Tell(std::vector<Step> circle, std::vector<Problem>& problems) const;

  std::vector<Item> items_;
};

}  // namespace dynarock::schema::hcl

// References in expressions, as they are written: what Terraform looks at before it computes.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "server/schema/hcl/syntax.h"

namespace dynarock::schema::hcl {

// A name and what is taken of it: aws_dynamodb_table.a[0].name.
struct Reference {
  // The name, and around it one after the other what is taken: kVariable, then kAttribute and
  // kIndex. At least one is taken.
  std::vector<const Expression*> steps;

  // The name that is taken at a step; empty: there is no such step, or it is an index.
  std::string_view NameAt(size_t step) const {
    const bool named = step < steps.size() && steps[step]->kind != Expression::Kind::kIndex;
    return named ? std::string_view(steps[step]->name) : std::string_view();
  }
  Place place() const { return steps.front()->place(); }
};

// A name that is bound around an expression: of a for, or of a dynamic block.
struct BoundName {
  const BoundName* outer = nullptr;
  std::string_view name;
};

// Calls `use` with each reference in the expression whose first name is not bound.
void WalkReferences(const Expression& expression, const BoundName* bound,
                    const std::function<void(const Reference&)>& use);

}  // namespace dynarock::schema::hcl

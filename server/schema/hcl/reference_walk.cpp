#include "server/schema/hcl/reference_walk.h"

#include <algorithm>

namespace dynarock::schema::hcl {
namespace {

using Kind = Expression::Kind;
using Use = std::function<void(const Reference&)>;

bool IsBound(std::string_view name, const BoundName* bound) {
  for (; bound; bound = bound->outer) {
    if (bound->name == name) return true;
  }
  return false;
}

void WalkTraversal(const Expression& expression, const BoundName* bound, const Use& use) {
  Reference reference;
  const Expression* at = &expression;
  for (; at->kind == Kind::kAttribute || at->kind == Kind::kIndex; at = at->parts[0].get()) {
    reference.steps.push_back(at);
    if (at->kind == Kind::kIndex) WalkReferences(*at->parts[1], bound, use);
  }
  if (at->kind != Kind::kVariable) return WalkReferences(*at, bound, use);
  if (IsBound(at->name, bound)) return;
  reference.steps.push_back(at);
  std::ranges::reverse(reference.steps);
  use(reference);
}

}  // namespace

void WalkReferences(const Expression& expression, const BoundName* bound, const Use& use) {
  switch (expression.kind) {
    case Kind::kAttribute:
    case Kind::kIndex:
      return WalkTraversal(expression, bound, use);
    case Kind::kForTuple:
    case Kind::kForObject:
    case Kind::kTemplateFor: {
      // What a for goes over is outside of it.
      const BoundName key{bound, expression.key_name};
      const BoundName value{&key, expression.name};
      for (const ExpressionPtr& part : expression.parts) {
        if (part) WalkReferences(*part, &part == expression.parts.data() ? bound : &value, use);
      }
      return;
    }
    default:
      for (const ExpressionPtr& part : expression.parts) {
        if (part) WalkReferences(*part, bound, use);
      }
  }
}

}  // namespace dynarock::schema::hcl

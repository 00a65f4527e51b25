// The types that variables declare: string, list(string), object({ name = string, ... }).
// https://developer.hashicorp.com/terraform/language/expressions/type-constraints
#pragma once

#include <optional>

#include "server/schema/hcl/evaluator.h"
#include "server/schema/hcl/syntax.h"

namespace dynarock::schema::hcl {

// What is wrong with the type of a variable, in Terraform's words.
std::optional<Problem> CheckType(const Expression& type);

// Converts `value` to the type that `type` names, as Terraform does: strings to numbers and back,
// lists to sets, objects to their declared members, with the defaults of optional(). `evaluator`
// computes those. False: `problem` says why the value does not fit; a `type` that is none takes
// anything.
bool ConvertTo(const Expression& type, Evaluator& evaluator, Node& value, Problem& problem);

}  // namespace dynarock::schema::hcl

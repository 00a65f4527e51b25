// The Terraform language in JSON (.tf.json, .tfvars.json).
// https://developer.hashicorp.com/terraform/language/syntax/json
#pragma once

#include <deque>
#include <expected>

#include "server/schema/hcl/provider.h"
#include "server/schema/hcl/syntax.h"

namespace dynarock::schema::hcl {

// Whether Terraform reads the file as JSON: by its name.
bool IsJsonSyntax(std::string_view file);

// A file in its syntax, native or JSON. The body refers to `source` and to what is added to
// `texts`, whose elements keep their place. `provider` tells blocks from arguments in JSON.
std::expected<Body, Problem> ParseFile(const Source& source, std::deque<Source>& texts,
                                       const Provider& provider);

}  // namespace dynarock::schema::hcl

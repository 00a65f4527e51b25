// The one point on which the service's regions contradict each other: whether some messages of
// single-item writes stand behind "1 validation error detected: ".
//
// Recorded without it in eu-west-2 (May 2026) and ap-northeast-1 (June 2026), with it in eu-west-2
// (July 2026) and ap-southeast-1 (September 2026). Reads, batches and table operations never have
// it.
#pragma once

#include <string_view>

#include "storage/item/error.h"

namespace dynarock::protocol {

// A ValidationException of PutItem, UpdateItem or DeleteItem with its message as the newer form has
// it: errors of expressions and of their parameters, of sets and of NULL, and of ReturnValues are
// prefixed, and those about sets and NULL are not wrapped in "ExpressionAttributeValues contains
// invalid value: ... for key :v". Other errors, and those of other operations, are returned as they
// are.
Error NewerForm(std::string_view operation, Error error);

}  // namespace dynarock::protocol

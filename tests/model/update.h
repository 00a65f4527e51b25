// Update expressions on the reference's items.
#pragma once

#include <optional>
#include <vector>

#include "tests/model/operation.h"

namespace dynarock::model {

// The item after the update; nullopt: the update cannot be done to this item, which is a
// ValidationException. `before` has the key at least.
std::optional<Item> Updated(const Item& before, const std::vector<UpdateAction>& actions);

}  // namespace dynarock::model

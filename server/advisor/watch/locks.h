// Writes that take, keep or give back a lock or a lease: their condition fails by design, whenever
// somebody else has it.
#pragma once

#include <string_view>

#include "server/advisor/watch/terms.h"

namespace dynarock::advisor {

// Whether a conditional write is shaped like one: its condition asks for an owner, a holder or a
// lease; or asks only that something is absent, lower or older, with an expiry among it; or the
// table, or what the update sets, says that it is a lock ("version = :v" of a lock).
bool LooksLikeLock(std::string_view condition, std::string_view update, const AttributeNames& names,
                   std::string_view table);

}  // namespace dynarock::advisor

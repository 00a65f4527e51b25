// What must hold of every table at rest: each index has exactly the entries its rows imply, and the
// counters are true.
#pragma once

#include <string>

#include "storage/table/store.h"

namespace dynarock::test {

// Records a test failure for everything that does not hold. Works out the entries on its own.
void ExpectConsistent(const Store& store, const std::string& table_name);

}  // namespace dynarock::test

// Names and values that tests make up, and nobody else.
#pragma once

#include <string_view>

namespace dynarock::advisor {

// Whether a key's value or an attribute's name says nothing but that it is made up: "foo",
// "testKey1", "my-test", "attr2". Not "test-user", which tells what it is, nor "id" or "name".
bool IsMadeUp(std::string_view text);

// Whether a table is named as no application names one: "TestDB", "foo", "my-table", or by random
// text alone. A mark of the environment at either end says nothing of that: "orders-test".
// `pattern`: its name, with * for what is random (PatternOf).
bool IsMadeUpTable(std::string_view pattern);

}  // namespace dynarock::advisor

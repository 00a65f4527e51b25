// Whether a table is for production, as far as its names tell.
#pragma once

#include <string_view>

#include "server/schema/review/table_check.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

// Whether a word stands in a name by itself: "prod" in "prod-orders", not in "products".
bool HasWord(std::string_view name, std::string_view word);

enum class Purpose : uint8_t {
  kProduction,  // its name, its tags or the stage of the deployment say so
  kOther,       // the same say that it is for development or tests
  kUnknown,
};

Purpose PurposeOf(const TableSource& table, const Node& request);

}  // namespace dynarock::schema

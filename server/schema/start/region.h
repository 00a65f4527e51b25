// Which of the tables of one name in several regions or accounts a server makes: it has one of each
// name.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "server/schema/table/table_source.h"

namespace dynarock::schema {

// Leaves the tables of `reading` that are in `region`, those with a replica there, and those whose
// region the files do not say; an empty `region` leaves all. Of one name it then leaves the one of
// the default provider configuration, or else the first. The result: a line for each table that is
// left out. Error: no table is in `region`.
std::expected<std::vector<std::string>, std::string> KeepRegion(std::string_view region,
                                                                Reading& reading);

}  // namespace dynarock::schema

// Units that an account has reserved.
#pragma once

#include <string_view>

#include "server/operations/tables/throughput.h"
#include "storage/table/store.h"

namespace dynarock::operations {

// What the other provisioned tables of the table's account and region reserve.
Units ReservedByOthers(const Store& store, std::string_view name_space,
                       const TableDescription& table);

}  // namespace dynarock::operations

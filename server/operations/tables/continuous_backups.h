// Continuous backups as both of their operations answer with them.
#pragma once

#include <cstdint>
#include <string_view>

#include "server/operations/request/table_lookup.h"
#include "storage/catalog/description.h"
#include "storage/item/json.h"

namespace dynarock::operations {

// {"ContinuousBackupsDescription": {...}}. The restorable window ends five minutes before `now_ms`,
// as the service's typically does.
void WriteContinuousBackups(JsonWriter& out, const PointInTimeRecovery& recovery, int64_t now_ms);

// How the backup operations call a table that is not there: TableNotFoundException "Table not
// found: <name>".
Error TableNotFound(std::string_view name);

}  // namespace dynarock::operations

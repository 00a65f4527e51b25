#include "server/operations/tables/reserved_units.h"

namespace dynarock::operations {

Units ReservedByOthers(const Store& store, std::string_view name_space,
                       const TableDescription& table) {
  Units sum;
  for (const auto& other : store.All()) {
    const TableDescription& description = other->description();
    if (other->name_space() != name_space || description.region != table.region ||
        description.name == table.name) {
      continue;
    }
    const Units units = ReservedUnits(description);
    sum.read += units.read;
    sum.write += units.write;
  }
  return sum;
}

}  // namespace dynarock::operations

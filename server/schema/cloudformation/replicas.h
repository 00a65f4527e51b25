// What CloudFormation and the service refuse of a global table's replicas, beyond their shape.
#pragma once

#include <vector>

#include "server/document/node.h"
#include "server/schema/cloudformation/tables.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

// `properties`: checked by their shapes. `own`: the element of Replicas that stands for the table;
// null: there is none. Lists the regions of the others in the table.
void CheckReplicas(const Node& properties, const StackRegion& region, const Node* own,
                   TableSource& table, std::vector<Message>& messages);

}  // namespace dynarock::schema

// Tables as the API itself writes them: CreateTable requests, one or a list, and what DescribeTable
// answers ({"Table": ...}, as `aws dynamodb describe-table` prints it).
#pragma once

#include "server/document/node.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

bool LooksLikeApiTables(const Node& root);

// Beside the request's members a table may have TimeToLiveSpecification and
// PointInTimeRecoverySpecification, shaped as in UpdateTimeToLive and UpdateContinuousBackups.
Reading ReadApiTables(const Node& root);

}  // namespace dynarock::schema

// Tables as the API itself writes them: CreateTable requests, one or a list, and what DescribeTable
// answers ({"Table": ...}, as `aws dynamodb describe-table` prints it).
#pragma once

#include <string_view>

#include "server/document/node.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

bool LooksLikeApiTables(const Node& root);

// What else a document holds that the AWS CLI takes for a table: "an item", "indexes", "a key
// schema", "attribute definitions", "an UpdateTable request". Empty: nothing of these.
std::string_view PartOfTable(const Node& root);

// Beside the request's members a table may have TimeToLiveSpecification and
// PointInTimeRecoverySpecification, shaped as in UpdateTimeToLive and UpdateContinuousBackups.
Reading ReadApiTables(const Node& root);

}  // namespace dynarock::schema

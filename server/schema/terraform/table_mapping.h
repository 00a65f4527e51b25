// From resources of Terraform's AWS provider to tables, as the provider's requests make them.
#pragma once

#include <string>
#include <vector>

#include "server/document/node.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema::terraform {

// `body`: the arguments of an aws_dynamodb_table, of their types (CheckShape), blocks as lists.
TableSource MapTable(const Node& body, const Place& place, std::string address);

// Whether a table of `body` gets its keys from a table or backup that it restores.
bool IsRestored(const Node& body);

// Adds an aws_dynamodb_global_secondary_index, whose arguments are `index`, to its table.
void AddIndex(const Node& index, TableSource& table);

// What the provider refuses when it plans goes to the table's refusals; what it does not do
// although it was likely meant, to `messages`. `other_keys`: attributes that indexes outside of
// `body` have as keys.
void CheckPlan(const Node& body, const std::vector<std::string>& other_keys, TableSource& table,
               std::vector<Message>& messages);

}  // namespace dynarock::schema::terraform

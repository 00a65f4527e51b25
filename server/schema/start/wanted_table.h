// A table of a file as the server would make it, and how another table differs from it.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "server/schema/table/table_source.h"
#include "storage/catalog/description.h"
#include "storage/item/json.h"
#include "storage/item/result.h"

namespace dynarock::schema {

struct WantedTable {
  TableDescription table;  // with time to live and recovery settings
  std::string request;     // of CreateTable
  std::string address;     // the name in the file
  std::string type;        // "AWS::DynamoDB::Table"; empty: a CreateTable request
  Place place;
  bool name_made_up = false;       // the file gives it none
  std::vector<std::string> notes;  // what is left out since only deployment knows it
};

// Error: the first thing that keeps the table from being made as the file says: what CreateTable
// refuses, or a value that only deployment knows. A table without a name of its own takes
// `made_up_name`; `region` is that of its ARN if the files do not say. The message has no text where the reader has told what is wrong.
std::expected<WantedTable, Message> Want(const TableSource& source,
                                         const std::string& made_up_name = {},
                                         std::string_view region = {});

struct Difference {
  std::string member;  // "GlobalSecondaryIndexes"
  std::string text;    // "the file has index by-email, the table does not"
  // Requests are answered differently for it: keys, indexes, streams, time to live. Otherwise it is
  // about money and safety: billing, tags, protection.
  bool behaviour = true;
};

// How `actual` differs from what the file wants; empty: not at all. `actual_name` as texts call it
// ("the table", "the request").
std::vector<Difference> Differences(const TableDescription& wanted, const TableDescription& actual,
                                    const std::string& actual_name);

}  // namespace dynarock::schema

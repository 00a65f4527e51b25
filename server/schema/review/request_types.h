// Between what a file says and what the API takes: types converted as the file's language converts
// them, and values that are not known replaced by ones that do no harm.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/document/node.h"
#include "server/protocol/shape.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

// Converts `value`, a member `name` of the shape, where the language does so (CloudFormation: "5"
// for 5, 5 for "5", "true" for true), and reports members that the shape does not know and values
// of the wrong type. A value of the wrong type becomes kUnresolved with an empty `why`, so that
// nothing more is said of it.
void ConvertTypes(Node& value, const protocol::Shape& shape, const TableSource& table,
                  std::vector<Message>& messages);

// What filling left open.
struct Filled {
  bool keys_known = true;     // AttributeDefinitions and the table's KeySchema can be checked
  bool indexes_known = true;  // all indexes are there, so that unused definitions can be told
};

// Replaces what is unresolved in a request of CreateTable by values that pass, or leaves it out.
// Texts become "unresolved." and what was written, the same for the same expression, so that a key
// and its definition still meet.
Filled FillUnresolved(Node& request);

inline constexpr std::string_view kPlaceholder = "unresolved.";

// One note per value that is not known, with the reason.
void NoteUnresolved(const Node& value, const TableSource& table, std::string_view member,
                    std::vector<Message>& messages);

}  // namespace dynarock::schema

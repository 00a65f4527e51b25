#include "server/operations/partiql/statement_request.h"

#include "server/operations/request/members.h"
#include "storage/item/encoder.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

constexpr Shape kParameterList = protocol::ListOf(kAttributeValue);

Result<expression::Statement> ReadStatement(const JsonValue& input, ValueArena& arena) {
  std::vector<ValueView> values;
  if (const JsonValue* parameters = FindMember(input, "Parameters")) {
    values.reserve(parameters->Size());
    for (const JsonValue& parameter : parameters->GetArray()) {
      DYNAROCK_TRY(const ValueView value, arena.Add(parameter));
      values.push_back(value);
    }
  }
  return expression::ParseStatement(StringOr(input, "Statement"), values);
}

Result<std::shared_ptr<const Table>> FindStatementTable(const Call& call,
                                                        const expression::Statement& statement) {
  return FindUsableTable(call, statement.table);
}

std::vector<std::string> KeyNames(const Table& table) {
  std::vector<std::string> names;
  for (size_t i = 0; i < table.key().size(); ++i) names.push_back(table.key().at(i).name);
  return names;
}

void WriteRow(const expression::Statement& statement, ItemView item, std::string& out) {
  if (statement.projection.empty()) {
    WriteItem(item, out);
    return;
  }
  std::vector<std::string> places;  // names of list elements, which have none of their own
  places.reserve(statement.projection.size());
  ItemBuilder row;
  for (size_t i = 0; i < statement.projection.size(); ++i) {
    const expression::Path path = statement.projection[i];
    const auto value = expression::Find(item, path);
    if (!value) continue;
    std::string_view name = path.back().name;
    if (path.back().is_index) name = places.emplace_back("_" + std::to_string(i + 1));
    row.Add(name, *value);
  }
  WriteItem(ItemView(row.Encode()), out);
}

}  // namespace dynarock::operations

#include "server/protocol/named_entries.h"

namespace dynarock::protocol {

std::string_view NamedTable(const JsonValue& input) {
  const JsonValue* name = input.IsObject() ? FindMember(input, "TableName") : nullptr;
  return name != nullptr && name->IsString() ? Text(*name) : std::string_view();
}

std::vector<NamedEntry> NamedEntries(const JsonValue& input) {
  std::vector<NamedEntry> entries;
  if (!input.IsObject()) return entries;
  const JsonValue* tables = FindMember(input, "RequestItems");
  if (tables != nullptr && tables->IsObject()) {
    for (const auto& member : tables->GetObject()) entries.push_back({.table = member.name});
  }
  const JsonValue* actions = FindMember(input, "TransactItems");
  if (actions != nullptr && actions->IsArray()) {
    for (const JsonValue& action : actions->GetArray()) {
      if (!action.IsObject()) continue;
      for (const auto& member : action.GetObject()) entries.push_back({.input = &member.value});
    }
  }
  for (const std::string_view name : {"Statements", "TransactStatements"}) {
    const JsonValue* statements = FindMember(input, name);
    if (statements == nullptr || !statements->IsArray()) continue;
    for (const JsonValue& statement : statements->GetArray()) {
      entries.push_back({.input = &statement});
    }
  }
  return entries;
}

}  // namespace dynarock::protocol

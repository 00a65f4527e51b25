#include "server/operations/partiql/statement_request.h"

#include "server/operations/request/members.h"
#include "storage/item/encoder.h"
#include "storage/item/size.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

constexpr Shape kParameterList = protocol::ListOf(kAttributeValue);

namespace {

bool IsCollection(const JsonMember& member) {
  return (member.name == "M" && member.value.IsObject()) ||
         (member.name == "L" && member.value.IsArray());
}

// Whether a value has more levels than a value may have, whatever else is wrong with it.
bool IsTooDeep(const JsonValue& value) {
  std::vector<const JsonValue*> level = {&value};
  for (int depth = 1; !level.empty(); ++depth) {
    if (depth > kMaxNesting) return true;
    std::vector<const JsonValue*> below;
    for (const JsonValue* one : level) {
      if (!one->IsObject()) continue;
      for (const JsonMember& member : one->GetObject()) {
        if (!IsCollection(member)) continue;
        if (member.value.IsArray()) {
          for (const JsonValue& element : member.value.GetArray()) below.push_back(&element);
        } else {
          for (const JsonMember& entry : member.value.GetObject()) below.push_back(&entry.value);
        }
      }
    }
    level = std::move(below);
  }
  return false;
}

// The key of an index may have several attributes; PartiQL reads no such index.
Result<void> CheckIndexIsReadable(const Call& call, const expression::Statement& statement) {
  if (!statement.index || !statement.shows()) return {};
  const auto table = FindStatementTable(call, statement);
  const Index* index = table ? (*table)->FindIndex(*statement.index) : nullptr;
  if (index == nullptr || (index->key.hash.size() < 2 && index->key.range.size() < 2)) return {};
  return Fail(
      Validation("PartiQL statements cannot be executed on tables with multi-attribute HASH keys "
                 "or multi-attribute RANGE keys."));
}

}  // namespace

Result<std::vector<ValueView>> ReadStatementParameters(const JsonValue& input, ValueArena& arena) {
  std::vector<ValueView> values;
  const JsonValue* parameters = FindMember(input, "Parameters");
  if (parameters == nullptr) return values;
  values.reserve(parameters->Size());
  for (const JsonValue& parameter : parameters->GetArray()) {
    auto value = arena.Add(parameter);
    if (!value) {
      // Within one value its depth is what the service tells.
      return Fail(IsTooDeep(parameter) ? NestingTooDeep() : std::move(value).error());
    }
    values.push_back(*value);
  }
  return values;
}

Result<expression::Statement> ReadStatement(const Call& call, const JsonValue& input,
                                            std::span<const ValueView> parameters) {
  DYNAROCK_TRY(expression::Statement statement,
               expression::ParseStatement(StringOr(input, "Statement"), parameters));
  DYNAROCK_CHECK(CheckIndexIsReadable(call, statement));
  if (statement.fault) return Fail(*std::move(statement.fault));
  return statement;
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

std::vector<expression::KeyAttribute> KeySchema(const Table& table) {
  std::vector<expression::KeyAttribute> schema;
  for (size_t i = 0; i < table.key().size(); ++i) {
    const KeyAttribute& attribute = table.key().at(i);
    schema.push_back({attribute.name, attribute.type, i == 0});
  }
  return schema;
}

void WriteRow(const expression::Statement& statement, ItemView item, std::string& out) {
  if (statement.projection.empty()) {
    WriteItem(item, out);
    return;
  }
  ItemBuilder row;
  for (size_t i = 0; i < statement.projection.size(); ++i) {
    if (const auto value = expression::Find(item, statement.projection[i])) {
      row.Add(statement.columns[i], *value);
    }
  }
  WriteItem(ItemView(row.Encode()), out);
}

}  // namespace dynarock::operations

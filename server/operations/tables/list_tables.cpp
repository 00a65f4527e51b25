// ListTables. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html
#include "server/operations/request/members.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/read_page.h"
#include "server/operations/request/shapes.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr int64_t kMost = 100;

constexpr Member kMembers[] = {
    {"ExclusiveStartTableName",
     &kStringShape,
     {.min_length = 3, .max_length = 255, .name_pattern = true}},
    {"Limit", &kIntegerShape, {.min_value = 1, .max_value = kMost}},
};
constexpr Shape kInput = Structure("ListTablesInput", kMembers);

Result<void> Run(Call& call) {
  const Store& store = call.store;
  const uint64_t limit = MostItems(call, Integer(call.input, "Limit").value_or(kMost));
  const std::string name_space = NameSpace(call);

  // One more than asked for tells whether there are more. Tables that are being deleted do not
  // count.
  std::vector<std::string> names;
  std::string after(StringOr(call.input, "ExclusiveStartTableName"));
  while (names.size() <= limit) {
    const auto tables = store.List(name_space, after, limit + 1);
    for (const auto& table : tables) {
      if (table->description().status != Status::kDeleting) names.push_back(table->name());
    }
    if (tables.size() <= limit) break;
    after = tables.back()->name();
  }
  const bool more = names.size() > limit;
  if (more) names.resize(limit);

  JsonWriter& out = call.out;
  out.BeginObject();
  out.Key("TableNames");
  out.BeginArray();
  for (const std::string& name : names) out.String(name);
  out.EndArray();
  if (more) out.Member("LastEvaluatedTableName", names.back());
  out.EndObject();
  return {};
}

}  // namespace

const Operation kListTables{.name = "ListTables", .input = &kInput, .run = Run};

}  // namespace dynarock::operations

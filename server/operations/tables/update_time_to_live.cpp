// UpdateTimeToLive.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html
//
// A change is in force at once. The service refuses a second change of a table within half an hour;
// whoever runs tests would be stopped by that, so it is left out.
#include "server/operations/request/members.h"
#include "server/operations/request/notes.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/shapes.h"
#include "server/operations/request/table_lookup.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Member kSpecificationMembers[] = {
    {"Enabled", &kBooleanShape, Required()},
    {"AttributeName", &kStringShape, {.required = true, .min_length = 1, .max_length = 255}},
};
constexpr Shape kSpecification = Structure("TimeToLiveSpecification", kSpecificationMembers);
constexpr Member kMembers[] = {
    TableName(),
    {"TimeToLiveSpecification", &kSpecification, Required()},
};
constexpr Shape kInput = Structure("UpdateTimeToLiveInput", kMembers);

Result<void> Change(bool enabled, std::string_view attribute, int64_t now_ms, TimeToLive& ttl) {
  if (ttl.enabled && ttl.attribute != attribute) {
    return Fail(
        Validation("TimeToLive is active on a different AttributeName: current AttributeName is " +
                   ttl.attribute));
  }
  if (ttl.enabled == enabled) {
    return Fail(
        Validation(enabled ? "TimeToLive is already enabled" : "TimeToLive is already disabled"));
  }
  ttl = {.enabled = enabled, .attribute = std::string(attribute), .changed_ms = now_ms};
  return {};
}

Result<void> Run(Call& call) {
  const JsonValue& specification = *FindMember(call.input, "TimeToLiveSpecification");
  const bool enabled = BoolOr(specification, "Enabled", false);
  const std::string_view attribute = StringOr(specification, "AttributeName");
  DYNAROCK_TRY(const NamedTable named, ResolveTableName(call, StringOr(call.input, "TableName")));
  Store& store = call.store;
  const auto edit = [&](TableDescription& table) -> Result<void> {
    if (table.status == Status::kCreating) return Fail(NoSuchTable(table.name));
    return Change(enabled, attribute, store.now_ms(), table.ttl);
  };
  DYNAROCK_TRY(const Catalog::Replaced replaced,
               store.UpdateTable(named.name_space, named.name, edit));
  NoteTableChange(call, replaced.before, replaced.after);
  JsonWriter& out = call.out;
  out.BeginObject();
  out.Key("TimeToLiveSpecification");
  out.BeginObject();
  out.MemberBool("Enabled", enabled);
  out.Member("AttributeName", attribute);
  out.EndObject();
  out.EndObject();
  return {};
}

}  // namespace

const Operation kUpdateTimeToLive{.name = "UpdateTimeToLive", .input = &kInput, .run = Run};

}  // namespace dynarock::operations

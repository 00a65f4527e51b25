#include "server/operations/request/table_lookup.h"

#include <algorithm>

#include "server/operations/request/errors.h"
#include "server/operations/request/table_arn.h"

namespace dynarock::operations {

namespace {

// Why a table may be missing: which tables there are, or who else has one of that name.
std::string MissingTableHint(const Call& call, std::string_view name_or_arn) {
  const auto arn = ParseTableArn(name_or_arn);
  const std::string_view name = arn ? arn->table : name_or_arn;
  for (const auto& table : call.store.All()) {
    if (table->name() != name) continue;
    if (!call.context.owner) return "the table is still being created or deleted";
    return "the table exists under another access key or region: " + table->name_space() +
           " (the server runs with --isolate)";
  }
  constexpr size_t kShown = 5;
  const auto tables = call.store.List(NameSpace(call), {}, kShown + 1);
  if (tables.empty()) return "there are no tables: was CreateTable sent to this server?";
  std::string hint = "no such table; there are ";
  for (size_t i = 0; i < std::min(tables.size(), kShown); ++i) {
    if (i > 0) hint += ", ";
    hint += tables[i]->name();
  }
  return tables.size() > kShown ? hint + ", ..." : hint;
}

// Whether an ARN's region is the caller's. Where tables are everybody's, each keeps the region it
// was made in, and its ARN is good in all.
bool IsHere(const Call& call, const TableArn& arn) {
  if (arn.region == call.caller.region) return true;
  if (call.context.owner) return false;
  const auto table = call.store.Find({}, arn.table);
  return table != nullptr && table->description().region == arn.region;
}

}  // namespace

Result<void> CheckHere(const Call& call, const TableArn& arn, const Error& elsewhere) {
  if (arn.account != kAccount) {
    return Fail(OfKind(ErrorKind::kAccessDenied, "Access is denied"));
  }
  if (!IsHere(call, arn)) return Fail(elsewhere);
  return {};
}

std::string NameSpace(const Call& call, std::string_view region) {
  if (!call.context.owner) return {};
  if (region.empty()) region = call.caller.region;
  return std::string(*call.context.owner) + "/" + std::string(region);
}

Result<NamedTable> ResolveTableName(const Call& call, std::string_view name_or_arn) {
  if (!LooksLikeArn(name_or_arn)) return NamedTable{NameSpace(call), std::string(name_or_arn)};
  const auto arn = ParseTableArn(name_or_arn);
  if (!arn) return Fail(NotATableArn(name_or_arn));
  DYNAROCK_CHECK(CheckHere(call, *arn, ForeignRegion(name_or_arn)));
  return NamedTable{NameSpace(call, arn->region), std::string(arn->table)};
}

Result<std::shared_ptr<const Table>> FindUsableTable(const Call& call,
                                                     std::string_view name_or_arn) {
  const Store& store = call.store;
  std::shared_ptr<const Table> table;
  if (!call.context.owner && !LooksLikeArn(name_or_arn)) {
    table = store.Find({}, name_or_arn);
  } else {
    DYNAROCK_TRY(const NamedTable named, ResolveTableName(call, name_or_arn));
    table = store.Find(named.name_space, named.name);
  }
  if (table == nullptr || !table->UsableAt(call.context.now_ms)) {
    Error error = NoSuchResource();
    error.hint = MissingTableHint(call, name_or_arn);
    return Fail(std::move(error));
  }
  return table;
}

Result<std::shared_ptr<const Table>> FindTable(const Call& call, std::string_view name_or_arn) {
  DYNAROCK_TRY(const NamedTable named, ResolveTableName(call, name_or_arn));
  auto table = call.store.Find(named.name_space, named.name);
  if (table == nullptr || table->GoneAt(call.context.now_ms)) {
    return Fail(NoSuchTable(named.name));
  }
  return table;
}

}  // namespace dynarock::operations

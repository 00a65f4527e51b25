// What nearly all operations do first: find the table that a request names.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "server/operations/request/table_arn.h"
#include "server/protocol/operation.h"
#include "storage/table/store.h"

namespace dynarock::operations {

using protocol::Call;
using protocol::Operation;

// Where a caller's tables live (RequestContext::owner): "" when they are everybody's, otherwise
// "<owner>/<region>".
// `region`: of an ARN; empty: the caller's.
std::string NameSpace(const Call& call, std::string_view region = {});

// Errors: the ARN belongs to another account (AccessDenied), to another region (`elsewhere`).
Result<void> CheckHere(const Call& call, const TableArn& arn, const Error& elsewhere);

// A table as a request names it, by name or ARN.
struct NamedTable {
  std::string name_space;
  std::string name;
};
// Errors: an ARN that is not a table's, or of another region (Validation); of another account
// (AccessDenied).
Result<NamedTable> ResolveTableName(const Call& call, std::string_view name_or_arn);

// The table for item operations. Error: ResourceNotFound "Requested resource not found", also while
// the table is CREATING or DELETING.
Result<std::shared_ptr<const Table>> FindUsableTable(const Call& call,
                                                     std::string_view name_or_arn);

// The table for table operations. Error: ResourceNotFound "Requested resource not found: Table:
// <name> not found".
Result<std::shared_ptr<const Table>> FindTable(const Call& call, std::string_view name_or_arn);

}  // namespace dynarock::operations

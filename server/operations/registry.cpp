#include "server/operations/registry.h"

#include <array>

#include "server/operations/request/operation_list.h"

namespace dynarock::operations {

std::span<const protocol::Operation> Operations() {
  static const std::array kAll = {
      kBatchExecuteStatement,
      kBatchGetItem,
      kBatchWriteItem,
      kCreateTable,
      kDeleteItem,
      kDeleteTable,
      kDescribeContinuousBackups,
      kDescribeEndpoints,
      kDescribeLimits,
      kDescribeStream,
      kDescribeTable,
      kDescribeTimeToLive,
      kExecuteStatement,
      kExecuteTransaction,
      kGetItem,
      kGetRecords,
      kGetShardIterator,
      kListStreams,
      kListTables,
      kListTagsOfResource,
      kPutItem,
      kQuery,
      kScan,
      kTagResource,
      kTransactGetItems,
      kTransactWriteItems,
      kUntagResource,
      kUpdateContinuousBackups,
      kUpdateItem,
      kUpdateTable,
      kUpdateTimeToLive,
  };
  return kAll;
}

std::span<const std::string_view> UnimplementedOperations() {
  static constexpr std::array<std::string_view, 35> kNames = {
      "CancelBulkOperation",
      "CreateBackup",
      "CreateGlobalTable",
      "DeleteBackup",
      "DeleteResourcePolicy",
      "DescribeBackup",
      "DescribeBulkOperation",
      "DescribeContributorInsights",
      "DescribeExport",
      "DescribeGlobalTable",
      "DescribeGlobalTableSettings",
      "DescribeImport",
      "DescribeKinesisStreamingDestination",
      "DescribeTableReplicaAutoScaling",
      "DisableKinesisStreamingDestination",
      "EnableKinesisStreamingDestination",
      "ExportTableToPointInTime",
      "GetResourcePolicy",
      "ImportTable",
      "ListBackups",
      "ListBulkOperations",
      "ListContributorInsights",
      "ListExports",
      "ListGlobalTables",
      "ListImports",
      "PutResourcePolicy",
      "RestoreTableFromBackup",
      "RestoreTableToPointInTime",
      "SearchVectors",
      "StartBulkPutItems",
      "UpdateContributorInsights",
      "UpdateGlobalTable",
      "UpdateGlobalTableSettings",
      "UpdateKinesisStreamingDestination",
      "UpdateTableReplicaAutoScaling",
  };
  return kNames;
}

}  // namespace dynarock::operations

#include "server/operations/registry.h"

#include <array>

#include "server/operations/operation_list.h"

namespace dynarock::operations {

std::span<const protocol::Operation> Operations() {
  static const std::array kAll = {
      kBatchGetItem,
      kBatchWriteItem,
      kCreateTable,
      kDeleteItem,
      kDeleteTable,
      kDescribeContinuousBackups,
      kDescribeEndpoints,
      kDescribeLimits,
      kDescribeTable,
      kDescribeTimeToLive,
      kGetItem,
      kListTables,
      kListTagsOfResource,
      kPutItem,
      kQuery,
      kScan,
      kTagResource,
      kUntagResource,
      kUpdateContinuousBackups,
      kUpdateItem,
      kUpdateTable,
      kUpdateTimeToLive,
  };
  return kAll;
}

std::span<const std::string_view> UnimplementedOperations() {
  static constexpr std::array<std::string_view, 44> kNames = {
      "BatchExecuteStatement",
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
      "DescribeStream",
      "DescribeTableReplicaAutoScaling",
      "DisableKinesisStreamingDestination",
      "EnableKinesisStreamingDestination",
      "ExecuteStatement",
      "ExecuteTransaction",
      "ExportTableToPointInTime",
      "GetRecords",
      "GetResourcePolicy",
      "GetShardIterator",
      "ImportTable",
      "ListBackups",
      "ListBulkOperations",
      "ListContributorInsights",
      "ListExports",
      "ListGlobalTables",
      "ListImports",
      "ListStreams",
      "PutResourcePolicy",
      "RestoreTableFromBackup",
      "RestoreTableToPointInTime",
      "SearchVectors",
      "StartBulkPutItems",
      "TransactGetItems",
      "TransactWriteItems",
      "UpdateContributorInsights",
      "UpdateGlobalTable",
      "UpdateGlobalTableSettings",
      "UpdateKinesisStreamingDestination",
      "UpdateTableReplicaAutoScaling",
  };
  return kNames;
}

}  // namespace dynarock::operations

// One declaration per operation file; registry.cpp lists them.
#pragma once

#include "server/protocol/operation.h"

namespace dynarock::operations {

extern const protocol::Operation kBatchExecuteStatement;
extern const protocol::Operation kBatchGetItem;
extern const protocol::Operation kBatchWriteItem;
extern const protocol::Operation kCreateTable;
extern const protocol::Operation kDeleteItem;
extern const protocol::Operation kDeleteTable;
extern const protocol::Operation kDescribeContinuousBackups;
extern const protocol::Operation kDescribeEndpoints;
extern const protocol::Operation kDescribeLimits;
extern const protocol::Operation kDescribeStream;
extern const protocol::Operation kDescribeTable;
extern const protocol::Operation kDescribeTimeToLive;
extern const protocol::Operation kExecuteStatement;
extern const protocol::Operation kExecuteTransaction;
extern const protocol::Operation kGetItem;
extern const protocol::Operation kGetRecords;
extern const protocol::Operation kGetShardIterator;
extern const protocol::Operation kListStreams;
extern const protocol::Operation kListTables;
extern const protocol::Operation kListTagsOfResource;
extern const protocol::Operation kPutItem;
extern const protocol::Operation kQuery;
extern const protocol::Operation kScan;
extern const protocol::Operation kTagResource;
extern const protocol::Operation kTransactGetItems;
extern const protocol::Operation kTransactWriteItems;
extern const protocol::Operation kUntagResource;
extern const protocol::Operation kUpdateContinuousBackups;
extern const protocol::Operation kUpdateItem;
extern const protocol::Operation kUpdateTable;
extern const protocol::Operation kUpdateTimeToLive;

}  // namespace dynarock::operations

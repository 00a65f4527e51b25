#include "server/protocol/model_order.h"

#include <algorithm>
#include <utility>

namespace dynarock::protocol {

namespace {

// Structures whose tables are, or may come to be, in another order, by name.
constexpr std::pair<std::string_view, std::string_view> kOrders[] = {
    {"AttributeValueUpdate", "Value Action"},
    {"BatchExecuteStatementInput", "Statements ReturnConsumedCapacity"},
    {"BatchGetItemInput", "RequestItems ReturnConsumedCapacity"},
    {"BatchStatementRequest",
     "Statement Parameters ConsistentRead ReturnValuesOnConditionCheckFailure"},
    {"BatchWriteItemInput", "RequestItems ReturnConsumedCapacity ReturnItemCollectionMetrics"},
    {"Condition", "AttributeValueList ComparisonOperator"},
    {"ConditionCheck",
     "Key TableName ConditionExpression ExpressionAttributeNames ExpressionAttributeValues "
     "ReturnValuesOnConditionCheckFailure"},
    {"CreateGlobalSecondaryIndexAction",
     "IndexName KeySchema Projection ProvisionedThroughput OnDemandThroughput "
     "WarmThroughput"},
    {"CreateTableInput",
     "AttributeDefinitions TableName KeySchema LocalSecondaryIndexes "
     "GlobalSecondaryIndexes BillingMode ProvisionedThroughput StreamSpecification "
     "SSESpecification Tags TableClass DeletionProtectionEnabled WarmThroughput "
     "ResourcePolicy OnDemandThroughput GlobalTableSourceArn "
     "GlobalTableSettingsReplicationMode VectorIndexes"},
    {"CreateVectorIndexAction",
     "IndexName VectorAttribute SearchSchema Projection Dimensions DistanceFunction"},
    {"Delete",
     "Key TableName ConditionExpression ExpressionAttributeNames ExpressionAttributeValues "
     "ReturnValuesOnConditionCheckFailure"},
    {"DeleteItemInput",
     "TableName Key Expected ConditionalOperator ReturnValues ReturnConsumedCapacity "
     "ReturnItemCollectionMetrics ConditionExpression ExpressionAttributeNames "
     "ExpressionAttributeValues ReturnValuesOnConditionCheckFailure"},
    {"ExecuteStatementInput",
     "Statement Parameters ConsistentRead NextToken ReturnConsumedCapacity Limit "
     "ReturnValuesOnConditionCheckFailure"},
    {"ExecuteTransactionInput", "TransactStatements ClientRequestToken ReturnConsumedCapacity"},
    {"ExpectedAttributeValue", "Value Exists ComparisonOperator AttributeValueList"},
    {"Get", "Key TableName ProjectionExpression ExpressionAttributeNames"},
    {"GetItemInput",
     "TableName Key AttributesToGet ConsistentRead ReturnConsumedCapacity "
     "ProjectionExpression ExpressionAttributeNames"},
    {"GlobalSecondaryIndex",
     "IndexName KeySchema Projection ProvisionedThroughput OnDemandThroughput "
     "WarmThroughput"},
    {"KeysAndAttributes",
     "Keys AttributesToGet ConsistentRead ProjectionExpression ExpressionAttributeNames"},
    {"ParameterizedStatement", "Statement Parameters ReturnValuesOnConditionCheckFailure"},
    {"ProvisionedThroughput", "ReadCapacityUnits WriteCapacityUnits"},
    {"Put",
     "Item TableName ConditionExpression ExpressionAttributeNames "
     "ExpressionAttributeValues ReturnValuesOnConditionCheckFailure"},
    {"PutItemInput",
     "TableName Item Expected ReturnValues ReturnConsumedCapacity "
     "ReturnItemCollectionMetrics ConditionalOperator ConditionExpression "
     "ExpressionAttributeNames ExpressionAttributeValues "
     "ReturnValuesOnConditionCheckFailure"},
    {"QueryInput",
     "TableName IndexName Select AttributesToGet Limit ConsistentRead KeyConditions "
     "QueryFilter ConditionalOperator ScanIndexForward ExclusiveStartKey "
     "ReturnConsumedCapacity ProjectionExpression FilterExpression KeyConditionExpression "
     "ExpressionAttributeNames ExpressionAttributeValues"},
    {"ScanInput",
     "TableName IndexName AttributesToGet Limit Select ScanFilter ConditionalOperator "
     "ExclusiveStartKey ReturnConsumedCapacity TotalSegments Segment ProjectionExpression "
     "FilterExpression ExpressionAttributeNames ExpressionAttributeValues ConsistentRead"},
    {"TransactGetItemsInput", "TransactItems ReturnConsumedCapacity"},
    {"TransactWriteItemsInput",
     "TransactItems ReturnConsumedCapacity ReturnItemCollectionMetrics ClientRequestToken"},
    {"Update",
     "Key UpdateExpression TableName ConditionExpression ExpressionAttributeNames "
     "ExpressionAttributeValues ReturnValuesOnConditionCheckFailure"},
    {"UpdateItemInput",
     "TableName Key AttributeUpdates Expected ConditionalOperator ReturnValues "
     "ReturnConsumedCapacity ReturnItemCollectionMetrics UpdateExpression "
     "ConditionExpression ExpressionAttributeNames ExpressionAttributeValues "
     "ReturnValuesOnConditionCheckFailure"},
    {"UpdateTableInput",
     "AttributeDefinitions TableName BillingMode ProvisionedThroughput "
     "GlobalSecondaryIndexUpdates StreamSpecification SSESpecification ReplicaUpdates "
     "TableClass DeletionProtectionEnabled MultiRegionConsistency "
     "GlobalTableWitnessUpdates OnDemandThroughput WarmThroughput "
     "GlobalTableSettingsReplicationMode VectorIndexUpdates"},
    {"VectorIndex",
     "IndexName VectorAttribute SearchSchema Projection Dimensions DistanceFunction"},
};

static_assert(std::ranges::is_sorted(kOrders));

}  // namespace

std::string_view ModelOrder(std::string_view structure) {
  const auto* found = std::ranges::lower_bound(
      kOrders, structure, {}, &std::pair<std::string_view, std::string_view>::first);
  return found != std::end(kOrders) && found->first == structure ? found->second
                                                                 : std::string_view();
}

}  // namespace dynarock::protocol

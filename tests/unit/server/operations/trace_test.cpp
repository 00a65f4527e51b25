// What operations note of a request for observers: which accesses and table changes each one has.
#include "server/trace/trace.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/server/operations/traced_requests.h"

namespace dynarock::operations {
namespace {

struct Case {
  const char* name;
  const char* operation;
  const char* request;
  unsigned status;
  std::vector<std::string> facts;
};

const std::vector<Case> kItemCases = {
    {"an item", "GetItem", "{'TableName':'tab','Key':{'pk':{'S':'a'}}}", 200, {"Get tab 1/1"}},
    {"an item by the table's ARN",
     "GetItem",
     "{'TableName':'arn:aws:dynamodb:us-east-1:000000000000:table/tab','Key':{'pk':{'S':'a'}}}",
     200,
     {"Get tab 1/1"}},
    {"no item, consistently",
     "GetItem",
     "{'TableName':'tab','Key':{'pk':{'S':'no'}},'ConsistentRead':true}",
     200,
     {"Get tab consistent 0/0"}},
    {"no table", "GetItem", "{'TableName':'no','Key':{'pk':{'S':'a'}}}", 400, {}},
    {"a key of another type", "GetItem", "{'TableName':'tab','Key':{'pk':{'N':'1'}}}", 400, {}},
    {"refused by its shape", "GetItem", "{'TableName':5}", 400, {}},
    {"a new item", "PutItem", "{'TableName':'tab','Item':{'pk':{'S':'c'}}}", 200, {"Put tab a"}},
    {"an item in place of another",
     "PutItem",
     "{'TableName':'tab','Item':{'pk':{'S':'a'}}}",
     200,
     {"Put tab b a"}},
    {"a condition that fails",
     "PutItem",
     "{'TableName':'tab','Item':{'pk':{'S':'a'}},'ConditionExpression':'attribute_not_exists(pk)'}",
     400,
     {"Put tab failed"}},
    {"an update",
     "UpdateItem",
     "{'TableName':'tab','Key':{'pk':{'S':'a'}},'UpdateExpression':'REMOVE n'}",
     200,
     {"Update tab b a"}},
    {"a deletion",
     "DeleteItem",
     "{'TableName':'tab','Key':{'pk':{'S':'a'}}}",
     200,
     {"Delete tab b"}},
    {"a deletion of nothing",
     "DeleteItem",
     "{'TableName':'tab','Key':{'pk':{'S':'no'}}}",
     200,
     {"Delete tab"}},
    {"a Query of an index",
     "Query",
     "{'TableName':'tab','IndexName':'global','KeyConditionExpression':'g = :g',"
     "'ExpressionAttributeValues':{':g':{'S':'g'}}}",
     200,
     {"Query tab (global) 2/2"}},
    {"a Scan with a filter",
     "Scan",
     "{'TableName':'tab','FilterExpression':'pk = :a',"
     "'ExpressionAttributeValues':{':a':{'S':'a'}}}",
     200,
     {"Scan tab filtered 1/2"}},
    {"a batch of keys",
     "BatchGetItem",
     "{'RequestItems':{'tab':{'Keys':[{'pk':{'S':'a'}},{'pk':{'S':'no'}}]},"
     "'two':{'Keys':[{'pk':{'S':'a'}}]}}}",
     200,
     {"Get tab 1/1", "Get tab 0/0", "Get two 0/0"}},
    {"a batch of writes",
     "BatchWriteItem",
     "{'RequestItems':{'tab':[{'DeleteRequest':{'Key':{'pk':{'S':'a'}}}}],"
     "'two':[{'PutRequest':{'Item':{'pk':{'S':'a'}}}}]}}",
     200,
     {"Delete tab b", "Put two a"}},
    {"a transaction of reads",
     "TransactGetItems",
     "{'TransactItems':[{'Get':{'TableName':'tab','Key':{'pk':{'S':'a'}}}},"
     "{'Get':{'TableName':'two','Key':{'pk':{'S':'a'}}}}]}",
     200,
     {"Get tab consistent transactional 1/1", "Get two consistent transactional 0/0"}},
    {"a transaction of writes",
     "TransactWriteItems",
     "{'TransactItems':[{'ConditionCheck':{'TableName':'tab','Key':{'pk':{'S':'a'}},"
     "'ConditionExpression':'attribute_exists(pk)'}},"
     "{'Put':{'TableName':'two','Item':{'pk':{'S':'a'}}}}]}",
     200,
     {"ConditionCheck tab transactional b a", "Put two transactional a"}},
    {"a transaction that fails",
     "TransactWriteItems",
     "{'TransactItems':[{'ConditionCheck':{'TableName':'tab','Key':{'pk':{'S':'a'}},"
     "'ConditionExpression':'attribute_not_exists(pk)'}},"
     "{'Put':{'TableName':'two','Item':{'pk':{'S':'a'}}}}]}",
     400,
     {"ConditionCheck tab transactional failed", "Put two transactional failed"}},
    {"a SELECT by key",
     "ExecuteStatement",
     "{'Statement':'SELECT * FROM tab WHERE pk = ?','Parameters':[{'S':'a'}]}",
     200,
     {"Get tab partiql 1/1"}},
    {"a SELECT of all",
     "ExecuteStatement",
     "{'Statement':'SELECT * FROM tab'}",
     200,
     {"Scan tab partiql 2/2"}},
    {"an UPDATE",
     "ExecuteStatement",
     "{'Statement':'UPDATE tab SET n = 2 WHERE pk = ?','Parameters':[{'S':'a'}]}",
     200,
     {"Update tab partiql b a"}},
    {"a batch of statements",
     "BatchExecuteStatement",
     "{'Statements':[{'Statement':'SELECT * FROM tab WHERE pk = ?','Parameters':[{'S':'a'}]},"
     "{'Statement':'SELECT * FROM two WHERE pk = ?','Parameters':[{'S':'a'}]}]}",
     200,
     {"Get tab partiql 1/1", "Get two partiql 0/0"}},
    {"a transaction of statements",
     "ExecuteTransaction",
     "{'TransactStatements':[{'Statement':'DELETE FROM tab WHERE pk = ?',"
     "'Parameters':[{'S':'a'}]}]}",
     200,
     {"Delete tab transactional partiql b"}},
};

const std::vector<Case> kTableCases = {
    {"a new table",
     "CreateTable",
     "{'TableName':'new','BillingMode':'PAY_PER_REQUEST',"
     "'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'}],"
     "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}]}",
     200,
     {"asks for new", "makes new"}},
    {"a table that is there",
     "CreateTable",
     "{'TableName':'tab','BillingMode':'PAY_PER_REQUEST',"
     "'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'}],"
     "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}]}",
     400,
     {"asks for tab"}},
    {"a table at fault",
     "CreateTable",
     "{'TableName':'new','BillingMode':'PAY_PER_REQUEST',"
     "'AttributeDefinitions':[{'AttributeName':'other','AttributeType':'S'}],"
     "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}]}",
     400,
     {}},
    {"an index goes",
     "UpdateTable",
     "{'TableName':'tab','GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'global'}}]}",
     200,
     {"changes tab"}},
    {"nothing to change", "UpdateTable", "{'TableName':'tab'}", 400, {}},
    {"no such index",
     "UpdateTable",
     "{'TableName':'tab','GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'other'}}]}",
     400,
     {}},
    {"time to live",
     "UpdateTimeToLive",
     "{'TableName':'tab','TimeToLiveSpecification':{'Enabled':true,'AttributeName':'ttl'}}",
     200,
     {"changes tab"}},
    {"recovery",
     "UpdateContinuousBackups",
     "{'TableName':'tab','PointInTimeRecoverySpecification':{'PointInTimeRecoveryEnabled':true}}",
     200,
     {"changes tab"}},
    {"a tag",
     "TagResource",
     "{'ResourceArn':'arn:aws:dynamodb:us-east-1:000000000000:table/tab',"
     "'Tags':[{'Key':'k','Value':'v'}]}",
     200,
     {"changes tab"}},
    {"no tag",
     "UntagResource",
     "{'ResourceArn':'arn:aws:dynamodb:us-east-1:000000000000:table/tab','TagKeys':['k']}",
     200,
     {"changes tab"}},
    {"a deletion", "DeleteTable", "{'TableName':'tab'}", 200, {"deletes tab"}},
    {"a deletion of no table", "DeleteTable", "{'TableName':'no'}", 400, {}},
    {"a look", "DescribeTable", "{'TableName':'tab'}", 200, {}},
    {"a list", "ListTables", "{}", 200, {}},
};

TEST_F(TraceTest, SaysWhatWasReadAndWritten) {
  for (const Case& c : kItemCases) {
    SCOPED_TRACE(c.name);
    Open({});
    Fill();
    const http::Reply reply = Ask(c.operation, c.request);
    EXPECT_EQ(reply.status, c.status) << reply.body;
    EXPECT_EQ(watcher_.facts, c.facts);
  }
}

TEST_F(TraceTest, SaysWhatChangedOfTables) {
  for (const Case& c : kTableCases) {
    SCOPED_TRACE(c.name);
    Open({});
    Fill();
    const http::Reply reply = Ask(c.operation, c.request);
    EXPECT_EQ(reply.status, c.status) << reply.body;
    EXPECT_EQ(watcher_.facts, c.facts);
  }
}

TEST_F(TraceTest, AChangeHasTheTableAsItWasAndAsItIs) {
  Fill();
  watcher_.on_change = [](const trace::TableChange& change) {
    EXPECT_FALSE(change.before->description().ttl.enabled);
    EXPECT_TRUE(change.after->description().ttl.enabled);
  };
  Ask("UpdateTimeToLive",
      "{'TableName':'tab','TimeToLiveSpecification':{'Enabled':true,'AttributeName':'ttl'}}");
  EXPECT_EQ(watcher_.facts, std::vector<std::string>{"changes tab"});
}

TEST_F(TraceTest, ATableIsDeletedOnceWhileItIsDeleting) {
  StoreOptions options;
  options.transient_ms = 1000;
  Open(options);
  MakeTable("tab");
  clock_.Advance(2000);
  EXPECT_EQ(Ask("DeleteTable", "{'TableName':'tab'}").status, 200u);
  EXPECT_EQ(watcher_.facts, std::vector<std::string>{"deletes tab"});
  EXPECT_EQ(Ask("DeleteTable", "{'TableName':'tab'}").status, 400u);
  EXPECT_EQ(watcher_.facts, std::vector<std::string>{});
  EXPECT_EQ(watcher_.to_go, std::vector<std::string>{"tab"});
}

}  // namespace
}  // namespace dynarock::operations

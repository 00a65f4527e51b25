// What a RequestContext says happens to a request, whichever operation it is: requests go through
// the Dispatcher, with somebody who decides.
#include "server/protocol/request_context.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include <gtest/gtest.h>

#include "server/operations/registry.h"
#include "server/protocol/dispatcher.h"
#include "storage/clock/settable_clock.h"
#include "storage/item/json.h"
#include "storage/item/json_text.h"
#include "storage/table/store.h"
#include "tests/unit/server/protocol/field_list.h"

namespace dynarock::operations {
namespace {

using protocol::Dispatcher;
using protocol::Incoming;
using protocol::RequestContext;

constexpr int64_t kHourMs = 3'600'000;

// Single quotes for double ones.
std::string Quoted(std::string_view text) {
  std::string json(text);
  std::replace(json.begin(), json.end(), '\'', '"');
  return json;
}

std::string TextOf(const JsonValue& value) {
  std::string text;
  AppendJson(value, text);
  return text;
}

class RequestContextTest : public testing::Test {
 protected:
  RequestContextTest() { Open({}); }

  void Open(StoreOptions options) {
    dispatcher_.reset();
    options.clock = &clock_;
    store_ = *Store::Open(options);
    Dispatcher::Options dispatching;
    dispatching.operations = Operations();
    dispatching.clock = &clock_;
    dispatching.decide = [this](const Incoming& request, RequestContext& context) {
      ++decided_;
      operation_ = request.operation.name;
      if (decide_) decide_(context);
    };
    dispatcher_ = std::make_unique<Dispatcher>(std::move(dispatching), *store_);
  }

  http::Reply Ask(const std::string& operation, const std::string& request) {
    const bool streams = operation == "GetRecords" || operation == "GetShardIterator" ||
                         operation == "DescribeStream" || operation == "ListStreams";
    const protocol::FieldList fields({
        {"X-Amz-Target",
         (streams ? "DynamoDBStreams_20120810." : "DynamoDB_20120810.") + operation},
        {"Content-Type", "application/x-amz-json-1.0"},
        {"x-amz-date", "20260101T000000Z"},
        {"authorization",
         "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, "
         "SignedHeaders=host, Signature=x"},
    });
    http::Request asked;
    asked.method = "POST";
    asked.fields = &fields;
    asked.body = Quoted(request);
    return dispatcher_->Handle(asked);
  }
  // The answer of a request that nothing happens to.
  std::string Plain(const std::string& operation, const std::string& request) {
    const auto decide = std::exchange(decide_, nullptr);
    const http::Reply reply = Ask(operation, request);
    EXPECT_EQ(reply.status, 200u) << operation << " " << request << ": " << reply.body;
    decide_ = decide;
    return reply.body;
  }

  void MakeTable(const std::string& name) {
    Plain(
        "CreateTable",
        "{'TableName':'" + name +
            "','BillingMode':'PAY_PER_REQUEST',"
            "'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'},"
            "{'AttributeName':'sk','AttributeType':'N'},{'AttributeName':'g','AttributeType':'S'}],"
            "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'},"
            "{'AttributeName':'sk','KeyType':'RANGE'}],"
            "'LocalSecondaryIndexes':[{'IndexName':'local','KeySchema':["
            "{'AttributeName':'pk','KeyType':'HASH'},{'AttributeName':'g','KeyType':'RANGE'}],"
            "'Projection':{'ProjectionType':'KEYS_ONLY'}}],"
            "'GlobalSecondaryIndexes':[{'IndexName':'global','KeySchema':["
            "{'AttributeName':'g','KeyType':'HASH'},{'AttributeName':'sk','KeyType':'RANGE'}],"
            "'Projection':{'ProjectionType':'ALL'}}],"
            "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'NEW_IMAGE'}}");
  }
  static std::string ItemOf(const std::string& pk, int sk, const std::string& v) {
    return "{'pk':{'S':'" + pk + "'},'sk':{'N':'" + std::to_string(sk) +
           "'},'g':{'S':'g'},'v':{'S':'" + v + "'}}";
  }
  void Put(const std::string& table, const std::string& pk, int sk, const std::string& v) {
    Plain("PutItem", "{'TableName':'" + table + "','Item':" + ItemOf(pk, sk, v) + "}");
  }
  // Tables tab and two with 12 items each.
  void Fill() {
    for (const std::string table : {"tab", "two"}) {
      MakeTable(table);
      for (int i = 0; i < 12; ++i) Put(table, i < 8 ? "a" : "b", i, "v" + std::to_string(i));
    }
  }

  SettableClock clock_{1'800'000'000'000};
  std::unique_ptr<Store> store_;
  std::unique_ptr<Dispatcher> dispatcher_;
  std::function<void(RequestContext&)> decide_;
  int decided_ = 0;
  std::string operation_;
};

// ---- Pages.

struct PagedRequest {
  const char* name;
  const char* operation;
  const char* request;  // without the closing brace
  const char* list = "Items";
  const char* next_in = "ExclusiveStartKey";
  const char* next_out = "LastEvaluatedKey";
};

constexpr PagedRequest kPagedRequests[] = {
    {"scan", "Scan", "{'TableName':'tab'"},
    {"scan with a filter", "Scan",
     "{'TableName':'tab','FilterExpression':'v > :v','ExpressionAttributeValues':{':v':{'S':'v3'}}"},
    {"scan with a Limit", "Scan", "{'TableName':'tab','Limit':5"},
    {"scan of a segment", "Scan", "{'TableName':'tab','Segment':0,'TotalSegments':1"},
    {"scan of an index", "Scan", "{'TableName':'tab','IndexName':'global'"},
    {"query", "Query",
     "{'TableName':'tab','KeyConditionExpression':'pk = :a',"
     "'ExpressionAttributeValues':{':a':{'S':'a'}}"},
    {"query backwards", "Query",
     "{'TableName':'tab','ScanIndexForward':false,'KeyConditionExpression':'pk = :a',"
     "'ExpressionAttributeValues':{':a':{'S':'a'}}"},
    {"query of a global index", "Query",
     "{'TableName':'tab','IndexName':'global','KeyConditionExpression':'g = :g',"
     "'ExpressionAttributeValues':{':g':{'S':'g'}}"},
    {"query of a local index, with the items behind it", "Query",
     "{'TableName':'tab','IndexName':'local','Select':'ALL_ATTRIBUTES','KeyConditionExpression':'pk = :a',"
     "'ExpressionAttributeValues':{':a':{'S':'a'}}"},
    {"select", "ExecuteStatement", R"({'Statement':'SELECT * FROM tab')", "Items", "NextToken",
     "NextToken"},
    {"select of two partitions", "ExecuteStatement",
     "{'Statement':'SELECT * FROM tab WHERE pk IN [?, ?]','Parameters':[{'S':'b'},{'S':'a'}]",
     "Items", "NextToken", "NextToken"},
    {"select, merged", "ExecuteStatement",
     "{'Statement':'SELECT * FROM tab WHERE pk IN [?, ?] ORDER BY pk, sk',"
     "'Parameters':[{'S':'b'},{'S':'a'}]",
     "Items", "NextToken", "NextToken"},
    {"tables", "ListTables", "{'Limit':100", "TableNames", "ExclusiveStartTableName",
     "LastEvaluatedTableName"},
};

// What all pages together list, and how many there were.
struct Listed {
  std::string entries;
  int pages = 0;
  size_t most = 0;  // of one page
};

class PagesTest : public RequestContextTest {
 protected:
  Listed Follow(const PagedRequest& paged) {
    Listed listed;
    std::string next;
    do {
      std::string request = paged.request;
      if (!next.empty()) request += ",'" + std::string(paged.next_in) + "':" + next;
      const http::Reply reply = Ask(paged.operation, request + "}");
      JsonDocument document;
      EXPECT_EQ(reply.status, 200u) << paged.name << ": " << reply.body;
      if (reply.status != 200 || !document.Parse(std::string(reply.body))) break;
      const JsonValue& list = document.root()[paged.list];
      for (const JsonValue& entry : list.GetArray()) listed.entries += TextOf(entry) + "\n";
      listed.most = std::max<size_t>(listed.most, list.Size());
      const JsonValue* token = FindMember(document.root(), paged.next_out);
      next = token == nullptr ? "" : TextOf(*token);
    } while (++listed.pages < 100 && !next.empty());
    return listed;
  }
};

TEST_F(PagesTest, SmallPagesListTheSame) {
  Fill();
  for (const PagedRequest& paged : kPagedRequests) {
    decide_ = nullptr;
    const Listed whole = Follow(paged);
    const bool tables = std::string_view(paged.operation) == "ListTables";
    for (const uint64_t items : {1, 2, 5}) {
      decide_ = [=](RequestContext& context) { context.page_items = items; };
      const Listed listed = Follow(paged);
      EXPECT_EQ(listed.entries, whole.entries) << paged.name << ", by " << items;
      EXPECT_LE(listed.most, items) << paged.name;
      EXPECT_TRUE(items > 1 || listed.pages > whole.pages) << paged.name;
    }
    for (const uint64_t bytes : {0, 1, 30}) {
      decide_ = [=](RequestContext& context) { context.page_bytes = bytes; };
      const Listed listed = Follow(paged);
      EXPECT_EQ(listed.entries, whole.entries) << paged.name << ", by " << bytes << " bytes";
      EXPECT_TRUE(tables || listed.pages > whole.pages) << paged.name;
    }
  }
}

TEST_F(PagesTest, NoItemsMeansOne) {
  Fill();
  decide_ = [](RequestContext& context) { context.page_items = 0; };
  for (const PagedRequest& paged : kPagedRequests) EXPECT_EQ(Follow(paged).most, 1u) << paged.name;
}

TEST_F(PagesTest, RecordsOfAStream) {
  Fill();
  JsonDocument table;
  ASSERT_TRUE(table.Parse(Plain("DescribeTable", "{'TableName':'tab'}")));
  const std::string arn(table.root()["Table"]["LatestStreamArn"].GetText());
  JsonDocument stream;
  ASSERT_TRUE(stream.Parse(Plain("DescribeStream", "{'StreamArn':'" + arn + "'}")));
  const auto read = [&] {
    std::string all;
    int pages = 0;
    for (const JsonValue& shard : stream.root()["StreamDescription"]["Shards"].GetArray()) {
      JsonDocument given;
      EXPECT_TRUE(given.Parse(
          Plain("GetShardIterator", "{'ShardIteratorType':'TRIM_HORIZON','StreamArn':'" + arn +
                                        "','ShardId':" + TextOf(shard["ShardId"]) + "}")));
      std::string iterator(given.root()["ShardIterator"].GetText());
      for (size_t before = std::string::npos; before != all.size(); ++pages) {
        before = all.size();
        JsonDocument page;
        EXPECT_TRUE(page.Parse(Ask("GetRecords", "{'ShardIterator':'" + iterator + "'}").body));
        for (const JsonValue& record : page.root()["Records"].GetArray()) {
          all += TextOf(record["dynamodb"]["SequenceNumber"]) + " ";
        }
        iterator = page.root()["NextShardIterator"].GetText();
      }
    }
    return std::pair(all, pages);
  };
  const auto [whole, one_page] = read();
  decide_ = [](RequestContext& context) { context.page_items = 2; };
  const auto [by_items, pages] = read();
  EXPECT_EQ(by_items, whole);
  EXPECT_GT(pages, one_page);
  decide_ = [](RequestContext& context) { context.page_bytes = 1; };
  const auto [by_bytes, more_pages] = read();
  EXPECT_EQ(by_bytes, whole);
  EXPECT_GT(more_pages, one_page);
}

// ---- Batches.

struct BatchCase {
  const char* name;
  void (*decide)(RequestContext&);
  int gets;    // how often BatchGetItem is called until all is there
  int writes;  // the same for BatchWriteItem
};

const BatchCase kBatchCases[] = {
    {"nothing", [](RequestContext&) {}, 1, 1},
    {"half", [](RequestContext& context) { context.unprocessed_share = 0.5; }, 4, 4},
    {"a bit", [](RequestContext& context) { context.unprocessed_share = 0.01; }, 2, 2},
    {"all but one", [](RequestContext& context) { context.unprocessed_share = 1; }, 8, 8},
    {"more than all", [](RequestContext& context) { context.unprocessed_share = 3; }, 8, 8},
    {"one byte", [](RequestContext& context) { context.batch_read_bytes = 1; }, 8, 1},
};

// Calls until nothing is left; how often.
template <class Send>
int Repeat(std::string request, const char* rest, Send send) {
  int calls = 0;
  while (++calls < 100) {
    const std::string body = send(request);
    JsonDocument reply;
    if (!reply.Parse(std::string(body))) return -1;
    const JsonValue& left = reply.root()[rest];
    if (left.ObjectEmpty()) return calls;
    request = "{\"RequestItems\":" + TextOf(left) + "}";
  }
  return calls;
}

TEST_F(RequestContextTest, BatchesComeToTheirEnd) {
  Fill();
  std::string keys;
  std::string writes;
  for (int i = 0; i < 4; ++i) {
    const std::string comma = i > 0 ? "," : "";
    keys += comma + "{'pk':{'S':'a'},'sk':{'N':'" + std::to_string(i) + "'}}";
    writes += comma + "{'PutRequest':{'Item':" + ItemOf("a", i, "w") + "}}";
  }
  const std::string get =
      "{'RequestItems':{'tab':{'Keys':[" + keys + "]},'two':{'Keys':[" + keys + "]}}}";
  const std::string write = "{'RequestItems':{'tab':[" + writes + "],'two':[" + writes + "]}}";
  const auto read = [&](std::map<std::string, std::string>& found) {
    return [&](const std::string& request) {
      std::string body = Ask("BatchGetItem", request).body;
      JsonDocument reply;
      EXPECT_TRUE(reply.Parse(std::string(body)));
      for (const auto& table : reply.root()["Responses"].GetObject()) {
        for (const JsonValue& item : table.value.GetArray()) {
          found[std::string(table.name)] += TextOf(item);
        }
      }
      return body;
    };
  };
  for (const BatchCase& c : kBatchCases) {
    SCOPED_TRACE(c.name);
    for (int i = 0; i < 4; ++i) {
      Put("tab", "a", i, "old" + std::to_string(i));
      Put("two", "a", i, "old" + std::to_string(i));
    }
    decide_ = nullptr;
    std::map<std::string, std::string> whole;
    Repeat(get, "UnprocessedKeys", read(whole));
    decide_ = c.decide;
    std::map<std::string, std::string> found;
    EXPECT_EQ(Repeat(get, "UnprocessedKeys", read(found)), c.gets);
    EXPECT_EQ(found, whole);

    EXPECT_EQ(
        Repeat(write, "UnprocessedItems",
               [&](const std::string& request) { return Ask("BatchWriteItem", request).body; }),
        c.writes);
    decide_ = nullptr;
    const std::string after =
        Plain("Scan", "{'TableName':'two'}") + Plain("Scan", "{'TableName':'tab'}");
    EXPECT_EQ(after.find("old"), std::string::npos) << after;
  }
}

// ---- The state that is read.

struct ReadCase {
  const char* operation;
  const char* request;  // without the closing brace
  bool may_be_stale = true;
};

TEST_F(RequestContextTest, EventuallyConsistentReadsSeeTheView) {
  constexpr const char* kKey = "'TableName':'tab','Key':{'pk':{'S':'a'},'sk':{'N':'1'}}";
  const std::string get = std::string("{") + kKey;
  const std::string transact = std::string("{'TransactItems':[{'Get':{") + kKey + "}}]";
  const ReadCase cases[] = {
      {"GetItem", get.c_str()},
      {"Query",
       "{'TableName':'tab','KeyConditionExpression':'pk = :a',"
       "'ExpressionAttributeValues':{':a':{'S':'a'}}"},
      {"Query",
       "{'TableName':'tab','IndexName':'local','Select':'ALL_ATTRIBUTES',"
       "'KeyConditionExpression':'pk = :a','ExpressionAttributeValues':{':a':{'S':'a'}}"},
      {"Scan", "{'TableName':'tab'"},
      {"BatchGetItem",
       "{'RequestItems':{'tab':{'Keys':[{'pk':{'S':'a'},'sk':{'N':'1'}}],'ConsistentRead':false}}"},
      {"ExecuteStatement",
       "{'Statement':'SELECT * FROM tab WHERE pk = ? AND sk = 1',"
       "'Parameters':[{'S':'a'}]"},
      {"ExecuteStatement",
       "{'Statement':'SELECT * FROM tab WHERE pk = ?','Parameters':[{'S':'a'}]"},
      {"BatchExecuteStatement",
       "{'Statements':[{'Statement':'SELECT * FROM tab WHERE pk = ? AND sk = 1',"
       "'Parameters':[{'S':'a'}]}]"},
      {"TransactGetItems", transact.c_str(), false},
      {"ExecuteTransaction",
       "{'TransactStatements':[{'Statement':'SELECT * FROM tab WHERE pk = ? AND sk = 1',"
       "'Parameters':[{'S':'a'}]}]",
       false},
      // Global indexes have no other reads.
      {"Scan", "{'TableName':'tab','IndexName':'global'"},
  };
  MakeTable("tab");
  Put("tab", "a", 1, "old");
  const View before = store_->Snapshot();
  Put("tab", "a", 1, "new");
  for (const ReadCase& c : cases) {
    decide_ = [&](RequestContext& context) { context.view = before; };
    const std::string request = std::string(c.request) + "}";
    const std::string body = Ask(c.operation, request).body;
    EXPECT_EQ(body.find("\"old\"") != std::string::npos, c.may_be_stale) << request << body;
    EXPECT_EQ(body.find("\"new\"") == std::string::npos, c.may_be_stale) << request << body;
    EXPECT_NE(Plain(c.operation, request).find("\"new\""), std::string::npos) << request;
  }
  decide_ = [&](RequestContext& context) { context.view = before; };
  EXPECT_NE(Ask("Scan", "{'TableName':'tab','ConsistentRead':true}").body.find("\"new\""),
            std::string::npos);
  EXPECT_NE(Ask("GetItem", get + ",'ConsistentRead':true}").body.find("\"new\""),
            std::string::npos);
  const std::string batch =
      "{'RequestItems':{'tab':{'Keys':[{'pk':{'S':'a'},'sk':{'N':'1'}}],'ConsistentRead':true}}}";
  EXPECT_NE(Ask("BatchGetItem", batch).body.find("\"new\""), std::string::npos);
  EXPECT_NE(Ask("ExecuteStatement", "{'Statement':'SELECT * FROM tab','ConsistentRead':true}")
                .body.find("\"new\""),
            std::string::npos);
  decide_ = nullptr;
}

// ---- Time and names.

TEST_F(RequestContextTest, ARequestGoesByItsOwnTime) {
  StoreOptions options;
  options.transient_ms = kHourMs;
  Open(options);
  MakeTable("tab");
  const std::string get = "{'TableName':'tab','Key':{'pk':{'S':'a'},'sk':{'N':'1'}}}";
  EXPECT_EQ(Ask("GetItem", get).status, 400u) << "it is CREATING";
  decide_ = [](RequestContext& context) { context.now_ms += kHourMs; };
  EXPECT_EQ(Ask("GetItem", get).status, 200u);
  EXPECT_NE(Ask("DescribeTable", "{'TableName':'tab'}").body.find("\"ACTIVE\""), std::string::npos);
}

TEST_F(RequestContextTest, TheTimeIsTheClocks) {
  int64_t now_ms = 0;
  decide_ = [&](RequestContext& context) { now_ms = context.now_ms; };
  Ask("ListTables", "{}");
  EXPECT_EQ(now_ms, clock_.now_ms());
  EXPECT_EQ(decided_, 1);
  EXPECT_EQ(operation_, "ListTables");
}

TEST_F(RequestContextTest, TablesAreTheOwners) {
  MakeTable("shared");
  const auto tables = [&] { return Ask("ListTables", "{}").body; };
  decide_ = [](RequestContext& context) { context.owner = "worker-1"; };
  EXPECT_EQ(tables(), R"({"TableNames":[]})");
  EXPECT_EQ(
      store_->CreateTable("worker-1/us-east-1", store_->All().front()->description()).has_value(),
      true);
  EXPECT_EQ(tables(), R"({"TableNames":["shared"]})");
  decide_ = [](RequestContext& context) { context.owner = "worker-2"; };
  EXPECT_EQ(tables(), R"({"TableNames":[]})");
  EXPECT_EQ(Ask("DescribeTable", "{'TableName':'shared'}").status, 400u);
}

// ---- Outcomes.

TEST_F(RequestContextTest, AnErrorTakesTheOperationsPlace) {
  MakeTable("tab");
  decide_ = [](RequestContext& context) {
    context.error = LimitExceeded("not today");
    context.delay = std::chrono::milliseconds(7);
  };
  const std::string put = "{'TableName':'tab','Item':" + ItemOf("a", 1, "v") + "}";
  const http::Reply reply = Ask("PutItem", put);
  EXPECT_EQ(reply.status, 400u);
  EXPECT_EQ(reply.body, R"({"__type":"com.amazonaws.dynamodb.v20120810#LimitExceededException",)"
                        R"("message":"not today"})");
  EXPECT_EQ(reply.delay, std::chrono::milliseconds(7));
  EXPECT_NE(Ask("PutItem", "{'TableName':'tab'}").body.find("ValidationException"),
            std::string::npos)
      << "what the shape refuses is refused before";
  EXPECT_EQ(Plain("Scan", "{'TableName':'tab','Select':'COUNT'}"),
            R"({"Count":0,"ScannedCount":0})");
}

TEST_F(RequestContextTest, AnAnswerIsDelayed) {
  decide_ = [](RequestContext& context) { context.delay = std::chrono::milliseconds(50); };
  EXPECT_EQ(Ask("ListTables", "{}").delay, std::chrono::milliseconds(50));
  decide_ = nullptr;
  EXPECT_EQ(Ask("ListTables", "{}").delay, std::chrono::milliseconds(0));
}

TEST_F(RequestContextTest, ATransactionConflictIsForced) {
  struct Case {
    const char* operation;
    const char* request;
    const char* says;
  };
  const Case cases[] = {
      {"PutItem", "{'TableName':'tab','Item':{'pk':{'S':'a'},'sk':{'N':'1'}}}",
       "#TransactionConflictException"},
      {"UpdateItem", "{'TableName':'tab','Key':{'pk':{'S':'a'},'sk':{'N':'1'}}}",
       "#TransactionConflictException"},
      {"DeleteItem", "{'TableName':'tab','Key':{'pk':{'S':'a'},'sk':{'N':'1'}}}",
       "#TransactionConflictException"},
      {"ExecuteStatement",
       "{'Statement':'DELETE FROM tab WHERE pk = ? AND sk = 1',"
       "'Parameters':[{'S':'a'}]}",
       "#TransactionConflictException"},
      {"BatchExecuteStatement",
       "{'Statements':[{'Statement':'DELETE FROM tab WHERE pk = ? AND sk = 1',"
       "'Parameters':[{'S':'a'}]}]}",
       "\"Code\":\"TransactionConflict\""},
      {"BatchWriteItem",
       "{'RequestItems':{'tab':[{'PutRequest':{'Item':{'pk':{'S':'a'},'sk':{'N':'1'}}}},"
       "{'DeleteRequest':{'Key':{'pk':{'S':'a'},'sk':{'N':'2'}}}}]}}",
       R"({"UnprocessedItems":{"tab":[{"PutRequest":)"},
      {"TransactWriteItems",
       "{'TransactItems':[{'Put':{'TableName':'tab','Item':{'pk':{'S':'a'},'sk':{'N':'1'}}}},"
       "{'Put':{'TableName':'tab','Item':{'pk':{'S':'a'},'sk':{'N':'2'}}}}]}",
       "[TransactionConflict, None]"},
      {"TransactGetItems",
       "{'TransactItems':[{'Get':{'TableName':'tab','Key':{'pk':{'S':'a'},'sk':{'N':'1'}}}},"
       "{'Get':{'TableName':'tab','Key':{'pk':{'S':'a'},'sk':{'N':'2'}}}}]}",
       "[TransactionConflict, None]"},
      {"ExecuteTransaction",
       "{'TransactStatements':[{'Statement':'DELETE FROM tab WHERE pk = ? AND sk = 1',"
       "'Parameters':[{'S':'a'}]}]}",
       "[TransactionConflict]"},
      {"ExecuteTransaction",
       "{'TransactStatements':[{'Statement':'SELECT * FROM tab WHERE pk = ? AND sk = 1',"
       "'Parameters':[{'S':'a'}]}]}",
       "[TransactionConflict]"},
  };
  MakeTable("tab");
  decide_ = [](RequestContext& context) { context.transaction_conflict = true; };
  for (const Case& c : cases) {
    const http::Reply reply = Ask(c.operation, c.request);
    EXPECT_NE(reply.body.find(c.says), std::string::npos) << c.operation << ": " << reply.body;
  }
  EXPECT_EQ(Plain("Scan", "{'TableName':'tab','Select':'COUNT'}"),
            R"({"Count":0,"ScannedCount":0})");
}

TEST_F(RequestContextTest, ATransactionHoldsItsItems) {
  MakeTable("tab");
  decide_ = [](RequestContext& context) {
    context.transaction_hold_ms = 1000;
    context.delay = std::chrono::milliseconds(5);
  };
  const std::string item = "'TableName':'tab','Item':" + ItemOf("a", 1, "v");
  const http::Reply reply = Ask("TransactWriteItems", "{'TransactItems':[{'Put':{" + item + "}}]}");
  EXPECT_EQ(reply.status, 200u) << reply.body;
  EXPECT_EQ(reply.delay, std::chrono::milliseconds(1005));
  decide_ = nullptr;
  EXPECT_NE(Ask("PutItem", "{" + item + "}").body.find("TransactionConflictException"),
            std::string::npos);
  clock_.Advance(1000);
  EXPECT_EQ(Ask("PutItem", "{" + item + "}").status, 200u);
}

}  // namespace
}  // namespace dynarock::operations

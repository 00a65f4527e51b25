#include "tests/bench/workload.h"

#include <chrono>
#include <stdexcept>
#include <thread>

namespace dynarock::bench {
namespace {

constexpr unsigned kItems = 2000;     // in bench_items
constexpr unsigned kPartitions = 80;  // of bench_videos
constexpr unsigned kVideos = 25;      // per partition
constexpr unsigned kOwners = 20;      // so that the index has 100 items per owner
constexpr unsigned kRequests = 512;   // different bodies per workload
constexpr unsigned kBatch = 25;

std::string Padded(unsigned number) {
  const std::string digits = std::to_string(number);
  return std::string(8 - digits.size(), '0') + digits;
}

// Scattered, but the same in every run.
unsigned Scatter(unsigned i, unsigned range) {
  return static_cast<unsigned>(i * 7919ULL % range);
}

std::string ItemKey(unsigned i) {
  return R"({"id":{"S":"item-)" + Padded(i) + R"("}})";
}

// The members both kinds of items share, filling up to about 1 KB of DynamoDB's own count. Items of
// different versions differ and are equally large: writing what is there already is no work.
std::string CommonMembers(unsigned i, unsigned version = 0) {
  std::string json = R"("title":{"S":"A title of an item, number )" + Padded(i) + "/" +
                     std::to_string(version) + R"("},)";
  json += R"("views":{"N":")" + std::to_string(1000 + i) + R"("},"active":{"BOOL":true},)";
  json += R"("tags":{"SS":["alpha","beta","gamma"]},)";
  json += R"("detail":{"M":{"width":{"N":"1920"},"height":{"N":"1080"},"codec":{"S":"h264"}}},)";
  json += R"("parts":{"L":[{"S":"intro"},{"N":"12.5"},{"NULL":true}]},"text":{"S":")";
  for (unsigned k = 0; k < 95; ++k) {
    json += static_cast<char>('a' + (i + k) % 26);
    json += "word-is ";
  }
  return json += R"("})";
}

std::string Item(unsigned i, unsigned version = 0) {
  return R"({"id":{"S":"item-)" + Padded(i) + R"("},)" + CommonMembers(i, version) + "}";
}

std::string Video(unsigned partition, unsigned i) {
  const unsigned number = partition * kVideos + i;
  static constexpr const char* kStates[] = {"done", "failed", "waiting", "running"};
  std::string json = R"({"channel":{"S":"channel-)" + Padded(partition) + R"("},)";
  json += R"("number":{"N":")" + std::to_string(i) + R"("},)";
  json += R"("owner":{"S":"owner-)" + Padded(number % kOwners) + R"("},)";
  json += R"("state":{"S":")" + std::string(kStates[number / kOwners % 4]) + R"("},)";
  return json + CommonMembers(number) + "}";
}

std::string Puts(const std::vector<std::string>& items, std::string_view table) {
  std::string body = R"({"RequestItems":{")" + std::string(table) + R"(":[)";
  for (const std::string& item : items) {
    if (body.back() == '}') body += ',';
    body += R"({"PutRequest":{"Item":)" + item + "}}";
  }
  return body + "]}}";
}

void WaitForTable(BlockingClient& client, const std::string& table) {
  for (int i = 0; i < 200; ++i) {
    const std::string answer = client.Call("DescribeTable", R"({"TableName":")" + table + R"("})");
    if (answer.find("CREATING") == std::string::npos) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  throw std::runtime_error("table " + table + " does not become active");
}

void DeleteTable(BlockingClient& client, const std::string& table) {
  const std::string name = R"({"TableName":")" + table + R"("})";
  std::string answer;
  for (int i = 0; i < 200; ++i) {
    const unsigned status = client.Ask(FormatRequest("DeleteTable", name), answer);
    if (status != 200 && answer.find("ResourceNotFoundException") != std::string::npos) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  throw std::runtime_error("table " + table + " cannot be deleted: " + answer);
}

void Write(BlockingClient& client, std::string_view body) {
  const std::string answer = client.Call("BatchWriteItem", body);
  if (answer.find("PutRequest") != std::string::npos) {
    throw std::runtime_error("the server left items of a batch unprocessed");
  }
}

template <class Make>
std::vector<std::string> Bodies(unsigned count, Make make) {
  std::vector<std::string> bodies;
  for (unsigned i = 0; i < count; ++i) bodies.push_back(make(i));
  return bodies;
}

// One PutItem after the other; each changes the item it meets.
std::vector<std::string> Puts(std::string_view table) {
  return Bodies(2 * kRequests, [&](unsigned i) {
    return R"({"TableName":")" + std::string(table) + R"(","Item":)" +
           Item(Scatter(i % kRequests, kItems), i / kRequests) + "}";
  });
}

// Four actions on items of their own: neighbours in the sequence never meet.
std::string TransactWrite(unsigned i) {
  const std::string table = R"("TableName":"bench_items",)";
  const unsigned first = i % (kItems / 4) * 4;
  std::string body = R"({"TransactItems":[)";
  for (unsigned k = 0; k < 2; ++k) {
    body += R"({"Put":{)" + table + R"("Item":)" + Item(first + k, i / (kItems / 4)) + "}},";
  }
  body += R"({"Update":{)" + table + R"("Key":)" + ItemKey(first + 2) +
          R"(,"UpdateExpression":"SET #v = #v + :one","ExpressionAttributeNames":{"#v":"views"},)"
          R"("ExpressionAttributeValues":{":one":{"N":"1"}}}},)";
  body += R"({"ConditionCheck":{)" + table + R"("Key":)" + ItemKey(first + 3) +
          R"json(,"ConditionExpression":"attribute_exists(id)")json";
  body += "}}]}";
  return body;
}

std::string TransactGet(unsigned i) {
  std::string body = R"({"TransactItems":[)";
  for (unsigned k = 0; k < 4; ++k) {
    if (k > 0) body += ',';
    body +=
        R"({"Get":{"TableName":"bench_items","Key":)" + ItemKey(Scatter(4 * i + k, kItems)) + "}}";
  }
  return body + "]}";
}

std::string Statement(std::string_view statement, unsigned i, std::string_view before = {}) {
  return R"({"Statement":")" + std::string(statement) + R"(","Parameters":[)" +
         std::string(before) + R"({"S":"item-)" + Padded(Scatter(i, kItems)) + R"("}]})";
}

// The text behind `"name":"` in an answer.
std::string Member(const std::string& answer, std::string_view name) {
  const std::string begin = "\"" + std::string(name) + "\":\"";
  const size_t at = answer.find(begin);
  if (at == std::string::npos) throw std::runtime_error("no " + begin + " in " + answer);
  const size_t start = at + begin.size();
  return answer.substr(start, answer.find('"', start) - start);
}

// Reads the first records of bench_records, which nobody writes to.
std::vector<std::string> ReadRecords(BlockingClient& client) {
  const std::string arn =
      Member(client.Call("DescribeTable", R"({"TableName":"bench_records"})"), "LatestStreamArn");
  const std::string shard =
      Member(client.CallStreams("DescribeStream", R"({"StreamArn":")" + arn + R"("})"), "ShardId");
  const std::string iterator =
      Member(client.CallStreams("GetShardIterator",
                                R"({"ShardIteratorType":"TRIM_HORIZON","StreamArn":")" + arn +
                                    R"(","ShardId":")" + shard + R"("})"),
             "ShardIterator");
  return {R"({"Limit":100,"ShardIterator":")" + iterator + R"("})"};
}

}  // namespace

void CreateTables(BlockingClient& client) {
  DeleteTable(client, "bench_items");
  DeleteTable(client, "bench_videos");
  DeleteTable(client, "bench_streamed");
  DeleteTable(client, "bench_records");
  client.Call("CreateTable", R"({"TableName":"bench_items","BillingMode":"PAY_PER_REQUEST",
      "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
      "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]})");
  client.Call("CreateTable", R"({"TableName":"bench_videos","BillingMode":"PAY_PER_REQUEST",
      "AttributeDefinitions":[{"AttributeName":"channel","AttributeType":"S"},
        {"AttributeName":"number","AttributeType":"N"},
        {"AttributeName":"owner","AttributeType":"S"}],
      "KeySchema":[{"AttributeName":"channel","KeyType":"HASH"},
        {"AttributeName":"number","KeyType":"RANGE"}],
      "GlobalSecondaryIndexes":[{"IndexName":"by_owner",
        "KeySchema":[{"AttributeName":"owner","KeyType":"HASH"}],
        "Projection":{"ProjectionType":"ALL"}}]})");
  for (const std::string name : {"bench_streamed", "bench_records"}) {
    client.Call("CreateTable", R"({"TableName":")" + name + R"(","BillingMode":"PAY_PER_REQUEST",
        "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
        "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
        "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"}})");
    WaitForTable(client, name);
  }
  WaitForTable(client, "bench_items");
  WaitForTable(client, "bench_videos");
}

void LoadTables(BlockingClient& client) {
  PutItems(client, kItems);
  for (unsigned i = 0; i < 4; ++i) {
    Write(client,
          Puts(Bodies(kBatch, [&](unsigned k) { return Item(i * kBatch + k); }), "bench_records"));
  }
  for (unsigned p = 0; p < kPartitions; ++p) {
    Write(client, Puts(Bodies(kVideos, [&](unsigned k) { return Video(p, k); }), "bench_videos"));
  }
}

std::vector<Workload> AllWorkloads() {
  std::vector<Workload> all;
  all.push_back({"PutItem",
                 "PutItem",
                 Puts("bench_items"),
                 {.least_size = 2, .most_size = 2, .contains = "{}"}});
  all.push_back({"PutItem, stream on",
                 "PutItem",
                 Puts("bench_streamed"),
                 {.least_size = 2, .most_size = 2, .contains = "{}"}});
  all.push_back({"GetItem",
                 "GetItem",
                 Bodies(kRequests,
                        [](unsigned i) {
                          return R"({"TableName":"bench_items","Key":)" +
                                 ItemKey(Scatter(i, kItems)) + "}";
                        }),
                 {.least_size = 1024, .contains = R"("title":{"S":"A title)"}});
  all.push_back(
      {"UpdateItem, conditional",
       "UpdateItem",
       Bodies(kRequests,
              [](unsigned i) {
                return R"({"TableName":"bench_items","Key":)" + ItemKey(Scatter(i, kItems)) +
                       R"(,"UpdateExpression":"SET #v = #v + :one, detail.width = :w",)"
                       R"("ConditionExpression":"attribute_exists(id) AND #v >= :zero",)"
                       R"("ExpressionAttributeNames":{"#v":"views"},)"
                       R"("ExpressionAttributeValues":{":one":{"N":"1"},":zero":{"N":"0"},)"
                       R"(":w":{"N":")" +
                       std::to_string(1000 + i) + R"("}}})";
              }),
       {.least_size = 2, .most_size = 2, .contains = "{}"}});
  all.push_back({"Query, 25 items",
                 "Query",
                 Bodies(kPartitions,
                        [](unsigned i) {
                          return R"({"TableName":"bench_videos","KeyConditionExpression":)"
                                 R"("channel = :c","ExpressionAttributeValues":)"
                                 R"({":c":{"S":"channel-)" +
                                 Padded(Scatter(i, kPartitions)) + R"("}}})";
                        }),
                 {.least_size = 25 * 1024, .contains = R"("Count":25)"}});
  all.push_back(
      {"Query on a GSI, 100 to 25",
       "Query",
       Bodies(kOwners,
              [](unsigned i) {
                return R"({"TableName":"bench_videos","IndexName":"by_owner",)"
                       R"("KeyConditionExpression":"#o = :o","FilterExpression":"#s = :s",)"
                       R"("ExpressionAttributeNames":{"#o":"owner","#s":"state"},)"
                       R"("ExpressionAttributeValues":{":s":{"S":"failed"},":o":{"S":"owner-)" +
                       Padded(i) + R"("}}})";
              }),
       {.least_size = 25 * 1024, .contains = R"("ScannedCount":100)"}});
  all.push_back(
      {"BatchWriteItem, 25",
       "BatchWriteItem",
       Bodies(2 * (kItems / kBatch),
              [](unsigned i) {
                const unsigned first = i % (kItems / kBatch);
                const unsigned version = i / (kItems / kBatch);
                return Puts(
                    Bodies(kBatch, [&](unsigned k) { return Item(k * 80 + first, version); }),
                    "bench_items");
              }),
       {.least_size = 2, .most_size = 64, .contains = R"("UnprocessedItems":{})"}});
  all.push_back({"BatchGetItem, 25",
                 "BatchGetItem",
                 Bodies(kItems / kBatch,
                        [](unsigned i) {
                          std::string body = R"({"RequestItems":{"bench_items":{"Keys":[)";
                          for (unsigned k = 0; k < kBatch; ++k) {
                            if (k > 0) body += ',';
                            body += ItemKey(Scatter(i * kBatch + k, kItems));
                          }
                          return body + "]}}}";
                        }),
                 {.least_size = 25 * 1024, .contains = R"("UnprocessedKeys":{})"}});
  all.push_back({"Scan, 100 items",
                 "Scan",
                 {R"({"TableName":"bench_items","Limit":100})"},
                 {.least_size = 100 * 1024, .contains = R"("Count":100)"}});
  all.push_back({"TransactWriteItems, 4",
                 "TransactWriteItems",
                 Bodies(2 * (kItems / 4), TransactWrite),
                 {.least_size = 2, .most_size = 2, .contains = "{}"}});
  all.push_back({"TransactGetItems, 4",
                 "TransactGetItems",
                 Bodies(kRequests, TransactGet),
                 {.least_size = 4 * 1024, .contains = R"("Responses":[{"Item")"}});
  all.push_back(
      {"SELECT by key",
       "ExecuteStatement",
       Bodies(kRequests,
              [](unsigned i) { return Statement("SELECT * FROM bench_items WHERE id = ?", i); }),
       {.least_size = 1024, .contains = R"("title":{"S":"A title)"}});
  all.push_back(
      {"UPDATE",
       "ExecuteStatement",
       Bodies(kRequests,
              [](unsigned i) {
                return Statement(
                    "UPDATE bench_items SET views = views + 1, detail.width = ? WHERE id = ?", i,
                    R"({"N":")" + std::to_string(1000 + i) + R"("},)");
              }),
       {.least_size = 2, .most_size = 64, .contains = "{"}});
  all.push_back({"GetRecords, 100",
                 "GetRecords",
                 {},
                 {.least_size = 100 * 1024, .contains = R"("eventName":"INSERT")"},
                 ReadRecords});
  return all;
}

void PutItems(BlockingClient& client, unsigned count) {
  for (unsigned i = 0; i < count; i += kBatch) {
    const unsigned size = std::min(kBatch, count - i);
    Write(client, Puts(Bodies(size, [&](unsigned k) { return Item(i + k); }), "bench_items"));
  }
}

}  // namespace dynarock::bench

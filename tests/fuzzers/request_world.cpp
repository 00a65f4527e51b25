#include "tests/fuzzers/request_world.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <utility>

#include <spdlog/sinks/null_sink.h>

#include "server/http/field_value.h"
#include "server/operations/registry.h"
#include "server/operations/request/operation_list.h"
#include "server/schema/reader/reader.h"
#include "server/schema/start/apply.h"
#include "server/schema/start/local_caller.h"
#include "storage/item/json.h"
#include "tests/fuzzers/json_tree.h"
#include "tests/fuzzers/require.h"

namespace dynarock::fuzzers {

namespace {

constexpr const char* kTab = R"({"TableName":"tab","BillingMode":"PAY_PER_REQUEST",
"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"},
{"AttributeName":"l","AttributeType":"S"},{"AttributeName":"g","AttributeType":"S"},
{"AttributeName":"a","AttributeType":"S"},{"AttributeName":"b","AttributeType":"N"},
{"AttributeName":"c","AttributeType":"S"},{"AttributeName":"d","AttributeType":"B"}],
"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
"LocalSecondaryIndexes":[{"IndexName":"lsi","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},
{"AttributeName":"l","KeyType":"RANGE"}],"Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["v"]}}],
"GlobalSecondaryIndexes":[{"IndexName":"gsi","KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],
"Projection":{"ProjectionType":"KEYS_ONLY"}},{"IndexName":"multi","KeySchema":[
{"AttributeName":"a","KeyType":"HASH"},{"AttributeName":"b","KeyType":"HASH"},
{"AttributeName":"c","KeyType":"RANGE"},{"AttributeName":"d","KeyType":"RANGE"}],
"Projection":{"ProjectionType":"ALL"}}],
"StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"}})";

constexpr const char* kBin = R"({"TableName":"bin","BillingMode":"PAY_PER_REQUEST",
"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"B"}],
"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}]})";

constexpr const char* kPro = R"({"TableName":"pro",
"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"S"}],
"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
"ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":5},
"GlobalSecondaryIndexes":[{"IndexName":"gsi","KeySchema":[{"AttributeName":"sk","KeyType":"HASH"}],
"Projection":{"ProjectionType":"ALL"},"ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1}}]})";

constexpr const char* kTimeToLive = R"({"TableName":"tab",
"TimeToLiveSpecification":{"Enabled":true,"AttributeName":"ttl"}})";

constexpr const char* kItems[] = {
    R"({"TableName":"tab","Item":{"pk":{"S":"a"},"sk":{"N":"1"},"l":{"S":"x"},"g":{"S":"one"},"v":{"N":"5"},
"ttl":{"N":"1750000100"},"list":{"L":[{"S":"e"},{"N":"1"}]},"map":{"M":{"k":{"S":"w"},"n":{"N":"2"}}},
"ss":{"SS":["p","q"]},"ns":{"NS":["1","2"]}}})",
    R"({"TableName":"tab","Item":{"pk":{"S":"a"},"sk":{"N":"2"},"a":{"S":"A"},"b":{"N":"3"},"c":{"S":"C"},
"d":{"B":"AA=="},"v":{"S":"text"}}})",
    R"({"TableName":"tab","Item":{"pk":{"S":"b"},"sk":{"N":"-1"},"l":{"S":"y"},"g":{"S":"two"},"z":{"NULL":true}}})",
    R"({"TableName":"bin","Item":{"pk":{"B":"AP8="},"v":{"BOOL":true}}})",
    R"({"TableName":"pro","Item":{"pk":{"S":"a"},"sk":{"S":"s"},"v":{"N":"1"}}})",
};

// What the files of --schema want; "tab" differs from it.
constexpr const char* kWanted = R"([{"TableName":"tab","BillingMode":"PAY_PER_REQUEST",
"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}]},
{"TableName":"new","BillingMode":"PAY_PER_REQUEST",
"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}]}])";

std::unique_ptr<Store> OpenStore(const Clock& clock) {
  StoreOptions options;
  options.clock = &clock;
  options.ttl_interval_ms = 3'600'000;
  options.engine.cache_bytes = 1 << 20;
  auto store = Store::Open(options);
  Require(store.has_value(), "a store opens");
  return *std::move(store);
}

std::vector<schema::WantedTable> WantedTables() {
  const document::SourceFile file{.path = "tables.json", .text = kWanted};
  auto wanted = schema::WantAll(schema::ReadFile(file, {}));
  Require(wanted.has_value(), "the wanted tables are sound");
  return *std::move(wanted);
}

findings::run::Settings ReportSettings() {
  auto settings = findings::run::ReadSettings({});
  Require(settings.has_value(), "settings by default are sound");
  return *std::move(settings);
}

void LogNowhere() {
  static const bool done = [] {
    auto log = std::make_shared<spdlog::logger>("nowhere",
                                                std::make_shared<spdlog::sinks::null_sink_mt>());
    log->set_level(spdlog::level::debug);
    spdlog::set_default_logger(std::move(log));
    return true;
  }();
  (void)done;
}

program::RequestLog MakeRequestLog() {
  LogNowhere();
  return program::RequestLog(true);
}

bool IsOneOf(std::string_view operation, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, operation) != names.end();
}

bool OnlyReads(std::string_view operation) {
  return operation.starts_with("Describe") || operation.starts_with("List") ||
         IsOneOf(operation, {"BatchGetItem", "GetItem", "GetRecords", "GetShardIterator", "Query",
                             "Scan", "TransactGetItems"});
}

bool ChangesItems(std::string_view operation) {
  return IsOneOf(operation,
                 {"BatchExecuteStatement", "BatchWriteItem", "DeleteItem", "ExecuteStatement",
                  "ExecuteTransaction", "PutItem", "TransactWriteItems", "UpdateItem"});
}

class HeaderFields final : public http::Fields {
 public:
  explicit HeaderFields(std::string target) : target_(std::move(target)) {}
  std::optional<std::string_view> Find(std::string_view name) const override {
    const std::pair<std::string_view, std::string_view> kFields[] = {
        {"X-Amz-Target", target_},
        {"Content-Type", "application/x-amz-json-1.0"},
        {"X-Amz-Date", "20250615T144640Z"},
        {"Host", "localhost:8000"},
        {"User-Agent", "fuzzer/1"},
        {"Authorization",
         "AWS4-HMAC-SHA256 Credential=fuzz/20250615/us-east-1/dynamodb/aws4_request, "
         "SignedHeaders=host;x-amz-date;x-amz-target, Signature=0"}};
    for (const auto& [field, value] : kFields) {
      if (EqualsIgnoringCase(field, name)) return value;
    }
    return std::nullopt;
  }

 private:
  std::string target_;
};

std::string TargetOf(std::string_view operation) {
  for (const protocol::Operation& known : operations::Operations()) {
    if (known.name == operation && known.streams) {
      return "DynamoDBStreams_20120810." + std::string(operation);
    }
  }
  return "DynamoDB_20120810." + std::string(operation);
}

}  // namespace

World::World()
    : store_(OpenStore(clock_)),
      stored_(*store_),
      advisor_({}, &stored_, clock_),
      health_(*store_),
      metrics_(operations::Operations(), *store_, health_),
      request_log_(MakeRequestLog()) {
  auto audit = audit::AuditLog::Open("/dev/null", true);
  Require(audit.has_value(), "the audit trail opens");
  audit_ = *std::move(audit);
  static const auto wanted = WantedTables();
  static const auto settings = ReportSettings();
  drift_ = std::make_unique<schema::DriftObserver>(wanted);
  source_ = std::make_unique<program::RunSource>(advisor_, *drift_, *store_);
  desk_ = std::make_unique<findings::run::Desk>(*source_, settings);
  health_.SetReady();
  dispatcher_ = std::make_unique<protocol::Dispatcher>(OptionsOf(), *store_);
  MakeTables();
  // A dispatcher that refused everything would find nothing.
  Require(Send("GetItem", R"({"TableName":"bin","Key":{"pk":{"B":"AP8="}}})") == 200,
          "a request is answered");
}

World& World::Fresh() {
  constexpr int kMostInputs = 300;
  constexpr int kMostResets = 100;  // of items; the clock goes on by minutes with each
  // Never freed at the end: what it works with is gone before static objects are.
  static World* world = nullptr;
  static int inputs = 0;
  static int resets = 0;
  if (world != nullptr && world->changed_ == Changed::kItems && resets++ < kMostResets) {
    world->ResetItems();
  }
  if (world == nullptr || world->changed_ != Changed::kNothing || ++inputs > kMostInputs) {
    delete world;
    world = new World;
    inputs = resets = 0;
  }
  world->remembered_.clear();
  return *world;
}

World::~World() {
  store_->Close();
}

protocol::Dispatcher::Options World::OptionsOf() {
  protocol::Dispatcher::Options options;
  options.operations = operations::Operations();
  options.unimplemented = operations::UnimplementedOperations();
  options.clock = &clock_;
  options.observers = {&metrics_, drift_.get(), &advisor_, audit_.get(), &request_log_};
  options.warn = [](std::string_view line) { Require(false, "no warning:", line); };
  return options;
}

std::string World::Perform(const protocol::Operation& operation, std::string body) {
  auto done = schema::LocalCaller(*store_).Perform(operation, std::move(body));
  Require(done.has_value(), "a request of the fixture succeeds:", done ? "" : done.error().message);
  return *std::move(done);
}

void World::MakeTables() {
  Perform(operations::kCreateTable, kTab);
  Perform(operations::kCreateTable, kBin);
  Perform(operations::kCreateTable, kPro);
  Perform(operations::kUpdateTimeToLive, kTimeToLive);
  PutItems();
}

void World::PutItems() {
  for (const char* item : kItems) Perform(operations::kPutItem, item);
}

void World::ResetItems() {
  constexpr int64_t kTokensLiveMs = 11 * 60 * 1000;
  clock_.Advance(kTokensLiveMs);
  store_->TrimTokens();
  for (const auto& [table, keys] : {std::pair{"tab", "pk, sk"}, {"bin", "pk"}, {"pro", "pk, sk"}}) {
    const std::string name = R"({"TableName":")" + std::string(table) + "\"";
    const auto page = ParseTree(Perform(
        operations::kScan, name + R"(,"ProjectionExpression":")" + std::string(keys) + "\"}"));
    JsonTree root = page.value_or(JsonTree{});
    const JsonTree* items = root.Find("Items");
    Require(items != nullptr, "a scan of the fixture has items");
    for (const JsonTree& key : items->children) {
      std::string body = name + ",\"Key\":";
      WriteTree(key, body);
      Perform(operations::kDeleteItem, body + "}");
    }
  }
  PutItems();
  changed_ = Changed::kNothing;
}

unsigned World::Send(std::string_view operation, std::string body) {
  for (const auto& [name, json] : remembered_) {
    const std::string mark = "\"$" + name + "\"";
    if (const size_t at = body.find(mark); at != std::string::npos) {
      body.replace(at, mark.size(), json);
    }
  }
  const HeaderFields fields(TargetOf(operation));
  http::Request request;
  request.method = "POST";
  request.target = "/";
  request.fields = &fields;
  request.body = std::move(body);
  request.connection = 1;
  request.number = ++number_;
  dispatcher_->TakesLong(request);
  const http::Reply reply = dispatcher_->Handle(request);
  if (std::getenv("FUZZ_SHOW") != nullptr) {
    std::fprintf(stderr, "%u %s\n", reply.status, reply.body.c_str());
  }
  Require(reply.status == 200 || reply.status == 400 || reply.status == 404,
          "the status is no fault of the server:", reply.body);
  if (reply.status == 404) return reply.status;
  JsonDocument document;
  Require(reply.body.empty() || document.Parse(reply.body), "the answer is JSON:", reply.body);
  if (reply.status == 200) {
    changed_ = std::max(changed_, OnlyReads(operation)      ? Changed::kNothing
                                  : ChangesItems(operation) ? Changed::kItems
                                                            : Changed::kTables);
    Remember(reply.body);
  }
  return reply.status;
}

void World::Remember(const std::string& reply) {
  if (std::ranges::none_of(kRemembered, [&](std::string_view name) {
        return reply.find(name) != std::string::npos;
      })) {
    return;
  }
  auto tree = ParseTree(reply);
  if (!tree) return;
  std::map<std::string, std::string, std::less<>> found;  // of several, the outermost
  for (const JsonTree* value : AllOf(*tree)) {
    for (size_t i = 0; i < value->names.size(); ++i) {
      const std::string& name = value->names[i];
      if (std::ranges::find(kRemembered, name) == std::end(kRemembered)) continue;
      std::string json;
      WriteTree(value->children[i], json);
      found.try_emplace(name, std::move(json));
    }
  }
  for (auto& [name, json] : found) remembered_[name] = std::move(json);
}

void World::Report() {
  const findings::Report report = desk_->Snapshot();
  using findings::Format;
  for (const Format format : {Format::kText, Format::kJson, Format::kHtml, Format::kJunit,
                              Format::kSarif, Format::kGithub}) {
    const std::string text = findings::Render(report, format);
    Require(IsUtf8(text), "a report is UTF-8");
    if (format != Format::kJson && format != Format::kSarif) continue;
    JsonDocument document;
    Require(document.Parse(text), "a report is JSON:", text);
  }
  metrics_.Answer();
}

}  // namespace dynarock::fuzzers

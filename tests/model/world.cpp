#include "tests/model/world.h"

#include <cstdio>
#include <stdexcept>
#include <utility>

#include "server/operations/registry.h"
#include "tests/unit/server/protocol/field_list.h"

namespace dynarock::model {

namespace {

constexpr int64_t kStartMs = 1'800'000'000'000;
constexpr int64_t kNever = int64_t{1} << 50;

}  // namespace

World::World(std::string directory) : directory_(std::move(directory)), clock_(kStartMs) {
  Open();
}

void World::Open() {
  StoreOptions options;
  options.clock = &clock_;
  options.engine.data_dir = directory_;
  options.ttl_interval_ms = kNever;
  options.streams.retention_ms = kNever;
  auto store = Store::Open(options);
  if (!store) throw std::runtime_error(store.error());
  store_ = std::move(*store);
  protocol::Dispatcher::Options dispatching;
  dispatching.operations = operations::Operations();
  dispatching.unimplemented = operations::UnimplementedOperations();
  dispatching.clock = &clock_;
  dispatching.warn = [](std::string_view line) {
    std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
  };
  dispatcher_ = std::make_unique<protocol::Dispatcher>(std::move(dispatching), *store_);
}

void World::Restart(bool clean) {
  dispatcher_.reset();
  if (clean) store_->Close();
  store_.reset();
  Open();
  store_->DeleteExpired();  // as its own thread does when it starts
}

void World::Advance(int64_t seconds) {
  clock_.Advance(seconds * 1000);
  store_->DeleteExpired();
}

std::string World::Reply::error() const {
  if (status == 200) return {};
  const JsonValue* type = FindMember(json.root(), "__type");
  if (type == nullptr) return "status " + std::to_string(status);
  const std::string_view name = Text(*type);
  return std::string(name.substr(name.find('#') + 1));
}

std::unique_ptr<World::Reply> World::Send(const std::string& operation, const std::string& json,
                                          bool streams) {
  const protocol::FieldList fields({
      {"X-Amz-Target", (streams ? "DynamoDBStreams_20120810." : "DynamoDB_20120810.") + operation},
      {"Content-Type", "application/x-amz-json-1.0"},
      {"x-amz-date", "20270101T000000Z"},
      {"authorization",
       "AWS4-HMAC-SHA256 Credential=model/20270101/us-east-1/dynamodb/aws4_request, "
       "SignedHeaders=host, Signature=x"},
  });
  http::Request request;
  request.method = "POST";
  request.target = "/";
  request.fields = &fields;
  request.body = json;
  http::Reply answer = dispatcher_->Handle(request);
  auto reply = std::make_unique<Reply>();
  reply->status = answer.status;
  reply->text = answer.body;
  reply->json.Parse(std::move(answer.body));
  return reply;
}

std::unique_ptr<World::Reply> World::Send(const Request& request) {
  return Send(request.operation, request.json());
}

}  // namespace dynarock::model

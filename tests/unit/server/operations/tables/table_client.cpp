#include "table_client.h"

#include <algorithm>
#include <stdexcept>

#include "server/operations/request/operation_list.h"
#include "server/protocol/check.h"
#include "storage/item/json.h"

namespace dynarock::operations {

namespace {

std::unique_ptr<Store> OpenStore(const Clock& clock, int64_t transient_ms) {
  StoreOptions options;
  options.clock = &clock;
  options.transient_ms = transient_ms;
  auto store = Store::Open(options);
  if (!store) throw std::runtime_error(store.error());
  return std::move(*store);
}

}  // namespace

TableClient::TableClient(bool isolate, int64_t transient_ms)
    : store_(OpenStore(clock_, transient_ms)), isolate_(isolate) {}

std::string TableClient::operator()(const protocol::Operation& operation,
                                    std::string_view request) {
  JsonDocument document;
  if (!document.Parse(Quoted(request))) return "not JSON";
  JsonValue& input = document.root();
  std::string body;
  protocol::RequestContext context{.now_ms = clock_.now_ms()};
  if (isolate_) context.owner = caller_.access_key;
  protocol::Call call{.store = *store_,
                      .caller = caller_,
                      .context = context,
                      .input = input,
                      .out = JsonWriter(body)};
  const auto run = [&]() -> Result<void> {
    DYNAROCK_CHECK(protocol::CheckTypes(*operation.input, input));
    DYNAROCK_CHECK(protocol::CheckConstraints(*operation.input, input));
    return operation.run(call);
  };
  if (const auto result = run(); !result) {
    error_kind_ = result.error().kind;
    return result.error().message;
  }
  return body;
}

void TableClient::MakeTable(std::string_view name) {
  (*this)(kCreateTable, "{'TableName':'" + std::string(name) +
                            "','AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'}],"
                            "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}],"
                            "'BillingMode':'PAY_PER_REQUEST'}");
}

std::string Quoted(std::string_view json) {
  std::string out(json);
  std::replace(out.begin(), out.end(), '\'', '"');
  return out;
}

}  // namespace dynarock::operations

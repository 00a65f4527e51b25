#include "server/schema/start/local_caller.h"

#include <utility>

#include "server/protocol/check.h"
#include "storage/item/json.h"

namespace dynarock::schema {

Result<std::string> LocalCaller::Perform(const protocol::Operation& operation,
                                         std::string json) const {
  JsonDocument document;
  if (!document.Parse(std::move(json)) || !document.root().IsObject()) {
    return Fail(Serialization("this is not a JSON object"));
  }
  DYNAROCK_CHECK(protocol::CheckTypes(*operation.input, document.root()));
  DYNAROCK_CHECK(protocol::CheckConstraints(*operation.input, document.root()));
  const protocol::Caller caller{.access_key = "local", .region = "us-east-1", .host = {}};
  const protocol::RequestContext context{.now_ms = store_.now_ms()};
  std::string body;
  protocol::Call call{.store = store_,
                      .caller = caller,
                      .context = context,
                      .input = document.root(),
                      .out = JsonWriter(body)};
  DYNAROCK_CHECK(operation.run(call));
  return body;
}

}  // namespace dynarock::schema

// One API operation as data, and what it is called with.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "server/protocol/request_context.h"
#include "server/protocol/shape.h"
#include "storage/item/json.h"
#include "storage/item/result.h"

namespace dynarock {
class Store;
}

namespace dynarock::trace {
class Trace;
}

namespace dynarock::protocol {

using trace::Trace;

// Who calls, as the request's credential scope says.
struct Caller {
  std::string access_key;
  std::string region;
  std::string host;  // the Host field: where the caller reached us
};

// One request on its way through an operation.
struct Call {
  Store& store;
  const Caller& caller;
  const RequestContext& context;
  const JsonValue& input;              // passed the operation's shape
  JsonWriter out;                      // the answer's body goes here; left alone it becomes {}
  bool no_body = false;                // answer with an empty body instead
  std::chrono::milliseconds delay{0};  // hold the answer back for so long, beside the context's
  Trace* trace = nullptr;              // where to note what is done; null: nobody watches
};

using Run = Result<void> (*)(Call& call);

struct Operation {
  std::string_view name;
  const Shape* input;  // its rules are those of the older layer (layers.h)
  Run run;
  // What the newer layer checks in place of those rules; empty: the same rules hold.
  std::span<const Stage> newer = {};
  // Bodies larger than this may take long and run on a worker thread; 0: always.
  size_t inline_bytes = 64 * 1024;
  // Where the size does not tell: whether this body may take long.
  bool (*takes_long)(std::string_view body) = nullptr;
  // Of the streams API, DynamoDBStreams_20120810, rather than DynamoDB_20120810.
  bool streams = false;
};

}  // namespace dynarock::protocol

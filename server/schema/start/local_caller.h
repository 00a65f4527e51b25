// Calls operations from inside the server, so that what comes from files takes the same way as
// requests: shape, checks, handler.
#pragma once

#include <string>

#include "server/protocol/operation.h"
#include "storage/item/result.h"
#include "storage/table/store.h"

namespace dynarock::schema {

class LocalCaller {
 public:
  explicit LocalCaller(Store& store) : store_(store) {}

  // `json`: the request's body. Returns the answer's body. Errors: the operation's, and a body that
  // is no JSON object (Serialization).
  Result<std::string> Perform(const protocol::Operation& operation, std::string json) const;

  Store& store() const { return store_; }

 private:
  Store& store_;
};

}  // namespace dynarock::schema

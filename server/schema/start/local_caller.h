// Calls operations from inside the server, so that what comes from files takes the same way as
// requests: shape, checks, handler.
#pragma once

#include <string>

#include "server/operations/request/services.h"
#include "server/protocol/operation.h"
#include "storage/item/result.h"

namespace dynarock::schema {

class LocalCaller {
 public:
  explicit LocalCaller(operations::Services& services) : services_(services) {}

  // `json`: the request's body. Returns the answer's body. Errors: the operation's, and a body that
  // is no JSON object (Serialization).
  Result<std::string> Perform(const protocol::Operation& operation, std::string json) const;

  operations::Services& services() const { return services_; }

 private:
  operations::Services& services_;
};

}  // namespace dynarock::schema

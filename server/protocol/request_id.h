// The x-amzn-RequestId of replies.
#pragma once

#include <string>

namespace dynarock::protocol {

// A fresh id as the service makes them: 52 characters [0-9A-Z], the first 26 random, the others
// always the same (observed on the service). Unpredictable it is not. Safe to call from any thread.
std::string NewRequestId();

}  // namespace dynarock::protocol

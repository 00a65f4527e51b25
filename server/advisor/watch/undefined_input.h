// What of a refused request is the mark of a value that was undefined in the application.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/advisor/watch/stored.h"
#include "server/protocol/observation.h"

namespace dynarock::advisor {

struct UndefinedInput {
  // "empty-value": an AttributeValue without a type; "missing-key": a key attribute was not sent,
  // or as NULL; "missing-expression-value"; "not-a-number": "NaN" and the like as a number.
  std::string_view what;
  std::string attribute;  // its path ("Item.address.street"), or the placeholder; "": unknown
  std::string table;      // of the entry at fault; "": of the request
};

// The marks in a request that failed, one for each message of the service; none where nothing
// looks undefined. `stored` knows which key a table has; without it (null) a key that lacks
// attributes is told only when it is empty.
std::vector<UndefinedInput> UndefinedInputs(const protocol::Observation& observation,
                                            const Stored* stored);

}  // namespace dynarock::advisor

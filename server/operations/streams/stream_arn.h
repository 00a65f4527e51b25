// Stream ARNs, <table's ARN>/stream/<label>, and the streams they name.
#pragma once

#include <optional>
#include <string_view>

#include "server/operations/request/table_arn.h"
#include "server/operations/request/table_lookup.h"
#include "server/protocol/shape.h"
#include "storage/stream/stream.h"

namespace dynarock::operations {

struct StreamArn {
  TableArn table;
  std::string_view label;
};

// The parts of a stream's ARN; nullopt when it is none.
std::optional<StreamArn> ParseStreamArn(std::string_view text);

// The stream with that ARN. Errors: Validation "Invalid StreamArn" when it is no stream's;
// ResourceNotFound "Requested resource not found: Stream: <arn> not found", also while the stream
// is another namespace's.
Result<StreamDescription> FindStream(const Call& call, std::string_view arn);

// Members of requests.
constexpr protocol::Member StreamArnMember() {
  return {"StreamArn",
          &protocol::kStringShape,
          {.required = true, .min_length = 37, .max_length = 1024}};
}
inline constexpr protocol::Rule kShardIdRule{.min_length = 28, .max_length = 65};

}  // namespace dynarock::operations

// DescribeEndpoints. The one endpoint is where the caller reached us: an SDK that discovers
// endpoints stays here.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeEndpoints.html
#include "server/operations/request/operation_list.h"
#include "server/operations/request/table_lookup.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Shape kInput = Structure("DescribeEndpointsRequest", {});

constexpr int64_t kCacheMinutes = 1440;

Result<void> Run(Call& call) {
  const std::string_view host = call.caller.host;
  JsonWriter& out = call.out;
  out.BeginObject();
  out.Key("Endpoints");
  out.BeginArray();
  out.BeginObject();
  out.Member("Address", host.empty() ? std::string_view("localhost") : host);
  out.Member("CachePeriodInMinutes", kCacheMinutes);
  out.EndObject();
  out.EndArray();
  out.EndObject();
  return {};
}

}  // namespace

const Operation kDescribeEndpoints{.name = "DescribeEndpoints", .input = &kInput, .run = Run};

}  // namespace dynarock::operations

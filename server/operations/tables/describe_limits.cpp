// DescribeLimits: the service's default quotas.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeLimits.html
#include "server/operations/request/operation_list.h"
#include "server/operations/request/table_lookup.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Shape kInput = Structure("DescribeLimitsInput", {});

constexpr int64_t kAccountUnits = 80'000;
constexpr int64_t kTableUnits = 40'000;

Result<void> Run(Call& call) {
  call.out.BeginObject();
  call.out.Member("AccountMaxReadCapacityUnits", kAccountUnits);
  call.out.Member("AccountMaxWriteCapacityUnits", kAccountUnits);
  call.out.Member("TableMaxReadCapacityUnits", kTableUnits);
  call.out.Member("TableMaxWriteCapacityUnits", kTableUnits);
  call.out.EndObject();
  return {};
}

}  // namespace

const Operation kDescribeLimits{.name = "DescribeLimits", .input = &kInput, .run = Run};

}  // namespace dynarock::operations

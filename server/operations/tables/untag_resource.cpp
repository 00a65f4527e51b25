// UntagResource.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html
#include <algorithm>

#include "server/operations/request/members.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/tables/tags.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Member kMembers[] = {
    ResourceArn(),
    {"TagKeys", &kStringListShape, Required()},
};
constexpr Shape kInput = Structure("UntagResourceInput", kMembers);

// Keys that are not there are passed over.
Result<void> Run(Call& call) {
  const std::string_view arn = StringOr(call.input, "ResourceArn");
  const JsonValue& list = *FindMember(call.input, "TagKeys");
  DYNAROCK_CHECK(CheckTaggable(call, arn));
  if (list.Empty()) return Fail(Validation("Atleast one Tag Key needs to be provided as Input."));
  DYNAROCK_TRY(const std::vector<std::string> keys, ReadTagKeys(list));
  DYNAROCK_TRY(const NamedTable named, FindTagged(call, arn));
  return ChangeTags(call, named, arn, [&](std::vector<Tag>& tags) -> Result<void> {
    std::erase_if(tags, [&](const Tag& tag) {
      return std::find(keys.begin(), keys.end(), tag.key) != keys.end();
    });
    return {};
  });
}

}  // namespace

const Operation kUntagResource{.name = "UntagResource", .input = &kInput, .run = Run};

}  // namespace dynarock::operations

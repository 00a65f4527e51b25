// TagResource. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html
#include <algorithm>

#include "server/operations/request/members.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/tables/definition_shapes.h"
#include "server/operations/tables/tags.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Member kMembers[] = {
    ResourceArn(),
    {"Tags", &kTags, {.required = true, .element = &kEach}},
};
constexpr Shape kInput = Structure("TagResourceInput", kMembers);

Result<void> Merge(const std::vector<Tag>& more, std::vector<Tag>& tags) {
  for (const Tag& tag : more) {
    const auto same =
        std::find_if(tags.begin(), tags.end(), [&](const Tag& t) { return t.key == tag.key; });
    if (same == tags.end()) {
      tags.push_back(tag);
    } else {
      same->value = tag.value;
    }
  }
  if (tags.size() > kMostTags) return Fail(TooManyTags());
  return {};
}

Result<void> Run(Call& call) {
  const std::string_view arn = StringOr(call.input, "ResourceArn");
  const JsonValue& list = *FindMember(call.input, "Tags");
  DYNAROCK_CHECK(CheckTaggable(call, arn));
  if (list.Empty()) return Fail(Validation("Atleast one Tag needs to be provided as Input."));
  DYNAROCK_TRY(const std::vector<Tag> more, ReadTags(list));
  DYNAROCK_TRY(const NamedTable named, FindTagged(call, arn));
  return ChangeTags(call, named, arn, [&](std::vector<Tag>& tags) { return Merge(more, tags); });
}

}  // namespace

const Operation kTagResource{.name = "TagResource", .input = &kInput, .run = Run};

}  // namespace dynarock::operations

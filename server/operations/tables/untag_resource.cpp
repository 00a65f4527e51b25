// UntagResource.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html
#include <algorithm>

#include "server/operations/request/members.h"
#include "server/operations/request/notes.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/tables/definition_shapes.h"
#include "server/operations/tables/tags.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Rule kTagKey{.required = true, .min_length = 1, .max_length = 128};
constexpr Member kMembers[] = {
    ResourceArn(),
    {"TagKeys", &kStringListShape, {.required = true, .element = &kTagKey}},
};
constexpr Shape kInput = Structure("UntagResourceInput", kMembers);

// Keys that are not there are passed over.
Result<void> Run(Call& call) {
  const std::string_view arn = StringOr(call.input, "ResourceArn");
  const JsonValue& keys = *FindMember(call.input, "TagKeys");
  DYNAROCK_CHECK(CheckTableArn(arn));
  if (keys.Empty()) return Fail(Validation("Atleast one Tag Key needs to be provided as Input."));
  DYNAROCK_TRY(const NamedTable named, FindTagged(call, arn, "UntagResource"));
  const auto edit = [&](TableDescription& table) -> Result<void> {
    std::erase_if(table.tags, [&](const Tag& tag) {
      return std::ranges::any_of(keys.GetArray(), [&](const JsonValue& key) {
        return key.IsString() && Text(key) == tag.key;
      });
    });
    return {};
  };
  DYNAROCK_TRY(const Catalog::Replaced replaced,
               call.store.UpdateSettings(named.name_space, named.name, edit));
  NoteTableChange(call, replaced.before, replaced.after);
  call.no_body = true;
  return {};
}

}  // namespace

const Operation kUntagResource{.name = "UntagResource", .input = &kInput, .run = Run};

}  // namespace dynarock::operations

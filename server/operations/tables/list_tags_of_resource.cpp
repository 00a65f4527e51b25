// ListTagsOfResource.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html
#include "server/operations/request/members.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/tables/tags.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Member kMembers[] = {
    ResourceArn(),
    {"NextToken", &kStringShape},
};
constexpr Shape kInput = Structure("ListTagsOfResourceInput", kMembers);

// All tags come in one page, and the service does not look at NextToken either.
Result<void> Run(Call& call) {
  const std::string_view arn = StringOr(call.input, "ResourceArn");
  DYNAROCK_CHECK(CheckTaggable(call, arn));
  DYNAROCK_TRY(const NamedTable named, FindTagged(call, arn));
  const auto table = call.store.Find(named.name_space, named.name);
  JsonWriter& out = call.out;
  out.BeginObject();
  out.Key("Tags");
  out.BeginArray();
  if (table != nullptr) {
    for (const Tag& tag : table->description().tags) {
      out.BeginObject();
      out.Member("Key", tag.key);
      out.Member("Value", tag.value);
      out.EndObject();
    }
  }
  out.EndArray();
  out.EndObject();
  return {};
}

}  // namespace

const Operation kListTagsOfResource{.name = "ListTagsOfResource", .input = &kInput, .run = Run};

}  // namespace dynarock::operations

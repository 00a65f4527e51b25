#include "server/operations/tables/tags.h"

#include <algorithm>
#include <set>
#include <string>

#include "server/operations/request/errors.h"
#include "server/operations/request/members.h"
#include "server/operations/request/notes.h"
#include "server/operations/request/table_arn.h"
#include "server/operations/tables/errors.h"
#include "server/operations/tables/tag_characters.h"
#include "storage/item/text.h"

namespace dynarock::operations {

namespace {

constexpr std::string_view kReserved = "aws:";
constexpr size_t kLongestKey = 128;
constexpr size_t kLongestValue = 256;

Error Denied() {
  return OfKind(ErrorKind::kAccessDenied, "Access is denied");
}
Error NotTagged(std::string_view arn) {
  return ResourceNotFound("Requested resource not found: ResourceArn: " + std::string(arn) +
                          " not found");
}

Result<void> CheckKey(const JsonValue* key) {
  const bool there = key != nullptr && key->IsString();
  const std::string_view text = there ? Text(*key) : "null";
  if (!there || text.empty() || CountCharacters(text) > kLongestKey || !AreTagCharacters(text)) {
    return Fail(Validation("The Tag Key provided is invalid, Key: " + std::string(text)));
  }
  return {};
}

Result<void> CheckNotReserved(std::string_view key) {
  if (!EqualsIgnoringCase(key.substr(0, kReserved.size()), kReserved)) return {};
  return Fail(Validation("Tag Key cannot be prefixed with aws:, Key: " + std::string(key)));
}

Result<void> CheckValue(const JsonValue* value) {
  const bool there = value != nullptr && value->IsString();
  const std::string_view text = there ? Text(*value) : "null";
  if (there && CountCharacters(text) <= kLongestValue && AreTagCharacters(text)) return {};
  return Fail(Validation("The Tag Value provided is invalid, Value: " + std::string(text)));
}

Result<void> CheckNoneTwice(const JsonValue& list) {
  std::set<std::string_view> keys;
  for (const JsonValue& element : list.GetArray()) {
    const std::string_view key = StringOr(element, "Key");
    if (!keys.insert(key).second) {
      return Fail(Validation("Duplicate Tag Keys provided as input: Duplicate Tag Key found " +
                             std::string(key)));
    }
  }
  return {};
}

// The part of the ARN that names a table; what follows the table's name is cut off.
std::string_view UpToTable(std::string_view arn, std::string_view behind) {
  return arn.substr(0, arn.find(behind));
}

}  // namespace

Result<void> CheckResourceArn(const JsonValue* value, protocol::Violations&) {
  if (value == nullptr) return Fail(Validation("Invalid TableArn"));
  return {};
}

Error TooManyTags() {
  return Validation("Number of Tags exceed the current limit for the provided ResourceArn");
}

Result<std::vector<Tag>> ReadTags(const JsonValue& list) {
  DYNAROCK_CHECK(CheckNoneTwice(list));
  std::vector<Tag> tags;
  for (const JsonValue& element : list.GetArray()) {
    DYNAROCK_CHECK(CheckKey(FindMember(element, "Key")));
    DYNAROCK_CHECK(CheckValue(FindMember(element, "Value")));
    tags.push_back({.key = std::string(StringOr(element, "Key")),
                    .value = std::string(StringOr(element, "Value"))});
  }
  for (const Tag& tag : tags) DYNAROCK_CHECK(CheckNotReserved(tag.key));
  if (tags.size() > kMostTags) return Fail(TooManyTags());
  return tags;
}

Result<std::vector<std::string>> ReadTagKeys(const JsonValue& list) {
  std::vector<std::string> keys;
  for (const JsonValue& element : list.GetArray()) {
    DYNAROCK_CHECK(CheckKey(&element));
    keys.emplace_back(Text(element));
  }
  for (const std::string& key : keys) DYNAROCK_CHECK(CheckNotReserved(key));
  return keys;
}

Result<void> CheckTaggable(const Call& call, std::string_view arn) {
  if (!LooksLikeArn(arn)) {
    return Fail(InvalidParameter("ARNs must start with 'arn:': " + std::string(arn)));
  }
  std::string_view table = UpToTable(arn, "/index/");
  const bool index = table.size() < arn.size();
  table = UpToTable(table, "/stream/");
  const auto parts = ParseTableArn(table);
  if (!parts) {
    return Fail(
        InvalidParameter("Provided Arn is not a DynamoDB resource arn: " + std::string(arn)));
  }
  if (index) {
    return Fail(InvalidParameter(
        "Invalid resource arn provided, only table or stream is accepted. Provided resource arn: " +
        std::string(arn)));
  }
  constexpr size_t kShortest = 3;
  DYNAROCK_CHECK(CheckHere(call, *parts, InvalidTableArn(arn)));
  if (parts->table.size() < kShortest) return Fail(InvalidTableArn(arn));
  return {};
}

Result<NamedTable> FindTagged(const Call& call, std::string_view arn) {
  const auto parts = ParseTableArn(arn);
  if (!parts) return Fail(NotTagged(arn));  // a stream's
  NamedTable named{.name_space = NameSpace(call, parts->region), .name = std::string(parts->table)};
  const auto table = call.store.Find(named.name_space, named.name);
  if (table == nullptr || table->GoneAt(call.context.now_ms)) return Fail(Denied());
  if (!table->UsableAt(call.context.now_ms)) return Fail(NotTagged(arn));
  return named;
}

Result<void> ChangeTags(Call& call, const NamedTable& named, std::string_view arn, TagEdit edit) {
  Store& store = call.store;
  const auto change = [&](TableDescription& table) -> Result<void> {
    if (table.status == Status::kDeleting) return Fail(NotTagged(arn));
    const int64_t now = store.now_ms();
    const std::vector<Tag> before = table.tags;
    DYNAROCK_CHECK(edit(table.tags));
    if (table.tags == before) return {};
    if (now < table.tags_settle_ms) {
      return Fail(SubscriberLimit("Table tags are being updated: " + table.name));
    }
    table.tags_settle_ms = now + store.transient_ms();
    return {};
  };
  DYNAROCK_TRY(const Catalog::Replaced replaced,
               store.UpdateTable(named.name_space, named.name, change));
  NoteTableChange(call, replaced.before, replaced.after);
  call.no_body = true;
  return {};
}

}  // namespace dynarock::operations

#include "server/operations/tables/definition.h"

#include <algorithm>
#include <bit>

#include "server/operations/request/members.h"
#include "server/operations/tables/errors.h"

namespace dynarock::operations {

namespace {

constexpr size_t kMostOfARole = 4;  // attributes of one role in a global index's key
constexpr size_t kMostProjectedAttributes = 100;

Type KeyType(std::string_view name) {
  if (name == "N") return Type::kNumber;
  return name == "B" ? Type::kBinary : Type::kString;
}

bool Defined(const Definitions& definitions, std::string_view name) {
  return std::any_of(definitions.begin(), definitions.end(),
                     [&](const AttributeDefinition& d) { return d.name == name; });
}

Result<void> CheckKeysDefined(const KeySchema& key, const Definitions& definitions) {
  if (key.size() > definitions.size()) return Fail(TooFewDefinitions());
  const bool all = std::all_of(key.begin(), key.end(), [&](const KeyElement& element) {
    return Defined(definitions, element.attribute);
  });
  if (all) return {};
  std::vector<std::string> keys;
  for (const KeyElement& element : key) keys.push_back(element.attribute);
  std::vector<std::string> names;
  for (const AttributeDefinition& definition : definitions) names.push_back(definition.name);
  return Fail(UndefinedKeyAttributes(keys, names));
}

bool HasOneTwice(const KeySchema& key) {
  std::set<std::string_view> names;
  return !std::all_of(key.begin(), key.end(), [&](const KeyElement& element) {
    return names.insert(element.attribute).second;
  });
}

// As the service words it for a global index's key.
Error OneTwice(const KeySchema& key) {
  const bool pair =
      key.size() == 2 && key[0].role == KeyRole::kHash && key[1].role == KeyRole::kRange;
  return pair ? KeysHaveSameName() : KeyAttributeTwice();
}

Result<void> CheckHashFirst(const KeySchema& key) {
  if (key.front().role == KeyRole::kHash) return {};
  return Fail(FirstKeyNotHash());
}

// One HASH and at most one RANGE.
Result<void> CheckSingleRoles(const KeySchema& key) {
  if (HasOneTwice(key)) return Fail(KeysHaveSameName());
  DYNAROCK_CHECK(CheckHashFirst(key));
  if (key.size() > 1 && key[1].role != KeyRole::kRange) return Fail(SecondKeyNotRange());
  return {};
}

// Up to four HASH, then up to four RANGE (DynamoDB Developer Guide, multi-attribute keys).
Result<void> CheckMultiRoles(const KeySchema& key) {
  if (HasOneTwice(key)) return Fail(OneTwice(key));
  DYNAROCK_CHECK(CheckHashFirst(key));
  size_t hash = 0;
  size_t range = 0;
  for (const KeyElement& element : key) {
    if (element.role == KeyRole::kRange) {
      ++range;
    } else if (range > 0) {
      return Fail(HashBehindRange());
    } else {
      ++hash;
    }
  }
  for (const auto& [count, role] : {std::pair{hash, "HASH"}, std::pair{range, "RANGE"}}) {
    if (count > kMostOfARole) return Fail(TooManyKeyAttributes(role));
  }
  return {};
}

Result<Projection> ReadProjection(const JsonValue& input) {
  Projection projection;
  const std::string_view type = StringOr(input, "ProjectionType");
  if (type.empty()) return Fail(UnknownProjectionType());
  projection.type = type == "ALL"         ? ProjectionType::kAll
                    : type == "KEYS_ONLY" ? ProjectionType::kKeysOnly
                                          : ProjectionType::kInclude;
  const JsonValue* attributes = FindMember(input, "NonKeyAttributes");
  const bool include = projection.type == ProjectionType::kInclude;
  if (include != (attributes != nullptr)) {
    return Fail(ProjectionAttributesMismatch(type, attributes != nullptr));
  }
  if (attributes != nullptr) {
    for (const JsonValue& name : attributes->GetArray()) {  // null counts as absent: a choice
      if (name.IsString()) projection.non_key_attributes.emplace_back(Text(name));
    }
    std::vector<std::string>& names = projection.non_key_attributes;
    std::sort(names.begin(), names.end());  // as they come back
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice != names.end()) return Fail(ProjectedTwice(*twice));
  }
  return projection;
}

// Names in the order in which a Java HashSet of that many buckets hands them out, for the one
// message that lists such sets.
std::vector<std::string> InBuckets(const std::vector<std::string>& names, size_t buckets) {
  const auto bucket = [&](std::string_view name) {
    uint32_t hash = 0;
    for (const char c : name) hash = 31 * hash + static_cast<uint8_t>(c);
    return (hash ^ hash >> 16) & (buckets - 1);
  };
  std::vector<std::string> ordered = names;
  std::stable_sort(ordered.begin(), ordered.end(), [&](const auto& left, const auto& right) {
    return bucket(left) < bucket(right);
  });
  return ordered;
}

}  // namespace

std::string Bracketed(std::span<const std::string> names) {
  std::string out = "[";
  for (const std::string& name : names) {
    if (out.size() > 1) out += ", ";
    out += name;
  }
  return out + "]";
}

Definitions ReadDefinitions(const JsonValue* list) {
  Definitions definitions;
  if (list == nullptr) return definitions;
  for (const JsonValue& element : list->GetArray()) {
    definitions.push_back({.name = std::string(StringOr(element, "AttributeName")),
                           .type = KeyType(StringOr(element, "AttributeType"))});
  }
  return definitions;
}

KeySchema ReadKeySchema(const JsonValue& list) {
  KeySchema key;
  for (const JsonValue& element : list.GetArray()) {
    key.push_back(
        {.attribute = std::string(StringOr(element, "AttributeName")),
         .role = StringOr(element, "KeyType") == "HASH" ? KeyRole::kHash : KeyRole::kRange});
  }
  return key;
}

Result<void> CheckTableKeys(const KeySchema& key, const Definitions& definitions, bool only_keys) {
  DYNAROCK_CHECK(CheckKeysDefined(key, definitions));
  DYNAROCK_CHECK(CheckSingleRoles(key));
  if (only_keys && definitions.size() != key.size()) return Fail(DefinitionCountMismatch());
  return {};
}

Result<IndexDescription> ReadLocalIndex(const JsonValue& input, const KeySchema& table_key,
                                        const Definitions& definitions) {
  IndexDescription index;
  index.name = StringOr(input, "IndexName");
  index.key = ReadKeySchema(*FindMember(input, "KeySchema"));
  DYNAROCK_CHECK(CheckKeysDefined(index.key, definitions));
  DYNAROCK_CHECK(CheckSingleRoles(index.key));
  if (index.key.size() < 2) return Fail(IndexWithoutRangeKey(index.name));
  const std::string& hash = index.key[0].attribute;
  if (hash != table_key[0].attribute) {
    return Fail(IndexHashKeyDiffers(index.name, hash, table_key[0].attribute));
  }
  DYNAROCK_TRY(index.projection, ReadProjection(*FindMember(input, "Projection")));
  return index;
}

Result<IndexDescription> ReadGlobalIndex(const JsonValue& input, const Definitions& definitions) {
  IndexDescription index;
  index.name = StringOr(input, "IndexName");
  index.key = ReadKeySchema(*FindMember(input, "KeySchema"));
  DYNAROCK_CHECK(CheckKeysDefined(index.key, definitions));
  DYNAROCK_CHECK(CheckMultiRoles(index.key));
  DYNAROCK_TRY(index.projection, ReadProjection(*FindMember(input, "Projection")));
  return index;
}

Result<void> IndexNames::Add(const std::string& name) {
  if (names_.insert(name).second) return {};
  return Fail(DuplicateIndexName(name));
}

std::set<std::string, std::less<>> KeysUsed(const TableDescription& table) {
  std::set<std::string, std::less<>> used;
  const auto add = [&](const KeySchema& key) {
    for (const KeyElement& element : key) used.insert(element.attribute);
  };
  add(table.key);
  for (const IndexDescription& index : table.local_indexes) add(index.key);
  for (const IndexDescription& index : table.global_indexes) {
    if (index.status != Status::kDeleting) add(index.key);
  }
  return used;
}

Result<void> CheckIndexTotals(const TableDescription& table) {
  size_t global = 0;
  size_t projected = 0;
  for (const IndexDescription& index : table.local_indexes) {
    projected += index.projection.non_key_attributes.size();
  }
  for (const IndexDescription& index : table.global_indexes) {
    if (index.status == Status::kDeleting) continue;
    ++global;
    projected += index.projection.non_key_attributes.size();
  }
  if (global > kMostGlobalIndexes) {
    return Fail(InvalidParameter("GlobalSecondaryIndex count exceeds the per-table limit of " +
                                 std::to_string(kMostGlobalIndexes)));
  }
  // The limit is documented (Developer Guide, Limits); its text is ours.
  if (projected > kMostProjectedAttributes) {
    return Fail(
        InvalidParameter("Number of NonKeyAttributes of all indexes exceeds the per-table limit "
                         "of " +
                         std::to_string(kMostProjectedAttributes)));
  }
  return {};
}

Result<void> CheckDefinedOnce(const Definitions& definitions) {
  std::set<std::string_view> names;
  for (const AttributeDefinition& definition : definitions) {
    if (!names.insert(definition.name).second) {
      return Fail(DuplicateDefinition(definition.name));
    }
  }
  return {};
}

Result<void> CheckAllUsed(const TableDescription& table) {
  const auto used = KeysUsed(table);
  std::vector<std::string> defined;
  bool all = true;
  for (const AttributeDefinition& definition : table.attributes) {
    defined.push_back(definition.name);
    all = all && used.contains(definition.name);
  }
  if (all) return {};
  const std::vector<std::string> keys(used.begin(), used.end());
  // Three buckets of four may be in use; one set begins as large as it will be, the other with 16.
  const auto buckets = [](size_t size) { return std::bit_ceil((size * 4 + 2) / 3); };
  return Fail(UnusedDefinitions(InBuckets(defined, buckets(defined.size())),
                                InBuckets(keys, std::max<size_t>(16, buckets(keys.size())))));
}

}  // namespace dynarock::operations

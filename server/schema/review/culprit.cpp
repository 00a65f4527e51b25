#include "server/schema/review/culprit.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include "server/document/node_path.h"

namespace dynarock::schema {

namespace {

// Where below the fault's member a cause points.
struct Way {
  Cause cause;
  std::string_view path;
};

constexpr Way kWays[] = {
    {Cause::kFirstKeyNotHash, "KeySchema.1.KeyType"},
    {Cause::kSecondKeyNotRange, "KeySchema.2.KeyType"},
    {Cause::kKeysHaveSameName, "KeySchema.2.AttributeName"},
    {Cause::kHashBehindRange, "KeySchema"},
    {Cause::kTooManyKeyAttributes, "KeySchema"},
    {Cause::kIndexWithoutRangeKey, "KeySchema"},
    {Cause::kIndexHashKeyDiffers, "KeySchema.1.AttributeName"},
    {Cause::kDuplicateIndexName, "IndexName"},
    {Cause::kProjectionType, "Projection.ProjectionType"},
    {Cause::kIndexThroughputOnDemand, "ProvisionedThroughput"},
    {Cause::kThroughputOutOfBounds, "ProvisionedThroughput"},
    {Cause::kOnDemandThroughput, "OnDemandThroughput"},
    {Cause::kWarmThroughput, "WarmThroughput"},
    {Cause::kStreamViewTypeWithoutStream, "StreamViewType"},
};

std::set<std::string_view> Names(const std::vector<Node>& elements) {
  std::set<std::string_view> names;
  for (const Node& element : elements) names.insert(TextOf(element, "AttributeName"));
  return names;
}

// The first key of a schema that has no definition.
const Node* UndefinedKey(const Node& request, const Node& owner) {
  const auto defined = Names(ElementsOf(request, "AttributeDefinitions"));
  for (const Node& element : ElementsOf(owner, "KeySchema")) {
    if (!defined.contains(TextOf(element, "AttributeName"))) return element.Find("AttributeName");
  }
  return owner.Find("KeySchema");
}

// The first definition that no key uses.
const Node* UnusedDefinition(const Node& request) {
  std::set<std::string_view> used = Names(ElementsOf(request, "KeySchema"));
  for (const char* indexes : {"LocalSecondaryIndexes", "GlobalSecondaryIndexes"}) {
    for (const Node& index : ElementsOf(request, indexes)) {
      used.merge(Names(ElementsOf(index, "KeySchema")));
    }
  }
  for (const Node& definition : ElementsOf(request, "AttributeDefinitions")) {
    if (!used.contains(TextOf(definition, "AttributeName"))) {
      return definition.Find("AttributeName");
    }
  }
  return nullptr;
}

const Node* SecondDefinition(const Node& request) {
  std::set<std::string_view> seen;
  for (const Node& definition : ElementsOf(request, "AttributeDefinitions")) {
    if (!seen.insert(TextOf(definition, "AttributeName")).second) {
      return definition.Find("AttributeName");
    }
  }
  return nullptr;
}

// The element or member that the cause alone leads to; null: none.
const Node* Found(const Node& request, const Node& owner, Cause cause) {
  switch (cause) {
    case Cause::kTooFewDefinitions:
    case Cause::kUndefinedKeyAttributes:
      return UndefinedKey(request, owner);
    case Cause::kDefinitionCountMismatch:
    case Cause::kUnusedDefinitions:
      return UnusedDefinition(request);
    case Cause::kDuplicateDefinition:
      return SecondDefinition(request);
    case Cause::kThroughputMissing:
      return request.Find("BillingMode");
    default:
      return nullptr;
  }
}

}  // namespace

const Node& Culprit(const Node& request, const operations::Fault& fault) {
  const Node& member = Deepest(request, fault.member);
  // A fault of the table's keys is named by KeySchema, whose owner is the request.
  const Node& owner = fault.member == "KeySchema" ? request : member;
  const Cause cause = fault.error.cause;
  if (const Node* found = Found(request, owner, cause)) return *found;
  const auto* way = std::ranges::find(kWays, cause, &Way::cause);
  return way == std::end(kWays) ? member : Deepest(owner, way->path);
}

}  // namespace dynarock::schema

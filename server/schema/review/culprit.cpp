#include "server/schema/review/culprit.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "server/document/node_path.h"

namespace dynarock::schema {

namespace {

// Where below the fault's member a message points.
struct Way {
  std::string_view piece;  // of the message
  std::string_view path;
};

constexpr Way kWays[] = {
    {"The first KeySchemaElement is not", "KeySchema.1.KeyType"},
    {"The second KeySchemaElement is not", "KeySchema.2.KeyType"},
    {"have the same name", "KeySchema.2.AttributeName"},
    {"All HASH key attributes must precede", "KeySchema"},
    {"exceeds the maximum allowed number of", "KeySchema"},
    {"Index KeySchema does not have a range key", "KeySchema"},
    {"does not have the same leading hash key", "KeySchema.1.AttributeName"},
    {"Duplicate index name", "IndexName"},
    {"ProjectionType", "Projection.ProjectionType"},
    {"ProvisionedThroughput should not be specified", "ProvisionedThroughput"},
    {"out of bounds", "ProvisionedThroughput"},
    {"OnDemandThroughput", "OnDemandThroughput"},
    {"WarmThroughput", "WarmThroughput"},
    {"UpdateViewType should not be specified", "StreamViewType"},
};

std::set<std::string_view> Names(const std::vector<document::Node>& elements) {
  std::set<std::string_view> names;
  for (const document::Node& element : elements) names.insert(TextOf(element, "AttributeName"));
  return names;
}

// The first key of a schema that has no definition.
const document::Node* UndefinedKey(const document::Node& request, const document::Node& owner) {
  const auto defined = Names(ElementsOf(request, "AttributeDefinitions"));
  for (const document::Node& element : ElementsOf(owner, "KeySchema")) {
    if (!defined.contains(TextOf(element, "AttributeName"))) return element.Find("AttributeName");
  }
  return owner.Find("KeySchema");
}

// The first definition that no key uses.
const document::Node* UnusedDefinition(const document::Node& request) {
  std::set<std::string_view> used = Names(ElementsOf(request, "KeySchema"));
  for (const char* indexes : {"LocalSecondaryIndexes", "GlobalSecondaryIndexes"}) {
    for (const document::Node& index : ElementsOf(request, indexes)) {
      used.merge(Names(ElementsOf(index, "KeySchema")));
    }
  }
  for (const document::Node& definition : ElementsOf(request, "AttributeDefinitions")) {
    if (!used.contains(TextOf(definition, "AttributeName"))) {
      return definition.Find("AttributeName");
    }
  }
  return nullptr;
}

const document::Node* SecondDefinition(const document::Node& request) {
  std::set<std::string_view> seen;
  for (const document::Node& definition : ElementsOf(request, "AttributeDefinitions")) {
    if (!seen.insert(TextOf(definition, "AttributeName")).second) {
      return definition.Find("AttributeName");
    }
  }
  return nullptr;
}

}  // namespace

const document::Node& Culprit(const document::Node& request, const operations::Fault& fault) {
  const std::string& text = fault.error.message;
  const auto says = [&](std::string_view piece) { return text.find(piece) != std::string::npos; };
  const document::Node& member = Deepest(request, fault.member);
  // A fault of the table's keys is named by KeySchema, whose owner is the request.
  const document::Node& owner = fault.member == "KeySchema" ? request : member;
  const document::Node* found = nullptr;
  if (says("Some index key attribute")) found = UndefinedKey(request, owner);
  if (says("does not exactly match number of attributes") || says("are not used")) {
    found = UnusedDefinition(request);
  }
  if (says("Duplicate AttributeName")) found = SecondDefinition(request);
  if (says("must both be specified")) found = request.Find("BillingMode");
  if (found != nullptr) return *found;
  for (const Way& way : kWays) {
    if (says(way.piece)) return Deepest(owner, way.path);
  }
  return member;
}

}  // namespace dynarock::schema

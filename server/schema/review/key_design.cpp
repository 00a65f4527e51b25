// ReviewKeys: partition keys with few values, indexes that repeat others, projections.
#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server/document/node_path.h"
#include "server/findings/words.h"
#include "server/schema/review/design.h"

namespace dynarock::schema {

namespace {

using Kind = Node::Kind;

// A key schema that is known in full.
struct Keys {
  std::vector<std::string> hash;
  std::vector<std::string> range;
  bool known = true;
  bool operator==(const Keys& other) const { return hash == other.hash && range == other.range; }
};

struct Index {
  const Node* node = nullptr;
  std::string name;
  Keys keys;
  bool local = false;
  std::string_view projection;
};

Keys KeysOf(const Node& owner) {
  Keys keys;
  for (const Node& element : ElementsOf(owner, "KeySchema")) {
    const std::string_view attribute = TextOf(element, "AttributeName");
    const std::string_view type = TextOf(element, "KeyType");
    if (attribute.empty() || (type != "HASH" && type != "RANGE")) keys.known = false;
    (type == "HASH" ? keys.hash : keys.range).emplace_back(attribute);
  }
  keys.known = keys.known && !keys.hash.empty();
  return keys;
}

std::vector<Index> IndexesOf(const Node& request) {
  std::vector<Index> indexes;
  for (const bool local : {true, false}) {
    const char* member = local ? "LocalSecondaryIndexes" : "GlobalSecondaryIndexes";
    for (const Node& node : ElementsOf(request, member)) {
      const Node* projection = node.Find("Projection");
      indexes.push_back({.node = &node,
                         .name = std::string(TextOf(node, "IndexName")),
                         .keys = KeysOf(node),
                         .local = local,
                         .projection = projection == nullptr
                                           ? std::string_view()
                                           : TextOf(*projection, "ProjectionType")});
    }
  }
  return indexes;
}

// The words of a name: "isActive", "is_active" and "is-active" are {is, active}.
std::vector<std::string> Words(std::string_view name) {
  std::vector<std::string> words(1);
  bool lower_before = false;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) == 0) {
      words.emplace_back();
      lower_before = false;
      continue;
    }
    if (std::isupper(byte) != 0 && lower_before) words.emplace_back();
    lower_before = std::islower(byte) != 0 || std::isdigit(byte) != 0;
    words.back() += static_cast<char>(std::tolower(byte));
  }
  std::erase(words, "");
  return words;
}

// Last words of names whose values are often few, in one application or all.
constexpr std::array<std::string_view, 6> kOftenFewValued = {"tier",     "region", "country",
                                                             "currency", "year",   "month"};
// Values that are the same for everything that happens at one time.
constexpr std::array<std::string_view, 4> kTimes = {"date", "day", "hour", "week"};

bool Holds(const auto& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

enum class Values : uint8_t { kMany, kFew, kOftenFew, kByTime };

Values ValuesOf(std::string_view attribute) {
  const std::vector<std::string> words = Words(attribute);
  if (words.empty()) return Values::kMany;
  if (words.size() > 1 && (words.front() == "is" || words.front() == "has")) return Values::kFew;
  // Two words in front make a name of their own: "orderTypeState" may well be composite.
  if (words.size() > 2) return Values::kMany;
  if (Holds(findings::kFewValued, words.back())) return Values::kFew;
  if (Holds(findings::kUsuallyFewValued, words.back()) || Holds(kOftenFewValued, words.back())) {
    return Values::kOftenFew;
  }
  return Holds(kTimes, words.back()) ? Values::kByTime : Values::kMany;
}

void ReviewPartitionKey(const Keys& keys, const Node& owner, const std::string& table,
                        const std::string& index, Findings& findings) {
  if (!keys.known || keys.hash.size() != 1) return;
  const Values values = ValuesOf(keys.hash.front());
  if (values == Values::kMany) return;
  const bool few = values != Values::kByTime;
  const std::string what = index.empty() ? "table " + table : "index " + index;
  Add({.id = "low-cardinality-key",
       // An index may be sparse, and a table without a sort key has one item a value. A table with
       // one is where all items are.
       .severity = index.empty() && values == Values::kFew && !keys.range.empty()
                       ? Severity::kWarning
                       : Severity::kNote,
       .table = table,
       .index = index,
       .title =
           "the partition key " + keys.hash.front() + " of " + what +
           (few ? " sounds as if it had few values" : " is the same for all items of one time"),
       .consequence = std::string(findings::kFewValuesConsequence),
       .advice = findings::FewValuesAdvice(keys.hash.front())},
      Deepest(owner, "KeySchema.1.AttributeName").place, findings);
}

void ReviewRepetition(const Keys& table_keys, const std::vector<Index>& indexes,
                      const std::string& table, Findings& findings) {
  for (size_t i = 0; i < indexes.size(); ++i) {
    const Index& index = indexes[i];
    if (!index.keys.known) continue;
    const Place place = Deepest(*index.node, "KeySchema").place;
    if (table_keys.known && index.keys == table_keys) {
      Add({.id = "index-repeats-table",
           .severity = Severity::kWarning,
           .table = table,
           .index = index.name,
           .title = "index " + index.name + " has the table's own key",
           .consequence = "Every write pays for the index and every query could read the table.",
           .advice = "Remove the index."},
          place, findings);
    }
    for (size_t j = 0; j < i; ++j) {
      const Index& other = indexes[j];
      if (!other.keys.known || !(other.keys == index.keys)) continue;
      // Two of one name are one mistake, which CreateTable refuses.
      if (other.name == index.name) continue;
      Add({.id = "index-repeats-index",
           .severity = Severity::kWarning,
           .table = table,
           .index = index.name,
           .title = "indexes " + other.name + " and " + index.name + " have the same key",
           .consequence = "Every write pays for both, and either answers the other's queries.",
           .advice = "Keep one of them, with a projection that serves both."},
          place, findings);
      break;
    }
  }
}

void ReviewProjections(const Keys& table_keys, const std::vector<Index>& indexes,
                       const std::string& table, Findings& findings) {
  constexpr size_t kManyCopies = 5;
  size_t full = 0;
  for (const Index& index : indexes) {
    full += index.projection == "ALL" && !index.local;
    const Node* attributes = At(*index.node, "Projection.NonKeyAttributes");
    if (attributes == nullptr) continue;
    std::set<std::string> keys(index.keys.hash.begin(), index.keys.hash.end());
    for (const auto* names : {&index.keys.range, &table_keys.hash, &table_keys.range}) {
      keys.insert(names->begin(), names->end());
    }
    for (const Node& attribute : attributes->list) {
      if (attribute.kind != Kind::kString || !keys.contains(attribute.text)) continue;
      Add({.id = "projection-repeats-key",
           .severity = Severity::kNote,
           .table = table,
           .index = index.name,
           .title =
               "the projection of " + index.name + " names the key attribute " + attribute.text,
           .consequence = "Keys of the table and the index are always projected.",
           .advice = "Leave it out of NonKeyAttributes."},
          attribute.place, findings);
    }
  }
  if (full < kManyCopies) return;
  Add({.id = "many-full-projections",
       .severity = Severity::kNote,
       .table = table,
       .index = {},
       .title = std::to_string(full) + " indexes of " + table + " copy every attribute",
       .consequence = "A write of an item that is in all of them costs " +
                      std::to_string(full + 1) + " times the units, and so does storage.",
       .advice = "Project what the queries of each index ask for (KEYS_ONLY, INCLUDE)."},
      indexes.back().node->place, findings);
}

void ReviewCollections(const std::vector<Index>& indexes, const std::string& table,
                       Findings& findings) {
  const auto local =
      std::find_if(indexes.begin(), indexes.end(), [](const Index& index) { return index.local; });
  if (local == indexes.end()) return;
  Add({.id = "local-index-limits-collection",
       .severity = Severity::kNote,
       .table = table,
       .index = local->name,
       .title = "local index " + local->name + " limits all items of one partition key to 10 GB",
       .consequence = "Beyond that, writes fail with ItemCollectionSizeLimitExceededException, "
                      "and local indexes cannot be removed from a table.",
       .advice = "Use a global index unless the index must be read consistently."},
      local->node->place, findings);
}

std::string Bare(std::string_view name) {
  std::string bare;
  for (const std::string& word : Words(name)) bare += word;
  return bare;
}

void ReviewSpelling(const Node& request, const std::string& table, Findings& findings) {
  std::map<std::string, std::string> seen;
  for (const Node& definition : ElementsOf(request, "AttributeDefinitions")) {
    const std::string name(TextOf(definition, "AttributeName"));
    if (name.empty()) continue;
    const auto [first, fresh] = seen.emplace(Bare(name), name);
    if (fresh || first->second == name) continue;
    Add({.id = "similar-names",
         .severity = Severity::kWarning,
         .table = table,
         .index = {},
         .title = "attributes " + first->second + " and " + name + " differ in spelling only",
         .consequence = "To DynamoDB they are two attributes: items that have one are missing from "
                        "indexes on the other.",
         .advice = "Use one spelling."},
        definition.Find("AttributeName")->place, findings);
  }
}

}  // namespace

void ReviewKeys(const CheckedTable& checked, const std::string& name, Findings& findings) {
  const Node& request = checked.request;
  const Keys table_keys = KeysOf(request);
  const std::vector<Index> indexes = IndexesOf(request);
  ReviewPartitionKey(table_keys, request, name, {}, findings);
  for (const Index& index : indexes) {
    if (!index.local) ReviewPartitionKey(index.keys, *index.node, name, index.name, findings);
  }
  ReviewRepetition(table_keys, indexes, name, findings);
  ReviewProjections(table_keys, indexes, name, findings);
  ReviewCollections(indexes, name, findings);
  ReviewSpelling(request, name, findings);
}

}  // namespace dynarock::schema

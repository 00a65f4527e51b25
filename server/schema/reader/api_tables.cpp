#include "server/schema/reader/api_tables.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "server/document/node_path.h"

namespace dynarock::schema {

namespace {

using Kind = Node::Kind;

bool HasAny(const Node& node, std::span<const std::string_view> names) {
  return node.kind == Kind::kMap &&
         std::ranges::any_of(names, [&](auto name) { return node.Find(name) != nullptr; });
}

// {"Code": {"S": "x"}}: every value has one member, named after a type. Attributes may have any
// name, "KeySchema" too.
bool LooksLikeItem(const Node& node) {
  constexpr std::array kTypes =
      std::to_array<std::string_view>({"S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS"});
  return node.kind == Kind::kMap && !node.map.empty() &&
         std::ranges::all_of(node.map, [&](const auto& attribute) {
           const Node& value = attribute.second;
           return value.kind == Kind::kMap && value.map.size() == 1 &&
                  std::ranges::find(kTypes, value.map.front().first) != kTypes.end();
         });
}

bool LooksLikeIndex(const Node& node) {
  constexpr std::array kOwn = std::to_array<std::string_view>({"IndexName", "Projection"});
  return HasAny(node, kOwn);
}

bool LooksLikeUpdate(const Node& node) {
  constexpr std::array kOwn =
      std::to_array<std::string_view>({"GlobalSecondaryIndexUpdates", "ReplicaUpdates"});
  return HasAny(node, kOwn);
}

bool LooksLikeTable(const Node& node) {
  constexpr std::array kOwn =
      std::to_array<std::string_view>({"KeySchema", "AttributeDefinitions"});
  return HasAny(node, kOwn) && !LooksLikeIndex(node) && !LooksLikeUpdate(node) &&
         !LooksLikeItem(node);
}

// Members of a description that say what happened rather than what was asked for.
constexpr std::array<std::string_view, 24> kDescribed = {
    "TableStatus",
    "CreationDateTime",
    "TableSizeBytes",
    "ItemCount",
    "TableArn",
    "TableId",
    "LatestStreamLabel",
    "LatestStreamArn",
    "IndexStatus",
    "Backfilling",
    "IndexSizeBytes",
    "IndexArn",
    "NumberOfDecreasesToday",
    "LastIncreaseDateTime",
    "LastDecreaseDateTime",
    "BillingModeSummary",
    "TableThroughputModeSummary",
    "TableClassSummary",
    "SSEDescription",
    "ArchivalSummary",
    "RestoreSummary",
    "Replicas",
    "GlobalTableVersion",
    "MultiRegionConsistency",
};

bool IsDescribed(std::string_view name) {
  return std::find(kDescribed.begin(), kDescribed.end(), name) != kDescribed.end();
}

void Erase(Node& map, std::string_view name) {
  std::erase_if(map.map, [&](const auto& member) { return member.first == name; });
}

// Takes a description back to the request that makes such a table.
void Undescribe(Node& table) {
  const Node* summary = table.Find("BillingModeSummary");
  const bool on_demand = summary != nullptr && TextOf(*summary, "BillingMode") == "PAY_PER_REQUEST";
  if (on_demand) {
    const Place place = summary->place;
    Erase(table, "ProvisionedThroughput");
    table.map.emplace_back("BillingMode", MakeString(place, "PAY_PER_REQUEST"));
  }
  if (const Node* summarized = table.Find("TableClassSummary")) {
    if (const Node* name = summarized->Find("TableClass")) {
      table.map.emplace_back("TableClass", *name);
    }
  }
  const auto clean = [&](Node& part) {
    std::erase_if(part.map, [](const auto& member) { return IsDescribed(member.first); });
    for (auto& [name, value] : part.map) {
      if (name == "ProvisionedThroughput") {
        std::erase_if(value.map, [](const auto& member) { return IsDescribed(member.first); });
      }
      if (name == "WarmThroughput") Erase(value, "Status");
    }
  };
  clean(table);
  for (auto& [name, value] : table.map) {
    if (name != "GlobalSecondaryIndexes" && name != "LocalSecondaryIndexes") continue;
    for (Node& index : value.list) {
      clean(index);
      if (on_demand) Erase(index, "ProvisionedThroughput");
    }
  }
}

void Take(Node& table, std::string_view name, Node& into) {
  const auto it = std::find_if(table.map.begin(), table.map.end(),
                               [&](const auto& member) { return member.first == name; });
  if (it == table.map.end()) return;
  into = std::move(it->second);
  table.map.erase(it);
}

TableSource ReadTable(const Node& node, std::vector<Message>& messages) {
  TableSource table;
  table.language = Language::kApi;
  table.place = node.place;
  table.request = node;
  if (node.Find("TableStatus") != nullptr) Undescribe(table.request);
  Take(table.request, "TimeToLiveSpecification", table.time_to_live);
  Take(table.request, "PointInTimeRecoverySpecification", table.point_in_time_recovery);
  const std::string_view name = TextOf(node, "TableName");
  table.address = name.empty() ? "the table" : std::string(name);
  if (const Node* policy = table.request.Find("ResourcePolicy")) {
    messages.push_back({.severity = Severity::kNote,
                        .id = "left-out",
                        .place = NamePlace(*policy),
                        .text = "ResourcePolicy of " + table.address + " is not looked at",
                        .hint = "dynarock does not have this yet"});
    Erase(table.request, "ResourcePolicy");
  }
  return table;
}

// The tables of a document: itself, its elements, or what {"Table": } and {"Tables": } hold.
std::vector<const Node*> Tables(const Node& root) {
  if (root.kind == Kind::kList) {
    std::vector<const Node*> all;
    for (const Node& element : root.list) {
      for (const Node* table : Tables(element)) all.push_back(table);
    }
    return all;
  }
  if (LooksLikeTable(root)) return {&root};
  for (const char* name : {"Table", "TableDescription", "Tables"}) {
    const Node* inside = root.Find(name);
    if (inside != nullptr && (inside->kind == Kind::kMap || inside->kind == Kind::kList)) {
      return Tables(*inside);
    }
  }
  return {};
}

}  // namespace

bool LooksLikeApiTables(const Node& root) {
  return !Tables(root).empty();
}

std::string_view PartOfTable(const Node& root) {
  if (root.kind == Kind::kList) {
    return root.list.empty() ? std::string_view() : PartOfTable(root.list.front());
  }
  if (root.kind != Kind::kMap) return {};
  constexpr std::array kActions = std::to_array<std::string_view>({"Create", "Update", "Delete"});
  const bool action = root.map.size() == 1 && HasAny(root, kActions) &&
                      root.map.front().second.Find("IndexName") != nullptr;
  if (LooksLikeUpdate(root)) return "an UpdateTable request";
  if (LooksLikeIndex(root) || action) return "indexes";
  if (root.Find("AttributeName") != nullptr) {
    if (root.Find("KeyType") != nullptr) return "a key schema";
    if (root.Find("AttributeType") != nullptr) return "attribute definitions";
  }
  if (LooksLikeItem(root) || HasAny(root, std::array<std::string_view, 2>{"Item", "Items"})) {
    return "an item";
  }
  return {};
}

Reading ReadApiTables(const Node& root) {
  Reading reading;
  for (const Node* table : Tables(root)) {
    reading.tables.push_back(ReadTable(*table, reading.messages));
  }
  return reading;
}

}  // namespace dynarock::schema

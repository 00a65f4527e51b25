#include "server/schema/review/index_places.h"

#include "server/document/node_path.h"
#include "server/schema/review/table_check.h"

namespace dynarock::schema {

IndexPlaces::IndexPlaces(const Reading& reading) {
  for (const TableSource& table : reading.tables) AddIndexes(table);
  for (const Branches& branches : reading.branches) {
    for (const Branch& branch : branches.all) AddIndexes(branch.table);
  }
}

void IndexPlaces::AddIndexes(const TableSource& table) {
  for (const char* member : {"LocalSecondaryIndexes", "GlobalSecondaryIndexes"}) {
    for (const Node& index : ElementsOf(table.request, member)) {
      const std::string name(TextOf(index, "IndexName"));
      if (!name.empty()) Add(index, {.table = NameOf(table), .index = name});
    }
  }
}

// What tables share belongs to the first.
void IndexPlaces::Add(const Node& node, const Owner& owner) {
  for (const Place& place : {node.place, NamePlace(node)}) {
    if (place.line > 0) owners_.emplace(Key(place.file, place.line, place.column), owner);
  }
  for (const Node& element : node.list) Add(element, owner);
  for (const auto& [name, member] : node.map) Add(member, owner);
}

void IndexPlaces::Name(findings::Finding& finding) const {
  if (!finding.index.empty() || finding.line == 0) return;
  const auto owner = owners_.find(Key(finding.file, finding.line, finding.column));
  if (owner == owners_.end()) return;
  if (finding.table.empty()) finding.table = owner->second.table;
  // Of several tables that share a place, the others may call their index otherwise.
  if (finding.table == owner->second.table) finding.index = owner->second.index;
}

}  // namespace dynarock::schema

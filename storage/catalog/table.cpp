#include "storage/catalog/table.h"

#include <algorithm>
#include <utility>

namespace dynarock {

namespace {

void SortUnique(std::vector<std::string>& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

Key MakeKey(const TableDescription& description, const KeySchema& schema) {
  Key key;
  for (const KeyElement& element : schema) {
    const AttributeDefinition* definition = description.FindAttribute(element.attribute);
    const Type type = definition == nullptr ? Type::kString : definition->type;
    (element.role == KeyRole::kHash ? key.hash : key.range).push_back({element.attribute, type});
  }
  key.range_sorts_first = !key.range.empty() && key.range.front().name < key.hash.front().name;
  return key;
}

void AddNames(const Key& key, std::vector<std::string>& names) {
  for (size_t i = 0; i < key.size(); ++i) names.push_back(key.at(i).name);
}

Index MakeIndex(const TableDescription& table, const Key& table_key, const IndexDescription& from,
                bool local) {
  Index index;
  index.id = from.id;
  index.name = from.name;
  index.local = local;
  index.key = MakeKey(table, from.key);
  index.projection = from.projection.type;
  AddNames(table_key, index.position);
  AddNames(index.key, index.position);
  SortUnique(index.position);
  if (index.projection != ProjectionType::kAll) {
    index.projected = index.position;
    index.projected.insert(index.projected.end(), from.projection.non_key_attributes.begin(),
                           from.projection.non_key_attributes.end());
    SortUnique(index.projected);
  }
  index.backfilling = from.backfilling;
  index.deleting = from.status == Status::kDeleting;
  return index;
}

bool Settled(Status status) {
  return status == Status::kActive;
}

Status Settle(Status status, int64_t settles_ms, int64_t now_ms) {
  const bool passing = status == Status::kCreating || status == Status::kUpdating;
  return passing && now_ms >= settles_ms ? Status::kActive : status;
}

}  // namespace

const KeyAttribute* Key::Find(std::string_view name) const {
  for (size_t i = 0; i < size(); ++i) {
    if (at(i).name == name) return &at(i);
  }
  return nullptr;
}

bool Index::Projects(std::string_view attribute) const {
  return projection == ProjectionType::kAll ||
         std::binary_search(projected.begin(), projected.end(), attribute);
}

Table::Table(std::string name_space, TableDescription description,
             std::shared_ptr<TableState> state, const Table* previous)
    : name_space_(std::move(name_space)),
      description_(std::move(description)),
      state_(std::move(state)),
      key_(MakeKey(description_, description_.key)),
      has_local_indexes_(!description_.local_indexes.empty()),
      settled_(Settled(description_.status)) {
  AddNames(key_, position_);
  SortUnique(position_);
  for (const IndexDescription& index : description_.local_indexes) {
    indexes_.push_back(MakeIndex(description_, key_, index, true));
  }
  for (const IndexDescription& index : description_.global_indexes) {
    indexes_.push_back(MakeIndex(description_, key_, index, false));
    settled_ = settled_ && Settled(index.status);
  }
  for (Index& index : indexes_) {
    if (previous != nullptr) {
      for (const Index& old : previous->indexes_) {
        if (old.id == index.id) index.counters = old.counters;
      }
    }
    if (index.counters == nullptr) index.counters = std::make_shared<Counters>();
  }
}

Status Table::StatusAt(int64_t now_ms) const {
  return Settle(description_.status, description_.settles_ms, now_ms);
}

bool Table::UsableAt(int64_t now_ms) const {
  if (settled_) return true;
  const Status status = StatusAt(now_ms);
  return status == Status::kActive || status == Status::kUpdating;
}

TableDescription Table::DescriptionAt(int64_t now_ms) const {
  TableDescription shown = description_;
  if (settled_) return shown;
  shown.status = StatusAt(now_ms);
  if (shown.status != Status::kUpdating) shown.changing = {};
  std::erase_if(shown.global_indexes, [&](const IndexDescription& index) {
    return index.status == Status::kDeleting && now_ms >= index.settles_ms;
  });
  for (IndexDescription& index : shown.global_indexes) {
    if (!index.backfilling) index.status = Settle(index.status, index.settles_ms, now_ms);
    // The indexes a table is created with become ready when the table does.
    if (shown.status == Status::kCreating) index.status = Status::kCreating;
  }
  return shown;
}

const Index* Table::FindIndex(std::string_view name) const {
  for (const Index& index : indexes_) {
    if (index.name == name && !index.deleting) return &index;
  }
  return nullptr;
}

const Index* Table::FindIndex(IndexId id) const {
  for (const Index& index : indexes_) {
    if (index.id == id && !index.deleting) return &index;
  }
  return nullptr;
}

}  // namespace dynarock

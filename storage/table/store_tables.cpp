// Creating, changing and dropping tables.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "storage/table/store.h"
#include "storage/table/store_parts.h"

namespace dynarock {

namespace {

// What a table that is in transit, as it is now, answers to its deletion.
Result<void> CheckDroppable(const TableDescription& table, int64_t now_ms) {
  if (table.status == Status::kCreating) return Fail(TableBeingCreated(table.name));
  if (table.status == Status::kDeleting) return Fail(TableBeingDeleted(table.name));
  if (table.status == Status::kUpdating && table.changing.Has(Changing::kStream)) {
    return Fail(StillInUse("Cannot delete table while stream is being enabled/disabled."));
  }
  const bool indexes_ready =
      std::all_of(table.global_indexes.begin(), table.global_indexes.end(),
                  [](const IndexDescription& index) { return index.status == Status::kActive; });
  if (!indexes_ready) {
    return Fail(
        StillInUse("Cannot delete table while indexes are being created, updated, or deleted."));
  }
  if (table.status == Status::kUpdating) {
    return Fail(StillInUse("Table: " + table.name + " is in the process of being updated."));
  }
  if (now_ms < table.tags_settle_ms) {
    return Fail(StillInUse("Table tags are being updated: " + table.name));
  }
  if (!table.deletion_protection) return {};
  return Fail(
      Validation("Resource cannot be deleted as it is currently protected against deletion. "
                 "Disable deletion protection first."));
}

}  // namespace

void Store::AddStream(std::string_view name_space, TableDescription& table, Batch& more) {
  table.stream.id = catalog_.NewStorageId(more);
  table.stream.label = streams_.NewLabel(name_space, table.name);
  StreamDescription stream{.id = table.stream.id,
                           .name_space = std::string(name_space),
                           .table = table.name,
                           .table_arn = table.Arn(),
                           .label = table.stream.label,
                           .view_type = table.stream.view_type,
                           .key = table.key,
                           .key_names = {},
                           .created_ms = now_ms()};
  for (const KeyElement& element : table.key) stream.key_names.push_back(element.attribute);
  std::sort(stream.key_names.begin(), stream.key_names.end());
  streams_.Create(std::move(stream), more);
}

Result<std::shared_ptr<const Table>> Store::CreateTable(std::string_view name_space,
                                                        TableDescription description) {
  description.status = transient_ms_ > 0 ? Status::kCreating : Status::kActive;
  description.settles_ms = now_ms() + transient_ms_;
  for (IndexDescription& index : description.global_indexes) {
    index.status = Status::kActive;
    index.backfilling = false;
  }
  StorageId stream = 0;
  try {
    return catalog_.Create(name_space, std::move(description),
                           [&](TableDescription& table, Batch& more) -> Result<void> {
                             if (table.stream.enabled) {
                               AddStream(name_space, table, more);
                               stream = table.stream.id;
                             }
                             // No items were there before, so that nothing is to be backfilled.
                             if (table.ttl.enabled) table.ttl_entries.id = table.next_index_id++;
                             return {};
                           });
  } catch (...) {
    if (stream != 0) streams_.Forget(stream);
    throw;
  }
}

Result<Catalog::Replaced> Store::UpdateTable(std::string_view name_space, std::string_view name,
                                             Edit edit) {
  std::vector<IndexId> created;
  std::vector<IndexId> deleted;
  StorageId storage = 0;
  StorageId disabled_stream = 0;
  StorageId created_stream = 0;
  const auto change = [&](TableDescription& description, Batch& more) -> Result<void> {
    const auto table = catalog_.Find(name_space, name);
    if (table == nullptr) return Fail(NoSuchTable(name));  // gone with the last millisecond
    storage = table->storage_id();
    const int64_t now = now_ms();
    const int64_t index_settles = now + transient_index_ms_;
    const TableDescription before = table->DescriptionAt(now);
    description = before;
    DYNAROCK_CHECK(edit(description));

    int64_t allocated = now;  // a new index is filled once the table is ACTIVE again
    if (description.status == Status::kUpdating && before.status != Status::kUpdating) {
      description.settles_ms = allocated = now + transient_ms_;
      if (transient_ms_ == 0) {
        description.status = Status::kActive;
        description.changing = {};
      }
    }
    if (description.status == Status::kCreating) {
      // DescriptionAt showed the table's state on its indexes; it is not theirs.
      for (IndexDescription& index : description.global_indexes) {
        if (index.id != 0 && !index.backfilling) index.status = Status::kActive;
      }
    }
    for (IndexDescription& index : description.global_indexes) {
      const auto was = std::find_if(before.global_indexes.begin(), before.global_indexes.end(),
                                    [&](const auto& old) { return old.id == index.id; });
      if (index.id == 0) {
        index.id = description.next_index_id++;
        index.status = Status::kCreating;
        index.backfilling = true;
        index.settles_ms = allocated + transient_index_ms_;
        created.push_back(index.id);
      } else if (was != before.global_indexes.end() && was->status != index.status) {
        if (index.status == Status::kDeleting) deleted.push_back(index.id);
        if (index.status != Status::kActive) index.settles_ms = index_settles;
        if (index.status == Status::kUpdating && transient_index_ms_ == 0) {
          index.status = Status::kActive;
        }
      }
    }
    if (transient_index_ms_ == 0) {
      std::erase_if(description.global_indexes,
                    [](const auto& index) { return index.status == Status::kDeleting; });
    }
    if (before.ttl.enabled &&
        (!description.ttl.enabled || description.ttl.attribute != before.ttl.attribute)) {
      deleted.push_back(before.ttl_entries.id);
      description.ttl_entries = {};
    }
    if (description.ttl.enabled && description.ttl_entries.id == 0) {
      description.ttl_entries = {.id = description.next_index_id++, .backfilling = true};
      created.push_back(description.ttl_entries.id);
    }
    if (before.stream.enabled && !description.stream.enabled) {
      disabled_stream = before.stream.id;
    }
    if (description.stream.enabled && !before.stream.enabled) {
      AddStream(name_space, description, more);
      created_stream = description.stream.id;
    }
    for (const IndexId id : deleted) {
      more.Delete(RecordKey(Record::kCounters, storage, id));
      more.Delete(RecordKey(Record::kBackfill, storage, id));
      more.Put(RecordKey(Record::kDropped, storage, id), "");
    }
    return {};
  };
  Result<Catalog::Replaced> replaced;
  try {
    replaced = catalog_.Replace(name_space, name, change);
  } catch (...) {
    if (created_stream != 0) streams_.Forget(created_stream);
    throw;
  }
  if (!replaced) return replaced;
  // No writer follows the older version any more.
  if (disabled_stream != 0) streams_.Disable(disabled_stream);
  for (const IndexId id : created) parts_->background.Backfill(storage, id);
  for (const IndexId id : deleted) parts_->background.Free(storage, id);
  return replaced;
}

Result<std::shared_ptr<const Table>> Store::DropTable(std::string_view name_space,
                                                      std::string_view name) {
  const auto table = catalog_.Find(name_space, name);
  if (table == nullptr) return Fail(NoSuchTable(name));
  const int64_t now = now_ms();
  DYNAROCK_CHECK(CheckDroppable(table->DescriptionAt(now), now));
  if (transient_ms_ == 0) {
    if (!catalog_.Drop(table->storage_id())) return Fail(NoSuchTable(name));
    parts_->background.Free(table->storage_id(), kTableRows);
    if (table->description().stream.id != 0) streams_.Disable(table->description().stream.id);
    return table;
  }
  auto replaced = catalog_.Replace(table->storage_id(),
                                   [&](TableDescription& description, Batch&) -> Result<void> {
                                     description.status = Status::kDeleting;
                                     description.settles_ms = now_ms() + transient_ms_;
                                     return {};
                                   });
  if (!replaced) return Fail(NoSuchTable(name));
  parts_->background.WatchDeleting();
  return replaced->after;
}

}  // namespace dynarock

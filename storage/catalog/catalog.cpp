#include "storage/catalog/catalog.h"

#include <algorithm>
#include <cstdio>
#include <random>
#include <tuple>
#include <utility>

#include "storage/catalog/description_codec.h"
#include "storage/key/key_part.h"
#include "storage/key/keyspace.h"

namespace dynarock {

namespace {

std::atomic<uint64_t> next_instance{1};

using TableList = std::vector<std::shared_ptr<const Table>>;

// The list this thread saw last.
struct Seen {
  uint64_t instance = 0;
  uint64_t version = 0;
  std::shared_ptr<const TableList> tables;
};
thread_local Seen seen;

using Name = std::pair<std::string_view, std::string_view>;
Name NameOf(const std::shared_ptr<const Table>& table) {
  return {table->name_space(), table->name()};
}
// The place of a name, or where it would go.
TableList::const_iterator Place(const TableList& tables, const Name& name) {
  return std::lower_bound(tables.begin(), tables.end(), name,
                          [](const auto& table, const Name& n) { return NameOf(table) < n; });
}

// A random UUID, version 4.
std::string RandomUuid() {
  std::random_device random;
  const uint32_t a = random();
  const uint32_t b = random();
  const uint32_t c = random();
  const uint32_t d = random();
  char text[37];
  std::snprintf(text, sizeof text, "%08x-%04x-4%03x-%04x-%04x%08x", a, b >> 16, b & 0xFFF,
                0x8000 | (c >> 16 & 0x3FFF), c & 0xFFFF, d);
  return text;
}

std::string Encode(const Table& table) {
  return EncodeDescription({table.name_space(), table.description()});
}

void PutCounters(Batch& batch, StorageId storage, IndexId index, const Counters& counters) {
  std::string value;
  AppendU64(value, static_cast<uint64_t>(counters.items.load()));
  AppendU64(value, static_cast<uint64_t>(counters.bytes.load()));
  batch.Put(RecordKey(Record::kCounters, storage, index), value);
}

}  // namespace

Catalog::Catalog(Engine& engine, const Clock& clock)
    : engine_(engine),
      clock_(clock),
      instance_(next_instance.fetch_add(1)),
      tables_(std::make_shared<Tables>()) {}

Catalog::~Catalog() {
  // A version and the state it shares hold each other.
  for (const auto& table : *tables_) table->state().current = nullptr;
}

std::expected<void, std::string> Catalog::Load() {
  std::string value;
  if (engine_.Get(RecordKey(Record::kNextStorageId), value)) {
    if (value.size() != 8) return std::unexpected("damaged: the catalog's next storage id");
    next_storage_id_ = ReadU64(value);
  }
  counters_loaded_ = engine_.Contains(RecordKey(Record::kClean));
  const std::string prefix = RecordKey(Record::kTable);
  const auto load_counters = [&](StorageId storage, IndexId index, Counters& counters) {
    if (!counters_loaded_) return;
    if (!engine_.Get(RecordKey(Record::kCounters, storage, index), value) || value.size() != 16) {
      return;
    }
    counters.Add(static_cast<int64_t>(ReadU64(value)), static_cast<int64_t>(ReadU64(value, 8)));
  };
  auto tables = std::make_shared<Tables>();
  const auto iterator = engine_.NewIterator(prefix, PrefixSuccessor(prefix));
  for (iterator->SeekToFirst(); iterator->valid(); iterator->Next()) {
    auto stored = DecodeDescription(iterator->value());
    if (!stored || iterator->key().size() != prefix.size() + 8) {
      return std::unexpected("damaged: a table description in the catalog is unreadable");
    }
    auto state = std::make_shared<TableState>(ReadU64(iterator->key(), prefix.size()));
    auto table = std::make_shared<const Table>(std::move(stored->name_space),
                                               std::move(stored->description), state, nullptr);
    state->current = table;
    load_counters(table->storage_id(), kTableRows, state->counters);
    for (const Index& index : table->indexes()) {
      load_counters(table->storage_id(), index.id, *index.counters);
    }
    tables->push_back(std::move(table));
  }
  std::sort(tables->begin(), tables->end(), [](const auto& a, const auto& b) {
    return NameOf(a) != NameOf(b) ? NameOf(a) < NameOf(b)
                                  : a->storage_id() > b->storage_id();  // as Create does
  });
  if (counters_loaded_) {
    Batch batch;
    batch.Delete(RecordKey(Record::kClean));
    engine_.Write(batch);
  }
  Publish(std::move(tables));
  return {};
}

void Catalog::Publish(std::shared_ptr<const Tables> tables) {
  const std::lock_guard lock(published_);
  tables_ = std::move(tables);
  version_.fetch_add(1, std::memory_order_release);
}

const Catalog::Tables& Catalog::Current() const {
  const uint64_t version = version_.load(std::memory_order_acquire);
  if (seen.instance != instance_ || seen.version != version) {
    const std::lock_guard lock(published_);
    seen = {instance_, version_.load(std::memory_order_relaxed), tables_};
  }
  return *seen.tables;
}

std::shared_ptr<const Table> Catalog::Find(std::string_view name_space,
                                           std::string_view name) const {
  const Tables& tables = Current();
  const Name wanted(name_space, name);
  const auto place = Place(tables, wanted);
  if (place == tables.end() || NameOf(*place) != wanted) return nullptr;
  const std::shared_ptr<const Table>& table = *place;
  if (table->description().status == Status::kDeleting && table->GoneAt(clock_.now_ms())) {
    return nullptr;
  }
  return table;
}

std::shared_ptr<const Table> Catalog::Find(StorageId id) const {
  for (const auto& table : Current()) {
    if (table->storage_id() == id) return table;
  }
  return nullptr;
}

std::vector<std::shared_ptr<const Table>> Catalog::List(std::string_view name_space,
                                                        std::string_view after,
                                                        size_t limit) const {
  const Tables& tables = Current();
  std::vector<std::shared_ptr<const Table>> found;
  auto place = Place(tables, Name(name_space, after));
  for (; place != tables.end() && (*place)->name_space() == name_space && found.size() < limit;
       ++place) {
    if ((*place)->name() == after) continue;
    if ((*place)->description().status == Status::kDeleting && (*place)->GoneAt(clock_.now_ms())) {
      continue;
    }
    found.push_back(*place);
  }
  return found;
}

std::vector<std::shared_ptr<const Table>> Catalog::All() const {
  return Current();
}

StorageId Catalog::NewStorageId(Batch& more) {
  const StorageId id = next_storage_id_++;
  std::string next;
  AppendU64(next, next_storage_id_);
  more.Put(RecordKey(Record::kNextStorageId), next);
  return id;
}

Result<std::shared_ptr<const Table>> Catalog::Create(std::string_view name_space,
                                                     TableDescription description) {
  return Create(name_space, std::move(description),
                [](TableDescription&, Batch&) -> Result<void> { return {}; });
}

Result<std::shared_ptr<const Table>> Catalog::Create(std::string_view name_space,
                                                     TableDescription description, Edit prepare) {
  const std::lock_guard lock(changes_);
  if (const auto existing = Find(name_space, description.name)) {
    if (existing->StatusAt(clock_.now_ms()) == Status::kCreating) {
      return Fail(TableBeingCreated(description.name));
    }
    return Fail(TableExists(description.name));
  }
  if (description.table_id.empty()) description.table_id = RandomUuid();
  description.created_ms = clock_.now_ms();
  for (auto* indexes : {&description.local_indexes, &description.global_indexes}) {
    for (IndexDescription& index : *indexes) index.id = description.next_index_id++;
  }
  Batch batch;
  auto state = std::make_shared<TableState>(NewStorageId(batch));
  DYNAROCK_CHECK(prepare(description, batch));
  auto table = std::make_shared<const Table>(std::string(name_space), std::move(description), state,
                                             nullptr);
  batch.Put(RecordKey(Record::kTable, table->storage_id()), Encode(*table));
  engine_.Write(batch);
  state->current = table;

  auto tables = std::make_shared<Tables>(Current());
  // A table of that name that is gone for everybody, but not yet dropped, stays in front of its
  // successor: it is found by storage id only.
  auto place = Place(*tables, NameOf(table));
  tables->insert(place, table);
  Publish(std::move(tables));
  return table;
}

Result<Catalog::Replaced> Catalog::Replace(std::string_view name_space, std::string_view name,
                                           Edit edit) {
  const std::lock_guard lock(changes_);
  auto before = Find(name_space, name);
  if (before == nullptr) return Fail(NoSuchTable(name));
  return ReplaceLocked(std::move(before), edit);
}

Result<Catalog::Replaced> Catalog::Replace(StorageId id, Edit edit) {
  const std::lock_guard lock(changes_);
  auto before = Find(id);
  if (before == nullptr) return Fail(NoSuchTable(""));
  return ReplaceLocked(std::move(before), edit);
}

Result<Catalog::Replaced> Catalog::ReplaceLocked(std::shared_ptr<const Table> before, Edit edit) {
  TableDescription description = before->description();
  Batch batch;
  DYNAROCK_CHECK(edit(description, batch));
  auto after = std::make_shared<const Table>(before->name_space(), std::move(description),
                                             before->shared_state(), before.get());
  batch.Put(RecordKey(Record::kTable, after->storage_id()), Encode(*after));
  auto tables = std::make_shared<Tables>(Current());
  *std::find(tables->begin(), tables->end(), before) = after;

  TableState& state = after->state();
  state.gate.Close();
  try {
    engine_.Write(batch);
    state.current = after;
  } catch (...) {
    state.gate.Open();
    throw;
  }
  state.gate.Open();
  Publish(std::move(tables));
  return Replaced{std::move(before), std::move(after)};
}

bool Catalog::Drop(StorageId id) {
  const std::lock_guard lock(changes_);
  const auto table = Find(id);
  if (table == nullptr) return false;
  Batch batch;
  batch.Delete(RecordKey(Record::kTable, id));
  batch.Delete(RecordKey(Record::kCounters, id, kTableRows));
  for (const Index& index : table->indexes()) {
    batch.Delete(RecordKey(Record::kCounters, id, index.id));
    batch.Delete(RecordKey(Record::kBackfill, id, index.id));
  }
  if (const IndexId ttl = table->description().ttl_entries.id; ttl != 0) {
    batch.Delete(RecordKey(Record::kBackfill, id, ttl));
  }
  batch.Put(RecordKey(Record::kDropped, id, kTableRows), "");
  auto tables = std::make_shared<Tables>(Current());
  std::erase(*tables, table);
  TableState& state = table->state();
  state.gate.Close();
  try {
    engine_.Write(batch);
    // Older lists keep this version alive for as long as a thread needs it.
    state.current = nullptr;
  } catch (...) {
    state.gate.Open();
    throw;
  }
  state.gate.Open();
  Publish(std::move(tables));
  return true;
}

void Catalog::SaveCounters() {
  const std::lock_guard lock(changes_);
  Batch batch;
  for (const auto& table : Current()) {
    PutCounters(batch, table->storage_id(), kTableRows, table->state().counters);
    for (const Index& index : table->indexes()) {
      PutCounters(batch, table->storage_id(), index.id, *index.counters);
    }
  }
  batch.Put(RecordKey(Record::kClean), "");
  engine_.Write(batch);
}

}  // namespace dynarock

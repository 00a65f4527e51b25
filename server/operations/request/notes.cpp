#include "server/operations/request/notes.h"

#include <utility>

namespace dynarock::operations {

namespace {

// Of a key's value, which is S, N or B: where it ends need not be searched for by type.
uint64_t KeyValueHash(ValueView value) {
  const std::string_view text = value.text();
  const char* end = text.data() + text.size();
  return trace::HashBytes({value.begin(), static_cast<size_t>(end - value.begin())});
}

// `place`: where an item of the thread's had the attribute last, among its attributes; most items
// have the same, and one look there is quicker than a search.
uint64_t ValueHash(ItemView item, const KeyAttribute& attribute, uint32_t& place) {
  if (place < item.count()) {
    const auto [name, value] = item.At(place);
    if (name == attribute.name) return KeyValueHash(value);
  }
  const uint32_t attributes = item.count();
  for (uint32_t i = 0; i < attributes; ++i) {
    const auto [name, value] = item.At(i);
    if (name != attribute.name) continue;
    place = i;
    return KeyValueHash(value);
  }
  return 0;
}

struct KeyHashes {
  uint64_t partition = 0;
  uint64_t sort = 0;
  uint64_t whole = 0;
};

KeyHashes HashesOf(const Table& table, ItemView item) {
  KeyHashes hashes;
  const KeyAttribute& hash = table.key().hash.front();
  const KeyAttribute* range = table.has_range() ? &table.key().range.front() : nullptr;
  if (item.count() == table.key().size()) {  // a key by itself: its attributes by name
    const uint32_t hash_at = table.key().range_sorts_first ? 1 : 0;
    hashes.partition = KeyValueHash(item.At(hash_at).value);
    if (range != nullptr) hashes.sort = KeyValueHash(item.At(1 - hash_at).value);
  } else {
    static constinit thread_local uint32_t hash_place = 0;
    static constinit thread_local uint32_t range_place = 0;
    hashes.partition = ValueHash(item, hash, hash_place);
    if (range != nullptr) hashes.sort = ValueHash(item, *range, range_place);
  }
  // Odd numbers of no meaning, so that neither factor is small.
  hashes.whole = trace::MixHashes(hashes.partition ^ table.storage_id() * 0x9E3779B97F4A7C15u,
                                  hashes.sort ^ 0xA0761D6478BD642Fu);
  if (hashes.whole == 0) hashes.whole = 1;
  return hashes;
}

Access& AddAccess(trace::Trace& trace, AccessKind kind, const AccessTarget& target) {
  Access& access = trace.Add(kind);
  trace.SetTable(access, target.table);
  access.table_name = target.table_name;
  access.input = &target.input;
  access.transactional = target.transactional;
  access.partiql = target.partiql;
  return access;
}

void SetKey(Access& access, const Table& table, ItemView key) {
  const KeyHashes hashes = HashesOf(table, key);
  access.partition_hash = hashes.partition;
  access.sort_hash = hashes.sort;
  access.key_hash = hashes.whole;
}

// `name` may belong to an outcome; the table's own stays.
void AddArm(trace::Trace& trace, Access& access, std::string_view name, bool local, double units) {
  const Index* index = access.table->FindIndex(name);
  if (index != nullptr) trace.AddArm(access, {index->name, local, units});
}

}  // namespace

uint64_t KeyHash(const Table& table, ItemView item) {
  return HashesOf(table, item).whole;
}

uint64_t TokenHash(std::string_view token) {
  return token.empty() ? 0 : trace::HashBytes(token);
}

void NoteGet(Call& call, const AccessTarget& target, ItemView key, std::optional<ItemView> row,
             bool consistent, double units) {
  if (call.trace == nullptr) return;
  Access& access = AddAccess(*call.trace, AccessKind::kGet, target);
  SetKey(access, *target.table, key);
  access.consistent = consistent;
  access.table_units = units;
  if (!row) return;
  access.items_read = access.items_returned = 1;
  access.bytes_read = row->size();
  if (trace::Witness* witness = call.trace->witness()) {
    witness->SeeItem(*row, access, *call.trace);
  }
}

void NoteUnread(Call& call, const AccessTarget& target, ItemView key) {
  if (call.trace == nullptr) return;
  Access& access = AddAccess(*call.trace, AccessKind::kGet, target);
  SetKey(access, *target.table, key);
  access.unprocessed = true;
}

WriteNote::WriteNote(Call& call, AccessKind kind, const AccessTarget& target, ItemView key)
    : trace_(call.trace) {
  if (trace_ == nullptr) return;
  at_ = trace_->size();
  SetKey(AddAccess(*trace_, kind, target), *target.table, key);
}

void WriteNote::Failed(double units) {
  if (trace_ == nullptr) return;
  Access& access = trace_->at(at_);
  access.failed = true;
  access.table_units = units;
}

void WriteNote::Unprocessed() {
  if (trace_ != nullptr) trace_->at(at_).unprocessed = true;
}

void WriteNote::Done(WriteOutcome&& outcome, int factor) {
  if (trace_ == nullptr) return;
  Access& access = trace_->at(at_);
  access.table_units += static_cast<double>(TableWriteUnits(outcome) * factor);
  for (const IndexUnits& units : outcome.index_units) {
    AddArm(*trace_, access, units.index, units.local, static_cast<double>(units.units));
  }
  const WriteOutcome& kept = trace_->Keep(std::move(outcome));
  access.before = kept.old_item();
  access.after = kept.item();
}

PageNote::PageNote(Call& call, AccessKind kind, const AccessTarget& target, const Index* index)
    : trace_(call.trace) {
  if (trace_ == nullptr) return;
  at_ = trace_->size();
  AddAccess(*trace_, kind, target).index = index;
  if (trace_->witness() != nullptr && trace_->witness()->WantsPage()) witness_ = trace_->witness();
}

void PageNote::Returned(ItemView entry) {
  if (witness_ == nullptr) return;
  Access& access = trace_->at(at_);
  if (!trace::Trace::HasRoomForResults(access)) return;
  trace_->BeginResult(access, KeyHash(*access.table, entry));
  witness_->SeePageItem(entry, *trace_);
}

void PageNote::Read(uint64_t items, uint64_t items_returned, uint64_t bytes,
                    const Consumed& consumed) {
  if (trace_ == nullptr) return;
  Access& access = trace_->at(at_);
  access.items_read = items;
  access.items_returned = items_returned;
  access.bytes_read = bytes;
  access.table_units += consumed.table;
  for (const Consumed::Arm& arm : consumed.indexes) {
    AddArm(*trace_, access, arm.index, arm.local, arm.units);
  }
}

void NoteTableChange(Call& call, std::shared_ptr<const Table> before,
                     std::shared_ptr<const Table> after) {
  if (call.trace != nullptr) call.trace->AddTableChange(std::move(before), std::move(after));
}

void NoteAsked(Call& call, const TableDescription& table) {
  if (call.trace != nullptr) call.trace->SetAsked(call.trace->Keep(TableDescription(table)));
}

DeleteNote::DeleteNote(Call& call, const NamedTable& named) : call_(call) {
  if (call.trace == nullptr) return;
  auto table = call.store.Find(named.name_space, named.name);
  // A table that is DELETING stays for a while, and may be deleted again.
  if (table == nullptr || table->StatusAt(call.store.now_ms()) == Status::kDeleting) return;
  before_ = std::move(table);
  call.trace->ShowBeforeDelete(*before_);
}

void DeleteNote::Done() {
  if (before_ != nullptr) call_.trace->AddTableChange(std::move(before_), nullptr);
}

}  // namespace dynarock::operations

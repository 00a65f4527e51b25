// Filling a new index, or the TTL entries of a table. Writers maintain it from the moment it is
// published, so a step only has to add entries that are missing, each under its row's latch.
#include "storage/item/encoded.h"
#include "storage/key/key_part.h"
#include "storage/table/background.h"
#include "storage/table/gate_guard.h"
#include "storage/table/index_entry.h"
#include "storage/table/ttl_entries.h"

namespace dynarock {

namespace {
constexpr size_t kRowsPerStep = 32;
}  // namespace

void Background::RunBackfill(const Job& job) {
  std::string last_row;
  engine_.Get(RecordKey(Record::kBackfill, job.storage, job.index), last_row);
  while (BackfillStep(job, last_row)) {
    if (stop_) return;
  }
  if (!stop_) FinishBackfill(job);
}

bool Background::BackfillStep(const Job& job, std::string& last_row) {
  const auto published = catalog_.Find(job.storage);
  if (published == nullptr) return false;
  TableState& state = published->state();
  GateGuard gate;
  gate.Enter(state);
  const Table* table = state.current.get();
  if (table == nullptr) return false;
  const TimeToLiveEntries& ttl = table->description().ttl_entries;
  const bool for_ttl = ttl.id == job.index;
  const Index* index = for_ttl ? nullptr : table->FindIndex(job.index);
  if (for_ttl ? !ttl.backfilling : index == nullptr || !index->backfilling) return false;

  const std::string prefix = IndexPrefix(job.storage, kTableRows);
  std::vector<std::string> rows;
  std::vector<uint32_t> stripes;
  {
    const auto iterator =
        engine_.NewIterator(last_row.empty() ? prefix : last_row + '\0', PrefixSuccessor(prefix));
    for (iterator->SeekToFirst(); iterator->valid() && rows.size() < kRowsPerStep;
         iterator->Next()) {
      rows.emplace_back(iterator->key());
      stripes.push_back(Latches::StripeOf(rows.back()));
    }
  }
  if (rows.empty()) return false;

  LatchGuard guard(latches_);
  guard.Lock(std::move(stripes));
  Batch batch;
  Pinned row;
  std::string buffer;
  int64_t items = 0;
  int64_t bytes = 0;
  for (const std::string& key : rows) {
    if (!engine_.Get(key, row)) continue;
    const ItemView item(row.bytes());
    if (for_ttl) {
      if (const auto second = ExpirySecond(*table, item)) {
        batch.Put(TtlEntryKey(*table, *second, key), "");
      }
      continue;
    }
    const auto entry = EntryKey(*table, *index, item);
    if (!entry || engine_.Contains(*entry)) continue;
    const std::string_view value = EntryItem(*index, item, buffer);
    batch.Put(*entry, value);
    ++items;
    bytes += ItemView(value).size();
  }
  // An index fills up when there is room again.
  if (memory_ != nullptr && !memory_->Grow(batch.size())) throw EngineError("memory is short");
  last_row = rows.back();
  batch.Put(RecordKey(Record::kBackfill, job.storage, job.index), last_row);
  engine_.Write(batch);
  if (index != nullptr) index->counters->Add(items, bytes);
  return true;
}

void Background::FinishBackfill(const Job& job) {
  // The table or index may be gone by now; then there is nothing to finish.
  const auto finished = catalog_.Replace(
      job.storage, [&](TableDescription& description, Batch& more) -> Result<void> {
        if (description.ttl_entries.id == job.index) description.ttl_entries.backfilling = false;
        for (IndexDescription& index : description.global_indexes) {
          if (index.id != job.index) continue;
          index.backfilling = false;
          if (clock_.now_ms() >= index.settles_ms) index.status = Status::kActive;
        }
        more.Delete(RecordKey(Record::kBackfill, job.storage, job.index));
        return {};
      });
  static_cast<void>(finished);
}

}  // namespace dynarock

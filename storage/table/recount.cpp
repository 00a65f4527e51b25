// Counting a table after an unclean stop.
#include <map>

#include "storage/item/encoded.h"
#include "storage/key/key_part.h"
#include "storage/table/background.h"

namespace dynarock {

void Background::RunRecount(const Job& job) {
  struct Sum {
    int64_t items = 0;
    int64_t bytes = 0;
  };
  std::map<IndexId, Sum> sums;
  const std::string prefix = StoragePrefix(job.storage);
  const auto iterator = engine_.NewIterator(prefix, PrefixSuccessor(prefix), job.view);
  for (iterator->SeekToFirst(); iterator->valid(); iterator->Next()) {
    if (stop_) return;
    Sum& sum = sums[ReadU32(iterator->key(), sizeof(StorageId))];
    ++sum.items;
    sum.bytes += ItemView(iterator->value()).size();
  }
  const auto table = catalog_.Find(job.storage);
  if (table == nullptr) return;
  table->state().counters.Add(sums[kTableRows].items, sums[kTableRows].bytes);
  for (const Index& index : table->indexes()) {
    index.counters->Add(sums[index.id].items, sums[index.id].bytes);
  }
}

}  // namespace dynarock

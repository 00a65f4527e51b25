#include "storage/table/position.h"

#include "storage/key/keyspace.h"
#include "storage/key/partition_hash.h"
#include "storage/table/index_entry.h"
#include "storage/table/row_key.h"

namespace dynarock {

std::optional<std::string> PositionOf(const Table& table, const Index* index, ItemView key) {
  for (size_t i = 0; i < table.key().size(); ++i) {
    const KeyAttribute& attribute = table.key().at(i);
    const auto value = key.Find(attribute.name);
    if (!value || value->type() != attribute.type) return std::nullopt;
  }
  if (index == nullptr) return KeyOfStored(table, key).bytes;
  return EntryKey(table, *index, key);
}

std::string PositionKey(const Table& table, const Index* index, ItemView item) {
  std::string out;
  ProjectItem(item, index == nullptr ? table.position() : index->position, out);
  return out;
}

bool InSegment(std::string_view position, uint32_t segment, uint32_t total_segments) {
  const BucketRange range = BucketsOfSegment(segment, total_segments);
  const uint32_t bucket = BucketOf(HashInKey(position));
  return bucket >= range.begin && bucket < range.end;
}

}  // namespace dynarock

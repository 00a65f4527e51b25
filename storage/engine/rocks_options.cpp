#include "storage/engine/rocks_options.h"

#include <algorithm>

#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

namespace dynarock {

namespace {
// RocksDB's log would be 50 KB per start. What matters comes back as a status.
class NoLog : public rocksdb::Logger {
 public:
  NoLog() : Logger(rocksdb::InfoLogLevel::NUM_INFO_LOG_LEVELS) {}
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
  void LogHeader(const char*, va_list) override {}
};
}  // namespace

rocksdb::Options RocksOptions(const EngineOptions& options) {
  const bool in_memory = options.data_dir.empty();
  rocksdb::Options rocks;
  rocks.info_log = std::make_shared<NoLog>();
  rocks.stats_dump_period_sec = 0;
  rocks.stats_persist_period_sec = 0;

  // Start: opening files one by one beats starting threads for it.
  rocks.max_file_opening_threads = 1;
  rocks.max_open_files = in_memory ? -1 : 512;
  rocks.skip_stats_update_on_db_open = true;
  rocks.skip_checking_sst_file_sizes_on_db_open = true;
  rocks.avoid_flush_during_recovery = true;
  rocks.avoid_flush_during_shutdown = true;  // Close flushes itself, where it is worth it
  rocks.max_background_jobs = 2;

  // Small buffers and early compaction: overwritten items must not pile up.
  rocks.write_buffer_size = 8u << 20;
  rocks.max_write_buffer_number = 3;
  rocks.level0_file_num_compaction_trigger = in_memory ? 2 : 4;
  rocks.target_file_size_base = in_memory ? 4u << 20 : 16u << 20;
  rocks.max_bytes_for_level_base = in_memory ? 16u << 20 : 64u << 20;
  // A compaction holds its input and its output at once.
  if (in_memory) rocks.max_compaction_bytes = 32u << 20;
  rocks.level_compaction_dynamic_level_bytes = true;
  rocks.compression = in_memory ? rocksdb::kNoCompression : rocksdb::kLZ4Compression;
  rocks.memtable_whole_key_filtering = true;
  rocks.memtable_prefix_bloom_size_ratio = 0.02;

  size_t cache_bytes = options.cache_bytes;
  if (options.memory_limit > 0) {
    const auto share = [&](uint64_t part, size_t least, size_t most) {
      return std::clamp<size_t>(options.memory_limit / part, least, most);
    };
    rocks.write_buffer_size = share(64, 1u << 20, rocks.write_buffer_size);
    cache_bytes = share(16, 1u << 20, cache_bytes);
    if (in_memory) {
      // A compaction takes whole files of two levels, and those it writes are in memory beside
      // them.
      rocks.target_file_size_base = share(64, 1u << 20, rocks.target_file_size_base);
      rocks.max_bytes_for_level_base = share(16, 4u << 20, rocks.max_bytes_for_level_base);
      rocks.max_compaction_bytes = share(32, 2u << 20, rocks.max_compaction_bytes);
    }
  }

  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(cache_bytes, /*num_shard_bits=*/2);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.data_block_index_type = rocksdb::BlockBasedTableOptions::kDataBlockBinaryAndHash;
  table.format_version = 5;
  rocks.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return rocks;
}

}  // namespace dynarock

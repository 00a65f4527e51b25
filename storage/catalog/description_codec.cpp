#include "storage/catalog/description_codec.h"

#include "storage/catalog/field_codec.h"

namespace dynarock {

// Version 1 had neither TTL entries nor streams, version 2 did not know how long changes take.
static constexpr char kVersion = kDescriptionVersion;

// One list of fields per struct serves both directions.
static void Fields(auto& archive, AttributeDefinition& d) {
  archive(d.name, d.type);
}
static void Fields(auto& archive, KeyElement& d) {
  archive(d.attribute, d.role);
}
static void Fields(auto& archive, Projection& d) {
  archive(d.type, d.non_key_attributes);
}
static void Fields(auto& archive, Throughput& d) {
  archive(d.read, d.write, d.last_increase_ms, d.last_decrease_ms, d.decreases_today);
}
static void Fields(auto& archive, OnDemandThroughput& d) {
  archive(d.max_read, d.max_write);
}
static void Fields(auto& archive, WarmThroughput& d) {
  archive(d.read, d.write);
}
static void Fields(auto& archive, ServerSideEncryption& d) {
  archive(d.enabled, d.type, d.key_id);
}
static void Fields(auto& archive, TimeToLive& d) {
  archive(d.enabled, d.attribute, d.changed_ms);
}
static void Fields(auto& archive, TimeToLiveEntries& d) {
  archive(d.id, d.backfilling);
}
static void Fields(auto& archive, StreamSettings& d) {
  archive(d.enabled, d.view_type, d.id, d.label);
}
static void Fields(auto& archive, PointInTimeRecovery& d) {
  archive(d.enabled, d.period_days, d.enabled_ms);
}
static void Fields(auto& archive, Tag& d) {
  archive(d.key, d.value);
}
static void Fields(auto& archive, IndexDescription& d) {
  archive(d.name, d.id, d.key, d.projection, d.throughput, d.on_demand, d.warm, d.status,
          d.backfilling, d.settles_ms);
  if (archive.version() >= 3) archive(d.warm_settles_ms);
}
static void Fields(auto& archive, Changes& d) {
  archive(d.bits);
}
static void Fields(auto& archive, TableDescription& d) {
  archive(d.name, d.region, d.account, d.table_id, d.created_ms, d.attributes, d.key,
          d.local_indexes, d.global_indexes, d.billing, d.shows_billing,
          d.last_update_to_pay_per_request_ms);
  if (archive.version() < 3) {
    std::vector<int64_t> switches_to_on_demand;  // they are no longer limited
    archive(switches_to_on_demand);
  }
  archive(d.throughput, d.on_demand, d.warm, d.deletion_protection, d.encryption, d.table_class,
          d.table_class_changed_ms, d.tags, d.ttl, d.recovery, d.status, d.settles_ms,
          d.next_index_id);
  if (archive.version() >= 2) archive(d.ttl_entries, d.stream);
  if (archive.version() >= 3) {
    archive(d.warm_settles_ms, d.encryption_changes_ms, d.encryption_settles_ms,
            d.table_class_changes_ms, d.tags_settle_ms, d.changing);
  }
}
static void Fields(auto& archive, StoredDescription& d) {
  archive(d.name_space, d.description);
}

std::string EncodeDescription(const StoredDescription& stored, char version) {
  std::string out(1, version);
  StoredDescription copy = stored;  // the lists of fields are shared with the reader
  FieldWriter writer(out, version);
  Fields(writer, copy);
  return out;
}

std::optional<StoredDescription> DecodeDescription(std::string_view bytes) {
  if (bytes.empty() || bytes.front() < 1 || bytes.front() > kVersion) return std::nullopt;
  FieldReader reader(bytes.substr(1), bytes.front());
  StoredDescription stored;
  Fields(reader, stored);
  if (!reader.complete()) return std::nullopt;
  return stored;
}

}  // namespace dynarock

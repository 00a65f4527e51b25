// What a table is: everything CreateTable and UpdateTable set and DescribeTable shows, in plain
// structs. Times are milliseconds since 1970. The rules about what is allowed live with the
// operations; these structs only hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/item/type.h"
#include "storage/key/keyspace.h"

namespace dynarock {

// The enum values lie on disk and never change.

struct AttributeDefinition {
  std::string name;
  Type type = Type::kString;  // kString, kNumber or kBinary
  bool operator==(const AttributeDefinition&) const = default;
};

enum class KeyRole : uint8_t { kHash = 0, kRange = 1 };

struct KeyElement {
  std::string attribute;
  KeyRole role = KeyRole::kHash;
  bool operator==(const KeyElement&) const = default;
};
// In the order given: all HASH elements, then all RANGE elements.
using KeySchema = std::vector<KeyElement>;

enum class ProjectionType : uint8_t { kAll = 0, kKeysOnly = 1, kInclude = 2 };

struct Projection {
  ProjectionType type = ProjectionType::kAll;
  std::vector<std::string> non_key_attributes;  // kInclude, as given
  bool operator==(const Projection&) const = default;
};

// Provisioned units; zero on demand.
struct Throughput {
  int64_t read = 0;
  int64_t write = 0;
  std::optional<int64_t> last_increase_ms;
  std::optional<int64_t> last_decrease_ms;
  int64_t decreases_today = 0;  // as of last_decrease_ms's day
  bool operator==(const Throughput&) const = default;
};

struct OnDemandThroughput {
  std::optional<int64_t> max_read;
  std::optional<int64_t> max_write;
  bool operator==(const OnDemandThroughput&) const = default;
};

struct WarmThroughput {
  std::optional<int64_t> read;
  std::optional<int64_t> write;
  bool operator==(const WarmThroughput&) const = default;
};

// Status names are the API's for both tables and indexes.
enum class Status : uint8_t { kCreating = 0, kActive = 1, kUpdating = 2, kDeleting = 3 };
std::string_view StatusName(Status status);  // "CREATING", "ACTIVE", "UPDATING", "DELETING"

struct IndexDescription {
  std::string name;
  IndexId id = 0;  // given by the catalog; 0: a new index
  KeySchema key;
  Projection projection;

  // Global indexes only from here on.
  Throughput throughput;
  std::optional<OnDemandThroughput> on_demand;
  std::optional<WarmThroughput> warm;
  Status status = Status::kActive;
  // The index was added to an existing table and its entries are still being made.
  bool backfilling = false;
  // CREATING, UPDATING: becomes ACTIVE no earlier than this; DELETING: is gone from then on.
  int64_t settles_ms = 0;
  int64_t warm_settles_ms = 0;  // as the table's
  bool operator==(const IndexDescription&) const = default;
};

enum class BillingMode : uint8_t { kProvisioned = 0, kPayPerRequest = 1 };

struct ServerSideEncryption {
  bool enabled = false;
  std::string type;    // "KMS" or "AES256"; empty: not given
  std::string key_id;  // empty: not given
  bool operator==(const ServerSideEncryption&) const = default;
};

struct TimeToLive {
  bool enabled = false;
  std::string attribute;
  int64_t changed_ms = 0;  // 0: never set
  bool operator==(const TimeToLive&) const = default;
};

// The entries that tell which items expire when (storage/key/keyspace.h).
struct TimeToLiveEntries {
  IndexId id = 0;            // 0: TTL is off
  bool backfilling = false;  // entries of items from before TTL was enabled are still being made
  bool operator==(const TimeToLiveEntries&) const = default;
};

// The enum's names are the API's: KEYS_ONLY, NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES.
enum class StreamViewType : uint8_t {
  kKeysOnly = 0,
  kNewImage = 1,
  kOldImage = 2,
  kNewAndOldImages = 3
};
std::string_view StreamViewTypeName(StreamViewType type);
std::optional<StreamViewType> StreamViewTypeFromName(std::string_view name);

struct StreamSettings {
  bool enabled = false;
  StreamViewType view_type = StreamViewType::kKeysOnly;
  // Of the newest stream, also after it was disabled; 0 and empty: there never was one. Given by
  // the store when a stream is enabled.
  StorageId id = 0;
  std::string label;  // "2015-05-11T21:21:33.291"
  bool operator==(const StreamSettings&) const = default;
};

struct PointInTimeRecovery {
  bool enabled = false;
  int32_t period_days = 35;
  int64_t enabled_ms = 0;
  bool operator==(const PointInTimeRecovery&) const = default;
};

struct Tag {
  std::string key;
  std::string value;
  bool operator==(const Tag&) const = default;
};

// Why a table is UPDATING.
enum class Changing : uint8_t {
  kThroughput = 1 << 0,
  kBillingMode = 1 << 1,
  kStream = 1 << 2,
  kTableClass = 1 << 3,
  kIndexes = 1 << 4,  // a global index is being allocated or deleted
};
// Several of them.
struct Changes {
  uint8_t bits = 0;
  void Add(Changing change) { bits |= static_cast<uint8_t>(change); }
  bool Has(Changing change) const { return (bits & static_cast<uint8_t>(change)) != 0; }
  bool empty() const { return bits == 0; }
  bool operator==(const Changes&) const = default;
};

struct TableDescription {
  std::string name;
  std::string region;                           // for the ARN
  std::string account;                          // for the ARN; 12 digits
  std::string table_id;                         // UUID; given by the catalog when empty
  int64_t created_ms = 0;                       // given by the catalog
  std::vector<AttributeDefinition> attributes;  // as given
  KeySchema key;
  std::vector<IndexDescription> local_indexes;   // as given
  std::vector<IndexDescription> global_indexes;  // as given

  BillingMode billing = BillingMode::kProvisioned;
  // BillingModeSummary is shown: the mode was PAY_PER_REQUEST at some time.
  bool shows_billing = false;
  std::optional<int64_t> last_update_to_pay_per_request_ms;
  Throughput throughput;
  std::optional<OnDemandThroughput> on_demand;
  std::optional<WarmThroughput> warm;
  int64_t warm_settles_ms = 0;  // its change is under way until then

  bool deletion_protection = false;
  std::optional<ServerSideEncryption> encryption;
  std::vector<int64_t> encryption_changes_ms;  // of the last day, ascending
  int64_t encryption_settles_ms = 0;           // the last one is under way until then
  std::string table_class;  // "STANDARD", "STANDARD_INFREQUENT_ACCESS"; empty: never given
  std::optional<int64_t> table_class_changed_ms;
  std::vector<int64_t> table_class_changes_ms;  // of the last 30 days, ascending
  std::vector<Tag> tags;
  int64_t tags_settle_ms = 0;  // their change is under way until then
  TimeToLive ttl;
  PointInTimeRecovery recovery;
  TimeToLiveEntries ttl_entries;  // given by the store
  StreamSettings stream;

  Status status = Status::kActive;
  Changes changing;  // while UPDATING
  // CREATING, UPDATING: ACTIVE from then on. DELETING: gone from then on.
  int64_t settles_ms = 0;
  IndexId next_index_id = 1;

  // The table's and an index's ARN.
  std::string Arn() const;
  std::string IndexArn(std::string_view index) const;
  std::string StreamArn() const;  // of the newest stream
  const AttributeDefinition* FindAttribute(std::string_view attribute) const;
  bool operator==(const TableDescription&) const = default;
};

}  // namespace dynarock

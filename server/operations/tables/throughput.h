// Throughputs of tables and indexes as requests give them: provisioned, on demand and warm. Texts
// as recorded by dynalite and captured on the service.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/catalog/description.h"
#include "storage/item/json.h"
#include "storage/item/result.h"

namespace dynarock::operations {

inline constexpr int64_t kMostUnits = 1'000'000'000'000;
// The service's default quotas, of a table and of an account in a region (Developer Guide, Quotas).
inline constexpr int64_t kTableQuota = 40'000;
inline constexpr int64_t kAccountQuota = 80'000;

// What an on-demand table or index can take at once when it is new, in units per second.
inline constexpr int64_t kWarmReadsOnDemand = 12'000;
inline constexpr int64_t kWarmWritesOnDemand = 4'000;

struct Units {
  int64_t read = 0;
  int64_t write = 0;
  bool operator==(const Units&) const = default;
};

// The ProvisionedThroughput member; nullopt when it is absent.
std::optional<Units> ReadUnits(const JsonValue& input);
// `index`: the index's name, empty for the table.
Result<void> CheckUnits(const Units& units, std::string_view index);

// What is limited in units: a table or a global index. `index`: its name; empty: the table.
struct Capacity {
  BillingMode billing = BillingMode::kProvisioned;
  std::string_view region;
  std::string_view index = {};
};

// Makes `throughput` what was asked for, at that time: notes increases and decreases with their
// dates. Errors: the units are what they were (Validation); a decrease too soon after the day's
// first four (LimitExceeded).
Result<void> ChangeUnits(const Units& units, int64_t now_ms, std::string_view index,
                         Throughput& throughput);
// Decreases so far on the (UTC) day of `now_ms`.
int64_t DecreasesToday(const Throughput& throughput, int64_t now_ms);

// Which operation speaks: their texts differ.
enum class Asking { kCreate, kUpdate };

// Merges the OnDemandThroughput member into `on_demand`; -1 lifts a limit, in an update. An absent
// or empty member changes nothing.
Result<void> MergeOnDemand(const JsonValue& input, const Capacity& capacity, Asking asking,
                           std::optional<OnDemandThroughput>& on_demand);

// Warm throughput in force: what was asked for, or what the billing mode and units give if that is
// more.
Units WarmUnits(BillingMode billing, const Throughput& throughput,
                const std::optional<WarmThroughput>& warm);

// Keeps what is in force: warm throughput never falls with the units.
void KeepWarm(BillingMode billing, const Throughput& throughput,
              std::optional<WarmThroughput>& warm);

// Merges the WarmThroughput member into `warm`. It may not be lower than what is in force.
Result<void> MergeWarm(const JsonValue& input, const Capacity& capacity, Asking asking,
                       const Throughput& throughput, std::optional<WarmThroughput>& warm);

// Of a global index that is being made: its ProvisionedThroughput, which the billing mode asks for
// or forbids; then its OnDemandThroughput and WarmThroughput.
Result<void> ReadIndexUnits(const JsonValue& input, BillingMode billing, Asking asking,
                            IndexDescription& index);
Result<void> ReadIndexCapacity(const JsonValue& input, const Capacity& capacity, Asking asking,
                               IndexDescription& index);

// Units that an account's provisioned tables reserve, indexes included.
Units ReservedUnits(const TableDescription& table);
// Error (LimitExceeded): units above the quota of a table or index; above the account's, of which
// `others` are reserved by other tables.
Result<void> CheckTableQuotas(const TableDescription& table);
Result<void> CheckAccountQuotas(const TableDescription& table, const Units& others);

}  // namespace dynarock::operations

#include "server/operations/tables/throughput.h"

#include <algorithm>
#include <utility>

#include "server/operations/request/members.h"
#include "server/operations/tables/errors.h"

namespace dynarock::operations {

namespace {

constexpr int64_t kDayMs = 86'400'000;
constexpr int64_t kLift = -1;

constexpr int64_t kHourMs = 3'600'000;
constexpr int64_t kFreeDecreases = 4;  // of a UTC day

constexpr std::string_view kInitialOnDemand =
    "initial throughput for OnDemand. See: "
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
    "on-demand-capacity-mode.html#on-demand-capacity-mode-initial";

Error WarmTooLow(std::string_view unit, const Capacity& capacity, Asking asking) {
  std::string than = "current WarmThroughput, decreasing WarmThroughput is not supported";
  if (asking == Asking::kCreate) {
    than = capacity.billing == BillingMode::kPayPerRequest
               ? std::string(kInitialOnDemand)
               : std::string(unit) + "CapacityUnits of ProvisionedThroughput";
  }
  return WarmThroughputTooLow(unit, than, capacity.index);
}

}  // namespace

std::optional<Units> ReadUnits(const JsonValue& input) {
  const JsonValue* throughput = FindMember(input, "ProvisionedThroughput");
  if (throughput == nullptr) return std::nullopt;
  return Units{.read = Integer(*throughput, "ReadCapacityUnits").value_or(0),
               .write = Integer(*throughput, "WriteCapacityUnits").value_or(0)};
}

Result<void> CheckUnits(const Units& units, std::string_view index) {
  const auto check = [&](int64_t value, std::string_view name) -> Result<void> {
    if (value <= kMostUnits) return {};
    return Fail(ThroughputOutOfBounds(value, name, index));
  };
  DYNAROCK_CHECK(check(units.read, "ReadCapacityUnits"));
  return check(units.write, "WriteCapacityUnits");
}

Result<void> ChangeUnits(const Units& units, int64_t now_ms, std::string_view index,
                         Throughput& throughput) {
  const Units now{.read = throughput.read, .write = throughput.write};
  if (units == now) return Fail(ThroughputUnchanged(index, now, units));
  if (units.read < now.read || units.write < now.write) {
    const int64_t today = DecreasesToday(throughput, now_ms);
    const int64_t last = throughput.last_decrease_ms.value_or(0);
    if (today >= kFreeDecreases && now_ms < last + kHourMs) {
      const int64_t midnight = (now_ms / kDayMs + 1) * kDayMs;
      return Fail(DecreasedTooOften(today, last, std::min(last + kHourMs, midnight)));
    }
    throughput.decreases_today = today + 1;
    throughput.last_decrease_ms = now_ms;
  }
  if (units.read > now.read || units.write > now.write) throughput.last_increase_ms = now_ms;
  throughput.read = units.read;
  throughput.write = units.write;
  return {};
}

int64_t DecreasesToday(const Throughput& throughput, int64_t now_ms) {
  if (!throughput.last_decrease_ms) return 0;
  return *throughput.last_decrease_ms / kDayMs == now_ms / kDayMs ? throughput.decreases_today : 0;
}

Result<void> MergeOnDemand(const JsonValue& input, const Capacity& capacity, Asking asking,
                           std::optional<OnDemandThroughput>& on_demand) {
  const JsonValue* given = FindMember(input, "OnDemandThroughput");
  if (given == nullptr) return {};
  OnDemandThroughput merged = on_demand.value_or(OnDemandThroughput{});
  const auto merge = [&](std::string_view name, std::optional<int64_t>& limit) -> Result<void> {
    const auto value = Integer(*given, name);
    if (!value) return {};
    if (capacity.billing == BillingMode::kProvisioned) {
      return Fail(OnDemandThroughputOfProvisioned(asking, name, capacity.index));
    }
    const bool lifts = *value == kLift && asking == Asking::kUpdate;
    if (*value < 1 && !lifts) return Fail(OnDemandThroughputOutOfRange(name, capacity.index));
    if (*value > kTableQuota) {
      return Fail(OnDemandThroughputOverQuota(name, capacity.index, capacity.region));
    }
    limit = lifts ? std::nullopt : value;
    return {};
  };
  DYNAROCK_CHECK(merge("MaxReadRequestUnits", merged.max_read));
  DYNAROCK_CHECK(merge("MaxWriteRequestUnits", merged.max_write));
  on_demand.reset();
  if (merged != OnDemandThroughput{}) on_demand = merged;
  return {};
}

Units WarmUnits(BillingMode billing, const Throughput& throughput,
                const std::optional<WarmThroughput>& warm) {
  Units units{.read = throughput.read, .write = throughput.write};
  if (billing == BillingMode::kPayPerRequest) {
    units = {.read = kWarmReadsOnDemand, .write = kWarmWritesOnDemand};
  }
  if (warm) {
    units.read = std::max(units.read, warm->read.value_or(0));
    units.write = std::max(units.write, warm->write.value_or(0));
  }
  return units;
}

void KeepWarm(BillingMode billing, const Throughput& throughput,
              std::optional<WarmThroughput>& warm) {
  const Units now = WarmUnits(billing, throughput, warm);
  warm = WarmThroughput{.read = now.read, .write = now.write};
}

Result<void> MergeWarm(const JsonValue& input, const Capacity& capacity, Asking asking,
                       const Throughput& throughput, std::optional<WarmThroughput>& warm) {
  const JsonValue* given = FindMember(input, "WarmThroughput");
  if (given == nullptr) return {};
  const Units now = WarmUnits(capacity.billing, throughput, warm);
  WarmThroughput merged = warm.value_or(WarmThroughput{});
  if (const auto read = Integer(*given, "ReadUnitsPerSecond")) {
    if (*read < now.read) return Fail(WarmTooLow("Read", capacity, asking));
    merged.read = read;
  }
  if (const auto write = Integer(*given, "WriteUnitsPerSecond")) {
    if (*write < now.write) return Fail(WarmTooLow("Write", capacity, asking));
    merged.write = write;
  }
  if (merged != WarmThroughput{}) warm = merged;
  return {};
}

Result<void> ReadIndexUnits(const JsonValue& input, BillingMode billing, Asking asking,
                            IndexDescription& index) {
  const auto units = ReadUnits(input);
  if (billing == BillingMode::kPayPerRequest) {
    if (!units) return {};
    return Fail(IndexThroughputOnDemand(asking, index.name));
  }
  if (!units) return Fail(IndexThroughputMissing(asking, index.name));
  DYNAROCK_CHECK(CheckUnits(*units, index.name));
  index.throughput.read = units->read;
  index.throughput.write = units->write;
  return {};
}

Result<void> ReadIndexCapacity(const JsonValue& input, const Capacity& capacity, Asking asking,
                               IndexDescription& index) {
  DYNAROCK_CHECK(MergeOnDemand(input, capacity, asking, index.on_demand));
  return MergeWarm(input, capacity, Asking::kCreate, index.throughput, index.warm);
}

Units ReservedUnits(const TableDescription& table) {
  Units units{.read = table.throughput.read, .write = table.throughput.write};
  for (const IndexDescription& index : table.global_indexes) {
    units.read += index.throughput.read;
    units.write += index.throughput.write;
  }
  return units;
}

Result<void> CheckTableQuotas(const TableDescription& table) {
  const auto check = [&](const Throughput& units, std::string_view index) -> Result<void> {
    for (const auto& [member, value] : {std::pair{"ReadCapacityUnits", units.read},
                                        std::pair{"WriteCapacityUnits", units.write}}) {
      if (value > kTableQuota) return Fail(OverTableQuota(member, value, index, table.region));
    }
    return {};
  };
  DYNAROCK_CHECK(check(table.throughput, {}));
  for (const IndexDescription& index : table.global_indexes) {
    DYNAROCK_CHECK(check(index.throughput, index.name));
  }
  return {};
}

Result<void> CheckAccountQuotas(const TableDescription& table, const Units& others) {
  const Units asked = ReservedUnits(table);
  if (others.read + asked.read > kAccountQuota) {
    return Fail(OverAccountQuota("ReadCapacityUnits", others.read, asked.read, table.region));
  }
  if (others.write + asked.write > kAccountQuota) {
    return Fail(OverAccountQuota("WriteCapacityUnits", others.write, asked.write, table.region));
  }
  return {};
}

}  // namespace dynarock::operations

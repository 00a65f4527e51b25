#include "server/operations/tables/throughput.h"

#include <algorithm>

#include "server/operations/request/members.h"
#include "server/operations/tables/errors.h"

namespace dynarock::operations {

namespace {

constexpr int64_t kDayMs = 86'400'000;
constexpr int64_t kLift = -1;

std::string ForWhat(std::string_view index) {
  return index.empty() ? "for table" : "for index " + std::string(index);
}

Result<void> CheckWarm(int64_t asked, int64_t least, int64_t base, bool read, BillingMode billing,
                       std::string_view index) {
  if (asked >= least) return {};
  const std::string unit = read ? "Read" : "Write";
  std::string than = "current WarmThroughput";  // it can only rise; the text is ours
  if (asked < base) {
    than = billing == BillingMode::kPayPerRequest ? "initial throughput for OnDemand"
                                                  : unit + "CapacityUnits of ProvisionedThroughput";
  }
  return Fail(WarmThroughputTooLow(unit, ForWhat(index), than, index));
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

void ChangeUnits(const Units& units, int64_t now_ms, Throughput& throughput) {
  if (units.read > throughput.read || units.write > throughput.write) {
    throughput.last_increase_ms = now_ms;
  }
  if (units.read < throughput.read || units.write < throughput.write) {
    throughput.decreases_today = DecreasesToday(throughput, now_ms) + 1;
    throughput.last_decrease_ms = now_ms;
  }
  throughput.read = units.read;
  throughput.write = units.write;
}

int64_t DecreasesToday(const Throughput& throughput, int64_t now_ms) {
  if (!throughput.last_decrease_ms) return 0;
  return *throughput.last_decrease_ms / kDayMs == now_ms / kDayMs ? throughput.decreases_today : 0;
}

Result<void> MergeOnDemand(const JsonValue& input, BillingMode billing, Asking asking,
                           std::string_view index, std::optional<OnDemandThroughput>& on_demand) {
  const JsonValue* given = FindMember(input, "OnDemandThroughput");
  if (given == nullptr) return {};
  OnDemandThroughput merged = on_demand.value_or(OnDemandThroughput{});
  const auto merge = [&](std::string_view name, std::optional<int64_t>& limit) -> Result<void> {
    const auto value = Integer(*given, name);
    if (!value) return {};
    if (billing == BillingMode::kProvisioned) {
      const bool create = asking == Asking::kCreate;
      return Fail(
          OnDemandThroughputOfProvisioned(name, create ? "table BillingMode is PROVISIONED."
                                                       : "the table BillingMode is PROVISIONED"));
    }
    if (*value < 1 && *value != kLift) {
      return Fail(OnDemandThroughputOutOfRange(name, ForWhat(index), index));
    }
    limit = *value == kLift ? std::nullopt : value;
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

Result<void> MergeWarm(const JsonValue& input, BillingMode billing, const Throughput& throughput,
                       std::string_view index, std::optional<WarmThroughput>& warm) {
  const JsonValue* given = FindMember(input, "WarmThroughput");
  if (given == nullptr) return {};
  const Units base = WarmUnits(billing, throughput, std::nullopt);
  const Units now = WarmUnits(billing, throughput, warm);
  WarmThroughput merged = warm.value_or(WarmThroughput{});
  if (const auto read = Integer(*given, "ReadUnitsPerSecond")) {
    DYNAROCK_CHECK(CheckWarm(*read, now.read, base.read, true, billing, index));
    merged.read = read;
  }
  if (const auto write = Integer(*given, "WriteUnitsPerSecond")) {
    DYNAROCK_CHECK(CheckWarm(*write, now.write, base.write, false, billing, index));
    merged.write = write;
  }
  if (merged != WarmThroughput{}) warm = merged;
  return {};
}

Result<void> ReadIndexUnits(const JsonValue& input, BillingMode billing, IndexDescription& index) {
  const auto units = ReadUnits(input);
  if (billing == BillingMode::kPayPerRequest) {
    if (!units) return {};
    return Fail(IndexThroughputOnDemand(index.name));
  }
  if (!units) return Fail(IndexThroughputMissing(index.name));
  DYNAROCK_CHECK(CheckUnits(*units, index.name));
  index.throughput.read = units->read;
  index.throughput.write = units->write;
  return {};
}

Result<void> ReadIndexCapacity(const JsonValue& input, BillingMode billing, Asking asking,
                               IndexDescription& index) {
  DYNAROCK_CHECK(MergeOnDemand(input, billing, asking, index.name, index.on_demand));
  return MergeWarm(input, billing, index.throughput, index.name, index.warm);
}

}  // namespace dynarock::operations

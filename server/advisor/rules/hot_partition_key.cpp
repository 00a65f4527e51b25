// hot-partition-key: one partition key gets most of a table's traffic.
//
// Sees how often each partition key value of the table is read and written (a sketch of the 48 most
// frequent). Speaks from `hot_key_requests` requests on when there are ten keys or more and one has
// `hot_key_percent` of the traffic, or 30 % of 1000 requests: a note, since a test suite often
// works as one user; a warning from 1000 requests on, or 500 over 30 keys, unless the key says that
// it is for tests. Why: a partition serves 3000 read and 1000 write units a second, whatever the
// table's capacity.
#include <algorithm>
#include <array>
#include <cctype>

#include "server/advisor/rules/rules.h"
#include "storage/item/text.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "hot-partition-key";

// The user that a test suite logs in as.
bool IsOfTests(std::string_view label) {
  static constexpr std::array<std::string_view, 8> kWords = {
      "test", "demo", "dummy", "sample", "example", "fixture", "mock", "e2e"};
  std::string lower;
  for (const char c : label) {
    lower += Lower(c);
  }
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

// How many requests named a partition key, where `counted` is what a sample stands for.
uint64_t RequestsByKey(const TableCase& table, uint64_t counted) {
  uint64_t of_items = 0;
  uint64_t queries = 0;
  for (const RequestKind* kind : table.kinds) {
    if (kind->access_kind == trace::AccessKind::kScan) continue;
    (kind->access_kind == trace::AccessKind::kQuery ? queries : of_items) +=
        kind->traffic.entries();
  }
  return std::clamp(counted, of_items, of_items + queries);
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  constexpr uint64_t kKeys = 10;
  constexpr uint64_t kMany = 1000;
  constexpr uint64_t kSome = 500;
  constexpr uint64_t kManyKeys = 30;
  constexpr uint64_t kShareOfMany = 30;
  for (const TableCase& table : given.tables) {
    const KeySketch& keys = table.facts.keys;
    const uint64_t total = keys.total();
    if (total < given.thresholds().hot_key_requests || keys.distinct() < kKeys) continue;
    const auto frequent = keys.Frequent();
    const uint64_t count = frequent.front().count - frequent.front().error;
    const uint64_t percent = total >= kMany
                                 ? std::min(kShareOfMany, given.thresholds().hot_key_percent)
                                 : given.thresholds().hot_key_percent;
    if (count * 100 < total * percent) continue;
    Sighting seen;
    // Of later requests a sample is looked at.
    const uint64_t requests = RequestsByKey(table, total);
    const auto of_all = [&](uint64_t weighed) {
      return static_cast<uint64_t>(static_cast<double>(weighed) * static_cast<double>(requests) /
                                   static_cast<double>(total));
    };
    seen.count = of_all(count);
    seen.first_ms = table.first_ms;
    seen.last_ms = table.last_ms;
    const std::string label = frequent.front().label;
    const bool sure =
        !IsOfTests(label) && (total >= kMany || (total >= kSome && keys.distinct() >= kManyKeys));
    Finding& finding = findings.emplace_back(
        Of(table, seen, kId, sure ? Severity::kWarning : Severity::kNote,
           "One partition key" + (label.empty() ? "" : ", \"" + label + "\",") + " gets " +
               Percent(static_cast<double>(count), static_cast<double>(total)) +
               " of the table's traffic."));
    finding.evidence.emplace_back("requests by key", Figure(requests));
    finding.evidence.emplace_back("to this key",
                                  (requests == total ? "" : "about ") + Figure(of_all(count)));
    finding.evidence.emplace_back("different keys, about", Figure(keys.distinct()));
    finding.consequence =
        "All items of one partition key share a partition's 3000 read and 1000 write units a "
        "second; beyond that requests are throttled although the table has capacity left.";
    finding.advice = "Spread the key: add a suffix (\"" +
                     (label.empty() ? std::string("key") : label) +
                     "#0\" to \"#9\") and write to a random one, read all; cache what is read by "
                     "everybody (DAX, or "
                     "in the process); split counters into shards.";
  }
}

}  // namespace

extern const Rule kHotPartitionKey{kId, Judge};

}  // namespace dynarock::advisor

// partition-rate: more units a second on one partition key than a partition serves.
//
// Sees, for the most frequent partition keys, the units of each second. Speaks, as a note, when
// three seconds or more reached 3000 read or 1000 write units: what a test drives so is seldom the
// rate of production, but a key that can be driven so has no room to grow. Why: DynamoDB throttles
// the partition; this server does not.
#include "server/advisor/rules/rules.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "partition-rate";

void Judge(const Case& given, std::vector<Finding>& findings) {
  constexpr uint64_t kSeconds = 3;
  for (const TableCase& table : given.tables) {
    for (const KeySketch::Key& key : table.facts.keys.Frequent()) {
      if (key.seconds_over < kSeconds) continue;
      Sighting seen;
      seen.count = key.seconds_over;
      seen.first_ms = table.first_ms;
      seen.last_ms = table.last_ms;
      Finding& finding = findings.emplace_back(
          Of(table, seen, kId, Severity::kNote,
             "One partition key" + (key.label.empty() ? "" : ", \"" + key.label + "\",") +
                 " had more traffic than a partition serves."));
      finding.evidence.emplace_back("seconds over the limit", Figure(key.seconds_over));
      finding.evidence.emplace_back("most read units in a second", Units(key.most_read));
      finding.evidence.emplace_back("most write units in a second", Units(key.most_write));
      finding.consequence =
          "At this rate DynamoDB answers ProvisionedThroughputExceededException (throttling), "
          "also on demand: a partition key is limited to 3000 read and 1000 write units a second.";
      finding.advice = "Spread the writes over several partition keys; batch and cache reads.";
      break;
    }
  }
}

}  // namespace

extern const Rule kPartitionRate{kId, Judge};

}  // namespace dynarock::advisor

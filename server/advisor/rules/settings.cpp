#include "server/advisor/rules/settings.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "server/advisor/rules/rules.h"
#include "server/document/map_reader.h"

namespace dynarock::advisor {

bool Settings::Suppresses(const Finding& finding) const {
  return std::any_of(suppressions.begin(), suppressions.end(), [&](const Suppression& one) {
    return (one.rule.empty() || one.rule == finding.id) &&
           (one.table.empty() || one.table == finding.table) &&
           (one.index.empty() || one.index == finding.index);
  });
}

namespace {

struct Named {
  std::string_view name;
  uint64_t Thresholds::* value;
};

constexpr std::array kThresholds = {
    Named{"filter-discarded-percent", &Thresholds::filter_discarded_percent},
    Named{"filter-items", &Thresholds::filter_items},
    Named{"scans", &Thresholds::scans},
    Named{"unfollowed-pages", &Thresholds::unfollowed_pages},
    Named{"page-near-limit-kb", &Thresholds::page_near_limit_kb},
    Named{"fetched-one-by-one", &Thresholds::fetched_one_by_one},
    Named{"loop-gets", &Thresholds::loop_gets},
    Named{"unused-index-writes", &Thresholds::unused_index_writes},
    Named{"unasked-reads", &Thresholds::unasked_reads},
    Named{"hazard-reads", &Thresholds::hazard_reads},
    Named{"hazard-ms", &Thresholds::hazard_ms},
    Named{"large-item-kb", &Thresholds::large_item_kb},
    Named{"growing-list-updates", &Thresholds::growing_list_updates},
    Named{"rewrites", &Thresholds::rewrites},
    Named{"left-out-items", &Thresholds::left_out_items},
    Named{"temporary-items", &Thresholds::temporary_items},
    Named{"hot-key-percent", &Thresholds::hot_key_percent},
    Named{"hot-key-requests", &Thresholds::hot_key_requests},
    Named{"low-cardinality-items", &Thresholds::low_cardinality_items},
    Named{"partial-upserts", &Thresholds::partial_upserts},
    Named{"partial-puts", &Thresholds::partial_puts},
    Named{"lost-updates", &Thresholds::lost_updates},
    Named{"written-back", &Thresholds::written_back},
    Named{"failed-conditions", &Thresholds::failed_conditions},
    Named{"failed-conditions-percent", &Thresholds::failed_conditions_percent},
    Named{"single-transactions", &Thresholds::single_transactions},
    Named{"consistent-reads", &Thresholds::consistent_reads},
    Named{"retries", &Thresholds::retries},
    Named{"glued-expressions", &Thresholds::glued_expressions},
    Named{"orphaned-parents", &Thresholds::orphaned_parents},
    Named{"refused-index-keys", &Thresholds::refused_index_keys},
};

std::string ReadThresholds(const document::Node& node, Thresholds& thresholds) {
  if (node.kind != document::Node::Kind::kMap) {
    return document::Complaint(node.place, "\"thresholds\" is a map of names and numbers");
  }
  for (const auto& [name, value] : node.map) {
    const auto known = std::find_if(kThresholds.begin(), kThresholds.end(),
                                    [&](const Named& one) { return one.name == name; });
    if (known == kThresholds.end()) {
      return document::Complaint(
          value.place, "there is no threshold \"" + name + "\"; docs/advisor.md lists them");
    }
    char* end = nullptr;
    const unsigned long long number = std::strtoull(value.text.c_str(), &end, 10);
    constexpr unsigned long long kMost = 1'000'000'000;
    if (value.kind != document::Node::Kind::kNumber || value.text.empty() || *end != '\0' ||
        value.text.front() == '-' || number < 1 || number > kMost) {
      return document::Complaint(value.place,
                                 "\"" + name + "\" is a whole number from 1 to 1000000000");
    }
    thresholds.*(known->value) = number;
  }
  return {};
}

std::string ReadRun(const document::Node& node, Run& run) {
  if (node.kind == document::Node::Kind::kString) {
    if (node.text == "auto") return run = Run::kAuto, std::string();
    if (node.text == "application") return run = Run::kApplication, std::string();
    if (node.text == "library") return run = Run::kLibrary, std::string();
  }
  return document::Complaint(node.place, "\"run\" is auto, application or library");
}

std::string ReadSuppressions(const document::Node& node, std::vector<Suppression>& suppressions) {
  if (node.kind != document::Node::Kind::kList) {
    return document::Complaint(node.place, "\"suppress\" is a list");
  }
  for (const document::Node& entry : node.list) {
    document::MapReader reader(entry, "a suppression", {"rule", "table", "index", "reason"});
    Suppression one;
    one.rule = reader.String("rule").value_or("");
    one.table = reader.String("table").value_or("");
    one.index = reader.String("index").value_or("");
    reader.String("reason");
    if (!reader.error().empty()) return reader.error();
    if (one.rule.empty()) return document::Complaint(entry.place, "a suppression needs a \"rule\"");
    const auto rules = Rules();
    if (std::none_of(rules.begin(), rules.end(),
                     [&](const Rule& rule) { return rule.id == one.rule; })) {
      return document::Complaint(
          entry.place, "there is no rule \"" + one.rule + "\"; docs/advisor.md lists them");
    }
    suppressions.push_back(std::move(one));
  }
  return {};
}

}  // namespace

std::expected<Settings, std::string> ReadSettings(const document::Node& root) {
  document::MapReader file(root, "an advisor file", {"thresholds", "suppress", "run"});
  if (!file.error().empty()) return std::unexpected(file.error());
  Settings settings;
  if (const document::Node* node = file.Find("thresholds")) {
    if (auto error = ReadThresholds(*node, settings.thresholds); !error.empty()) {
      return std::unexpected(std::move(error));
    }
  }
  if (const document::Node* node = file.Find("suppress")) {
    if (auto error = ReadSuppressions(*node, settings.suppressions); !error.empty()) {
      return std::unexpected(std::move(error));
    }
  }
  if (const document::Node* node = file.Find("run")) {
    if (auto error = ReadRun(*node, settings.run); !error.empty()) {
      return std::unexpected(std::move(error));
    }
  }
  return settings;
}

}  // namespace dynarock::advisor

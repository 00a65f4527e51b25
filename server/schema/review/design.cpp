#include "server/schema/review/design.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <tuple>
#include <utility>

#include "server/document/node_path.h"
#include "server/findings/words.h"
#include "server/schema/review/production.h"
#include "storage/item/text.h"

namespace dynarock::schema {

namespace {

using Kind = Node::Kind;

bool IsTrue(const Node& map, std::string_view name) {
  const Node* member = map.Find(name);
  return member != nullptr && member->kind == Kind::kBool && member->boolean;
}

bool IsKnown(const Node* node) {
  return node == nullptr || node->kind != Kind::kUnresolved;
}

// Where a table of the type has a setting.
std::string Setting(const TableSource& table, const std::string& name) {
  return table.type == "AWS::DynamoDB::GlobalTable" ? name + " of each replica" : name;
}

// A table that is kept when its definition goes holds something of value, wherever it is; that is
// no more than a hint, since some tools keep tables by default.
void ReviewSafety(const TableSource& table, const CheckedTable& checked, const std::string& name,
                  Findings& findings) {
  const Node& request = checked.request;
  const Purpose purpose = PurposeOf(table, request);
  const bool production = purpose == Purpose::kProduction;
  if (purpose == Purpose::kOther || (!production && !table.retained)) return;
  const Node& recovery = checked.point_in_time_recovery;
  const bool recovery_known =
      IsKnown(&recovery) && IsKnown(recovery.Find("PointInTimeRecoveryEnabled"));
  if (recovery_known && !IsTrue(recovery, "PointInTimeRecoveryEnabled")) {
    Add({.id = "no-point-in-time-recovery",
         .severity = Severity::kNote,
         .table = name,
         .index = {},
         .title = name +
                  (production ? " looks like production" : " is kept when its definition goes") +
                  " and has no point-in-time recovery",
         .consequence = "What a bug deletes or overwrites is gone.",
         .advice = table.type == "AWS::DynamoDB::GlobalTable"
                       ? "Turn on point-in-time recovery in each replica."
                       : "Turn on point-in-time recovery."},
        table.place, findings);
  }
  // SAM's table has no such property.
  if (!production || table.type == "AWS::Serverless::SimpleTable") return;
  const Node* protection = request.Find("DeletionProtectionEnabled");
  if (IsKnown(protection) && !IsTrue(request, "DeletionProtectionEnabled")) {
    Add({.id = "no-deletion-protection",
         .severity = Severity::kNote,
         .table = name,
         .index = {},
         .title = name + " looks like production and can be deleted by one call",
         .consequence = "A mistaken DeleteTable, or a change that replaces the table, takes its "
                        "items along.",
         .advice = "Set " + Setting(table, "DeletionProtectionEnabled") + "."},
        table.place, findings);
  }
}

const Node* Definition(const Node& request, std::string_view attribute) {
  for (const Node& definition : ElementsOf(request, "AttributeDefinitions")) {
    if (TextOf(definition, "AttributeName") == attribute) return &definition;
  }
  return nullptr;
}

// By the name of the table or of its definition.
bool SoundsTemporary(std::string_view name) {
  const auto has = [&](std::string_view word) {
    return HasWord(name, word) || HasWord(name, std::string(word) + "s");
  };
  return std::ranges::any_of(findings::kTemporary, has) ||
         std::ranges::any_of(findings::kTemporaryAlone, has);
}

void ReviewTtl(const TableSource& table, const CheckedTable& checked, const std::string& name,
               Findings& findings) {
  const Node& ttl = checked.time_to_live;
  if (ttl.kind == Kind::kNull) {
    if (!SoundsTemporary(TextOf(checked.request, "TableName")) && !SoundsTemporary(table.address)) {
      return;
    }
    Add({.id = "temporary-without-ttl",
         .severity = Severity::kNote,
         .table = name,
         .index = {},
         .title = name + " sounds temporary and has no time to live",
         .consequence = std::string(findings::kTemporaryConsequence),
         .advice = std::string(findings::kTemporaryAdvice)},
        table.place, findings);
    return;
  }
  const Node* enabled = ttl.Find("Enabled");
  if (enabled != nullptr && enabled->kind == Kind::kBool && !enabled->boolean) return;
  const std::string_view attribute = TextOf(ttl, "AttributeName");
  if (attribute.empty()) return;  // a definition may have no name either
  const Node* definition = Definition(checked.request, attribute);
  if (definition == nullptr) return;
  const std::string_view type = TextOf(*definition, "AttributeType");
  if (type != "S" && type != "B") return;
  Add({.id = "ttl-not-a-number",
       .severity = Severity::kWarning,
       .table = name,
       .index = {},
       .title = "the time-to-live attribute " + std::string(attribute) +
                " is a key attribute of type " + std::string(type),
       .consequence = "Time to live looks at numbers only (seconds since 1970): no item ever "
                      "expires.",
       .advice = "Name an attribute of type N that is not a key, such as expiresAt."},
      ttl.Find("AttributeName")->place, findings);
}

// The units of a throughput; -1: not known.
int64_t Units(const Node* throughput, std::string_view name) {
  const Node* units = throughput == nullptr ? nullptr : throughput->Find(name);
  if (units == nullptr || units->kind != Kind::kNumber || units->text.size() > 15) return -1;
  return std::strtoll(units->text.c_str(), nullptr, 10);
}

void ReviewThroughput(const TableSource& table, const CheckedTable& checked,
                      const std::string& name, Findings& findings) {
  const Node* throughput = checked.request.Find("ProvisionedThroughput");
  if (throughput == nullptr || throughput->kind != Kind::kMap ||
      !IsKnown(checked.request.Find("BillingMode")) ||
      TextOf(checked.request, "BillingMode") == "PAY_PER_REQUEST") {
    return;
  }
  if (!table.autoscaled && table.language != Language::kApi) {
    Add({.id = "provisioned-without-scaling",
         .severity = Severity::kNote,
         .table = name,
         .index = {},
         .title = name + " has provisioned throughput that nothing scales",
         .consequence = "More traffic than declared is throttled, less is paid for all the same.",
         .advice = "Use PAY_PER_REQUEST, or add an auto scaling target and policy."},
        throughput->place, findings);
  }
  const int64_t table_writes = Units(throughput, "WriteCapacityUnits");
  for (const Node& index : ElementsOf(checked.request, "GlobalSecondaryIndexes")) {
    const Node* own = index.Find("ProvisionedThroughput");
    const int64_t writes = Units(own, "WriteCapacityUnits");
    if (writes < 0 || table_writes < 0 || writes >= table_writes) continue;
    const std::string index_name(TextOf(index, "IndexName"));
    Add({.id = "index-writes-below-table",
         .severity = Severity::kNote,
         .table = name,
         .index = index_name,
         .title = "index " + index_name + " may write " + std::to_string(writes) +
                  " units per second, the table " + std::to_string(table_writes),
         .consequence = "An index that cannot keep up throttles writes to the table, unless few "
                        "items are in the index.",
         .advice = "Give the index at least the table's write units."},
        own->place, findings);
  }
}

}  // namespace

void Add(Remark remark, const Place& place, Findings& findings) {
  findings::Finding finding;
  finding.id = std::move(remark.id);
  finding.severity = remark.severity;
  finding.table = std::move(remark.table);
  finding.index = std::move(remark.index);
  finding.title = std::move(remark.title);
  finding.consequence = std::move(remark.consequence);
  finding.advice = std::move(remark.advice);
  finding.file = place.file;
  finding.line = place.line;
  finding.column = place.column;
  findings.push_back(std::move(finding));
}

void ReviewDesign(const TableSource& table, const CheckedTable& checked, Findings& findings) {
  if (checked.too_large) return;
  const std::string name = NameOf(table);
  ReviewKeys(checked, name, findings);
  ReviewTtl(table, checked, name, findings);
  ReviewThroughput(table, checked, name, findings);
  ReviewSafety(table, checked, name, findings);
}

void ReviewNames(const std::vector<TableSource>& tables, Findings& findings) {
  std::map<std::tuple<std::string, std::string, Home>, const TableSource*> seen;
  for (const TableSource& table : tables) {
    const std::string name(TextOf(table.request, "TableName"));
    if (name.empty() || table.conditional) continue;
    const auto [first, fresh] =
        seen.emplace(std::tuple(table.deployment.empty() ? table.place.file : table.deployment,
                                name, table.home),
                     &table);
    if (fresh) continue;
    // Read twice, such as a module that two others call.
    const TableSource& before = *first->second;
    if (before.address == table.address && before.place.line == table.place.line &&
        before.place.column == table.place.column) {
      continue;
    }
    const Place& place = table.request.Find("TableName")->place;
    Add({.id = "create-table",
         .severity = Severity::kError,
         .table = name,
         .index = {},
         .title = "Table already exists: " + name,
         .consequence = {},
         .advice = before.address + " in line " + std::to_string(before.place.line) +
                   " has the same name"},
        place, findings);
  }
}

}  // namespace dynarock::schema

#include "tests/unit/server/findings/render/example_report.h"

namespace dynarock::findings {

namespace {

constexpr int64_t kStart = 1'764'075'602'120;  // 2025-11-25T13:00:02.120Z

Finding FilterFinding() {
  return {
      .id = "filter-discards-most",
      .severity = Severity::kError,
      .table = "orders",
      .index = "by_customer",
      .title = "A FilterExpression discards 98 % of what Query reads",
      .evidence = {{"items read", "12,000"}, {"items returned", "240"}, {"read units", "1,440"}},
      .example = R"({"TableName":"orders","IndexName":"by_customer",)"
                 R"("KeyConditionExpression":"customer = :c","FilterExpression":"#s = :s"})",
      .user_agent = "aws-sdk-js/3.1164.0",
      .count = 120,
      .first_seen_ms = kStart,
      .last_seen_ms = kStart + 30'000,
      .consequence =
          "Every item that is read is paid for, returned or not; the cost grows with "
          "the customer's history.",
      .advice = "Make status the sort key of an index on customer.",
      .blocks = {{"Terraform", "global_secondary_index {\n  name = \"by_customer_status\"\n}\n"}},
      .saving = Saving{.read_units_before = 12, .read_units_after = 0.5},
  };
}

Finding SchemaFinding() {
  return {
      .id = "attribute-unused",
      .severity = Severity::kWarning,
      .table = "sessions",
      .title = "Attribute device is defined but no key uses it",
      .consequence = "CreateTable refuses the table.",
      .advice = "Remove the attribute block.",
      .file = "infra/tables main.tf",
      .line = 12,
      .column = 3,
  };
}

Finding NoteFinding() {
  return {
      .id = "index-unread",
      .severity = Severity::kNote,
      .table = "orders",
      .index = "by_day",
      .title = "Nothing read the index",
      .count = 1,
  };
}

}  // namespace

Report ExampleReport() {
  Report report;
  report.version = "0.1.0";
  report.from_ms = kStart;
  report.to_ms = kStart + 38'000;
  report.requests = 12'345;
  // Not in the order of their severity: renderers bring them into it.
  report.findings = {NoteFinding(), SchemaFinding(), FilterFinding()};
  report.costs = {
      {.operation = "GetItem",
       .table = "orders",
       .requests = 4'000,
       .read_units = 2'000,
       .items_read = 3'900,
       .items_returned = 3'900,
       .most_units = 1},
      {.operation = "Query",
       .table = "orders",
       .index = "by_customer",
       .expression = "customer = :c; filter #s = :s",
       .requests = 120,
       .read_units = 1'440,
       .items_read = 12'000,
       .items_returned = 240,
       .most_units = 14.5},
      {.operation = "PutItem",
       .table = "orders",
       .requests = 800,
       .write_units = 1'600,
       .most_units = 4},
      {.operation = "UpdateItem",
       .table = "sessions",
       .expression = "SET seen = :now",
       .requests = 300,
       .write_units = 300,
       .most_units = 1},
      {.operation = "Scan",
       .table = "sessions",
       .requests = 2,
       .read_units = 256,
       .items_read = 900,
       .items_returned = 900,
       .most_units = 128},
  };
  report.storage = {
      {.table = "sessions", .items = 900, .bytes = 2'000'000},
      {.table = "orders", .index = "by_customer", .items = 800, .bytes = 700'000},
      {.table = "orders", .items = 800, .bytes = 900'000},
  };
  report.prices = Prices{.region = "us-east-1",
                         .currency = "USD",
                         .as_of = "2024-11-01",
                         .source = "AWS's public price list",
                         .million_read_requests = 0.125,
                         .million_write_requests = 0.625,
                         .read_capacity_hour = 0.00013,
                         .write_capacity_hour = 0.00065,
                         .storage_gb_month = 0.25};
  return report;
}

Report HostileReport() {
  Report report;
  report.version = kHostile;
  report.from_ms = kStart;
  report.to_ms = kStart;
  report.requests = 1;
  report.findings = {{.id = kHostile,
                      .severity = Severity::kError,
                      .table = kHostile,
                      .index = kHostile,
                      .title = kHostile,
                      .evidence = {{kHostile, kHostile}},
                      .example = kHostile,
                      .user_agent = kHostile,
                      .count = 1,
                      .first_seen_ms = kStart,
                      .last_seen_ms = kStart,
                      .consequence = kHostile,
                      .advice = kHostile,
                      .blocks = {{kHostile, kHostile}},
                      .file = kHostile,
                      .line = 1,
                      .column = 1}};
  report.costs = {{.operation = kHostile,
                   .table = kHostile,
                   .index = kHostile,
                   .expression = kHostile,
                   .requests = 1,
                   .read_units = 1,
                   .write_units = 1,
                   .items_read = 2,
                   .items_returned = 1,
                   .most_units = 2}};
  report.storage = {{.table = kHostile, .index = kHostile, .items = 1, .bytes = 1}};
  report.prices = ExampleReport().prices;
  report.prices->region = kHostile;
  report.prices->source = kHostile;
  report.prices->currency = kHostile;
  report.prices->as_of = kHostile;
  return report;
}

}  // namespace dynarock::findings

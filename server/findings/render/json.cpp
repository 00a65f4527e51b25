// The report for programs. docs/report.md lists the members; they may be added to, not changed.
#include "storage/item/json.h"

#include "server/findings/cost/estimate.h"
#include "server/findings/cost/figures.h"
#include "server/findings/render/format.h"
#include "server/findings/render/renderers.h"
#include "storage/clock/iso_time.h"

namespace dynarock::findings {

namespace {

constexpr int64_t kFormatVersion = 1;

void OptionalMember(JsonWriter& out, std::string_view name, std::string_view text) {
  if (!text.empty()) out.Member(name, text);
}

void TimeMember(JsonWriter& out, std::string_view name, int64_t ms) {
  if (ms > 0) out.Member(name, IsoTime(ms));
}

void CountMember(JsonWriter& out, std::string_view name, uint64_t count) {
  out.Member(name, static_cast<int64_t>(count));
}

void WritePlace(JsonWriter& out, const Finding& finding) {
  OptionalMember(out, "file", finding.file);
  if (finding.file.empty() || finding.line <= 0) return;
  out.Member("line", finding.line);
  if (finding.column > 0) out.Member("column", finding.column);
}

void WriteFinding(JsonWriter& out, const Finding& finding) {
  out.BeginObject();
  out.Member("id", finding.id);
  out.Member("severity", SeverityName(finding.severity));
  OptionalMember(out, "table", finding.table);
  OptionalMember(out, "index", finding.index);
  out.Member("title", finding.title);
  out.Key("evidence");
  out.BeginArray();
  for (const auto& [name, figure] : finding.evidence) {
    out.BeginObject();
    out.Member("name", name);
    out.Member("value", figure);
    out.EndObject();
  }
  out.EndArray();
  OptionalMember(out, "example", finding.example);
  OptionalMember(out, "userAgent", finding.user_agent);
  if (finding.count > 0) CountMember(out, "count", finding.count);
  TimeMember(out, "firstSeen", finding.first_seen_ms);
  TimeMember(out, "lastSeen", finding.last_seen_ms);
  OptionalMember(out, "consequence", finding.consequence);
  OptionalMember(out, "advice", finding.advice);
  out.Key("blocks");
  out.BeginArray();
  for (const Block& block : finding.blocks) {
    out.BeginObject();
    out.Member("title", block.title);
    out.Member("text", block.text);
    out.EndObject();
  }
  out.EndArray();
  if (finding.saving) {
    out.Key("saving");
    out.BeginObject();
    out.MemberDouble("readUnitsBefore", finding.saving->read_units_before);
    out.MemberDouble("readUnitsAfter", finding.saving->read_units_after);
    out.EndObject();
  }
  WritePlace(out, finding);
  if (!finding.also_at.empty()) {
    out.Key("alsoAt");
    out.BeginArray();
    for (const Finding& other : finding.also_at) WriteFinding(out, other);
    out.EndArray();
  }
  out.EndObject();
}

void WritePrices(JsonWriter& out, const Prices& prices) {
  out.BeginObject();
  out.Member("region", prices.region);
  out.Member("currency", prices.currency);
  out.Member("asOf", prices.as_of);
  out.Member("source", prices.source);
  out.MemberDouble("millionReadUnits", prices.million_read_requests);
  out.MemberDouble("millionWriteUnits", prices.million_write_requests);
  out.MemberDouble("readUnitHour", prices.read_capacity_hour);
  out.MemberDouble("writeUnitHour", prices.write_capacity_hour);
  out.MemberDouble("storageGbMonth", prices.storage_gb_month);
  out.EndObject();
}

void WriteUnits(JsonWriter& out, const CostRow& row) {
  CountMember(out, "requests", row.requests);
  out.MemberDouble("readUnits", row.read_units);
  out.MemberDouble("writeUnits", row.write_units);
  CountMember(out, "itemsRead", row.items_read);
  CountMember(out, "itemsReturned", row.items_returned);
  out.MemberDouble("mostUnits", row.most_units);
}

void WriteMonth(JsonWriter& out, const CostRow& row, const Report& report) {
  if (!report.prices) return;
  const MonthlyCost cost = CostAMonth(row, report.requests_per_day, *report.prices);
  out.Key("month");
  out.BeginObject();
  out.MemberDouble("onDemand", cost.on_demand);
  out.MemberDouble("provisioned", cost.provisioned);
  out.EndObject();
}

void WriteRequests(JsonWriter& out, const Report& report) {
  out.BeginArray();
  for (const CostRow& row : ByUnits(RequestKinds(report))) {
    out.BeginObject();
    out.Member("operation", row.operation);
    OptionalMember(out, "table", row.table);
    OptionalMember(out, "index", row.index);
    OptionalMember(out, "expression", row.expression);
    WriteUnits(out, row);
    WriteMonth(out, row, report);
    out.EndObject();
  }
  out.EndArray();
}

void WriteOperations(JsonWriter& out, const Report& report) {
  out.BeginArray();
  for (const CostRow& row : TotalsByOperation(report)) {
    out.BeginObject();
    out.Member("operation", row.operation);
    WriteUnits(out, row);
    WriteMonth(out, row, report);
    out.EndObject();
  }
  out.EndArray();
}

void WriteTables(JsonWriter& out, const Report& report) {
  out.BeginArray();
  for (const TableTotal& total : TotalsByTable(report)) {
    out.BeginObject();
    out.Member("table", total.table);
    OptionalMember(out, "index", total.index);
    CountMember(out, "requests", total.requests);
    out.MemberDouble("readUnits", total.read_units);
    out.MemberDouble("writeUnits", total.write_units);
    CountMember(out, "items", total.items);
    CountMember(out, "bytes", total.bytes);
    if (report.prices) {
      out.MemberDouble("storageMonth", StorageAMonth(total.items, total.bytes, *report.prices));
    }
    out.EndObject();
  }
  out.EndArray();
}

}  // namespace

std::string RenderJson(const Report& report) {
  std::string text;
  JsonWriter out(text);
  out.BeginObject();
  out.Member("formatVersion", kFormatVersion);
  out.Member("dynarock", report.version);
  TimeMember(out, "from", report.from_ms);
  TimeMember(out, "to", report.to_ms);
  if (report.paused_ms > 0) CountMember(out, "pausedMs", static_cast<uint64_t>(report.paused_ms));
  CountMember(out, "requests", report.requests);
  OptionalMember(out, "run", report.run_note);
  CountMember(out, "errors", CountOf(report, Severity::kError));
  CountMember(out, "warnings", CountOf(report, Severity::kWarning));
  CountMember(out, "notes", CountOf(report, Severity::kNote));
  if (report.coverage) {
    CountMember(out, "tablesChecked", report.coverage->tables);
    out.Key("unchecked");
    out.BeginArray();
    for (const std::string& name : report.coverage->unchecked) out.String(name);
    out.EndArray();
  }
  out.Key("findings");
  out.BeginArray();
  for (const Finding& finding : report.findings) WriteFinding(out, finding);
  out.EndArray();
  out.Key("costs");
  out.BeginObject();
  if (report.prices) {
    out.Key("prices");
    WritePrices(out, *report.prices);
    out.MemberDouble("requestsPerDay", report.requests_per_day);
  }
  out.Key("requests");
  WriteRequests(out, report);
  out.Key("operations");
  WriteOperations(out, report);
  out.Key("tables");
  WriteTables(out, report);
  out.EndObject();
  out.EndObject();
  text += '\n';
  return text;
}

}  // namespace dynarock::findings

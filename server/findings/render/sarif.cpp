// The report as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format Version 2.1.0"),
// which code hosts and editors show beside the lines.
#include <map>
#include <vector>

#include "server/findings/cost/figures.h"
#include "server/findings/render/format.h"
#include "server/findings/render/renderers.h"
#include "storage/item/json.h"

namespace dynarock::findings {

namespace {

constexpr std::string_view kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

// The rules that findings name, in the order of their first finding.
struct Rules {
  std::map<std::string_view, int64_t> index;
  std::vector<const Finding*> first;
};

Rules RulesOf(const Report& report) {
  Rules rules;
  for (const Finding& finding : report.findings) {
    const auto [at, fresh] =
        rules.index.emplace(finding.id, static_cast<int64_t>(rules.first.size()));
    if (fresh) rules.first.push_back(&finding);
  }
  return rules;
}

void TextObject(JsonWriter& out, std::string_view key, std::string_view text) {
  out.Key(key);
  out.BeginObject();
  out.Member("text", text);
  out.EndObject();
}

// "filter-discards-most" as "Filter discards most".
std::string InWords(std::string_view id) {
  std::string words(id);
  for (char& c : words) {
    if (c == '-') c = ' ';
  }
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') words[0] -= 'a' - 'A';
  return words;
}

void WriteRule(JsonWriter& out, const Finding& finding) {
  out.BeginObject();
  out.Member("id", finding.id);
  TextObject(out, "shortDescription", InWords(finding.id));
  TextObject(out, "fullDescription",
             finding.consequence.empty() ? finding.title : finding.consequence);
  TextObject(out, "help", finding.advice.empty() ? finding.title : finding.advice);
  out.Key("defaultConfiguration");
  out.BeginObject();
  out.Member("level", SeverityName(finding.severity));
  out.EndObject();
  out.EndObject();
}

// A path as a URI reference: relative where the path is, "file:///..." where it starts at the root.
std::string UriOf(std::string_view path) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string uri = path.starts_with('/') ? "file://" : "";
  while (path.starts_with("./")) path.remove_prefix(2);
  for (const char c : path) {
    if (kPlain.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      uri += '%';
      uri += kHex[byte >> 4];
      uri += kHex[byte & 15];
    }
  }
  return uri;
}

void WritePhysicalLocation(JsonWriter& out, const Finding& finding) {
  out.Key("physicalLocation");
  out.BeginObject();
  out.Key("artifactLocation");
  out.BeginObject();
  out.Member("uri", UriOf(finding.file));
  out.EndObject();
  if (finding.line > 0) {
    out.Key("region");
    out.BeginObject();
    out.Member("startLine", finding.line);
    if (finding.column > 0) out.Member("startColumn", finding.column);
    out.EndObject();
  }
  out.EndObject();
}

void WriteLogicalLocations(JsonWriter& out, const Finding& finding) {
  out.Key("logicalLocations");
  out.BeginArray();
  out.BeginObject();
  out.Member("name", finding.index.empty() ? finding.table : finding.index);
  out.Member("fullyQualifiedName",
             finding.index.empty() ? finding.table : finding.table + "/" + finding.index);
  out.Member("kind", finding.index.empty() ? "table" : "index");
  out.EndObject();
  out.EndArray();
}

// Other tables with the same cause. They can be mended apart, so they are no `locations` (3.27.12).
void WriteRelatedLocations(JsonWriter& out, const Finding& finding) {
  if (finding.also_at.empty()) return;
  out.Key("relatedLocations");
  out.BeginArray();
  for (const Finding& other : finding.also_at) {
    out.BeginObject();
    WriteLogicalLocations(out, other);
    TextObject(out, "message", other.title);
    out.EndObject();
  }
  out.EndArray();
}

void WriteLocations(JsonWriter& out, const Finding& finding) {
  const bool logical = !finding.table.empty();
  if (finding.file.empty() && !logical) return;
  out.Key("locations");
  out.BeginArray();
  out.BeginObject();
  if (!finding.file.empty()) WritePhysicalLocation(out, finding);
  if (logical) WriteLogicalLocations(out, finding);
  out.EndObject();
  out.EndArray();
}

// What the reader of a result sees: one paragraph each.
std::string Message(const Finding& finding) {
  std::string text = finding.title;
  for (const auto& [name, figure] : finding.evidence) text += "\n" + name + ": " + figure;
  if (!finding.consequence.empty()) text += "\nIn production: " + finding.consequence;
  if (!finding.advice.empty()) text += "\nInstead: " + finding.advice;
  for (const Block& block : finding.blocks) text += "\n" + block.title + ":\n" + block.text;
  return text;
}

void WriteResult(JsonWriter& out, const Finding& finding, const Rules& rules) {
  out.BeginObject();
  out.Member("ruleId", finding.id);
  out.Member("ruleIndex", rules.index.at(finding.id));
  out.Member("level", SeverityName(finding.severity));
  TextObject(out, "message", Message(finding));
  WriteLocations(out, finding);
  WriteRelatedLocations(out, finding);
  if (finding.count > 0) out.Member("occurrenceCount", static_cast<int64_t>(finding.count));
  if (!finding.example.empty()) {
    out.Key("properties");
    out.BeginObject();
    out.Member("example", finding.example);
    if (!finding.user_agent.empty()) out.Member("userAgent", finding.user_agent);
    out.EndObject();
  }
  out.EndObject();
}

}  // namespace

std::string RenderSarif(const Report& report) {
  const Rules rules = RulesOf(report);
  std::string text;
  JsonWriter out(text);
  out.BeginObject();
  out.Member("$schema", kSchema);
  out.Member("version", "2.1.0");
  out.Key("runs");
  out.BeginArray();
  out.BeginObject();
  out.Key("tool");
  out.BeginObject();
  out.Key("driver");
  out.BeginObject();
  out.Member("name", "dynarock");
  if (!report.version.empty()) out.Member("version", report.version);
  out.Key("rules");
  out.BeginArray();
  for (const Finding* finding : rules.first) WriteRule(out, *finding);
  out.EndArray();
  out.EndObject();
  out.EndObject();
  out.Member("columnKind", "unicodeCodePoints");
  out.Key("results");
  out.BeginArray();
  for (const Finding& finding : report.findings) WriteResult(out, finding, rules);
  out.EndArray();
  out.EndObject();
  out.EndArray();
  out.EndObject();
  text += '\n';
  return text;
}

}  // namespace dynarock::findings

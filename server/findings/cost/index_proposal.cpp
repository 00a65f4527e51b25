#include "server/findings/cost/index_proposal.h"

#include <algorithm>
#include <cmath>

#include "server/findings/cost/estimate.h"
#include "server/findings/cost/figures.h"

namespace dynarock::findings {

namespace {

constexpr double kReadUnitBytes = 4096;
constexpr double kWriteUnitBytes = 1024;
constexpr size_t kMostIndexName = 255;

// Names of indexes have letters, digits, "_", "-" and "."; attributes may have any.
std::string NameFor(const std::vector<KeyAttribute>& keys) {
  std::string name = "by";
  for (const KeyAttribute& key : keys) {
    name += '_';
    for (const char c : key.name) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
      name += plain ? c : '_';
    }
  }
  return name.substr(0, kMostIndexName);
}

// A string in double quotes that HCL and YAML read alike. "${" and "%{" would begin a template of
// HCL.
std::string Quoted(std::string_view text, bool hcl) {
  std::string out = "\"";
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"' || c == '\\') out += '\\';
    if (hcl && (c == '$' || c == '%') && text.substr(at + 1).starts_with('{')) out += c;
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::vector<KeyAttribute> AllKeys(const IndexProposal& proposal) {
  std::vector<KeyAttribute> keys = proposal.partition;
  keys.insert(keys.end(), proposal.sort.begin(), proposal.sort.end());
  return keys;
}

// The attributes of the key that are not defined yet.
std::vector<KeyAttribute> NewAttributes(const FilteredRead& read, const IndexProposal& proposal) {
  std::vector<KeyAttribute> keys = AllKeys(proposal);
  std::erase_if(keys, [&](const KeyAttribute& key) {
    return std::find(read.defined.begin(), read.defined.end(), key.name) != read.defined.end();
  });
  return keys;
}

Block Terraform(const FilteredRead& read, const IndexProposal& proposal) {
  const bool provisioned = read.provisioned;
  std::string text =
      "# in the resource \"aws_dynamodb_table\"; attribute blocks that are there stay\n";
  for (const KeyAttribute& key : NewAttributes(read, proposal)) {
    text +=
        "attribute {\n  name = " + Quoted(key.name, true) + "\n  type = \"" + key.type + "\"\n}\n";
  }
  text += "global_secondary_index {\n  name            = " + Quoted(proposal.name, true) + "\n";
  if (proposal.sort.size() < 2) {
    text += "  hash_key        = " + Quoted(proposal.partition[0].name, true) + "\n";
    if (!proposal.sort.empty()) {
      text += "  range_key       = " + Quoted(proposal.sort[0].name, true) + "\n";
    }
  }
  text += "  projection_type = \"ALL\"\n";
  if (provisioned) text += "  read_capacity   = 5\n  write_capacity  = 5\n";
  if (proposal.sort.size() >= 2) {
    text +=
        "  # a key of several attributes: needs a version of the AWS provider that has key_schema "
        "here\n";
    const auto element = [&](const KeyAttribute& key, std::string_view type) {
      text += "  key_schema {\n    attribute_name = " + Quoted(key.name, true) +
              "\n    key_type       = \"" + std::string(type) + "\"\n  }\n";
    };
    element(proposal.partition[0], "HASH");
    for (const KeyAttribute& key : proposal.sort) element(key, "RANGE");
  }
  return {"Terraform", text + "}\n"};
}

Block CloudFormation(const FilteredRead& read, const IndexProposal& proposal) {
  const bool provisioned = read.provisioned;
  std::string text =
      "# in the Properties of the AWS::DynamoDB::Table; definitions that are there stay\n";
  const std::vector<KeyAttribute> attributes = NewAttributes(read, proposal);
  if (!attributes.empty()) text += "AttributeDefinitions:\n";
  for (const KeyAttribute& key : attributes) {
    text +=
        "  - AttributeName: " + Quoted(key.name, false) + "\n    AttributeType: " + key.type + "\n";
  }
  text += "GlobalSecondaryIndexes:\n  - IndexName: " + Quoted(proposal.name, false) +
          "\n    KeySchema:\n";
  const auto element = [&](const KeyAttribute& key, std::string_view type) {
    text += "      - AttributeName: " + Quoted(key.name, false) +
            "\n        KeyType: " + std::string(type) + "\n";
  };
  element(proposal.partition[0], "HASH");
  for (const KeyAttribute& key : proposal.sort) element(key, "RANGE");
  text += "    Projection:\n      ProjectionType: ALL\n";
  if (provisioned) {
    text += "    ProvisionedThroughput:\n      ReadCapacityUnits: 5\n      WriteCapacityUnits: 5\n";
  }
  return {"CloudFormation", text};
}

// Read units of a request to the index; of an index always eventually consistent: half a unit for
// each 4 KB begun. Where a filter stays, the index reads the items of one value, as far as the
// number of values is known.
double UnitsAfter(const FilteredRead& read, const IndexProposal& proposal,
                  const KeyAttribute& filtered) {
  const auto requests = static_cast<double>(read.requests);
  double share = read.items_read == 0 ? 1
                                      : static_cast<double>(read.items_returned) /
                                            static_cast<double>(read.items_read);
  if (proposal.filter_stays && filtered.values > 0) share = std::max(share, 1 / filtered.values);
  if (read.item_bytes > 0) {
    const double items = share * static_cast<double>(read.items_read) / requests;
    return std::max(0.5, std::ceil(items * read.item_bytes / kReadUnitBytes) / 2);
  }
  return std::max(0.5, proposal.units_before * share);
}

}  // namespace

std::optional<IndexProposal> ProposeIndex(const FilteredRead& read) {
  if (read.requests == 0) return std::nullopt;
  const auto in_key = [&](const KeyAttribute& attribute) {
    return attribute.name == read.partition.name ||
           (read.sort && attribute.name == read.sort->name);
  };
  std::vector<KeyAttribute> equal = read.equal;
  std::erase_if(equal, in_key);
  if (equal.empty()) return std::nullopt;
  const auto filtered = std::max_element(
      equal.begin(), equal.end(),
      [](const KeyAttribute& a, const KeyAttribute& b) { return a.values < b.values; });

  IndexProposal proposal;
  proposal.filter_stays = read.other_conditions || equal.size() > 1;
  if (read.query) {
    proposal.partition = {read.partition};
    proposal.sort = {*filtered};
    if (read.sort && read.sort_condition) proposal.sort.push_back(*read.sort);
  } else {
    proposal.partition = {*filtered};
    proposal.sort = {read.partition};
  }
  proposal.name = NameFor(AllKeys(proposal));
  proposal.units_before = read.read_units / static_cast<double>(read.requests);
  proposal.units_after = std::min(proposal.units_before, UnitsAfter(read, proposal, *filtered));
  proposal.units_per_write = std::max(1.0, std::ceil(read.item_bytes / kWriteUnitBytes));
  proposal.blocks = {Terraform(read, proposal), CloudFormation(read, proposal)};
  return proposal;
}

void AddProposal(const FilteredRead& read, const IndexProposal& proposal, Finding& finding) {
  std::string advice = "The index " + proposal.name + " (";
  for (const KeyAttribute& key : AllKeys(proposal)) {
    if (!advice.ends_with('(')) advice += ", ";
    advice += key.name;
  }
  advice += proposal.filter_stays
                ? ") answers this with a Query; the other conditions stay in its filter."
                : ") answers this with a Query that reads only what it returns.";
  advice += " Each write of an item then costs " + UnitsText(proposal.units_per_write) +
            " write unit" + (proposal.units_per_write == 1 ? "" : "s") + " more";
  if (read.item_writes > 0) {
    advice += " (" + CountText(read.item_writes) + " writes in this run)";
  }
  advice += "; a projection of fewer attributes makes that and the storage cheaper.";
  finding.advice += (finding.advice.empty() ? "" : " ") + advice;
  finding.saving = {.read_units_before = proposal.units_before,
                    .read_units_after = proposal.units_after};
  finding.blocks.insert(finding.blocks.end(), proposal.blocks.begin(), proposal.blocks.end());
}

void AddSavingEvidence(const Prices& prices, double requests_per_day, Finding& finding) {
  if (!finding.saving) return;
  const auto figure = [&](double units) {
    const MonthlyCost cost = CostAMonth(units, 0, requests_per_day, prices);
    return UnitsText(units) + (units == 1 ? " read unit" : " read units") + " each; " +
           TrafficText(requests_per_day) + " a day: " + MoneyText(cost.on_demand, prices.currency) +
           " a month on demand, " + MoneyText(cost.provisioned, prices.currency) + " provisioned";
  };
  finding.evidence.emplace_back("now", figure(finding.saving->read_units_before));
  const bool same = finding.saving->read_units_after >= finding.saving->read_units_before;
  finding.evidence.emplace_back(
      "with the index", figure(finding.saving->read_units_after) +
                            (same ? "; the same, since there was little to read: without the index "
                                    "it grows with the data"
                                  : ""));
}

}  // namespace dynarock::findings

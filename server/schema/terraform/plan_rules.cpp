// What the AWS provider refuses when Terraform plans a table, before DynamoDB sees anything. Texts
// and rules as in the provider's CustomizeDiff of aws_dynamodb_table (6.x).
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "server/document/number.h"
#include "server/document/spelling.h"
#include "server/schema/terraform/table_mapping.h"

namespace dynarock::schema::terraform {
namespace {

using Kind = Node::Kind;

class PlanRules {
 public:
  PlanRules(const Node& body, TableSource& table, std::vector<Message>& messages)
      : body_(body), table_(table), messages_(messages) {}

  void Run(const std::vector<std::string>& other_keys) {
    CheckAttributes(other_keys);
    CheckStream();
    if (!IsRestored(body_)) CheckCapacity();
    CheckTimeToLive();
    CheckIndexes();
  }

 private:
  // `service_says`: what CreateTable says of the same.
  void Refuse(const Place& place, std::string text, std::string hint,
              std::vector<ServiceSays> service_says) {
    table_.refusals.push_back({.message = {.severity = Severity::kError,
                                           .id = "terraform-plan",
                                           .place = place,
                                           .text = std::move(text),
                                           .hint = std::move(hint)},
                               .service_says = std::move(service_says)});
  }
  void Warn(const Place& place, std::string text, std::string hint) {
    messages_.push_back({.severity = Severity::kWarning,
                         .id = "terraform-setting",
                         .place = place,
                         .text = std::move(text),
                         .hint = std::move(hint)});
  }

  const Node* Given(const Node& body, std::string_view name) const {
    const Node* value = body.Find(name);
    if (!value || value->kind == Kind::kNull) return nullptr;
    return value->kind == Kind::kString && value->text.empty() ? nullptr : value;
  }

  // `["a" "b"]`, as Go prints a list of strings.
  static std::string Quoted(const std::map<std::string, Place>& names) {
    std::string text = "[";
    for (const auto& [name, place] : names) {
      text += (text.size() > 1 ? " \"" : "\"") + name + "\"";
    }
    return text + "]";
  }

  // Notes a key's name; false: it is not known.
  static bool Collect(const Node* name, std::map<std::string, Place>& keys) {
    if (!name) return true;
    if (name->kind != Kind::kString) return false;
    keys.try_emplace(name->text, name->place);
    return true;
  }

  // Of a global index.
  bool LacksKey(const Node& index) const {
    return !Given(index, "hash_key") && !index.Find("key_schema");
  }

  // The attributes that keys name. False: not all are known.
  bool Keys(std::map<std::string, Place>& keys) const {
    bool known = Collect(Given(body_, "hash_key"), keys);
    known = Collect(Given(body_, "range_key"), keys) && known;
    for (const char* type : {"local_secondary_index", "global_secondary_index"}) {
      const Node* indexes = body_.Find(type);
      if (!indexes) continue;
      known = known && indexes->kind == Kind::kList;
      for (const Node& index : indexes->list) {
        known = known && index.kind == Kind::kMap;
        // Told by itself, and the attribute that was meant is not unused.
        if (LacksKey(index) && type[0] == 'g') known = false;
        known = Collect(Given(index, "hash_key"), keys) && known;
        known = Collect(Given(index, "range_key"), keys) && known;
        const Node* elements = index.Find("key_schema");
        if (!elements) continue;
        known = known && elements->kind == Kind::kList;
        for (const Node& element : elements->list) {
          known = known && element.kind == Kind::kMap;
          known = Collect(Given(element, "attribute_name"), keys) && known;
        }
      }
    }
    return known;
  }

  void CheckAttributes(const std::vector<std::string>& other_keys) {
    std::map<std::string, Place> keys;
    const bool keys_known = Keys(keys);
    std::map<std::string, Place> defined;
    bool defined_known = true;
    if (const Node* attributes = body_.Find("attribute")) {
      defined_known = attributes->kind == Kind::kList;
      for (const Node& attribute : attributes->list) {
        defined_known = defined_known && attribute.kind == Kind::kMap;
        defined_known = Collect(attribute.Find("name"), defined) && defined_known;
      }
    }
    std::map<std::string, Place> unused = defined;
    std::erase_if(unused, [&](const auto& name) {
      return keys.contains(name.first) ||
             std::ranges::find(other_keys, name.first) != other_keys.end();
    });
    std::map<std::string, Place> unmatched = keys;
    std::erase_if(unmatched, [&](const auto& name) { return defined.contains(name.first); });
    // Terraform says both of one misspelt name.
    std::string misspelt;
    if (defined_known && keys_known) misspelt = Misspellings(unused, unmatched);
    if (keys_known && !unused.empty() && !Given(body_, "hash_key") && !IsRestored(body_)) {
      Refuse(table_.place, "all attributes must be indexed. Unused attributes: " + Quoted(unused),
             "hash_key is not set", {{Cause::kMissingMember, "keySchema"}});
    } else if (keys_known && !unused.empty() && misspelt.empty()) {
      Refuse(unused.begin()->second,
             "all attributes must be indexed. Unused attributes: " + Quoted(unused),
             "an attribute block belongs to each key of the table and its indexes, and to nothing "
             "else: other attributes of an item are not declared",
             {{Cause::kDefinitionCountMismatch}, {Cause::kUnusedDefinitions}});
    }
    if (defined_known && !unmatched.empty()) {
      Refuse(
          FirstPlace(unmatched),
          "all indexes must match a defined attribute. Unmatched indexes: " + Quoted(unmatched),
          misspelt.empty()
              ? "each key of the table and its indexes needs an attribute block with its name and "
                "type"
              : misspelt,
          {{Cause::kTooFewDefinitions},
           {Cause::kUndefinedKeyAttributes},
           {Cause::kMissingMember, "attributeDefinitions"},
           {Cause::kDefinitionCountMismatch}});
    }
  }

  // "one of the two is misspelt: ..."; empty where an attribute that is no key resembles none of
  // the keys that are no attribute.
  static std::string Misspellings(const std::map<std::string, Place>& unused,
                                  const std::map<std::string, Place>& unmatched) {
    constexpr size_t kMostLetters = 3;
    std::vector<std::string_view> keys;
    for (const auto& [name, place] : unmatched) keys.push_back(name);
    std::string text;
    for (const auto& [name, place] : unused) {
      const std::string_view key = document::Misspelt(name, keys, kMostLetters);
      if (key.empty()) return {};
      text += (text.empty() ? "one of the two is misspelt: " : "; ") + std::string("the key \"") +
              std::string(key) + "\", the attribute \"" + name + "\" at line " +
              std::to_string(place.line);
    }
    return text;
  }

  // The one that stands first in the file.
  static const Place& FirstPlace(const std::map<std::string, Place>& names) {
    return std::ranges::min_element(
               names, {},
               [](const auto& name) { return std::pair(name.second.line, name.second.column); })
        ->second;
  }

  static bool IsTrue(const Node* value) {
    return value && value->kind == Kind::kBool && value->boolean;
  }
  static bool IsOpen(const Node* value) { return value && value->kind == Kind::kUnresolved; }

  void CheckStream() {
    const Node* enabled = Given(body_, "stream_enabled");
    const Node* view = Given(body_, "stream_view_type");
    if (IsTrue(enabled) && !view) {
      Refuse(enabled->place, "stream_view_type is required when stream_enabled = true", "",
             {{Cause::kStreamViewTypeMissing}});
    }
    if (view && !enabled && !IsOpen(view)) {
      Warn(view->place,
           "stream_view_type has no effect: the table gets no stream without stream_enabled = true",
           "set stream_enabled = true, or take stream_view_type out");
    }
  }

  static bool Positive(const Node* value) {
    if (!value) return false;
    if (value->kind == Kind::kUnresolved) return true;
    const auto number = document::NumberOf(std::string_view(value->text));
    return number && *number >= 1;
  }

  void CheckCapacity() {
    const Node* mode = Given(body_, "billing_mode");
    const bool provisioned = !mode || (mode->kind == Kind::kString && mode->text == "PROVISIONED");
    const bool on_demand = mode && mode->kind == Kind::kString && mode->text == "PAY_PER_REQUEST";
    std::vector<std::string> missing;
    for (const char* name : {"read_capacity", "write_capacity"}) {
      const Node* value = Given(body_, name);
      if (provisioned && !Positive(value)) missing.emplace_back(name);
      if (value && body_.Find("on_demand_throughput")) {
        Refuse(value->place, "\"" + std::string(name) + "\": conflicts with on_demand_throughput",
               "", {{Cause::kOnDemandThroughput}});
      } else if (on_demand && value && !IsOpen(value) && value->text != "0") {
        Refuse(value->place,
               std::string(name) + " can not be set when billing_mode is \"PAY_PER_REQUEST\"", "",
               {});
      }
    }
    if (missing.empty()) return;
    std::string hint = missing.size() == 2 ? "the same holds for write_capacity" : "";
    if (mode == nullptr) {
      hint += hint.empty() ? "" : "; ";
      hint += "billing_mode is PROVISIONED unless it is set: PAY_PER_REQUEST needs no capacity";
    }
    const Node* value = Given(body_, missing[0]);
    Refuse(value  ? value->place
           : mode ? mode->place
                  : table_.place,
           missing[0] + " must be at least 1 when billing_mode is \"PROVISIONED\"", std::move(hint),
           {{Cause::kThroughputMissing},
            {Cause::kNone, "provisionedThroughput.readCapacityUnits"},
            {Cause::kNone, "provisionedThroughput.writeCapacityUnits"}});
  }

  void CheckTimeToLive() {
    const Node* blocks = body_.Find("ttl");
    if (!blocks) return;
    for (const Node& ttl : blocks->list) {
      if (ttl.kind != Kind::kMap) continue;
      const Node* enabled = ttl.Find("enabled");
      const Node* name = ttl.Find("attribute_name");
      if (IsTrue(enabled) && !name) {
        Refuse(ttl.place,
               "Attribute \"ttl[0].attribute_name\" must be specified when \"ttl[0].enabled\" is "
               "\"true\".",
               "", {{Cause::kNone, "timeToLiveSpecification.attributeName"}});
      } else if (IsTrue(enabled) && name->kind == Kind::kString && name->text.empty()) {
        Refuse(name->place, "Attribute \"ttl[0].attribute_name\" cannot have an empty value", "",
               {{Cause::kNone, "timeToLiveSpecification.attributeName"}});
      } else if (!enabled && name) {
        Warn(ttl.place, "The ttl block has no effect: TTL stays off without enabled = true",
             "set enabled = true in the ttl block");
      }
    }
  }

  void CheckIndexes() {
    const Node* indexes = body_.Find("global_secondary_index");
    if (!indexes) return;
    for (size_t i = 0; i < indexes->list.size(); ++i) {
      const Node& index = indexes->list[i];
      if (index.kind != Kind::kMap || !LacksKey(index)) continue;
      Refuse(index.place,
             "This global_secondary_index has no key: \"hash_key\" or a \"key_schema\" block is "
             "required",
             "",
             {{Cause::kNone,
               "globalSecondaryIndexes." + std::to_string(i + 1) + ".member.keySchema"}});
    }
  }

  const Node& body_;
  TableSource& table_;
  std::vector<Message>& messages_;
};

}  // namespace

void CheckPlan(const Node& body, const std::vector<std::string>& other_keys, TableSource& table,
               std::vector<Message>& messages) {
  PlanRules(body, table, messages).Run(other_keys);
}

}  // namespace dynarock::schema::terraform

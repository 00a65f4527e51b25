// The expression languages: parse, resolve, evaluate. Input: a letter for the language (c, f, k, p,
// u; any other stands for a projection) and the expression.
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "expression/condition.h"
#include "expression/key_condition.h"
#include "expression/projection.h"
#include "expression/update.h"
#include "storage/item/encoder.h"
#include "storage/item/json.h"
#include "storage/item/wire_json.h"
#include "tests/fuzzers/require.h"

namespace dynarock::fuzzers {
namespace {

using namespace expression;

std::string ItemOf(const char* json) {
  JsonDocument document;
  std::string item;
  Require(document.Parse(json) && EncodeItem(document.root(), item), "the fixture is an item");
  return item;
}

const std::string& TheItem() {
  static const std::string item = ItemOf(
      R"({"pk":{"S":"a"},"sk":{"N":"1"},"s":{"S":"text"},"n":{"N":"-12.5"},"b":{"B":"AP8="},
      "t":{"BOOL":true},"z":{"NULL":true},"ss":{"SS":["p","q"]},"ns":{"NS":["1","2","3"]},
      "bs":{"BS":["AA==","AQ=="]},"l":{"L":[{"S":"e"},{"N":"1"},{"L":[{"N":"2"}]}]},
      "m":{"M":{"k":{"S":"w"},"n":{"N":"2"},"l":{"L":[{"M":{"k":{"S":"deep"}}}]}}},"x.y":{"N":"0"}})");
  return item;
}

// ":s" and so on: one value of each type, by the name of an attribute above.
Placeholders MakePlaceholders() {
  static const std::string values = ItemOf(
      R"({":s":{"S":"te"},":n":{"N":"2"},":h":{"N":"9.9999999999999999999999999999999999999E+125"},
      ":b":{"B":"AA=="},":t":{"BOOL":false},":z":{"NULL":true},":ss":{"SS":["q","r"]},
      ":ns":{"NS":["2","4"]},":bs":{"BS":["AQ=="]},":l":{"L":[{"S":"f"}]},
      ":m":{"M":{"k":{"N":"1"}}},":e":{"S":""}})");
  Placeholders placeholders;
  for (const Attribute value : ItemView(values).attributes()) {
    placeholders.AddValue(value.name, value.value);
  }
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"#a", "l"}, {"#b", "m"}, {"#c", "x.y"}, {"#d", "s"}, {"#f", "none"}};
  for (const auto& [name, attribute] : kNames) placeholders.AddName(name, attribute);
  return placeholders;
}

void RequireItem(const std::string& bytes) {
  Require(bytes.empty() || IsWellFormedItem(bytes), "what comes out is an item");
}

void RunCondition(Language language, std::string_view text) {
  Placeholders placeholders = MakePlaceholders();
  const auto condition = ParseCondition(language, text, placeholders);
  if (!condition) return;
  const ItemView item(TheItem());
  const bool matches = condition->Matches(item);
  condition->Matches(std::nullopt);
  Placeholders again = MakePlaceholders();
  const auto same = ParseCondition(language, text, again);
  Require(same && Print(*same) == Print(*condition), "a condition means the same the next time");
  Placeholders third = MakePlaceholders();
  const std::string negated = "NOT (" + std::string(text) + ")";  // the condition points into it
  const auto inverse = ParseCondition(language, negated, third);
  if (inverse) Require(inverse->Matches(item) != matches, "NOT turns a condition round");
}

void RunKeyCondition(std::string_view text) {
  Placeholders placeholders = MakePlaceholders();
  const auto condition = ParseKeyCondition(text, placeholders);
  if (!condition) return;
  const auto terms = ReadKeyTerms(*condition, Layer::kNewer);
  if (!terms) return;
  const std::vector<KeyAttribute> schemas[] = {
      {{.name = "pk", .type = Type::kString, .hash = true}},
      {{.name = "pk", .type = Type::kString, .hash = true},
       {.name = "sk", .type = Type::kNumber, .hash = false}},
      {{.name = "s", .type = Type::kString, .hash = true},
       {.name = "n", .type = Type::kNumber, .hash = true},
       {.name = "b", .type = Type::kBinary, .hash = false},
       {.name = "x.y", .type = Type::kString, .hash = false}}};
  for (const auto& schema : schemas) {
    const auto query = ResolveKeyTerms(*terms, schema);
    if (!query) continue;
    Require(!query->hash.empty(), "a query has a value for its HASH attribute");
  }
}

void RunProjection(std::string_view text) {
  Placeholders placeholders = MakePlaceholders();
  const auto projection = ParseProjection(text, placeholders);
  if (!projection) return;
  const std::string part = projection->Apply(ItemView(TheItem()));
  RequireItem(part);
  Require(ItemView(part).count() <= ItemView(TheItem()).count(), "a part is no larger");
  projection->top_level_names();
  Print(*projection);
}

void RunUpdate(std::string_view text) {
  Placeholders placeholders = MakePlaceholders();
  const auto update = ParseUpdate(text, placeholders);
  if (!update) return;
  static const std::string key = ItemOf(R"({"pk":{"S":"a"},"sk":{"N":"1"}})");
  for (const auto& old :
       {std::optional<ItemView>(ItemView(TheItem())), std::optional<ItemView>()}) {
    const auto outcome = update->Apply(old, ItemView(key));
    if (!outcome) continue;
    RequireItem(outcome->item);
    RequireItem(update->UpdatedOld(old));
    if (!outcome->write) continue;
    const ItemView updated(outcome->item);
    RequireItem(update->UpdatedNew(updated));
    Require(update->Charge(old) >= 3, "a statement has a size");
    std::string json;
    WriteItem(updated, json);
    JsonDocument document;
    std::string again;
    Require(document.Parse(json) && EncodeItem(document.root(), again) && again == outcome->item,
            "an updated item is the same after its JSON");
  }
}

void Run(char language, std::string_view text) {
  switch (language) {
    case 'c':
      return RunCondition(Language::kCondition, text);
    case 'f':
      return RunCondition(Language::kFilter, text);
    case 'k':
      return RunKeyCondition(text);
    case 'u':
      return RunUpdate(text);
    default:
      return RunProjection(text);
  }
}

}  // namespace
}  // namespace dynarock::fuzzers

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input = dynarock::fuzzers::Bytes(data, size);
  if (!dynarock::IsUtf8(input) || input.empty()) return 0;  // requests are UTF-8
  dynarock::fuzzers::Run(input.front(), input.substr(1));
  return 0;
}

#include "server/schema/review/production.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <string>

#include "server/document/node_path.h"
#include "storage/item/text.h"

namespace dynarock::schema {

namespace {

using Words = std::span<const std::string_view>;

// In names and tags.
constexpr auto kProduction = std::to_array<std::string_view>({"prod", "production", "prd"});
// "pre-prod" holds a word of production, so these are looked for first.
constexpr auto kOther = std::to_array<std::string_view>(
    {"dev",     "develop",     "development", "devel",   "test",       "testing",
     "tst",     "qa",          "uat",         "sit",     "stage",      "staging",
     "stg",     "sandbox",     "sbx",         "preprod", "pre-prod",   "preproduction",
     "nonprod", "non-prod",    "demo",        "local",   "localstack", "ci",
     "e2e",     "integration", "preview",     "poc",     "playground", "experiment"});
// In the names of tags that tell what a table is for.
constexpr auto kStageTags =
    std::to_array<std::string_view>({"env", "environment", "stage", "tier", "envname",
                                     "environmentname", "deploymentstage", "stagename"});

bool HasAny(std::string_view name, Words words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return HasWord(name, word); });
}

// Whether a tag tells what the table is for, rather than what it is called.
bool TellsStage(std::string_view key) {
  return HasAny(key, kStageTags);
}

// Of one name or value; kUnknown: it does not tell.
Purpose PurposeIn(std::string_view text) {
  if (HasAny(text, kOther)) return Purpose::kOther;
  if (HasAny(text, kProduction)) return Purpose::kProduction;
  return Purpose::kUnknown;
}

}  // namespace

bool HasWord(std::string_view name, std::string_view word) {
  const std::string lower = Lowered(name);
  const auto letter = [&](size_t at) {
    return at < lower.size() && std::isalpha(static_cast<unsigned char>(lower[at])) != 0;
  };
  for (size_t at = lower.find(word); at != std::string::npos; at = lower.find(word, at + 1)) {
    if ((at == 0 || !letter(at - 1)) && !letter(at + word.size())) return true;
  }
  return false;
}

Purpose PurposeOf(const TableSource& table, const Node& request) {
  Purpose purpose = PurposeIn(TextOf(request, "TableName"));
  if (purpose != Purpose::kUnknown) return purpose;
  for (const Node& tag : ElementsOf(request, "Tags")) {
    const std::string_view value = TextOf(tag, "Value");
    const Purpose told = PurposeIn(value);
    const bool stage = TellsStage(TextOf(tag, "Key"));
    if (stage && Lowered(value) == "live") return Purpose::kProduction;
    if (told == Purpose::kProduction || (stage && told == Purpose::kOther)) return told;
  }
  purpose = PurposeIn(table.stage);
  return purpose;
}

}  // namespace dynarock::schema

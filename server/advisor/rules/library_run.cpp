#include "server/advisor/rules/library_run.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

#include "server/advisor/words/entity_names.h"
#include "server/advisor/words/test_names.h"

namespace dynarock::advisor {

namespace {

// What a finding of a rule is in the run of a library; one step lower where a rule is not named.
enum class Lowering { kStays, kToNote };
struct OfRule {
  std::string_view id;
  Lowering lowering;
};
constexpr std::array kOfRules = {
    // What the library itself does, whatever its tests are about.
    OfRule{"unprocessed-ignored", Lowering::kStays},     // writes are lost
    OfRule{"gets-one-by-one", Lowering::kStays},         // its loop
    OfRule{"lost-update", Lowering::kStays},             // data is lost
    OfRule{"retry-without-backoff", Lowering::kStays},   // its retries
    OfRule{"index-leaves-items-out", Lowering::kStays},  // a migration that skips items
    // What tests do to see that it is handled.
    OfRule{"page-token-ignored", Lowering::kToNote},       // one page, to look at its token
    OfRule{"ttl-value-wrong", Lowering::kToNote},          // what is expired, what never expires
    OfRule{"index-key-never-written", Lowering::kToNote},  // tables with indexes for all tests
    OfRule{"item-too-large", Lowering::kToNote},           // the refusal is what is tested
};

struct Names {
  uint64_t all = 0;
  uint64_t made_up = 0;
  std::string example;

  void Add(std::string_view name, bool is_made_up) {
    ++all;
    if (!is_made_up) return;
    if (made_up++ == 0) example = name;
  }
  std::string Text() const {
    return Figure(made_up) + " of " + Figure(all) + ", such as \"" + example + "\"";
  }
};

// Most of what is sent goes to tables that no application would name so.
std::string SignOfTables(const Case& given) {
  Names names;
  uint64_t requests = 0;
  uint64_t of_made_up = 0;
  for (const TableCase& table : given.tables) {
    const bool made_up = IsMadeUpTable(PatternOf(table.name));
    names.Add(table.name, made_up);
    requests += table.requests;
    if (made_up) of_made_up += table.requests;
  }
  if (names.made_up * 2 < names.all || of_made_up * 2 < requests || of_made_up == 0) return {};
  return "tables have the names of tests (" + names.Text() + ")";
}

std::string SignOfKeys(const Case& given) {
  constexpr uint64_t kFewest = 3;
  Names keys;
  for (const TableCase& table : given.tables) {
    for (const KeySketch::Key& key : table.facts.keys.Frequent()) {
      // Identifiers say nothing.
      if (!WordsOf(key.label).empty()) keys.Add(key.label, IsMadeUp(key.label));
    }
  }
  if (keys.made_up < kFewest || keys.made_up * 2 < keys.all) return {};
  return "keys are made up (" + keys.Text() + ")";
}

std::string SignOfAttributes(const Case& given) {
  constexpr uint64_t kFewest = 3;
  constexpr uint64_t kShare = 10;  // one in so many
  std::set<std::string> all;
  for (const TableCase& table : given.tables) {
    for (const auto& [name, facts] : table.facts.attributes) all.insert(name);
  }
  Names names;
  for (const std::string& name : all) names.Add(name, IsMadeUp(name));
  if (names.made_up < kFewest || names.made_up * kShare < names.all) return {};
  return "attributes are made up (" + names.Text() + ")";
}

// Kinds of requests, and those of them that were hardly ever sent.
struct Kinds {
  uint64_t all = 0;
  uint64_t few = 0;

  bool MostlyFew(uint64_t fewest) const { return all >= fewest && few * 10 >= all * 6; }
  std::string Text() const {
    return Figure(few) + " of " + Figure(all) + " kinds of requests were sent three times at most";
  }
};

// An application repeats few kinds of requests. `any`: of all tables together; else of one table,
// and so many of them as only tests of a library send to it.
std::string SignOfKinds(const Case& given, bool any) {
  constexpr uint64_t kFew = 3;
  constexpr uint64_t kMany = 40;
  constexpr uint64_t kManyOfTable = 150;
  Kinds run;
  std::map<std::string, Kinds> tables;
  for (const RequestKind* kind : given.kinds) {
    const uint64_t requests = kind->traffic.requests();
    if (requests == 0 || kind->table.empty()) continue;
    for (Kinds* kinds : {&run, &tables[kind->table]}) {
      ++kinds->all;
      if (requests <= kFew) ++kinds->few;
    }
  }
  if (any) return run.MostlyFew(kMany) ? run.Text() : std::string();
  for (const auto& [name, kinds] : tables) {
    if (kinds.MostlyFew(kManyOfTable)) return kinds.Text() + " to one table";
  }
  return {};
}

std::string SignOfLives(const Case& given) {
  constexpr uint64_t kFewest = 5;
  const TableLives::Counts& lives = given.lives;
  if (lives.made < kFewest || lives.short_lived * 3 < lives.made * 2) return {};
  return Figure(lives.short_lived) + " of " + Figure(lives.made) +
         " tables were dropped within 2 seconds";
}

bool Lower(Finding& finding) {
  if (finding.severity == Severity::kNote) return false;
  const auto of_rule = std::find_if(kOfRules.begin(), kOfRules.end(),
                                    [&](const OfRule& one) { return one.id == finding.id; });
  const bool known = of_rule != kOfRules.end();
  if (known && of_rule->lowering == Lowering::kStays) return false;
  const bool to_note = known || finding.severity == Severity::kWarning;
  finding.severity = to_note ? Severity::kNote : Severity::kWarning;
  return true;
}

}  // namespace

std::string SignsOfLibrary(const Case& given) {
  if (std::string many = SignOfKinds(given, /*any=*/false); !many.empty()) return many;
  const std::string tables = SignOfTables(given);
  std::string texts = SignOfKeys(given);
  if (texts.empty()) texts = SignOfAttributes(given);
  if (tables.empty() && texts.empty()) return {};
  const std::string kinds = SignOfKinds(given, /*any=*/true);
  if (!kinds.empty()) return (tables.empty() ? texts : tables) + ", and " + kinds;
  if (texts.empty()) return {};  // an application may make "TestTable" for each of its tests
  if (!tables.empty()) return tables + ", and " + texts;
  const std::string lives = SignOfLives(given);
  return lives.empty() ? std::string() : texts + ", and " + lives;
}

std::string LowerForLibrary(const Case& given, std::vector<Finding>& findings) {
  if (given.settings.run == Run::kApplication) return {};
  const bool told = given.settings.run == Run::kLibrary;
  const std::string signs = told ? std::string() : SignsOfLibrary(given);
  if (!told && signs.empty()) return {};
  uint64_t lowered = 0;
  for (Finding& finding : findings) lowered += Lower(finding) ? 1 : 0;
  if (lowered == 0) return {};
  const std::string what = (lowered == 1 ? "1 finding is" : Figure(lowered) + " findings are") +
                           " less severe than in an application";
  if (told) return "The advisor file calls this run the tests of a library: " + what + ".";
  return "This run looks like the tests of a library: " + signs + ". " + what +
         "; \"run: application\" in the advisor file restores the severity.";
}

}  // namespace dynarock::advisor

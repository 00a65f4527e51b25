// temporary-without-ttl: items that look temporary in a table without TTL; nothing cleans them up.
//
// Sees attributes named like an expiry ("expiresAt", "ttl") whose values are times within half a
// year of now ("validUntil" where table or keys are named after tokens and the like), keys that
// begin with "session", "token", "otp" and the like, and tables that are named after one-time
// passwords, password resets and the like. Silent when the application deletes items of the table
// itself (a tenth as often as it makes them). A warning from `temporary_items` items with an expiry
// on; a note for keys, for names of tables, and for attributes that only contain the word in a
// table that is not named after sessions, tokens and the like ("subscriptionExpiresAt"), or where
// table or keys are named after what lapses but is kept (subscriptions, coupons). Why:
// sessions and tokens nobody deletes are what such a table will mostly consist of.
#include <algorithm>
#include <array>

#include "server/advisor/rules/rules.h"
#include "server/advisor/words/entity_names.h"
#include "server/findings/words.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "temporary-without-ttl";

std::string Lower(std::string_view text) {
  std::string lower;
  for (const char c : text) {
    if (c != '_' && c != '-') lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return lower;
}

// An expiry of the item itself, rather than of something that it tells of ("passwordExpiry").
bool IsExpiry(std::string_view name) {
  static constexpr std::array<std::string_view, 17> kNames = {
      "ttl",       "timetolive", "deleteafter", "deleteat",       "purgeat",     "expires",
      "expiresat", "expireson",  "expirestime", "expireat",       "expiretime",  "expiry",
      "expiryat",  "expirytime", "expiration",  "expirationtime", "expiresepoch"};
  return std::find(kNames.begin(), kNames.end(), Lower(name)) != kNames.end();
}

bool SpeaksOfExpiry(std::string_view name) {
  return IsExpiry(name) || Lower(name).find("expir") != std::string::npos;
}

// Names of what nobody keeps: "login-otps", "emailverification".
bool NamesTheTemporary(std::string_view name) {
  static constexpr std::array<std::string_view, 4> kWords = {"otp", "otps", "nonce", "captcha"};
  static constexpr std::array<std::string_view, 12> kParts = {
      "magiclink",         "passwordreset",     "resetpassword", "resettoken",
      "resetcode",         "emailverification", "refreshtoken",  "verificationcode",
      "verificationtoken", "phoneverification", "loginsession",  "usersession"};
  const std::vector<std::string> words = WordsOf(name);
  const std::string lower = Lower(name);
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) {
                       return std::find(words.begin(), words.end(), word) != words.end();
                     }) ||
         std::any_of(kParts.begin(), kParts.end(),
                     [&](std::string_view part) { return lower.find(part) != lower.npos; });
}

bool IsTemporaryKey(std::string_view prefix) {
  static constexpr std::array<std::string_view, 11> kPrefixes = {
      "session", "sess", "token", "otp",          "nonce",        "cache",
      "temp",    "tmp",  "lock",  "verification", "resetpassword"};
  const std::string lower = Lower(prefix);
  return std::find(kPrefixes.begin(), kPrefixes.end(), lower) != kPrefixes.end() ||
         NamesTheTemporary(prefix);
}

// "validUntil" tells of coupons and contracts as well.
bool MayBeExpiry(std::string_view name) {
  const std::string lower = Lower(name);
  return lower == "validuntil" || lower == "validtill" || lower == "validto";
}

// A table whose items are temporary by its name: "Sessions", "auth-tokens".
bool IsNamedTemporary(const TableCase& table) {
  const std::string name = Lower(table.name);
  const std::vector<std::string> words = WordsOf(table.name);
  return std::ranges::any_of(findings::kTemporary,
                             [&](std::string_view word) { return name.find(word) != name.npos; }) ||
         std::ranges::any_of(findings::kTemporaryAlone, [&](std::string_view word) {
           return std::ranges::find(words, word) != words.end();
         });
}

// Or by what their keys begin with.
bool HoldsTemporary(const TableCase& table) {
  return IsNamedTemporary(table) ||
         std::any_of(table.facts.key_prefixes.begin(), table.facts.key_prefixes.end(),
                     [](const auto& prefix) { return IsTemporaryKey(prefix.first); });
}

// What ends one day and is kept all the same, by the table's name or by what its keys begin with:
// subscriptions, coupons.
bool HoldsLapsing(const TableCase& table) {
  return SpeaksOfTheLapsing(WordsOf(table.name)) ||
         std::any_of(table.facts.key_prefixes.begin(), table.facts.key_prefixes.end(),
                     [](const auto& prefix) { return SpeaksOfTheLapsing(WordsOf(prefix.first)); });
}

uint64_t DeletesOf(const TableCase& table) {
  uint64_t deletes = 0;
  for (const RequestKind* kind : table.kinds) {
    if (kind->access_kind == trace::AccessKind::kDelete) deletes += kind->traffic.entries();
  }
  return deletes;
}

void Add(const TableCase& table, const Met& met, Severity severity, std::string title,
         std::string example, std::vector<Finding>& findings) {
  Sighting seen;
  seen.count = met.about;
  seen.first_ms = table.first_ms;
  seen.last_ms = table.last_ms;
  Finding& finding = findings.emplace_back(Of(table, seen, kId, severity, std::move(title)));
  finding.evidence.emplace_back("such items",
                                (met.about > met.count ? "about " : "") + Figure(met.about));
  finding.evidence.emplace_back("example", std::move(example));
  finding.evidence.emplace_back("items deleted by the application", Figure(DeletesOf(table)));
  finding.consequence = findings::kTemporaryConsequence;
  finding.advice = findings::kTemporaryAdvice;
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const TableCase& table : given.tables) {
    if (table.table->description().ttl.enabled) continue;
    if (DeletesOf(table) * 10 >= table.facts.writes) continue;
    bool said = false;
    for (const auto& [name, facts] : table.facts.attributes) {
      const bool may_be = MayBeExpiry(name) && HoldsTemporary(table);
      if (!SpeaksOfExpiry(name) && !may_be) continue;
      if (facts.soon.count < given.thresholds().temporary_items) continue;
      const bool sure = may_be ? IsNamedTemporary(table)
                               : HoldsTemporary(table) || (IsExpiry(name) && !HoldsLapsing(table));
      Add(table, facts.soon, sure ? Severity::kWarning : Severity::kNote,
          "Items have an expiry, \"" + name + "\", but the table has no TTL.",
          name + " = " + facts.soon_example, findings);
      said = true;
    }
    if (said) continue;
    for (const auto& [prefix, met] : table.facts.key_prefixes) {
      if (met.count < given.thresholds().temporary_items || !IsTemporaryKey(prefix)) continue;
      Add(table, met, Severity::kNote,
          "Items named \"" + prefix + "\" look temporary, but the table has no TTL.",
          prefix + "#...", findings);
      said = true;
    }
    const auto items = static_cast<uint64_t>(
        std::max<int64_t>(0, table.table->state().counters.items.load(std::memory_order_relaxed)));
    if (said || items < given.thresholds().temporary_items || !NamesTheTemporary(table.name)) {
      continue;
    }
    Add(table, {.count = items, .about = items}, Severity::kNote,
        "By the table's name its items are temporary, but it has no TTL.", table.name, findings);
  }
}

}  // namespace

extern const Rule kTemporaryWithoutTtl{kId, Judge};

}  // namespace dynarock::advisor

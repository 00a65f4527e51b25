#include "server/advisor/watch/locks.h"

#include <algorithm>
#include <array>

#include "server/advisor/words/entity_names.h"

namespace dynarock::advisor {

namespace {

template <class Words>
bool Says(std::string_view name, const Words& wanted) {
  const std::vector<std::string> words = WordsOf(name);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return std::find(wanted.begin(), wanted.end(), word) != wanted.end();
  });
}

// Words that only locks have; "owner" and "expires" are those of documents and sessions as well.
constexpr std::array<std::string_view, 14> kOfLocks = {
    "lock",  "locks",  "locked",    "locking", "lease", "leases", "leased",
    "mutex", "holder", "heartbeat", "fencing", "rvn",   "leader", "semaphore"};
constexpr std::array<std::string_view, 3> kOfOwners = {"owner", "claimed", "released"};
constexpr std::array<std::string_view, 7> kOfExpiry = {"expires", "expiry", "expire", "expiration",
                                                       "expired", "ttl",    "until"};

bool AsksForOwner(const Term& term) {
  return Says(term.attribute, kOfLocks) || Says(term.attribute, kOfOwners);
}

bool AsksForExpiry(const Term& term) {
  return Says(term.attribute, kOfExpiry);
}

bool LetsFirstWin(const Term& term) {
  return term.op == "attribute_not_exists" || term.op == "<" || term.op == "<=" || term.op == ">" ||
         term.op == ">=" || AsksForExpiry(term);
}

}  // namespace

bool LooksLikeLock(std::string_view condition, std::string_view update, const AttributeNames& names,
                   std::string_view table) {
  const std::vector<Term> asked = TermsOf("ConditionExpression", condition, names);
  if (asked.empty()) return false;
  if (std::any_of(asked.begin(), asked.end(), AsksForOwner) || Says(table, kOfLocks)) {
    return true;
  }
  // Without an expiry it is any item that must not be there yet.
  if (std::any_of(asked.begin(), asked.end(), AsksForExpiry) &&
      std::all_of(asked.begin(), asked.end(), LetsFirstWin)) {
    return true;
  }
  const std::vector<Term> set = TermsOf("UpdateExpression", update, names);
  return std::any_of(set.begin(), set.end(),
                     [](const Term& term) { return Says(term.attribute, kOfLocks); });
}

}  // namespace dynarock::advisor

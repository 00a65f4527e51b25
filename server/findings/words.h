// Names that speak: what rules of check, which see a definition, and of the advisor, which sees
// requests, take a name to mean, and the words in which both say what follows.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace dynarock::findings {

// ---- temporary-without-ttl

// Words of names of tables whose items usually end some day.
inline constexpr std::array<std::string_view, 7> kTemporary = {
    "session", "token", "otp", "nonce", "cache", "verification", "magiclink"};
// The same; other words begin or end with them ("template"), so they have to stand by themselves.
inline constexpr std::array<std::string_view, 1> kTemporaryAlone = {"temp"};

inline constexpr std::string_view kTemporaryConsequence =
    "Nothing removes these items: the table grows, its storage and every Scan and backup with it, and "
    "what has expired can still be read.";
inline constexpr std::string_view kTemporaryAdvice =
    "Turn on TTL for an attribute with the expiry as a number of seconds since 1970; deletions by TTL "
    "cost nothing. Until they happen (within days) filter expired items when reading.";

// ---- low-cardinality-key

// Last words of names of attributes that have few values: always, and usually.
inline constexpr std::array<std::string_view, 11> kFewValued = {
    "status", "state",   "type",    "kind",    "gender",  "flag",
    "active", "enabled", "boolean", "deleted", "archived"};
inline constexpr std::array<std::string_view, 7> kUsuallyFewValued = {
    "category", "level", "priority", "role", "stage", "phase", "severity"};

inline constexpr std::string_view kFewValuesConsequence =
    "All items with one value share one partition's traffic: 3000 read and 1000 write units a second, "
    "however much is paid for. An index that is throttled throttles writes to the table as well.";
// `attribute` is the partition key.
inline std::string FewValuesAdvice(std::string_view attribute) {
  return "Make the partition key finer (\"" + std::string(attribute) +
         "\" with a shard number or a day behind it), or index only the value that is looked for, as "
         "a sparse index. Where production has many more values than the tests, it is fine as it is.";
}

}  // namespace dynarock::findings

// What names and key values tell of entities: which attribute refers to which table, which item is
// its partition's own. Words are lower case and singular: "user" of "dev-Users-table".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/catalog/table.h"
#include "storage/item/encoded.h"

namespace dynarock::advisor {

// "orderLines", "ORDER_LINES" -> {"order", "line"}. Parts with digits inside ("1a2b3c") are left
// out, digits at a part's end are dropped.
std::vector<std::string> WordsOf(std::string_view name);

// What an attribute's value names: "user" of "userId" and "owner_user_id"; "" where the name says
// nothing ("id", "pk").
std::string ReferredTo(std::string_view attribute);

// What one item of a table is: "user" of "dev-users-table"; "" when the name does not tell.
std::string EntityOf(std::string_view table);

// The entity that the partition of a table with sort key S is about, when this item is the
// partition's own: its sort key repeats the partition key ("USER#1", "USER#1"), is the name of the
// entity or of a first item ("PROFILE", "#META"), or both with the partition's id ("META#1"); or it
// is ElectroDB's for an entity without a key of its own ("$shop#projectid_1", "$project_1").
// Nothing for all others, such as "CART". `item` has the key attributes.
struct Root {
  std::string entity;  // "user"; "" when the key does not tell
  std::string word;    // what to call it: "USER#", "PROFILE"
};
std::optional<Root> RootOf(const Table& table, ItemView item);

// Whether an attribute is often without a value, and rightly so: "deletedAt", "parentId",
// "assignee".
bool BeginsWithNothing(std::string_view attribute);

// Whether an item would not be left without this attribute on purpose: "createdAt", "type",
// "email".
bool StaysForGood(std::string_view attribute);

// Whether a value names one thing and can hardly be met by accident: eight characters or more with
// letters and digits, or an id with its kind ("USER#1").
bool IsUnmistakable(ValueView value);

// Up to the first of # : / |, with it: "ORDER#" of "ORDER#1"; all of a text without.
std::string_view KindOf(std::string_view key_text);

// Lists of words, for judging what is left on purpose.
bool SpeaksOfArchive(const std::vector<std::string>& words);     // what is moved away: "archive"
bool SpeaksOfHistory(const std::vector<std::string>& words);     // also "audit", "version"
bool SpeaksOfRecords(const std::vector<std::string>& words);     // kept by law or for figures
bool SpeaksOfPeople(std::string_view word);                      // "user", "customer"
bool SpeaksOfThePassing(const std::vector<std::string>& words);  // "job", "session", "cart"
bool SpeaksOfTheLapsing(const std::vector<std::string>& words);  // "subscription", "coupon"

}  // namespace dynarock::advisor

// The texts of a request: its expressions, their structure, and the request itself, shortened.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/item/json.h"

namespace dynarock::advisor {

// A hash of all that makes a request (or an entry of a batch) distinct: expressions and what their
// #names stand for, the names of legacy parameters, Select. Values, keys and limits do not count.
uint64_t HashOfExpressions(const JsonValue& input);

// A hash of all that a request or an item says: members have no order, nor do the elements of sets,
// and numbers count by value, since clients may write 1.50 as 1.5 when they send it again.
uint64_t HashOfContents(const JsonValue& value, uint64_t seed = 1);

// Its expressions, name and text; legacy parameters as their attribute names.
std::vector<std::pair<std::string, std::string>> ExpressionsOf(const JsonValue& input);
// ExpressionAttributeNames.
std::vector<std::pair<std::string, std::string>> NamesOf(const JsonValue& input);

// An expression or statement without what may vary: identifiers, placeholders, list indexes, and
// the literals of statements each become one letter; keywords and functions stay.
struct Structure {
  std::string text;
  bool names = false;     // identifiers stand in it, rather than placeholders only
  bool literals = false;  // values stand in it: 'text' or numbers
};
Structure StructureOf(std::string_view expression, bool statement);
// The same with identifiers and literals kept: texts that are equal so differ in the names of
// placeholders only.
std::string WithoutPlaceholders(std::string_view expression, bool statement);
// And without the indexes of list elements, which no placeholder can stand for.
std::string WithoutListIndexes(std::string_view expression, bool statement);

// A statement with a mark for each literal; the names of a new item's attributes stay.
std::string WithoutLiterals(std::string_view statement, std::string_view mark = "?");

// One comparison in a condition, filter or statement: the attribute (its top-level name, #names
// resolved) and what it is compared by: "=", "<", "BETWEEN", "IN", "begins_with", ...
struct Term {
  std::string attribute;
  std::string op;
};
std::vector<Term> TermsOf(std::string_view expression,
                          const std::vector<std::pair<std::string, std::string>>& names);

// Whether a condition keeps a number that the update counts within a bound: a stock, a balance, the
// hits of a rate limit. Failing is an answer of such a write.
bool KeepsCountInBounds(std::string_view condition, std::string_view update,
                        const std::vector<std::pair<std::string, std::string>>& names);

// The request as one line of JSON of at most `most` bytes: long texts, binaries and items are cut
// short.
std::string Compact(const JsonValue& input, size_t most = 1500);

}  // namespace dynarock::advisor

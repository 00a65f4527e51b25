// What the expressions of a request say about each attribute.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dynarock::advisor {

struct RequestKind;

// ExpressionAttributeNames: placeholder and attribute.
using AttributeNames = std::vector<std::pair<std::string, std::string>>;

// An attribute that an expression mentions (its top-level name, #names resolved), and what it is
// compared by: "=", "<", "BETWEEN", "IN", "begins_with", ...; empty: nothing. What SET gives a value
// has "=".
struct Term {
  std::string attribute;
  std::string op;
};

// `member`: the request's parameter that has the text, "FilterExpression" or "Statement". Empty for
// legacy parameters and for texts that do not parse.
std::vector<Term> TermsOf(std::string_view member, std::string_view text,
                          const AttributeNames& names);
std::vector<Term> TermsOf(const RequestKind& kind, std::string_view member);

// Whether all terms of a condition or of a statement hold together, so that a key on one of them
// serves it. True without a text.
bool IsConjunction(std::string_view member, std::string_view text);

// Whether a condition keeps a number that the update counts within a bound: a stock, a balance, the
// hits of a rate limit. Failing is an answer of such a write.
bool KeepsCountInBounds(std::string_view condition, std::string_view update,
                        const AttributeNames& names);

}  // namespace dynarock::advisor

// KeyConditionExpression and the legacy KeyConditions: which keys a Query reads.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "expression/condition.h"
#include "expression/placeholders.h"
#include "storage/item/encoded.h"
#include "storage/item/layer.h"
#include "storage/item/result.h"

namespace dynarock::expression {

enum class KeyOperator : uint8_t {
  kEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kBetween,
  kBeginsWith,
  kNotIndexable,  // legacy NE, IN, NULL, NOT_NULL, CONTAINS, NOT_CONTAINS: refused by
                  // KeyFitting
};

// One condition on one top-level attribute. Borrows like Placeholders.
struct KeyTerm {
  std::string_view attribute;
  KeyOperator op = KeyOperator::kEqual;
  ValueView value;  // kBetween: the lower bound
  ValueView upper;  // kBetween only
};

// Parses a KeyConditionExpression, as any condition. What it may say is asked later, once all
// expressions of the request are parsed (observed on the service).
Result<Condition> ParseKeyCondition(std::string_view text, Placeholders& placeholders);
// Checks its structure; the terms are in written order, `:v < a` turned round, and borrow what
// `condition` borrows. Source: Developer Guide, Query.KeyConditionExpressions; texts observed on the
// service and recorded by dynalite.
Result<std::vector<KeyTerm>> ReadKeyTerms(const Condition& condition, Layer layer);

// One element of the key schema a Query uses. Type: kString, kNumber or kBinary.
struct KeyAttribute {
  std::string_view name;
  Type type = Type::kString;
  bool hash = false;
};

// What a Query reads: the entries under the HASH values whose leading RANGE attributes have the
// equal values, and whose next RANGE attribute meets `range`.
struct KeyQuery {
  std::vector<ValueView> hash;  // one per HASH attribute, in schema order
  std::vector<ValueView>
      range_equal;               // leading RANGE attributes that have an equality, in schema order
  std::optional<KeyTerm> range;  // a term other than kEqual on the RANGE attribute after those
};

// Fits the terms to a key schema (all HASH attributes, then all RANGE attributes: one and at most
// one in a table or LSI, up to four each in a GSI), step by step, for whoever has other checks in
// between. Borrows both.
class KeyFitting {
 public:
  KeyFitting(std::span<const KeyTerm> terms, std::span<const KeyAttribute> schema);

  // How many terms there are; the layers say it differently.
  Result<> CheckCount(Layer layer) const;
  // Of a key with at most one attribute of a kind: what concerns the attribute at place `i`.
  Result<> CheckAttribute(size_t i) const;
  // All that is left to check, once the other steps are done.
  Result<KeyQuery> Finish() const;

 private:
  Result<> CheckTerm(size_t i) const;
  Result<> CheckSeveral() const;
  Result<> CheckGaps() const;
  Result<> CheckValues(const KeyQuery& query) const;
  KeyQuery Collect() const;

  std::span<const KeyTerm> terms_;
  std::span<const KeyAttribute> schema_;
  std::vector<const KeyTerm*> placed_;  // per schema element
  size_t hash_count_ = 0;
  bool ordinary_ = true;    // one HASH attribute and at most one RANGE attribute
  bool strangers_ = false;  // a term names no key attribute
};

// All steps in their order.
Result<KeyQuery> ResolveKeyTerms(std::span<const KeyTerm> terms,
                                 std::span<const KeyAttribute> schema, Layer layer = Layer::kOlder);

// Empty and oversized key values (limits of keys: 2048 bytes for a HASH value, 1024 for the RANGE
// values together), for key values that come from elsewhere too. `values` are in schema order and
// may be fewer than the schema.
Result<> CheckKeyValues(std::span<const ValueView> values, std::span<const KeyAttribute> schema);

}  // namespace dynarock::expression

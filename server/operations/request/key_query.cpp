#include "server/operations/request/key_query.h"

#include "server/operations/request/errors.h"

namespace dynarock::operations {

namespace {

// Whether the start key has this key attribute.
Result<void> CheckStartKey(const KeyAttribute& attribute, ItemView start_key) {
  const auto value = start_key.Find(attribute.name);
  if (value && value->type() == attribute.type) return {};
  return Fail(InvalidStartKey());
}

RangeOperator RangeOperatorOf(expression::KeyOperator op) {
  switch (op) {
    case expression::KeyOperator::kEqual:
      return RangeOperator::kEqual;
    case expression::KeyOperator::kLess:
      return RangeOperator::kLess;
    case expression::KeyOperator::kLessEqual:
      return RangeOperator::kLessOrEqual;
    case expression::KeyOperator::kGreater:
      return RangeOperator::kGreater;
    case expression::KeyOperator::kGreaterEqual:
      return RangeOperator::kGreaterOrEqual;
    case expression::KeyOperator::kBetween:
      return RangeOperator::kBetween;
    case expression::KeyOperator::kBeginsWith:
      return RangeOperator::kBeginsWith;
    case expression::KeyOperator::kNotIndexable:
      break;
  }
  return RangeOperator::kNone;
}

}  // namespace

std::vector<expression::KeyAttribute> SchemaOf(const Key& key) {
  std::vector<expression::KeyAttribute> schema;
  schema.reserve(key.size());
  for (size_t i = 0; i < key.size(); ++i) {
    schema.push_back({.name = key.at(i).name, .type = key.at(i).type, .hash = i < key.hash.size()});
  }
  return schema;
}

Result<expression::KeyQuery> FitKeys(std::span<const expression::KeyTerm> terms,
                                     const ReadTarget& target, std::optional<ItemView> start_key,
                                     Layer layer) {
  const Key& key = target.key();
  const auto schema = SchemaOf(key);
  const expression::KeyFitting fitting(terms, schema);
  DYNAROCK_CHECK(fitting.CheckCount(layer));
  if (start_key && !HasPositionSize(target, *start_key)) return Fail(InvalidStartKey());
  for (size_t i = 0; i < key.size(); ++i) {
    if (start_key) DYNAROCK_CHECK(CheckStartKey(key.at(i), *start_key));
    DYNAROCK_CHECK(fitting.CheckAttribute(i));
  }
  return fitting.Finish();
}

void SetKeys(const expression::KeyQuery& query, ReadPlan& plan) {
  plan.hash = query.hash;
  plan.range_equal = query.range_equal;
  if (query.range) {
    plan.op = RangeOperatorOf(query.range->op);
    plan.operands = {query.range->value, query.range->upper};
  }
}

}  // namespace dynarock::operations

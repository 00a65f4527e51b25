#include "expression/key_condition.h"

#include <algorithm>
#include <string>

#include "expression/condition.h"
#include "expression/condition_checks.h"
#include "expression/errors.h"
#include "expression/print.h"

namespace dynarock::expression {
namespace {

template <class... Parts>
std::unexpected<Error> Wrong(const Parts&... parts) {
  std::string text;
  ((text += parts), ...);
  return Fail(Validation(std::move(text)));
}

// A message that begins "KeyConditionExpressions": the newer layer puts "Invalid
// KeyConditionExpression: " before it.
std::unexpected<Error> WrongStructure(Layer layer, std::string_view text) {
  if (layer == Layer::kOlder) return Wrong(text);
  return Fail(Invalid(Language::kKeyCondition, text));
}

// Turns one test into a term.
Result<KeyTerm> ToTerm(const Condition& condition, const Step& step, Layer layer) {
  const std::span<const Operand> operands = condition.operands(step);
  const auto path = [&](const Operand& operand) {
    return condition.paths()[static_cast<size_t>(operand.path)];
  };
  KeyTerm term;
  switch (step.op) {
    case Operator::kEqual:
      term.op = KeyOperator::kEqual;
      break;
    case Operator::kLess:
      term.op = KeyOperator::kLess;
      break;
    case Operator::kLessEqual:
      term.op = KeyOperator::kLessEqual;
      break;
    case Operator::kGreater:
      term.op = KeyOperator::kGreater;
      break;
    case Operator::kGreaterEqual:
      term.op = KeyOperator::kGreaterEqual;
      break;
    case Operator::kBetween:
      term.op = KeyOperator::kBetween;
      break;
    case Operator::kBeginsWith:
      term.op = KeyOperator::kBeginsWith;
      break;
    default:
      return Fail(InvalidKeyOperator(Name(step.op)));
  }
  const auto is_path = [](const Operand& operand) { return operand.path >= 0; };
  const Operand* attribute = nullptr;
  for (const Operand& operand : operands) {
    if (operand.is_size) {
      return WrongStructure(layer, "KeyConditionExpressions cannot contain nested operations");
    }
    if (!is_path(operand)) {
      const bool first_decides = step.op == Operator::kBetween || step.op == Operator::kBeginsWith;
      if (&operand != operands.data() || !first_decides) continue;
      return Wrong("Invalid condition in KeyConditionExpression: ", Name(step.op),
                   " operator must have the key attribute as its first operand");
    }
    if (attribute != nullptr) {
      return Wrong(
          "Invalid condition in KeyConditionExpression: Multiple attribute names used in one "
          "condition");
    }
    if (path(operand).size() > 1) {
      return WrongStructure(layer,
                            "KeyConditionExpressions cannot have conditions on nested attributes");
    }
    attribute = &operand;
  }
  if (attribute == nullptr) {
    return Wrong("Invalid condition in KeyConditionExpression: No key attribute specified");
  }
  term.attribute = path(*attribute).front().name;
  if (attribute == operands.data()) {
    term.value = operands[1].value;
    if (step.op == Operator::kBetween) term.upper = operands[2].value;
    return term;
  }
  // `:v < a` means `a > :v`.
  term.value = operands[0].value;
  switch (term.op) {
    case KeyOperator::kLess:
      term.op = KeyOperator::kGreater;
      break;
    case KeyOperator::kLessEqual:
      term.op = KeyOperator::kGreaterEqual;
      break;
    case KeyOperator::kGreater:
      term.op = KeyOperator::kLess;
      break;
    case KeyOperator::kGreaterEqual:
      term.op = KeyOperator::kLessEqual;
      break;
    default:
      break;
  }
  return term;
}

// Walks a condition in the order in which it is written and collects its terms; the first fault
// wins.
class TermReader {
 public:
  TermReader(const Condition& condition, Layer layer) : condition_(condition), layer_(layer) {}

  Result<std::vector<KeyTerm>> Run() {
    DYNAROCK_CHECK(Read(condition_.steps().size() - 1));
    return std::move(terms_);
  }

 private:
  // The condition whose last step is `last`; steps stand behind their parts. Returns its first step.
  // An expression has 300 operators at most, so it nests no deeper.
  Result<size_t> Read(size_t last) {
    const Step& step = condition_.steps()[last];
    if (step.op == Operator::kNot || step.op == Operator::kOr) {
      return Fail(InvalidKeyOperator(Name(step.op)));
    }
    if (step.op == Operator::kAnd) {
      // Left part, a step that skips, right part, AND. The left one is read first.
      const size_t skip = SkipOf(last);
      DYNAROCK_TRY(const size_t first, Read(skip - 1));
      DYNAROCK_CHECK(Read(last - 1));
      return first;
    }
    DYNAROCK_TRY(const KeyTerm term, ToTerm(condition_, step, layer_));
    if (std::ranges::count(terms_, term.attribute, &KeyTerm::attribute) > 0) {
      return WrongStructure(layer_,
                            "KeyConditionExpressions must only contain one condition per key");
    }
    terms_.push_back(term);
    return last;
  }

  // The step before the right part of the AND at `last`: it names that AND.
  size_t SkipOf(size_t last) const {
    size_t i = last - 1;
    while (condition_.steps()[i].op != Operator::kSkipIfFalse ||
           condition_.steps()[i].first != last) {
      --i;
    }
    return i;
  }

  const Condition& condition_;
  const Layer layer_;
  std::vector<KeyTerm> terms_;
};

}  // namespace

KeyFitting::KeyFitting(std::span<const KeyTerm> terms, std::span<const KeyAttribute> schema)
    : terms_(terms), schema_(schema), placed_(schema.size(), nullptr) {
  hash_count_ = static_cast<size_t>(std::ranges::count_if(schema, &KeyAttribute::hash));
  ordinary_ = hash_count_ == 1 && schema.size() <= 2;
  for (const KeyTerm& term : terms_) {
    const auto found = std::ranges::find(schema_, term.attribute, &KeyAttribute::name);
    if (found == schema_.end()) {
      strangers_ = true;
    } else {
      placed_[static_cast<size_t>(found - schema_.begin())] = &term;
    }
  }
}

Result<> KeyFitting::CheckCount(Layer layer) const {
  const size_t count = terms_.size();
  const bool older = layer == Layer::kOlder && ordinary_;
  if (count == 0 || (older && count > 2)) return Fail(WrongConditionCount());
  if (count <= schema_.size()) return {};
  return Fail(older ? UnsupportedKeyCondition() : TooManyKeyConditions(count, schema_.size()));
}

Result<> KeyFitting::CheckAttribute(size_t i) const {
  if (!ordinary_) return {};
  if (placed_[i] != nullptr) return CheckTerm(i);
  if (i == 0 || terms_.size() > 1) return Fail(MissedKeyCondition(schema_[i].name));
  return {};
}

Result<> KeyFitting::CheckTerm(size_t i) const {
  const KeyTerm& term = *placed_[i];
  if (term.op == KeyOperator::kNotIndexable) {
    return Wrong("Attempted conditional constraint is not an indexable operation");
  }
  if (term.value.type() != schema_[i].type ||
      (term.op == KeyOperator::kBetween && term.upper.type() != schema_[i].type)) {
    return Fail(InvalidParameter("Condition parameter type does not match schema type"));
  }
  if (i < hash_count_ && term.op != KeyOperator::kEqual) return Fail(UnsupportedKeyCondition());
  return {};
}

// Of a key with several attributes of a kind.
Result<> KeyFitting::CheckSeveral() const {
  std::vector<std::string_view> missed;
  for (size_t i = 0; i < hash_count_; ++i) {
    if (placed_[i] != nullptr && placed_[i]->op == KeyOperator::kEqual) continue;
    missed.push_back(schema_[i].name);
  }
  if (!missed.empty()) return Fail(MissedHashEqualities(missed));
  // There are not more terms than attributes, so one is left without.
  if (strangers_) {
    const auto left = std::ranges::find(placed_, nullptr) - placed_.begin();
    return Fail(MissedKeyCondition(schema_[static_cast<size_t>(left)].name));
  }
  for (size_t i = 0; i < schema_.size(); ++i) {
    if (placed_[i] != nullptr) DYNAROCK_CHECK(CheckTerm(i));
  }
  return CheckGaps();
}

Result<KeyQuery> KeyFitting::Finish() const {
  if (!ordinary_) DYNAROCK_CHECK(CheckSeveral());
  KeyQuery query = Collect();
  DYNAROCK_CHECK(CheckValues(query));
  return query;
}

// From the left without gaps, and only the last one named may be other than an equality.
Result<> KeyFitting::CheckGaps() const {
  for (size_t i = hash_count_; i < schema_.size(); ++i) {
    if (placed_[i] != nullptr && placed_[i]->op == KeyOperator::kEqual) continue;
    for (size_t later = i + 1; later < schema_.size(); ++later) {
      if (placed_[later] == nullptr) continue;
      return Wrong("RANGE key attributes ", schema_[i].name,
                   " must have equality conditions specified in the query because a condition is "
                   "present on "
                   "key attribute ",
                   schema_[later].name);
    }
    return {};
  }
  return {};
}

KeyQuery KeyFitting::Collect() const {
  KeyQuery query;
  for (size_t i = 0; i < schema_.size() && placed_[i] != nullptr; ++i) {
    if (i < hash_count_) {
      query.hash.push_back(placed_[i]->value);
    } else if (placed_[i]->op == KeyOperator::kEqual) {
      query.range_equal.push_back(placed_[i]->value);
    } else {
      query.range = *placed_[i];
    }
  }
  return query;
}

// Empty and oversized values, bounds of BETWEEN included.
Result<> KeyFitting::CheckValues(const KeyQuery& query) const {
  std::vector<ValueView> values = query.hash;
  values.insert(values.end(), query.range_equal.begin(), query.range_equal.end());
  if (!query.range) return CheckKeyValues(values, schema_);
  values.push_back(query.range->value);
  DYNAROCK_CHECK(CheckKeyValues(values, schema_));
  if (query.range->op != KeyOperator::kBetween) return {};
  values.back() = query.range->upper;
  return CheckKeyValues(values, schema_);
}

Result<Condition> ParseKeyCondition(std::string_view text, Placeholders& placeholders) {
  return ParseAnyCondition(Language::kKeyCondition, text, placeholders);
}

Result<std::vector<KeyTerm>> ReadKeyTerms(const Condition& condition, Layer layer) {
  return TermReader(condition, layer).Run();
}

Result<KeyQuery> ResolveKeyTerms(std::span<const KeyTerm> terms,
                                 std::span<const KeyAttribute> schema, Layer layer) {
  const KeyFitting fitting(terms, schema);
  DYNAROCK_CHECK(fitting.CheckCount(layer));
  for (size_t i = 0; i < schema.size(); ++i) DYNAROCK_CHECK(fitting.CheckAttribute(i));
  return fitting.Finish();
}

Result<> CheckKeyValues(std::span<const ValueView> values, std::span<const KeyAttribute> schema) {
  constexpr size_t kMaxHashSize = 2048;
  constexpr size_t kMaxRangeSize = 1024;
  for (size_t i = 0; i < values.size(); ++i) {
    if (schema[i].type == Type::kNumber || !values[i].text().empty()) continue;
    return Fail(
        EmptyKeyValue(schema[i].name, schema[i].type == Type::kString ? "string" : "binary"));
  }
  size_t range_size = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    if (schema[i].type == Type::kNumber) continue;
    const size_t size = values[i].text().size();
    if (schema[i].hash && size > kMaxHashSize) return Fail(HashKeyTooLarge());
    if (!schema[i].hash) range_size += size;
  }
  if (range_size <= kMaxRangeSize) return {};
  return Fail(RangeKeysTooLarge());
}

}  // namespace dynarock::expression

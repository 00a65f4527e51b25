// How the terms of a WHERE clause meet keys.
#include <algorithm>

#include "expression/errors.h"
#include "expression/partiql/statement.h"
#include "storage/item/encoder.h"

namespace dynarock::expression {

namespace {

// A test of one whole top-level attribute against values: what a key condition can be.
bool IsKeyTest(const WhereNode& node, std::string_view attribute) {
  if (node.kind != WhereNode::Kind::kTest || node.operands.size() < 2) return false;
  const WhereOperand& left = node.operands.front();
  if (left.path == nullptr || left.is_size || left.path->size() != 1 ||
      left.path->front().name != attribute) {
    return false;
  }
  return std::all_of(node.operands.begin() + 1, node.operands.end(),
                     [](const WhereOperand& o) { return o.path == nullptr && !o.is_size; });
}

// IN of one value is an equality.
bool IsEquality(const WhereNode& node, std::string_view attribute) {
  return IsKeyTest(node, attribute) &&
         (node.op == Operator::kEqual || (node.op == Operator::kIn && node.operands.size() == 2));
}

// One or several values of the attribute.
bool IsChoice(const WhereNode& node, std::string_view attribute) {
  return IsKeyTest(node, attribute) && (node.op == Operator::kEqual || node.op == Operator::kIn);
}

std::optional<KeyOperator> KeyOperatorOf(Operator op) {
  switch (op) {
    case Operator::kEqual:
      return KeyOperator::kEqual;
    case Operator::kLess:
      return KeyOperator::kLess;
    case Operator::kLessEqual:
      return KeyOperator::kLessEqual;
    case Operator::kGreater:
      return KeyOperator::kGreater;
    case Operator::kGreaterEqual:
      return KeyOperator::kGreaterEqual;
    case Operator::kBetween:
      return KeyOperator::kBetween;
    case Operator::kBeginsWith:
      return KeyOperator::kBeginsWith;
    default:
      return std::nullopt;
  }
}

std::optional<KeyTerm> RangeTermOf(const WhereNode& node, std::string_view attribute) {
  if (!IsKeyTest(node, attribute)) return std::nullopt;
  const auto op = IsEquality(node, attribute) ? KeyOperator::kEqual : KeyOperatorOf(node.op);
  if (!op) return std::nullopt;
  KeyTerm term{attribute, *op, node.operands[1].value, {}};
  if (*op == KeyOperator::kBetween) term.upper = node.operands[2].value;
  return term;
}

// "Multiple conditions on same key": the service's words; what follows them is not known.
Error SeveralValues(std::string_view attribute) {
  return Caused(Cause::kNone, {.attribute = std::string(attribute)},
                Validation("Multiple conditions on same key: " + std::string(attribute)));
}

Result<void> CheckOneChoice(const Statement& statement, std::string_view attribute) {
  const auto count =
      std::count_if(statement.conjuncts.begin(), statement.conjuncts.end(),
                    [&](uint32_t i) { return IsChoice(statement.node(i), attribute); });
  if (count > 1) return Fail(SeveralValues(attribute));
  return {};
}

// What the sort key of a branch may be.
struct Interval {
  std::optional<ValueView> low;
  std::optional<ValueView> high;
  bool low_open = false;
  bool high_open = false;
  std::optional<ValueView> prefix;  // in place of all the others
};

Interval IntervalOf(const std::optional<KeyTerm>& term) {
  Interval interval;
  if (!term) return interval;
  switch (term->op) {
    case KeyOperator::kEqual:
      interval.low = interval.high = term->value;
      break;
    case KeyOperator::kLess:
    case KeyOperator::kLessEqual:
      interval.high = term->value;
      interval.high_open = term->op == KeyOperator::kLess;
      break;
    case KeyOperator::kGreater:
    case KeyOperator::kGreaterEqual:
      interval.low = term->value;
      interval.low_open = term->op == KeyOperator::kGreater;
      break;
    case KeyOperator::kBetween:
      interval.low = term->value;
      interval.high = term->upper;
      break;
    default:
      interval.prefix = term->value;
      interval.low = term->value;
      break;
  }
  return interval;
}

// Whether everything in `a` lies before everything in `b`.
bool EndsBefore(const Interval& a, const Interval& b) {
  if (!b.low) return false;
  if (a.prefix) {
    const auto order = Compare(*a.prefix, *b.low);
    return order && *order < 0 && !b.low->text().starts_with(a.prefix->text());
  }
  if (!a.high) return false;
  const auto order = Compare(*a.high, *b.low);
  return order && (*order < 0 || (*order == 0 && (a.high_open || b.low_open)));
}

bool Overlap(const Interval& a, const Interval& b) {
  return !EndsBefore(a, b) && !EndsBefore(b, a);
}

// One alternative of an OR: its HASH values, and what it says of the sort key.
struct Branch {
  std::vector<ValueView> hash;
  std::optional<KeyTerm> range;
  // A sort key condition that no interval shows: `<>`, NOT, IN, or a second one.
  bool plain = true;
  bool negated = false;
};

// Takes WHERE terms for the key, one by one.
class KeyFinder {
 public:
  KeyFinder(const Statement& statement, std::span<const KeyAttribute> schema)
      : statement_(statement), schema_(schema), rest_(statement.conjuncts) {}

  Result<ReadPath> Find() {
    DYNAROCK_CHECK(CheckKeyTypes(statement_, schema_));
    for (const KeyAttribute& attribute : schema_) {
      DYNAROCK_CHECK(CheckOneChoice(statement_, attribute.name));
    }
    const std::string_view hash = schema_.front().name;
    if (const auto value = TakeEquality(hash)) return Several({*value});
    if (std::vector<ValueView> values = TakeSeveral(hash); !values.empty()) return Several(values);
    for (const uint32_t i : statement_.conjuncts) {
      const auto branches = BranchesOf(statement_.node(i));
      if (!branches.empty()) return Alternatives(branches);
    }
    ReadPath path;
    path.rest = statement_.ConditionOf(statement_.conjuncts);
    return path;
  }

  std::optional<ValueView> TakeEquality(std::string_view attribute) {
    for (size_t i = 0; i < rest_.size(); ++i) {
      const WhereNode& node = statement_.node(rest_[i]);
      if (!IsEquality(node, attribute)) continue;
      rest_.erase(rest_.begin() + static_cast<std::ptrdiff_t>(i));
      return node.operands[1].value;
    }
    return std::nullopt;
  }
  const std::vector<uint32_t>& rest() const { return rest_; }

 private:
  bool has_range() const { return schema_.size() > 1; }

  Result<void> AddQuery(ReadPath& path, ValueView hash, const std::optional<KeyTerm>& range) {
    std::vector<KeyTerm> terms = {{schema_.front().name, KeyOperator::kEqual, hash, {}}};
    if (range) terms.push_back(*range);
    DYNAROCK_TRY(KeyQuery query, ResolveKeyTerms(terms, schema_));
    path.queries.push_back(std::move(query));
    return {};
  }

  // One partition, or several, under the terms that are left.
  Result<ReadPath> Several(const std::vector<ValueView>& values) {
    ReadPath path;
    path.kind = values.size() == 1 ? ReadPath::Kind::kQuery : ReadPath::Kind::kKeys;
    const auto range = has_range() ? TakeRange(schema_[1].name) : std::nullopt;
    std::vector<ValueView> seen;
    for (const ValueView value : values) {
      if (std::find(seen.begin(), seen.end(), value) != seen.end()) continue;
      seen.push_back(value);
      DYNAROCK_CHECK(AddQuery(path, value, range));
    }
    path.rest = statement_.ConditionOf(rest_);
    return path;
  }

  std::vector<ValueView> TakeSeveral(std::string_view attribute) {
    for (size_t i = 0; i < rest_.size(); ++i) {
      const WhereNode& node = statement_.node(rest_[i]);
      if (!IsChoice(node, attribute)) continue;
      rest_.erase(rest_.begin() + static_cast<std::ptrdiff_t>(i));
      return ValuesOf(node);
    }
    return {};
  }
  static std::vector<ValueView> ValuesOf(const WhereNode& node) {
    std::vector<ValueView> values;
    for (size_t i = 1; i < node.operands.size(); ++i) values.push_back(node.operands[i].value);
    return values;
  }

  // The alternatives of an OR all of which name partitions; empty: it is none.
  std::vector<Branch> BranchesOf(const WhereNode& node) const {
    if (node.kind != WhereNode::Kind::kOr) return {};
    std::vector<Branch> branches;
    for (const uint32_t child : node.children) {
      const WhereNode& alternative = statement_.node(child);
      Branch branch;
      if (alternative.kind == WhereNode::Kind::kAnd) {
        for (const uint32_t term : alternative.children) AddTo(branch, statement_.node(term));
      } else {
        AddTo(branch, alternative);
      }
      if (branch.hash.empty()) return {};
      branches.push_back(std::move(branch));
    }
    return branches;
  }

  void AddTo(Branch& branch, const WhereNode& node) const {
    if (branch.hash.empty() && IsChoice(node, schema_.front().name)) {
      branch.hash = ValuesOf(node);
      return;
    }
    if (!has_range()) return;
    const std::string_view range = schema_[1].name;
    if (node.kind == WhereNode::Kind::kNot) {
      if (IsKeyTest(statement_.node(node.children.front()), range)) branch.negated = true;
      return;
    }
    if (!IsKeyTest(node, range)) return;
    if (node.op == Operator::kNotEqual) {
      branch.negated = true;
      return;
    }
    const auto term = RangeTermOf(node, range);
    if (term && !branch.range) {
      branch.range = term;
    } else {
      branch.plain = false;
    }
  }

  // Each partition once where a branch shows no interval, since the whole condition picks the items
  // then; otherwise each branch on its own.
  Result<ReadPath> Alternatives(const std::vector<Branch>& branches) {
    DYNAROCK_CHECK(CheckNoOverlap(branches));
    const bool whole = std::any_of(branches.begin(), branches.end(), [](const Branch& branch) {
      return branch.negated || !branch.plain || !branch.range;
    });
    ReadPath path;
    path.kind = ReadPath::Kind::kKeys;
    std::vector<ValueView> seen;
    for (const Branch& branch : branches) {
      for (const ValueView hash : branch.hash) {
        if (whole) {
          if (std::find(seen.begin(), seen.end(), hash) != seen.end()) continue;
          seen.push_back(hash);
        }
        DYNAROCK_CHECK(AddQuery(path, hash, whole ? std::nullopt : branch.range));
      }
    }
    path.rest = statement_.ConditionOf(statement_.conjuncts);
    return path;
  }

  Result<void> CheckNoOverlap(const std::vector<Branch>& branches) const {
    if (!has_range()) return {};
    for (size_t i = 1; i < branches.size(); ++i) {
      for (size_t j = 0; j < i; ++j) {
        const Branch& a = branches[i];
        const Branch& b = branches[j];
        if (a.negated || b.negated || (!a.range && !b.range && a.plain && b.plain)) continue;
        if (!SharePartition(a, b) || !Overlap(IntervalOf(a.range), IntervalOf(b.range))) continue;
        return Fail(
            Validation("Overlapping conditions with range keys are not supported in where clause"));
      }
    }
    return {};
  }
  static bool SharePartition(const Branch& a, const Branch& b) {
    return std::any_of(a.hash.begin(), a.hash.end(), [&](ValueView value) {
      return std::find(b.hash.begin(), b.hash.end(), value) != b.hash.end();
    });
  }

  // An equality where there is one, otherwise the first condition a Query can use.
  std::optional<KeyTerm> TakeRange(std::string_view attribute) {
    if (const auto value = TakeEquality(attribute)) {
      return KeyTerm{attribute, KeyOperator::kEqual, *value, {}};
    }
    for (size_t i = 0; i < rest_.size(); ++i) {
      const auto term = RangeTermOf(statement_.node(rest_[i]), attribute);
      if (!term) continue;
      rest_.erase(rest_.begin() + static_cast<std::ptrdiff_t>(i));
      return term;
    }
    return std::nullopt;
  }

  const Statement& statement_;
  std::span<const KeyAttribute> schema_;
  std::vector<uint32_t> rest_;
};

Result<void> CheckKeyValue(const KeyAttribute& attribute, ValueView value) {
  const Type type = value.type();
  if (type == attribute.type) return {};
  if (type == Type::kString || type == Type::kNumber || type == Type::kBinary) {
    return Fail(StatementKeyTypeMismatch(attribute.name));
  }
  return Fail(ImpossibleKeyValue(attribute.name, value.type_name()));
}

// Whether the test compares by value, so that a value of another type is a mistake.
bool Compares(Operator op) {
  switch (op) {
    case Operator::kEqual:
    case Operator::kLess:
    case Operator::kLessEqual:
    case Operator::kGreater:
    case Operator::kGreaterEqual:
    case Operator::kBetween:
    case Operator::kIn:
      return true;
    default:
      return false;
  }
}

}  // namespace

Result<void> CheckKeyTypes(const Statement& statement, std::span<const KeyAttribute> schema) {
  if (statement.kind == Statement::Kind::kInsert) {
    for (const KeyAttribute& attribute : schema) {
      const auto value = ItemView(statement.item).Find(attribute.name);
      if (value) DYNAROCK_CHECK(CheckKeyValue(attribute, *value));
    }
    return {};
  }
  for (uint32_t i = 0; i < statement.node_count(); ++i) {
    const WhereNode& node = statement.node(i);
    if (node.kind != WhereNode::Kind::kTest || !Compares(node.op)) continue;
    for (const KeyAttribute& attribute : schema) {
      if (!IsKeyTest(node, attribute.name)) continue;
      for (const WhereOperand& operand : std::span(node.operands).subspan(1)) {
        DYNAROCK_CHECK(CheckKeyValue(attribute, operand.value));
      }
    }
  }
  return {};
}

Result<ReadPath> FindReadPath(const Statement& statement, std::span<const KeyAttribute> schema) {
  return KeyFinder(statement, schema).Find();
}

Result<std::optional<NamedItem>> FindNamedItem(const Statement& statement,
                                               std::span<const std::string> names) {
  KeyFinder finder(statement, {});
  ItemBuilder builder;
  for (const std::string& name : names) {
    DYNAROCK_CHECK(CheckOneChoice(statement, name));
    const auto value = finder.TakeEquality(name);
    if (!value) return std::optional<NamedItem>();
    builder.Add(name, *value);
  }
  return std::optional(NamedItem{builder.Encode(), statement.ConditionOf(finder.rest())});
}

}  // namespace dynarock::expression

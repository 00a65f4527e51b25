// Conditions of WHERE terms, and how they meet keys.
#include "expression/partiql/statement.h"

#include <algorithm>

#include "storage/item/encoder.h"

namespace dynarock::expression {

namespace {

// Writes nodes into a condition, children before their connective.
class Lowering {
 public:
  explicit Lowering(const Statement& statement) : statement_(statement) {}

  void Conjunction(std::span<const uint32_t> nodes) {
    for (size_t i = 0; i < nodes.size(); ++i) {
      const uint32_t mark = i > 0 ? builder_.BeginAnd() : 0;
      Node(nodes[i]);
      if (i > 0) builder_.EndAnd(mark);
    }
  }
  Condition Finish() { return builder_.Finish(); }

 private:
  void Node(uint32_t i) {
    const WhereNode& node = statement_.node(i);
    switch (node.kind) {
      case WhereNode::Kind::kTest:
        return Test(node);
      case WhereNode::Kind::kAnd:
        return Conjunction(node.children);
      case WhereNode::Kind::kOr:
        for (size_t child = 0; child < node.children.size(); ++child) {
          const uint32_t mark = child > 0 ? builder_.BeginOr() : 0;
          Node(node.children[child]);
          if (child > 0) builder_.EndOr(mark);
        }
        return;
      case WhereNode::Kind::kNot:
        Node(node.children.front());
        builder_.Not();
        return;
    }
  }
  void Test(const WhereNode& node) {
    std::vector<Operand> operands;
    for (const WhereOperand& from : node.operands) {
      Operand operand =
          from.path == nullptr ? Operand::OfValue(from.value) : builder_.Path(*from.path);
      operand.is_size = from.is_size;
      operands.push_back(operand);
    }
    builder_.Test(node.op, operands);
  }

  const Statement& statement_;
  ConditionBuilder builder_;
};

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

bool IsEquality(const WhereNode& node, std::string_view attribute) {
  return IsKeyTest(node, attribute) && node.op == Operator::kEqual;
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

// The values of an IN on the attribute, or of equalities on it that are ORed; empty: it is neither.
std::vector<ValueView> ValuesOf(const Statement& statement, const WhereNode& node,
                                std::string_view attribute) {
  std::vector<ValueView> values;
  if (IsKeyTest(node, attribute) && node.op == Operator::kIn) {
    for (size_t i = 1; i < node.operands.size(); ++i) values.push_back(node.operands[i].value);
    return values;
  }
  if (node.kind != WhereNode::Kind::kOr) return {};
  for (const uint32_t child : node.children) {
    if (!IsEquality(statement.node(child), attribute)) return {};
    values.push_back(statement.node(child).operands[1].value);
  }
  return values;
}

// Takes WHERE terms for the key, one by one.
class KeyFinder {
 public:
  KeyFinder(const Statement& statement, std::span<const KeyAttribute> schema)
      : statement_(statement), schema_(schema), rest_(statement.conjuncts) {}

  Result<ReadPath> Find() {
    std::vector<KeyTerm> terms;
    std::vector<ValueView> several;
    std::string_view several_of;
    size_t hash_count = 0;
    for (const KeyAttribute& attribute : schema_) {
      if (!attribute.hash) break;
      ++hash_count;
      if (const auto value = TakeEquality(attribute.name)) {
        terms.push_back({attribute.name, KeyOperator::kEqual, *value, {}});
      } else if (several = hash_count == 1 ? TakeSeveral(attribute.name) : std::vector<ValueView>();
                 !several.empty()) {
        several_of = attribute.name;
      } else {
        return Scan();
      }
    }
    for (const KeyAttribute& attribute : schema_.subspan(hash_count)) {
      const auto term = TakeRange(attribute.name);
      if (!term) break;
      terms.push_back(*term);
      if (term->op != KeyOperator::kEqual) break;
    }
    ReadPath path;
    path.rest = statement_.ConditionOf(rest_);
    if (several.empty()) {
      path.kind = ReadPath::Kind::kQuery;
      DYNAROCK_TRY(KeyQuery query, ResolveKeyTerms(terms, schema_));
      path.queries.push_back(std::move(query));
      return path;
    }
    path.kind = ReadPath::Kind::kKeys;
    std::vector<ValueView> seen;
    for (const ValueView value : several) {
      if (std::find(seen.begin(), seen.end(), value) != seen.end()) continue;
      seen.push_back(value);
      std::vector<KeyTerm> with = terms;
      with.insert(with.begin(), {several_of, KeyOperator::kEqual, value, {}});
      DYNAROCK_TRY(KeyQuery query, ResolveKeyTerms(with, schema_));
      path.queries.push_back(std::move(query));
    }
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
  Result<ReadPath> Scan() {
    ReadPath path;
    path.rest = statement_.ConditionOf(statement_.conjuncts);
    return path;
  }
  std::vector<ValueView> TakeSeveral(std::string_view attribute) {
    for (size_t i = 0; i < rest_.size(); ++i) {
      auto values = ValuesOf(statement_, statement_.node(rest_[i]), attribute);
      if (values.empty()) continue;
      rest_.erase(rest_.begin() + static_cast<std::ptrdiff_t>(i));
      return values;
    }
    return {};
  }
  // An equality where there is one, otherwise the first condition a Query can use.
  std::optional<KeyTerm> TakeRange(std::string_view attribute) {
    if (const auto value = TakeEquality(attribute)) {
      return KeyTerm{attribute, KeyOperator::kEqual, *value, {}};
    }
    for (size_t i = 0; i < rest_.size(); ++i) {
      const WhereNode& node = statement_.node(rest_[i]);
      if (!IsKeyTest(node, attribute)) continue;
      const auto op = KeyOperatorOf(node.op);
      if (!op) continue;
      KeyTerm term{attribute, *op, node.operands[1].value, {}};
      if (*op == KeyOperator::kBetween) term.upper = node.operands[2].value;
      rest_.erase(rest_.begin() + static_cast<std::ptrdiff_t>(i));
      return term;
    }
    return std::nullopt;
  }

  const Statement& statement_;
  std::span<const KeyAttribute> schema_;
  std::vector<uint32_t> rest_;
};

}  // namespace

std::optional<Condition> Statement::ConditionOf(std::span<const uint32_t> terms) const {
  if (terms.empty()) return std::nullopt;
  Lowering lowering(*this);
  lowering.Conjunction(terms);
  return lowering.Finish();
}

Result<ReadPath> FindReadPath(const Statement& statement, std::span<const KeyAttribute> schema) {
  return KeyFinder(statement, schema).Find();
}

std::optional<NamedItem> FindNamedItem(const Statement& statement,
                                       std::span<const std::string> names) {
  KeyFinder finder(statement, {});
  ItemBuilder builder;
  for (const std::string& name : names) {
    const auto value = finder.TakeEquality(name);
    if (!value) return std::nullopt;
    builder.Add(name, *value);
  }
  return NamedItem{builder.Encode(), statement.ConditionOf(finder.rest())};
}

}  // namespace dynarock::expression

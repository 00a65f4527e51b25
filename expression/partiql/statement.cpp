// Conditions of WHERE terms.
#include "expression/partiql/statement.h"

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

}  // namespace

std::optional<Condition> Statement::ConditionOf(std::span<const uint32_t> terms) const {
  if (terms.empty()) return std::nullopt;
  Lowering lowering(*this);
  lowering.Conjunction(terms);
  return lowering.Finish();
}

}  // namespace dynarock::expression

// Computes expressions. What only deployment knows becomes an unresolved value that says why, and
// so does what is computed from it; what Terraform would refuse becomes a problem.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/schema/hcl/syntax.h"
#include "server/schema/hcl/value.h"

namespace dynarock::schema::hcl {

// Names that are bound around an expression: `each`, `count`, those of a for, of a dynamic block.
struct Scope {
  const Scope* outer = nullptr;
  std::string_view name;
  const Node* value = nullptr;
};

// Bounds the work of evaluating one module and those it calls, so that a few lines of nested loops
// cannot keep a machine busy or fill its memory: each value that is made or copied, and each 64
// bytes of text, is one step.
struct Budget {
  uint64_t steps = 1'500'000;
  int depth = 0;                      // expressions that are being computed, one inside the other
  std::optional<Problem> spent = {};  // with the expression for which the steps did not suffice
};

// What the names outside of an expression stand for.
class References {
 public:
  virtual ~References() = default;

  // root.member (var.x, local.x, module.x, aws_dynamodb_table.x, ...). The value lives as long as
  // this. Null: `problem` says what is wrong with it.
  virtual const Node* Find(const Expression& whole, std::string_view root, std::string_view member,
                           Problem& problem) = 0;
  // module.NAME.OUTPUT, or module.NAME[key].OUTPUT: one output, so that the module's others need not
  // be known. Null with `handled` false: it is no such output, and is found the long way.
  virtual const Node* FindOutput(const Expression& /*whole*/, std::string_view /*module*/,
                                 const Node* /*key*/, std::string_view /*output*/,
                                 Problem& /*problem*/, bool& /*handled*/) {
    return nullptr;
  }
  // The directory that names of files are relative to, the root module's. Null: none is read.
  virtual const std::string* root() const { return nullptr; }
  // Whether it was told already that the reference is wrong: its value is not known then.
  virtual bool IsWrong(const Expression&) const { return false; }
};

// What is made of an unresolved value is one too, with the same reason.
inline Node Derived(const Expression& expression, const Node& cause) {
  return UnresolvedValue(expression.place(), expression.text(), cause.why);
}

class Evaluator {
 public:
  Evaluator(References& references, Budget& budget) : references_(references), budget_(budget) {}

  // False: problem() tells what is wrong.
  bool Evaluate(const Expression& expression, const Scope* scope, Node& out);
  // The value without a copy where it exists already, otherwise made in `storage`. Null: problem().
  const Node* Peek(const Expression& expression, const Scope* scope, Node& storage);

  // Values that come from elsewhere are shown where they are written, not where they are used.
  void KeepPlaces() { keeps_places_ = true; }

  const Problem& problem() const { return problem_; }
  const std::string* root() const { return references_.root(); }
  Budget& budget() { return budget_; }
  bool Fail(const Expression& at, std::string message);
  bool FailWith(Problem problem);
  // Takes `steps` off the budget.
  bool Spend(const Expression& at, uint64_t steps);
  // The budget is used up or the depth exceeded: try() does not catch that.
  bool exhausted() const { return exhausted_; }

 private:
  friend struct FunctionCall;

  // Ends all evaluation. What is asked for later fails with the same problem, so that it is told
  // once.
  bool Exhaust(Problem problem);
  bool EvaluateAll(const Expression& expression, const Scope* scope, Node& out);
  bool Compute(const Expression& expression, const Scope* scope, Node& out);
  bool Template(const Expression& expression, const Scope* scope, Node& out);
  bool TemplateFor(const Expression& expression, const Scope* scope, Node& out);
  bool Tuple(const Expression& expression, const Scope* scope, Node& out);
  bool Object(const Expression& expression, const Scope* scope, Node& out);
  bool ForTuple(const Expression& expression, const Scope* scope, Node& out);
  bool ForObject(const Expression& expression, const Scope* scope, Node& out);
  bool Conditional(const Expression& expression, const Scope* scope, Node& out);
  bool Unary(const Expression& expression, const Scope* scope, Node& out);
  bool Binary(const Expression& expression, const Scope* scope, Node& out);
  bool Logic(const Expression& expression, const Node& left, const Node& right, Node& out);
  bool Arithmetic(const Expression& expression, const Node& left, const Node& right, Node& out);
  bool Splat(const Expression& expression, const Scope* scope, Node& out);
  bool Call(const Expression& expression, const Scope* scope, Node& out);
  bool Try(const Expression& expression, const Scope* scope, Node& out);
  bool Can(const Expression& expression, const Scope* scope, Node& out);

  const Node* PeekVariable(const Expression& expression, const Scope* scope);
  const Node* PeekAttribute(const Expression& expression, const Scope* scope, Node& storage);
  const Node* PeekOutput(const Expression& expression, const Scope* scope, bool& handled);
  const Node* PeekIndex(const Expression& expression, const Scope* scope, Node& storage);
  const Node* Element(const Expression& expression, const Node& base, const Node& key,
                      Node& storage);

  // Calls `each` for every element of a list or member of a map, with the loop's names bound.
  template <class Each>
  bool Loop(const Expression& loop, const Node& collection, const Scope* scope, Each each);
  // Whether the elements that an `if` leaves out is known and true; unresolved conditions end in
  // `unresolved`.
  bool Keeps(const Expression* condition, const Scope* scope, bool& keeps, Node& unresolved);

  References& references_;
  Budget& budget_;
  Problem problem_;
  Problem exhausting_;
  bool exhausted_ = false;
  bool keeps_places_ = false;
  int trying_ = 0;            // arguments of try() and can() that are being computed
  std::string null_default_;  // the variable whose default, null, was met last
};

}  // namespace dynarock::schema::hcl

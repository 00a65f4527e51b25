#include "server/schema/hcl/evaluator.h"

#include <cmath>
#include <optional>
#include <utility>

#include "server/document/number.h"
#include "server/schema/hcl/function.h"

namespace dynarock::schema::hcl {
namespace {

using Kind = Node::Kind;
using Syntax = Expression::Kind;

// Expressions that refer to each other, one inside the other.
constexpr int kMostDepth = 250;
// Lists and maps within each other, before something more is put around them.
constexpr int kMostValueDepth = 300;

}  // namespace

bool Evaluator::Fail(const Expression& at, std::string message) {
  problem_ = {at.place(), std::move(message)};
  return false;
}

bool Evaluator::FailWith(Problem problem) {
  problem_ = std::move(problem);
  return false;
}

bool Evaluator::Spend(const Expression& at, uint64_t steps) {
  if (exhausted_) return FailWith(exhausting_);
  if (steps <= budget_.steps) {
    budget_.steps -= steps;
    return true;
  }
  budget_.steps = 0;
  if (!budget_.spent) {
    budget_.spent = {at.place(),
                     "Evaluating this takes more than dynarock spends on one module: it makes too "
                     "many or too large values"};
  }
  return Exhaust(*budget_.spent);
}

bool Evaluator::Exhaust(Problem problem) {
  exhausted_ = true;
  exhausting_ = std::move(problem);
  return FailWith(exhausting_);
}

bool Evaluator::Evaluate(const Expression& expression, const Scope* scope, Node& out) {
  const std::string before = std::exchange(null_default_, {});
  const bool done = EvaluateAll(expression, scope, out);
  // What fails for a default that somebody else is to replace is not known yet.
  const bool open = !done && !exhausted_ && trying_ == 0 && !null_default_.empty();
  if (open) {
    out = UnresolvedValue(expression.place(), expression.text(),
                          null_default_ + " is null by default, and nothing sets it");
  }
  if (null_default_.empty()) null_default_ = before;
  return done || open;
}

bool Evaluator::EvaluateAll(const Expression& expression, const Scope* scope, Node& out) {
  Node storage;
  const Node* value = Peek(expression, scope, storage);
  if (!value) return false;
  if (value == &storage) {
    out = std::move(storage);
    return true;
  }
  if (DepthOf(*value) > kMostValueDepth) {
    return Exhaust({expression.place(),
                    "This value nests more than 300 levels deep, which is more than is evaluated "
                    "here"});
  }
  if (!Spend(expression, WeightOf(*value))) return false;
  Node copy = *value;
  out = std::move(copy);
  // A value that comes from elsewhere is shown where it is used; what a loop takes out of a
  // collection is shown where it is written.
  const Expression* root = &expression;
  while (root->kind == Syntax::kAttribute || root->kind == Syntax::kIndex)
    root = root->parts[0].get();
  bool bound = root->kind != Syntax::kVariable;
  for (const Scope* s = scope; s && !bound; s = s->outer) bound = s->name == root->name;
  if ((!bound && !keeps_places_) || out.place.line == 0) out.place = expression.place();
  if (IsUnresolved(out)) {
    out.text = expression.text();
    out.place = expression.place();
  }
  return true;
}

const Node* Evaluator::Peek(const Expression& expression, const Scope* scope, Node& storage) {
  if (!Spend(expression, 1)) return nullptr;
  if (budget_.depth >= kMostDepth) {
    Exhaust({expression.place(),
             "Expressions refer to each other more than 250 levels deep, which is more than is "
             "evaluated here"});
    return nullptr;
  }
  ++budget_.depth;
  const Node* value = &storage;
  switch (expression.kind) {
    case Syntax::kLiteral:
      value = &expression.literal;
      break;
    case Syntax::kVariable:
    case Syntax::kSplatItem:
      value = PeekVariable(expression, scope);
      break;
    case Syntax::kAttribute:
      value = PeekAttribute(expression, scope, storage);
      break;
    case Syntax::kIndex:
      value = PeekIndex(expression, scope, storage);
      break;
    default:
      if (!Compute(expression, scope, storage)) value = nullptr;
  }
  --budget_.depth;
  if (value && value->kind == Kind::kNull && !value->text.empty()) null_default_ = value->text;
  return value;
}

bool Evaluator::Compute(const Expression& expression, const Scope* scope, Node& out) {
  switch (expression.kind) {
    case Syntax::kTemplate:
      return Template(expression, scope, out);
    case Syntax::kTemplateFor:
      return TemplateFor(expression, scope, out);
    case Syntax::kTuple:
      return Tuple(expression, scope, out);
    case Syntax::kObject:
      return Object(expression, scope, out);
    case Syntax::kForTuple:
      return ForTuple(expression, scope, out);
    case Syntax::kForObject:
      return ForObject(expression, scope, out);
    case Syntax::kConditional:
      return Conditional(expression, scope, out);
    case Syntax::kUnary:
      return Unary(expression, scope, out);
    case Syntax::kBinary:
      return Binary(expression, scope, out);
    case Syntax::kSplat:
      return Splat(expression, scope, out);
    case Syntax::kCall:
      return Call(expression, scope, out);
    default:
      return Fail(expression, "This expression is not evaluated here");
  }
}

const Node* Evaluator::PeekVariable(const Expression& expression, const Scope* scope) {
  const std::string_view name =
      expression.kind == Syntax::kSplatItem ? std::string_view("*") : expression.name;
  for (; scope; scope = scope->outer) {
    if (scope->name == name) return scope->value;
  }
  if (name == "each" || name == "count" || name == "self") {
    Fail(expression, "\"" + expression.name +
                         "\" has no meaning here: it belongs into a block with " +
                         (name == "count" ? "count" : "for_each"));
  } else {
    Fail(expression,
         "\"" + expression.name +
             "\" alone is not a value: a text needs quotes, a reference has the form var." +
             expression.name + " or local." + expression.name);
  }
  return nullptr;
}

const Node* Evaluator::PeekAttribute(const Expression& expression, const Scope* scope,
                                     Node& storage) {
  if (references_.IsWrong(expression)) {
    storage = UnresolvedValue(expression.place(), expression.text(), "");
    return &storage;
  }
  const Expression& inner = *expression.parts[0];
  if (inner.kind == Syntax::kVariable) {
    bool bound = false;
    for (const Scope* s = scope; s && !bound; s = s->outer) bound = s->name == inner.name;
    const bool only_bound = inner.name == "each" || inner.name == "count" || inner.name == "self";
    if (!bound && !only_bound) {
      return references_.Find(expression, inner.name, expression.name, problem_);
    }
  }
  bool handled = false;
  const Node* output = PeekOutput(expression, scope, handled);
  if (handled) return output;
  Node inner_storage;
  const Node* base = Peek(inner, scope, inner_storage);
  if (!base) return nullptr;
  Node key;
  key.kind = Kind::kString;
  key.text = expression.name;
  const Node* found = Element(expression, *base, key, storage);
  if (!found || found == &storage || base != &inner_storage) return found;
  // The value lives in what goes away now.
  Node kept = *found;
  storage = std::move(kept);
  return Spend(expression, WeightOf(storage)) ? &storage : nullptr;
}

const Node* Evaluator::PeekOutput(const Expression& expression, const Scope* scope, bool& handled) {
  const Expression* module = expression.parts[0].get();
  const Expression* index = nullptr;
  if (module->kind == Syntax::kIndex) {
    index = module->parts[1].get();
    module = module->parts[0].get();
  }
  const bool named = module->kind == Syntax::kAttribute &&
                     module->parts[0]->kind == Syntax::kVariable &&
                     module->parts[0]->name == "module";
  if (!named || references_.IsWrong(*module)) return nullptr;
  for (const Scope* s = scope; s; s = s->outer) {
    if (s->name == "module") return nullptr;
  }
  Node storage;
  const Node* key = nullptr;
  if (index) {
    key = Peek(*index, scope, storage);
    if (!key) {
      handled = true;
      return nullptr;
    }
  }
  return references_.FindOutput(expression, module->name, key, expression.name, problem_, handled);
}

const Node* Evaluator::PeekIndex(const Expression& expression, const Scope* scope, Node& storage) {
  Node inner_storage;
  Node key_storage;
  const Node* base = Peek(*expression.parts[0], scope, inner_storage);
  if (!base) return nullptr;
  const Node* key = Peek(*expression.parts[1], scope, key_storage);
  if (!key) return nullptr;
  const Node* found = Element(expression, *base, *key, storage);
  if (!found || found == &storage || base != &inner_storage) return found;
  Node kept = *found;
  storage = std::move(kept);
  return Spend(expression, WeightOf(storage)) ? &storage : nullptr;
}

const Node* Evaluator::Element(const Expression& expression, const Node& base, const Node& key,
                               Node& storage) {
  if (IsUnresolved(base) || IsUnresolved(key)) {
    storage = Derived(expression, IsUnresolved(base) ? base : key);
    return &storage;
  }
  if (base.kind == Kind::kMap) {
    const std::optional<std::string> name = TextOf(key);
    const Node* found = name ? base.Find(*name) : nullptr;
    if (found) return found;
    if (name && !base.why.empty()) {
      storage = UnresolvedValue(expression.place(), expression.text(),
                                base.why + "." + *name + " is known only when it is deployed");
      return &storage;
    }
    Fail(expression,
         name ? "This object has no attribute or key \"" + name->substr(0, 80) + "\""
              : "The key of an object must be a string, and this is " + std::string(KindName(key)));
    return nullptr;
  }
  if (base.kind == Kind::kList) {
    const std::optional<long double> index = NumberOf(key);
    if (!index || *index != std::floor(*index)) {
      Fail(expression, "The index of a list must be a whole number, and this is " +
                           (key.kind == Kind::kString ? "\"" + key.text.substr(0, 80) + "\""
                                                      : std::string(KindName(key))));
      return nullptr;
    }
    if (*index < 0 || *index >= static_cast<long double>(base.list.size())) {
      Fail(expression, "The index " + document::NumberText(*index) +
                           " is out of range: the list has " + std::to_string(base.list.size()) +
                           " elements");
      return nullptr;
    }
    return &base.list[static_cast<size_t>(*index)];
  }
  const std::string what = key.kind == Kind::kString ? "attributes" : "elements";
  Fail(expression, "This value has no " + what + ": it is " + std::string(KindName(base)));
  return nullptr;
}

bool Evaluator::Template(const Expression& expression, const Scope* scope, Node& out) {
  std::string text;
  std::optional<Node> unresolved;
  for (const ExpressionPtr& part : expression.parts) {
    Node storage;
    const Node* value = Peek(*part, scope, storage);
    if (!value) return false;
    if (IsUnresolved(*value)) {
      if (!unresolved) unresolved = Derived(expression, *value);
      continue;
    }
    const std::optional<std::string> printed = TextOf(*value);
    if (!printed) {
      return Fail(*part, "A string, number or boolean is expected in a template, and this is " +
                             std::string(KindName(*value)));
    }
    if (!Spend(*part, 1 + printed->size() / 64)) return false;
    text += *printed;
  }
  out = unresolved ? *std::move(unresolved) : TextValue(expression.place(), std::move(text));
  return true;
}

bool Evaluator::Tuple(const Expression& expression, const Scope* scope, Node& out) {
  Node made = ListValue(expression.place());
  made.list.reserve(expression.parts.size());
  for (const ExpressionPtr& part : expression.parts) {
    if (!Evaluate(*part, scope, made.list.emplace_back())) return false;
  }
  out = std::move(made);
  return true;
}

bool Evaluator::Object(const Expression& expression, const Scope* scope, Node& out) {
  Node made = MapValue(expression.place());
  for (size_t i = 0; i + 1 < expression.parts.size(); i += 2) {
    Node storage;
    const Node* key = Peek(*expression.parts[i], scope, storage);
    if (!key) return false;
    Node value;
    if (!Evaluate(*expression.parts[i + 1], scope, value)) return false;
    if (IsUnresolved(*key)) {
      out = Derived(expression, *key);
      return true;
    }
    const std::optional<std::string> name = TextOf(*key);
    if (!name) {
      return Fail(*expression.parts[i], "The key of an object must be a string, and this is " +
                                            std::string(KindName(*key)));
    }
    // SetMember looks through those before it.
    if (!Spend(expression, 1 + made.map.size() / 16)) return false;
    SetMember(made, *name, std::move(value));
  }
  out = std::move(made);
  return true;
}

bool Evaluator::Try(const Expression& expression, const Scope* scope, Node& out) {
  for (const ExpressionPtr& part : expression.parts) {
    ++trying_;
    const bool found = Evaluate(*part, scope, out);
    --trying_;
    if (found) return true;
    if (exhausted_) return false;
  }
  return Fail(expression, expression.parts.empty()
                              ? "try() needs at least one argument"
                              : "No argument of try() has a value: " + problem_.message);
}

bool Evaluator::Can(const Expression& expression, const Scope* scope, Node& out) {
  if (expression.parts.size() != 1) return Fail(expression, "can() needs one argument");
  Node storage;
  ++trying_;
  const Node* value = Peek(*expression.parts[0], scope, storage);
  --trying_;
  if (!value && exhausted_) return false;
  out = value && IsUnresolved(*value) ? Derived(expression, *value)
                                      : TruthValue(expression.place(), value != nullptr);
  return true;
}

bool Evaluator::Call(const Expression& expression, const Scope* scope, Node& out) {
  if (expression.name == "try") return Try(expression, scope, out);
  if (expression.name == "can") return Can(expression, scope, out);
  std::vector<Node> arguments;
  for (const ExpressionPtr& part : expression.parts) {
    if (!Evaluate(*part, scope, arguments.emplace_back())) return false;
  }
  if (expression.flag) {
    Node last = std::move(arguments.back());
    arguments.pop_back();
    if (IsUnresolved(last)) {
      out = Derived(expression, last);
      return true;
    }
    if (last.kind != Kind::kList) {
      return Fail(expression, "`...` expands a list, and this is " + std::string(KindName(last)));
    }
    for (Node& element : last.list) arguments.push_back(std::move(element));
  }
  FunctionCall call{*this, expression, std::move(arguments), out};
  return CallFunction(call);
}

}  // namespace dynarock::schema::hcl

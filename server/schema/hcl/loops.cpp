// Expressions that go over a collection: for, splat, and the for of templates.
#include <optional>
#include <utility>

#include "server/schema/hcl/evaluator.h"

namespace dynarock::schema::hcl {
namespace {

using Kind = Node::Kind;

}  // namespace

template <class Each>
bool Evaluator::Loop(const Expression& loop, const Node& collection, const Scope* scope,
                     Each each) {
  const auto once = [&](const Node& key, const Node& value) {
    const Scope key_scope{scope, loop.key_name, &key};
    const Scope value_scope{loop.key_name.empty() ? scope : &key_scope, loop.name, &value};
    return Spend(loop, 1) && each(&value_scope);
  };
  if (collection.kind == Kind::kList) {
    for (size_t i = 0; i < collection.list.size(); ++i) {
      const Node key = NumberValue(loop.place(), static_cast<long double>(i));
      if (!once(key, collection.list[i])) return false;
    }
    return true;
  }
  if (collection.kind == Kind::kMap) {
    if (!Spend(loop, collection.map.size())) return false;
    for (const auto* member : SortedMembers(collection)) {
      const Node key = TextValue(member->second.place, member->first);
      if (!once(key, member->second)) return false;
    }
    return true;
  }
  return Fail(*loop.parts[0], "A `for` goes over a list, set, map or object, and this is " +
                                  std::string(KindName(collection)));
}

bool Evaluator::Keeps(const Expression* condition, const Scope* scope, bool& keeps,
                      Node& unresolved) {
  keeps = true;
  if (!condition) return true;
  Node storage;
  const Node* value = Peek(*condition, scope, storage);
  if (!value) return false;
  if (IsUnresolved(*value)) {
    unresolved = *value;
    return true;
  }
  const std::optional<bool> truth = TruthOf(*value);
  if (!truth) {
    return Fail(*condition, "The condition of a `for` must be true or false, and this is " +
                                std::string(KindName(*value)));
  }
  keeps = *truth;
  return true;
}

bool Evaluator::TemplateFor(const Expression& expression, const Scope* scope, Node& out) {
  Node storage;
  const Node* collection = Peek(*expression.parts[0], scope, storage);
  if (!collection) return false;
  if (IsUnresolved(*collection)) {
    out = Derived(expression, *collection);
    return true;
  }
  std::string text;
  std::optional<Node> unresolved;
  const bool done = Loop(expression, *collection, scope, [&](const Scope* inner) {
    Node printed;
    if (!Evaluate(*expression.parts[1], inner, printed)) return false;
    if (IsUnresolved(printed)) unresolved = std::move(printed);
    text += printed.text;
    return Spend(expression, printed.text.size() / 64);
  });
  if (!done) return false;
  out = unresolved ? Derived(expression, *unresolved)
                   : TextValue(expression.place(), std::move(text));
  return true;
}

bool Evaluator::ForTuple(const Expression& expression, const Scope* scope, Node& out) {
  Node storage;
  const Node* collection = Peek(*expression.parts[0], scope, storage);
  if (!collection) return false;
  if (IsUnresolved(*collection)) {
    out = Derived(expression, *collection);
    return true;
  }
  Node made = ListValue(expression.place());
  Node unresolved;
  const bool done = Loop(expression, *collection, scope, [&](const Scope* inner) {
    bool keeps = true;
    if (!Keeps(expression.parts[2].get(), inner, keeps, unresolved)) return false;
    return !keeps || Evaluate(*expression.parts[1], inner, made.list.emplace_back());
  });
  if (!done) return false;
  out = IsUnresolved(unresolved) ? Derived(expression, unresolved) : std::move(made);
  return true;
}

bool Evaluator::ForObject(const Expression& expression, const Scope* scope, Node& out) {
  Node storage;
  const Node* collection = Peek(*expression.parts[0], scope, storage);
  if (!collection) return false;
  if (IsUnresolved(*collection)) {
    out = Derived(expression, *collection);
    return true;
  }
  Node made = MapValue(expression.place());
  Node unresolved;
  const bool done = Loop(expression, *collection, scope, [&](const Scope* inner) {
    bool keeps = true;
    if (!Keeps(expression.parts[3].get(), inner, keeps, unresolved)) return false;
    if (!keeps) return true;
    Node key;
    Node value;
    if (!Evaluate(*expression.parts[1], inner, key)) return false;
    if (!Evaluate(*expression.parts[2], inner, value)) return false;
    if (IsUnresolved(key)) {
      unresolved = std::move(key);
      return true;
    }
    const std::optional<std::string> name = TextOf(key);
    if (!name) {
      return Fail(*expression.parts[1], "The key of an object must be a string, and this is " +
                                            std::string(KindName(key)));
    }
    if (!Spend(expression, 1 + made.map.size() / 16)) return false;
    Node* old = const_cast<Node*>(made.Find(*name));
    if (expression.flag) {
      if (!old) {
        made.map.emplace_back(*name, ListValue(expression.place()));
        old = &made.map.back().second;
      }
      old->list.push_back(std::move(value));
      return true;
    }
    if (old) {
      return Fail(*expression.parts[1],
                  "Two elements have the key \"" + name->substr(0, 80) +
                      "\". Add `...` after the value to group elements by key");
    }
    made.map.emplace_back(*name, std::move(value));
    return true;
  });
  if (!done) return false;
  out = IsUnresolved(unresolved) ? Derived(expression, unresolved) : std::move(made);
  return true;
}

// A splat over what is no list takes it for a list of one, and null for an empty one.
bool Evaluator::Splat(const Expression& expression, const Scope* scope, Node& out) {
  Node storage;
  const Node* base = Peek(*expression.parts[0], scope, storage);
  if (!base) return false;
  if (IsUnresolved(*base)) {
    out = Derived(expression, *base);
    return true;
  }
  Node made = ListValue(expression.place());
  const auto take = [&](const Node& element) {
    const Scope inner{scope, "*", &element};
    return Spend(expression, 1) && Evaluate(*expression.parts[1], &inner, made.list.emplace_back());
  };
  if (base->kind == Kind::kList) {
    for (const Node& element : base->list) {
      if (!take(element)) return false;
    }
  } else if (base->kind != Kind::kNull && !take(*base)) {
    return false;
  }
  out = std::move(made);
  return true;
}

}  // namespace dynarock::schema::hcl

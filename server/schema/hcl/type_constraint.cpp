#include "server/schema/hcl/type_constraint.h"

#include <optional>
#include <string>
#include <utility>

#include "server/document/number.h"

namespace dynarock::schema::hcl {
namespace {

using Kind = Node::Kind;
using Syntax = Expression::Kind;

class Conversion {
 public:
  Conversion(Evaluator& evaluator, Problem& problem) : evaluator_(evaluator), problem_(problem) {}

  bool Convert(const Expression& type, Node& value) {
    if (value.kind == Kind::kUnresolved || value.kind == Kind::kNull) return true;
    if (type.kind == Syntax::kVariable) return Primitive(type, value);
    if (type.kind == Syntax::kCall && type.parts.size() == 1) {
      const Expression& inner = *type.parts[0];
      if (type.name == "list" || type.name == "set") return List(type, inner, value);
      if (type.name == "map") return Map(inner, value);
      if (type.name == "object" && inner.kind == Syntax::kObject) return Object(inner, value);
      if (type.name == "tuple" && inner.kind == Syntax::kTuple) return Tuple(inner, value);
    }
    return true;  // it is no type: CheckType tells
  }

 private:
  bool Fail(const Place& place, std::string message) {
    problem_ = {place, std::move(message)};
    return false;
  }

  bool Misfit(const Node& value, std::string_view wanted) {
    return Fail(value.place, "The variable's type wants " + std::string(wanted) + ", and this is " +
                                 std::string(KindName(value)));
  }

  bool Primitive(const Expression& type, Node& value) {
    if (type.name == "any") return true;
    if (type.name == "string") {
      const std::optional<std::string> text = TextOf(value);
      if (!text) return Misfit(value, "a string");
      value = TextValue(value.place, *text);
      return true;
    }
    if (type.name == "number") {
      if (!NumberOf(value)) return Misfit(value, "a number");
      value.kind = Kind::kNumber;
      value.text = document::CanonicalNumber(value.text).value_or(value.text);
      return true;
    }
    if (type.name == "bool") {
      const std::optional<bool> truth = TruthOf(value);
      if (!truth) return Misfit(value, "true or false");
      value = TruthValue(value.place, *truth);
      return true;
    }
    return true;  // list, set and map in the old form, or no type
  }

  bool List(const Expression& type, const Expression& inner, Node& value) {
    if (value.kind != Kind::kList) return Misfit(value, "a list");
    for (Node& element : value.list) {
      if (!Convert(inner, element)) return false;
    }
    value.text.clear();
    if (type.name == "set") value = SetOf(std::move(value));
    return true;
  }

  bool Map(const Expression& inner, Node& value) {
    if (value.kind != Kind::kMap) return Misfit(value, "a map");
    for (auto& [name, member] : value.map) {
      if (!Convert(inner, member)) return false;
    }
    return true;
  }

  bool Tuple(const Expression& types, Node& value) {
    if (value.kind != Kind::kList || value.list.size() != types.parts.size()) {
      return Misfit(value, "a list of " + std::to_string(types.parts.size()) + " elements");
    }
    for (size_t i = 0; i < types.parts.size(); ++i) {
      if (!Convert(*types.parts[i], value.list[i])) return false;
    }
    return true;
  }

  // Members that the type does not name are dropped.
  bool Object(const Expression& members, Node& value) {
    if (value.kind != Kind::kMap) return Misfit(value, "an object");
    Node made = MapValue(value.place);
    for (size_t i = 0; i + 1 < members.parts.size(); i += 2) {
      const std::string& name = members.parts[i]->literal.text;
      const Expression* type = members.parts[i + 1].get();
      const bool optional =
          type->kind == Syntax::kCall && type->name == "optional" && !type->parts.empty();
      const Expression* preset =
          optional && type->parts.size() > 1 ? type->parts[1].get() : nullptr;
      if (optional) type = type->parts[0].get();
      const Node* given = value.Find(name);
      Node member;
      if (given && (given->kind != Kind::kNull || !preset)) {
        member = *given;
      } else if (!optional && !given) {
        return Fail(value.place, "The variable's type wants the attribute \"" + name +
                                     "\", which is missing here");
      } else if (preset && !evaluator_.Evaluate(*preset, nullptr, member)) {
        problem_ = evaluator_.problem();
        return false;
      } else if (!preset) {
        member = NullValue(value.place);
      }
      if (!evaluator_.Spend(members, 1)) {
        problem_ = evaluator_.problem();
        return false;
      }
      if (!Convert(*type, member)) return false;
      made.map.emplace_back(name, std::move(member));
    }
    value = std::move(made);
    return true;
  }

  Evaluator& evaluator_;
  Problem& problem_;
};

constexpr std::string_view kInvalid = "Invalid type specification: ";

std::optional<Problem> Invalid(const Expression& at, std::string_view why) {
  return Problem{at.place(), std::string(kInvalid).append(why)};
}

// Terraform 0.11 had the types in quotes.
std::optional<Problem> CheckQuoted(const Expression& type) {
  const std::string& text = type.literal.text;
  const bool collection = text == "list" || text == "map";
  if (text != "string" && !collection) {
    return Problem{type.place(),
                   "Invalid legacy variable type hint: To provide a full type expression, remove "
                   "the surrounding quotes and give the type expression directly."};
  }
  std::string message =
      "Invalid quoted type constraints: Terraform 0.11 and earlier required type constraints to be "
      "given in quotes, but that form is now deprecated and will be removed in a future version of "
      "Terraform. Remove the quotes around \"" +
      text + "\"";
  if (collection) {
    message += " and write " + text + "(string) instead to explicitly indicate that the " + text +
               " elements are strings";
  }
  return Problem{type.place(), message + "."};
}

std::optional<Problem> CheckTypeBelow(const Expression& type);

std::optional<Problem> CheckMember(const Expression& type) {
  const bool optional =
      type.kind == Syntax::kCall && type.name == "optional" && !type.parts.empty();
  return CheckTypeBelow(optional ? *type.parts[0] : type);
}

std::optional<Problem> CheckConstructor(const Expression& type) {
  const std::string& name = type.name;
  const Expression* inner = type.parts.size() == 1 ? type.parts[0].get() : nullptr;
  if (name == "list" || name == "set" || name == "map") {
    if (inner) return CheckTypeBelow(*inner);
    return Invalid(
        type,
        "The " + name + " type constructor requires one argument specifying the element type.");
  }
  if (name == "object") {
    if (!inner || inner->kind != Syntax::kObject) {
      return Invalid(type,
                     "Object type constructor requires a map whose keys are attribute names and "
                     "whose values are the corresponding attribute types.");
    }
    for (size_t i = 1; i < inner->parts.size(); i += 2) {
      if (auto problem = CheckMember(*inner->parts[i])) return problem;
    }
    return std::nullopt;
  }
  if (name == "tuple") {
    if (!inner || inner->kind != Syntax::kTuple) {
      return Invalid(type, "Tuple type constructor requires a list of element types.");
    }
    for (const ExpressionPtr& part : inner->parts) {
      if (auto problem = CheckTypeBelow(*part)) return problem;
    }
    return std::nullopt;
  }
  if (name == "optional") {
    return Invalid(type,
                   "Keyword \"optional\" is valid only as a modifier for object type attributes.");
  }
  if (name == "string" || name == "number" || name == "bool" || name == "any") {
    return Invalid(type, "Primitive type keyword \"" + name + "\" does not expect arguments.");
  }
  return Invalid(type, "Keyword \"" + name + "\" is not a valid type constructor.");
}

std::optional<Problem> CheckTypeBelow(const Expression& type) {
  if (type.kind == Syntax::kVariable) {
    for (const char* known : {"string", "number", "bool", "any", "list", "set", "map"}) {
      if (type.name == known) return std::nullopt;
    }
    return Invalid(type, "The keyword \"" + type.name + "\" is not a valid type specification.");
  }
  if (type.kind == Syntax::kCall) return CheckConstructor(type);
  return Invalid(type,
                 "A type specification is either a primitive type keyword (bool, number, string) "
                 "or a complex type constructor call, like list(string).");
}

}  // namespace

std::optional<Problem> CheckType(const Expression& type) {
  const bool quoted = type.kind == Syntax::kLiteral && type.literal.kind == Kind::kString;
  return quoted ? CheckQuoted(type) : CheckTypeBelow(type);
}

bool ConvertTo(const Expression& type, Evaluator& evaluator, Node& value, Problem& problem) {
  return Conversion(evaluator, problem).Convert(type, value);
}

}  // namespace dynarock::schema::hcl

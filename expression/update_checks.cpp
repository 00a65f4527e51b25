// From the text of an UpdateExpression to an Update: everything that can be wrong without looking
// at an item.
#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "expression/errors.h"
#include "expression/resolve.h"
#include "expression/syntax.h"
#include "expression/update.h"
#include "expression/update_builder.h"

namespace dynarock::expression {
namespace {

constexpr Language kLanguage = Language::kUpdate;

// Functions of conditions; the text that refuses them was observed on DynamoDB Local.
constexpr std::string_view kConditionFunctions[] = {"attribute_exists", "attribute_not_exists",
                                                    "attribute_type",   "begins_with",
                                                    "contains",         "size"};

// The long names that ADD and DELETE print.
std::string_view LongTypeName(Type type) {
  switch (type) {
    case Type::kNull:
      return "NULL";
    case Type::kFalse:
    case Type::kTrue:
      return "BOOLEAN";
    case Type::kNumber:
      return "NUMBER";
    case Type::kString:
      return "STRING";
    case Type::kBinary:
      return "BINARY";
    case Type::kNumberSet:
      return "NUMBER_SET";
    case Type::kStringSet:
      return "STRING_SET";
    case Type::kBinarySet:
      return "BINARY_SET";
    case Type::kList:
      return "LIST";
    case Type::kMap:
      return "MAP";
  }
  return "";
}

template <class... Parts>
std::unexpected<Error> Wrong(const Parts&... parts) {
  std::string text;
  ((text += std::string_view(parts)), ...);
  return Fail(Invalid(kLanguage, text));
}

class Checker {
 public:
  Checker(const Syntax& syntax, Placeholders& placeholders, Arena* arena)
      : syntax_(syntax), resolver_(kLanguage, syntax, placeholders), done_(arena) {}

  Result<Update> Run() {
    DYNAROCK_CHECK(CheckOperatorCount(kLanguage, syntax_.operators));
    DYNAROCK_CHECK(resolver_.CheckElements());
    DYNAROCK_CHECK(CheckFunctionNames());
    if (!syntax_.repeated_section.empty()) {
      return Wrong("The \"", syntax_.repeated_section,
                   "\" section can only be used once in an update expression;");
    }
    DYNAROCK_CHECK(resolver_.CheckNamesDefined());
    DYNAROCK_CHECK(CheckValuesDefined());
    for (const SyntaxAction& action : syntax_.actions) {
      DYNAROCK_TRY(const Path target, resolver_.ResolvePath(action.target));
      builder_.Target(target);
    }
    for (uint32_t i = 0; i < syntax_.actions.size(); ++i) {
      const SyntaxAction& action = syntax_.actions[i];
      switch (static_cast<ActionKind>(action.section)) {
        case ActionKind::kSet: {
          DYNAROCK_TRY(const int32_t node, AddValue(action.value));
          builder_.Set(i, node);
          break;
        }
        case ActionKind::kRemove:
          builder_.Remove(i);
          break;
        case ActionKind::kAdd:
        case ActionKind::kDelete: {
          DYNAROCK_TRY(const ValueView value, resolver_.ResolveValue(action.value.text));
          if (static_cast<ActionKind>(action.section) == ActionKind::kAdd) {
            builder_.Add(i, value);
          } else {
            builder_.Delete(i, value);
          }
          break;
        }
      }
    }
    Update update = builder_.Finish();
    DYNAROCK_CHECK(CheckDistinctPaths(kLanguage, update.targets()));
    DYNAROCK_CHECK(CheckSetOperands(update));
    // Last, since operands of a wrong kind are reported only behind everything above.
    if (problem_) return std::unexpected<Error>(std::move(*problem_));
    return update;
  }

 private:
  Result<> CheckFunctionNames() const {
    for (const std::string_view name : syntax_.functions) {
      if (name == "if_not_exists" || name == "list_append") continue;
      if (std::ranges::count(kConditionFunctions, name) > 0) {
        return Wrong("The function is not allowed in an update expression; function: ", name);
      }
      return Fail(InvalidFunctionName(kLanguage, name));
    }
    if (syntax_.misused.empty()) return {};
    return Fail(MisusedFunction(kLanguage, syntax_.misused));
  }

  Result<> CheckValuesDefined() {
    for (const SyntaxOperand& operand : syntax_.operands) {
      if (operand.kind == SyntaxOperand::Kind::kValue) DYNAROCK_CHECK(CheckValueDefined(operand));
    }
    for (const SyntaxAction& action : syntax_.actions) {
      if (action.value.kind == SyntaxOperand::Kind::kValue)
        DYNAROCK_CHECK(CheckValueDefined(action.value));
    }
    return {};
  }
  Result<> CheckValueDefined(const SyntaxOperand& operand) {
    if (Result<ValueView> value = resolver_.ResolveValue(operand.text); !value) {
      return Fail(std::move(value).error());
    }
    return {};
  }

  // ADD and DELETE take values of few types.
  static Result<> CheckSetOperands(const Update& update) {
    for (const UpdateAction& action : update.actions()) {
      if (action.kind != ActionKind::kAdd && action.kind != ActionKind::kDelete) continue;
      const Type type = action.value.type();
      if (IsSet(type) || (action.kind == ActionKind::kAdd && type == Type::kNumber)) continue;
      return Wrong("Incorrect operand type for operator or function; operator: ",
                   action.kind == ActionKind::kAdd ? "ADD" : "DELETE",
                   ", operand type: ", LongTypeName(type), ", typeSet: ALLOWED_FOR_ADD_OPERAND");
    }
    return {};
  }

  // The nodes of one right side. Operands lie before what uses them, so one pass over the vector
  // makes them all.
  Result<int32_t> AddValue(const SyntaxOperand& root) {
    for (auto i = static_cast<uint32_t>(done_.size()); i < End(root); ++i) {
      DYNAROCK_TRY(const int32_t node, AddNode(syntax_.operands[i]));
      done_.push_back(node);
    }
    return AddNode(root);
  }

  // One behind the last operand below `operand`.
  uint32_t End(const SyntaxOperand& operand) const {
    const bool leaf =
        operand.kind == SyntaxOperand::Kind::kPath || operand.kind == SyntaxOperand::Kind::kValue;
    return leaf ? static_cast<uint32_t>(done_.size()) : operand.first + operand.count;
  }

  Result<int32_t> AddNode(const SyntaxOperand& operand) {
    const auto child = [&](uint32_t i) { return done_[operand.first + i]; };
    switch (operand.kind) {
      case SyntaxOperand::Kind::kPath: {
        DYNAROCK_TRY(const Path path, resolver_.ResolvePath(operand));
        return Kept(builder_.PathNode(path), "");
      }
      case SyntaxOperand::Kind::kValue: {
        DYNAROCK_TRY(const ValueView value, resolver_.ResolveValue(operand.text));
        return Kept(builder_.ValueNode(value), TypeName(value.type()));
      }
      case SyntaxOperand::Kind::kPlus:
      case SyntaxOperand::Kind::kMinus: {
        const bool plus = operand.kind == SyntaxOperand::Kind::kPlus;
        CheckType(plus ? "+" : "-", "N", child(0));
        CheckType(plus ? "+" : "-", "N", child(1));
        return Kept(builder_.Node(plus ? UpdateNode::Kind::kPlus : UpdateNode::Kind::kMinus,
                                  child(0), child(1)),
                    "N");
      }
      case SyntaxOperand::Kind::kFunction:
        break;
    }
    if (operand.count != 2) {
      Note(IncorrectOperandCount(operand.text, operand.count));
      return Kept(builder_.ValueNode({}), "");
    }
    if (operand.text == "if_not_exists") {
      if (syntax_.operands[operand.first].kind != SyntaxOperand::Kind::kPath) {
        Note(DocumentPathRequired("if_not_exists"));
      }
      return Kept(builder_.Node(UpdateNode::Kind::kIfNotExists, child(0), child(1)), "");
    }
    CheckType("list_append", "L", child(0));
    CheckType("list_append", "L", child(1));
    return Kept(builder_.Node(UpdateNode::Kind::kListAppend, child(0), child(1)), "L");
  }

  // Remembers the type that a node surely has; "" when only the item can tell.
  int32_t Kept(int32_t node, std::string_view type) {
    types_.resize(static_cast<size_t>(node) + 1);
    types_.back() = type;
    return node;
  }

  void CheckType(std::string_view name, std::string_view wanted, int32_t node) {
    const std::string_view type = types_[static_cast<size_t>(node)];
    if (type.empty() || type == wanted) return;
    Note(IncorrectOperandType(name, type));
  }

  // Keeps the first problem of an operand.
  template <class... Parts>
  void Note(const Parts&... parts) {
    if (!problem_) problem_ = Wrong(parts...).error();
  }

  const Syntax& syntax_;
  Resolver resolver_;
  UpdateBuilder builder_;
  std::pmr::vector<int32_t> done_;       // per syntax operand: its node
  std::vector<std::string_view> types_;  // per node
  std::optional<Error> problem_;
};

}  // namespace

Result<Update> ParseUpdate(std::string_view text, Placeholders& placeholders) {
  std::array<std::byte, 4096> memory;
  std::pmr::monotonic_buffer_resource arena(memory.data(), memory.size());
  Syntax syntax(&arena);
  DYNAROCK_CHECK(ParseUpdateSyntax(text, placeholders, syntax));
  return Checker(syntax, placeholders, &arena).Run();
}

void UpdateBuilder::PutPath(std::span<const PathElement> path) {
  ranges_.push_back(
      {static_cast<uint32_t>(update_.elements_.size()), static_cast<uint32_t>(path.size())});
  update_.elements_.insert(update_.elements_.end(), path.begin(), path.end());
}

void UpdateBuilder::Target(std::span<const PathElement> path) {
  PutPath(path);
  ++update_.target_count_;
}

int32_t UpdateBuilder::Put(const UpdateNode& node) {
  update_.nodes_.push_back(node);
  return static_cast<int32_t>(update_.nodes_.size() - 1);
}

int32_t UpdateBuilder::PathNode(std::span<const PathElement> path) {
  PutPath(path);
  UpdateNode node;
  node.kind = UpdateNode::Kind::kPath;
  node.path = static_cast<int32_t>(ranges_.size() - 1);
  return Put(node);
}

int32_t UpdateBuilder::ValueNode(ValueView value) {
  UpdateNode node;
  node.value = value;
  return Put(node);
}

int32_t UpdateBuilder::Node(UpdateNode::Kind kind, int32_t left, int32_t right) {
  UpdateNode node;
  node.kind = kind;
  node.left = left;
  node.right = right;
  return Put(node);
}

Update UpdateBuilder::Finish() {
  update_.paths_.reserve(ranges_.size());
  for (const Range range : ranges_) {
    update_.paths_.push_back(std::span(update_.elements_).subspan(range.first, range.count));
  }
  ranges_.clear();
  return std::move(update_);
}

}  // namespace dynarock::expression

#include "expression/print.h"

#include <initializer_list>

#include "expression/language.h"
#include "expression/projection.h"
#include "expression/update.h"

namespace dynarock::expression {
namespace {

void AppendValue(ValueView value, std::string& out) {
  out += '{';
  out += value.type_name();
  out += ':';
  auto separate = [&out, first = true]() mutable {
    if (!first) out += ", ";
    first = false;
  };
  switch (value.type()) {
    case Type::kNull:
      out += "true";
      break;
    case Type::kFalse:
    case Type::kTrue:
      out += value.boolean() ? "true" : "false";
      break;
    case Type::kNumber:
    case Type::kString:
      out += value.text();
      break;
    case Type::kBinary: {
      const Decimal size(value.text().size());
      for (const std::string_view part :
           {std::string_view("java.nio.HeapByteBuffer[pos=0 lim="), std::string_view(size),
            std::string_view(" cap="), std::string_view(size), std::string_view("]")}) {
        out += part;
      }
      break;
    }
    case Type::kNumberSet:
    case Type::kStringSet:
    case Type::kBinarySet:
      out += '[';
      for (const std::string_view element : value.set()) {
        separate();
        out += element;
      }
      out += ']';
      break;
    case Type::kList:
      out += '[';
      for (const ValueView element : value.list()) {
        separate();
        AppendValue(element, out);
      }
      out += ']';
      break;
    case Type::kMap:
      out += '{';
      for (const Attribute entry : value.map()) {
        separate();
        out += entry.name;
        out += '=';
        AppendValue(entry.value, out);
      }
      out += '}';
      break;
  }
  out += '}';
}

std::string Joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += part;
  return text;
}

std::string PrintOperand(const Operand& operand, std::span<const Path> paths) {
  const std::string text = operand.path >= 0 ? WritePath(paths[static_cast<size_t>(operand.path)])
                                             : PrintValue(operand.value);
  return operand.is_size ? Joined({"size(", text, ")"}) : text;
}

std::string PrintList(std::span<const Operand> operands, std::span<const Path> paths) {
  std::string text;
  for (const Operand& operand : operands) {
    if (!text.empty()) text += ", ";
    text += PrintOperand(operand, paths);
  }
  return text;
}

std::string PrintTest(const Condition& condition, const Step& step) {
  const std::span<const Operand> operands = condition.operands(step);
  const auto operand = [&](size_t i) { return PrintOperand(operands[i], condition.paths()); };
  const std::string_view name = Name(step.op);
  switch (step.op) {
    case Operator::kBetween:
      return Joined({"(", operand(0), " BETWEEN ", operand(1), " AND ", operand(2), ")"});
    case Operator::kIn:
      return Joined(
          {"(", operand(0), " IN (", PrintList(operands.subspan(1), condition.paths()), "))"});
    case Operator::kAttributeExists:
    case Operator::kAttributeNotExists:
    case Operator::kAttributeType:
    case Operator::kBeginsWith:
    case Operator::kContains:
      return Joined({name, "(", PrintList(operands, condition.paths()), ")"});
    default:
      return Joined({"(", operand(0), " ", name, " ", operand(1), ")"});
  }
}

std::string PrintNode(const Update& update, int32_t index) {
  const UpdateNode& node = update.nodes()[static_cast<size_t>(index)];
  const auto left = [&] { return PrintNode(update, node.left); };
  const auto right = [&] { return PrintNode(update, node.right); };
  switch (node.kind) {
    case UpdateNode::Kind::kPath:
      return WritePath(update.paths()[static_cast<size_t>(node.path)]);
    case UpdateNode::Kind::kValue:
      return PrintValue(node.value);
    case UpdateNode::Kind::kPlus:
      return Joined({"(", left(), " + ", right(), ")"});
    case UpdateNode::Kind::kMinus:
      return Joined({"(", left(), " - ", right(), ")"});
    case UpdateNode::Kind::kIfNotExists:
      return Joined({"if_not_exists(", left(), ", ", right(), ")"});
    case UpdateNode::Kind::kListAppend:
      return Joined({"list_append(", left(), ", ", right(), ")"});
  }
  return "";
}

}  // namespace

std::string PrintValue(ValueView value) {
  std::string text;
  AppendValue(value, text);
  return text;
}

std::string WritePath(Path path) {
  std::string text;
  for (const PathElement& element : path) {
    if (element.is_index) {
      text += '[';
      text += Decimal(element.index);
      text += ']';
    } else {
      if (!text.empty()) text += '.';
      text += element.name;
    }
  }
  return text;
}

std::string_view Name(Operator op) {
  switch (op) {
    case Operator::kEqual:
      return "=";
    case Operator::kNotEqual:
      return "<>";
    case Operator::kLess:
      return "<";
    case Operator::kLessEqual:
      return "<=";
    case Operator::kGreater:
      return ">";
    case Operator::kGreaterEqual:
      return ">=";
    case Operator::kBetween:
      return "BETWEEN";
    case Operator::kIn:
      return "IN";
    case Operator::kAttributeExists:
      return "attribute_exists";
    case Operator::kAttributeNotExists:
      return "attribute_not_exists";
    case Operator::kAttributeType:
      return "attribute_type";
    case Operator::kBeginsWith:
      return "begins_with";
    case Operator::kContains:
      return "contains";
    case Operator::kNot:
      return "NOT";
    case Operator::kAnd:
    case Operator::kSkipIfFalse:
      return "AND";
    case Operator::kOr:
    case Operator::kSkipIfTrue:
      return "OR";
  }
  return "";
}

std::string Print(const Condition& condition) {
  std::vector<std::string> stack;
  for (const Step& step : condition.steps()) {
    switch (step.op) {
      case Operator::kSkipIfFalse:
      case Operator::kSkipIfTrue:
        break;
      case Operator::kNot:
        stack.back() = Joined({"(NOT ", stack.back(), ")"});
        break;
      case Operator::kAnd:
      case Operator::kOr: {
        const std::string right = std::move(stack.back());
        stack.pop_back();
        stack.back() = Joined({"(", stack.back(), " ", Name(step.op), " ", right, ")"});
        break;
      }
      default:
        stack.push_back(PrintTest(condition, step));
    }
  }
  return stack.empty() ? "" : stack.back();
}

std::string Print(const Projection& projection) {
  std::string text;
  for (const Path path : projection.paths()) {
    if (!text.empty()) text += ", ";
    text += WritePath(path);
  }
  return text;
}

std::string Print(const Update& update) {
  std::string text;
  for (const UpdateAction& action : update.actions()) {
    if (!text.empty()) text += "; ";
    constexpr std::string_view kSections[] = {"SET ", "REMOVE ", "ADD ", "DELETE "};
    text += kSections[static_cast<size_t>(action.kind)];
    text += WritePath(update.targets()[action.target]);
    if (action.kind == ActionKind::kSet) {
      text += " = ";
      text += PrintNode(update, action.node);
    } else if (action.kind != ActionKind::kRemove) {
      text += ' ';
      text += PrintValue(action.value);
    }
  }
  return text;
}

}  // namespace dynarock::expression

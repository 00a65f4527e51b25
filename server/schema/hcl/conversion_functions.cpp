// Functions from one type to another, and JSON.
#include <array>
#include <utility>

#include "server/document/number.h"
#include "server/schema/hcl/function.h"
#include "server/schema/hcl/parser.h"

namespace dynarock::schema::hcl {
namespace {

using Kind = Node::Kind;
using enum Function::Unresolved;

bool IsNull(const FunctionCall& call) {
  return call.arguments[0].kind == Kind::kNull;
}

bool RunToString(FunctionCall& call) {
  if (IsNull(call)) return call.Return(NullValue(call.place()));
  const std::optional<std::string> text = call.Text(0);
  return text && call.ReturnText(*text);
}

bool RunToNumber(FunctionCall& call) {
  if (IsNull(call)) return call.Return(NullValue(call.place()));
  const std::optional<std::string> text = NumberOf(call.arguments[0])
                                              ? document::CanonicalNumber(call.arguments[0].text)
                                              : std::nullopt;
  if (!text) return call.Fail("this is not a number");
  Node number = NumberValue(call.place(), 0);
  number.text = *text;
  return call.Return(std::move(number));
}

bool RunToBool(FunctionCall& call) {
  if (IsNull(call)) return call.Return(NullValue(call.place()));
  const std::optional<bool> truth = call.Truth(0);
  return truth && call.ReturnTruth(*truth);
}

bool RunToList(FunctionCall& call) {
  if (IsNull(call)) return call.Return(NullValue(call.place()));
  Node* list = call.List(0);
  if (!list) return false;
  list->text.clear();  // no set any more
  return call.Return(std::move(*list));
}

bool RunToSet(FunctionCall& call) {
  if (IsNull(call)) return call.Return(NullValue(call.place()));
  Node* list = call.List(0);
  return list && call.Return(SetOf(std::move(*list)));
}

bool RunToMap(FunctionCall& call) {
  if (IsNull(call)) return call.Return(NullValue(call.place()));
  Node* map = call.Map(0);
  return map && call.Return(std::move(*map));
}

bool RunSame(FunctionCall& call) {
  return call.Return(std::move(call.arguments[0]));
}

bool RunJsonEncode(FunctionCall& call) {
  std::string text;
  WriteJsonText(call.arguments[0], text);
  return call.ReturnText(std::move(text));
}

// Turns an expression of literals into its value; place: the call's, since the text has none.
bool Decode(FunctionCall& call, const Expression& expression, Node& out) {
  if (expression.kind == Expression::Kind::kUnary) {
    const std::optional<long double> number = NumberOf(expression.parts[0]->literal);
    if (expression.parts[0]->literal.kind != Kind::kNumber || !number)
      return call.Fail("the text is not JSON");
    out = NumberValue(call.place(), -*number);
    return true;
  }
  if (!call.Spend(1 + expression.literal.text.size() / 64)) return false;
  if (expression.kind == Expression::Kind::kLiteral) {
    out = expression.literal;
    out.place = call.place();
    return true;
  }
  const bool object = expression.kind == Expression::Kind::kObject;
  out = object ? MapValue(call.place()) : ListValue(call.place());
  for (size_t i = 0; i < expression.parts.size(); ++i) {
    Node value;
    if (!Decode(call, *expression.parts[object ? i + 1 : i], value)) return false;
    if (!object) {
      out.list.push_back(std::move(value));
      continue;
    }
    if (!call.Spend(1 + out.map.size() / 16)) return false;
    SetMember(out, expression.parts[i]->literal.text, std::move(value));
    ++i;
  }
  return true;
}

bool RunJsonDecode(FunctionCall& call) {
  std::optional<std::string> text = call.Text(0);
  if (!text) return false;
  const Source source{"", *std::move(text)};
  const auto parsed = ParseJson(source);
  if (!parsed) return call.Fail("the text is not JSON: " + parsed.error().message);
  Node value;
  return Decode(call, **parsed, value) && call.Return(std::move(value));
}

constexpr std::array<Function, 10> kFunctions = {{
    {"jsondecode", 1, 1, kAnywhere, RunJsonDecode},
    {"jsonencode", 1, 1, kAnywhere, RunJsonEncode},
    {"nonsensitive", 1, 1, kAsWhole, RunSame},
    {"sensitive", 1, 1, kAsWhole, RunSame},
    {"tobool", 1, 1, kAsWhole, RunToBool},
    {"tolist", 1, 1, kAsWhole, RunToList},
    {"tomap", 1, 1, kAsWhole, RunToMap},
    {"tonumber", 1, 1, kAsWhole, RunToNumber},
    {"toset", 1, 1, kAsWhole, RunToSet},
    {"tostring", 1, 1, kAsWhole, RunToString},
}};

}  // namespace

std::span<const Function> ConversionFunctions() {
  return kFunctions;
}

}  // namespace dynarock::schema::hcl

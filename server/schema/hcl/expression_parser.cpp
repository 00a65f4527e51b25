// Expressions of the Terraform language.
#include <array>
#include <utility>

#include "server/document/number.h"
#include "server/schema/hcl/parser.h"

namespace dynarock::schema::hcl {
namespace {

using Kind = Expression::Kind;

struct Infix {
  std::string_view text;
  Operator op;
  int precedence;
};

// Longer ones first, where one begins another.
constexpr std::array<Infix, 13> kInfixes = {{
    {"||", Operator::kOr, 1},
    {"&&", Operator::kAnd, 2},
    {"==", Operator::kEqual, 3},
    {"!=", Operator::kNotEqual, 3},
    {"<=", Operator::kLessOrEqual, 4},
    {">=", Operator::kGreaterOrEqual, 4},
    {"<", Operator::kLess, 4},
    {">", Operator::kGreater, 4},
    {"+", Operator::kAdd, 5},
    {"-", Operator::kSubtract, 5},
    {"*", Operator::kMultiply, 6},
    {"/", Operator::kDivide, 6},
    {"%", Operator::kModulo, 6},
}};

const Infix* InfixAt(const Scanner& scanner) {
  for (const Infix& infix : kInfixes) {
    if (scanner.StartsWith(infix.text)) return &infix;
  }
  return nullptr;
}

bool IsDigit(char byte) {
  return byte >= '0' && byte <= '9';
}

}  // namespace

ExpressionPtr Parser::ParseExpression() {
  Level level(*this);
  if (!level.Fits()) return nullptr;
  ExpressionPtr first = ParseBinary(1);
  if (!first || !SkipBlank()) return nullptr;
  if (json_ || scanner_.Peek() != '?') return first;
  return ParseConditional(std::move(first));
}

ExpressionPtr Parser::ParseConditional(ExpressionPtr condition) {
  ExpressionPtr whole = Make(Kind::kConditional);
  whole->line = condition->line;
  whole->column = condition->column;
  whole->begin = condition->begin;
  scanner_.Advance();  // ?
  if (!Adopt(*whole, std::move(condition))) return nullptr;
  if (!Adopt(*whole, ParseExpression())) return nullptr;
  if (!Expect(":", "between the two results of a condition (`? ... : ...`)")) return nullptr;
  if (!Adopt(*whole, ParseExpression())) return nullptr;
  return Close(std::move(whole));
}

ExpressionPtr Parser::ParseBinary(int least) {
  ExpressionPtr left = ParseUnary();
  while (left) {
    const Scanner::State before = scanner_.state();
    if (!SkipBlank()) return nullptr;
    const Infix* infix = json_ ? nullptr : InfixAt(scanner_);
    if (!infix || infix->precedence < least) {
      // The blanks stay outside of the expression's text.
      scanner_.Restore(before);
      return left;
    }
    ExpressionPtr whole = Make(Kind::kBinary);
    whole->op = infix->op;
    whole->begin = left->begin;
    whole->line = left->line;
    whole->column = left->column;
    scanner_.Advance(infix->text.size());
    if (!Adopt(*whole, std::move(left))) return nullptr;
    if (!Adopt(*whole, ParseBinary(infix->precedence + 1))) return nullptr;
    left = Close(std::move(whole));
  }
  return nullptr;
}

ExpressionPtr Parser::ParseUnary() {
  if (!SkipBlank()) return nullptr;
  if (scanner_.Peek() == '-' || (!json_ && scanner_.Peek() == '!' && scanner_.Peek(1) != '=')) {
    Level level(*this);
    if (!level.Fits()) return nullptr;
    ExpressionPtr whole = Make(Kind::kUnary);
    whole->op = scanner_.Peek() == '-' ? Operator::kNegate : Operator::kNot;
    scanner_.Advance();
    if (!Adopt(*whole, ParseUnary())) return nullptr;
    return Close(std::move(whole));
  }
  ExpressionPtr term = ParseTerm();
  if (!term || json_) return term;
  return ParseTraversal(std::move(term), false);
}

ExpressionPtr Parser::ParseTerm() {
  const char next = scanner_.Peek();
  if (next == '"') return ParseQuoted();
  if (next == '[') return ParseTuple();
  if (next == '{') return ParseObject();
  if (IsDigit(next)) return ParseNumber();
  if (next == '(' && !json_) return ParseParentheses();
  if (scanner_.StartsWith("<<") && !json_) return ParseHeredoc();
  if (Scanner::StartsIdentifier(next)) return ParseName();
  Fail("Expected a value, but " + Found());
  return nullptr;
}

ExpressionPtr Parser::ParseParentheses() {
  NewlineMode mode(*this, true);
  const Scanner::State start = scanner_.state();
  scanner_.Advance();
  ExpressionPtr inner = ParseExpression();
  if (!inner || !Expect(")", "to close the parenthesis")) return nullptr;
  inner->begin = start.offset;
  inner->line = start.line;
  inner->column = start.column;
  return Close(std::move(inner));
}

ExpressionPtr Parser::ParseNumber() {
  ExpressionPtr number = Make(Kind::kLiteral);
  while (IsDigit(scanner_.Peek())) scanner_.Advance();
  if (scanner_.Peek() == '.' && IsDigit(scanner_.Peek(1))) {
    scanner_.Advance();
    while (IsDigit(scanner_.Peek())) scanner_.Advance();
  }
  if (scanner_.Peek() == 'e' || scanner_.Peek() == 'E') {
    const size_t sign = scanner_.Peek(1) == '+' || scanner_.Peek(1) == '-' ? 1 : 0;
    if (IsDigit(scanner_.Peek(1 + sign))) {
      scanner_.Advance(1 + sign);
      while (IsDigit(scanner_.Peek())) scanner_.Advance();
    }
  }
  number = Close(std::move(number));
  const std::optional<std::string> text = document::CanonicalNumber(number->text());
  if (!text) {
    FailAt(number->place(), "This number is too large or has too many digits");
    return nullptr;
  }
  number->literal.kind = Node::Kind::kNumber;
  number->literal.text = *text;
  number->literal.place = number->place();
  return number;
}

ExpressionPtr Parser::ParseName() {
  ExpressionPtr made = Make(Kind::kVariable);
  made->name = scanner_.TakeIdentifier();
  while (!json_ && scanner_.StartsWith("::")) {  // provider::name::function
    scanner_.Advance(2);
    made->name += "::" + scanner_.TakeIdentifier();
  }
  made = Close(std::move(made));
  if (!json_ && scanner_.Peek() == '(') return ParseCall(std::move(made));
  const bool is_true = made->name == "true";
  if (is_true || made->name == "false" || made->name == "null") {
    made->kind = Kind::kLiteral;
    made->literal.kind = made->name == "null" ? Node::Kind::kNull : Node::Kind::kBool;
    made->literal.boolean = is_true;
    made->literal.place = made->place();
    return made;
  }
  if (json_) {
    FailAt(made->place(), "Expected a value, but there is `" + made->name.substr(0, 40) + "`");
    return nullptr;
  }
  return made;
}

ExpressionPtr Parser::ParseCall(ExpressionPtr call) {
  NewlineMode mode(*this, true);
  call->kind = Kind::kCall;
  scanner_.Advance();  // (
  while (true) {
    if (!SkipBlank()) return nullptr;
    if (scanner_.Take(")")) return Close(std::move(call));
    if (!Adopt(*call, ParseExpression()) || !SkipBlank()) return nullptr;
    if (scanner_.Take("...")) {
      call->flag = true;
      if (!SkipBlank()) return nullptr;
      scanner_.Take(",");
      if (!Expect(")", "after an argument with `...`, which must be the last")) return nullptr;
      return Close(std::move(call));
    }
    if (scanner_.Peek() != ')' && !Expect(",", "between the arguments of a function"))
      return nullptr;
  }
}

ExpressionPtr Parser::ParseTraversal(ExpressionPtr base, bool attributes_only) {
  while (base) {
    const Scanner::State before = scanner_.state();
    if (!SkipBlank()) return nullptr;
    if (scanner_.Peek() == '.' && scanner_.Peek(1) != '.') {
      base = ParseDot(std::move(base));
    } else if (scanner_.Peek() == '[' && !attributes_only) {
      base = ParseBracket(std::move(base));
    } else {
      scanner_.Restore(before);
      return base;
    }
  }
  return nullptr;
}

ExpressionPtr Parser::ParseDot(ExpressionPtr base) {
  scanner_.Advance();
  if (!SkipBlank()) return nullptr;
  if (scanner_.Take("*")) return ParseSplat(std::move(base), true);
  const bool index = IsDigit(scanner_.Peek());
  ExpressionPtr whole = Make(index ? Kind::kIndex : Kind::kAttribute);
  whole->begin = base->begin;
  whole->line = base->line;
  whole->column = base->column;
  if (!Adopt(*whole, std::move(base))) return nullptr;
  if (!index) {
    whole->name = scanner_.TakeIdentifier();
    if (whole->name.empty()) {
      Fail("Expected the name of an attribute after the dot, but " + Found());
      return nullptr;
    }
    return Close(std::move(whole));
  }
  ExpressionPtr key = Make(Kind::kLiteral);
  key->literal.kind = Node::Kind::kNumber;
  key->literal.place = key->place();
  while (IsDigit(scanner_.Peek())) {
    key->literal.text += scanner_.Peek();
    scanner_.Advance();
  }
  if (!Adopt(*whole, Close(std::move(key)))) return nullptr;
  return Close(std::move(whole));
}

ExpressionPtr Parser::ParseBracket(ExpressionPtr base) {
  NewlineMode mode(*this, true);
  scanner_.Advance();
  if (!SkipBlank()) return nullptr;
  const Scanner::State before = scanner_.state();
  if (scanner_.Take("*")) {
    if (!SkipBlank()) return nullptr;
    if (scanner_.Take("]")) return ParseSplat(std::move(base), false);
    scanner_.Restore(before);
  }
  ExpressionPtr whole = Make(Kind::kIndex);
  whole->begin = base->begin;
  whole->line = base->line;
  whole->column = base->column;
  if (!Adopt(*whole, std::move(base)) || !Adopt(*whole, ParseExpression())) return nullptr;
  if (!Expect("]", "to close the index")) return nullptr;
  return Close(std::move(whole));
}

ExpressionPtr Parser::ParseSplat(ExpressionPtr base, bool attributes_only) {
  Level level(*this);
  if (!level.Fits()) return nullptr;
  ExpressionPtr whole = Make(Kind::kSplat);
  whole->begin = base->begin;
  whole->line = base->line;
  whole->column = base->column;
  if (!Adopt(*whole, std::move(base))) return nullptr;
  if (!Adopt(*whole, ParseTraversal(Make(Kind::kSplatItem), attributes_only))) return nullptr;
  return Close(std::move(whole));
}

ExpressionPtr Parser::ParseTuple() {
  NewlineMode mode(*this, true);
  ExpressionPtr tuple = Make(Kind::kTuple);
  scanner_.Advance();
  if (!SkipBlank()) return nullptr;
  if (!json_ && scanner_.PeekIdentifier() == "for") return ParseFor(std::move(tuple), false);
  while (true) {
    if (!SkipBlank()) return nullptr;
    if (scanner_.Take("]")) return Close(std::move(tuple));
    if (!Adopt(*tuple, ParseExpression()) || !SkipBlank()) return nullptr;
    if (scanner_.Peek() != ']' && !Expect(",", "between the elements of a list")) return nullptr;
  }
}

ExpressionPtr Parser::ParseObject() {
  ExpressionPtr object = Make(Kind::kObject);
  scanner_.Advance();
  {
    NewlineMode mode(*this, true);
    if (!SkipBlank()) return nullptr;
    if (!json_ && scanner_.PeekIdentifier() == "for") return ParseFor(std::move(object), true);
  }
  NewlineMode mode(*this, false);
  while (true) {
    if (!scanner_.SkipBlank(true)) {
      Fail("This comment is not closed: `*/` is missing");
      return nullptr;
    }
    if (scanner_.Take("}")) return Close(std::move(object));
    if (!ParseObjectItem(*object) || !SkipBlank()) return nullptr;
    if (scanner_.Take(",") || scanner_.Peek() == '}' || scanner_.AtNewline()) continue;
    Fail("Expected a comma or a new line between the members of an object, but " + Found());
    return nullptr;
  }
}

bool Parser::ParseObjectItem(Expression& object) {
  if (json_ && scanner_.Peek() != '"') {
    return Fail("Expected the name of a member in quotes, but " + Found());
  }
  const Scanner::State before = scanner_.state();
  ExpressionPtr key = Make(Kind::kLiteral);
  key->literal.place = key->place();
  key->literal.kind = Node::Kind::kString;
  key->literal.text = scanner_.TakeIdentifier();
  if (!SkipBlank()) return false;
  const bool plain =
      !key->literal.text.empty() &&
      (scanner_.Peek() == ':' || (scanner_.Peek() == '=' && scanner_.Peek(1) != '='));
  if (!plain) {
    scanner_.Restore(before);
    key = ParseExpression();
    if (!key || !SkipBlank()) return false;
  }
  if (!Adopt(object, std::move(key))) return false;
  if (!scanner_.Take(":") && (json_ || !scanner_.Take("="))) {
    return Fail("Expected `=` after the name of an object's member, but " + Found());
  }
  return Adopt(object, ParseExpression());
}

bool Parser::ParseForIntro(Expression& loop) {
  scanner_.Advance(3);  // for
  if (!SkipBlank()) return false;
  loop.name = scanner_.TakeIdentifier();
  if (loop.name.empty()) return Fail("Expected a name after `for`, but " + Found());
  if (!SkipBlank()) return false;
  if (scanner_.Take(",")) {
    if (!SkipBlank()) return false;
    loop.key_name = std::exchange(loop.name, scanner_.TakeIdentifier());
    if (loop.name.empty()) return Fail("Expected a second name after `for`, but " + Found());
    if (!SkipBlank()) return false;
  }
  if (scanner_.PeekIdentifier() != "in") return Fail("Expected `in` after `for`, but " + Found());
  scanner_.Advance(2);
  return Adopt(loop, ParseExpression());
}

ExpressionPtr Parser::ParseFor(ExpressionPtr loop, bool object) {
  NewlineMode mode(*this, true);
  loop->kind = object ? Kind::kForObject : Kind::kForTuple;
  if (!ParseForIntro(*loop) || !Expect(":", "after the collection of a `for`")) return nullptr;
  if (!Adopt(*loop, ParseExpression())) return nullptr;
  if (object) {
    if (!Expect("=>", "between key and value of a `for`")) return nullptr;
    if (!Adopt(*loop, ParseExpression()) || !SkipBlank()) return nullptr;
    loop->flag = scanner_.Take("...");
  }
  if (!SkipBlank()) return nullptr;
  if (scanner_.PeekIdentifier() == "if") {
    scanner_.Advance(2);
    if (!Adopt(*loop, ParseExpression())) return nullptr;
  } else {
    loop->parts.push_back(nullptr);
  }
  if (!Expect(object ? "}" : "]", "to close the `for`")) return nullptr;
  return Close(std::move(loop));
}

}  // namespace dynarock::schema::hcl
